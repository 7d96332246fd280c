"""The walk/run as one bar, to scale: runs stand high, walks lie low, each as full as it is done."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from coach.ui import theme
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import paint_focus
from coach.ui.widgets.session_bar import SessionBar
from coach.words.translate import tr

_RUN: Final = 18.0
_WALK: Final = 7.0
_GAP: Final = 3.0
_LEAST: Final = 4.0
"""The shortest run is still seen, px."""
_ROUND: Final = 3.5


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of the walk/run: how long, and whether it is run."""

    seconds: float
    run: bool


class RunBar(SessionBar):
    """Shows how far a walk/run is, part by part."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[BarPart, ...] = ()
        self.setAccessibleName(tr("The run so far", "what the bar is to a screen reader"))

    def show_parts(self, parts: tuple[BarPart, ...]) -> None:
        """Show these parts, nothing of them done."""
        if parts != self._parts:
            self._parts = parts
            self.update()

    def spoken(self) -> str:
        """Say how many of the runs are done."""
        runs = [fill for fill, part in zip(self._fills, self._parts, strict=False) if part.run]
        return tr("{done} of {all} runs done").format(done=sum(fill >= 1.0 for fill in runs), all=len(runs))

    def sizeHint(self) -> QSize:
        return QSize(60 * STEP, round((_RUN + 2 * STEP) * self._scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        for at, (box, part) in enumerate(zip(self._places(), self._parts, strict=True)):
            fill = self._fills[at] if at < len(self._fills) else 0.0
            colour = QColor(tokens.now if part.run else tokens.action)
            radius = min(_ROUND, box.width() / 2)
            painter.setPen(QPen(colour, 1.0) if part.run else QPen(QColor(tokens.line), 1.0))
            painter.setBrush(QColor(tokens.now_soft if part.run else tokens.line))
            painter.drawRoundedRect(box, radius, radius)
            if fill > 0:
                painter.save()
                painter.setClipRect(QRectF(box.x() - 1, 0, box.width() * fill + 1, self.height()))
                painter.setPen(QPen(colour, 1.0))
                painter.setBrush(colour)
                painter.drawRoundedRect(box, radius, radius)
                painter.restore()
        if theme.focus_visible(self):
            paint_focus(painter, QRectF(self.rect()), 2 * STEP, tokens)
        painter.end()

    def _places(self) -> list[QRectF]:
        """Where each part stands: to scale, but none narrower than can be seen; all on one ground."""
        if not self._parts:
            return []
        whole = sum(part.seconds for part in self._parts)
        room = self.width() - _GAP * (len(self._parts) - 1) - 2
        wide = [max(_LEAST, room * part.seconds / whole) for part in self._parts]
        shrink = room / sum(wide)
        ground, left, boxes = (self.height() + _RUN * self._scale) / 2, 1.0, []
        for part, width in zip(self._parts, wide, strict=True):
            high = (_RUN if part.run else _WALK) * self._scale
            boxes.append(QRectF(left, ground - high, width * shrink, high))
            left += width * shrink + _GAP
        return boxes
