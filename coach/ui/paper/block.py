"""What documents are made of: words, columns of words, and drawings; each knows its height before it is painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from coach.ui.paper.flow import Piece
from coach.ui.paper.ink import Ink, Style, Text

BULLET: Final = "•"
_BULLET_WIDTH: Final = 9.0


class Block(Protocol):
    """Something on a page."""

    @property
    def piece(self) -> Piece:
        """Its heights, for finding its place."""

    @property
    def head(self) -> "Block | None":
        """What is repeated above it at the top of a page."""

    @property
    def ruled(self) -> bool:
        """Whether a line stands in the gap above it."""

    def paint(self, painter: QPainter, ink: Ink, box: QRectF, first: int, end: int) -> None:
        """Paint its rows from `first` to `end` (not included) into a box of their height."""


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph: a text, how it is set, and what comes before it."""

    text: str
    style: Style = Style.BODY
    gap: float = 0.0
    bullet: bool = False


class Words:
    """Paragraphs below each other; each line is a row."""

    head: Block | None = None
    ruled = False

    def __init__(self, said: Sequence[Said], width: float, *, gap: float = 0.0, leads: bool = False) -> None:
        self._rows: list[tuple[Text, int, float, float, bool]] = []
        rows: list[float] = []
        for one in said:
            inset = _BULLET_WIDTH if one.bullet else 0.0
            text = Text(one.text, one.style, width - inset)
            for line, height in enumerate(text.heights):
                before = one.gap if line == 0 else 0.0
                rows.append(before + height)
                self._rows.append((text, line, before, inset, one.bullet and line == 0))
        self.piece = Piece(tuple(rows), gap=gap, leads=leads)

    def paint(self, painter: QPainter, ink: Ink, box: QRectF, first: int, end: int) -> None:
        """Paint some of the lines."""
        top = box.top()
        for number in range(first, end):
            text, line, before, inset, bullet = self._rows[number]
            if bullet:
                Text(BULLET, text.style, inset).paint(painter, ink, QPointF(box.left(), top + before))
            text.paint(painter, ink, QPointF(box.left() + inset, top + before), line, line + 1)
            top += self.piece.rows[number]


class Beside:
    """A drawing with words at its right."""

    head: Block | None = None
    ruled = False

    def __init__(
        self,
        draw: "Draw",
        size: tuple[float, float],
        words: Sequence[Said],
        width: float,
        *,
        between: float = 14.0,
        gap: float = 0.0,
        ruled: bool = False,
    ) -> None:
        self._draw = draw
        self._size = size
        self.ruled = ruled
        self._left = size[0] + between
        self._words = Words(words, width - self._left)
        self.piece = Piece(self._words.piece.rows, beside=size[1], gap=gap)

    def paint(self, painter: QPainter, ink: Ink, box: QRectF, first: int, end: int) -> None:
        """Paint the drawing beside the first rows, and some of the rows."""
        if first == 0:
            self._draw(painter, ink, QRectF(box.topLeft(), QSizeF(*self._size)))
        room = QRectF(box.left() + self._left, box.top(), box.width() - self._left, box.height())
        self._words.paint(painter, ink, room, first, end)


Draw = Callable[[QPainter, Ink, QRectF], None]


class Drawn:
    """A drawing over the whole width, kept on one page; or several of them, a row each."""

    ruled = False

    def __init__(
        self, draws: Sequence[tuple[float, Draw]], *, gap: float = 0.0, leads: bool = False, head: Block | None = None
    ) -> None:
        self.head = head
        self._draws = [draw for _, draw in draws]
        self.piece = Piece(
            tuple(height for height, _ in draws), gap=gap, leads=leads, again=head.piece.height if head else 0.0
        )

    def paint(self, painter: QPainter, ink: Ink, box: QRectF, first: int, end: int) -> None:
        """Paint some of the rows."""
        top = box.top()
        for number in range(first, end):
            height = self.piece.rows[number]
            painter.save()
            self._draws[number](painter, ink, QRectF(box.left(), top, box.width(), height))
            painter.restore()
            top += height


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    style: Style = Style.BODY
    right: bool = False
    """Numbers stand at the right."""
    mark: str = ""
    """The token of a mark before the text: a shape of its own for each, so that greys do."""


_CELL_PAD: Final = 2.0
_MARK: Final = 10.0
_BETWEEN: Final = 10.0
"""Of columns."""


class Row:
    """One row of a table: cells of given widths, as high as the highest; kept whole."""

    ruled = False

    def __init__(
        self,
        cells: Sequence[Cell],
        widths: Sequence[float],
        *,
        leads: bool = False,
        head: Block | None = None,
        rule: bool = True,
    ) -> None:
        self.head = head
        self._cells: list[tuple[Cell, Text, float]] = []
        left = 0.0
        for cell, width in zip(cells, widths, strict=True):
            inset = _MARK if cell.mark else 0.0
            align = Qt.AlignmentFlag.AlignRight if cell.right else None
            self._cells.append((cell, Text(cell.text, cell.style, width - inset - _BETWEEN, align=align), left))
            left += width
        lines = max(len(text.heights) for _, text, _ in self._cells)
        rows = [max((text.heights[n] for _, text, _ in self._cells if n < len(text.heights))) for n in range(lines)]
        rows[0] += _CELL_PAD
        rows[-1] += _CELL_PAD
        self._rule = rule
        self.piece = Piece(tuple(rows), leads=leads, again=head.piece.height if head is not None else 0.0)

    def paint(self, painter: QPainter, ink: Ink, box: QRectF, first: int, end: int) -> None:
        """Paint some lines of all cells."""
        top = box.top() + (_CELL_PAD if first == 0 else 0.0)
        for cell, text, left in self._cells:
            inset = _MARK if cell.mark else 0.0
            if cell.mark and first == 0:
                paint_mark(painter, ink, cell.mark, QPointF(box.left() + left + 3.5, top + text.heights[0] / 2))
            at = QPointF(box.left() + left + inset, top)
            text.paint(painter, ink, at, first, min(end, len(text.heights)))
        if self._rule and end == len(self.piece.rows):
            painter.setPen(ink.pen("line"))
            painter.drawLine(box.bottomLeft(), box.bottomRight())


def paint_mark(painter: QPainter, ink: Ink, token: str, at: QPointF, size: float = 3.4) -> None:
    """A round for well, a triangle for care, a square for stop: told apart without colours."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.colour(token))
    x, y = at.x(), at.y()
    if token == "amber":
        painter.drawPolygon([QPointF(x, y - size), QPointF(x + size, y + size), QPointF(x - size, y + size)])
    elif token == "red":
        painter.drawRect(QRectF(x - size, y - size, 2 * size, 2 * size))
    else:
        painter.drawEllipse(at, size, size)
    painter.restore()


def heading(text: str, width: float, *, gap: float = 13.0) -> Words:
    """The heading of a section; it never stands last on a page."""
    return Words([Said(text, Style.HEADING), Said(" ", Style.SPACE)], width, gap=gap, leads=True)
