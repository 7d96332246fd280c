"""The pain trend and its alarm as of a day, from the part of the log that they need."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from coach.core.clinical import pain_alarm
from coach.core.clinical.trend import Trend, trend
from coach.core.log import DayEntry
from coach.store.journal import Log

REMEMBERED_DAYS = 182
"""How far back an alarm is told of."""
# An alarm looks at 30 days, and whether it comes up depends on one in the 14 days before it, if there is cause for one:
# twice that. The trend takes less, 34 days.
ALARM_DAYS = 60


class PainTrend(Struct, frozen=True):
    """What the morning's pain did, as of a day."""

    on: date
    trend: Trend
    alarm: date | None
    """The day of the worsening alarm that stands: it came up within the 14 days that end with this one."""
    last_alarm: date | None
    """The last one of the last half year."""
    progressions_frozen: bool
    """Nothing gets harder this week. Not to be told: by noise alone it happens to half of all logs."""


def pain_trend(log: Log, on: date) -> PainTrend:
    """Work out the trend; what it reads does not grow with the length of the log. Raises StoreError."""
    since = on - timedelta(days=REMEMBERED_DAYS - 1)
    entries = log.days(since - timedelta(days=ALARM_DAYS), on)
    values = _mornings(entries)
    found = pain_alarm.alarms(values, since, on)
    return PainTrend(
        on,
        trend(values, on, frozenset(entry.day for entry in entries if entry.analgesic)),
        pain_alarm.standing(values, on),
        found[-1] if found else None,
        pain_alarm.frozen(values, on),
    )


def morning_pain(log: Log, since: date | None = None, until: date | None = None) -> dict[date, int]:
    """The morning's pain of each day of a range that has it, NPRS 0-10. Raises StoreError."""
    return _mornings(log.days(since, until))


def _mornings(entries: Iterable[DayEntry]) -> dict[date, int]:
    return {entry.day: entry.morning for entry in entries if entry.morning is not None}
