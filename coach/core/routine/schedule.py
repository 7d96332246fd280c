"""When a routine is due, from its schedule and the days on which it was done."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, get_args

from msgspec import UNSET, Struct

from coach.core.routine.routine import Day, Schedule

DAYS: tuple[str, ...] = get_args(Day)
COUNTS_FROM: Final = 0.5
"""[ours] A session counts as done when at least half of its sets were: for the week, what is due, praise, and R5."""
REST_DAY_UNTIL_PER_WEEK = 3
"""Up to this often a week a day of rest lies between (strength 2-3 days a week, clinical reference section 4.0)."""


class Due(StrEnum):
    """How a routine stands today."""

    NOW = "now"
    DONE = "done"
    LATER = "later"


class Standing(Struct, frozen=True):
    """How a routine stands today; `next_day` is when it is next due, today if it is due now."""

    due: Due
    next_day: date
    per_week: int


def week_of(day: date, first_weekday: int = 0) -> tuple[date, ...]:
    """The seven days of the week that holds `day`; weeks begin on `first_weekday`, 0 is Monday."""
    start = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    return tuple(start + timedelta(days=n) for n in range(7))


def per_week(schedule: Schedule) -> int:
    """How often a week; daily if the routine says nothing."""
    if schedule.per_week is not UNSET:
        return schedule.per_week
    return len(schedule.days) or 7


def standing(schedule: Schedule, done: Collection[date], today: date, first_weekday: int = 0) -> Standing:
    """How a routine with this schedule stands, given the days on which it was done."""
    times = per_week(schedule)
    if today in done and sum(day == today for day in done) >= max(1, times // 7):
        return Standing(Due.DONE, _next(schedule, times, done, today, first_weekday), times)
    if _wanted(schedule, times, done, today, first_weekday):
        return Standing(Due.NOW, today, times)
    return Standing(Due.LATER, _next(schedule, times, done, today, first_weekday), times)


def _wanted(schedule: Schedule, times: int, done: Collection[date], day: date, first_weekday: int) -> bool:
    if schedule.days:
        return DAYS[day.weekday()] in schedule.days
    week = set(week_of(day, first_weekday))
    if times < 7 and sum(one in week for one in done) >= times:
        return False
    return times > REST_DAY_UNTIL_PER_WEEK or day - timedelta(days=1) not in done


def _next(schedule: Schedule, times: int, done: Collection[date], today: date, first_weekday: int) -> date:
    for ahead in range(1, 8):
        day = today + timedelta(days=ahead)
        if _wanted(schedule, times, done, day, first_weekday):
            return day
    return today + timedelta(days=7)
