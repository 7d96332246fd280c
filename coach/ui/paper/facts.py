"""What there is to know first, in columns: a name above each value."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from coach.ui.paper.block import Block, Drawn, Said, Words
from coach.ui.paper.ink import Ink, Style, Text

_COLUMNS: Final = 4
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
_LIMIT: Final = 60
_LINE: Final = 29.0


def fact_blocks(told: Iterable[tuple[str, str]], width: float) -> Iterator[Block]:
    """The facts in lines; those that are too long for half a line below them, each by itself."""
    lines, long = _fact_lines(told, width)
    if lines:
        yield Drawn([(_LINE, partial(_paint_facts, line)) for line in lines], gap=8.0)
    for name, value in long:
        yield Words([Said(name, Style.SMALL), Said(value, Style.STRONG)], width, gap=6.0)


Fact = tuple[str, str]


def _fact_lines(told: Iterable[Fact], width: float) -> tuple[list[list[tuple[int, Fact]]], list[Fact]]:
    """The facts in lines, each with the column it begins in; and those that are too long for half a line."""
    lines: list[list[tuple[int, Fact]]] = []
    long: list[Fact] = []
    used = _COLUMNS
    for fact in told:
        span = _span(fact[1], width)
        if span is None:
            long.append(fact)
            continue
        if used + span > _COLUMNS:
            lines.append([])
            used = 0
        lines[-1].append((used, fact))
        used += span
    return lines, long


def _span(value: str, width: float) -> int | None:
    """How many columns a value takes, one or two; None for what takes more, or more than a line."""
    if len(value) > _LIMIT:
        return None
    said = Text(value, Style.STRONG, width)
    if len(said.heights) > 1:
        return None
    return next((span for span in (1, 2) if said.width <= span * width / _COLUMNS - 6.0), None)


def _paint_facts(line: list[tuple[int, Fact]], painter: QPainter, ink: Ink, box: QRectF) -> None:
    painter.setPen(ink.pen("line"))
    painter.drawLine(box.topLeft(), box.topRight())
    for column, (name, value) in line:
        left = box.left() + column * box.width() / _COLUMNS
        # As wide as two columns: what it needs was measured, and a column's edge must not break it again.
        room = box.width() / 2
        Text(name, Style.SMALL, room).paint(painter, ink, QPointF(left, box.top() + 4.0))
        Text(value, Style.STRONG, room, align=_LEFT).paint(painter, ink, QPointF(left, box.top() + 14.0))
