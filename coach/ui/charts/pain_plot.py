"""The pain chart in pyqtgraph: zones, dots, the mean, marks; wheel and drag inside the bounds.

pyqtgraph and numpy take a third of a second to load, and 45 MiB: `coach.ui.charts.loading` does it.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPen, QWheelEvent

from coach.core.clinical.trend import MEAN_DAYS
from coach.core.progress.pain import PainDay
from coach.ui import theme
from coach.ui.charts.axis import Tick, Window, clamped, day_ticks, zoomed
from coach.ui.charts.chart import text_width
from coach.ui.tokens import Size, Tokens
from coach.words import progress as words
from coach.words.translate import tr

# Clinical reference, section 1.1.1: "Zone edges overlap. For integers use 0-2 / 3-5 / 6-10." Half-way between them,
# so that each dot lies in its own zone.
ZONES: Final = ((-0.5, 2.5), (2.5, 5.5), (5.5, 10.5))
PAIN: Final = Window(-0.5, 10.5)
LEAST_DAYS: Final = 7.0
LEAST_PAIN: Final = 3.0
NIGHT_ROW: Final = -1.35
PAINKILLER_ROW: Final = -2.2
_MARKS: Final = -2.8
"""Where the chart ends below when there are marks."""

_DOTS: Final = ((75, 8.0), (380, 5.0))
_SMALLEST_DOT: Final = 3.0
_WHEEL: Final = 0.85
_LINE_PX: Final = 1.5
"""Points of the line nearer together than this cannot be told apart."""

_BESIDE: Final = 8
_BELOW: Final = 26
_ROOM: Final = 0.012
"""What is seen before the first day and after the last, as a share of all: room for the ring round a dot."""


class _Zones(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph has no types
    """The three zones, as wide as can ever be seen."""

    def __init__(self) -> None:
        super().__init__()
        self._rect = QRectF(-1e5, PAIN.low, 2e5, PAIN.high - PAIN.low)
        self._colours: tuple[str, ...] = ()

    def dress(self, tokens: Tokens) -> None:
        """Take the colours of an appearance."""
        self._colours = (tokens.ok_soft, tokens.amber_soft, tokens.red_soft)
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        return self._rect

    def paint(self, painter: QPainter, *arguments: object) -> None:
        seen = self.viewRect()  # no more than that: a drawing would hold what lies outside of it as well
        for (low, high), colour in zip(ZONES, self._colours, strict=True):
            zone = QRectF(seen.left(), low, seen.width(), high - low).intersected(seen)
            painter.fillRect(zone, QColor(colour))


class _Days(pg.AxisItem):  # type: ignore[misc] # as above
    """Names days below the chart."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.days: tuple[PainDay, ...] = ()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802
        return [(1.0, [float(self._x(tick)) for tick in self._ticks(low, high, size)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        low, high = self.range
        named = {self._x(tick): tick.text for tick in self._ticks(low, high, self.size().width())}
        return [named.get(round(value), "") for value in values]

    def _ticks(self, low: float, high: float, size: float) -> tuple[Tick, ...]:
        if not self.days:
            return ()
        first, last = max(0, math.ceil(low)), min(len(self.days) - 1, math.floor(high))
        return day_ticks(self.days[first].day, self.days[max(first, last)].day, size)

    def _x(self, tick: Tick) -> int:
        return (tick.day - self.days[0].day).days


class PainPlot(pg.PlotWidget):  # type: ignore[misc] # as above
    """Draws days of pain. It holds no words and no keyboard: `PainChart` does."""

    hovered = Signal(object)  # int | None: the place of a day
    zoomed = Signal(object)  # bool: whether something is out of sight

    def __init__(self) -> None:
        self._bottom = _Days()
        super().__init__(axisItems={"bottom": self._bottom}, viewBox=pg.ViewBox(enableMenu=False))
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAntialiasing(True)
        self.setFrameShape(self.Shape.NoFrame)
        self._days: tuple[PainDay, ...] = ()
        self._shows_worst = False
        self._worn: tuple[Tokens, float] | None = None
        self._x, self._y = Window(0.0, 1.0), PAIN
        self._zones = _Zones()
        self._zones.setZValue(-10)
        self._curve = pg.PlotCurveItem(connect="finite", antialias=True)
        self._mean: Any = np.empty(0)
        self._stride = 0
        self._dots = pg.ScatterPlotItem(symbol="o")
        self._worst = pg.ScatterPlotItem(symbol="o")
        self._nights = pg.ScatterPlotItem(symbol="t")
        self._painkillers = pg.ScatterPlotItem(symbol="d")
        self._cursor = pg.InfiniteLine(angle=90)
        self._ring = pg.ScatterPlotItem(symbol="o")
        for item in (
            *(self._zones, self._cursor, self._worst, self._dots, self._curve, self._nights),
            *(self._painkillers, self._ring),
        ):
            self.addItem(item, ignoreBounds=True)
        self._make_axes()
        self.look_at(None)
        self.getViewBox().sigRangeChanged.connect(self._moved)

    def _make_axes(self) -> None:
        plot = self.getPlotItem()
        plot.showAxis("right")
        font = theme.font(Size.LABEL)
        for side in ("left", "right", "bottom"):
            axis = plot.getAxis(side)
            axis.setStyle(
                tickLength=0,
                autoExpandTextSpace=False,
                tickFont=QFont(font),
                tickTextOffset=_BESIDE,
                hideOverlappingLabels=False,
            )
        plot.getAxis("right").setTicks([list(words.zones())])
        plot.getAxis("right").setWidth(_wide(text for _, text in words.zones()))
        plot.getAxis("bottom").setHeight(_BELOW)
        plot.layout.setContentsMargins(0, 6, 0, 0)

    def on_hovered(self, take: Callable[[Any], object]) -> None:
        """Call `take` with the place of the day that the mouse is at, or None."""
        self.hovered.connect(take)

    def on_zoomed(self, take: Callable[[Any], object]) -> None:
        """Call `take` with whether something is out of sight, whenever that may have changed."""
        self.zoomed.connect(take)

    # -- showing ------------------------------------------------------------------------------------------------

    def show_days(self, days: tuple[PainDay, ...], *, worst: bool) -> None:
        """Show these days, all of them in sight; `worst` also marks the worst pain of each."""
        if not days:
            return
        self._shows_worst = worst
        anew = self._days[:1] != days[:1] or len(self._days) != len(days)
        self._days = days
        x = np.arange(len(days), dtype=float)
        self._mean = np.array([np.nan if one.mean is None else one.mean for one in days])
        size = next((size for most, size in _DOTS if len(days) <= most), _SMALLEST_DOT)
        self._put(self._dots, x, [one.morning for one in days], size)
        self._put(self._worst, x, [one.worst if worst and one.worst != one.morning else None for one in days], size)
        self._put(self._nights, x, [NIGHT_ROW if one.night else None for one in days], size + 2)
        self._put(self._painkillers, x, [PAINKILLER_ROW if one.painkiller else None for one in days], size + 2)
        marks = any(one.night or one.painkiller for one in days)
        self._show_left(marks=marks)
        room = max(0.6, _ROOM * len(days))
        self._x = Window(float(x[0]) - room, float(x[-1]) + room)
        self._bottom.days = days
        self._y = Window(_MARKS if marks else PAIN.low, PAIN.high)
        self._bound()
        self._stride = 0
        if anew:
            self.reset()
        self._draw_mean()

    @staticmethod
    def _put(item: Any, x: Any, values: list[Any], size: float) -> None:
        y = np.array([np.nan if value is None else value for value in values], dtype=float)
        there = np.isfinite(y)
        item.setData(x[there], y[there], size=size)

    def _draw_mean(self) -> None:
        """Draw the line of the mean, with no more points than can be told apart: a long line takes long to draw."""
        seen, room = self.window_x, max(1.0, self.getViewBox().width())
        # Up to seven days a point: the mean of seven days, told once in seven days, still holds every day.
        stride = min(MEAN_DAYS, max(1, int((seen.high - seen.low) * _LINE_PX / room)))
        if stride != self._stride and len(self._days):
            self._stride = stride
            x, y = thinned(self._mean, stride)
            # A gap is NaN, which "finite" does not join; a mean that stands alone is no line and gets no dot.
            self._curve.setData(x, y)

    def _show_left(self, *, marks: bool) -> None:
        rows = [(NIGHT_ROW, tr("woken", "by the hip, beside a row of marks")), (PAINKILLER_ROW, tr("painkiller"))]
        numbers = [(float(n), str(n)) for n in (0, 2, 5, 10)]
        shown = [*numbers, *(rows if marks else ())]
        axis = self.getPlotItem().getAxis("left")
        axis.setTicks([shown])
        axis.setWidth(_wide(text for _, text in shown))

    # -- colours ------------------------------------------------------------------------------------------------

    def dress(self, tokens: Tokens, ratio: float | None = None) -> None:
        """Take the colours of an appearance; `ratio` is how many pixels of a picture make one of the design."""
        worn = (tokens, ratio or self.devicePixelRatioF())
        if worn == self._worn:
            return
        self._worn = worn
        self.setBackground(QColor(tokens.panel))
        self._zones.dress(tokens)
        self._curve.setPen(_pen(tokens.action, 2.5 * worn[1]))
        self._dots.setPen(None)
        self._dots.setBrush(QColor(tokens.muted))
        self._worst.setPen(_pen(tokens.muted, 1.3))
        self._worst.setBrush(None)
        self._nights.setPen(None)
        self._nights.setBrush(QColor(tokens.ink))
        self._painkillers.setPen(None)
        self._painkillers.setBrush(QColor(tokens.amber))
        self._cursor.setPen(_pen(tokens.muted, worn[1]))
        self._ring.setPen(_pen(tokens.ink, 2))
        self._ring.setBrush(None)
        self._ring.setSize(15)
        for side in ("left", "right", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(QColor(tokens.panel))  # neither a line nor a tick: the zones are edge enough
            axis.setTickPen(QColor(tokens.panel))
            axis.setTextPen(QColor(tokens.muted))

    # -- what is seen -------------------------------------------------------------------------------------------

    @property
    def window_x(self) -> Window:
        """The days that are seen, by their places from 0 on. (As dates they would have too many digits for an SVG.)"""
        return Window(*self.getViewBox().viewRange()[0])

    @property
    def window_y(self) -> Window:
        """The pain that is seen."""
        return Window(*self.getViewBox().viewRange()[1])

    @property
    def is_zoomed(self) -> bool:
        """Whether something is out of sight."""
        seen = ((self.window_x, self._x), (self.window_y, self._y))
        return any(now.high - now.low < most.high - most.low - 0.01 for now, most in seen)

    def reset(self) -> None:
        """Show everything."""
        self.getViewBox().setRange(xRange=self._x, yRange=self._y, padding=0)

    def zoom(self, factor: float, at: QPointF | None = None, *, pain: bool = False) -> bool:
        """See `factor` as much, of days or of pain, with `at` where it is; False if nothing changes."""
        now, bounds, least = (self.window_y, self._y, LEAST_PAIN) if pain else (self.window_x, self._x, LEAST_DAYS)
        middle = (now.low + now.high) / 2
        anchor = middle if at is None else at.y() if pain else at.x()
        wanted = clamped(zoomed(now, anchor, factor), bounds, min(least, bounds.high - bounds.low))
        if abs(wanted.low - now.low) < 1e-6 and abs(wanted.high - now.high) < 1e-6:
            return False
        set_range = self.getViewBox().setYRange if pain else self.getViewBox().setXRange
        set_range(*wanted, padding=0)
        return True

    def reveal(self, index: int) -> None:
        """Move so that a day is in sight."""
        day, now = float(index), self.window_x
        if now.low <= day <= now.high:
            return
        edge = 0.05 * (now.high - now.low)
        away = day - now.high + edge if day > now.high else day - now.low - edge
        wanted = clamped(Window(now.low + away, now.high + away), self._x, LEAST_DAYS)
        self.getViewBox().setXRange(*wanted, padding=0)

    def _bound(self) -> None:
        least = min(LEAST_DAYS, self._x.high - self._x.low)
        self.getViewBox().setLimits(
            xMin=self._x.low, xMax=self._x.high, yMin=self._y.low, yMax=self._y.high, minXRange=least,
            minYRange=LEAST_PAIN,
        )  # fmt: skip

    def _moved(self, *arguments: object) -> None:
        self._draw_mean()
        self.zoomed.emit(self.is_zoomed)

    # -- the day that is looked at --------------------------------------------------------------------------------

    def look_at(self, index: int | None) -> None:
        """Mark a day with a line, and its dot with a ring."""
        self._cursor.setVisible(index is not None)
        self._ring.setVisible(index is not None)
        if index is None:
            return
        one = self._days[index]
        self._cursor.setValue(index)
        value = one.morning if one.morning is not None else one.mean
        self._ring.setData([index] if value is not None else [], [value] if value is not None else [])

    def spot(self, index: int, beside: float = 0.0) -> QPointF:
        """Where a day is on this widget; as high as the highest that is drawn `beside` points to its left and right."""
        seen = self.window_x
        away = math.ceil(beside * (seen.high - seen.low) / max(1.0, self.getViewBox().width()))
        near = self._days[max(0, index - away) : index + away + 1]
        values = [
            value
            for one in near
            for value in (one.morning, one.mean, one.worst if self._shows_worst else None)
            if value is not None
        ]
        high = min(max(values, default=0.0), self.window_y.high)
        scene = self.getViewBox().mapViewToScene(QPointF(index, high))
        return QPointF(self.mapFromScene(scene))

    def _place_at(self, at: QPointF) -> int | None:
        view = self.getViewBox()
        if not self._days or not view.sceneBoundingRect().contains(self.mapToScene(at.toPoint())):
            return None
        day = round(self._value(at).x())
        return min(max(day, 0), len(self._days) - 1)

    def _value(self, at: QPointF) -> QPointF:
        return QPointF(self.getViewBox().mapSceneToView(self.mapToScene(at.toPoint())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.hovered.emit(None if event.buttons() else self._place_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom; where there is nothing more to zoom, the page scrolls."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        pain = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        factor = _WHEEL ** (turned / 120)
        if turned and self.zoom(factor, self._value(event.position()), pain=pain):
            event.accept()
            self.hovered.emit(self._place_at(event.position()))
        else:
            event.ignore()

    # -- pictures -----------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        """Draw what is seen in `box`, in other colours if need be."""
        worn = self._worn
        scatters = (self._dots, self._worst, self._nights, self._painkillers, self._ring)
        self.dress(tokens, painter.device().devicePixelRatioF())
        for item in scatters:
            item.setExportMode(True, {"antialias": True})  # shapes in place of copies of one pixmap
        try:
            self.render(painter, box, self.viewport().rect(), Qt.AspectRatioMode.KeepAspectRatio)
        finally:
            for item in scatters:
                item.setExportMode(False)
            if worn is not None:
                self.dress(*worn)


def thinned(mean: Any, stride: int) -> tuple[Any, Any]:
    """Every so many days of a series, up to its last day, and their places. A gap among those left out stays one."""
    rest = len(mean) % stride
    x = np.arange(len(mean), dtype=float)
    if stride == 1:
        return x, mean
    groups = mean[rest:].reshape(-1, stride)
    y = np.where(np.isnan(groups).any(axis=1), np.nan, groups[:, -1])
    return x[rest:].reshape(-1, stride)[:, -1], y


def _wide(texts: Iterable[str]) -> float:
    """How wide an axis with these texts is."""
    return max(text_width(text) for text in texts) + _BESIDE + 2


def _pen(colour: str, width: float) -> QPen:
    """A pen as wide on the device as it is here, however far one has zoomed."""
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)  # round ones take three times as long
    return pen
