"""Pain day by day: gaps stay gaps, and the mean is that of the last seven days."""

from datetime import date, timedelta

from coach.core.log import DayEntry
from coach.core.progress.pain import answered, pain_days
from coach.core.progress.span import Span
from tests.store import made

FIRST = date(2026, 11, 1)


def entry(
    n: int,
    morning: int | None,
    worst: int | None = None,
    *,
    night: bool | None = None,
    analgesic: bool | None = None,
) -> DayEntry:
    return DayEntry(f"d{n}", FIRST + timedelta(days=n), morning, worst, night, analgesic, made.at(FIRST))


def test_a_day_without_an_entry_is_a_gap_and_not_a_nought() -> None:
    days = pain_days([entry(0, 4), entry(2, 0, night=True, analgesic=True)], Span(FIRST, FIRST + timedelta(days=2)))

    assert [one.morning for one in days] == [4, None, 0]
    assert [one.night for one in days] == [None, None, True]
    assert [one.painkiller for one in days] == [None, None, True]


def test_the_days_before_the_span_count_for_its_first_mean() -> None:
    entries = [entry(n, 2) for n in range(7)]

    days = pain_days(entries, Span(FIRST + timedelta(days=6), FIRST + timedelta(days=6)))

    assert [one.mean for one in days] == [2.0]


def test_how_much_was_answered_counts_days_and_not_entries() -> None:
    entries = [entry(0, 1, worst=3), entry(1, None, worst=2), entry(3, 5)]

    one = answered(pain_days(entries, Span(FIRST, FIRST + timedelta(days=3))))

    assert (one.days, one.mornings, one.worsts) == (4, 2, 2)
    assert one.share == 0.5
    assert not one.enough


def test_seven_of_ten_are_enough() -> None:
    entries = [entry(n, 1) for n in range(7)]

    assert answered(pain_days(entries, Span(FIRST, FIRST + timedelta(days=9)))).enough
