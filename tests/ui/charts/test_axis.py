"""The arithmetic of axes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.ui.charts.axis import Window, clamped, day_ticks, round_top, zoomed

SINCE = date(2026, 9, 14)
NUMBERS = st.floats(-1e4, 1e4)


@given(NUMBERS, st.floats(0, 500), st.floats(10, 400))
def test_a_window_never_leaves_its_bounds_and_never_gets_too_small(low: float, size: float, most: float) -> None:
    found = clamped(Window(low, low + size), Window(0.0, most), 7.0)

    assert found.low >= -1e-6
    assert found.high <= most + 1e-6
    assert found.high - found.low >= 7.0 - 1e-6


@given(st.floats(0, 100), st.floats(0.1, 10))
def test_what_is_under_the_pointer_stays_there(anchor: float, factor: float) -> None:
    found = zoomed(Window(0.0, 100.0), anchor, factor)

    assert abs((anchor - found.low) - (anchor - 0.0) * factor) < 1e-6
    assert abs((found.high - found.low) - 100.0 * factor) < 1e-6


@given(st.integers(0, 4000), st.floats(150, 1500))
def test_named_days_lie_in_the_span_in_order_and_have_room(days: int, width: float) -> None:
    until = SINCE + timedelta(days=days)

    ticks = day_ticks(SINCE, until, width)

    assert [tick.day for tick in ticks] == sorted({tick.day for tick in ticks})
    assert all(SINCE <= tick.day <= until for tick in ticks)
    assert len(ticks) <= max(2, width // 92 + 1)


def test_weeks_name_their_first_and_last_day() -> None:
    ticks = day_ticks(SINCE, date(2026, 11, 22), 840)

    assert (ticks[0].text, ticks[-1].text) == ("14 Sep", "22 Nov")


def test_years_name_months_and_many_years_name_years() -> None:
    assert day_ticks(SINCE, SINCE + timedelta(days=364), 900)[0].text == "Nov 2026"
    assert day_ticks(SINCE, SINCE + timedelta(days=3650), 1000)[0].text == "2027"


@given(st.floats(0.01, 1e6))
def test_the_top_of_an_axis_is_not_below_its_values(value: float) -> None:
    assert round_top(value) >= value
    assert value < 1 or round_top(value) <= 2 * value
