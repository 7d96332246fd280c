"""The steps above the dose that a physiotherapist allows: what an item is on each, and in which order they come."""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import UNSET, Struct, structs

from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Side, same_sides, work
from coach.core.routine.routine import BodySide, Item, Pace, Progression, Routine


class Rung(Struct, frozen=True):
    """One step of one item; both count from 0."""

    item: int
    step: int


def rungs(routine: Routine) -> tuple[Rung, ...]:
    """All steps of a routine in their order: the first one of each item, then the second ones.

    [ours] So each step changes one exercise and no other: one variable at a time (clinical reference, 4.1.6).
    """
    longest = max((len(item.progress) for item in routine.items), default=0)
    return tuple(
        Rung(index, step)
        for step in range(longest)
        for index, item in enumerate(routine.items)
        if step < len(item.progress)
    )


def fingerprint(routine: Routine) -> str:
    """What tells a prescription from another one, and from its other revisions; "" for one that allows no steps.

    Notes and the person's own pace are left out: they change nothing of what is asked for.
    """
    if not any(item.progress for item in routine.items):
        return ""
    from hashlib import blake2b  # seldom needed: most routines allow no steps

    asked = [structs.replace(item, note="", pace=UNSET) for item in routine.items]
    return blake2b(msgspec.json.encode((routine.id, routine.revision, asked)), digest_size=8).hexdigest()


def stages(item: Item, known: Mapping[str, Exercise]) -> Iterator[Item]:
    """The item after each of its steps; what they do not name stays."""
    for step in item.progress:
        item = stepped(item, step, known)
        yield item


def stepped(item: Item, step: Progression, known: Mapping[str, Exercise]) -> Item:
    """The item one step up."""
    other = step.exercise if isinstance(step.exercise, str) else item.exercise
    return _another(item, step, known) if other != item.exercise else _more(item, step, known)


def _more(item: Item, step: Progression, known: Mapping[str, Exercise]) -> Item:
    """The same exercise with other numbers, every one spelled out; what one side has of its own stays its own."""
    whole = work(0, item, known[item.exercise], BodySide.LEFT)
    base = whole.by_side[Side.BOTH]
    hold_s = base.hold_s if step.hold_s is UNSET else step.hold_s
    return structs.replace(
        item,
        sets=base.sets if step.sets is UNSET else step.sets,
        reps=base.reps if step.reps is UNSET else step.reps,
        hold_s=hold_s if whole.held else UNSET,
        tempo=UNSET if whole.held else whole.tempo,
        rest_s=whole.rest_s,
        rep_rest_s=whole.rep_rest_s,
        prepare_s=whole.prepare_s,
        switch_s=whole.switch_s,
        load=step.load or item.load,
    )


def _another(item: Item, step: Progression, known: Mapping[str, Exercise]) -> Item:
    """Another exercise: its own dose where the step names none, the sides and rests of the item where they fit.

    Load and note belong to the exercise that they were written for.
    """
    before, exercise = work(0, item, known[item.exercise], BodySide.LEFT), known[str(step.exercise)]
    made = Item(
        exercise.id,
        sides=before.sides if same_sides(before.sides, exercise) else UNSET,
        sets=step.sets,
        reps=step.reps,
        hold_s=step.hold_s,
        rest_s=item.rest_s,
        rep_rest_s=item.rep_rest_s,
        prepare_s=item.prepare_s,
        switch_s=item.switch_s,
        load=step.load,
        progress=item.progress,
    )
    held = work(0, made, exercise, BodySide.LEFT).held
    return structs.replace(made, pace=item.pace) if item.pace is Pace.SELF and not held else made
