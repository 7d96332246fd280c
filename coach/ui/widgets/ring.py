"""The ring: how much of this phase is left, as an arc that empties round the phase word and the whole seconds.

All but the arc is drawn once into an image; while time runs only the tip of the arc is painted anew.
"""

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui import theme
from coach.ui.a11y import Readout
from coach.ui.plain_text import clean_name
from coach.ui.tokens import FOCUS_WIDTH, Size, Tokens, Weight
from coach.ui.widgets.card import Tone
from coach.words.translate import tr

_DESIGNED: Final = 340.0
_OUTER: Final = 334.0
_TRACK: Final = 22.0
_THIN: Final = 10.0
_WORD: Final = 26.0
_TOP: Final = 90.0
"""Degrees of twelve o'clock, as Qt counts them; the arc runs clockwise from there."""


def arc_colour(tone: Tone, tokens: Tokens) -> str:
    """The colour of the arc and of the phase word."""
    match tone:
        case Tone.NOW:
            return tokens.now
        case Tone.OK:
            return tokens.ok
        case Tone.AMBER:
            return tokens.amber
        case Tone.RED:
            return tokens.red
        case Tone.MUTED:
            return tokens.muted
        case Tone.ACTION:
            return tokens.action


def digit_font(digit: str, size: float) -> QFont:
    """The type of the large figure. Alone in the middle it moves nothing, so a 1 keeps its own width: `1 0` is torn."""
    return theme.font(size, Weight.BOLD, tabular=_shakes(digit))


def _shakes(digit: str) -> bool:
    """Whether a figure would shake from second to second if each of its digits had its own width: `1:29`."""
    return ":" in digit


class Ring(Readout):
    """Shows a share, a word, a figure and a caption; knows no clock."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = 1.0
        self._phase = ""
        self._digit = ""
        self._caption = ""
        self._tone = Tone.ACTION
        self._word_size, self._track_width = _WORD, _TRACK
        self._still: QImage | None = None
        self._still_key: tuple[object, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(72, 72)
        self.setAccessibleName(name or tr("This phase", "what the ring is to a screen reader"))

    def show_value(self, fraction_left: float, phase: str, digit: str, caption: str, tone: Tone) -> None:
        """Show what is left of the phase (0 to 1), its word, the figure and what the figure counts."""
        left = min(1.0, max(0.0, fraction_left)) if math.isfinite(fraction_left) else 0.0
        words = (clean_name(phase), clean_name(digit), clean_name(caption), tone)
        if words != (self._phase, self._digit, self._caption, self._tone):
            self._phase, self._digit, self._caption, self._tone = words
            self._left = left
            self.update()
        elif left != self._left:
            moved = self._between(self._left, left)
            self._left = left
            self.update(moved.toAlignedRect())

    def set_sizes(self, *, word: float = _WORD, track: float = _TRACK) -> None:
        """How large the phase word and how wide the track is, in px of a ring of its designed size."""
        if (word, track) != (self._word_size, self._track_width):
            self._word_size, self._track_width = word, track
            self.update()

    def spoken(self) -> str:
        """Say phase, figure and caption, as they stand."""
        return ", ".join(filter(None, (self._phase, " ".join(filter(None, (self._digit, self._caption))))))

    def sizeHint(self) -> QSize:
        return QSize(round(_DESIGNED), round(_DESIGNED))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    # Geometry

    def _unit(self) -> float:
        """How large a designed pixel is here."""
        return min(self.width(), self.height()) / _DESIGNED

    def _thick(self) -> float:
        """How wide the track is: a small ring has a wider one, or it would be a thread."""
        return max(self._track_width * self._unit(), min(_THIN, 0.1 * min(self.width(), self.height())))

    def _track(self) -> QRectF:
        """The circle in the middle of the track."""
        side = _OUTER * self._unit() - self._thick()
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _between(self, one: float, other: float) -> QRectF:
        """What an arc end between these two shares may cover; all of the ring for a long way."""
        if abs(one - other) > 0.125 or min(one, other) <= 0.0:
            return QRectF(self.rect())
        track, reach = self._track(), self._thick() / 2 + 3
        ends = [self._on_track(track, share) for share in (one, (one + other) / 2, other)]
        box = QRectF(ends[0], QSizeF(1, 1))  # a rectangle without a size would be left out of the union
        for end in ends[1:]:
            box = box.united(QRectF(end, QSizeF(1, 1)))
        return box.adjusted(-reach, -reach, reach, reach)

    @staticmethod
    def _on_track(track: QRectF, share: float) -> QPointF:
        angle = 2 * math.pi * share
        radius = track.width() / 2
        return track.center() + QPointF(math.sin(angle) * radius, -math.cos(angle) * radius)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.drawImage(QPointF(0, 0), self._still_image(tokens))
        if self._left > 0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = QColor(arc_colour(self._tone, tokens))
            painter.setPen(QPen(colour, self._thick(), c=Qt.PenCapStyle.RoundCap))
            painter.drawArc(self._track(), round(_TOP * 16), -round(self._left * 360 * 16))
        if theme.focus_visible(self):
            self._paint_focus(painter, tokens)
        painter.end()

    def _paint_focus(self, painter: QPainter, tokens: Tokens) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        reach = self._thick() / 2 + 2 * FOCUS_WIDTH
        painter.setPen(QPen(QColor(tokens.action), FOCUS_WIDTH))
        painter.drawEllipse(self._track().adjusted(reach, reach, -reach, -reach))

    def _still_image(self, tokens: Tokens) -> QImage:
        ratio = self.devicePixelRatioF()
        sizes = (self.size(), ratio, self._word_size, self._track_width)
        key = (tokens.scheme, *sizes, self._phase, self._digit, self._caption, self._tone)
        if self._still is None or key != self._still_key:
            self._still_key = key
            self._still = self._draw_still(tokens, ratio)
        return self._still

    def _draw_still(self, tokens: Tokens, ratio: float) -> QImage:
        image = QImage(
            max(1, math.ceil(self.width() * ratio)),
            max(1, math.ceil(self.height() * ratio)),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line), self._thick()))
        painter.drawEllipse(self._track())
        self._draw_words(painter, tokens)
        painter.end()
        return image

    def _draw_words(self, painter: QPainter, tokens: Tokens) -> None:
        unit, middle = self._unit(), QPointF(self.width() / 2, self.height() / 2)
        phase, caption = bool(self._phase), bool(self._caption)
        # The digit sits in the middle of what is there; each word takes its place away from it.
        digit_y = middle.y() + (0.0 if phase == caption else (14 if phase else -14) * unit)
        tabular = _shakes(self._digit)
        at = QPointF(middle.x(), digit_y)
        self._line(painter, self._digit, QColor(tokens.ink), at, self._digit_size(), tabular=tabular)
        if phase:
            at = QPointF(middle.x(), digit_y - 70 * unit)
            colour = QColor(arc_colour(self._tone, tokens))
            size = max(Size.LABEL, self._word_size * unit)
            self._line(painter, self._phase.upper(), colour, at, size, spacing=0.1 * size)
        if caption:
            at = QPointF(middle.x(), digit_y + 77 * unit)
            size = max(Size.LABEL, 20 * unit)
            self._line(painter, self._caption, QColor(tokens.muted), at, size, weight=Weight.NORMAL)

    def _digit_size(self) -> float:
        """116 for up to two figures; longer ones such as "paused" shrink to fit the ring."""
        size = Size.DIGIT * self._unit()
        room = 0.62 * (_OUTER - 2 * _TRACK) * self._unit()
        wide = QFontMetricsF(digit_font(self._digit, size)).horizontalAdvance(self._digit)
        return size if wide <= room else size * room / wide

    def _line(
        self,
        painter: QPainter,
        text: str,
        colour: QColor,
        middle: QPointF,
        size: float,
        *,
        weight: Weight = Weight.BOLD,
        spacing: float = 0.0,
        tabular: bool = True,
    ) -> None:
        """One line of text whose capitals have `middle` as their middle."""
        font = theme.font(size, weight, spacing=spacing, tabular=tabular)
        metrics = QFontMetricsF(font)
        room = 0.78 * (_OUTER - 2 * _TRACK) * self._unit()
        wide = metrics.horizontalAdvance(text)
        if wide > room:  # a translated word may be longer than any of ours
            font = theme.font(size * room / wide, weight, spacing=spacing * room / wide, tabular=tabular)
            metrics = QFontMetricsF(font)
            wide = metrics.horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(middle.x() - (wide - spacing) / 2, middle.y() + metrics.capHeight() / 2), text)
