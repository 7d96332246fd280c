"""What is proposed to be done differently from the prescription, one change of one item at a time."""

from enum import StrEnum

from msgspec import Struct


class ChangeKind(StrEnum):
    """What is done differently from the prescription."""

    FEWER_SETS = "fewer_sets"
    FEWER_REPS = "fewer_reps"
    SHORTER_HOLD = "shorter_hold"
    EASIER = "easier_variation"
    LEFT_OUT = "left_out"
    SETS = "sets"
    REPS = "reps"
    HOLD = "hold"
    HARDER = "harder_variation"
    LOAD = "load"
    """These are steps that the physio allows; their numbers are theirs."""


class Change(Struct, frozen=True):
    """One change of one item: numbers of the dose, or ids of exercises; `now` is empty where it is left out."""

    item: int
    """Its place in the prescribed routine."""
    exercise: str
    kind: ChangeKind
    was: float | str
    now: float | str = ""
