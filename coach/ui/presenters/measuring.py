"""A bout of a self-test for the player: one precise timer, cues out, one whole value to show."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from coach.app.ports import Awake, Clock
from coach.core.session import measuring_cues as timeline
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
from coach.ui.presenters.leading import Leading
from coach.words.announce import Announcer


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


class MeasuringPresenter(Leading):
    """The bouts of one self-test, one after the other."""

    stepped = Signal(object)  # MeasuringView
    over = Signal(object)  # Measured

    def __init__(
        self, *, clock: Clock, announcer: Announcer, awake: Awake, ticks: int, parent: QObject | None = None
    ) -> None:
        super().__init__(clock, announcer, awake, parent)
        self._ticks = ticks
        self._since = -math.inf
        self._hurts = False
        self.state: Measuring | None = None

    # -- telling ------------------------------------------------------------------------------------------------

    def on_stepped(self, take: Callable[[MeasuringView], object]) -> None:
        """Call `take` at every change of phase, second or rep."""
        self.stepped.connect(take)

    def on_over(self, take: Callable[[Measured], object]) -> None:
        """Call `take` when a bout is over."""
        self.over.connect(take)

    # -- what a screen asks -------------------------------------------------------------------------------------

    def view(self) -> MeasuringView:
        """This instant, for a frame of the animation; only while there is a bout."""
        assert self.state is not None
        return view(self.state, self._now())

    @property
    def running(self) -> bool:
        """Whether time runs: getting ready or measuring."""
        return self.state is not None and self.state.phase in (Phase.READY, Phase.RUNNING)

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
        if not self._settles():
            self._do(Start())

    def _look(self) -> None:
        if self.state is not None and self.state.phase is Phase.BEFORE:
            self._begin()
        else:
            self._do(Look())

    def _do(self, command: Command) -> None:
        if self.state is None or self.state.phase is Phase.OVER:
            return
        now = self._now()
        state = self.state = after(self.state, command, now)
        # The sound goes out before anything is painted: it is what must be on time.
        self._cue(timeline.due(state, self._since, now, self._ticks), state.bout.exercise)
        self._since = max(self._since, now)
        self._wake_at(self._next_wake(state, now), now)
        self.stepped.emit(view(state, now))
        self._tell_news()
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

    def _next_wake(self, state: Measuring, now: float) -> float | None:
        look, cue = next_look(state, now), timeline.next_cue(state, now, self._ticks)
        return min((one for one in (look, cue) if one is not None), default=None)
