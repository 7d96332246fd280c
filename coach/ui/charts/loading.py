"""Loads what the pain chart is drawn with, on a thread: a third of a second in which the window goes on.

It is begun when a person means to go to Progress (the pointer or the keyboard is on its entry), not at the start:
it takes 45 MiB, which a window in which nobody looks at a chart need not hold.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from threading import Thread
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from coach.ui.qt_classes import QtClasses

_PLOT: Final = "coach.ui.charts.pain_plot"
_SWITCH_S: Final = 0.0005
"""How long the thread may hold Python while the window wants it. With Python's 5 ms, the longest block of the window
is 18 ms; with this it is 4 ms, but for the loading of numpy's own library (13 to 16 ms)."""


class Loading(QObject):
    """Loads once; whoever waits is told, in the window's thread."""

    loaded = Signal()

    def __init__(self, parent: QObject | None = None, *, also: tuple[str, ...] = ()) -> None:
        """`also` are other modules that will be needed with the chart."""
        super().__init__(parent)
        self._also = also
        self._classes = QtClasses(self)
        self._thread: Thread | None = None
        self._over = _PLOT in sys.modules
        self.error: ImportError | None = None

    @property
    def done(self) -> bool:
        """Whether everything is there."""
        return self._over and self.error is None

    def on_loaded(self, act: Callable[[], object]) -> None:
        """Call `act` when it is loaded, or could not be."""
        self.loaded.connect(act, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Begin, unless it was begun; returns at once."""
        if self._thread is None and not self._over and not self._classes.busy:
            self._classes.then(self._start)

    def wait(self) -> None:
        """Wait until it is over: before the program ends, for a thread in an import cannot be left behind."""
        self._classes.stop()
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        self._thread = Thread(target=self._load, name="charts", daemon=True)
        self._thread.start()

    def _load(self) -> None:
        before = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_S)
        try:
            for name in (_PLOT, *self._also):
                import_module(name)
        except ImportError as error:
            self.error = error
        finally:
            sys.setswitchinterval(before)
        self._over = True  # not before: a module stands in sys.modules while it is still being executed
        self.loaded.emit()
