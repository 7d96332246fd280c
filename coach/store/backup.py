"""Copies of the log, and their return. Only a copy that was checked gets its name; never by copying the live file.

In the folder of copies: `coach-DATE.db` one a day, thinned; `before-WHY-TIME.db` made before something that touches
everything; `damaged-TIME.db` what a restore replaced when it was no longer sound.
"""

import logging
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from io import FileIO
from pathlib import Path

from coach import passing
from coach.store import check
from coach.store.connection import (
    COMMIT_TRIES,
    TIMEOUT_S,
    backups_beside,
    check_whole,
    empty,
    gate,
    header,
    make_file,
    make_folder,
    read_header,
    read_only,
    read_write,
    set_up,
)
from coach.store.errors import Damaged, Foreign, Reason, Refused, StoreError, Unavailable, translating
from coach.store.schema import KNOWN

DAILY, WEEKLY, MONTHLY = 7, 4, 12
KEPT_BEFORE = 3
"""How many copies of each kind of `before-…` stay."""

_RESTORED = ".restored"
_STRAY_AFTER = timedelta(hours=1)
_RETRY_S = 0.05
_EXCHANGES = 20
"""How often the former log is copied again because another process wrote into it meanwhile."""
_NAME = re.compile(r"(?:coach|before-(?P<why>[a-z]+))-(?P<day>\d{4}-\d\d-\d\d)(?:T\d{6}Z(?:-\d+)?)?\.db")

_log = logging.getLogger(__name__)


class Before(StrEnum):
    """What a copy was made before."""

    MIGRATION = "migration"
    RESTORE = "restore"
    IMPORT = "import"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that is kept, and what it was made before; None for the daily ones."""

    path: Path
    day: date
    before: Before | None


def to_keep(days: Iterable[date]) -> frozenset[date]:
    """Which days' copies to keep: the newest 7, and the newest of each of the newest 4 weeks and 12 months."""
    newest_first = sorted(set(days), reverse=True)
    return frozenset(
        (
            *newest_first[:DAILY],
            *_first_of_each(newest_first, lambda day: day.isocalendar()[:2])[:WEEKLY],
            *_first_of_each(newest_first, lambda day: (day.year, day.month))[:MONTHLY],
        )
    )


def _first_of_each(days: Iterable[date], span: Callable[[date], tuple[int, int]]) -> list[date]:
    found: dict[tuple[int, int], date] = {}
    for day in days:
        found.setdefault(span(day), day)
    return list(found.values())


@translating()
def backup(conn: sqlite3.Connection, target: Path) -> None:
    """Write a checked copy of the log, readable by the person alone; on any failure an older file there stays."""
    live = _file_of(conn)
    if live and target.exists() and target.samefile(live):
        raise Refused("the log itself is no place for its copy")
    with _passing(target.parent) as part:
        _copy(conn, part)
        part.replace(target)
    passing.sync_folder(target.parent)


def _file_of(conn: sqlite3.Connection) -> str:
    """The file behind a connection; empty for one in memory."""
    texts = conn.text_factory
    conn.text_factory = os.fsdecode  # the name of a folder need not be UTF-8
    try:
        return str(conn.execute("PRAGMA database_list").fetchone()[2])
    finally:
        conn.text_factory = texts


def daily(conn: sqlite3.Connection, folder: Path, now: datetime) -> Path | None:
    """Write the copy of the day in place of an earlier one of the day, and thin out the older ones.

    Raises `Damaged`, and touches no copy, while the log is not sound. Does nothing on the day of a restore: it may
    have been the wrong one, and must not push out the right ones.
    """
    today = now.date()
    with translating():
        _prepare(folder)
        _clear_strays(folder, now)
        if _restored_on(folder) == today:
            return None
    target = folder / f"coach-{today}.db"
    backup(conn, target)
    with translating():
        _thin(folder, today)
    return target


def before(conn: sqlite3.Connection, folder: Path, why: Before, now: datetime) -> Path:
    """Write a checked copy before something that touches everything; the newest three of a kind are kept."""
    with translating():
        _prepare(folder)
        target = _free_name(folder, f"before-{why}", now)
    backup(conn, target)
    with translating():
        alike = [copy.path for copy in kept(folder) if copy.before is why]
        for old in alike[KEPT_BEFORE:]:
            old.unlink()
    return target


@translating()
def kept(folder: Path) -> tuple[Kept, ...]:
    """The copies in a folder, newest first."""
    if not folder.is_dir():
        return ()
    copies = [(copy, file.stat().st_mtime_ns) for file in folder.iterdir() if (copy := _kept(file))]
    copies.sort(key=lambda pair: (pair[0].day, pair[1], pair[0].path.name), reverse=True)
    return tuple(copy for copy, _ in copies)


def newest_good(folder: Path) -> Kept | None:
    """The newest copy that can be restored, checked now."""
    return next((copy for copy in kept(folder) if _good(copy.path)), None)


def verify(file: Path) -> None:
    """Raise unless the file is a whole and sound log that this program understands."""
    with closing(read_only(file)) as conn:
        found = header(conn)
        gate(found)
        _demand_sound(conn)
        if found.version == KNOWN:
            _demand_our_schema(conn)


def restore(path: Path, file: Path, *, now: datetime, timeout_s: float = TIMEOUT_S) -> Path | None:
    """Put the content of a copy, from this or another machine, in place of the log; say where the former one is kept.

    Close your own connection to the log first. Nothing is changed unless the file is whole, sound and ours; what
    replaces the log has its newest version already, so that a kill leaves the old or the new state.
    """
    folder = backups_beside(path)
    with translating():
        if path.exists() and file.exists() and path.samefile(file):
            raise Refused("a log is no copy of itself")
        make_folder(path.parent)
        _prepare(folder)
        with _received(file, folder) as part:
            former = _exchange(part, path, now, timeout_s)
    _log.info("restored a copy")
    return former


class _Moved(Exception):
    """Another process wrote into the log after its copy was made: the copy lacks that."""


def _exchange(part: Path, path: Path, now: datetime, timeout_s: float) -> Path | None:
    """Keep the former log and pour the new one into its place; what others write up to then is in one of the two."""
    folder = backups_beside(path)
    for _ in range(_EXCHANGES):
        before_it = _state(path)
        former = _keep_former(path, folder, now)
        _mark_restored(folder, now)
        try:
            _pour(part, path, timeout_s, before_it)
        except _Moved:
            if former is not None:
                former.unlink()  # the next one holds all of it, and more
            continue
        return former
    raise Unavailable(Reason.LOCKED, "restore")


def _state(path: Path) -> bytes:
    """What changes with every transaction: the file's own count of them (sqlite.org/fileformat.html, 1.3.7).

    Not while this process has the log open: closing a file drops the locks that SQLite has on it.
    """
    try:
        with path.open("rb", buffering=0) as raw:
            return _count(raw)
    except FileNotFoundError:
        return b""


def _count(raw: FileIO) -> bytes:
    raw.seek(0)
    return (raw.read(28) or b"")[24:]


def _prepare(folder: Path) -> None:
    make_folder(folder)
    folder.chmod(0o700)


def _clear_strays(folder: Path, now: datetime) -> None:
    for stray in folder.glob(f"{passing.PREFIX}*"):
        # Left by a kill, unless another process is writing it just now.
        with suppress(OSError):
            if stray.stat().st_mtime < (now - _STRAY_AFTER).timestamp():
                stray.unlink()


@contextmanager
def _passing(folder: Path) -> Iterator[Path]:
    """A new file under a passing name, gone in the end unless it got another one."""
    handle, part = passing.make(folder)
    if os.name == "nt":  # where what is open gets no other name, and cannot be removed
        os.close(handle)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)
        if os.name != "nt":
            os.close(handle)


def _copy(conn: sqlite3.Connection, part: Path) -> None:
    """Write a checked, synced copy."""
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=MEMORY")  # half a copy is thrown away, not rolled back
        copy.execute("PRAGMA synchronous=OFF")  # synced once, below
        _transfer(conn, copy)
        copy.execute("PRAGMA cell_size_check=ON")
        copy.execute("PRAGMA trusted_schema=OFF")
        _demand_sound(copy)
    _sync(part)


def _transfer(
    source: sqlite3.Connection, target: sqlite3.Connection, once_locked: Callable[[], None] | None = None
) -> None:
    """Copy all pages. `once_locked` is called when the target is locked and not changed yet; if it raises, it stays."""
    busy = 0

    def progress(status: int, _remaining: int, _total: int) -> None:
        # Python would try for ever while another process holds its lock.
        nonlocal busy, once_locked
        if status == sqlite3.SQLITE_OK and once_locked is not None:
            look, once_locked = once_locked, None
            look()
        busy += status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
        if busy >= COMMIT_TRIES:
            raise Unavailable(Reason.LOCKED, "backup")

    # Page by page if it is looked at in between: from the first page to the last nobody else gets at the target.
    source.backup(target, pages=-1 if once_locked is None else 1, progress=progress, sleep=_RETRY_S)


def _demand_sound(conn: sqlite3.Connection) -> None:
    if header(conn).version == KNOWN:
        check.deep(conn).demand()
        return
    findings = check_whole(conn)  # of an older version, to be migrated
    if findings:
        raise Damaged(findings)


def _sync(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _good(file: Path) -> bool:
    try:
        verify(file)
    except StoreError:
        return False
    return True


def _kept(file: Path) -> Kept | None:
    match = _NAME.fullmatch(file.name)
    if match is None:
        return None
    try:
        why = match["why"]
        return Kept(file, date.fromisoformat(match["day"]), None if why is None else Before(why))
    except ValueError:
        return None


def _free_name(folder: Path, stem: str, now: datetime) -> Path:
    stamp = f"{stem}-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    target, number = folder / f"{stamp}.db", 2
    while target.exists():
        target, number = folder / f"{stamp}-{number}.db", number + 1
    return target


def _thin(folder: Path, today: date) -> None:
    copies = [copy for copy in kept(folder) if copy.before is None]
    # Today's own, too, even where the clock was ahead before and the others look newer.
    stay = to_keep(copy.day for copy in copies) | {today}
    for copy in copies:
        if copy.day not in stay:
            copy.path.unlink()


def _restored_on(folder: Path) -> date | None:
    try:
        return date.fromisoformat((folder / _RESTORED).read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return None


def _mark_restored(folder: Path, now: datetime) -> None:
    mark = folder / _RESTORED
    mark.unlink(missing_ok=True)
    make_file(mark)
    mark.write_text(now.date().isoformat(), "ascii")


@contextmanager
def _received(file: Path, folder: Path) -> Iterator[Path]:
    """A copy of a file from elsewhere that has been looked at from all sides and migrated; gone in the end."""
    with _passing(folder) as part:
        with closing(read_only(file)) as conn:
            try:
                gate(header(conn))
            except Unavailable as error:
                if error.detail == "SQLITE_READONLY_ROLLBACK":
                    raise Damaged(("an unfinished transaction",)) from error
                raise
            _copy(conn, part)
        with closing(read_write(part)) as conn:
            if header(conn).version < KNOWN:
                from coach.store.migrations import bring_up

                bring_up(conn)
            _demand_our_schema(conn)
        yield part


def _demand_our_schema(conn: sqlite3.Connection) -> None:
    """Let in no trigger, view or table of someone else's."""
    with closing(empty()) as ours:
        if _schema(conn) != _schema(ours):
            raise Foreign("schema")


def _schema(conn: sqlite3.Connection) -> set[tuple[str, str, str, str | None]]:
    found = conn.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    # The table of sqlite-utils' migrations is written as that library likes, and read by nobody else.
    return {row for row in found if row[2] != "_sqlite_migrations" or row[0] not in {"table", "index"}}


def _keep_former(path: Path, folder: Path, now: datetime) -> Path | None:
    try:
        found = read_header(path) if path.exists() else None
        if found is None or not found.pages:
            return None
        gate(found)
        with closing(read_write(path)) as conn:
            return before(conn, folder, Before.RESTORE, now)
    except (Damaged, Foreign):
        return _set_aside(path, folder, now)


def _set_aside(path: Path, folder: Path, now: datetime) -> Path:
    # Byte by byte: SQLite may not read it any more. That nobody has it open is the caller's promise.
    target = _free_name(folder, "damaged", now)
    make_file(target)
    target.write_bytes(path.read_bytes())
    _sync(target)
    passing.sync_folder(folder)
    return target


def _pour(part: Path, path: Path, timeout_s: float, state: bytes) -> None:
    """Copy into the live file, in one transaction of SQLite's: replacing the file under others would corrupt it.

    Raises `_Moved`, and changes nothing, where it is not in this state any more.
    """
    try:
        _pour_into(part, path, timeout_s, state)
    except (Damaged, Foreign):
        # What is there is no database any more, and kept aside.
        path.unlink(missing_ok=True)
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
        _pour_into(part, path, timeout_s, b"")


def _pour_into(part: Path, path: Path, timeout_s: float, state: bytes) -> None:
    with suppress(FileExistsError):
        make_file(path)
        passing.sync_folder(path.parent)
    with (
        path.open("rb", buffering=0) as raw,  # closed last, for it takes the connection's locks along
        closing(read_only(part)) as source,
        closing(read_write(path, timeout_s)) as live,
    ):

        def must_be_as_it_was() -> None:
            if _count(raw) != state:
                raise _Moved

        with translating():
            _transfer(source, live, must_be_as_it_was)
        set_up(live)
        _demand_sound(live)
