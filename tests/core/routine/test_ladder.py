from coach import resources
from coach.core.routine.exercise import Exercise, Kind, Ladder
from coach.core.routine.ladder import heights_of, in_order
from coach.core.routine.reading import read_library


def exercises(*some: Exercise) -> dict[str, Exercise]:
    return {one.id: one for one in some}


def one(name: str, area: str = "hip", kind: Kind = Kind.STRENGTH, **ladder: list[str]) -> Exercise:
    return Exercise(name, name, kind=kind, area=area, ladder=Ladder(**ladder))


def test_easier_exercises_come_first_whoever_names_the_other() -> None:
    told = exercises(one("hard", easier=["middle"]), one("middle"), one("easy", harder=["middle"]))

    assert in_order(told) == ("easy", "middle", "hard")


def test_a_rung_stands_above_its_longest_way_down() -> None:
    told = exercises(one("a", harder=["b", "c"]), one("b", harder=["c"]), one("c"))

    assert heights_of(told) == {"a": 0, "b": 1, "c": 2}


def test_regions_keep_the_order_of_the_library_and_none_comes_last() -> None:
    told = exercises(one("x", area=""), one("b", area="trunk"), one("a", area="hip"), one("c", area="trunk"))

    assert in_order(told) == ("b", "c", "a", "x")


def test_in_a_region_kinds_stand_together() -> None:
    told = exercises(one("test", kind=Kind.TEST), one("lift"), one("pull", kind=Kind.STRETCH), one("push"))

    assert in_order(told) == ("pull", "lift", "push", "test")


def test_a_ladder_that_leads_in_a_circle_or_nowhere_is_no_trouble() -> None:
    told = exercises(one("a", harder=["b"]), one("b", harder=["a", "gone"]), one("c", easier=["c"]))

    assert set(in_order(told)) == {"a", "b", "c"}


def test_in_the_shipped_library_nothing_stands_before_what_is_easier() -> None:
    library = read_library(resources.EXERCISES.read_bytes()).exercises
    heights = heights_of(library)

    for exercise in library.values():
        assert all(heights[easier] < heights[exercise.id] for easier in exercise.ladder.easier)
        assert all(heights[harder] > heights[exercise.id] for harder in exercise.ladder.harder)
