"""Left beside right."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.clinical.self_tests import symmetry
from coach.core.progress.sides import Sided

DAY = date(2026, 11, 20)
AMOUNTS = st.floats(0, 1000)


def test_symmetry_is_the_weaker_side_over_the_stronger() -> None:
    assert symmetry(38.0, 47.0) == pytest.approx(0.8085, abs=1e-4)
    assert symmetry(47.0, 38.0) == symmetry(38.0, 47.0)


@pytest.mark.parametrize("left,right", [(None, 4.0), (4.0, None), (None, None), (0.0, 0.0)])
def test_there_is_no_symmetry_where_there_are_not_two_sides(left: float | None, right: float | None) -> None:
    assert symmetry(left, right) is None


@given(AMOUNTS, AMOUNTS)
def test_symmetry_is_a_share(left: float, right: float) -> None:
    index = symmetry(left, right)

    assert index is None or 0.0 <= index <= 1.0


def test_the_better_of_two_takes_the_best_of_each_side() -> None:
    one, other = Sided(DAY, left=8.0, right=12.0), Sided(DAY, left=10.0, right=9.0)

    assert one.better(other) == Sided(DAY, left=10.0, right=12.0)
    assert one.better(Sided(DAY)) == one
