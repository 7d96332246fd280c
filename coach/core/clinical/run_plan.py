"""The stages of walking and running, and the numbers by which the plan moves; a routine file may set each.

The default is "HIP-12" (clinical reference, section 3.2, [ours]): 3 minutes more of running in each stage, in a frame
of 30 minutes; 5 minutes of walking before and after are not in it.
"""

from collections.abc import Iterable

from msgspec import UNSET, Struct

from coach.core.routine.routine import Routine, RunPlan, RunStage

WARM_UP_MIN = 5.0
"""Of walking, before the frame of a stage and after it (section 3.2)."""


class Stage(Struct, frozen=True):
    """One stage: so often so long a run, then so long a walk."""

    number: int
    reps: int
    run_min: float
    walk_min: float

    @property
    def running_min(self) -> float:
        """All of its running together."""
        return self.reps * self.run_min

    @property
    def frame_min(self) -> float:
        """How long it is, without the walking before and after."""
        return self.reps * (self.run_min + self.walk_min)


STAGES: tuple[Stage, ...] = (
    Stage(1, 6, 0.5, 4.5),
    Stage(2, 6, 1, 4),
    Stage(3, 6, 1.5, 3.5),
    Stage(4, 6, 2, 3),
    Stage(5, 6, 2.5, 2.5),
    Stage(6, 6, 3, 2),
    Stage(7, 6, 3.5, 1.5),
    Stage(8, 6, 4, 1),
    Stage(9, 6, 4.5, 0.5),
    Stage(10, 3, 9, 1),
    Stage(11, 2, 14, 1),
    Stage(12, 1, 30, 0),
)


class Plan(Struct, frozen=True):
    """The stages, and by which numbers they follow each other (section 3.2)."""

    stages: tuple[Stage, ...] = STAGES
    min_successes: int = 2
    """So many green runs of a stage before the next one."""
    max_per_week: int = 3
    """Runs in 7 days."""
    min_gap_h: int = 48
    """From one run to the next."""
    start_stage: int | None = None
    """Where it begins; None: by how long there was no running (`first_stage`)."""
    prescribed: bool = False
    """A routine file sets at least one of these."""

    @property
    def last(self) -> int:
        """The number of the last stage."""
        return len(self.stages)

    def stage(self, number: int) -> Stage:
        """The stage of a number; one below or above the stages is the first or the last."""
        return self.stages[min(max(1, number), self.last) - 1]


def plan_of(routines: Iterable[Routine]) -> Plan:
    """The plan of the first routine file that sets anything of it; else the default. Stages of two do not add up."""
    own = next((one.run_plan for one in routines if one.run_plan != RunPlan()), RunPlan())
    told = {key: value for key in _NUMBERS if (value := getattr(own, key)) is not UNSET}
    stages = STAGES if own.stages is UNSET else tuple(_stage(at, one) for at, one in enumerate(own.stages, 1))
    return Plan(stages, **told, prescribed=own != RunPlan())


_NUMBERS = ("min_successes", "max_per_week", "min_gap_h", "start_stage")


def _stage(number: int, own: RunStage) -> Stage:
    return Stage(number, own.reps, own.run_s / 60, own.walk_s / 60)


LAYOFF_SHORT_DAYS, LAYOFF_LONG_DAYS = 14, 28
_AFTER_SHORT, _AFTER_MIDDLE = 5, 3


def first_stage(of: Plan, layoff_days: int | None, *, rest_pain: bool) -> int:
    """Where the plan begins: after less than 2 weeks without running at 5, up to 4 at 3, later at 1 (section 3.2.1).

    Pain at rest, ever, begins at 1, and so does a layoff that is not known. A file's own `start_stage` goes before all
    of it. [ours] Of a file's own stages without one the first is taken: 3 and 5 are stages of HIP-12.
    """
    if of.start_stage is not None:
        return min(of.start_stage, of.last)
    if layoff_days is None or rest_pain or layoff_days > LAYOFF_LONG_DAYS or of.stages != STAGES:
        return 1
    return _AFTER_SHORT if layoff_days < LAYOFF_SHORT_DAYS else _AFTER_MIDDLE
