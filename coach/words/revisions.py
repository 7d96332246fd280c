"""What a revision of a routine changed against the one before, in words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from coach.app.routines import Listed, Origin
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Work, known_exercises
from coach.core.routine.routine import Item, Routine
from coach.words import prescription, session
from coach.words.translate import tr

_LONGEST_NOTE: Final = 1_000

Worked = Iterable[tuple[Work, Item]]
"""The items of a routine in their order, each with the work that it comes to."""


def is_older(routine: Routine, before: Listed | None) -> bool:
    """Whether the person has a later revision already."""
    return before is not None and before.origin is not Origin.BUILT_IN and before.routine.revision > routine.revision


def former(routine: Routine, before: Listed | None) -> Listed | None:
    """What the routine is compared with: what was received before under the same id, if it is another one."""
    if before is None or before.origin is Origin.BUILT_IN or before.routine == routine:
        return None
    return before


def changes(now: Worked, was: Worked) -> dict[int, str]:
    """What each item was in the revision before, by its place."""
    old = {key: (work, item) for key, work, item in _numbered(was)}
    found: dict[int, str] = {}
    for key, work, item in _numbered(now):
        before = old.get(key)
        if before is None:
            found[work.index] = tr("New in this revision")
        elif lines := tuple(_differences(*before, work, item)):
            found[work.index] = "\n".join(lines)
    return found


def gone(library: Mapping[str, Exercise], routine: Routine, before: Listed | None) -> str:
    """The exercises that only the revision before has."""
    if before is None or before.origin is Origin.BUILT_IN:
        return ""
    known = known_exercises(library, before.routine)
    now = {item.exercise for item in routine.items}
    left = dict.fromkeys(item.exercise for item in before.routine.items if item.exercise not in now)
    return ", ".join(session.name(exercise, known) for exercise in left)


def cut(text: str) -> str:
    """A note at a length that is read; sixty of the longest that a file may hold would take seconds to lay out."""
    return text if len(text) <= _LONGEST_NOTE else text[: _LONGEST_NOTE - 1].rstrip() + "…"


def _numbered(of: Worked) -> Iterator[tuple[tuple[str, int], Work, Item]]:
    """Every item with its exercise and which one of this exercise it is: it may be there twice."""
    times: dict[str, int] = {}
    for work, item in of:
        times[work.exercise] = times.get(work.exercise, -1) + 1
        yield (work.exercise, times[work.exercise]), work, item


def _differences(was: Work, was_item: Item, work: Work, item: Item) -> Iterator[str]:
    """How an exercise was in the revision before, as far as it is not the same."""
    if _amount(was) != _amount(work):
        yield tr("Was: {dose}").format(dose=_amount(was))
    if was_item.load != item.load:
        yield tr("Was with: {load}").format(load=cut(was_item.load) or tr("nothing", "no band, no weight"))
    if was_item.note != item.note:
        yield tr("The note was: “{note}”").format(note=cut(was_item.note)) if was_item.note else tr("The note is new")


def _amount(work: Work) -> str:
    """Everything about a dose that a person would notice, on one line."""
    parts = (prescription.dose_words(work), prescription.sides(work), prescription.pace_words(work))
    return " · ".join(part for part in parts if part)
