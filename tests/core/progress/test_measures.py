"""Self-tests against thresholds; walks and runs as bars."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.core.log import Outing, OutingKind
from coach.core.progress.measures import Bin, bin_of, measured, outing_bars
from coach.core.progress.sides import Sided, Unit
from coach.core.progress.span import Span
from tests.store import made

FIRST = date(2026, 1, 5)  # a Monday


def outing(day: date, minutes: float, kind: OutingKind = OutingKind.WALK, pain: int = 1) -> Outing:
    return replace(made.outing("o", day), kind=kind, minutes=minutes, pain=pain, pain_after=None)


def test_a_test_stands_beside_its_goal_and_its_symmetry() -> None:
    (one,) = measured([made.result("t")], {"side_plank": Unit.SECONDS}, {"side_plank": 45.0})

    assert (one.name, one.unit, one.goal) == ("side_plank", Unit.SECONDS, 45.0)
    assert one.days == (Sided(FIRST, 31.5, 42.0),)
    assert one.symmetry == 0.75


def test_a_physios_own_goal_takes_the_place_of_ours() -> None:
    (one,) = measured([made.result("t")], {"side_plank": Unit.SECONDS}, {"side_plank": 60.0})

    assert one.goal == 60.0


def test_of_two_results_of_a_day_the_later_one_counts() -> None:
    again = replace(made.result("t2"), left=40.0)

    (one,) = measured([made.result("t1"), again], {"side_plank": Unit.SECONDS}, {})

    assert [day.left for day in one.days] == [40.0]


@pytest.mark.parametrize("days,kind", [(28, Bin.DAY), (70, Bin.DAY), (365, Bin.WEEK), (3650, Bin.MONTH)])
def test_bars_are_so_few_that_they_can_be_told_apart(days: int, kind: Bin) -> None:
    span = Span(FIRST, FIRST + timedelta(days=days - 1))

    assert bin_of(span) is kind
    assert len(outing_bars([], span)) <= 125


def test_walks_and_runs_of_a_day_are_one_bar() -> None:
    bars = outing_bars(
        [outing(FIRST, 30, pain=2), outing(FIRST, 20, OutingKind.RUN, pain=4), outing(FIRST, 10)],
        Span(FIRST, FIRST + timedelta(days=1)),
    )

    assert [(bar.walks, bar.walk_min, bar.runs, bar.run_min, bar.peak) for bar in bars] == [
        (2, 40.0, 1, 20.0, 4),
        (0, 0.0, 0, 0.0, None),
    ]


def test_pain_that_comes_after_a_run_counts_as_its_peak() -> None:
    late = replace(outing(FIRST, 20), pain=1, pain_after=5)

    assert outing_bars([late], Span(FIRST, FIRST))[0].peak == 5


@given(st.lists(st.integers(0, 1199), max_size=40), st.integers(1, 1200), st.integers(0, 6))
def test_no_minute_is_lost_in_the_bars(days: list[int], length: int, first_weekday: int) -> None:
    span = Span(FIRST, FIRST + timedelta(days=length - 1))
    outings = [outing(FIRST + timedelta(days=n), 10.0) for n in days if n < length]

    bars = outing_bars(outings, span, first_weekday)

    assert sum(bar.walk_min for bar in bars) == 10.0 * len(outings)
    assert bars[0].first == span.since
    assert bars[-1].last == span.until
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(bars))
