"""The running session for the player: one precise timer, cues out, one whole value to show."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from coach.app.live import CueReader, LiveSession, SessionClock
from coach.app.ports import Awake, Clock
from coach.core.clinical.bout import BoutKind
from coach.core.clinical.pain import Advice, Choice, Limits, advice, limits
from coach.core.routine.exercise import Exercise, PainSite
from coach.core.session.cues import ROUTINE
from coach.core.session.engine import (
    Adjust,
    Back,
    Command,
    Count,
    ItHurts,
    Pause,
    Phase,
    Rate,
    Resume,
    Skip,
    SkipExercise,
    Start,
    Stop,
    Tick,
)
from coach.core.session.events import Hurt, Rated, Slept
from coach.core.session.record import Record, record
from coach.core.session.view import SessionView
from coach.ui.presenters.leading import Leading
from coach.words.announce import Announcer

BOUNCE_S = 0.3
"""Nobody does a rep in less: a second press within this time is the same one. [ours]"""


@dataclass(frozen=True, slots=True)
class Over:
    """The session is over; what was done."""

    record: Record


@dataclass(frozen=True, slots=True)
class Saving:
    """Whether what happens is being saved now."""

    failing: Exception | None


@dataclass(frozen=True, slots=True)
class Away:
    """The computer slept, or stood still, for so long; the session paused where it was."""

    gap_s: float


class SessionPresenter(Leading):
    """One session, from its start to its end."""

    _timeline = ROUTINE
    _kind = BoutKind.SESSION
    stepped = Signal(object)  # SessionView
    saving = Signal(object)  # Saving
    away = Signal(object)  # Away
    over = Signal(object)  # Over

    def __init__(
        self,
        live: LiveSession,
        *,
        clock: Clock,
        announcer: Announcer,
        awake: Awake,
        ticks: int,
        sites: Iterable[PainSite] = (),
        parent: QObject | None = None,
    ) -> None:
        own = SessionClock(clock, live.session.seen)
        super().__init__(own.now, announcer, awake, parent)
        self._clock = own
        self.live = live
        self._cues = CueReader(ticks, live.session.seen if live.past else float("-inf"), self._timeline)
        self._limits = limits(live.routine.rules, sites, self._kind)
        self._failing: Exception | None = None
        self._counted = -math.inf
        self._stood = bool(live.past)
        """It stood still before it hurt; so does what is gone on with."""

    # -- telling ------------------------------------------------------------------------------------------------

    def on_stepped(self, take: Callable[[SessionView], object]) -> None:
        """Call `take` at every change of step, phase or shown second."""
        self.stepped.connect(take)

    def on_saving(self, take: Callable[[Saving], object]) -> None:
        """Call `take` when saving begins to fail, and when it works again."""
        self.saving.connect(take)

    def on_away(self, take: Callable[[Away], object]) -> None:
        """Call `take` when the session paused because the computer was away."""
        self.away.connect(take)

    def on_over(self, take: Callable[[Over], object]) -> None:
        """Call `take` when the session is over."""
        self.over.connect(take)

    # -- what a screen asks -------------------------------------------------------------------------------------

    def view(self) -> SessionView:
        """This instant, for a frame of the animation."""
        return self.live.view(self._now())

    def exercise(self) -> Exercise | None:
        """The exercise that is being done."""
        return self.live.known.get(self.live.session.step.exercise)

    def advice(self, pain: int) -> Advice:
        """What the routine's rules offer at this pain."""
        return advice(pain, self._limits, easier_exists=self.live.easier() is not None)

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        return self._limits

    @property
    def answered(self) -> int | None:
        """What the "It hurts" that stands was rated; None was not answered."""
        for event in reversed(self.live.past):
            match event:
                case Rated(pain=pain):
                    return pain
                case Hurt():
                    return None
                case _:
                    pass
        return None

    # -- what a person does -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin as soon as the first cue can be heard, or show a session that is gone on with."""
        self._awake.hold()
        self._begin()

    def toggle(self) -> None:
        """Space: pause, resume, or count a rep of the person's own pace."""
        s, now = self.live.session, self._now()
        if now - self._counted < BOUNCE_S:
            return
        if s.waits_for_rep(now):
            self._counted = now
            self._do(Count())
        else:
            self.halt()

    def halt(self) -> None:
        """Pause or resume, also where Space counts."""
        s = self.live.session
        if s.hurting or s.phase is Phase.DONE:
            return
        if s.phase is Phase.PAUSED:
            self._do(Resume())
        else:
            self.pause()

    def pause(self) -> None:
        """Stop the clock, and the voice in mid-word."""
        self._do(Pause())
        self._announcer.hush()

    def skip(self) -> None:
        """On to the next set, rest or side."""
        self._do(Skip())

    def back(self) -> None:
        """To the beginning of this set, or to the set before."""
        self._do(Back())

    def adjust(self, seconds: float) -> None:
        """Make the rest longer or shorter."""
        self._do(Adjust(seconds))

    def hurts(self) -> None:
        """Pause at once; the screen asks how much."""
        self._stood = self.live.session.phase is Phase.PAUSED
        self._do(ItHurts())
        self._announcer.hush()

    def take_back(self) -> None:
        """It was pressed by mistake: nothing is rated, and it goes on, or stands still where it did before."""
        if self._stood:
            self.live.do(Resume(), self._now())
            self._do(Pause())
        else:
            self._do(Resume())

    def rate(self, pain: int) -> None:
        """How much it hurts; it is kept whatever comes next."""
        self._do(Rate(pain))

    def choose(self, choice: Choice) -> None:
        """How it goes on after it hurt."""
        match choice:
            case Choice.STOP:
                self._do(Stop())
                return
            case Choice.EASIER:
                self.live.ease(self._now())
            case Choice.SKIP:
                self._do(SkipExercise())
            case Choice.GO_ON:
                pass
        if self.live.session.phase is Phase.PAUSED:
            self._do(Resume())

    def stop(self) -> None:
        """End the session early."""
        self._do(Stop())
        self._announcer.hush()

    def close(self) -> None:
        """Leave: a running session pauses where it is, everything is let go of."""
        if self.live.session.phase is Phase.RUNNING:
            self._do(Pause())
        self._timer.stop()
        self.live.flush()
        self._awake.release()
        self._announcer.close()

    # -- inside -------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self.live.session.phase is not Phase.READY or not self._settles():
            self._do(Start())

    def _look(self) -> None:
        if self.live.session.phase is Phase.READY:
            self._begin()
        else:
            self._do(Tick())

    def _do(self, command: Command) -> None:
        now = self._now()
        was_over = self.live.session.phase is Phase.DONE
        events = self.live.do(command, now)
        session = self.live.session
        # The sound goes out before anything is painted: it is what must be on time.
        self._cue(self._cues.take(session, now), session.step.exercise)
        self._wake_at(self._cues.next_wake(session, now), now)
        self.stepped.emit(self.live.view(now))
        self._tell()
        for event in events:
            if isinstance(event, Slept):
                self.away.emit(Away(event.gap_s))
        if session.phase is Phase.DONE and not was_over:
            self._awake.release()
            self.over.emit(Over(record(self.live.first_steps, self.live.past)))

    def _tell(self) -> None:
        self._tell_news()
        failing = self.live.trouble
        if (failing is None) != (self._failing is None):
            self.saving.emit(Saving(failing))
        self._failing = failing
