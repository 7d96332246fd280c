"""Opening the log. No sqlite-utils is imported unless there is something to create or to migrate.

Beside the file lies the folder `backups/`; whatever lies in it shows that there was a log once.
"""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from coach import passing
from coach.store.connection import (
    TIMEOUT_S,
    backups_beside,
    check_open,
    empty,
    gate,
    header,
    make_file,
    make_folder,
    read_header,
    read_only,
    read_write,
    writing,
)
from coach.store.errors import Damaged, Missing, Reason, Unavailable, translating
from coach.store.schema import KNOWN

__all__ = ["backups_beside", "existed", "open_for_reading", "open_for_writing", "start_anew", "writing"]

_MARK = ".began"


def existed(path: Path) -> bool:
    """Tell whether there was ever a log here, be it gone now or not."""
    with translating():
        if path.with_name(path.name + "-journal").exists() and not path.exists():
            return True
        folder = backups_beside(path)
        return folder.is_dir() and any(folder.iterdir())


@translating()
def open_for_reading(path: Path, *, timeout_s: float = TIMEOUT_S) -> sqlite3.Connection:
    """Connect for the first screen or to look only: no writes, and a log that was never begun is an empty one.

    A log of an older version is read from a migrated copy in memory, the file stays as it is.
    """
    known = existed(path)
    found = read_header(path, timeout_s) if path.exists() else None
    if found is None or not found.pages:
        if known:
            raise Missing((f"{path.name}: {'empty' if found else 'gone'}",))
        if not next(above for above in path.absolute().parents if above.exists()).is_dir():
            raise Unavailable(Reason.IN_THE_WAY)
        return _only_reading(empty())
    gate(found)
    conn = read_only(path, timeout_s)
    try:
        return _only_reading(conn if found.version == KNOWN else _migrated_in_memory(conn))
    except BaseException:
        conn.close()
        raise


def _only_reading(conn: sqlite3.Connection) -> sqlite3.Connection:
    # Also for the log in memory: what is written there would be lost without a word.
    for pragma in ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
        conn.execute("PRAGMA " + pragma).fetchall()
    return conn


def _migrated_in_memory(conn: sqlite3.Connection) -> sqlite3.Connection:
    from coach.store.migrations import bring_up

    copy = sqlite3.connect(":memory:", isolation_level=None)
    with closing(conn):
        conn.backup(copy)
    bring_up(copy)
    return copy


@translating()
def open_for_writing(path: Path, *, now: datetime, timeout_s: float = TIMEOUT_S) -> sqlite3.Connection:
    """Connect for writing; make the log on the first start, migrate an older one after a verified backup.

    `timeout_s` is how long one try waits for another process; give a short one in the window's thread.
    """
    known = existed(path)  # first: another process may be making the log at this moment
    found = read_header(path, timeout_s) if path.exists() else None
    if found is None or not found.pages:
        if known:
            raise Missing((f"{path.name}: {'empty' if found else 'gone'}",))
        return start_anew(path, timeout_s=timeout_s)
    gate(found)
    conn = read_write(path, timeout_s)
    try:
        _prepare(conn, path, now)
    except BaseException:
        conn.close()
        raise
    return conn


def _prepare(conn: sqlite3.Connection, path: Path, now: datetime) -> None:
    findings = check_open(conn)
    if findings:
        raise Damaged(findings)
    if header(conn).version < KNOWN:
        _migrate(conn, path, now)
    _prove_writable(conn)
    path.chmod(0o600)
    _leave_mark(path)


def _migrate(conn: sqlite3.Connection, path: Path, now: datetime) -> None:
    from coach.store.backup import Before, before
    from coach.store.migrations import bring_up

    before(conn, backups_beside(path), Before.MIGRATION, now)
    bring_up(conn)


def _prove_writable(conn: sqlite3.Connection) -> None:
    # A read-only file or folder shows itself only with the first page: better now than after the first set.
    conn.execute("BEGIN IMMEDIATE")
    try:
        conn.execute(f"PRAGMA user_version={KNOWN}")
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")


def start_anew(path: Path, *, timeout_s: float = TIMEOUT_S) -> sqlite3.Connection:
    """Make an empty log where there is none, or only an empty file; what is there stays."""
    from coach.store.migrations import bring_up

    with translating():
        make_folder(path.parent)
        with suppress(FileExistsError):
            make_file(path)
            passing.sync_folder(path.parent)
        found = read_header(path, timeout_s)
        if found.pages:
            gate(found)
        conn = read_write(path, timeout_s)
        try:
            bring_up(conn)
            _leave_mark(path)
        except BaseException:
            conn.close()
            raise
        return conn


def _leave_mark(path: Path) -> None:
    folder = backups_beside(path)
    make_folder(folder)
    folder.chmod(0o700)
    with suppress(FileExistsError):
        make_file(folder / _MARK)
        passing.sync_folder(folder)
