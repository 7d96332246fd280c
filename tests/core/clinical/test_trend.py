"""The 7-day mean, and when a change may be put into words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.clinical.slope import direction
from coach.core.clinical.trend import Verdict, change_over, means, trend
from tests.core.clinical.mornings import ON, ago, mornings, scores, some_days

FALLING = "6656565 5454445 4333432 2322112"
RISING = FALLING[::-1]
FLAT = "4354343 5344354 3454343 4535443"


def verdict(written: str) -> Verdict:
    return trend(mornings(written), ON).change.verdict


# -- the mean ---------------------------------------------------------------------------------------------------------


def test_the_mean_is_that_of_the_last_7_days() -> None:
    ((day, mean),) = means(mornings("9 1234567"), ON, ON)

    assert (day, mean) == (ON, 4.0)


@pytest.mark.parametrize("written, mean", [("1..2.3.", None), ("1..2.34", 2.5), ("...9876", 7.5), ("", None)])
def test_a_mean_takes_4_of_7(written: str, mean: float | None) -> None:
    assert means(mornings(written), ON, ON)[0][1] == mean


def test_a_gap_stays_a_gap() -> None:
    found = [mean for _, mean in means(mornings("4444444 ....... 2222222"), ago(13), ON)]

    assert found == [4.0, 4.0, 4.0, None, None, None, None, None, None, None, 2.0, 2.0, 2.0, 2.0]


@given(some_days, st.integers(0, 60), st.integers(0, 30))
def test_every_day_of_a_range_has_the_mean_of_what_is_recorded(values: dict[date, int], back: int, days: int) -> None:
    since = ago(back + days)

    found = means(values, since, ago(back))

    assert [day for day, _ in found] == [since + timedelta(days=n) for n in range(days + 1)]
    for day, mean in found:
        week = [values[one] for one in (ago(n, day) for n in range(7)) if one in values]
        assert mean == (sum(week) / len(week) if len(week) >= 4 else None)


# -- the verdict ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written, said",
    [
        (FALLING, Verdict.IMPROVING),
        (RISING, Verdict.WORSENING),
        (FLAT, Verdict.NO_CLEAR_CHANGE),
        ("", Verdict.TOO_LITTLE),
        ("0" * 28, Verdict.NO_CLEAR_CHANGE),
    ],
)
def test_what_is_said(written: str, said: Verdict) -> None:
    assert verdict(written) is said


@pytest.mark.parametrize(
    "written, said",
    [
        ("77665554443332222111", Verdict.TOO_LITTLE),
        ("877665554443332222111", Verdict.IMPROVING),
        # 21 days, and 14 values or less
        ("87.6.5.54.4.3.22.2.11", Verdict.TOO_LITTLE),
        ("87.6.5.54.4.3.22.2111", Verdict.INCOMPLETE),
        # The last value is on the 20th day.
        ("87766555444333222211.", Verdict.TOO_LITTLE),
    ],
)
def test_nothing_is_said_before_21_days_and_14_values(written: str, said: Verdict) -> None:
    assert verdict(written) is said


@pytest.mark.parametrize(
    "written, said",
    [
        # 20 and 19 of 28 days
        ("9957.87 6.6.4.6 5.3.4.4 4.32322", Verdict.IMPROVING),
        ("9957.87 6.6.4.6 5.3.4.4 4.32.22", Verdict.INCOMPLETE),
        # 4 and 3 of the first 7 days, of the last 7 days
        ("9.5.7.7 6665456 5533454 4332322", Verdict.IMPROVING),
        ("9.5.7.. 6665456 5533454 4332322", Verdict.INCOMPLETE),
        ("9957787 6665456 5533454 4.3.3.2", Verdict.IMPROVING),
        ("9957787 6665456 5533454 4.3...2", Verdict.INCOMPLETE),
    ],
)
def test_too_many_missing_days_are_no_ground_for_a_word(written: str, said: Verdict) -> None:
    assert verdict(written) is said


# These are of 21 days: the days before are too early for a word, so one look decides.


@pytest.mark.parametrize(
    "written, said",
    [
        ("4544432 5354333 4232332", Verdict.IMPROVING),  # 26/7 to 19/7
        ("4434443 4444343 4233332", Verdict.NO_CLEAR_CHANGE),  # 26/7 to 20/7, though it falls as surely
        ("4.34444 4344433 3242333", Verdict.NO_CLEAR_CHANGE),  # 23/6 to 20/7: 0.98
        ("4444444 4444444 3333333", Verdict.NO_CLEAR_CHANGE),  # a point, but nothing that noise could not do
    ],
)
def test_a_change_takes_a_point(written: str, said: Verdict) -> None:
    assert verdict(written) is said


@pytest.mark.parametrize(
    "written, meaningful",
    [
        ("5544444 4333434 4443321", True),  # 30/7 less 9/7: 30 %
        ("5444554 4343433 4333333", False),  # 31/7 less 9/7: 29 %
        ("6555655 4434344 4433444", False),  # 37/7 less 11/7: 29.7 %
        ("9989889 8979778 7877665", True),  # 60/7 less 14/7: 2 points, 23 %
        ("9898989 9897988 7776677", False),  # 60/7 less 13/7
        ("9.99998 6887887 8767767", False),  # 53/6 to 48/7: 1.98
    ],
)
def test_a_meaningful_change_is_one_of_2_points_or_30_percent(written: str, meaningful: bool) -> None:
    change = trend(mornings(written), ON).change

    assert change.verdict is Verdict.IMPROVING
    assert change.meaningful is meaningful


def test_a_change_has_to_be_found_on_each_day_of_a_week() -> None:
    values = mornings("6565656565656565656565656565 6656565 5454445 4333432 2322112")

    said = [trend(values, ago(back)).change.verdict for back in range(17, 8, -1)]

    # The first look that finds it is that of the 15th day before; the seventh one may tell.
    assert said == [Verdict.NO_CLEAR_CHANGE] * 8 + [Verdict.IMPROVING]


def test_days_too_early_for_a_word_do_not_speak_against_it() -> None:
    row = FALLING.replace(" ", "")[:21]

    assert verdict(row) is Verdict.IMPROVING


def test_of_a_week_without_pain_there_is_no_share() -> None:
    change = trend(mornings("0000000 1010101 1212121"), ON).change

    assert (change.mean_first_7, change.mean_last_7) == (0.0, 10 / 7)
    assert (change.verdict, change.meaningful) == (Verdict.WORSENING, False)


def test_what_is_no_change_is_no_meaningful_one() -> None:
    change = trend(mornings("1111111 1111111 9999999 9999999"), ON).change

    assert change.points == 8
    assert (change.verdict, change.meaningful) == (Verdict.NO_CLEAR_CHANGE, False)


# -- its numbers ------------------------------------------------------------------------------------------------------


def test_the_numbers_of_a_trend() -> None:
    found = trend(mornings("9 66.6565 5454445 4333434 2022112"), ON)

    assert found.change.began == ago(27)
    assert (found.change.days, found.change.span, found.change.values) == (28, 28, 27)
    assert found.change.completeness == pytest.approx(27 / 28)
    assert found.change.mean_first_7 == pytest.approx(34 / 6)
    assert found.change.mean_last_7 == pytest.approx(10 / 7)
    assert found.change.points == pytest.approx(10 / 7 - 34 / 6)
    assert found.share_to_2 == pytest.approx(7 / 27)
    assert found.share_to_1 == pytest.approx(3 / 27)
    assert found.worst_last_7 == 2
    assert found.days_above_5 == 4
    assert found.slope is not None
    assert found.slope.per_week == pytest.approx(-14 / 11)


def test_a_low_morning_after_a_painkiller_is_a_day_and_none_of_the_good_ones() -> None:
    values = mornings("0000000 1111111 2222222 3333333")

    found = trend(values, ON, masked={ago(27), ago(20), ago(13), ago(6), ago(40)})

    assert found.share_to_2 == pytest.approx(18 / 28)
    assert found.share_to_1 == pytest.approx(12 / 28)
    assert found.change == trend(values, ON).change


def test_without_a_value_nothing_is_known() -> None:
    found = trend({}, ON)

    assert (found.change.began, found.change.points, found.change.completeness) == (None, None, None)
    assert (found.slope, found.share_to_2, found.share_to_1, found.worst_last_7) == (None, None, None, None)


def test_too_little_has_no_slope() -> None:
    assert trend(mornings("8765432"), ON).slope is None


def test_a_log_that_began_within_the_range_is_complete_from_its_beginning() -> None:
    change = change_over(mornings(FALLING), ago(364), ON)

    assert (change.began, change.days, change.completeness) == (ago(27), 28, 1.0)


def test_so_is_one_that_began_three_weeks_ago() -> None:
    change = trend(mornings("87.6655 5444333 2222111 .."), ON).change

    assert (change.began, change.days, change.span, change.values) == (ago(22), 23, 21, 20)


def test_where_the_means_rise_and_the_days_fall_nothing_is_clear() -> None:
    # A week at 4, then a fall from 9 to 5.
    written = "4444444" + "9898998" * 2 + "8787878" * 2 + "7676767" * 2 + "6565656" * 4

    change = change_over(mornings(written), ago(100), ON)

    assert (change.points or 0) > 1
    row = [int(one) for one in written]
    assert [direction(row[: len(row) - back]) for back in range(7)] == [-1] * 7
    assert change.verdict is Verdict.NO_CLEAR_CHANGE


def test_a_range_of_years_takes_its_first_and_its_last_week() -> None:
    change = change_over(mornings("7" * 7 + "65456" * 60 + "3432" * 60 + "1" * 7), ago(553), ON)

    assert (change.mean_first_7, change.mean_last_7) == (7.0, 1.0)
    assert (change.verdict, change.meaningful) == (Verdict.IMPROVING, True)


@given(some_days, st.dictionaries(st.dates(ON + timedelta(days=1), ON + timedelta(days=40)), scores))
def test_later_values_never_matter(values: dict[date, int], later: dict[date, int]) -> None:
    assert trend(values | later, ON) == trend(values, ON)
    assert means(values | later, ago(40), ON) == means(values, ago(40), ON)


@given(some_days, st.dictionaries(st.dates(ago(400), ago(34)), scores))
def test_what_lies_before_the_last_five_weeks_does_not_matter(
    values: dict[date, int], earlier: dict[date, int]
) -> None:
    recent = {day: score for day, score in values.items() if day > ago(34)}

    assert trend(recent | earlier, ON) == trend(recent, ON)


@given(some_days, st.randoms(use_true_random=False))
def test_the_order_of_the_values_does_not_matter(values: dict[date, int], chance: st.DrawFn) -> None:
    shuffled = list(values.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random

    assert trend(dict(shuffled), ON) == trend(values, ON)


@given(some_days, st.integers(1, 5))
def test_a_constant_more_changes_no_slope_and_no_verdict(values: dict[date, int], more: int) -> None:
    there, higher = trend(values, ON), trend({day: score + more for day, score in values.items()}, ON)

    assert higher.slope == there.slope
    assert higher.change.verdict is there.change.verdict


@pytest.mark.parametrize(
    ("first", "last", "days"), [(6, 2, 28), (8, 1, 28), (5, 1, 28), (9, 1, 35), (8, 2, 21), (1, 8, 28)]
)
def test_a_steady_change_of_three_points_is_told_at_once_however_short_the_log(
    first: int, last: int, days: int
) -> None:
    values = {ago(days - 1 - n): round(first + (last - first) * n / (days - 1)) for n in range(days)}

    found = trend(values, ON).change

    assert found.verdict is (Verdict.IMPROVING if last < first else Verdict.WORSENING)
    assert found.meaningful
