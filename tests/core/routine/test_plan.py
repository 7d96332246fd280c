"""From items to steps, against a naive reading of the contract's own words on plain JSON."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.routine.plan import Side, Step, StepKind, compile_routine, length_s, steps_of, total_s, works
from coach.core.routine.routine import BodySide
from tests.core.strategies import LIBRARY, LIBRARY_PLAIN, SIDES, TWO_PASSES, Json, as_routine, items, routine_files

home_sides = st.sampled_from([None, BodySide.LEFT, BodySide.RIGHT])


class Row(NamedTuple):
    """A step as `coach plan` prints it, without its start."""

    kind: str
    duration_s: float
    item: int
    exercise: str
    side: str | None = None
    set: int | None = None
    rep: int | None = None


def rows(steps: tuple[Step, ...]) -> list[Row]:
    """The compiled steps, to compare with the contract's."""
    return [Row(one.kind, one.duration_s, one.item, one.exercise, one.side, one.set, one.rep) for one in steps]


def by_the_contract(file: Json, library: Mapping[str, Json], home_side: str | None) -> list[Row]:
    """The steps of a file, by the sentences of "From items to steps", one after the other."""
    known = {**library, **{entry["id"]: entry for entry in file.get("exercises", [])}}
    affected: str = file.get("affected_side") or home_side or "left"
    return [
        row
        for number, item in enumerate(file["items"])
        for row in item_by_the_contract(number, item, known[item["exercise"]], affected)
        if row.duration_s > 0  # no step of any kind has a length of 0
    ]


def item_by_the_contract(number: int, item: Json, exercise: Json, affected: str) -> list[Row]:
    """The steps of one item, those of no length among them."""
    # An item with neither takes the exercise's default dose for whatever it leaves out; an item with either does not.
    bare = "reps" not in item and "hold_s" not in item
    dose: dict[str, Any] = {**exercise.get("dose", {}), **item} if bare else item
    sides: str = item["sides"] if "sides" in item else exercise.get("sides", "both")
    other = {"left": "right", "right": "left"}[affected]
    passes_of: dict[str, list[str]] = {
        "both": ["both"],
        "left": ["left"],
        "right": ["right"],
        "each": ["left", "right"],
        "affected_first": [affected, other],
        "other_first": [other, affected],
        "alternate": ["alternate"],
    }
    passes = passes_of[sides]
    doses: dict[str, dict[str, Any]] = {side: {**dose, **item.get("per_side", {}).get(side, {})} for side in passes}
    found = [Row("prepare", dose.get("prepare_s", 10), number, item["exercise"])]
    sets = max(doses[side].get("sets", 1) for side in passes)
    for set_ in range(1, sets + 1):
        first = True
        for side in passes:
            if doses[side].get("sets", 1) < set_:
                continue  # its sets are used up, and its switch with it
            if not first:
                found.append(Row("switch", dose.get("switch_s", 5), number, item["exercise"]))
            first = False
            found += pass_by_the_contract(number, item["exercise"], doses[side], side, set_)
        if set_ < sets:
            found.append(Row("rest", dose.get("rest_s", 30), number, item["exercise"]))
    return found


def pass_by_the_contract(number: int, exercise: str, dose: dict[str, Any], side: str, set_: int) -> list[Row]:
    """The reps of one side of one set."""
    found: list[Row] = []
    for rep in range(1, dose.get("reps", 1) + 1):
        for turn in ["left", "right"] if side == "alternate" else [side]:
            if "hold_s" in dose:
                if found:
                    found.append(Row("rest", dose.get("rep_rest_s", 3), number, exercise))
                found.append(Row("hold", dose["hold_s"], number, exercise, turn, set_, rep))
            else:
                tempo = {"up_s": 2, "hold_s": 0, "down_s": 2, **dose.get("tempo", {})}
                phases = [(kind, tempo[f"{kind}_s"]) for kind in ("up", "hold", "down")]
                found += [Row(kind, seconds, number, exercise, turn, set_, rep) for kind, seconds in phases]
    return found


def compile_file(file: Json, home_side: BodySide | None = None) -> tuple[Step, ...]:
    """The steps of a valid file."""
    return compile_routine(as_routine(file), LIBRARY, home_side)


def one_item(**item: Any) -> Json:
    """A routine of one item, of no preparation unless it says so."""
    return {
        "format": "rehab-routine",
        "version": "1.0",
        "id": "a",
        "title": "A",
        "items": [{"exercise": "walk", "prepare_s": 0, **item}],
    }


def brief(steps: tuple[Step, ...]) -> list[str]:
    """Steps as words: `left 1.2 hold 5` is the second rep of the first set."""
    return [
        f"{one.side} {one.set}.{one.rep} {one.kind} {one.duration_s:g}"
        if one.side
        else f"{one.kind} {one.duration_s:g}"
        for one in steps
    ]


@given(routine_files(paced=False), home_sides)
@settings(max_examples=4 * settings().max_examples)
def test_the_steps_are_those_of_the_contract(file: Json, home_side: BodySide | None) -> None:
    expected = by_the_contract(file, LIBRARY_PLAIN, home_side)

    steps = compile_file(file, home_side)

    assert rows(steps) == expected


@given(st.sampled_from(SIDES), st.integers(1, 20), st.integers(1, 200), st.booleans())
def test_the_largest_doses_compile_by_the_same_rules(sides: str, sets: int, reps: int, held: bool) -> None:
    file = one_item(sides=sides, sets=sets, reps=reps, **({"hold_s": 3600} if held else {}))

    assert rows(compile_file(file)) == by_the_contract(file, LIBRARY_PLAIN, None)


@given(routine_files())
def test_no_step_is_of_no_length(file: Json) -> None:
    assert all(step.duration_s > 0 for step in compile_file(file))


@given(routine_files())
def test_the_length_is_the_sum_of_the_steps_also_without_unfolding_them(file: Json) -> None:
    routine = as_routine(file)

    folded = sum(length_s(one) for one in works(routine, LIBRARY))

    steps = compile_routine(routine, LIBRARY)
    assert total_s(steps) == pytest.approx(sum(step.duration_s for step in steps))
    assert folded == pytest.approx(total_s(steps))


@given(routine_files())
def test_only_work_has_a_side_a_set_and_a_rep(file: Json) -> None:
    for step in compile_file(file):
        numbers = (step.side, step.set, step.rep)
        if step.kind in (StepKind.PREPARE, StepKind.REST, StepKind.SWITCH):
            assert numbers == (None, None, None)
            assert not step.works()
        else:
            assert None not in numbers
            assert step.works()


@given(routine_files())
def test_items_come_in_their_order_and_begin_with_getting_ready_if_at_all(file: Json) -> None:
    steps = compile_file(file)

    assert [step.item for step in steps] == sorted(step.item for step in steps)
    for before, step in pairwise(steps):
        assert step.kind is not StepKind.PREPARE or before.item < step.item


@given(st.data(), st.sampled_from(["each", "affected_first", "other_first", "alternate"]))
def test_without_overrides_both_sides_do_the_same(data: st.DataObject, sides: str) -> None:
    item = {key: value for key, value in data.draw(items(LIBRARY_PLAIN)).items() if key != "per_side"}

    steps = compile_file({**one_item(), "items": [{**item, "sides": sides}]})

    by_side = {
        side: sorted((step.set, step.rep, step.kind, step.duration_s) for step in steps if step.side is side)
        for side in (Side.LEFT, Side.RIGHT)
    }
    assert by_side[Side.LEFT] == by_side[Side.RIGHT]
    assert not [step for step in steps if step.side is Side.BOTH]


def test_a_counted_rep_is_up_hold_down_at_the_default_tempo() -> None:
    assert brief(compile_file(one_item(reps=2))) == [
        "both 1.1 up 2",
        "both 1.1 down 2",
        "both 1.2 up 2",
        "both 1.2 down 2",
    ]


def test_a_part_of_a_tempo_keeps_the_rest_of_the_default() -> None:
    assert brief(compile_file(one_item(reps=1, tempo={"hold_s": 1}))) == [
        "both 1.1 up 2", "both 1.1 hold 1", "both 1.1 down 2",
    ]  # fmt: skip


def test_a_held_item_is_one_hold_unless_it_says_more() -> None:
    assert brief(compile_file(one_item(hold_s=30))) == ["both 1.1 hold 30"]


def test_between_held_reps_of_a_set_lies_a_short_rest() -> None:
    assert brief(compile_file(one_item(hold_s=9, reps=2, sets=2))) == [
        "both 1.1 hold 9", "rest 3", "both 1.2 hold 9", "rest 30", "both 2.1 hold 9", "rest 3", "both 2.2 hold 9",
    ]  # fmt: skip


def test_sides_change_with_a_switch_and_sets_with_a_rest() -> None:
    assert brief(compile_file(one_item(hold_s=9, sides="each", sets=2))) == [
        "left 1.1 hold 9", "switch 5", "right 1.1 hold 9", "rest 30", "left 2.1 hold 9", "switch 5", "right 2.1 hold 9",
    ]  # fmt: skip


def test_a_side_whose_sets_are_used_up_is_passed_over_with_its_switch() -> None:
    file = one_item(hold_s=9, sides="each", sets=2, per_side={"left": {"sets": 1, "hold_s": 4}})

    assert brief(compile_file(file)) == [
        "left 1.1 hold 4", "switch 5", "right 1.1 hold 9", "rest 30", "right 2.1 hold 9",
    ]  # fmt: skip


def test_a_side_may_have_more_sets_than_the_item() -> None:
    file = one_item(hold_s=9, sides="each", per_side={"right": {"sets": 2}})

    assert brief(compile_file(file)) == [
        "left 1.1 hold 9", "switch 5", "right 1.1 hold 9", "rest 30", "right 2.1 hold 9",
    ]  # fmt: skip


def test_alternating_reps_take_turns_and_count_each_side() -> None:
    file = one_item(reps=2, sides="alternate", tempo={"up_s": 1, "down_s": 0})

    assert brief(compile_file(file)) == ["left 1.1 up 1", "right 1.1 up 1", "left 1.2 up 1", "right 1.2 up 1"]


def test_alternating_holds_rest_between_every_two() -> None:
    assert brief(compile_file(one_item(hold_s=9, reps=2, sides="alternate"))) == [
        "left 1.1 hold 9", "rest 3", "right 1.1 hold 9", "rest 3", "left 1.2 hold 9", "rest 3", "right 1.2 hold 9",
    ]  # fmt: skip


@pytest.mark.parametrize("sides, file_side, home_side, order", [
    ("affected_first", "right", None, ["right", "left"]),
    ("affected_first", "right", BodySide.LEFT, ["right", "left"]),
    ("affected_first", None, BodySide.RIGHT, ["right", "left"]),
    ("affected_first", None, None, ["left", "right"]),
    ("other_first", "right", None, ["left", "right"]),
    ("other_first", "left", BodySide.RIGHT, ["right", "left"]),
    ("other_first", None, BodySide.RIGHT, ["left", "right"]),
    ("other_first", None, None, ["right", "left"]),
    ("each", "right", BodySide.RIGHT, ["left", "right"]),
])  # fmt: skip
def test_the_affected_side_is_the_files_or_the_persons_or_left(
    sides: str, file_side: str | None, home_side: BodySide | None, order: list[str]
) -> None:
    file = one_item(hold_s=9, sides=sides) | ({"affected_side": file_side} if file_side else {})

    steps = compile_file(file, home_side)

    assert [step.side for step in steps if step.works()] == order


def test_an_item_without_reps_and_hold_takes_the_exercises_dose() -> None:
    file = {**one_item(), "items": [{"exercise": "side_hold", "sides": "left", "prepare_s": 1}]}

    assert brief(compile_file(file)) == [
        "prepare 1", "left 1.1 hold 6", "rest 4", "left 1.2 hold 6",
        "rest 30", "left 2.1 hold 6", "rest 4", "left 2.2 hold 6",
    ]  # fmt: skip


@pytest.mark.parametrize("own, expected", [
    ({"reps": 1}, ["prepare 10", "left 1.1 up 2", "left 1.1 down 2"]),
    ({"hold_s": 7}, ["prepare 10", "left 1.1 hold 7"]),
])  # fmt: skip
def test_an_item_with_reps_or_hold_takes_nothing_of_the_exercises_dose(own: Json, expected: list[str]) -> None:
    file = {**one_item(), "items": [{"exercise": "side_hold", "sides": "left", **own}]}

    assert brief(compile_file(file)) == expected


def test_the_sides_come_from_the_exercise_even_if_the_dose_does_not() -> None:
    file = {**one_item(), "items": [{"exercise": "clamshell", "hold_s": 5, "prepare_s": 0}]}

    assert brief(compile_file(file)) == ["left 1.1 hold 5", "switch 5", "right 1.1 hold 5"]


def test_the_files_own_exercise_wins_over_the_librarys() -> None:
    own = {"id": "plank", "name": "My plank", "dose": {"hold_s": 77, "prepare_s": 0}}
    file = {**one_item(), "items": [{"exercise": "plank"}], "exercises": [own]}

    assert brief(compile_file(file)) == ["both 1.1 hold 77"]


def test_after_the_last_set_the_next_item_gets_ready_at_once() -> None:
    file = {**one_item(), "items": [{"exercise": "walk", "hold_s": 5, "sets": 2}, {"exercise": "walk", "hold_s": 6}]}

    assert brief(compile_file(file)) == [
        "prepare 10", "both 1.1 hold 5", "rest 30", "both 2.1 hold 5", "prepare 10", "both 1.1 hold 6",
    ]  # fmt: skip


@pytest.mark.parametrize("zero", ["prepare_s", "rest_s", "switch_s", "rep_rest_s"])
def test_what_takes_no_time_is_no_step(zero: str) -> None:
    full = {
        "hold_s": 5,
        "reps": 2,
        "sets": 2,
        "sides": "each",
        "prepare_s": 9,
        "rest_s": 8,
        "switch_s": 7,
        "rep_rest_s": 6,
    }

    steps = compile_file({**one_item(), "items": [{"exercise": "walk", **full, zero: 0}]})

    lengths = {"prepare_s": 9, "rest_s": 8, "switch_s": 7, "rep_rest_s": 6}
    assert {step.duration_s for step in steps} == {5, *lengths.values()} - {lengths[zero]}


def test_a_self_paced_rep_is_one_open_step_of_the_length_it_is_expected_to_take() -> None:
    steps = compile_file(one_item(reps=2, pace="self", tempo={"up_s": 1, "hold_s": 2, "down_s": 3}))

    assert brief(steps) == ["both 1.1 up 6", "both 1.2 up 6"]
    assert all(step.open for step in steps)


def test_a_self_paced_rep_of_no_tempo_is_a_step_all_the_same() -> None:
    steps = compile_file(one_item(reps=2, pace="self", tempo={"up_s": 0, "down_s": 0}))

    assert [step.rep for step in steps] == [1, 2]


@given(routine_files())
def test_only_self_paced_reps_are_open(file: Json) -> None:
    for step in compile_file(file):
        assert step.open == (step.works() and file["items"][step.item].get("pace") == "self")


@given(routine_files(), home_sides)
def test_a_work_unfolds_to_the_steps_of_its_item(file: Json, home_side: BodySide | None) -> None:
    routine = as_routine(file)

    unfolded = [step for one in works(routine, LIBRARY, home_side) for step in steps_of(one)]

    assert tuple(unfolded) == compile_routine(routine, LIBRARY, home_side)


def test_two_passes_are_those_that_may_differ_by_side() -> None:
    for sides in TWO_PASSES:
        steps = compile_file(one_item(hold_s=9, sides=sides, per_side={"right": {"hold_s": 4}}))

        assert {step.side: step.duration_s for step in steps if step.works()} == {Side.LEFT: 9, Side.RIGHT: 4}
