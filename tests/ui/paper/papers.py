"""Documents to put on paper, and what another program reads in them."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from coach import resources
from coach.app.handout import Handout, handout
from coach.app.routines import Routines
from coach.app.settings import Settings

TODAY = date(2026, 11, 20)
EIGHT = (
    *("clamshell", "bridge", "side_plank", "side_leg_raise", "single_leg_squat", "heel_raise", "figure_four_stretch"),
    "lateral_band_walk",
)


def plain(*exercises: str, **changed: object) -> dict[str, Any]:
    """A routine as a file has it."""
    return {
        "format": "rehab-routine",
        "version": "1.0",
        "id": "hip-strength-a",
        "revision": 2,
        "title": "Hip strength A",
        "issued": "2026-11-20",
        "review_by": "2026-12-18",
        "prescriber": {"name": "Physio practice by the river", "contact": "12 Mill Lane, desk@example.org"},
        "patient": "A.B.",
        "schedule": {"per_week": 3, "days": ["mon", "wed", "fri"]},
        "affected_side": "left",
        "items": [{"exercise": name, "note": f"Mind number {n}."} for n, name in enumerate(exercises or EIGHT, 1)],
        **changed,
    }


def routines(folder: Path) -> Routines:
    """The shipped library and routines."""
    return Routines(resources.EXERCISES, resources.asset("routines"), folder / "received")


def sheet(folder: Path, routine: dict[str, Any] | None = None, **settings: Any) -> Handout:
    """The handout of a routine, its file written first."""
    file = folder / "given.rehab.json"
    file.write_text(json.dumps(routine or plain(), indent=1, ensure_ascii=False), encoding="utf-8")
    known = routines(folder)
    opened = known.open(file)
    assert not opened.findings.problems, opened.findings
    return handout(opened, known, Settings(**settings), TODAY)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, as another program reads it: words with single blanks."""
    reader = PdfReader(io.BytesIO(pdf))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def squeezed(text: str) -> str:
    """A text without blanks, to be looked for where lines were broken; ligatures as letters."""
    for joined, letters in (("\ufb00", "ff"), ("\ufb01", "fi"), ("\ufb02", "fl"), ("\ufb03", "ffi"), ("\ufb04", "ffl")):
        text = text.replace(joined, letters)
    return "".join(text.split())


def attached(pdf: bytes) -> dict[str, bytes]:
    """The files inside."""
    reader = PdfReader(io.BytesIO(pdf))
    return {name: bytes(contents[0]) for name, contents in reader.attachments.items()}
