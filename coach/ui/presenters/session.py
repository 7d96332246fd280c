"""The running session for the player: one precise timer, cues out, one whole value to show."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coach.app.live import CueReader, LiveSession, SessionClock
from coach.app.ports import SETTLES_S, Awake, Clock
from coach.core.clinical.pain import Advice, Choice, advice, limits
from coach.core.routine.exercise import Exercise, PainSite
from coach.core.session.cues import Cue
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
from coach.core.session.events import Slept
from coach.core.session.record import Record, record
from coach.core.session.view import SessionView
from coach.words.announce import Announcer, Told

_log = logging.getLogger(__name__)

# A timer may come a little early; a look at the clock before the instant would only have to be repeated.
_AFTER_MS = 1
_SETTLING_MS = 20


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


class SessionPresenter(QObject):
    """One session, from its start to its end."""

    stepped = Signal(object)  # SessionView
    cued = Signal(object)  # Cue
    told = Signal(object)  # Told
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
        sites: tuple[PainSite, ...] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.live = live
        self._clock = SessionClock(clock, live.session.seen)
        self._latest = self._clock.now() + SETTLES_S
        self._announcer = announcer
        self._awake = awake
        self._cues = CueReader(ticks, since=live.session.seen if live.past else float("-inf"))
        self._limits = limits(live.routine.rules, sites)
        self._failing: Exception | None = None
        self._index = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)

    # -- telling ------------------------------------------------------------------------------------------------

    def on_stepped(self, take: Callable[[SessionView], object]) -> None:
        """Call `take` at every change of step, phase or shown second."""
        self.stepped.connect(take)

    def on_cued(self, take: Callable[[Cue], object]) -> None:
        """Call `take` when a cue is due, so that the screen can flash."""
        self.cued.connect(take)

    def on_told(self, take: Callable[[Told], object]) -> None:
        """Call `take` once when sound or voice turns out to be missing."""
        self.told.connect(take)

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
        return self.live.view(self._clock.now())

    def exercise(self) -> Exercise | None:
        """The exercise that is being done."""
        return self.live.known.get(self.live.session.step.exercise)

    @property
    def silent(self) -> bool:
        """Whether cues are not heard."""
        return self._announcer.silent

    @property
    def muted(self) -> bool:
        """Whether the person switched the sound off for this session."""
        return self._announcer.muted

    def advice(self, pain: int) -> Advice:
        """What the routine's rules offer at this pain."""
        return advice(pain, self._limits, easier_exists=self.live.easier() is not None)

    # -- what a person does -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin as soon as the first cue can be heard, or show a session that is gone on with."""
        self._awake.hold()
        self._begin()

    def toggle(self) -> None:
        """Space: pause, resume, or count a rep of the person's own pace."""
        s = self.live.session
        if s.hurting or s.phase is Phase.DONE:
            return
        if s.phase is Phase.PAUSED:
            self._do(Resume())
        elif s.step.open and not s.lead(self._clock.now()):
            self._do(Count())
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
        self._do(ItHurts())
        self._announcer.hush()

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
                self.live.ease(self._clock.now())
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

    def mute(self) -> None:
        """Switch sound and voice off or on."""
        self._announcer.muted = not self._announcer.muted
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
        waits = self.live.session.phase is Phase.READY and not self._announcer.settled
        if waits and self._clock.now() < self._latest:
            self._timer.start(_SETTLING_MS)
        else:
            self._do(Start())

    def _look(self) -> None:
        if self.live.session.phase is Phase.READY:
            self._begin()
        else:
            self._do(Tick())

    def _do(self, command: Command) -> None:
        now = self._clock.now()
        was_over = self.live.session.phase is Phase.DONE
        events = self.live.do(command, now)
        session = self.live.session
        # The sound goes out before anything is painted: it is what must be on time.
        for cue in self._cues.take(session, now):
            self._announcer.announce(cue, session.step.exercise)
            self.cued.emit(cue)
        self._arm(now)
        self.stepped.emit(self.live.view(now))
        self._tell()
        for event in events:
            if isinstance(event, Slept):
                self.away.emit(Away(event.gap_s))
        if session.phase is Phase.DONE and not was_over:
            self._awake.release()
            self.over.emit(Over(record(self.live.first_steps, self.live.past)))

    def _arm(self, now: float) -> None:
        wake = self._cues.next_wake(self.live.session, now)
        if wake is None:
            self._timer.stop()
        else:
            self._timer.start(max(0, int((wake - now) * 1000) + _AFTER_MS))

    def _tell(self) -> None:
        for told in self._announcer.news():
            _log.warning("%s off: %s", "voice" if told.voice else "sound", told.trouble.kind)
            self.told.emit(told)
        failing = self.live.trouble
        if (failing is None) != (self._failing is None):
            self.saving.emit(Saving(failing))
        self._failing = failing
