"""From bytes to plain JSON: what the JSON module lets through or stumbles over, with its place."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.routine.plain import read_plain, with_extensions
from coach.core.routine.problems import Rule, key_path
from tests.core.strategies import MAX_FILE_BYTES, MAX_NESTING, Json, extension_values, json_values, names, to_bytes

MOST_MEMORY_MB = 200

plain_objects = st.dictionaries(names.filter(lambda key: not key.startswith("x-")), extension_values, max_size=4)


def without_extensions(value: object) -> object:
    """A document without its extension keys."""
    if isinstance(value, dict):
        return {key: without_extensions(inner) for key, inner in value.items() if not key.startswith("x-")}
    if isinstance(value, list):
        return [without_extensions(inner) for inner in value]
    return value


@given(plain_objects)
def test_a_sound_object_is_read_as_it_is_without_its_extensions(file: Json) -> None:
    plain = read_plain(to_bytes(file))

    assert plain.findings.problems == ()
    assert plain.value == without_extensions(file)


@given(plain_objects)
def test_extensions_go_back_to_where_they_were(file: Json) -> None:
    plain = read_plain(to_bytes(file))
    assert plain.value is not None

    assert with_extensions(plain.value, plain.extensions) == file


@given(json_values())
def test_only_an_object_is_a_file(value: object) -> None:
    plain = read_plain(to_bytes(value))

    if isinstance(value, dict):
        assert plain.value is not None
    else:
        assert plain.value is None
        assert plain.findings.problems[0].path == "$"


@given(json_values())
def test_what_is_read_can_be_stored_and_sent_anywhere(value: object) -> None:
    plain = read_plain(to_bytes({"a": value}))

    if not plain.findings.problems:
        json.dumps(plain.value, allow_nan=False, ensure_ascii=False).encode()
        assert "\0" not in str(plain.value)


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_is_an_integer_however_it_is_written(number: int) -> None:
    plain = read_plain(b'{"a": %d, "b": %d.0}' % (number, number))

    assert plain.value == {"a": number, "b": number}
    assert [type(value) for value in (plain.value or {}).values()] == [int, int]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value(number: float) -> None:
    assert read_plain(to_bytes({"a": number})).value == {"a": number}


@pytest.mark.parametrize("levels, problem", [(MAX_NESTING, None), (MAX_NESTING + 1, Rule.TOO_DEEP)])
@pytest.mark.parametrize("opening, closing", [("[", "]"), ('{"b":', "}")])
def test_nesting_goes_to_32_levels_with_the_file_itself(
    levels: int, problem: Rule | None, opening: str, closing: str
) -> None:
    inner = opening * (levels - 1) + ("1" if opening != "[" else "") + closing * (levels - 1)

    rules = [found.rule for found in read_plain(f'{{"a":{inner}}}'.encode()).findings.problems]

    assert rules == ([problem] if problem else [])


def test_a_file_that_is_too_deep_names_the_line() -> None:
    (problem,) = read_plain(b'{"a":\n\n' + b"[" * 40 + b"]" * 40 + b"}").findings.problems

    assert (problem.rule, problem.limit, problem.found) == (Rule.TOO_DEEP, MAX_NESTING, 3)


@pytest.mark.parametrize("over", [0, 1])
def test_a_file_has_at_most_2_mib(over: int) -> None:
    rules = [found.rule for found in read_plain(b"{}".ljust(MAX_FILE_BYTES + over)).findings.problems]

    assert rules == [Rule.TOO_LARGE] * over


def test_every_key_that_is_written_twice_is_named_once() -> None:
    plain = read_plain(b'{"a": 1, "b": {"c": 1, "c": 2, "c": 3}, "a": 2, "d": [{"e": 1, "e": 1}]}')

    assert [(problem.path, problem.rule) for problem in plain.findings.problems] == [
        ("$.a", Rule.DUPLICATE_KEY),
        ("$.b.c", Rule.DUPLICATE_KEY),
        ("$.d[0].e", Rule.DUPLICATE_KEY),
    ]


def test_what_is_no_json_names_line_and_column() -> None:
    (problem,) = read_plain(b'{\n  "a": oops}').findings.problems

    assert problem.rule is Rule.NOT_JSON
    assert isinstance(problem.found, tuple)
    assert problem.found[:2] == (2, 8)


def test_an_extension_for_an_object_that_is_gone_is_dropped() -> None:
    extensions = ((("items", 5), "x-a", 1), (("title",), "x-b", 2), (("rules", "deep"), "x-c", 3), ((), "x-d", 4))

    kept = with_extensions({"items": [{}], "title": "A"}, extensions)

    assert kept == {"items": [{}], "title": "A", "x-d": 4}


@pytest.mark.parametrize("key, path", [
    ("sets", "$.sets"), ("x-note", "$.x-note"), ("größe", "$.größe"), ("two words", '$["two words"]'),
    ("a.b", '$["a.b"]'), ("", '$[""]'), ("\ud800", '$["\\\\ud800"]'), ("1", '$["1"]'),
])  # fmt: skip
def test_a_path_names_a_key_so_that_no_dot_misleads(key: str, path: str) -> None:
    assert key_path("$", key) == path


@given(st.text(), st.text())
def test_a_path_is_always_valid_text(parent: str, key: str) -> None:
    key_path("$", key).encode()


def test_places_that_would_fill_the_memory_are_not_all_named_and_it_is_said_so() -> None:
    *named, last = read_plain(b'{"' + b"k" * 1_000_000 + b'":[' + b"NaN," * 200 + b"1]}").findings.problems

    assert len(named) < 20
    assert {problem.rule for problem in named} == {Rule.NOT_FINITE}
    assert (last.path, last.rule, last.limit) == ("$", Rule.MORE, len(named))


def test_as_many_slips_as_a_file_can_have_are_all_named() -> None:
    problems = read_plain(b'{"items":[' + b"NaN," * 100_000 + b"1]}").findings.problems

    assert [problem.path for problem in problems] == [f"$.items[{index}]" for index in range(100_000)]


@pytest.mark.skipif(sys.platform != "linux", reason="only there a program can read its own peak")
@pytest.mark.parametrize("make", [
    """b'{"a":"' + b"a" * 2_000_000 + b'"}'""", """b'{"a":"' + b"[" * 2_000_000""", 'b"[]" * 1_000_000',
    """b'{"a":[' + b"{}," * 500_000 + b"{}]}" """, """b'{"' + b"k" * 1_000_000 + b'":[' + b"NaN," * 1_000 + b"1]}" """,
])  # fmt: skip
def test_a_large_file_takes_little_memory(make: str) -> None:
    program = (
        "from coach.core.routine.plain import read_plain\n"
        f"read_plain({make})\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))\n"
    )

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)

    assert int(said.stdout) / 1024 < MOST_MEMORY_MB
