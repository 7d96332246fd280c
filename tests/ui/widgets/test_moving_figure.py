from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coach.core.routine.dose import Dose, Tempo
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Side, StepKind
from coach.ui.tokens import LIGHT
from coach.ui.widgets.moving_figure import Moved, MovingFigure, paint_still
from tests.fakes import FakeClock
from tests.ui import walk

LIFT = Exercise("lift", "Lift", dose=Dose(reps=3, tempo=Tempo(2.0, 1.0, 2.0)))


class Shown:
    """A figure on a page, a clock, and what was told."""

    def __init__(self, qtbot: QtBot, clock: FakeClock) -> None:
        self.clock = clock
        self.page = QWidget()
        self.figure = MovingFigure(clock)
        QVBoxLayout(self.page).addWidget(self.figure)
        self.told: list[Moved] = []
        self.figure.on_moved(self.told.append)
        walk.opened(qtbot, self.page, 400, 300)
        self.figure.show_exercise(LIFT, Side.LEFT)

    def after(self, seconds: float) -> float:
        """Let time pass, in one frame; where the figure is then."""
        self.clock.advance(seconds)
        self.figure._tick()
        return round(self.figure.fraction, 6)


@pytest.fixture
def shown(qtbot: QtBot, clock: FakeClock) -> Iterator[Shown]:
    made = Shown(qtbot, clock)
    yield made
    made.page.close()


def test_an_exercise_is_shown_still_where_its_picture_has_it(shown: Shown) -> None:
    assert not shown.figure.playing
    assert shown.figure.fraction == 0.4
    at = shown.figure.moment
    assert at is not None
    assert (at.kind, at.fraction) == (StepKind.HOLD, 0.0)


def test_playing_goes_by_the_clock_and_not_by_the_frames(shown: Shown) -> None:
    shown.figure.scrub(0.0)
    shown.figure.play()

    assert [shown.after(1.0), shown.after(0.5), shown.after(2.5)] == [0.2, 0.3, 0.8]


def test_after_the_rep_comes_the_rep(shown: Shown) -> None:
    shown.figure.scrub(0.9)
    shown.figure.play()

    assert shown.after(1.0) == 0.1
    assert shown.figure.playing


def test_speed_changes_what_follows_and_not_where_it_is(shown: Shown) -> None:
    shown.figure.scrub(0.0)
    shown.figure.play()
    shown.clock.advance(1.0)

    shown.figure.set_speed(2.0)
    assert round(shown.figure.fraction, 6) == 0.2
    assert shown.after(1.0) == 0.6
    shown.figure.set_speed(0.5)
    assert shown.after(1.0) == 0.7


def test_stopping_stays_where_it_is_and_playing_goes_on_from_there(shown: Shown) -> None:
    shown.figure.scrub(0.0)
    shown.figure.play()
    shown.after(1.0)
    shown.figure.stop()
    shown.clock.advance(60.0)
    shown.figure.play()

    assert shown.after(0.5) == 0.3


def test_a_number_of_reps_ends_where_the_picture_is(shown: Shown) -> None:
    shown.figure.play(2)

    frames = [shown.after(0.5) for _ in range(22)]

    assert not shown.figure.playing
    assert shown.figure.fraction == 0.4
    assert frames[18] != 0.4, "two whole reps first"
    assert shown.told[-1] == Moved(0.4, False)


def test_scrubbing_stays_within_the_rep(shown: Shown) -> None:
    shown.figure.scrub(1.7)
    assert shown.figure.fraction == 1.0
    shown.figure.scrub(-1.0)
    assert shown.figure.fraction == 0.0


def test_every_change_is_told(shown: Shown) -> None:
    shown.figure.scrub(0.5)
    shown.figure.play()
    shown.figure.stop()

    assert shown.told == [Moved(0.5, False), Moved(0.5, True), Moved(0.5, False)]


def test_the_other_side_goes_on_where_it_was_and_another_exercise_begins_anew(shown: Shown) -> None:
    shown.figure.scrub(0.7)
    shown.figure.play()

    shown.figure.show_exercise(LIFT, Side.RIGHT)
    assert (shown.figure.fraction, shown.figure.playing) == (0.7, True)

    shown.figure.show_exercise(Exercise("other", "Other"), None)
    assert not shown.figure.playing


def test_nothing_moves_where_nobody_sees_it(shown: Shown) -> None:
    shown.figure.play()
    shown.figure.hide()

    assert not shown.figure.playing


def test_out_of_sight_no_time_passes_and_no_frame_is_made(shown: Shown) -> None:
    shown.figure.scrub(0.0)
    shown.figure.play()
    shown.figure.move(0, 1000)  # as if it were scrolled away
    assert shown.after(1.0) == 0.0
    assert not shown.figure._timer.isActive()

    shown.clock.advance(60.0)
    shown.figure.move(0, 0)
    shown.figure.repaint()
    QApplication.processEvents()

    assert shown.figure._timer.isActive()
    assert shown.after(1.0) == 0.2


def test_the_camera_comes_back(shown: Shown) -> None:
    shown.figure.turn(30.0, -10.0)
    assert shown.figure.turned

    shown.figure.reset_view()
    assert not shown.figure.turned


def test_without_an_exercise_there_is_nothing_to_play(qtbot: QtBot, clock: FakeClock) -> None:
    figure = MovingFigure(clock)
    qtbot.addWidget(figure)

    figure.play()

    assert not figure.playing
    assert figure.moment is None


def test_the_still_picture_leaves_the_painter_as_it_was(qtbot: QtBot) -> None:
    image = QImage(120, 80, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    before = painter.renderHints()
    paint_still(painter, QRectF(0, 0, 120, 80), LIFT, LIGHT)

    assert painter.renderHints() == before
    painter.end()
    assert any(image.pixelColor(x, y).alpha() for x in range(120) for y in range(80))
