"""The large figure of an exercise with its controls: play, scrub, speed, side, camera."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Side
from coach.ui import a11y, plain_text, theme
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.screens.page import flow, wrapped
from coach.ui.screens.slider import Slider
from coach.ui.tokens import FOCUS_WIDTH, RADIUS_BUTTON, STEP
from coach.ui.widgets.buttons import Button, Kind, paint_focus
from coach.ui.widgets.card import Card
from coach.ui.widgets.moving_figure import Moved, MovingFigure
from coach.ui.widgets.segmented import Option, Picked, Segmented
from coach.words import exercise as words
from coach.words.translate import tr

_WHOLE: Final = 1_000
"""The slider's end: a whole rep."""

_STEP: Final = 10
_FIRST_REPS: Final = 3
"""A page that is opened moves so often by itself, then waits for Play."""

_DEGREES_OF_A_PIXEL: Final = 0.5
_TURNS: Final = {
    Qt.Key.Key_Left: (-10.0, 0.0),
    Qt.Key.Key_Right: (10.0, 0.0),
    Qt.Key.Key_Up: (0.0, 10.0),
    Qt.Key.Key_Down: (0.0, -10.0),
}


class Stage(QWidget):
    """The figure to turn: by dragging, or by the arrow keys when it has the keyboard."""

    turned = Signal()

    def __init__(self, figure: MovingFigure) -> None:
        super().__init__()
        self._figure = figure
        self._held: QPointF | None = None
        column = QVBoxLayout(self)
        inset = 2 * FOCUS_WIDTH
        column.setContentsMargins(inset, inset, inset, inset)
        column.addWidget(figure)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(QCursor(Qt.CursorShape.OpenHandCursor))
        a11y.name(self, tr("The figure, to turn"), tr("The arrow keys turn it, Home looks at it from the front again."))

    def on_turned(self, act: Callable[[], object]) -> None:
        """Call `act` when the person turned the figure."""
        self.turned.connect(act)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = event.position()
            self.setCursor(QCursor(Qt.CursorShape.ClosedHandCursor))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            by, self._held = event.position() - self._held, event.position()
            self._turn(by.x() * _DEGREES_OF_A_PIXEL, by.y() * _DEGREES_OF_A_PIXEL)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.setCursor(QCursor(Qt.CursorShape.OpenHandCursor))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _TURNS.get(Qt.Key(event.key()))
        if by is not None:
            self._turn(*by)
        elif event.key() == Qt.Key.Key_Home:
            self._figure.reset_view()
            self.turned.emit()
        else:
            super().keyPressEvent(event)

    def _turn(self, degrees: float, tilt: float) -> None:
        self._figure.turn(degrees, tilt)
        self.turned.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if theme.focus_visible(self):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_focus(painter, QRectF(self.rect()), RADIUS_BUTTON, theme.tokens_of(self))
            painter.end()


class _PlayButton(Button):
    """Leaves the arrow keys to the card, where they scrub; a button would go to its neighbour."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TURNS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class StageCard(Card):
    """The figure, and all that moves it."""

    def __init__(self, clock: Callable[[], float], *, moves_by_itself: bool) -> None:
        super().__init__()
        self._moves = moves_by_itself
        self._exercise: Exercise | None = None
        self.figure = MovingFigure(clock)
        self.figure.on_moved(self._moved)
        self.stage = Stage(self.figure)
        self.stage.on_turned(self._turned)
        self.play = _PlayButton(tr("Play"), Kind.PRIMARY, hint=tr("Space"), icon=Icon.PLAY)
        self.play.on_pressed(self.toggle)
        self.slider = Slider(tr("Where in the movement"), 0, _WHOLE, _STEP)
        self.slider.valueChanged.connect(self._scrubbed)
        self._phase = plain_text.label("", Role.TIME)
        self.speed = Segmented(
            tr("Speed"), (Option("0.5", tr("0.5×")), Option("1", tr("1×", "speed")), Option("2", tr("2×", "speed")))
        )
        self.speed.show_value("1")
        self.speed.on_picked(self._sped)
        self.side = Segmented(tr("Side"), (Option("left", tr("Left side")), Option("right", tr("Right side"))))
        self.side.on_picked(self._sided)
        self.reset = Button(tr("Reset view"), Kind.QUIET, icon=Icon.UNDO)
        self.reset.on_pressed(self._reset)
        self._lay_out()

    def _lay_out(self) -> None:
        self.column.addWidget(self.stage, 1)
        scrub = QHBoxLayout()
        scrub.setSpacing(3 * STEP)
        scrub.addWidget(self.play)
        scrub.addWidget(self.slider, 1)
        self.column.addLayout(scrub)
        self.column.addWidget(self._phase)
        self.column.addWidget(flow(self.speed, self.side, self.reset, gap=3 * STEP))
        hint = tr("Drag the figure to see it from another side. ← and → go through the movement.")
        self.column.addWidget(wrapped(hint, Role.SMALL))

    def show_exercise(self, exercise: Exercise, side: Side | None) -> None:
        """Show an exercise; without a side to choose there is no switch."""
        self._exercise = exercise
        self.side.setVisible(side is not None)
        if side is not None:
            self.side.show_value(side.value)
        self.figure.reset_view()
        self.figure.show_exercise(exercise, side)
        self._turned()
        self._moved(Moved(self.figure.fraction, self.figure.playing))
        if self.isVisible():
            self._begin()

    def toggle(self) -> None:
        """Play or pause."""
        if self.figure.playing:
            self.figure.stop()
        else:
            self.figure.play()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go a little forwards, or backwards."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = _STEP if event.key() == Qt.Key.Key_Right else -_STEP
            self.slider.setValue(self.slider.value() + step)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin()

    def _begin(self) -> None:
        if self._moves:
            self.figure.play(_FIRST_REPS)

    def _moved(self, moved: Moved) -> None:
        self.slider.show_value(round(moved.fraction * _WHOLE))
        if moved.playing:
            self.play.show_text(tr("Pause"), hint=tr("Space"), icon=Icon.PAUSE)
        else:
            self.play.show_text(tr("Play"), hint=tr("Space"), icon=Icon.PLAY)
        at = self.figure.moment
        if at is not None and self._exercise is not None:
            said = tr("{phase} · {now} of {all} s").format(
                phase=words.moving(self._exercise, at.kind),
                now=f"{at.fraction * at.length_s:.1f}",
                all=f"{at.length_s:.1f}",
            )
            plain_text.show(self._phase, said)

    def _scrubbed(self, value: int) -> None:
        self.figure.stop()
        self.figure.scrub(value / _WHOLE)

    def _sped(self, picked: Picked) -> None:
        self.figure.set_speed(float(picked.value))

    def _sided(self, picked: Picked) -> None:
        if self._exercise is not None:
            self.figure.show_exercise(self._exercise, Side(picked.value))

    def _turned(self) -> None:
        self.reset.setEnabled(self.figure.turned)

    def _reset(self) -> None:
        self.figure.reset_view()
        if self.reset.hasFocus():
            self.stage.setFocus(Qt.FocusReason.TabFocusReason)
        self._turned()
