"""Buttons of four kinds with an icon and a key hint, the rail's entries, a box to tick."""

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QSizePolicy, QWidget

from coach.ui import icons, theme
from coach.ui.tokens import FOCUS_WIDTH, RADIUS_BUTTON, STEP, TARGET, Size, Tokens, Weight, mix

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QFocusEvent

RETURN: Final = "\u21b5"
"""The hint for the Enter key; it is drawn, since not every font has the sign."""


class Kind(Enum):
    """How much a button asks for attention."""

    PRIMARY = auto()
    GHOST = auto()
    PAPER = auto()
    """As GHOST, on a coloured ground."""
    NOW = auto()
    """It hurts."""
    QUIET = auto()
    """Like a link."""


def _colours(kind: Kind, tokens: Tokens) -> tuple[str | None, str, str | None]:
    """Fill, text and border of a button at rest."""
    match kind:
        case Kind.PRIMARY:
            return tokens.action, tokens.on_action, None
        case Kind.GHOST:
            return None, tokens.ink, tokens.line
        case Kind.PAPER:
            return tokens.panel, tokens.ink, tokens.line
        case Kind.NOW:
            return tokens.now_soft, tokens.now_text, None
        case Kind.QUIET:
            return None, tokens.action, None


def paint_focus(painter: QPainter, box: QRectF, radius: float, tokens: Tokens) -> None:
    """Paint the ring that says where the keyboard is, inside `box`."""
    half = FOCUS_WIDTH / 2
    painter.setPen(QPen(QColor(tokens.action), FOCUS_WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)


def mnemonic_flag(button: QAbstractButton) -> Qt.TextFlag:
    """How to draw an `&` in the text of `button`: underlined once the keyboard was used to get around."""
    shown = button.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    return Qt.TextFlag.TextShowMnemonic if shown else Qt.TextFlag.TextHideMnemonic


def plain_words(text: str) -> str:
    """A button's text without its mnemonic, for a screen reader."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


class Button(QPushButton):
    """A push button with an icon and a key hint; the hint names the key, it does not bind it."""

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.GHOST,
        *,
        hint: str = "",
        icon: icons.Icon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self._hint = hint
        self._picture = icon
        self._size = float(Size.BODY)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name()

    @property
    def hint(self) -> str:
        """The key that is named beside the words."""
        return self._hint

    def on_pressed(self, act: Callable[[], object]) -> None:
        """Call `act` whenever the button is pressed, by whatever means."""
        self.clicked.connect(act)

    def set_type_size(self, size: float) -> None:
        """Make text, icon and padding larger or smaller together; the target stays at least 44 px."""
        self._size = float(size)
        self._changed()

    def show_kind(self, kind: Kind) -> None:
        """Ask for more attention, or for less."""
        self._kind = kind
        self._changed()

    def show_text(self, text: str, *, hint: str = "", icon: icons.Icon | None = None) -> None:
        """Show another word, key hint and icon, such as Resume in place of Pause."""
        if (text, hint, icon) == (self.text(), self._hint, self._picture):
            return  # the player says this every second: it should not be laid out and painted anew for it
        self._hint, self._picture = hint, icon
        self.setText(text)
        self._name()
        self._changed()

    def _name(self) -> None:
        if self.text():  # an icon alone has no text to be named by: the caller names it
            self.setAccessibleName(plain_words(self.text()))

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()

    # Geometry, all in proportion to the type size.

    def sizeHint(self) -> QSize:
        height = QFontMetricsF(self._text_font()).height() + 1.75 * self._size
        width = self._content_width() + 2 * self._padding()
        return QSize(max(TARGET, round(width)), max(TARGET, round(height)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _padding(self) -> float:
        if not self.text():
            return 0.85 * self._size
        share = 0.6 if self._kind is Kind.QUIET else 1.5
        return share * self._size

    def _gap(self) -> float:
        return 0.6 * self._size

    def _icon_side(self) -> float:
        return round(1.3 * self._size)

    def _text_font(self) -> QFont:
        return theme.font(self._size, Weight.STRONG)

    def _hint_font(self) -> QFont:
        return theme.font(self._size, Weight.NORMAL)

    def _text_width(self) -> float:
        if not self.text():
            return 0.0
        return QFontMetricsF(self._text_font()).horizontalAdvance(plain_words(self.text()))

    def _hint_width(self) -> float:
        if not self._hint:
            return 0.0
        if self._hint == RETURN:
            return self._icon_side()
        return QFontMetricsF(self._hint_font()).horizontalAdvance(self._hint)

    def _content_width(self) -> float:
        icon = self._icon_side() if self._picture is not None else 0.0
        parts = [width for width in (icon, self._text_width(), self._hint_width()) if width]
        return sum(parts) + self._gap() * max(0, len(parts) - 1)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        fill, ink, border = _colours(self._kind, tokens)
        if self._kind is Kind.QUIET and not self.text():
            ink = tokens.ink
        if not self.isEnabled():
            fill, ink = (tokens.line if fill else None), mix(tokens.muted, tokens.panel, 0.25)
        self._paint_ground(painter, tokens, self._answered(tokens, fill), border)
        self._paint_content(painter, ink)
        painter.end()

    def _answered(self, tokens: Tokens, fill: str | None) -> str | None:
        """The fill under the pointer and under the press."""
        if not self.isEnabled() or not (self.isDown() or self.underMouse()):
            return fill
        share = 0.2 if self.isDown() else 0.1
        if fill is None:
            return mix(tokens.panel, tokens.action, share)
        return mix(fill, tokens.now if self._kind is Kind.NOW else tokens.ink, share)

    def _paint_ground(self, painter: QPainter, tokens: Tokens, fill: str | None, border: str | None) -> None:
        box = QRectF(self.rect())
        radius = min(RADIUS_BUTTON * max(1.0, self._size / Size.CUE), box.height() / 2)
        if theme.focus_visible(self):
            paint_focus(painter, box, radius, tokens)
            inset = 2 * FOCUS_WIDTH
            box, radius, border = box.adjusted(inset, inset, -inset, -inset), radius - inset / 2, None
        if fill:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(box, radius, radius)
        if border:
            painter.setPen(QPen(QColor(border), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        height = float(self.height())
        x = (self.width() - self._content_width()) / 2
        if self._picture is not None:
            side = self._icon_side()
            icons.paint(painter, self._picture, QRectF(round(x), round((height - side) / 2), side, side), ink)
            x += side + self._gap()
        painter.setPen(QColor(ink))
        if self.text():
            painter.setFont(self._text_font())
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            width = self._text_width()
            painter.drawText(QRectF(x, 0, width + 2, height), int(flags) | int(mnemonic_flag(self)), self.text())
            x += width + self._gap()
        if self._hint:
            self._paint_hint(painter, ink, QRectF(x, 0, self._hint_width() + 2, height))

    def _paint_hint(self, painter: QPainter, ink: str, box: QRectF) -> None:
        if self._hint == RETURN:
            side = self._icon_side()
            icons.paint(painter, icons.Icon.RETURN, QRectF(box.x(), (box.height() - side) / 2, side, side), ink)
            return
        painter.setFont(self._hint_font())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._hint)


class RailButton(QPushButton):
    """An entry of the rail: icon and word; the one that is checked is where the person is."""

    def __init__(self, text: str, icon: icons.Icon, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._picture = icon
        self._meant: Callable[[], object] | None = None
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(plain_words(text))

    def on_pressed(self, act: Callable[[], object]) -> None:
        """Call `act` whenever the entry is pressed, by whatever means."""
        self.clicked.connect(act)

    def on_meant(self, act: Callable[[], object]) -> None:
        """Call `act` when the pointer or the keyboard comes to the entry: it may be pressed next."""
        self._meant = act

    def enterEvent(self, event: "QEnterEvent") -> None:
        super().enterEvent(event)
        self._is_meant()

    def focusInEvent(self, event: "QFocusEvent") -> None:
        super().focusInEvent(event)
        self._is_meant()

    def _is_meant(self) -> None:
        if self._meant is not None:
            self._meant()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(Size.BODY, Weight.STRONG))
        width = metrics.horizontalAdvance(plain_words(self.text())) + 13 * STEP + STEP
        return QSize(round(width), TARGET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        box = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        here, hovered = self.isChecked(), self.underMouse()
        if here or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.action_soft if here else mix(tokens.ground, tokens.action_soft, 0.6)))
            painter.drawRoundedRect(box, 10, 10)
        if theme.focus_visible(self):
            paint_focus(painter, box, 10, tokens)
        ink = tokens.action if here else tokens.ink if hovered else tokens.muted
        icons.paint(painter, self._picture, QRectF(3 * STEP, (self.height() - 20) / 2, 20, 20), ink)
        painter.setFont(theme.font(Size.BODY, Weight.STRONG if here else Weight.MEDIUM))
        painter.setPen(QColor(ink))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        text = QRectF(10.5 * STEP, 0, self.width() - 11 * STEP, self.height())
        painter.drawText(text, int(flags) | int(mnemonic_flag(self)), self.text())
        painter.end()


class Tick(QCheckBox):
    """A box to tick with its words, 44 px high."""

    _SIDE = 22

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(plain_words(text))

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(theme.font(Size.BODY)).horizontalAdvance(plain_words(self.text()))
        return QSize(round(width) + self._SIDE + 4 * STEP, TARGET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802 - Qt's name
        del pos
        return True  # the words belong to the box

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        side = self._SIDE
        box = QRectF(1, (self.height() - side) / 2, side, side)
        self._paint_box(painter, box, tokens)
        ink = tokens.ink if self.isEnabled() else tokens.muted
        painter.setFont(theme.font(Size.BODY))
        painter.setPen(QColor(ink))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        text = QRectF(side + 2.5 * STEP, 0, self.width() - side - 2 * STEP, self.height())
        painter.drawText(text, int(flags) | int(mnemonic_flag(self)), self.text())
        if theme.focus_visible(self):
            paint_focus(painter, QRectF(self.rect()).adjusted(-2, 6, 0, -6), RADIUS_BUTTON - 4, tokens)
        painter.end()

    def _paint_box(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        ticked = self.isChecked()
        edge = tokens.action if ticked or self.underMouse() else tokens.edge
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(tokens.action if ticked else tokens.panel))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 6, 6)
        if ticked:
            icons.paint(painter, icons.Icon.CHECK, box.adjusted(3, 3, -3, -3), tokens.on_action)
