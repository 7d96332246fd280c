"""Connections to one SQLite file: the gate before anything writes, the pragmas, short transactions."""

import logging
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from coach.store.errors import Damaged, Foreign, Newer, NoFile, Reason, Unavailable, damage, translating
from coach.store.schema import APPLICATION_ID, KNOWN, VERSIONS

SQLITE = sqlite3.sqlite_version
"""The version of the library, which may be newer than Python."""
COMMIT_TRIES = 3
TIMEOUT_S = 5.0

_log = logging.getLogger(__name__)

# Why each one: docs, section "Store" of the reliability notes. EXTRA syncs the folder too, so that a deleted journal
# stays deleted after a power cut; fullfsync is what a real sync is called on macOS.
_PRAGMAS = (
    "synchronous=EXTRA",
    "fullfsync=ON",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "cell_size_check=ON",
    "mmap_size=0",
)
# A log needs nothing of this; a file from elsewhere could use it against us (sqlite.org/security.html).
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 64_000_000),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_COLUMN, 100),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 5),
    (sqlite3.SQLITE_LIMIT_VDBE_OP, 25_000),
    (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 20),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 10),
)


class Header(Struct, frozen=True):
    """What a database file says about itself."""

    application_id: int
    version: int
    pages: int


def read_only(path: Path, timeout_s: float = TIMEOUT_S) -> sqlite3.Connection:
    """Connect to an existing file without ever writing to it."""
    return _connect(path, "ro", timeout_s)


def read_write(path: Path, timeout_s: float = TIMEOUT_S) -> sqlite3.Connection:
    """Connect to an existing file that has passed the gate, safest settings on."""
    conn = _connect(path, "rw", timeout_s)
    try:
        set_up(conn)
    except BaseException:
        conn.close()
        raise
    return conn


def _connect(path: Path, mode: str, timeout_s: float) -> sqlite3.Connection:
    # `mode` keeps SQLite from making a file (0644) where there is none.
    _only_files(path)
    with translating():
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        conn = sqlite3.connect(uri, uri=True, timeout=timeout_s, isolation_level=None)
    for limit, value in _LIMITS:
        conn.setlimit(limit, value)
    if sys.version_info >= (3, 12):
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)
    return conn


def _only_files(path: Path) -> None:
    """Refuse what is no ordinary file under a name that SQLite would open: a pipe there would hold it for ever."""
    for name in (path, *(path.with_name(path.name + end) for end in ("-journal", "-wal", "-shm"))):
        try:
            mode = name.stat().st_mode
        except (OSError, ValueError):  # nothing there, or SQLite says what it is
            continue
        if not stat.S_ISREG(mode):
            raise NoFile(name.name)


@translating()
def set_up(conn: sqlite3.Connection) -> None:
    """Switch on what keeps data safe, and make sure of the journal mode."""
    mode = conn.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    if mode != "delete":
        raise Unavailable(Reason.READ_ONLY, f"journal mode {mode}")
    for pragma in _PRAGMAS:
        conn.execute("PRAGMA " + pragma).fetchall()


@translating()
def header(conn: sqlite3.Connection) -> Header:
    """Read what the file says about itself."""
    names = ("application_id", "user_version", "page_count")
    return Header(*(conn.execute(f"PRAGMA {name}").fetchone()[0] for name in names))


def read_header(path: Path, timeout_s: float = TIMEOUT_S) -> Header:
    """Read what a file says about itself, writing nothing but the roll-back of a killed transaction."""
    with closing(read_only(path, timeout_s)) as conn:
        try:
            return header(conn)
        except Unavailable as error:
            # A kill left a hot journal; the bytes of the header may hold what was never committed.
            if error.detail != "SQLITE_READONLY_ROLLBACK":
                raise
    _log.info("rolling back an unfinished transaction")
    with closing(_connect(path, "rw", timeout_s)) as conn:
        return header(conn)


def gate(found: Header) -> None:
    """Let pass only a log of ours that this program understands."""
    if found.application_id != APPLICATION_ID:
        raise Foreign(f"application_id {found.application_id:#x}")
    if found.version > KNOWN:
        raise Newer(found.version, KNOWN)
    if found.version < 1:
        raise Damaged((f"user_version {found.version}",))


def check_open(conn: sqlite3.Connection) -> tuple[str, ...]:
    """What the quick check finds; nothing when all is well."""
    return _check(conn, "quick_check")


def check_whole(conn: sqlite3.Connection) -> tuple[str, ...]:
    """What the full check of the file and of its foreign keys finds; nothing when all is well."""
    found = _check(conn, "integrity_check")
    try:
        loose = {str(row[0]) for row in conn.execute("PRAGMA foreign_key_check")}
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return (*found, damage(error))
    return (*found, *(f"{table}: belongs to nothing" for table in sorted(loose)))


def _check(conn: sqlite3.Connection, pragma: str) -> tuple[str, ...]:
    try:
        lines = [str(row[0]) for row in conn.execute(f"PRAGMA {pragma}(20)")]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return (damage(error),)
    return () if lines == ["ok"] else tuple(lines)


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """One short transaction, whole or not at all. When it returns, the data is on the disk: only now say "saved"."""
    with translating():
        # A deferred transaction that reads first and writes then fails at once, whatever the timeout.
        conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            _commit(conn)
        except BaseException:
            if conn.in_transaction:  # SQLite ends it by itself after some errors
                with suppress(sqlite3.Error):
                    conn.execute("ROLLBACK")
            raise


def _commit(conn: sqlite3.Connection) -> None:
    for left in reversed(range(COMMIT_TRIES)):
        try:
            conn.execute("COMMIT")
        except sqlite3.OperationalError as error:
            # A reader is in the way; the transaction is still there, so try again rather than drop the data.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not left:
                raise
        else:
            return


@contextmanager
def writing(conn: sqlite3.Connection) -> Iterator[None]:
    """A transaction on a log whose version is still ours: another process may have restored or migrated it."""
    with transaction(conn):
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        if version > KNOWN:
            raise Newer(version, KNOWN)
        if version < KNOWN:
            raise Damaged((f"user_version {version}",))
        yield


@contextmanager
def snapshot(conn: sqlite3.Connection) -> Iterator[None]:
    """Several reads that see one and the same state."""
    with translating():
        conn.execute("BEGIN")
        try:
            yield
        finally:
            if conn.in_transaction:
                with suppress(sqlite3.Error):  # nothing was written: ending it either way is the same
                    conn.execute("ROLLBACK")


def empty() -> sqlite3.Connection:
    """An empty log in memory, for what has no file yet."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    for version in VERSIONS:
        for statement in version:
            conn.execute(statement)
    conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version={KNOWN}")
    return conn


def backups_beside(path: Path) -> Path:
    """The folder of the copies of a log."""
    return path.with_name("backups")


def make_file(path: Path) -> None:
    """Make an empty file that only the person can read, before SQLite would make one for all."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, that only the person can read; one that is there is left as it is."""
    for folder in reversed((path, *path.parents)):
        # One by one: with `parents` those above would be open to whomever the umask lets in.
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
