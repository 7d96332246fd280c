"""What the clinical rules look at, read from the log: a window of some weeks, however long the log is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import msgspec
from msgspec import Struct, field

from coach.app.prescribing import STEP_EXTENSION
from coach.app.sets_done import DONE_IN_PART, share_done
from coach.app.settings import Settings
from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.history import DAY, History
from coach.core.clinical.red_flags import in_order
from coach.core.log import Answer, DayEntry, Ending, Outing, OutingKind, Question
from coach.core.routine.exercise import PainSite
from coach.core.session.events import Eased, Event, Hurt, Rated, from_json
from coach.core.session.record import pains_told
from coach.store.errors import Damaged
from coach.store.journal import Log, SessionLine

WINDOW_DAYS = 70
"""Enough for every rule: the longest looks back six weeks, and its first week has a baseline."""
_ENDED = (Ending.FINISHED, Ending.STOPPED)
_PAINS = frozenset({Question.DURING, Question.AFTER, Question.AFTER_60})
_KINDS = {OutingKind.WALK: BoutKind.WALK, OutingKind.RUN: BoutKind.RUN}


def read_history(log: Log, settings: Settings, on: date, days: int = WINDOW_DAYS) -> History:
    """The log up to and with the day `on`, as it is known now. Raises StoreError.

    A pain site of the settings counts for every day, that of a day for that day: the sharper limits hold.
    """
    since = on - timedelta(days=days)
    known = {entry.day: entry for entry in log.days(since, on)}
    sites = frozenset(settings.pain_sites)
    began = log.first_day()
    return History(
        on=on,
        since=since,
        began=began if began is not None and began <= on else None,
        days=known,
        bouts=_in_order((*_sessions(log, since, on, known, sites), *_outings(log, since, on, known, sites))),
        tests=log.tests(since, on),
        flags=tuple(in_order(log.flags(until=on))),
        screened=_screened(settings, on),
    )


def sites_on(log: Log, settings: Settings, day: date) -> frozenset[PainSite]:
    """Where it hurts, by which the limits of a day are chosen: by the settings, and by what was said that day.

    The same sites by which the day is judged afterwards. Raises StoreError.
    """
    return frozenset(settings.pain_sites).union(*(entry.sites for entry in log.days(day, day)))


def _in_order(bouts: Iterable[Bout]) -> tuple[Bout, ...]:
    return tuple(sorted(bouts, key=lambda bout: (bout.day, bout.ended)))


def _screened(settings: Settings, on: date) -> tuple[date, ...]:
    try:
        day = date.fromisoformat(settings.screened)
    except ValueError:
        return ()
    return (day,) if day <= on else ()


def _sessions(log: Log, since: date, on: date, days: Mapping[date, DayEntry], sites: frozenset[PainSite]) -> list[Bout]:
    answers: dict[str, dict[Question, Answer]] = {}
    for answer in log.answers_between(since, on):
        answers.setdefault(answer.session, {})[answer.question] = answer
    told: dict[str, list[Event]] = {}
    in_part, eased = set(), set()
    for uid, stored in log.events_between(since, on, ("hurt", "rated", *DONE_IN_PART)):
        match from_json(stored.body):
            case Hurt() | Rated() as event:
                told.setdefault(uid, []).append(event)
            case Eased():
                in_part.add(uid)
                eased.add(uid)
            case _:
                in_part.add(uid)
    rated = {uid: max(pains) for uid, events in told.items() if (pains := pains_told(events))}
    # Where pain was told it counts, however little was done: a session given up in its first set because it hurt.
    hurt = {uid for uid, given in answers.items() if not _PAINS.isdisjoint(given)} | rated.keys()
    lines = [
        line
        for line in log.sessions(since, on)
        if line.ending in _ENDED or (line.ending is Ending.LEFT and line.uid in hurt)
    ]
    in_part.update(line.uid for line in lines if line.ending is Ending.LEFT)
    steps = {uid: _dose_step(uid, routine) for uid, routine in log.routines_between(since, on, f'"{STEP_EXTENSION}"')}
    found = (
        _session(
            line,
            {question: answer.value for question, answer in answers.get(line.uid, {}).items()},
            rated.get(line.uid),
            days,
            sites,
            done=share_done(log, line.uid) if line.uid in in_part else 1.0,
        )
        for line in lines
    )
    return [_at_step(one, steps.get(one.uid), eased=one.uid in eased) for one in found]


class _DoseStep(Struct, frozen=True):
    prescription: str = ""
    step: int = 0


class _WithDoseStep(Struct, frozen=True):
    """Of a stored routine, only at which step it was done."""

    told: _DoseStep = field(default=_DoseStep(), name=STEP_EXTENSION)


def _dose_step(uid: str, routine: str) -> _DoseStep:
    try:
        return msgspec.json.decode(routine, type=_WithDoseStep).told
    except msgspec.MsgspecError as error:
        raise Damaged((f"session {uid}: {type(error).__name__}",)) from error


def _at_step(bout: Bout, told: _DoseStep | None, *, eased: bool) -> Bout:
    if told is None:
        return replace(bout, eased=eased) if eased else bout
    return replace(bout, eased=eased, prescription=told.prescription, step=told.step)


def _session(
    line: SessionLine,
    told: Mapping[Question, int | None],
    rated: int | None,
    days: Mapping[date, DayEntry],
    sites: frozenset[PainSite],
    *,
    done: float,
) -> Bout:
    day = line.began.day
    here, next_day = days.get(day), days.get(day + DAY)
    peaks = [pain for pain in (told.get(Question.DURING), rated) if pain is not None]
    morning = told.get(Question.MORNING)
    return Bout(
        uid=line.uid,
        kind=BoutKind.SESSION,
        day=day,
        ended=line.began.utc,
        routine=line.routine_id,
        pre=told.get(Question.BEFORE),
        during=max(peaks, default=None),
        after=told.get(Question.AFTER),
        after60=told.get(Question.AFTER_60),
        morning=morning if morning is not None else _morning(next_day),
        night=_night(next_day),
        masked=_masked(here, next_day),
        limp=bool(here and here.limp),
        sites=sites | (here.sites if here else frozenset()),
        effort=told.get(Question.EFFORT),
        done=done,
    )


def _outings(log: Log, since: date, on: date, days: Mapping[date, DayEntry], sites: frozenset[PainSite]) -> list[Bout]:
    return [_outing(one, days.get(one.day), days.get(one.day + DAY), sites) for one in log.outings(since, on)]


def _outing(one: Outing, here: DayEntry | None, next_day: DayEntry | None, sites: frozenset[PainSite]) -> Bout:
    groin = frozenset((PainSite.GROIN,)) if one.groin else frozenset()
    return Bout(
        uid=one.uid,
        kind=_KINDS[one.kind],
        day=one.day,
        ended=one.recorded.utc,
        timed=one.recorded.day == one.day,
        pre=one.pain_before,
        during=one.pain,
        after=one.pain_after,
        after60=one.pain_after60,
        morning=_morning(next_day),
        night=_night(next_day),
        masked=_masked(here, next_day),
        limp=one.limp,
        sites=sites | groin | (here.sites if here else frozenset()),
        minutes=one.minutes,
        cadence=one.cadence,
        stage=one.stage,
        running_min=one.running_min,
    )


def _morning(entry: DayEntry | None) -> int | None:
    return entry.morning if entry else None


def _night(entry: DayEntry | None) -> bool | None:
    return entry.night if entry else None


def _masked(*entries: DayEntry | None) -> bool:
    return any(entry is not None and entry.analgesic for entry in entries)
