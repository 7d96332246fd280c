"""Walks over a screen and finds what would stop a person: no name, too small, not reached by Tab, cut off, markup."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coach.ui.tokens import TARGET
from coach.ui.widgets.card import Chip
from coach.words import translate

Screen = TypeVar("Screen", bound=QWidget)
INTERACTIVE = (QAbstractButton, QComboBox, QAbstractSlider, QLineEdit)
_TALLEST = 16_000


def opened(qtbot: QtBot, screen: Screen, width: int = 1004, height: int = 800) -> Screen:
    """Show a screen and wait until it has the keyboard; it is closed with its test."""
    qtbot.addWidget(screen)
    screen.resize(width, height)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def described(widget: QWidget) -> str:
    """Say which widget it is, for the message of a failed test."""
    text = widget.property("text") or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__}({str(text)[:60]!r})"


def seen(root: QWidget) -> Iterator[QWidget]:
    """Yield every widget that is shown."""
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and not isinstance(widget, QScrollBar):
            yield widget


def focusable(root: QWidget) -> list[QWidget]:
    """Every widget that Tab should reach: shown, enabled, and a stop of its own; of radio buttons only one."""
    return [
        widget
        for widget in seen(root)
        if widget.isEnabledTo(root)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not _left_to_the_arrows(widget)
    ]


def _left_to_the_arrows(widget: QWidget) -> bool:
    """Whether this is a radio button that the arrow keys reach from its checked neighbour."""
    if not isinstance(widget, QAbstractButton) or not widget.autoExclusive() or widget.isChecked():
        return False
    parent = widget.parentWidget()
    assert parent is not None
    group = [one for one in parent.findChildren(type(widget)) if one.parentWidget() is parent]
    return any(one.isChecked() for one in group) or group[:1] != [widget]


def nameless(root: QWidget) -> list[str]:
    """Every focusable widget that a screen reader could not name."""
    return [described(widget) for widget in focusable(root) if not spoken_name(widget).strip()]


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls the widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def too_small(root: QWidget) -> list[str]:
    """Every control that is less than a finger high or wide."""
    return [
        f"{described(widget)} {widget.width()}x{widget.height()}"
        for widget in seen(root)
        if isinstance(widget, INTERACTIVE)
        and min(widget.width(), widget.height()) < TARGET
        and not isinstance(widget.parentWidget(), QComboBox)
    ]


def focused() -> QWidget | None:
    """What has the keyboard."""
    return QApplication.focusWidget()


def tabbed(root: QWidget, *, most: int = 200) -> list[QWidget]:
    """Press Tab until the keyboard is back where it began; return the stops in their order."""
    start = focused()
    stops: list[QWidget] = []
    for _ in range(most):
        QTest.keyClick(focused() or root, Qt.Key.Key_Tab)
        here = focused()
        if here is None or here in stops:
            break
        stops.append(here)
        if here is start:
            break
    return stops


def not_reached(root: QWidget) -> list[str]:
    """Every focusable widget that Tab does not lead to."""
    stops = set(tabbed(root))
    return [described(widget) for widget in focusable(root) if widget not in stops]


def cut_off(root: QWidget) -> list[str]:
    """Every label whose text is not all seen, and everything that sticks out of the page to the right."""
    settle(root)
    found = []
    for widget in seen(root):
        if isinstance(widget, QLabel) and not isinstance(widget, Chip) and widget.text() and not _fits(widget):
            found.append(f"{described(widget)} {widget.width()}x{widget.height()} does not hold its text")
        if _sticks_out(widget, root):
            found.append(f"{described(widget)} sticks out")
    return found


def _fits(label: QLabel) -> bool:
    if label.wordWrap():
        return label.heightForWidth(label.width()) <= label.height() + 1
    lines = label.text().split("\n")
    widest = max(QFontMetricsF(label.font()).horizontalAdvance(line) for line in lines)
    return widest <= label.width() + 1


def _sticks_out(widget: QWidget, root: QWidget) -> bool:
    area = _area_of(widget, root)
    right = widget.mapTo(area, QPoint(widget.width(), 0)).x()
    return widget.width() > 0 and right > area.width() + 1


def _area_of(widget: QWidget, root: QWidget) -> QWidget:
    above = widget.parentWidget()
    while above is not None and above is not root:
        outer = above.parentWidget()
        if isinstance(outer, QAbstractScrollArea):
            return outer.viewport() if isinstance(outer, QScrollArea) else outer
        above = outer
    return root


def not_plain(root: QWidget) -> list[str]:
    """Every label that would interpret markup."""
    return [
        described(label) for label in root.findChildren(QLabel) if label.textFormat() is not Qt.TextFormat.PlainText
    ]


def key(pressed: Qt.Key, widget: QWidget | None = None) -> None:
    """Press a key where the keyboard is, or on `widget`, and let what follows happen."""
    target = widget or focused()
    assert target is not None, "nothing has the keyboard"
    QTest.keyClick(target, pressed)
    QApplication.processEvents()


def texts(root: QWidget) -> str:
    """Everything that can be read on a screen, line by line."""
    return "\n".join(
        str(widget.property("text"))
        for widget in seen(root)
        if isinstance(widget, QLabel | QAbstractButton) and widget.property("text")
    )


@contextmanager
def doubled() -> Iterator[None]:
    """Make every text of the program twice as long, as German or Finnish might."""
    before = translate._translator[0]

    def twice(text: str, comment: str, n: int) -> str:
        said = before(text, comment, n)
        return f"{said} {said}"

    translate.use(twice)
    try:
        yield
    finally:
        translate.use(before)


class Canary:
    """A pipe that nobody writes to: whoever opens it to read hangs, and is noticed by a process of its own."""

    _WATCH = """
import os, sys, time
end = time.monotonic() + 60
while time.monotonic() < end and os.getppid() == int(sys.argv[2]):
    try:
        os.close(os.open(sys.argv[1], os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        time.sleep(0.02)
    else:
        print("opened", flush=True)
        break
"""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "canary.png"
        os.mkfifo(self.path)
        command = [sys.executable, "-S", "-c", self._WATCH, str(self.path), str(os.getpid())]
        self._watch = subprocess.Popen(command, stdout=subprocess.PIPE)

    @property
    def markup(self) -> str:
        """Text that opens the pipe wherever it is taken for markup."""
        return f'<h1>x</h1><img src="{self.path}">'

    def was_opened(self) -> bool:
        """Whether somebody opened the pipe; ends the watch."""
        self._watch.terminate()
        out, _ = self._watch.communicate()
        return b"opened" in out


_SETTLED, _PASSES = 5, 60
"""Turns of the event loop in which nothing moves; a timer's change is laid out in the turn after it."""


def resized(root: QWidget, width: int, height: int) -> None:
    """Give the screen a size and let every layout settle: what is shown later asks for another one."""
    root.resize(width, height)
    settle(root)


def settle(root: QWidget) -> None:
    """Let every layout come to rest."""
    stood, places = 0, None
    for _ in range(_PASSES):
        QApplication.processEvents()
        now = [(one.isVisible(), one.geometry()) for one in root.findChildren(QWidget)]
        stood = stood + 1 if now == places else 0
        places = now
        if stood == _SETTLED:
            return


def every_size(root: QWidget, look: Callable[[], list[str]]) -> dict[str, list[str]]:
    """What `look` finds at each size that must work; only sizes where it finds something."""
    found = {}
    for width, height in ((1004, 800), (1724, 1080), (900, 560), (1920, 1080)):
        resized(root, width, height)
        if wrong := look():
            found[f"{width}x{height}"] = wrong
    return found
