"""Cards and what stands in them: section labels, headings, chips, hairlines."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from coach.ui import plain_text, theme
from coach.ui.plain_text import Role
from coach.ui.tokens import CARD_PADDING, RADIUS_CARD, STEP, Size, Tokens, Weight


class Card(QFrame):
    """A white sheet with a hairline and round corners; `column` is where its content goes."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(CARD_PADDING, CARD_PADDING - 2, CARD_PADDING, CARD_PADDING - 2)
        self.column.setSpacing(2 * STEP)
        self._chosen = False
        if title:
            self.column.addWidget(section(title))
            self.setAccessibleName(plain_text.clean(title))

    def mark_chosen(self) -> None:
        """Show that this card is the one of several that is worked on."""
        self._chosen = True
        self.update()

    def mark_plain(self) -> None:
        """Show that this card is one among others."""
        self._chosen = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        width = 2.0 if self._chosen else 1.0
        painter.setPen(QPen(QColor(tokens.action if self._chosen else tokens.line), width))
        painter.setBrush(QColor(tokens.panel))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS_CARD, RADIUS_CARD)
        painter.end()


def section(text: str, parent: QWidget | None = None) -> QLabel:
    """Make the small spaced capitals that say what a card is about."""
    return plain_text.label(text, Role.SECTION, parent)


def heading(text: str, parent: QWidget | None = None) -> QLabel:
    """Make the heading of a card."""
    return plain_text.label(text, Role.HEADING, parent)


def title(text: str, parent: QWidget | None = None) -> QLabel:
    """Make the heading of a screen."""
    return plain_text.label(text, Role.TITLE, parent)


class Tone(StrEnum):
    """What a colour says; always beside a word."""

    ACTION = "action"
    OK = "ok"
    AMBER = "amber"
    RED = "red"
    NOW = "now"
    MUTED = "muted"


def soft(tone: Tone, tokens: Tokens) -> str:
    """The ground of a chip or a notice in this tone."""
    match tone:
        case Tone.ACTION:
            return tokens.action_soft
        case Tone.OK:
            return tokens.ok_soft
        case Tone.AMBER:
            return tokens.amber_soft
        case Tone.RED:
            return tokens.red_soft
        case Tone.NOW:
            return tokens.now_soft
        case Tone.MUTED:
            return tokens.ground


def text_colour(tone: Tone, tokens: Tokens) -> str:
    """The text upon `soft`."""
    match tone:
        case Tone.ACTION:
            return tokens.action
        case Tone.OK:
            return tokens.ok_text
        case Tone.AMBER:
            return tokens.amber_text
        case Tone.RED:
            return tokens.red_text
        case Tone.NOW:
            return tokens.now_text
        case Tone.MUTED:
            return tokens.muted


class Chip(QLabel):
    """A word on a soft pill. It is a label: read by screen readers, never pressed."""

    def __init__(
        self, text: str, tone: Tone = Tone.ACTION, parent: QWidget | None = None, *, size: float = Size.LABEL
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._size = float(size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(self._size, Weight.STRONG, tabular=True))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.show_text(text, tone)

    def show_text(self, text: str, tone: Tone | None = None) -> None:
        """Show another word, and another tone if one is given."""
        shown = plain_text.clean_name(text)
        if (shown, tone or self._tone) == (self.text(), self._tone):
            return  # said again at every second of a session
        self._tone = tone or self._tone
        plain_text.show(self, shown)
        self.updateGeometry()
        self.update()

    def set_type_size(self, size: float) -> None:
        """Make the whole chip larger or smaller."""
        self._size = float(size)
        self.setFont(theme.font(self._size, Weight.STRONG, tabular=True))
        self.updateGeometry()

    def width_of(self, text: str) -> int:
        """How wide it is where it says this."""
        return round(QFontMetricsF(self.font()).horizontalAdvance(text) + 1.85 * self._size)

    def sizeHint(self) -> QSize:
        return QSize(self.width_of(self.text()), round(QFontMetricsF(self.font()).height() + 0.67 * self._size))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), round(6 * self._size)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft(self._tone, tokens)))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(QColor(text_colour(self._tone, tokens)))
        room = box.width() - 1.6 * self._size
        shown = QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()


_HAIRLINE: Final = 1


class Rule(QWidget):
    """A hairline between rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HAIRLINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens_of(self).line))
        painter.end()
