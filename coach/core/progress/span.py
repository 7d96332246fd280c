"""The stretch of days that Progress shows."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct


class Range(StrEnum):
    """How far back one looks."""

    FOUR_WEEKS = "4w"
    TEN_WEEKS = "10w"
    YEAR = "1y"
    ALL = "all"


DAYS: Final = {Range.FOUR_WEEKS: 28, Range.TEN_WEEKS: 70, Range.YEAR: 365}


class Span(Struct, frozen=True):
    """From one day to another, both included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days + 1

    def each(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(self.since + timedelta(days=n) for n in range(self.days))


def span(wanted: Range, until: date, first: date | None) -> Span:
    """The days of a range that ends on `until`; all there is begins on `first`, the first day of the log."""
    if wanted is not Range.ALL:
        return Span(until - timedelta(days=DAYS[wanted] - 1), until)
    return Span(min(first or until, until), until)
