"""A log whose plan is open and run: the steadily healing example, then runs and calm days after its last day."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from coach.core.log import DayEntry, Outing, OutingKind, WholeLog
from tests import worked
from tests.ui.fakes import World

OPENED = worked.ON - timedelta(days=1)
"""The criteria are met from this day on."""


def day(after: int) -> date:
    """So many days after the last one of the example."""
    return worked.ON + timedelta(days=after)


def run(after: int, pain: int = 0, minutes: float = 30.0, stage: int | None = None, **told: object) -> Outing:
    """A run that was borne well, unless `pain` is more."""
    plain = Outing(
        uid=f"run-{after}",
        kind=OutingKind.RUN,
        day=day(after),
        minutes=minutes,
        distance_km=None,
        cadence=None,
        pain=pain,
        pain_after=min(pain, 4),
        limp=False,
        groin=False,
        recorded=worked.at(day(after), 9),
        pain_before=0,
        pain_after60=0,
        stage=stage,
    )
    return msgspec.structs.replace(plain, **told) if told else plain


def calm(after: int, morning: int = 0) -> DayEntry:
    """A day without pain."""
    return DayEntry(f"calm-{after}", day(after), morning, 0, False, False, worked.at(day(after), 20))


def log_of(runs: Iterable[Outing], until: int, sore: Iterable[int] = ()) -> WholeLog:
    """The example, these runs, and an entry for each day after it; `sore` mornings have 4."""
    sore_days = frozenset(sore)
    days = tuple(calm(after, 4 if after in sore_days else 0) for after in range(1, until + 1))
    steady = worked.steady().log
    return msgspec.structs.replace(steady, days=(*steady.days, *days), outings=(*steady.outings, *runs))


def at(after: int, hour: int = 12) -> datetime:
    """An hour of such a day."""
    on = day(after)
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


def moved(log: WholeLog, by: timedelta) -> WholeLog:
    """The same log so many whole days later, or earlier."""
    text = msgspec.json.encode(log).decode()
    return msgspec.json.decode(_DAY.sub(lambda one: str(date.fromisoformat(one[0]) + by), text), type=WholeLog)


def run_since(world: World, runs: Sequence[Outing], until: int) -> None:
    """Give a world a log whose plan opened, was run, and which was answered up to its today, the fake Friday."""
    opened = world.surroundings.open_log()
    opened.take_in(moved(log_of(runs, until), -timedelta(days=until)))
    opened.close()
    world.surroundings.settings_file().write(worked.steady().settings)


_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}")
