"""The session calendar: which cell is which day, and what it says without colour."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coach.core.log import Ending
from coach.core.progress.span import Span
from coach.core.progress.training import SessionDone
from coach.ui import theme
from coach.ui.charts.calendar import Calendar, Mark, draw_cell, mark_of
from coach.ui.tokens import DARK, LIGHT, Tokens, grey
from tests.ui import walk

UNTIL = date(2026, 11, 20)  # a Friday


def session(day: date, ending: Ending | None = Ending.FINISHED, sets: tuple[int, int] | None = (14, 14)) -> SessionDone:
    return SessionDone(f"s{day}", day, "Strength A", True, ending, 3, sets)


@pytest.fixture
def calendar(qtbot: QtBot) -> Calendar:
    made = Calendar()
    walk.opened(qtbot, made, 500, 300)
    return made


def show(calendar: Calendar, days: int, *sessions: SessionDone, first_weekday: int = 0) -> None:
    calendar.show_sessions(sessions, Span(UNTIL - timedelta(days=days - 1), UNTIL), first_weekday)


@pytest.mark.parametrize("days", [28, 70, 365, 3650])
@pytest.mark.parametrize("width", [320, 460, 900, 1140])
def test_every_day_has_a_cell_of_its_own_inside_the_calendar(calendar: Calendar, days: int, width: int) -> None:
    show(calendar, days)
    box = QRectF(8, 8, width - 16, calendar.heightForWidth(width) - 16)

    cells = [calendar.place(index, box) for index in range(calendar.count())]

    assert len({(cell.left(), cell.top()) for cell in cells}) == days
    assert all(box.contains(cell) for cell in cells)
    assert [calendar.nearest(cell.center(), box) for cell in cells[:: max(1, days // 40)]] == [
        *range(0, days, max(1, days // 40))
    ]


@pytest.mark.parametrize("first_weekday", [0, 5, 6])
def test_weeks_begin_on_the_persons_own_first_day(calendar: Calendar, first_weekday: int) -> None:
    show(calendar, 70, first_weekday=first_weekday)
    box = calendar.box()

    top = min(calendar.place(index, box).top() for index in range(70))
    first = [index for index in range(70) if calendar.place(index, box).top() == top]

    assert {(UNTIL - timedelta(days=69 - index)).weekday() for index in first} == {first_weekday}


def test_a_year_stands_on_one_line_where_there_is_room(calendar: Calendar) -> None:
    show(calendar, 365)

    rows = {calendar.place(index, QRectF(0, 0, 900, 400)).top() for index in range(365)}

    assert len(rows) == 7


def test_outside_the_cells_there_is_no_day(calendar: Calendar) -> None:
    show(calendar, 70)

    assert calendar.nearest(QPointF(2, 2), calendar.box()) is None
    assert calendar.nearest(QPointF(490, 100), calendar.box()) is None


def test_what_was_prescribed_and_what_was_done_is_said_in_words(calendar: Calendar) -> None:
    show(calendar, 28, session(UNTIL, sets=(12, 14)))
    calendar.setFocus()

    walk.key(Qt.Key.Key_Right, calendar)

    assert calendar.said == "Friday 20 November: Strength A, finished, 12 of 14 sets, peak pain 3"
    assert calendar.spoken() == calendar.said


def test_up_goes_a_day_and_left_a_week(calendar: Calendar) -> None:
    show(calendar, 28)
    calendar.setFocus()
    walk.key(Qt.Key.Key_Right, calendar)

    walk.key(Qt.Key.Key_Up, calendar)
    assert calendar.said == "Thursday 19 November: no session"
    walk.key(Qt.Key.Key_Left, calendar)
    assert calendar.said == "Thursday 12 November: no session"


def test_the_mouse_tells_the_day_below_it_and_takes_the_words_away(calendar: Calendar) -> None:
    show(calendar, 28, session(UNTIL))

    QTest.mouseMove(calendar, calendar.place(27, calendar.box()).center().toPoint())
    assert calendar.said.startswith("Friday 20 November: Strength A")
    QTest.mouseMove(calendar, QPointF(2, 2).toPoint())
    assert calendar.said == ""


@pytest.mark.parametrize(
    "sessions,mark",
    [
        ((), Mark.NONE),
        ((session(UNTIL),), Mark.FULL),
        ((session(UNTIL, sets=(7, 14)),), Mark.MOST),
        ((session(UNTIL, sets=(6, 14)),), Mark.PART),
        ((session(UNTIL, sets=None),), Mark.UNREAD),
        ((replace(session(UNTIL, sets=None), guided=False),), Mark.FULL),
        ((session(UNTIL, sets=None), session(UNTIL, sets=(7, 14))), Mark.MOST),
        ((session(UNTIL, Ending.STOPPED),), Mark.ENDED),
        ((session(UNTIL, None, None),), Mark.ENDED),
        ((session(UNTIL, Ending.LEFT), session(UNTIL, sets=(14, 14))), Mark.FULL),
    ],
)
def test_a_day_is_marked_by_the_best_of_its_sessions(sessions: tuple[SessionDone, ...], mark: Mark) -> None:
    assert mark_of(sessions) is mark


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_differ_without_colour(qtbot: QtBot, tokens: Tokens) -> None:
    drawn = {mark: _grey_cell(mark, tokens) for mark in Mark}

    for one in Mark:
        for other in Mark:
            if one is not other:
                differing = sum(a != b for a, b in zip(drawn[one], drawn[other], strict=True))
                assert differing > 30, (one, other)


def _grey_cell(mark: Mark, tokens: Tokens) -> list[int]:
    """Draw a cell, and look how light each pixel is, in eight steps."""
    image = QImage(22, 22, QImage.Format.Format_RGB32)
    image.fill(tokens.panel)
    painter = QPainter(image)
    draw_cell(painter, QRectF(0, 0, 22, 22), mark, tokens)
    painter.end()
    return [int(grey(image.pixelColor(x, y).name())[1:3], 16) // 32 for x in range(22) for y in range(22)]


@pytest.mark.parametrize("days", [28, 365, 900])
def test_each_session_is_painted_in_the_cell_that_the_mouse_finds(calendar: Calendar, days: int) -> None:
    done = (0, 1, 12, days - 30 if days > 40 else 20, days - 1)
    show(calendar, days, *(session(UNTIL - timedelta(days=days - 1 - n)) for n in done))
    calendar.resize(420, calendar.heightForWidth(420))
    tokens = theme.tokens_of(calendar)

    image = calendar.grab().toImage()

    for index in range(days):
        middle = calendar.place(index, calendar.box()).center().toPoint()
        colour = tokens.action if index in done else tokens.line
        assert image.pixelColor(middle).name().upper() == colour, index
