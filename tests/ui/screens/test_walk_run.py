"""The guided walk/run, led by keys alone; the clock is the test's, so nothing here waits."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.app.ports import Trouble, TroubleKind
from coach.app.walk_run_file import Begun, WalkRunEvents, WalkRunFile
from coach.core.clinical.run_plan import STAGES
from coach.core.clinical.run_plan import Stage as PlanStage
from coach.core.day import instant
from coach.core.log import OutingKind, Spot
from coach.core.routine.exercise import PainSite
from coach.core.session.engine import Phase
from coach.store.errors import Reason, Unavailable
from coach.store.journal import Log
from coach.ui import theme
from coach.ui.presenters.desk import Desk
from coach.ui.screens.full_window import FRAME_MS, SLOW_FRAME_MS
from coach.ui.screens.measure_questions import WalkPage
from coach.ui.screens.player_live import LivePage
from coach.ui.screens.player_summary import SummaryPage
from coach.ui.screens.player_where import WherePage
from coach.ui.screens.walk_run import WalkRunPlayer
from coach.ui.screens.walk_run_live import WalkRunPage
from coach.ui.screens.walk_run_questions import RunBeforePage, RunEndPage, RunHurtPage
from coach.ui.tokens import DARK, LIGHT
from coach.ui.widgets.card import Chip
from coach.ui.widgets.figure import FigureView
from coach.ui.widgets.flash import Flash
from coach.ui.widgets.floor_dial import FloorDial
from coach.ui.widgets.notice import Notice
from coach.ui.widgets.pain_scale import PainScale
from coach.ui.widgets.ring import Ring
from coach.ui.widgets.run_bar import RunBar
from tests.running import run, run_since
from tests.ui import walk
from tests.ui.fakes import World, plain
from tests.ui.stage import FullStage

# The test tool knows no letters for media keys.
pytestmark = pytest.mark.qt_log_ignore("keyToAscii", "does not support propagateSizeHints")

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
SHORT = PlanStage(3, 2, 0.5, 1)
"""Two runs of half a minute: 300, then 30 and 60 twice, then 300 s."""
LENGTH_S = 780.0


class Stage(FullStage):
    """A player of walk/runs on a real log, and a person who has nothing but a keyboard."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        if not world.home.settings.exists():
            world.choose()
        super().__init__(world, Desk(world.surroundings))
        self.player = self.open(qtbot)

    def open(self, qtbot: QtBot) -> WalkRunPlayer:
        self.player = self.show(qtbot, WalkRunPlayer(self.desk))
        return self.player

    def begin(self, of: PlanStage = SHORT, before: str = "1") -> None:
        """As far as the warm-up."""
        self.player.prepare(of)
        self.press(before)
        assert self.on(WalkRunPage)

    def run_on(self, seconds: float) -> None:
        """Let it run; every look is one second after the other."""
        self.pass_time(seconds, 1.0)

    def close(self) -> None:
        self.player.close_run()
        self.desk.close()

    def phase(self) -> Phase:
        session = self.player._session
        assert session is not None
        return session.live.session.phase

    @property
    def text(self) -> str:
        QApplication.processEvents()
        return walk.texts(self.page)

    @property
    def ring(self) -> str:
        return next(one.spoken() for one in self.page.findChildren(Ring) if one.isVisible())

    @property
    def said(self) -> list[str]:
        return self.world.speech.said

    def notice(self) -> str:
        return next((one.text for one in self.page.findChildren(Notice) if one.isVisible()), "")


@pytest.fixture
def make(qtbot: QtBot, world: World, qapp: QApplication) -> Iterator[Callable[..., Stage]]:
    theme.apply(qapp, LIGHT)
    made: list[Stage] = []

    def stage(**settings: Any) -> Stage:  # settings of any kind
        world.choose(**settings)
        made.append(Stage(qtbot, world))
        return made[-1]

    yield stage
    for one in made:
        one.close()


@pytest.fixture
def stage(make: Callable[..., Stage]) -> Stage:
    return make()


# -- from the question to the log -------------------------------------------------------------------------------


def test_a_whole_run_needs_only_the_keyboard_and_is_in_the_log_once_as_a_run(stage: Stage) -> None:
    stage.player.prepare(SHORT)
    assert stage.on(RunBeforePage)
    assert "2 × run 0.5 min, walk 1 min" in stage.text
    stage.press("1")
    stage.run_on(LENGTH_S + 1)
    assert stage.on(WalkPage)
    assert "Well done." in stage.text
    assert "1:00 of running, 12:00 of walking." in stage.text
    stage.press("2", "0", "l", ENTER)
    assert stage.on(SummaryPage)

    (outing,) = stage.log().outings()
    assert (outing.kind, outing.minutes, outing.limp, outing.groin) == (OutingKind.RUN, 13.0, True, False)
    assert (outing.pain_before, outing.pain, outing.pain_after, outing.pain_after60) == (1, 2, 0, None)
    assert stage.log().outing_versions() == (outing,)
    assert stage.log().sessions() == ()
    assert stage.log().whole().sessions == ()
    assert stage.desk.training.broken() is None
    for said in (
        "2 of 2 runs",
        "1:00 of 1:00",
        "Run today: red, a limp.",
        "In an hour the app asks",
        "Tomorrow morning",
    ):
        assert said in stage.text
    stage.press(ENTER)
    assert len(stage.left) == 1


def test_everything_that_is_said_of_a_run(stage: Stage) -> None:
    stage.begin()
    stage.run_on(LENGTH_S + 1)

    assert stage.said == [
        "Warm up. Walk. Five minutes.",
        "Run in ten seconds.",
        *("three", "two", "one"),
        "Run. Half a minute. One of two.",
        "halfway",
        *("three", "two", "one"),
        "Walk. One minute.",
        "Run in ten seconds.",
        *("three", "two", "one"),
        "Run. Half a minute. Last one.",
        "halfway",
        *("three", "two", "one"),
        "Walk. One minute.",
        *("three", "two", "one"),
        "Well done. Cool down. Walk. Five minutes.",
        *("three", "two", "one"),
        "Well done. That was your run. Tell me how it was.",
    ]


def test_the_screen_says_run_or_walk_how_long_and_which(stage: Stage) -> None:
    stage.begin(STAGES[2])
    stage.run_on(2)
    assert stage.ring == "Walk, 4:58 to go"
    assert {"Warm-up", "Stage 3", "Run 1:30, then walk 3:30"} <= set(stage.text.splitlines())

    stage.press(Qt.Key.Key_Right)
    stage.run_on(1)
    assert stage.ring == "Run, 1:29 to go"
    assert {"Interval 1 of 6", "0:01", "/ 9:00"} <= set(stage.text.splitlines())

    for _ in range(10):
        stage.press(Qt.Key.Key_Right)
    assert "Last one" in [one.text() for one in stage.page.findChildren(Chip) if one.isVisible()]
    assert stage.page.findChildren(RunBar)[0].spoken() == "5 of 6 runs done"


def test_a_run_does_not_begin_above_the_limit_of_its_profile(stage: Stage) -> None:
    stage.player.prepare(SHORT)

    stage.press("3")

    assert stage.on(RunBeforePage)
    assert "the limit is 2" in stage.text
    assert theme.focus_visible(stage.named("Not today"))
    stage.press(ENTER)
    assert len(stage.left) == 1
    assert stage.desk.training.broken() is None


@pytest.mark.parametrize("rules,sites,key", [({}, ("groin",), "1"), ({"start_block_if_pre_gt": 1}, (), "2")])
def test_groin_and_routine_make_the_limit_sharper(
    qtbot: QtBot, world: World, make: Callable[..., Stage], rules: dict[str, int], sites: tuple[str, ...], key: str
) -> None:
    world.use(plain(rules=rules))
    stage = make(in_use=("tiny",), pain_sites=sites)
    stage.player.prepare(SHORT)

    stage.press(key)

    assert stage.on(RunBeforePage)
    assert "too much to begin with" in stage.text


def test_a_sore_groin_of_today_makes_the_limit_sharper(stage: Stage) -> None:
    assert stage.desk.check_in(morning=1, spots=(Spot(PainSite.GROIN),))
    stage.player.prepare(SHORT)

    stage.press("1")

    assert stage.on(RunBeforePage)
    assert "too much to begin with" in stage.text


def test_pain_before_is_asked_without_a_way_round(stage: Stage) -> None:
    stage.player.prepare(SHORT)
    assert "Start without an answer" not in stage.text

    stage.press("8", "2")

    assert stage.on(WalkRunPage)
    assert stage.player._led is not None
    assert stage.player._led.begun.before == 2


def test_while_a_red_flag_stands_there_is_no_run(stage: Stage) -> None:
    stage.desk.flag("fever_or_hot_joint", raised=True)

    stage.player.prepare(SHORT)

    assert "A warning sign stands in your log" in stage.text
    stage.press("1")
    assert stage.on(RunBeforePage)
    stage.press(ESC)
    assert len(stage.left) == 1


def test_the_question_before_can_be_left(stage: Stage) -> None:
    stage.player.prepare(SHORT)

    stage.press(ESC)

    assert len(stage.left) == 1
    assert stage.desk.training.broken() is None


# -- on the way -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_PageDown])
def test_space_and_its_like_pause_and_go_on_after_three_two_one(stage: Stage, key: Qt.Key) -> None:
    stage.begin()
    stage.run_on(310)

    stage.press(key)
    assert stage.ring == "Paused, 0:20 of running to go"
    stage.run_on(600)
    stage.press(key)
    assert stage.ring == "Ready, 3 then run"
    stage.run_on(3)

    assert stage.ring == "Run, 0:20 to go"
    assert stage.said[-3:] == ["three", "two", "one"]


def test_back_and_skip_go_from_part_to_part(stage: Stage) -> None:
    stage.begin()
    stage.press(Qt.Key.Key_Right)
    assert "Run" in stage.ring
    stage.press(Qt.Key.Key_Right)
    assert "Walk, 1:00" in stage.ring
    stage.run_on(1)

    stage.press(Qt.Key.Key_Left)

    assert "then run" in stage.ring


def test_a_number_in_the_walk_is_noted_and_nothing_stops(stage: Stage) -> None:
    stage.begin()
    stage.run_on(335)
    assert "Pain on that run? Press 0 to 9, X for ten." in stage.text

    stage.press("2")

    assert "Pain 2 is noted." in stage.text
    assert stage.said[-1] == "Pain two, noted."
    assert stage.phase() is Phase.RUNNING
    stage.run_on(LENGTH_S)
    assert stage.on(WalkPage)
    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [2, None]
    stage.press("0", ENTER)
    assert stage.log().outings()[0].pain == 2


def test_what_was_noted_gives_way_to_the_question_after_the_next_run(stage: Stage) -> None:
    stage.begin()
    stage.world.clock.advance(0.013)  # no look comes at the very instant
    stage.run_on(335)
    stage.press("3")
    assert "Pain 3 is noted. It may not get worse: above 3 you stop." in stage.text

    stage.run_on(90)

    assert "Pain on that run?" in stage.text


def test_nobody_is_asked_in_the_warm_up(stage: Stage) -> None:
    stage.begin()
    stage.run_on(100)

    assert "Pain on that run?" not in stage.text


def test_a_number_above_the_limit_stops_the_run(stage: Stage) -> None:
    stage.begin()
    stage.run_on(335)

    stage.press("5")

    assert stage.on(RunHurtPage)
    assert "That is too much: the limit is 3. Stop now." in stage.text
    assert "Go on" not in stage.text.splitlines()
    scale = stage.page.findChildren(PainScale)[0]
    assert scale.value == 5
    assert [scale.mark(pain).accessibleName().split(", ")[1] for pain in (3, 4)] == [
        "middle",
        "high",
    ]
    stage.press(ENTER)
    assert stage.on(WalkPage)
    stage.press("2", ENTER)
    (outing,) = stage.log().outings()
    assert (outing.pain, outing.minutes) == (5, 5.5)
    assert "Run today: red, pain 5 while doing it (too much above 3)." in stage.text
    assert "It was not the whole stage." in stage.text
    assert "Worst pain" in stage.text
    assert "No run yet: the plan opens when every criterion is met." in stage.text


@pytest.mark.parametrize(
    "seconds,says,never",
    [
        (345, "Next run: stage 1", "today if you like"),
        (100, "Leave running for today, and see how it is tomorrow morning.", "Next run"),
    ],
)
def test_after_too_much_the_summary_says_what_the_plan_makes_of_it(
    qtbot: QtBot, world: World, seconds: int, says: str, never: str
) -> None:
    """In the run itself the plan steps back; in the warm-up nothing was run, and all the same nobody is sent on."""
    run_since(world, (run(1, stage=1),), 4)
    stage = Stage(qtbot, world)
    stage.begin(STAGES[0], before="0")
    stage.run_on(seconds)

    stage.press("4", ENTER, "2", ENTER)

    assert "red, pain 4 while doing it" in stage.text
    assert says in stage.text
    assert never not in stage.text
    stage.close()


def test_it_hurts_pauses_at_once_and_offers_to_walk(stage: Stage) -> None:
    stage.begin()
    stage.run_on(310)

    stage.press("p")
    assert stage.on(RunHurtPage)
    stage.press("3")
    assert "Walk until the next run." in stage.text
    stage.press(ENTER)

    assert stage.on(WalkRunPage)
    assert "then walk" in stage.ring
    stage.run_on(4)
    assert stage.ring == "Walk, 0:59 to go"


def test_it_hurts_by_mistake_leads_back_to_the_run_and_nothing_is_noted(stage: Stage) -> None:
    stage.begin()
    stage.run_on(310)

    stage.press("p", ESC)
    assert stage.on(WalkRunPage)
    stage.run_on(3)
    assert stage.ring.startswith("Run")
    stage.run_on(40)
    stage.press("3")
    stage.press(ESC, ENTER)

    assert stage.page.findChildren(PainScale)[0].value == 3


def test_in_a_walk_there_is_nothing_to_walk_instead(stage: Stage) -> None:
    stage.begin()
    stage.run_on(100)

    stage.press("p", "3")

    assert "Walk instead" not in stage.text
    stage.press("c")
    stage.run_on(4)
    assert stage.ring == "Walk, 3:19 to go"


def test_esc_asks_and_a_run_that_is_ended_has_its_real_minutes(stage: Stage) -> None:
    stage.begin()
    stage.run_on(321)

    stage.press(ESC)
    assert stage.on(RunEndPage)
    stage.press(Qt.Key.Key_Space)
    assert stage.on(WalkRunPage)
    stage.press(ESC, ENTER)
    assert "Run ended." in stage.text
    stage.press("0", "0", ENTER)

    (outing,) = stage.log().outings()
    assert (outing.kind, outing.minutes) == (OutingKind.RUN, 5.3)
    assert "0 of 2 runs" in stage.text
    assert "0:21 of 1:00" in stage.text


def test_who_ends_in_the_warm_up_has_walked(stage: Stage) -> None:
    stage.begin()
    stage.run_on(130)

    stage.press(ESC, ENTER, "1", "1", ENTER)

    (outing,) = stage.log().outings()
    assert (outing.kind, outing.minutes) == (OutingKind.WALK, 2.1)
    assert "nothing was run" in stage.text


def test_less_than_a_minute_is_no_run(stage: Stage) -> None:
    stage.begin()
    stage.run_on(20)

    stage.press(ESC, ENTER)

    assert "That was less than a minute" in stage.text
    assert stage.log().outings() == ()
    assert stage.desk.training.broken() is None
    stage.press(ENTER)
    assert len(stage.left) == 1


def test_the_ring_makes_room_for_a_notice(stage: Stage) -> None:
    stage.begin()
    live = stage.player._live
    # A full-HD screen at 175 %.
    stage.page.window().resize(1086, 606)
    stage.run_on(1)
    assert ring_fits(live)

    live.notice.warn("No sound device was found.")
    QApplication.processEvents()
    assert ring_fits(live)
    small = live._ring.width()

    live.notice.hide()
    QApplication.processEvents()
    assert live._ring.width() > small


def ring_fits(live: LivePage) -> bool:
    return live._ring.geometry().bottom() < live._near.height()


def test_pain_is_recorded_however_soon_it_came(stage: Stage) -> None:
    stage.begin()
    stage.run_on(20)

    stage.press("p", "5", ENTER)
    stage.press("4", ENTER)

    (outing,) = stage.log().outings()
    assert (outing.pain, outing.minutes) == (5, 0.3)


def test_pain_in_the_groin_raises_its_flag_and_sends_to_somebody(stage: Stage) -> None:
    stage.begin()
    stage.run_on(LENGTH_S + 1)

    stage.press("1", "1", "g", ENTER)

    assert [flag.name for flag in stage.log().flags()] == ["groin_pain_with_running"]
    assert "do not run again before it was looked at" in stage.text


def test_where_it_hurt_can_be_shown(stage: Stage) -> None:
    stage.begin()
    stage.run_on(LENGTH_S + 1)
    stage.press("2", "1", ENTER, "w")
    assert stage.on(WherePage)

    page = stage.page
    assert isinstance(page, WherePage)
    page.where.show_spots((Spot(PainSite.LATERAL),))
    stage.press(ENTER)

    assert stage.on(SummaryPage)
    assert "Where it hurt is noted." in stage.notice()


def test_an_hour_later_and_next_morning_it_is_asked_about(stage: Stage, world: World) -> None:
    stage.begin()
    stage.run_on(LENGTH_S + 1)
    stage.press("0", "0", ENTER)
    world.calendar.advance(3700)

    asking = stage.desk.asking()

    assert asking is not None
    assert asking.after60 is not None
    assert asking.after60.uid == stage.log().outings()[0].uid


# -- breaking off -----------------------------------------------------------------------------------------------


def test_a_sleep_pauses_and_says_so(stage: Stage) -> None:
    stage.begin()
    stage.run_on(310)
    stage.world.clock.advance(3600)
    stage.fire()

    assert stage.ring == "Paused, 0:20 of running to go"
    assert "The computer was away for about 60 min. It paused there, and nothing was skipped." in stage.notice()


def test_a_window_that_closes_in_mid_run_can_be_gone_on_with_at_that_second(qtbot: QtBot, stage: Stage) -> None:
    stage.begin()
    stage.run_on(310)
    stage.player.close_run()
    stage.player.close()
    broken = stage.desk.training.broken()
    stage.open(qtbot)

    assert broken is not None
    assert (broken.title, broken.exercise, broken.left_s) == (
        "Walk/run, stage 3 · Interval 1 of 2",
        "run",
        LENGTH_S - 310,
    )
    assert stage.player.go_on()
    assert stage.ring == "Paused, 0:20 of running to go"
    stage.press(Qt.Key.Key_Space)
    stage.run_on(LENGTH_S)
    stage.press("0", "0", ENTER)
    assert [one.minutes for one in stage.log().outings()] == [13.0]


def test_go_on_later_leaves_it_as_it_is(stage: Stage) -> None:
    stage.begin()
    stage.run_on(310)

    stage.press(ESC, "l")

    assert len(stage.left) == 1
    assert stage.desk.training.broken() is not None


def test_one_that_is_left_is_asked_about_and_can_be_gone_on_with_until_that_is_answered(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.begin()
    stage.run_on(335)
    stage.press(ESC, "l")

    assert stage.player.end_broken()
    assert stage.on(WalkPage)
    assert "0:30 of running, 5:05 of walking." in stage.text
    stage.press(ESC)
    assert stage.desk.training.broken() is not None
    assert stage.log().outings() == ()

    assert stage.player.end_broken()
    stage.press("1", "0", ENTER)
    assert [one.minutes for one in stage.log().outings()] == [5.5]
    assert stage.desk.training.broken() is None


def test_one_of_seconds_that_is_left_is_gone(stage: Stage) -> None:
    stage.begin()
    stage.run_on(10)
    stage.press(ESC, "l")

    assert not stage.player.end_broken()

    assert stage.desk.training.broken() is None
    assert stage.log().outings() == ()


def test_a_window_that_closes_on_the_last_questions_asks_them_again(qtbot: QtBot, stage: Stage) -> None:
    stage.begin()
    stage.run_on(335)
    stage.press("2")
    stage.run_on(LENGTH_S)
    assert stage.on(WalkPage)
    stage.player.close_run()
    stage.player.close()
    stage.open(qtbot)

    broken = stage.desk.training.broken()
    assert broken is not None
    assert (broken.title, broken.can_go_on) == ("Walk/run, stage 3: how was it?", True)
    assert stage.player.go_on()
    assert stage.on(WalkPage)
    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [2, None]
    stage.press("0", ENTER)
    assert len(stage.log().outings()) == 1


def test_two_runs_on_a_day_are_two_and_the_second_begins_clean(stage: Stage) -> None:
    stage.begin()
    stage.run_on(335)
    stage.press("2")
    stage.run_on(LENGTH_S)
    stage.press("0", ENTER, ENTER)

    stage.begin()
    assert "0:00" in stage.text.splitlines()
    stage.run_on(LENGTH_S + 1)
    assert [scale.value for scale in stage.page.findChildren(PainScale)] == [None, None]
    stage.press("0", "0", ENTER)

    assert [one.pain for one in stage.log().outings()] == [2, 0]


def test_the_day_is_that_of_the_beginning(stage: Stage, world: World) -> None:
    world.calendar.set(datetime(2026, 11, 21, 3, 50, tzinfo=world.calendar.now().tzinfo))
    stage.begin()
    world.calendar.advance(LENGTH_S)
    stage.run_on(LENGTH_S + 1)
    stage.press("0", "0", ENTER)

    (outing,) = stage.log().outings()
    assert outing.day.isoformat() == "2026-11-20"
    assert instant(outing.recorded.utc) == world.calendar.now()


def test_a_disk_that_fails_is_told_and_the_run_goes_on_and_is_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = WalkRunEvents.append

    def full(self: WalkRunEvents, session: str, seq: int, at_s: float, body: str) -> None:
        raise Unavailable(Reason.DISK_FULL)

    stage.begin()
    monkeypatch.setattr(WalkRunEvents, "append", full)
    stage.press(Qt.Key.Key_Right)
    assert stage.player._session is not None
    live = stage.player._session.live
    assert not live.flush()
    stage.run_on(2)
    assert "It is not being saved just now, but goes on." in stage.notice()

    monkeypatch.setattr(WalkRunEvents, "append", append)
    assert live.flush()
    stage.run_on(1)

    assert "It is being saved again; nothing is missing." in stage.notice()
    assert live.flush()
    kept = stage.world.surroundings.walk_run().read()
    assert kept is not None
    assert len(kept.events) == len(live.past)


def test_a_run_that_cannot_be_brought_to_disk_is_not_started(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: WalkRunFile, begun: Begun) -> None:
        raise Unavailable(Reason.DISK_FULL)

    monkeypatch.setattr(WalkRunFile, "begin", full)
    stage.player.prepare(SHORT)

    stage.press("1")

    assert stage.on(RunBeforePage)
    assert "The run could not be recorded, so it was not started." in stage.notice()


def test_a_log_that_cannot_be_written_is_tried_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Log, entry: object) -> None:
        raise Unavailable(Reason.DISK_FULL)

    stage.begin()
    stage.run_on(LENGTH_S + 1)
    add = Log.add
    monkeypatch.setattr(Log, "add", full)
    stage.press("1", "0", ENTER)
    assert "This is not in your log yet." in stage.notice()
    assert stage.desk.training.broken() is not None

    monkeypatch.setattr(Log, "add", add)
    stage.named("Try to save again").click()

    assert len(stage.log().outings()) == 1
    assert stage.desk.training.broken() is None


# -- devices and ways to see it ---------------------------------------------------------------------------------


def test_without_sound_the_screen_flashes_and_says_so_once(make: Callable[..., Stage], world: World) -> None:
    world.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    stage = make()
    stage.begin()
    flash = stage.player.findChildren(Flash)[0]
    assert flash.isVisible()
    assert stage.notice()
    flash.hide()

    stage.run_on(300)

    assert flash.isVisible()


def test_m_mutes_the_voice_and_the_run_goes_on(stage: Stage) -> None:
    stage.begin()
    said = len(stage.said)

    stage.press("m")
    stage.run_on(320)

    assert len(stage.said) == said
    assert stage.ring == "Run, 0:10 to go"


@pytest.mark.parametrize("less,interval", [(False, FRAME_MS), (True, SLOW_FRAME_MS)])
def test_with_less_motion_frames_come_slower(make: Callable[..., Stage], less: bool, interval: int) -> None:
    stage = make(less_motion=less)
    stage.begin()

    assert stage.player._frames.isActive()
    assert stage.player._frames.interval() == interval


def test_with_less_motion_the_figure_stands_in_mid_stride(make: Callable[..., Stage]) -> None:
    stage = make(less_motion=True)
    stage.begin()
    figure = stage.page.findChildren(FigureView)[0]
    pictures = set()
    for _ in range(3):
        stage.world.clock.advance(0.29)
        stage.player._animate()
        pictures.add(_bits(figure.grab().toImage()))

    assert len(pictures) == 1


def test_the_figure_walks_and_runs_and_stands_in_a_pause(stage: Stage) -> None:
    stage.begin()
    pictures = []
    for seconds in (1.3, 300.0, 0.25):
        stage.pass_time(seconds, 0.25)
        stage.player._animate()
        pictures.append(stage.page.grab().toImage())
    stage.press(Qt.Key.Key_Space)
    stage.player._animate()
    still = stage.page.grab().toImage()
    stage.world.clock.advance(0.2)
    stage.player._animate()

    assert len({_bits(one) for one in pictures}) == 3
    assert _bits(stage.page.grab().toImage()) == _bits(still)


def _bits(image: QImage) -> bytes:
    return bytes(image.constBits())


def test_floor_mode_shows_word_time_and_number_only(stage: Stage) -> None:
    stage.begin()
    stage.run_on(310)

    stage.press("f")

    assert next(one.spoken() for one in stage.page.findChildren(FloorDial) if one.isVisible()) == "Run, 0:20 to go"
    assert "1 of 2" in stage.text
    assert "Pain on that run?" not in stage.text
    stage.press(ESC)
    assert stage.on(WalkRunPage)
    assert "Interval 1 of 2" in stage.text


# -- for everybody ----------------------------------------------------------------------------------------------

LOOKS = (walk.nameless, walk.too_small, walk.not_reached, walk.not_plain, walk.cut_off)


def _pages(stage: Stage) -> Iterator[str]:
    """Every page, one after the other."""
    stage.player.prepare(STAGES[2])
    yield "before"
    stage.press("9")
    yield "held back"
    stage.press("1")
    stage.run_on(2)
    yield "warm-up"
    stage.press(Qt.Key.Key_Right)
    stage.run_on(61)
    yield "run"
    stage.press(Qt.Key.Key_Right)
    stage.run_on(2)
    yield "walk"
    stage.press("p")
    yield "hurts"
    stage.press("2")
    yield "hurts, with choices"
    stage.press("c", ESC)
    yield "end"
    stage.press(ENTER)
    yield "how was it"
    stage.press("2", "1", ENTER)
    yield "summary"


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_page_is_named_reached_by_keys_and_whole_at_every_size(
    stage: Stage, qapp: QApplication, scheme: Any
) -> None:
    theme.apply(qapp, scheme)
    for name in _pages(stage):
        for look in LOOKS:
            assert (name, walk.every_size(stage.player, partial(look, stage.page))) == (name, {})
        walk.resized(stage.player, 1200, 800)


def test_what_is_led_has_room_for_longer_words(make: Callable[..., Stage]) -> None:
    with walk.doubled():
        stage = make()
        for name in _pages(stage):
            if not stage.on(WalkRunPage):
                continue
            assert (name, walk.every_size(stage.player, partial(walk.cut_off, stage.page))) == (name, {})
            walk.resized(stage.player, 1200, 800)


def test_the_keyboard_has_a_place_on_every_page(stage: Stage) -> None:
    for name in _pages(stage):
        focused = QApplication.focusWidget()
        assert focused is not None, name
        assert stage.page is focused or stage.page.isAncestorOf(focused), name
