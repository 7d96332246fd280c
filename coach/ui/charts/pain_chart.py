"""The pain chart: says in words what `PainPlot` draws, and takes the keys for it."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.core.progress.pain import PainDay
from coach.ui import theme
from coach.ui.charts.bubble import WIDEST
from coach.ui.charts.chart import Chart, write
from coach.ui.charts.loading import Loading
from coach.ui.tokens import STEP, Size, Tokens
from coach.words import progress as words
from coach.words.translate import tr

if TYPE_CHECKING:
    from coach.ui.charts.pain_plot import PainPlot

_HEIGHT: Final = 300
_ZOOM: Final = {Qt.Key.Key_Plus: 0.7, Qt.Key.Key_Equal: 0.7, Qt.Key.Key_Minus: 1 / 0.7}


class PainChart(Chart):
    """Days of pain. Left and Right walk, Plus and Minus zoom, 0 and Home show everything; so does a double click."""

    def __init__(self, loading: Loading, parent: QWidget | None = None) -> None:
        super().__init__(tr("Morning pain, day by day"), parent)
        self._loading = loading
        self._days: tuple[PainDay, ...] = ()
        self._today = date.min
        self._worst = False
        self._zoomed: Callable[[bool], object] | None = None
        self.plot: PainPlot | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        loading.on_loaded(self._fill)
        if loading.done:
            self._make_plot()
        else:
            loading.begin()

    def show_days(self, days: tuple[PainDay, ...], today: date) -> None:
        """Show these days."""
        if (days, today) == (self._days, self._today):
            return
        self._days, self._today = days, today
        self.changed()
        self._fill()

    def set_worst(self, *, shown: bool) -> None:
        """Mark the worst pain of each day as well, or not."""
        self._worst = shown
        self._fill()

    def on_zoomed(self, tell: Callable[[bool], object]) -> None:
        """Call `tell` with whether something is out of sight, whenever that may have changed."""
        self._zoomed = tell
        if self.plot is not None:
            self.plot.on_zoomed(tell)

    def show_whole(self) -> None:
        """Show every day again."""
        if self.plot is not None:
            self.plot.reset()

    def _fill(self) -> None:
        if self.plot is None and self._loading.done:
            self._make_plot()
        if self.plot is not None and self._days:
            self.plot.show_days(self._days, worst=self._worst)
        self.update()

    def _make_plot(self) -> None:
        from coach.ui.charts.pain_plot import PainPlot

        self.plot = PainPlot()
        self.plot.setParent(self)
        self.plot.on_hovered(self._hovered)
        if self._zoomed is not None:
            self.plot.on_zoomed(self._zoomed)
        self.plot.dress(theme.tokens_of(self))
        self._place_plot()
        self.plot.show()

    def _place_plot(self) -> None:
        if self.plot is not None:
            self.plot.setGeometry(self.box().toRect())

    # -- as a chart ---------------------------------------------------------------------------------------------

    def count(self) -> int:
        return len(self._days)

    def words(self, index: int) -> str:
        return words.pain_day(self._days[index], self._today)

    def summary(self) -> str:
        return words.pain_summary(self._days)

    def place(self, index: int, box: QRectF) -> QRectF:
        # Above the days that the bubble is as wide as: they are what it is about.
        spot = self.plot.spot(index, WIDEST / 2) + box.topLeft() if self.plot is not None else box.center()
        return QRectF(spot.x() - 4, spot.y() - 4, 8, 8)

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        """Draw the plot; on the screen it is a widget of its own, and only its absence is painted here."""
        if self.plot is not None:
            if painter.device() is not self:
                self.plot.draw(painter, box, tokens)
            return
        text = tr("The chart is being loaded…")
        if self._loading.error is not None:
            text = tr("The chart cannot be drawn: a part of the program is missing. The table has all numbers.")
        write(painter, box.center(), text, tokens.muted, Qt.AlignmentFlag.AlignHCenter, size=Size.BODY)

    def draw_mark(self, painter: QPainter, where: QRectF, tokens: Tokens) -> None:
        """The plot marks the day itself."""

    def look_at(self, index: int | None) -> None:
        if self.plot is None and index is not None:
            index = None
        if self.plot is not None and index is not None and 0 <= index < self.count():
            self.plot.reveal(index)
        super().look_at(index)
        if self.plot is not None:
            self.plot.look_at(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.plot is not None and event.key() in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.show_whole()
        elif self.plot is not None and event.key() in _ZOOM:
            at = None if self._at is None else QPointF(self._at, 0)
            self.plot.zoom(_ZOOM[Qt.Key(event.key())], at)
            self.look_at(self._at)
        else:
            super().keyPressEvent(event)

    def _hovered(self, index: int | None) -> None:
        self.look_at(index)

    # -- geometry and colours -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(160 * STEP, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_plot()
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._dress()
        return super().event(event)

    def _dress(self) -> None:
        if self.plot is not None:
            self.plot.dress(theme.tokens_of(self))
