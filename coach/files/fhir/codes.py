"""The codes of the FHIR export (clinical reference, section 7.1), and the pieces of resources that carry them.

LOINC codes are those that were checked, with the notice that its licence asks for in docs/exports.md. SNOMED CT needs a
licence of whoever uses it (section 7.2, trap 5), so its codes are written only where that is asked for, and only those
that were checked. For what has no standard code there is a CodeSystem of our own, which travels in the bundle.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coach.core.day import Moment, instant

Json = dict[str, Any]  # one JSON object of a resource: FHIR has 140 shapes, and tests hold them against their models

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
OWN = "https://example.org/fhir/hipcoach"
"""Nobody answers at this address: it only tells our codes from those of others."""

PAIN = ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
ACTIVITY_TYPE = ("73985-4", "Exercise activity")
DURATION = ("55411-3", "Exercise duration")
RUNNING = ("LA11836-6", "Running")

EXERCISE_THERAPY = ("229065009", "Exercise therapy")
HIP_REGION = ("302543008", "Entire hip region")
PHASES = {
    "before": ("307166007", "Before exercise"),
    "during": ("309604004", "During exercise"),
    "after": ("255214003", "After exercise"),
}

OWN_CODES = {
    "pain-context": "When the pain was",
    "before": "Before it",
    "during": "The peak during it",
    "after": "Right after it",
    "after-60-min": "An hour after it",
    "next-morning": "On the morning after it, or of the day",
    "daily-worst": "The worst of the day",
    "woken-by-pain": "Woken by the hip in the night before",
    "analgesic": "Painkiller within 24 hours",
    "limp": "Limped",
    "effort": "Effort, 0 to 10",
    "rehab-session": "Guided or self-reported rehab session",
    "exercise": "Exercise of a rehab routine",
    "distance": "Distance",
    "cadence": "Steps a minute, both legs",
    "self-test": "Self-test",
    "readiness": "The log meets the criteria that the plan sets to resume running",
}


def coded(system: str, code: str, display: str = "") -> Json:
    """One code as a CodeableConcept."""
    coding = {"system": system, "code": code}
    return {"coding": [{**coding, "display": display} if display else coding]}


def loinc(code: tuple[str, str]) -> Json:
    """A LOINC code."""
    return coded(LOINC, *code)


def own(code: str, text: str = "") -> Json:
    """A code of ours, with the words that it stands for."""
    concept = coded(OWN, code, OWN_CODES.get(code, text))
    return {**concept, "text": text} if text else concept


def category(code: str) -> list[Json]:
    """The category of an observation."""
    return [coded(CATEGORY, code)]


def quantity(value: float, unit: str, code: str) -> Json:
    """A number with its unit (UCUM)."""
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


def score(value: int) -> Json:
    """A score of 0 to 10. Never an answer code: that of a 2 is displayed as "2 or more" (section 7.2, trap 1)."""
    return quantity(value, "/10", "{score}")


def absent(reason: str = "unknown") -> Json:
    """Why there is no value. No answer is no pain of 0."""
    return coded(ABSENT, reason)


def reference(id_: str) -> Json:
    """A resource of the same bundle."""
    return {"reference": f"urn:uuid:{id_}"}


def extension(name: str, **value: object) -> Json:
    """One value of our own: `valueInteger=3`."""
    return {"url": f"{OWN}/{name}", **value}


def extensions(name: str, parts: Sequence[Json]) -> Json:
    """Several values of our own that belong together."""
    return {"url": f"{OWN}/{name}", "extension": list(parts)}


def date_time(moment: Moment) -> str:
    """The instant by the clock on the wall there, with its distance from UTC; FHIR wants seconds."""
    at = instant(moment.utc)
    try:
        at = at.astimezone(ZoneInfo(moment.zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a zone that this computer does not know, or that is none
        at = at.astimezone(UTC)
    return iso(at)


def iso(at: datetime) -> str:
    """An aware time as FHIR writes it."""
    return at.isoformat(timespec="seconds")


def text_of(written: str) -> str:
    """Foreign text without what FHIR's `string` does not allow: control characters, and nothing but spaces."""
    kept = "".join(one for one in written if one in "\t\n\r" or (one >= " " and not "\x7f" <= one <= "\x9f"))
    return kept.encode("utf-8", "replace").decode().strip()
