"""Undo and redo: what was done and what was there before it, as values."""

from dataclasses import dataclass, replace
from enum import StrEnum

from coach.core.routine.editing.draft import Draft
from coach.core.routine.plain import Place

MOST = 1_000
"""Further back nobody goes; each step holds only what it changed."""


class Act(StrEnum):
    """The kinds of edits."""

    ADD = "add"
    MOVE = "move"
    REMOVE = "remove"
    DUPLICATE = "duplicate"
    REPLACE = "replace"
    DOSE = "dose"
    KIND = "kind"
    ITEM_FIELD = "item_field"
    ROUTINE_FIELD = "routine_field"
    OWN = "own"
    OWN_FIELD = "own_field"


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done: which kind of edit, to which exercise, in which field."""

    act: Act
    subject: str = ""
    """The name of the exercise; foreign text."""
    field: str = ""
    """The key of the field, as the file has it: `sets`, `rules.pain_stop_above`."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A draft, and which of its items was worked on."""

    draft: Draft
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Where the work stands, what led there, and what was taken back."""

    now: Moment
    past: tuple[tuple[Deed, Moment], ...] = ()
    """What was done, each with what was there before it, the latest last."""
    future: tuple[tuple[Deed, Moment], ...] = ()
    """What was taken back, each with what was there after it, the next one last."""
    typing: Place | None = None
    """The field that is being typed in: more of it belongs to the same step."""


def done(history: History, deed: Deed, after: Moment, typing: Place | None = None) -> History:
    """Note an edit. What changes nothing is no step; more typing in one field is the same step."""
    if after.draft == history.now.draft:
        return replace(history, now=after)
    if typing is not None and typing == history.typing and history.past:
        before = history.past[-1][1]
        if before.draft == after.draft:  # typed, and wiped out again
            return History(after, history.past[:-1], (), None)
        return History(after, history.past, (), typing)
    return History(after, (*history.past, (deed, history.now))[-MOST:], (), typing)


def choose(history: History, item: int | None) -> History:
    """Work on another item; typing is over."""
    return replace(history, now=replace(history.now, chosen=item), typing=None)


def settled(history: History) -> History:
    """Typing in the field is over: what comes next is a step of its own."""
    return replace(history, typing=None)


def undone(history: History) -> History:
    """Take the latest step back; nothing where there is none."""
    if not history.past:
        return history
    deed, before = history.past[-1]
    return History(before, history.past[:-1], (*history.future, (deed, history.now)))


def redone(history: History) -> History:
    """Do again what was taken back last; nothing where there is nothing."""
    if not history.future:
        return history
    deed, after = history.future[-1]
    return History(after, (*history.past, (deed, history.now)), history.future[:-1])
