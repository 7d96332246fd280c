"""The person on the mat going through one rep, by the clock or by hand; and the still picture of an exercise."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from coach.core.figure.motion import Moment, glow_at, share_at, takes_turns
from coach.core.figure.preview import length_s, moment, telling
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Side
from coach.ui.tokens import Tokens
from coach.ui.widgets.figure import FigureView, Shown, paint_shown

FRAME_MS: Final = 34
"""A little under thirty frames a second."""

_MOST_TILT: Final = 80.0


class Moved(Struct, frozen=True):
    """Where the figure is now."""

    fraction: float
    playing: bool


def paint_still(painter: QPainter, box: QRectF, exercise: Exercise, tokens: Tokens) -> None:
    """Paint the picture that says most about an exercise; leaves the painter as it was."""
    paint_shown(painter, box, shown_at(exercise, None, telling(exercise)), tokens)


class MovingFigure(QWidget):
    """Shows one rep of an exercise; paints nothing while nobody can see it."""

    moved = Signal(object)  # Moved

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None, *, frame_ms: int = FRAME_MS) -> None:
        super().__init__(parent)
        self._clock = clock
        self._exercise: Exercise | None = None
        self._side: Side | None = None
        self._swapped = False
        self._fraction = 0.0
        self._speed = 1.0
        self._playing = False
        self._reps: float | None = None
        """How many more are played; None plays until it is stopped."""
        self._seen_at = 0.0
        self._turned = self._tilted = 0.0
        self._timer = QTimer(self, interval=frame_ms)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._view = FigureView(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def on_moved(self, take: Callable[[Moved], object]) -> None:
        """Call `take` whenever the figure is somewhere else in its rep, begins to play, or stops."""
        self.moved.connect(take)

    # -- what is shown ------------------------------------------------------------------------------------------

    def show_exercise(self, exercise: Exercise, side: Side | None, *, swapped: bool = False) -> None:
        """Show an exercise, still, as its picture has it; the same one on another side goes on where it is.

        `swapped` lets the other side do it while one looks from the same place.
        """
        if exercise != self._exercise:
            self.stop()
            self._fraction = telling(exercise)
        self._exercise, self._side, self._swapped = exercise, side, swapped
        self._show()

    @property
    def moment(self) -> Moment | None:
        """The phase that is shown, and how far it is."""
        if self._exercise is None:
            return None
        return moment(self._exercise, self._fraction * length_s(self._exercise))

    @property
    def fraction(self) -> float:
        """How far the rep is, 0 to 1."""
        return self._fraction

    def scrub(self, fraction: float) -> None:
        """Go to a place in the rep; playing goes on from there."""
        self._fraction = min(1.0, max(0.0, fraction))
        self._seen_at = self._clock()
        self._show()
        self._tell()

    # -- playing ------------------------------------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        """Whether the figure moves by itself."""
        return self._playing

    def play(self, reps: int | None = None) -> None:
        """Go through the rep again and again, or so many times and then rest where the picture says most."""
        if self._exercise is None:
            return
        self._reps = reps
        self._playing = True
        self._go_on()
        self._tell()

    def stop(self) -> None:
        """Stay where it is."""
        self._timer.stop()
        if self._playing:
            self._playing = False
            self._tell()

    def set_speed(self, factor: float) -> None:
        """Play at another speed: 1 is the tempo of the exercise."""
        if self._timer.isActive():
            self._advance()
        self._speed = factor

    # -- the camera ---------------------------------------------------------------------------------------------

    @property
    def turned(self) -> bool:
        """Whether one looks at it from somewhere else than the exercise asks for."""
        return bool(self._turned or self._tilted)

    def turn(self, degrees: float, tilt: float) -> None:
        """Turn the camera further: round the vertical, and up (or down) from where it is."""
        self._turned = (self._turned + degrees + 180) % 360 - 180
        self._tilted = min(_MOST_TILT, max(-_MOST_TILT, self._tilted + tilt))
        self._show()

    def reset_view(self) -> None:
        """Look at it as the exercise asks for."""
        self._turned = self._tilted = 0.0
        self._show()

    # -- inside -------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return self._view.sizeHint()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._playing and not self._timer.isActive():
            self._go_on()  # it is seen again

    def _go_on(self) -> None:
        self._seen_at = self._clock()
        self._timer.start()

    def _tick(self) -> None:
        if self.visibleRegion().isEmpty() or self.window().isMinimized():
            self._timer.stop()  # scrolled out of sight: the next painting starts it again
            return
        self._advance()

    def _advance(self) -> None:
        """Move on by the time that has passed."""
        if self._exercise is None:
            return
        now = self._clock()
        passed = (now - self._seen_at) * self._speed / length_s(self._exercise)
        self._seen_at = now
        rest = telling(self._exercise)
        if self._reps is not None:
            self._reps -= passed
            # Not in the middle of a movement: it rests once it comes by its picture.
            if self._reps <= 0 and self._fraction <= rest <= self._fraction + passed:
                self._fraction = rest
                self._show()
                self.stop()
                return
        self._fraction = (self._fraction + passed) % 1.0
        self._show()
        self._tell()

    def _tell(self) -> None:
        self.moved.emit(Moved(self._fraction, self._playing))

    def _show(self) -> None:
        if self._exercise is not None:
            shown = shown_at(self._exercise, self._side, self._fraction)
            swapped = shown.swapped != self._swapped
            self._view.show_moment(replace(shown, swapped=swapped, turn=self._turned, tilt=self._tilted))


def shown_at(exercise: Exercise, side: Side | None, fraction: float) -> Shown:
    """The figure a fraction of the way through one rep."""
    figure = exercise.figure
    if figure is None:
        return Shown(exercise, side)
    at = moment(exercise, fraction * length_s(exercise))
    share, glow = share_at(figure, at), glow_at(figure, at)
    return Shown(exercise, side, share, glow, swapped=takes_turns(figure, at))
