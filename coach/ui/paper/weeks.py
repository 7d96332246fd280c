"""The frame of a calendar: a row a week, a box a day."""

from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from coach.ui.paper.ink import Ink, Style, Text, centred
from coach.words import paper as words

_NAME: Final = 62.0
"""At the left of each week: its first day."""


def day_box(box: QRectF, number: int) -> QRectF:
    """The box of a day of the week, counted from 0."""
    room = (box.width() - _NAME) / 7
    return QRectF(box.left() + _NAME + number * room, box.top(), room, box.height())


def paint_day_names(week: tuple[date, ...], painter: QPainter, ink: Ink, box: QRectF) -> None:
    """The names of the days above their boxes."""
    for number, name in enumerate(words.day_names(week)):
        centred(painter, ink, name, Style.SMALL_STRONG, day_box(box, number))


def paint_week_name(week: tuple[date, ...], painter: QPainter, ink: Ink, box: QRectF) -> None:
    """The first day of a week at its left."""
    first = Text(words.week_of(week[0]), Style.SMALL_STRONG, _NAME)
    first.paint(painter, ink, QPointF(box.left(), box.center().y() - first.height / 2))
