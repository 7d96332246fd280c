"""The rules of the self-tests, as sections 2.2.2 to 2.2.4 of the clinical reference have them."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.core import log
from coach.core.clinical.protocols import BEYOND, Outcome, bouts, goes_on
from coach.core.clinical.red_flags import BY_NAME
from coach.core.clinical.self_tests import (
    FORM,
    GROIN_FLAG,
    PAIN_MAX,
    RUNGS,
    Allowed,
    Guided,
    NotBefore,
    Permission,
    Why,
    Withheld,
    exercise_of,
    goal,
    guided_by,
    judge,
    may_test,
    sided,
)
from coach.core.day import Moment
from coach.core.routine.plan import Side
from coach.core.routine.reading import read_library
from coach.core.routine.routine import BodySide, Readiness
from coach.core.session.measuring import Unit
from coach.resources import EXERCISES

TODAY = date(2026, 11, 20)
DEFAULT = Readiness()
LIBRARY = read_library(EXERCISES.read_bytes()).exercises
SIDED = [test for test in Guided if test not in (Guided.IMPACT, Guided.BRISK_WALK, Guided.PLANK)]


def result(
    name: str,
    days_ago: int = 0,
    *,
    left: float | None = None,
    right: float | None = None,
    value: float | None = None,
    pain: int = 0,
) -> log.TestResult:
    """A result some days ago."""
    day = TODAY - timedelta(days=days_ago)
    return log.TestResult("uid", name, day, left, right, value, pain, Moment("", "", day))


def whole(name: str, days_ago: int = 0, *, pain: int = 0) -> log.TestResult:
    """A result at its goal."""
    wanted = float(goal(name, DEFAULT))
    if sided(name):
        return result(name, days_ago, left=wanted, right=wanted, pain=pain)
    return result(name, days_ago, value=wanted, pain=pain)


def asked(test: Guided, *results: log.TestResult, since: date | None = TODAY - timedelta(days=3)) -> Permission:
    """Whether a test may be done today, with R0 to R6 met for days."""
    return may_test(test, results, TODAY, readiness=DEFAULT, criteria_since=since)


# Goals


@pytest.mark.parametrize(
    "name,wanted",
    [
        ("single_leg_bridge", 20), ("side_lying_abduction", 20), ("side_plank", 45), ("plank", 45),
        ("single_leg_squat", 10), ("heel_raise", 20), ("march", 30), ("jog_on_spot", 60), ("double_hop", 20),
        ("single_hop", 10), ("brisk_walk", 30),
    ],
)  # fmt: skip
def test_the_goals_are_those_of_the_reference(name: str, wanted: int) -> None:
    assert goal(name, DEFAULT) == wanted


def test_a_routine_replaces_goals_by_its_own_keys() -> None:
    own = Readiness(slb_reps=12, abd_reps=30, sp_s=60, plank_s=50, sls_reps=5, hr_reps=25, hops=6, walk_min=45)

    assert [goal(name, own) for name in (*(test for test in Guided if test is not Guided.IMPACT), "single_hop")] == [
        12, 30, 60, 50, 5, 25, 45, 6,
    ]  # fmt: skip


def test_every_test_and_rung_has_an_exercise_and_leads_back_to_it() -> None:
    for name in (*(test.value for test in Guided if test is not Guided.IMPACT), *RUNGS):
        assert exercise_of(name) in LIBRARY
        assert guided_by(exercise_of(name)) == (Guided.IMPACT if name in RUNGS else Guided(name))
    assert guided_by("clamshell") is None


# Seven days


@pytest.mark.parametrize("test", SIDED)
def test_a_test_is_done_at_most_every_seven_days(test: Guided) -> None:
    assert asked(test, whole(test, 7)) == Allowed()
    assert asked(test, whole(test, 6)) == NotBefore(TODAY + timedelta(days=1), Why.TESTED, TODAY - timedelta(days=6))


@pytest.mark.parametrize(
    "failed",
    [
        result("side_plank", 2, left=44.0, right=50.0),
        result("side_plank", 2, left=50.0, right=45.0, pain=2),
        result("side_plank", 2, left=60.0, right=53.0),
        result("side_plank", 2, left=60.0),
    ],
    ids=["short", "pain", "uneven", "one side"],
)
def test_what_fell_short_is_locked_for_seven_days_and_says_so(failed: log.TestResult) -> None:
    assert asked(Guided.SIDE_PLANK, failed) == NotBefore(TODAY + timedelta(days=5), Why.FAILED, failed.day)


def test_reps_without_form_fell_short() -> None:
    squats = whole("single_leg_squat", 1)
    form = result(FORM, 1, left=3.0, right=2.0)

    barred = asked(Guided.SINGLE_LEG_SQUAT, squats, form)

    assert isinstance(barred, NotBefore)
    assert barred.why is Why.FAILED


def test_one_test_does_not_lock_another() -> None:
    assert asked(Guided.PLANK, whole("side_plank")) == Allowed()


def test_a_side_that_is_missing_can_be_made_up_for_on_the_same_day() -> None:
    first = result("side_plank", left=50.0)

    assert asked(Guided.SIDE_PLANK, first) == Allowed((first,))


def test_more_pain_than_a_test_may_have_leaves_nothing_to_make_up_for() -> None:
    assert isinstance(asked(Guided.SIDE_PLANK, result("side_plank", left=50.0, pain=2)), NotBefore)


@given(st.lists(st.integers(0, 30), max_size=6), st.sampled_from(SIDED))
def test_no_two_whole_tests_are_allowed_within_seven_days(days_ago: list[int], test: Guided) -> None:
    permission = asked(test, *(whole(test, days) for days in days_ago))

    newest = min(days_ago, default=99)
    assert (permission == Allowed()) == (newest >= 7)
    if isinstance(permission, NotBefore):
        assert permission.day == TODAY + timedelta(days=7 - newest)


# The impact check


def test_the_impact_check_waits_for_the_other_criteria_and_a_day_more() -> None:
    assert asked(Guided.IMPACT, since=None) == Withheld(Why.CRITERIA)
    assert asked(Guided.IMPACT, since=TODAY) == NotBefore(TODAY + timedelta(days=1), Why.DAY_AFTER)
    assert asked(Guided.IMPACT, since=TODAY - timedelta(days=1)) == Allowed()


def test_no_other_test_waits_for_the_criteria() -> None:
    assert all(asked(test, since=None) == Allowed() for test in Guided if test is not Guided.IMPACT)


def test_an_impact_check_that_broke_off_well_goes_on_the_same_day_where_it_stopped() -> None:
    march, jog = whole("march"), whole("jog_on_spot")

    permission = asked(Guided.IMPACT, march, jog)

    assert permission == Allowed((march, jog))
    left = bouts(Guided.IMPACT, DEFAULT, LIBRARY, BodySide.LEFT, (march, jog))
    assert [(one.test, one.side) for one in left] == [
        ("double_hop", Side.BOTH), ("single_hop", Side.RIGHT), ("single_hop", Side.LEFT),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "last", [whole("jog_on_spot", pain=2), result("jog_on_spot", value=40.0)], ids=["pain", "cut short"]
)
def test_an_impact_check_that_stopped_for_a_reason_is_locked(last: log.TestResult) -> None:
    assert asked(Guided.IMPACT, whole("march"), last) == NotBefore(TODAY + timedelta(days=7), Why.FAILED, TODAY)


def test_a_whole_impact_check_is_locked_for_seven_days() -> None:
    rungs = [whole(name, 3) for name in RUNGS]

    assert asked(Guided.IMPACT, *rungs) == NotBefore(TODAY + timedelta(days=4), Why.TESTED, TODAY - timedelta(days=3))


# Red flags and pain sites


@pytest.mark.parametrize("test", list(Guided))
def test_after_pain_in_the_groin_nothing_is_tested_again(test: Guided) -> None:
    barred = may_test(
        test, (), TODAY, readiness=DEFAULT, flags=[BY_NAME[GROIN_FLAG]], criteria_since=TODAY - timedelta(days=9)
    )

    assert barred == Withheld(Why.GROIN)


@pytest.mark.parametrize(
    "flag,permission",
    [
        ("cannot_take_weight", Withheld(Why.FLAG)),
        ("constant_or_night_pain", Withheld(Why.FLAG)),
        ("no_improvement", Allowed()),
    ],
)
def test_flags_that_ask_for_a_clinician_soon_withhold_every_test(flag: str, permission: Permission) -> None:
    assert may_test(Guided.PLANK, (), TODAY, readiness=DEFAULT, flags=[BY_NAME[flag]]) == permission


def test_a_site_that_speaks_against_it_withholds_it() -> None:
    assert may_test(Guided.PLANK, (), TODAY, readiness=DEFAULT, ruled_out=True) == Withheld(Why.SITE)


def test_a_walk_may_be_repeated() -> None:
    assert asked(Guided.BRISK_WALK) == Allowed()


# What a result comes to


@pytest.mark.parametrize(
    "left,right,met",
    [(18, 20, False), (20, 20, True), (20, 22, True), (20, 23, False), (24, 40, True), (23, 40, False)],
)
def test_the_weaker_side_reaches_ninety_percent_unless_both_are_far_beyond(
    left: float, right: float, met: bool
) -> None:
    judged = judge(result("heel_raise", left=left, right=right), DEFAULT)

    assert judged.met is met
    assert judged.symmetry == left / right


def test_ninety_percent_is_enough_to_the_last_digit() -> None:
    judged = judge(result("heel_raise", left=18.0, right=20.0), replace(DEFAULT, hr_reps=18))

    assert judged.even


def test_a_result_says_by_how_much_each_side_is_short() -> None:
    judged = judge(result("side_plank", left=40.0, right=45.0), DEFAULT)

    assert judged.short == ((Side.LEFT, 5.0),)
    assert not judged.met


@pytest.mark.parametrize("pain,met", [(PAIN_MAX, True), (PAIN_MAX + 1, False)])
def test_with_more_pain_it_does_not_count(pain: int, met: bool) -> None:
    assert judge(whole("plank", pain=pain), DEFAULT).met is met


def test_a_test_in_which_nothing_was_done_has_no_symmetry() -> None:
    assert judge(result("heel_raise", left=0.0, right=0.0), DEFAULT).symmetry is None


@pytest.mark.parametrize("left,right,short", [(3, 3, ()), (3, 2, (Side.RIGHT,)), (0, 2, (Side.LEFT, Side.RIGHT))])
def test_a_squat_needs_all_three_ticks_on_each_side(left: float, right: float, short: tuple[Side, ...]) -> None:
    judged = judge(whole("single_leg_squat"), DEFAULT, result(FORM, left=left, right=right))

    assert judged.form_short == short
    assert judged.met is (not short)


# Bouts


@pytest.mark.parametrize(
    "affected,order",
    [
        (BodySide.LEFT, [Side.RIGHT, Side.LEFT]),
        (BodySide.RIGHT, [Side.LEFT, Side.RIGHT]),
        (None, [Side.LEFT, Side.RIGHT]),
    ],
)
@pytest.mark.parametrize("test", SIDED)
def test_the_better_side_is_first(test: Guided, affected: BodySide | None, order: list[Side]) -> None:
    assert [one.side for one in bouts(test, DEFAULT, LIBRARY, affected)] == order


def test_a_bridge_has_a_beat_of_two_seconds() -> None:
    assert {one.rep_s for one in bouts(Guided.SINGLE_LEG_BRIDGE, DEFAULT, LIBRARY, None)} == {2.0}


@dataclass(frozen=True)
class Rung:
    """A rung as R7 has it."""

    name: str
    side: Side
    unit: Unit
    amount: int


def test_the_impact_check_has_its_rungs_in_their_order_and_each_ends_at_its_goal() -> None:
    ladder = bouts(Guided.IMPACT, DEFAULT, LIBRARY, BodySide.RIGHT)

    assert [Rung(one.test, one.side, one.unit, one.goal) for one in ladder] == [
        Rung("march", Side.BOTH, Unit.SECONDS, 30),
        Rung("jog_on_spot", Side.BOTH, Unit.SECONDS, 60),
        Rung("double_hop", Side.BOTH, Unit.REPS, 20),
        Rung("single_hop", Side.LEFT, Unit.REPS, 10),
        Rung("single_hop", Side.RIGHT, Unit.REPS, 10),
    ]
    assert all(one.closed for one in ladder)


def test_a_plan_can_leave_out_the_hops() -> None:
    ladder = bouts(Guided.IMPACT, Readiness(skip_hop=True), LIBRARY, None)

    assert [one.test for one in ladder] == ["march", "jog_on_spot"]


def test_open_tests_end_at_twice_their_goal() -> None:
    assert {one.most / one.goal for test in SIDED for one in bouts(test, DEFAULT, LIBRARY, None)} == {BEYOND}


def test_changing_sides_gives_time_to_rest() -> None:
    first, second = bouts(Guided.SIDE_PLANK, DEFAULT, LIBRARY, None)

    assert (first.ready_s, second.ready_s) == (15.0, 30.0)


def test_the_walk_lasts_as_long_as_the_plan_says() -> None:
    (walk,) = bouts(Guided.BRISK_WALK, Readiness(walk_min=40), LIBRARY, None)

    assert (walk.goal, walk.most, walk.cadence) == (2400, 2400, 100)


def outcome(test: Guided, *, pain: int = 0, groin: bool = False, short: int = 0) -> Outcome:
    """The first bout of a test as it went."""
    first = bouts(test, DEFAULT, LIBRARY, None)[0]
    return Outcome(first, first.goal - short, pain, groin)


@pytest.mark.parametrize(
    "done,on",
    [
        (outcome(Guided.IMPACT), True),
        (outcome(Guided.IMPACT, pain=1), True),
        (outcome(Guided.IMPACT, pain=2), False),
        (outcome(Guided.IMPACT, pain=1, groin=True), False),
        (outcome(Guided.IMPACT, short=1), False),
    ],
)
def test_no_rung_is_skipped_and_the_ladder_stops(done: Outcome, on: bool) -> None:
    assert goes_on(Guided.IMPACT, done) is on


def test_the_other_side_is_tested_even_if_the_first_was_short_but_not_after_pain() -> None:
    assert goes_on(Guided.HEEL_RAISE, outcome(Guided.HEEL_RAISE, short=15))
    assert not goes_on(Guided.HEEL_RAISE, outcome(Guided.HEEL_RAISE, pain=2))
