"""What a screen shows of a session at one instant: one whole value, so that nothing on a screen is ever stale."""

from dataclasses import dataclass
from itertools import accumulate

from coach.core.routine.plan import Side, Step, StepKind
from coach.core.session.engine import Phase, Session, shown_seconds

CUE_EVERY_S = 10.0
CUE_RESTS_S = 3.0
"""In the last seconds of a phase the coaching cue does not change."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What stays the same about a compiled session, worked out once: sums, sets and what each step belongs to."""

    steps: tuple[Step, ...]
    until: tuple[float, ...]
    """Seconds before each step, and of all at the end."""
    sets: tuple[tuple[int, int], ...]
    """First and last step of each set, both sides together."""
    next_work: tuple[int | None, ...]
    """The step itself if it works, else the next one that does."""
    reps_of: tuple[int, ...]
    """By step: reps in its pass."""
    sets_of: tuple[int, ...]
    """By step: sets of its item."""


def outline(steps: tuple[Step, ...]) -> Outline:
    """The outline of some steps."""
    sets: dict[tuple[int, int], tuple[int, int]] = {}
    reps: dict[tuple[int, int, Side], int] = {}
    most: dict[int, int] = {}
    for index, step in enumerate(steps):
        if step.set is None or step.rep is None or step.side is None:
            continue
        key = (step.item, step.set)
        sets[key] = (sets.get(key, (index, index))[0], index)
        one_pass = (step.item, step.set, step.side)
        reps[one_pass] = max(reps.get(one_pass, 0), step.rep)
        most[step.item] = max(most.get(step.item, 0), step.set)
    next_work: list[int | None] = []
    ahead: int | None = None
    for index in range(len(steps) - 1, -1, -1):
        ahead = index if steps[index].works() else ahead
        next_work.append(ahead)
    next_work.reverse()
    working = [steps[i] if i is not None else None for i in next_work]
    return Outline(
        steps,
        tuple(accumulate((step.duration_s for step in steps), initial=0.0)),
        tuple(sets.values()),
        tuple(next_work),
        tuple(_reps(step, reps) for step in working),
        tuple(most.get(step.item, 0) if step else 0 for step in working),
    )


@dataclass(frozen=True, slots=True)
class SessionView:
    """One instant of a session."""

    phase: Phase
    kind: StepKind
    exercise: str
    item: int
    side: Side | None
    """Of the reps that are being done, or come next."""
    seconds: int
    """Whole seconds to go; while counting in, those until it goes on."""
    fraction_left: float
    """Of this step, 1 to 0."""
    fraction_done: float
    length_s: float
    """Of this step."""
    lead: bool
    """Counting in: 3, 2, 1."""
    open: bool
    """A rep of the person's own pace."""
    waits_for_rep: bool
    """Such a rep is under way: it ends when the person says so."""
    rep: int
    reps: int
    set: int
    sets: int
    segments: tuple[float, ...]
    """Each set of the session, how much of it is done, 0 to 1."""
    segment: int
    """The set that is being done, or comes next."""
    left_s: float
    """Seconds of the session to go."""
    turn: int
    """Which coaching cue it is the turn of; take it modulo the number of cues."""
    hurting: bool
    adjustable: bool


def view(s: Session, of: Outline, now: float) -> SessionView:
    """The session at an instant."""
    step = s.step
    ahead = of.next_work[s.index]
    coming = of.steps[ahead] if ahead is not None else None
    left, lead = s.left(now), s.lead(now)
    fraction = left / s.length_s if s.length_s > 0 else 0.0
    over = s.phase is Phase.DONE
    return SessionView(
        phase=s.phase,
        kind=step.kind,
        exercise=step.exercise,
        item=step.item,
        side=coming.side if coming else None,
        seconds=0 if over else shown_seconds(lead if lead > 0 else left),
        fraction_left=0.0 if over else fraction,
        fraction_done=1.0 - fraction,
        length_s=s.length_s,
        lead=lead > 0,
        open=step.open,
        waits_for_rep=s.waits_for_rep(now),
        rep=step.rep or 0,
        reps=of.reps_of[s.index],
        set=coming.set or 0 if coming else 0,
        sets=of.sets_of[s.index],
        segments=_segments(s, of, now),
        segment=_segment(of, s.index),
        left_s=0.0 if over else left + of.until[-1] - of.until[s.index + 1],
        turn=_turn(s, now),
        hurting=s.hurting,
        adjustable=step.kind in (StepKind.REST, StepKind.SWITCH, StepKind.PREPARE) and not over,
    )


def _reps(step: Step | None, reps: dict[tuple[int, int, Side], int]) -> int:
    if step is None or step.set is None or step.side is None:
        return 0
    return reps[(step.item, step.set, step.side)]


def _segments(s: Session, of: Outline, now: float) -> tuple[float, ...]:
    if s.phase is Phase.DONE and s.complete:
        return (1.0,) * len(of.sets)
    at = of.until[s.index] + min(s.elapsed(now), s.step.duration_s)
    return tuple(
        min(1.0, max(0.0, (at - of.until[first]) / max(1e-9, of.until[last + 1] - of.until[first])))
        for first, last in of.sets
    )


def _segment(of: Outline, index: int) -> int:
    return next((number for number, (_, last) in enumerate(of.sets) if last >= index), max(0, len(of.sets) - 1))


def _turn(s: Session, now: float) -> int:
    """The coaching cues take turns: between reps, and in a long hold every ten seconds but for the last three."""
    step = s.step
    reps = (step.rep or 0) + (step.set or 0)
    if step.rep is not None and s.length_s < 2 * CUE_EVERY_S:
        return reps
    settled = min(s.elapsed(now), max(0.0, s.length_s - CUE_RESTS_S))
    return reps + int(settled // CUE_EVERY_S)
