"""A chip with a shape before its word: met, still to do, against it. The shapes tell it without colour."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui import theme
from coach.ui.tokens import Size
from coach.ui.widgets.card import Chip, Tone, soft, text_colour


class State(Enum):
    """What the chip says."""

    MET = Tone.OK
    TO_DO = Tone.AMBER
    AGAINST = Tone.RED
    ASIDE = Tone.MUTED
    """It is shown and does not count."""


_MARK: Final = 10.0


class StateChip(Chip):
    """A word on a soft pill, with a tick, a ring or a cross before it."""

    def __init__(self, text: str = "", state: State = State.ASIDE, parent: QWidget | None = None) -> None:
        self._state = state
        super().__init__(text, state.value, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # shorter where there is no room

    def show_state(self, text: str, state: State) -> None:
        """Show another word and its shape."""
        self._state = state
        self.show_text(text, state.value)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(round(_MARK) + 4, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, tone = theme.tokens_of(self), self._state.value
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft(tone, tokens)))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        ink = QColor(text_colour(tone, tokens))
        left = 0.8 * Size.LABEL
        self._paint_mark(painter, QRectF(left, (box.height() - _MARK) / 2, _MARK, _MARK), ink)
        words = box.adjusted(left + _MARK + 4, 0, -0.7 * Size.LABEL, 0)
        painter.setPen(ink)
        shown = QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width() + 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _paint_mark(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        pen = QPen(ink, 1.8, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        match self._state:
            case State.MET:
                low = QPointF(box.x() + 0.38 * box.width(), box.bottom() - 1.5)
                ends = (QPointF(box.x() + 1, box.center().y() + 0.5), QPointF(box.right() - 0.5, box.y() + 1.5))
                painter.drawPolyline(QPolygonF([ends[0], low, ends[1]]))
            case State.TO_DO | State.ASIDE:
                painter.drawEllipse(box.adjusted(1, 1, -1, -1))
            case State.AGAINST:
                inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
                painter.drawLine(inner.topLeft(), inner.bottomRight())
                painter.drawLine(inner.topRight(), inner.bottomLeft())
