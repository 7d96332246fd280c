"""The running session: decide, keep, fold. Every event is handed to the keeper before anyone sees its effect."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from coach.app.ports import Clock
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Step
from coach.core.routine.routine import BodySide, Routine
from coach.core.session import cues as timeline
from coach.core.session.cues import Cue
from coach.core.session.ease import eased_steps, easier_of
from coach.core.session.engine import (
    Command,
    Ease,
    Pause,
    Phase,
    Session,
    apply,
    decide,
    next_second,
    replay,
)
from coach.core.session.events import Event, to_json
from coach.core.session.view import Outline, SessionView, outline, view
from coach.store.errors import StoreError


class Keeper(Protocol):
    """Keeps the events of one session, in order."""

    @property
    def trouble(self) -> StoreError | None:
        """Why events are only held in memory now; None once they are on disk again."""

    def keep(self, seq: int, at_s: float, body: str) -> None:
        """Bring one event to disk, or hold it until that works. Never raises StoreError, never drops one."""

    def flush(self) -> bool:
        """Wait until everything is on disk; False if it is not."""


class LiveSession:
    """One session that is being done."""

    def __init__(
        self,
        uid: str,
        keeper: Keeper,
        *,
        routine: Routine,
        known: Mapping[str, Exercise],
        steps: tuple[Step, ...],
        home_side: BodySide | None = None,
        events: Iterable[tuple[int, Event]] = (),
    ) -> None:
        self.uid = uid
        self.routine = routine
        self.known = dict(known)
        self._keeper = keeper
        self._home_side = home_side
        past = list(events)
        self._next_seq = past[-1][0] + 1 if past else 0
        self.past: list[Event] = [event for _, event in past]
        self.first_steps = steps
        self.session: Session = replay(steps, self.past)
        self.outline: Outline = outline(self.session.steps)
        if self.session.phase is Phase.RUNNING:
            # It broke off: what was done ends at the last instant that is known.
            self.do(Pause(), self.session.seen)

    @property
    def trouble(self) -> StoreError | None:
        """Why the session is not being saved now."""
        return self._keeper.trouble

    def do(self, command: Command, now: float) -> tuple[Event, ...]:
        """Let the command happen at `now`, in seconds since the session began."""
        events = decide(self.session, command, now)
        for event in events:
            self._keeper.keep(self._next_seq, event.at, to_json(event))
            self._next_seq += 1
            self.past.append(event)
            before = self.session.steps
            self.session = apply(self.session, event)
            if self.session.steps is not before:
                self.outline = outline(self.session.steps)
        return events

    def easier(self) -> Exercise | None:
        """The easier variation of the exercise that is being done, if there is one."""
        return easier_of(self.known.get(self.session.step.exercise), self.known)

    def ease(self, now: float) -> tuple[Event, ...]:
        """Go on with the easier variation; nothing happens at the foot of the ladder."""
        easier = self.easier()
        if easier is None:
            return ()
        steps = eased_steps(self.session, self.routine, easier, self.known, self._home_side)
        return self.do(Ease(easier.id, steps), now)

    def view(self, now: float) -> SessionView:
        """What a screen shows at this instant."""
        return view(self.session, self.outline, now)

    def flush(self) -> bool:
        """Wait until every event is on disk."""
        return self._keeper.flush()


class SessionClock:
    """The session's own time: it goes on from the last known instant, whatever process asks."""

    def __init__(self, clock: Clock, start: float) -> None:
        self._clock = clock
        self._zero = clock() - start

    def now(self) -> float:
        """Seconds since the session began."""
        return self._clock() - self._zero


class CueReader:
    """Reads the cues of a session off its timeline, each once."""

    def __init__(
        self, ticks: int = timeline.TICKS, since: float = float("-inf"), of: timeline.Timeline = timeline.ROUTINE
    ) -> None:
        self._ticks = ticks
        self._since = since
        self._of = of

    def take(self, session: Session, now: float) -> tuple[Cue, ...]:
        """What came due since the last time."""
        due = timeline.due(session, self._since, now, self._ticks, self._of)
        self._since = max(self._since, now)
        return due

    def next_wake(self, session: Session, now: float) -> float | None:
        """When to look again: at the next cue, or at the next change of the shown second."""
        if session.phase is not Phase.RUNNING:
            return None
        cue = timeline.next_cue(session, now, self._ticks, self._of)
        second = next_second(session, now)
        return second if cue is None or second is None else min(cue, second)
