"""How much a routine asks for: its length, and what a week of it comes to; also of one that is not finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from msgspec import UNSET

from coach.core.routine.editing.draft import Draft, objects
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Work, length_s, work
from coach.core.routine.progression import stages
from coach.core.routine.routine import BodySide, Item, Schedule
from coach.core.routine.schedule import per_week

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Extent:
    """What a routine comes to, as far as its items can be read."""

    length_s: float
    sets: int
    """All sets of a session, of both sides."""
    times: int | None
    """How often a week; None where the routine does not say."""
    unread: tuple[int, ...] = ()
    """The items that cannot be read yet, from 0: they are not counted."""


def known_of(draft: Draft, library: Mapping[str, Exercise]) -> dict[str, Exercise]:
    """The library with the exercises of the draft, which win; those that cannot be read are left out."""
    own = (read_exercise(one) for one in objects(draft, "exercises"))
    return {**library, **{one.id: one for one in own if one is not None}}


def read_exercise(plain: Mapping[str, object]) -> Exercise | None:
    """An exercise of a draft, or None while it is no exercise."""
    return _read(plain, Exercise)


def read_item(plain: Mapping[str, object]) -> Item | None:
    """An item of a draft, or None while it is none."""
    return _read(plain, Item)


def work_of(index: int, plain: Mapping[str, object], known: Mapping[str, Exercise], affected: BodySide) -> Work | None:
    """An item with every number known, or None while it cannot be read."""
    read = read_item(plain)
    exercise = known.get(read.exercise) if read is not None else None
    return work(index, read, exercise, affected) if read is not None and exercise is not None else None


def last_stage(index: int, plain: Mapping[str, object], known: Mapping[str, Exercise]) -> Work | None:
    """What an item comes to at the last of its steps up; None while it cannot be read."""
    read = read_item(plain)
    if read is None or read.exercise not in known:
        return None
    named = (step.exercise for step in read.progress if isinstance(step.exercise, str))
    if not all(name in known for name in named):
        return None
    last = [read, *stages(read, known)][-1]
    return work(index, last, known[last.exercise], BodySide.LEFT)


def read_schedule(draft: Draft) -> Schedule:
    """How often, and on which days; an empty one while that cannot be read."""
    return _read(draft.plain.get("schedule", {}), Schedule) or Schedule()


def extent_of(works: tuple[Work | None, ...], schedule: object) -> Extent:
    """What these items come to on the days of a schedule as the file has it."""
    read = [one for one in works if one is not None]
    return Extent(
        sum(length_s(one) for one in read),
        sum(one.by_side[side].sets for one in read for side in one.order),
        _times(schedule),
        tuple(index for index, one in enumerate(works) if one is None),
    )


def _times(plain: object) -> int | None:
    schedule = _read(plain, Schedule) if isinstance(plain, Mapping) else None
    if schedule is None or (schedule.per_week is UNSET and not schedule.days):
        return None
    return per_week(schedule)


def _read(plain: object, shape: type[T]) -> T | None:
    try:
        return msgspec.convert(_without_extensions(plain), shape)
    except msgspec.ValidationError:
        return None


def _without_extensions(plain: object) -> object:
    if isinstance(plain, Mapping):
        return {key: _without_extensions(one) for key, one in plain.items() if not key.startswith("x-")}
    if isinstance(plain, list):
        return [_without_extensions(one) for one in plain]
    return plain
