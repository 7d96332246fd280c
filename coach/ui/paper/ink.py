"""What is painted with on paper: a painter, the colours or their greys, and type in points."""

from enum import Enum
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from coach.ui import plain_text
from coach.ui.tokens import LIGHT, Weight, grey

UNITS: Final = 10
"""Type is measured in so many parts of a point: in whole points the letters would stand unevenly."""
HAIRLINE: Final = 0.6


_FAMILIES: Final = ("Inter", "Segoe UI", "Helvetica Neue", "Noto Sans", "Source Sans 3", "Liberation Sans")
"""The first that is there. What a system takes for windows is often too wide for paper."""


class Type(NamedTuple):
    """How a text is set; `colour` is the name of a token, `leading` the distance of lines in heights of type."""

    size: float
    weight: int = Weight.NORMAL
    colour: str = "ink"
    leading: float = 1.28


class Style(Enum):
    """Every kind of text on paper, in points: what a patient reads is never below 8."""

    TITLE = Type(21.0, Weight.BOLD, leading=1.12)
    PRACTICE = Type(11.5, Weight.STRONG)
    HEADING = Type(13.0, Weight.BOLD, "action", 1.2)
    NAME = Type(12.0, Weight.BOLD, leading=1.2)
    DOSE = Type(10.5, Weight.STRONG, "action")
    BODY = Type(9.5)
    STRONG = Type(9.5, Weight.STRONG)
    MUTED = Type(9.0, colour="muted")
    STOP = Type(9.0, Weight.STRONG, "red_text")
    ALERT = Type(9.5, Weight.STRONG, "red_text")
    SMALL = Type(8.0, colour="muted")
    SMALL_STRONG = Type(8.0, Weight.STRONG, "muted")
    SPACE = Type(3.0)
    NUMBER = Type(16.0, Weight.BOLD, leading=1.1)


class Ink:
    """Colours of the paper: those of the window in light, or the greys that are as light."""

    def __init__(self, *, is_grey: bool = False) -> None:
        self.grey = is_grey

    def colour(self, token: str) -> QColor:
        """The colour of a token by its name."""
        name: str = getattr(LIGHT, token)
        return QColor(grey(name) if self.grey else name)

    def pen(self, token: str, width: float = HAIRLINE) -> QPen:
        """A line of this colour."""
        return QPen(self.colour(token), width, c=Qt.PenCapStyle.FlatCap)


class Text:
    """One text as it is broken into lines of a width. Always plain: nothing in it is taken for markup."""

    def __init__(self, text: str, style: Style, width: float, *, align: Qt.AlignmentFlag | None = None) -> None:
        self.style = style
        self._layout = QTextLayout(_as_lines(text), font(style))
        option = QTextOption(align or Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setUseDesignMetrics(True)
        self._layout.setTextOption(option)
        self._tops: list[float] = []
        self.heights: tuple[float, ...] = self._broken(width)

    def _broken(self, width: float) -> tuple[float, ...]:
        heights = []
        leading = self.style.value.size * self.style.value.leading
        at = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width * UNITS)
            natural = line.height() / UNITS
            height = max(leading, natural)  # letters of another font may be higher
            line.setPosition(QPointF(0.0, (at + (height - natural) / 2) * UNITS))
            self._tops.append(at)
            heights.append(height)
            at += height
        self._layout.endLayout()
        return tuple(heights)

    @property
    def height(self) -> float:
        """Of all lines."""
        return sum(self.heights)

    @property
    def width(self) -> float:
        """Of the longest line."""
        lines = (self._layout.lineAt(number) for number in range(len(self.heights)))
        return max((line.naturalTextWidth() / UNITS for line in lines), default=0.0)

    def paint(self, painter: QPainter, ink: Ink, at: QPointF, first: int = 0, end: int | None = None) -> None:
        """Paint some lines, the first of them with its top at `at`."""
        last = len(self.heights) if end is None else end
        if first >= last:
            return
        painter.save()
        painter.setPen(ink.colour(self.style.value.colour))
        painter.translate(at.x(), at.y() - self._tops[first])
        painter.scale(1 / UNITS, 1 / UNITS)
        for number in range(first, last):
            self._layout.lineAt(number).draw(painter, QPointF(0.0, 0.0))
        painter.restore()


def font(style: Style) -> QFont:
    """A font of the size of a style, in parts of a point; a new one each time, since no two threads may share one."""
    made = QFont()
    made.setFamilies([*_FAMILIES, *made.families()])
    made.setPixelSize(round(style.value.size * UNITS))
    made.setWeight(QFont.Weight(style.value.weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Inter puts other brackets beside capitals and figures; these have no letters to be searched or copied by.
    made.setFeature(QFont.Tag("calt"), 0)
    return made


def one_line(text: str, style: Style, width: float) -> str:
    """A text as one line that fits, with an ellipsis if it was cut."""
    line = plain_text.clean_name(text, 400)
    return QFontMetricsF(font(style)).elidedText(line, Qt.TextElideMode.ElideRight, width * UNITS)


def centred(painter: QPainter, ink: Ink, text: str, style: Style, box: QRectF) -> None:
    """Paint a short text of ours in the middle of a box."""
    made = Text(text, style, max(box.width(), 1.0), align=Qt.AlignmentFlag.AlignHCenter)
    made.paint(painter, ink, QPointF(box.left(), box.center().y() - made.height / 2))


def _as_lines(text: str) -> str:
    """Plain text whose lines stay lines; a flood of empty ones becomes a single one."""
    kept: list[str] = []
    for line in plain_text.clean(text).replace("\t", "    ").split("\n"):
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line.rstrip())
    return "\u2028".join(kept).rstrip("\u2028")
