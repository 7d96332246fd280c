"""Copies of the log, their return, and the end of everything."""

import errno
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from coach import passing
from coach.app import logs
from coach.app.errors import Busy, OwnFile, Refused, SessionUnderWay, StoreError
from coach.app.routines import HISTORY
from coach.app.surroundings import Log, Surroundings
from coach.app.window_lock import WindowLock, session_lock
from coach.files.ordinary import must_be_ordinary
from coach.paths import Home
from coach.store import backup as store_backup
from coach.store import erase as store_erase

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: where the former log is kept, if there was one."""

    former: Path | None


class BadCopy(Exception):
    """The file that was to be restored is none that could be; the log was not touched."""

    def __init__(self, why: StoreError) -> None:
        super().__init__(type(why).__name__)
        self.why = why


def window_is_open(home: Home) -> bool:
    """Whether a window is open on this data folder. Raises OSError."""
    return WindowLock(home.lock).held_by_other()


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Keep window and sessions off the log while everything is changed. Raises Busy."""
    with ExitStack() as held:
        for lock, busy in ((WindowLock(home.lock), Busy), (session_lock(home), SessionUnderWay)):
            if not lock.acquire():
                raise busy
            held.callback(lock.release)
        yield


def backup(log: Log, target: Path) -> None:
    """Write a checked copy of the log. Raises OwnFile over the log itself, OSError, StoreError."""
    must_be_ordinary(target)
    if not os.access(target.parent, os.W_OK | os.X_OK):
        # Here it is plain that not the log's own folder is meant.
        raise PermissionError(errno.EACCES, "Permission denied", str(target))
    try:
        store_backup.backup(log.conn, target)
    except Refused as error:
        raise OwnFile(target) from error


def must_be_readable(file: Path) -> None:
    """Raise OSError unless this is an ordinary file that may be read."""
    must_be_ordinary(file)
    with file.open("rb"):
        pass


def restore(surroundings: Surroundings, file: Path) -> Restored:
    """Put a copy in place of the log, which is kept. Raises BadCopy, OwnFile, Busy, StoreError, OSError."""
    must_be_readable(file)
    try:
        store_backup.verify(file)
    except StoreError as error:
        raise BadCopy(error) from error
    surroundings.home.make()
    with alone(surroundings.home):
        now = surroundings.calendar.now()
        try:
            return Restored(store_backup.restore(surroundings.home.database, file, now=now))
        except Refused as error:
            raise OwnFile(file) from error


def erase(home: Home) -> tuple[Path, ...]:
    """Remove everything of the person; return what could not be. Raises Busy, StoreError, OSError."""
    if not home.folder.exists():
        return ()
    if not home.folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "Not a directory", str(home.folder))
    with alone(home):
        logs.let_go()
        return store_erase.erase(home.folder)


def keep_daily(surroundings: Surroundings, log: Log) -> None:
    """Make the copy of the day if there is none yet; what fails is noted, for nothing was lost by it."""
    now = surroundings.calendar.now()
    if (surroundings.home.backups / f"coach-{now.date()}.db").exists():
        return
    try:
        store_backup.daily(log.conn, surroundings.home.backups, now)
    except StoreError as error:
        _log.warning("no copy today: %s", type(error).__name__)


def rotate_in_background(surroundings: Surroundings) -> threading.Thread:
    """As `keep_daily`, on a thread with a connection of its own."""
    thread = threading.Thread(target=_rotate, args=(surroundings,), name="daily copy", daemon=True)
    thread.start()
    return thread


def clear_strays(home: Home) -> None:
    """Remove what killed writes left in the data folder."""
    for folder in (home.folder, home.routines, home.routines / HISTORY, home.drafts, home.backups):
        passing.clear_strays(folder)


def clear_strays_alone(home: Home) -> None:
    """As `clear_strays`, unless a window is open, which did it at its start."""
    lock = WindowLock(home.lock)
    with suppress(OSError):  # it harms nobody, and must keep nobody from what was wanted
        if lock.acquire(1):
            try:
                clear_strays(home)
            finally:
                lock.release()


def _rotate(surroundings: Surroundings) -> None:
    try:
        if not surroundings.home.database.exists():
            return
        log = surroundings.open_log()
    except StoreError as error:
        _log.warning("no copy today: %s", type(error).__name__)
        return
    try:
        keep_daily(surroundings, log)
    finally:
        log.close()
