"""What the plan decides after each run: the rules of the clinical reference, sections 3.2.1 and 1.2.3."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.colour import Colour, Judged, Reason, Sign
from coach.core.clinical.profiles import profile_for
from coach.core.clinical.response import Actions
from coach.core.clinical.run_course import Course, Decision, Log, Rule, Step, course
from coach.core.clinical.run_plan import Plan
from coach.core.routine.routine import Rules

FIRST = date(2026, 9, 1)
USUAL = profile_for(BoutKind.RUN, Rules())
G, A, R = Colour.GREEN, Colour.AMBER, Colour.RED
SIGNS = {A: Sign.DURING_RAISED, R: Sign.DURING_ABOVE}


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def run(day: int, colour: Colour = G, *, pending: bool = False, sign: Sign | None = None, **told: Any) -> Judged:
    bout = Bout(f"r{day}", BoutKind.RUN, on(day), during=1, after=1, morning=1, **told)
    told_by = sign or SIGNS.get(colour)
    reasons = () if told_by is None else (Reason(told_by, colour),)
    return Judged(bout, colour, reasons, 1.0, USUAL, pending)


def looked_at(*runs: Judged, until: int, met: Callable[[date], bool] = lambda day: day == FIRST, **more: Any) -> Log:
    return Log(runs=runs, since=on(-5), on=on(until), met=met, **more)


def counted(*runs: Judged, until: int | None = None, plan: Plan = Plan(), **more: Any) -> Course:  # noqa: B008
    last = (max((one.bout.day for one in runs), default=FIRST) - FIRST).days + 1
    return course(looked_at(*runs, until=last if until is None else until, **more), plan, Actions())


def told(found: Course) -> list[tuple[Step, int, Rule]]:
    return [(one.step, one.to, one.rule) for one in found.decisions]


# -- opening ---------------------------------------------------------------------------------------------------------


def test_the_plan_opens_on_the_day_on_which_every_criterion_is_met() -> None:
    found = counted(until=3)

    assert (found.open, found.stage, found.begun) == (True, 1, False)
    assert (found.since, found.valid_until) == (FIRST, on(7))
    assert told(found) == [(Step.OPENED, 1, Rule.CRITERIA_MET)]


def test_it_is_closed_while_they_are_not_met() -> None:
    found = counted(until=3, met=lambda _: False)

    assert (found.open, found.stage, found.decisions) == (False, 1, ())


def test_a_verdict_that_nobody_uses_expires_after_seven_days() -> None:
    assert counted(until=7).open
    assert not counted(until=8).open
    assert told(counted(until=8))[-1] == (Step.CLOSED, 1, Rule.EXPIRED)


def test_a_newer_verdict_makes_it_last() -> None:
    found = counted(until=10, met=lambda day: day in (FIRST, on(6)))

    assert (found.open, found.valid_until, found.since) == (True, on(13), FIRST)


def test_what_speaks_against_a_criterion_before_the_first_run_closes_it_again() -> None:
    found = counted(until=4, against=lambda day: day == on(3))

    assert told(found)[-1] == (Step.CLOSED, 1, Rule.WITHDRAWN)
    assert counted(run(2), until=4, against=lambda day: day == on(3)).open


def test_a_run_within_the_seven_days_keeps_it_open() -> None:
    found = counted(run(7), until=20)

    assert (found.open, found.begun, found.valid_until) == (True, True, None)


def test_runs_without_the_criteria_are_told_and_open_nothing() -> None:
    found = counted(run(0), run(2), run(4), met=lambda _: False)

    assert not found.open
    assert {(one.step, one.rule) for one in found.decisions} == {(Step.NOT_COUNTED, Rule.NOT_OPEN)}


def test_a_good_run_before_the_plan_opened_does_not_advance_it() -> None:
    found = counted(run(-4), run(-2), run(1))

    assert (found.stage, found.successes) == (1, 1)


def test_a_red_flag_opens_nothing() -> None:
    assert not counted(until=2, blocked=lambda _: True).open


def test_the_layoff_is_counted_from_the_last_run_before_the_rehab() -> None:
    assert (counted(until=1, last_before=on(-20)).stage, counted(until=1, last_before=on(-40)).stage) == (3, 1)
    assert counted(until=1, last_before=on(-20), rest_pain=lambda _: True).stage == 1
    assert counted(run(-3), until=1, last_before=on(-40)).layoff_days == 40


# -- colours ---------------------------------------------------------------------------------------------------------


def test_two_green_runs_lead_on() -> None:
    found = counted(run(1), run(3))

    assert (found.stage, found.successes) == (2, 0)
    assert told(found)[1:] == [(Step.HELD, 1, Rule.GREEN), (Step.ADVANCED, 2, Rule.SUCCESSES)]


@pytest.mark.parametrize("needed, stage", [(1, 3), (2, 2), (3, 1)])
def test_the_plan_says_how_many(needed: int, stage: int) -> None:
    assert counted(run(1), run(4), plan=Plan(min_successes=needed)).stage == stage


def test_amber_holds_and_keeps_what_was_green() -> None:
    found = counted(run(1), run(3, A), run(5))

    assert told(found)[1:] == [
        (Step.HELD, 1, Rule.GREEN), (Step.HELD, 1, Rule.AMBER), (Step.ADVANCED, 2, Rule.SUCCESSES),
    ]  # fmt: skip


def test_two_ambers_in_a_row_step_back() -> None:
    found = counted(run(1), run(3), run(5, A), run(7, A))

    assert told(found)[-1] == (Step.STEPPED_BACK, 1, Rule.AMBERS)


def test_a_green_run_between_two_ambers_ends_the_row() -> None:
    assert counted(run(1), run(3), run(5, A), run(7), run(9, A)).stage == 2


def test_missing_answers_hold_however_often() -> None:
    silent = [run(day, A, sign=Sign.NO_MORNING) for day in (5, 7, 9)]

    found = counted(run(1), run(3), *silent)

    assert {rule for _, _, rule in told(found)[3:]} == {Rule.NO_ANSWER}
    assert found.stage == 2


def test_what_waits_for_its_morning_changes_nothing_yet() -> None:
    found = counted(run(1), run(3, A, pending=True, sign=Sign.NO_MORNING), until=3)

    assert told(found)[-1] == (Step.WAITING, 1, Rule.PENDING)
    assert found.decisions[-1].colour is None
    assert found.successes == 1


def test_one_red_is_one_step_and_a_second_within_two_weeks_two() -> None:
    up = [run(day) for day in (1, 3, 5, 7, 9, 11, 13, 15)]

    one = counted(*up, run(17, R))
    two = counted(*up, run(17, R), run(20, R))

    assert (counted(*up).stage, one.stage, two.stage) == (5, 4, 2)
    assert (one.decisions[-1].rule, two.decisions[-1].rule) == (Rule.RED, Rule.REDS)


def test_three_reds_in_four_weeks_ask_for_a_look() -> None:
    up = [run(day) for day in (1, 3, 5, 7, 9, 11, 13, 15)]

    found = counted(*up, run(17, R), run(25, R), run(33, R))

    assert found.decisions[-1].rule is Rule.REDS_REFER


def test_a_red_while_it_waits_for_its_morning_is_red_already() -> None:
    assert told(counted(run(1, R, pending=True), until=1))[-1][2] is Rule.RED


# -- stages that were run --------------------------------------------------------------------------------------------


def test_how_the_day_of_the_first_run_went_on_does_not_undo_its_beginning() -> None:
    hurt = counted(run(3), until=5, against=lambda day: day == on(3))
    before = counted(run(3), until=5, against=lambda day: day == on(2))

    assert (hurt.open, hurt.begun, hurt.decisions[-1].rule) == (True, True, Rule.GREEN)
    assert [one.rule for one in before.decisions[-2:]] == [Rule.WITHDRAWN, Rule.NOT_OPEN]


@pytest.mark.parametrize("stage", [2, 7, 30])
def test_a_run_of_another_stage_is_no_success_of_this_one(stage: int) -> None:
    found = counted(run(1, stage=stage), run(3, stage=stage))

    assert (found.stage, found.successes, found.decisions[-1].rule) == (1, 0, Rule.OTHER_STAGE)


def test_a_run_that_tells_no_stage_counts_for_the_one_the_plan_stood_at() -> None:
    found = counted(run(1), run(3), run(5), run(7, stage=2))

    assert [one.stage for one in found.decisions[1:]] == [1, 1, 2, 2]
    assert found.stage == 3


@pytest.mark.parametrize(
    "told_, success",
    [({"running_min": 3.0}, True), ({"running_min": 2.7}, True), ({"running_min": 2.6}, False),
     ({"minutes": 2.0}, False), ({"minutes": 40.0, "running_min": 1.0}, False), ({"minutes": 40.0}, True)],
)  # fmt: skip
def test_a_run_that_was_broken_off_is_no_success(told_: dict[str, Any], success: bool) -> None:
    found = counted(run(1, **told_))

    assert found.successes == int(success)
    assert found.decisions[-1].rule is (Rule.GREEN if success else Rule.BROKEN_OFF)


def test_a_second_green_run_of_a_day_counts_no_more() -> None:
    found = counted(run(1), run(1), run(3))

    assert told(found)[1:] == [
        (Step.HELD, 1, Rule.GREEN), (Step.HELD, 1, Rule.SAME_DAY), (Step.ADVANCED, 2, Rule.SUCCESSES),
    ]  # fmt: skip


def test_a_run_without_the_day_between_two_is_no_success() -> None:
    found = counted(run(1), run(2), run(3), run(4))

    assert [one.rule for one in found.decisions[1:]] == [Rule.GREEN, Rule.TOO_SOON, Rule.TOO_SOON, Rule.TOO_SOON]
    assert counted(run(1), run(2), plan=Plan(min_gap_h=24)).stage == 2
    assert counted(run(1), run(2), run(2), run(4)).stage == 2


def test_a_run_in_the_rest_after_a_red_one_is_no_success() -> None:
    up = [run(day) for day in (1, 3, 5, 7)]

    rules = [counted(*up, run(9, R), run(day)).decisions[-1].rule for day in (11, 12)]

    assert rules == [Rule.TOO_SOON, Rule.GREEN]
    two_reds = counted(*up, run(9, R), run(13, R), run(20)), counted(*up, run(9, R), run(13, R), run(21))
    assert [one.decisions[-1].rule for one in two_reds] == [Rule.TOO_SOON, Rule.GREEN]


@pytest.mark.parametrize(("ran", "rule"), [(4.5, Rule.GREEN), (4.6, Rule.TOO_MUCH), (30.0, Rule.TOO_MUCH)])
def test_far_more_running_than_the_stage_has_is_no_success_of_it(ran: float, rule: Rule) -> None:
    assert counted(run(1, running_min=ran)).decisions[-1].rule is rule


def test_at_the_last_stage_more_running_is_no_other_stage() -> None:
    short = Plan(stages=Plan().stages[:1])

    assert counted(run(1, running_min=30.0), plan=short).successes == 1


def test_one_bad_day_steps_back_once() -> None:
    up = [run(day) for day in (1, 3, 5, 7, 9, 11)]

    assert counted(*up).stage == 4
    assert counted(*up, run(13, R), run(13, R)).stage == 3
    assert counted(*up, run(13, A), run(13, A)).stage == 4
    assert counted(*up, run(13, A), run(13, A), run(15, A)).stage == 3
    assert counted(*up, run(13, A), run(15, A), run(15, A)).stage == 3
    assert counted(*up, run(13, R), run(13, A)).stage == 3


def test_a_red_at_a_lower_stage_steps_back_from_there() -> None:
    up = [run(day) for day in (1, 3, 5, 7, 9, 11)]

    assert counted(*up, run(13, R, stage=2)).stage == 1


def test_the_last_stage_is_done_and_stays() -> None:
    found = counted(*(run(day) for day in range(1, 60, 2)))

    assert (found.stage, found.done) == (12, True)
    assert found.decisions[-1].rule is Rule.LAST_STAGE


# -- pace, mornings, gaps --------------------------------------------------------------------------------------------


def test_at_most_one_stage_in_three_days_and_two_in_seven() -> None:
    every_day = Plan(min_successes=1, min_gap_h=24, max_per_week=7)

    found = counted(*(run(day) for day in range(1, 16)), plan=every_day)

    ups = [one.on for one in found.decisions if one.step is Step.ADVANCED]
    assert ups == [on(1), on(4), on(8), on(11), on(15)]
    assert Rule.STAGE_PACE in {one.rule for one in found.decisions}


def test_mornings_that_rise_keep_it_from_going_on() -> None:
    found = counted(run(1), run(3), frozen=lambda _: True)

    assert (found.stage, found.decisions[-1].rule) == (1, Rule.FROZEN)


def test_the_worsening_alarm_steps_back_one() -> None:
    found = counted(run(1), run(3), until=6, alarms=frozenset({on(5)}))

    assert told(found)[-1] == (Step.STEPPED_BACK, 1, Rule.ALARM)


@pytest.mark.parametrize("away, open_, stage", [(10, True, 3), (11, True, 1), (21, True, 1), (22, False, 1)])
def test_a_gap_steps_back_two_and_a_long_one_asks_for_the_criteria_again(away: int, open_: bool, stage: int) -> None:
    found = counted(run(1), run(3), run(5), run(7), until=7 + away)

    assert (found.open, found.stage) == (open_, stage)


def test_after_a_long_gap_it_begins_two_stages_lower_or_where_the_layoff_says() -> None:
    up = [run(day) for day in range(1, 24, 2)]

    found = counted(*up, until=46, met=lambda day: day in (FIRST, on(46)))

    assert (found.open, found.begun, found.stage, found.layoff_days) == (True, False, 3, 23)
    assert [one.step for one in found.decisions[-3:]] == [Step.GAP, Step.CLOSED, Step.OPENED]


def test_a_run_while_a_red_flag_stands_does_not_count() -> None:
    found = counted(run(1), run(3), blocked=lambda day: day == on(3))

    assert (found.stage, found.decisions[-1].rule) == (1, Rule.RED_FLAG)


def test_of_a_plan_that_was_open_before_the_stage_is_the_first_that_a_run_tells() -> None:
    found = counted(run(1, stage=9), run(3, stage=9), met=lambda _: False, open_before=True)

    assert (found.open, found.stage) == (True, 10)


# -- what always holds -----------------------------------------------------------------------------------------------

RUNS = st.lists(
    st.builds(
        lambda gap, colour, stage, ran: (gap, colour, stage, ran),
        st.integers(0, 24),
        st.sampled_from(Colour),
        st.none() | st.integers(1, 14),
        st.none() | st.floats(0, 40),
    ),
    max_size=30,
)
PLANS = st.builds(Plan, min_successes=st.integers(1, 4), max_per_week=st.integers(1, 7), min_gap_h=st.integers(0, 100))


def made(gaps: list[tuple[int, Colour, int | None, float | None]]) -> list[Judged]:
    day, runs = 1, []
    for number, (gap, colour, stage, ran) in enumerate(gaps):
        day += gap
        one = run(day, colour, stage=stage, running_min=ran)
        runs.append(replace(one, bout=replace(one.bout, uid=f"r{number}")))
    return runs


@st.composite
def courses(draw: st.DrawFn) -> tuple[list[Judged], Plan, Callable[[date], bool], frozenset[date]]:
    runs, plan = made(draw(RUNS)), draw(PLANS)
    met_days = frozenset(draw(st.lists(st.integers(-5, 80), max_size=6)))
    alarms = frozenset(map(on, draw(st.lists(st.integers(0, 80), max_size=2))))
    return runs, plan, lambda day: (day - FIRST).days in met_days, alarms


@given(courses(), st.integers(0, 400))
def test_the_stage_never_jumps_up_and_stays_among_the_stages(
    made_: tuple[list[Judged], Plan, Callable[[date], bool], frozenset[date]], until: int
) -> None:
    runs, plan, met, alarms = made_
    found = course(looked_at(*runs, until=until, met=met, alarms=alarms), plan, Actions())

    stood: Decision | None = None
    greens = 0
    for one in found.decisions:
        assert 1 <= one.to <= plan.last
        assert 1 <= one.stage <= plan.last
        greens += one.colour is G
        if one.step is Step.ADVANCED:
            assert stood is not None
            assert one.to == stood.to + 1
            assert greens >= plan.min_successes
        if one.colour is R and stood is not None and one.step is not Step.NOT_COUNTED:
            assert one.to <= stood.to
        if one.step in (Step.ADVANCED, Step.STEPPED_BACK, Step.GAP, Step.OPENED):
            greens = 0
        stood = one
    assert 1 <= found.stage <= plan.last
    assert found.successes <= max(plan.min_successes, len(found.decisions))


@given(courses(), st.integers(1, 60), st.integers(0, 60))
def test_later_bouts_and_days_never_change_what_was_decided(
    made_: tuple[list[Judged], Plan, Callable[[date], bool], frozenset[date]], until: int, later: int
) -> None:
    runs, plan, met, alarms = made_
    earlier = [one for one in runs if one.bout.day <= on(until)]

    then = course(looked_at(*earlier, until=until, met=met, alarms=alarms), plan, Actions())
    now = course(looked_at(*runs, until=until + later, met=met, alarms=alarms), plan, Actions())

    assert now.decisions[: len(then.decisions)] == then.decisions
    assert then == course(looked_at(*earlier, until=until, met=met, alarms=alarms), plan, Actions())
