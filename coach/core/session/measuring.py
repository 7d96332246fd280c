"""One bout of a self-test that is being done: a value and pure functions of it. Time is an argument.

A bout is got ready for, then measured until the person stops it or it is full. Every time is a subtraction from an
instant, never a sum of looks. Nothing of it is stored while it runs: what counts is its end.
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from coach.core.routine.plan import Side

MAX_GAP_S = 5.0
"""Nobody looked at the clock for longer: the computer slept. What was held meanwhile nobody knows, so the bout ends."""

HURRY_S = 3.0
"""Who is in position early is counted in by 3-2-1."""

LONGEST_READY_S = 600.0
CADENCES = (100, 130)
"""Steps a minute that the beat of a walk can be set to; from 100 on a walk is of moderate intensity (R4, S46)."""
_HAIR_S = 1e-6
_MINUTE_S = 60.0


class Unit(StrEnum):
    """What is counted."""

    SECONDS = "s"
    REPS = "reps"


@dataclass(frozen=True, slots=True)
class Bout:
    """What is measured in one go: one side of a test, one rung of the impact check, one walk."""

    test: str
    """Its name in the log."""
    exercise: str
    side: Side
    unit: Unit
    goal: int
    most: int
    """Where it ends by itself."""
    ready_s: float
    up_s: float = 0.0
    down_s: float = 0.0
    """The two halves of a rep; nothing for what is held."""
    cadence: int = 0
    """Steps a minute of the beat that is walked to; 0 where none is."""

    @property
    def rep_s(self) -> float:
        """How long one rep takes."""
        return self.up_s + self.down_s

    @property
    def full_s(self) -> float:
        """When it ends by itself, in seconds of measuring."""
        return self.most * self.rep_s if self.unit is Unit.REPS else float(self.most)

    @property
    def closed(self) -> bool:
        """Whether it is over at its goal: then more is not wanted."""
        return self.most == self.goal

    @property
    def walked(self) -> bool:
        """Whether it is a walk, which may be paused; a plank with a pause is no plank."""
        return self.cadence > 0


class Phase(StrEnum):
    """Where a bout stands."""

    BEFORE = "before"
    READY = "ready"
    """Getting ready; the countdown runs."""
    WAITING = "waiting"
    """Getting ready; the countdown stands still."""
    RUNNING = "running"
    PAUSED = "paused"
    OVER = "over"


class End(StrEnum):
    """Why a bout is over."""

    STOPPED = "stopped"
    FULL = "full"
    ASLEEP = "asleep"
    """Nobody looked at the clock: what was done is not known."""


@dataclass(frozen=True, slots=True)
class Measuring:
    """A bout at one point of its time."""

    bout: Bout
    phase: Phase = Phase.BEFORE
    began: float = 0.0
    """The instant the phase would have begun, pauses removed."""
    spent: float = 0.0
    """What the phase had run when it stood still or ended."""
    ready_s: float = 0.0
    """How long getting ready takes, with what was added to it."""
    seen: float = 0.0
    """The last instant that is known."""
    cadence: int = 0
    turned_s: float = 0.0
    """When the cadence was set, in seconds of measuring."""
    steps_before: float = 0.0
    """The beats until then."""
    end: End | None = None

    def elapsed(self, now: float) -> float:
        """Seconds of this phase: of getting ready, or of measuring."""
        if self.phase not in (Phase.READY, Phase.RUNNING):
            return self.spent
        limit = self.ready_s if self.phase is Phase.READY else self.bout.full_s
        return min(max(0.0, now - self.began), limit)

    def measured_s(self, now: float) -> float:
        """Seconds of measuring; none before it began."""
        return self.elapsed(now) if self.phase in (Phase.RUNNING, Phase.PAUSED, Phase.OVER) else 0.0

    def amount(self, now: float) -> int:
        """Whole seconds held, or whole reps to the beat: what was begun is not counted."""
        measured = self.measured_s(now) + _HAIR_S
        if self.bout.unit is Unit.REPS:
            return min(self.bout.most, math.floor(measured / self.bout.rep_s))
        return min(self.bout.most, math.floor(measured))

    def left_to_begin(self, now: float) -> float:
        """Seconds of getting ready to go."""
        return max(0.0, self.ready_s - self.elapsed(now)) if self.phase in (Phase.READY, Phase.WAITING) else 0.0

    def beats(self, now: float) -> float:
        """Steps that the beat made so far."""
        return self.steps_before + (self.measured_s(now) - self.turned_s) * self.cadence / _MINUTE_S

    def mean_cadence(self, now: float) -> int:
        """Steps a minute that the beat made on average; what it is set to before it began."""
        measured = self.measured_s(now)
        return round(self.beats(now) / measured * _MINUTE_S) if measured > 0 else self.cadence


@dataclass(frozen=True, slots=True)
class Start:
    """Begin to get ready."""


@dataclass(frozen=True, slots=True)
class Look:
    """Look at the clock."""


@dataclass(frozen=True, slots=True)
class Hurry:
    """In position: count in at once."""


@dataclass(frozen=True, slots=True)
class Adjust:
    """More or less time to get ready."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Pause:
    """Stand still, where that is possible."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Go on after standing still."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Another cadence for the beat of a walk."""

    cadence: int


@dataclass(frozen=True, slots=True)
class Stop:
    """The person ends it."""


Command = Start | Look | Hurry | Adjust | Pause | GoOn | Pace | Stop


def after(m: Measuring, command: Command, now: float) -> Measuring:
    """The bout after a command. The clock is looked at first; a command that makes no sense now does nothing."""
    now = max(m.seen, now)
    m = _looked(m, now)
    match command:
        case Look():
            return m
        case Start():
            return _started(m, now) if m.phase is Phase.BEFORE else m
        case Hurry():
            return _hurried(m, now) if m.phase in (Phase.READY, Phase.WAITING) else m
        case Adjust(seconds=seconds):
            return _adjusted(m, seconds, now) if m.phase in (Phase.READY, Phase.WAITING) else m
        case Pause():
            return _paused(m, now)
        case GoOn():
            return _gone_on(m, now)
        case Pace(cadence=cadence):
            return _paced(m, cadence, now)
        case Stop():
            return _ended(m, now, End.STOPPED) if m.phase not in (Phase.BEFORE, Phase.OVER) else m
        case _:
            assert_never(command)


def next_look(m: Measuring, now: float) -> float | None:
    """When to look at the clock again: at the next whole second, or where the phase ends. None while it stands."""
    if m.phase is Phase.READY:
        left = m.left_to_begin(now)
        return now + left - max(0, math.ceil(left - _HAIR_S) - 1)
    if m.phase is Phase.RUNNING:
        run = m.elapsed(now)
        return now + min(math.floor(run + _HAIR_S) + 1 - run, max(0.0, m.bout.full_s - run))
    return None


def _looked(m: Measuring, now: float) -> Measuring:
    """What ran out since the clock was last looked at."""
    if m.phase not in (Phase.READY, Phase.RUNNING):
        return replace(m, seen=now)
    if now - m.seen > MAX_GAP_S:
        if m.phase is Phase.READY:  # nothing is lost: the countdown waits
            return replace(m, phase=Phase.WAITING, spent=m.elapsed(m.seen), seen=now)
        return replace(m, phase=Phase.OVER, spent=m.elapsed(m.seen), seen=now, end=End.ASLEEP)
    if m.phase is Phase.READY and now >= m.began + m.ready_s:
        # From the boundary, not from now: a late look must not take from what is held.
        m = replace(m, phase=Phase.RUNNING, began=m.began + m.ready_s, spent=0.0)
    if m.phase is Phase.RUNNING and now - m.began >= m.bout.full_s:
        return replace(m, phase=Phase.OVER, spent=m.bout.full_s, seen=now, end=End.FULL)
    return replace(m, seen=now)


def _started(m: Measuring, now: float) -> Measuring:
    return replace(m, phase=Phase.READY, began=now, ready_s=m.bout.ready_s, seen=now, cadence=m.bout.cadence)


def _hurried(m: Measuring, now: float) -> Measuring:
    left = min(HURRY_S, m.left_to_begin(now))
    return replace(m, phase=Phase.READY, began=now - (m.ready_s - left), seen=now)


def _adjusted(m: Measuring, seconds: float, now: float) -> Measuring:
    return replace(m, ready_s=min(LONGEST_READY_S, max(m.elapsed(now), m.ready_s + seconds)))


def _paused(m: Measuring, now: float) -> Measuring:
    if m.phase is Phase.READY:
        return replace(m, phase=Phase.WAITING, spent=m.elapsed(now))
    if m.phase is Phase.RUNNING and m.bout.walked:
        return replace(m, phase=Phase.PAUSED, spent=m.elapsed(now))
    return m


def _gone_on(m: Measuring, now: float) -> Measuring:
    if m.phase is Phase.WAITING:
        return replace(m, phase=Phase.READY, began=now - m.spent)
    return replace(m, phase=Phase.RUNNING, began=now - m.spent) if m.phase is Phase.PAUSED else m


def _paced(m: Measuring, cadence: int, now: float) -> Measuring:
    if not m.bout.walked or m.phase in (Phase.BEFORE, Phase.OVER):
        return m
    least, most = CADENCES
    return replace(m, cadence=min(most, max(least, cadence)), turned_s=m.measured_s(now), steps_before=m.beats(now))


def _ended(m: Measuring, now: float, end: End) -> Measuring:
    """It is over; getting ready was no measuring."""
    return replace(m, phase=Phase.OVER, spent=m.measured_s(now), end=end)
