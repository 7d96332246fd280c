"""The first start: a few calm pages that ask what the coach must know, and no more."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from coach.core.clinical.red_flags import Tier
from coach.ui.presenters.desk import Desk
from coach.ui.screens.choices import Dots
from coach.ui.screens.first_run_steps import WIDTH, FirstRoutine, Hip, RedFlags, SoundCheck, Step, Welcome
from coach.ui.screens.page import SIDE, TOP, keys_in_use, move_keyboard
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.words.translate import tr


@dataclass(frozen=True, slots=True)
class Finished:
    """The person went through every page."""


class FirstRun(QWidget):
    """The whole window, until it is done."""

    finished = Signal(object)  # Finished

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._by_keys = False
        self._pages: tuple[Step, ...] = (
            Welcome(desk),
            Hip(desk),
            *(RedFlags(desk, tier) for tier in Tier),
            SoundCheck(desk),
            FirstRoutine(desk),
        )
        self._dots = Dots(len(self._pages))
        self._back = Button(tr("Back"), Kind.GHOST)
        self._skip = Button(tr("Skip this page"), Kind.QUIET)
        self._next = Button(tr("Next"), Kind.PRIMARY, hint=RETURN)
        self._stack = QStackedLayout()
        self._lay_out()  # first, or the pages would have no parent and show themselves as windows
        for page in self._pages:
            self._stack.addWidget(page)
        self._back.on_pressed(self.go_back)
        self._skip.on_pressed(self.skip_to_next)
        self._next.on_pressed(self._go_on)
        self._show(0)

    def on_finished(self, take: Callable[[Finished], object]) -> None:
        """Call `take` when the person is done."""
        self.finished.connect(take)

    @property
    def page(self) -> Step:
        """The page that is shown."""
        return self._pages[self._stack.currentIndex()]

    def refresh(self) -> None:
        """Show everything anew: there is nothing here that changes from outside."""

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, TOP, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._dots, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._stack, 1)
        foot = QWidget()
        foot.setMaximumWidth(WIDTH + 2 * SIDE)
        line = QHBoxLayout(foot)
        line.setContentsMargins(SIDE, GAP, SIDE, TOP)
        line.setSpacing(2 * STEP)
        line.addWidget(self._back)
        line.addStretch()
        line.addWidget(self._skip)
        line.addWidget(self._next)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(foot, 1000)
        across.addStretch(1)
        column.addLayout(across)

    # -- getting around -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        self._by_keys = True
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        else:
            self._go_on()
        self._by_keys = False

    def _go_on(self) -> None:
        if self.page.complete():
            self.skip_to_next()

    def skip_to_next(self) -> None:
        """Go to the next page without keeping what this one asks."""
        at = self._stack.currentIndex() + 1
        if at < len(self._pages):
            self._show(at)
            return
        self.page.leave()
        self._finish()

    def go_back(self) -> None:
        """Go to the page before."""
        self._show(max(0, self._stack.currentIndex() - 1))

    def _show(self, at: int) -> None:
        before, seen = self._stack.currentIndex(), self._by_keys or keys_in_use(self)
        if before != at:
            self._pages[before].leave()
        self._stack.setCurrentIndex(at)
        self._dots.show_at(at)
        page = self._pages[at]
        last = at == len(self._pages) - 1
        self._back.setVisible(at > 0)
        self._skip.setVisible(page.skippable and not last)
        self._next.show_text(_next_word(at, last=last), hint=RETURN)
        page.enter()
        wanted = page.first_focus()
        move_keyboard(wanted or self._next, seen=seen)
        self._chain(page)

    def _chain(self, page: Step) -> None:
        """Tab goes through the page, then Next, Skip, Back."""
        inside = [one for one in page.findChildren(QAbstractButton) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        order = [*map(_whole, inside), self._next, self._skip, self._back]
        page.set_tab_chain(*order)

    def _finish(self) -> None:
        self._desk.choose(set_up=True)
        self.finished.emit(Finished())


def _whole(stop: QWidget) -> QWidget:
    """What Tab knows a stop by: a chart stands for the one of its places that has the keyboard."""
    parent = stop.parentWidget()
    return parent if parent is not None and parent.focusProxy() is stop else stop


def _next_word(at: int, *, last: bool) -> str:
    if at == 0:
        return tr("Begin")
    return tr("Done") if last else tr("Next")
