"""Banners inside a screen: something to know, something that went wrong, something to undo."""

from collections.abc import Callable
from enum import Enum
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from coach.ui import a11y, icons, plain_text, theme
from coach.ui.plain_text import Role
from coach.ui.tokens import RADIUS_BUTTON, STEP, Size
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Tone, soft, text_colour
from coach.words.translate import tr


class NoticeKind(Enum):
    """How bad it is: the tone and the shape of the icon."""

    INFO = (Tone.ACTION, icons.Icon.INFO)
    GOOD = (Tone.OK, icons.Icon.CHECK)
    WARNING = (Tone.AMBER, icons.Icon.WARNING)
    PROBLEM = (Tone.RED, icons.Icon.PROBLEM)


class Acted(Struct, frozen=True):
    """The person pressed the action of a notice."""


class Closed(Struct, frozen=True):
    """The person put a notice away."""


class _Sign(QWidget):
    """The icon of a notice; decoration to a reader, since the kind is in the words."""

    _SIDE: Final = 20

    def __init__(self, kind: NoticeKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self.set_scale(1.0)

    def set_scale(self, scale: float) -> None:
        """Be larger, for floor mode."""
        self.setFixedSize(QSize(round(self._SIDE * scale), round(self._SIDE * scale)))

    def show_kind(self, kind: NoticeKind) -> None:
        """Show the icon of another kind."""
        self._kind = kind
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tone, icon = self._kind.value
        icons.paint(painter, icon, QRectF(self.rect()), text_colour(tone, theme.tokens_of(self)))
        painter.end()


class Notice(QFrame):
    """One banner with words, an optional action and a close button. Hidden until it has something to say."""

    acted = Signal(object)  # Acted
    closed = Signal(object)  # Closed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = NoticeKind.INFO
        self._sign = _Sign(self._kind, self)
        self._words = plain_text.label("", Role.BODY)
        self._action = Button("", Kind.PAPER)
        self._close = a11y.name(Button("", Kind.QUIET, icon=icons.Icon.END), tr("Close this notice"))
        line = QHBoxLayout(self)
        line.setContentsMargins(4 * STEP, STEP, STEP, STEP)
        line.setSpacing(3 * STEP)
        line.addWidget(self._sign)
        line.addWidget(self._words, 1)
        line.addWidget(self._action)
        line.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._action.on_pressed(self._act)
        self._close.on_pressed(self._put_away)
        self.hide()

    @property
    def text(self) -> str:
        """What the notice says."""
        return self._words.text()

    @property
    def kind(self) -> NoticeKind:
        """How bad it is."""
        return self._kind

    def set_scale(self, scale: float) -> None:
        """Be larger, for floor mode."""
        self._sign.set_scale(scale)
        plain_text.set_role(self._words, Role.BODY, scale)
        for button in (self._action, self._close):
            button.set_type_size(Size.BODY * scale)

    def show_notice(self, kind: NoticeKind, text: str, action: str = "") -> None:
        """Say `text` until it is closed; offer `action` if one is named. A reader hears it once."""
        self._kind = kind
        self._sign.show_kind(kind)
        plain_text.show(self._words, text)
        self._action.show_text(plain_text.for_button(action))
        self._action.setVisible(bool(action))
        self.setAccessibleName(plain_text.clean(text))
        self.show()
        self.update()
        (a11y.interrupt if kind is NoticeKind.PROBLEM else a11y.announce)(self, text)

    def on_acted(self, take: Callable[[Acted], object]) -> None:
        """Call `take` when the person presses the action."""
        self.acted.connect(take)

    def on_closed(self, take: Callable[[Closed], object]) -> None:
        """Call `take` when the person puts the notice away."""
        self.closed.connect(take)

    def _act(self) -> None:
        self.acted.emit(Acted())

    def _put_away(self) -> None:
        self.hide()
        self.closed.emit(Closed())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft(self._kind.value[0], theme.tokens_of(self))))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_BUTTON, RADIUS_BUTTON)
        painter.end()


class UndoBar(QFrame):
    """One line that says what was just done and takes it back. It stays until something else is done."""

    acted = Signal(object)  # Acted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = plain_text.label("", Role.BODY)
        self._words.setForegroundRole(QPalette.ColorRole.WindowText)
        self._undo = Button(tr("Undo"), Kind.GHOST, icon=icons.Icon.UNDO)
        self._close = a11y.name(Button("", Kind.QUIET, icon=icons.Icon.END), tr("Close this notice"))
        line = QHBoxLayout(self)
        line.setContentsMargins(4 * STEP, STEP, STEP, STEP)
        line.setSpacing(3 * STEP)
        line.addWidget(self._words, 1)
        line.addWidget(self._undo)
        line.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._undo.on_pressed(self._act)
        self._close.on_pressed(self.hide)
        self.hide()

    def show_done(self, text: str) -> None:
        """Say what was done, with the offer to take it back."""
        plain_text.show(self._words, text)
        self.setAccessibleName(plain_text.clean(text))
        self.show()
        a11y.announce(self, text)

    def on_acted(self, take: Callable[[Acted], object]) -> None:
        """Call `take` when the person wants it back."""
        self.acted.connect(take)

    def _act(self) -> None:
        self.hide()
        self.acted.emit(Acted())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_BUTTON, RADIUS_BUTTON)
        painter.end()
