import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.ui import theme
from coach.ui.tokens import LIGHT
from coach.ui.widgets.session_bar import SessionBar
from coach.ui.widgets.week_dots import DayDot, DayState, WeekDots, day_words

WEEK = (
    DayDot("M", "Monday", DayState.DONE),
    DayDot("T", "Tuesday", DayState.REST),
    DayDot("W", "Wednesday", DayState.MISSED),
    DayDot("T", "Thursday", DayState.DUE, today=True),
)


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    theme.apply(qapp, LIGHT)


def test_the_bar_fills_set_by_set(qtbot: QtBot) -> None:
    bar = SessionBar()
    qtbot.addWidget(bar)
    bar.resize(410, 16)

    bar.show_segments((1.0, 0.5, 0.0, 0.0), 1)

    image = bar.grab().toImage()
    assert image.pixelColor(50, 8) == QColor(LIGHT.action)
    assert image.pixelColor(120, 8) == QColor(LIGHT.action)
    assert image.pixelColor(190, 8) == QColor(LIGHT.line)
    assert image.pixelColor(350, 8) == QColor(LIGHT.line)


def test_a_sliver_does_not_stand_beside_its_segment(qtbot: QtBot) -> None:
    bar = SessionBar()
    qtbot.addWidget(bar)
    bar.resize(410, 16)
    bar.show_segments((0.0, 0.0), None)
    empty = bar.grab().toImage()

    bar.show_segments((0.008, 0.0), None)

    assert bar.grab().toImage() == empty
    bar.show_segments((0.05, 0.0), None)
    assert bar.grab().toImage().pixelColor(5, 8) == QColor(LIGHT.action)


def test_the_running_set_is_marked_before_it_has_begun_to_fill(qtbot: QtBot) -> None:
    bar = SessionBar()
    qtbot.addWidget(bar)
    bar.resize(410, 16)
    bar.show_segments((1.0, 0.0, 0.0), 1)
    second = bar.grab().toImage()

    bar.show_segments((1.0, 0.0, 0.0), 2)

    assert bar.grab().toImage() != second


@pytest.mark.parametrize("count", [0, 1, 14, 60, 2400])
def test_any_number_of_sets_fits(qtbot: QtBot, count: int) -> None:
    bar = SessionBar()
    qtbot.addWidget(bar)
    bar.resize(600, 16)

    bar.show_segments((0.5,) * count, 0 if count else None)

    assert not bar.grab().isNull()


def test_the_bar_says_where_the_session_is(qtbot: QtBot) -> None:
    bar = SessionBar()
    qtbot.addWidget(bar)

    bar.show_segments((1.0, 1.0, 0.4, 0.0), 2)
    assert bar.spoken() == "Set 3 of 4, 2 done"

    bar.show_segments((1.0,) * 4, None)
    assert bar.spoken() == "4 of 4 sets done"
    assert bar.focusPolicy() is Qt.FocusPolicy.TabFocus


def test_every_day_is_said_in_words(qtbot: QtBot) -> None:
    dots = WeekDots()
    qtbot.addWidget(dots)

    dots.show_days(WEEK)

    assert dots.spoken() == "Monday: done; Tuesday: rest; Wednesday: not done; Thursday, today: session due"
    assert dots.accessibleName() == "This week"


def test_a_foreign_brace_in_a_day_name_is_a_letter() -> None:
    assert day_words(DayDot("x", "A{0}", DayState.REST)) == "A{0}: rest"


def test_each_state_has_a_shape_of_its_own(qtbot: QtBot) -> None:
    pictures = []
    for state in DayState:
        dots = WeekDots()
        qtbot.addWidget(dots)
        dots.resize(60, dots.sizeHint().height())
        dots.show_days((DayDot("M", "Monday", state),))
        grey = dots.grab().toImage()
        pictures.append(grey.convertToFormat(grey.Format.Format_Grayscale8))

    assert all(one != other for place, one in enumerate(pictures) for other in pictures[place + 1 :])


def test_a_week_without_days_is_empty(qtbot: QtBot) -> None:
    dots = WeekDots()
    qtbot.addWidget(dots)

    dots.show_days(())

    assert dots.spoken() == ""
    assert not dots.grab().isNull()
