"""The figure that is read from four metres: phase word, whole seconds, and a bar that empties."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui import theme
from coach.ui.a11y import Readout
from coach.ui.plain_text import clean_name
from coach.ui.tokens import FLOOR_SCALE, STEP, Size, Weight
from coach.ui.widgets.card import Tone
from coach.ui.widgets.ring import arc_colour, digit_font
from coach.words.translate import tr

# The digit is a third of the screen's height; the dial takes about two thirds of it.
_DIGIT_OF_HEIGHT: Final = 0.52
_WORD_OF_HEIGHT: Final = 0.11
_CAPS: Final = 0.72
"""How high a digit is in its font."""


class FloorDial(Readout):
    """Shows what the ring shows, for the far end of the room; knows no clock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = 1.0
        self._words = ("", "", "")
        self._tone = Tone.NOW
        self._word_of_height = _WORD_OF_HEIGHT
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("This phase", "what the ring is to a screen reader"))

    def show_value(self, fraction_left: float, phase: str, digit: str, caption: str, tone: Tone) -> None:
        """Show what is left of the phase (0 to 1), its word, the figure and what the figure counts."""
        words = (clean_name(phase), clean_name(digit), clean_name(caption))
        if (words, tone) != (self._words, self._tone):
            self._words, self._tone = words, tone
            self._left = fraction_left
            self.update()
        elif fraction_left != self._left:
            self._left = fraction_left
            self.update(self._bar().adjusted(-2, -2, 2, 2).toAlignedRect())

    def set_word_share(self, share: float) -> None:
        """How much of the height the phase word is."""
        self._word_of_height = share
        self.update()

    def spoken(self) -> str:
        """Say phase, figure and caption, as they stand."""
        phase, digit, caption = self._words
        return ", ".join(filter(None, (phase, f"{digit} {caption}".strip())))

    def sizeHint(self) -> QSize:
        return QSize(600, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        colour = QColor(arc_colour(self._tone, tokens))
        self._paint_bar(painter, colour, QColor(tokens.line))
        phase, digit, _ = self._words
        word = theme.font(self._word_size(), Weight.BOLD, spacing=0.08 * self._word_size())
        painter.setPen(colour)
        painter.setFont(word)
        top = QRectF(0, 0, self.width(), 1.5 * self._word_size())
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, phase.upper())
        size = self._digit_size(digit)
        painter.setFont(digit_font(digit, size))
        painter.setPen(QColor(tokens.ink))
        box = QRectF(0, top.bottom(), self.width(), self._bar().top() - top.bottom())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, digit)

    def _paint_bar(self, painter: QPainter, colour: QColor, track: QColor) -> None:
        bar = self._bar()
        radius = bar.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(track)
        painter.drawRoundedRect(bar, radius, radius)
        full = QRectF(bar.left(), bar.top(), max(bar.height(), bar.width() * self._left), bar.height())
        if self._left > 0:
            painter.setBrush(colour)
            painter.drawRoundedRect(full, radius, radius)

    def _bar(self) -> QRectF:
        height = max(3.0 * STEP, 0.035 * self.height())
        return QRectF(2 * STEP, self.height() - height - STEP, self.width() - 4 * STEP, height)

    def _word_size(self) -> float:
        return max(FLOOR_SCALE * Size.TITLE, self._word_of_height * self.height())

    def _digit_size(self, digit: str) -> float:
        size = _DIGIT_OF_HEIGHT * self.height() / _CAPS
        width = QFontMetricsF(digit_font(digit, size)).horizontalAdvance(digit or "0")
        return size * min(1.0, 0.96 * self.width() / width)
