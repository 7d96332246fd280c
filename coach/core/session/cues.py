"""What is sounded and said, and when: values of the same timeline as the steps.

The table of moments is that of the design: get ready, the last three seconds, the three phases of a rep, the half of
a long hold, switching sides, rest, the end of an exercise and of the session.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coach.core.routine.plan import Side, Step, StepKind
from coach.core.session.engine import Phase, Session
from coach.core.session.sayings import RunSaying, TestSaying
from coach.core.session.sounds import CueSound

LATE_S = 0.25
"""A cue that is later than this is dropped, never queued."""

TICKS = 3
TICKS_FROM_S = 5.0
"""Shorter holds and rests are not counted down: the ticks would be all there is to hear."""

HALFWAY_OVER_S = 20.0


@dataclass(frozen=True, slots=True)
class SayReady:
    """What comes: the exercise, its side and its dose; `well_done` after an exercise that is over."""

    exercise: str
    side: Side | None
    reps: int | None
    hold_s: float | None
    well_done: bool


@dataclass(frozen=True, slots=True)
class SayNumber:
    """A number: of the rep that is over, or of the seconds of counting in."""

    number: int


@dataclass(frozen=True, slots=True)
class SayTurn:
    """The side whose turn it is in an alternating set."""

    side: Side


@dataclass(frozen=True, slots=True)
class SayHalfway:
    """Half of a long hold."""


@dataclass(frozen=True, slots=True)
class SaySwitch:
    """Switch sides, to this one."""

    side: Side


@dataclass(frozen=True, slots=True)
class SayRest:
    """A set is done; `rep` was its last rep. `side` is named if the next set begins on another one."""

    seconds: float
    rep: int | None
    side: Side | None


@dataclass(frozen=True, slots=True)
class SayDone:
    """The session is over; it is no praise to whoever skipped to its end."""

    well_done: bool = True


Saying = SayReady | SayNumber | SayTurn | SayHalfway | SaySwitch | SayRest | SayDone | TestSaying | RunSaying


@dataclass(frozen=True, slots=True)
class Cue:
    """One moment: its instant in seconds since the session began, what is sounded, what is said.

    `room_s` is the time to the next cue: what does not fit is not said.
    """

    at: float
    sound: CueSound | None
    saying: Saying | None = None
    room_s: float = 0.0


Moment = tuple[float, CueSound | None, Saying | None]
"""An offset in the step, what is sounded, what is said."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a kind of session sounds and says: in a step, and when it has run to its end."""

    of_step: Callable[[Session, int], Iterator[Moment]]
    at_end: Saying


def cues(s: Session, ticks: int = TICKS, of: Timeline | None = None) -> tuple[Cue, ...]:
    """All cues of the current step that lie at or after where it stands, in order.

    `ticks` is how many last seconds are ticked: the person chooses. `of` is what is guided, by default a routine.
    """
    of = of or ROUTINE
    if s.phase is Phase.DONE:
        saying = SayDone(well_done=s.on_time) if isinstance(of.at_end, SayDone) else of.at_end
        return (Cue(s.seen, CueSound.SESSION_DONE, saying, 5.0),) if s.complete else ()
    if s.phase is not Phase.RUNNING:
        return ()
    stepwise = [
        (s.began + offset, sound, saying)
        for offset, sound, saying in of.of_step(s, ticks)
        if offset > s.spent or offset == s.spent == 0
    ]
    timed = [*_of_lead(s), *stepwise]
    ends = [at for at, _, _ in timed[1:]]
    ends.append(s.began + s.length_s if not s.step.open else s.began + max(s.length_s, s.spent + 2.0))
    return tuple(
        Cue(at, sound, saying, max(0.0, end - at)) for (at, sound, saying), end in zip(timed, ends, strict=True)
    )


def due(s: Session, since: float, now: float, ticks: int = TICKS, of: Timeline | None = None) -> tuple[Cue, ...]:
    """The cues whose instant came after `since` and until `now`, without those that are too late."""
    return tuple(cue for cue in cues(s, ticks, of) if since < cue.at <= now and now - cue.at <= LATE_S)


def next_cue(s: Session, now: float, ticks: int = TICKS, of: Timeline | None = None) -> float | None:
    """The instant of the next cue of this step, if it has one."""
    return next((cue.at for cue in cues(s, ticks, of) if cue.at > now), None)


def _of_lead(s: Session) -> Iterator[Moment]:
    """Three ticks before a step that goes on after a pause or a step back. The step began, or goes on, at the end."""
    goes_on = s.began + s.spent
    if s.lead_s:
        for number in range(TICKS, 0, -1):
            yield goes_on - number, CueSound.TICK, SayNumber(number)


def _of_step(s: Session, ticks: int) -> Iterator[Moment]:
    yield 0.0, *_at_start(s)
    length = s.length_s
    step = s.step
    if step.open:
        return
    if step.kind is StepKind.HOLD and length > HALFWAY_OVER_S:
        yield length / 2, CueSound.HALFWAY, SayHalfway()
    counted_in = step.kind is StepKind.PREPARE
    if step.kind in (StepKind.HOLD, StepKind.REST, StepKind.PREPARE) and length >= max(TICKS_FROM_S, ticks + 2):
        for number in range(ticks, 0, -1):
            yield length - number, CueSound.TICK, SayNumber(number) if counted_in else None


ROUTINE = Timeline(_of_step, SayDone())
"""The sets of a routine."""


def _at_start(s: Session) -> tuple[CueSound, Saying | None]:
    step = s.step
    before = s.steps[s.index - 1] if s.index and s.on_time else None
    rep = _rep_over(before, step)
    new_item = s.index > 0 and s.steps[s.index - 1].item != step.item
    if new_item and s.on_time and step.works():
        # No time is given to get ready: what is over and what comes must be heard all the same.
        return CueSound.EXERCISE_DONE, _ready(s, well_done=True)
    match step.kind:
        case StepKind.PREPARE:
            sound = CueSound.EXERCISE_DONE if new_item and s.on_time else CueSound.GET_READY
            return sound, _ready(s, well_done=new_item and s.on_time)
        case StepKind.REST if _within_set(s):
            return CueSound.DOWN, SayNumber(rep) if rep else None
        case StepKind.REST:
            return CueSound.REST, SayRest(step.duration_s, rep, _other_side_next(s))
        case StepKind.SWITCH:
            side = _next_side(s)
            return CueSound.SWITCH, SaySwitch(side) if side else None
        case StepKind.UP:
            return CueSound.UP, _between_reps(s, rep)
        case StepKind.HOLD:
            return CueSound.HOLD, _between_reps(s, rep)
        case StepKind.DOWN:
            return CueSound.DOWN, _between_reps(s, rep)


def _between_reps(s: Session, rep: int | None) -> Saying | None:
    """The side whose turn it is, where they take turns; else the number of the rep that is over."""
    step = s.step
    before = next((one for one in reversed(s.steps[: s.index]) if one.works()), None)
    switched = s.index > 0 and s.steps[s.index - 1].kind is StepKind.SWITCH
    same_set = before is not None and (before.item, before.set) == (step.item, step.set)
    if (
        before is not None
        and s.on_time
        and same_set
        and not switched
        and before.side != step.side
        and step.side is not None
    ):
        return SayTurn(step.side)
    return SayNumber(rep) if rep else None


def _rep_over(before: Step | None, step: Step) -> int | None:
    """The rep that ended where `step` begins."""
    if before is None or not before.works():
        return None
    same = step.works() and (step.rep, step.side, step.set, step.item) == (
        before.rep,
        before.side,
        before.set,
        before.item,
    )
    return None if same else before.rep


def _ready(s: Session, *, well_done: bool) -> SayReady:
    first = _next_work(s)
    if first is None:
        return SayReady(s.step.exercise, None, None, None, well_done)
    begin = s.steps[first]
    of_set = [step for step in s.steps[first:] if (step.item, step.set) == (begin.item, begin.set)]
    one_pass = [step for step in of_set if step.side == begin.side]
    reps = max(step.rep or 0 for step in one_pass)
    hold_s = begin.duration_s if {step.kind for step in one_pass} == {StepKind.HOLD} else None
    return SayReady(s.step.exercise, None if begin.side is Side.BOTH else begin.side, reps, hold_s, well_done)


def _next_work(s: Session) -> int | None:
    return next((i for i in range(s.index, len(s.steps)) if s.steps[i].works()), None)


def _next_side(s: Session) -> Side | None:
    index = _next_work(s)
    return None if index is None else s.steps[index].side


def _within_set(s: Session) -> bool:
    """Whether this rest lies between two held reps of one set."""
    before = s.steps[s.index - 1] if s.index else None
    after = _next_work(s)
    return (
        before is not None
        and after is not None
        and before.works()
        and (before.item, before.set) == (s.steps[after].item, s.steps[after].set)
    )


def _other_side_next(s: Session) -> Side | None:
    before = s.steps[s.index - 1].side if s.index else None
    after = _next_side(s)
    return after if after is not before and after is not Side.BOTH else None
