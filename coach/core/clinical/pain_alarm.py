"""When a rise of the pain is to be told, and when it only keeps the plan from going on (clinical reference, section 8).

The values are those of `coach.core.clinical.trend`: one score a day, NPRS 0-10, of one context, and no answer about a
day looks at a later one.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from coach.core.clinical.trend import MEAN_DAYS, MEAN_LEAST, ROUNDING, Values

# Section 8.2.4: the last 7 days (at least 4 values) less the 21 days before (at least half present).
BEFORE_DAYS, BEFORE_LEAST = 21, 11
# Sections 1.2.3 and 8.2.4: 1.5 points on 3 consecutive days are an alarm; section 8.3.4: 14 days until the next.
ALARM_POINTS, ALARM_DAYS, REFRACTORY_DAYS = 1.5, 3, 14
# Section 1.2.3: 1.0 point, checked weekly, freezes progressions without a word.
FREEZE_POINTS = 1.0
# False alarms in six flat weeks, as measured by tests/benchmarks/trend.py; section 8.2.4 has 16 %.
FALSE_ALARMS_PCT = 15


def rise(values: Values, on: date) -> float | None:
    """How much the mean of the 7 days up to a day lies above that of the 21 days before them, if enough are known."""
    return rises(values, on, on)[0][1]


def rises(values: Values, since: date, until: date) -> tuple[tuple[date, float | None], ...]:
    """`rise` for every day of a range, both ends included, in a time that grows with the range only."""
    first = since.toordinal() - MEAN_DAYS - BEFORE_DAYS + 1
    scores = [values.get(date.fromordinal(at)) for at in range(first, until.toordinal() + 1)]
    totals = list(accumulate((score or 0 for score in scores), initial=0))
    known = list(accumulate((score is not None for score in scores), initial=0))
    found: list[tuple[date, float | None]] = []
    for at in range(since.toordinal(), until.toordinal() + 1):
        end = at - first + 1
        week, begin = end - MEAN_DAYS, end - MEAN_DAYS - BEFORE_DAYS
        late, early = known[end] - known[week], known[week] - known[begin]
        if late >= MEAN_LEAST and early >= BEFORE_LEAST:
            risen = (totals[end] - totals[week]) / late - (totals[week] - totals[begin]) / early
        else:
            risen = None
        found.append((date.fromordinal(at), risen))
    return tuple(found)


def alarms(values: Values, since: date, until: date) -> tuple[date, ...]:
    """The days of a range, both ends included, on which an alarm comes up; looked at once a day.

    Whether one comes up also depends on the one before it, and so on: this goes back from `since` until a stretch of
    14 days gives no cause, so the answer does not depend on where the range begins.
    """
    found: list[date] = []
    quiet_until = date.min
    for day in _causes(values, _quiet_before(values, since), until):
        if day >= quiet_until:
            found.append(day)
            quiet_until = day + timedelta(days=REFRACTORY_DAYS)
    return tuple(day for day in found if day >= since)


def standing(values: Values, on: date) -> date | None:
    """The day of the alarm that stands: it came up on this day or within the 14 days that end with it."""
    found = alarms(values, on - timedelta(days=REFRACTORY_DAYS - 1), on)
    return found[-1] if found else None


def frozen(values: Values, on: date) -> bool:
    """Whether progressions wait, silently: the last weekly check found a rise of a point.

    Checked on Mondays, over the days up to the Sunday before, and in force until the next Monday: so the answer is
    the same all week, whatever is entered meanwhile. A check without enough values finds nothing.
    """
    sunday = on - timedelta(days=on.weekday() + 1)
    found = rise(values, sunday)
    return found is not None and found >= FREEZE_POINTS - ROUNDING


def _causes(values: Values, since: date, until: date) -> Iterator[date]:
    """The days that give cause for an alarm: the third in a row, and each that follows it."""
    row = 0
    for day, risen in rises(values, since - timedelta(days=ALARM_DAYS - 1), until):
        row = row + 1 if risen is not None and risen >= ALARM_POINTS - ROUNDING else 0
        if row >= ALARM_DAYS and day >= since:
            yield day


def _quiet_before(values: Values, day: date) -> date:
    """The last day up to this one before which 14 days gave no cause."""
    while True:
        early = day - timedelta(days=REFRACTORY_DAYS)
        causes = tuple(_causes(values, early, day - timedelta(days=1)))
        if not causes:
            return day
        day = causes[0]
