"""The log and the routines in use as one FHIR R4 bundle (clinical reference, section 7.3), written in pieces.

Ids are the same at every export, so that who takes it in twice has everything once. No profile is claimed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from coach.core.clinical.readiness_tests import VALID_DAYS
from coach.core.log import DayEntry, FlagEntry, Outing, TestResult, WholeLog, current
from coach.files.fhir import codes, plan
from coach.files.fhir.codes import Json
from coach.files.fhir.logged import Writer
from coach.files.fhir.plan import Prescribed
from coach.files.stable_ids import Ids, stable_id


@dataclass(frozen=True, slots=True)
class Whole:
    """What goes into a bundle."""

    log: WholeLog
    days: tuple[DayEntry, ...]
    """One a day, of each field the newest answer."""
    prescribed: tuple[Prescribed, ...]
    units: Mapping[str, str]
    version: str
    """Of the program."""
    at: datetime
    snomed: bool
    verdict: tuple[date, bool] | None = None
    """The day on which the criteria to resume running were looked at, and whether they were all met."""


def write(whole: Whole) -> Iterator[bytes]:
    """The bundle, a resource a line."""
    head = {"resourceType": "Bundle", "type": "collection", "timestamp": codes.iso(whole.at)}
    yield msgspec.json.encode(head)[:-1] + b',"entry":['
    between = b"\n"
    for resource in _resources(whole):
        entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
        yield between + msgspec.json.encode(entry)
        between = b",\n"
    yield b"\n]}\n"


def _resources(whole: Whole) -> Iterator[Json]:
    ids = Ids(_person(whole))
    yield _patient(ids, whole.prescribed)
    yield {
        "resourceType": "Device",
        "id": ids("Device"),
        "deviceName": [{"name": "Rehab Coach", "type": "user-friendly-name"}],
        "version": [{"value": whole.version}],
        "patient": codes.reference(ids("Patient")),
    }
    yield _own_codes(whole.version)
    for one in whole.prescribed:
        yield from plan.resources(one, ids)
    plans = frozenset(one.routine.id for one in whole.prescribed)
    yield from _logged(whole, Writer(ids, plans, whole.units, whole.snomed))


def _logged(whole: Whole, writer: Writer) -> Iterator[Json]:
    for session in whole.log.sessions:
        yield from writer.session(session)
    for day in whole.days:
        yield from writer.day(day)
    for outing in current(whole.log.outings):
        yield from writer.outing(outing)
    for test in current(whole.log.tests):
        yield from writer.test(test)
    if whole.verdict is not None:
        on, met = whole.verdict
        looked_at = (test for test in current(whole.log.tests) if on - timedelta(days=VALID_DAYS) <= test.day <= on)
        yield writer.readiness(on, looked_at, met=met)
    yield from writer.flags(whole.log.flags)


def _person(whole: Whole) -> str:
    """What tells this person from others: the entry that was recorded first, which is never changed or removed."""
    log = whole.log
    entries: tuple[DayEntry | Outing | TestResult | FlagEntry, ...] = (*log.days, *log.outings, *log.tests, *log.flags)
    sessions = ((one.head.began.utc, one.head.uid) for one in log.sessions)
    first = min((*sessions, *((one.recorded.utc, one.uid) for one in entries)), default=(codes.iso(whole.at), ""))
    return "".join(first)


def _patient(ids: Ids, prescribed: Iterable[Prescribed]) -> Json:
    names = [text for one in prescribed if (text := codes.text_of(one.routine.patient))]
    return {"resourceType": "Patient", "id": ids("Patient"), **({"name": [{"text": names[0]}]} if names else {})}


def _own_codes(version: str) -> Json:
    """What our own codes mean, for whoever reads the bundle."""
    return {
        "resourceType": "CodeSystem",
        "id": stable_id("CodeSystem"),
        "url": codes.OWN,
        "version": version,
        "name": "RehabCoach",
        "status": "active",
        "content": "complete",
        "caseSensitive": True,
        "concept": [{"code": code, "display": display} for code, display in codes.OWN_CODES.items()],
    }
