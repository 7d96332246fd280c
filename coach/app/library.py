"""Every exercise the person has: the shipped ones, and those that their received routines bring along."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

import msgspec
from msgspec import UNSET, Struct

from coach.app.routines import Listed, Origin
from coach.app.settings import Settings
from coach.core.routine.dose import Dose
from coach.core.routine.exercise import Exercise, Gate, Ladder
from coach.core.routine.finding import region
from coach.core.routine.ladder import heights_of, in_order
from coach.core.routine.plan import Side, Work, work
from coach.core.routine.routine import BodySide, Item

MOST_OWN: Final = 100
"""A routine has at most 60 items; a file with more exercises of its own than this has them for another reason."""


class Shelved(Struct, frozen=True):
    """One exercise of the library."""

    key: str
    exercise: Exercise
    work: Work | None
    """Its usual dose with nothing left out; of a received exercise what its routine asks for. None: nobody says."""
    listed: Listed | None
    """The received routine that brings it along; None for a shipped one."""
    advice: tuple[Gate, ...]
    """What the person's pain sites say about it."""

    @property
    def off(self) -> bool:
        """Whether it should be left out for now."""
        return any(gate.action == "off" for gate in self.advice)

    @property
    def region(self) -> str:
        """The part of the body at large."""
        return region(self.exercise)


class Rungs(Struct, frozen=True):
    """The neighbours of an exercise on its ladder, each from easier to harder."""

    easier: tuple[Shelved, ...]
    harder: tuple[Shelved, ...]


class DoseOfPhase(Struct, frozen=True):
    """A typical dose of one phase of rehab, with nothing left out."""

    name: str
    work: Work
    note: str


def shelves(library: Mapping[str, Exercise], listed: Iterable[Listed], settings: Settings) -> tuple[Shelved, ...]:
    """The whole library, region by region and easier exercises first."""
    shelved = {exercise.id: _shelved(exercise, None, settings) for exercise in library.values()}
    for one in listed:
        if one.origin is not Origin.BUILT_IN:
            for exercise in islice(one.routine.exercises, MOST_OWN):
                if library.get(exercise.id) != exercise:
                    made = _shelved(exercise, one, settings)
                    shelved[made.key] = made
    return tuple(shelved[key] for key in in_order({key: _by_keys(one, shelved) for key, one in shelved.items()}))


def rungs_of(one: Shelved, every: Iterable[Shelved]) -> Rungs:
    """The variations around an exercise, each from easier to harder; what its own routine brings goes first."""
    by_key = {other.key: other for other in every}
    exercises = {key: _by_keys(other, by_key) for key, other in by_key.items()}
    heights = heights_of(exercises)

    def found(keys: Iterable[str]) -> tuple[Shelved, ...]:
        known = [key for key in dict.fromkeys(keys) if key in by_key and key != one.key]
        return tuple(by_key[key] for key in sorted(known, key=heights.__getitem__))

    ladder = exercises[one.key].ladder
    return Rungs(found(ladder.easier), found(ladder.harder))


def _by_keys(one: Shelved, known: Mapping[str, object]) -> Exercise:
    """The exercise with a ladder that leads by keys: what its own routine brings along goes before the library."""
    if one.listed is None:
        return one.exercise
    ladder = one.exercise.ladder

    def keys(ids: list[str]) -> list[str]:
        own = ((id_, _key(id_, one.listed)) for id_ in ids)
        return [key if key in known else id_ for id_, key in own]

    return msgspec.structs.replace(one.exercise, ladder=Ladder(keys(ladder.easier), keys(ladder.harder)))


def doses(exercise: Exercise) -> tuple[DoseOfPhase, ...]:
    """The typical dose of each phase of rehab."""
    return tuple(DoseOfPhase(phase.name, typical(exercise, phase.dose), phase.note) for phase in exercise.phases)


def typical(exercise: Exercise, dose: Dose) -> Work:
    """A dose of an exercise, with nothing left out."""
    return work(0, Item(exercise.id), msgspec.structs.replace(exercise, dose=dose), BodySide.LEFT)


def side_shown(exercise: Exercise, home: BodySide | None) -> Side | None:
    """The side that a preview begins with: the one that hurts; None where no side is worked alone."""
    sides = typical(exercise, exercise.dose).order
    alternate = exercise.sides == "alternate"
    if sides == (Side.BOTH,) and not alternate:
        return None
    if len(sides) == 1 and not alternate:
        return sides[0]
    return Side(home) if home is not None else Side.LEFT


def _shelved(exercise: Exercise, listed: Listed | None, settings: Settings) -> Shelved:
    if listed is not None:
        exercise = _as_asked(exercise, listed)
    advice = tuple(gate for gate in exercise.gates if gate.site in settings.pain_sites)
    dose = typical(exercise, exercise.dose) if exercise.dose != Dose() else None
    return Shelved(_key(exercise.id, listed), exercise, dose, listed, advice)


def _as_asked(exercise: Exercise, listed: Listed) -> Exercise:
    """The exercise with the dose and the sides that its routine asks for, where that says more than itself."""
    item = next((one for one in listed.routine.items if one.exercise == exercise.id), None)
    if item is None or (item.reps is UNSET and item.hold_s is UNSET):
        return exercise
    dose = Dose(**{name: getattr(item, name) for name in Dose.__struct_fields__})
    sides = exercise.sides if item.sides is UNSET else item.sides
    return msgspec.structs.replace(exercise, dose=dose, sides=sides)


def _key(exercise: str, listed: Listed | None) -> str:
    return exercise if listed is None else f"{exercise}@{listed.routine.id}"
