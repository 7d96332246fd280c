"""A guided walk/run: what its steps are, what is shown of it at one instant, and what was really done of it.

Each step is a held one of its own; the number of its interval is in `set`, which warm-up and cool-down have not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from coach.core.routine.plan import Step
from coach.core.session.engine import Session, apply
from coach.core.session.events import Began, Event, Finished, Hurt, Jumped, Paused, Rated, Seen, Slept, Stopped

RUN, WALK = "run", "walk"
"""What a step's `exercise` is: neither is in the library."""
LEAST_S = 60.0
"""What is over within a minute, without pain, was no walk and no run. [ours]"""
MISTYPED_S = 10.0
"""Another number within this time corrects the one before; later on it is another pain. [ours]"""
_HAIR_S = 1e-6


class Part(StrEnum):
    """What a step is for."""

    WARM_UP = "warm_up"
    RUN = "run"
    WALK = "walk"
    COOL_DOWN = "cool_down"


def part(steps: tuple[Step, ...], index: int) -> Part:
    """What this step is for."""
    step = steps[index]
    if step.exercise == RUN:
        return Part.RUN
    if step.set is not None:
        return Part.WALK
    return Part.WARM_UP if index == 0 else Part.COOL_DOWN


def intervals(steps: tuple[Step, ...]) -> int:
    """How many runs there are."""
    return sum(step.exercise == RUN for step in steps)


@dataclass(frozen=True, slots=True)
class RunView:
    """Where a walk/run is, beside what a session's view tells."""

    part: Part
    interval: int
    """From 1; 0 in warm-up and cool-down."""
    intervals: int
    after_run: bool
    """This walk follows a run: it is the time to ask how that was."""
    fills: tuple[float, ...]
    """Each step, how much of it is done, 0 to 1."""
    at: int


def run_view(s: Session, now: float) -> RunView:
    """The walk/run at an instant."""
    here = min(1.0, s.elapsed(now) / s.length_s) if s.length_s > 0 else 1.0
    over = len(s.steps) if s.complete else s.index
    before = s.steps[s.index - 1] if s.index else None
    return RunView(
        part=part(s.steps, s.index),
        interval=s.step.set or 0,
        intervals=intervals(s.steps),
        after_run=s.step.exercise == WALK and before is not None and before.exercise == RUN,
        fills=tuple(1.0 if at < over else here if at == s.index else 0.0 for at in range(len(s.steps))),
        at=s.index,
    )


@dataclass(frozen=True, slots=True)
class RunDone:
    """A walk/run as it was done: every second on the legs counts, also of an interval that was done again."""

    ran_s: float
    walked_s: float
    runs: int
    """Runs that were done in full."""
    planned: int
    pains: tuple[int, ...]
    """What was answered on the way, NPRS 0-10, in order; what was corrected at once is not among them."""

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.ran_s + self.walked_s

    @property
    def recorded(self) -> bool:
        """Whether it comes into the log: it was more than a beginning, or pain was told of it."""
        return self.seconds >= LEAST_S or any(self.pains)

    @property
    def whole(self) -> bool:
        """Every run was done in full."""
        return self.runs == self.planned


def done(steps: tuple[Step, ...], events: Iterable[Event]) -> RunDone:
    """What these events tell of a walk/run with these steps."""
    s = Session(steps)
    seconds = {RUN: 0.0, WALK: 0.0}
    full: set[int] = set()
    told = tuple(events)
    for event in told:
        if isinstance(event, Began | Jumped | Finished | Stopped):
            _credit(s, event.at, seconds, full)
        s = apply(s, event)
    if s.live:
        # It broke off, or is being done: what was done of the step ends at the last instant that is known.
        _credit(s, s.seen, seconds, full)
    return RunDone(seconds[RUN], seconds[WALK], len(full), intervals(steps), _pains(told))


def _credit(s: Session, at: float, seconds: dict[str, float], full: set[int]) -> None:
    """A step is left: count what was done of it."""
    spent = s.elapsed(at)
    seconds[s.step.exercise] += spent
    if s.step.exercise == RUN and spent >= s.length_s - _HAIR_S:
        full.add(s.index)


def _pains(events: tuple[Event, ...]) -> tuple[int, ...]:
    """What was answered: to "It hurts" the last number counts, on the way the last of those given at once."""
    pains: list[int] = []
    asked = answered = False
    noted_at: float | None = None
    for event in events:
        match event:
            case Rated(pain=pain) if asked:
                if answered:
                    pains.pop()
                pains.append(pain)
                answered, noted_at = True, None
            case Rated(pain=pain):
                if noted_at is not None and event.at - noted_at <= MISTYPED_S:
                    pains.pop()
                pains.append(pain)
                noted_at = event.at
            case Hurt():
                asked, answered, noted_at = True, False, None
            case Seen() | Slept() | Paused():
                pass
            case _:
                asked = False
    return tuple(pains)
