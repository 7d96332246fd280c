"""A slider for a finger: a large knob, a target of 44 px, and a value that is told when it rests."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider

from coach.ui import a11y, theme
from coach.ui.tokens import TARGET
from coach.ui.widgets.buttons import paint_focus

_SETTLED_MS: Final = 300
"""A slider that is dragged is stored when it rests, not at every pixel."""


class Slider(QSlider):
    """A slider that tells when it rests, 44 px high, with a knob for a finger."""

    rested = Signal(int)

    _KNOB: Final = 22.0
    _GROOVE: Final = 6.0

    def __init__(self, name: str, low: int, high: int, step: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setPageStep(step * 2)
        self.setMinimumSize(140, TARGET)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        a11y.name(self, name)
        self._rest = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._rest.timeout.connect(self._rested)
        self.valueChanged.connect(self._moved)

    def on_rested(self, take: Callable[[int], object]) -> None:
        """Call `take` with the value once it has not changed for a moment."""
        self.rested.connect(take)

    def show_value(self, value: int) -> None:
        """Show a value; tells nobody, and takes the slider out of no hand."""
        if not self._rest.isActive() and not self.isSliderDown():
            self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(False)

    def settle(self) -> None:
        """Tell now what would be told in a moment."""
        if self._rest.isActive():
            self._rest.stop()
            self._rested()

    def _moved(self) -> None:
        self._rest.start()

    def _rested(self) -> None:
        self.rested.emit(self.value())

    # The pointer: the knob jumps to where it is pressed, and follows.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _follow(self, event: QMouseEvent) -> None:
        share = (event.position().x() - self._KNOB / 2) / max(1.0, self.width() - self._KNOB)
        span = self.maximum() - self.minimum()
        steps = round(min(1.0, max(0.0, share)) * span / self.singleStep())
        self.setValue(self.minimum() + steps * self.singleStep())

    def _at(self, value: float) -> float:
        share = (value - self.minimum()) / (self.maximum() - self.minimum())
        return self._KNOB / 2 + share * (self.width() - self._KNOB)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        middle = self.height() / 2
        groove = QRectF(self._KNOB / 2, middle - self._GROOVE / 2, self.width() - self._KNOB, self._GROOVE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(groove, self._GROOVE / 2, self._GROOVE / 2)
        colour = QColor(tokens.action if self.isEnabled() else tokens.edge)
        start, end = sorted((self._at(max(0, self.minimum())), self._at(self.value())))
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(start, groove.y(), end - start, groove.height()), 3, 3)
        knob = QRectF(self._at(self.value()) - self._KNOB / 2, middle - self._KNOB / 2, self._KNOB, self._KNOB)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(tokens.action_soft if self.underMouse() and self.isEnabled() else tokens.panel))
        painter.drawEllipse(knob.adjusted(2, 2, -2, -2))
        if theme.focus_visible(self):
            paint_focus(painter, knob.adjusted(-4, -4, 4, 4), self._KNOB / 2 + 3, tokens)
        painter.end()
