"""Sessions as a calendar: a column a week, a row a day of the week; where there is no room, the weeks go on below."""

from datetime import date, timedelta
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.core.log import Ending
from coach.core.progress.span import Span
from coach.core.progress.training import SessionDone
from coach.ui.charts.chart import EDGE, Chart, text_width, write
from coach.ui.tokens import STEP, Tokens, mix
from coach.words import progress as words
from coach.words.translate import tr

_WEEK: Final = 7
_NAMES: Final = 9.0 * STEP
_MONTHS: Final = 5.0 * STEP
_LEGEND_TOP: Final = 2.0 * STEP
_LEGEND_ROW: Final = 5.0 * STEP
_SAMPLE: Final = 13.0
_HURTS: Final = 6
"""NPRS from which a session gets the mark of pain: the zone 6-10."""

_LARGEST, _SMALLEST = 26.0, 13.0
_YEAR: Final = 53
_MANY: Final = 15.0
"""How far apart cells are at most where years stand one below the other."""


class Mark(Enum):
    """What became of a day: told by shape as well as by colour."""

    NONE = auto()
    FULL = auto()
    """Every prescribed set was done."""
    MOST = auto()
    PART = auto()
    """Less than half of what was prescribed."""
    ENDED = auto()
    """Stopped early or broken off."""


def mark_of(sessions: tuple[SessionDone, ...]) -> Mark:
    """The mark of a day with these sessions: that of the best of them."""
    if not sessions:
        return Mark.NONE
    finished = [one for one in sessions if one.ending is Ending.FINISHED]
    if not finished:
        return Mark.ENDED
    share = max((one.sets[0] / one.sets[1] for one in finished if one.sets), default=1.0)
    if share >= 1.0:
        return Mark.FULL
    return Mark.MOST if share >= 0.5 else Mark.PART


class Calendar(Chart):
    """The sessions of a span, day by day. Up and Down go a day, Left and Right a week."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Sessions, day by day"), parent)
        self._span = Span(date.min, date.min)
        self._today = date.min
        self._first_weekday = 0
        self._start = date.min
        self._by_day: dict[date, tuple[SessionDone, ...]] = {}
        self._sessions: tuple[SessionDone, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_sessions(self, sessions: tuple[SessionDone, ...], span: Span, first_weekday: int) -> None:
        """Show these sessions; weeks begin on `first_weekday`, 0 is Monday. The span ends today."""
        if (sessions, span, first_weekday) == (self._sessions, self._span, self._first_weekday):
            return
        same = (span, first_weekday) == (self._span, self._first_weekday)
        self._span, self._today, self._first_weekday, self._sessions = span, span.until, first_weekday, sessions
        self._start = span.since - timedelta(days=(span.since.weekday() - first_weekday) % _WEEK)
        by_day: dict[date, tuple[SessionDone, ...]] = {}
        for one in sessions:
            by_day[one.day] = (*by_day.get(one.day, ()), one)
        self._by_day = by_day
        if same:
            self.look_at(self.at)  # more is known of it; whoever looks at it goes on looking
        else:
            self.changed()

    # -- as a chart ---------------------------------------------------------------------------------------------

    def count(self) -> int:
        return self._span.days

    def words(self, index: int) -> str:
        day = self._day(index)
        return words.sessions_day(day, self._by_day.get(day, ()), self._today)

    def summary(self) -> str:
        return words.sessions_summary(self._sessions)

    def step(self, key: int) -> int | None:
        steps = {Qt.Key.Key_Left: -_WEEK, Qt.Key.Key_Right: _WEEK, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        return steps.get(Qt.Key(key))

    def place(self, index: int, box: QRectF) -> QRectF:
        week, row = divmod((self._day(index) - self._start).days, _WEEK)
        block, column = divmod(week, self._columns(box.width()))
        pitch = self._pitch(box.width())
        top = box.top() + block * self._block_height(box.width()) + _MONTHS
        cell = pitch - max(2.0, round(pitch / 6))
        return QRectF(box.left() + _NAMES + column * pitch, top + row * pitch, cell, cell)

    def nearest(self, at: QPointF, box: QRectF) -> int | None:
        pitch, columns = self._pitch(box.width()), self._columns(box.width())
        block, below = divmod(at.y() - box.top(), self._block_height(box.width()))
        column, row = int((at.x() - box.left() - _NAMES) // pitch), int((below - _MONTHS) // pitch)
        if not (0 <= column < columns and 0 <= row < _WEEK and block >= 0):
            return None
        week = int(block) * columns + column
        index = week * _WEEK + row - (self._span.since - self._start).days
        return index if 0 <= index < self.count() else None

    # -- geometry -----------------------------------------------------------------------------------------------

    def _day(self, index: int) -> date:
        return self._span.since + timedelta(days=index)

    @property
    def _weeks(self) -> int:
        return ((self._span.until - self._start).days // _WEEK) + 1

    def _pitch(self, width: float) -> float:
        most = _LARGEST if self._weeks <= _YEAR else _MANY
        return min(most, max(_SMALLEST, float((width - _NAMES) // min(self._weeks, _YEAR))))

    def _columns(self, width: float) -> int:
        room = int((width - _NAMES) // self._pitch(width))
        return max(1, min(self._weeks, _YEAR, room))

    def _block_height(self, width: float) -> float:
        return _MONTHS + _WEEK * self._pitch(width) + STEP

    def heightForWidth(self, width: int) -> int:
        inner = width - 2 * EDGE
        blocks = -(-self._weeks // self._columns(inner))
        return round(blocks * self._block_height(inner) + self._legend_height(inner) + 2 * EDGE)

    def sizeHint(self) -> QSize:
        width = self.minimumSizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(76 * STEP, 40 * STEP)

    # -- painting -----------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        self._draw_names(painter, box, tokens)
        for index in range(self.count()):
            day = self._day(index)
            of_day = self._by_day.get(day, ())
            draw_cell(painter, self.place(index, box), mark_of(of_day), tokens)
            if any((one.peak or 0) >= _HURTS for one in of_day):
                draw_pain(painter, self.place(index, box), tokens)
        if self.count():
            self._draw_today(painter, self.place(self.count() - 1, box), tokens)
        self._draw_legend(painter, box, tokens)

    def _draw_names(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        columns, pitch = self._columns(box.width()), self._pitch(box.width())
        free = 0.0
        for week in range(self._weeks):
            block, column = divmod(week, columns)
            top = box.top() + block * self._block_height(box.width())
            first = self._start + timedelta(days=week * _WEEK)
            if column == 0:
                free = box.left()
                for row in range(0, _WEEK, 2):
                    at = QPointF(box.left(), top + _MONTHS + (row + 0.45) * pitch)
                    write(painter, at, words.short_weekday(first + timedelta(days=row)), tokens.muted)
            x = box.left() + _NAMES + column * pitch
            text = words.month_tick(first) if column == 0 or first.month == 1 else words.short_month(first)
            new_month = first.day <= _WEEK or (column == 0 and first.day <= 2 * _WEEK)
            if new_month and x >= free and x + text_width(text) <= box.right():
                write(painter, QPointF(x, top + _MONTHS / 2 - 1), text, tokens.muted)
                free = x + text_width(text) + STEP

    def _draw_today(self, painter: QPainter, cell: QRectF, tokens: Tokens) -> None:
        painter.setPen(QPen(QColor(tokens.ink), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cell.adjusted(-1.5, -1.5, 1.5, 1.5), 5, 5)

    def _draw_legend(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        top = box.bottom() - self._legend_height(box.width()) + _LEGEND_TOP
        for mark, text, row, x in _legend_places(box.width()):
            y = top + (row + 0.5) * _LEGEND_ROW
            cell = QRectF(box.left() + x, y - _SAMPLE / 2, _SAMPLE, _SAMPLE)
            draw_cell(painter, cell, mark or Mark.NONE, tokens)
            if mark is None:
                draw_pain(painter, cell, tokens)
            write(painter, QPointF(cell.right() + 1.5 * STEP, y), text, tokens.muted)

    @staticmethod
    def _legend_height(width: float) -> float:
        rows = max(row for _, _, row, _ in _legend_places(width)) + 1
        return _LEGEND_TOP + rows * _LEGEND_ROW

    def draw_mark(self, painter: QPainter, where: QRectF, tokens: Tokens) -> None:
        painter.setPen(QPen(QColor(tokens.action), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(where.adjusted(-2, -2, 2, 2), 5, 5)


def _legend() -> tuple[tuple[Mark | None, str], ...]:
    return (
        (Mark.FULL, tr("all sets", "of a session, in a legend")),
        (Mark.MOST, tr("half or more", "of a session, in a legend")),
        (Mark.PART, tr("less", "of a session, in a legend")),
        (Mark.ENDED, tr("not to the end", "of a session, in a legend")),
        (None, tr("pain 6 or more", "of a session, in a legend")),
    )


def _legend_places(width: float) -> list[tuple[Mark | None, str, int, float]]:
    """Where each sample of the legend stands: its row, and how far from the left."""
    places: list[tuple[Mark | None, str, int, float]] = []
    row, x = 0, 0.0
    for mark, text in _legend():
        wide = _SAMPLE + 1.5 * STEP + text_width(text)
        if x and x + wide > width:
            row, x = row + 1, 0.0
        places.append((mark, text, row, x))
        x += wide + 4 * STEP
    return places


def draw_cell(painter: QPainter, cell: QRectF, mark: Mark, tokens: Tokens) -> None:
    """Draw one day: how much of the cell is filled says how much was done, an open ring what was not ended."""
    radius = min(4.0, cell.width() / 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.line))
    match mark:
        case Mark.NONE:
            painter.drawRoundedRect(cell, radius, radius)
        case Mark.FULL:
            painter.setBrush(QColor(tokens.action))
            painter.drawRoundedRect(cell, radius, radius)
        case Mark.MOST | Mark.PART:
            painter.setBrush(QColor(mix(tokens.panel, tokens.action, 0.3)))
            painter.drawRoundedRect(cell, radius, radius)
            painter.save()
            share = 0.68 if mark is Mark.MOST else 0.34
            painter.setClipRect(cell.adjusted(0, cell.height() * (1 - share), 0, 0))
            painter.setBrush(QColor(tokens.action))
            painter.drawRoundedRect(cell, radius, radius)
            painter.restore()
        case Mark.ENDED:
            painter.setPen(QPen(QColor(tokens.amber), 2))
            painter.setBrush(QColor(tokens.amber_soft))
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), radius, radius)


def draw_pain(painter: QPainter, cell: QRectF, tokens: Tokens) -> None:
    """Mark a day on which a session hurt: a corner that is cut off."""
    corner, side = cell.topRight(), cell.width() * 0.55
    painter.setPen(QPen(QColor(tokens.panel), 1))
    painter.setBrush(QColor(tokens.now))
    painter.drawPolygon([corner, QPointF(corner.x() - side, corner.y()), QPointF(corner.x(), corner.y() + side)])
