"""What every chart can do: be walked through by mouse and keys, say what it shows, be drawn on another ground."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui import a11y, theme
from coach.ui.a11y import Readout
from coach.ui.charts.bubble import Bubble
from coach.ui.plain_text import clean, clean_name
from coach.ui.tokens import STEP, Size, Tokens, Weight
from coach.ui.widgets.buttons import paint_focus

EDGE: Final = 2 * STEP
"""Kept free round a chart for the ring of the focus."""


class Chart(Readout):
    """A painted chart of places in a row, each with words. Left and Right walk, Home and End go to the ends."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at: int | None = None
        self._bubble: Bubble | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(clean_name(name))

    # -- what a chart of its own kind says ----------------------------------------------------------------------

    def count(self) -> int:
        """How many places there are."""
        raise NotImplementedError

    def words(self, index: int) -> str:
        """What a place says."""
        raise NotImplementedError

    def summary(self) -> str:
        """The whole chart in a sentence."""
        raise NotImplementedError

    def place(self, index: int, box: QRectF) -> QRectF:
        """Where a place is when the chart is drawn in `box`."""
        raise NotImplementedError

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        """Draw the chart in `box`, in these colours: on the screen, or for a file."""
        raise NotImplementedError

    def nearest(self, at: QPointF, box: QRectF) -> int | None:
        """The place that the mouse is at; by default the one whose middle is nearest from left to right."""
        if not self.count():
            return None
        return min(range(self.count()), key=lambda index: abs(self.place(index, box).center().x() - at.x()))

    def step(self, key: int) -> int | None:
        """How many places a key goes on; None for a key that does not walk."""
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))

    # -- walking ------------------------------------------------------------------------------------------------

    @property
    def at(self) -> int | None:
        """The place that is looked at."""
        return self._at

    @property
    def said(self) -> str:
        """What stands in the bubble; nothing while it is away."""
        return self._bubble.text if self._bubble is not None and not self._bubble.isHidden() else ""

    def look_at(self, index: int | None) -> None:
        """Look at a place and say its words beside it."""
        self._at = index if index is not None and 0 <= index < self.count() else None
        if self._at is None:
            if self._bubble is not None:
                self._bubble.hide()
        else:
            if self._bubble is None:
                self._bubble = Bubble(self)
            where = self.place(self._at, self.box())
            self._bubble.show_at(self.words(self._at), QPoint(round(where.center().x()), round(where.top())))
        self.update()

    def spoken(self) -> str:
        """Say the place that is looked at, else the whole."""
        return clean(self.summary() if self._at is None else self.words(self._at))

    def box(self) -> QRectF:
        """Where the chart is drawn in its widget."""
        return QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)

    def changed(self) -> None:
        """Show other values: what was looked at is gone."""
        self.look_at(None)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, last = self.step(event.key()), self.count() - 1
        if last < 0:
            super().keyPressEvent(event)
        elif step is not None:
            start = last if self._at is None else min(max(self._at + step, 0), last)
            self._go(start)
        elif event.key() == Qt.Key.Key_Home:
            self._go(0)
        elif event.key() == Qt.Key.Key_End:
            self._go(last)
        elif event.key() == Qt.Key.Key_Escape and self._at is not None:
            self.look_at(None)
        else:
            super().keyPressEvent(event)

    def _go(self, index: int) -> None:
        self.look_at(index)
        a11y.announce(self, self.words(index))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.look_at(self.nearest(event.position(), self.box()))

    def leaveEvent(self, event: QEvent) -> None:
        self.look_at(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.look_at(None)
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.look_at(None)
        super().hideEvent(event)

    # -- painting -----------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(60 * STEP, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(event.rect())  # a chart of ten years draws what can be seen of it
        tokens = theme.tokens_of(self)
        self.draw(painter, self.box(), tokens)
        if self._at is not None:
            self.draw_mark(painter, self.place(self._at, self.box()), tokens)
        if theme.focus_visible(self):
            paint_focus(painter, QRectF(self.rect()), 2.5 * STEP, tokens)
        painter.end()

    def draw_mark(self, painter: QPainter, where: QRectF, tokens: Tokens) -> None:
        """Mark the place that is looked at."""
        painter.setPen(QColor(tokens.edge))
        x = round(where.center().x()) + 0.5
        painter.drawLine(QPointF(x, self.box().top()), QPointF(x, self.box().bottom()))


def write(
    painter: QPainter,
    at: QPointF,
    text: str,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    weight: Weight = Weight.NORMAL,
    size: Size = Size.LABEL,
) -> None:
    """Write one line whose middle is as high as `at`, to its right, to its left or round it."""
    font = theme.font(size, weight, tabular=True)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    left = {Qt.AlignmentFlag.AlignLeft: 0.0, Qt.AlignmentFlag.AlignRight: width}.get(align, width / 2)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(at.x() - left, at.y() + metrics.capHeight() / 2), text)


def text_width(text: str, size: Size = Size.LABEL, weight: Weight = Weight.NORMAL) -> float:
    """How wide a written text is."""
    return QFontMetricsF(theme.font(size, weight, tabular=True)).horizontalAdvance(text)
