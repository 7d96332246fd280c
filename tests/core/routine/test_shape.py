"""Every place where a value misses its shape is named, with what was found and what would be right."""

from typing import get_args

import msgspec
import pytest
from hypothesis import given

from coach.core.routine.bounds import Date
from coach.core.routine.problems import Problem, Rule
from coach.core.routine.routine import Routine
from coach.core.routine.shape import all_misfits
from tests.core.routine.hostile import routine, with_item
from tests.core.strategies import Json, json_values, routine_files

DAY = get_args(Date)[1].pattern


def misfits(file: object) -> tuple[Problem, ...]:
    """The misfits of a value as a routine."""
    return all_misfits(file, Routine, None)


@pytest.mark.parametrize("file, expected", [
    (with_item(sets="3"), Problem("$.items[0].sets", Rule.WRONG_TYPE, "3", "integer")),
    (with_item(sets=0), Problem("$.items[0].sets", Rule.TOO_SMALL, 0, 1)),
    (with_item(sets=21), Problem("$.items[0].sets", Rule.TOO_BIG, 21, 20)),
    (with_item(sides="up"), Problem("$.items[0].sides", Rule.NOT_ONE_OF, "up", (
        "affected_first", "alternate", "both", "each", "left", "other_first", "right",
    ))),
    (with_item(note="a" * 4001), Problem("$.items[0].note", Rule.TOO_LONG, 4001, 4000)),
    (routine(title=""), Problem("$.title", Rule.TOO_SHORT, 0, 1)),
    (routine(items=[]), Problem("$.items", Rule.TOO_SHORT, 0, 1)),
    (routine(issued="soon"), Problem("$.issued", Rule.BAD_PATTERN, "soon", DAY)),
    (with_item(repz=1), Problem("$.items[0].repz", Rule.UNKNOWN_KEY, "repz", "reps")),
    (with_item(qqq=1), Problem("$.items[0].qqq", Rule.UNKNOWN_KEY, "qqq", None)),
    (routine(items=[{}]), Problem("$.items[0].exercise", Rule.MISSING, "exercise")),
])  # fmt: skip
def test_a_misfit_says_where_what_and_what_would_be_right(file: Json, expected: Problem) -> None:
    (problem,) = misfits(file)

    assert problem == expected


def test_all_missing_keys_are_named() -> None:
    assert [problem.path for problem in misfits({})] == ["$.format", "$.version", "$.id", "$.title", "$.items"]


@given(routine_files(extended=False))
def test_a_valid_file_has_no_misfit(file: Json) -> None:
    assert misfits(file) == ()


@given(json_values())
def test_the_list_is_never_empty_when_the_decoder_stumbled(value: object) -> None:
    with pytest.raises(msgspec.ValidationError) as first:
        msgspec.convert(value, Routine)

    assert all_misfits(value, Routine, first.value)


def test_what_only_the_decoder_minds_is_told_in_its_words_at_its_place() -> None:
    file = with_item(hold_s=5)
    first = msgspec.ValidationError("Expected the moon - at `$.items[0].hold_s`")

    assert all_misfits(file, Routine, first) == (Problem("$.items[0].hold_s", Rule.OTHER, "Expected the moon"),)
