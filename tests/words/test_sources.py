"""Sources in the words of a person: no code of the clinical reference is shown."""

import re

import pytest

from coach.core.clinical.criteria import BASES
from coach.core.clinical.run_course import SOURCES
from coach.words.sources import source
from tests.core.strategies import LIBRARY

CODE = re.compile(r"\bS\d+[a-z]?\b|\b[Ss]ections? \d")


@pytest.mark.parametrize(
    "kept, shown",
    [
        (
            "S69 – review of foam-rolling parameters, sciendo bhk-11-1 (30–120 s, tolerable pressure)",
            "Review of foam-rolling parameters, sciendo bhk-11-1 (30–120 s, tolerable pressure)",
        ),
        ("S4, S5, S6, S7 – clinic and reference pages", "Clinic and reference pages"),
        ("ours: 30, 60 and 90 s a spot", "This project's own: 30, 60 and 90 s a spot"),
        ("lit: 10 a side (not checked)", "From the literature: 10 a side (not checked)"),
        (
            "Return to sport after knee surgery: 85 % and more (S27); clinic checklist: 90 % (S39)",
            "Return to sport after knee surgery: 85 % and more; clinic checklist: 90 %",
        ),
        ("Moore 2021 (S28) and (S29); clinic checklists (S19, S39)", "Moore 2021; clinic checklists"),
        ("Exeter Hip Unit (S75); section 5 of the clinical reference", "Exeter Hip Unit"),
        ("Section 2.2: all criteria at once, for 7 days", "All criteria at once, for 7 days"),
        ("Trial on page S12-S19 of the supplement", "Trial on page S12-S19 of the supplement"),
    ],
)
def test_a_source_is_told_in_its_own_words(kept: str, shown: str) -> None:
    assert source(kept) == shown


def test_no_source_that_is_shown_has_a_code_of_the_reference() -> None:
    every = {
        *(one for exercise in LIBRARY.values() for one in exercise.sources),
        *(basis.source for basis in BASES.values()),
        *SOURCES.values(),
    }

    assert every
    for one in every:
        shown = source(one)
        assert shown, one
        assert not CODE.search(shown), one
        assert "ours" not in shown, one
