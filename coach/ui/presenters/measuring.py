"""A bout of a self-test for the player: one precise timer, cues out, one whole value to show."""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coach.app.ports import SETTLES_S, Awake, Clock
from coach.core.session import measuring_cues as timeline
from coach.core.session.cues import Cue
from coach.core.session.measuring import (
    Adjust,
    Bout,
    Command,
    End,
    GoOn,
    Hurry,
    Look,
    Measuring,
    Pace,
    Pause,
    Phase,
    Start,
    Stop,
    after,
    next_look,
)
from coach.core.session.measuring_view import MeasuringView, view
from coach.words.announce import Announcer, Told

_log = logging.getLogger(__name__)

# A timer may come a little early; a look at the clock before the instant would only have to be repeated.
_AFTER_MS = 1
_SETTLING_MS = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """A bout is over: whole seconds or reps, why it ended, and of a walk its time and the cadence of its beat."""

    bout: Bout
    amount: int
    end: End
    seconds: float
    cadence: int
    hurts: bool
    """The person ended it because it hurt."""


class MeasuringPresenter(QObject):
    """The bouts of one self-test, one after the other."""

    stepped = Signal(object)  # MeasuringView
    cued = Signal(object)  # Cue
    told = Signal(object)  # Told
    over = Signal(object)  # Measured

    def __init__(
        self, *, clock: Clock, announcer: Announcer, awake: Awake, ticks: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._announcer = announcer
        self._awake = awake
        self._ticks = ticks
        self._latest = clock() + SETTLES_S
        self._since = -math.inf
        self._hurts = False
        self.state: Measuring | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)

    # -- telling ------------------------------------------------------------------------------------------------

    def on_stepped(self, take: Callable[[MeasuringView], object]) -> None:
        """Call `take` at every change of phase, second or rep."""
        self.stepped.connect(take)

    def on_cued(self, take: Callable[[Cue], object]) -> None:
        """Call `take` when a cue is due, so that the screen can flash."""
        self.cued.connect(take)

    def on_told(self, take: Callable[[Told], object]) -> None:
        """Call `take` once when sound or voice turns out to be missing."""
        self.told.connect(take)

    def on_over(self, take: Callable[[Measured], object]) -> None:
        """Call `take` when a bout is over."""
        self.over.connect(take)

    # -- what a screen asks -------------------------------------------------------------------------------------

    def view(self) -> MeasuringView:
        """This instant, for a frame of the animation; only while there is a bout."""
        assert self.state is not None
        return view(self.state, self._clock())

    @property
    def running(self) -> bool:
        """Whether time runs: getting ready or measuring."""
        return self.state is not None and self.state.phase in (Phase.READY, Phase.RUNNING)

    @property
    def silent(self) -> bool:
        """Whether cues are not heard."""
        return self._announcer.silent

    @property
    def muted(self) -> bool:
        """Whether the person switched the sound off for this test."""
        return self._announcer.muted

    # -- what a person does -------------------------------------------------------------------------------------

    def begin(self, bout: Bout) -> None:
        """Get ready for a bout as soon as its first cue can be heard."""
        self.state = Measuring(bout)
        self._since = -math.inf
        self._hurts = False
        self._awake.hold()
        self._begin()

    def press(self) -> None:
        """Space: in position; that is enough; of a walk stand still and go on."""
        match self.state:
            case Measuring(phase=Phase.READY):
                self._do(Hurry())
            case Measuring(phase=Phase.WAITING | Phase.PAUSED):
                self._do(GoOn())
            case Measuring(phase=Phase.RUNNING, bout=bout):
                self._do(Pause() if bout.walked else Stop())
            case _:
                pass

    def pause(self) -> None:
        """Stand still where that is possible: while getting ready, or in a walk."""
        self._do(Pause())
        self._announcer.hush()

    def go_on(self) -> None:
        """Go on after standing still."""
        self._do(GoOn())

    def stop(self) -> None:
        """That is enough."""
        self._do(Stop())

    def hurts(self) -> None:
        """It hurts: over at once; the screen asks how much."""
        self._hurts = True
        self._announcer.hush()
        self._do(Stop())

    def adjust(self, seconds: float) -> None:
        """More or less time to get ready."""
        self._do(Adjust(seconds))

    def pace(self, steps: int) -> None:
        """The beat of a walk so many steps a minute faster or slower."""
        if self.state is not None:
            self._do(Pace(self.state.cadence + steps))

    def mute(self) -> None:
        """Switch sound and voice off or on."""
        self._announcer.muted = not self._announcer.muted
        self._announcer.hush()

    def drop(self) -> None:
        """Forget the bout that is being done: it does not count."""
        self.state = None
        self._timer.stop()
        self._announcer.hush()
        self._awake.release()

    def close(self) -> None:
        """Leave; everything is let go of."""
        self.drop()
        self._announcer.close()

    # -- inside -------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if not self._announcer.settled and self._clock() < self._latest:
            self._timer.start(_SETTLING_MS)
        else:
            self._do(Start())

    def _look(self) -> None:
        if self.state is not None and self.state.phase is Phase.BEFORE:
            self._begin()
        else:
            self._do(Look())

    def _do(self, command: Command) -> None:
        if self.state is None or self.state.phase is Phase.OVER:
            return
        now = self._clock()
        state = self.state = after(self.state, command, now)
        # The sound goes out before anything is painted: it is what must be on time.
        for cue in timeline.due(state, self._since, now, self._ticks):
            self._announcer.announce(cue, state.bout.exercise)
            self.cued.emit(cue)
        self._since = max(self._since, now)
        self._arm(state, now)
        self.stepped.emit(view(state, now))
        for told in self._announcer.news():
            _log.warning("%s off: %s", "voice" if told.voice else "sound", told.trouble.kind)
            self.told.emit(told)
        if state.phase is Phase.OVER and state.end is not None:
            self._awake.release()
            self.over.emit(
                Measured(
                    state.bout,
                    state.amount(now),
                    state.end,
                    state.measured_s(now),
                    state.mean_cadence(now),
                    self._hurts,
                )
            )

    def _arm(self, state: Measuring, now: float) -> None:
        look, cue = next_look(state, now), timeline.next_cue(state, now, self._ticks)
        wake = min((one for one in (look, cue) if one is not None), default=None)
        if wake is None:
            self._timer.stop()
        else:
            self._timer.start(max(0, int((wake - now) * 1000) + _AFTER_MS))
