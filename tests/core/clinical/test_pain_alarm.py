"""When a rise of the pain is told, and when it only holds progressions."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.clinical.pain_alarm import alarms, frozen, rise, rises, standing
from tests.core.clinical.mornings import ON, ago, mornings, scores, some_days

THREE_WEEKS = "2" * 21


def test_a_rise_is_the_last_week_less_the_three_before() -> None:
    assert rise(mornings("9" + THREE_WEEKS + "2345555"), ON) == pytest.approx(29 / 7 - 2)


@pytest.mark.parametrize(
    "written, risen",
    [
        (THREE_WEEKS + "..4.444", 2.0),
        (THREE_WEEKS + "..4.4.4", None),
        ("2" * 11 + "." * 10 + "4" * 7, 2.0),
        ("2" * 10 + "." * 11 + "4" * 7, None),
        ("", None),
    ],
)
def test_a_rise_takes_4_of_7_and_half_of_21(written: str, risen: float | None) -> None:
    assert rise(mornings(written), ON) == risen


@given(some_days, st.integers(0, 40), st.integers(0, 30))
def test_the_rises_of_a_range_are_those_of_its_days(values: dict[date, int], back: int, days: int) -> None:
    found = rises(values, ago(back + days), ago(back))

    assert [day for day, _ in found] == [ago(back + n) for n in range(days, -1, -1)]
    for day, risen in found:
        late = [values[one] for one in (ago(n, day) for n in range(7)) if one in values]
        early = [values[one] for one in (ago(n, day) for n in range(7, 28)) if one in values]
        if len(late) >= 4 and len(early) >= 11:
            assert risen == pytest.approx(sum(late) / len(late) - sum(early) / len(early))
        else:
            assert risen is None


# -- alarms -----------------------------------------------------------------------------------------------------------

# 7 days of 2, then 3 points more: after 4 days the week's mean is 12/7 higher, the day before 9/7.
STEP = THREE_WEEKS + "2222222" + "555555"


def test_an_alarm_comes_on_the_third_day_running() -> None:
    assert [day for day, risen in rises(mornings(STEP), ago(5), ON) if risen and risen >= 1.5] == [ago(2), ago(1), ON]
    assert alarms(mornings(STEP), ago(30), ON) == (ON,)


def test_two_days_are_no_alarm() -> None:
    assert alarms(mornings(STEP[:-1]), ago(30), ON) == ()


def test_a_day_of_which_too_little_is_known_breaks_the_row() -> None:
    values = mornings(THREE_WEEKS + ". 5...555 . 55")

    row = [risen is not None and risen >= 1.5 for _, risen in rises(values, ago(3), ON)]

    assert row == [True, False, True, True]
    assert alarms(values, ago(30), ON) == ()


@pytest.mark.parametrize("last, found", [("4", (ON,)), ("3", ())])
def test_a_rise_of_exactly_the_limit_counts(last: str, found: tuple[date, ...]) -> None:
    values = mornings(THREE_WEEKS + "... 343" + last + "..")  # 3.5 or 3.25 for three days, less 2

    assert alarms(values, ago(30), ON) == found


def test_for_14_days_there_is_no_other() -> None:
    steep = mornings(THREE_WEEKS + "2222222" + "555555" + "555" + "67777788999999999")

    found = alarms(steep, ago(40), ON)

    assert len(found) == 2
    assert found[1] - found[0] == timedelta(days=14)


def test_an_alarm_stands_for_14_days() -> None:
    values = mornings(STEP + "2" * 20, ON + timedelta(days=20))

    assert standing(values, ago(1)) is None
    assert standing(values, ON) == ON
    assert standing(values, ON + timedelta(days=13)) == ON
    assert standing(values, ON + timedelta(days=14)) is None


walks = st.lists(st.integers(-2, 3), min_size=60, max_size=150).map(
    lambda steps: {
        ago(len(steps) - at): min(10, max(0, 5 + sum(steps[max(0, at - 9) : at]) - 3)) for at in range(len(steps))
    }
)
"""Pain that drifts up and down, so that alarms come."""


@given(walks, st.integers(1, 100))
def test_where_the_range_begins_changes_no_alarm(values: dict[date, int], back: int) -> None:
    whole = alarms(values, ago(400), ON)

    assert alarms(values, ago(back), ON) == tuple(day for day in whole if day >= ago(back))


@given(walks)
def test_alarms_lie_14_days_apart(values: dict[date, int]) -> None:
    found = alarms(values, ago(400), ON)

    assert all(later - former >= timedelta(days=14) for former, later in pairwise(found))


@given(some_days, st.dictionaries(st.dates(ON + timedelta(days=1), ON + timedelta(days=40)), scores))
def test_later_values_never_matter(values: dict[date, int], later: dict[date, int]) -> None:
    both = values | later

    assert alarms(both, ago(60), ON) == alarms(values, ago(60), ON)
    assert (rise(both, ON), standing(both, ON), frozen(both, ON)) == (
        rise(values, ON),
        standing(values, ON),
        frozen(values, ON),
    )


@given(some_days)
def test_the_order_of_the_values_does_not_matter(values: dict[date, int]) -> None:
    turned = dict(reversed(values.items()))

    assert rises(turned, ago(30), ON) == rises(values, ago(30), ON)


# -- the freeze -------------------------------------------------------------------------------------------------------

MONDAY = date(2026, 11, 16)
SUNDAY = date(2026, 11, 15)


def test_a_point_at_the_weekly_check_holds_progressions_until_the_next() -> None:
    values = mornings(THREE_WEEKS + "3333333" + "2222222", SUNDAY + timedelta(days=7))

    week = [frozen(values, MONDAY + timedelta(days=n)) for n in range(-1, 8)]

    assert week == [False, *[True] * 7, False]


def test_what_is_entered_during_the_week_changes_nothing_before_the_next_check() -> None:
    values = mornings(THREE_WEEKS + "3333333" + "9999999", SUNDAY + timedelta(days=7))
    calm = mornings(THREE_WEEKS + "2333333", SUNDAY)

    assert frozen(values, ON)
    assert not frozen(calm | {MONDAY: 9, ON: 9}, ON)


def test_less_than_a_point_or_too_little_freezes_nothing() -> None:
    assert not frozen(mornings(THREE_WEEKS + "3332333", SUNDAY), ON)
    assert not frozen(mornings(THREE_WEEKS + "9..9..9", SUNDAY), ON)
    assert not frozen({}, ON)
