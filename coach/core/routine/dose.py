"""How much of one exercise: sets, reps or hold, tempo, rests."""

from enum import StrEnum

from msgspec import UNSET, Struct, UnsetType

from coach.core.routine.bounds import Reps, Seconds, Sets


class Sides(StrEnum):
    """Which sides an item works, and in which order."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    EACH = "each"
    AFFECTED_FIRST = "affected_first"
    OTHER_FIRST = "other_first"
    ALTERNATE = "alternate"


class Tempo(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Seconds of the three phases of a counted rep."""

    up_s: Seconds = 2.0
    hold_s: Seconds = 0.0
    down_s: Seconds = 2.0


class Dose(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A default dose of an exercise: counted (`reps`) or held (`hold_s`), never with tempo and hold together."""

    sets: Sets | UnsetType = UNSET
    reps: Reps | UnsetType = UNSET
    hold_s: Seconds | UnsetType = UNSET
    tempo: Tempo | UnsetType = UNSET
    rest_s: Seconds | UnsetType = UNSET
    rep_rest_s: Seconds | UnsetType = UNSET
    prepare_s: Seconds | UnsetType = UNSET
    switch_s: Seconds | UnsetType = UNSET


class SideDose(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one side does differently."""

    sets: Sets | UnsetType = UNSET
    reps: Reps | UnsetType = UNSET
    hold_s: Seconds | UnsetType = UNSET


class PerSide(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Overrides of one side or of both."""

    left: SideDose | UnsetType = UNSET
    right: SideDose | UnsetType = UNSET
