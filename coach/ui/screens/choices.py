"""Statements to tick, long enough to need several lines; remarks beside them; dots that say how far one is."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui import theme
from coach.ui.a11y import Readout
from coach.ui.tokens import RADIUS_BUTTON, STEP, TARGET, Size, Tokens, Weight, mix
from coach.ui.widgets.buttons import Button, Tick, paint_focus
from coach.ui.widgets.notice import Notice, NoticeKind
from coach.words.translate import tr

_WRAP: Final = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
_TALLEST: Final = 10_000


class Choice(Tick):
    """One of several things that may be true: a row to press, with a box, a statement and perhaps a line more."""

    def __init__(self, text: str, more: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._statement = text
        self._more = more
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if more:
            self.setAccessibleDescription(more)

    # Geometry

    def sizeHint(self) -> QSize:
        width = 110 * STEP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(50 * STEP, TARGET)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        text, more = self._heights(width)
        return max(TARGET, round(text + more + 2 * self._PAD))

    _PAD: Final = 11.0

    def _room(self, width: int) -> float:
        return width - (self._SIDE + 3 * STEP) - 7 * STEP

    def _heights(self, width: int) -> tuple[float, float]:
        room = self._room(width)
        text = _height(self._statement, _text_font(), room)
        return text, _height(self._more, _more_font(), room) + 2 if self._more else 0.0

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        self._paint_row(painter, tokens)
        text, more = self._heights(self.width())
        top = (self.height() - text - more) / 2
        line = QFontMetricsF(_text_font()).height()
        self._paint_box(painter, QRectF(3.5 * STEP, top + (line - self._SIDE) / 2, self._SIDE, self._SIDE), tokens)
        x, room = 3.5 * STEP + self._SIDE + 3 * STEP, self._room(self.width())
        painter.setFont(_text_font())
        painter.setPen(QColor(tokens.ink if self.isEnabled() else tokens.muted))
        painter.drawText(QRectF(x, top, room, text), _WRAP, self._statement)
        if self._more:
            painter.setFont(_more_font())
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QRectF(x, top + text + 2, room, more), _WRAP, self._more)
        painter.end()

    def _paint_row(self, painter: QPainter, tokens: Tokens) -> None:
        row = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ticked = self.isChecked()
        ground = tokens.action_soft if ticked else tokens.panel
        if self.underMouse() and not ticked:
            ground = mix(tokens.panel, tokens.action_soft, 0.5)
        painter.setPen(QPen(QColor(mix(tokens.line, tokens.action, 0.5) if ticked else tokens.line), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(row, RADIUS_BUTTON, RADIUS_BUTTON)
        if theme.focus_visible(self):
            paint_focus(painter, QRectF(self.rect()), RADIUS_BUTTON, tokens)


def _text_font() -> QFont:
    return theme.font(Size.BODY, Weight.MEDIUM)


def _more_font() -> QFont:
    return theme.font(Size.BODY - 1)


def _height(text: str, font: QFont, room: float) -> float:
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, room, _TALLEST), _WRAP, text).height()


class Dots(Readout):
    """How far one is in a row of pages."""

    _SIDE: Final = 8
    _LONG: Final = 24

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._at = 0
        self.setFixedSize((count - 1) * (self._SIDE + 2 * STEP) + self._LONG, self._SIDE)
        self.show_at(0)

    def show_at(self, at: int) -> None:
        """Show which page it is, from 0."""
        self._at = at
        self.setAccessibleName(self.spoken())
        self.update()

    def spoken(self) -> str:
        return tr("Page {number} of {all}").format(number=self._at + 1, all=self._count)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        x = 0.0
        for place in range(self._count):
            width = self._LONG if place == self._at else self._SIDE
            painter.setBrush(QColor(tokens.action if place <= self._at else tokens.edge))
            painter.drawRoundedRect(QRectF(x, 0, width, self._SIDE), self._SIDE / 2, self._SIDE / 2)
            x += width + 2 * STEP
        painter.end()


class Remark(Notice):
    """A sentence that belongs to what stands above it: it goes when that goes, and is not closed by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # A narrow one needs more lines than its size hint knows of.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(TARGET)
        self.setContentsMargins(0, 2 * STEP, 3 * STEP, 2 * STEP)  # no close button that would make the room

    def say(self, kind: NoticeKind, text: str) -> None:
        """Say it, unless it is said already."""
        if self.isHidden() or self.text != text:
            self.show_notice(kind, text)
        for button in self.findChildren(Button):
            button.hide()

    @property
    def said(self) -> str:
        """What is said now; nothing while it is hidden."""
        return "" if self.isHidden() else self.text


def remark(kind: NoticeKind, text: str) -> Remark:
    """Make a remark that stays."""
    made = Remark()
    # It has no place yet: shown now it would be a window of its own for a moment, and take the keyboard with it.
    made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, True)
    made.say(kind, text)
    made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
    return made
