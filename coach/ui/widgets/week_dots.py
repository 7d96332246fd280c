"""This week as seven dots: what was done, what is due, what is rest."""

from enum import StrEnum
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui import icons, theme
from coach.ui.a11y import Readout
from coach.ui.plain_text import clean_name
from coach.ui.tokens import STEP, Size, Tokens, Weight
from coach.ui.widgets.buttons import paint_focus
from coach.words.translate import tr

_DOT: Final = 28.0
_LETTER_HEIGHT: Final = 22.0


class DayState(StrEnum):
    """What became of a day, or what is planned for it."""

    DONE = "done"
    DUE = "due"
    REST = "rest"
    MISSED = "missed"
    """Planned and past. It is shown as an open day, not as a fault."""


class DayDot(Struct, frozen=True):
    """One day: its letter, its full name for readers, its state, and whether it is today."""

    letter: str
    name: str
    state: DayState
    today: bool = False


def day_words(day: DayDot) -> str:
    """One day in words, as a screen reader says it."""
    name = tr("{day}, today").format(day=day.name) if day.today else day.name
    return _state_words(day.state).format(day=clean_name(name))


def _state_words(state: DayState) -> str:
    match state:
        case DayState.DONE:
            return tr("{day}: done")
        case DayState.DUE:
            return tr("{day}: session due")
        case DayState.REST:
            return tr("{day}: rest")
        case DayState.MISSED:
            return tr("{day}: not done")


class WeekDots(Readout):
    """Shows the days of one week from left to right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[DayDot, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("This week"))

    def show_days(self, days: tuple[DayDot, ...]) -> None:
        """Show these days in the order they are given, the first day of the week first."""
        self._days = days
        self.update()

    def spoken(self) -> str:
        """Say every day in one sentence."""
        return "; ".join(day_words(day) for day in self._days)

    def sizeHint(self) -> QSize:
        return QSize(7 * 11 * STEP, round(_LETTER_HEIGHT + _DOT + 3 * STEP))

    def minimumSizeHint(self) -> QSize:
        return QSize(7 * 9 * STEP, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        if theme.focus_visible(self):
            paint_focus(painter, QRectF(self.rect()), 2.5 * STEP, tokens)
        width = self.width() / max(1, len(self._days))
        for place, day in enumerate(self._days):
            self._paint_day(painter, tokens, day, QRectF(place * width, 0, width, self.height()))
        painter.end()

    def _paint_day(self, painter: QPainter, tokens: Tokens, day: DayDot, box: QRectF) -> None:
        if day.today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.action_soft))
            wide = min(box.width(), _DOT + 3 * STEP)
            painter.drawRoundedRect(QRectF(box.center().x() - wide / 2, 0, wide, box.height()), 10, 10)
        painter.setFont(theme.font(Size.BODY, Weight.BOLD if day.today else Weight.NORMAL))
        painter.setPen(QColor(tokens.action if day.today else tokens.muted))
        letter = QRectF(box.x(), STEP / 2, box.width(), _LETTER_HEIGHT)
        painter.drawText(letter, Qt.AlignmentFlag.AlignCenter, day.letter)
        middle = QPointF(box.center().x(), _LETTER_HEIGHT + STEP + _DOT / 2)
        _paint_dot(painter, tokens, day.state, QRectF(middle.x() - _DOT / 2, middle.y() - _DOT / 2, _DOT, _DOT))


def _paint_dot(painter: QPainter, tokens: Tokens, state: DayState, box: QRectF) -> None:
    """Each state has a shape of its own, so that colour is never the only sign."""
    ring = box.adjusted(1, 1, -1, -1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match state:
        case DayState.DONE:
            painter.setPen(QPen(QColor(tokens.ok), 2))
            painter.setBrush(QColor(tokens.ok_soft))
            painter.drawEllipse(ring)
            icons.paint(painter, icons.Icon.CHECK, box.adjusted(6, 6, -6, -6), tokens.ok_text)
        case DayState.DUE:
            painter.setPen(QPen(QColor(tokens.action), 2))
            painter.setBrush(QColor(tokens.panel))
            painter.drawEllipse(ring)
            painter.setBrush(QColor(tokens.action))
            painter.drawEllipse(box.center(), 3, 3)
        case DayState.REST:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.line))
            painter.drawEllipse(box.center(), 4, 4)
        case DayState.MISSED:
            painter.setPen(QPen(QColor(tokens.edge), 1.5, Qt.PenStyle.DashLine))
            painter.drawEllipse(ring)
