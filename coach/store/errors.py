"""What can go wrong with the store. Nothing of `sqlite3` and no `OSError` leaves it.

The texts in these errors name tables, rows and codes, never what a person entered: they may go to a log file.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Reason(StrEnum):
    """Why the store cannot be reached now."""

    DISK_FULL = "disk_full"
    PERMISSION = "permission"
    LOCKED = "locked"
    READ_ONLY = "read_only"
    IN_THE_WAY = "in_the_way"
    IO = "io"


class StoreError(Exception):
    """Something kept the store from doing what was asked; what was on the disk before is still there."""


class Unavailable(StoreError):
    """The surroundings failed: it may work once they are better.

    After `Reason.IO` the connection is not to be trusted: close it and open again before the next try.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


class NoFile(Unavailable):
    """What SQLite would open is a pipe, a folder or the like: to wait for such a thing may take for ever."""

    def __init__(self, name: str) -> None:
        super().__init__(Reason.IN_THE_WAY, "no ordinary file")
        self.name = name


class Newer(StoreError):
    """The log was written by a newer program."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"version {found}, known up to {known}")
        self.found = found
        self.known = known


class Damaged(StoreError):
    """The log is not as it was written."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("; ".join(findings))
        self.findings = findings


class Missing(Damaged):
    """There was a log here, and now there is none, or an empty file."""


class Foreign(StoreError):
    """The file is not a log of this program."""


class Refused(StoreError):
    """What was given breaks a rule of the log: a mistake of the caller, or of whoever made the values taken in."""


class NothingToDo(Refused):
    """A session without a single step: every length in its routine is 0."""


_BY_PRIMARY_CODE = {
    sqlite3.SQLITE_FULL: Reason.DISK_FULL,
    sqlite3.SQLITE_PERM: Reason.PERMISSION,
    sqlite3.SQLITE_AUTH: Reason.PERMISSION,
    sqlite3.SQLITE_CANTOPEN: Reason.PERMISSION,
    sqlite3.SQLITE_READONLY: Reason.READ_ONLY,
    sqlite3.SQLITE_BUSY: Reason.LOCKED,
    sqlite3.SQLITE_LOCKED: Reason.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Reason.LOCKED,
    sqlite3.SQLITE_IOERR: Reason.IO,
    sqlite3.SQLITE_NOMEM: Reason.IO,
    sqlite3.SQLITE_NOLFS: Reason.IO,
}
_RULE_BROKEN = {
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_RANGE,
    sqlite3.SQLITE_MISUSE,
    sqlite3.SQLITE_TOOBIG,
}
_BY_ERRNO = {
    errno.ENOSPC: Reason.DISK_FULL,
    errno.EFBIG: Reason.DISK_FULL,
    errno.EDQUOT: Reason.DISK_FULL,
    errno.EACCES: Reason.PERMISSION,
    errno.EPERM: Reason.PERMISSION,
    errno.EROFS: Reason.READ_ONLY,
    errno.EEXIST: Reason.IN_THE_WAY,
    errno.ENOTDIR: Reason.IN_THE_WAY,
}


def translated(error: Exception) -> StoreError:
    """Say in the store's own terms what an error of SQLite or of the system means."""
    if isinstance(error, sqlite3.Error):
        return _from_sqlite(error)
    if isinstance(error, OSError):
        return Unavailable(_BY_ERRNO.get(error.errno or 0, Reason.IO), errno.errorcode.get(error.errno or 0, ""))
    if isinstance(error, UnicodeDecodeError):  # sqlite3 quoting a damaged schema in a message of its own
        return Damaged(("text that is no UTF-8",))
    # Numbers that SQLite cannot hold, texts that UTF-8 cannot; the message would quote the text.
    return Refused(type(error).__name__)


def damage(error: Exception) -> str:
    """What an error says about damage to the file; raises if it is about anything else."""
    known = translated(error)
    if isinstance(known, Damaged):
        return str(known)
    raise known from error


def _from_sqlite(error: sqlite3.Error) -> StoreError:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # From Python's side of the seam: "Could not decode to UTF-8" is an OperationalError, a wrong thread or a
        # closed connection a ProgrammingError.
        if isinstance(error, sqlite3.OperationalError):
            return Damaged(("text that is no UTF-8",))
        return Refused(str(error))
    primary, name = code & 0xFF, error.sqlite_errorname
    if primary == sqlite3.SQLITE_NOTADB:
        return Foreign(name)
    if primary in _BY_PRIMARY_CODE:
        return Unavailable(_BY_PRIMARY_CODE[primary], name)
    if primary in _RULE_BROKEN:
        return Refused(f"{name}: {error}")
    # SQLITE_CORRUPT; and SQLITE_ERROR, "no such table": our statements are fixed, so the schema is not what it says.
    return Damaged((f"{name}: {error}",))


@contextmanager
def translating() -> Iterator[None]:
    """Turn what SQLite and the system raise into a `StoreError`; also usable as a decorator."""
    try:
        yield
    except (sqlite3.Error, OSError, OverflowError, UnicodeError) as error:
        raise translated(error) from error
