"""The code that a phone reads from paper: how large it may be, and how it is painted."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

# docs/routine-code.md. The least module that phones read from ordinary prints is about 0.4 mm (GS1 asks for 0.396 mm
# of its codes at the least, General Specifications 5.12.3); error correction M bears a fold or a stain.
MAX_VERSION: Final = 25
MODULE: Final = 0.42 / 25.4 * 72
"""In points."""
_QUIET: Final = 4
"""Free modules all round, as ISO/IEC 18004 asks for."""


@dataclass(frozen=True, slots=True)
class Code:
    """The dark modules of a code, row by row."""

    rows: tuple[bytes, ...]

    @property
    def side(self) -> float:
        """Width and height in points, the free border included."""
        return (len(self.rows) + 2 * _QUIET) * MODULE


def code_of(text: str) -> Code | None:
    """The code that holds the text; None if a phone could not read it from paper."""
    import segno  # 20 ms, and only for paper

    try:
        made = segno.make_qr(text, error="m", boost_error=False)
    except segno.DataOverflowError:
        return None
    if int(made.version) > MAX_VERSION:
        return None
    return Code(tuple(bytes(row) for row in made.matrix))


def paint_code(painter: QPainter, code: Code, at: QPointF) -> None:
    """Paint it, with its free border, from its top left corner; black on white whatever the colours are."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    painter.translate(at + QPointF(_QUIET * MODULE, _QUIET * MODULE))
    painter.scale(MODULE, MODULE)
    bars = [
        QRectF(first, number, end - first, 1.0) for number, row in enumerate(code.rows) for first, end in _runs(row)
    ]
    painter.drawRects(bars)
    painter.restore()


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin and end; one bar for neighbours leaves no hair between them."""
    found: list[tuple[int, int]] = []
    first: int | None = None
    for at, dark in enumerate((*row, 0)):
        if dark and first is None:
            first = at
        elif not dark and first is not None:
            found.append((first, at))
            first = None
    return found
