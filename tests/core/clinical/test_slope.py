"""The slope is the median over all pairs of days, and the interval is what the Mann-Kendall test does not reject."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coach.core.clinical.slope import Point, autocorrelation, direction, slope
from tests.core.clinical.simulated import Pain, corrected, logs, mann_kendall, series

scores = st.integers(0, 10)
drawn = st.dictionaries(st.integers(740_000, 740_060), scores, min_size=2, max_size=40).map(
    lambda days: sorted(days.items())
)


def test_a_line_has_its_own_slope() -> None:
    found = slope([(0, 10), (7, 9), (14, 8), (28, 6)])

    assert found is not None
    assert found.per_week == -1.0


def test_a_single_flare_does_not_turn_the_slope() -> None:
    steady = [(day, 8 - day // 7) for day in range(28)]

    calm = slope(steady)
    flared = slope([*steady[:26], (26, 10), *steady[27:]])

    assert calm is not None
    assert flared is not None
    assert flared.per_week == pytest.approx(calm.per_week, abs=0.05)


@pytest.mark.parametrize("points", [[], [(1, 4)]])
def test_less_than_two_days_have_no_slope(points: list[Point]) -> None:
    assert slope(points) is None


@given(drawn)
def test_it_is_the_median_of_all_pairs(points: list[Point]) -> None:
    slopes = [(y - x) / (b - a) * 7 for (a, x), (b, y) in combinations(points, 2)]

    found = slope(points)

    assert found is not None
    assert found.per_week == pytest.approx(np.median(slopes))


def test_the_interval_is_that_of_sen() -> None:
    # Neighbours are not alike and no two scores are the same: C = 1.645 * sqrt(10 * 9 * 25 / 18) = 18.4, of 45 pairs;
    # (45 - 18.4) / 2 = 13.3, so the 13th slope from either end bounds it.
    written = [5, 1, 8, 2, 9, 0, 7, 3, 10, 4]
    points = list(enumerate(written))
    slopes = sorted((y - x) / (b - a) * 7 for (a, x), (b, y) in combinations(points, 2))

    found = slope(points)

    assert autocorrelation(written) == 0
    assert found is not None
    assert found.interval == pytest.approx((slopes[12], slopes[-13]))


def test_neighbours_that_are_alike_widen_the_interval() -> None:
    apart, alike = [6, 2, 7, 3, 6, 1, 5, 2, 4, 0, 3, 1] * 2, sorted([6, 2, 7, 3, 6, 1, 5, 2, 4, 0, 3, 1] * 2)

    wide = slope(list(enumerate([*alike[::2], *alike[::-2]])))
    narrow = slope(list(enumerate(apart)))

    assert wide is not None
    assert narrow is not None
    assert wide.interval is not None
    assert narrow.interval is not None
    assert wide.interval[1] - wide.interval[0] > narrow.interval[1] - narrow.interval[0]


def test_a_step_without_any_noise_has_no_direction() -> None:
    # Half high, half low: neighbours are so alike that the days count as hardly more than two.
    scores = [5] * 14 + [1] * 14

    assert direction(scores) == 0


def test_too_few_days_have_no_interval() -> None:
    found = slope(list(enumerate([5, 4, 2])))

    assert found is not None
    assert found.interval is None


def test_where_most_scores_are_the_same_there_is_no_interval_of_no_width() -> None:
    found = slope([(day, day % 7 == 0) for day in range(28)])

    assert found is not None
    assert (found.per_week, found.interval) == (0.0, None)


@given(drawn, st.integers(-5, 5))
def test_a_constant_more_leaves_everything(points: list[Point], more: int) -> None:
    assert slope([(day, score + more) for day, score in points]) == slope(points)
    assert direction([score + more for _, score in points]) == direction([score for _, score in points])


@given(drawn)
def test_turned_round_in_time_it_is_negated(points: list[Point]) -> None:
    there = slope(points)
    back = slope([(-day, score) for day, score in reversed(points)])

    assert there is not None
    assert back is not None
    assert back.per_week == -there.per_week
    if there.interval is None:
        assert back.interval is None
    else:
        assert back.interval == (-there.interval[1], -there.interval[0])
    assert direction([score for _, score in reversed(points)]) == -direction([score for _, score in points])


@given(drawn)
def test_the_slope_lies_within_its_interval(points: list[Point]) -> None:
    found = slope(points)

    assert found is not None
    if found.interval is not None:
        assert found.interval[0] <= found.per_week <= found.interval[1]


@given(st.permutations(range(25)), st.integers(0, 24))
def test_scores_that_all_differ_have_a_direction_exactly_if_the_interval_leaves_out_0(
    mixed: list[int], kept: int
) -> None:
    row = [*sorted(mixed[:kept]), *mixed[kept:]]  # from quite mixed to all in order
    found = slope(list(enumerate(row)))

    assert found is not None
    assume(found.interval is not None)
    assert found.interval is not None
    low, high = found.interval
    assert direction(row) == (1 if low > 0 else -1 if high < 0 else 0)


@given(drawn)
def test_a_direction_agrees_with_the_interval_but_for_a_bound_of_0(points: list[Point]) -> None:
    found = slope(points)
    assert found is not None
    assume(found.interval is not None)
    assert found.interval is not None
    low, high = found.interval

    way = direction([score for _, score in points])

    assert way == 1 if low > 0 else way == -1 if high < 0 else True
    assert low >= 0 if way == 1 else high <= 0 if way == -1 else True


@pytest.mark.parametrize("phi", [0.0, 0.4])
def test_the_direction_is_that_of_the_mann_kendall_test(phi: float) -> None:
    made = series(Pain(4, 28, slope=-0.7, phi=phi), 1500, seed=8)

    found = [direction(list(log.values())) for log in logs(made)]

    z = corrected(made)
    assert 300 < found.count(-1) < 1200
    assert found == [0 if abs(one) <= 1.6448536269514722 else int(np.sign(one)) for one in z]


@pytest.mark.parametrize("row", [[0, 1, 2, 3, 4, 5], [0, 0, 1, 2, 3, 3], [2, 2, 2, 5, 5, 7]])
def test_the_variance_for_ties_is_that_of_all_orders(row: list[int]) -> None:
    orders = [sum(np.sign(b - a) for a, b in combinations(order, 2)) for order in permutations(row)]
    s = sum(np.sign(b - a) for a, b in combinations(row, 2))

    z = mann_kendall(np.array([row], float))[0]

    assert z == pytest.approx((s - 1) / np.std(orders))


def test_neighbours_over_a_gap_are_neighbours() -> None:
    assert autocorrelation([1, 1, 9, 9]) == pytest.approx(0.25)


@pytest.mark.parametrize("row", [[], [3], [3, 3, 3, 3], [1, 9, 1, 9]])
def test_no_likeness_is_below_0(row: list[int]) -> None:
    assert autocorrelation(row) == 0
