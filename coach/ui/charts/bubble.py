"""What a chart says of the place that is looked at: a small sheet beside it, over everything else on the page."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from coach.ui import plain_text, theme
from coach.ui.tokens import RADIUS_FIELD, STEP, Size, Weight
from coach.ui.widgets.card import Card

WIDEST: Final = 460
_AWAY: Final = 3 * STEP
_FLAGS: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class Bubble(QWidget):
    """Shows words beside a place of `chart`. The mouse goes through it; a screen reader is told by the chart."""

    def __init__(self, chart: QWidget) -> None:
        super().__init__(_ground(chart))
        self._chart = chart
        self.text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFont(theme.font(Size.BODY, Weight.MEDIUM))
        self.hide()

    def show_at(self, text: str, place: QPoint) -> None:
        """Show the text above `place`, a point of the chart; below it where there is no room above."""
        self.text = plain_text.clean(text)
        ground = self.parentWidget()
        assert ground is not None
        edges = _edges(self._chart, ground)
        room = min(WIDEST, edges.width() - 2 * STEP)
        box = QFontMetrics(self.font()).boundingRect(QRect(0, 0, room - 6 * STEP, 1000), _FLAGS, self.text)
        self.resize(box.width() + 6 * STEP, box.height() + 4 * STEP)
        at = self._chart.mapTo(ground, place)
        first, last = edges.left() + STEP, edges.left() + edges.width() - self.width() - STEP
        left = min(max(at.x() - self.width() // 2, first), last)
        top = at.y() - self.height() - _AWAY
        self.move(left, top if top >= STEP else at.y() + _AWAY)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_FIELD, RADIUS_FIELD)
        painter.setPen(QColor(tokens.ink))
        painter.drawText(self.rect().adjusted(3 * STEP, 2 * STEP, -3 * STEP, -2 * STEP), _FLAGS, self.text)
        painter.end()


def _edges(chart: QWidget, ground: QWidget) -> QRect:
    """What the bubble stays within from left to right: the card of the chart, or else all of the ground."""
    widget: QWidget | None = chart
    while widget is not None and widget is not ground:
        if isinstance(widget, Card):
            return QRect(widget.mapTo(ground, QPoint(0, 0)), widget.size())
        widget = widget.parentWidget()
    return ground.rect()


def _ground(chart: QWidget) -> QWidget:
    """What scrolls together with the chart, so that the bubble stays beside it; else its window."""
    widget = chart
    while (above := widget.parentWidget()) is not None:
        outer = above.parentWidget()
        if isinstance(outer, QAbstractScrollArea) and outer.viewport() is above:
            return widget
        widget = above
    return widget
