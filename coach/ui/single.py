"""One window for each data folder: the second start raises the first and hands over its file.

The only module that may touch QtNetwork; what it opens is a local socket of this user alone.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCryptographicHash, QDeadlineTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

DEADLINE_MS: Final = 1500
"""Whoever double-clicks waits no longer than this, whether the window does not listen yet or does not answer."""

AGAIN_MS: Final = 100
_LONGEST: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Raised:
    """Another start wants this window; `file` is what it was given."""

    file: Path | None


class Single(QObject):
    """Listens for other starts; only the holder of the window's lock may do so."""

    raised = Signal(object)  # Raised

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        # A crash leaves the socket's name behind; the lock says that nobody else is alive who could own it.
        QLocalServer.removeServer(_name(folder))
        self.listening = self._server.listen(_name(folder))

    def on_raised(self, take: Callable[[Raised], object]) -> None:
        """Call `take` when another start wants this window."""
        self.raised.connect(take)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)

    def _read(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket):
            return
        if socket.bytesAvailable() > _LONGEST:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        file = _file_of(bytes(socket.readLine().data()))
        socket.write(b"ok\n")
        socket.flush()
        self.raised.emit(Raised(file))


def hand_over(folder: Path, file: Path | None) -> bool:
    """Ask the window that is open to come to the front; False if it does not answer."""
    left = QDeadlineTimer(DEADLINE_MS)
    socket = QLocalSocket()
    while True:
        socket.connectToServer(_name(folder))
        if socket.waitForConnected(left.remainingTime()):
            break
        if left.remainingTime() <= AGAIN_MS:
            return False
        QThread.msleep(AGAIN_MS)  # the window that holds the lock may not listen yet: two quick double clicks
    socket.write(json.dumps({"raise": True, "file": str(file.absolute()) if file else None}).encode() + b"\n")
    answered = socket.waitForReadyRead(left.remainingTime())
    socket.disconnectFromServer()
    return answered


def _file_of(line: bytes) -> Path | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    named = told.get("file") if isinstance(told, dict) else None
    return Path(named) if isinstance(named, str) else None


def _name(folder: Path) -> str:
    """A name of this data folder's own, short enough for a socket's path."""
    # Qt's own hash: Python's brings OpenSSL along, 4 MiB in every window.
    mark = QCryptographicHash.hash(str(folder.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
    return "rehab-coach-" + bytes(mark.toHex().data()).decode()[:16]
