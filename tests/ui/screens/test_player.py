"""The guided session, led by keys alone; the clock is the test's, so nothing here waits."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from coach.app.ports import Trouble, TroubleKind
from coach.app.prescribing import Prescription
from coach.app.surroundings import Surroundings
from coach.core.log import Ending, Question, Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.core.session.engine import Phase
from coach.core.session.events import Paused, Rated, from_json
from coach.store.errors import Reason, Unavailable
from coach.store.journal import Log
from coach.ui import theme
from coach.ui.presenters.desk import Desk
from coach.ui.screens.full_window import FRAME_MS, SLOW_FRAME_MS
from coach.ui.screens.player import Player
from coach.ui.screens.player_live import LivePage
from coach.ui.screens.player_notice import NOTICE_S
from coach.ui.screens.player_questions import BeforePage, EndPage, FinishPage, HurtPage
from coach.ui.screens.player_summary import SummaryPage
from coach.ui.screens.player_where import WherePage
from coach.ui.tokens import LIGHT
from coach.ui.widgets.buttons import Button
from coach.ui.widgets.card import Chip
from coach.ui.widgets.figure import FigureView
from coach.ui.widgets.flash import Flash
from coach.ui.widgets.floor_dial import FloorDial
from coach.ui.widgets.hip_chart import SPOTS
from coach.ui.widgets.moving_figure import MovingFigure
from coach.ui.widgets.notice import Notice, NoticeKind
from coach.ui.widgets.pain_scale import PainScale
from coach.ui.widgets.ring import Ring
from tests.ui import walk
from tests.ui.fakes import TINY, Plain, World, item, plain
from tests.ui.stage import FullStage

# The test tool knows no letters for media keys.
pytestmark = pytest.mark.qt_log_ignore("keyToAscii", "does not support propagateSizeHints")

LENGTH_S = 39.0
TWO = plain(items=[item("clamshell"), item("bridge")])
"""So that something comes next."""


class Stage(FullStage):
    """A player on a real log, and a person who has nothing but a keyboard."""

    def __init__(self, qtbot: QtBot, world: World, surroundings: Surroundings | None = None) -> None:
        if not world.home.settings.exists():
            world.choose()
        super().__init__(world, Desk(surroundings or world.surroundings))
        self.qtbot = qtbot
        self.player = Player(self.desk)
        self.floors: list[object] = []
        self.player.on_floor_wanted(self.floors.append)
        self.show(qtbot, self.player)

    # -- doing --

    def prepare(self, routine: Plain = TINY, before: int | None = None) -> None:
        listed = self.world.receive(routine)
        self.player.prepare(Prescription(self.desk.routines.given(listed).routine), before)

    def begin(self, routine: Plain = TINY) -> None:
        self.prepare(routine, before=2)

    def close(self) -> None:
        self.player.close_session()
        self.desk.close()

    # -- looking --

    def phase(self) -> Phase:
        session = self.player._session
        assert session is not None
        return session.live.session.phase

    @property
    def uid(self) -> str:
        session = self.player._session
        assert session is not None
        return session.live.uid

    def button(self, name: str) -> Button:
        """A button of the live page."""
        assert isinstance(self.page, LivePage)
        return self.page.button(name)

    def notice(self) -> str:
        return next((one.text for one in self.page.findChildren(Notice) if one.isVisible()), "")

    def answers(self, uid: str) -> list[tuple[Question, int | None, str]]:
        return [(one.question, one.value, one.text) for one in self.log().answers(uid)]


@pytest.fixture
def stage(qtbot: QtBot, world: World, qapp: QApplication) -> Iterator[Stage]:
    theme.apply(qapp, LIGHT)
    made = Stage(qtbot, world)
    yield made
    made.close()


# -- the whole session ------------------------------------------------------------------------------------------


def test_a_whole_session_needs_only_the_keyboard(stage: Stage) -> None:
    stage.prepare()
    assert stage.on(BeforePage)
    stage.press("3")
    assert stage.on(LivePage)
    uid = stage.uid

    stage.pass_time(LENGTH_S + 0.5)
    assert stage.on(FinishPage)
    stage.press("4", "1", "6", "like a clamshell", Qt.Key.Key_Return)
    assert stage.on(SummaryPage)
    stage.press(Qt.Key.Key_Return)

    assert len(stage.left) == 1
    end = stage.log().end_of(uid)
    assert end is not None
    assert end.ending is Ending.FINISHED
    assert stage.answers(uid) == [
        (Question.BEFORE, 3, ""),
        (Question.DURING, 4, ""),
        (Question.AFTER, 1, ""),
        (Question.EFFORT, 6, ""),
        (Question.NOTE, None, "like a clamshell"),
    ]


def test_the_summary_says_what_was_done_by_side(stage: Stage) -> None:
    stage.begin()
    stage.pass_time(LENGTH_S + 0.5)
    stage.press("0", "0", "5", Qt.Key.Key_Return)
    QApplication.processEvents()

    said = walk.texts(stage.page)

    assert "Well done." in said
    assert "4 of 4 sets, 0:20 of work." in said
    assert "left 1 set, 0:04 · right 1 set, 0:04" in said
    assert "2 sets, 0:12" in said
    assert "Tomorrow morning" in said


@pytest.mark.parametrize(
    "in_use,worst,says",
    [
        (("tiny",), "0", "Next session: Tiny, tomorrow."),
        (("tiny", "first-days"), "0", "Still due today: First days."),
        (("tiny",), "7", "Rest until"),
    ],
)
def test_the_summary_says_which_session_comes_next(
    qtbot: QtBot, world: World, in_use: tuple[str, ...], worst: str, says: str
) -> None:
    world.receive(TINY)
    world.choose(in_use=in_use)
    stage = Stage(qtbot, world)
    stage.begin()
    stage.pass_time(LENGTH_S + 0.5)

    stage.press(worst, "0", "5", Qt.Key.Key_Return)

    assert says in walk.texts(stage.page)
    assert ("session:" in walk.texts(stage.page)) == says.startswith("Next")
    stage.close()


def test_after_too_much_the_summary_says_so_and_until_when_to_rest(qtbot: QtBot, world: World) -> None:
    world.receive(TINY)
    world.choose(in_use=("tiny",))
    stage = Stage(qtbot, world)
    stage.begin()
    stage.pass_time(LENGTH_S + 0.5)

    stage.press("7", "0", "5", Qt.Key.Key_Return)

    said = walk.texts(stage.page)
    assert "Not before Monday. Red today: pain 7 while doing it (too much above 5)." in said
    assert "Rest until Monday 23 November" in said
    assert said.count("pain 7") == 1
    stage.close()


def test_the_summary_says_the_colour_so_far(qtbot: QtBot, world: World) -> None:
    world.receive(TINY)
    world.choose(in_use=("tiny",))
    stage = Stage(qtbot, world)
    stage.begin()
    stage.pass_time(LENGTH_S + 0.5)

    stage.press("4", "0", "5", Qt.Key.Key_Return)

    assert "Session today: amber, pain 4 while doing it (fine up to 2); the next morning will tell." in walk.texts(
        stage.page
    )
    stage.close()


def test_who_skipped_everything_is_not_praised(stage: Stage) -> None:
    stage.begin(TWO)
    while stage.on(LivePage):
        stage.press(Qt.Key.Key_Right)
    assert "Session ended." in walk.texts(stage.page)

    stage.press(Qt.Key.Key_Return)
    QApplication.processEvents()

    said = walk.texts(stage.page)
    assert "Session ended." in said
    assert "Well done." not in said
    assert "skipped" in said
    assert "not reached" not in said


def test_what_was_not_reached_was_not_skipped(stage: Stage) -> None:
    stage.begin(TWO)
    stage.pass_time(14)
    stage.press(Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Return)
    QApplication.processEvents()

    said = walk.texts(stage.page)

    assert "not reached" in said
    assert "skipped" not in said
    assert "Done" not in said.split("\n")


def test_a_long_summary_scrolls_and_keeps_its_button_in_sight(stage: Stage) -> None:
    walk.resized(stage.player, 1097, 585)
    stage.begin(plain(items=[item("clamshell", sets=1, reps=1, note=str(n)) for n in range(40)]))
    stage.press(Qt.Key.Key_Escape, Qt.Key.Key_Return, "0", "0", Qt.Key.Key_Return)
    assert stage.on(SummaryPage)

    walk.resized(stage.player, 1097, 585)

    button = stage.named("Back to Today")
    assert stage.player.size() == QSize(1097, 585)
    assert stage.player.rect().contains(QRect(button.mapTo(stage.player, QPoint(0, 0)), button.size()))
    bars = [area.verticalScrollBar() for area in stage.page.findChildren(QScrollArea)]
    bar = next(bar for bar in bars if bar.maximum() > 0)
    stage.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_a_second_session_begins_clean(stage: Stage) -> None:
    stage.begin()
    first = stage.uid
    stage.pass_time(LENGTH_S + 0.5)
    stage.press("9", "9", "9", "much", Qt.Key.Key_Return, Qt.Key.Key_Return)

    stage.prepare()
    stage.press("0")
    stage.pass_time(LENGTH_S + 0.5)

    assert stage.on(FinishPage)
    assert stage.uid != first
    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [None] * 3
    assert stage.page.findChildren(QLineEdit)[0].text() == ""


def test_the_pain_question_can_be_left(stage: Stage) -> None:
    stage.prepare()

    stage.press(Qt.Key.Key_Escape)

    assert len(stage.left) == 1
    assert stage.desk.training.broken() is None


def test_the_pain_question_need_not_be_answered(stage: Stage) -> None:
    stage.prepare()
    stage.named("Start without an answer").setFocus()

    stage.press(Qt.Key.Key_Return)

    assert stage.on(LivePage)
    assert stage.answers(stage.uid) == []


@pytest.mark.parametrize("key,value", [("0", 0), ("5", 5), ("9", 9), ("x", 10), ("X", 10)])
def test_a_digit_answers_the_pain_question(stage: Stage, key: str, value: int) -> None:
    stage.prepare(plain(rules={"start_block_if_pre_gt": 10}))

    stage.press(key)

    assert stage.answers(stage.uid) == [(Question.BEFORE, value, "")]


@pytest.mark.parametrize(
    "rules,sites,key,says",
    [
        ({}, (), "6", "the limit is 5"),
        ({}, ("groin",), "1", "the limit is 0"),
        ({"profile": "tendon"}, ("groin",), "4", "the limit is 3"),
        ({"start_block_if_pre_gt": 3}, (), "4", "your plan says not to begin above 3"),
    ],
)
def test_a_session_does_not_begin_above_the_limit(
    qtbot: QtBot, world: World, rules: Plain, sites: tuple[str, ...], key: str, says: str
) -> None:
    world.choose(pain_sites=sites)
    stage = Stage(qtbot, world)
    stage.prepare(plain(rules=rules))

    stage.press(key)

    assert stage.on(BeforePage)
    assert says in walk.texts(stage.page)
    assert "Start without an answer" not in walk.texts(stage.page)
    assert stage.desk.training.broken() is None
    assert theme.focus_visible(stage.named("Not now"))
    stage.press(Qt.Key.Key_Return)
    assert len(stage.left) == 1
    stage.close()


def test_where_it_hurts_today_makes_the_limits_sharper_before_and_on_the_way(qtbot: QtBot, world: World) -> None:
    """The day is judged by it afterwards, so it holds at once."""
    stage = Stage(qtbot, world)
    assert stage.desk.check_in(morning=1, spots=(Spot(PainSite.GROIN, BodySide.LEFT),))
    stage.prepare()
    stage.press("1")
    assert stage.on(BeforePage)
    assert "the limit is 0" in walk.texts(stage.page)

    stage.press("0")
    assert stage.on(LivePage)
    stage.press("p", "1")

    assert [one.text() for one in stage.page.findChildren(Button) if one.isVisible()] == ["Stop the session"]
    stage.close()


def test_an_answer_above_the_limit_may_have_been_a_slip(stage: Stage) -> None:
    stage.prepare()
    stage.press("8")

    stage.press("2")

    assert stage.on(LivePage)
    assert stage.answers(stage.uid) == [(Question.BEFORE, 2, "")]


def test_after_an_answer_above_the_limit_the_question_is_asked_anew(stage: Stage) -> None:
    stage.prepare()
    stage.press("8", Qt.Key.Key_Return)

    stage.prepare()

    assert "How is the hip right now?" in walk.texts(stage.page)
    assert "Start without an answer" in walk.texts(stage.page)


def test_an_answer_that_is_known_is_not_asked_for(stage: Stage) -> None:
    stage.prepare(before=4)

    assert stage.on(LivePage)
    assert stage.answers(stage.uid) == [(Question.BEFORE, 4, "")]


# -- the keys of the running session ----------------------------------------------------------------------------

PAUSES = (
    Qt.Key.Key_Space,
    Qt.Key.Key_MediaTogglePlayPause,
    Qt.Key.Key_MediaPlay,
    Qt.Key.Key_MediaPause,
    Qt.Key.Key_PageDown,
)


@pytest.mark.parametrize("key", PAUSES)
def test_space_and_its_like_pause_and_go_on(stage: Stage, key: Qt.Key) -> None:
    stage.begin()
    stage.pass_time(1)

    stage.press(key)
    assert stage.phase() is Phase.PAUSED
    assert stage.button("pause").text() == "Go on"
    stage.press(key)

    assert stage.phase() is Phase.RUNNING
    assert stage.button("pause").text() == "Pause"


@pytest.mark.parametrize("name", ["end", "mute", "floor", "back", "pause", "skip", "hurts"])
def test_space_never_presses_the_button_that_has_the_keyboard(stage: Stage, name: str) -> None:
    stage.begin()
    stage.pass_time(5)
    stage.button(name).setFocus()

    stage.press(Qt.Key.Key_Space)

    assert stage.on(LivePage)
    assert stage.phase() is Phase.PAUSED
    assert not stage.floors
    assert stage.player._session is not None
    assert not stage.player._session.muted


def test_enter_presses_the_button_that_has_the_keyboard(stage: Stage) -> None:
    stage.begin()
    stage.pass_time(5)
    stage.button("hurts").setFocus()

    stage.press(Qt.Key.Key_Return)

    assert stage.on(HurtPage)


def test_enter_is_pause_at_first(stage: Stage) -> None:
    stage.begin()

    stage.press(Qt.Key.Key_Enter)

    assert stage.phase() is Phase.PAUSED


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_MediaNext])
def test_right_skips_to_the_next_set_or_side(stage: Stage, key: Qt.Key) -> None:
    stage.begin()
    stage.press(key)
    assert "LEFT side" in walk.texts(stage.page)

    stage.press(key, key)

    assert "RIGHT side" in walk.texts(stage.page)


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_MediaPrevious])
def test_left_goes_back(stage: Stage, key: Qt.Key) -> None:
    stage.begin()
    stage.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert "RIGHT side" in walk.texts(stage.page)

    stage.press(key)

    assert "LEFT side" in walk.texts(stage.page)


def test_plus_and_minus_change_a_rest(stage: Stage) -> None:
    stage.begin()
    before = _left(stage)

    stage.press("+")
    assert _left(stage) == before + 10
    stage.press("=")
    assert _left(stage) == before + 20
    stage.press("-", "-")

    assert _left(stage) == before


def _left(stage: Stage) -> int:
    session = stage.player._session
    assert session is not None
    return round(session.view().left_s)


def test_m_switches_the_sound_off_and_on(stage: Stage, world: World) -> None:
    stage.begin()
    stage.press("m")
    heard = list(world.sound.played)
    stage.pass_time(6)
    assert world.sound.played == heard
    assert stage.button("mute").text() == "Sound off"

    stage.press("m")
    stage.pass_time(3)

    assert len(world.sound.played) > len(heard)
    assert stage.button("mute").text() == "Sound"


def test_escape_asks_before_it_ends(stage: Stage) -> None:
    stage.begin()
    stage.pass_time(5)

    stage.press(Qt.Key.Key_Escape)

    assert stage.on(EndPage)
    assert stage.phase() is Phase.PAUSED


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_space_and_escape_stay_in_the_session(stage: Stage, key: Qt.Key) -> None:
    stage.begin()
    stage.pass_time(5)
    stage.press(Qt.Key.Key_Escape)

    stage.press(key)

    assert stage.on(LivePage)
    assert stage.phase() is Phase.RUNNING


def test_enter_ends_the_session(stage: Stage) -> None:
    stage.begin()
    stage.pass_time(9)
    stage.press(Qt.Key.Key_Escape)

    stage.press(Qt.Key.Key_Return)

    assert stage.on(FinishPage)
    assert "Session ended." in walk.texts(stage.page)


def test_enter_presses_the_answer_that_has_the_keyboard(stage: Stage) -> None:
    stage.begin()
    stage.press(Qt.Key.Key_Escape)
    stage.named("Go on with the session").setFocus()

    stage.press(Qt.Key.Key_Return)

    assert stage.on(LivePage)


def test_later_keeps_it_for_later(stage: Stage) -> None:
    stage.begin()
    uid = stage.uid
    stage.pass_time(5)
    stage.press(Qt.Key.Key_Escape)

    stage.press("l")

    assert len(stage.left) == 1
    broken = stage.desk.training.broken()
    assert broken is not None
    assert (broken.uid, broken.can_go_on) == (uid, True)


def test_going_on_waits_at_the_very_rep(stage: Stage) -> None:
    stage.begin()
    stage.pass_time(6.5)
    stage.press(Qt.Key.Key_Escape, "l")

    assert stage.player.go_on()
    assert stage.on(LivePage)
    assert stage.phase() is Phase.PAUSED
    session = stage.player._session
    assert session is not None
    assert session.view().rep == 2
    stage.press(Qt.Key.Key_Space)
    stage.pass_time(LENGTH_S)

    assert stage.on(FinishPage)


def test_without_a_session_there_is_nothing_to_go_on_with(stage: Stage) -> None:
    assert not stage.player.go_on()


def test_a_rep_of_ones_own_pace_is_counted_with_space(stage: Stage) -> None:
    stage.begin(plain(items=[item("bridge", reps=3, pace="self", prepare_s=1)]))
    stage.pass_time(2)
    assert stage.button("pause").text() == "Rep done"

    for _ in range(2):
        stage.press(Qt.Key.Key_Space)
        stage.pass_time(0.5)
    assert stage.on(LivePage)
    stage.press(Qt.Key.Key_Space)

    assert stage.on(FinishPage)


def test_at_ones_own_pace_there_is_a_pause_and_the_rep_is_said_once(stage: Stage) -> None:
    stage.begin(plain(items=[item("bridge", reps=3, pace="self", prepare_s=1)]))
    assert not stage.button("halt").isVisible()
    stage.pass_time(2)
    assert stage.button("halt").isVisible()
    assert "/ 3" not in walk.texts(stage.page)

    stage.press("b")
    assert stage.phase() is Phase.PAUSED
    assert not stage.button("halt").isVisible()
    assert "/ 3" in walk.texts(stage.page)
    stage.press("b")

    assert stage.phase() is Phase.RUNNING


def test_every_key_of_the_sheet_is_bound(stage: Stage) -> None:
    from coach.ui.screens.keys import keys

    listed = " ".join(key for key, _ in keys()[0][1])
    bound = {shortcut.key().toString() for shortcut in stage.player._keys}
    named = {"←": "Left", "→": "Right"}

    for sign in ("Space", "B", "←", "→", "P", "F", "M", "Esc"):
        assert sign in listed
        assert named.get(sign, sign) in bound
    assert {"PgDown", "PgUp", "+", "-", "Media Play", "Media Next"} <= bound


# -- it hurts ---------------------------------------------------------------------------------------------------


def hurting(stage: Stage, pain: str = "4", routine: Plain = TINY) -> None:
    stage.begin(routine)
    stage.pass_time(5)
    stage.press("p")
    assert stage.on(HurtPage)
    if pain:
        stage.press(pain)


def ring_of(stage: Stage) -> str:
    return stage.page.findChildren(Ring)[0].spoken()


def test_it_hurts_pauses_at_once_and_asks(stage: Stage) -> None:
    hurting(stage, "")

    assert stage.phase() is Phase.PAUSED
    assert "How much does it hurt?" in walk.texts(stage.page)
    assert [one.text() for one in stage.page.findChildren(Button) if one.isVisible()] == ["Not now"]


def test_the_answer_is_kept_even_if_the_window_is_closed_on_it(stage: Stage) -> None:
    hurting(stage, "7")
    uid = stage.uid

    stage.player.close_session()

    events = [from_json(one.body) for one in stage.log().events(uid)]
    assert [event.pain for event in events if isinstance(event, Rated)] == [7]
    broken = stage.desk.training.broken()
    assert broken is not None
    assert broken.can_go_on


def test_the_advised_choice_has_the_keyboard_and_enter_takes_it(stage: Stage) -> None:
    hurting(stage, "4")
    assert theme.focus_visible(stage.named("Easier: Isometric hip abduction"))

    stage.press(Qt.Key.Key_Return)

    assert stage.on(LivePage)
    assert "Isometric hip abduction" in walk.texts(stage.page)
    assert stage.phase() is Phase.RUNNING


@pytest.mark.parametrize("pain,first", [("1", "Go on"), ("4", "Easier: Isometric hip abduction")])
def test_the_advised_choice_comes_first(stage: Stage, pain: str, first: str) -> None:
    hurting(stage, pain)
    QApplication.processEvents()

    shown = [one for one in stage.page.findChildren(Button) if one.isVisible()]

    assert min(shown, key=lambda one: (one.y(), one.x())) is stage.named(first)


def test_the_numbers_stay_where_they_are_when_the_choices_come(stage: Stage) -> None:
    hurting(stage, "")
    QApplication.processEvents()
    scale = stage.page.findChildren(PainScale)[0]
    before = scale.mapTo(stage.page, QPoint(0, 0))

    stage.press("4")
    walk.resized(stage.player, 1200, 800)

    assert scale.mapTo(stage.page, QPoint(0, 0)) == before


@pytest.mark.parametrize("width", [900, 1097, 1920])
def test_every_choice_is_whole(stage: Stage, width: int) -> None:
    hurting(stage, "4")

    walk.resized(stage.player, width, 585)

    shown = [one for one in stage.page.findChildren(Button) if one.isVisible()]
    assert len(shown) == 4
    assert [one.text() for one in shown if one.width() < one.sizeHint().width()] == []


@pytest.mark.parametrize("key,shows", [("c", "Clamshell"), ("e", "Isometric hip abduction"), ("s", "Plank")])
def test_each_choice_has_its_key(stage: Stage, key: str, shows: str) -> None:
    hurting(stage)

    stage.press(key)

    assert stage.on(LivePage)
    assert shows in walk.texts(stage.page).split("\n")


def test_escape_goes_back_if_it_was_pressed_by_mistake(stage: Stage) -> None:
    hurting(stage, "")
    uid = stage.uid

    stage.press(Qt.Key.Key_Escape)

    assert stage.on(LivePage)
    assert stage.phase() is Phase.RUNNING
    assert "Ready" in ring_of(stage)
    events = [from_json(one.body) for one in stage.log().events(uid)]
    assert not [event for event in events if isinstance(event, Rated)]
    stage.press("p")
    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [None]
    stage.press("4", Qt.Key.Key_Escape, Qt.Key.Key_Return)
    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [4, None, None]


def test_what_stood_still_before_the_mistake_does_so_after_it(stage: Stage) -> None:
    stage.begin()
    stage.pass_time(5)
    stage.press(Qt.Key.Key_Space, "p", Qt.Key.Key_Escape)

    assert stage.on(LivePage)
    assert stage.phase() is Phase.PAUSED
    stage.press(Qt.Key.Key_Space)
    assert stage.phase() is Phase.RUNNING


def test_escape_asks_once_the_pain_is_known(stage: Stage) -> None:
    hurting(stage, "8")

    stage.press(Qt.Key.Key_Escape)
    assert stage.on(EndPage)
    assert "Go on with the session" not in walk.texts(stage.page)
    stage.press("l", Qt.Key.Key_Space)
    assert stage.on(HurtPage)
    shown = [one.text() for one in stage.page.findChildren(Button) if one.isVisible()]
    assert shown == ["Stop the session"]
    stage.press(Qt.Key.Key_Escape, Qt.Key.Key_Return)

    assert stage.on(FinishPage)


@pytest.mark.parametrize("pain", ["", "4"])
def test_who_closed_the_window_on_the_question_is_asked_it_again(qtbot: QtBot, world: World, pain: str) -> None:
    first = Stage(qtbot, world)
    hurting(first, pain)
    first.close()
    stage = Stage(qtbot, world)

    assert stage.player.go_on()

    assert stage.on(HurtPage)
    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [int(pain) if pain else None]
    stage.press("c" if pain else Qt.Key.Key_Escape)
    assert stage.on(LivePage)
    stage.press(*() if pain else (Qt.Key.Key_Space,))
    assert stage.phase() is Phase.RUNNING
    stage.close()


def test_enter_presses_the_choice_that_has_the_keyboard(stage: Stage) -> None:
    hurting(stage, "1")
    stage.named("Stop the session").setFocus()

    stage.press(Qt.Key.Key_Return)

    assert stage.on(FinishPage)


def test_too_much_pain_offers_no_going_on(stage: Stage) -> None:
    hurting(stage, "x")

    shown = [one.text() for one in stage.page.findChildren(Button) if one.isVisible()]
    assert shown == ["Stop the session"]
    assert "That is too much" in walk.texts(stage.page)
    stage.press("c")
    stage.press("s")
    assert stage.on(HurtPage)


def test_the_limit_of_the_plan_is_named(stage: Stage) -> None:
    hurting(stage, "4", plain(rules={"pain_stop_above": 3}))

    assert "your plan says: stop above 3" in walk.texts(stage.page)


def test_a_mistyped_answer_can_be_corrected(stage: Stage) -> None:
    hurting(stage, "9")

    stage.press("1")

    assert "Pain 1 of 10" in walk.texts(stage.page)
    assert stage.named("Go on").hasFocus()


def test_the_worst_pain_is_known_at_the_end(stage: Stage) -> None:
    hurting(stage, "6")
    stage.press(Qt.Key.Key_Return)

    assert stage.on(FinishPage)
    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [6, None, None]


@pytest.mark.parametrize("key", PAUSES)
def test_the_key_that_pauses_answers_no_question(stage: Stage, key: Qt.Key) -> None:
    """It comes from the hand of who wants to go on, not of who has no pain."""
    stage.prepare()
    stage.press(key)
    assert stage.on(BeforePage)
    stage.press("2")
    stage.pass_time(5)
    stage.press("p", key)
    assert "How much does it hurt?" in walk.texts(stage.page)
    stage.press("4", "c", Qt.Key.Key_Escape, Qt.Key.Key_Return)
    assert stage.on(FinishPage)

    stage.press(key, key, key)

    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [4, None, None]


def test_a_skip_too_many_answers_no_question_and_enter_saves(stage: Stage) -> None:
    stage.begin()
    uid = stage.uid
    while stage.on(LivePage):
        stage.press(Qt.Key.Key_Right)

    stage.press(*[Qt.Key.Key_Right] * 12, Qt.Key.Key_Return)

    assert stage.on(SummaryPage)
    assert stage.answers(uid) == [(Question.BEFORE, 2, "")]


def test_a_closing_answer_can_be_chosen_by_arrows(stage: Stage) -> None:
    finished(stage)
    stage.pass_time(2)

    stage.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)

    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [2, None, None]


# -- the end ----------------------------------------------------------------------------------------------------


def finished(stage: Stage) -> str:
    stage.begin()
    stage.pass_time(LENGTH_S + 0.5)
    assert stage.on(FinishPage)
    return stage.uid


def test_the_closing_questions_may_stay_open(stage: Stage) -> None:
    uid = finished(stage)
    stage.named("Save").setFocus()

    stage.press(Qt.Key.Key_Return)

    assert stage.on(SummaryPage)
    assert stage.answers(uid) == [(Question.BEFORE, 2, "")]


def test_escape_does_not_lose_the_closing_answers(stage: Stage) -> None:
    finished(stage)
    stage.press("4")

    stage.press(Qt.Key.Key_Escape)

    assert stage.on(FinishPage)
    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [4, None, None]


def test_a_digit_in_the_note_is_a_letter(stage: Stage) -> None:
    uid = finished(stage)
    stage.press("1", "2", "3", "x 7", Qt.Key.Key_Return)

    assert stage.answers(uid)[-1] == (Question.NOTE, None, "x 7")


def test_a_window_closed_on_the_last_questions_has_a_finished_session(stage: Stage) -> None:
    uid = finished(stage)

    stage.player.close_session()

    end = stage.log().end_of(uid)
    assert end is not None
    assert end.ending is Ending.FINISHED
    assert stage.desk.training.broken() is None


def test_escape_leaves_the_summary(stage: Stage) -> None:
    finished(stage)
    stage.press("1", "1", "1", Qt.Key.Key_Return)

    stage.press(Qt.Key.Key_Escape)

    assert len(stage.left) == 1


# -- sound, voice, saving ---------------------------------------------------------------------------------------


def test_a_session_is_finished_without_sound_and_without_voice(stage: Stage, world: World) -> None:
    world.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    world.voice_trouble = Trouble(TroubleKind.NO_ENGINE)
    stage.begin()

    assert "No sound device was found for tones and voice." in stage.notice()
    stage.pass_time(LENGTH_S + 0.5)

    assert stage.on(FinishPage)


def test_what_is_missing_is_said_once(stage: Stage, world: World) -> None:
    world.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    stage.begin()
    stage.page.findChildren(Notice)[0].hide()

    stage.pass_time(5)

    assert stage.notice() == ""


def test_without_any_sound_there_is_one_truthful_notice_and_the_button_says_so(stage: Stage, world: World) -> None:
    stage.begin()
    stage.pass_time(2)
    world.sound.trouble = Trouble(TroubleKind.NO_DEVICE)
    stage.pass_time(1)
    assert stage.notice().startswith("No sound device was found. ")
    assert stage.button("mute").text() == "Sound"

    world.speech.trouble = Trouble(TroubleKind.SILENT)
    stage.pass_time(1)

    assert stage.notice() == (
        "No sound device was found for tones and voice. The session goes on; the screen flashes at each cue."
    )
    assert stage.button("mute").text() == "No sound"
    stage.press("m")
    assert stage.button("mute").text() == "Sound off"


def test_on_the_floor_a_notice_is_large_and_goes_after_a_while(stage: Stage, world: World) -> None:
    world.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    stage.begin()
    stage.pass_time(2)
    near = stage.page.findChildren(Notice)[0].findChildren(QLabel)[0].font().pixelSize()
    stage.press("f")
    notice = stage.page.findChildren(Notice)[0]
    assert notice.isVisible()
    assert notice.findChildren(QLabel)[0].font().pixelSize() >= 1.8 * near - 1

    stage.pass_time(NOTICE_S)

    assert not notice.isVisible()


def test_on_the_floor_what_is_not_saved_stays_in_sight(failing: "tuple[Stage, Failing]") -> None:
    stage, log = failing
    stage.begin()
    log.fails = True
    stage.pass_time(2)
    stage.press("f")

    stage.pass_time(NOTICE_S + 5)

    assert "not being saved" in stage.notice()


def test_what_is_heard_again_is_no_longer_said_to_be_missing(stage: Stage, world: World) -> None:
    world.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    world.voice_trouble = Trouble(TroubleKind.SILENT)
    stage.begin()
    both = stage.notice()

    world.sounds[-1].trouble = None
    stage.pass_time(2)
    voice_only = stage.notice()
    world.speeches[-1].trouble = None
    stage.pass_time(2)
    none = stage.notice()
    world.sounds[-1].trouble = Trouble(TroubleKind.NO_DEVICE)
    stage.pass_time(2)

    assert "No sound device" in both
    assert "voice" in both
    assert voice_only == "The voice does not answer. The session goes on with tones and text."
    assert none == ""
    assert stage.notice().startswith("No sound device")


def test_what_else_is_said_stays_when_the_sound_comes_back(stage: Stage, world: World) -> None:
    world.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    stage.begin()
    stage.player._live.notice.show_notice(NoticeKind.PROBLEM, "It is not being saved just now.")

    world.sounds[-1].trouble = None
    stage.pass_time(2)

    assert stage.notice() == "It is not being saved just now."


def test_it_is_said_that_the_computer_was_away(stage: Stage, world: World) -> None:
    stage.begin()
    stage.pass_time(2)

    world.clock.advance(600)
    stage.pass_time(1)

    assert "The computer was away for about 10 min." in stage.notice()
    assert stage.phase() is Phase.PAUSED


def test_the_screen_flashes_at_cues_that_are_not_heard(stage: Stage, world: World) -> None:
    flash = stage.player.findChildren(Flash)[0]
    stage.begin()
    stage.pass_time(3)
    assert not flash.isVisible()

    stage.press("m")
    stage.pass_time(1)

    assert flash.isVisible()


def test_with_less_motion_nothing_swells_and_frames_are_few(qtbot: QtBot, world: World) -> None:
    world.choose(less_motion=True, sound=False)
    stage = Stage(qtbot, world)
    flash = stage.player.findChildren(Flash)[0]

    stage.begin()

    assert flash.strength == 1.0
    assert stage.player._frames.interval() == SLOW_FRAME_MS
    stage.close()


def test_the_frames_run_only_while_something_moves(stage: Stage) -> None:
    stage.begin()
    assert stage.player._frames.isActive()
    assert stage.player._frames.interval() == FRAME_MS

    stage.press(Qt.Key.Key_Space)
    assert not stage.player._frames.isActive()
    stage.press(Qt.Key.Key_Space)
    assert stage.player._frames.isActive()
    stage.player.hide()

    assert not stage.player._frames.isActive()


def preview_of(stage: Stage) -> MovingFigure:
    """The small figure of what comes next."""
    (found,) = stage.page.findChildren(MovingFigure)
    return found


def begin_two(stage: Stage) -> None:
    """Begin a session that has a next exercise, up to its first frame in its place."""
    stage.begin(TWO)
    QApplication.processEvents()
    stage.player._animate()


def played_of(stage: Stage, seconds: float) -> float:
    """How much of a rep the small figure goes through in a time."""
    preview, before = preview_of(stage), preview_of(stage).fraction
    stage.pass_time(seconds)
    if preview._timer.isActive():
        preview._tick()
    return (preview.fraction - before) % 1.0


def test_what_comes_next_moves_slowly(stage: Stage) -> None:
    begin_two(stage)
    preview = preview_of(stage)
    assert preview.isVisible()
    assert preview.playing

    at = preview.moment
    assert at is not None
    assert played_of(stage, 1.0) == pytest.approx(1.0 / 2 / 5)  # a rep of five seconds at half its speed


def test_what_comes_next_stands_still_in_a_pause_and_out_of_sight(stage: Stage) -> None:
    begin_two(stage)

    stage.press(Qt.Key.Key_Space)
    stage.player._animate()
    assert not preview_of(stage).playing
    assert played_of(stage, 1.0) == 0.0

    stage.press(Qt.Key.Key_Space)
    assert preview_of(stage).playing

    stage.press("f")
    assert not preview_of(stage).playing
    stage.press("f")
    stage.player._animate()
    assert preview_of(stage).playing

    stage.player.hide()
    assert not preview_of(stage).playing
    assert not preview_of(stage)._timer.isActive()


def test_what_comes_next_stands_still_with_less_motion(qtbot: QtBot, world: World) -> None:
    world.choose(less_motion=True)
    stage = Stage(qtbot, world)

    begin_two(stage)

    assert preview_of(stage).isVisible()
    assert not preview_of(stage).playing
    stage.close()


def test_what_comes_next_stands_still_where_it_is_too_small_to_make_out(stage: Stage) -> None:
    begin_two(stage)
    preview_of(stage).setFixedHeight(30)
    QApplication.processEvents()

    stage.player._animate()

    assert not preview_of(stage).playing


def test_pause_freezes_ring_and_figure_on_the_same_frame(stage: Stage) -> None:
    stage.begin()
    stage.pass_time(4.5)
    stage.press(Qt.Key.Key_Space)
    before = stage.page.grab().toImage()

    stage.world.clock.advance(700)
    stage.player._animate()

    assert stage.page.grab().toImage() == before


class Failing:
    """Surroundings whose log cannot be opened for writing for a while."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.fails = False
        self.surroundings = world.with_log(self._open)

    def _open(self) -> Log:
        log = self._world.surroundings.open_log()
        if not self.fails:
            original = log.append

            def append(session_uid: str, seq: int, at_s: float, body: str) -> None:
                if self.fails:
                    raise Unavailable(Reason.DISK_FULL)
                original(session_uid, seq, at_s, body)

            log.append = append  # type: ignore[method-assign]  # a disk that fills up later
            return log
        log.close()
        raise Unavailable(Reason.DISK_FULL)


@pytest.fixture
def failing(qtbot: QtBot, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Stage, Failing]]:
    from coach.app import keeping

    monkeypatch.setattr(keeping, "RETRY_S", 0.01)
    disk = Failing(world)
    stage = Stage(qtbot, world, disk.surroundings)
    yield stage, disk
    disk.fails = False
    stage.close()


def test_a_full_disk_is_said_once_and_the_session_goes_on(failing: tuple[Stage, Failing], qtbot: QtBot) -> None:
    stage, disk = failing
    stage.begin()
    disk.fails = True
    stage.pass_time(2)
    session = stage.player._session
    assert session is not None
    qtbot.waitUntil(lambda: session.live.trouble is not None)
    stage.pass_time(2)
    assert "not being saved just now" in stage.notice()
    assert "disk is full" in stage.notice()

    disk.fails = False
    qtbot.waitUntil(lambda: session.live.trouble is None)
    stage.pass_time(2)

    assert "being saved again" in stage.notice()


def test_what_could_not_be_saved_is_saved_when_the_person_tries_again(failing: tuple[Stage, Failing]) -> None:
    stage, disk = failing
    stage.begin()
    uid = stage.uid
    stage.pass_time(LENGTH_S - 5)
    disk.fails = True
    stage.pass_time(5.5)
    stage.press("1", "2", "3", Qt.Key.Key_Return)
    assert stage.on(SummaryPage)
    assert "not saved yet" in stage.notice()
    assert stage.named("Try to save again").isVisible()

    disk.fails = False
    stage.named("Try to save again").setFocus()
    stage.press(Qt.Key.Key_Return)

    assert stage.on(SummaryPage)
    assert stage.left == []
    assert stage.notice() == ""
    end = stage.log().end_of(uid)
    assert end is not None
    assert end.ending is Ending.FINISHED
    assert [value for _, value, _ in stage.answers(uid)] == [2, 1, 2, 3]


def test_trying_again_doubles_no_answer(failing: tuple[Stage, Failing], monkeypatch: pytest.MonkeyPatch) -> None:
    stage, _ = failing
    uid = finished(stage)
    fails = [True, True]
    training = stage.desk.training
    finish = training.finish
    monkeypatch.setattr(training, "finish", lambda live: not (fails and fails.pop()) and finish(live))
    stage.press("1", "2", "3", Qt.Key.Key_Return)

    for _ in range(2):
        stage.named("Try to save again").click()

    assert [value for _, value, _ in stage.answers(uid)] == [2, 1, 2, 3]


def test_a_session_that_cannot_be_recorded_is_not_started(failing: tuple[Stage, Failing]) -> None:
    stage, disk = failing
    stage.prepare()
    disk.fails = True

    stage.press("3")

    assert stage.on(BeforePage)
    assert "could not be recorded" in stage.notice()
    disk.fails = False
    stage.press("3")
    assert stage.on(LivePage)


def test_a_notice_of_the_last_session_is_not_that_of_the_next(stage: Stage, world: World) -> None:
    world.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    stage.begin()
    assert stage.notice()
    stage.press(Qt.Key.Key_Escape, "l")
    world.sound_trouble = None

    stage.begin()

    assert stage.notice() == ""


# -- floor mode -------------------------------------------------------------------------------------------------


def on_the_floor(stage: Stage) -> None:
    stage.player.resize(1920, 1080)
    stage.begin(plain(items=[item("clamshell", sides="each", reps=3, tempo={"up_s": 8, "down_s": 8}, prepare_s=1)]))
    stage.pass_time(2)
    stage.press("f")
    stage.pass_time(1)
    QApplication.processEvents()


def test_floor_mode_shows_figure_digit_side_and_phase_and_little_else(stage: Stage) -> None:
    on_the_floor(stage)

    shown = [label.text() for label in stage.page.findChildren(QLabel) if label.isVisible() and label.text()]
    assert stage.page.findChildren(FloorDial)[0].isVisible()
    assert not stage.page.findChildren(Ring)[0].isVisible()
    assert "LEFT side" in walk.texts(stage.page)
    assert not {"REP", "SET", "TEMPO S", "Rep", "Set", "Tempo s", "NEXT", "Next"} & set(shown)
    assert not any("10 s" in text for text in shown)


def test_what_is_hidden_on_the_floor_is_back_afterwards(stage: Stage) -> None:
    on_the_floor(stage)

    stage.press("f")

    assert stage.page.findChildren(Ring)[0].isVisible()
    assert "Next" in walk.texts(stage.page)
    assert [getattr(one, "floor", None) for one in stage.floors] == [True, False]


def test_escape_leaves_floor_mode_before_it_asks(stage: Stage) -> None:
    on_the_floor(stage)

    stage.press(Qt.Key.Key_Escape)
    assert stage.on(LivePage)
    stage.press(Qt.Key.Key_Escape)

    assert stage.on(EndPage)


def test_the_digit_is_a_third_of_the_screen(stage: Stage) -> None:
    on_the_floor(stage)
    dial = stage.page.findChildren(FloorDial)[0]
    image = stage.player.grab().toImage()
    corner = dial.mapTo(stage.player, QPoint(0, 0))

    # Between the phase word and the bar, only the digit has the colour of the ink.
    height = _tall(image, QRect(corner, dial.size()), QColor(LIGHT.ink))

    assert image.height() == 1080
    assert height >= 1080 / 3 - 4


def _tall(image: QImage, box: QRect, ink: QColor) -> int:
    """How many rows of the box hold ink."""
    rows = [
        y
        for y in range(box.top(), box.bottom(), 2)
        if any(_close(image.pixelColor(x, y), ink) for x in range(box.left(), box.right(), 4))
    ]
    return rows[-1] - rows[0] if rows else 0


def _close(one: QColor, other: QColor) -> bool:
    return abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue()) < 24


def test_the_questions_are_as_large_as_floor_mode(stage: Stage) -> None:
    on_the_floor(stage)
    walk.resized(stage.player, 1920, 1080)
    stage.press("p", "4")
    walk.resized(stage.player, 1920, 1080)

    title = next(one for one in stage.page.findChildren(QLabel) if one.text() == "Pain 4 of 10")
    scale = stage.page.findChildren(PainScale)[0]
    on_floor = (title.font().pixelSize(), scale.mark(4).width(), stage.named("Go on").height())
    assert walk.cut_off(stage.page) == []
    stage.press("c", "f")
    stage.press("p", "4")
    walk.resized(stage.player, 1920, 1080)
    near = (title.font().pixelSize(), scale.mark(4).width(), stage.named("Go on").height())

    assert all(large >= 1.79 * small for large, small in zip(on_floor, near, strict=True)), (on_floor, near)


def test_on_a_low_screen_the_floor_shows_every_control_and_every_choice(stage: Stage) -> None:
    on_the_floor(stage)
    walk.resized(stage.player, 1097, 617)
    live = stage.page
    assert isinstance(live, LivePage)
    live._show_controls(shown=True)
    walk.resized(stage.player, 1097, 617)

    for name in ("end", "mute", "floor", "back", "pause", "skip", "hurts"):
        button = live.button(name)
        assert button.width() >= button.sizeHint().width(), name
        assert live.rect().contains(QRect(button.mapTo(live, QPoint(0, 0)), button.size())), name
    stage.press("p", "4")
    walk.resized(stage.player, 1097, 617)
    choices = [one for one in stage.page.findChildren(Button) if one.isVisible()]
    assert len(choices) == 4
    for button in choices:
        assert stage.page.rect().contains(QRect(button.mapTo(stage.page, QPoint(0, 0)), button.size())), button.text()


def test_leaving_the_player_leaves_floor_mode(stage: Stage) -> None:
    on_the_floor(stage)
    stage.press(Qt.Key.Key_MediaPause)
    stage.press("p", "9", Qt.Key.Key_Return, "1", "1", Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_Return)

    assert [getattr(one, "floor", None) for one in stage.floors] == [True, False]
    assert len(stage.left) == 1


# -- everybody can use it ---------------------------------------------------------------------------------------


def each_page(stage: Stage) -> Iterator[str]:
    """Lead through every page, and stop on each."""
    stage.prepare()
    yield "before"
    stage.press("2")
    yield "live"
    stage.press("f")
    yield "floor"
    stage.press("f", "p")
    yield "hurt"
    stage.press("4")
    yield "advice"
    stage.press("c", Qt.Key.Key_Escape)
    yield "end"
    stage.press(Qt.Key.Key_Return)
    yield "finish"
    stage.press("1", "1", Qt.Key.Key_Return)
    yield "summary"


@pytest.mark.parametrize("look", [walk.nameless, walk.not_plain, walk.too_small, walk.not_reached])
def test_every_page_can_be_used_by_everybody(stage: Stage, look: Callable[[QWidget], list[str]]) -> None:
    found = {}
    for name in each_page(stage):
        QApplication.processEvents()
        if wrong := look(stage.page):
            found[name] = wrong

    assert found == {}


LONG_NAME = "Supported side-lying clamshell with a long resistance band and a cushion between knees and ankles"


@pytest.mark.parametrize("name", ["Clamshell", LONG_NAME, "Clam" * 25])
def test_a_name_of_any_length_leaves_the_window_as_it_is(stage: Stage, name: str) -> None:
    own = {"id": "own", "name": name, "kind": "strength", "position": "side_lying", "laterality": "unilateral"}
    stage.begin(plain(exercises=[own], items=[item("own", sides="each", sets=1, reps=2)]))

    for floor in (False, True):
        for width, height in ((1097, 585), (1200, 800), (1920, 1080)):
            walk.resized(stage.player, width, height)
            assert stage.player.size() == QSize(width, height), floor
            assert walk.cut_off(stage.page) == []
        stage.press("f")


@pytest.mark.parametrize("width,height", [(1200, 800), (1097, 617)])
def test_neither_figure_nor_ring_jumps_from_step_to_step(stage: Stage, width: int, height: int) -> None:
    stage.begin(plain(items=[item("hip_flexor_stretch", sets=2, prepare_s=10), item("bridge")]))
    walk.resized(stage.player, width, height)
    places = set()

    while stage.on(LivePage) and "Bridge" not in walk.texts(stage.page).split("\n"):
        QApplication.processEvents()
        figure, ring = (stage.page.findChildren(kind)[0] for kind in (FigureView, Ring))
        places.add((figure.mapTo(stage.page, QPoint(0, 0)).y(), figure.height(), ring.mapTo(stage.page, QPoint(0, 0))))
        stage.pass_time(2)
        if stage.on(LivePage):
            stage.press(Qt.Key.Key_Right)

    assert len(places) == 1


def test_on_the_floor_the_side_stands_in_one_place(stage: Stage) -> None:
    stage.begin(plain(items=[item("hip_flexor_stretch", prepare_s=10)]))
    stage.press("f")
    walk.resized(stage.player, 1920, 1080)
    places = {}

    while stage.on(LivePage):
        QApplication.processEvents()
        chip = stage.page.findChildren(Chip)[0]
        places[chip.text()] = chip.mapTo(stage.page, QPoint(0, 0))
        stage.pass_time(1)
        if stage.on(LivePage):
            stage.press(Qt.Key.Key_Right)

    assert set(places) == {"LEFT side", "RIGHT side"}
    assert len(set(places.values())) == 1


def test_what_comes_next_is_drawn_as_high_as_its_card(stage: Stage) -> None:
    begin_two(stage)
    walk.resized(stage.player, 1200, 800)

    card = preview_of(stage).parentWidget()

    assert card is not None
    assert preview_of(stage).height() >= 0.7 * card.height()


@pytest.mark.parametrize("width,height,least", [(800, 1000, 320), (800, 578, 170), (1200, 800, 340)])
def test_the_ring_takes_the_room_that_its_side_has(stage: Stage, width: int, height: int, least: int) -> None:
    stage.begin()

    walk.resized(stage.player, width, height)

    assert stage.player.size() == QSize(width, height)
    assert stage.page.findChildren(Ring)[0].width() >= least


def test_a_window_that_was_larger_becomes_small_again(stage: Stage) -> None:
    stage.begin()
    walk.resized(stage.player, 1097, 585)
    cue = next(one for one in stage.page.findChildren(QLabel) if one.text().startswith("Lie on your side"))
    before = cue.geometry()

    stage.press("f")
    walk.resized(stage.player, 1920, 1080)
    stage.press("f")
    QApplication.processEvents()
    walk.resized(stage.player, 1097, 585)

    assert stage.player.size() == QSize(1097, 585)
    assert cue.geometry() == before
    ring = stage.page.findChildren(Ring)[0]
    assert ring.mapTo(stage.player, QPoint(0, ring.height())).y() < 585


def test_tab_goes_through_the_live_page_as_it_is_used(stage: Stage) -> None:
    stage.begin()
    live = stage.page
    assert isinstance(live, LivePage)
    names = ("pause", "hurts", "back", "skip", "less", "more", "end", "mute", "floor")
    by_button = {id(live.button(name)): name for name in names}

    stops = [stage.button("pause"), *walk.tabbed(live)]

    order = [by_button[id(stop)] for stop in stops if id(stop) in by_button]
    assert order[: len(names)] == list(names)


@pytest.mark.skipif(not hasattr(__import__("os"), "mkfifo"), reason="no pipes with names here")
def test_foreign_text_is_never_taken_for_markup(stage: Stage, tmp_path: Path) -> None:
    canary = walk.Canary(tmp_path)
    hostile = {
        "id": "own",
        "name": canary.markup,
        "spoken": canary.markup,
        "steps": [{"type": kind, "text": canary.markup} for kind in ("form_cue", "preparation", "breathing")],
        "ladder": {"easier": ["easy"]},
    }
    easy = {"id": "easy", "name": f"easy {canary.markup}"}
    routine = plain(
        title=canary.markup,
        prescriber={"name": canary.markup},
        exercises=[hostile, easy],
        items=[item("own", hold_s=6, sets=2, prepare_s=4, note=canary.markup), item("own", reps=1)],
    )
    listed = stage.world.receive(routine)
    assert "<img" in json.dumps(routine)

    stage.player.prepare(stage.desk.routines.given(listed))
    shown = ""
    for key in ("2", "", "f", "f", "p", "4", "e", Qt.Key.Key_Escape, Qt.Key.Key_Return, "1", "1", Qt.Key.Key_Return):
        if key:
            stage.press(key)
        stage.pass_time(1)
        QApplication.processEvents()
        stage.player.grab()
        assert walk.not_plain(stage.player) == []
        shown += walk.texts(stage.page)

    assert stage.on(SummaryPage)
    assert "<img" in shown
    assert not canary.was_opened()


# -- nothing is left behind -------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal")
def test_two_thousand_frames_leave_nothing_behind(stage: Stage) -> None:
    stage.begin(plain(items=[item("clamshell", sides="each", reps=200, tempo={"up_s": 30, "down_s": 30})]))
    stage.pass_time(12)
    for _ in range(50):
        stage.player._animate()
        stage.player.grab()
    nones, windows = sys.getrefcount(None), len(QApplication.topLevelWidgets())

    for _ in range(2000):
        stage.world.clock.advance(0.01)
        stage.player._animate()
    stage.player.grab()

    assert abs(sys.getrefcount(None) - nones) < 0.01 * nones
    assert len(QApplication.topLevelWidgets()) == windows


def test_sessions_leave_no_presenter_and_no_thread_behind(stage: Stage) -> None:
    import threading

    from coach.ui.presenters.session import SessionPresenter

    for _ in range(4):
        finished(stage)
        stage.press("1", "1", "1", Qt.Key.Key_Return, Qt.Key.Key_Return)
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, 52)  # deferred deletion

    assert len(stage.player.findChildren(SessionPresenter)) <= 1
    assert sum(thread.name == "session events" for thread in threading.enumerate()) <= 1


def test_closing_the_window_in_mid_session_pauses_and_keeps(stage: Stage) -> None:
    stage.begin()
    uid = stage.uid
    stage.pass_time(5)

    stage.player.close_session()

    assert isinstance(from_json(stage.log().events(uid)[-1].body), Paused)
    assert stage.world.sound.closed
    assert stage.world.speech.closed
    assert not stage.world.awake.held


# -- where it hurt ----------------------------------------------------------------------------------------------


def done(stage: Stage, *answers: str) -> None:
    """Go through a session and its closing questions."""
    stage.begin()
    stage.pass_time(LENGTH_S + 0.5)
    stage.press(*answers, Qt.Key.Key_Return)
    assert stage.on(SummaryPage)


@pytest.mark.parametrize(
    "answers,offered", [(("0", "0", "5"), False), (("3", "0", "5"), True), (("0", "1", "5"), True)]
)
def test_where_is_asked_only_if_it_hurt(stage: Stage, answers: tuple[str, ...], offered: bool) -> None:
    done(stage, *answers)

    assert ("Show where it hurt…" in walk.texts(stage.page)) is offered


def test_where_it_hurt_is_shown_by_keys_and_kept_for_the_day(stage: Stage) -> None:
    done(stage, "3", "1", "5")

    stage.press("w")
    assert stage.on(WherePage)
    stage.press(Qt.Key.Key_Space, Qt.Key.Key_Return)

    assert stage.on(SummaryPage)
    assert stage.notice() == "Where it hurt is noted."
    today = stage.desk.today()
    assert today is not None
    assert today.entry is not None
    assert today.entry.spots == (SPOTS[0],)
    stage.press(Qt.Key.Key_Return)
    assert len(stage.left) == 1


def test_where_begins_with_what_is_known_of_the_day_and_can_be_left(stage: Stage) -> None:
    stage.desk.check_in(spots=(SPOTS[2],))
    done(stage, "3", "1", "5")

    stage.press("w")
    page = stage.page
    assert isinstance(page, WherePage)
    assert page.where.spots == (SPOTS[2],)
    stage.press(Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_Escape)

    assert stage.on(SummaryPage)
    today = stage.desk.today()
    assert today is not None
    assert today.entry is not None
    assert today.entry.spots == (SPOTS[2],)


@pytest.mark.parametrize("look", [walk.nameless, walk.too_small, walk.not_plain, walk.cut_off])
@pytest.mark.parametrize("floor", [False, True])
def test_where_can_be_shown_by_everybody(stage: Stage, look: Callable[[QWidget], list[str]], floor: bool) -> None:
    done(stage, "3", "1", "5")
    if floor:
        stage.player._toggle_floor()
    stage.press("w")
    QApplication.processEvents()

    assert look(stage.page) == []


def test_where_it_hurt_that_is_not_saved_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    done(stage, "3", "1", "5")
    monkeypatch.setattr(stage.desk, "check_in", lambda **answers: False)

    stage.press("w", Qt.Key.Key_Space, Qt.Key.Key_Return)

    assert stage.notice() == "Where it hurt could not be saved. You can show it again on Today."
