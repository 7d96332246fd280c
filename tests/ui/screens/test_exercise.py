"""The page of one exercise: what it says, what its controls do, where its ladder leads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.core.routine.exercise import PainSite
from coach.ui.presenters.desk import Desk
from coach.ui.screens.exercise import ExercisePage
from coach.ui.widgets.ladder import LadderView
from tests.fakes import FakeClock
from tests.ui import walk
from tests.ui.desks import demo_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = demo_desk(tmp_path)
    made.choose(hip="right", less_motion=True)
    yield made
    made.close()


class Shown:
    """The page, and how often the person left it."""

    def __init__(self, qtbot: QtBot, desk: Desk, key: str) -> None:
        self.desk = desk
        self.page = ExercisePage(desk)
        self.left: list[bool] = []
        self.page.on_left(lambda: self.left.append(True))
        self.show(key)
        walk.opened(qtbot, self.page, 1004, 800)
        self.page.first_focus()
        QApplication.processEvents()

    def show(self, key: str) -> None:
        every = self.desk.routines.shelves()
        self.page.show_exercise(next(one for one in every if one.key == key), every)
        QApplication.processEvents()

    @property
    def text(self) -> str:
        return walk.texts(self.page)


@pytest.fixture
def shown(qtbot: QtBot, desk: Desk) -> Iterator[Shown]:
    made = Shown(qtbot, desk, "clamshell")
    yield made
    made.page.close()


def test_it_says_all_that_is_known(shown: Shown) -> None:
    for text in (
        "Clamshell",
        "Also called Clam, Side-lying clam",
        "Hip – outer side",
        "Gluteus medius, gluteus maximus, deep hip rotators",
        "Mat",
        "Keep your feet together and open the top knee",
        "Hips stacked, one straight above the other.",
        "Breathe out as the knee opens",
        "Letting the feet come apart",
        "Stop if pain rises above the limit in your plan",
        "Pain here: outer side of the hip",
        "Lying on the sore side presses on it",
        "2 sets of 10 reps",
        "3 sets of 12 reps",
        "tempo 2·1·2 s · 45 s rest",
        "With a band above the knees: the banded clamshell.",
        "3 days a week; daily if you keep it light",
        "Clamshell page",
    ):
        assert text in shown.text


def test_steps_are_numbered_for_eye_and_ear(shown: Shown) -> None:
    names = [one.accessibleName() for one in walk.seen(shown.page)]

    assert any(name.startswith("1. Lie on your side") for name in names)
    assert any(name.startswith("3. Pause, then close it") for name in names)


def test_what_the_own_pain_site_says_stands_on_top(shown: Shown) -> None:
    assert "Adapt it for now" not in shown.text
    shown.desk.choose(pain_sites=(PainSite.GROIN,))
    shown.show("clamshell")
    assert "Adapt it for now. Front of the hip or groin: Bend the hips a little less" in shown.text
    assert "where it hurts you" in shown.text

    shown.show("hip_flexor_stretch")
    assert "Leave it out for now. Front of the hip or groin: This takes the hip" in shown.text


def test_an_exercise_that_says_little_is_shown_without_empty_cards(shown: Shown) -> None:
    shown.show("test_brisk_walk")

    assert "30 min" in shown.text
    assert "Easier and harder" not in shown.text
    assert "None" in shown.text, "the equipment"


# -- the ladder -------------------------------------------------------------------------------------------------


def rungs(shown: Shown) -> list[str]:
    QApplication.processEvents()
    (ladder,) = [one for one in shown.page.findChildren(LadderView) if one.isVisible()]
    return [walk.spoken_name(rung) for rung in ladder.rungs]


def test_the_ladder_goes_from_the_hardest_down_to_the_easiest(shown: Shown) -> None:
    assert rungs(shown) == [
        "Harder: Side leg raise",
        "Harder: Banded clamshell",
        "This one: Clamshell",
        "Easier: Isometric hip abduction",
    ]


def test_of_several_easier_ones_the_nearest_stands_next(shown: Shown) -> None:
    shown.show("side_leg_raise")

    assert rungs(shown) == [
        "Harder: Standing hip abduction",
        "This one: Side leg raise",
        "Easier: Banded clamshell",
        "Easier: Clamshell",
    ]


def test_a_rung_leads_to_its_exercise_and_the_keyboard_to_play(shown: Shown) -> None:
    (ladder,) = shown.page.findChildren(LadderView)
    shown.page._scroll.verticalScrollBar().setValue(200)
    ladder.rungs[1].setFocus(Qt.FocusReason.TabFocusReason)

    walk.key(Qt.Key.Key_Space)
    QApplication.processEvents()

    assert shown.page.key == "banded_clamshell"
    assert "Banded clamshell" in shown.text
    assert QApplication.focusWidget() is shown.page.stage.play
    assert shown.page._scroll.verticalScrollBar().value() == 0


def test_one_does_not_climb_to_where_one_is(shown: Shown) -> None:
    (ladder,) = shown.page.findChildren(LadderView)

    assert [rung.isEnabled() for rung in ladder.rungs] == [True, True, False, True]


def playing(shown: Shown) -> bool:
    return shown.page.stage.figure.playing


def turned(shown: Shown) -> bool:
    return shown.page.stage.figure.turned


# -- the figure -------------------------------------------------------------------------------------------------


def test_space_plays_and_pauses_wherever_the_keyboard_is(shown: Shown) -> None:
    stage = shown.page.stage
    walk.key(Qt.Key.Key_Space)
    assert playing(shown)
    assert stage.play.text() == "Pause"

    stage.slider.setFocus()
    walk.key(Qt.Key.Key_Space)
    assert not playing(shown)
    assert stage.play.text() == "Play"


def test_arrows_go_through_the_movement_and_stop_it(shown: Shown) -> None:
    stage = shown.page.stage
    stage.toggle()
    before = stage.figure.fraction

    walk.key(Qt.Key.Key_Right)
    walk.key(Qt.Key.Key_Right)
    walk.key(Qt.Key.Key_Left)

    assert stage.figure.fraction == pytest.approx(before + 0.01)
    assert not playing(shown)
    assert QApplication.focusWidget() is stage.play


def test_the_slider_scrubs_by_the_pointer(shown: Shown) -> None:
    slider = shown.page.stage.slider

    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 2, slider.height() // 2))

    assert shown.page.stage.figure.fraction == 1.0
    assert "Close · 2.0 of 2.0 s" in shown.text


def test_while_it_plays_the_slider_and_the_phase_follow(shown: Shown) -> None:
    stage = shown.page.stage
    clock = shown.desk.surroundings.clock
    assert isinstance(clock, FakeClock)
    stage.figure.scrub(0.0)
    stage.toggle()

    clock.advance(1.0)
    stage.figure._tick()

    assert stage.slider.value() == 200
    assert "Open · 1.0 of 2.0 s" in shown.text
    stage.toggle()


def test_speed_is_chosen(shown: Shown) -> None:
    stage = shown.page.stage
    clock = shown.desk.surroundings.clock
    assert isinstance(clock, FakeClock)
    stage.figure.scrub(0.0)
    stage.toggle()

    stage.speed.segment("2").click()
    clock.advance(1.0)
    stage.figure._tick()

    assert stage.figure.fraction == pytest.approx(0.4)
    stage.toggle()


def test_the_side_that_hurts_is_shown_first_where_there_are_sides(shown: Shown) -> None:
    assert shown.page.stage.side.value == "right"
    assert "Left side" in shown.text

    shown.show("plank")
    assert "Left side" not in shown.text


def test_dragging_turns_the_figure_and_a_button_turns_it_back(shown: Shown) -> None:
    card = shown.page.stage
    assert not card.reset.isEnabled()
    QTest.mousePress(card.stage, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(card.stage, QPoint(140, 110))
    QTest.mouseRelease(card.stage, Qt.MouseButton.LeftButton, pos=QPoint(140, 110))
    assert turned(shown)

    card.reset.setFocus()
    walk.key(Qt.Key.Key_Space)

    assert not turned(shown)
    assert QApplication.focusWidget() is card.stage


def test_the_figure_is_turned_by_keys_as_well(shown: Shown) -> None:
    card = shown.page.stage
    card.stage.setFocus()

    walk.key(Qt.Key.Key_Left)
    walk.key(Qt.Key.Key_Up)
    assert turned(shown)
    walk.key(Qt.Key.Key_Home)

    assert not turned(shown)


def test_it_moves_by_itself_at_first_unless_less_motion_is_wanted(qtbot: QtBot, desk: Desk, shown: Shown) -> None:
    assert not playing(shown)

    desk.choose(less_motion=False)
    other = Shown(qtbot, desk, "bridge")
    assert playing(other)
    other.page.close()


def test_leaving_it_stops_the_figure(shown: Shown) -> None:
    shown.page.stage.toggle()

    shown.page.hide()

    assert not playing(shown)


# -- the keyboard and the looks ---------------------------------------------------------------------------------


def test_escape_and_the_button_lead_back(shown: Shown) -> None:
    walk.key(Qt.Key.Key_Escape)
    shown.page.back.click()

    assert shown.left == [True, True]


def test_everything_is_named_reached_and_large_enough(shown: Shown) -> None:
    assert walk.nameless(shown.page) == []
    assert walk.not_reached(shown.page) == []
    assert walk.too_small(shown.page) == []
    assert walk.not_plain(shown.page) == []


@pytest.mark.parametrize("key", ["clamshell", "hip_flexor_stretch", "test_brisk_walk"])
def test_everything_fits_at_every_size(shown: Shown, key: str) -> None:
    shown.desk.choose(pain_sites=tuple(PainSite))
    shown.show(key)

    assert walk.every_size(shown.page, lambda: walk.cut_off(shown.page)) == {}


def test_texts_twice_as_long_fit_as_well(qtbot: QtBot, desk: Desk) -> None:
    desk.choose(pain_sites=tuple(PainSite))
    with walk.doubled():
        shown = Shown(qtbot, desk, "clamshell")

        assert walk.every_size(shown.page, lambda: walk.cut_off(shown.page)) == {}
    shown.page.close()
