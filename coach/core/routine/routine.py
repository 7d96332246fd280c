"""The routine file, version 1.1: `progress` and `run_plan` came with 1.1, all else with 1.0."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from coach.core.routine.bounds import (
    MAX_ITEMS,
    MAX_PROGRESS,
    MAX_STAGES,
    Date,
    Name,
    Nprs,
    PerWeek,
    Reps,
    Seconds,
    Sets,
    Text,
    Version,
)
from coach.core.routine.dose import PerSide, Sides, Tempo
from coach.core.routine.exercise import Exercise

FORMAT = "rehab-routine"
MAJOR, MINOR = 1, 1
FIRST_VERSION = "1.0"
"""What a file says that needs nothing newer, so that older programs read it as well."""

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class BodySide(StrEnum):
    """A side of the body."""

    LEFT = "left"
    RIGHT = "right"


class Pace(StrEnum):
    """Who says when a counted rep is over."""

    COACH = "coach"
    SELF = "self"


class Prescriber(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who made the routine."""

    name: Text = ""
    contact: Text = ""


class Schedule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How often, and on which days if that matters."""

    per_week: PerWeek | UnsetType = UNSET
    days: list[Day] = []


Times = Annotated[int, Meta(ge=1, le=20)]
Span = Annotated[int, Meta(ge=1, le=60)]


class Rules(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Pain limits (NPRS), and what follows from them, in place of the defaults of the clinical reference, section 1.2.

    The later keys are about what follows: sessions in a row (`success_quota`, `ambers_to_step_back`), effort (RPE) and
    pain of a success, hours of rest after a red one, and how many red days in how many days ask for more.
    """

    pain_stop_above: Nprs | UnsetType = UNSET
    pain_easier_above: Nprs | UnsetType = UNSET
    profile: Literal["strength", "walk_run", "tendon", "groin"] | UnsetType = UNSET
    start_block_if_pre_gt: Nprs | UnsetType = UNSET
    green_during_max: Nprs | UnsetType = UNSET
    amber_during_max: Nprs | UnsetType = UNSET
    after60_rise_max: Nprs | UnsetType = UNSET
    after60_max: Nprs | UnsetType = UNSET
    after_max: Nprs | UnsetType = UNSET
    morning_amber_rise: Nprs | UnsetType = UNSET
    morning_red_rise: Nprs | UnsetType = UNSET
    morning_max: Nprs | UnsetType = UNSET
    success_quota: Times | UnsetType = UNSET
    success_effort_max: Nprs | UnsetType = UNSET
    success_pain_max: Nprs | UnsetType = UNSET
    ambers_to_step_back: Times | UnsetType = UNSET
    red_rest_h: Annotated[int, Meta(ge=0, le=336)] | UnsetType = UNSET
    reds_to_rehab_only: Times | UnsetType = UNSET
    reds_to_rehab_only_days: Span | UnsetType = UNSET
    rehab_only_days: Annotated[int, Meta(ge=0, le=60)] | UnsetType = UNSET
    reds_to_refer: Times | UnsetType = UNSET
    reds_to_refer_days: Span | UnsetType = UNSET


Count = Annotated[int, Meta(ge=0, le=1000)]
Share = Annotated[float, Meta(ge=0, le=1)]
Points = Annotated[float, Meta(ge=0, le=10)]


class Readiness(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Thresholds that replace the defaults of the clinical reference, section 2.2."""

    require_signoff: bool | UnsetType = UNSET
    adl_mean_max: Points | UnsetType = UNSET
    adl_max: Points | UnsetType = UNSET
    morn_max: Points | UnsetType = UNSET
    days: Annotated[int, Meta(ge=1, le=365)] | UnsetType = UNSET
    night_max: Count | UnsetType = UNSET
    trend_max: Points | UnsetType = UNSET
    walk_min: Annotated[float, Meta(ge=0, le=600)] | UnsetType = UNSET
    walk_pain_max: Points | UnsetType = UNSET
    adherence: Share | UnsetType = UNSET
    min_days: Count | UnsetType = UNSET
    slb_reps: Count | UnsetType = UNSET
    abd_reps: Count | UnsetType = UNSET
    sp_s: Seconds | UnsetType = UNSET
    plank_s: Seconds | UnsetType = UNSET
    sls_reps: Count | UnsetType = UNSET
    hr_reps: Count | UnsetType = UNSET
    lsi_min: Share | UnsetType = UNSET
    hops: Count | UnsetType = UNSET
    skip_hop: bool | UnsetType = UNSET
    conf_min: Points | UnsetType = UNSET


class RunStage(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One stage of walking and running: so often so long a run, then so long a walk."""

    reps: Annotated[int, Meta(ge=1, le=60)]
    run_s: Annotated[float, Meta(ge=1, le=3600)]
    walk_s: Seconds = 0.0


class RunPlan(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The return-to-run plan in place of the defaults of the clinical reference, section 3.2."""

    stages: Annotated[list[RunStage], Meta(min_length=1, max_length=MAX_STAGES)] | UnsetType = UNSET
    min_successes: Times | UnsetType = UNSET
    max_per_week: Annotated[int, Meta(ge=1, le=7)] | UnsetType = UNSET
    min_gap_h: Annotated[int, Meta(ge=0, le=336)] | UnsetType = UNSET
    start_stage: Annotated[int, Meta(ge=1, le=MAX_STAGES)] | UnsetType = UNSET


class Progression(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One step up that the physiotherapist allows: other numbers, or another exercise with its own.

    Without `exercise` the numbers change those of the step before it, the first one those of the item. With it they
    are the dose of that exercise; what they leave out is filled in as in an item.
    """

    exercise: Name | UnsetType = UNSET
    sets: Sets | UnsetType = UNSET
    reps: Reps | UnsetType = UNSET
    hold_s: Seconds | UnsetType = UNSET
    load: Text = ""


class Item(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One exercise of a routine with its dose: counted (`reps`, `tempo`) or held (`hold_s`)."""

    exercise: Name
    sides: Sides | UnsetType = UNSET
    sets: Sets | UnsetType = UNSET
    reps: Reps | UnsetType = UNSET
    hold_s: Seconds | UnsetType = UNSET
    tempo: Tempo | UnsetType = UNSET
    rest_s: Seconds | UnsetType = UNSET
    rep_rest_s: Seconds | UnsetType = UNSET
    prepare_s: Seconds | UnsetType = UNSET
    switch_s: Seconds | UnsetType = UNSET
    per_side: PerSide | UnsetType = UNSET
    pace: Pace | UnsetType = UNSET
    load: Text = ""
    note: Text = ""
    progress: Annotated[list[Progression], Meta(max_length=MAX_PROGRESS)] = []
    """Steps above the dose, in order: each may be proposed after `success_quota` good sessions in a row. Since 1.1."""


class Routine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a physiotherapist prescribes, in one self-contained file."""

    format: Literal["rehab-routine"]
    version: Version
    id: Name
    title: Name
    items: Annotated[list[Item], Meta(min_length=1, max_length=MAX_ITEMS)]
    revision: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    issued: Date | UnsetType = UNSET
    review_by: Date | UnsetType = UNSET
    prescriber: Prescriber = Prescriber()
    patient: Text = ""
    schedule: Schedule = Schedule()
    affected_side: BodySide | UnsetType = UNSET
    rules: Rules = Rules()
    readiness: Readiness = Readiness()
    run_plan: RunPlan = RunPlan()
    exercises: list[Exercise] = []
