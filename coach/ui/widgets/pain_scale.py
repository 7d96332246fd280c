"""Eleven buttons 0 to 10 with words at both ends: pain with its zones, or effort without."""

from collections.abc import Callable
from enum import Enum, StrEnum
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from coach.ui import plain_text, theme
from coach.ui.plain_text import Role
from coach.ui.tokens import FOCUS_WIDTH, RADIUS_FIELD, STEP, TARGET, Tokens, Weight, mix
from coach.ui.widgets.buttons import paint_focus
from coach.ui.widgets.card import Tone, soft, text_colour
from coach.words.translate import tr

LAST: Final = 10
COUNT: Final = LAST + 1


class Chosen(Struct, frozen=True):
    """The person's answer, 0 to 10."""

    value: int


class Scale(Enum):
    """What is asked."""

    PAIN = "pain"
    EFFORT = "effort"


class MarkSize(Enum):
    """Box, pitch and type of the marks, and how much larger the words at the ends are: at the desk, on the mat, and
    from four metres."""

    NORMAL = (36, TARGET, 15, 1.0)
    LARGE = (72, 84, 30, 1.5)
    FLOOR = (130, 152, 54, 2.2)

    def side(self, pitch: int) -> int:
        """How wide a box is where each has `pitch` for itself: a narrow window makes it smaller."""
        return min(self.value[0], pitch - STEP)


class Zone(StrEnum):
    """The pain zones (NPRS 0-2, 3-5, 6-10)."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


GREEN_UP_TO, AMBER_UP_TO = 2, 5


def zone_of(value: int, green: int = GREEN_UP_TO, amber: int = AMBER_UP_TO) -> Zone:
    """The zone a pain of `value` lies in, where green and amber go up to so much."""
    if value <= green:
        return Zone.GREEN
    return Zone.AMBER if value <= amber else Zone.RED


SETTLES_S: Final = 1.0
"""So long after a question appeared the arrows move nothing: whoever skipped up to it may press once too often."""

_CHOOSE: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_TONES: Final = {Zone.GREEN: Tone.OK, Zone.AMBER: Tone.AMBER, Zone.RED: Tone.RED}


def mark_name(scale: Scale, value: int, zone: Zone | None = None) -> str:
    """The words for one mark, as a screen reader says them; `zone` by other limits than the usual ones.

    What is too much differs by what is asked: none says it.
    """
    if scale is Scale.EFFORT:
        return tr("{value} of 10").format(value=value)
    match zone or zone_of(value):
        case Zone.GREEN:
            return tr("{value} of 10, low").format(value=value)
        case Zone.AMBER:
            return tr("{value} of 10, middle").format(value=value)
        case Zone.RED:
            return tr("{value} of 10, high").format(value=value)


def end_words(scale: Scale) -> tuple[str, str]:
    """What 0 and 10 mean."""
    if scale is Scale.EFFORT:
        return tr("no effort", "the low end of the effort scale"), tr("all I had", "the high end of the effort scale")
    return tr("no pain", "the low end of the pain scale"), tr("worst imaginable", "the high end of the pain scale")


class _Mark(QPushButton):
    """One number of the scale. Its box is narrower than what can be hit."""

    def __init__(self, value: int, scale: Scale, size: MarkSize, parent: QWidget) -> None:
        super().__init__(str(value), parent)
        self._scale = parent
        self.value = value
        self._tone = Tone.ACTION if scale is Scale.EFFORT else _TONES[zone_of(value)]
        self._size = size
        self._pointed = False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(mark_name(scale, value))

    def show_size(self, size: MarkSize) -> None:
        """Be larger or smaller."""
        self._size = size
        self.update()

    def show_zone(self, zone: Zone) -> None:
        """Lie in another zone."""
        self._tone = _TONES[zone]
        self.setAccessibleName(mark_name(Scale.PAIN, self.value, zone))
        self.update()

    def show_pointed(self, *, pointed: bool) -> None:
        """Show the keyboard on this mark, or leave it to the whole scale: nothing was pointed at yet."""
        self._pointed = pointed
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._scale.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._scale.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A button of its own would take the arrows as Tab, and Space as an answer; the scale knows better.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        side, type_size = self._size.side(self.width()), self._size.value[2]
        box = QRectF(0, (self.height() - side) / 2, side, side)
        radius = RADIUS_FIELD * side / self._size.value[0] * type_size / MarkSize.NORMAL.value[2]
        if self.isChecked():
            ink = self._paint_chosen(painter, box, radius, tokens)
        else:
            ink = self._paint_open(painter, box, radius, tokens)
        painter.setFont(theme.font(type_size, Weight.BOLD if self.isChecked() else Weight.STRONG, tabular=True))
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _paint_open(self, painter: QPainter, box: QRectF, radius: float, tokens: Tokens) -> str:
        ground, ink = soft(self._tone, tokens), text_colour(self._tone, tokens)
        if self.isDown() or self.underMouse():
            ground = mix(ground, ink, 0.25 if self.isDown() else 0.12)
        painter.setPen(QPen(QColor(mix(tokens.line, ink, 0.15)), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self._pointed and theme.focus_visible(self):
            paint_focus(painter, box, radius, tokens)
        return ink

    def _paint_chosen(self, painter: QPainter, box: QRectF, radius: float, tokens: Tokens) -> str:
        """A ring round a solid box: seen without colour, and from the mat."""
        solid = text_colour(self._tone, tokens)
        width = box.width() / 14
        ring = QColor(tokens.ink if theme.focus_visible(self) else tokens.action)
        painter.setPen(QPen(ring, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)
        inset = 1.8 * width
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(solid))
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius - half, radius - half)
        return tokens.panel


class PainScale(QWidget):
    """One question of 0 to 10. One tab stop; arrows move, Enter and Space choose, 0-9 and X (ten) answer at once."""

    chosen = Signal(object)  # Chosen

    def __init__(
        self,
        question: str,
        scale: Scale = Scale.PAIN,
        size: MarkSize = MarkSize.NORMAL,
        *,
        ends: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._value: int | None = None
        self._pointed = False
        self._clock: Callable[[], float] | None = None
        self._appeared = 0.0
        self._marks = tuple(_Mark(value, scale, size, self) for value in range(COUNT))
        low, high = ends or end_words(scale)
        self._low = plain_text.label(low, Role.MUTED, self)
        self._high = plain_text.label(high, Role.MUTED, self)
        for words in (self._low, self._high):
            words.setWordWrap(False)
        self._high.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(plain_text.clean(question))
        self.setAccessibleDescription(tr("0 means {low}, 10 means {high}").format(low=low, high=high))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for mark in self._marks:
            mark.clicked.connect(self._pressed)
        self._rove(0)
        self.show_size(size)

    @property
    def value(self) -> int | None:
        """What is chosen now."""
        return self._value

    def show_size(self, size: MarkSize) -> None:
        """Be larger or smaller."""
        self._size = size
        for mark in self._marks:
            mark.show_size(size)
        for words in (self._low, self._high):
            words.setFont(Role.MUTED.font(size.value[3]))
        self.updateGeometry()
        self._place()

    def on_chosen(self, take: Callable[[Chosen], object]) -> None:
        """Call `take` with each answer the person gives."""
        self.chosen.connect(take)

    def show_value(self, value: int | None) -> None:
        """Show an answer that is known, or none; tells nobody."""
        self._value = value
        self._point(pointed=value is not None)
        for mark in self._marks:
            mark.setChecked(mark.value == value)
        self._rove(value or 0)

    def show_zones(self, green: int, amber: int) -> None:
        """Colour pain by the limits in force: what is too much here is red."""
        for mark in self._marks:
            mark.show_zone(zone_of(mark.value, green, amber))

    def settle(self, clock: Callable[[], float]) -> None:
        """From now on the arrows do nothing for a moment, and nothing while one is held down since before."""
        self._clock, self._appeared = clock, clock()

    def choose(self, value: int) -> None:
        """Answer `value` as if its button had been pressed."""
        self.show_value(value)
        self.chosen.emit(Chosen(value))

    def mark(self, value: int) -> QPushButton:
        """The button of `value`."""
        return self._marks[value]

    def focus_scale(self) -> None:
        """Put the keyboard on the mark that is chosen, or the first."""
        self._focus(self._value or 0)

    def _pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _Mark):
            self.choose(pressed.value)

    def _rove(self, value: int) -> None:
        """Only this mark is reached by Tab: eleven stops for one question would be ten too many."""
        for mark in self._marks:
            here = mark.value == value
            mark.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._marks[value])

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        value = answer_of(event)
        here = next((mark.value for mark in self._marks if mark.hasFocus()), self._value or 0)
        goal = _moved(here, event.key())
        if value is not None:
            self._focus(value)
            self.choose(value)
        elif goal is not None:
            if not self._settling(event):
                self._point(pointed=True)
                self._rove(goal)
                self._focus(goal)
        elif event.key() in _CHOOSE and self._marks[here].hasFocus() and self._pointed and not event.isAutoRepeat():
            # Only what was pointed at: Enter held down a moment too long, or the key that paused, is no pain of 0.
            self.choose(here)
        else:
            super().keyPressEvent(event)

    def _settling(self, event: QKeyEvent) -> bool:
        """Whether an arrow comes too soon to be meant for this question."""
        if self._clock is None:
            return False
        now = self._clock()
        if now - self._appeared >= SETTLES_S:
            return False
        if event.isAutoRepeat():
            self._appeared = now  # it is held down since the page before
        return True

    def _point(self, *, pointed: bool) -> None:
        self._pointed = pointed
        for mark in self._marks:
            mark.show_pointed(pointed=pointed)
        self.update()

    def _focus(self, value: int) -> None:
        theme.focus_by_keys(self._marks[value])

    # Geometry: by hand, so that a narrow window makes the boxes smaller and never the row longer.

    def sizeHint(self) -> QSize:
        return QSize(COUNT * self._size.value[1], self._row() + self._low.sizeHint().height() + STEP)

    def minimumSizeHint(self) -> QSize:
        return QSize(COUNT * 32, self.sizeHint().height())

    def _row(self) -> int:
        return max(TARGET, self._size.value[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where nothing was pointed at yet, the keyboard is on all eleven: a ring round one would look like chosen.

        So a line runs below all of them. A ring round the row would have no room beside its first and last box.
        """
        if self._pointed or not any(theme.focus_visible(mark) for mark in self._marks):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._size.side(self._marks[0].width())
        width = max(FOCUS_WIDTH, side / 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens_of(self).action))
        middle = (3 * self._row() + side) / 4  # of what is left between the boxes and the words
        line = QRectF(0, middle - width / 2, self._high.geometry().right() + 1, width)
        painter.drawRoundedRect(line, width / 2, width / 2)
        painter.end()

    def _place(self) -> None:
        pitch = min(self._size.value[1], self.width() // COUNT)
        for mark in self._marks:
            mark.setGeometry(QRect(mark.value * pitch, 0, pitch, self._row()))
        end = LAST * pitch + self._size.side(pitch)
        height = self._low.sizeHint().height()
        self._low.setGeometry(0, self._row(), end // 2, height)
        self._high.setGeometry(end // 2, self._row(), end - end // 2, height)


def answer_of(event: QKeyEvent) -> int | None:
    """The answer a key gives: 0 to 9, and X for ten."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return None
    if event.key() == Qt.Key.Key_X:
        return LAST
    # The sign, not the key: on a French keyboard the digits are shifted.
    sign = event.text()
    return int(sign) if len(sign) == 1 and sign in "0123456789" else None


def _moved(here: int, key: int) -> int | None:
    match key:
        case Qt.Key.Key_Left | Qt.Key.Key_Down:
            return max(0, here - 1)
        case Qt.Key.Key_Right | Qt.Key.Key_Up:
            return min(LAST, here + 1)
        case Qt.Key.Key_Home:
            return 0
        case Qt.Key.Key_End:
            return LAST
        case _:
            return None
