"""The pain trend: the 7-day mean, and what may be said about a change (clinical reference, section 8 [ours]).

All of it takes one score a day (NPRS 0-10), by day, of one context: the morning's pain is never pooled with what was
felt during an exercise (section 8.4). A day without a score stays without one. No answer about a day looks at a later
one; the caller gives the days of the range and, for the 7-day mean and for a change, the 6 before it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from coach.core.clinical.slope import Point, Slope, direction, slope

Values = Mapping[date, int]

# Section 8.3.1: the 7-day trailing mean needs at least 4 of 7.
MEAN_DAYS, MEAN_LEAST = 7, 4
# Section 8.3.2: the slope is that of the last 28 days.
WINDOW_DAYS = 28
# Section 8.2.2 and 8.3.3: no sentence about a trend before 21 days and 14 values.
LEAST_DAYS, LEAST_VALUES = 21, 14
# Section 8.4: who reports on bad days only reports less often; at least 70 % of the days.
COMPLETE_PCT = 70
# Section 8.3.3: "improving" and "worsening" take a point between the first and the last 7-day mean ...
CHANGE_POINTS = 1.0
# ... and a clinically meaningful change takes 2 points or 30 % of the first.
MEANINGFUL_POINTS, MEANINGFUL_SHARE = 2.0, 0.30
# Means are fractions with denominators up to 21; they differ by far more than this, or not at all.
ROUNDING = 1e-9


# Section 8.4, "multiple looks": a change has to be found on each day of a week. This project's own choice: with one
# look alone, somebody who looks daily is told of a change in most six-week periods without any
# (tests/benchmarks/trend.py); with this, less often than section 8.2.4 puts up with for the alarm.
HELD_DAYS = 7
PLAIN_POINTS = 3.0
"""This project's own choice too: a change of so much is told at once. By chance it comes about so seldom that somebody
who looks daily is told of a change hardly more often for it, and a steady fall is told as soon as it is one."""


class Verdict(StrEnum):
    """What may be said about a change."""

    TOO_LITTLE = "too_little"
    """Less than 21 days or 14 values."""
    INCOMPLETE = "incomplete"
    """Too many days are missing, among all or in the first or the last week."""
    NO_CLEAR_CHANGE = "no_clear_change"
    IMPROVING = "improving"
    WORSENING = "worsening"


_CHANGED = {Verdict.IMPROVING, Verdict.WORSENING}


@dataclass(frozen=True, slots=True)
class Change:
    """From the first 7 days of a range to its last 7, and what may be said about it."""

    began: date | None
    """The first day of the range that has a value; None if none has."""
    until: date
    days: int
    """From that day to the end of the range, both included."""
    span: int
    """From that day to the last one that has a value, both included."""
    values: int
    mean_first_7: float | None
    mean_last_7: float | None
    verdict: Verdict
    meaningful: bool
    """Whether an improvement or a worsening is a clinically meaningful one."""

    @property
    def points(self) -> float | None:
        """How much the last mean lies above the first."""
        if self.mean_first_7 is None or self.mean_last_7 is None:
            return None
        return self.mean_last_7 - self.mean_first_7

    @property
    def completeness(self) -> float | None:
        """The share of the days that have a value."""
        return self.values / self.days if self.days else None


@dataclass(frozen=True, slots=True)
class Trend:
    """The last 28 days up to a day."""

    change: Change
    slope: Slope | None
    """None while it is too little to speak of a trend."""
    share_to_2: float | None
    share_to_1: float | None
    """Of the values: those days that were so good without a painkiller. One with it is among the days and never counts
    as free of symptoms (section 0.3). At the floor of the scale a mean cannot fall: this can still rise."""
    worst_last_7: int | None
    days_above_5: int


def trend(values: Values, on: date, masked: Collection[date] = frozenset()) -> Trend:
    """The trend as of a day; `masked` are the days whose morning came after a painkiller."""
    since = on - timedelta(days=WINDOW_DAYS - 1)
    series = recorded(values, since, on)
    change = change_over(values, since, on)
    scores = [score for _, score in series]
    last = [score for day, score in series if day > on.toordinal() - MEAN_DAYS]
    unmasked = [score for day, score in series if date.fromordinal(day) not in masked]
    return Trend(
        change,
        None if change.verdict is Verdict.TOO_LITTLE else slope(series),
        # Sections 8.3.5 and 8.4: also the share of days up to 2 and of days 0-1, the worst of the week, days above 5.
        share_to_2=_share(unmasked, 2, len(scores)),
        share_to_1=_share(unmasked, 1, len(scores)),
        worst_last_7=max(last, default=None),
        days_above_5=sum(score > 5 for score in scores),
    )


def change_over(values: Values, since: date, until: date) -> Change:
    """The change over a range of days of any length, both ends included.

    It begins with the first day in it that has a value: what was before a log began is not missing. An improvement or
    a worsening of less than `PLAIN_POINTS` is one only if the same range, moved back by 1 to 6 days, shows it as well,
    wherever it holds enough.
    """
    change = _look(values, since, until)
    for back in range(1, HELD_DAYS):
        if change.verdict not in _CHANGED or abs(change.points or 0.0) >= PLAIN_POINTS - ROUNDING:
            break
        away = timedelta(days=back)
        before = _look(values, since - away, until - away).verdict
        if before in _CHANGED | {Verdict.NO_CLEAR_CHANGE} and before is not change.verdict:
            change = replace(change, verdict=Verdict.NO_CLEAR_CHANGE, meaningful=False)
    return change


def _look(values: Values, since: date, until: date) -> Change:
    """What one look at a range finds."""
    series = recorded(values, since, until)
    if not series:
        return Change(None, until, 0, 0, 0, None, None, Verdict.TOO_LITTLE, meaningful=False)
    began = series[0][0]
    first, last = ends(series, until)
    verdict = _verdict(series, until, first, last)
    return Change(
        date.fromordinal(began),
        until,
        until.toordinal() - began + 1,
        series[-1][0] - began + 1,
        len(series),
        first,
        last,
        verdict,
        meaningful=verdict in _CHANGED and first is not None and last is not None and _meaningful(first, last),
    )


def ends(series: Sequence[Point], until: date) -> tuple[float | None, float | None]:
    """The means that a change compares: of the 7 days from the first one with a value, and of the last 7 days."""
    if not series:
        return None, None
    first = [score for day, score in series[:MEAN_DAYS] if day < series[0][0] + MEAN_DAYS]
    last = [score for day, score in series[-MEAN_DAYS:] if day > until.toordinal() - MEAN_DAYS]
    return _mean(first), _mean(last)


def means(values: Values, since: date, until: date) -> tuple[tuple[date, float | None], ...]:
    """The 7-day trailing mean of every day of a range, both ends included; None where less than 4 of 7 are known."""
    found: list[tuple[date, float | None]] = []
    total = known = 0
    for at in range(since.toordinal() - MEAN_DAYS + 1, until.toordinal() + 1):
        day = date.fromordinal(at)
        came = values.get(day)
        if came is not None:
            total, known = total + came, known + 1
        if day < since:
            continue
        found.append((day, total / known if known >= MEAN_LEAST else None))
        goes = values.get(date.fromordinal(at - MEAN_DAYS + 1))
        if goes is not None:
            total, known = total - goes, known - 1
    return tuple(found)


def recorded(values: Values, since: date, until: date) -> tuple[Point, ...]:
    """The days of a range that have a value, in order, as (ordinal, value)."""
    days = range(since.toordinal(), until.toordinal() + 1)
    return tuple((at, value) for at in days if (value := values.get(date.fromordinal(at))) is not None)


def _verdict(series: Sequence[Point], until: date, first: float | None, last: float | None) -> Verdict:
    began = series[0][0]
    if series[-1][0] - began + 1 < LEAST_DAYS or len(series) < LEAST_VALUES:
        return Verdict.TOO_LITTLE
    complete = len(series) * 100 >= (until.toordinal() - began + 1) * COMPLETE_PCT
    if first is None or last is None or not complete:
        return Verdict.INCOMPLETE
    way = direction([score for _, score in series])
    if way * (last - first) < CHANGE_POINTS - ROUNDING:  # also where the means and the slope disagree
        return Verdict.NO_CLEAR_CHANGE
    return Verdict.IMPROVING if way < 0 else Verdict.WORSENING


def _meaningful(first: float, last: float) -> bool:
    points = abs(last - first) + ROUNDING
    return points >= MEANINGFUL_POINTS or points >= first * MEANINGFUL_SHARE > 0  # of nothing there is no share


def _mean(scores: Sequence[int]) -> float | None:
    return sum(scores) / len(scores) if len(scores) >= MEAN_LEAST else None


def _share(scores: Sequence[int], up_to: int, of: int) -> float | None:
    return sum(score <= up_to for score in scores) / of if of else None
