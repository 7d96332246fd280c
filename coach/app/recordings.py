"""Walks and runs that a watch recorded: read by format, and recorded together with the pain that the person tells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timezone, tzinfo
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import structs

from coach.app.ports import Calendar
from coach.core.day import moment, training_day
from coach.core.log import Outing, OutingKind
from coach.files.recorded import Flaw, Recorded, Sport, looks_like, steps_a_minute
from coach.files.stable_ids import stable_id
from coach.store.journal import Log

__all__ = [
    "Arrival",
    "Flaw",
    "Form",
    "Pains",
    "Recorded",
    "Recording",
    "Source",
    "Standing",
    "arrival",
    "read",
    "record",
    "standing",
    "strike",
]


class Form(StrEnum):
    """The formats of recordings."""

    GPX = "GPX"
    TCX = "TCX"
    FIT = "FIT"


@dataclass(frozen=True, slots=True)
class Recording:
    """A file of a watch, and what came of reading it."""

    form: Form
    found: Recorded | Flaw


class Source(StrEnum):
    """Who says whether it was a walk or a run."""

    PERSON = "person"
    FILE = "file"
    SPEED = "speed"


@dataclass(frozen=True, slots=True)
class Pains:
    """What no watch knows, NPRS 0-10: `during` is the peak. None is what was not told."""

    during: int | None
    before: int | None = None
    after: int | None = None
    limp: bool = False
    groin: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A recording as it would be entered."""

    uid: str
    """By the instant it began at: the same run in another format, or taken in again, is the same entry."""
    kind: OutingKind
    source: Source
    began: datetime
    """By the clock on the wall: of the file, or of the person's zone where it tells none."""
    minutes: float
    """Of moving."""
    elapsed_s: float
    distance_km: float | None
    cadence: float | None

    @property
    def day(self) -> date:
        """The training day it counts for."""
        return training_day(self.began)


def read(path: Path, form: Form) -> Recorded | Flaw:
    """Read a recording; a file that is none of the format is a flaw. Raises OSError."""
    from coach.files import fit_reading, recorded_xml, xml_safely

    limit = fit_reading.MAX_BYTES if form is Form.FIT else xml_safely.MAX_BYTES
    with path.open("rb") as file:
        data = file.read(limit + 1)
    match form:
        case Form.GPX:
            return recorded_xml.read_gpx(data)
        case Form.TCX:
            return recorded_xml.read_tcx(data)
        case Form.FIT:
            return fit_reading.read_fit(data)


def arrival(recorded: Recorded, calendar: Calendar, kind: OutingKind | None = None) -> Arrival | None:
    """The recording as an entry; None for what the file says is neither walk nor run, unless the person says so."""
    if kind is not None:
        source = Source.PERSON
    elif recorded.sport is Sport.OTHER:
        return None
    elif recorded.sport is Sport.UNTOLD:
        kind, source = looks_like(recorded), Source.SPEED
    else:
        kind, source = OutingKind(recorded.sport), Source.FILE
    zone = _zone(calendar) if recorded.offset is None else timezone(recorded.offset)
    metres = recorded.distance_m
    return Arrival(
        uid=stable_id("recording", recorded.began.isoformat(timespec="seconds")),
        kind=kind,
        source=source,
        began=recorded.began.astimezone(zone),
        minutes=max(0.01, round(recorded.moving_s / 60, 2)),
        elapsed_s=recorded.elapsed_s,
        distance_km=None if metres is None else round(metres / 1000, 3),
        cadence=steps_a_minute(recorded, kind),
    )


def _zone(calendar: Calendar) -> tzinfo:
    """The person's zone with its summer time: what is offset today was another one half a year ago."""
    here = calendar.now()
    try:
        zone = ZoneInfo(calendar.zone())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return here.tzinfo or UTC
    # A clock without a known zone tells "UTC" as its name, and yet its own offset.
    return zone if here.astimezone(zone).utcoffset() == here.utcoffset() else here.tzinfo or UTC


class Standing(StrEnum):
    """What the log has of a recording already."""

    NEW = "new"
    SAME_DAY = "same_day"
    """Nothing of it, but another walk or run of its kind on its day."""
    KNOWN = "known"


def standing(log: Log, one: Arrival) -> Standing:
    """What the log has of a recording already. Raises StoreError."""
    last = _last(log, one)
    if last is not None and not last.struck:
        return Standing.KNOWN
    same = any(other.kind is one.kind for other in log.outings(one.day, one.day))
    return Standing.SAME_DAY if same else Standing.NEW


def record(log: Log, one: Arrival, pains: Pains, calendar: Calendar) -> bool:
    """Record it; False if it is in the log already, and then nothing was changed. Raises StoreError.

    One that was struck, by undo or by hand, is taken in again; one whose pain was not told is completed by it.
    """
    last = _last(log, one)
    if last is not None and not last.struck:
        if last.pain is not None or pains.during is None:
            return False
        told = structs.replace(
            last,
            uid=stable_id("told", last.uid),
            replaces=last.uid,
            pain=pains.during,
            pain_after=last.pain_after if pains.after is None else pains.after,
            pain_before=last.pain_before if pains.before is None else pains.before,
            limp=last.limp or pains.limp,
            groin=last.groin or pains.groin,
            recorded=moment(calendar.now(), calendar.zone()),
        )
        log.add(told)
        return True
    log.add(
        Outing(
            uid=one.uid if last is None else stable_id("recording", last.uid),
            kind=one.kind,
            day=one.day,
            minutes=one.minutes,
            distance_km=one.distance_km,
            cadence=one.cadence,
            pain=pains.during,
            pain_after=pains.after,
            limp=pains.limp,
            groin=pains.groin,
            recorded=moment(calendar.now(), calendar.zone()),
            pain_before=pains.before,
            replaces="" if last is None else last.uid,
        )
    )
    return True


def strike(log: Log, some: Iterable[Arrival], calendar: Calendar) -> None:
    """Take back what was recorded of these: it stays in the log, and no longer counts. Raises StoreError."""
    for one in some:
        last = _last(log, one)
        if last is not None and not last.struck:
            uid = stable_id("struck", last.uid)
            recorded = moment(calendar.now(), calendar.zone())
            log.add(structs.replace(last, uid=uid, replaces=last.uid, struck=True, recorded=recorded))


def _last(log: Log, one: Arrival) -> Outing | None:
    """What the log has of a recording now, corrections and all; None where it has nothing."""
    versions = log.outing_versions()
    found = next((known for known in versions if known.uid == one.uid), None)
    after = {known.replaces: known for known in versions if known.replaces}
    while found is not None and found.uid in after:
        found = after[found.uid]
    return found
