"""The workout for a watch, read by another program and done step by step beside the session itself."""

import io
import json
import time
from datetime import UTC, datetime
from typing import Any

import fitdecode
import pytest
from fitdecode.profile import FIELD_TYPES
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import resources
from coach.core.routine.plan import Side, StepKind, compile_routine, known_exercises, works
from coach.core.routine.reading import read_library, read_routine
from coach.core.routine.routine import Routine
from coach.files import fit_workout
from coach.files.fit_workout import (
    EXERCISES,
    MAX_STEPS,
    Counted,
    Repeat,
    Step,
    Written,
    folded,
    unfolded,
    write_workout,
)
from coach.files.fit_writing import cut
from coach.words.handing_out import for_watch
from tests.cli.program import routine as plain_routine

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
LIBRARY = read_library(resources.EXERCISES.read_bytes()).exercises
Frame = dict[str, Any]


def routine(**changed: object) -> Routine:
    found = read_routine(json.dumps(plain_routine(**changed)).encode(), LIBRARY)
    assert found.routine is not None, found.findings
    return found.routine


def written(one: Routine, counted: Counted = Counted.REPS) -> Written:
    known = known_exercises(LIBRARY, one)
    watch = fit_workout.Routine(
        one.id,
        one.title,
        works(one, LIBRARY),
        {item.exercise: known[item.exercise] for item in one.items},
        tuple(f"{item.load} {item.note}".strip() for item in one.items),
    )
    return write_workout(watch, for_watch(), counted, NOW)


def messages(made: Written) -> list[tuple[str, Frame]]:
    """What another program reads, its checksum checked."""
    assert made.data is not None
    with fitdecode.FitReader(io.BytesIO(made.data), check_crc=fitdecode.CrcCheck.RAISE) as frames:
        return [
            (one.name, {field.name: field.value for field in one.fields})
            for one in frames
            if isinstance(one, fitdecode.FitDataMessage)
        ]


def steps(made: Written) -> list[Frame]:
    return [frame for name, frame in messages(made) if name == "workout_step"]


def done(all_steps: list[Frame]) -> list[Frame]:
    """The steps as a watch does them: a repeat goes back until its steps were done so many times in all."""
    out: list[Frame] = []
    for at, step in enumerate(all_steps):
        if step["duration_type"] == "repeat_until_steps_cmplt":
            body = all_steps[step["duration_step"] : at]
            assert all(one["duration_type"] != "repeat_until_steps_cmplt" for one in body)
            out += body * (step["repeat_steps"] - 1)
        else:
            out.append(step)
    return out


def test_it_says_what_it_is() -> None:
    found = messages(written(routine()))

    kinds = [name for name, _ in found]
    assert kinds[:2] == ["file_id", "workout"]
    assert (found[0][1]["type"], found[0][1]["time_created"]) == ("workout", NOW)
    assert found[1][1]["wkt_name"] == "Short one"
    assert (found[1][1]["sport"], found[1][1]["sub_sport"]) == ("training", "strength_training")
    assert found[1][1]["num_valid_steps"] == kinds.count("workout_step")
    assert [frame["message_index"] for frame in steps(written(routine()))] == list(range(kinds.count("workout_step")))


def test_sides_are_steps_and_holds_are_times() -> None:
    found = [
        (frame["wkt_step_name"], frame["intensity"], frame.get("duration_time"), frame.get("duration_reps"))
        for frame in done(steps(written(routine())))
    ]

    assert found == [
        ("Get ready", "rest", 3, None),
        ("Left: Clamshell", "active", None, 2),
        ("Switch sides", "rest", 5, None),
        ("Right: Clamshell", "active", None, 2),
        ("Rest", "rest", 4, None),
        ("Left: Clamshell", "active", None, 2),
        ("Switch sides", "rest", 5, None),
        ("Right: Clamshell", "active", None, 2),
        ("Get ready", "rest", 2, None),
        ("Plank", "active", 6, None),
    ]


@pytest.mark.parametrize("counted, kind", [(Counted.TIME, "time"), (Counted.OPEN, "open"), (Counted.REPS, "reps")])
def test_counted_reps_are_what_the_watch_can_do(counted: Counted, kind: str) -> None:
    clam = steps(written(routine(), counted))[1]

    assert clam["duration_type"] == kind
    assert clam.get("duration_time") == (5.0 if kind == "time" else None)


BUILT_IN = ("first-days", "strength-a", "strength-b", "strength-c", "mobility")


@pytest.mark.parametrize("name", BUILT_IN)
def test_what_a_watch_does_takes_as_long_as_the_session(name: str) -> None:
    file = resources.asset("routines") / f"{name}.rehab.json"
    one = read_routine(file.read_bytes(), LIBRARY).routine
    assert one is not None

    made = written(one, Counted.TIME)

    session = compile_routine(one, LIBRARY)
    assert made.steps <= MAX_STEPS
    assert sum(frame["duration_time"] for frame in done(steps(made))) == pytest.approx(
        sum(step.duration_s for step in session), abs=0.01 * len(session)
    ), "no step is lost, none comes twice"


def test_sides_in_turn_are_one_step_of_both() -> None:
    one = routine(items=[{"exercise": "bridge_march", "sides": "alternate", "reps": 5, "note": "Slowly."}])

    [_, march] = steps(written(one))

    assert march["duration_reps"] == 10
    assert march["notes"] == "5 on each side, in turn. Slowly."


def test_steps_that_come_again_are_written_once() -> None:
    one = routine(items=[{"exercise": "plank", "sets": 10, "hold_s": 20, "rest_s": 30}])

    made = written(one)

    assert made.steps == 5
    assert len(done(steps(made))) == 20


def test_what_does_not_fit_is_not_written() -> None:
    items = [{"exercise": "clamshell", "sides": "each", "sets": 3, "reps": 10} for _ in range(20)]

    made = written(routine(items=items))

    assert made.data is None
    assert made.steps > MAX_STEPS


def test_steps_for_getting_ready_go_first_where_there_are_too_many() -> None:
    items = [{"exercise": "plank", "hold_s": 10 + n} for n in range(30)]

    made = written(routine(items=items))

    assert (made.steps, made.ready) == (30, False)
    assert {frame["wkt_step_name"] for frame in steps(made)} == {"Plank"}


def test_a_hostile_routine_is_answered_at_once() -> None:
    items = [{"exercise": "plank", "sets": 20, "reps": 200, "hold_s": 10 + n} for n in range(60)]
    one = routine(items=items)
    began = time.process_time()

    assert written(one).data is None
    assert time.process_time() - began < 5


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_numbers_of_exercises_are_those_of_the_profile(exercise: str) -> None:
    category, number = EXERCISES[exercise]
    words = {
        "clamshell": "clams",
        "banded_clamshell": "clams",
        "bridge": "hip_raise",
        "banded_bridge": "hip_raise",
        "single_leg_bridge": "single_leg_hip_raise",
        "bridge_march": "marching",
        "side_leg_raise": "side_lying_leg_raise",
        "standing_abduction": "standing_hip_abduction",
        "lateral_band_walk": "lateral_walks_with_band_at_ankles",
        "plank": "plank",
        "side_plank": "side_plank",
        "figure_four_stretch": "stretch_lying_piriformis",
        "hip_flexor_stretch": "lunging_hip_flexor",
        "single_heel_raise": "single_leg_standing_calf_raise",
    }
    kind = FIELD_TYPES["exercise_category"].enum[category]
    known = FIELD_TYPES[f"{kind}_exercise_name"].enum

    assert exercise in LIBRARY
    assert words[exercise].split("_")[0] in known[number]
    assert known[number] == words[exercise] or set(words[exercise].split("_")) & set(known[number].split("_"))


texts = st.text(max_size=300)


@settings(deadline=None, max_examples=60)
@given(title=st.text(min_size=1, max_size=300), note=texts, load=texts, name=st.text(min_size=1, max_size=300))
def test_any_text_fits_and_is_read(title: str, note: str, load: str, name: str) -> None:
    made = plain_routine(title=title, items=[{"exercise": "own", "reps": 3, "note": note, "load": load}])
    made["exercises"] = [{"id": "own", "name": name}]
    found = read_routine(json.dumps(made).encode(), {}).routine
    if found is None:
        return

    frames = messages(written(found))

    for _, frame in frames:
        for value in frame.values():
            assert not isinstance(value, str) or len(value.encode()) <= 200
    assert len(str(frames[1][1].get("wkt_name") or "").encode()) <= 50


@given(st.text(), st.integers(4, 60))
def test_a_cut_text_is_its_beginning_in_whole_letters(text: str, limit: int) -> None:
    found = cut(text, limit)

    assert len(found.encode()) <= limit
    assert found.isprintable()
    whole = cut(text, 10**6)
    assert found == whole or whole.startswith(found.removesuffix("…"))


pieces = st.sampled_from([Step("a", works=True, reps=3), Step("b", works=False, seconds=4.0), Step("c", works=True)])


@given(st.lists(pieces, max_size=24), st.sampled_from([1, 2, 4, 8, 24]))
def test_folding_changes_nothing_of_what_is_done(some: list[Step], longest: int) -> None:
    blocks = folded(tuple(some), longest)

    assert tuple(unfolded(blocks)) == tuple(some)
    assert fit_workout.steps_in(blocks) <= len(some)
    assert all(isinstance(block, Step) or (block.times > 1 and len(block.steps) <= longest) for block in blocks)
    assert not any(isinstance(step, Repeat) for block in blocks if isinstance(block, Repeat) for step in block.steps)


def test_words_on_the_watch_begin_with_the_side() -> None:
    words = for_watch()

    assert words.work("Clamshell", Side.LEFT) == "Left: Clamshell"
    assert words.work("Plank", Side.BOTH) == "Plank"
    assert words.pause(StepKind.SWITCH) == "Switch sides"
