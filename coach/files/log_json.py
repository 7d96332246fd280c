"""The exported log, version 1.2: one JSON document with everything that was recorded, one entry a line.

`{"format": "rehab-log", "version": "1.2", "sessions": […], "days": […], "outings": […], "tests": […], "flags": […],
"routines": […]}`. Entries carry the `uid` they are known by for ever and `recorded`: the instant (UTC), the zone of the
person then, and the training day. Pain and effort are 0-10, lengths in seconds but for `minutes`, null is what was not
answered. A session holds its routine as it was, its `plan` (steps as `[kind, duration_s, item, exercise, side, set,
rep, open]`, trailing defaults may be missing), its events in order, the answers about it and how it ended.
`routines` are the routine files that were taken in. A walk, run or test that corrects or completes another one names it
in `replaces`; one that is `struck` was entered by mistake. `spots` are where it hurt, each a site and perhaps a side.

Version 1.1 added `limp`, `spots`, `pain_before`, `pain_after60`, `replaces`, `struck` and the `groin` of tests; 1.2 the
`stage` of a run (of the return-to-run plan, from 1) and its `running_min`. Older documents are read.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Raw, Struct
from msgspec.structs import replace

from coach.core import log as entries
from coach.core.day import Moment
from coach.core.log import WholeLog, WholeSession
from coach.core.routine.bounds import Date, Name, Nprs, Text
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import Step
from coach.core.routine.problems import Problem, Rule
from coach.core.routine.reading import ReadRoutine, read_routine, write_routine
from coach.core.routine.routine import BodySide, Routine
from coach.core.routine.shape import all_misfits
from coach.core.session.engine import Session, apply
from coach.core.session.events import Began, Counted, Eased, Event, Jumped, plan_to_json, to_json

FORMAT = "rehab-log"
VERSION = "1.3"
MAX_BYTES = 256 * 2**20
_SAYS_SO = re.compile(rb'"format"\s*:\s*"' + FORMAT.encode() + rb'"')
LATEST_S = 10**9
"""An instant of a session: thirty years after it began is no slip of a clock any more."""
LONGEST_STEP_S = 4 * 3600.0
"""A rep at one's own pace is expected to take three phases of an hour at most."""

T = TypeVar("T")
S = TypeVar("S", bound=Struct)

_Uid = Annotated[str, Meta(min_length=1, max_length=200)]
_Replaced = Annotated[str, Meta(max_length=200)]
_Amount = Annotated[float, Meta(ge=0, le=100_000)]
_Result = Annotated[float, Meta(ge=-100_000, le=100_000)]
_Utc = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$")]
_NOTE_CHARACTERS = 100_000


class _Moment(Struct, frozen=True):
    utc: _Utc
    zone: Annotated[str, Meta(max_length=200)]
    day: Date


class _Event(Struct, frozen=True):
    seq: Annotated[int, Meta(ge=0, le=100_000_000)]
    event: Event


class _Answer(Struct, frozen=True):
    uid: _Uid
    question: entries.Question
    value: Nprs | None
    text: Annotated[str, Meta(max_length=_NOTE_CHARACTERS)]
    recorded: _Moment


class _End(Struct, frozen=True):
    ended: _Moment
    ending: entries.Ending


class _Session(Struct, frozen=True):
    uid: _Uid
    began: _Moment
    routine_id: Name
    routine_title: Text
    revision: Annotated[int, Meta(ge=1, le=1_000_000)]
    guided: bool
    routine: dict[str, Any]
    plan: tuple[Step, ...] | None
    events: list[_Event]
    answers: list[_Answer]
    end: _End | None


class _Spot(Struct, frozen=True):
    site: PainSite
    side: BodySide | None = None


class _Day(Struct, frozen=True):
    uid: _Uid
    day: Date
    morning: Nprs | None
    worst: Nprs | None
    night: bool | None
    analgesic: bool | None
    recorded: _Moment
    limp: bool | None = None
    spots: Annotated[list[_Spot], Meta(max_length=100)] | None = None


class _Outing(Struct, frozen=True):
    uid: _Uid
    kind: entries.OutingKind
    day: Date
    minutes: _Amount
    distance_km: _Amount | None
    cadence: _Amount | None
    pain: Nprs | None
    pain_after: Nprs | None
    limp: bool
    groin: bool
    recorded: _Moment
    pain_before: Nprs | None = None
    pain_after60: Nprs | None = None
    replaces: _Replaced = ""
    struck: bool = False
    stage: Annotated[int, Meta(ge=1, le=1000)] | None = None
    running_min: _Amount | None = None


class _Test(Struct, frozen=True):
    uid: _Uid
    name: Name
    day: Date
    left: _Result | None
    right: _Result | None
    value: _Result | None
    pain: Nprs
    recorded: _Moment
    groin: bool = False
    replaces: _Replaced = ""
    struck: bool = False


class _Flag(Struct, frozen=True):
    uid: _Uid
    name: Name
    day: Date
    raised: bool
    recorded: _Moment


class _Document(Struct, frozen=True):
    format: str
    version: str
    sessions: list[Raw] = []
    days: list[Raw] = []
    outings: list[Raw] = []
    tests: list[Raw] = []
    flags: list[Raw] = []
    routines: list[Raw] = []


# -- writing --------------------------------------------------------------------------------------------------------


def write(log: WholeLog, routines: Iterable[bytes]) -> Iterator[bytes]:
    """The document in pieces; `routines` are routine files."""
    yield b'{"format": "%s", "version": "%s"' % (FORMAT.encode(), VERSION.encode())
    yield from _list("sessions", map(_session, log.sessions))
    yield from _list("days", map(_plain, log.days))
    yield from _list("outings", map(_plain, log.outings))
    yield from _list("tests", map(_plain, log.tests))
    yield from _list("flags", map(_plain, log.flags))
    yield from _list("routines", map(_one_line, routines))
    yield b"\n}\n"


def _list(name: str, values: Iterable[object]) -> Iterator[bytes]:
    yield b',\n"%s": [' % name.encode()
    between = b"\n"
    for value in values:
        yield between + msgspec.json.encode(value)
        between = b",\n"
    yield b"]" if between == b"\n" else b"\n]"


def _plain(entry: Any) -> dict[str, object]:  # a dataclass of the log; msgspec knows how
    value: dict[str, object] = msgspec.to_builtins(entry)
    return value


def _one_line(file: bytes) -> Raw:
    return Raw(msgspec.json.format(file, indent=-1))


def _session(session: WholeSession) -> dict[str, object]:
    head = session.head
    return {
        "uid": head.uid,
        "began": head.began,
        "routine_id": head.routine_id,
        "routine_title": head.routine_title,
        "revision": head.revision,
        "guided": head.guided,
        "routine": _one_line(head.routine.encode()),
        "plan": Raw(head.plan.encode()) if head.plan else None,
        "events": [{"seq": event.seq, "event": Raw(event.body.encode())} for event in session.events],
        "answers": [
            {
                "uid": answer.uid,
                "question": answer.question,
                "value": answer.value,
                "text": answer.text,
                "recorded": answer.recorded,
            }
            for answer in session.answers
        ],
        "end": None if session.end is None else {"ended": session.end.ended, "ending": session.end.ending},
    }


# -- reading --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadLog:
    """What came of reading an exported log; `log` is None exactly if there are problems."""

    log: WholeLog | None
    routines: tuple[bytes, ...] = ()
    problems: tuple[Problem, ...] = ()


def is_log(data: bytes) -> bool:
    """Whether this says of itself that it is an exported log, wherever in it: other programs sort the keys."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _SAYS_SO.search(data) is not None


def read(data: bytes) -> ReadLog:
    """Read an exported log, or say everything that is wrong with it."""
    if len(data) > MAX_BYTES:
        return _refused(Problem("$", Rule.TOO_LARGE, len(data), MAX_BYTES))
    try:
        document = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Document)
    except msgspec.ValidationError as error:
        return ReadLog(None, (), _misfits(data.removeprefix(b"\xef\xbb\xbf"), _Document, error))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _refused(Problem("$", Rule.OTHER, f"not JSON: {error}"))
    except RecursionError:
        return _refused(Problem("$", Rule.TOO_DEEP, 1, 32))
    if document.format != FORMAT:
        return _refused(Problem("$.format", Rule.NOT_OUR_FORMAT, document.format, FORMAT))
    if document.version.split(".")[0] != VERSION.split(".", maxsplit=1)[0]:
        return _refused(Problem("$.version", Rule.NEWER_VERSION, document.version, VERSION))
    return _Reader().read(document)


def _refused(problem: Problem) -> ReadLog:
    return ReadLog(None, (), (problem,))


def _misfits(data: bytes, shape: Any, first: msgspec.ValidationError) -> tuple[Problem, ...]:
    """Every place where it is not as it should be."""
    try:
        return all_misfits(json.loads(data), shape, first)
    except (ValueError, RecursionError):
        return (Problem("$", Rule.OTHER, str(first)),)


class _Reader:
    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._uids: set[tuple[str, str]] = set()
        self._routines: dict[bytes, ReadRoutine] = {}

    def read(self, document: _Document) -> ReadLog:
        log = WholeLog(
            self._each("sessions", document.sessions, _Session, self._whole_session),
            self._each("days", document.days, _Day, self._day),
            self._each("outings", document.outings, _Outing, self._outing),
            self._each("tests", document.tests, _Test, self._test),
            self._each("flags", document.flags, _Flag, self._flag),
        )
        routines = self._each("routines", document.routines, dict[str, Any], self._file)
        if self._problems:
            return ReadLog(None, (), tuple(self._problems))
        return ReadLog(log, routines)

    def _each(self, name: str, raws: list[Raw], shape: Any, make: Callable[[Any, str], T]) -> tuple[T, ...]:
        made = []
        for index, raw in enumerate(raws):
            path = f"$.{name}[{index}]"
            known = len(self._problems)
            try:
                value = msgspec.json.decode(raw, type=shape)
                one = make(value, path)
            except msgspec.ValidationError as error:
                self._misfits(raw, shape, error, path)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                self._wrong(path, Rule.OTHER, f"not JSON: {error}")
            except RecursionError:
                self._wrong(path, Rule.TOO_DEEP, 1, 32)
            else:
                if len(self._problems) == known:
                    made.append(one)
        return tuple(made)

    def _misfits(self, raw: Raw, shape: Any, first: msgspec.ValidationError, path: str) -> None:
        found = _misfits(bytes(raw), shape, first)
        self._problems += [replace(one, path=path + one.path.removeprefix("$")) for one in found]

    def _wrong(self, path: str, rule: Rule, found: object = None, limit: object = None) -> None:
        self._problems.append(Problem(path, rule, found, limit))

    # -- what no shape can say --------------------------------------------------------------------------------------

    def _known_once(self, kind: str, uid: str, path: str) -> None:
        if (kind, uid) in self._uids:
            self._wrong(f"{path}.uid", Rule.DUPLICATE_KEY, uid)
        self._uids.add((kind, uid))
        self._text(uid, f"{path}.uid")

    def _text(self, text: str, path: str) -> None:
        if "\0" in text:
            self._wrong(path, Rule.BAD_TEXT, "NUL")

    def _date(self, written: str, path: str) -> date:
        try:
            return date.fromisoformat(written)
        except ValueError:
            self._wrong(path, Rule.NOT_A_DAY, written)
            return date.min

    def _moment(self, one: _Moment, path: str) -> Moment:
        try:
            datetime.fromisoformat(one.utc)
        except ValueError:
            self._wrong(f"{path}.utc", Rule.NOT_A_DAY, one.utc)
        self._text(one.zone, f"{path}.zone")
        return Moment(one.utc, one.zone, self._date(one.day, f"{path}.day"))

    def _day(self, one: _Day, path: str) -> entries.DayEntry:
        self._known_once("days", one.uid, path)
        day, recorded = self._date(one.day, f"{path}.day"), self._moment(one.recorded, f"{path}.recorded")
        return entries.DayEntry(
            uid=one.uid,
            day=day,
            morning=one.morning,
            worst=one.worst,
            night=one.night,
            analgesic=one.analgesic,
            recorded=recorded,
            limp=one.limp,
            spots=None if one.spots is None else _stored(one.spots),
        )

    def _outing(self, one: _Outing, path: str) -> entries.Outing:
        self._known_once("outings", one.uid, path)
        self._text(one.replaces, f"{path}.replaces")
        return entries.Outing(
            uid=one.uid,
            kind=one.kind,
            day=self._date(one.day, f"{path}.day"),
            minutes=one.minutes,
            distance_km=one.distance_km,
            cadence=one.cadence,
            pain=one.pain,
            pain_after=one.pain_after,
            limp=one.limp,
            groin=one.groin,
            recorded=self._moment(one.recorded, f"{path}.recorded"),
            pain_before=one.pain_before,
            pain_after60=one.pain_after60,
            replaces=one.replaces,
            struck=one.struck,
            stage=one.stage,
            running_min=one.running_min,
        )

    def _test(self, one: _Test, path: str) -> entries.TestResult:
        self._known_once("tests", one.uid, path)
        self._text(one.name, f"{path}.name")
        self._text(one.replaces, f"{path}.replaces")
        day, recorded = self._date(one.day, f"{path}.day"), self._moment(one.recorded, f"{path}.recorded")
        return entries.TestResult(
            uid=one.uid,
            name=one.name,
            day=day,
            left=one.left,
            right=one.right,
            value=one.value,
            pain=one.pain,
            recorded=recorded,
            groin=one.groin,
            replaces=one.replaces,
            struck=one.struck,
        )

    def _flag(self, one: _Flag, path: str) -> entries.FlagEntry:
        self._known_once("flags", one.uid, path)
        self._text(one.name, f"{path}.name")
        day, recorded = self._date(one.day, f"{path}.day"), self._moment(one.recorded, f"{path}.recorded")
        return entries.FlagEntry(one.uid, one.name, day, one.raised, recorded)

    def _whole_session(self, one: _Session, path: str) -> WholeSession:
        self._known_once("sessions", one.uid, path)
        self._text(one.routine_id, f"{path}.routine_id")
        self._text(one.routine_title, f"{path}.routine_title")
        read = self._routine(one.routine, f"{path}.routine")
        routine = read.routine
        self._replay(one, routine, path)
        head = entries.SessionHead(
            uid=one.uid,
            began=self._moment(one.began, f"{path}.began"),
            routine_id=one.routine_id,
            routine_title=one.routine_title,
            revision=one.revision,
            # With what this program itself noted in it: the step at which it was done, a lower dose.
            routine="" if routine is None else write_routine(routine, read.extensions).decode(),
            plan=plan_to_json(one.plan) if one.plan else "",
            guided=one.guided,
        )
        return WholeSession(
            head,
            tuple(entries.StoredEvent(event.seq, event.event.at, to_json(event.event)) for event in one.events),
            tuple(
                self._answer(answer, one.uid, f"{path}.answers[{index}]") for index, answer in enumerate(one.answers)
            ),
            None
            if one.end is None
            else entries.SessionEnd(one.uid, self._moment(one.end.ended, f"{path}.end.ended"), one.end.ending),
        )

    def _answer(self, one: _Answer, session: str, path: str) -> entries.Answer:
        self._known_once("answers", one.uid, path)
        self._text(one.text, f"{path}.text")
        recorded = self._moment(one.recorded, f"{path}.recorded")
        return entries.Answer(one.uid, session, one.question, one.value, one.text, recorded)

    def _routine(self, value: dict[str, Any], path: str) -> ReadRoutine:
        data = msgspec.json.encode(value)
        # Hundreds of sessions of the same routine: looked at once.
        if data not in self._routines:
            found = self._routines[data] = read_routine(data, {})
            self._problems += [
                replace(problem, path=path + problem.path.removeprefix("$")) for problem in found.findings.problems
            ]
        return self._routines[data]

    def _replay(self, one: _Session, routine: Routine | None, path: str) -> None:
        """Every event must make sense where it stands: what is taken in is replayed for ever after."""
        items = len(routine.items) if routine is not None else 0
        steps = one.plan or ()
        if bool(steps) != one.guided or (one.events and not steps):
            self._wrong(f"{path}.plan", Rule.OTHER, "a guided session has a plan, another one has none and no events")
            return
        if not self._steps_make_sense(steps, items):
            self._wrong(f"{path}.plan", Rule.OTHER, "holds a step that cannot be")
            return
        session, last = Session(steps), -1
        for index, stored in enumerate(one.events):
            here = f"{path}.events[{index}]"
            if stored.seq <= last:
                self._wrong(f"{here}.seq", Rule.OTHER, f"is {stored.seq}, but the one before is {last}")
                return
            last = stored.seq
            if not 0 <= stored.event.at <= LATEST_S:
                self._wrong(f"{here}.event.at", Rule.OTHER, f"must lie between 0 and {LATEST_S} seconds")
                return
            match stored.event:
                case Began(index=to) | Counted(index=to) | Jumped(index=to) if not 0 <= to < len(session.steps):
                    self._wrong(f"{here}.event.index", Rule.OTHER, f"is {to}, and there is no such step")
                    return
                case Eased(steps=eased) if not eased or not self._steps_make_sense(eased, items):
                    self._wrong(f"{here}.event.steps", Rule.OTHER, "holds a step that cannot be")
                    return
                case _:
                    session = apply(session, stored.event)

    def _steps_make_sense(self, steps: tuple[Step, ...], items: int) -> bool:
        return all(0 < step.duration_s <= LONGEST_STEP_S and 0 <= step.item < items for step in steps)

    def _file(self, value: dict[str, Any], path: str) -> bytes:
        # Whether the exercises that it names are known is for whoever takes it over to say.
        del path
        return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _stored(spots: list[_Spot]) -> tuple[entries.Spot, ...]:
    """The spots as the log gives them back: in its order, each once."""
    return entries.in_order(entries.Spot(spot.site, spot.side) for spot in spots)
