"""The published schema is that of the code, sound in itself, and says what the reader says."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from coach.core.routine.schema import as_text, routine_schema
from tests.core.routine.hostile import held, routine, with_item
from tests.core.strategies import MAX_ITEMS, MAX_TEXT, Json, routine_files

PUBLISHED = Path(__file__).parents[3] / "assets" / "routine.schema.json"
SCHEMA = Draft202012Validator(routine_schema())


def test_the_published_schema_is_that_of_the_code() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == as_text()


def test_the_schema_is_a_schema() -> None:
    schema = json.loads(as_text())

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@given(routine_files())
def test_every_valid_routine_meets_the_schema_with_its_extensions(file: Json) -> None:
    assert SCHEMA.is_valid(json.loads(json.dumps(file)))


@pytest.mark.parametrize("right, wrong", [
    (routine(), {}),
    (with_item(sets=1), with_item(sets=0)),
    (with_item(sets=20), with_item(sets=21)),
    (with_item(reps=200), with_item(reps=201)),
    (with_item(reps=1), with_item(reps=0)),
    (held(hold_s=3600), held(hold_s=3600.5)),
    (held(hold_s=0), held(hold_s=-0.5)),
    *[(with_item(**{key: 3600}), with_item(**{key: 3601})) for key in ("rest_s", "rep_rest_s", "switch_s")],
    (with_item(prepare_s=3600), with_item(prepare_s=3601)),
    (with_item(tempo={"up_s": 3600}), with_item(tempo={"up_s": 3601})),
    (with_item(tempo={"down_s": 0}), with_item(tempo={"down_s": -1})),
    (routine(schedule={"per_week": 1}), routine(schedule={"per_week": 0})),
    (routine(schedule={"per_week": 21}), routine(schedule={"per_week": 22})),
    (routine(items=[{"exercise": "a"}] * MAX_ITEMS), routine(items=[{"exercise": "a"}] * (MAX_ITEMS + 1))),
    (routine(title="a" * MAX_TEXT), routine(title="a" * (MAX_TEXT + 1))),
    (with_item(note="\U0001f600" * MAX_TEXT), with_item(note="\U0001f600" * (MAX_TEXT + 1))),
    (routine(rules={"pain_stop_above": 10}), routine(rules={"pain_stop_above": 11})),
    (routine(**{"x-a": 1}), routine(a=1)),
    (with_item(**{"x-a": 1}), with_item(**{"X-a": 1})),
    (with_item(tempo={"x-a": 1}), with_item(tempo={"a": 1})),
    (routine(issued="2026-11-20"), routine(issued="20.11.2026")),
    (with_item(pace="self"), with_item(pace="fast")),
])  # fmt: skip
def test_every_bound_of_the_contract_is_in_the_schema(right: Json, wrong: Json) -> None:
    assert SCHEMA.is_valid(right)
    assert not SCHEMA.is_valid(wrong)


@pytest.mark.parametrize("key, sound", [("version", "1.0"), ("issued", "2026-11-20"), ("review_by", "2026-11-20")])
def test_no_pattern_of_the_schema_lets_a_line_end_through(key: str, sound: str) -> None:
    assert SCHEMA.is_valid(routine(**{key: sound}))
    assert not SCHEMA.is_valid(routine(**{key: sound + "\n"}))
