"""Lines from the owner of a helper process, brought into the Qt loop of that process."""

import os
from collections.abc import Callable
from threading import Event, Thread

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from coach.devices.child import lines

_GRACE_S = 5.0
_STDIN, _STDOUT = 0, 1


def tell(line: str) -> None:
    """Write one line to the owner; it may be gone."""
    try:
        os.write(_STDOUT, line.encode() + b"\n")
    except OSError:
        os._exit(0)


def leave(status: int) -> None:
    """End the Qt loop, also one that has yet to begin."""
    QTimer.singleShot(0, lambda: QCoreApplication.exit(status))


class Lines(QObject):
    """Calls `do` in the Qt loop with each line, answers with what it returns, and tells of the end by `ended`."""

    arrived = Signal(str)
    ended = Signal()

    def __init__(self, do: Callable[[str], str]) -> None:
        super().__init__()
        self._do = do
        self.arrived.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to read, on a thread: a pipe has no notifier on Windows."""
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in lines(_STDIN):
            self.arrived.emit(line)
        self.ended.emit()
        # The owner is gone; a loop that hangs in a sound server must not outlive it.
        Event().wait(_GRACE_S)
        os._exit(0)

    def _answer(self, line: str) -> None:
        tell(self._do(line))
