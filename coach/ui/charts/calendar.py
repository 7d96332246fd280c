"""Sessions as a calendar: a column a week, a row a day of the week; where there is no room, the weeks go on below."""

import math
from datetime import date, timedelta
from enum import Enum, auto
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
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
    UNREAD = auto()
    """Finished; how much of it was done is not known, or not yet."""
    ENDED = auto()
    """Stopped early or broken off."""


_EMPTY: Final = (Mark.NONE, False)


def mark_of(sessions: tuple[SessionDone, ...]) -> Mark:
    """The mark of a day with these sessions: that of the best of them."""
    if not sessions:
        return Mark.NONE
    finished = [one for one in sessions if one.ending is Ending.FINISHED]
    if not finished:
        return Mark.ENDED
    known = [one.sets[0] / one.sets[1] for one in finished if one.sets]
    if not known and all(one.guided for one in finished):
        return Mark.UNREAD
    share = max(known, default=1.0)  # what was done without the app was done as its person says
    if share >= 1.0:
        return Mark.FULL
    return Mark.MOST if share >= 0.5 else Mark.PART


class _Grid(NamedTuple):
    """Where the weeks stand at one width: how far apart cells are, how many weeks in a line, how high a line is."""

    pitch: float
    columns: int
    line: float


class Calendar(Chart):
    """The sessions of a span, day by day. Up and Down go a day, Left and Right a week."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Sessions, day by day"), parent)
        self._span = Span(date.min, date.min)
        self._today = date.min
        self._first_weekday = 0
        self._start = date.min
        self._by_day: dict[date, tuple[SessionDone, ...]] = {}
        self._marks: dict[int, tuple[Mark, bool]] = {}
        """The mark of each place that has any, and whether it hurt."""
        self._sessions: tuple[SessionDone, ...] = ()
        self._legends: dict[float, list[tuple[Mark | None, str, int, float]]] = {}
        self._stamps: dict[tuple[Mark, float, float, str], QImage] = {}
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
        self._marks = {
            (day - span.since).days: (mark_of(of_day), any((one.peak or 0) >= _HURTS for one in of_day))
            for day, of_day in by_day.items()
        }
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
        return self._cell((self._day(index) - self._start).days, box, self._grid(box.width()))

    @staticmethod
    def _cell(place: int, box: QRectF, grid: _Grid) -> QRectF:
        """The cell of the day that comes so many days after the first day of the first week."""
        week, row = divmod(place, _WEEK)
        line, column = divmod(week, grid.columns)
        side = grid.pitch - max(2.0, round(grid.pitch / 6))
        x = box.left() + _NAMES + column * grid.pitch
        return QRectF(x, box.top() + line * grid.line + _MONTHS + row * grid.pitch, side, side)

    def nearest(self, at: QPointF, box: QRectF) -> int | None:
        grid = self._grid(box.width())
        line, below = divmod(at.y() - box.top(), grid.line)
        column, row = int((at.x() - box.left() - _NAMES) // grid.pitch), int((below - _MONTHS) // grid.pitch)
        if not (0 <= column < grid.columns and 0 <= row < _WEEK and line >= 0):
            return None
        week = int(line) * grid.columns + column
        index = week * _WEEK + row - self._before
        return index if 0 <= index < self.count() else None

    # -- geometry -----------------------------------------------------------------------------------------------

    def _day(self, index: int) -> date:
        return self._span.since + timedelta(days=index)

    @property
    def _before(self) -> int:
        """How many days of the first week lie before the span."""
        return (self._span.since - self._start).days

    @property
    def _weeks(self) -> int:
        return ((self._span.until - self._start).days // _WEEK) + 1

    def _grid(self, width: float) -> _Grid:
        weeks = self._weeks
        most = _LARGEST if weeks <= _YEAR else _MANY
        pitch = min(most, max(_SMALLEST, float((width - _NAMES) // min(weeks, _YEAR))))
        columns = max(1, min(weeks, _YEAR, int((width - _NAMES) // pitch)))
        return _Grid(pitch, columns, _MONTHS + _WEEK * pitch + STEP)

    def heightForWidth(self, width: int) -> int:
        inner = width - 2 * EDGE
        grid = self._grid(inner)
        lines = -(-self._weeks // grid.columns)
        return round(lines * grid.line + self._legend_height(inner) + 2 * EDGE)

    def sizeHint(self) -> QSize:
        width = self.minimumSizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(76 * STEP, 40 * STEP)

    # -- painting -----------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        grid = self._grid(box.width())
        lines = -(-self._weeks // grid.columns)
        for line in seen(painter, box, grid.line, lines):
            self._draw_names(painter, line, box, grid, tokens)
            self._draw_cells(painter, line, box, grid, tokens)
        if self.count():
            self._draw_today(painter, self.place(self.count() - 1, box), tokens)
        self._draw_legend(painter, box, tokens)

    def _draw_cells(self, painter: QPainter, line: int, box: QRectF, grid: _Grid, tokens: Tokens) -> None:
        days, first = grid.columns * _WEEK, line * grid.columns * _WEEK
        places = range(max(first, self._before), min(first + days, self._before + self.count()))
        corner = self._cell(first, box, grid)
        # On the screen there may be thousands of cells: each mark is drawn once, and then copied.
        screen = painter.device() is self
        stamps = {mark: self._stamp(mark, corner.width(), tokens) for mark in Mark} if screen else {}
        for place in places:
            mark, hurt = self._marks.get(place - self._before, _EMPTY)
            if screen:
                week, row = divmod(place - first, _WEEK)
                at = QPointF(corner.left() + week * grid.pitch, corner.top() + row * grid.pitch)
                painter.drawImage(at, stamps[mark])
            else:
                draw_cell(painter, self._cell(place, box, grid), mark, tokens)
            if hurt:
                draw_pain(painter, self._cell(place, box, grid), tokens)

    def _stamp(self, mark: Mark, side: float, tokens: Tokens) -> QImage:
        """A cell as a picture."""
        ratio = self.devicePixelRatioF()
        key = (mark, side, ratio, tokens.scheme)
        if key not in self._stamps:
            pixels = math.ceil(side * ratio)
            image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_cell(painter, QRectF(0, 0, side, side), mark, tokens)
            painter.end()
            self._stamps[key] = image
        return self._stamps[key]

    def _draw_names(self, painter: QPainter, line: int, box: QRectF, grid: _Grid, tokens: Tokens) -> None:
        top, free = box.top() + line * grid.line, box.left()
        first = self._start + timedelta(days=line * grid.columns * _WEEK)
        for row in range(0, _WEEK, 2):
            at = QPointF(box.left(), top + _MONTHS + (row + 0.45) * grid.pitch)
            write(painter, at, words.short_weekday(first + timedelta(days=row)), tokens.muted)
        for column in range(min(grid.columns, self._weeks - line * grid.columns)):
            day = first + timedelta(days=column * _WEEK)
            if day.day > (_WEEK if column else 2 * _WEEK):
                continue
            x = box.left() + _NAMES + column * grid.pitch
            text = words.month_tick(day) if column == 0 or day.month == 1 else words.short_month(day)
            if x >= free and x + text_width(text) <= box.right():
                write(painter, QPointF(x, top + _MONTHS / 2 - 1), text, tokens.muted)
                free = x + text_width(text) + STEP

    def _draw_today(self, painter: QPainter, cell: QRectF, tokens: Tokens) -> None:
        painter.setPen(QPen(QColor(tokens.ink), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cell.adjusted(-1.5, -1.5, 1.5, 1.5), 5, 5)

    def _draw_legend(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        top = box.bottom() - self._legend_height(box.width()) + _LEGEND_TOP
        for mark, text, row, x in self._legend(box.width()):
            y = top + (row + 0.5) * _LEGEND_ROW
            cell = QRectF(box.left() + x, y - _SAMPLE / 2, _SAMPLE, _SAMPLE)
            draw_cell(painter, cell, mark or Mark.NONE, tokens)
            if mark is None:
                draw_pain(painter, cell, tokens)
            write(painter, QPointF(cell.right() + 1.5 * STEP, y), text, tokens.muted)

    def _legend(self, width: float) -> list[tuple[Mark | None, str, int, float]]:
        if width not in self._legends:  # a layout asks for the height again and again
            self._legends[width] = _legend_places(width)
        return self._legends[width]

    def _legend_height(self, width: float) -> float:
        rows = max(row for _, _, row, _ in self._legend(width)) + 1
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


def seen(painter: QPainter, box: QRectF, height: float, lines: int) -> range:
    """Which lines of a box have to be drawn: those that the clip of the painter touches, or all without one."""
    if not painter.hasClipping():
        return range(lines)
    clip = painter.clipBoundingRect()
    first = int((clip.top() - box.top()) // height)
    last = int((clip.bottom() - box.top()) // height)
    return range(max(0, first), min(lines, last + 1))


def _radius(cell: QRectF) -> float:
    return min(4.0, cell.width() / 4)


def draw_cell(painter: QPainter, cell: QRectF, mark: Mark, tokens: Tokens) -> None:
    """Draw one day: how much of the cell is filled says how much was done, an open ring what was not ended."""
    radius = _radius(cell)
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
        case Mark.UNREAD:
            painter.setPen(QPen(QColor(tokens.edge), 1.5))
            painter.drawRoundedRect(cell.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius)
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
