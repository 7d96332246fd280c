"""The sources of the criteria: each names whom it was written for, and claims no more than it says."""

import pytest

from coach.core.clinical.criteria import BASES, Grade, Id

WRITTEN_FOR = {
    "Moore 2021": "after childbirth",
    "IJSPT 2022": "after hip arthroscopy",
    "Rambaud 2018": "after ACL surgery",
}


@pytest.mark.parametrize("work,population", WRITTEN_FOR.items())
def test_a_list_for_others_names_whom_it_is_for(work: str, population: str) -> None:
    resting = [basis.source for basis in BASES.values() if work in basis.source]

    assert resting
    assert all(population in source for source in resting)


def test_what_rests_on_a_review_of_knees_is_not_called_opinion_alone() -> None:
    assert BASES[Id.R1].grade is Grade.MIXED


def test_symmetry_of_strength_is_told_as_carried_over_from_hops() -> None:
    basis = BASES[Id.R6X]

    assert basis.source.startswith("Of hops alone: ")
    assert basis.source.endswith("bridge, plank and squat is this project's own proposal")
    assert basis.grade is Grade.OWN
