"""The routine as this person does it: at their pace, and without what their pain site speaks against."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from coach.app.routines import Listed, Origin
from coach.app.settings import Settings
from coach.core.clinical.gating import Gated, gated, without
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import known_exercises
from coach.core.routine.routine import Pace, Routine

if TYPE_CHECKING:  # made after the first paint
    from coach.core.clinical.proposal import Proposal
    from coach.core.routine.reading import Extensions

EXTENSION = "x-lower-dose"
STEP_EXTENSION = "x-dose-step"
"""The keys of a stored routine that tell of a proposal of this program, and of the step at which the session was done
if its routine allows any; the file of the physio never has them."""


class Prescription(Struct, frozen=True):
    """What a session is made from: the routine as this person does it, and what is left out of it and why."""

    routine: Routine
    left_out: tuple[Gated, ...] = ()
    advised: tuple[Gated, ...] = ()
    """Exercises that a pain site speaks against and that stay in all the same."""
    proposal: "Proposal | None" = None
    """What the log asks for today, where it was looked at; `routine` is what comes of it."""
    prescribed: Routine | None = None
    """As prescribed, where something else is proposed or was."""

    @property
    def held(self) -> "Proposal | None":
        """The proposal that nothing of it is done today, if that is what is proposed."""
        return self.proposal if self.proposal is not None and self.proposal.routine is None else None

    @property
    def differs(self) -> bool:
        """Whether it is something else than what is prescribed: less, or an allowed step more."""
        return self.prescribed is not None and self.routine != self.prescribed


def prescription(listed: Listed, library: Mapping[str, Exercise], settings: Settings) -> Prescription:
    """The routine as this person does it.

    Of a built-in routine what is off at the person's pain site is left out; what a physiotherapist prescribed stays,
    with the advice beside it: they know the person, the library does not.
    """
    return prescribed(listed.routine, library, settings, own=listed.origin is Origin.BUILT_IN)


def prescribed(routine: Routine, library: Mapping[str, Exercise], settings: Settings, *, own: bool) -> Prescription:
    """As `prescription`, for a routine that is not in any list; `own` is one of the built-in ones."""
    if settings.self_paced:
        routine = _at_own_pace(routine, library)
    found = gated(routine, library, settings.pain_sites)
    off = tuple(one for one in found if one.off) if own else ()
    kept = without(routine, (one.exercise for one in off)) if off else routine
    return Prescription(kept or routine, off if kept else (), tuple(one for one in found if one not in off))


def _at_own_pace(routine: Routine, library: Mapping[str, Exercise]) -> Routine:
    known = known_exercises(library, routine)
    items = []
    for item in routine.items:
        bare = item.reps is msgspec.UNSET and item.hold_s is msgspec.UNSET
        dose = known[item.exercise].dose
        held = item.hold_s is not msgspec.UNSET or (bare and dose.hold_s is not msgspec.UNSET)
        items.append(item if held else msgspec.structs.replace(item, pace=Pace.SELF))
    return msgspec.structs.replace(routine, items=items)


def as_prescribed(given: Prescription) -> Prescription:
    """What was prescribed, in place of what is proposed; that it was proposed is kept."""
    assert given.prescribed is not None
    return msgspec.structs.replace(given, routine=given.prescribed)


def remarks(given: Prescription) -> "Extensions":
    """What the record of a session tells of its dose, as extension keys of the stored routine."""
    told = ((EXTENSION, _lower_dose(given)), (STEP_EXTENSION, _dose_step(given)))
    return tuple(((), key, value) for key, value in told if value is not None)


def _lower_dose(given: Prescription) -> object | None:
    """What was proposed, and whether it was taken; None where no lower dose was."""
    proposal = given.proposal
    if proposal is None or not proposal.changes or proposal.up:
        return None
    return {"steps": proposal.back, "taken": given.differs, **_told(proposal)}


def _dose_step(given: Prescription) -> object | None:
    """At which step it is done, and which was proposed; None where the prescription allows no steps."""
    from coach.core.routine.progression import fingerprint  # made after the first paint

    prescription = fingerprint(given.prescribed or given.routine)
    if not prescription:
        return None
    proposal = given.proposal
    if proposal is None:
        return {"prescription": prescription, "step": 0}
    offered = proposal.up - proposal.back
    # Without changes a pain site speaks against the steps so far: then what is prescribed is what was offered.
    taken = given.differs or not proposal.changes
    told: dict[str, object] = {"prescription": prescription, "step": offered if taken else 0}
    return told | {"proposed": offered, **_told(proposal)} if proposal.up else told


def _whole(value: float | str) -> float | str:
    """As a routine file has it after it was read, so that a log that was exported and taken in is the same."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _told(proposal: "Proposal") -> dict[str, object]:
    changes = [
        {
            "item": one.item,
            "exercise": one.exercise,
            "kind": one.kind.value,
            "was": _whole(one.was),
            "now": _whole(one.now),
        }
        for one in proposal.changes
    ]
    reasons = [
        {"rule": why.cause.value, "days": [one.bout.day.isoformat() for one in why.bouts]} for why in proposal.reasons
    ]
    return {"changes": changes, "reasons": reasons}
