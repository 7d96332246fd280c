"""Left beside right over time: the best set of an exercise, the results of a self-test against its threshold."""

from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from coach.core.progress.measures import MeasuredProgress
from coach.core.progress.sides import Sided, Unit
from coach.core.progress.span import Span
from coach.core.progress.training import ExerciseProgress
from coach.ui.charts.axis import day_ticks, round_top
from coach.ui.charts.chart import EDGE, Chart, text_width, write
from coach.ui.tokens import STEP, Size, Tokens, Weight
from coach.words import progress as words
from coach.words.translate import tr

_LINES: Final = 110
"""How high the part with the lines is."""

_BELOW: Final = 5.0 * STEP
_BAR: Final = 22.0
_BAR_PITCH: Final = 34.0
_CROWDED: Final = 90
"""With more points than this, the lines alone can be told apart."""

_LEGEND: Final = 5.0 * STEP


class SidedChart(Chart):
    """Lines for left and right. Left is a full dot and a whole line, right an open square and a broken one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._days: tuple[Sided, ...] = ()
        self._unit = Unit.REPS
        self._goal: float | None = None
        self._span = Span(date.min, date.min)
        self._summary = ""

    def show_exercise(self, one: ExerciseProgress, span: Span) -> None:
        """Show the best sets of an exercise."""
        self._show(one.days, one.unit, None, span, words.exercise_summary(one))

    def _show(self, days: tuple[Sided, ...], unit: Unit, goal: float | None, span: Span, summary: str) -> None:
        if (days, unit, goal, span) == (self._days, self._unit, self._goal, self._span):
            return
        self._days, self._unit, self._goal, self._span, self._summary = days, unit, goal, span, summary
        self.changed()

    # -- as a chart ---------------------------------------------------------------------------------------------

    def count(self) -> int:
        return len(self._days)

    def words(self, index: int) -> str:
        return words.sides_day(self._days[index], self._unit, self._span.until)

    def summary(self) -> str:
        return self._summary

    def sizeHint(self) -> QSize:
        return QSize(80 * STEP, round(_LINES + _BELOW + _LEGEND + 2 * EDGE))

    def place(self, index: int, box: QRectF) -> QRectF:
        lines = self._lines_box(box)
        day = self._days[index]
        x, y = self._x(day.day, lines), self._y(day.most, lines)
        return QRectF(x - 4, y - 4, 8, 8)

    # -- geometry -----------------------------------------------------------------------------------------------

    @property
    def _top(self) -> float:
        if self._unit is Unit.POINTS:
            return 10.0
        return round_top(max([self._goal or 0.0, 1.0, *(day.most for day in self._days)]))

    def _amount(self, value: float) -> str:
        plain = self._unit is Unit.POINTS or not value
        return f"{value:.10g}" if plain else words.amount(value, self._unit)

    def _lines_box(self, box: QRectF) -> QRectF:
        left = text_width(self._amount(self._top)) + 2 * STEP
        return QRectF(box.left() + left, box.top() + 2 * STEP, box.width() - left - 2 * STEP, _LINES - 2 * STEP)

    def _x(self, day: date, lines: QRectF) -> float:
        days = max(1, self._span.days - 1)
        return lines.left() + lines.width() * (day - self._span.since).days / days

    def _y(self, value: float, lines: QRectF) -> float:
        return lines.bottom() - lines.height() * value / self._top

    # -- painting -----------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        if not self._days:
            return
        lines = self._lines_box(box)
        self._draw_grid(painter, lines, box, tokens)
        for side in ("both", "left", "right"):
            self._draw_side(painter, lines, side, tokens)
        if len(self._days) <= _CROWDED:
            for side in ("right", "both", "left"):  # the small dot lies on the larger square where both are even
                for point in self._points(lines, side):
                    draw_point(painter, point, side, tokens)
        self._draw_legend(painter, QPointF(lines.left(), lines.bottom() + _BELOW + 3 * STEP), tokens)

    def _draw_grid(self, painter: QPainter, lines: QRectF, box: QRectF, tokens: Tokens) -> None:
        for value in (0.0, self._top / 2, self._top):
            y = round(self._y(value, lines)) + 0.5
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(lines.left(), y), QPointF(lines.right(), y))
            if value != self._top / 2:
                at = QPointF(lines.left() - 2 * STEP, y)
                write(painter, at, self._amount(value), tokens.muted, Qt.AlignmentFlag.AlignRight)
        draw_days(painter, lines, self._span, tokens)
        if self._goal is not None:
            y = self._y(self._goal, lines)
            painter.setPen(QPen(QColor(tokens.ok), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(lines.left(), y), QPointF(lines.right(), y))

    def _draw_side(self, painter: QPainter, lines: QRectF, side: str, tokens: Tokens) -> None:
        points = self._points(lines, side)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(side_pen(side, tokens))
        if len(points) > 1:
            painter.drawPolyline(QPolygonF(points))

    def _points(self, lines: QRectF, side: str) -> list[QPointF]:
        return [
            QPointF(self._x(day.day, lines), self._y(value, lines))
            for day in self._days
            if (value := getattr(day, side)) is not None
        ]

    def _draw_legend(self, painter: QPainter, at: QPointF, tokens: Tokens) -> None:
        there = [
            (side, name)
            for side, name in (("left", tr("Left")), ("right", tr("Right")))
            if any(getattr(day, side) is not None for day in self._days)
        ]
        x = at.x()
        for side, name in there:
            painter.setPen(side_pen(side, tokens))
            painter.drawLine(QPointF(x, at.y()), QPointF(x + 6 * STEP, at.y()))
            draw_point(painter, QPointF(x + 3 * STEP, at.y()), side, tokens)
            write(painter, QPointF(x + 7.5 * STEP, at.y()), name, tokens.muted)
            x += 7.5 * STEP + text_width(name) + 4 * STEP


class TestChart(SidedChart):
    """A self-test: the newest result as a bar a side with the threshold across, and all results as lines below."""

    __test__ = False  # not a test for pytest

    def show_test(self, one: MeasuredProgress, span: Span) -> None:
        """Show the results of a self-test."""
        goal = words.test_goal(one)
        self._goal_words = goal
        newest = words.sides(one.days[-1], one.unit)
        self._show(one.days, one.unit, one.goal, span, " · ".join(filter(None, (newest, goal))))

    _goal_words = ""

    def sizeHint(self) -> QSize:
        return QSize(80 * STEP, round(super().sizeHint().height() + self._bars_height()))

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        if not self._days:
            return
        self._draw_bars(painter, box, tokens)
        super().draw(painter, box, tokens)

    def _lines_box(self, box: QRectF) -> QRectF:
        return super()._lines_box(box).translated(0, self._bars_height())

    def _rows(self) -> tuple[tuple[str, float], ...]:
        if not self._days:
            return ()
        newest = self._days[-1]
        named = ((tr("Left"), newest.left), (tr("Right"), newest.right), (tr("Result"), newest.both))
        return tuple((name, value) for name, value in named if value is not None)

    def _bars_height(self) -> float:
        return len(self._rows()) * _BAR_PITCH + 6 * STEP

    def _draw_bars(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        rows = self._rows()
        wide = Weight.STRONG
        names = max((text_width(name, Size.BODY, wide) for name, _ in rows), default=0.0) + 3 * STEP
        amounts = [words.amount(value, self._unit) for _, value in rows]
        right = max((text_width(one, Size.BODY, wide) for one in amounts), default=0.0) + 3 * STEP
        track = QRectF(box.left() + names, 0, box.width() - names - right, _BAR)
        top = max([self._goal or 0.0, *(value for _, value in rows), 1.0]) * 1.04
        for row, (name, value) in enumerate(rows):
            middle = box.top() + (row + 0.5) * _BAR_PITCH - STEP
            track.moveTop(middle - _BAR / 2)
            write(painter, QPointF(box.left(), middle), name, tokens.ink, weight=wide, size=Size.BODY)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.action_soft))
            painter.drawRoundedRect(track, 6, 6)
            painter.setBrush(QColor(tokens.action))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * value / top, _BAR), 6, 6)
            at = QPointF(track.right() + 3 * STEP, middle)
            write(painter, at, amounts[row], tokens.ink, weight=wide, size=Size.BODY)
            if self._goal is not None:
                self._draw_goal(painter, track, track.left() + track.width() * self._goal / top, tokens)
        under = box.top() + len(rows) * _BAR_PITCH + 2 * STEP
        write(painter, QPointF(box.left(), under), self._goal_words, tokens.muted, size=Size.BODY)

    def _draw_goal(self, painter: QPainter, track: QRectF, x: float, tokens: Tokens) -> None:
        """The threshold: a line that is seen on the bar and on its track."""
        painter.setPen(QPen(QColor(tokens.panel), 5))
        painter.drawLine(QPointF(x, track.top() - 1), QPointF(x, track.bottom() + 1))
        painter.setPen(QPen(QColor(tokens.ink), 2))
        painter.drawLine(QPointF(x, track.top() - 3), QPointF(x, track.bottom() + 3))


def side_pen(side: str, tokens: Tokens) -> QPen:
    """The line of a side."""
    if side == "right":
        return QPen(QColor(tokens.muted), 2, Qt.PenStyle.DashLine)
    return QPen(QColor(tokens.action), 2)


def draw_point(painter: QPainter, at: QPointF, side: str, tokens: Tokens) -> None:
    """Draw the point of a side: a full dot for left, an open square for right."""
    painter.save()
    if side == "right":
        painter.setPen(QPen(QColor(tokens.muted), 1.4))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRect(QRectF(at.x() - 4.5, at.y() - 4.5, 9, 9))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.action))
        painter.drawEllipse(at, 2.9, 2.9)
    painter.restore()


def draw_days(painter: QPainter, lines: QRectF, span: Span, tokens: Tokens) -> None:
    """Name days below a chart whose days go from its left edge to its right one."""
    days = max(1, span.days - 1)
    for tick in day_ticks(span.since, span.until, lines.width()):
        x = lines.left() + lines.width() * (tick.day - span.since).days / days
        half = text_width(tick.text) / 2
        x = min(max(x, lines.left() + half), lines.right() - half)
        write(painter, QPointF(x, lines.bottom() + 3 * STEP), tick.text, tokens.muted, Qt.AlignmentFlag.AlignHCenter)
