"""Drafts: whatever is done to one, its file is read back equal or is refused for exactly what the editor shows."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from coach.core.routine.dose import Dose
from coach.core.routine.editing import issuing, items, own, typed
from coach.core.routine.editing.draft import (
    Draft,
    at,
    checked,
    data_of,
    draft_from,
    file_of,
    new_draft,
    path_of,
    put,
)
from coach.core.routine.editing.extent import extent_of, known_of, work_of
from coach.core.routine.editing.history import Act, Deed, History, Moment, choose, done, redone, settled, undone
from coach.core.routine.editing.keys import Sort, keys_of
from coach.core.routine.exercise import StepType
from coach.core.routine.plan import Work, length_s, works
from coach.core.routine.problems import Rule
from coach.core.routine.reading import read_routine
from coach.core.routine.routine import BodySide, Readiness, Rules
from tests.core.strategies import LIBRARY, as_routine, routine_files, to_bytes

CLAMSHELL, PLANK, BRIDGE, SIDE_HOLD = (LIBRARY[name] for name in ("clamshell", "plank", "bridge", "side_hold"))
TODAY = date(2026, 11, 26)

FIELDS: tuple[tuple[str, ...], ...] = (
    ("sets",), ("reps",), ("hold_s",), ("tempo", "up_s"), ("rest_s",), ("note",), ("load",), ("sides",),
    ("per_side", "left", "sets"), ("per_side", "right", "hold_s"), ("pace",),
)  # fmt: skip
TYPED = st.one_of(
    st.sampled_from(
        ["", "3", "0", "12", "-1", "2,5", "2.", "1e9", "3x", "99999999999999999999", "1:30", "each", "self"]
    ),
    st.text(max_size=6),
)


def drafts() -> st.SearchStrategy[Draft]:
    return routine_files().map(lambda file: _draft(to_bytes(file)))


def _draft(data: bytes) -> Draft:
    found = draft_from(data)
    assert found is not None
    return found


@st.composite
def edits(draw: st.DrawFn) -> Callable[[Draft], Draft]:
    """Anything that the editor can do to a draft, also what makes no sense."""
    exercise = draw(st.sampled_from(sorted(LIBRARY)))
    index, to = draw(st.integers(0, 4)), draw(st.integers(-1, 5))
    text = draw(TYPED)
    field = draw(st.sampled_from(FIELDS))

    def swapped(draft: Draft) -> Draft:
        if index >= items.size(draft):
            return draft
        before = work_of(index, items.item(draft, index), known_of(draft, LIBRARY), BodySide.LEFT)
        return items.swap(draft, index, LIBRARY[exercise], before)

    every: list[Callable[[Draft], Draft]] = [
        lambda draft: items.add(draft, LIBRARY[exercise], index),
        lambda draft: items.move(draft, index, to),
        lambda draft: items.remove(draft, index),
        lambda draft: items.duplicate(draft, index),
        lambda draft: items.use_dose(draft, index, LIBRARY[exercise].dose) if _has(draft, index) else draft,
        lambda draft: items.make_held(draft, index, LIBRARY[exercise]) if _has(draft, index) else draft,
        lambda draft: items.make_counted(draft, index, LIBRARY[exercise]) if _has(draft, index) else draft,
        swapped,
        lambda draft: put(draft, ("items", index, *field), typed.number(text)),
        lambda draft: put(draft, ("items", index, *field), typed.words(text)),
        lambda draft: put(draft, ("title",), text),
        lambda draft: put(draft, ("review_by",), typed.words(text)),
        lambda draft: put(draft, ("schedule", "per_week"), typed.number(text)),
        lambda draft: put(draft, ("rules", "pain_stop_above"), typed.number(text)),
        lambda draft: own.add_own(draft, text, own.exercise_key(text, known_of(draft, LIBRARY))),
    ]
    return draw(st.sampled_from(every))


def _has(draft: Draft, index: int) -> bool:
    return index < items.size(draft)


@given(drafts(), st.lists(edits(), max_size=6))
def test_a_draft_is_read_back_equal_or_refused_for_what_is_shown(draft: Draft, every: list[Any]) -> None:
    for edit in every:
        draft = edit(draft)

    shown = checked(draft, LIBRARY)
    again = read_routine(data_of(draft), LIBRARY)

    assert again.findings == shown.findings
    assert again.routine == shown.routine
    if shown.routine is not None:
        sent = read_routine(file_of(draft), LIBRARY)
        assert (sent.routine, sent.extensions) == (shown.routine, shown.extensions)
        assert _draft(file_of(draft)) == draft
    else:
        assert shown.findings.problems


@given(drafts(), st.lists(edits(), max_size=6))
def test_what_was_typed_is_never_lost(draft: Draft, every: list[Any]) -> None:
    for edit in every:
        draft = edit(draft)

    assert json.loads(data_of(draft)) == draft.plain


@given(drafts(), st.lists(edits(), min_size=1, max_size=8), st.integers(0, 8))
def test_undo_takes_back_exactly_and_redo_brings_back_exactly(draft: Draft, every: list[Any], back: int) -> None:
    history = History(Moment(draft))
    states = [history]
    for edit in every:
        history = done(history, Deed(Act.ADD), Moment(edit(history.now.draft)))
        if history.now.draft != states[-1].now.draft:
            states.append(history)

    gone = history
    for before in reversed(states[:-1]):
        gone = undone(gone)
        assert gone.now == before.now
    assert gone.now.draft == draft
    for after in states[1:]:
        gone = redone(gone)
        assert gone.now == after.now
        assert gone.past == after.past


@given(drafts(), edits(), edits())
def test_undo_of_nothing_and_redo_after_something_new_change_nothing(draft: Draft, one: Any, other: Any) -> None:
    history = History(Moment(draft))
    assert undone(history) == redone(history) == history

    first = done(history, Deed(Act.ADD), Moment(one(draft)))
    new = done(undone(first), Deed(Act.ADD), Moment(other(draft)))
    if new.now.draft != draft:
        assert redone(new) == new


def test_typing_in_one_field_is_one_step_until_the_field_is_left() -> None:
    place = ("items", 0, "sets")
    history = History(Moment(items.add(new_draft("A", "a"), CLAMSHELL, 0)))
    start = history.now

    def type_(history: History, text: str) -> History:
        return done(history, Deed(Act.ITEM_FIELD), Moment(put(history.now.draft, place, typed.number(text))), place)

    history = type_(type_(history, "1"), "12")
    assert len(history.past) == 1
    history = type_(settled(history), "1")
    assert len(history.past) == 2
    assert at(undone(history).now.draft, place) == 12
    assert undone(undone(history)).now == start


def test_what_is_typed_and_wiped_out_again_is_no_step() -> None:
    place = ("title",)
    history = History(Moment(new_draft("A", "a")))

    for text in ("AB", "A"):
        history = done(history, Deed(Act.ROUTINE_FIELD), Moment(put(history.now.draft, place, text)), place)

    assert history.past == ()


def test_undo_brings_back_which_item_was_worked_on() -> None:
    one = items.add(items.add(new_draft("A", "a"), CLAMSHELL, 0), PLANK, 1)
    history = choose(History(Moment(one)), 1)

    history = done(history, Deed(Act.REMOVE), Moment(items.remove(one, 1), 0))

    assert undone(history).now.chosen == 1


@given(drafts(), st.integers(0, 3), st.integers(-2, 6))
def test_moving_keeps_the_order_of_all_others(draft: Draft, index: int, to: int) -> None:
    before = list(at(draft, ("items",)))  # type: ignore[call-overload]  # a list, in every valid file
    if index >= len(before):
        return

    after = list(at(items.move(draft, index, to), ("items",)))  # type: ignore[call-overload]

    place = min(max(0, to), len(before) - 1)
    assert after[place] is before[index]
    assert [one for n, one in enumerate(after) if n != place] == [one for n, one in enumerate(before) if n != index]


@given(drafts(), st.integers(0, 3))
def test_removing_and_doubling_touch_one_item(draft: Draft, index: int) -> None:
    before = list(at(draft, ("items",)))  # type: ignore[call-overload]
    if index >= len(before):
        return

    assert at(items.remove(draft, index), ("items",)) == before[:index] + before[index + 1 :]
    assert at(items.duplicate(draft, index), ("items",)) == before[: index + 1] + before[index:]


@given(routine_files(), edits())
def test_the_keys_of_others_stay_in_their_objects(file: Any, edit: Any) -> None:
    file = {**file, "x-clinic": {"room": 7}, "items": [{**file["items"][0], "x-mine": 1}, *file["items"]]}
    draft = _draft(to_bytes(file))

    edited = edit(items.move(draft, 0, items.size(draft) - 1))

    assert at(edited, ("x-clinic",)) == {"room": 7}
    kept = [one for one in at(edited, ("items",)) if "x-mine" in one]  # type: ignore[attr-defined]
    assert kept or items.size(edited) < items.size(draft)


def test_an_object_that_is_left_empty_goes() -> None:
    draft = put(new_draft("A", "a"), ("rules", "pain_stop_above"), 5)
    assert at(draft, ("rules",)) == {"pain_stop_above": 5}

    assert put(draft, ("rules", "pain_stop_above"), UNSET) == new_draft("A", "a")


def test_an_edit_leaves_the_rest_as_it_was() -> None:
    draft = items.add(items.add(new_draft("A", "a"), CLAMSHELL, 0), PLANK, 1)

    edited = put(draft, ("items", 0, "sets"), 5)

    assert at(edited, ("items", 1)) is at(draft, ("items", 1))
    assert at(draft, ("items", 0, "sets")) == 2


@pytest.mark.parametrize(
    "text,value",
    [("", UNSET), (" ", UNSET), ("12", 12), ("2,5", 2.5), ("2.0", 2), ("-1", -1), ("3x", "3x"), ("2.", "2."),
     ("1e9", "1e9"), ("nan", "nan"), ("٣", "٣"), ("9" * 16, "9" * 16)],
)  # fmt: skip
def test_a_number_is_a_number_and_the_rest_stays_as_it_was_typed(text: str, value: object) -> None:
    assert typed.number(text) == value


def test_a_duration_may_be_minutes_and_seconds() -> None:
    assert typed.duration("1:30") == 90
    assert typed.duration("1:3") == "1:3"


@given(st.one_of(st.integers(-(10**14), 10**14), st.floats(0, 3600).map(lambda value: round(value, 6))))
def test_a_number_is_read_as_it_is_written(value: float) -> None:
    assert typed.number(typed.written(value)) == value


def test_an_added_exercise_brings_its_usual_dose_written_out() -> None:
    draft = items.add(new_draft("A", "a"), CLAMSHELL, 0)

    assert items.item(draft, 0) == {
        "exercise": "clamshell", "sides": "each", "sets": 2, "reps": 3,
        "tempo": {"up_s": 3, "down_s": 1} | _hold(draft), "rest_s": 20, "switch_s": 4,
    }  # fmt: skip
    (one,) = works(as_routine(json.loads(data_of(draft))), LIBRARY)
    assert one.tempo == CLAMSHELL.dose.tempo


def _hold(draft: Draft) -> dict[str, object]:
    """Whether the phase without length is written out is of no consequence."""
    tempo = at(draft, ("items", 0, "tempo"))
    assert isinstance(tempo, dict)
    return {key: value for key, value in tempo.items() if key == "hold_s"}


def only(exercise: Any, **changes: object) -> tuple[Draft, Work]:
    draft = items.add(new_draft("A", "a"), exercise, 0)
    for key, value in changes.items():
        draft = put(draft, ("items", 0, key), value)
    one = work_of(0, items.item(draft, 0), LIBRARY, BodySide.LEFT)
    assert one is not None
    return draft, one


def test_an_easier_exercise_of_the_same_kind_keeps_the_dose() -> None:
    draft, before = only(CLAMSHELL, sets=4, reps=15, load="red band", note="Slowly.")

    swapped = items.item(items.swap(draft, 0, LIBRARY["march"], before), 0)

    assert {key: swapped[key] for key in ("exercise", "sets", "reps", "load", "note")} == {
        "exercise": "march", "sets": 4, "reps": 15, "load": "red band", "note": "Slowly.",
    }  # fmt: skip


def test_an_easier_exercise_that_is_held_takes_its_usual_dose_and_keeps_load_and_note() -> None:
    draft, before = only(CLAMSHELL, load="red band")

    swapped = items.swap(draft, 0, SIDE_HOLD, before)

    assert checked(swapped, LIBRARY).findings.problems == ()
    assert at(swapped, ("items", 0, "hold_s")) == 6
    assert at(swapped, ("items", 0, "tempo")) is UNSET
    assert at(swapped, ("items", 0, "load")) == "red band"


def test_sides_that_make_no_sense_for_the_new_exercise_become_its_usual_ones() -> None:
    draft, before = only(CLAMSHELL, per_side={"left": {"sets": 1}})

    swapped = items.swap(draft, 0, BRIDGE, before)

    assert at(swapped, ("items", 0, "sides")) == "both"
    assert at(swapped, ("items", 0, "per_side")) is UNSET
    assert checked(swapped, LIBRARY).findings == checked(items.add(new_draft("A", "a"), BRIDGE, 0), LIBRARY).findings


def test_a_dose_left_to_the_exercise_is_kept_when_the_exercise_is_another() -> None:
    draft = put(items.add(new_draft("A", "a"), CLAMSHELL, 0), ("items", 0), {"exercise": "clamshell"})
    before = work_of(0, items.item(draft, 0), LIBRARY, BodySide.LEFT)
    assert before is not None

    swapped = items.swap(draft, 0, LIBRARY["march"], before)

    assert at(swapped, ("items", 0, "reps")) == 3


@pytest.mark.parametrize("exercise", [CLAMSHELL, PLANK, SIDE_HOLD, BRIDGE])
def test_counted_and_held_can_be_changed_without_a_problem(exercise: Any) -> None:
    draft, _ = only(exercise)
    draft = items.work_sides(draft, 0, "each")
    draft = items.make_held(draft, 0, exercise)
    draft = put(draft, ("items", 0, "per_side", "left", "hold_s"), 9)
    assert checked(draft, LIBRARY).findings.problems == ()

    draft = items.make_counted(draft, 0, exercise)

    assert checked(draft, LIBRARY).findings.problems == ()
    assert at(draft, ("items", 0, "hold_s")) is UNSET


def test_another_dose_leaves_sides_and_note() -> None:
    draft, _ = only(CLAMSHELL, note="Slowly.", pace="self")

    draft = items.use_dose(draft, 0, Dose(sets=3, hold_s=20))

    assert items.item(draft, 0) == {
        "exercise": "clamshell", "sides": "each", "note": "Slowly.", "sets": 3, "hold_s": 20,
    }  # fmt: skip
    assert checked(draft, LIBRARY).findings.problems == ()


# -- own exercises ----------------------------------------------------------------------------------------------


def test_an_own_exercise_is_read_back_with_all_that_was_said() -> None:
    draft = own.add_own(new_draft("A", "a"), "Wall slide", "wall_slide")
    draft = own.tell(draft, 0, StepType.STEP, ["Stand at the wall.", "Slide."])
    draft = own.tell(draft, 0, StepType.FORM_CUE, ["Ribs down."])
    draft = put(draft, ("exercises", 0, "dose", "reps"), 8)
    draft = items.add(draft, known_of(draft, LIBRARY)["wall_slide"], 0)

    routine = checked(draft, LIBRARY).routine

    assert routine is not None
    assert [one.text for one in routine.exercises[0].steps] == ["Stand at the wall.", "Slide.", "Ribs down."]
    assert (routine.items[0].reps, routine.exercises[0].dose.reps) == (8, 8)


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=4), st.lists(st.sampled_from(["a", "d"]), max_size=3))
def test_what_is_told_is_what_was_said_last(first: list[str], second: list[str]) -> None:
    draft = own.add_own(new_draft("A", "a"), "X", "x")
    draft = own.tell(draft, 0, StepType.SAFETY, ["keep"])

    for lines in (first, second):
        draft = own.tell(draft, 0, StepType.STEP, lines)

    exercise = at(draft, ("exercises", 0))
    assert isinstance(exercise, dict)
    assert own.told(exercise, StepType.STEP) == tuple(second)
    assert own.told(exercise, StepType.SAFETY) == ("keep",)


def test_an_own_exercise_made_from_a_known_one_has_all_of_it_and_its_own_id() -> None:
    draft = own.add_own(new_draft("A", "a"), "My clamshell", "my_clamshell", CLAMSHELL)

    mine = known_of(draft, LIBRARY)["my_clamshell"]

    assert (mine.name, mine.dose, mine.ladder, mine.sides) == (
        "My clamshell", CLAMSHELL.dose, CLAMSHELL.ladder, CLAMSHELL.sides,
    )  # fmt: skip


@given(st.text(max_size=20), st.sets(st.sampled_from(["own", "own_2", "a", "plank"])))
def test_every_name_makes_an_id_that_is_allowed_and_new(name: str, taken: set[str]) -> None:
    id_ = own.exercise_key(name, taken)

    assert id_ not in taken
    draft = own.add_own(items.add(new_draft("A", "a"), PLANK, 0), name or "x", id_)
    assert [problem for problem in checked(draft, LIBRARY).findings.problems if problem.path.endswith(".id")] == []


def test_an_own_exercise_can_be_taken_out_of_the_file() -> None:
    draft = own.add_own(own.add_own(new_draft("A", "a"), "X", "x"), "Y", "y")
    draft = items.add(draft, known_of(draft, LIBRARY)["y"], 0)

    assert (own.asked_for(draft, "x"), own.asked_for(draft, "y")) == (False, True)
    assert own.own_ids(own.remove_own(draft, "x")) == ("y",)


def test_an_exercise_of_another_routine_is_brought_along_once_and_whole() -> None:
    draft, _ = own.bring(new_draft("A", "a"), CLAMSHELL, {})
    draft, brought = own.bring(draft, CLAMSHELL, known_of(draft, {}))

    assert own.own_ids(draft) == ("clamshell",)
    assert known_of(draft, {})["clamshell"] == brought == CLAMSHELL


def test_an_exercise_of_another_routine_takes_no_other_ones_place() -> None:
    theirs = msgspec.structs.replace(CLAMSHELL, name="Their clamshell")
    draft = items.add(new_draft("A", "a"), CLAMSHELL, 0)

    draft, brought = own.bring(draft, theirs, known_of(draft, LIBRARY))
    draft, again = own.bring(draft, theirs, known_of(draft, LIBRARY))

    assert brought.id == again.id == "clamshell_2"
    assert known_of(draft, LIBRARY)["clamshell"] == CLAMSHELL
    assert own.own_ids(draft) == ("clamshell_2",)


# -- handing out ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title,id_", [("Hip strength A", "hip-strength-a"), ("Übung für Hüfte", "ubung-fur-hufte"), ("!!", "routine")]
)
def test_an_id_is_made_from_the_title(title: str, id_: str) -> None:
    assert issuing.made_id(title, set()) == id_
    assert issuing.made_id(title, {id_}) == f"{id_}-2"


def test_a_first_issue_has_an_id_of_its_own_and_the_day() -> None:
    draft = issuing.issued(new_draft("Hip strength A", "new"), None, TODAY, {"hip-strength-a"})

    assert [at(draft, (key,)) for key in ("id", "revision", "issued")] == ["hip-strength-a-2", 1, "2026-11-26"]


def test_the_same_again_is_the_same_revision_and_a_change_is_the_next_one() -> None:
    base = issuing.issued(new_draft("A", "new"), None, date(2026, 11, 1), set())
    assert issuing.issued(base, base, TODAY, {"a"}) == base
    assert not issuing.changed(base, base)

    next_ = issuing.issued(put(base, ("title",), "Another title"), base, TODAY, {"a"})

    assert [at(next_, (key,)) for key in ("id", "revision", "issued")] == ["a", 2, "2026-11-26"]


def test_a_copy_for_somebody_else_says_nothing_of_the_first_one() -> None:
    draft = put(put(new_draft("A", "a"), ("patient",), "A.B."), ("x-clinic",), 7)

    copy = issuing.for_another(put(draft, ("revision",), 4), "B", "b")

    assert [at(copy, (key,)) for key in ("patient", "revision", "id", "title", "x-clinic")] == [UNSET, 1, "b", "B", 7]


# -- what it comes to -------------------------------------------------------------------------------------------


@settings(max_examples=50)
@given(routine_files())
def test_the_length_is_that_of_the_routine(file: Any) -> None:
    draft, routine = _draft(to_bytes(file)), as_routine(file)
    known = known_of(draft, LIBRARY)
    affected = BodySide(file.get("affected_side", "left"))

    found = extent_of(
        tuple(work_of(n, items.item(draft, n), known, affected) for n in range(items.size(draft))),
        at(draft, ("schedule",)),
    )

    assert found.length_s == pytest.approx(sum(length_s(one) for one in works(routine, LIBRARY)))
    assert found.unread == ()


def test_an_item_that_cannot_be_read_yet_is_not_counted_and_is_named() -> None:
    draft = items.add(items.add(new_draft("A", "a"), PLANK, 0), CLAMSHELL, 1)
    whole = extent_of(tuple(work_of(n, items.item(draft, n), LIBRARY, BodySide.LEFT) for n in range(2)), UNSET)

    draft = put(draft, ("items", 0, "sets"), "3x")
    part = extent_of(tuple(work_of(n, items.item(draft, n), LIBRARY, BodySide.LEFT) for n in range(2)), UNSET)

    assert part.unread == (0,)
    assert 0 < part.length_s < whole.length_s


def test_a_problem_names_the_place_of_its_field() -> None:
    place = ("items", 1, "per_side", "left", "sets")
    draft = put(items.add(items.add(new_draft("A", "a"), PLANK, 0), CLAMSHELL, 1), place, 0)

    (problem,) = checked(draft, LIBRARY).findings.problems

    assert (problem.path, problem.rule) == (path_of(place), Rule.TOO_SMALL)


def test_every_key_of_rules_and_thresholds_has_a_field() -> None:
    rules, readiness = keys_of(Rules, ("rules",)), keys_of(Readiness, ("readiness",))

    assert {key.name.partition(".")[0] for key in rules} >= set(Rules.__struct_fields__)
    assert {key.name.partition(".")[0] for key in readiness} >= set(Readiness.__struct_fields__)
    assert next(key for key in rules if key.name == "profile").sort is Sort.CHOICE
    assert next(key for key in readiness if key.name == "skip_hop").sort is Sort.YES_NO
