"""Walks and runs as bars: minutes by day, week or month; the highest pain above each."""

from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from coach.core.progress.measures import OutingBar
from coach.core.progress.span import Span
from coach.ui.charts.axis import round_top
from coach.ui.charts.chart import EDGE, Chart, text_width, write
from coach.ui.charts.sided import draw_days
from coach.ui.tokens import STEP, Tokens, Weight
from coach.words import progress as words
from coach.words.translate import tr

_HEIGHT: Final = 190
_BELOW: Final = 5.0 * STEP
_LEGEND: Final = 6.0 * STEP
_ABOVE: Final = 4.0 * STEP
_NAMED_FROM: Final = 13.0
"""So much room a bar needs for a number above it; a pain of 3 and more, which is rarer, needs less."""

_STRONG: Final = 3
_NEVER: Final = 11
_APART: Final = 9.0
_STRONG_FROM: Final = 5.0


class Outings(Chart):
    """Bars of minutes: walks are grey, runs are in the colour of action and stand on top of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Walks and runs, in minutes"), parent)
        self._bars: tuple[OutingBar, ...] = ()
        self._span = Span(date.min, date.min)
        self._top = 10.0

    def show_bars(self, bars: tuple[OutingBar, ...], span: Span) -> None:
        """Show these bars; the span ends today."""
        if (bars, span) != (self._bars, self._span):
            self._bars, self._span = bars, span
            self._top = round_top(max([10.0, *(one.walk_min + one.run_min for one in bars)]))
            self.changed()

    def count(self) -> int:
        return len(self._bars)

    def words(self, index: int) -> str:
        return words.outing_bar(self._bars[index], self._span.until)

    def summary(self) -> str:
        return words.outings_summary(self._bars)

    def sizeHint(self) -> QSize:
        return QSize(90 * STEP, round(_HEIGHT + _BELOW + _LEGEND + 2 * EDGE))

    def place(self, index: int, box: QRectF) -> QRectF:
        return self._bar(index, self._plot(box))

    def _bar(self, index: int, plot: QRectF) -> QRectF:
        pitch = plot.width() / max(1, len(self._bars))
        one = self._bars[index]
        height = plot.height() * (one.walk_min + one.run_min) / self._top
        wide = max(1.0, min(28.0, pitch * 0.76))
        middle = plot.left() + (index + 0.5) * pitch
        return QRectF(middle - wide / 2, plot.bottom() - height, wide, height)

    def _plot(self, box: QRectF) -> QRectF:
        left = text_width(self._amount(self._top)) + 2 * STEP
        top = box.top() + _ABOVE
        return QRectF(box.left() + left, top, box.width() - left, box.bottom() - _BELOW - _LEGEND - top)

    @staticmethod
    def _amount(minutes: float) -> str:
        return tr("{number} min").format(number=round(minutes))

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        plot = self._plot(box)
        for value in (0.0, self._top / 2, self._top):
            y = round(plot.bottom() - plot.height() * value / self._top) + 0.5
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            at = QPointF(plot.left() - 2 * STEP, y)
            write(painter, at, self._amount(value) if value else "0", tokens.muted, Qt.AlignmentFlag.AlignRight)
        for index in range(len(self._bars)):
            self._draw_bar(painter, index, plot, tokens)
        self._draw_peaks(painter, plot, tokens)
        draw_days(painter, plot, self._span, tokens)
        self._draw_legend(painter, QPointF(plot.left(), plot.bottom() + _BELOW + 4 * STEP), plot, tokens)

    def _least_named(self, plot: QRectF) -> int:
        """The pain from which there is room to name it above its bar."""
        pitch = plot.width() / max(1, len(self._bars))
        if pitch < _STRONG_FROM:
            return _NEVER
        return 1 if pitch >= _NAMED_FROM else _STRONG

    def _draw_bar(self, painter: QPainter, index: int, plot: QRectF, tokens: Tokens) -> None:
        one, bar = self._bars[index], self._bar(index, plot)
        whole = one.walk_min + one.run_min
        if whole <= 0:
            return
        run = bar.height() * one.run_min / whole
        self._draw_part(
            painter, QRectF(bar.left(), bar.top() + run, bar.width(), bar.height() - run), tokens, runs=False
        )
        self._draw_part(painter, QRectF(bar.left(), bar.top(), bar.width(), run), tokens, runs=True)

    def _draw_peaks(self, painter: QPainter, plot: QRectF, tokens: Tokens) -> None:
        """Name the pain above the bars, the higher first; what has no room beside it is left to the bubble."""
        least = self._least_named(plot)
        named: list[float] = []
        for index in sorted(range(len(self._bars)), key=lambda index: -(self._bars[index].peak or 0)):
            peak, bar = self._bars[index].peak or 0, self._bar(index, plot)
            x = bar.center().x()
            if peak < least or any(abs(x - other) < _APART for other in named):
                continue
            named.append(x)
            strong = peak >= _STRONG
            colour = tokens.red_text if peak >= 6 else tokens.amber_text if strong else tokens.muted
            weight = Weight.BOLD if strong else Weight.NORMAL
            at = QPointF(x, bar.top() - 2 * STEP)
            write(painter, at, str(peak), colour, Qt.AlignmentFlag.AlignHCenter, weight=weight)

    @staticmethod
    def _draw_part(painter: QPainter, part: QRectF, tokens: Tokens, *, runs: bool) -> None:
        if part.height() < 0.5:
            return
        radius = min(3.0, part.width() / 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.action if runs else tokens.edge))
        painter.drawRoundedRect(part, radius, radius)

    def _draw_legend(self, painter: QPainter, at: QPointF, plot: QRectF, tokens: Tokens) -> None:
        x = at.x()
        for runs, text in ((False, tr("walk")), (True, tr("run"))):
            self._draw_part(painter, QRectF(x, at.y() - 6, 12, 12), tokens, runs=runs)
            write(painter, QPointF(x + 4.5 * STEP, at.y()), text, tokens.muted)
            x += 4.5 * STEP + text_width(text) + 4 * STEP
        least = self._least_named(plot)
        if any((one.peak or 0) >= least for one in self._bars):
            text = tr("number above: highest pain") if least == 1 else tr("number above: highest pain, from 3")
            write(painter, QPointF(x, at.y()), text, tokens.muted)
