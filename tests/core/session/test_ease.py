"""The easier variation in mid-session: sets and sides stay as prescribed, nothing else is touched."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.core.routine.dose import Dose, Sides
from coach.core.routine.exercise import Exercise, Ladder, Laterality
from coach.core.routine.plan import Side, Step, StepKind, compile_routine, known_exercises
from coach.core.routine.routine import BodySide, Item, Routine
from coach.core.session.ease import eased_steps, easier_of
from coach.core.session.engine import Ease, ItHurts, Phase, Resume, Session, replay
from coach.core.session.events import Began, Started
from tests.core.strategies import LIBRARY, Played, routines, started

EASIER = Exercise(
    "easier", "Easier", dose=Dose(reps=2, hold_s=4.0, rest_s=20.0, rep_rest_s=1.0, prepare_s=7.0, switch_s=3.0)
)


def standing_at(steps: tuple[Step, ...], index: int) -> Session:
    """A running session at the beginning of a step."""
    return replay(steps, [Started(0.0), *([Began(10.0, index)] if index else [])])


def eased(
    routine: Routine, index: int, easier: Exercise = EASIER, home_side: BodySide | None = None
) -> tuple[Step, ...]:
    """The steps from this one on, made easier."""
    steps = compile_routine(routine, LIBRARY, home_side)
    known = {**known_exercises(LIBRARY, routine), easier.id: easier}
    return eased_steps(standing_at(steps, index), routine, easier, known, home_side)


def one_item(item: Item, *more: Item) -> Routine:
    """A routine of these items."""
    return Routine(format="rehab-routine", version="1.0", id="a", title="A", items=[item, *more])


def passes(steps: tuple[Step, ...], item: int) -> list[tuple[int | None, Side | None]]:
    """The passes of an item in their order: one side of one set each."""
    worked = [(step.set, step.side) for step in steps if step.item == item and step.works()]
    return [one for one, _ in groupby(worked)]


@given(routines(paced=False), st.data(), st.sampled_from([None, BodySide.LEFT, BodySide.RIGHT]))
def test_the_sets_and_sides_that_are_left_stay_as_prescribed(
    routine: Routine, data: st.DataObject, home_side: BodySide | None
) -> None:
    steps = compile_routine(routine, LIBRARY, home_side)
    working = [index for index, step in enumerate(steps) if step.works()]
    if not working:
        return
    index = data.draw(st.sampled_from(working))
    current = steps[index]
    alternating = {step.side for step in steps if step.item == current.item and step.set == current.set}
    sides = routine.items[current.item].sides
    if sides is Sides.ALTERNATE or (not isinstance(sides, Sides) and len(alternating - {None}) == 2):
        return  # has its own sentence below

    result = eased(routine, index, home_side=home_side)

    prescribed = passes(steps, current.item)
    assert passes(result, current.item) == prescribed[prescribed.index((current.set, current.side)) :]


@given(routines(), st.data())
def test_other_exercises_stay_as_they_are(routine: Routine, data: st.DataObject) -> None:
    steps = compile_routine(routine, LIBRARY)
    if not steps:
        return
    index = data.draw(st.integers(0, len(steps) - 1))

    result = eased(routine, index)

    current = steps[index].item
    assert [step for step in result if step.item != current] == [step for step in steps if step.item > current]
    assert {step.exercise for step in result if step.item == current} <= {"easier"}


@given(routines(), st.data())
def test_it_begins_with_getting_ready_and_takes_the_easier_exercises_dose(
    routine: Routine, data: st.DataObject
) -> None:
    steps = compile_routine(routine, LIBRARY)
    working = [index for index, step in enumerate(steps) if step.works()]
    if not working:
        return
    index = data.draw(st.sampled_from(working))

    own = [step for step in eased(routine, index) if step.item == steps[index].item]

    assert own[0] == Step(StepKind.PREPARE, 7.0, steps[index].item, "easier")
    assert own[1].works()
    lengths = {StepKind.HOLD: {4.0}, StepKind.REST: {20.0, 1.0}, StepKind.SWITCH: {3.0}}
    for step in own[1:]:
        assert step.duration_s in lengths[step.kind]
    assert {step.rep for step in own if step.works()} == {1, 2}


@pytest.mark.parametrize("index", range(1, 8))
def test_an_alternating_set_that_is_broken_off_begins_again_with_both_sides(index: int) -> None:
    routine = one_item(Item("march", reps=4, sides=Sides.ALTERNATE, prepare_s=9.0))

    worked = [(step.rep, step.side) for step in eased(routine, index) if step.works()]

    assert worked == [(1, Side.LEFT), (1, Side.RIGHT), (2, Side.LEFT), (2, Side.RIGHT)]


def test_in_the_rest_it_begins_with_the_set_that_is_next() -> None:
    routine = one_item(Item("plank", hold_s=9.0, sets=3))
    steps = compile_routine(routine, LIBRARY)
    rest = next(index for index, step in enumerate(steps) if step.kind is StepKind.REST)

    assert passes(eased(routine, rest), 0) == [(2, Side.BOTH), (3, Side.BOTH)]


def test_while_getting_ready_the_whole_exercise_is_changed() -> None:
    routine = one_item(Item("plank", hold_s=9.0, sets=2))

    assert passes(eased(routine, 0), 0) == [(1, Side.BOTH), (2, Side.BOTH)]


def test_a_side_with_fewer_sets_keeps_its_number() -> None:
    routine = one_item(Item("clamshell", hold_s=9.0, sides=Sides.AFFECTED_FIRST, sets=2))
    item = routine.items[0]
    routine = replace_item(routine, {"right": {"sets": 1}}, item)

    assert passes(eased(routine, 0), 0) == [(1, Side.LEFT), (1, Side.RIGHT), (2, Side.LEFT)]
    assert passes(eased(routine, 0, home_side=BodySide.RIGHT), 0) == [(1, Side.RIGHT), (1, Side.LEFT), (2, Side.LEFT)]


def replace_item(routine: Routine, per_side: dict[str, dict[str, int]], item: Item) -> Routine:
    """The routine with overrides of one side."""
    import msgspec

    changed = msgspec.convert({**msgspec.to_builtins(item), "per_side": per_side}, Item)
    return msgspec.structs.replace(routine, items=[changed])


def test_an_easier_exercise_of_both_sides_at_once_is_done_with_both() -> None:
    routine = one_item(Item("clamshell", hold_s=9.0, sides=Sides.EACH, sets=2))
    both = Exercise("easier", "Easier", laterality=Laterality.BILATERAL, dose=Dose(reps=2))

    result = eased(routine, 1, both)

    assert passes(result, 0) == [(1, Side.BOTH), (2, Side.BOTH)]


def test_numbering_goes_on_where_it_was() -> None:
    routine = one_item(Item("plank", hold_s=9.0, sets=3), Item("bridge", reps=2))
    played = started(compile_routine(routine, LIBRARY))
    played.look_until(50.0)
    assert played.session.step.set == 2
    played.press(ItHurts(), 51.0)

    known = {**LIBRARY, "easier": EASIER}
    played.press(Ease("easier", eased_steps(played.session, routine, EASIER, known)), 60.0)
    assert played.session.phase is Phase.PAUSED
    played.press(Resume(), 70.0)
    done = run_out(played)

    assert done.session.complete
    worked = [(step.item, step.exercise, step.set) for step in done.session.steps if step.works()]
    assert [one for one, _ in groupby(worked)] == [
        (0, "plank", 1), (0, "easier", 2), (0, "easier", 3), (1, "bridge", 1),
    ]  # fmt: skip


def run_out(played: Played) -> Played:
    """Let a session run to its end."""
    played.look_until(played.now + played.session.left_in_all(played.now) + 5.0)
    return played


def test_the_easier_of_an_exercise_is_the_nearest_that_is_known() -> None:
    known = dict(LIBRARY)
    two = replace_ladder(known["plank"], ["unheard_of", "walk", "bridge"])

    assert easier_of(two, known) == known["walk"]
    assert easier_of(known["walk"], known) is None
    assert easier_of(None, known) is None


def replace_ladder(exercise: Exercise, easier: list[str]) -> Exercise:
    """The exercise with easier ones below it."""
    import msgspec

    return msgspec.structs.replace(exercise, ladder=Ladder(easier=easier))


def test_an_easier_exercise_of_no_length_leaves_the_rest_of_the_session() -> None:
    routine = one_item(Item("plank", hold_s=9.0), Item("bridge", reps=1))
    nothing = Exercise("easier", "Easier", dose=Dose(hold_s=0.0))

    assert {step.item for step in eased(routine, 1, nothing)} == {1}


def test_a_session_is_a_value_and_stays_what_it_was() -> None:
    routine = one_item(Item("plank", hold_s=9.0, sets=2))
    session = standing_at(compile_routine(routine, LIBRARY), 1)
    before = replace(session)

    eased_steps(session, routine, EASIER, {**LIBRARY, "easier": EASIER})

    assert session == before
