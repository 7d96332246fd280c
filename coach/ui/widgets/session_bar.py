"""The session as one bar: a segment for each set, each as full as the set is done."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui import theme
from coach.ui.a11y import Readout
from coach.ui.tokens import STEP, Tokens
from coach.ui.widgets.buttons import paint_focus
from coach.words.translate import tr

_THICK: Final = 8.0
_GAP: Final = 5.0
_FINE: Final = 3
"""Digits of a fill: a thousandth of a segment is less than a pixel, and most frames then need no painting."""
_LEAST: Final = 3.0
"""A segment narrower than this is a crumb: the bar is drawn as one piece then."""


class SessionBar(Readout):
    """Shows how far the session is, set by set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fills: tuple[float, ...] = ()
        self._current: int | None = None
        self._scale = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("The session so far", "what the bar is to a screen reader"))

    def show_segments(self, fills: tuple[float, ...], current: int | None) -> None:
        """Show each segment filled 0 to 1; `current` is the one that runs, None before and after."""
        kept = tuple(round(min(1.0, max(0.0, fill)), _FINE) for fill in fills)
        if (kept, current) != (self._fills, self._current):
            self._fills, self._current = kept, current
            self.update()

    def set_scale(self, scale: float) -> None:
        """Make the bar thicker, for floor mode."""
        self._scale = scale
        self.updateGeometry()
        self.update()

    def spoken(self) -> str:
        """Say which set of how many runs, and how many are done."""
        done = sum(fill >= 1.0 for fill in self._fills)
        if self._current is None:
            return tr("{done} of {all} sets done").format(done=done, all=len(self._fills))
        said = tr("Set {current} of {all}, {done} done")
        return said.format(current=self._current + 1, all=len(self._fills), done=done)

    def sizeHint(self) -> QSize:
        return QSize(60 * STEP, round((_THICK + 2 * STEP) * self._scale))

    def minimumSizeHint(self) -> QSize:
        return QSize(20 * STEP, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tokens = theme.tokens_of(self)
        for place, (box, fill) in enumerate(self._boxes()):
            self._paint_segment(painter, tokens, box, fill)
            if place == self._current and len(self._fills) > 1:
                self._paint_current(painter, tokens, box)
        if theme.focus_visible(self):
            paint_focus(painter, QRectF(self.rect()), self.height() / 2, tokens)
        painter.end()

    def _boxes(self) -> list[tuple[QRectF, float]]:
        count = len(self._fills)
        if not count:
            return []
        thick = _THICK * self._scale
        top = (self.height() - thick) / 2
        gap = min(_GAP * self._scale, 0.25 * self.width() / count)
        width = (self.width() - gap * (count - 1)) / count
        if width < _LEAST:
            return [(QRectF(0, top, self.width(), thick), sum(self._fills) / count)]
        return [(QRectF(at * (width + gap), top, width, thick), fill) for at, fill in enumerate(self._fills)]

    @staticmethod
    def _paint_segment(painter: QPainter, tokens: Tokens, box: QRectF, fill: float) -> None:
        radius = min(box.height(), box.width()) / 2
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(box, radius, radius)
        # Of the round corner alone hardly more than a sliver would be seen, and it would seem to stand beside it.
        if box.width() * fill < radius:
            return
        # Clipped, so that it keeps the round corner of its segment.
        painter.save()
        painter.setClipRect(QRectF(box.x(), box.y(), box.width() * fill, box.height()))
        painter.setBrush(QColor(tokens.action))
        painter.drawRoundedRect(box, radius, radius)
        painter.restore()

    def _paint_current(self, painter: QPainter, tokens: Tokens, box: QRectF) -> None:
        """A dash beneath the set that runs: an empty one could not be told from those to come."""
        dash = 2.0 * self._scale
        painter.setBrush(QColor(tokens.now))
        painter.drawRoundedRect(QRectF(box.x(), box.bottom() + dash, box.width(), dash), dash / 2, dash / 2)
