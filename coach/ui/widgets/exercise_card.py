"""One exercise as a card of the library: picture, name, what it is; all of it one painted button."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from coach.core.routine.exercise import Exercise
from coach.ui import icons, plain_text, theme
from coach.ui.tokens import FOCUS_WIDTH, RADIUS_CARD, STEP, Size, Tokens, Weight, mix
from coach.ui.widgets.buttons import paint_focus
from coach.ui.widgets.card import Tone, soft, text_colour
from coach.ui.widgets.lettering import fitted
from coach.ui.widgets.moving_figure import paint_still

PAD: Final = 4 * STEP
PICTURE: Final = 33 * STEP
"""The height of the picture."""

_NAME_LINES: Final = 2
_LINES: Final = 2
_ICON: Final = 14
_BY_KEYS: Final = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})
_ARROWS: Final = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class FaceChip(Struct, frozen=True):
    """A word on a pill."""

    text: str
    tone: Tone = Tone.ACTION
    icon: icons.Icon | None = None


class Face(Struct, frozen=True):
    """What a card shows; the texts may be foreign."""

    key: str
    exercise: Exercise
    name: str
    lines: tuple[str, ...]
    chips: tuple[FaceChip, ...]

    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join((self.name, *self.lines, *(chip.text for chip in self.chips)))


class Looked(Struct, frozen=True):
    """The pointer, or the keyboard, has come to a card or has left it."""

    key: str
    came: bool


class Pressed(Struct, frozen=True):
    """The person wants to see this exercise."""

    key: str


class _Words(Struct, frozen=True):
    """Lines of text at their place, from the top of what is below the picture."""

    y: float
    height: float
    lines: tuple[str, ...]
    size: int
    weight: int
    muted: bool


class _Pill(Struct, frozen=True):
    x: float
    y: float
    width: float
    height: float
    chip: FaceChip


class _Laid(Struct, frozen=True):
    """Where everything stands at one width."""

    width: int
    height: int
    words: tuple[_Words, ...]
    pills: tuple[_Pill, ...]


class ExerciseCard(QAbstractButton):
    """A card to press. Its picture is drawn when somebody asks for it, not before it can be seen."""

    looked = Signal(object)  # Looked
    opened = Signal(object)  # Pressed
    picture_wanted = Signal()

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = face
        self._laid: _Laid | None = None
        self._still: QPixmap | None = None
        self._still_key: tuple[int, float, str] | None = None
        self._covered = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setText(plain_text.for_button(face.name))
        self.setAccessibleName(plain_text.clean_name(face.spoken(), 400))
        self.clicked.connect(self._clicked)

    def on_looked(self, take: Callable[[Looked], object]) -> None:
        """Call `take` when pointer or keyboard come to the card or leave it."""
        self.looked.connect(take)

    def on_opened(self, take: Callable[[Pressed], object]) -> None:
        """Call `take` when the card is pressed, by whatever means."""
        self.opened.connect(take)

    def on_picture_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the card was painted and its picture was not there."""
        self.picture_wanted.connect(act)

    # -- the picture --------------------------------------------------------------------------------------------

    @property
    def picture(self) -> QRectF:
        """Where the picture is."""
        return QRectF(PAD, 3 * STEP, max(1, self.width() - 2 * PAD), PICTURE)

    @property
    def lacks_picture(self) -> bool:
        """Whether the picture has to be drawn, or drawn anew."""
        return self._still_key != self._wanted_key()

    def draw_picture(self) -> None:
        """Draw the picture; it is kept until the card has another size or other colours."""
        box, ratio = self.picture, self.devicePixelRatioF()
        self._still_key = self._wanted_key()
        self._still = QPixmap(box.size().toSize() * ratio)
        self._still.setDevicePixelRatio(ratio)
        self._still.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._still)
        room = QRectF(0, 0, box.width(), box.height())
        paint_still(painter, room, self.face.exercise, theme.tokens_of(self))
        painter.end()
        self.update(box.toAlignedRect())

    def cover_picture(self) -> None:
        """Leave the picture's place to something that stands above it."""
        self._covered = True
        self.update()

    def uncover_picture(self) -> None:
        """Show the picture again."""
        self._covered = False
        self.update()

    def _wanted_key(self) -> tuple[int, float, str]:
        return self.width(), self.devicePixelRatioF(), theme.tokens_of(self).scheme

    # -- geometry -----------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(width).height

    def sizeHint(self) -> QSize:
        return QSize(70 * STEP, self.heightForWidth(70 * STEP))

    def _laid_out(self, width: int) -> _Laid:
        if self._laid is None or self._laid.width != width:
            self._laid = _lay_out(self.face, width)
        return self._laid

    # -- the pointer and the keyboard ---------------------------------------------------------------------------

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.looked.emit(Looked(self.face.key, True))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.looked.emit(Looked(self.face.key, False))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEYS or theme.focus_visible(self):
            self.looked.emit(Looked(self.face.key, True))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.looked.emit(Looked(self.face.key, False))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()  # the grid moves among its cards; a button would go to whatever is next
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _clicked(self) -> None:
        self.opened.emit(Pressed(self.face.key))

    # -- painting -----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        self._paint_ground(painter, tokens)
        if not self._covered:
            self._paint_picture(painter)
        laid = self._laid_out(self.width())
        for words in laid.words:
            _paint_words(painter, words, tokens)
        for pill in laid.pills:
            _paint_pill(painter, pill, tokens)
        painter.end()

    def _paint_ground(self, painter: QPainter, tokens: Tokens) -> None:
        box = QRectF(self.rect())
        pointed, down = self.underMouse(), self.isDown()
        painter.setPen(QPen(QColor(mix(tokens.line, tokens.action, 0.6) if pointed else tokens.line), 1))
        painter.setBrush(QColor(mix(tokens.panel, tokens.action_soft, 0.6) if down else tokens.panel))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
        if theme.focus_visible(self):
            paint_focus(painter, box, RADIUS_CARD - FOCUS_WIDTH / 2, tokens)

    def _paint_picture(self, painter: QPainter) -> None:
        if self.lacks_picture:
            self.picture_wanted.emit()
        if self._still is not None and self._still_key is not None and self._still_key[0] == self.width():
            painter.drawPixmap(self.picture.topLeft(), self._still)


def _chip_font() -> QFont:
    return theme.font(Size.LABEL, Weight.STRONG)


def _lay_out(face: Face, width: int) -> _Laid:
    room = width - 2 * PAD
    y = float(3 * STEP + PICTURE + 2 * STEP)
    words: list[_Words] = []
    for text, size, weight, most, muted in (
        (face.name, Size.CUE, Weight.STRONG, _NAME_LINES, False),
        *((line, Size.BODY, Weight.NORMAL, _LINES, True) for line in face.lines),
    ):
        font = theme.font(size, weight)
        height = QFontMetricsF(font).height()
        lines = fitted(plain_text.clean_name(text), font, room, most)
        words.append(_Words(y, height, lines, size, weight, muted))
        y += height * len(lines) + (STEP if size == Size.CUE else STEP / 2)
    y += STEP * 1.5
    pills = _lay_pills(face.chips, room, y)
    if pills:
        y = pills[-1].y + pills[-1].height
    return _Laid(width, round(y + PAD), tuple(words), pills)


def _lay_pills(chips: tuple[FaceChip, ...], room: float, top: float) -> tuple[_Pill, ...]:
    metrics = QFontMetricsF(_chip_font())
    height = metrics.height() + 2 * STEP
    pills: list[_Pill] = []
    x, y = 0.0, top
    for chip in chips:
        wide = metrics.horizontalAdvance(plain_text.clean_name(chip.text)) + 5.5 * STEP
        wide = min(room, wide + (_ICON + STEP if chip.icon is not None else 0))
        if x and x + wide > room:
            x, y = 0.0, y + height + 1.5 * STEP
        pills.append(_Pill(PAD + x, y, wide, height, chip))
        x += wide + 1.5 * STEP
    return tuple(pills)


def _paint_words(painter: QPainter, words: _Words, tokens: Tokens) -> None:
    painter.setFont(theme.font(words.size, words.weight))
    painter.setPen(QColor(tokens.muted if words.muted else tokens.ink))
    base = words.y + QFontMetricsF(painter.font()).ascent()
    for number, line in enumerate(words.lines):
        painter.drawText(QPointF(PAD, base + number * words.height), line)


def _paint_pill(painter: QPainter, pill: _Pill, tokens: Tokens) -> None:
    box = QRectF(pill.x, pill.y, pill.width, pill.height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft(pill.chip.tone, tokens)))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    colour = text_colour(pill.chip.tone, tokens)
    text = box.adjusted(2.75 * STEP, 0, -2 * STEP, 0)
    if pill.chip.icon is not None:
        icons.paint(painter, pill.chip.icon, QRectF(text.x(), box.center().y() - _ICON / 2, _ICON, _ICON), colour)
        text.setLeft(text.x() + _ICON + STEP)
    painter.setFont(_chip_font())
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(painter.font()).elidedText(
        plain_text.clean_name(pill.chip.text), Qt.TextElideMode.ElideRight, text.width() + 1
    )
    painter.drawText(text, int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter), shown)
