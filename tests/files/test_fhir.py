"""The FHIR export, read by the models of another program, and held against the log it was made from."""

import json
import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.app import demo, handing_out
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
    WholeLog,
    WholeSession,
)
from coach.core.log import TestResult as Result  # pytest would collect it
from coach.core.routine.exercise import PainSite
from coach.core.routine.reading import read_routine
from coach.core.routine.routine import BodySide, Routine
from coach.files.fhir import codes
from coach.files.fhir.bundle import Whole, write
from coach.files.fhir.plan import Prescribed
from coach.words import handing_out as words
from tests.app.making import surroundings_at
from tests.cli.program import routine as plain_routine
from tests.core.strategies import LIBRARY

Json = dict[str, Any]
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
AT = Moment("2026-11-20T17:00:00.000Z", "Europe/Berlin", date(2026, 11, 20))
DAY = date(2026, 11, 20)
UNITS = {"side_plank": "s", "single_hop": "reps", "confidence": "points"}


def bundle(
    log: WholeLog,
    *,
    routines: tuple[Routine, ...] = (),
    days: tuple[DayEntry, ...] = (),
    snomed: bool = False,
    verdict: tuple[date, bool] | None = None,
) -> list[Json]:
    """The resources, after another program found nothing wrong with them."""
    prescribed = tuple(Prescribed(one, LIBRARY, BodySide.LEFT, words.dose, snomed) for one in routines)
    data = b"".join(write(Whole(log, days, prescribed, UNITS, "1.2", NOW, snomed, verdict)))
    Bundle.model_validate_json(data)
    return [entry["resource"] for entry in json.loads(data)["entry"]]


def of(kind: str, resources: list[Json]) -> list[Json]:
    return [one for one in resources if one["resourceType"] == kind]


def coded(resource: Json, code: str) -> bool:
    return any(one["code"] == code for one in resource["code"].get("coding", []))


def pains(resources: list[Json]) -> dict[str, int | None]:
    """The value of each pain by its context; None for one that is missing."""
    found = [one for one in of("Observation", resources) if coded(one, "72514-3")]
    assert all(("valueQuantity" in one) is not ("dataAbsentReason" in one) for one in found)
    return {
        one["component"][0]["valueCodeableConcept"]["coding"][0]["code"]: one.get("valueQuantity", {}).get("value")
        for one in found
    }


def session(*answers: Answer, ending: Ending | None = Ending.FINISHED, guided: bool = False) -> WholeSession:
    head = SessionHead("s1", AT, "short", "Short one", 1, "{}", "", guided)
    return WholeSession(head, (), answers, SessionEnd("s1", AT, ending) if ending else None)


def answer(question: Question, value: int | None, text: str = "") -> Answer:
    return Answer(f"a-{question}", "s1", question, value, text, AT)


def short(**changed: object) -> Routine:
    found = read_routine(json.dumps(plain_routine(**changed)).encode(), LIBRARY).routine
    assert found is not None
    return found


# -- sessions -------------------------------------------------------------------------------------------------------


def test_a_session_is_a_procedure_and_its_answers_are_observations_of_it() -> None:
    log = WholeLog(
        sessions=(
            session(
                answer(Question.BEFORE, 0),
                answer(Question.AFTER, 2),
                answer(Question.MORNING, 1),
                answer(Question.EFFORT, 6),
                answer(Question.NOTE, None, "stiff\x00 at first"),
            ),
        )
    )

    found = bundle(log)

    [procedure] = of("Procedure", found)
    assert (procedure["status"], procedure["code"]["text"]) == ("completed", "Short one")
    assert procedure["note"] == [{"text": "stiff at first"}]
    assert procedure["performedDateTime"] == "2026-11-20"
    assert pains(found) == {"before": 0, "during": None, "after": 2, "next-morning": 1}
    observations = of("Observation", found)
    assert {one["partOf"][0]["reference"] for one in observations} == {f"urn:uuid:{procedure['id']}"}


def told(found: list[Json]) -> dict[str, tuple[str, str | None]]:
    """Of each pain when it was, and when it was entered afterwards."""
    return {
        one["component"][0]["valueCodeableConcept"]["coding"][0]["code"]: (one["effectiveDateTime"], one.get("issued"))
        for one in of("Observation", found)
        if coded(one, "72514-3")
    }


NEXT_MORNING = Moment("2026-11-21T06:30:00.000Z", "Europe/Berlin", date(2026, 11, 21))
DAYS_LATER = Moment("2026-11-24T20:15:00.000Z", "Europe/Berlin", date(2026, 11, 24))


def test_what_was_told_on_its_day_has_the_instant_at_which_it_was_told() -> None:
    answers = (
        answer(Question.BEFORE, 0),
        answer(Question.AFTER, 2),
        msgspec.structs.replace(answer(Question.MORNING, 1), recorded=NEXT_MORNING),
        answer(Question.EFFORT, 6),
    )

    found = bundle(WholeLog(sessions=(session(*answers, guided=True),)))

    began = ("2026-11-20T18:00:00+01:00", None)
    assert told(found) == {
        "before": began,
        "during": began,
        "after": began,
        "next-morning": ("2026-11-21T07:30:00+01:00", None),
    }
    [effort] = [one for one in of("Observation", found) if coded(one, "effort")]
    assert (effort["effectiveDateTime"], effort.get("issued")) == began


@pytest.mark.parametrize("guided", [True, False])
def test_what_was_entered_afterwards_has_the_day_it_is_about_and_when_it_was_entered(guided: bool) -> None:
    asked = (Question.BEFORE, Question.DURING, Question.AFTER, Question.MORNING, Question.EFFORT)
    answers = (msgspec.structs.replace(answer(one, 3), recorded=DAYS_LATER) for one in asked)

    found = bundle(WholeLog(sessions=(session(*answers, guided=guided),)))

    entered = "2026-11-24T21:15:00+01:00"
    day = ("2026-11-20", entered)
    assert told(found) == {"before": day, "during": day, "after": day, "next-morning": ("2026-11-21", entered)}
    [effort] = [one for one in of("Observation", found) if coded(one, "effort")]
    assert (effort["effectiveDateTime"], effort["issued"]) == day


def test_of_a_session_without_the_app_the_day_alone_is_known() -> None:
    found = bundle(WholeLog(sessions=(session(answer(Question.AFTER, 2)),)))

    assert told(found)["after"] == ("2026-11-20", "2026-11-20T18:00:00+01:00")


def test_a_session_of_the_last_day_there_is_has_no_morning_after() -> None:
    last = Moment("9999-12-31T12:00:00.000Z", "UTC", date.max)
    whole = session(answer(Question.MORNING, 2))
    head = msgspec.structs.replace(whole.head, began=last)

    found = bundle(WholeLog(sessions=(msgspec.structs.replace(whole, head=head),)))

    assert told(found)["next-morning"][0] == "9999-12-31"


def test_no_answer_is_missing_and_never_a_pain_of_nothing() -> None:
    found = [one for one in of("Observation", bundle(WholeLog(sessions=(session(),)))) if coded(one, "72514-3")]

    assert len(found) == 3
    for one in found:
        assert one["dataAbsentReason"]["coding"][0]["code"] == "unknown"
        assert not [key for key in one if key.startswith("value")]


@pytest.mark.parametrize(
    "ending, status",
    [(Ending.FINISHED, "completed"), (Ending.STOPPED, "stopped"), (Ending.LEFT, "stopped"), (None, "unknown")],
)
def test_how_a_session_ended_is_told(ending: Ending | None, status: str) -> None:
    [procedure] = of("Procedure", bundle(WholeLog(sessions=(session(ending=ending, guided=True),))))

    assert procedure["status"] == status
    assert ("statusReason" in procedure) is (status == "stopped")
    assert ("end" in procedure["performedPeriod"]) is (ending is not None)


# -- days, walks and runs, tests, flags -----------------------------------------------------------------------------


def day_entry(**changed: Any) -> DayEntry:
    plain: Json = {"morning": 2, "worst": None, "night": True, "analgesic": None, **changed}
    return DayEntry(uid="d1", day=DAY, recorded=AT, **plain)


def test_a_day_is_told_by_its_date_alone() -> None:
    entry = day_entry(limp=False, spots=(Spot(PainSite.GROIN, BodySide.LEFT), Spot(PainSite.BACK)))

    found = of("Observation", bundle(WholeLog(days=(entry,)), days=(entry,)))

    assert pains(found) == {"next-morning": 2, "daily-worst": None}
    assert {one["effectiveDateTime"] for one in found} == {"2026-11-20"}
    assert {one["bodySite"]["text"] for one in found if "bodySite" in one} == {"Left groin, back"}
    ticks = {one["code"]["coding"][0]["code"]: one["valueBoolean"] for one in found if "valueBoolean" in one}
    assert ticks == {"woken-by-pain": True, "limp": False}


def outing(**changed: Any) -> Outing:
    plain: Json = {
        "kind": OutingKind.RUN,
        "day": DAY,
        "minutes": 30.5,
        "distance_km": 5.2,
        "cadence": 172,
        "pain": 0,
        "pain_after": None,
        "limp": False,
        "groin": False,
        "recorded": AT,
        **changed,
    }
    return Outing(uid="o1", **plain)


def test_a_run_is_a_group_of_measures_that_pain_is_no_member_of() -> None:
    found = of("Observation", bundle(WholeLog(outings=(outing(),))))
    by_id = {f"urn:uuid:{one['id']}": one for one in found}
    [group] = [one for one in found if "hasMember" in one]
    members = [by_id[one["reference"]] for one in group["hasMember"]]

    measured = {one["code"]["coding"][0]["code"]: one for one in members}
    assert set(measured) == {"73985-4", "55411-3", "distance", "cadence"}
    assert measured["73985-4"]["valueCodeableConcept"]["coding"][0]["code"] == "LA11836-6"
    assert measured["55411-3"]["valueQuantity"]["value"] == 30.5
    assert measured["distance"]["valueQuantity"] == codes.quantity(5200, "m", "m")
    assert not [key for key in group if key.startswith(("value", "component"))]
    assert pains(found) == {"during": 0}
    [pain] = [one for one in found if coded(one, "72514-3")]
    assert pain["extension"][0]["valueReference"]["reference"] == f"urn:uuid:{group['id']}"


def test_what_was_replaced_or_struck_is_not_handed_out() -> None:
    first, second = outing(), msgspec.structs.replace(outing(minutes=20), uid="o2", replaces="o1")
    struck = msgspec.structs.replace(outing(), uid="o3", struck=True)

    found = of("Observation", bundle(WholeLog(outings=(first, second, struck))))

    durations = [one["valueQuantity"]["value"] for one in found if coded(one, "55411-3")]
    assert durations == [20]


def test_each_side_of_a_test_is_an_observation() -> None:
    test = Result("t1", "side_plank", DAY, 30, 40.5, None, 1, AT, groin=True)

    found = of("Observation", bundle(WholeLog(tests=(test,))))

    results = [one for one in found if coded(one, "self-test")]
    assert [(one["bodySite"]["text"], one["valueQuantity"]["value"]) for one in results] == [
        ("Left", 30),
        ("Right", 40.5),
    ]
    assert {one["valueQuantity"]["code"] for one in results} == {"s"}
    [pain] = [one for one in found if coded(one, "72514-3")]
    assert pain["bodySite"]["text"] == "Groin"


@pytest.mark.parametrize("met", [True, False])
def test_the_verdict_is_a_yes_or_no_derived_from_the_tests_it_looked_at(met: bool) -> None:
    tests = (
        Result("old", "side_plank", DAY - timedelta(days=11), 30, 31, None, 1, AT),
        Result("new", "side_plank", DAY - timedelta(days=10), 40, 41, None, 1, AT),
    )
    found = of("Observation", bundle(WholeLog(tests=tests), verdict=(DAY, met)))

    [verdict] = [one for one in found if coded(one, "readiness")]
    ids = {f"urn:uuid:{one['id']}": one for one in found}
    assert verdict["valueBoolean"] is met
    assert verdict["effectiveDateTime"] == "2026-11-20"
    assert [ids[one["reference"]]["valueQuantity"]["value"] for one in verdict["derivedFrom"]] == [40, 41]


def test_a_flag_lasts_until_it_is_cleared() -> None:
    later = Moment("2026-11-25T08:00:00.000Z", "UTC", date(2026, 11, 25))
    flags = (
        FlagEntry("f1", "new_pain_site", DAY, True, AT),
        FlagEntry("f2", "fever_or_hot_joint", DAY, True, AT),
        FlagEntry("f3", "new_pain_site", later.day, False, later),
    )

    found = of("Flag", bundle(WholeLog(flags=flags)))

    told = {one["code"]["text"]: (one["status"], one["period"]) for one in found}
    assert told == {
        "new pain site": ("inactive", {"start": "2026-11-20", "end": "2026-11-25"}),
        "fever or hot joint": ("active", {"start": "2026-11-20"}),
    }


# -- routines -------------------------------------------------------------------------------------------------------


def test_a_routine_is_a_care_plan_with_a_request_for_each_exercise() -> None:
    one = short(
        patient="A.B.",
        issued="2026-11-20",
        prescriber={"name": "Practice"},
        schedule={"per_week": 3, "days": ["mon", "wed", "fri"]},
        affected_side="left",
    )

    found = bundle(WholeLog(), routines=(one,))

    [care] = of("CarePlan", found)
    requests = of("ServiceRequest", found)
    assert [step["reference"]["reference"] for step in care["activity"]] == [
        f"urn:uuid:{one['id']}" for one in requests
    ]
    assert (care["created"], care["author"]["display"]) == ("2026-11-20", "Practice")
    assert of("Patient", found)[0]["name"] == [{"text": "A.B."}]
    [clam, plank] = requests
    assert clam["code"]["text"] == "Clamshell"
    assert clam["occurrenceTiming"]["repeat"] == {
        "frequency": 3,
        "period": 1,
        "periodUnit": "wk",
        "dayOfWeek": ["mon", "wed", "fri"],
    }
    assert clam["bodySite"] == [{"text": "Left hip"}]
    assert "2 sets of 2 reps" in clam["patientInstruction"]
    text = json.dumps(plank["extension"])
    assert '"valueDecimal": 6' in text
    pain_goal = next(one for one in of("Goal", found) if "target" in one)
    assert pain_goal["target"][0]["detailQuantity"]["comparator"] == "<="


def test_snomed_is_written_only_where_it_is_asked_for() -> None:
    log = WholeLog(sessions=(session(answer(Question.BEFORE, 1)),))

    without, with_ = (json.dumps(bundle(log, routines=(short(),), snomed=wanted)) for wanted in (False, True))

    assert codes.SNOMED not in without
    assert codes.SNOMED in with_
    used = {one for one in ("229065009", "307166007", "302543008") if one in with_}
    assert used == {"229065009", "307166007", "302543008"}


@pytest.mark.parametrize(
    "sites, coded_too",
    [((PainSite.LATERAL,), True), ((PainSite.BACK,), False), ((PainSite.LATERAL, PainSite.LATERAL_THIGH), False)],
)
def test_the_code_of_the_hip_is_given_to_nothing_else(sites: tuple[PainSite, ...], coded_too: bool) -> None:
    entry = day_entry(spots=tuple(Spot(site) for site in sites))

    found = of("Observation", bundle(WholeLog(days=(entry,)), days=(entry,), snomed=True))

    assert {"coding" in one["bodySite"] for one in found if "bodySite" in one} == {coded_too}


def test_no_profile_is_claimed_and_every_reference_leads_somewhere() -> None:
    log = WholeLog(
        sessions=(session(answer(Question.AFTER, 1)),),
        days=(day_entry(),),
        outings=(outing(),),
        tests=(Result("t1", "side_plank", DAY, 30, None, None, 1, AT),),
        flags=(FlagEntry("f1", "new_pain_site", DAY, True, AT),),
    )
    found = bundle(log, routines=(short(),), days=(day_entry(),))

    text = json.dumps(found)
    ids = [f"urn:uuid:{one['id']}" for one in found]
    assert '"meta"' not in text
    assert max(Counter(ids).values()) == 1
    assert {part.split('"')[0] for part in text.split('"reference": "')[1:]} <= set(ids)
    assert of("Procedure", found)[0]["basedOn"] == [{"reference": f"urn:uuid:{of('CarePlan', found)[0]['id']}"}]


def test_ids_stay_and_are_of_one_person_alone() -> None:
    mine, later = day_entry(), msgspec.structs.replace(day_entry(), uid="d2", day=date(2026, 11, 21))
    other = msgspec.structs.replace(day_entry(), uid="elsewhere")

    def ids(*days: DayEntry) -> set[str]:
        found = bundle(WholeLog(days=days), routines=(short(),), days=days)
        return {one["id"] for one in found if one["resourceType"] != "CodeSystem"}

    assert ids(mine) < ids(mine, later)
    assert ids(mine).isdisjoint(ids(other))


# -- anything -------------------------------------------------------------------------------------------------------

text = st.text(max_size=30)
pain = st.none() | st.integers(0, 10)
names = st.text(min_size=1, max_size=20)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(
    title=text,
    note=text,
    name=names,
    zone=text,
    values=st.tuples(pain, pain, pain),
    number=st.none() | st.floats(-100_000, 100_000),
    spots=st.none() | st.lists(st.builds(Spot, st.sampled_from(PainSite), st.none() | st.sampled_from(BodySide))),
)
def test_whatever_the_log_holds_other_programs_read(
    title: str,
    note: str,
    name: str,
    zone: str,
    values: tuple[int | None, int | None, int | None],
    number: float | None,
    spots: list[Spot] | None,
) -> None:
    at = Moment("2026-11-20T17:00:00.000Z", zone, DAY)
    head = SessionHead(title, at, title, title, 1, "{}", "", True)
    told = (Answer("a", title, Question.NOTE, None, note, at), Answer("b", title, Question.AFTER, values[0], "", at))
    day = DayEntry("d", DAY, values[1], values[2], None, None, at, None, None if spots is None else tuple(spots))
    log = WholeLog(
        (WholeSession(head, (), told, None),),
        (day,),
        (),
        (Result("t", name, DAY, number, None, number, 1, at),),
        (FlagEntry("f", name, DAY, True, at),),
    )

    bundle(log, days=(day,))


@settings(max_examples=40, deadline=None)
@given(title=names, note=text, load=text, patient=text, identity=names, exercise=names)
def test_whatever_a_routine_says_other_programs_read(
    title: str, note: str, load: str, patient: str, identity: str, exercise: str
) -> None:
    items = [{"exercise": "own", "reps": 3, "note": note, "load": load}]
    made = plain_routine(
        title=title, id=identity, patient=patient, items=items, exercises=[{"id": "own", "name": exercise}]
    )
    read = read_routine(json.dumps(made).encode(), {}).routine

    if read is not None:
        bundle(WholeLog(), routines=(read,))


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Any:
    surroundings = surroundings_at(tmp_path_factory.mktemp("years"))
    demo.fill(surroundings, 52)
    log = surroundings.read_log()
    yield surroundings, log
    log.close()


def test_a_year_is_read_by_another_program(years: Any) -> None:
    surroundings, log = years

    data = b"".join(handing_out.as_fhir(surroundings, log, words.dose, snomed=True))

    read = Bundle.model_validate_json(data)
    kinds = Counter(type(one.resource).__name__ for one in read.entry or ())
    assert kinds["Procedure"] == len(log.sessions())
    assert kinds["CarePlan"] == 3
    assert kinds["Observation"] > 1000


def test_a_log_is_written_in_pieces(years: Any) -> None:
    surroundings, log = years
    pieces = handing_out.as_fhir(surroundings, log, words.dose)
    first = next(iter(pieces))
    tracemalloc.start()
    try:
        whole = len(first) + sum(map(len, pieces))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert whole > 1_000_000
    assert peak < whole / 3
