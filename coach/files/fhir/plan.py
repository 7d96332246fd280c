"""What was prescribed, as FHIR: a CarePlan for each routine, its goals, and a ServiceRequest for each exercise."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from msgspec import UNSET

from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Side, Work, known_exercises, works
from coach.core.routine.routine import BodySide, Routine
from coach.core.routine.schedule import per_week
from coach.files.fhir import codes
from coach.files.fhir.codes import Json
from coach.files.stable_ids import Ids

_CARE_PLAN = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category"
GOAL_PAIN = 1
"""Clinical reference, section 7.3: the goal of the plan is a pain of at most 1."""

DoseWords = Callable[[Work], str]


@dataclass(frozen=True, slots=True)
class Prescribed:
    """A routine in use, and what is needed to write it."""

    routine: Routine
    library: Mapping[str, Exercise]
    home_side: BodySide | None
    dose: DoseWords
    """The dose of an exercise in words."""
    snomed: bool


def resources(one: Prescribed, ids: Ids) -> Iterator[Json]:
    """Everything of one routine."""
    routine = one.routine
    all_work = works(routine, one.library, one.home_side)
    requests = [_request(one, work, ids) for work in all_work]
    goals = list(_goals(routine, ids))
    yield {
        "resourceType": "CarePlan",
        "id": ids("CarePlan", routine.id),
        "identifier": [{"system": f"{codes.OWN}/routine", "value": codes.text_of(routine.id) or "routine"}],
        "status": "active",
        "intent": "plan",
        "category": [codes.coded(_CARE_PLAN, "assess-plan")],
        "title": codes.text_of(routine.title) or "Routine",
        "subject": codes.reference(ids("Patient")),
        **({"created": routine.issued} if routine.issued is not UNSET else {}),
        **({"author": {"display": by}} if (by := codes.text_of(routine.prescriber.name)) else {}),
        "goal": [codes.reference(goal["id"]) for goal in goals],
        "activity": [{"reference": codes.reference(request["id"])} for request in requests],
        "extension": [codes.extension("revision", valueInteger=routine.revision)],
    }
    yield from goals
    yield from requests


def _goals(routine: Routine, ids: Ids) -> Iterator[Json]:
    common = {"resourceType": "Goal", "lifecycleStatus": "active", "subject": codes.reference(ids("Patient"))}
    at_most = {**codes.score(GOAL_PAIN), "comparator": "<="}
    yield {
        **common,
        "id": ids("Goal", routine.id, "pain"),
        "description": {"text": f"Pain of at most {GOAL_PAIN} of 10"},
        "target": [{"measure": codes.loinc(codes.PAIN), "detailQuantity": at_most}],
    }
    yield {
        **common,
        "id": ids("Goal", routine.id, "activity"),
        "description": {"text": f"{per_week(routine.schedule)} sessions a week"},
    }


def _request(one: Prescribed, work: Work, ids: Ids) -> Json:
    routine, item = one.routine, one.routine.items[work.index]
    exercise = known_exercises(one.library, routine)[work.exercise]
    said = (one.dose(work), codes.text_of(item.load), codes.text_of(item.note))
    side = None if one.routine.affected_side is UNSET else one.routine.affected_side
    return {
        "resourceType": "ServiceRequest",
        "id": ids("ServiceRequest", routine.id, str(work.index)),
        "status": "active",
        "intent": "plan",
        "code": exercise_code(work.exercise, exercise.name, snomed=one.snomed),
        "subject": codes.reference(ids("Patient")),
        "basedOn": [codes.reference(ids("CarePlan", routine.id))],
        "occurrenceTiming": {"repeat": _repeat(routine)},
        **({"bodySite": [_hip(side or one.home_side, snomed=one.snomed)]} if side or one.home_side else {}),
        "patientInstruction": "; ".join(filter(None, said)),
        "extension": [_dose(work)],
    }


def _repeat(routine: Routine) -> Json:
    often, days = per_week(routine.schedule), list(dict.fromkeys(routine.schedule.days))
    return {"frequency": often, "period": 1, "periodUnit": "wk", **({"dayOfWeek": days} if days else {})}


def _hip(side: BodySide | None, *, snomed: bool) -> Json:
    text = f"{side} hip".capitalize() if side else "Hip"
    return {**codes.coded(codes.SNOMED, *codes.HIP_REGION), "text": text} if snomed else {"text": text}


def exercise_code(exercise: str, name: str, *, snomed: bool) -> Json:
    """An exercise: its id of ours and its name, as exercise therapy where SNOMED CT is wanted."""
    coding = [{"system": f"{codes.OWN}/exercise", "code": exercise}] if _is_code(exercise) else []
    if snomed:
        therapy, display = codes.EXERCISE_THERAPY
        coding.append({"system": codes.SNOMED, "code": therapy, "display": display})
    text = codes.text_of(name) or exercise
    return {"coding": coding, "text": text} if coding else {"text": text}


def _is_code(written: str) -> bool:
    """Whether FHIR takes this for a `code`: no white space but single spaces inside."""
    return bool(written) and written == codes.text_of(written) == " ".join(written.split())


def _dose(work: Work) -> Json:
    parts = [codes.extension("order", valueCode=str(work.sides))]
    for side in work.order:
        done = work.by_side[side]
        numbers = [
            codes.extension("side", valueCode=str(side)),
            codes.extension("sets", valueInteger=done.sets),
            codes.extension("reps", valueInteger=done.reps),
        ]
        if work.held:
            numbers.append(codes.extension("hold-s", valueDecimal=done.hold_s))
        parts.append(codes.extensions("side-dose", numbers))
    if not work.held:
        tempo = work.tempo
        phases = (("up-s", tempo.up_s), ("hold-s", tempo.hold_s), ("down-s", tempo.down_s))
        parts.append(codes.extensions("tempo", [codes.extension(name, valueDecimal=s) for name, s in phases]))
    if max(work.by_side[side].sets for side in work.order) > 1 or Side.BOTH not in work.order:
        parts.append(codes.extension("rest-s", valueDecimal=work.rest_s))
    return codes.extensions("dose", parts)
