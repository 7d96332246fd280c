"""One question in the middle of the window, large, for the mat: the page that all of them share."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.ui import a11y, plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import Scroll
from coach.ui.tokens import FLOOR_SCALE, STEP, Size
from coach.ui.widgets.buttons import Button
from coach.ui.widgets.notice import Notice
from coach.ui.widgets.pain_scale import MarkSize, PainScale

_WIDTH = 1000
_ROOMY, _LOW_SCALE = 760, 1.3
_LARGER = {MarkSize.NORMAL: MarkSize.LARGE, MarkSize.LARGE: MarkSize.FLOOR}


class Leaf(Scroll):
    """Is leafed through by the keys of the page."""

    def turn(self, pages: int) -> None:
        """Scroll by so many pages."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the keys are the page's


class Question(QWidget):
    """One question in the middle of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._floor = False
        self.notice = Notice(parent=self)
        self.title = plain_text.label("", Role.EXERCISE)
        self.title.setWordWrap(True)
        self.sub = plain_text.label("", Role.CUE)
        self.column = QVBoxLayout()
        self.column.setSpacing(5 * STEP)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.title)
        self.column.addWidget(self.sub)
        self._middle = middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        middle.setLayout(self.column)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 20)
        across.addStretch(1)
        body = QVBoxLayout()
        body.setContentsMargins(34, 22, 34, 22)
        body.addStretch(2)
        body.addLayout(across)
        body.addStretch(3)
        self.area = Leaf(body)
        """Where the question scrolls if it is taller than the window."""
        self.turns: Leaf = self.area
        """What the page keys scroll."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def ask(self, title: str, sub: str) -> None:
        """Show the question; a screen reader hears it."""
        plain_text.show(self.title, title)
        plain_text.show(self.sub, sub)
        self.sub.setVisible(bool(sub))
        a11y.interrupt(self, f"{title} {sub}")

    marks = MarkSize.LARGE
    """How large the numbers are, but for floor mode."""
    type_size = Size.BODY
    """How large the buttons are, but for floor mode."""

    def show_floor(self, *, floor: bool) -> None:
        """Be large enough for four metres, or for the desk again."""
        self._floor = floor
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._floor:
            self._fit()

    def _fit(self) -> None:
        """What must be decided has to be seen without scrolling: a low screen gets smaller steps."""
        roomy = self.height() >= _ROOMY
        scale = (FLOOR_SCALE if roomy else _LOW_SCALE) if self._floor else 1.0
        self._middle.setMaximumWidth(round(_WIDTH * scale))
        plain_text.set_role(self.title, Role.EXERCISE, scale)
        plain_text.set_role(self.sub, Role.CUE, scale)
        for pain in self.findChildren(PainScale):
            pain.show_size(_LARGER[self.marks] if self._floor and roomy else self.marks)
        for button in self.findChildren(Button):
            if not self.notice.isAncestorOf(button):
                button.set_type_size(self.type_size * scale)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_focused(self, event):
            return
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turns.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def row(self, *buttons: Button) -> None:
        """Put buttons side by side, from the left."""
        line = QHBoxLayout()
        line.setSpacing(3 * STEP)
        for button in buttons:
            line.addWidget(button)
        line.addStretch()
        self.column.addLayout(line)


def press_focused(page: QWidget, event: QKeyEvent) -> bool:
    """Let Enter press the button that has the keyboard; False if it was another key, or none has it."""
    focused = page.focusWidget()
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(focused, Button):
        return False
    if not focused.hasFocus():
        return False
    focused.click()
    return True
