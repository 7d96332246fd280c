"""The two lists of the editor, painted: the library to take from, and the sequence to order.

Exercises are dragged from the one into the other, items within the sequence; Enter, Delete and Alt with arrows do the
same. Pictures are drawn one at a time when they can be seen, so that sixty of them keep nobody waiting.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coach.core.routine.exercise import Exercise
from coach.ui import a11y, icons, plain_text, theme
from coach.ui.icons import Icon
from coach.ui.tokens import FOCUS_WIDTH, RADIUS_BUTTON, RADIUS_CARD, STEP, TARGET, Size, Tokens, Weight, mix
from coach.ui.widgets.buttons import paint_focus
from coach.ui.widgets.card import Tone, soft, text_colour
from coach.ui.widgets.lettering import fitted
from coach.ui.widgets.moving_figure import paint_still
from coach.words.translate import tr

Index = QModelIndex | QPersistentModelIndex
EXERCISE: Final = "application/x-rehab-exercise"
ITEM: Final = "application/x-rehab-item"
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_KEPT: Final = 400
_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Line:
    """What one row shows; the texts may be foreign."""

    key: str
    exercise: Exercise | None
    name: str
    text: str
    chip: str = ""
    wrong: bool = False

    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join(part for part in (self.name, self.text, self.chip) if part)


@dataclass(frozen=True, slots=True)
class Taken:
    """The person wants this exercise in the sequence: where, or behind what is worked on."""

    key: str
    to: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The person moved an item."""

    index: int
    to: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The person works on another item."""

    index: int | None


class Pictures(QObject):
    """Small pictures of exercises, each drawn once, one at a time; `drawn` tells that there is a new one."""

    drawn = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: dict[object, QPixmap] = {}
        self._waiting: dict[object, Callable[[], QPixmap]] = {}
        self._draw = QTimer(self, singleShot=True, interval=0)
        self._draw.timeout.connect(self._draw_one)

    def of(self, exercise: Exercise, size: QSize, ratio: float, tokens: Tokens) -> QPixmap | None:
        """The picture, or None and it will be drawn soon."""
        drawn = exercise.id, id(exercise.figure), size.width(), size.height(), ratio, tokens.scheme
        key = (*drawn, *theme.figure_wears())
        found = self._kept.get(key)
        if found is None:
            self._waiting[key] = lambda: _drawn(exercise, size, ratio, tokens)
            self._draw.start()
        return found

    def _draw_one(self) -> None:
        if not self._waiting:
            return
        key = next(iter(self._waiting))
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[key] = self._waiting.pop(key)()
        self.drawn.emit()
        if self._waiting:
            self._draw.start()


def _drawn(exercise: Exercise, size: QSize, ratio: float, tokens: Tokens) -> QPixmap:
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_still(painter, QRectF(0, 0, size.width(), size.height()), exercise, tokens)
    painter.end()
    return made


class Lines(QAbstractListModel):
    """The rows of a list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these rows; where there are as many as before only what is new is painted."""
        before, self.lines = self.lines, lines
        if len(before) != len(lines):
            self.lines = before
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
            return
        for row, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain_text.clean_name(line.name, _NAME)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return plain_text.clean_name(line.spoken(), 400)
        return None


class EditorList(QListView):
    """What both lists have in common: look, keyboard, pictures."""

    def __init__(self, name: str, pictures: Pictures) -> None:
        super().__init__()
        self.rows = Lines(self)
        self.setModel(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(6 * STEP)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._pictures = pictures
        pictures.drawn.connect(self.viewport().update)
        a11y.name(self, name)

    @property
    def chosen(self) -> int | None:
        """The row that the keyboard is at."""
        row = self.currentIndex().row()
        return row if row >= 0 else None

    def point_at(self, row: int | None) -> None:
        """Let the keyboard be at this row, without telling anybody."""
        index = self.rows.index(row) if row is not None else QModelIndex()
        if self.currentIndex().row() != index.row():
            blocked = self.selectionModel().blockSignals(True)
            self.setCurrentIndex(index)
            self.selectionModel().blockSignals(blocked)
            self.viewport().update()
        if index.isValid():
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _drag(self, kind: str, text: str, row: int) -> None:
        mime = QMimeData()
        mime.setData(kind, text.encode())
        drag = QDrag(self)
        drag.setMimeData(mime)
        box = self.visualRect(self.rows.index(row))
        drag.setPixmap(self.viewport().grab(box))
        drag.setHotSpot(QPoint(6 * STEP, box.height() // 2))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)


# -- the library ------------------------------------------------------------------------------------------------

_SHELF_HIGH: Final = 66
_SHELF_PICTURE: Final = QSize(60, 40)
_PLUS: Final = 20


class _ShelfPainter(QStyledItemDelegate):
    """An exercise of the library: picture, name, muscles, a plus."""

    def __init__(self, view: "Shelf", pictures: Pictures) -> None:
        super().__init__(view)
        self._view = view
        self._pictures = pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(20 * STEP, _SHELF_HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.rows.lines[index.row()]
        tokens = theme.tokens_of(self._view)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointed = bool(option.state & QStyle.StateFlag.State_MouseOver)
        here = bool(option.state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if pointed or here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.action_soft if here else mix(tokens.panel, tokens.action_soft, 0.5)))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -2), RADIUS_BUTTON, RADIUS_BUTTON)
        if here:
            paint_focus(painter, box.adjusted(0, 1, 0, -2), RADIUS_BUTTON, tokens)
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), QColor(tokens.line))
        picture = QRectF(box.x(), box.y() + 13, _SHELF_PICTURE.width(), _SHELF_PICTURE.height())
        _paint_picture(painter, self._pictures, line, picture, self._view, tokens)
        left = picture.right() + 2 * STEP
        room = box.right() - left - _PLUS - 1.5 * STEP
        _paint_lines(painter, QRectF(left, box.y(), room, box.height()), line, tokens, two_of_name=True)
        sign = QRectF(box.right() - _PLUS - STEP, box.center().y() - _PLUS / 2, _PLUS, _PLUS)
        icons.paint(painter, Icon.PLUS, sign, tokens.action)
        painter.restore()


class Shelf(EditorList):
    """The library, to take exercises from."""

    taken = Signal(object)  # Taken
    removed = Signal(object)  # Taken

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(tr("Exercises to add"), pictures)
        self.setAccessibleDescription(tr("Enter adds one behind the exercise that is worked on."))
        self.setItemDelegate(_ShelfPainter(self, pictures))
        self.setDragEnabled(True)
        self.doubleClicked.connect(self._take)

    def on_taken(self, take: Callable[[Taken], object]) -> None:
        """Call `take` with an exercise that the person wants in the sequence."""
        self.taken.connect(take)

    def on_removed(self, take: Callable[[Taken], object]) -> None:
        """Call `take` with an exercise that the person wants out of the file."""
        self.removed.connect(take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            self._take(index)
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            self.removed.emit(Taken(self.rows.lines[index.row()].key))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plus = self.visualRect(index).right() - TARGET
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and event.position().x() >= plus:
            self._take(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.position().x() >= self.visualRect(index).right() - TARGET:
            event.accept()  # two presses of the plus are two, and were taken already
            return
        super().mouseDoubleClickEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        row = self.currentIndex().row()
        if row >= 0:
            self._drag(EXERCISE, self.rows.lines[row].key, row)

    def _take(self, index: QModelIndex) -> None:
        self.taken.emit(Taken(self.rows.lines[index.row()].key))


# -- the sequence -----------------------------------------------------------------------------------------------

_CARD_HIGH: Final = 82
_CARD_GAP: Final = 10
_CARD_PICTURE: Final = QSize(76, 50)
_GRIP: Final = 20
_NARROW: Final = 330
"""On a narrower card a chip would leave its words no room."""
_FOOT: Final = 60


class _CardPainter(QStyledItemDelegate):
    """An item of the sequence as a card: a grip, picture, name, dose, sides."""

    def __init__(self, view: "Sequence", pictures: Pictures) -> None:
        super().__init__(view)
        self._view = view
        self._pictures = pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40 * STEP, _CARD_HIGH + _CARD_GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.rows.lines[index.row()]
        tokens = theme.tokens_of(self._view)
        box = QRectF(option.rect).adjusted(1, 1, -1, -_CARD_GAP)
        chosen = index.row() == self._view.currentIndex().row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, tokens, chosen=chosen)
        pointed = bool(option.state & QStyle.StateFlag.State_MouseOver)
        grip = QRectF(box.x() + 3 * STEP, box.center().y() - _GRIP / 2, _GRIP, _GRIP)
        icons.paint(painter, Icon.GRIP, grip, tokens.action if pointed else tokens.muted)
        high = _CARD_PICTURE.height()
        picture = QRectF(grip.right() + 2 * STEP, box.center().y() - high / 2, _CARD_PICTURE.width(), high)
        _paint_picture(painter, self._pictures, line, picture, self._view, tokens)
        left = picture.right() + 3 * STEP
        if box.width() < _NARROW and not line.wrong:
            line = replace(line, text=" · ".join(part for part in (line.text, line.chip) if part), chip="")
        right = _paint_chip(painter, line, box, left, tokens)
        room = QRectF(left, box.y(), right - left, box.height())
        _paint_lines(painter, room, line, tokens, two_of_name=False)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, tokens: Tokens, *, chosen: bool) -> None:
        focused = chosen and self._view.hasFocus()
        width = FOCUS_WIDTH if chosen else 1
        painter.setPen(QPen(QColor(tokens.action if chosen else tokens.line), width))
        painter.setBrush(QColor(mix(tokens.panel, tokens.action_soft, 0.6) if focused else tokens.panel))
        half = width / 2
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), RADIUS_CARD - 2, RADIUS_CARD - 2)


class Sequence(EditorList):
    """The items in their order."""

    chose = Signal(object)  # Chosen
    moved = Signal(object)  # Moved
    dropped = Signal(object)  # Taken
    step = Signal(int)
    remove_wanted = Signal()
    duplicate_wanted = Signal()
    opened = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(tr("The sequence"), pictures)
        self.setAccessibleDescription(
            tr("Alt with Up or Down moves one, Delete removes it, Ctrl+D doubles it, Enter goes to its numbers.")
        )
        self.setItemDelegate(_CardPainter(self, pictures))
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setViewportMargins(0, 0, 0, 0)
        self._line: int | None = None
        self.selectionModel().currentChanged.connect(self._current)
        self.doubleClicked.connect(self._opened)

    def on_chose(self, take: Callable[[Chosen], object]) -> None:
        """Call `take` with the item that the person works on now."""
        self.chose.connect(take)

    def on_moved(self, take: Callable[[Moved], object]) -> None:
        """Call `take` when an item was dragged to another place."""
        self.moved.connect(take)

    def on_dropped(self, take: Callable[[Taken], object]) -> None:
        """Call `take` when an exercise of the library was dropped somewhere."""
        self.dropped.connect(take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        key = event.key()
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif ctrl and key == Qt.Key.Key_D:
            self.duplicate_wanted.emit()
        elif key in _ENTER:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _current(self, now: QModelIndex, before: QModelIndex) -> None:
        del before
        self.chose.emit(Chosen(now.row() if now.isValid() else None))
        self.viewport().update()

    def _opened(self, index: QModelIndex) -> None:
        del index
        self.opened.emit()

    # Dragging

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        row = self.currentIndex().row()
        if row >= 0:
            self._drag(ITEM, str(row), row)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._accept(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._accept(event)
        super().dragMoveEvent(event)  # scrolls near the ends
        self._accept(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_line(None)

    def dropEvent(self, event: QDropEvent) -> None:
        to = self.gap_at(event.position().toPoint())
        mime = event.mimeData()
        self._show_line(None)
        if mime.hasFormat(EXERCISE):
            event.acceptProposedAction()
            self.dropped.emit(Taken(bytes(mime.data(EXERCISE).data()).decode(), to))
        elif mime.hasFormat(ITEM):
            event.acceptProposedAction()
            index = int(bytes(mime.data(ITEM).data()))
            self.moved.emit(Moved(index, to - 1 if to > index else to))

    def gap_at(self, point: QPoint) -> int:
        """Before which item something would be put that is dropped here."""
        for row in range(len(self.rows.lines)):
            if point.y() < self.visualRect(self.rows.index(row)).center().y():
                return row
        return len(self.rows.lines)

    def _accept(self, event: QDragMoveEvent) -> None:
        mime = event.mimeData()
        if mime.hasFormat(EXERCISE) or mime.hasFormat(ITEM):
            event.acceptProposedAction()
            self._show_line(self.gap_at(event.position().toPoint()))
        else:
            event.ignore()

    def _show_line(self, row: int | None) -> None:
        if row != self._line:
            self._line = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        count = len(self.rows.lines)
        last = self.visualRect(self.rows.index(count - 1)) if count else QRect(0, 0, self.viewport().width(), 0)
        foot = QRectF(0, last.bottom() + 1, self.viewport().width(), _FOOT)
        painter.setFont(theme.font(Size.BODY))
        painter.setPen(QColor(tokens.muted))
        text = tr("Drop an exercise here")
        if not count:
            text = tr("Drop an exercise here, or press Enter on one in the library")
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), text)
        if self._line is not None:
            inside = self._line < count
            y = self.visualRect(self.rows.index(self._line)).top() if inside else last.bottom() + 1
            y = max(2, y - _CARD_GAP // 2)
            painter.setPen(QPen(QColor(tokens.action), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(6, y), QPointF(self.viewport().width() - 6, y))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.viewport().update()


# -- painting ---------------------------------------------------------------------------------------------------


def _paint_picture(
    painter: QPainter, pictures: Pictures, line: Line, box: QRectF, view: EditorList, tokens: Tokens
) -> None:
    if line.exercise is None or line.exercise.figure is None:
        icons.paint(painter, Icon.PERSON, QRectF(box.center().x() - 12, box.center().y() - 12, 24, 24), tokens.muted)
        return
    found = pictures.of(line.exercise, box.size().toSize(), view.devicePixelRatioF(), tokens)
    if found is not None:
        painter.drawPixmap(box.topLeft(), found)


def _paint_lines(painter: QPainter, room: QRectF, line: Line, tokens: Tokens, *, two_of_name: bool) -> None:
    """Name and text below each other, in the middle of the height."""
    name, text = theme.font(Size.BODY, Weight.STRONG), theme.font(Size.LABEL if two_of_name else Size.BODY)
    names = fitted(plain_text.clean_name(line.name, _NAME), name, room.width(), 2)
    texts = fewer(plain_text.clean_name(line.text, 200), text, room.width(), 1 if len(names) > 1 else 2)
    high, small = QFontMetricsF(name), QFontMetricsF(text)
    y = room.center().y() - (len(names) * high.height() + (len(texts) * small.height() if line.text else 0)) / 2
    painter.setFont(name)
    painter.setPen(QColor(tokens.ink))
    for one in names:
        painter.drawText(QPointF(room.x(), y + high.ascent()), one)
        y += high.height()
    painter.setFont(text)
    painter.setPen(QColor(tokens.red_text if line.wrong else tokens.muted))
    for one in texts if line.text else ():
        painter.drawText(QPointF(room.x(), y + small.ascent()), one)
        y += small.height()


def fewer(text: str, font: QFont, width: float, most: int) -> tuple[str, ...]:
    """As `fitted`; of several things those that have room stand whole, rather than all of them cut off."""
    lines = fitted(text, font, width, most)
    while "".join(lines).endswith("…") and (some := text.rpartition(", ")[0]):
        text, lines = some, fitted(some, font, width, most)
    return lines


def _paint_chip(painter: QPainter, line: Line, box: QRectF, left: float, tokens: Tokens) -> float:
    """The chip at the right of a card; where what stands left of it must end."""
    edge = box.right() - 3 * STEP
    if not line.chip:
        return edge
    tone = Tone.RED if line.wrong else Tone.ACTION
    font = theme.font(Size.LABEL, Weight.STRONG)
    metrics = QFontMetricsF(font)
    wide = min(metrics.horizontalAdvance(line.chip) + 5 * STEP, (box.right() - left) * 0.45)
    high = metrics.height() + 2 * STEP
    pill = QRectF(edge - wide, box.center().y() - high / 2, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft(tone, tokens)))
    painter.drawRoundedRect(pill, high / 2, high / 2)
    painter.setFont(font)
    painter.setPen(QColor(text_colour(tone, tokens)))
    shown = metrics.elidedText(line.chip, Qt.TextElideMode.ElideRight, wide - 4 * STEP + 1)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
    return pill.left() - 2 * STEP
