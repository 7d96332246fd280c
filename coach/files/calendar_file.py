"""The schedule of routines as an iCalendar file (RFC 5545), for any calendar program.

Times are floating: at six is at six wherever the person is. Every event keeps its id, so that a calendar that takes the
file in again changes the events it has.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from msgspec import UNSET

from coach.core.routine.routine import Schedule
from coach.core.routine.schedule import DAYS, per_week
from coach.files.stable_ids import stable_id

REMIND_BEFORE = timedelta(minutes=10)
_A_WEEK = len(DAYS)
_OTHER_TIMES = (time(8), time(13), time(18))


@dataclass(frozen=True, slots=True)
class Event:
    """A routine as it stands in a calendar."""

    id: str
    revision: int
    schedule: Schedule
    until: date | None
    """The last day, where the routine is to be looked at again."""
    length_s: float
    title: str
    text: str


def write(events: Iterable[Event], *, at: time, now: datetime) -> bytes:
    """The calendar; `at` is the time of day, the first days are those from now on."""
    from icalendar import Alarm, Calendar, vRecur  # 0.1 s, and only for this
    from icalendar import Event as Entry

    calendar = Calendar()
    calendar.add("prodid", "-//Rehab Coach//rehab-coach//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        until = event.until if event.until is None or event.until >= now.date() else None
        for number, days in enumerate(on_days(event.schedule)):
            start = _first(days, times(at)[number], now)
            if until is not None and start.date() > until:
                continue
            rule = {"FREQ": "WEEKLY", "BYDAY": [day[:2].upper() for day in days]}
            entry = Entry()
            entry.add("uid", f"{stable_id('schedule', event.id, str(number))}@rehab-coach")
            entry.add("dtstamp", now.astimezone(UTC))
            entry.add("sequence", event.revision)
            entry.add("dtstart", start)
            entry.add("duration", timedelta(minutes=max(1, -int(-event.length_s // 60))))
            entry.add("rrule", vRecur(rule if until is None else {**rule, "UNTIL": _end_of(until)}))
            entry.add("summary", clean(event.title))
            entry.add("description", clean(event.text))
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", clean(event.title))
            alarm.add("trigger", -REMIND_BEFORE)
            entry.add_component(alarm)
            calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def on_days(schedule: Schedule) -> tuple[tuple[str, ...], ...]:
    """The days of each event of a day: the first of a day, the second, the third.

    Named days are taken as they are; otherwise the times are spread over the week, with a day of rest between up to 3.
    """
    if schedule.days:
        days = tuple(day for day in DAYS if day in schedule.days)
        often = len(days) if schedule.per_week is UNSET else schedule.per_week
        times_a_day = min(len(_OTHER_TIMES), max(1, -(-often // len(days))))
        return tuple(days[: max(1, often - n * len(days))] if n else days for n in range(times_a_day))
    daily, rest = divmod(per_week(schedule), _A_WEEK)
    spread = tuple(DAYS[n * _A_WEEK // rest] for n in range(rest))
    return (DAYS,) * daily + ((spread,) if spread else ())


def times(at: time) -> tuple[time, ...]:
    """When the first, second and third event of a day begin: as far from the wanted time as the day allows."""

    def away(other: time) -> int:
        return abs((other.hour - at.hour) * 60 + other.minute - at.minute)

    return (at, *sorted(_OTHER_TIMES, key=away, reverse=True)[:2])


def clean(text: str) -> str:
    """Foreign text without control characters, which RFC 5545 does not allow; line ends stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(one for one in lines if one in "\t\n" or (one >= " " and one != "\x7f"))
    return kept.encode("utf-8", "replace").decode()


def _first(days: tuple[str, ...], at: time, now: datetime) -> datetime:
    """The first of these days, today included if its time has not passed."""
    today = now.date()
    ahead = (today + timedelta(days=n) for n in range(_A_WEEK + 1))
    starts = (datetime.combine(day, at) for day in ahead if DAYS[day.weekday()] in days)
    return next(start for start in starts if start >= now.replace(tzinfo=None))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59))
