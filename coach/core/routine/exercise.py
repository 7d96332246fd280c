"""One exercise as `exercises.json` and a routine's own `exercises` describe it."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from coach.core.routine.bounds import Name, Text, Version
from coach.core.routine.dose import Dose, Sides
from coach.core.routine.figure import Figure


class Kind(StrEnum):
    """What an exercise is for."""

    STRETCH = "stretch"
    STRENGTH = "strength"
    ROLL = "roll"
    TEST = "test"


class Laterality(StrEnum):
    """Whether an exercise works one side at a time."""

    BILATERAL = "bilateral"
    UNILATERAL = "unilateral"
    EITHER = "either"


class Position(StrEnum):
    """The starting position, in the words of physiotherapy."""

    SUPINE = "supine"
    SIDE_LYING = "side_lying"
    PRONE = "prone"
    HALF_KNEELING = "half_kneeling"
    SITTING = "sitting"
    STANDING = "standing"


class Motion(StrEnum):
    """What the first and the last phase of a counted rep are, seen from the body: the words for them follow."""

    RAISE = "raise"
    LOWER = "lower"
    OPEN = "open"
    OUT = "out"
    EFFORT = "effort"


class StepType(StrEnum):
    """What an instruction is about, so that each can be shown where it helps."""

    PREPARATION = "preparation"
    STEP = "step"
    FORM_CUE = "form_cue"
    BREATHING = "breathing"
    SAFETY = "safety"


class PainSite(StrEnum):
    """Where it hurts, as the intake asks it (clinical reference, section 0.2)."""

    LATERAL = "lateral"
    GROIN = "groin"
    SIT_BONE = "sit_bone"
    LATERAL_THIGH = "lateral_thigh"
    BACK = "back"


class Instruction(Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence to the person who does the exercise."""

    type: StepType
    text: Name


class Ladder(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Ids of the neighbouring variations; an empty list is an end of the ladder."""

    easier: list[Name] = []
    harder: list[Name] = []


class Gate(Struct, frozen=True, forbid_unknown_fields=True):
    """A pain site at which the exercise is off, or is changed, and why."""

    site: PainSite
    action: Literal["off", "change"]
    why: Name


class Phase(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A typical dose of one phase of rehab."""

    name: Literal["start", "middle", "target"]
    dose: Dose
    note: Text = ""


class Exercise(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One exercise. Only `id` and `name` are required, so that a physio's own exercise can be short."""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,63}(?!\n)$")]
    name: Name
    spoken: Text = ""
    other_names: list[Name] = []
    kind: Kind = Kind.STRENGTH
    area: Text = ""
    muscles: list[Name] = []
    equipment: list[Name] = []
    position: Position = Position.STANDING
    laterality: Laterality = Laterality.EITHER
    motion: Motion = Motion.RAISE
    sides: Sides = Sides.BOTH
    dose: Dose = Dose()
    phases: list[Phase] = []
    frequency: Text = ""
    steps: list[Instruction] = []
    errors: list[Name] = []
    ladder: Ladder = Ladder()
    gates: list[Gate] = []
    figure: Figure | None = None
    """How it is drawn; without one a card with its name and cues stands in."""
    sources: list[Name] = []

    def said(self) -> str:
        """The name as the voice says it."""
        return self.spoken or self.name


class ExerciseFile(Struct, frozen=True, forbid_unknown_fields=True):
    """`exercises.json`, or a file like it."""

    format: Literal["rehab-exercises"]
    version: Version
    exercises: list[Exercise]
