"""Pain day by day, with its trailing mean; and how complete the answers are."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from coach.core.clinical.trend import COMPLETE_PCT, means
from coach.core.clinical.trend import ends as trend_ends
from coach.core.log import DayEntry
from coach.core.progress.span import Span

ENOUGH_ANSWERED: Final = COMPLETE_PCT / 100


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


def pain_days(entries: Iterable[DayEntry], span: Span) -> tuple[PainDay, ...]:
    """Every day of the span, also those without an entry. Entries of the six days before it count for the means."""
    by_day = {entry.day: entry for entry in entries}
    mornings = {day: entry.morning for day, entry in by_day.items() if entry.morning is not None}
    means_ = means(mornings, span.since, span.until)
    return tuple(_pain_day(day, by_day.get(day), mean) for day, mean in means_)


def ends(days: Sequence[PainDay]) -> tuple[float | None, float | None]:
    """The mean mornings of the first and of the last week of these days: those that the trend compares."""
    mornings = tuple((one.day.toordinal(), one.morning) for one in days if one.morning is not None)
    return trend_ends(mornings, days[-1].day) if days else (None, None)


def answered(days: Sequence[PainDay]) -> Answered:
    """How complete these days are."""
    return Answered(len(days), sum(one.morning is not None for one in days), sum(one.worst is not None for one in days))


def _pain_day(day: date, entry: DayEntry | None, mean: float | None) -> PainDay:
    if entry is None:
        return PainDay(day, mean=mean)
    return PainDay(day, entry.morning, entry.worst, entry.night, entry.analgesic, mean)
