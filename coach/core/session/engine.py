"""The running session: a value and pure functions of it. Time is an argument; a session is the fold of its events."""

import math
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import reduce
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from coach.core.routine.plan import Step, StepKind, total_s
from coach.core.session.events import (
    Adjusted,
    Began,
    Counted,
    Eased,
    Event,
    Finished,
    Hurt,
    Jumped,
    Paused,
    Rated,
    Resumed,
    Seen,
    Slept,
    Started,
    Stopped,
)

MAX_GAP_S = 3.0
"""A longer gap between two looks at the clock means sleep or a frozen machine. The shell looks once a second."""

LEAD_S = 3.0
"""Resuming counts 3-2-1."""

BACK_TO_START_S = 2.0
"""Within this time of a set's beginning, "back" goes to the one before."""

ADJUSTABLE = frozenset({StepKind.REST, StepKind.PREPARE, StepKind.SWITCH})
LONGEST_S = 3600.0
_HAIR_S = 1e-6


class Phase(StrEnum):
    """Where a session stands."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"


# A Struct: Progress folds the events of a thousand sessions, and each event makes a session anew. Changed fields of a
# dataclass take six times as long.
class Session(Struct, frozen=True):
    """A session at one point of its events. All times in seconds since it began."""

    steps: tuple[Step, ...]
    phase: Phase = Phase.READY
    index: int = 0
    began: float = 0.0
    """The instant the current step would have begun, pauses removed and counting-in included."""
    spent: float = 0.0
    """What the current step had run at the last pause."""
    extra: float = 0.0
    """What the person added to this rest."""
    lead_s: float = 0.0
    """How long the step was counted in when it began or went on."""
    seen: float = 0.0
    """The last instant that is known."""
    on_time: bool = True
    """The step before this one ran to its end, once it is over the last one; False after a jump."""
    hurting: bool = False
    """ "It hurts" was said, and how it goes on is not decided yet."""
    complete: bool = False
    """Done by running to the end, not by stopping."""

    @property
    def step(self) -> Step:
        """The current step."""
        return self.steps[self.index]

    @property
    def live(self) -> bool:
        """Begun, and not over."""
        return self.phase in (Phase.RUNNING, Phase.PAUSED)

    @property
    def length_s(self) -> float:
        """The length of the current step with what was added to it."""
        return self.step.duration_s + self.extra

    def elapsed(self, now: float) -> float:
        """Seconds of the current step that were done."""
        if self.phase is not Phase.RUNNING:
            return self.spent
        run = max(self.spent, now - self.began)
        return run if self.step.open else min(run, self.length_s)

    def left(self, now: float) -> float:
        """Seconds of the current step to go; of a self-paced rep what it is expected to take."""
        return max(0.0, self.length_s - self.elapsed(now))

    def lead(self, now: float) -> float:
        """Seconds of counting in that are left."""
        return max(0.0, self.began + self.spent - now) if self.phase is Phase.RUNNING else 0.0

    def waits_for_rep(self, now: float) -> bool:
        """A rep of the person's own pace is under way: it ends when the person says so."""
        return self.phase is Phase.RUNNING and self.step.open and not self.lead(now)

    def left_in_all(self, now: float) -> float:
        """Seconds of the session to go."""
        if self.phase is Phase.DONE or not self.steps:
            return 0.0
        return self.left(now) + total_s(self.steps[self.index + 1 :])


class Start(Struct, frozen=True):
    """Begin."""


class Tick(Struct, frozen=True):
    """Look at the clock."""


class Pause(Struct, frozen=True):
    """Stop the clock."""


class Resume(Struct, frozen=True):
    """Go on, after counting in."""


class Skip(Struct, frozen=True):
    """On to the next set, rest or side."""


class SkipExercise(Struct, frozen=True):
    """On to the next exercise."""


class Back(Struct, frozen=True):
    """To the beginning of this set, or to the set before."""


class Adjust(Struct, frozen=True):
    """Make the rest longer or shorter."""

    seconds: float


class Count(Struct, frozen=True):
    """A rep of the person's own pace is over."""


class ItHurts(Struct, frozen=True):
    """Pause at once and ask."""


class Rate(Struct, frozen=True):
    """How much it hurts, NPRS 0-10."""

    pain: int


class Ease(Struct, frozen=True):
    """Go on with the easier variation: `steps` replace everything from the current step on."""

    exercise: str
    steps: tuple[Step, ...]


class Stop(Struct, frozen=True):
    """End the session early."""


Command = Start | Tick | Pause | Resume | Skip | SkipExercise | Back | Adjust | Count | ItHurts | Rate | Ease | Stop


def handle(s: Session, command: Command, now: float) -> tuple[Session, tuple[Event, ...]]:
    """What the command makes of the session, and the events that say so."""
    events = decide(s, command, now)
    return reduce(apply, events, s), events


def replay(steps: tuple[Step, ...], events: Iterable[Event]) -> Session:
    """The session that these events tell."""
    return reduce(apply, events, Session(steps))


def decide(s: Session, command: Command, now: float) -> tuple[Event, ...]:
    """What happens, nothing else. A command that makes no sense now yields nothing of its own.

    The clock is looked at first: what ran out before the command is over before the command counts.
    """
    if not s.steps:
        return ()
    passed = _passed(s, now)
    s = reduce(apply, passed, s)
    # After a sleep the clock stood still at the last seen instant, and so does what the person does now.
    at = max(s.seen, now) if s.phase is Phase.RUNNING else s.seen
    return (*passed, *_decide(s, command, at, now))


def _decide(s: Session, command: Command, at: float, now: float) -> tuple[Event, ...]:
    running, paused = s.phase is Phase.RUNNING, s.phase is Phase.PAUSED
    live = s.live
    match command:
        case Tick():
            return ()
        case Start():
            return (Started(max(s.seen, now)),) if s.phase is Phase.READY else ()
        case Pause():
            return (Paused(at),) if running else ()
        case Resume():
            lead = LEAD_S if s.spent > 0 or s.step.works() else 0.0
            return (Resumed(max(s.seen, now), lead),) if paused else ()
        case Skip():
            return _jump(s, _next_block(s.steps, s.index), at) if live else ()
        case SkipExercise():
            return _jump(s, _next_item(s.steps, s.index), at) if live else ()
        case Back():
            return _jump(s, _back(s, now), at) if live else ()
        case Adjust(seconds=seconds):
            return _adjust(s, seconds, at, now) if live and s.step.kind in ADJUSTABLE else ()
        case Count():
            return _count(s, at) if s.waits_for_rep(now) else ()
        case ItHurts():
            return (Hurt(at),) if live and not s.hurting else ()
        case Rate(pain=pain):
            return (Rated(at, pain),) if live else ()
        case Ease(exercise=exercise, steps=steps):
            return (Eased(at, exercise, steps),) if live and steps else ()
        case Stop():
            return (Stopped(at),) if live else ()
        case _:
            assert_never(command)


def apply(s: Session, event: Event) -> Session:
    """The only way a session changes."""
    at = max(s.seen, event.at)
    match event:
        case Started():
            return replace(s, phase=Phase.RUNNING, began=at, seen=at)
        case Began(index=index):
            return _enter(s, index, event.at, on_time=True)
        case Counted(index=index):
            return _enter(s, index, event.at, on_time=True)
        case Jumped(index=index, lead_s=lead_s):
            return replace(_enter(s, index, event.at + lead_s, on_time=False, seen=at), lead_s=lead_s)
        case Seen():
            return replace(s, seen=at)
        case Paused() | Slept():
            return replace(s, phase=Phase.PAUSED, spent=s.elapsed(event.at), seen=at)
        case Hurt():
            return replace(s, phase=Phase.PAUSED, spent=s.elapsed(event.at), seen=at, hurting=True)
        case Resumed(lead_s=lead_s):
            began = event.at + lead_s - s.spent
            return replace(s, phase=Phase.RUNNING, began=began, seen=at, lead_s=lead_s, hurting=False)
        case Adjusted(seconds=seconds):
            return replace(s, extra=s.extra + seconds, seen=at)
        case Rated():
            return replace(s, seen=at)
        case Eased(steps=steps):
            changed = replace(s, steps=(*s.steps[: s.index], *steps))
            return _enter(changed, s.index, event.at, on_time=False, seen=at)
        case Finished(counted=counted):
            spent = s.elapsed(event.at)
            ran_out = counted or (not s.step.open and spent >= s.length_s - _HAIR_S)
            return replace(s, phase=Phase.DONE, spent=spent, seen=at, complete=True, hurting=False, on_time=ran_out)
        case Stopped():
            return replace(s, phase=Phase.DONE, spent=s.elapsed(event.at), seen=at, hurting=False)
        case _:
            assert_never(event)


def next_second(s: Session, now: float) -> float | None:
    """When to look at the clock again: at the next change of the shown second, or at the step's end."""
    if s.phase is not Phase.RUNNING:
        return None
    lead = s.lead(now)
    if lead > 0:
        return now + _to_next_whole(lead)
    if s.step.open:
        return now + 1.0 - (s.elapsed(now) % 1.0)
    return now + _to_next_whole(s.left(now))


def shown_seconds(left_s: float) -> int:
    """The whole seconds that a countdown shows: 3 for 2.001 to 3, and 0 only when it is over."""
    return math.ceil(left_s - _HAIR_S)


def _passed(s: Session, now: float) -> tuple[Event, ...]:
    """What ran out since the clock was last looked at."""
    if s.phase is not Phase.RUNNING:
        return ()
    if now - s.seen > MAX_GAP_S:
        return (Slept(s.seen, now - s.seen),)
    events: list[Event] = []
    while not s.step.open and now >= s.began + s.length_s:
        # From the boundary, not from now: a late look must not push the rest of the session back.
        end = s.began + s.length_s
        if s.index + 1 == len(s.steps):
            return (*events, Finished(end))
        events.append(Began(end, s.index + 1))
        s = apply(s, events[-1])
    if int(now) > int(s.seen):
        events.append(Seen(now))
    return tuple(events)


def _enter(s: Session, index: int, began: float, *, on_time: bool, seen: float | None = None) -> Session:
    """At the beginning of a step: nothing of the step before is kept."""
    return Session(
        steps=s.steps,
        phase=s.phase,
        index=index,
        began=began,
        seen=max(s.seen, began) if seen is None else seen,
        on_time=on_time,
        hurting=s.hurting,
        complete=s.complete,
    )


def _jump(s: Session, index: int, at: float) -> tuple[Event, ...]:
    if index >= len(s.steps):
        return (Finished(at),)
    backwards = index <= s.index
    return (Jumped(at, index, LEAD_S if backwards and s.steps[index].works() else 0.0),)


def _adjust(s: Session, seconds: float, at: float, now: float) -> tuple[Event, ...]:
    length = min(LONGEST_S, max(s.elapsed(now), s.length_s + seconds))
    change = length - s.length_s
    return (Adjusted(at, change),) if change else ()


def _count(s: Session, at: float) -> tuple[Event, ...]:
    last = s.index + 1 == len(s.steps)
    return (Finished(at, counted=True),) if last else (Counted(at, s.index + 1),)


def _to_next_whole(left_s: float) -> float:
    """Until the shown second changes; in the last hair of a countdown, until its end."""
    return left_s - max(0, shown_seconds(left_s) - 1)


def block_starts(steps: tuple[Step, ...], index: int) -> bool:
    """Whether a block begins here: the reps of one side of one set are one block, any other step is its own.

    Where the sides take turns rep by rep, both together are one block.
    """
    if index == 0:
        return True
    step, before = steps[index], steps[index - 1]
    if not step.works() or not before.works() or step.item != before.item or step.set != before.set:
        return True
    if step.side == before.side:
        return False
    # Two passes without a switch between them, unless either side has another turn in this set.
    had_turn = any(one.side == step.side for one in _same_set(steps, index, -1))
    has_turn = any(one.side == before.side for one in _same_set(steps, index, 1))
    return not had_turn and not has_turn


def _same_set(steps: tuple[Step, ...], index: int, way: int) -> Iterator[Step]:
    """The working steps of the same set before (-1) or after (1) a step."""
    here = steps[index]
    at = index + way
    while 0 <= at < len(steps) and steps[at].works() and (steps[at].item, steps[at].set) == (here.item, here.set):
        yield steps[at]
        at += way


def _next_block(steps: tuple[Step, ...], index: int) -> int:
    return next((i for i in range(index + 1, len(steps)) if block_starts(steps, i)), len(steps))


def _next_item(steps: tuple[Step, ...], index: int) -> int:
    return next((i for i in range(index + 1, len(steps)) if steps[i].item != steps[index].item), len(steps))


def _block(steps: tuple[Step, ...], index: int) -> int:
    """Where the block that holds this step begins."""
    return next(i for i in range(index, -1, -1) if block_starts(steps, i))


def _back(s: Session, now: float) -> int:
    start = _block(s.steps, s.index)
    resting = s.step.kind in (StepKind.REST, StepKind.SWITCH)
    into = s.index > start or s.elapsed(now) > BACK_TO_START_S
    if into and not resting:
        return start
    for index in range(start - 1, -1, -1):
        if s.steps[index].kind not in (StepKind.REST, StepKind.SWITCH):
            return _block(s.steps, index)
    return start
