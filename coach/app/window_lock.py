"""Who may be the only one: the window on a data folder, the session that is guided in a terminal, whoever writes the
settings.

The system holds the lock and drops it when its holder ends, however it ends: a stale one cannot be. The file itself
stays, empty.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, BinaryIO

from coach.paths import Home

if TYPE_CHECKING:
    from coach.app.errors import Unavailable

_TRIES = 5
_AGAIN_S = 0.03


class WindowLock:
    """A lock on a file, for this process alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def acquire(self, tries: int = _TRIES) -> bool:
        """Take the lock; False if somebody else has it, and keeps it for all tries. Raises OSError."""
        if self._file is not None:
            return True
        for attempt in range(tries):
            # Whoever only asks `held_by_other` has it for an instant.
            if attempt:
                Event().wait(_AGAIN_S)
            file = self._opened()
            if _lock(file):
                self._file = file
                return True
            file.close()
        return False

    def release(self) -> None:
        """Let others have it."""
        if self._file is not None:
            _unlock(self._file)
            self._file.close()
            self._file = None

    def held_by_other(self) -> bool:
        """Whether another process, or another object in this one, has the lock now. Raises OSError."""
        if self._file is not None or not self._path.exists():
            return False
        with self._opened_to_look() as file:
            if not _lock(file):
                return True
            _unlock(file)
            return False

    def _opened(self) -> BinaryIO:
        descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600)
        return os.fdopen(descriptor, "r+b", buffering=0)

    def _opened_to_look(self) -> BinaryIO:
        try:
            return self._opened()
        except OSError:  # where nothing may be written, the lock can still be asked about
            return os.fdopen(os.open(self._path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb", buffering=0)


def session_lock(home: Home) -> WindowLock:
    """Held by a terminal while it guides a session."""
    return WindowLock(home.folder / "session.lock")


def only_to_look(home: Home, error: OSError) -> "Unavailable | None":
    """Why a window that cannot have its lock can still show what is there; None where there is nothing to be shown.

    Also None where `error` is another one than that nothing can be written.
    """
    from coach.app.errors import Reason, Unavailable, translated

    why = translated(error)
    if not isinstance(why, Unavailable) or why.reason not in (Reason.PERMISSION, Reason.READ_ONLY, Reason.DISK_FULL):
        return None
    return why if any(os.access(file, os.R_OK) for file in (home.database, home.settings)) else None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        file.seek(0)
        with suppress(OSError):
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        # flock, not lockf: it belongs to the open file, so that asking in this process does not drop it.
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)
