import pytest

from coach.core.routine.exercise import Exercise, Kind
from coach.core.routine.finding import ONLY_HOME, Wanted, distance, folded, matches, region

CLAM = Exercise(
    "clam",
    "Clamshell",
    other_names=["Side-lying clam"],
    area="hip – outer side",
    muscles=["gluteus medius"],
    equipment=["mat", "resistance band"],
)
WALK = Exercise("walk", "Brisk walk", kind=Kind.TEST, area="whole leg")


@pytest.mark.parametrize(
    "words", ["", "  ", "clam", "CLAM", "medius clam", "outer", "side lying", "side-lying", "glut med", "hip – outer"]
)
def test_every_word_may_stand_anywhere_in_names_muscles_and_area(words: str) -> None:
    assert matches(CLAM, Wanted(words))


@pytest.mark.parametrize("words", ["clamp", "clam walk", "mat", "strength"])
def test_a_word_that_stands_nowhere_is_no_match(words: str) -> None:
    assert not matches(CLAM, Wanted(words))


@pytest.mark.parametrize(
    "words, far",
    [("clamshell", 0), ("Side lying CLAM", 0), ("clam", 1), ("side", 1), ("medius", 2), ("lying clam", 2), ("", 1)],
)
def test_the_exercise_of_that_name_is_nearest_then_one_that_begins_so(words: str, far: int) -> None:
    assert distance(CLAM, Wanted(words)) == far


def test_case_and_diacritics_do_not_matter() -> None:
    assert folded("Étirement du FESSIER, Straße") == "etirement du fessier, strasse"
    assert matches(Exercise("x", "Étirement"), Wanted("ETIREMENT"))
    assert matches(Exercise("x", "Etirement"), Wanted("étirement"))


def test_choices_of_one_sort_are_alternatives_and_all_sorts_must_hold() -> None:
    both = frozenset({"hip", "whole leg"})

    assert matches(CLAM, Wanted(regions=both))
    assert matches(WALK, Wanted(regions=both))
    assert not matches(WALK, Wanted(regions=both, kinds=frozenset({Kind.STRENGTH})))


def test_what_needs_only_a_mat_needs_nothing_special() -> None:
    bridge = Exercise("bridge", "Bridge", equipment=["mat"])

    assert matches(bridge, Wanted(equipment=frozenset({ONLY_HOME})))
    assert matches(bridge, Wanted(equipment=frozenset({"mat"})))


def test_equipment_is_found_by_any_of_it_and_by_its_absence() -> None:
    assert matches(CLAM, Wanted(equipment=frozenset({"resistance band", "ball"})))
    assert not matches(CLAM, Wanted(equipment=frozenset({ONLY_HOME})))
    assert matches(WALK, Wanted(equipment=frozenset({ONLY_HOME})))


@pytest.mark.parametrize(
    "area,whole",
    [("hip – outer side", "hip"), ("front of hip", "hip"), ("Thigh – back", "thigh"), ("calf", "calf"), ("", "")],
)
def test_areas_belong_to_a_region(area: str, whole: str) -> None:
    assert region(Exercise("x", "X", area=area)) == whole
