"""A stage of the walk/run plan as steps that can be guided, and what its pain limits ask for on the way."""

from collections.abc import Iterator

from coach.core.clinical.pain import Advice, Choice, Limits
from coach.core.clinical.run_plan import WARM_UP_MIN, Stage
from coach.core.routine.plan import Side, Step, StepKind
from coach.core.session.walk_run import RUN, WALK

_MINUTE_S = 60.0


def steps_of(stage: Stage) -> tuple[Step, ...]:
    """Warm-up, the runs with their walks, cool-down; no step has a length of 0."""
    return tuple(
        Step(StepKind.HOLD, minutes * _MINUTE_S, item, exercise, Side.BOTH, interval, interval and 1)
        for item, (exercise, minutes, interval) in enumerate(_parts(stage))
    )


def _parts(stage: Stage) -> Iterator[tuple[str, float, int | None]]:
    yield WALK, WARM_UP_MIN, None
    for interval in range(1, stage.reps + 1):
        if stage.run_min > 0:
            yield RUN, stage.run_min, interval
        if stage.walk_min > 0:
            yield WALK, stage.walk_min, interval
    yield WALK, WARM_UP_MIN, None


def advice_on_the_way(pain: int, of: Limits, *, running: bool) -> Advice:
    """What to offer at a pain (NPRS 0-10) on a walk/run, the advised choice first; to skip is to walk instead."""
    walk = (Choice.SKIP,) if running else ()
    if pain > of.stop_above:
        return Advice(pain, (Choice.STOP,), of)
    if pain > of.easier_above:
        return Advice(pain, (*walk, Choice.GO_ON, Choice.STOP), of)
    return Advice(pain, (Choice.GO_ON, *walk, Choice.STOP), of)
