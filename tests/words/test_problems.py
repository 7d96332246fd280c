"""What is wrong with a file, in words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.routine.exercise import Exercise
from coach.core.routine.problems import Problem, Rule
from coach.core.routine.reading import read_routine
from coach.words.problems import line, shown, what
from tests.ui.fakes import Plain, data, item, plain

KNOWN = {name: Exercise(id=name, name=name.capitalize()) for name in ("plank", "clamshell", "bridge")}


def told(routine: Plain | bytes) -> list[str]:
    read = read_routine(routine if isinstance(routine, bytes) else data(routine), KNOWN)
    return [f"{problem.path}: {what(problem)}" for problem in (*read.findings.problems, *read.findings.warnings)]


def test_a_line_names_file_place_and_what_to_do() -> None:
    read = read_routine(data(plain(items=[item("plank", sets=0)])), KNOWN)

    assert line("tiny.json", read.findings.problems[0]) == ("tiny.json: $.items[0].sets: is 0 and must be at least 1")


@pytest.mark.parametrize(
    "routine,said",
    [
        (b"\xff", "$: the file is not UTF-8 text (byte 0); save it as UTF-8"),
        (b" " * (2 * 2**20 + 1), "$: the file is larger than 2 MiB and was not read"),
        (b"{\n  oops", "$: not JSON: line 2, column 3: Expecting property name enclosed in double quotes"),
        (b"[]", "$: is a list and must be one JSON object, {…}"),
        (b"[" * 40, "$: nested more than 32 levels deep (line 1)"),
        (plain(items=[item("plank", sets=21)]), "$.items[0].sets: is 21 and must be at most 20"),
        (plain(items=[item("plank", sets="3")]), '$.items[0].sets: is "3" and must be a whole number'),
        (plain(items=[item("plank", hold_s="5")]), '$.items[0].hold_s: is "5" and must be a number'),
        (plain(items=[]), "$.items: is empty and must not be"),
        (plain(title=""), "$.title: is empty and must not be"),
        (plain(title=None), "$.title: is null and must be a text"),
        (plain(id="x" * 4001), "$.id: holds 4001 and may hold 4000"),
        (plain(format="other"), '$.format: is "other" and must be "rehab-routine"'),
        (plain(version="0.9"), '$.version: is "0.9", which never was a version; write "1.0"'),
        (plain(colour="red"), '$.colour: is not a known key; leave it out (own keys begin with "x-")'),
        (plain(titel="x"), '$.titel: is not a known key; did you mean "title"? (Own keys begin with "x-".)'),
        (
            plain(items=[item("plonk", hold_s=5)]),
            '$.items[0].exercise: there is no exercise "plonk"; did you mean "plank"?',
        ),
        (
            plain(items=[item("zzz", hold_s=5)]),
            '$.items[0].exercise: there is no exercise "zzz"; describe it under "exercises"',
        ),
        (
            plain(issued="2026-02-30"),
            '$.issued: is "2026-02-30", which is not a day of the calendar; write it like 2026-11-20',
        ),
        (plain(issued=5), "$.issued: is 5 and must be a text"),
        (
            plain(schedule={"days": ["mo"]}),
            '$.schedule.days[0]: is "mo" and must be one of fri, mon, sat, sun, thu, tue, wed',
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_problem_says_what_was_found_and_what_is_wanted(routine: Plain | bytes, said: str) -> None:
    assert said in told(routine)


def test_a_key_that_is_missing_is_named() -> None:
    bare = plain()
    del bare["title"]

    assert told(bare) == ["$.title: is missing"]


def test_a_newer_file_asks_for_an_update() -> None:
    said = told(plain(version="2.0"))

    assert len(said) == 1
    assert "from a newer version of the program; this one reads versions up to 1.x. Update the program" in said[0]


def test_a_key_that_is_there_twice_is_told() -> None:
    raw = json.dumps(plain()).replace('"title": "Tiny"', '"title": "Tiny", "title": "Other"').encode()

    assert told(raw) == ["$.title: this key is there twice; keep one of them"]


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_words_of_its_own(rule: Rule) -> None:
    limits: dict[Rule, object] = {Rule.NOT_ONE_OF: ("a", "b"), Rule.NEWER_VERSION: "1.0", Rule.WRONG_TYPE: "integer"}
    found: object = (1, 2, "something") if rule is Rule.NOT_JSON else "found-marker"

    said = what(Problem("$", rule, found, limits.get(rule, "limit-marker")))

    if rule is not Rule.OTHER:
        assert said != "found-marker"
    assert said
    assert "{" not in said.replace("{…}", "")


@settings(max_examples=30, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_any_value_is_shown_short_and_printable(value: object) -> None:
    said = shown(value)

    assert len(said) < 700
    assert said.isprintable() or "�" in said


@pytest.mark.parametrize(
    "value,said",
    [
        (True, "true"),
        (False, "false"),
        (None, "null"),
        ({"a": 1}, "an object"),
        ([1], "a list"),
        (3, "3"),
        (2.50, "2.5"),
        ("hi", '"hi"'),
        ("a\nb\x1b", '"a�b�"'),
        ("\ud800", '"\\ud800"'),
        ("x" * 61, f'"{"x" * 60}…"'),
    ],
)
def test_a_value_is_shown_as_the_file_has_it(value: object, said: str) -> None:
    assert shown(value) == said


@pytest.mark.parametrize(("value", "said"), [(10**300, "1e+300"), (1e308, "1e+308"), (12.5, "12.5"), (-4, "−4")])
def test_a_number_of_many_digits_is_told_in_few(value: float, said: str) -> None:
    assert shown(value).replace("-", "−") == said
