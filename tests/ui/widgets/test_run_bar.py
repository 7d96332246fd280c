"""The bar of a walk/run: to scale, runs high and walks low, each as full as it is done."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.core.clinical.run_plan import STAGES, Stage
from coach.core.clinical.walk_run import steps_of
from coach.core.session.walk_run import RUN
from coach.ui import theme
from coach.ui.tokens import LIGHT
from coach.ui.widgets.run_bar import BarPart, RunBar

PARTS = (BarPart(100, run=False), BarPart(50, run=True), BarPart(50, run=False))


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> RunBar:
    theme.apply(qapp, LIGHT)
    made = RunBar()
    qtbot.addWidget(made)
    made.resize(400, 28)
    made.show_parts(PARTS)
    return made


def columns(bar: RunBar, colour: str) -> list[int]:
    """In which columns this colour is seen."""
    image = bar.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = QColor(colour).rgb()
    return [x for x in range(image.width()) if any(image.pixel(x, y) == wanted for y in range(image.height()))]


def test_parts_are_to_scale_and_runs_are_higher(bar: RunBar) -> None:
    first, run, last = bar._places()

    assert first.width() == pytest.approx(2 * run.width())
    assert run.width() == pytest.approx(last.width())
    assert run.height() > 2 * first.height()
    assert first.bottom() == pytest.approx(run.bottom())
    assert last.right() <= bar.width()


def test_what_is_done_is_filled_in_the_colour_of_what_it_was(bar: RunBar) -> None:
    bar.show_segments((1.0, 0.5, 0.0), 1)

    first, run, _ = bar._places()
    assert first.left() < columns(bar, LIGHT.action)[-1] <= first.right() + 1
    done = [x for x in columns(bar, LIGHT.now) if run.left() + 3 < x < run.right() - 3]
    assert done
    assert bar.spoken() == "0 of 1 runs done"


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: str(stage.number))
def test_the_shortest_run_of_every_stage_is_seen_and_nothing_sticks_out(bar: RunBar, stage: Stage) -> None:
    bar.show_parts(tuple(BarPart(step.duration_s, step.exercise == RUN) for step in steps_of(stage)))

    places = bar._places()

    assert min(place.width() for place in places) > 3
    assert places[-1].right() <= bar.width()
    assert all(one.right() < other.left() for one, other in pairwise(places))


def test_without_parts_there_is_nothing_to_paint(qtbot: QtBot) -> None:
    empty = RunBar()
    qtbot.addWidget(empty)

    empty.grab()

    assert empty.spoken() == "0 of 0 runs done"
