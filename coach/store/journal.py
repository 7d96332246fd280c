"""The log: what is recorded, row by row, and what is read back.

Each call that writes is one transaction and returns only after it is on the disk. Writing the same thing again (the
answer to the first try got lost) is no error; the same uid with other content is.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from coach.core.day import Moment
from coach.core.log import (
    Answer,
    DayEntry,
    Ending,
    FlagEntry,
    Outing,
    SessionEnd,
    SessionHead,
    StoredEvent,
    TestResult,
    WholeLog,
    WholeSession,
)
from coach.store import rows
from coach.store.connection import snapshot, writing
from coach.store.errors import Refused, translating
from coach.store.rows import ANSWER, DAY_ENTRY, FLAG, OUTING, TEST_RESULT, Entry, Row, Table, decoded

T = TypeVar("T")


class SessionLine(Struct, frozen=True):
    """A session in a list: its head without the long texts, and how it ended (None: it did not yet)."""

    uid: str
    routine_id: str
    routine_title: str
    revision: int
    guided: bool
    began: Moment
    ending: Ending | None


class Unfinished(Struct, frozen=True):
    """A session that has no end, with its events in order."""

    head: SessionHead
    events: tuple[StoredEvent, ...]


class StoredPlay(Struct, frozen=True):
    """What a replay of a session needs: its plan, JSON text, and its events in order."""

    uid: str
    plan: str
    events: tuple[StoredEvent, ...]


class Counts(Struct, frozen=True):
    """How many of each kind."""

    sessions: int = 0
    answers: int = 0
    days: int = 0
    outings: int = 0
    tests: int = 0
    flags: int = 0


class TakenIn(Struct, frozen=True):
    """What came of another log: what was new, and what was left out because it is known here."""

    taken: Counts
    known: Counts


def merged(entries: Iterable[DayEntry]) -> tuple[DayEntry, ...]:
    """One entry a day, by day: of each field the newest answer, where None is no answer.

    Newest by the instant it was recorded at, not by its place: entries taken in from another log come last.
    """
    by_day = sorted(entries, key=lambda e: (e.day, e.recorded.utc))  # a stable sort: ties stay in order
    return tuple(_newest_answers(tuple(group)) for _, group in groupby(by_day, key=lambda e: e.day))


def _newest_answers(versions: Sequence[DayEntry]) -> DayEntry:
    whole = versions[0]
    for entry in versions[1:]:
        whole = replace(
            entry,
            morning=whole.morning if entry.morning is None else entry.morning,
            worst=whole.worst if entry.worst is None else entry.worst,
            night=whole.night if entry.night is None else entry.night,
            analgesic=whole.analgesic if entry.analgesic is None else entry.analgesic,
            limp=whole.limp if entry.limp is None else entry.limp,
            spots=whole.spots if entry.spots is None else entry.spots,
        )
    return whole


class Log:
    """The log behind one connection, which it owns; used by one thread."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection, for checks and copies."""
        return self._conn

    def close(self) -> None:
        """Let go of the file."""
        with translating():
            self._conn.close()

    # -- writing ------------------------------------------------------------------------------------------------

    def start(self, head: SessionHead) -> None:
        """Record that a session begins."""
        with writing(self._conn):
            if not self._add_head(head) and self._head_row(head.uid) != rows.head_row(head):
                raise Refused("session: this uid is known with other content")

    def append(self, session_uid: str, seq: int, at_s: float, body: str) -> None:
        """Record one event of a session."""
        self.append_all(session_uid, (StoredEvent(seq, at_s, body),))

    def append_all(self, session_uid: str, events: Iterable[StoredEvent]) -> None:
        """Record events of one session, all or none."""
        with writing(self._conn):
            session = self._session_id(session_uid)
            if self._end_row(session) is not None:
                self._must_be_there(session, events)
            else:
                self._add_events(session, events)

    def end(self, end: SessionEnd, drop: Iterable[int] = ()) -> None:
        """Record the end of a session; its events with the numbers in `drop` are no longer needed."""
        with writing(self._conn):
            session = self._session_id(end.session)
            known = self._end_row(session)
            if known is None:
                self._conn.executemany(
                    "DELETE FROM event WHERE session = ? AND seq = ?", ((session, seq) for seq in drop)
                )
                self._add_end(session, end)
            elif known != rows.end_row(end):
                raise Refused("session_end: this session has another end")

    def take_back_left(self, session_uid: str) -> None:
        """Undo the end of a session that was left: it waits again to be gone on with. Another end stays."""
        with writing(self._conn):
            session = self._session_id(session_uid)
            known = self.end_of(session_uid)
            if known is not None and known.ending is not Ending.LEFT:
                raise Refused("session_end: this session was not left")
            self._conn.execute("DELETE FROM session_end WHERE session = ?", (session,))

    def answer(self, answer: Answer) -> None:
        """Record an answer about a session, also after its end."""
        with writing(self._conn):
            self._put(ANSWER, answer)

    def add(self, entry: Entry) -> None:
        """Record an entry that belongs to a day."""
        with writing(self._conn):
            match entry:
                case DayEntry():
                    self._put(DAY_ENTRY, entry)
                case Outing():
                    self._put(OUTING, entry)
                case TestResult():
                    self._put(TEST_RESULT, entry)
                case FlagEntry():
                    self._put(FLAG, entry)

    def take_in(self, other: WholeLog) -> TakenIn:
        """Take in what is not known yet, by uid, in one transaction: an exported log, or one whole session.

        A known session gets the answers it lacks; one that has no end here takes events and end from the other.
        """
        with writing(self._conn):
            sessions = tuple(self._take_session(session) for session in other.sessions)
            answers = tuple(
                self._put_new(ANSWER, _of(session, answer)) for session in other.sessions for answer in session.answers
            )
            new = (
                sessions,
                answers,
                tuple(self._put_new(DAY_ENTRY, entry) for entry in other.days),
                tuple(self._put_new(OUTING, outing) for outing in other.outings),
                tuple(self._put_new(TEST_RESULT, test) for test in other.tests),
                tuple(self._put_new(FLAG, flag) for flag in other.flags),
            )
        return TakenIn(Counts(*(sum(kind) for kind in new)), Counts(*(len(kind) - sum(kind) for kind in new)))

    def _put(self, table: Table[T], entry: T) -> None:
        if not self._put_new(table, entry):
            row = table.to_row(entry)
            if self._conn.execute(f"{table.select} WHERE uid = ?", row[:1]).fetchone() != row:
                raise Refused(f"{table.name}: this uid is known with other content")

    def _put_new(self, table: Table[T], entry: T) -> bool:
        row = table.to_row(entry)
        return self._conn.execute(table.insert, (*row, table.digest(row))).rowcount == 1

    def _add_head(self, head: SessionHead) -> bool:
        row = rows.head_row(head)
        places = ", ".join("?" * len(row))
        statement = f"INSERT INTO session ({rows.HEAD_COLUMNS}) VALUES ({places}) ON CONFLICT (uid) DO NOTHING"
        return self._conn.execute(statement, row).rowcount == 1

    def _add_events(self, session: int, events: Iterable[StoredEvent]) -> None:
        for event in events:
            row = rows.event_row(event)
            added = self._conn.execute(_ADD_EVENT, (session, *row)).rowcount
            if not added and self._event_row(session, event.seq) != row:
                raise Refused("event: this number is taken")

    def _must_be_there(self, session: int, events: Iterable[StoredEvent]) -> None:
        if any(self._event_row(session, event.seq) != rows.event_row(event) for event in events):
            raise Refused("event: the session has ended")

    def _event_row(self, session: int, seq: int) -> Row | None:
        found: Row | None = self._conn.execute(f"{_EVENTS} AND seq = ?", (session, seq)).fetchone()
        return found

    def _add_end(self, session: int, end: SessionEnd) -> None:
        head = self._conn.execute(f"SELECT {rows.HEAD_COLUMNS} FROM session WHERE id = ?", (session,)).fetchone()
        row = rows.end_row(end)
        events = self._conn.execute(f"{_EVENTS} ORDER BY seq", (session,)).fetchall()
        self._conn.execute(_ADD_END, (session, *row, rows.session_digest(head, events, row)))

    def _take_session(self, session: WholeSession) -> bool:
        new = self._add_head(session.head)
        here = self._session_id(session.head.uid)
        if not new:
            if not self._goes_further(here, session):
                return False
            self._conn.execute("DELETE FROM event WHERE session = ?", (here,))
        self._add_events(here, session.events)
        if session.end is not None:
            if session.end.session != session.head.uid:
                raise Refused("session_end: of another session")
            self._add_end(here, session.end)
        return True

    def _goes_further(self, here: int, other: WholeSession) -> bool:
        """Tell whether the other's account of a session known here ends it without losing an event of ours."""
        if other.end is None or self._end_row(here) is not None:
            return False
        if self._head_row(other.head.uid) != rows.head_row(other.head):
            return False
        last = self._conn.execute("SELECT max(seq) FROM event WHERE session = ?", (here,)).fetchone()[0]
        return last is None or any(event.seq >= last for event in other.events)

    def _session_id(self, uid: str) -> int:
        found = self._conn.execute("SELECT id FROM session WHERE uid = ?", (uid,)).fetchone()
        if found is None:
            raise Refused("session: not known")
        return int(found[0])

    # -- reading ------------------------------------------------------------------------------------------------

    def unfinished(self) -> Unfinished | None:
        """The newest session that has no end."""
        with snapshot(self._conn):
            found = self._conn.execute(_UNFINISHED).fetchone()
            if found is None:
                return None
            return Unfinished(decoded("session", rows.head_of, found[1:]), self._events(found[0]))

    @translating()
    def head(self, uid: str) -> SessionHead | None:
        """The head of a session; None if there is no such session."""
        row = self._head_row(uid)
        return None if row is None else decoded("session", rows.head_of, row)

    @translating()
    def end_of(self, uid: str) -> SessionEnd | None:
        """The end of a session; None while it has none."""
        row = self._end_row(self._session_id(uid))
        return None if row is None else _end(uid, row)

    @translating()
    def events(self, uid: str) -> tuple[StoredEvent, ...]:
        """The events of a session, in order; none if there is no such session."""
        return self._all("event", rows.event_of, f"{_EVENTS_OF} ORDER BY seq", (uid,))

    @translating()
    def answers(self, uid: str) -> tuple[Answer, ...]:
        """The answers about a session, in the order they were given."""
        where = "WHERE session = (SELECT id FROM session WHERE uid = ?) ORDER BY id"
        return tuple(map(ANSWER.decode, self._conn.execute(f"{ANSWER.select} {where}", (uid,)).fetchall()))

    @translating()
    def answers_between(self, since: date | None = None, until: date | None = None) -> tuple[Answer, ...]:
        """The answers about the sessions of a range of training days, in the order they were given."""
        return self._all(ANSWER.name, ANSWER.from_row, _ANSWERS_BETWEEN, _range(since, until))

    @translating()
    def plays(self, uids: Sequence[str]) -> tuple[StoredPlay, ...]:
        """Plans and events of these sessions, in two statements for all of them; an unknown uid is left out."""
        places = ", ".join("?" * len(uids))
        heads = self._conn.execute(f"SELECT id, uid, plan FROM session WHERE uid IN ({places})", tuple(uids)).fetchall()
        ids = ", ".join(str(int(row[0])) for row in heads)
        found = self._conn.execute(
            f"SELECT session, seq, at_s, body FROM event WHERE session IN ({ids}) ORDER BY session, seq"
        ).fetchall()
        events = {
            session: tuple(decoded("event", rows.event_of, tuple(row[1:])) for row in group)
            for session, group in groupby(found, key=lambda row: row[0])
        }
        return tuple(StoredPlay(uid, plan, events.get(session, ())) for session, uid, plan in heads)

    @translating()
    def events_between(self, since: date, until: date, types: Sequence[str]) -> tuple[tuple[str, StoredEvent], ...]:
        """The events of some types, with the uid of their session, of the sessions of a range of training days."""
        of_type = " OR ".join("body GLOB ?" for _ in types)
        globs = tuple(f'{{"type":"{one}"*' for one in types)
        statement = f"""SELECT session.uid, seq, at_s, body FROM session JOIN event ON event.session = session.id
            WHERE session.day BETWEEN ? AND ? AND ({of_type}) ORDER BY session.id, seq"""
        return self._all("event", _of_session, statement, (*_range(since, until), *globs))

    @translating()
    def routines_between(self, since: date, until: date, naming: str) -> tuple[tuple[str, str], ...]:
        """The uids and stored routines, JSON, of the sessions of a range of training days that hold a text."""
        statement = "SELECT uid, routine FROM session WHERE day BETWEEN ? AND ? AND instr(routine, ?) ORDER BY id"
        return tuple(
            (str(uid), str(routine))
            for uid, routine in self._conn.execute(statement, (*_range(since, until), naming)).fetchall()
        )

    @translating()
    def sessions(self, since: date | None = None, until: date | None = None) -> tuple[SessionLine, ...]:
        """The sessions of a range of training days, both ends included, by day."""
        in_range = "WHERE session.day BETWEEN ? AND ? ORDER BY session.day, session.id"
        return self._all("session", _line, f"{_LINES} {in_range}", _range(since, until))

    @translating()
    def latest_session(self) -> SessionLine | None:
        """The session that was recorded last."""
        lines = self._all("session", _line, f"{_LINES} ORDER BY session.id DESC LIMIT 1", ())
        return lines[0] if lines else None

    @translating()
    def first_day(self) -> date | None:
        """The training day of the first session; None before it."""
        found = self._conn.execute("SELECT min(day) FROM session").fetchone()[0]
        return None if found is None else date.fromisoformat(found)

    @translating()
    def first_entry_day(self) -> date | None:
        """The first day that anything was recorded for; None while the log is empty."""
        found = self._conn.execute(_FIRST_ENTRY).fetchone()[0]
        return None if found is None else date.fromisoformat(found)

    def days(self, since: date | None = None, until: date | None = None) -> tuple[DayEntry, ...]:
        """One entry for each day that has any: of each field the newest answer."""
        return merged(self.day_versions(since, until))

    def day_versions(self, since: date | None = None, until: date | None = None) -> tuple[DayEntry, ...]:
        """All entries of the days, by day, then in the order they were recorded."""
        return self._entries(DAY_ENTRY, since, until)

    def outings(self, since: date | None = None, until: date | None = None) -> tuple[Outing, ...]:
        """The walks and runs, by day."""
        return self._current(OUTING, since, until)

    def outing_versions(self, since: date | None = None, until: date | None = None) -> tuple[Outing, ...]:
        """The walks and runs with those that were replaced or struck, by day."""
        return self._entries(OUTING, since, until)

    @translating()
    def run_days(self, before: date) -> tuple[date, ...]:
        """The days before one on which there was a run, the newest first."""
        found = self._conn.execute(_RUN_DAYS, (before.isoformat(),)).fetchall()
        return tuple(decoded(OUTING.name, lambda row: date.fromisoformat(row[0]), row) for row in found)

    def tests(self, since: date | None = None, until: date | None = None) -> tuple[TestResult, ...]:
        """The self-tests, by day."""
        return self._current(TEST_RESULT, since, until)

    def flags(self, since: date | None = None, until: date | None = None) -> tuple[FlagEntry, ...]:
        """The red flags raised and cleared, by day."""
        return self._entries(FLAG, since, until)

    def whole(self) -> WholeLog:
        """Everything, each list in the order it was recorded, as of one instant."""
        with snapshot(self._conn):
            return WholeLog(
                self._whole_sessions(),
                self._in_order(DAY_ENTRY),
                self._in_order(OUTING),
                self._in_order(TEST_RESULT),
                self._in_order(FLAG),
            )

    @translating()
    def data_version(self) -> int:
        """A number that changes when another connection has written, not by our own writing."""
        return int(self._conn.execute("PRAGMA data_version").fetchone()[0])

    def _head_row(self, uid: str) -> Row | None:
        statement = f"SELECT {rows.HEAD_COLUMNS} FROM session WHERE uid = ?"
        found: Row | None = self._conn.execute(statement, (uid,)).fetchone()
        return found

    def _end_row(self, session: int) -> Row | None:
        statement = f"SELECT {rows.END_COLUMNS} FROM session_end WHERE session = ?"
        found: Row | None = self._conn.execute(statement, (session,)).fetchone()
        return found

    def _events(self, session: int) -> tuple[StoredEvent, ...]:
        return self._all("event", rows.event_of, f"{_EVENTS} ORDER BY seq", (session,))

    def _all(self, table: str, from_row: Callable[[Row], T], statement: str, values: Row) -> tuple[T, ...]:
        # Fetched at once: an undrained cursor keeps the other process from committing.
        return tuple(decoded(table, from_row, row) for row in self._conn.execute(statement, values).fetchall())

    @translating()
    def _entries(self, table: Table[T], since: date | None, until: date | None) -> tuple[T, ...]:
        statement = f"{table.select} WHERE day BETWEEN ? AND ? ORDER BY day, id"
        return self._all(table.name, table.from_row, statement, _range(since, until))

    @translating()
    def _current(self, table: Table[T], since: date | None, until: date | None) -> tuple[T, ...]:
        statement = f"""{table.select} WHERE day BETWEEN ? AND ? AND struck IS NULL
            AND uid NOT IN (SELECT replaces FROM {table.name} WHERE replaces IS NOT NULL) ORDER BY day, id"""
        return self._all(table.name, table.from_row, statement, _range(since, until))

    def _in_order(self, table: Table[T]) -> tuple[T, ...]:
        return self._all(table.name, table.from_row, f"{table.select} ORDER BY id", ())

    def _whole_sessions(self) -> tuple[WholeSession, ...]:
        answers: dict[str, list[Answer]] = {}
        for answer in self._in_order(ANSWER):
            answers.setdefault(answer.session, []).append(answer)
        found = self._conn.execute(f"SELECT id, {rows.HEAD_COLUMNS} FROM session ORDER BY id").fetchall()
        return tuple(
            self._whole_session(session, decoded("session", rows.head_of, tuple(row)), answers)
            for session, *row in found
        )

    def _whole_session(self, session: int, head: SessionHead, answers: dict[str, list[Answer]]) -> WholeSession:
        end = self._end_row(session)
        return WholeSession(
            head,
            self._events(session),
            tuple(answers.get(head.uid, ())),
            None if end is None else _end(head.uid, end),
        )


_EVENTS = "SELECT seq, at_s, body FROM event WHERE session = ?"
_EVENTS_OF = "SELECT seq, at_s, body FROM event WHERE session = (SELECT id FROM session WHERE uid = ?)"
_ADD_EVENT = "INSERT INTO event (session, seq, at_s, body) VALUES (?, ?, ?, ?) ON CONFLICT (session, seq) DO NOTHING"
_ADD_END = f"INSERT INTO session_end (session, {rows.END_COLUMNS}, digest) VALUES (?, ?, ?, ?, ?, ?)"
# The two keys are walked side by side; the long rows of the sessions are not touched.
_UNFINISHED = f"""SELECT id, {rows.HEAD_COLUMNS} FROM session WHERE id =
    (SELECT max(id) FROM session INDEXED BY session_day WHERE id NOT IN (SELECT session FROM session_end))"""
_LINES = """SELECT session.uid, routine_id, routine_title, revision, guided,
    session.utc, session.zone, session.day, session_end.ending
    FROM session LEFT JOIN session_end ON session_end.session = session.id"""

_ANSWERS_BETWEEN = f"""{ANSWER.select} WHERE answer.session IN
    (SELECT id FROM session WHERE day BETWEEN ? AND ?) ORDER BY answer.id"""
_RUN_DAYS = """SELECT DISTINCT day FROM outing WHERE kind = 'run' AND day < ? AND struck IS NULL
    AND uid NOT IN (SELECT replaces FROM outing WHERE replaces IS NOT NULL) ORDER BY day DESC"""
# Each of the four is one step into an index.
_FIRST_ENTRY = """SELECT min(day) FROM (
    SELECT min(day) AS day FROM session UNION ALL SELECT min(day) FROM day_entry
    UNION ALL SELECT min(day) FROM outing UNION ALL SELECT min(day) FROM test_result)"""


def _range(since: date | None, until: date | None) -> tuple[str, str]:
    return (since or date.min).isoformat(), (until or date.max).isoformat()


def _end(uid: str, row: Row) -> SessionEnd:
    return decoded("session_end", lambda values: rows.end_of(uid, values), row)


def _line(row: Row) -> SessionLine:
    uid, routine_id, title, revision, guided, utc, zone, day, ending = row
    began = Moment(utc, zone, date.fromisoformat(day))
    ended = None if ending is None else Ending(ending)
    return SessionLine(uid, routine_id, title, revision, bool(guided), began, ended)


def _of_session(row: Row) -> tuple[str, StoredEvent]:
    uid, *event = row
    return str(uid), rows.event_of(tuple(event))


def _of(session: WholeSession, answer: Answer) -> Answer:
    if answer.session != session.head.uid:
        raise Refused("answer: of another session")
    return answer
