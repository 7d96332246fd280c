"""The pain chart: gaps are not joined, nothing is lost by zooming, and the keyboard tells what the mouse tells."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coach.core.progress.pain import PainDay
from coach.ui import theme
from coach.ui.charts.bubble import Bubble
from coach.ui.charts.loading import Loading
from coach.ui.charts.pain_chart import PainChart
from coach.ui.charts.pain_plot import LEAST_DAYS, PAIN, PainPlot
from coach.ui.tokens import DARK, LIGHT
from coach.ui.widgets.card import Card
from tests.ui import walk

UNTIL = date(2026, 11, 20)
DAYS = 70
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def day(n: int, **values: Any) -> PainDay:
    return PainDay(UNTIL - timedelta(days=DAYS - 1 - n), **values)


def days() -> tuple[PainDay, ...]:
    """Ten weeks with a gap of ten days in the middle; the mean is gone on seven of them."""
    gap = range(30, 40)
    return tuple(
        day(n)
        if n in gap and n >= 33
        else day(
            n,
            morning=None if n in gap else n % 11,
            worst=None if n in gap else min(10, n % 11 + 1),
            mean=5.0,
            night=n == 3,
            painkiller=n == 4,
        )
        for n in range(DAYS)
    )


@pytest.fixture
def chart(qtbot: QtBot) -> Iterator[PainChart]:
    loading = Loading()
    made = PainChart(loading)
    made.show_days(days(), UNTIL)
    walk.opened(qtbot, made, 900, 300)
    made.setFocus()
    yield made
    made.close()


def plot(chart: PainChart) -> PainPlot:
    assert chart.plot is not None
    return chart.plot


def wheel(target: PainPlot, at: QPoint, turned: int, keys: Qt.KeyboardModifier = PLAIN) -> bool:
    where = QPointF(at)
    event = QWheelEvent(
        where, target.viewport().mapToGlobal(where), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(target.viewport(), event)
    return event.isAccepted()


def send(target: PainPlot, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton) -> None:
    """Send one event of the mouse. (After QTest's double click, Qt takes the button for held in all that follows.)"""
    where = QPointF(at)
    event = QMouseEvent(kind, where, target.viewport().mapToGlobal(where), button, button, PLAIN)
    QApplication.sendEvent(target.viewport(), event)


def hover(target: PainPlot, at: QPoint) -> None:
    send(target, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton)


def middle(target: PainPlot) -> QPoint:
    return QPoint(target.width() // 2, target.height() // 2)


# -- what is drawn --------------------------------------------------------------------------------------------------


def test_a_gap_in_the_mean_is_a_gap_in_the_line(chart: PainChart) -> None:
    path = plot(chart)._curve.getPath()

    elements = [path.elementAt(place) for place in range(path.elementCount())]
    steps = [(one.x, other.x) for one, other in pairwise(elements) if other.isLineTo()]

    assert {after - before for before, after in steps if after != before} == {1.0}, "a line goes from day to day only"
    drawn = {round(x) for step in steps for x in step}
    assert drawn == {n for n in range(DAYS) if not 33 <= n < 40}


def test_a_day_without_an_answer_has_no_dot(chart: PainChart) -> None:
    x, y = plot(chart)._dots.getData()

    assert len(x) == DAYS - 10
    assert 35 not in x
    assert list(y[:11]) == list(range(11)), "no pain is a dot as well"


def test_nights_and_painkillers_have_rows_of_their_own(chart: PainChart) -> None:
    assert list(plot(chart)._nights.getData()[0]) == [3]
    assert list(plot(chart)._painkillers.getData()[0]) == [4]
    assert plot(chart).window_y.low < PAIN.low


def test_without_marks_there_is_no_room_for_them(qtbot: QtBot, chart: PainChart) -> None:
    chart.show_days(tuple(PainDay(one.day, one.morning, mean=one.mean) for one in days()[1:]), UNTIL)

    assert tuple(plot(chart).window_y) == pytest.approx(PAIN)


def test_the_worst_of_the_day_is_shown_when_it_is_asked_for(chart: PainChart) -> None:
    assert len(plot(chart)._worst.getData()[0]) == 0

    chart.set_worst(shown=True)

    x, y = plot(chart)._worst.getData()
    assert len(x) == sum(one.worst is not None and one.worst != one.morning for one in days())
    assert y[0] == 1


# -- zooming --------------------------------------------------------------------------------------------------------


def test_the_wheel_sees_fewer_days_round_the_pointer_and_never_leaves_the_data(chart: PainChart) -> None:
    target = plot(chart)
    before = target.window_x
    anchor = target._value(QPointF(middle(target))).x()

    assert wheel(target, middle(target), 120)

    after = target.window_x
    assert after.high - after.low == pytest.approx(0.85 * (before.high - before.low))
    assert target._value(QPointF(middle(target))).x() == pytest.approx(anchor, abs=0.3)
    for _ in range(60):
        wheel(target, QPoint(target.width() - 150, 50), 120)
    assert target.window_x.high - target.window_x.low == pytest.approx(LEAST_DAYS)
    assert target.window_x.high <= before.high + 1e-6


def test_where_there_is_nothing_more_to_see_the_page_gets_the_wheel(chart: PainChart) -> None:
    assert not wheel(plot(chart), middle(plot(chart)), -120)


def test_with_ctrl_the_wheel_zooms_pain_between_0_and_10(chart: PainChart) -> None:
    target = plot(chart)
    for _ in range(40):
        wheel(target, middle(target), 120, CTRL)

    assert target.window_y.high - target.window_y.low == pytest.approx(3.0)
    assert target.window_x == pytest.approx(target._x)
    for _ in range(40):
        wheel(target, middle(target), -120, CTRL)
    assert tuple(target.window_y) == pytest.approx(tuple(target._y))


def test_dragging_pans_and_stops_at_the_ends(qtbot: QtBot, chart: PainChart) -> None:
    target = plot(chart)
    for _ in range(6):
        wheel(target, middle(target), 120)
    before, port, start = target.window_x, target.viewport(), middle(target)

    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(port, start + QPoint(20 * step, 0))
        QApplication.processEvents()
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(160, 0))

    assert target.window_x.low < before.low - 1, "it went to earlier days"
    assert target.window_x.low >= target._x.low - 1e-6
    assert target.window_x.high - target.window_x.low == pytest.approx(before.high - before.low)


@pytest.mark.parametrize("how", ["0", "home", "double click"])
def test_everything_is_seen_again(chart: PainChart, how: str) -> None:
    target = plot(chart)
    for _ in range(5):
        walk.key(Qt.Key.Key_Plus, chart)
    assert tuple(target.window_x) != pytest.approx(tuple(target._x))

    if how == "double click":
        send(target, QEvent.Type.MouseButtonDblClick, middle(target), Qt.MouseButton.LeftButton)
    else:
        walk.key(Qt.Key.Key_0 if how == "0" else Qt.Key.Key_Home, chart)

    assert not target.is_zoomed
    assert tuple(target.window_x) == pytest.approx(tuple(target._x))


# -- the day that is looked at --------------------------------------------------------------------------------------


def test_the_arrows_tell_day_after_day(chart: PainChart) -> None:
    walk.key(Qt.Key.Key_Left, chart)
    assert chart.said == "Friday 20 November: morning 3, worst 4 · 7-day mean 5.0"

    walk.key(Qt.Key.Key_Left, chart)
    assert chart.said.startswith("Thursday 19 November: morning 2")
    assert chart.spoken() == chart.said


def test_a_gap_is_said_to_be_one(chart: PainChart) -> None:
    chart.look_at(35)

    assert chart.said == "Saturday 17 October: not answered"


def test_marks_are_said_as_well(chart: PainChart) -> None:
    chart.look_at(3)
    assert chart.said.endswith("woken at night")
    chart.look_at(4)
    assert chart.said.endswith("painkiller")


def test_the_mouse_tells_the_day_below_it(chart: PainChart) -> None:
    target = plot(chart)

    hover(target, target.spot(20).toPoint())
    assert chart.at == 20
    assert chart.said == chart.words(20)

    hover(target, QPoint(3, target.height() - 3))
    assert chart.said == ""


def bubble(chart: PainChart) -> QRect:
    """Where the words stand, on the chart."""
    sheet = next(one for one in chart.window().findChildren(Bubble) if one.isVisible())
    return QRect(chart.mapFromGlobal(sheet.mapToGlobal(QPoint(0, 0))), sheet.size())


@pytest.mark.parametrize("worst", [False, True])
def test_the_words_cover_no_dot_beside_the_day_that_they_tell(qtbot: QtBot, worst: bool) -> None:
    chart = PainChart(Loading())
    low = tuple(replace(one, mean=1.0, morning=n % 3, worst=5 if n == 44 else n % 3) for n, one in enumerate(days()))
    chart.show_days(low, UNTIL)
    chart.set_worst(shown=worst)
    walk.opened(qtbot, chart, 900, 300)

    chart.look_at(40)

    dots = [plot(chart).spot(n) + chart.box().topLeft() for n in range(DAYS)]
    assert not [dot for dot in dots if bubble(chart).contains(dot.toPoint())]
    chart.close()


def test_the_words_stay_on_the_card_of_the_chart(qtbot: QtBot) -> None:
    page, card, chart = QWidget(), Card(), PainChart(Loading())
    chart.show_days(days(), UNTIL)
    card.column.addWidget(chart)
    QHBoxLayout(page).addWidget(card)
    page.layout().setContentsMargins(100, 0, 100, 0)  # type: ignore[union-attr] # it was just made
    walk.opened(qtbot, page, 1000, 340)

    for at in (0, DAYS - 1):
        chart.look_at(at)
        where = bubble(chart).translated(chart.mapTo(card, QPoint(0, 0)))
        assert 0 < where.left() < where.right() < card.width()
    page.close()


def test_walking_out_of_sight_moves_the_window(chart: PainChart) -> None:
    chart.look_at(5)
    for _ in range(8):
        walk.key(Qt.Key.Key_Plus, chart)

    walk.key(Qt.Key.Key_End, chart)

    assert plot(chart).window_x.low <= DAYS - 1 <= plot(chart).window_x.high
    assert plot(chart).is_zoomed


def test_escape_takes_the_words_away(chart: PainChart) -> None:
    walk.key(Qt.Key.Key_Left, chart)

    walk.key(Qt.Key.Key_Escape, chart)

    assert (chart.said, chart.at) == ("", None)
    assert "of 60 answered mornings at 0–2" in chart.spoken()


# -- colours --------------------------------------------------------------------------------------------------------


def test_another_appearance_is_taken_at_once(qtbot: QtBot, qapp: QApplication, chart: PainChart) -> None:
    def ground() -> str:
        return chart.grab().toImage().pixelColor(20, 150).name().upper()

    chart.setPalette(theme.palette(LIGHT))
    assert ground() == LIGHT.panel
    light = _colours(chart)

    chart.setPalette(theme.palette(DARK))

    assert ground() == DARK.panel
    dark = _colours(chart)
    assert {LIGHT.ok_soft, LIGHT.amber_soft, LIGHT.red_soft, LIGHT.action} <= light
    assert {DARK.ok_soft, DARK.amber_soft, DARK.red_soft, DARK.action} <= dark
    assert not {LIGHT.ok_soft, LIGHT.amber_soft, LIGHT.red_soft} & dark


def _colours(chart: PainChart) -> set[str]:
    image = chart.grab().toImage()
    return {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(0, image.height(), 2)}


# -- ten years ------------------------------------------------------------------------------------------------------


def test_of_many_years_the_line_has_few_points_and_no_gap_is_lost(chart: PainChart) -> None:
    years = 3650
    gap = range(1000, 1002)  # shorter than what a point stands for
    means = [None if n in gap else 1.0 for n in range(years)]
    days = [UNTIL - timedelta(days=years - 1 - n) for n in range(years)]

    chart.show_days(tuple(PainDay(one, mean=mean) for one, mean in zip(days, means, strict=True)), UNTIL)

    x, y = plot(chart)._curve.getData()

    assert len(x) <= years / 6
    assert x[-1] == years - 1, "the newest day is told"
    assert any(math.isnan(value) for value, at in zip(y, x, strict=True) if at in range(1000, 1009))


def test_nearer_by_every_day_of_the_mean_is_drawn(chart: PainChart) -> None:
    years = 3650
    chart.show_days(tuple(PainDay(UNTIL - timedelta(days=years - 1 - n), mean=1.0) for n in range(years)), UNTIL)

    for _ in range(20):
        walk.key(Qt.Key.Key_Plus, chart)

    assert len(plot(chart)._curve.getData()[0]) == years
