"""What a revision of a routine changed against the one before, in words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import accumulate
from typing import Final

from coach.app.routines import Listed, Origin
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Work
from coach.core.routine.routine import Item, Routine
from coach.words import prescription, session, steps_up
from coach.words.translate import tr

_LONGEST_NOTE: Final = 1_000
_UNIT: Final = re.compile(r"(?<=\d) (?=\w)")
_WORD: Final = re.compile(r"[^ \n]+|[ \n]+")
"""A word, or what lies between two. What stays together, `45 s`, is one word."""


Worked = tuple[tuple[Work, Item], ...]
"""The items of a routine in their order, each with the work that it comes to."""


class Aspect(Enum):
    """What of an item can be another in the next revision, in the order in which it is told."""

    DOSE = "dose"
    LOAD = "load"
    NOTE = "note"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Revision:
    """One of two revisions that are compared."""

    routine: Routine
    items: Worked
    known: Mapping[str, Exercise]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same, in words that stand side by side."""

    aspect: Aspect
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An exercise that the later revision no longer has."""

    name: str
    difference: Difference
    exercise: Exercise | None = None


def is_older(routine: Routine, before: Listed | None) -> bool:
    """Whether the person has a later revision already."""
    return before is not None and before.origin is not Origin.BUILT_IN and before.routine.revision > routine.revision


def former(routine: Routine, before: Listed | None) -> Listed | None:
    """What the routine is compared with: what was received before under the same id, if it is another one."""
    if before is None or before.origin is Origin.BUILT_IN or before.routine == routine:
        return None
    return before


def changes(now: Revision, was: Revision) -> dict[int, tuple[Difference, ...]]:
    """How each item that changed was in the revision before, and how it is now, by its place."""
    old = dict(_numbered(was))
    found: dict[int, tuple[Difference, ...]] = {}
    for key, (work, item) in _numbered(now):
        before = old.get(key)
        if before is None:
            found[work.index] = (Difference(Aspect.DOSE, tr("Not in it"), _amount(work)),)
        elif different := tuple(_differences(was, before, now, (work, item))):
            found[work.index] = different
    return found


def gone(now: Revision, was: Revision) -> tuple[Gone, ...]:
    """What only the revision before has, in its order; of an exercise that was there twice also the second time."""
    kept = dict(_numbered(now))
    return tuple(
        Gone(
            session.name(work.exercise, was.known),
            Difference(Aspect.DOSE, _amount(work), tr("No longer in it")),
            was.known.get(work.exercise),
        )
        for key, (work, _) in _numbered(was)
        if key not in kept
    )


def together(text: str) -> str:
    """The text with every number on the line of its unit."""
    return _UNIT.sub("\u00a0", text)


def changed_words(before: str, now: str) -> tuple[range, ...]:
    """Which letters of `now` are not as before, by whole words; a number goes with its unit."""
    old, new = _WORD.findall(before), _WORD.findall(now)
    ends = tuple(accumulate((len(word) for word in new), initial=0))
    turns = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(range(ends[start], ends[end]) for turn, _, _, start, end in turns if turn != "equal" and start < end)


def cut(text: str) -> str:
    """A note at a length that is read; sixty of the longest that a file may hold would take seconds to lay out."""
    return text if len(text) <= _LONGEST_NOTE else text[: _LONGEST_NOTE - 1].rstrip() + "…"


def _numbered(of: Revision) -> Iterator[tuple[tuple[str, int], tuple[Work, Item]]]:
    """Every item with its exercise and which one of this exercise it is: it may be there twice."""
    times: dict[str, int] = {}
    for work, item in of.items:
        times[work.exercise] = times.get(work.exercise, -1) + 1
        yield (work.exercise, times[work.exercise]), (work, item)


def _differences(old: Revision, was: tuple[Work, Item], new: Revision, now: tuple[Work, Item]) -> Iterator[Difference]:
    """Each aspect that is not the same any more."""
    before, after = _told(was, old), _told(now, new)
    for aspect in Aspect:
        if before[aspect] != after[aspect]:
            yield Difference(aspect, before[aspect] or _none(aspect), after[aspect] or _none(aspect))


def _told(of: tuple[Work, Item], revision: Revision) -> dict[Aspect, str]:
    work, item = of
    return {
        Aspect.DOSE: _amount(work),
        Aspect.LOAD: tr("With: {load}").format(load=cut(item.load)) if item.load else "",
        Aspect.NOTE: tr("“{note}”").format(note=cut(item.note)) if item.note else "",
        Aspect.STEPS: steps_up.line(item, revision.known, revision.routine.rules),
    }


def _none(aspect: Aspect) -> str:
    return {
        Aspect.DOSE: tr("Not in it"),
        Aspect.LOAD: tr("With nothing", "no band, no weight"),
        Aspect.NOTE: tr("No note"),
        Aspect.STEPS: tr("No steps up"),
    }[aspect]


def aspect(of: Aspect) -> str:
    """What a pair is about: `Dose`."""
    return {
        Aspect.DOSE: tr("Dose"),
        Aspect.LOAD: tr("With", "a band, a weight"),
        Aspect.NOTE: tr("Note"),
        Aspect.STEPS: tr("Steps up"),
    }[of]


def _amount(work: Work) -> str:
    """Everything about a dose that a person would notice: how much, and below it how."""
    how = " · ".join(filter(None, (prescription.sides(work), prescription.pace_words(work))))
    return "\n".join(filter(None, (prescription.dose_words(work), how)))
