"""Looks at files on a thread: a hostile one, or a large PDF, takes seconds to be read."""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from coach.app.routines import Opened
from coach.ui.background import Work, tell_result
from coach.ui.presenters.desk import Desk

if TYPE_CHECKING:  # read when there is one
    from coach.app.recordings import Recording


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at a file; None if it could not be read at all, which the desk has told."""

    path: Path
    opened: "Opened | Recording | None"


class Opening(QObject):
    """Looks at one file after the other, in the order asked, and tells of each."""

    looked = Signal(object)  # Looked

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: list[Path] = []
        self._thread: Work | None = None
        self._take: Callable[[Looked], object] | None = None
        # Emitted on the thread, received where this object lives.
        self.looked.connect(self._over, Qt.ConnectionType.QueuedConnection)

    def on_looked(self, take: Callable[[Looked], object]) -> None:
        """Call `take` with each file that was looked at."""
        self._take = take

    @property
    def busy(self) -> bool:
        """Whether a file is being looked at."""
        return self._thread is not None

    def open(self, path: Path) -> None:
        """Look at a file; a name that no file can have is told at once."""
        try:
            path.stat()
        except ValueError:
            self._desk.fail(FileNotFoundError(errno.ENOENT, "", repr(str(path))))
            return
        except OSError:
            pass  # told with what else is found
        self._waiting.append(path)
        self._next()

    def _next(self) -> None:
        if self._thread is None and self._waiting:
            path = self._waiting.pop(0)
            self._thread = Work("open file", lambda: self._look(path))

    @property
    def left(self) -> int:
        """How many files are not looked at yet."""
        return len(self._waiting) + self.busy

    def _look(self, path: Path) -> None:
        tell_result(self.looked, lambda: Looked(path, self._desk.tried(lambda: self._opened(path))), Looked(path, None))

    def _opened(self, path: Path) -> "Opened | Recording":
        """A routine, a library, a handout, or a walk or run that a watch recorded."""
        from coach.app.transfer import recording_in

        return recording_in(path) or self._desk.routines_on_disk.open(path, self._desk.settings.home_side)

    def _over(self, looked: Looked) -> None:
        self._thread = None
        if self._take is not None:
            self._take(looked)
        self._next()
