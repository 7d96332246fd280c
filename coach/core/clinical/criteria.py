"""The criteria to resume running as data: what each rests on, and the limits that a routine file may replace.

Clinical reference, section 2.2. No validated test of readiness exists for an overused hip (section 0.1): published
criteria are consensus or expert opinion, and the limits without a source are this project's own.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import UNSET, Struct

from coach.core.routine.routine import Readiness


class Id(StrEnum):
    """Which criterion, as the clinical reference numbers them."""

    R0 = "R0"
    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"
    R6A = "R6a"
    R6B = "R6b"
    R6C = "R6c"
    R6D = "R6d"
    R6E = "R6e"
    R6X = "R6x"
    R7 = "R7"
    R8 = "R8"


ADVISORY = frozenset({Id.R8})
"""Shown, and no part of the verdict (section 2.2.3)."""


class Grade(StrEnum):
    """How good the evidence is."""

    EXPERT = "expert"
    """Published criteria of clinics and guidelines: consensus or expert opinion."""
    ELSEWHERE = "elsewhere"
    """A study of another injury, or of people who were not injured."""
    MIXED = "mixed"
    """Some of the one, some of the other: the source says which."""
    OWN = "own"
    """This project's own proposal."""


class Basis(Struct, frozen=True):
    """What a criterion rests on; `source` as it would stand in a list of literature."""

    source: str
    grade: Grade


# Whom a list was written for belongs to it: none of them is about an overused hip.
_MOORE = "Guideline for running after childbirth: Goom, Donnelly, Brockwell 2019, numbers as in Moore 2021 (S28)"
_ARTHROSCOPY = "Recommendation of the authors after hip arthroscopy: IJSPT 2022;17(6):1002-15, table 2 (S26)"

BASES: Mapping[Id, Basis] = {
    Id.R0: Basis("Exeter Hip Unit (S75), mskassist (S76); section 5 of the clinical reference", Grade.EXPERT),
    Id.R1: Basis(
        "William & Mary walk-jog programme: 0 of 10 (S14); review of running after ACL surgery of the knee, Rambaud "
        "2018, BJSM 52:1437: below 2 (S1); clinic checklist: up to 2 (S19)",
        Grade.MIXED,
    ),
    Id.R2: Basis("Night pain as a sign to have looked at: Exeter Hip Unit (S75)", Grade.EXPERT),
    Id.R3: Basis("Silbernagel 2007, AJSM 35:897, Achilles tendon: no rise from week to week", Grade.ELSEWHERE),
    Id.R4: Basis(
        "Clinic checklists (S19, S34, S38, S42); 100 steps a minute as moderate effort: IJBNPA 2019 (S46)",
        Grade.EXPERT,
    ),
    Id.R5: Basis("This project's own proposal (section 2.2.1)", Grade.OWN),
    Id.R6A: Basis(_MOORE, Grade.EXPERT),
    Id.R6B: Basis(f"{_MOORE}; {_ARTHROSCOPY} asks for 30", Grade.EXPERT),
    Id.R6C: Basis(_ARTHROSCOPY, Grade.EXPERT),
    Id.R6D: Basis(f"{_ARTHROSCOPY}; clinic checklists (S38, S40)", Grade.EXPERT),
    Id.R6E: Basis(f"{_MOORE}; clinic checklist (S39)", Grade.EXPERT),
    Id.R6X: Basis(
        "Of hops alone: 85 % and more after knee surgery (S27); 20 s counts within 10 % in a clinic checklist (S39). "
        "To ask the same of bridge, plank and squat is this project's own proposal",
        Grade.OWN,
    ),
    Id.R7: Basis(f"{_MOORE} and (S29); clinic checklists (S19, S39)", Grade.EXPERT),
    Id.R8: Basis("Asked for in many programmes; no single source was checked", Grade.EXPERT),
}


class Limits(Struct, frozen=True):
    """The limits of section 2.2 by the names under which a routine file replaces them, at their defaults.

    NPRS 0-10, seconds, reps, minutes; shares are 0 to 1.
    """

    require_signoff: bool | None = None
    """R0. None: asked for where the groin hurts."""
    adl_mean_max: float = 1.0
    adl_max: float = 2
    morn_max: float = 1
    days: int = 7
    """R1: over how many days."""
    night_max: int = 0
    trend_max: float = 1.0
    """R3: a rise below this."""
    walk_min: float = 30
    walk_pain_max: float = 1
    adherence: float = 0.75
    min_days: int = 14
    slb_reps: int = 20
    abd_reps: int = 20
    sp_s: float = 45
    plank_s: float = 45
    sls_reps: int = 10
    hr_reps: int = 20
    lsi_min: float = 0.90
    hops: int = 10
    """R7: single-leg hops a side."""
    skip_hop: bool = False
    """R7: the ladder ends before the hops."""
    conf_min: float = 7


def limits(own: Readiness) -> Limits:
    """The defaults, and in their place what a routine file sets itself."""
    return Limits(**{key: value for key in Limits.__struct_fields__ if (value := getattr(own, key)) is not UNSET})


def strictest(files: Iterable[Readiness]) -> Readiness:
    """Of each limit the one that is hardest to meet, among those files that set it."""
    known = tuple(files)
    return Readiness(**{key: _hardest(key, known) for key in Limits.__struct_fields__})


_AT_LEAST = frozenset(
    "require_signoff days walk_min adherence min_days slb_reps abd_reps sp_s plank_s sls_reps hr_reps lsi_min hops "
    "conf_min".split()
)
"""A larger number asks for more, a yes for more than a no; of all others the smaller one does."""


def _hardest(key: str, files: tuple[Readiness, ...]) -> Any:  # the type of the field of that name
    values = [value for one in files if (value := getattr(one, key)) is not UNSET]
    if not values:
        return UNSET
    return max(values) if key in _AT_LEAST else min(values)
