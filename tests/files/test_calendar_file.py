"""The calendar, read by another program and unrolled by another one's rules."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from coach.core.routine.routine import Schedule
from coach.files.calendar_file import Event, on_days, times, write

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Friday."""
THRICE = Schedule(per_week=3)


def event(schedule: Schedule = THRICE, **changed: Any) -> Event:
    plain: dict[str, Any] = {
        "id": "short",
        "revision": 2,
        "schedule": schedule,
        "until": None,
        "length_s": 725.0,
        "title": "Rehab: Short one",
        "text": "1. Clamshell\n2. Plank",
        **changed,
    }
    return Event(**plain)


def calendar(*events: Event, at: time = time(18), now: datetime = NOW) -> bytes:
    return write(events, at=at, now=now)


def entries(data: bytes) -> list[Any]:
    found: list[Any] = vobject.readOne(data.decode()).contents.get("vevent", [])
    return found


def starts(data: bytes, last: date) -> list[datetime]:
    """Every start of every event up to and with a day, by the rules of dateutil."""
    until = datetime.combine(last, time(23, 59))
    found = []
    for one in entries(data):
        begin = one.dtstart.value
        found += rrulestr(one.rrule.value, dtstart=begin).between(begin, until, inc=True)
    return sorted(found)


def test_an_event_says_what_when_and_how_long() -> None:
    [one] = entries(calendar(event(Schedule(per_week=3, days=["mon", "wed", "fri"]))))

    assert one.summary.value == "Rehab: Short one"
    assert one.description.value == "1. Clamshell\n2. Plank"
    assert one.dtstart.value == datetime.combine(date(2026, 11, 20), time(18))  # floating: no zone
    assert one.duration.value == timedelta(minutes=13)
    assert one.sequence.value == "2"
    assert one.valarm.trigger.value == timedelta(minutes=-10)
    assert one.valarm.action.value == "DISPLAY"


def test_it_comes_on_the_days_of_the_schedule() -> None:
    found = starts(calendar(event(Schedule(days=["wed", "mon"]))), date(2026, 12, 5))

    assert [start.strftime("%a %d %H:%M") for start in found] == [
        "Mon 23 18:00",
        "Wed 25 18:00",
        "Mon 30 18:00",
        "Wed 02 18:00",
    ]


@pytest.mark.parametrize("often", range(1, 22))
def test_it_comes_as_often_a_week_as_the_schedule_says(often: int) -> None:
    found = starts(calendar(event(Schedule(per_week=often))), date(2026, 12, 30))

    week = [start for start in found if date(2026, 12, 7) <= start.date() <= date(2026, 12, 13)]
    assert len(week) == len(set(week)) == often


@pytest.mark.parametrize("often", [2, 3])
def test_up_to_three_times_a_week_a_day_of_rest_lies_between(often: int) -> None:
    found = starts(calendar(event(Schedule(per_week=often))), date(2026, 12, 30))

    assert min(later - sooner for sooner, later in pairwise(found)) > timedelta(days=1)


@pytest.mark.parametrize("often", range(2, 7))
def test_on_named_days_it_comes_as_often_as_the_schedule_says(often: int) -> None:
    schedule = Schedule(per_week=often, days=["mon", "tue"])

    assert sum(map(len, on_days(schedule))) == often


def test_without_a_schedule_it_is_every_day() -> None:
    assert on_days(Schedule(per_week=UNSET)) == (("mon", "tue", "wed", "thu", "fri", "sat", "sun"),)


def test_several_a_day_lie_apart() -> None:
    found = starts(calendar(event(Schedule(per_week=14)), at=time(19, 30)), date(2026, 11, 22))

    assert [start.strftime("%a %H:%M") for start in found] == [
        "Fri 19:30",
        "Sat 08:00",
        "Sat 19:30",
        "Sun 08:00",
        "Sun 19:30",
    ]
    assert len(set(times(time(13)))) == 3


def test_a_time_that_has_passed_today_is_not_proposed_any_more() -> None:
    assert starts_on(calendar(event(Schedule(days=["fri"])), at=time(11, 59))) == date(2026, 11, 27)
    assert starts_on(calendar(event(Schedule(days=["fri"])), at=time(12, 1))) == date(2026, 11, 20)


def starts_on(data: bytes) -> date:
    begin: datetime = entries(data)[0].dtstart.value
    return begin.date()


def test_it_ends_with_the_day_of_the_review() -> None:
    found = starts(calendar(event(Schedule(days=["mon"]), until=date(2026, 12, 7))), date(2030, 1, 1))

    assert [start.date() for start in found] == [date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7)]


def test_a_review_that_is_over_ends_nothing() -> None:
    assert starts(calendar(event(until=date(2026, 1, 1))), date(2026, 12, 30))
    assert b"UNTIL" not in calendar(event(until=date(2026, 1, 1)))


def test_events_keep_their_ids() -> None:
    def ids(data: bytes) -> set[str]:
        return {one.uid.value for one in entries(data)}

    first = ids(calendar(event(), event(id="other")))
    later = ids(calendar(event(revision=3, title="New"), event(id="other"), now=NOW + timedelta(days=40)))

    assert first == later
    assert len(first) == 2


@settings(deadline=None)
@given(
    title=st.text(max_size=300),
    words=st.text(max_size=300),
    identity=st.text(max_size=20),
    at=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    days=st.lists(st.sampled_from(["mon", "tue", "sun"])),
    length=st.floats(0, 1e6),
)
def test_any_text_comes_back(title: str, words: str, identity: str, at: time, days: list[Any], length: float) -> None:
    one = event(Schedule(days=days), title=title, text=words, id=identity, length_s=length)

    data = calendar(one, at=at)

    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert data.count(b"\r\nBEGIN:VEVENT\r\n") == data.count(b"\r\nEND:VEVENT\r\n") == 1
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    [summary] = [line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:")]
    assert unescaped(summary) == expected(title)
    [description] = [line for line in lines[: lines.index("BEGIN:VALARM")] if line.startswith("DESCRIPTION:")]
    assert unescaped(description.removeprefix("DESCRIPTION:")) == expected(words)


def unescaped(written: str) -> str:
    """RFC 5545, section 3.3.11, letter by letter."""
    out, letters = "", iter(written)
    for letter in letters:
        if letter == "\\":
            letter = {"n": "\n", "N": "\n"}.get(following := next(letters), following)
        out += letter
    return out


def expected(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in "\t\n" or (ord(one) >= 32 and ord(one) != 127))
