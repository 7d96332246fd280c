"""The pain of some weeks as a chart: zones, a dot a day, the mean of seven days; a gap stays a gap."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from coach.app.report import Report
from coach.core.clinical.colour import Colour
from coach.ui.paper.block import paint_mark
from coach.ui.paper.ink import Ink, Style, Text
from coach.words import report as words

_HIGHEST: Final = 10
_AXIS: Final = 18.0
_BELOW: Final = 24.0
_LEGEND: Final = 15.0
_DOT: Final = 2.1
# The zones of strength work (clinical reference, section 1.2.2): up to 2, up to 5, above.
_ZONES: Final = (("ok_soft", 0.0, 2.5), ("amber_soft", 2.5, 5.5), ("red_soft", 5.5, 10.0))
_LABELLED: Final = (0, 2, 5, 10)
_MOST_LABELS: Final = 8


@dataclass(frozen=True, slots=True)
class Plot:
    """Where a day and a pain stand."""

    box: QRectF
    since: date
    days: int

    def x(self, day: date) -> float:
        """The middle of a day."""
        return self.box.left() + ((day - self.since).days + 0.5) * self.box.width() / self.days

    def y(self, pain: float) -> float:
        """The height of a pain, 0 at the foot."""
        return self.box.bottom() - pain / _HIGHEST * self.box.height()


def paint_chart(of: Report, painter: QPainter, ink: Ink, box: QRectF) -> None:
    """Paint the chart into a box, its axes and its legend with it."""
    room = box.adjusted(_AXIS, _LEGEND, -2.0, -_BELOW)
    plot = Plot(room, of.since, (of.on - of.since).days + 1)
    _paint_legend(painter, ink, QRectF(room.left(), box.top(), room.width(), _LEGEND))
    for token, low, high in _ZONES:
        top, foot = plot.y(high), plot.y(low)
        painter.fillRect(QRectF(room.left(), top, room.width(), foot - top), ink.colour(token))
        if low:  # greys alone would not tell the zones apart
            painter.setPen(ink.pen("edge"))
            painter.drawLine(QPointF(room.left(), foot), QPointF(room.right(), foot))
    _paint_axes(plot, of, painter, ink)
    _paint_values(plot, of, painter, ink)
    _paint_bouts(plot, of, painter, ink)


def _paint_axes(plot: Plot, of: Report, painter: QPainter, ink: Ink) -> None:
    box = plot.box
    for pain in _LABELLED:
        label = Text(str(pain), Style.SMALL, _AXIS - 5.0, align=Qt.AlignmentFlag.AlignRight)
        label.paint(painter, ink, QPointF(box.left() - _AXIS, plot.y(pain) - label.height / 2))
    painter.setPen(ink.pen("edge"))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    every = 7 * max(1, -(-plot.days // (7 * _MOST_LABELS)))
    for number in range(0, plot.days, every):
        day = of.since + timedelta(days=number)
        x = plot.x(day)
        painter.setPen(ink.pen("edge"))
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 3.0))
        Text(words.brief(day), Style.SMALL, 60.0).paint(painter, ink, QPointF(x - 4.0, box.bottom() + 12.0))


def _paint_values(plot: Plot, of: Report, painter: QPainter, ink: Ink) -> None:
    painter.setPen(ink.pen("muted", 0.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for day, entry in of.days.items():
        if entry.worst is not None and entry.worst != entry.morning:
            painter.drawEllipse(QPointF(plot.x(day), plot.y(entry.worst)), _DOT * 0.85, _DOT * 0.85)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.colour("action"))
    for day, entry in of.days.items():
        if entry.morning is not None:
            painter.drawEllipse(QPointF(plot.x(day), plot.y(entry.morning)), _DOT, _DOT)
    painter.setPen(_mean_pen(ink))
    before: QPointF | None = None
    for day, mean in of.means:
        now = None if mean is None else QPointF(plot.x(day), plot.y(mean))
        if before is not None and now is not None:
            painter.drawLine(before, now)
        before = now


def _mean_pen(ink: Ink) -> QPen:
    return ink.pen("ink" if ink.grey else "now", 1.4)


def _paint_bouts(plot: Plot, of: Report, painter: QPainter, ink: Ink) -> None:
    """Below the days a mark for the worst of what was done on each."""
    worst: dict[date, Colour] = {}
    for one in of.judged:
        if of.since <= one.bout.day <= of.on:
            worst[one.bout.day] = max(one.colour, worst.get(one.bout.day, Colour.GREEN))
    for day, colour in worst.items():
        paint_mark(painter, ink, words.token(colour), QPointF(plot.x(day), plot.box.bottom() + 7.5), 2.2)


def _paint_legend(painter: QPainter, ink: Ink, box: QRectF) -> None:
    morning, mean, worst = words.legend()
    x, y = box.left() + 3.0, box.top() + 5.5

    def say(text: str, at: float) -> float:
        said = Text(text, Style.SMALL, 200.0)
        said.paint(painter, ink, QPointF(at, y - said.height / 2))
        return at + said.width + 14.0

    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.colour("action"))
    painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
    x = say(morning, x + 6.0)
    painter.setPen(_mean_pen(ink))
    painter.drawLine(QPointF(x, y), QPointF(x + 12.0, y))
    x = say(mean, x + 16.0)
    painter.setPen(ink.pen("muted", 0.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(x + 2.0, y), _DOT * 0.85, _DOT * 0.85)
    x = say(worst, x + 8.0)
    for colour in Colour:
        paint_mark(painter, ink, words.token(colour), QPointF(x + 2.0, y), 2.2)
        x = say(words.mark(colour), x + 8.0)
