"""A chart as a picture file: PNG or SVG, on a light ground, with its title and what it tells in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from coach.ui import theme
from coach.ui.charts.chart import write
from coach.ui.plain_text import clean_name
from coach.ui.tokens import LIGHT, STEP, Size, Tokens, Weight
from coach.ui.widgets.lettering import fitted

_MARGIN: Final = 6.0 * STEP
_GAP: Final = 6.0 * STEP
_HEAD: Final = 12.0 * STEP
_LINE: Final = 5.0 * STEP
_MOST_LINES: Final = 3
_NAME: Final = 6.0 * STEP
_RATIO: Final = 2
"""Pixels of a PNG for each that was designed: sharp on paper, too."""


class Format(StrEnum):
    """What a chart can be saved as; the value is what a file name ends in."""

    PNG = "png"
    SVG = "svg"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Part:
    """One chart of a picture: its name (empty where the title says it), its size, and what draws it."""

    name: str
    size: QSize
    draw: Callable[[QPainter, QRectF, Tokens], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """Charts below one title, `columns` of them side by side."""

    title: str
    sub: str
    parts: tuple[Part, ...]
    columns: int = 1


def data_of(picture: Picture, kind: Format) -> bytes:
    """The picture as the bytes of a file."""
    match kind:
        case Format.PNG:
            return _png(picture)
        case Format.SVG:
            return _svg(picture)
        case Format.CSV:
            raise ValueError("a table is no picture")


def _png(picture: Picture) -> bytes:
    size = _size(picture)
    image = QImage(size * _RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_RATIO)
    image.setText("Title", picture.title)
    image.setText("Description", picture.sub)
    painter = QPainter(image)
    _draw(painter, picture, size)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # PySide6's stubs know no format as str
    buffer.close()
    return bytes(data.data())


def _svg(picture: Picture) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    size = _size(picture)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setResolution(96)
    generator.setTitle(picture.title)
    generator.setDescription(picture.sub)
    painter = QPainter(generator)
    _draw(painter, picture, size)
    painter.end()
    buffer.close()
    return bytes(data.data())


def _draw(painter: QPainter, picture: Picture, size: QSize) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(LIGHT.panel))
    room = size.width() - 2 * _MARGIN
    at = QPointF(_MARGIN, _MARGIN + 2 * STEP)
    title = theme.font(Size.CUE, Weight.BOLD)
    write(painter, at, _fitting(picture.title, title, room), LIGHT.ink, weight=Weight.BOLD, size=Size.CUE)
    for number, line in enumerate(_sub(picture)):
        write(painter, at + QPointF(0, 6.5 * STEP + number * _LINE), line, LIGHT.muted, size=Size.BODY)
    for part, box in zip(picture.parts, _boxes(picture), strict=True):
        if part.name:
            name = _fitting(part.name, theme.font(Size.BODY, Weight.STRONG), box.width())
            write(painter, box.topLeft() - QPointF(0, _NAME / 2), name, LIGHT.ink, weight=Weight.STRONG, size=Size.BODY)
        painter.save()
        part.draw(painter, box, LIGHT)
        painter.restore()


def _sub(picture: Picture) -> tuple[str, ...]:
    """What the picture tells, in as many lines as it needs."""
    return fitted(clean_name(picture.sub, 400), theme.font(Size.BODY), _inner_width(picture), _MOST_LINES)


def _inner_width(picture: Picture) -> float:
    columns = min(picture.columns, len(picture.parts))
    return columns * max(part.size.width() for part in picture.parts) + (columns - 1) * _GAP


def _fitting(text: str, font: QFont, width: float) -> str:
    return QFontMetricsF(font).elidedText(clean_name(text, 400), Qt.TextElideMode.ElideRight, width)


def _boxes(picture: Picture) -> list[QRectF]:
    boxes = []
    wide = max(part.size.width() for part in picture.parts)
    top = _MARGIN + _HEAD + (len(_sub(picture)) - 1) * _LINE
    for start in range(0, len(picture.parts), picture.columns):
        row = picture.parts[start : start + picture.columns]
        name = _NAME if any(part.name for part in row) else 0.0
        for column, part in enumerate(row):
            left = _MARGIN + column * (wide + _GAP)
            boxes.append(QRectF(left, top + name, part.size.width(), part.size.height()))
        top += name + max(part.size.height() for part in row) + _GAP
    return boxes


def _size(picture: Picture) -> QSize:
    boxes = _boxes(picture)
    right, bottom = max(box.right() for box in boxes), max(box.bottom() for box in boxes)
    return QSize(round(right + _MARGIN), round(bottom + _MARGIN))
