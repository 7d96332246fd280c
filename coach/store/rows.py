"""Entries as rows and back. The digest of a row is taken over what SQLite gives back, never over the object."""

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from msgspec import Struct

from coach.core.day import Moment
from coach.core.log import (
    Answer,
    DayEntry,
    Ending,
    FlagEntry,
    Outing,
    OutingKind,
    Question,
    SessionEnd,
    SessionHead,
    Spot,
    StoredEvent,
    TestResult,
    in_order,
)
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.store.errors import Damaged, Refused

T = TypeVar("T")
Entry = DayEntry | Outing | TestResult | FlagEntry

SqlValue = str | int | float | None
Row = tuple[Any, ...]
"""A row as sqlite3 gives it: what is in each place is stated by the STRICT tables, which mypy cannot read."""

DIGEST_BYTES = 16


def digest(plain: object) -> bytes:
    """The BLAKE2b digest of the canonical JSON of rows."""
    import json  # these two only for what is written: the first screen reads
    from hashlib import blake2b

    text = json.dumps(plain, ensure_ascii=True, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return blake2b(text.encode("ascii"), digest_size=DIGEST_BYTES).digest()


def real(value: float | None) -> float | None:
    """A number as a REAL column gives it back: never an integer, never -0.0; no NaN, which would become NULL."""
    if value is None:
        return None
    if not math.isfinite(value):
        raise Refused("a number that is not finite")
    return float(value) + 0.0


def whole(value: int | None) -> int | None:
    """A whole number as an INTEGER column gives it back: 3.0 and True would be stored as 3 and 1."""
    if value is None:
        return None
    if int(value) != value:
        raise Refused("a number that is not whole")
    return int(value)


def yes(value: bool | None) -> int | None:
    """A truth value as an INTEGER column gives it back."""
    return None if value is None else int(value)


def truth(value: int | None) -> bool | None:
    """A truth value from an INTEGER column."""
    return None if value is None else bool(value)


class Table(Struct, Generic[T], frozen=True):
    """How one kind of entry is stored: one row each, known by its `uid`, with a digest of the row."""

    name: str
    columns: tuple[str, ...]
    to_row: Callable[[T], tuple[SqlValue, ...]]
    from_row: Callable[[Row], T]
    grew: tuple[int, ...]
    """How many of the columns each version of the schema had; the last one holds for all later ones."""

    @property
    def first(self) -> int:
        """How many of the columns the first version had."""
        return self.grew[0]

    def columns_in(self, version: int) -> tuple[str, ...]:
        """The columns that a log of this version has."""
        return self.columns[: self.grew[min(version, len(self.grew)) - 1]]

    def digest(self, row: Sequence[SqlValue]) -> bytes:
        """The digest of a row; columns that came later are left out while they are NULL."""
        length = len(row)
        while length > self.first and row[length - 1] is None:
            length -= 1
        return digest(tuple(row[:length]))

    @property
    def select(self) -> str:
        """Select the columns of an entry; a session stands by its uid."""
        own = ", ".join(_SESSION_UID.format(self.name) if c == "session" else f'"{c}"' for c in self.columns)
        return f"SELECT {own} FROM {self.name}"

    @property
    def select_all(self) -> str:
        """Select id and digest as well, first."""
        return self.select.replace("SELECT ", "SELECT id, digest, ", 1)

    @property
    def insert(self) -> str:
        """Insert a row and its digest; one that is known by its uid is left as it is."""
        names = ", ".join(f'"{c}"' for c in self.columns)
        places = ", ".join(_SESSION_ID if c == "session" else "?" for c in self.columns)
        return f"INSERT INTO {self.name} ({names}, digest) VALUES ({places}, ?) ON CONFLICT (uid) DO NOTHING"

    def decode(self, row: Row) -> T:
        """The entry of a row."""
        return decoded(self.name, self.from_row, row)


_SESSION_UID = "(SELECT uid FROM session WHERE session.id = {}.session)"
_SESSION_ID = "(SELECT id FROM session WHERE uid = ?)"


def decoded(table: str, from_row: Callable[[Row], T], row: Row) -> T:
    """Make a value of a row; what cannot be one was not written by us."""
    try:
        return from_row(row)
    except (ValueError, TypeError) as error:
        # Neither the value nor the message, which quotes it: it is what a person answered.
        raise Damaged((f"{table}: a value that cannot be",)) from error


def _spots(spots: tuple[Spot, ...] | None) -> str | None:
    if spots is None:
        return None
    return ",".join(spot.site if spot.side is None else f"{spot.site}:{spot.side}" for spot in in_order(spots))


def _spots_of(text: str | None) -> tuple[Spot, ...] | None:
    if text is None:
        return None
    parts = (one.partition(":") for one in text.split(",") if one)
    return tuple(Spot(PainSite(site), BodySide(side) if side else None) for site, _, side in parts)


def _recorded(moment: Moment) -> tuple[str, str, str]:
    return moment.utc, moment.zone, moment.day.isoformat()


def _moment(row: Row) -> Moment:
    utc, zone, day = row
    return Moment(utc, zone, date.fromisoformat(day))


def _outing(row: Row) -> Outing:
    uid, day, kind, minutes, distance_km, cadence, pain, pain_after, limp, groin, *recorded = row[:13]
    before, after60, replaces, struck, stage, running_min = row[13:]
    return Outing(
        uid=uid,
        kind=OutingKind(kind),
        day=date.fromisoformat(day),
        minutes=minutes,
        distance_km=distance_km,
        cadence=cadence,
        pain=pain,
        pain_after=pain_after,
        limp=bool(limp),
        groin=bool(groin),
        recorded=_moment(tuple(recorded)),
        pain_before=before,
        pain_after60=after60,
        replaces=replaces or "",
        struck=bool(struck),
        stage=stage,
        running_min=running_min,
    )


def _day_entry(row: Row) -> DayEntry:
    uid, day, morning, worst, night, analgesic, utc, zone, recorded_day, limp, spots = row
    return DayEntry(
        uid=uid,
        day=date.fromisoformat(day),
        morning=morning,
        worst=worst,
        night=truth(night),
        analgesic=truth(analgesic),
        recorded=_moment((utc, zone, recorded_day)),
        limp=truth(limp),
        spots=_spots_of(spots),
    )


def _test_result(row: Row) -> TestResult:
    uid, day, name, left, right, value, pain, utc, zone, recorded_day, groin, replaces, struck = row
    return TestResult(
        uid=uid,
        name=name,
        day=date.fromisoformat(day),
        left=left,
        right=right,
        value=value,
        pain=pain,
        recorded=_moment((utc, zone, recorded_day)),
        groin=bool(groin),
        replaces=replaces or "",
        struck=bool(struck),
    )


def _true(value: bool) -> int | None:
    return 1 if value else None


_RECORDED = ("utc", "zone", "recorded_day")

HEAD_COLUMNS = "uid, routine_id, routine_title, revision, guided, utc, zone, day, routine, plan"
END_COLUMNS = "utc, zone, day, ending"


def head_row(head: SessionHead) -> tuple[SqlValue, ...]:
    """A session head in the order of `HEAD_COLUMNS`."""
    return (
        head.uid,
        head.routine_id,
        head.routine_title,
        whole(head.revision),
        yes(head.guided),
        *_recorded(head.began),
        head.routine,
        head.plan,
    )


def head_of(row: Row) -> SessionHead:
    """A session head from the columns of `HEAD_COLUMNS`."""
    uid, routine_id, title, revision, guided, utc, zone, day, routine, plan = row
    return SessionHead(uid, _moment((utc, zone, day)), routine_id, title, revision, routine, plan, bool(guided))


def end_row(end: SessionEnd) -> tuple[SqlValue, ...]:
    """The end of a session in the order of `END_COLUMNS`."""
    return (*_recorded(end.ended), str(end.ending))


def end_of(uid: str, row: Row) -> SessionEnd:
    """The end of a session from the columns of `END_COLUMNS`."""
    return SessionEnd(uid, _moment(row[:3]), Ending(row[3]))


def event_row(event: StoredEvent) -> tuple[SqlValue, ...]:
    """An event as seq, at_s, body."""
    return whole(event.seq), real(event.at_s), event.body


def event_of(row: Row) -> StoredEvent:
    """An event from seq, at_s, body."""
    return StoredEvent(*row)


def session_digest(head: Row, events: Sequence[Row], end: Row) -> bytes:
    """The digest of an ended session: head, events and end. Answers may come later and carry their own."""
    return digest([head, *events, end])


ANSWER: Table[Answer] = Table(
    "answer",
    ("uid", "session", "question", "value", "text", "utc", "zone", "day"),
    lambda a: (a.uid, a.session, str(a.question), whole(a.value), a.text, *_recorded(a.recorded)),
    lambda r: Answer(r[0], r[1], Question(r[2]), r[3], r[4], _moment(r[5:])),
    grew=(8,),
)
DAY_ENTRY: Table[DayEntry] = Table(
    "day_entry",
    ("uid", "day", "morning", "worst", "night", "analgesic", *_RECORDED, "limp", "spots"),
    lambda e: (
        e.uid,
        e.day.isoformat(),
        whole(e.morning),
        whole(e.worst),
        yes(e.night),
        yes(e.analgesic),
        *_recorded(e.recorded),
        yes(e.limp),
        _spots(e.spots),
    ),
    _day_entry,
    grew=(9, 11),
)
OUTING: Table[Outing] = Table(
    "outing",
    (
        *("uid", "day", "kind", "minutes", "distance_km", "cadence", "pain", "pain_after", "limp", "groin"),
        *_RECORDED,
        *("pain_before", "pain_after60", "replaces", "struck", "stage", "running_min"),
    ),
    lambda o: (
        o.uid,
        o.day.isoformat(),
        str(o.kind),
        real(o.minutes),
        real(o.distance_km),
        real(o.cadence),
        whole(o.pain),
        whole(o.pain_after),
        yes(o.limp),
        yes(o.groin),
        *_recorded(o.recorded),
        whole(o.pain_before),
        whole(o.pain_after60),
        o.replaces or None,
        _true(o.struck),
        whole(o.stage),
        real(o.running_min),
    ),
    _outing,
    grew=(13, 17, 19),
)
TEST_RESULT: Table[TestResult] = Table(
    "test_result",
    ("uid", "day", "name", "left", "right", "value", "pain", *_RECORDED, "groin", "replaces", "struck"),
    lambda t: (
        t.uid,
        t.day.isoformat(),
        t.name,
        real(t.left),
        real(t.right),
        real(t.value),
        whole(t.pain),
        *_recorded(t.recorded),
        _true(t.groin),
        t.replaces or None,
        _true(t.struck),
    ),
    _test_result,
    grew=(10, 13),
)
FLAG: Table[FlagEntry] = Table(
    "flag",
    ("uid", "day", "name", "raised", *_RECORDED),
    lambda f: (f.uid, f.day.isoformat(), f.name, yes(f.raised), *_recorded(f.recorded)),
    lambda r: FlagEntry(r[0], r[2], date.fromisoformat(r[1]), bool(r[3]), _moment(r[4:])),
    grew=(7,),
)
