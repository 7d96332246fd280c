"""Self-tests against their thresholds; walks and runs, gathered by day, week or month."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from coach.core.clinical.self_tests import symmetry
from coach.core.log import Outing, OutingKind, TestResult
from coach.core.progress.sides import Sided, Unit
from coach.core.progress.span import Span


class MeasuredProgress(Struct, frozen=True):
    """A self-test: its results by day, and what its threshold is."""

    name: str
    unit: Unit
    goal: float | None
    days: tuple[Sided, ...]

    @property
    def symmetry(self) -> float | None:
        """Weaker over stronger side, of the newest result."""
        return symmetry(self.days[-1].left, self.days[-1].right)


class Bin(StrEnum):
    """Over how many days walks and runs are gathered into one bar."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class OutingBar(Struct, frozen=True):
    """Walks and runs from one day to another: how many, minutes, the highest pain (NPRS 0-10; None: none at all)."""

    first: date
    last: date
    walks: int = 0
    walk_min: float = 0.0
    runs: int = 0
    run_min: float = 0.0
    peak: int | None = None


_DAYS_AS_BARS: Final = 75
_WEEKS_AS_BARS: Final = 380


def measured(
    results: Iterable[TestResult], units: Mapping[str, Unit], goals: Mapping[str, float]
) -> tuple[MeasuredProgress, ...]:
    """The self-tests that were done, in the order of `units`; of two results of a day the later one counts."""
    found: dict[str, dict[date, Sided]] = {}
    for result in results:
        one = Sided(result.day, result.left, result.right, result.value)
        found.setdefault(result.name, {})[result.day] = one
    return tuple(
        MeasuredProgress(name, unit, goals.get(name), tuple(found[name][day] for day in sorted(found[name])))
        for name, unit in units.items()
        if name in found
    )


def bin_of(span: Span) -> Bin:
    """How walks and runs are gathered, so that the bars of a span can be told apart."""
    if span.days <= _DAYS_AS_BARS:
        return Bin.DAY
    return Bin.WEEK if span.days <= _WEEKS_AS_BARS else Bin.MONTH


def outing_bars(outings: Iterable[Outing], span: Span, first_weekday: int = 0) -> tuple[OutingBar, ...]:
    """Every bar of the span, also those of days without a walk or a run."""
    kind = bin_of(span)
    bars: dict[date, OutingBar] = {}
    day = _start(span.since, kind, first_weekday)
    while day <= span.until:
        after = _after(day, kind)
        bars[day] = OutingBar(max(day, span.since), min(after - timedelta(days=1), span.until))
        day = after
    for outing in outings:
        at = _start(outing.day, kind, first_weekday)
        bars[at] = _added(bars[at], outing)
    return tuple(bars.values())


def _added(bar: OutingBar, outing: Outing) -> OutingBar:
    told = [pain for pain in (outing.pain, outing.pain_after, bar.peak) if pain is not None]
    peak = max(told, default=None)
    if outing.kind is OutingKind.WALK:
        return OutingBar(bar.first, bar.last, bar.walks + 1, bar.walk_min + outing.minutes, bar.runs, bar.run_min, peak)
    return OutingBar(bar.first, bar.last, bar.walks, bar.walk_min, bar.runs + 1, bar.run_min + outing.minutes, peak)


def _start(day: date, kind: Bin, first_weekday: int) -> date:
    match kind:
        case Bin.DAY:
            return day
        case Bin.WEEK:
            return day - timedelta(days=(day.weekday() - first_weekday) % 7)
        case Bin.MONTH:
            return day.replace(day=1)


def _after(day: date, kind: Bin) -> date:
    match kind:
        case Bin.DAY:
            return day + timedelta(days=1)
        case Bin.WEEK:
            return day + timedelta(days=7)
        case Bin.MONTH:
            return (day + timedelta(days=31)).replace(day=1)
