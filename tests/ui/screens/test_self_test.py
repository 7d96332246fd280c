"""A guided self-test, led by keys alone; the clock is the test's, so nothing here waits."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from coach.app.ports import Trouble, TroubleKind
from coach.app.surroundings import Surroundings, WindowTask
from coach.core.clinical.self_tests import FORM, GROIN_FLAG, Guided
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import Side
from coach.core.session.measuring import MAX_GAP_S, Phase
from coach.store.errors import Reason, Unavailable
from coach.store.journal import Log
from coach.ui import theme
from coach.ui.presenters.desk import Desk
from coach.ui.screens.library import LibraryPage
from coach.ui.screens.main_window import MainWindow
from coach.ui.screens.measure import MeasurePage
from coach.ui.screens.measure_questions import AnswerPage, AskPage, BeginPage, WalkPage
from coach.ui.screens.measure_record import RecordPage
from coach.ui.screens.player_summary import SummaryPage
from coach.ui.screens.rail import Place
from coach.ui.screens.self_test import SelfTestPlayer
from coach.ui.tokens import LIGHT
from coach.ui.widgets.buttons import Button
from coach.ui.widgets.card import Chip
from coach.ui.widgets.figure import FigureView
from coach.ui.widgets.flash import Flash
from coach.ui.widgets.floor_dial import FloorDial
from coach.ui.widgets.notice import Notice
from coach.ui.widgets.ring import Ring
from tests.ui import walk
from tests.ui.fakes import World
from tests.ui.stage import FullStage

pytestmark = pytest.mark.qt_log_ignore("keyToAscii", "does not support propagateSizeHints")

TODAY = date(2026, 11, 20)
MET = TODAY - timedelta(days=3)
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


class Stage(FullStage):
    """A tester on a real log, and a person who has nothing but a keyboard."""

    def __init__(self, qtbot: QtBot, world: World, surroundings: Surroundings | None = None) -> None:
        if not world.home.settings.exists():
            world.choose(hip="left")
        super().__init__(world, Desk(surroundings or world.surroundings))
        self.tester = self.open(qtbot)

    def open(self, qtbot: QtBot) -> SelfTestPlayer:
        return self.show(qtbot, SelfTestPlayer(self.desk))

    def prepare(self, test: Guided) -> None:
        self.tester.prepare(test, MET)

    def begin(self, test: Guided) -> None:
        """As far as the first bout, measuring."""
        self.prepare(test)
        self.press(Qt.Key.Key_Space)
        self.get_ready()

    def get_ready(self) -> None:
        self.pass_time(0.25)
        presenter = self.tester._presenter
        assert presenter is not None
        presenter.press()
        self.pass_time(3.0)
        assert presenter.state is not None
        assert presenter.state.phase is Phase.RUNNING

    def close(self) -> None:
        self.tester.close_test()
        self.desk.close()

    # -- looking --

    @property
    def text(self) -> str:
        QApplication.processEvents()
        return walk.texts(self.page)

    def results(self) -> list[tuple[str, float | None, float | None, float | None, int]]:
        return [(one.name, one.left, one.right, one.value, one.pain) for one in self.log().tests()]


@pytest.fixture
def stage(qtbot: QtBot, world: World, qapp: QApplication) -> Iterator[Stage]:
    theme.apply(qapp, LIGHT)
    made = Stage(qtbot, world)
    yield made
    made.close()


# -- whole tests by keys ----------------------------------------------------------------------------------------


def test_a_side_plank_needs_only_the_keyboard(stage: Stage) -> None:
    stage.begin(Guided.SIDE_PLANK)
    stage.pass_time(47.5)
    stage.press(Qt.Key.Key_Space)
    assert stage.on(AnswerPage)
    stage.press("1", ENTER)
    assert stage.on(MeasurePage)
    stage.get_ready()
    stage.pass_time(45.0)
    stage.press(Qt.Key.Key_Space, "0", ENTER)

    assert stage.on(SummaryPage)
    assert stage.results() == [("side_plank", 45.0, 47.0, None, 1)]
    for said in (
        "That meets what your plan asks of this test.",
        "left 45 s · right 47 s",
        "95 % (goal 90 %)",
        "1 of 10",
        "You can repeat it from Friday 27 November, in 7 days.",
    ):
        assert said in stage.text
    stage.press(ENTER)
    assert len(stage.left) == 1


def test_the_better_side_is_first_and_named_and_its_number_stays_in_sight(stage: Stage) -> None:
    stage.begin(Guided.HEEL_RAISE)
    chips = [one.text() for one in stage.page.findChildren(Chip) if one.isVisible()]
    assert "RIGHT side" in chips
    stage.pass_time(24.5)

    stage.press(Qt.Key.Key_Space, "0", ENTER)

    assert "LEFT side" in [one.text() for one in stage.page.findChildren(Chip) if one.isVisible()]
    assert "Other side" in stage.text.replace("OTHER SIDE", "Other side")
    assert "12" in stage.text.splitlines()


def test_a_press_in_the_countdown_counts_in_and_measures_nothing_yet(stage: Stage) -> None:
    stage.prepare(Guided.PLANK)
    stage.press(Qt.Key.Key_Space)
    stage.pass_time(1.0)

    stage.press(Qt.Key.Key_Space)

    assert stage.on(MeasurePage)
    assert "3" in stage.page.findChildren(Ring)[0].spoken()


def test_a_media_key_and_a_tap_stop_as_space_does(stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(10.0)
    stage.press(Qt.Key.Key_MediaTogglePlayPause)
    assert stage.on(AnswerPage)
    stage.press("0", ENTER, ENTER)

    stage.begin(Guided.SIDE_PLANK)
    stage.pass_time(10.0)
    figure = stage.page.findChildren(FigureView)[0]
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))

    assert stage.on(AnswerPage)


def test_a_tap_does_nothing_while_one_gets_ready(stage: Stage) -> None:
    stage.prepare(Guided.PLANK)
    stage.press(Qt.Key.Key_Space)
    stage.pass_time(1.0)

    QTest.mouseClick(stage.page.findChildren(FigureView)[0], Qt.MouseButton.LeftButton, pos=QPoint(40, 40))

    assert "14" in stage.page.findChildren(Ring)[0].spoken()


@pytest.mark.parametrize("keys,reps", [((), 7.0), (("-",), 6.0), (("+",), 8.0), (("+", "+"), 8.0), (("-",) * 9, 0.0)])
def test_the_last_rep_can_be_corrected(stage: Stage, keys: tuple[str, ...], reps: float) -> None:
    stage.begin(Guided.SINGLE_LEG_BRIDGE)
    stage.pass_time(15.0)

    stage.press(Qt.Key.Key_Space, *keys, "0", Qt.Key.Key_Escape)

    assert stage.results() == [("single_leg_bridge", None, reps, None, 0)]


def test_seconds_are_never_added(stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(20.0)

    stage.press(Qt.Key.Key_Space, "+", "-", "+", "+", "0", ENTER)

    assert stage.results() == [("plank", None, None, 20.0, 0)]


def test_a_squat_asks_for_three_form_ticks_on_each_side(stage: Stage) -> None:
    stage.begin(Guided.SINGLE_LEG_SQUAT)
    stage.pass_time(42.0)
    stage.press(Qt.Key.Key_Space, "0", "l", "k", "t", ENTER)
    stage.get_ready()
    stage.pass_time(42.0)
    stage.press(Qt.Key.Key_Space, "0", "l", "t", "t", "t", ENTER)

    assert stage.results() == [("single_leg_squat", 10.0, 10.0, None, 0), (FORM, 2.0, 3.0, None, 0)]
    assert "the form on the left side does not let the reps count" in stage.text


def test_only_a_squat_asks_for_its_form_and_only_the_impact_check_for_the_groin(stage: Stage) -> None:
    stage.begin(Guided.HEEL_RAISE)
    stage.pass_time(10.0)

    stage.press(Qt.Key.Key_Space, "1")

    assert "Pelvis level" not in stage.text
    assert "groin" not in stage.text


def test_without_a_number_nothing_is_saved(stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(20.0)

    stage.press(Qt.Key.Key_Space, ENTER)

    assert stage.on(AnswerPage)
    assert stage.results() == []


def test_more_pain_than_a_test_may_have_ends_it_before_the_other_side(stage: Stage) -> None:
    stage.begin(Guided.HEEL_RAISE)
    stage.pass_time(10.0)

    stage.press(Qt.Key.Key_P, "4", ENTER)

    assert stage.on(SummaryPage)
    assert stage.results() == [("heel_raise", None, 5.0, None, 4)]
    assert "it hurt more than 1 of 10" in stage.text


def test_it_ends_by_itself_at_twice_the_goal(stage: Stage) -> None:
    stage.begin(Guided.PLANK)

    stage.pass_time(91.0)

    assert stage.on(AnswerPage)
    assert "90 s" in stage.text
    assert stage.world.speech.said[-1] == "One minute thirty. Stop here."


# -- broken off -------------------------------------------------------------------------------------------------


def test_a_try_that_is_broken_off_does_not_count_and_can_be_done_again(stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(20.0)

    stage.press(Qt.Key.Key_Escape)
    assert stage.on(AskPage)
    stage.press(Qt.Key.Key_Space)
    stage.get_ready()
    stage.pass_time(30.0)
    stage.press(Qt.Key.Key_Space, "0", ENTER)

    assert stage.results() == [("plank", None, None, 30.0, 0)]


@pytest.mark.parametrize("key", ["d", ESC])
def test_a_try_that_was_stopped_by_mistake_can_be_discarded(stage: Stage, key: str | Qt.Key) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(2.0)
    stage.press(Qt.Key.Key_Space)
    assert stage.on(AnswerPage)

    stage.press(key)
    assert stage.on(AskPage)
    assert "neither the try nor the pain of it comes into your log" in stage.text
    stage.press(ENTER)
    assert "This try was discarded" in stage.text
    assert stage.desk.self_tests.unanswered() is None
    stage.press(Qt.Key.Key_Space)
    stage.get_ready()
    stage.pass_time(30.0)
    stage.press(Qt.Key.Key_Space, "0", ENTER)

    assert stage.results() == [("plank", None, None, 30.0, 0)]


def test_who_does_not_discard_it_after_all_answers_on(stage: Stage) -> None:
    stage.begin(Guided.SIDE_PLANK)
    stage.pass_time(20.0)
    stage.press(Qt.Key.Key_Space, "2", "d", Qt.Key.Key_Space)
    assert stage.on(AnswerPage)

    stage.press(ESC)

    assert stage.on(SummaryPage)
    assert stage.results() == [("side_plank", None, 20.0, None, 2)]


def test_what_waited_can_be_discarded(qtbot: QtBot, stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(20.0)
    stage.press(Qt.Key.Key_Space)
    stage.tester.close_test()
    stage.tester = stage.open(qtbot)
    stage.prepare(Guided.PLANK)
    assert stage.on(AnswerPage)

    stage.press("d", ENTER)

    assert stage.on(BeginPage)
    assert stage.desk.self_tests.unanswered() is None
    assert stage.results() == []


def test_esc_in_the_countdown_asks_and_stands_still_meanwhile(stage: Stage) -> None:
    stage.prepare(Guided.PLANK)
    stage.press(Qt.Key.Key_Space)
    stage.pass_time(5.0)

    stage.press(Qt.Key.Key_Escape)
    stage.pass_time(60.0)
    assert stage.on(AskPage)
    stage.press(Qt.Key.Key_Space)

    assert "10" in stage.page.findChildren(Ring)[0].spoken()


def test_ending_before_anything_was_measured_leaves_nothing(stage: Stage) -> None:
    stage.prepare(Guided.PLANK)
    stage.press(Qt.Key.Key_Space, Qt.Key.Key_Escape, ENTER)

    assert len(stage.left) == 1
    assert stage.results() == []


def test_ending_after_the_first_side_keeps_it(stage: Stage) -> None:
    stage.begin(Guided.SIDE_PLANK)
    stage.pass_time(50.0)
    stage.press(Qt.Key.Key_Space, "0", ENTER)

    stage.press(Qt.Key.Key_Escape, ENTER)

    assert stage.on(SummaryPage)
    assert stage.results() == [("side_plank", None, 50.0, None, 0)]
    assert "What is left of it can still be done today." in stage.text


def test_after_a_sleep_the_try_does_not_count(stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(20.0)

    stage.world.clock.advance(MAX_GAP_S + 1)
    stage.fire()

    assert stage.on(AskPage)
    assert "does not count" in stage.text
    stage.press(ENTER)
    assert stage.results() == []


@pytest.mark.parametrize("answered", [False, True])
def test_closing_the_window_on_the_question_loses_nothing(
    qtbot: QtBot,
    stage: Stage,
    answered: bool,  # a parameter of the test
) -> None:
    stage.begin(Guided.SIDE_PLANK)
    stage.pass_time(50.0)
    stage.press(Qt.Key.Key_Space, "1", ENTER)
    stage.get_ready()
    stage.pass_time(46.0)
    stage.press(Qt.Key.Key_Space)
    if answered:
        stage.press("2", ENTER)
    stage.tester.close_test()
    stage.tester.close()

    stage.tester = stage.open(qtbot)
    stage.prepare(Guided.PLANK)
    if not answered:
        assert stage.results() == [("side_plank", None, 50.0, None, 1)]
        assert stage.on(AnswerPage)
        assert "The window was closed before you said how much it hurt" in stage.text
        stage.press("2", ENTER)
        assert stage.on(SummaryPage)

    assert stage.results()[-1] == ("side_plank", 46.0, 50.0, None, 2)
    assert stage.desk.self_tests.unanswered() is None


def test_a_kill_on_the_question_or_between_the_sides_loses_no_bout(qtbot: QtBot, stage: Stage) -> None:
    stage.begin(Guided.SIDE_PLANK)
    stage.pass_time(50.0)
    stage.press(Qt.Key.Key_Space, "1", ENTER)
    stage.get_ready()
    stage.pass_time(46.0)
    stage.press(Qt.Key.Key_Space)
    killed = stage.tester

    stage.tester = stage.open(qtbot)
    for pain in "12":
        stage.prepare(Guided.SIDE_PLANK)
        assert stage.on(AnswerPage)
        stage.press(pain, ENTER)

    assert stage.results()[-1] == ("side_plank", 46.0, 50.0, None, 2)
    assert stage.desk.self_tests.unanswered() is None
    killed._run = None  # it writes nothing more
    killed.close_test()


def test_what_is_in_the_log_is_not_asked_about_again(stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(46.0)
    stage.press(Qt.Key.Key_Space)
    assert stage.desk.self_tests.unanswered() is not None

    stage.press("0", ENTER)

    assert stage.desk.self_tests.unanswered() is None


def test_what_waits_can_wait_longer(qtbot: QtBot, stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(50.0)
    stage.press(Qt.Key.Key_Space)
    stage.tester.close_test()
    stage.tester.close()
    stage.tester = stage.open(qtbot)

    stage.prepare(Guided.SIDE_PLANK)
    stage.press(Qt.Key.Key_Escape)

    assert stage.on(BeginPage)
    assert stage.desk.self_tests.unanswered() is not None
    assert stage.results() == []


def test_closing_in_the_middle_of_a_bout_loses_that_try_and_nothing_else(stage: Stage) -> None:
    stage.begin(Guided.SIDE_PLANK)
    stage.pass_time(50.0)
    stage.press(Qt.Key.Key_Space, "1", ENTER)
    stage.get_ready()
    stage.pass_time(46.0)

    stage.tester.close_test()

    assert stage.results() == [("side_plank", None, 50.0, None, 1)]
    assert stage.desk.self_tests.unanswered() is None


def test_what_cannot_be_saved_can_be_tried_again(qtbot: QtBot, world: World) -> None:
    full = [True]

    def opened() -> Log:
        if full:
            raise Unavailable(Reason.DISK_FULL)
        return world.surroundings.open_log()

    stage = Stage(qtbot, world, world.with_log(opened))
    stage.begin(Guided.PLANK)
    stage.pass_time(50.0)
    stage.press(Qt.Key.Key_Space, "0", ENTER)
    assert "This is not in your log yet" in next(one.text for one in stage.page.findChildren(Notice) if one.isVisible())

    full.clear()
    stage.named("Try to save again").click()

    assert stage.results() == [("plank", None, None, 50.0, 0)]
    assert not [one for one in stage.page.findChildren(Notice) if one.isVisible()]
    stage.close()


# -- the impact check -------------------------------------------------------------------------------------------


def test_the_impact_check_goes_rung_by_rung_to_its_end(stage: Stage) -> None:
    stage.begin(Guided.IMPACT)
    for seconds in (31.0, 61.0, 41.0, 21.0, 21.0):
        assert stage.on(MeasurePage)
        if seconds != 31.0:
            stage.get_ready()
        stage.pass_time(seconds)
        stage.press("0", ENTER)

    assert stage.on(SummaryPage)
    assert [one[0] for one in stage.results()] == ["march", "jog_on_spot", "double_hop", "single_hop"]
    assert stage.results()[-1] == ("single_hop", 10.0, 10.0, None, 0)
    assert "Every step was done" in stage.text
    assert "tomorrow morning" in stage.text


def test_pain_above_one_stops_the_ladder(stage: Stage) -> None:
    stage.begin(Guided.IMPACT)
    stage.pass_time(31.0)

    stage.press("2", "n", ENTER)

    assert stage.on(SummaryPage)
    assert stage.results() == [("march", None, None, 30.0, 2)]
    assert stage.desk.today() is not None
    assert not stage.log().flags()


def test_a_rung_that_was_cut_short_is_not_followed_by_the_next(stage: Stage) -> None:
    stage.begin(Guided.IMPACT)
    stage.pass_time(12.0)

    stage.press(Qt.Key.Key_Space, "0", ENTER)

    assert stage.on(SummaryPage)
    assert "18 s short of the goal" in stage.text


def test_any_pain_asks_whether_it_was_in_the_groin_and_nothing_goes_on_without_an_answer(stage: Stage) -> None:
    stage.begin(Guided.IMPACT)
    stage.pass_time(31.0)

    stage.press("1", Qt.Key.Key_Escape)

    assert stage.on(AnswerPage)
    assert "Was any of it in the groin" in stage.text
    stage.press("0")
    assert "Was any of it in the groin" not in stage.text


def test_pain_in_the_groin_ends_it_raises_the_flag_and_says_whom_to_see(stage: Stage) -> None:
    stage.begin(Guided.IMPACT)
    stage.pass_time(31.0)

    stage.press("1", "y", ENTER)

    assert [(flag.name, flag.raised) for flag in stage.log().flags()] == [(GROIN_FLAG, True)]
    assert "do not test again" in stage.text
    assert "See a doctor or a physiotherapist within 1 to 2 days" in stage.text
    assert "You can repeat it" not in stage.text
    stage.press(ENTER)
    stage.prepare(Guided.IMPACT)
    assert "do not test again" in stage.text
    stage.press(Qt.Key.Key_Space)
    assert not stage.on(MeasurePage)


# -- the walk ---------------------------------------------------------------------------------------------------


def test_a_walk_is_recorded_with_its_minutes_and_its_beat(stage: Stage) -> None:
    stage.begin(Guided.BRISK_WALK)
    stage.pass_time(60.0)
    stage.press("+", "+")
    stage.pass_time(1741.0)
    assert stage.on(WalkPage)

    stage.press("1", "0", ENTER)

    (outing,) = stage.log().outings()
    assert (outing.minutes, outing.cadence, outing.pain, outing.pain_after) == (30.0, 110.0, 1, 0)
    assert not outing.limp
    assert stage.world.speech.said[-6:-1] == [
        f"{number} minutes" for number in ("five", "ten", "fifteen", "twenty", "twenty-five")
    ]


def test_a_walk_pauses_by_space_and_is_recorded_with_what_was_walked(stage: Stage) -> None:
    stage.begin(Guided.BRISK_WALK)
    stage.pass_time(390.0)
    stage.press(Qt.Key.Key_Space)
    stage.pass_time(900.0, 1.0)
    assert stage.on(MeasurePage)
    stage.press(Qt.Key.Key_Space)
    stage.pass_time(30.0)

    stage.press(Qt.Key.Key_Escape, ENTER)
    stage.press("2", "1", "l", ENTER)

    (outing,) = stage.log().outings()
    assert (outing.minutes, outing.pain, outing.limp) == (7.0, 2, True)
    assert "does not count towards your plan: 7 of 30 minutes" in stage.text


def test_groin_pain_on_a_walk_raises_the_flag(stage: Stage) -> None:
    stage.begin(Guided.BRISK_WALK)
    stage.pass_time(120.0)

    stage.press(Qt.Key.Key_P, "1", "1", "g", ENTER)

    assert [flag.name for flag in stage.log().flags()] == [GROIN_FLAG]
    assert "do not test again" in stage.text


def test_a_walk_of_seconds_is_none(stage: Stage) -> None:
    stage.begin(Guided.BRISK_WALK)
    stage.pass_time(20.0)

    stage.press(Qt.Key.Key_Escape, ENTER)

    assert stage.on(AskPage)
    assert "less than a minute" in stage.text
    stage.press(ENTER)
    assert not stage.log().outings()


def test_a_window_that_closes_on_a_walk_keeps_its_minutes(qtbot: QtBot, stage: Stage) -> None:
    stage.begin(Guided.BRISK_WALK)
    stage.pass_time(600.0)
    stage.tester.close_test()
    stage.tester.close()
    stage.tester = stage.open(qtbot)

    stage.prepare(Guided.BRISK_WALK)
    assert stage.on(WalkPage)
    stage.press("1", "0", ENTER)

    assert [outing.minutes for outing in stage.log().outings()] == [10.0]
    assert stage.desk.self_tests.unanswered() is None


# -- not now, and from elsewhere --------------------------------------------------------------------------------


def test_a_test_that_is_locked_says_until_when_and_why_and_does_not_begin(stage: Stage) -> None:
    stage.desk.record(lambda book: book.test("plank", TODAY - timedelta(days=2), pain=0, value=30.0))

    stage.prepare(Guided.PLANK)

    assert "From Wednesday 25 November, in 5 days" in stage.text
    assert "it fell short of your plan" in stage.text
    stage.press(Qt.Key.Key_Space)
    assert len(stage.left) == 1


def test_a_result_from_elsewhere_is_recorded_in_its_place(stage: Stage) -> None:
    stage.desk.record(lambda book: book.test("side_plank", TODAY - timedelta(days=2), pain=0, left=50.0, right=50.0))
    stage.prepare(Guided.SIDE_PLANK)

    stage.press(Qt.Key.Key_R)
    assert stage.on(RecordPage)
    stage.press("46", Qt.Key.Key_Tab, "48", Qt.Key.Key_Tab, "1", ENTER, Qt.Key.Key_Tab, ENTER)

    assert stage.results()[-1] == ("side_plank", 46.0, 48.0, None, 1)
    assert stage.on(SummaryPage)


def test_a_result_without_a_number_or_a_pain_is_asked_for_again(stage: Stage) -> None:
    stage.prepare(Guided.PLANK)
    stage.press(Qt.Key.Key_R)

    stage.press(ENTER)
    assert "There is no result yet" in next(one.text for one in stage.page.findChildren(Notice) if one.isVisible())
    stage.press("50", ENTER)

    assert "How much did it hurt?" in next(one.text for one in stage.page.findChildren(Notice) if one.isVisible())
    assert stage.results() == []


@pytest.mark.parametrize(
    "test,fields",
    [
        (Guided.PLANK, ["Seconds"]),
        (Guided.HEEL_RAISE, ["Left, reps", "Right, reps"]),
        (Guided.IMPACT, ["Seconds"]),
        (Guided.BRISK_WALK, ["Minutes", "Steps a minute, if known"]),
    ],
)
def test_the_form_asks_for_what_the_test_has(stage: Stage, test: Guided, fields: list[str]) -> None:
    stage.prepare(test)
    stage.press(Qt.Key.Key_R)

    shown = [edit.accessibleName() for edit in stage.page.findChildren(QLineEdit) if edit.isVisible()]

    assert shown == fields


def test_where_it_hurts_can_speak_against_a_test(qtbot: QtBot, world: World) -> None:
    world.choose(pain_sites=(PainSite.GROIN,))
    stage = Stage(qtbot, world)

    stage.prepare(Guided.IMPACT)

    assert "No jogging or hopping while you have pain in the groin" in stage.text
    stage.close()


def test_without_the_criteria_the_impact_check_waits(stage: Stage) -> None:
    stage.tester.prepare(Guided.IMPACT)

    assert "The impact check comes last" in stage.text


# -- what is seen and heard -------------------------------------------------------------------------------------


def test_it_is_said_what_to_do_and_the_goal_is_heard(stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(50.0)

    said = stage.world.speech.said
    assert said[0].startswith("Plank test. Hold as long as the line holds.")
    assert "Forty-five seconds. That is the goal; hold on or stop." in said
    assert "goal reached" in stage.page.findChildren(Ring)[0].spoken()


def test_without_a_device_the_screen_flashes_and_says_so_once(qtbot: QtBot, world: World) -> None:
    world.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    stage = Stage(qtbot, world)
    stage.begin(Guided.HEEL_RAISE)
    stage.pass_time(2.0)

    assert stage.tester.findChildren(Flash)[0].isVisible()
    assert [one for one in stage.page.findChildren(Notice) if one.isVisible()]
    stage.close()


def test_with_less_motion_no_step_of_a_walk_flashes(qtbot: QtBot, world: World) -> None:
    world.choose(less_motion=True)
    world.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    stage = Stage(qtbot, world)
    stage.begin(Guided.BRISK_WALK)
    flash = stage.tester.findChildren(Flash)[0]
    flash.hide()

    stage.pass_time(10.0)

    assert not flash.isVisible()
    stage.close()


def test_floor_mode_shows_the_digit_large_and_asks_large_too(stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    stage.pass_time(20.0)

    stage.press(Qt.Key.Key_F)
    assert "20" in next(one.spoken() for one in stage.page.findChildren(FloorDial) if one.isVisible())
    assert stage.tester.findChildren(Button)
    stage.press(Qt.Key.Key_Escape)  # leaves floor mode, not the test

    assert stage.on(MeasurePage)
    stage.press(Qt.Key.Key_F, Qt.Key.Key_Space)
    assert stage.on(AnswerPage)


def test_m_mutes_and_the_test_goes_on(stage: Stage) -> None:
    stage.begin(Guided.PLANK)
    said = len(stage.world.speech.said)

    stage.press(Qt.Key.Key_M)
    stage.pass_time(20.0)

    assert len(stage.world.speech.said) == said
    assert "Sound off" in stage.text


PAGES = {
    "begin": (),
    "ready": (Qt.Key.Key_Space,),
    "record": (Qt.Key.Key_R,),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("test", [Guided.SINGLE_LEG_SQUAT, Guided.IMPACT, Guided.BRISK_WALK])
def test_every_control_is_named_reached_and_large_enough(stage: Stage, test: Guided, page: str) -> None:
    stage.prepare(test)
    stage.press(*PAGES[page])
    QApplication.processEvents()

    assert walk.nameless(stage.page) == []
    assert walk.too_small(stage.page) == []
    assert walk.not_reached(stage.page) == []
    assert walk.not_plain(stage.page) == []
    assert walk.cut_off(stage.page) == []


@pytest.mark.parametrize("width,height", [(1200, 800), (1024, 600), (1920, 1080)])
@pytest.mark.parametrize("test", [Guided.SINGLE_LEG_SQUAT, Guided.IMPACT])
def test_the_questions_have_room(stage: Stage, test: Guided, width: int, height: int) -> None:
    stage.begin(test)
    stage.pass_time(31.0)
    if stage.on(MeasurePage):
        stage.press(Qt.Key.Key_Space)
    stage.press("1")
    walk.resized(stage.tester, width, height)

    assert walk.nameless(stage.page) == []
    assert walk.too_small(stage.page) == []
    assert walk.not_reached(stage.page) == []
    assert walk.cut_off(stage.page) == []


# -- where it starts --------------------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, world: World) -> Iterator[MainWindow]:
    world.choose(hip="left")
    desk = Desk(world.surroundings)
    look = theme.Theme(qapp, "light")
    made = MainWindow(desk, look, WindowTask())
    made.begin()
    look.complete()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    desk.close()


def press(key: Qt.Key) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)
    QApplication.processEvents()


def library(window: MainWindow) -> LibraryPage:
    window.go(Place.LIBRARY)
    page = window._pages[Place.LIBRARY]
    assert isinstance(page, LibraryPage)
    return page


def shown_tester(window: MainWindow) -> SelfTestPlayer:
    shown = window._all.currentWidget()
    assert isinstance(shown, SelfTestPlayer)
    return shown


def test_the_page_of_a_test_leads_to_it_and_back(window: MainWindow) -> None:
    page = library(window)
    page.open("test_plank")
    QApplication.processEvents()

    press(Qt.Key.Key_T)
    assert shown_tester(window)._test is Guided.PLANK
    press(Qt.Key.Key_Escape)

    assert window._all.currentWidget() is window._home
    assert window._stack.currentWidget() is page
    assert page._sheet is not None
    assert page._sheet.do_test.isVisible()


def test_a_rung_leads_to_the_whole_check(window: MainWindow) -> None:
    page = library(window)
    page.open("test_double_hop")
    QApplication.processEvents()
    assert page._sheet is not None
    assert page._sheet.do_test.text() == "Do the impact check"

    page._sheet.do_test.click()

    assert shown_tester(window)._test is Guided.IMPACT


def test_other_exercises_are_not_tests(window: MainWindow) -> None:
    page = library(window)
    page.open("clamshell")
    QApplication.processEvents()
    assert page._sheet is not None

    press(Qt.Key.Key_T)

    assert not page._sheet.do_test.isVisible()
    assert window._all.currentWidget() is window._home


def test_another_screen_starts_a_test_by_its_name(window: MainWindow) -> None:
    window.start_test("single_hop", criteria_since=MET)

    tester = shown_tester(window)
    assert tester._offer is not None
    assert [one.side for one in tester._offer.bouts] == [Side.BOTH, Side.BOTH, Side.BOTH, Side.RIGHT, Side.LEFT]


def test_a_name_that_is_none_is_a_mistake_of_the_caller(window: MainWindow) -> None:
    with pytest.raises(ValueError, match="cartwheel"):
        window.start_test("cartwheel")


def test_a_second_test_does_not_begin_over_the_first(window: MainWindow) -> None:
    window.start_test("plank")

    window.start_test("side_plank")

    assert shown_tester(window)._test is Guided.PLANK


def test_closing_the_window_closes_the_test(window: MainWindow, world: World) -> None:
    window.start_test("plank")
    press(Qt.Key.Key_Space)

    window.close()

    assert world.sound.closed
    assert not world.awake.held


def test_the_sheet_of_keys_holds_the_countdown(window: MainWindow) -> None:
    window.start_test("plank")
    press(Qt.Key.Key_Space)
    tester = shown_tester(window)

    tester.pause()

    assert tester._presenter is not None
    assert tester._presenter.state is not None
    assert tester._presenter.state.phase is Phase.WAITING
