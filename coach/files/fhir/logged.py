"""What was logged, as FHIR: sessions as procedures, pain and tests as observations, red flags as flags."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from coach.core.day import Moment
from coach.core.log import (
    Answer,
    DayEntry,
    Ending,
    FlagEntry,
    Outing,
    OutingKind,
    Question,
    SessionHead,
    Spot,
    TestResult,
    WholeSession,
)
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import Side
from coach.core.session.events import from_json, plan_from_json
from coach.core.session.record import Record, SetDone, record
from coach.files.fhir import codes
from coach.files.fhir.codes import Json
from coach.files.stable_ids import Ids

_ACTIVITY = "http://hl7.org/fhir/us/physical-activity/CodeSystem/pa-temporary-codes"
_FLAG = "http://terminology.hl7.org/CodeSystem/flag-category"
_CONTEXTS = {
    Question.BEFORE: "before",
    Question.DURING: "during",
    Question.AFTER: "after",
    Question.AFTER_60: "after-60-min",
    Question.MORNING: "next-morning",
}
_ALWAYS = (Question.BEFORE, Question.DURING, Question.AFTER)
"""Asked about every session: no answer to them is told as one that is missing."""
_UNITS = {"s": ("s", "s"), "reps": ("repetitions", "{repetitions}"), "points": ("/10", "{score}")}


@dataclass(frozen=True, slots=True)
class Writer:
    """What every resource of a log needs to know."""

    ids: Ids
    plans: frozenset[str]
    """The ids of the routines whose care plans are in the bundle."""
    units: Mapping[str, str]
    """Of the self-tests: `s`, `reps` or `points`."""
    snomed: bool

    # -- sessions -----------------------------------------------------------------------------------------------

    def session(self, one: WholeSession) -> Iterator[Json]:
        """A session and what was asked about it."""
        head = one.head
        id_ = self.ids("Procedure", head.uid)
        done = _record(one)
        newest = {answer.question: answer for answer in sorted(one.answers, key=lambda answer: answer.recorded.utc)}
        yield self._procedure(one, id_, done, newest)
        peak = max(done.pains, default=None)
        for question, context in _CONTEXTS.items():
            answer = newest.get(question)
            value = None if answer is None else answer.value
            if question is Question.DURING and peak is not None:
                value = peak if value is None else max(value, peak)
            if value is None and question not in _ALWAYS:
                continue
            when, entered = _when(head, question, answer.recorded if answer is not None else head.began)
            pain = self._pain(self.ids("pain", head.uid, context), when, value, context)
            yield {**pain, **entered, "partOf": [codes.reference(id_)]}
        effort = newest.get(Question.EFFORT)
        if effort is not None and effort.value is not None:
            when, entered = _when(head, Question.EFFORT, effort.recorded)
            made = self._observation(self.ids("effort", head.uid), "survey", codes.own("effort"), when)
            yield {**made, **entered, "valueQuantity": codes.score(effort.value), "partOf": [codes.reference(id_)]}

    def _procedure(self, one: WholeSession, id_: str, done: Record, newest: Mapping[Question, Answer]) -> Json:
        head, end = one.head, one.end
        made: Json = {
            "resourceType": "Procedure",
            "id": id_,
            "status": _status(one),
            "code": self._session_code(head.routine_title),
            "subject": codes.reference(self.ids("Patient")),
            "extension": [codes.extension("guided", valueBoolean=head.guided), *map(_set_done, done.sets)],
        }
        if end is not None and end.ending is not Ending.FINISHED:
            made["statusReason"] = {
                "text": "Stopped by the person"
                if end.ending is Ending.STOPPED
                else "Broke off and was not gone on with"
            }
        if head.guided:
            period = {"start": codes.date_time(head.began)}
            made["performedPeriod"] = period if end is None else {**period, "end": codes.date_time(end.ended)}
        else:
            made["performedDateTime"] = head.began.day.isoformat()
        if head.routine_id in self.plans:
            made["basedOn"] = [codes.reference(self.ids("CarePlan", head.routine_id))]
        note = newest.get(Question.NOTE)
        if note is not None and (text := codes.text_of(note.text)):
            made["note"] = [{"text": text}]
        return made

    def _session_code(self, title: str) -> Json:
        concept = codes.own("rehab-session", codes.text_of(title))
        if self.snomed:
            therapy, display = codes.EXERCISE_THERAPY
            concept["coding"].append({"system": codes.SNOMED, "code": therapy, "display": display})
        return concept

    # -- days ---------------------------------------------------------------------------------------------------

    def day(self, one: DayEntry) -> Iterator[Json]:
        """The pain of a day. What was not answered is told as missing, never as 0."""
        day = one.day.isoformat()
        where = _where(one.spots or (), snomed=self.snomed)
        for context, value in (("next-morning", one.morning), ("daily-worst", one.worst)):
            yield {**self._pain(self.ids("day", day, context), day, value, context), **where}
        ticks = (("woken-by-pain", one.night), ("analgesic", one.analgesic), ("limp", one.limp))
        for code, tick in ticks:
            if tick is not None:
                made = self._observation(self.ids("day", day, code), "survey", codes.own(code), day)
                yield {**made, "valueBoolean": tick}

    # -- walks and runs -----------------------------------------------------------------------------------------

    def outing(self, one: Outing) -> Iterator[Json]:
        """A walk or run: a group with its measures, and the pain beside it.

        Pain is no member of the group: only measures of activity may be (clinical reference, section 7.2, trap 3).
        """
        day = one.day.isoformat()
        group = self.ids("outing", one.uid)
        measures = [self._measure(one, name, code, value) for name, code, value in _measures(one)]
        made = self._observation(group, "activity", codes.coded(_ACTIVITY, "PAPanel"), day)
        made["category"].append(codes.coded(_ACTIVITY, "PhysicalActivity"))
        yield {**made, "hasMember": [codes.reference(measure["id"]) for measure in measures]}
        yield from measures
        about = {"extension": [codes.extension("about", valueReference=codes.reference(group))]}
        pains = (
            ("before", one.pain_before),
            ("during", one.pain),
            ("after", one.pain_after),
            ("after-60-min", one.pain_after60),
        )
        groin = {"bodySite": {"text": "Groin"}} if one.groin else {}
        for context, value in pains:
            if value is not None:
                yield {**self._pain(self.ids("pain", one.uid, context), day, value, context), **about, **groin}
        limp = self._observation(self.ids("limp", one.uid), "survey", codes.own("limp"), day)
        yield {**limp, "valueBoolean": one.limp, **about}

    def _measure(self, one: Outing, name: str, code: Json, value: Json) -> Json:
        made = self._observation(self.ids(name, one.uid), "activity", code, one.day.isoformat())
        return {**made, **value}

    # -- tests and flags ----------------------------------------------------------------------------------------

    def test(self, one: TestResult) -> Iterator[Json]:
        """A self-test, each side by itself, and the pain during it."""
        day = one.day.isoformat()
        unit, code = _UNITS[self.units.get(one.name, "points")]
        results = []
        for side, value in (("left", one.left), ("right", one.right), ("", one.value)):
            if value is None:
                continue
            concept = codes.own("self-test", codes.text_of(one.name))
            concept["coding"].append({"system": f"{codes.OWN}/test", "code": "-".join(one.name.split()) or "test"})
            made = self._observation(self.ids("test", one.uid, side), "exam", concept, day)
            site = {"bodySite": {"text": side.capitalize()}} if side else {}
            results.append({**made, "valueQuantity": codes.quantity(value, unit, code), **site})
        yield from results
        pain = self._pain(self.ids("pain", one.uid, "during"), day, one.pain, "during")
        about = [codes.extension("about", valueReference=codes.reference(result["id"])) for result in results]
        yield {
            **pain,
            **({"extension": about} if about else {}),
            **({"bodySite": {"text": "Groin"}} if one.groin else {}),
        }

    def readiness(self, on: date, tests: Iterable[TestResult], *, met: bool) -> Json:
        """The verdict of a day, and the self-tests of the days before that it looked at."""
        day = on.isoformat()
        made = self._observation(self.ids("readiness", day), "survey", codes.own("readiness"), day)
        results = [
            codes.reference(self.ids("test", one.uid, side))
            for one in tests
            for side, value in (("left", one.left), ("right", one.right), ("", one.value))
            if value is not None
        ]
        return {**made, "valueBoolean": met, **({"derivedFrom": results} if results else {})}

    def flags(self, entries: Iterable[FlagEntry]) -> Iterator[Json]:
        """Each red flag from the day it was raised to the day a clinician was said to have looked."""
        raised: dict[str, FlagEntry] = {}
        for entry in sorted(entries, key=lambda one: one.recorded.utc):
            if entry.raised:
                raised.setdefault(entry.name, entry)
            elif entry.name in raised:
                yield self._flag(raised.pop(entry.name), entry)
        for entry in raised.values():
            yield self._flag(entry, None)

    def _flag(self, since: FlagEntry, cleared: FlagEntry | None) -> Json:
        period = {"start": since.day.isoformat()}
        if cleared is not None:
            period["end"] = max(since.day, cleared.day).isoformat()
        return {
            "resourceType": "Flag",
            "id": self.ids("Flag", since.uid),
            "status": "active" if cleared is None else "inactive",
            "category": [codes.coded(_FLAG, "safety")],
            "code": {
                "coding": [{"system": f"{codes.OWN}/red-flag", "code": "-".join(since.name.split()) or "flag"}],
                "text": codes.text_of(since.name.replace("_", " ")) or "Red flag",
            },
            "subject": codes.reference(self.ids("Patient")),
            "period": period,
        }

    # -- pieces -------------------------------------------------------------------------------------------------

    def _observation(self, id_: str, category: str, code: Json, when: str) -> Json:
        return {
            "resourceType": "Observation",
            "id": id_,
            "status": "final",
            "category": codes.category(category),
            "code": code,
            "subject": codes.reference(self.ids("Patient")),
            "performer": [codes.reference(self.ids("Patient"))],
            "effectiveDateTime": when,
        }

    def _pain(self, id_: str, when: str, value: int | None, context: str) -> Json:
        made = self._observation(id_, "survey", codes.loinc(codes.PAIN), when)
        made |= {"dataAbsentReason": codes.absent()} if value is None else {"valueQuantity": codes.score(value)}
        phase = codes.own(context)
        if self.snomed and context in codes.PHASES:
            code, display = codes.PHASES[context]
            phase["coding"].append({"system": codes.SNOMED, "code": code, "display": display})
        made["component"] = [{"code": codes.own("pain-context"), "valueCodeableConcept": phase}]
        return made


def _record(session: WholeSession) -> Record:
    if not session.head.plan:
        return Record((), (), (), complete=False)
    return record(plan_from_json(session.head.plan), (from_json(event.body) for event in session.events))


def _when(head: SessionHead, question: Question, recorded: Moment) -> tuple[str, Json]:
    """When the answer is true, and, where it was entered afterwards, when that was.

    Of a guided session that is the instant at which it was told on its own day. Else only the day is known.
    """
    about = head.began.day
    if question is Question.MORNING and about < date.max:  # a log that was taken in may name any day
        about += timedelta(days=1)
    if head.guided and recorded.day == about:
        return codes.date_time(recorded), {}
    return about.isoformat(), {"issued": codes.date_time(recorded)}


def _status(session: WholeSession) -> str:
    if session.end is None:
        return "unknown"
    return "completed" if session.end.ending is Ending.FINISHED else "stopped"


def _set_done(one: SetDone) -> Json:
    parts = [
        codes.extension("exercise", valueString=codes.text_of(one.exercise) or "exercise"),
        codes.extension("set", valueInteger=one.set),
        codes.extension("side", valueCode=str(Side(one.side))),
        codes.extension("reps", valueInteger=one.reps),
        codes.extension("reps-planned", valueInteger=one.reps_planned),
        codes.extension("worked-s", valueDecimal=round(one.seconds, 3)),
    ]
    return codes.extensions("set-done", parts)


def _measures(one: Outing) -> Iterator[tuple[str, Json, Json]]:
    # The answer code for running is one of those that were checked; for walking the word alone is written.
    kind = codes.coded(codes.LOINC, *codes.RUNNING) if one.kind is OutingKind.RUN else {"text": "Walking"}
    yield "type", codes.loinc(codes.ACTIVITY_TYPE), {"valueCodeableConcept": kind}
    yield "duration", codes.loinc(codes.DURATION), {"valueQuantity": codes.quantity(one.minutes, "min", "min")}
    if one.distance_km is not None:
        metres = round(one.distance_km * 1000, 3)
        yield "distance", codes.own("distance"), {"valueQuantity": codes.quantity(metres, "m", "m")}
    if one.cadence is not None:
        value = codes.quantity(one.cadence, "steps/min", "{steps}/min")
        yield "cadence", codes.own("cadence"), {"valueQuantity": value}


def _where(spots: Iterable[Spot], *, snomed: bool) -> Json:
    """Where it hurt. FHIR has room for one place: several are told in its text."""
    told = tuple(spots)
    if not told:
        return {}
    words = [f"{spot.side or ''} {spot.site.replace('_', ' ')}".strip() for spot in told]
    text = ", ".join(words).capitalize()
    # The one checked code is that of the hip region: it would be wrong for a back or a thigh.
    hip = snomed and {spot.site for spot in told} == {PainSite.LATERAL}
    return {"bodySite": {**codes.coded(codes.SNOMED, *codes.HIP_REGION), "text": text} if hip else {"text": text}}
