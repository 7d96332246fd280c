"""Which exercises are off, or are to be changed, where it hurts (clinical reference, section 0.2)."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from coach.core.routine.exercise import Exercise, Gate, PainSite
from coach.core.routine.plan import known_exercises
from coach.core.routine.routine import Routine


class Gated(Struct, frozen=True):
    """An exercise that a pain site speaks against."""

    exercise: str
    gate: Gate

    @property
    def off(self) -> bool:
        """Whether it should be left out, not only changed."""
        return self.gate.action == "off"


def gated(routine: Routine, library: Mapping[str, Exercise], sites: Iterable[PainSite]) -> tuple[Gated, ...]:
    """What the pain sites speak against in a routine, in its order, each exercise and reason once."""
    known = known_exercises(library, routine)
    wanted = set(sites)
    found = [
        Gated(item.exercise, gate)
        for item in routine.items
        if item.exercise in known
        for gate in known[item.exercise].gates
        if gate.site in wanted
    ]
    return tuple(dict.fromkeys(found))


def without(routine: Routine, left_out: Iterable[str]) -> Routine | None:
    """The routine without these exercises, or None if nothing is left."""
    names = set(left_out)
    items = [item for item in routine.items if item.exercise not in names]
    return msgspec.structs.replace(routine, items=items) if items else None
