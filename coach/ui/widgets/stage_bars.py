"""The stages of the run plan as bars: how much of each is running. Arrow keys go from stage to stage."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui import theme
from coach.ui.a11y import Readout
from coach.ui.tokens import STEP, Size, Tokens, Weight, mix
from coach.ui.widgets.buttons import paint_focus

_BAR: Final = 120
_LABEL: Final = 6 * STEP
_GAP: Final = 10
_CORNER: Final = 8
_PALE: Final = 0.5
_POINTED: Final = 0.72
"""How strong a bar is, and one that is looked at; that of the current stage is full."""


class Bar(Struct, frozen=True):
    """One stage: its number, the share of running in it, and what it is in words."""

    label: str
    share: float
    said: str


class Pointed(Struct, frozen=True):
    """The person looks at a stage, counted from 0."""

    place: int


class StageBars(Readout):
    """One bar a stage; the one that is looked at stands out, and its words are told."""

    pointed = Signal(object)  # Pointed

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._place = 0
        self._current = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: tuple[Bar, ...], place: int = 0, *, current: int = 0) -> None:
        """Show these stages, stand on one of them, and mark the one where the plan stands."""
        self._bars = bars
        self._current = current
        self._place = min(max(0, place), max(0, len(bars) - 1))
        self.update()

    @property
    def place(self) -> int:
        """The stage that is looked at."""
        return self._place

    def on_pointed(self, take: Callable[[Pointed], object]) -> None:
        """Call `take` when another stage is looked at."""
        self.pointed.connect(take)

    def spoken(self) -> str:
        """Say the stage that is looked at."""
        return self._bars[self._place].said if self._bars else ""

    def sizeHint(self) -> QSize:
        return QSize(12 * (24 + _GAP), _BAR + _LABEL)

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * (8 + _GAP), _BAR + _LABEL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: self._place - 1,
            Qt.Key.Key_Right: self._place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._bars) - 1,
        }
        if event.key() in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._point(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._point(int(event.position().x() // max(1.0, self._pitch())))

    def _point(self, place: int) -> None:
        if self._bars and 0 <= place < len(self._bars) and place != self._place:
            self._place = place
            self.update()
            self.pointed.emit(Pointed(place))

    def _pitch(self) -> float:
        return (self.width() + _GAP) / max(1, len(self._bars))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        for place, bar in enumerate(self._bars):
            box = QRectF(place * self._pitch(), 0, self._pitch() - _GAP, _BAR)
            self._paint_bar(painter, box, bar, tokens, place)
        painter.end()

    def _paint_bar(self, painter: QPainter, box: QRectF, bar: Bar, tokens: Tokens, place: int) -> None:
        here, current = place == self._place, place == self._current
        painter.setPen(Qt.PenStyle.NoPen)
        painter.save()
        painter.setBrush(QColor(tokens.action_soft))
        painter.drawRoundedRect(box, _CORNER, _CORNER)
        pale = _POINTED if here else _PALE
        painter.setBrush(QColor(tokens.action if current else mix(tokens.action_soft, tokens.action, pale)))
        filled = box.adjusted(0, box.height() * (1 - bar.share), 0, 0)
        # Clipped, not rounded by itself: the low bar of a first stage would be a lens.
        painter.setClipRect(filled)
        painter.drawRoundedRect(box, _CORNER, _CORNER)
        painter.restore()
        if current:
            # A frame as well: the bar of a first stage is nearly empty, and colour alone would say it.
            painter.setPen(QPen(QColor(tokens.action), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), _CORNER - 1, _CORNER - 1)
        painter.setFont(theme.font(Size.LABEL, Weight.STRONG if current else Weight.NORMAL, tabular=True))
        painter.setPen(QColor(tokens.ink if here or current else tokens.muted))
        painter.drawText(QRectF(box.x(), _BAR, box.width(), _LABEL), Qt.AlignmentFlag.AlignCenter, bar.label)
        if here and theme.focus_visible(self):
            paint_focus(painter, box, _CORNER, tokens)
