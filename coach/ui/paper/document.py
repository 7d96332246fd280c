"""A document: blocks on pages, with a foot on each; as PDF, or as pictures of its pages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QMarginsF, QPointF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from coach.app.paper import PaperSize
from coach.ui import plain_text
from coach.ui.paper.block import Block
from coach.ui.paper.flow import Placed, flow
from coach.ui.paper.ink import UNITS, Ink, Style, Text, one_line
from coach.words.paper import page_of

_POINTS: Final = 72
_SIDE: Final = 40.0
_TOP: Final = 36.0
_BOTTOM: Final = 32.0
_FOOT: Final = 20.0
"""Between what is on a page and the bottom margin."""
_SIZES: Final[Mapping[PaperSize, tuple[float, float]]] = {
    PaperSize.A4: (595.0, 842.0),
    PaperSize.LETTER: (612.0, 792.0),
}
# Where letter paper is usual, by the Unicode CLDR (supplemental data, measurementData, paperSize).
_LETTER_IN: Final = frozenset(
    "BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split()  # a list of countries
)
Picture = QImage
"""A page for a screen."""
_MAKER: Final = "Rehab Coach"


def usual_size() -> PaperSize:
    """The paper of the country that the computer is set to."""
    return PaperSize.LETTER if QLocale.system().name().partition("_")[2] in _LETTER_IN else PaperSize.A4


def content_width(size: PaperSize) -> float:
    """The width between the margins, in points."""
    return _SIZES[size][0] - 2 * _SIDE


@dataclass(frozen=True)
class Document:
    """Blocks for one size of paper, and where they come to stand."""

    title: str
    """At the foot of each page, and as the title of the file."""
    blocks: Sequence[Block]
    size: PaperSize
    ink: Ink
    made: date
    files: Mapping[str, bytes]
    """What is attached."""

    @property
    def paper(self) -> QSizeF:
        """Width and height in points."""
        return QSizeF(*_SIZES[self.size])

    @property
    def room(self) -> QRectF:
        """Where blocks may stand."""
        wide, high = _SIZES[self.size]
        return QRectF(_SIDE, _TOP, wide - 2 * _SIDE, high - _TOP - _BOTTOM - _FOOT)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Where each block, or part of one, stands."""
        return flow([block.piece for block in self.blocks], self.room.height())

    @property
    def pages(self) -> int:
        """How many there are."""
        return 1 + max((one.page for one in self.placed), default=0)

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page, a unit of the painter being a point."""
        room = self.room
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for one in self.placed:
            if one.page != page:
                continue
            painter.save()
            block = self.blocks[one.piece]
            box = QRectF(room.left(), room.top() + one.top, room.width(), one.height)
            if one.headed and block.head is not None:
                rows = block.head.piece.rows
                head = QRectF(room.left(), room.top(), room.width(), sum(rows))
                block.head.paint(painter, self.ink, head, 0, len(rows))
            if block.ruled and one.first == 0 and one.top > 0:
                above = box.topLeft() - QPointF(0.0, block.piece.gap / 2)
                painter.setPen(self.ink.pen("line"))
                painter.drawLine(above, above + QPointF(box.width(), 0.0))
            block.paint(painter, self.ink, box, one.first, one.end)
            painter.restore()
        self._paint_foot(painter, page)

    def _paint_foot(self, painter: QPainter, page: int) -> None:
        room = self.room
        top = self.paper.height() - _BOTTOM - Style.SMALL.value.size - 3.0
        painter.setPen(self.ink.pen("line"))
        painter.drawLine(QPointF(room.left(), top - 4.0), QPointF(room.right(), top - 4.0))
        number = Text(page_of(page + 1, self.pages), Style.SMALL, room.width(), align=Qt.AlignmentFlag.AlignRight)
        number.paint(painter, self.ink, QPointF(room.left(), top))
        left = room.width() - number.width - 16.0
        Text(one_line(self.title, Style.SMALL, left), Style.SMALL, left).paint(
            painter, self.ink, QPointF(room.left(), top)
        )


def to_pdf(document: Document) -> bytes:
    """The document as PDF, its files inside.

    The same document gives the same bytes in one process; in another one too where `QT_HASH_SEED` is 0, since Qt writes
    fonts in the order of a hash.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_POINTS * UNITS)
    page = QPageSize(document.paper, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(plain_text.clean_name(document.title))
    writer.setCreator(_MAKER)
    # Named by what is in it, not by chance.
    writer.setDocumentId(QUuid.createUuidV5(QUuid(), QByteArray(b"".join(document.files.values()))))
    for name, data in document.files.items():
        writer.addFileAttachment(name, QByteArray(data), "application/json")
    painter = QPainter(writer)
    for number in range(document.pages):
        if number:
            writer.newPage()
        painter.save()
        painter.scale(UNITS, UNITS)
        document.paint(painter, number)
        painter.restore()
    painter.end()
    return _dated(bytes(buffer.data().data()), document.made)


_HEAD: Final = 4_096


def _dated(pdf: bytes, made: date) -> bytes:
    """The PDF as made on a day: Qt writes down the second. Only at the head, before anything that is attached."""
    day = made.isoformat()
    digits = day.replace("-", "")
    head = re.sub(rb"(/(?:Creation|Mod)Date \(D:)\d{14}", rf"\g<1>{digits}000000".encode(), pdf[:_HEAD])
    head = re.sub(rb'(xmp:\w+Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d', rf"\g<1>{day}T00:00:00".encode(), head)
    return head + pdf[_HEAD:]


def to_picture(document: Document, page: int, scale: float) -> Picture:
    """A page as a picture, so many pixels to a point."""
    size = document.paper * scale
    picture = QImage(round(size.width()), round(size.height()), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.scale(scale, scale)
    document.paint(painter, page)
    painter.end()
    return picture
