"""Is the log as it was written? And what can still be read of one that is not."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from coach.core.log import Answer, SessionEnd, SessionHead, WholeLog, WholeSession
from coach.store import rows
from coach.store.connection import check_open, check_whole, empty, read_header, read_only, snapshot
from coach.store.errors import Damaged, Refused, damage, translating
from coach.store.journal import Log
from coach.store.rows import ANSWER, DAY_ENTRY, FLAG, OUTING, TEST_RESULT, Row, Table, decoded

T = TypeVar("T")

_TABLES: tuple[Table[Any], ...] = (ANSWER, DAY_ENTRY, OUTING, TEST_RESULT, FLAG)

# The numbers of dropped `seen` events stay unused: hours of one session at several a second.
_LONGEST_GAP = 20_000


@dataclass(frozen=True, slots=True)
class Altered:
    """A row whose content is not what was stored; of a session, anything that belongs to it."""

    table: str
    id: int


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found: in the structure of the file, and in what the rows say."""

    structure: tuple[str, ...] = ()
    altered: tuple[Altered, ...] = ()

    @property
    def sound(self) -> bool:
        """Nothing was found."""
        return not self.structure and not self.altered

    def demand(self) -> None:
        """Raise `Damaged` unless the log is sound."""
        if not self.sound:
            raise Damaged((*self.structure, *(f"{a.table} {a.id}: altered" for a in self.altered)))


def quick(conn: sqlite3.Connection) -> Health:
    """Check the structure only: milliseconds."""
    return Health(structure=check_open(conn))


def deep(conn: sqlite3.Connection) -> Health:
    """Check the structure, and the digest of every entry and of every ended session."""
    with snapshot(conn), _lenient(conn):
        structure = check_whole(conn)
        try:
            altered = (*_altered_sessions(conn), *(a for table in _TABLES for a in _altered_rows(conn, table)))
        except (sqlite3.Error, UnicodeDecodeError) as error:
            return Health((*structure, damage(error)))
        return Health(structure, altered)


@contextmanager
def _lenient(conn: sqlite3.Connection) -> Iterator[None]:
    """Read text that is no UTF-8 as something that no digest fits, not as an error that hides the rest."""
    before = conn.text_factory
    conn.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        conn.text_factory = before


def _altered_rows(conn: sqlite3.Connection, table: Table[Any]) -> Iterator[Altered]:
    for number, stored, *row in conn.execute(table.select_all).fetchall():
        if not _fits(stored, row, table.digest):
            yield Altered(table.name, number)


def _altered_sessions(conn: sqlite3.Connection) -> Iterator[Altered]:
    ended = f"SELECT session, digest, {rows.END_COLUMNS} FROM session_end ORDER BY session"
    for session, stored, *end in conn.execute(ended).fetchall():
        head = conn.execute(f"SELECT {rows.HEAD_COLUMNS} FROM session WHERE id = ?", (session,)).fetchone()
        events = conn.execute("SELECT seq, at_s, body FROM event WHERE session = ? ORDER BY seq", (session,)).fetchall()
        if not _fits(stored, [head, *events, end], rows.digest):
            yield Altered("session", session)


def _fits(stored: object, plain: Any, digest: Callable[[Any], bytes]) -> bool:
    try:
        return digest(plain) == stored
    except (TypeError, ValueError):  # bytes or an infinity where we never stored one
        return False


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could still be read."""

    log: WholeLog
    altered: tuple[str, ...]
    """The uids of ended sessions of which something is missing or not what was stored; they are in the log."""
    left_out: int
    """How many rows were read but cannot be trusted, or belong to nothing."""


def salvage(path: Path) -> Salvaged:
    """Read what a damaged log still gives, row by row, changing nothing.

    An entry whose digest does not fit is left out: a wrong number is worse than none.
    """
    found = read_header(path)  # rolls back what a killed transaction left
    with translating(), closing(read_only(path)) as conn, _lenient(conn):
        return _Salvage(conn, path.stat().st_size, found.version).result()


class _Salvage:
    def __init__(self, conn: sqlite3.Connection, size: int, version: int) -> None:
        self._conn = conn
        self._size = size
        self._version = version
        self._left_out = 0

    def result(self) -> Salvaged:
        heads = {row[0]: row[1:] for row in self._walk("session", f"id, {rows.HEAD_COLUMNS}")}
        ends = {row[0]: row[1:] for row in self._walk("session_end", f"session, digest, {rows.END_COLUMNS}")}
        events: dict[int, list[Row]] = {}
        for session, *event in self._walk("event", "session, seq, at_s, body"):
            events.setdefault(session, []).append(tuple(event))
        self._left_out += sum(len(events[session]) for session in events.keys() - heads.keys())
        uids = {session: str(head[0]) for session, head in heads.items()}
        answers = self._entries(ANSWER, uids)
        sessions, altered = [], []
        for session, row in sorted(heads.items()):
            head = self._value("session", rows.head_of, row)
            if head is None:
                continue
            done = sorted(events.get(session, ()), key=_place)
            end = ends.get(session)
            if end is not None and not _fits(end[0], [row, *done, end[1:]], rows.digest):
                altered.append(head.uid)
            sessions.append(self._whole(head, done, answers, end))
        log = WholeLog(
            self._storable(sessions),
            self._entries(DAY_ENTRY, uids),
            self._entries(OUTING, uids),
            self._entries(TEST_RESULT, uids),
            self._entries(FLAG, uids),
        )
        return Salvaged(log, tuple(altered), self._left_out)

    def _storable(self, sessions: list[WholeSession]) -> tuple[WholeSession, ...]:
        """Those that a new log takes: one with a number or a time that cannot be would keep out all others."""
        good = []
        with closing(empty()) as scratch:
            log = Log(scratch)
            for session in sessions:
                try:
                    log.take_in(WholeLog(sessions=(session,)))
                except Refused:
                    self._left_out += 1
                else:
                    good.append(session)
        return tuple(good)

    def _whole(
        self, head: SessionHead, events: list[Row], answers: tuple[Answer, ...], end: Row | None
    ) -> WholeSession:
        read = (self._value("event", rows.event_of, event) for event in events)
        return WholeSession(
            head,
            tuple(event for event in read if event is not None),
            tuple(answer for answer in answers if answer.session == head.uid),
            None if end is None else self._end(head.uid, end[1:]),
        )

    def _end(self, uid: str, row: Row) -> SessionEnd | None:
        return self._value("session_end", lambda values: rows.end_of(uid, values), row)

    def _entries(self, table: Table[T], uids: dict[int, str]) -> tuple[T, ...]:
        columns = table.columns_in(self._version)
        names = ", ".join(f'"{column}"' for column in columns)
        later = (None,) * (len(table.columns) - len(columns))
        found = []
        for stored, *values in self._walk(table.name, f"digest, {names}"):
            named = (uids.get(v) if c == "session" else v for c, v in zip(columns, values, strict=True))
            row = (*named, *later)
            if not _fits(stored, row, table.digest):
                self._left_out += 1
                continue
            entry = self._value(table.name, table.from_row, row)
            if entry is not None:
                found.append(entry)
        return tuple(found)

    def _value(self, table: str, from_row: Callable[[Row], T], row: Row) -> T | None:
        try:
            "".join(text for text in row if isinstance(text, str)).encode()
            return decoded(table, from_row, row)
        except (Damaged, UnicodeEncodeError):
            self._left_out += 1
            return None

    def _walk(self, table: str, columns: str) -> Iterator[Row]:
        """Rows by ranges of ten rowids; where a range fails, each row alone."""
        some = f"SELECT {columns} FROM {table} WHERE rowid BETWEEN ? AND ?"
        # Not a range of one: that would look at the next row, too, and fail beside a damaged page.
        alone = f"SELECT {columns} FROM {table} WHERE rowid = ?"
        nothing = 0
        for first in range(1, self._last(table) + 1, 10):
            found = self._read(some, first, first + 9)
            if found is None:
                found = [row for n in range(first, first + 10) for row in self._read(alone, n) or ()]
            yield from found
            nothing = 0 if found else nothing + 10
            if nothing > _LONGEST_GAP:
                return

    def _read(self, statement: str, *rowids: int) -> list[Row] | None:
        try:
            return self._conn.execute(statement, rowids).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return None

    def _last(self, table: str) -> int:
        # Where the largest rowid is not to be had: no log has more rowids than its file has bytes.
        try:
            found = self._conn.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return self._size
        return min(int(found or 0), self._size)


def _place(event: Row) -> int:
    seq = event[0]
    return seq if isinstance(seq, int) else -1
