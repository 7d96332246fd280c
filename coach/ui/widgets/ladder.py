"""Variations of an exercise as a ladder: the harder ones above, the easier ones below, each rung to press."""

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from coach.core.routine.exercise import Exercise
from coach.ui import icons, plain_text, theme
from coach.ui.tokens import RADIUS_BUTTON, STEP, Size, Tokens, Weight
from coach.ui.widgets.buttons import paint_focus
from coach.ui.widgets.exercise_card import Pressed
from coach.ui.widgets.lettering import fitted
from coach.ui.widgets.moving_figure import paint_still

_RAIL: Final = 4 * STEP
_PICTURE: Final = (76, 50)
_LEAST: Final = 18 * STEP
_LINES: Final = 3
_CHEVRON: Final = 16


class Rung(Struct, frozen=True):
    """One variation; the texts may be foreign."""

    key: str
    exercise: Exercise
    name: str
    label: str
    """`Harder`, `Easier`, `This one`."""
    here: bool = False


class _RungButton(QAbstractButton):
    """A rung: the rail, a picture, the name."""

    def __init__(self, rung: Rung, ends: tuple[bool, bool], parent: QWidget) -> None:
        super().__init__(parent)
        self.rung = rung
        self._first, self._last = ends
        self._still: QPixmap | None = None
        self._still_key: object = None
        self.setText(plain_text.for_button(rung.name))
        self.setAccessibleName(plain_text.clean_name(f"{rung.label}: {rung.name}"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setEnabled(not rung.here)
        if not rung.here:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(60 * STEP, self.heightForWidth(60 * STEP))

    def minimumSizeHint(self) -> QSize:
        return QSize(50 * STEP, _LEAST)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width)) * QFontMetricsF(theme.font(Size.BODY, Weight.STRONG)).height()
        label = QFontMetricsF(theme.font(Size.LABEL)).height()
        return max(_LEAST, round(lines + label + 5 * STEP))

    def _lines(self, width: int) -> tuple[str, ...]:
        room = width - self._left() - (2 * STEP + _CHEVRON + STEP)
        return fitted(plain_text.clean_name(self.rung.name), theme.font(Size.BODY, Weight.STRONG), room, _LINES)

    def _left(self) -> int:
        return 2 * _RAIL + _PICTURE[0] + 3 * STEP

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        row = QRectF(self.rect()).adjusted(2 * _RAIL - STEP, 1, 0, -1)
        if self.rung.here or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.action_soft if self.rung.here else tokens.ground))
            painter.drawRoundedRect(row, RADIUS_BUTTON, RADIUS_BUTTON)
        if theme.focus_visible(self):
            paint_focus(painter, row, RADIUS_BUTTON, tokens)
        self._paint_rail(painter, tokens)
        painter.drawPixmap(QPointF(2 * _RAIL, (self.height() - _PICTURE[1]) / 2), self._picture(tokens))
        self._paint_words(painter, tokens)
        painter.end()

    def _paint_rail(self, painter: QPainter, tokens: Tokens) -> None:
        x, middle = float(_RAIL) - STEP, self.height() / 2
        painter.setPen(QPen(QColor(tokens.line), 3))
        top = middle if self._first else 0.0
        painter.drawLine(QPointF(x, top), QPointF(x, middle if self._last else float(self.height())))
        painter.setPen(QPen(QColor(tokens.action), 2))
        painter.setBrush(QColor(tokens.action if self.rung.here else tokens.panel))
        radius = 7.0 if self.rung.here else 5.0
        painter.drawEllipse(QPointF(x, middle), radius, radius)

    def _paint_words(self, painter: QPainter, tokens: Tokens) -> None:
        lines = self._lines(self.width())
        name, label = theme.font(Size.BODY, Weight.STRONG), theme.font(Size.LABEL, Weight.MEDIUM)
        high, small = QFontMetricsF(name), QFontMetricsF(label)
        y = (self.height() - len(lines) * high.height() - small.height()) / 2
        painter.setFont(label)
        painter.setPen(QColor(tokens.action if self.rung.here else tokens.muted))
        painter.drawText(QPointF(self._left(), y + small.ascent()), self.rung.label)
        y += small.height()
        painter.setFont(name)
        painter.setPen(QColor(tokens.ink))
        for number, line in enumerate(lines):
            painter.drawText(QPointF(self._left(), y + number * high.height() + high.ascent()), line)
        if not self.rung.here:
            x = self.width() - _CHEVRON - 2 * STEP
            box = QRectF(x, (self.height() - _CHEVRON) / 2, _CHEVRON, _CHEVRON)
            icons.paint(painter, icons.Icon.RIGHT, box, tokens.action if self.underMouse() else tokens.muted)

    def _picture(self, tokens: Tokens) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = (ratio, tokens.scheme)
        if self._still is None or self._still_key != key:
            size = QSize(*_PICTURE)
            self._still = QPixmap(size * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._still)
            paint_still(painter, QRectF(0, 0, size.width(), size.height()), self.rung.exercise, tokens)
            painter.end()
            self._still_key = key
        return self._still


class LadderView(QWidget):
    """The rungs one below the other, the hardest at the top."""

    climbed = Signal(object)  # Pressed

    def __init__(self, rungs: Iterable[Rung], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        every = tuple(rungs)
        self.rungs: tuple[QAbstractButton, ...] = tuple(
            _RungButton(rung, (number == 0, number == len(every) - 1), self) for number, rung in enumerate(every)
        )
        for button in self.rungs:
            button.clicked.connect(self._pressed)
            column.addWidget(button)

    def on_climbed(self, take: Callable[[Pressed], object]) -> None:
        """Call `take` with the rung that is pressed."""
        self.climbed.connect(take)

    def _pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _RungButton):
            self.climbed.emit(Pressed(pressed.rung.key))
