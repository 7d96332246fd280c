"""Pain day by day, with its trailing mean; and how complete the answers are."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from coach.core.log import DayEntry
from coach.core.progress.span import Span

# Clinical reference, section 8.3, 1: "7-day trailing mean (needs >=4 of 7)"; a gap is shown as a gap.
MEAN_OF_DAYS: Final = 7
MEAN_NEEDS: Final = 4
ENOUGH_ANSWERED: Final = 0.7
"""Clinical reference, section 8.4: "Reporting only on bad days (show completeness, require >=70%)"."""


class PainDay(Struct, frozen=True):
    """One day: pain on the first steps and at its worst (NPRS 0-10, None is no answer), and its marks."""

    day: date
    morning: int | None = None
    worst: int | None = None
    night: bool | None = None
    """The hip woke the person; None is no answer."""
    painkiller: bool | None = None
    mean: float | None = None
    """Of the mornings of the seven days that end with this one."""


class Answered(Struct, frozen=True):
    """Of how many days there is an answer."""

    days: int
    mornings: int
    worsts: int

    @property
    def share(self) -> float:
        """The share of mornings with an answer, 0 to 1."""
        return self.mornings / self.days if self.days else 0.0

    @property
    def enough(self) -> bool:
        """Whether so much was answered that a trend can be told from it."""
        return self.share >= ENOUGH_ANSWERED


def trailing_means(
    values: Sequence[int | None], *, of: int = MEAN_OF_DAYS, needs: int = MEAN_NEEDS
) -> list[float | None]:
    """For each day the mean of the last days up to it; None where too few of them have a value. In linear time."""
    means: list[float | None] = []
    total = there = 0
    for place, value in enumerate(values):
        if value is not None:
            total, there = total + value, there + 1
        gone = values[place - of] if place >= of else None
        if gone is not None:
            total, there = total - gone, there - 1
        means.append(total / there if there >= needs else None)
    return means


def pain_days(entries: Iterable[DayEntry], span: Span) -> tuple[PainDay, ...]:
    """Every day of the span, also those without an entry. Entries of the six days before it count for the means."""
    by_day = {entry.day: entry for entry in entries}
    lead = Span(span.since - timedelta(days=MEAN_OF_DAYS - 1), span.until)
    days = lead.each()
    found = [by_day.get(day) for day in days]
    means = trailing_means([entry.morning if entry else None for entry in found])
    return tuple(_pain_day(*one) for one in zip(days, found, means, strict=True))[MEAN_OF_DAYS - 1 :]


def answered(days: Sequence[PainDay]) -> Answered:
    """How complete these days are."""
    return Answered(len(days), sum(one.morning is not None for one in days), sum(one.worst is not None for one in days))


def _pain_day(day: date, entry: DayEntry | None, mean: float | None) -> PainDay:
    if entry is None:
        return PainDay(day, mean=mean)
    return PainDay(day, entry.morning, entry.worst, entry.night, entry.analgesic, mean)
