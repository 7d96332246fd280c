"""The log out of this computer and back: as JSON, whole and exact, and as tables for a spreadsheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from coach.app import recordings
from coach.app.errors import OwnFile
from coach.app.recordings import Flaw, Form, Recorded, Recording
from coach.app.routines import FileKind, Opened, Routines
from coach.app.settings import FIRST_ROUTINE, Settings
from coach.app.surroundings import Log, Surroundings
from coach.core.log import Answer, DayEntry, Question, WholeLog, WholeSession, current
from coach.core.routine.problems import Findings
from coach.core.routine.reading import ReadRoutine, read_routine
from coach.core.session.events import from_json, plan_from_json
from coach.core.session.record import Record, record
from coach.files import atomic, log_csv, log_json, routine_files
from coach.files.log_csv import Cell, Table
from coach.files.log_json import ReadLog
from coach.files.ordinary import must_be_ordinary
from coach.paths import Home
from coach.store import backup
from coach.store.journal import Counts, TakenIn

__all__ = ["Brought", "Counts", "Foreign", "Kind", "ReadLog", "TakenIn"]


class Kind(StrEnum):
    """What a file turned out to be."""

    ROUTINE = "routine"
    LIBRARY = "library"
    LOG = "log"
    RECORDING = "recording"
    """A walk or run that a watch recorded."""
    UNKNOWN = "unknown"


class Foreign(StrEnum):
    """Formats of other programs that are recognised by how they begin."""

    GPX = "GPX"
    TCX = "TCX"
    FIT = "FIT"
    ZIP = "ZIP archive"
    DATABASE = "SQLite database"


@dataclass(frozen=True, slots=True)
class Brought:
    """A file, looked at by its content."""

    kind: Kind
    opened: Opened | None = None
    log: ReadLog | None = None
    recorded: Recorded | Flaw | None = None
    foreign: Foreign | None = None


# -- out ------------------------------------------------------------------------------------------------------------


def as_json(surroundings: Surroundings, log: Log) -> bytes:
    """Everything that the log holds, and the routines that were taken in. Raises StoreError, OSError."""
    return b"".join(json_pieces(surroundings, log))


def json_pieces(surroundings: Surroundings, log: Log) -> Iterator[bytes]:
    """As `as_json`, in pieces. Raises StoreError, OSError."""
    return log_json.write(log.whole(), _received(surroundings))


def _received(surroundings: Surroundings) -> Iterator[bytes]:
    library = surroundings.routines().library
    for path in sorted(surroundings.home.routines.glob(f"*{routine_files.SUFFIX}")):
        data = routine_files.read_bytes(path)
        if read_routine(data, library).routine is not None:
            yield data


def write_file(path: Path, data: bytes | Iterable[bytes], home: Home | None = None) -> None:
    """Write an export, whole or not at all, for the person's eyes only.

    Raises OSError, and OwnFile over a log or over what the program keeps in its data folder, if that is named.
    """
    if (home is not None and home.is_own(path)) or (path.is_file() and _foreign(_head(path)) is Foreign.DATABASE):
        raise OwnFile(path)
    atomic.write_pieces(path, (data,) if isinstance(data, bytes) else data)


def as_tables(log: Log) -> tuple[Table, ...]:
    """The log as one table for each kind of entry. Raises StoreError."""
    whole = log.whole()
    told = [(session, _record(session)) for session in whole.sessions]
    return (
        Table("days", ("day", "morning", "worst", "night", "analgesic", "limp", "where"), _days(log)),
        Table("sessions", _SESSION, tuple(_session(session, done) for session, done in told)),
        Table("sets", _SET, tuple(row for session, done in told for row in _sets(session, done))),
        Table("walks_runs", _OUTING, _outings(whole)),
        Table("tests", ("day", "test", "left", "right", "value", "pain", "groin"), _tests(whole)),
        Table("flags", ("day", "flag", "raised"), tuple((one.day, one.name, one.raised) for one in whole.flags)),
    )


def as_one_table(log: Log) -> Table:
    """The log as one long table: a value a row. Raises StoreError."""
    whole = log.whole()
    rows = (*_long_days(log), *_long_sessions(whole), *_long_rest(whole))
    return Table("log", _LONG, tuple(sorted(rows, key=lambda row: (str(row[1]), str(row[2])))))


def csv_text(table: Table) -> str:
    """A table as the text of a CSV file."""
    return log_csv.text_of(table)


_SESSION = (
    *("day", "began_utc", "routine", "revision", "guided", "ending", "sets_done", "sets_planned", "worked_s"),
    *("pain_before", "pain_during", "pain_after", "pain_after_60_min", "pain_next_morning", "effort", "note"),
)
_SET = ("day", "began_utc", "routine", "exercise", "set", "side", "reps_done", "reps_planned", "worked_s", "complete")
_OUTING = (
    *("day", "kind", "minutes", "distance_km", "cadence", "pain_before", "pain", "pain_after", "pain_after_60_min"),
    *("limp", "groin", "stage", "running_min"),
)
_LONG = ("kind", "day", "time", "name", "side", "value", "unit", "note")
_NOTHING_DONE = Record((), (), (), complete=False)


def _days(log: Log) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (one.day, one.morning, one.worst, one.night, one.analgesic, one.limp, _where(one)) for one in log.days()
    )


def _where(one: DayEntry) -> str:
    return ", ".join(spot.site if spot.side is None else f"{spot.side} {spot.site}" for spot in one.spots or ())


def _outings(whole: WholeLog) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            *(one.day, str(one.kind), one.minutes, one.distance_km, one.cadence, one.pain_before, one.pain),
            *(one.pain_after, one.pain_after60, one.limp, one.groin, one.stage, one.running_min),
        )
        for one in current(whole.outings)
    )


def _tests(whole: WholeLog) -> tuple[tuple[Cell, ...], ...]:
    told = current(whole.tests)
    return tuple((one.day, one.name, one.left, one.right, one.value, one.pain, one.groin) for one in told)


def _record(session: WholeSession) -> Record:
    if not session.head.plan:
        return _NOTHING_DONE
    events = (from_json(event.body) for event in session.events)
    return record(plan_from_json(session.head.plan), events)


def _newest(answers: tuple[Answer, ...]) -> dict[Question, Answer]:
    return {one.question: one for one in sorted(answers, key=lambda one: one.recorded.utc)}


def _session(session: WholeSession, done: Record) -> tuple[Cell, ...]:
    head, newest = session.head, _newest(session.answers)
    numbers = (
        *(Question.BEFORE, Question.DURING, Question.AFTER),
        *(Question.AFTER_60, Question.MORNING, Question.EFFORT),
    )
    note = newest.get(Question.NOTE)
    return (
        *(head.began.day, head.began.utc, head.routine_title, head.revision, head.guided),
        str(session.end.ending) if session.end else "",
        *((done.sets_done, len(done.sets), _worked(done)) if head.guided else (None, None, None)),
        *(newest[one].value if one in newest else None for one in numbers),
        note.text if note else "",
    )


def _worked(done: Record) -> float:
    return round(sum(one.seconds for one in done.sets), 3)


def _sets(session: WholeSession, done: Record) -> Iterator[tuple[Cell, ...]]:
    head = session.head
    for one in done.sets:
        yield (
            *(head.began.day, head.began.utc, head.routine_title, one.exercise, one.set, str(one.side)),
            *(one.reps, one.reps_planned, round(one.seconds, 3), one.complete),
        )


def _long_days(log: Log) -> Iterator[tuple[Cell, ...]]:
    for one in log.days():
        for name, value in (("morning", one.morning), ("worst", one.worst)):
            if value is not None:
                yield ("day", one.day, "", name, "", value, "0-10", "")
        for name, tick in (("night", one.night), ("analgesic", one.analgesic), ("limp", one.limp)):
            if tick is not None:
                yield ("day", one.day, "", name, "", tick, "yes/no", "")
        for spot in one.spots or ():
            yield ("day", one.day, "", "where", str(spot.side or ""), str(spot.site), "", "")


def _long_sessions(whole: WholeLog) -> Iterator[tuple[Cell, ...]]:
    for session in whole.sessions:
        head, done = session.head, _record(session)
        at = (head.began.day, head.began.utc[11:16] + "Z")
        ending = str(session.end.ending) if session.end else "not ended"
        worked = _worked(done) if head.guided else None
        yield ("session", *at, head.routine_title, "", worked, "s" if head.guided else "", ending)
        for answer in _newest(session.answers).values():
            unit = "" if answer.value is None else "0-10"
            yield ("answer", *at, str(answer.question), "", answer.value, unit, answer.text)
        for one in done.sets:
            what = f"set {one.set}"
            yield ("set", *at, one.exercise, str(one.side), one.reps, "reps", what)
            yield ("set", *at, one.exercise, str(one.side), round(one.seconds, 3), "s", what)


def _long_rest(whole: WholeLog) -> Iterator[tuple[Cell, ...]]:
    for outing in current(whole.outings):
        values = (("minutes", outing.minutes, "min"), ("distance", outing.distance_km, "km"))
        of_plan = (("stage", outing.stage, ""), ("running", outing.running_min, "min"))
        before = (("cadence", outing.cadence, "1/min"), ("pain before", outing.pain_before, "0-10"))
        after = (("pain after", outing.pain_after, "0-10"), ("pain after 60 min", outing.pain_after60, "0-10"))
        note = " ".join(word for word, true in (("limp", outing.limp), ("groin", outing.groin)) if true)
        for name, value, unit in (*values, *of_plan, *before, ("pain", outing.pain, "0-10"), *after):
            if value is not None:
                yield (str(outing.kind), outing.day, "", name, "", value, unit, note)
    for test in current(whole.tests):
        for side, number in (("left", test.left), ("right", test.right), ("", test.value)):
            if number is not None:
                yield ("test", test.day, "", test.name, side, number, "", f"pain {test.pain}")
    for flag in whole.flags:
        yield ("flag", flag.day, "", flag.name, "", flag.raised, "yes/no", "")


# -- in -------------------------------------------------------------------------------------------------------------


def look(routines: Routines, path: Path, settings: Settings) -> Brought:
    """Look at a file by what it holds, not by its name. Raises OSError."""
    head = routine_files.read_bytes(path)
    foreign = _foreign(head)
    if foreign in (Foreign.GPX, Foreign.TCX, Foreign.FIT):
        return Brought(Kind.RECORDING, recorded=recordings.read(path, Form(foreign)), foreign=foreign)
    if foreign is not None:
        return Brought(Kind.UNKNOWN, foreign=foreign)
    if log_json.is_log(head):
        return Brought(Kind.LOG, log=_read_log(path))
    opened = routines.open(path, settings.home_side)
    return Brought(Kind.LIBRARY if opened.kind is FileKind.LIBRARY else Kind.ROUTINE, opened)


def recording_in(path: Path) -> Recording | None:
    """The recorded walk or run that a file holds; None for any other file. Raises OSError."""
    must_be_ordinary(path)
    foreign = _foreign(_head(path))
    if foreign not in (Foreign.GPX, Foreign.TCX, Foreign.FIT):
        return None
    form = Form(foreign)
    return Recording(form, recordings.read(path, form))


def _read_log(path: Path) -> ReadLog:
    with path.open("rb") as file:
        data = file.read(log_json.MAX_BYTES + 1)
    return log_json.read(data)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(2048)


def _foreign(head: bytes) -> Foreign | None:
    start = head[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[8:12] == b".FIT":
        return Foreign.FIT
    if start.startswith(b"<"):
        return Foreign.GPX if b"<gpx" in start else Foreign.TCX if b"TrainingCenterDatabase" in start else None
    if head.startswith(b"PK\x03\x04"):
        return Foreign.ZIP
    return Foreign.DATABASE if head.startswith(b"SQLite format 3\0") else None


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A routine that was taken over."""

    path: Path
    known_revision: int | None
    """The newest one that was there before."""
    settings: Settings


def take_over(surroundings: Surroundings, read: ReadRoutine, settings: Settings) -> TakenOver:
    """Take a routine into the person's folder and put it into use. Raises OSError.

    It comes first of those in use. The first days' routine, where the person never chose it, makes room.
    """
    assert read.routine is not None
    routines = surroundings.routines()
    taken = routines.taken_as(read.routine)
    before = routines.find(taken.id, settings.home_side)
    surroundings.home.make()
    # First what names the routine: where that cannot be written, no routine is left behind that is not in use.
    file, uses = surroundings.settings_file(), settings.in_use

    def put_first(now: Settings) -> Settings:
        nonlocal uses
        uses = now.in_use
        return msgspec.structs.replace(now, in_use=_first(taken.id, now.in_use))

    def take_back(now: Settings) -> Settings:
        return now if now.in_use != changed.in_use else msgspec.structs.replace(now, in_use=uses)

    changed = file.change(put_first)
    try:
        path = routines.accept(read)
    except OSError:
        file.change(take_back)
        raise
    return TakenOver(path, before.routine.revision if before else None, changed)


def _first(routine: str, in_use: tuple[str, ...]) -> tuple[str, ...]:
    chosen = [name for name in in_use if name not in (routine, FIRST_ROUTINE)]
    if in_use != (FIRST_ROUTINE,) and FIRST_ROUTINE in in_use:
        chosen.append(FIRST_ROUTINE)
    return (routine, *chosen)


@dataclass(frozen=True, slots=True)
class LogTakenIn:
    """What came of taking in an exported log."""

    entries: TakenIn
    routines: int
    routines_left_out: tuple[tuple[int, Findings], ...]


def take_in(surroundings: Surroundings, log: Log, read: ReadLog) -> LogTakenIn:
    """Take in what is not known yet; the log as it was is kept beside it. Raises StoreError, OSError."""
    assert read.log is not None
    if log.latest_session() or log.days() or log.outings() or log.tests() or log.flags():
        backup.before(log.conn, surroundings.home.backups, backup.Before.IMPORT, surroundings.calendar.now())
    taken = log.take_in(read.log)
    routines, library = surroundings.routines(), surroundings.routines().library
    count, left_out = 0, []
    for index, file in enumerate(read.routines):
        found = read_routine(file, library)
        if found.routine is None:
            left_out.append((index, found.findings))
            continue
        routines.accept(found)
        count += 1
    return LogTakenIn(taken, count, tuple(left_out))
