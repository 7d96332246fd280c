"""What leads through the whole window, on a real log, and a person who has nothing but a keyboard."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coach.store.journal import Log
from coach.ui.presenters.desk import Desk
from coach.ui.screens.full_window import FullWindow
from coach.ui.widgets.buttons import Button
from tests.ui.fakes import World

Window = TypeVar("Window", bound=FullWindow)


class FullStage:
    """The player or the tester; the clock is the test's."""

    def __init__(self, world: World, desk: Desk) -> None:
        self.world = world
        self.desk = desk
        self.left: list[object] = []
        self.window: FullWindow

    def show(self, qtbot: QtBot, window: Window) -> Window:
        """Show it, with the keyboard in it."""
        window.on_left(self.left.append)
        qtbot.addWidget(window)
        window.resize(1200, 800)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        self.window = window
        return window

    # -- doing --

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys where the keyboard is."""
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None, "nothing has the keyboard"
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)

    def pass_time(self, seconds: float, step_s: float = 0.25) -> None:
        """Let the clock run, and the timer fire as it would."""
        for _ in range(round(seconds / step_s)):
            self.world.clock.advance(step_s)
            self.fire()

    def fire(self) -> None:
        """The timer comes, if one is running."""
        leading = self.window._leading()
        if leading is not None and leading._timer.isActive():
            leading._timer.timeout.emit()

    # -- looking --

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        shown = self.window._pages.currentWidget()
        assert shown is not None
        return shown

    def on(self, kind: type[QWidget]) -> bool:
        """Whether this is the page that is shown."""
        return isinstance(self.page, kind)

    def named(self, text: str) -> Button:
        """A shown button of the page by what it says."""
        return next(one for one in self.page.findChildren(Button) if one.isVisible() and one.text() == text)

    def log(self) -> Log:
        """The log as it is now."""
        return self.desk.reading()
