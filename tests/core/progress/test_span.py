"""Ranges of days."""

from datetime import date

import pytest

from coach.core.progress.span import Range, Span, span

UNTIL = date(2026, 11, 20)


@pytest.mark.parametrize("wanted,days", [(Range.FOUR_WEEKS, 28), (Range.TEN_WEEKS, 70), (Range.YEAR, 365)])
def test_a_range_ends_today_and_has_so_many_days(wanted: Range, days: int) -> None:
    found = span(wanted, UNTIL, date(2016, 1, 1))

    assert (found.until, found.days) == (UNTIL, days)
    assert len(found.each()) == days


def test_all_begins_with_the_first_day_of_the_log() -> None:
    assert span(Range.ALL, UNTIL, date(2016, 1, 1)) == Span(date(2016, 1, 1), UNTIL)


@pytest.mark.parametrize("first", [None, date(2027, 1, 1)])
def test_all_of_nothing_is_today(first: date | None) -> None:
    assert span(Range.ALL, UNTIL, first) == Span(UNTIL, UNTIL)
