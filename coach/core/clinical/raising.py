"""The routine some steps above its dose, as far as its physiotherapist allows (clinical reference, 4.1.6)."""

from collections.abc import Iterable, Mapping

from msgspec import structs

from coach.core.clinical.change import Change, ChangeKind
from coach.core.clinical.response import NOTHING_MORE, Allowed
from coach.core.routine.exercise import Exercise, PainSite
from coach.core.routine.plan import Side, Work, known_exercises, work
from coach.core.routine.progression import fingerprint, rungs, stages
from coach.core.routine.routine import BodySide, Item, Routine


def allowed(routine: Routine) -> Allowed:
    """How many steps a routine allows, and to which prescription they belong."""
    steps = len(rungs(routine))
    return Allowed(fingerprint(routine), steps) if steps else NOTHING_MORE


def raise_(
    routine: Routine, library: Mapping[str, Exercise], steps: int, *, sites: Iterable[PainSite] = ()
) -> tuple[Routine, tuple[Change, ...]]:
    """The routine after so many steps, and what is changed in it.

    [ours] Where a pain site has come to speak against the exercise of a step, the item stays at the step before it.
    """
    known, off = known_exercises(library, routine), frozenset(sites)
    taken = [0] * len(routine.items)
    for rung in rungs(routine)[:steps]:
        taken[rung.item] += 1
    items: list[Item] = []
    changes: list[Change] = []
    for index, item in enumerate(routine.items):
        now = item
        for stage in list(stages(item, known))[: taken[index]]:
            if stage.exercise != now.exercise and _is_off(known[stage.exercise], off):
                break
            now = stage
        changes += _changes(index, item, now, known)
        # What is allowed above this is counted from the prescription, never from here.
        items.append(structs.replace(now, progress=[]) if now is not item else item)
    return (structs.replace(routine, items=items) if changes else routine), tuple(changes)


def _is_off(exercise: Exercise, sites: frozenset[PainSite]) -> bool:
    return any(gate.action == "off" and gate.site in sites for gate in exercise.gates)


def _changes(index: int, was: Item, now: Item, known: Mapping[str, Exercise]) -> list[Change]:
    if now is was:
        return []
    if now.exercise != was.exercise:
        return [Change(index, was.exercise, ChangeKind.HARDER, was.exercise, now.exercise)]
    before, after = (work(index, one, known[one.exercise], BodySide.LEFT) for one in (was, now))
    found = [
        Change(index, was.exercise, kind, _amount(before, name), _amount(after, name))
        for name, kind in _NUMBERS.items()
        if _amount(before, name) != _amount(after, name)
    ]
    if now.load != was.load:
        found.append(Change(index, was.exercise, ChangeKind.LOAD, was.load, now.load))
    return found


_NUMBERS = {"sets": ChangeKind.SETS, "reps": ChangeKind.REPS, "hold_s": ChangeKind.HOLD}


def _amount(of: Work, name: str) -> float:
    return float(getattr(of.by_side[Side.BOTH], name))
