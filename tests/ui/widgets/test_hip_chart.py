"""The chart of the hip is used by a finger, by the keyboard and by ear alike."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coach.core.log import Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.ui.tokens import TARGET
from coach.ui.widgets.hip_chart import SPOTS, VIEW, HipChart, SpotsChosen
from tests.ui import walk

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
LEFT_GROIN = Spot(PainSite.GROIN, BodySide.LEFT)
RIGHT_HIP = Spot(PainSite.LATERAL, BodySide.RIGHT)
BACK = Spot(PainSite.BACK)


class Told:
    def __init__(self, chart: HipChart) -> None:
        self.all: list[tuple[Spot, ...]] = []
        chart.on_chosen(self.take)

    def take(self, chosen: SpotsChosen) -> None:
        self.all.append(chosen.spots)


def chart_of(qtbot: QtBot, width: int = 520) -> HipChart:
    made = HipChart("Where does it hurt?")
    return walk.opened(qtbot, made, width, made.heightForWidth(width))


def click(chart: HipChart, spot: Spot, *, off: QPoint | None = None) -> None:
    point = chart.middle_of(spot).toPoint() + (off or QPoint())
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=point)


def test_every_place_of_the_intake_is_on_it_and_each_side_of_the_hip() -> None:
    assert {spot.site for spot in SPOTS} == set(PainSite)
    assert {spot.side for spot in SPOTS if spot.site is not PainSite.BACK} == set(BodySide)


@pytest.mark.parametrize("width", [VIEW[0], 380, 520, 900])
@pytest.mark.parametrize("spot", SPOTS)
def test_a_click_chooses_and_another_takes_it_back(qtbot: QtBot, width: int, spot: Spot) -> None:
    chart = chart_of(qtbot, width)
    told = Told(chart)

    click(chart, spot)
    click(chart, spot)

    assert told.all == [(spot,), ()]


@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize("off", [QPoint(20, 0), QPoint(-20, 0), QPoint(0, 20), QPoint(0, -20)])
def test_a_finger_may_be_off_the_middle(qtbot: QtBot, spot: Spot, off: QPoint) -> None:
    chart = chart_of(qtbot, VIEW[0])

    click(chart, spot, off=off)

    assert chart.spots == (spot,)


def test_several_places_are_told_together(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    told = Told(chart)

    click(chart, LEFT_GROIN)
    click(chart, BACK)

    assert told.all[-1] == (LEFT_GROIN, BACK)


def test_beside_the_body_nothing_is_chosen(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    told = Told(chart)

    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))

    assert told.all == []


def test_the_front_view_faces_the_person(qtbot: QtBot) -> None:
    """As in a clinician's chart: the left hip is at the reader's right, and from behind at the reader's left."""
    chart = chart_of(qtbot)
    sit = {side: chart.middle_of(Spot(PainSite.SIT_BONE, side)).x() for side in BodySide}
    groin = {side: chart.middle_of(Spot(PainSite.GROIN, side)).x() for side in BodySide}

    assert groin[BodySide.LEFT] > groin[BodySide.RIGHT]
    assert sit[BodySide.LEFT] < sit[BodySide.RIGHT]


def test_what_is_known_is_shown_and_tells_nobody(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    told = Told(chart)

    chart.show_spots((RIGHT_HIP,))

    assert chart.spots == (RIGHT_HIP,)
    assert chart.stop(RIGHT_HIP).isChecked()
    assert told.all == []


def test_a_place_whose_side_is_not_known_is_shown_on_both(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)

    chart.show_spots((Spot(PainSite.GROIN),))

    assert {spot.side for spot in chart.spots} == set(BodySide)


@pytest.mark.parametrize("width", [VIEW[0], 520])
def test_every_place_is_reached_by_arrows_and_chosen_by_space(qtbot: QtBot, width: int) -> None:
    chart = chart_of(qtbot, width)
    chart.focus_chart()
    reached: set[Spot] = set()
    waiting = [SPOTS[0]]
    while waiting:
        here = waiting.pop()
        if here in reached:
            continue
        reached.add(here)
        for pressed in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            chart.stop(here).setFocus()
            walk.key(pressed)
            waiting.append(next(spot for spot in SPOTS if chart.stop(spot).hasFocus()))

    assert reached == set(SPOTS)
    for spot in SPOTS:
        chart.stop(spot).setFocus()
        walk.key(Qt.Key.Key_Space)
    assert chart.spots == SPOTS


def test_home_and_end_go_to_the_first_and_the_last(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    chart.focus_chart()

    walk.key(Qt.Key.Key_End)
    assert chart.stop(SPOTS[-1]).hasFocus()
    walk.key(Qt.Key.Key_Home)

    assert chart.stop(SPOTS[0]).hasFocus()


def test_the_chart_is_one_stop_of_the_tab_key(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)

    assert len(walk.focusable(chart)) == 1

    click(chart, BACK)
    assert walk.focusable(chart) == [chart.stop(BACK)]


def test_every_place_has_a_name_and_the_size_of_a_finger(qtbot: QtBot) -> None:
    chart = chart_of(qtbot, VIEW[0])

    assert walk.spoken_name(chart.stop(LEFT_GROIN)) == "Front of the hip or groin, left"
    assert walk.spoken_name(chart.stop(BACK)) == "Lower back"
    assert len({walk.spoken_name(chart.stop(spot)) for spot in SPOTS}) == len(SPOTS)
    assert all(min(chart.stop(spot).width(), chart.stop(spot).height()) >= TARGET for spot in SPOTS)


def test_nothing_of_it_lies_outside(qtbot: QtBot) -> None:
    for width in (VIEW[0], 300, 424, 700):
        chart = chart_of(qtbot, width)

        assert all(chart.rect().contains(chart.stop(spot).geometry()) for spot in SPOTS), width


def test_a_chosen_place_is_seen_without_colour(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    grey = chart.grab().toImage().Format.Format_Grayscale8
    at = chart.middle_of(LEFT_GROIN).toPoint()
    before = chart.grab().toImage().convertToFormat(grey).copy(at.x() - 12, at.y() - 12, 24, 24)

    chart.show_spots((LEFT_GROIN,))
    after = chart.grab().toImage().convertToFormat(grey).copy(at.x() - 12, at.y() - 12, 24, 24)

    shades = {after.pixelColor(x, y).lightness() // 32 for x in range(24) for y in range(24)}
    assert after != before
    assert len(shades) > 2  # the tick, not only another ground
