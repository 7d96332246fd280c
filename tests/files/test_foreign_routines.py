"""Routines of other apps: the same seconds in the same order, and a clear answer for what cannot be read."""

import json
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import resources
from coach.app.routines import FileKind, Opened, Routines
from coach.core.routine.plan import WORK, compile_routine
from coach.core.routine.problems import Rule
from coach.core.routine.reading import read_library

LIBRARY = read_library(resources.EXERCISES.read_bytes()).exercises
Json = dict[str, Any]


def jawt(*sets: tuple[int, list[tuple[str, int]]], title: str = "Hips") -> Json:
    """As Just Another Workout Timer exports a workout."""
    made = [
        {"id": "a", "repetitions": times, "exercises": [{"id": "b", "name": name, "duration": s} for name, s in some]}
        for times, some in sets
    ]
    return {"title": title, "sets": made, "version": 2, "position": -1}


def open_hiit(*activities: str, restarts: int = 0, **times: int) -> Json:
    """As OpenHIIT exports a timer."""
    of = {"workTime": 20, "restTime": 10, "breakTime": 0, "warmupTime": 0, "cooldownTime": 0, "getReadyTime": 10}
    return {
        "id": "x",
        "name": "Evening",
        "timerIndex": 0,
        "totalTime": 0,
        "intervals": 0,
        "showMinutes": 0,
        "activeIntervals": len(activities),
        "restarts": restarts,
        "activities": list(activities),
        "color": 1,
        "timeSettings": {"id": "t", "timerId": "x", **of, **times},
        "soundSettings": {"id": "s", "workSound": "short-whistle"},
    }


def opened(folder: Path, content: object) -> Opened:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / "file").write_bytes(data)
    return Routines(resources.EXERCISES, resources.asset("routines"), folder).open(folder / "file")


def seconds(found: Opened) -> list[tuple[str, float]]:
    """What is done, step by step: the exercises by their ids, pauses without a name."""
    assert found.read is not None
    assert found.read.routine is not None, found.findings
    steps = compile_routine(found.read.routine, LIBRARY)
    return [(step.exercise if step.kind in WORK else "", step.duration_s) for step in steps]


def told(found: Opened) -> dict[Rule, list[object]]:
    rules: dict[Rule, list[object]] = {}
    for one in found.findings.warnings:
        rules.setdefault(one.rule, []).append(one.found)
    return rules


def test_a_workout_is_done_in_the_same_seconds(tmp_path: Path) -> None:
    found = opened(tmp_path, jawt((1, [("Plank", 30), ("Rest", 15), ("Bridge", 20)])))

    assert seconds(found) == [("", 10), ("plank", 30), ("", 15), ("bridge", 20)]
    assert found.kind is FileKind.ROUTINE
    assert found.read is not None
    assert found.read.routine is not None
    assert found.read.routine.title == "Hips"
    assert told(found)[Rule.OF_ANOTHER_APP] == ["Just Another Workout Timer"]
    assert told(found)[Rule.TAKEN_AS] == ["Plank", "Bridge"]


def test_the_same_again_is_another_set(tmp_path: Path) -> None:
    found = opened(tmp_path, jawt((3, [("Plank", 30), ("Pause", 15)]), (1, [("Bridge", 20)])))

    assert seconds(found) == [
        *(("", 10), ("plank", 30), ("", 15), ("plank", 30), ("", 15), ("plank", 30)),
        *(("", 15), ("bridge", 20)),
    ]
    assert found.exercises == 2


def test_rests_in_a_row_are_one_rest_and_the_last_one_is_none(tmp_path: Path) -> None:
    found = opened(tmp_path, jawt((1, [("Plank", 30), ("Rest", 15), ("Get ready", 5), ("Bridge", 20), ("Rest", 60)])))

    assert seconds(found) == [("", 10), ("plank", 30), ("", 20), ("bridge", 20)]


def test_a_circuit_is_done_round_by_round(tmp_path: Path) -> None:
    found = opened(tmp_path, jawt((2, [("Plank", 30), ("Bridge", 20)])))

    assert [name for name, _ in seconds(found) if name] == ["plank", "bridge", "plank", "bridge"]


def test_sides_are_read_from_the_names(tmp_path: Path) -> None:
    found = opened(tmp_path, jawt((1, [("Side plank left", 30), ("Switch sides", 5), ("Side Plank (R)", 30)])))

    assert found.read is not None
    assert found.read.routine is not None
    items = [(item.exercise, item.sides) for item in found.read.routine.items]
    assert items == [("side_plank", "left"), ("side_plank", "right")]


def test_what_the_library_does_not_know_comes_with_its_own_name(tmp_path: Path) -> None:
    found = opened(tmp_path, jawt((1, [("Planks of doom", 30), ("Dead bug", 20), ("Planks of doom", 10)])))

    assert found.read is not None
    assert found.read.routine is not None
    assert [one.name for one in found.read.routine.exercises] == ["Planks of doom", "Dead bug"]
    assert told(found)[Rule.OWN_EXERCISE] == ["Planks of doom", "Dead bug"]


def test_of_a_backup_the_first_workout_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    backup = {"workouts": [jawt((1, [("Plank", 30)])), jawt((1, [("Bridge", 30)]), title="Other")]}

    found = opened(tmp_path, backup)

    assert [name for name, _ in seconds(found) if name] == ["plank"]
    assert told(found)[Rule.ONE_OF_SEVERAL] == ["Other"]


def test_open_hiit_is_done_as_it_plays(tmp_path: Path) -> None:
    timer = open_hiit("Plank", "Bridge", restarts=1, breakTime=30, warmupTime=60, cooldownTime=40)

    found = opened(tmp_path, [timer])

    assert seconds(found) == [
        *(("", 10), ("own_1", 60), ("", 10), ("plank", 20), ("", 10), ("bridge", 20)),
        *(("", 30), ("plank", 20), ("", 10), ("bridge", 20), ("own_2", 40)),
    ]
    assert told(found)[Rule.OF_ANOTHER_APP] == ["OpenHIIT"]


def test_settings_that_are_a_text_are_read_too(tmp_path: Path) -> None:
    timer = open_hiit("Plank")
    timer["timeSettings"] = json.dumps(timer["timeSettings"])

    assert seconds(opened(tmp_path, [timer])) == [("", 10), ("plank", 20)]


def test_the_same_file_is_the_same_routine(tmp_path: Path) -> None:
    first, second = (opened(tmp_path, jawt((1, [("Plank", s)]))) for s in (20, 30))

    ids = {one.read.routine.id for one in (first, second) if one.read and one.read.routine}
    assert len(ids) == 1


BROKEN: dict[str, tuple[object, str, Rule]] = {
    "no exercises": (jawt((1, [])), "$", Rule.TOO_SHORT),
    "rests alone": (jawt((1, [("Rest", 30)])), "$", Rule.TOO_SHORT),
    "no sets": ({"title": "x", "sets": []}, "$.sets", Rule.TOO_SHORT),
    "no workouts": ({"workouts": []}, "$.workouts", Rule.TOO_SHORT),
    "a workout that is none": ({"workouts": [7]}, "$.workouts[0]", Rule.WRONG_TYPE),
    "no duration": ({"title": "x", "sets": [{"repetitions": 1, "exercises": [{"name": "a"}]}]},
                    "$.sets[0].exercises[0].duration", Rule.MISSING),
    "a long one": (jawt((1, [("Plank", 4000)])), "$.sets[0].exercises[0].duration", Rule.TOO_BIG),
    "a negative one": (jawt((1, [("Plank", -1)])), "$.sets[0].exercises[0].duration", Rule.TOO_SMALL),
    "a million rounds": (jawt((1_000_000, [("Plank", 1)])), "$.sets[0].repetitions", Rule.TOO_BIG),
    "a thousand rounds of many": (jawt((1000, [("Plank", 1), ("Bridge", 1), ("Squat", 1)])), "$", Rule.TOO_LONG),
    "more than a session": (jawt((40, [("Plank", 1), ("Bridge", 1)])), "$.items", Rule.TOO_LONG),
    "no name": (jawt((1, [("Plank", 1)]), title=""), "$.title", Rule.TOO_SHORT),
    "a timer without times": ([{"name": "x", "activeIntervals": 1, "timeSettings": None}],
                              "$[0].timeSettings", Rule.WRONG_TYPE),
    "a timer of no intervals": ([open_hiit()], "$[0].activeIntervals", Rule.TOO_SMALL),
    "a text that is no JSON": ([{**open_hiit("Plank"), "timeSettings": "nothing"}], "$[0].timeSettings",
                               Rule.WRONG_TYPE),
    "feeel": ({"feeelMetadataVersion": 5, "exerciseDbImport": "2024-01-01", "fullWorkout": {}}, "$", Rule.BY_NUMBER),
    "twice": (b'{"title": "x", "title": "y", "sets": []}', "$.title", Rule.DUPLICATE_KEY),
    "a list of anything": ([1, 2], "$", Rule.NOT_AN_OBJECT),
    "an empty list": ([], "$", Rule.NOT_AN_OBJECT),
    "bottomless": (b"[" * 100_000, "$", Rule.TOO_DEEP),
    "cut off": (json.dumps([open_hiit("Plank")]).encode()[:-9], "$", Rule.NOT_JSON),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_one_is_told_with_its_place(name: str, tmp_path: Path) -> None:
    content, path, rule = BROKEN[name]
    began = time.process_time()

    found = opened(tmp_path, content)

    assert (path, rule) in [(one.path, one.rule) for one in found.findings.problems], found.findings
    assert found.read is None or found.read.routine is None
    assert time.process_time() - began < 1


names = st.text(max_size=12) | st.sampled_from(["Plank", "rest", "Side plank L", "Bridge", "clam left right"])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 4), st.lists(st.tuples(names, st.integers(0, 3600)), max_size=5)), max_size=4))
def test_whatever_can_be_read_takes_the_same_time(sets: list[tuple[int, list[tuple[str, int]]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = opened(Path(folder), jawt(*sets))
    total = sum(times * sum(s for _, s in some) for times, some in sets)

    if found.read is not None and found.read.routine is not None:
        done = seconds(found)
        begins = 10 if found.read.routine.items[0].prepare_s == 0 or done[0] == ("", 10) else 0
        # What no exercise follows is no part of a session: the rest after the last one.
        assert sum(s for _, s in done) <= total + begins
        worked = sum(times * sum(s for name, s in some if name in ("Plank", "Bridge")) for times, some in sets)
        assert sum(s for name, s in done if name in ("plank", "bridge")) == worked
    else:
        assert found.findings.problems
