"""A flash over the screen when a cue cannot be heard.

What lights up is cut out of the rest by a mask: each step of the swell paints anew only what it covers.

One swell per cue, well below three a second (WCAG 2.2, 2.3.1). With reduced motion the edge lights up and goes out,
without a swell.
"""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QRect, QRectF, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from coach.ui import theme
from coach.ui.widgets.card import Tone
from coach.ui.widgets.ring import arc_colour

_SWELL_MS: Final = 420
_STEADY_MS: Final = 600
_EDGE: Final = 14
_WHOLE_STRENGTH: Final = 0.28


class Reach(Enum):
    """How much of the screen lights up."""

    EDGE = auto()
    WHOLE = auto()


class Motion(Enum):
    """Whether things may move."""

    FULL = auto()
    REDUCED = auto()


class Flash(QWidget):
    """Covers its parent, lets every click through, and lights up for a moment when told."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self._tone = Tone.NOW
        self._reach = Reach.EDGE
        self._strength = 0.0
        self._covered: tuple[QRect, Reach] | None = None
        self._swell = QVariantAnimation(self)
        self._swell.setDuration(_SWELL_MS)
        self._swell.setStartValue(0.0)
        self._swell.setKeyValueAt(0.25, 1.0)
        self._swell.setEndValue(0.0)
        self._swell.setEasingCurve(QEasingCurve.Type.OutQuad)
        self._swell.valueChanged.connect(self._swelled)
        self._swell.finished.connect(self.hide)
        self._out = QTimer(self)
        self._out.setSingleShot(True)
        self._out.setInterval(_STEADY_MS)
        self._out.timeout.connect(self.hide)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parent.installEventFilter(self)
        self.hide()

    def flash(self, tone: Tone = Tone.NOW, reach: Reach = Reach.EDGE, motion: Motion = Motion.FULL) -> None:
        """Light up once; a flash that still runs begins anew."""
        self._tone = tone
        self._reach = Reach.EDGE if motion is Motion.REDUCED else reach
        self._swell.stop()
        self._out.stop()
        self._cover()
        self.raise_()
        self.show()
        if motion is Motion.REDUCED:
            self._strength = 1.0
            self._out.start()
        else:
            self._strength = 0.0
            self._swell.start()
        self.update()

    @property
    def strength(self) -> float:
        """How bright it is now, 0 to 1."""
        return self._strength if self.isVisible() else 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._under:
            self._cover()
        return False

    def _cover(self) -> None:
        covered = (self._under.rect(), self._reach)
        if covered == self._covered:
            return
        self._covered = covered
        self.setGeometry(self._under.rect())
        if self._reach is Reach.WHOLE:
            self.clearMask()
        else:
            self.setMask(QRegion(self.rect()) - QRegion(self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)))

    def _swelled(self, strength: object) -> None:
        self._strength = float(strength) if isinstance(strength, int | float) else 0.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = QColor(arc_colour(self._tone, theme.tokens_of(self)))
        if self._reach is Reach.WHOLE:
            wash = QColor(colour)
            wash.setAlphaF(_WHOLE_STRENGTH * self._strength)
            painter.fillRect(self.rect(), wash)
        colour.setAlphaF(self._strength)
        painter.setPen(QPen(colour, _EDGE))
        half = _EDGE / 2
        painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))
        painter.end()
