"""After the last stage: little more than the longest run, and no sudden fortnight (section 9.2)."""

from datetime import timedelta

import pytest

from coach.core.clinical.after_plan import load
from coach.core.clinical.bout import Bout, BoutKind
from tests.core.clinical.made import ON


def run(back: int, minutes: float, running: float | None = None) -> Bout:
    return Bout(f"r{back}", BoutKind.RUN, ON - timedelta(days=back), minutes=minutes, running_min=running)


@pytest.mark.parametrize("longest, most", [(6.0, 9.0), (29.0, 32.0), (30.0, 33.0), (60.0, 66.0)])
def test_the_next_run_is_a_tenth_longer_or_three_minutes(longest: float, most: float) -> None:
    assert load([run(3, longest), run(9, 5.0), run(30, 90.0)], ON).next_min == pytest.approx(most)


def test_minutes_of_running_count_where_they_are_told() -> None:
    assert load([run(3, 40.0, running=30.0)], ON).longest_min == 30.0


def test_a_fortnight_may_hold_nearly_a_third_more() -> None:
    before = [run(day, 30.0) for day in (15, 18, 21, 24)]

    calm = load([*before, *(run(day, 39.0) for day in (1, 4, 7, 10))], ON)
    fast = load([*before, *(run(day, 39.5) for day in (1, 4, 7, 10))], ON)

    assert calm.two_weeks_most == pytest.approx(156.0)
    assert (calm.risen_fast, fast.risen_fast) == (False, True)


def test_without_runs_nothing_is_said() -> None:
    found = load([], ON)

    assert (found.longest_min, found.next_min, found.two_weeks_most, found.risen_fast) == (None, None, None, False)
