"""The person's data as a whole: copies, their return, the end of everything. Long work, on a thread of its own."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from coach.app.errors import Busy, StoreError
from coach.app.surroundings import Log
from coach.ui.background import Work, tell_result, unexpected
from coach.ui.presenters.desk import Desk

_log = logging.getLogger(__name__)
CSV: Final = ".csv"
FHIR: Final = ".fhir.json"
ICS: Final = ".ics"


class Task(Enum):
    """What can be done with the data as a whole."""

    BACK_UP = auto()
    EXPORT = auto()
    RESTORE = auto()
    ERASE = auto()


@dataclass(frozen=True, slots=True)
class Done:
    """How a task went: `error` if it failed; what it left or kept, if there is any."""

    task: Task
    error: Exception | None = None
    path: Path | None = None
    """The file that was written, or where the former log was put."""
    left: tuple[Path, ...] = ()
    """What could not be erased."""


class DataDesk(QObject):
    """Does one task at a time, and tells when it is over."""

    done = Signal(object)  # Done

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._thread: Work | None = None
        # Emitted on the thread, received where this object lives.
        self.done.connect(self._over, Qt.ConnectionType.QueuedConnection)
        self._take: Callable[[Done], object] | None = None

    def on_done(self, take: Callable[[Done], object]) -> None:
        """Call `take` when a task is over."""
        self._take = take

    @property
    def busy(self) -> bool:
        """Whether a task is on its way."""
        return self._thread is not None

    @property
    def folder(self) -> Path:
        """Where everything lies."""
        return self._desk.surroundings.home.folder

    def back_up(self, target: Path) -> None:
        """Write a checked copy of the log."""
        self._begin(Task.BACK_UP, lambda: self._backed_up(target))

    def export(self, target: Path) -> None:
        """Write what the log holds, in the format that the end of the file's name says: whole, as JSON, by default."""
        self._begin(Task.EXPORT, lambda: self._exported(target))

    def restore(self, file: Path) -> None:
        """Put a copy in the log's place; the log that was there is kept."""
        if not self.busy:
            self._desk.lend()
            self._begin(Task.RESTORE, lambda: self._restored(file))

    def erase(self) -> None:
        """Remove everything of the person."""
        if not self.busy:
            self._desk.lend()
            self._begin(Task.ERASE, self._erased)

    # -- on the thread --------------------------------------------------------------------------------------------

    def _backed_up(self, target: Path) -> Done:
        from coach.app import copies

        log = self._desk.surroundings.read_log()
        try:
            copies.backup(log, target)
        finally:
            log.close()
        return Done(Task.BACK_UP, path=target)

    def _exported(self, target: Path) -> Done:
        from coach.app import transfer

        log = self._desk.surroundings.read_log()
        try:
            transfer.write_file(target, self._contents(target.name.lower(), log))
        finally:
            log.close()
        return Done(Task.EXPORT, path=target)

    def _contents(self, name: str, log: Log) -> bytes | Iterable[bytes]:
        from coach.app import handing_out, transfer
        from coach.words import handing_out as words

        surroundings = self._desk.surroundings
        if name.endswith(CSV):
            return transfer.csv_text(transfer.as_one_table(log)).encode()
        if name.endswith(ICS):
            return handing_out.as_calendar(surroundings, words.entry)
        if name.endswith(FHIR):
            return handing_out.as_fhir(surroundings, log, words.dose)
        return transfer.json_pieces(surroundings, log)

    def _restored(self, file: Path) -> Done:
        from coach.app import copies

        with self._lent():
            self._desk.wait_for_copy()
            former = copies.restore(self._desk.surroundings, file).former
        return Done(Task.RESTORE, path=former)

    def _erased(self) -> Done:
        from coach.app import copies

        with self._lent():
            self._desk.wait_for_copy()  # it would come back after everything else has gone
            return Done(Task.ERASE, left=copies.erase(self._desk.surroundings.home))

    @contextmanager
    def _lent(self) -> Iterator[None]:
        """Let go of the window's own lock: whoever changes everything takes it for that time."""
        lock = self._desk.window_lock
        if lock is not None:
            lock.release()
        try:
            yield
        finally:
            if lock is not None and self.folder.is_dir():
                lock.acquire()

    # -- both -----------------------------------------------------------------------------------------------------

    def _begin(self, task: Task, work: Callable[[], Done]) -> None:
        if self._thread is not None:
            return
        self._thread = Work(task.name, lambda: self._run(task, work))

    def _run(self, task: Task, work: Callable[[], Done]) -> None:
        tell_result(self.done, lambda: _tried(task, work), Done(task, unexpected()))

    def _over(self, done: Done) -> None:
        self._thread = None
        if done.task in (Task.RESTORE, Task.ERASE):
            self._desk.begin_anew()
        if self._take is not None:
            self._take(done)


def _tried(task: Task, work: Callable[[], Done]) -> Done:
    from coach.app.copies import BadCopy

    try:
        return work()
    except (StoreError, OSError, Busy, BadCopy) as error:
        _log.warning("%s: %s", task.name, type(error).__name__)
        return Done(task, error)
