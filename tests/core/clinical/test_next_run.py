"""When the next run may be: the hours between runs, the runs of a week, and what a red one asks for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.next_run import Hold, NextRun, next_run
from coach.core.clinical.response import Actions, Cause, Response, Step, Why
from coach.core.clinical.run_course import Log, course
from coach.core.clinical.run_plan import Plan

FIRST = date(2026, 9, 1)
CALM = Response(BoutKind.RUN, Step.REPEAT, 0, (Why(Cause.GREEN),))


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def bout(day: int, **told: Any) -> Bout:
    return Bout(f"r{day}", BoutKind.RUN, on(day), **told)


def coming(*runs: Bout, at: int, plan: Plan = Plan(), response: Response = CALM, **more: Any) -> NextRun:  # noqa: B008
    open_ = course(Log((), FIRST, on(at), met=lambda _: True), plan, Actions())
    return next_run(open_, runs, response, more.get("others", ()), more.get("mornings", ()))


def test_the_first_run_may_be_today() -> None:
    found = coming(at=0)

    assert (found.day, found.holds, found.stage.number) == (on(0), (), 1)


@pytest.mark.parametrize("hours, day", [(48, 3), (49, 4), (36, 3), (24, 2), (0, 1)])
def test_so_many_hours_lie_between_two_runs(hours: int, day: int) -> None:
    found = coming(bout(1), at=1, plan=Plan(min_gap_h=hours))

    assert found.day == on(day)
    assert found.holds == ((Hold.GAP,) if day > 1 else ())


def test_where_the_end_was_recorded_the_hours_are_counted_from_it() -> None:
    run = bout(1, timed=True, ended="2026-09-02T17:30:00.000Z")
    found = coming(run, at=3)

    assert (found.day, found.not_before) == (on(3), datetime(2026, 9, 4, 17, 30, tzinfo=UTC))
    assert not found.may_begin(datetime(2026, 9, 4, 17, 29, tzinfo=UTC), on(3))
    assert found.may_begin(datetime(2026, 9, 4, 17, 30, tzinfo=UTC), on(3))


def test_a_run_entered_later_has_no_hour() -> None:
    found = coming(bout(1, ended="2026-09-03T09:00:00.000Z"), at=3)

    assert (found.day, found.not_before) == (on(3), None)


def test_three_runs_in_seven_days_are_the_most() -> None:
    found = coming(bout(1), bout(3), bout(5), at=5)

    assert (found.day, found.holds) == (on(8), (Hold.WEEK,))


def test_after_a_red_one_the_rest_and_a_calm_morning_come_first() -> None:
    red = Response(BoutKind.RUN, Step.REST, 1, (), until=on(4), waits_for_morning=1.0)

    found = coming(bout(1), at=1, response=red)

    assert (found.day, found.holds, found.waits_for_morning) == (on(4), (Hold.RED_REST,), 1.0)
    assert not found.may_begin(datetime(2026, 9, 9, tzinfo=UTC), on(8))


def test_a_morning_that_was_too_sore_leaves_the_next_one() -> None:
    red = Response(BoutKind.RUN, Step.REST, 1, (), waits_for_morning=1.0)

    assert coming(bout(1), at=6, response=red, mornings=[on(6)]).day == on(7)
    assert coming(bout(1), at=6, response=red).day == on(6)


def test_a_week_of_rehab_exercises_only_holds_for_every_kind() -> None:
    other = Response(BoutKind.SESSION, Step.REHAB_ONLY, 2, (), rehab_only_until=on(9))

    assert coming(bout(1), at=2, others=(other,)).holds == (Hold.REHAB_ONLY,)


@given(
    st.lists(st.integers(0, 40), max_size=12),
    st.integers(0, 60),
    st.builds(Plan, max_per_week=st.integers(1, 7), min_gap_h=st.integers(0, 336)),
)
def test_never_too_early(days: list[int], at: int, plan: Plan) -> None:
    runs = [bout(day) for day in sorted(days) if day <= at]

    found = coming(*runs, at=at, plan=plan)

    assert found.day >= on(at)
    for run in runs:
        assert (found.day - run.day).days * 24 >= plan.min_gap_h
    lately = sum((found.day - run.day).days < 7 for run in runs)
    assert lately < plan.max_per_week
