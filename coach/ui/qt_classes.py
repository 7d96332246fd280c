"""Every class of Qt is made by the window's thread, before another thread works with Qt.

PySide6 makes a class when it is first asked for, and the enumerations in it with it, in Python. A second thread that
needs the class meanwhile finds it half made: `QImage` without its `Format`, or the process ends with signal 11
(docs/decisions/023-one-thread-makes-qts-classes.md).
"""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Final

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

_MODULES: Final = (QtCore, QtGui, QtWidgets)
_AT_ONCE: Final = 16
"""Classes: 2 ms on average, and no class takes more than 5."""


def unmade() -> Iterator[tuple[ModuleType, str]]:
    """The classes, each with its module, that nobody has asked for so far."""
    for module in _MODULES:
        made = vars(module)
        yield from ((module, name) for name in dir(module) if name not in made)


class QtClasses(QObject):
    """Makes what is missing, a few classes with each turn of the event loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left: list[tuple[ModuleType, str]] = []
        self._act: Callable[[], object] | None = None
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._make_some)

    @property
    def busy(self) -> bool:
        """Whether something waits for the classes."""
        return self._act is not None

    def then(self, act: Callable[[], object]) -> None:
        """Call `act` once every class is made: at once, if they are; instead of what waits, if something does."""
        self._left = list(unmade())
        self._act = act
        if self._left:
            self._turn.start(0)
        else:
            self._end()

    def finish(self) -> None:
        """Make the rest now, if something waits for it."""
        while self.busy:
            self._make_some()

    def stop(self) -> None:
        """Forget what waits."""
        self._turn.stop()
        self._act = None

    def _make_some(self) -> None:
        some, self._left = self._left[:_AT_ONCE], self._left[_AT_ONCE:]
        for module, name in some:
            getattr(module, name)
        if not self._left:
            self._end()

    def _end(self) -> None:
        act, self._act = self._act, None
        self._turn.stop()
        if act is not None:
            act()
