"""What a screen shows of a bout of a self-test at one instant: one whole value."""

import math
from dataclasses import dataclass

from coach.core.routine.plan import StepKind
from coach.core.session.engine import shown_seconds
from coach.core.session.measuring import Bout, End, Measuring, Phase, Unit

CUE_EVERY_S = 10.0


@dataclass(frozen=True, slots=True)
class MeasuringView:
    """One instant of a bout."""

    bout: Bout
    phase: Phase
    kind: StepKind
    """What the figure does."""
    shown: int
    """Seconds to go while getting ready; then what is measured: seconds or reps so far."""
    fraction: float
    """Of getting ready what is left, 1 to 0; of the goal what is reached, 0 to 1."""
    of_kind: float
    """How far through `kind` it is, 0 to 1."""
    kind_s: float
    """How long `kind` lasts."""
    reached: bool
    """The goal is reached."""
    cadence: int
    turn: int
    """Which coaching cue it is the turn of; take it modulo the number of cues."""
    end: End | None


def view(m: Measuring, now: float) -> MeasuringView:
    """The bout at an instant."""
    bout, run = m.bout, m.elapsed(now)
    ready = m.phase in (Phase.BEFORE, Phase.READY, Phase.WAITING)
    goal_s = bout.goal * bout.rep_s if bout.unit is Unit.REPS else float(bout.goal)
    if ready:
        ready_s = m.ready_s if m.phase is not Phase.BEFORE else bout.ready_s
        kind, of_kind, kind_s = StepKind.PREPARE, run / ready_s if ready_s > 0 else 1.0, ready_s
        shown, fraction = shown_seconds(ready_s - run), 1.0 - of_kind
    else:
        kind, of_kind, kind_s = _doing(bout, run)
        shown, fraction = m.amount(now), min(1.0, run / goal_s) if goal_s > 0 else 1.0
    return MeasuringView(
        bout=bout,
        phase=m.phase,
        kind=kind,
        shown=shown,
        fraction=fraction,
        of_kind=of_kind,
        kind_s=kind_s,
        reached=not ready and m.amount(now) >= bout.goal,
        cadence=m.cadence or bout.cadence,
        turn=math.floor(run / CUE_EVERY_S),
        end=m.end,
    )


def _doing(bout: Bout, run: float) -> tuple[StepKind, float, float]:
    """What the figure does after so many seconds of measuring, how far through it, how long that lasts."""
    if bout.unit is Unit.SECONDS:
        return StepKind.HOLD, run / bout.full_s if bout.full_s > 0 else 1.0, bout.full_s
    into = run % bout.rep_s if run < bout.full_s else bout.rep_s
    if into < bout.up_s:
        return StepKind.UP, into / bout.up_s, bout.up_s
    return StepKind.DOWN, (into - bout.up_s) / bout.down_s if bout.down_s > 0 else 1.0, bout.down_s
