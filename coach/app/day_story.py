"""What was answered about a day, and what stood there before."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import groupby, pairwise

from msgspec import Struct

from coach.core.day import Moment
from coach.core.log import DayEntry
from coach.store.journal import Log, merged


class Field(StrEnum):
    """What a day is asked for, by the name in `DayEntry`."""

    MORNING = "morning"
    WORST = "worst"
    NIGHT = "night"
    ANALGESIC = "analgesic"
    LIMP = "limp"
    SPOTS = "spots"


class Former(Struct, frozen=True):
    """An answer that another one took the place of, and when."""

    value: object
    changed: Moment


class DayStory(Struct, frozen=True):
    """What is known of a day, and what was answered before; the newest former answer first."""

    entry: DayEntry | None
    former: dict[Field, tuple[Former, ...]]


def day_story(log: Log, day: date) -> DayStory:
    """What was answered about a day, and what was changed. Raises StoreError."""
    versions = log.day_versions(day, day)
    known = merged(versions)
    return DayStory(known[0] if known else None, {field: former(versions, field) for field in Field})


def former(versions: Iterable[DayEntry], field: Field) -> tuple[Former, ...]:
    """The answers to one question of a day that were changed since, the newest first; the same again is no change."""
    in_order = sorted(versions, key=lambda entry: entry.recorded.utc)
    told = [(getattr(entry, field), entry.recorded) for entry in in_order if getattr(entry, field) is not None]
    values = [next(same) for _, same in groupby(told, key=lambda one: one[0])]
    pairs = pairwise(values)
    return tuple(Former(value, changed) for (value, _), (_, changed) in pairs)[::-1]
