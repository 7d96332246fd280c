"""How complete the log is: a bar of the mornings that were answered, with the share that a trend needs."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from coach.core.progress.pain import ENOUGH_ANSWERED, Answered
from coach.ui.charts.chart import EDGE, Chart, text_width, write
from coach.ui.tokens import STEP, Size, Tokens, Weight
from coach.words import progress as words
from coach.words.translate import tr

_BAR: Final = 14.0


class AnsweredBar(Chart):
    """One bar: the mornings that were answered, of all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Completeness of the log"), parent)
        self._one = Answered(0, 0, 0)

    def show_answered(self, one: Answered) -> None:
        """Show how much was answered."""
        if one != self._one:
            self._one = one
            self.changed()

    def count(self) -> int:
        return 1

    def words(self, index: int) -> str:
        return words.answered_line(self._one)

    def summary(self) -> str:
        return f"{words.answered_line(self._one)}. {words.answered_more(self._one)}"

    def sizeHint(self) -> QSize:
        return QSize(80 * STEP, round(_BAR + 7 * STEP + 2 * EDGE))

    def place(self, index: int, box: QRectF) -> QRectF:
        return self._track(box)

    def draw_mark(self, painter: QPainter, where: QRectF, tokens: Tokens) -> None:
        """One bar needs no mark."""

    def _share(self) -> str:
        return tr("{share} %").format(share=round(100 * self._one.share))

    def _track(self, box: QRectF) -> QRectF:
        right = text_width(self._share(), Size.BODY, Weight.STRONG) + 3 * STEP
        return QRectF(box.left(), box.top() + STEP, box.width() - right, _BAR)

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        track = self._track(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.action_soft))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        if self._one.share > 0:
            painter.setBrush(QColor(tokens.action))
            filled = QRectF(track.left(), track.top(), max(_BAR, track.width() * self._one.share), _BAR)
            painter.drawRoundedRect(filled, _BAR / 2, _BAR / 2)
        at = QPointF(track.right() + 3 * STEP, track.center().y())
        write(painter, at, self._share(), tokens.ink, weight=Weight.STRONG, size=Size.BODY)
        x = track.left() + track.width() * ENOUGH_ANSWERED
        painter.setPen(QPen(QColor(tokens.ink), 1.5))
        painter.drawLine(QPointF(x, track.bottom() + 2), QPointF(x, track.bottom() + 2 * STEP))
        needed = tr("a trend needs {share} %").format(share=round(100 * ENOUGH_ANSWERED))
        below = QPointF(x, track.bottom() + 4.5 * STEP)
        write(painter, below, needed, tokens.muted, Qt.AlignmentFlag.AlignHCenter)
