"""One of a few (a segmented control), and on or off (a switch)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from coach.ui import icons, plain_text, theme
from coach.ui.tokens import STEP, TARGET, Size, Weight, mix
from coach.ui.widgets.buttons import mnemonic_flag, paint_focus, plain_words

_PILL: Final = 36.0
"""What is seen of a target of 44."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what it means to the program, and to the person."""

    value: str
    text: str
    icon: icons.Icon | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """The value of the option the person picked."""

    value: str


class _Segment(QRadioButton):
    """One option; a radio button to the keyboard and to readers, a pill to the eye."""

    def __init__(self, option: Option, parent: QWidget) -> None:
        super().__init__(plain_text.for_button(option.text), parent)
        self.option = option
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(plain_text.clean_name(option.text))

    def sizeHint(self) -> QSize:
        icon = 0 if self.option.icon is None else 6 * STEP + 2
        width = QFontMetricsF(theme.font(Size.BODY, Weight.STRONG)).horizontalAdvance(plain_words(self.text()))
        return QSize(max(TARGET, round(width + icon + 7 * STEP)), TARGET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        box = QRectF(0, (self.height() - _PILL) / 2, self.width(), _PILL)
        picked = self.isChecked()
        if picked or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.action_soft if picked else mix(tokens.ground, tokens.action_soft, 0.6)))
            painter.drawRoundedRect(box, _PILL / 2, _PILL / 2)
        if theme.focus_visible(self):
            paint_focus(painter, box, _PILL / 2 - 1, tokens)
        ink = tokens.action if picked else tokens.muted
        if self.option.icon is not None:
            icons.paint(painter, self.option.icon, QRectF(3 * STEP, (self.height() - 18) / 2, 18, 18), ink)
            box = box.adjusted(6 * STEP, 0, 0, 0)
        painter.setFont(theme.font(Size.BODY, Weight.STRONG if picked else Weight.MEDIUM))
        painter.setPen(QColor(ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter) | int(mnemonic_flag(self)), self.text())
        painter.end()


class Segmented(QWidget):
    """Exclusive options side by side; the arrow keys pick the neighbour."""

    picked = Signal(object)  # Picked

    def __init__(self, name: str, options: tuple[Option, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(STEP)
        self._segments = tuple(_Segment(option, self) for option in options)
        for segment in self._segments:
            line.addWidget(segment)
            segment.toggled.connect(self._toggled)
        self._telling = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(plain_text.clean_name(name))

    @property
    def value(self) -> str | None:
        """What is picked now."""
        return next((segment.option.value for segment in self._segments if segment.isChecked()), None)

    def show_value(self, value: str) -> None:
        """Show what is picked already; tells nobody."""
        self._telling = False
        for segment in self._segments:
            if segment.option.value == value:
                segment.setChecked(True)
        self._telling = True

    def segment(self, value: str) -> QRadioButton:
        """The button of `value`."""
        return next(segment for segment in self._segments if segment.option.value == value)

    def on_picked(self, take: Callable[[Picked], object]) -> None:
        """Call `take` whenever the person picks another option."""
        self.picked.connect(take)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline round all of them: where none is picked, words alone would not look like something to press."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.tokens_of(self).line), 1))
        box = QRectF(0.5, (self.height() - _PILL) / 2 - 0.5, self.width() - 1, _PILL + 1)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.end()

    def _toggled(self, on: object) -> None:
        value = self.value
        if on and self._telling and value is not None:
            self.picked.emit(Picked(value))


class Switch(QCheckBox):
    """On or off, at once; the words stand to its right."""

    _WIDTH: Final = 40
    _HEIGHT: Final = 24

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(plain_words(text))

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(theme.font(Size.BODY)).horizontalAdvance(plain_words(self.text()))
        return QSize(round(width) + self._WIDTH + 5 * STEP, TARGET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        box = QRectF(3, (self.height() - self._HEIGHT) / 2, self._WIDTH, self._HEIGHT)
        on = self.isChecked()
        painter.setPen(QPen(QColor(tokens.action if on or self.underMouse() else tokens.edge), 1.5))
        painter.setBrush(QColor(tokens.action if on else tokens.panel))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), box.height() / 2, box.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.on_action if on else tokens.edge))
        side = self._HEIGHT - 10
        painter.drawEllipse(QRectF(box.right() - side - 5 if on else box.x() + 5, box.y() + 5, side, side))
        painter.setFont(theme.font(Size.BODY))
        painter.setPen(QColor(tokens.ink if self.isEnabled() else tokens.muted))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        text = QRectF(box.right() + 2.5 * STEP, 0, self.width() - box.right(), self.height())
        painter.drawText(text, int(flags) | int(mnemonic_flag(self)), self.text())
        if theme.focus_visible(self):
            paint_focus(painter, box.adjusted(-3, -3, 3, 3), self._HEIGHT / 2 + 2, tokens)
        painter.end()
