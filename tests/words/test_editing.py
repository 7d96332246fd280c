"""The editor in words: every field, every edit, every kind of problem has some."""

import pytest

from coach.core.clinical.defaults import usual_readiness, usual_rule, usual_run_plan
from coach.core.routine.dose import Sides
from coach.core.routine.editing.extent import Extent
from coach.core.routine.editing.history import Act, Deed
from coach.core.routine.editing.keys import keys_of
from coach.core.routine.problems import Problem, Rule
from coach.core.routine.routine import Item, Readiness, Routine, Rules, RunPlan
from coach.words import editing


@pytest.mark.parametrize("shape,name", [(Rules, "rules"), (Readiness, "readiness")])
def test_every_limit_has_words_of_its_own(shape: type[Rules] | type[Readiness], name: str) -> None:
    bare = [key.name for key in keys_of(shape, (name,)) if f"{name}.{key.name}" not in editing._ROUTINE]

    assert bare == []


def test_a_key_that_is_newer_than_the_words_is_called_by_its_own_name() -> None:
    assert editing.routine_field("rules.some_new_limit") == "Some new limit"


def test_every_field_of_an_item_and_of_the_routine_has_words() -> None:
    assert [key for key in Item.__struct_fields__ if key not in editing._ITEM] == []
    known = {key.partition(".")[0] for key in editing._ROUTINE}
    own = set(Routine.__struct_fields__) - {"format", "version", "revision", "exercises"}
    assert own - known == set()


@pytest.mark.parametrize("act", Act)
def test_every_edit_can_be_said(act: Act) -> None:
    said = editing.undo(Deed(act, "Bridge", "sets"))

    assert said.startswith("Undo: ")
    assert "Bridge" in said or act is Act.ROUTINE_FIELD


@pytest.mark.parametrize("sides", Sides)
def test_every_choice_of_sides_can_be_said(sides: Sides) -> None:
    assert editing.sides(sides)


@pytest.mark.parametrize("rule", Rule)
def test_every_problem_is_a_sentence(rule: Rule) -> None:
    said = editing.beside(Problem("$.items[0].sets", rule, found=0, limit=1))

    assert said[:1] == said[:1].upper()
    assert said.endswith((".", "?", ")"))


@pytest.mark.parametrize(
    "path,said",
    [
        ("$.items[1].sets", "Bridge, Sets: must be at least 1."),
        ("$.items[1].tempo.up_s", "Bridge, Tempo: up: must be at least 1."),
        ("$.items[7].reps", "exercise 8, Reps: must be at least 1."),
        ("$.rules.pain_stop_above", "Stop the exercise above: must be at least 1."),
        ("$.exercises[0].name", "own exercise 1, Name: must be at least 1."),
        ("$", "the file: must be at least 1."),
    ],
)
def test_a_problem_in_the_list_names_its_place(path: str, said: str) -> None:
    assert editing.in_list(Problem(path, Rule.TOO_SMALL, 0, 1), {1: "Bridge"}) == said


def test_what_a_routine_comes_to() -> None:
    whole = Extent(24 * 60, 12, 3)

    assert editing.length(whole, 4) == "about 24 min"
    assert editing.week(whole) == "72 min and 36 sets a week"
    assert editing.length(Extent(24 * 60, 12, 3, (1,)), 4) == "so far about 24 min"
    assert editing.length(Extent(0, 0, 3, (0,)), 1) == "length not known yet"
    assert editing.length(Extent(0, 0, None), 0) == "nothing in it yet"
    assert editing.week(Extent(24 * 60, 12, None)) == ""


def test_a_default_is_said_with_what_it_rests_on() -> None:
    assert editing.usual(usual_readiness("sp_s")) == (
        "Usual: 45 (R6c; Recommendation of the authors after hip arthroscopy: IJSPT 2022;17(6):1002-15, table 2 (S26))"
    )
    assert (
        editing.usual(usual_readiness("adherence")) == "Usual: 0.75 (R5; This project's own proposal (section 2.2.1))"
    )
    assert editing.usual_value(usual_rule("pain_stop_above", Rules())) == "5"
    assert editing.usual_value(usual_rule("pain_stop_above", Rules(profile="groin"))) == "0"
    assert editing.usual_value(usual_rule("red_rest_h", Rules())) == "48"
    assert editing.usual(usual_rule("some_new_limit", Rules())) == ""


def test_every_threshold_and_rule_has_its_usual_value() -> None:
    assert all(usual_readiness(key) for key in Readiness.__struct_fields__)
    assert all(usual_rule(key, Rules()) for key in Rules.__struct_fields__)
    numbers = set(RunPlan.__struct_fields__) - {"stages"}
    assert {key: editing.usual_value(usual_run_plan(key)) for key in numbers} == {
        "min_successes": "2",
        "max_per_week": "3",
        "min_gap_h": "48",
        "start_stage": "",
    }
