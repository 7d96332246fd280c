"""The frame of every screen: title, a line below it, actions at its right, a notice, and a body that scrolls."""

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coach.ui import plain_text, theme
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Failure
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.notice import Notice, NoticeKind
from coach.words.failures import failure

SIDE: Final = 30
"""Left and right of what a page shows."""

TOP: Final = 26
WIDEST: Final = 1180
"""A wider window makes the margins wider and not the lines longer."""


class Page(QWidget):
    """One screen. Its cards go into `body`, its buttons into `buttons`; `notice` stays above the body."""

    LEAST_TITLE: ClassVar = 200
    """With less room beside its buttons the title stands above them."""

    def __init__(self, title: str, sub: str = "", parent: QWidget | None = None, *, widest: int = WIDEST) -> None:
        super().__init__(parent)
        self._widest = widest
        self._cover: QWidget | None = None
        self._title = wrapped("", Role.TITLE)
        self._sub = plain_text.label("", Role.MUTED)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(2 * STEP)
        self.notice = Notice()
        # A narrow one needs more lines than its size hint knows of.
        self.notice.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.bars = QVBoxLayout()
        """Below the notice, for more that must be seen wherever one has scrolled to."""
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP)
        self._frame = QVBoxLayout(self)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self._frame.setSpacing(0)
        self._head = self._made_head()
        self._frame.addWidget(self._head)
        self._scroll = Scroll(self.body)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._fit)
        self._frame.addWidget(self._scroll, 1)
        self.show_title(title)
        self.show_sub(sub)

    def _made_head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(SIDE, TOP, SIDE, GAP)
        column.setSpacing(3 * STEP)
        words = QVBoxLayout()
        words.setSpacing(STEP)
        words.addWidget(self._title)
        words.addWidget(self._sub)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(GAP)
        self._line.addLayout(words, 1)
        self._line.addLayout(self.buttons)
        column.addLayout(self._line)
        column.addWidget(self.notice)
        column.addLayout(self.bars)
        return head

    def show_title(self, text: str) -> None:
        """Show the title, on one line if there is room."""
        plain_text.show(self._title, breakable(plain_text.clean_name(text)))
        self.setAccessibleName(plain_text.clean_name(text))

    def show_sub(self, text: str) -> None:
        """Show the line below the title; nothing takes no room."""
        plain_text.show(self._sub, text)
        self._sub.setVisible(bool(text))

    def show_failure(self, failed: Failure) -> None:
        """Say what could not be done; only the page that is seen says it."""
        if self.isVisible():
            self.notice.show_notice(NoticeKind.PROBLEM, failure(failed.error))

    def arrive(self) -> None:
        """Put the keyboard where it is wanted first: the person came here by the rail or by its key."""

    def depart(self) -> None:
        """The person goes elsewhere by the rail or by its key: keep what must not be lost, before anything is shown."""
        if isinstance(self._cover, Page):
            self._cover.depart()

    def cover(self, page: QWidget, focus: Callable[[], object]) -> None:
        """Show another page in place of this one, until `uncover`; `focus` puts the keyboard somewhere on it."""
        seen = keys_in_use(self)
        self._head.hide()
        self._scroll.hide()
        self._frame.addWidget(page, 1)
        self._cover = page
        page.show()
        focus()
        _show_keyboard(seen=seen)

    def uncover(self, page: QWidget, focus: Callable[[], object]) -> None:
        """Take away what covers this page; `focus` puts the keyboard back."""
        seen = keys_in_use(self)
        self._frame.removeWidget(page)
        self._cover = None
        page.hide()
        page.deleteLater()
        self._head.show()
        self._scroll.show()
        focus()
        _show_keyboard(seen=seen)

    def set_tab_chain(self, *widgets: QWidget) -> None:
        """Let Tab go through these in this order."""
        for before, after in pairwise(widgets):
            QWidget.setTabOrder(before, after)

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self._scroll.verticalScrollBar().setValue(0)

    def to(self, widget: QWidget) -> None:
        """Scroll until `widget` is seen."""
        self._scroll.ensureWidgetVisible(widget, 0, GAP)

    @property
    def column_width(self) -> int:
        """How wide the body is, between its margins."""
        return min(self.width() - 2 * SIDE, self._widest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard; page keys scroll wherever the keyboard is."""
        bar = self._scroll.verticalScrollBar()
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
            return
        if event.key() == Qt.Key.Key_PageDown:
            bar.setValue(bar.value() + bar.pageStep())
        elif event.key() == Qt.Key.Key_PageUp:
            bar.setValue(bar.value() - bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Keep head and body as wide as each other, also when the scroll bar comes and goes."""
        side = max(SIDE, (self.width() - self.column_width) // 2)
        bar = self._scroll.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0
        head = self._head.layout()
        if head is not None:
            self._fit_buttons()
            head.setContentsMargins(side, TOP, side, GAP)
        self.body.setContentsMargins(side, 0, max(0, side - taken), TOP)

    def _fit_buttons(self) -> None:
        """Put the buttons below the title where they would leave it no room."""
        beside = self.column_width - self.buttons.sizeHint().width() - GAP >= self.LEAST_TITLE
        across = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() is not across:
            self._line.setDirection(across)
            self._line.setAlignment(self.buttons, Qt.AlignmentFlag(0) if beside else Qt.AlignmentFlag.AlignLeft)


def keys_in_use(widget: QWidget) -> bool:
    """Whether the person gets around by the keyboard. Ask before anything is hidden: Qt forgets it then."""
    return widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def move_keyboard(widget: QWidget, *, seen: bool | None = None) -> None:
    """Put the keyboard on `widget`; it is seen there if it was seen before."""
    if keys_in_use(widget) if seen is None else seen:
        theme.focus_by_keys(widget)
    else:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)


def reveal(widget: QWidget) -> None:
    """Scroll until `widget` is seen, once the layout has given it its place."""
    QTimer.singleShot(0, widget, partial(_reveal, widget))


def _reveal(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget, 0, GAP)


def _show_keyboard(*, seen: bool) -> None:
    focused = QApplication.focusWidget()
    if seen and isinstance(focused, QWidget):
        theme.focus_by_keys(focused)


class Scroll(QScrollArea):
    """A body that scrolls up and down, never sideways; no tab stop of its own."""

    def __init__(self, body: QLayout) -> None:
        super().__init__()
        inner = QWidget()
        inner.setLayout(body)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Flow(QLayout):
    """Lays out what it holds like words: side by side, and on the next line where there is no more room."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's names, here and below
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        super().setGeometry(rect)
        self._place(rect, moves=True)

    def sizeHint(self) -> QSize:
        """All on one line; the height for less is `heightForWidth`."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        size = QSize()
        for item in self._items:
            widget = item.widget()
            # A chip is as wide as its word, and shorter where there is no room: its own least width counts.
            size = size.expandedTo(item.minimumSize() if widget is None else widget.minimumSizeHint())
        return size

    def _place(self, rect: QRect, *, moves: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), rect.width())
            if x > rect.x() and x + width > rect.right() + 1:
                x, y, row = rect.x(), y + row + self._gap, 0
            if moves:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, hint.height())))
            x += width + self._gap
            row = max(row, hint.height())
        return y + row - rect.y()


def flow(*widgets: QWidget, gap: int = 6) -> QWidget:
    """Stand widgets side by side, on as many lines as they need."""
    made = QWidget()
    line = Flow(made, gap=gap)
    for widget in widgets:
        line.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


_LONGEST_WORD: Final = 30
_BREAK: Final = "\u200b"


def wrapped(text: str, role: Role) -> QLabel:
    """Make a label for text that may need several lines, whatever its role, and may hold words of any length."""
    made = plain_text.label(breakable(text), role)
    made.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def breakable(text: str, longest: int = _LONGEST_WORD) -> str:
    """The text with places to break, unseen, in words that are longer than some line may be."""
    if len(text) <= longest:
        return text
    return re.sub(rf"\S{{{longest}}}(?=\S)", lambda found: found.group() + _BREAK, text)


class Across(QWidget):
    """Parts side by side where there is room for all of them, else one below the other."""

    def __init__(self, *parts: QWidget, gap: int = GAP) -> None:
        super().__init__()
        self._parts = parts
        self._gap = gap
        self._least = 0
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gap)
        for part in parts:
            self._line.addWidget(part, 1)

    def beside_from(self, width: int) -> None:
        """Put them side by side only where there is at least so much room, whatever they need."""
        self._least = width
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        needed = sum(part.minimumSizeHint().width() for part in self._parts) + self._gap * (len(self._parts) - 1)
        beside = max(needed, self._least) <= self.width()
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(widest, super().minimumSizeHint().height())


class Columns(QWidget):
    """Cards side by side: as many equal columns as there is room for, each at least `least` wide."""

    def __init__(self, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._cards: tuple[QWidget, ...] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)

    def show_cards(self, *cards: QWidget) -> None:
        """Show these cards and no others."""
        clear(self._grid)
        self._cards = cards
        self._place(self._fitting(self.width()))

    def keep_cards(self, *cards: QWidget) -> None:
        """As `show_cards`, for cards that will be shown again: what is not among them is hidden, not thrown away."""
        for card in self._cards:
            self._grid.removeWidget(card)
            card.setVisible(card in cards)
        self._cards = cards
        self._place(self._fitting(self.width()))
        for card in cards:
            card.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self._fitting(self.width())
        if columns != self._columns:
            self._place(columns)

    def minimumSizeHint(self) -> QSize:
        widest = max((card.minimumSizeHint().width() for card in self._cards), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def _fitting(self, width: int) -> int:
        return max(1, (width + GAP) // (self._least + GAP))

    def _place(self, columns: int) -> None:
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, for a screen that shows anew."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
