"""Chips to press, of which any number may be on: what a list is narrowed to."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from coach.ui import icons, plain_text, theme
from coach.ui.tokens import FOCUS_WIDTH, STEP, TARGET, Size, Weight, mix
from coach.ui.widgets.buttons import mnemonic_flag, paint_focus, plain_words
from coach.ui.widgets.roving import rove
from coach.ui.widgets.segmented import Option

_PILL: Final = 34.0
"""What is seen of a target of 44."""

_CHECK: Final = 16
_LONGEST: Final = 40


class Narrowed(Struct, frozen=True):
    """What is on now."""

    values: frozenset[str]


class FilterChip(QAbstractButton):
    """One choice: a box to tick to the keyboard and to readers, a pill to the eye."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self.setText(plain_text.for_button(plain_text.clean_name(option.text, _LONGEST)))
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def sizeHint(self) -> QSize:
        # As wide as with the tick, so that pressing one moves no other.
        width = QFontMetricsF(self._font(on=True)).horizontalAdvance(plain_words(self.text()))
        return QSize(max(TARGET, round(width) + 4 * STEP + _CHECK), TARGET)

    def minimumSizeHint(self) -> QSize:
        return QSize(TARGET, TARGET)

    def _font(self, *, on: bool) -> QFont:
        return theme.font(Size.BODY, Weight.STRONG if on else Weight.MEDIUM)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        on, pointed = self.isChecked(), self.underMouse()
        box = QRectF(0, (self.height() - _PILL) / 2, self.width(), _PILL)
        painter.setPen(QPen(QColor(tokens.action if on else mix(tokens.line, tokens.edge, 0.4 if pointed else 0)), 1))
        painter.setBrush(QColor(tokens.action_soft if on else mix(tokens.panel, tokens.action_soft, 0.6 * pointed)))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _PILL / 2, _PILL / 2)
        if theme.focus_visible(self):
            paint_focus(painter, box, _PILL / 2 - 1, tokens)
        ink = tokens.action if on else tokens.ink
        if on:
            icons.paint(painter, icons.Icon.CHECK, QRectF(2 * STEP, (self.height() - _CHECK) / 2, _CHECK, _CHECK), ink)
            box.setLeft(box.x() + 1.5 * STEP + _CHECK)
        painter.setFont(self._font(on=on))
        painter.setPen(QColor(ink))
        room = box.width() - 2 * STEP
        text = QFontMetricsF(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter) | int(mnemonic_flag(self)), text)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        group = self.parentWidget()
        if isinstance(group, FilterChips):
            group.keep_place(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()  # the group moves among its chips
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ShortChip(FilterChip):
    """A chip for a word of two or three letters: filled where it is on, since a tick would double its width."""

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font(on=True)).horizontalAdvance(plain_words(self.text()))
        return QSize(max(TARGET, round(width) + 4 * STEP), TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        on, pointed = self.isChecked(), self.underMouse()
        box = QRectF(0, (self.height() - _PILL) / 2, self.width(), _PILL)
        focused = theme.focus_visible(self)
        if focused:
            paint_focus(painter, box, _PILL / 2 - 1, tokens)
        painter.setPen(QPen(QColor(tokens.action if on else mix(tokens.line, tokens.edge, 0.4 if pointed else 0)), 1))
        painter.setBrush(QColor(tokens.action if on else mix(tokens.panel, tokens.action_soft, 0.6 * pointed)))
        inset = 2 * FOCUS_WIDTH if focused else 0.5
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), _PILL / 2 - inset, _PILL / 2 - inset)
        painter.setFont(self._font(on=on))
        painter.setPen(QColor(tokens.on_action if on else tokens.ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter) | int(mnemonic_flag(self)), self.text())
        painter.end()


_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class FilterChips(QWidget):
    """Chips of one sort. One stop for Tab; the arrow keys move among them, Space turns one on and off."""

    narrowed = Signal(object)  # Narrowed

    def __init__(
        self,
        name: str,
        options: tuple[Option, ...],
        parent: QWidget | None = None,
        *,
        look: type[FilterChip] = FilterChip,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(plain_text.clean_name(name))
        self.chips = tuple(look(option, self) for option in options)
        for chip in self.chips:
            chip.setAccessibleName(plain_text.clean_name(f"{name}: {option_words(chip)}"))
            chip.toggled.connect(self._toggled)
        self._telling = True
        if self.chips:
            rove(self.chips, self.chips[0])

    def on_narrowed(self, take: Callable[[Narrowed], object]) -> None:
        """Call `take` with what is on, whenever the person changes it."""
        self.narrowed.connect(take)

    @property
    def values(self) -> frozenset[str]:
        """What is on."""
        return frozenset(chip.option.value for chip in self.chips if chip.isChecked())

    def chip(self, value: str) -> FilterChip:
        """The chip of `value`."""
        return next(chip for chip in self.chips if chip.option.value == value)

    def show_values(self, values: frozenset[str]) -> None:
        """Show what is on; tells nobody."""
        self._telling = False
        for chip in self.chips:
            chip.setChecked(chip.option.value in values)
        self._telling = True

    def keep_place(self, chip: FilterChip) -> None:
        """Come back to this chip by Tab."""
        rove(self.chips, chip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not isinstance(focused, FilterChip):
            super().keyPressEvent(event)
            return
        place = self.chips.index(focused) + step
        theme.focus_by_keys(self.chips[place % len(self.chips)])

    def _toggled(self) -> None:
        if self._telling:
            self.narrowed.emit(Narrowed(self.values))


def option_words(chip: FilterChip) -> str:
    """What a chip is called, whole."""
    return chip.option.text
