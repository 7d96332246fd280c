"""Reading a routine: whatever comes, an answer; all that is wrong, each at its place; nothing lost of what is right."""

import gc
import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from coach.core.routine.problems import Problem, Rule
from coach.core.routine.reading import ReadRoutine, read_library, read_routine, write_routine
from coach.core.routine.schema import routine_schema
from tests.core.routine import hostile
from tests.core.strategies import (
    LIBRARY,
    LIBRARY_FILE,
    Json,
    Mutated,
    json_values,
    mutated_files,
    path_of,
    places,
    routine_files,
    to_bytes,
    with_value_at,
)

LONGEST_CPU_S = 1.0
SCHEMA = Draft202012Validator(routine_schema())

OF_MEANING = frozenset({
    Rule.NOT_A_DAY, Rule.UNKNOWN_EXERCISE, Rule.DUPLICATE_EXERCISE, Rule.HOLD_WITH_TEMPO, Rule.TEMPO_OF_A_HOLD,
    Rule.HOLD_OF_A_COUNT, Rule.PACE_OF_A_HOLD, Rule.PER_SIDE_OF_ONE_PASS, Rule.BAD_TEXT, Rule.NUMBER_TOO_LONG,
    Rule.NOT_FINITE,
})  # fmt: skip
"""What no schema can say."""


def read(file: object) -> ReadRoutine:
    """Read a value as a file."""
    return read_routine(to_bytes(file), LIBRARY)


def found(problems: tuple[Problem, ...]) -> list[tuple[str, Rule]]:
    """Where, and which rule."""
    return [(problem.path, problem.rule) for problem in problems]


def is_answer(read_: ReadRoutine) -> bool:
    """Either a routine or problems, never both and never neither."""
    return (read_.routine is None) == bool(read_.findings.problems)


def test_what_is_wrong_behind_the_sixtieth_item_is_told_too() -> None:
    bad = {"exercise": "nowhere", "reps": 0, "foo": 1}
    file = {"format": "rehab-routine", "version": "1.0", "id": "long", "title": "Long"}
    result = read({**file, "items": [{"exercise": next(iter(LIBRARY))}] * 60 + [bad]})

    assert found(result.findings.problems) == [
        ("$.items", Rule.TOO_LONG),
        ("$.items[60].exercise", Rule.UNKNOWN_EXERCISE),
        ("$.items[60].foo", Rule.UNKNOWN_KEY),
        ("$.items[60].reps", Rule.TOO_SMALL),
    ]
    assert [one.found for one in result.findings.problems if one.rule is Rule.TOO_LONG] == [61]


# Never an exception


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data: bytes) -> None:
    assert is_answer(read_routine(data, LIBRARY))
    assert read_library(data).findings.problems


@given(st.binary(max_size=30), st.integers(0, 200), routine_files())
def test_a_file_with_any_bytes_in_its_middle_is_answered(data: bytes, at: int, file: Json) -> None:
    sound = to_bytes(file)

    assert is_answer(read_routine(sound[:at] + data + sound[at:], LIBRARY))
    assert is_answer(read_routine(sound[:at] + data, LIBRARY))


@given(json_values())
def test_any_json_is_answered(value: object) -> None:
    result = read(value)

    assert is_answer(result)
    assert result.routine is None
    assert read_library(to_bytes(value)).findings.problems


@given(st.sampled_from(["1.0", "1.1"]), st.dictionaries(st.sampled_from(
    ["id", "title", "items", "exercises", "prescriber", "schedule", "rules", "readiness", "issued", "affected_side"]
), json_values(4), max_size=4))  # fmt: skip
def test_any_json_under_our_own_keys_is_answered(version: str, inner: Json) -> None:
    assert is_answer(read({"format": "rehab-routine", "version": version, **inner}))


@given(mutated_files())
def test_any_json_anywhere_in_a_routine_is_answered(mutated: Mutated) -> None:
    assert is_answer(read(mutated.file))


@given(mutated_files())
def test_a_file_of_a_newer_minor_version_is_answered(mutated: Mutated) -> None:
    assert is_answer(read({**mutated.file, "version": "1.7"}))


@given(st.lists(json_values(6), max_size=3), st.sampled_from(["1.0", "1.3"]))
def test_any_json_among_the_exercises_of_a_library_leaves_the_good_ones(entries: list[object], version: str) -> None:
    file = {**LIBRARY_FILE, "version": version, "exercises": [*entries, *LIBRARY_FILE["exercises"]]}

    library = read_library(to_bytes(file))

    assert dict(library.exercises) == dict(LIBRARY)
    assert bool(library.findings.problems) == bool(entries)


# What is right is read


@given(routine_files())
def test_a_valid_routine_is_read(file: Json) -> None:
    result = read(file)

    assert result.findings.problems == ()
    assert result.routine is not None
    assert result.routine.title == file["title"]
    assert [item.exercise for item in result.routine.items] == [item["exercise"] for item in file["items"]]


@given(routine_files())
def test_what_is_written_reads_as_the_same_routine(file: Json) -> None:
    before = read(file)
    assert before.routine is not None

    after = read_routine(write_routine(before.routine, before.extensions), LIBRARY)

    assert after.routine == before.routine
    assert set(map(repr, after.extensions)) == set(map(repr, before.extensions))


@given(routine_files())
def test_extension_keys_are_where_they_were_when_the_file_is_saved_again(file: Json) -> None:
    before = read(file)
    assert before.routine is not None

    written = json.loads(write_routine(before.routine, before.extensions))

    assert extended(written) == extended(file)


def extended(value: object, path: str = "$") -> dict[str, object]:
    """The extension keys of a document by their path; what is inside one belongs to it."""
    keys: dict[str, object] = {}
    if isinstance(value, dict):
        for key, inner in value.items():
            keys |= {f"{path}.{key}": inner} if key.startswith("x-") else extended(inner, f"{path}.{key}")
    if isinstance(value, list):
        for index, inner in enumerate(value):
            keys |= extended(inner, f"{path}[{index}]")
    return keys


def test_an_extension_inside_an_extension_is_kept() -> None:
    file = hostile.routine(**{"x-clinic": {"x-room": 5, "name": "North", "list": [{"x-deep": 1}]}})
    result = read(file)
    assert result.routine is not None

    written = json.loads(write_routine(result.routine, result.extensions))

    assert written["x-clinic"] == file["x-clinic"]


def test_the_file_of_the_contract_is_read() -> None:
    file = {
        "format": "rehab-routine", "version": "1.0", "id": "hip-strength-a", "revision": 2, "title": "Hip strength A",
        "issued": "2026-11-20", "review_by": "2026-12-04",
        "prescriber": {"name": "Physio practice by the river", "contact": "desk@example.org"}, "patient": "A.B.",
        "schedule": {"per_week": 3, "days": ["mon", "wed", "fri"]}, "affected_side": "left",
        "items": [
            {"exercise": "clamshell", "sides": "each", "sets": 3, "reps": 12,
             "tempo": {"up_s": 2, "hold_s": 1, "down_s": 2}, "rest_s": 45, "prepare_s": 10, "switch_s": 5,
             "load": "red band", "note": "Stop the movement before the pelvis rolls."},
            {"exercise": "bridge", "sets": 3, "reps": 10, "tempo": {"up_s": 2, "hold_s": 5, "down_s": 2}, "rest_s": 60},
            {"exercise": "plank", "sets": 3, "hold_s": 30, "rest_s": 45},
            {"exercise": "side_hold", "sides": "affected_first", "sets": 2, "hold_s": 30, "rest_s": 15,
             "per_side": {"right": {"sets": 1}}},
        ],
        "rules": {"pain_stop_above": 5, "pain_easier_above": 3}, "readiness": {"sp_s": 30, "days": 7}, "exercises": [],
    }  # fmt: skip

    result = read(file)

    assert result.findings.problems == ()
    assert result.findings.warnings == ()


@pytest.mark.parametrize("key, value", [
    ("require_signoff", True), ("adl_mean_max", 1.5), ("adl_max", 2), ("morn_max", 1), ("days", 7), ("night_max", 0),
    ("trend_max", 1.0), ("walk_min", 45), ("walk_pain_max", 1), ("adherence", 0.75), ("min_days", 14),
    ("slb_reps", 20), ("abd_reps", 30), ("sp_s", 30), ("plank_s", 60), ("sls_reps", 10), ("hr_reps", 25),
    ("lsi_min", 0.85), ("hops", 10), ("skip_hop", True), ("conf_min", 7),
])  # fmt: skip
def test_readiness_takes_every_override_of_the_clinical_reference(key: str, value: object) -> None:
    assert read(hostile.routine(readiness={key: value})).routine is not None


@pytest.mark.parametrize("key", ["start_block_if_pre_gt", "green_during_max", "amber_during_max"])
def test_rules_take_the_overrides_of_the_clinical_reference(key: str) -> None:
    assert read(hostile.routine(rules={key: 3})).routine is not None


@pytest.mark.parametrize(
    "key, least, most",
    [
        ("success_quota", 1, 20),
        ("success_effort_max", 0, 10),
        ("success_pain_max", 0, 10),
        ("ambers_to_step_back", 1, 20),
        ("red_rest_h", 0, 336),
        ("reds_to_rehab_only", 1, 20),
        ("reds_to_rehab_only_days", 1, 60),
        ("rehab_only_days", 0, 60),
        ("reds_to_refer", 1, 20),
        ("reds_to_refer_days", 1, 60),
    ],
)
def test_rules_take_what_follows_from_the_colours_within_bounds(key: str, least: int, most: int) -> None:
    assert read(hostile.routine(rules={key: least})).routine is not None
    assert read(hostile.routine(rules={key: most})).routine is not None
    for outside in (least - 1, most + 1, 2.5):
        found = read(hostile.routine(rules={key: outside}))
        assert [problem.path for problem in found.findings.problems] == [f"$.rules.{key}"]


# What is wrong is named


@given(mutated_files())
def test_what_misses_the_schema_is_refused_at_its_place(mutated: Mutated) -> None:
    if SCHEMA.is_valid(mutated.file):
        return

    problems = read(mutated.file).findings.problems

    spot = path_of(mutated.place)
    assert any(problem.path.startswith(spot) or spot.startswith(problem.path) for problem in problems)
    # Nothing else in the file was touched, except what follows from it: an exercise that is known no more.
    elsewhere = [problem for problem in problems if not problem.path.startswith(spot)]
    assert all(problem.rule in OF_MEANING or spot.startswith(problem.path) for problem in elsewhere)


def test_the_schema_is_missed_often_enough_to_say_something() -> None:
    file = hostile.held(sides="each", tempo=None)

    for place, _ in places(file):
        if place:
            broken = with_value_at(file, place, {"no such": "thing"})

            assert any(problem.path.startswith(path_of(place)) for problem in read(broken).findings.problems)


@given(routine_files(extended=False), routine_files(extended=False))
def test_every_place_that_is_wrong_is_named_not_only_the_first(one: Json, other: Json) -> None:
    file = {**one, "items": [*one["items"], *other["items"]], "exercises": []}
    for item in file["items"]:
        item.clear()
        item["sets"] = 0

    problems = found(read({**file, "title": 5}).findings.problems)

    assert ("$.title", Rule.WRONG_TYPE) in problems
    for index in range(len(file["items"])):
        assert (f"$.items[{index}].sets", Rule.TOO_SMALL) in problems
        assert (f"$.items[{index}].exercise", Rule.MISSING) in problems


def test_problems_of_shape_and_of_meaning_are_listed_together_in_the_order_of_the_file() -> None:
    file = hostile.routine(
        issued="2026-02-30",
        items=[
            {"exercise": "nothing"},
            {"exercise": "plank", "hold_s": 5, "tempo": {}, "sets": 99},
            *[{"exercise": "walk"}] * 8,
            {"exercise": "walk", "typo": 1},
        ],
    )

    assert found(read(file).findings.problems) == [
        ("$.issued", Rule.NOT_A_DAY),
        ("$.items[0].exercise", Rule.UNKNOWN_EXERCISE),
        ("$.items[1].sets", Rule.TOO_BIG),
        ("$.items[1].tempo", Rule.HOLD_WITH_TEMPO),
        ("$.items[10].typo", Rule.UNKNOWN_KEY),
    ]


def test_a_misspelt_key_names_the_closest_one() -> None:
    (problem,) = read(hostile.with_item(repss=5)).findings.problems

    assert (problem.found, problem.limit) == ("repss", "reps")


def test_a_misspelt_exercise_names_the_closest_one() -> None:
    (problem,) = read(hostile.routine(items=[{"exercise": "clamshel"}])).findings.problems

    assert (problem.found, problem.limit) == ("clamshel", "clamshell")


def test_a_number_that_is_none_is_one_problem_not_two() -> None:
    assert found(read(hostile.held(sets=float("nan"))).findings.problems) == [("$.items[0].sets", Rule.NOT_FINITE)]


@given(mutated_files())
def test_no_problem_is_listed_twice(mutated: Mutated) -> None:
    problems = read(mutated.file).findings.problems

    assert len(set(map(repr, problems))) == len(problems)


TOLD_ONCE = frozenset({Rule.NOT_FINITE, Rule.NUMBER_TOO_LONG, Rule.BAD_TEXT, Rule.NOT_A_DAY})
"""A value that is none has no second fault at the same place."""


def schema_and_reader_agree(file: Json) -> bool:
    """Whether there is a problem of shape if and only if the schema finds one."""
    problems = read(file).findings.problems
    if any(problem.rule in TOLD_ONCE for problem in problems):
        return True
    return SCHEMA.is_valid(json.loads(to_bytes(file))) == all(problem.rule in OF_MEANING for problem in problems)


@given(mutated_files())
def test_the_schema_and_the_reader_agree_on_all_that_a_schema_can_say(mutated: Mutated) -> None:
    assert schema_and_reader_agree(mutated.file)


FULL = hostile.routine(
    revision=2, issued="2026-11-20", review_by="2026-12-04", prescriber={"name": "P", "contact": "c"}, patient="A",
    schedule={"per_week": 3, "days": ["mon"]}, affected_side="left",
    items=[
        {"exercise": "walk", "sides": "each", "sets": 1, "reps": 2, "tempo": {"up_s": 2, "hold_s": 1, "down_s": 2},
         "rest_s": 4, "rep_rest_s": 1, "prepare_s": 1, "switch_s": 5, "per_side": {"left": {"sets": 1, "reps": 2}},
         "pace": "coach", "load": "band", "note": "slow"},
        {"exercise": "own", "hold_s": 5, "per_side": {"right": {"hold_s": 3}}},
    ],
    rules={"pain_stop_above": 5, "profile": "groin"}, readiness={"sp_s": 30, "days": 7, "skip_hop": True, "lsi_min": 1},
    exercises=[{
        "id": "own", "name": "O", "spoken": "o", "other_names": ["x"], "kind": "roll", "position": "prone",
        "laterality": "either", "sides": "each", "dose": {"hold_s": 3}, "errors": ["e"], "sources": ["s"],
        "phases": [{"name": "start", "dose": {"reps": 3}, "note": ""}], "steps": [{"type": "step", "text": "t"}],
        "ladder": {"easier": ["walk"], "harder": []}, "gates": [{"site": "groin", "action": "off", "why": "w"}],
        "figure": {"start": {}, "middle": {"working": {"knee": 60}}, "end": {}, "flight": {"height": 0.1}},
    }],
)  # fmt: skip
"""A file that uses about every key."""

ODD_VALUES: tuple[object, ...] = (None, 2.5, 2**64, "\ud800", "a\n", {"\ud800": 1})


@pytest.mark.parametrize("place", [place for place, _ in places(FULL) if place], ids=path_of)
def test_every_place_stands_every_odd_value(place: tuple[str | int, ...]) -> None:
    assert read(FULL).routine is not None

    for value in ODD_VALUES:
        file = with_value_at(FULL, place, value)

        assert is_answer(read(file)), value
        assert place[0] in ("format", "version") or schema_and_reader_agree(file), value


@pytest.mark.parametrize("name", [name for name, at in places(hostile.routine()) if name and not isinstance(at, int)])
def test_null_is_never_a_way_to_leave_something_out(name: tuple[str | int, ...]) -> None:
    assert read(with_value_at(hostile.routine(), name, None)).routine is None


@pytest.mark.parametrize(
    "part,value,rule",
    [
        (("middle", "working", "knee"), 500, Rule.TOO_BIG),
        (("middle", "hips"), 1, Rule.UNKNOWN_KEY),
        (("flight", "height"), 0.5, Rule.TOO_BIG),
        (("flight", "over"), 0, Rule.TOO_SMALL),
        (("flight", "up"), 1, Rule.UNKNOWN_KEY),
    ],
)
def test_a_figure_of_ones_own_is_held_to_what_a_figure_can_be(part: tuple[str, ...], value: object, rule: Rule) -> None:
    place: tuple[str | int, ...] = ("exercises", 0, "figure", *part)

    (problem,) = read(with_value_at(FULL, place, value)).findings.problems

    assert problem.rule is rule
    assert problem.path.startswith("$.exercises[0].figure." + part[0])


# Warnings


@pytest.mark.parametrize("sides, exercise, warned", [
    ("left", "bridge", True), ("each", "bridge", True), ("alternate", "plank", True), ("both", "bridge", False),
    ("both", "clamshell", True), ("each", "clamshell", False), ("left", "clamshell", False), ("left", "walk", False),
    ("both", "walk", False),
])  # fmt: skip
def test_a_side_that_makes_no_sense_is_a_warning_and_the_file_is_read(sides: str, exercise: str, warned: bool) -> None:
    result = read(hostile.routine(items=[{"exercise": exercise, "reps": 3, "sides": sides}]))

    assert result.routine is not None
    expected = [("$.items[0].sides", Rule.SIDE_MAKES_NO_SENSE)] if warned else []
    assert found(result.findings.warnings) == expected


@given(routine_files(), st.sampled_from(["news", "Sets", "x"]))
def test_in_a_newer_minor_version_unknown_keys_are_warnings_wherever_they_are(file: Json, key: str) -> None:
    places_ = [place for place, at in places(file) if isinstance(at, dict)]
    newer: Json = {**file, "version": "1.1"}
    for place in places_:
        newer = with_value_at(newer, (*place, key), [1])

    result = read(newer)

    assert result.routine is not None
    unknown = {path for path, rule in found(result.findings.warnings) if rule is Rule.UNKNOWN_KEY}
    assert unknown == {path_of((*place, key)) for place in places_}


def test_a_newer_minor_version_is_held_to_every_other_rule() -> None:
    own = {"id": "own", "name": "Own", "news": 1, "dose": {"hold_s": 5}}
    file = hostile.routine(version="1.1", exercises=[own], items=[{"exercise": "own", "tempo": {"up_s": 1}}])

    assert ("$.items[0].tempo", Rule.TEMPO_OF_A_HOLD) in found(read(file).findings.problems)


# The exercise library


def test_a_library_lists_its_bad_entries_and_keeps_the_good_ones() -> None:
    file = {**LIBRARY_FILE, "exercises": [*LIBRARY_FILE["exercises"], {"id": "Bad Id", "name": ""}]}

    library = read_library(to_bytes(file))

    assert set(library.exercises) == set(LIBRARY)
    assert found(library.findings.problems) == [
        ("$.exercises[6].id", Rule.BAD_PATTERN),
        ("$.exercises[6].name", Rule.TOO_SHORT),
    ]


def test_of_two_entries_of_one_id_the_first_is_kept() -> None:
    file = {**LIBRARY_FILE, "exercises": [*LIBRARY_FILE["exercises"], {"id": "plank", "name": "Another"}]}

    library = read_library(to_bytes(file))

    assert library.exercises["plank"].name == "Plank"
    assert found(library.findings.problems) == [("$.exercises[6].id", Rule.DUPLICATE_EXERCISE)]


def test_an_entry_with_a_new_key_of_a_newer_minor_version_is_kept() -> None:
    entries = [{**LIBRARY_FILE["exercises"][0], "news": 1}]

    library = read_library(to_bytes({**LIBRARY_FILE, "version": "1.1", "exercises": entries}))

    assert found(library.findings.problems) == []
    assert ("$.exercises[0].news", Rule.UNKNOWN_KEY) in found(library.findings.warnings)
    assert set(library.exercises) == {"clamshell"}


def test_a_ladder_that_leads_nowhere_is_a_warning() -> None:
    entries = [{"id": "one", "name": "One", "ladder": {"easier": ["gone"], "harder": ["one"]}}]

    library = read_library(to_bytes({**LIBRARY_FILE, "exercises": entries}))

    assert found(library.findings.warnings) == [("$.exercises[0].ladder.easier[0]", Rule.LADDER_TO_NOWHERE)]
    assert set(library.exercises) == {"one"}


def test_a_routine_is_no_library() -> None:
    assert found(read_library(to_bytes(hostile.routine())).findings.problems) == [("$.format", Rule.NOT_OUR_FORMAT)]


# The hostile corpus


def test_the_corpus_is_large_and_its_names_are_its_own() -> None:
    names = [(family, case.name) for family, case in hostile.CASES]

    assert len(names) >= 150
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{family}-{case.name}") for family, case in hostile.CASES])
def test_a_hostile_file_is_refused_or_made_safe_within_a_second(case: hostile.Case) -> None:
    data = case.make()

    gc.freeze()  # what the tests hold is not looked through again and again: a program that reads a file holds little
    before = process_time()  # of the processor, not of the wall: a busy machine is no fault of the reader
    result = read_routine(data, LIBRARY)
    took_s = process_time() - before
    gc.unfreeze()

    assert is_answer(result)
    problems = found(result.findings.problems)
    match case.expected:
        case hostile.Refused(path=path, rule=rule):
            assert (path, rule) in problems, f"{str(problems)[:300]}"
        case hostile.Read(warnings=warnings):
            assert problems == []
            odd = {warning.path for warning in result.findings.warnings if warning.rule is not Rule.LADDER_TO_NOWHERE}
            assert odd == set(warnings)
    assert took_s <= LONGEST_CPU_S


@pytest.mark.parametrize("name", [*hostile.MARKUP, *hostile.PATHS, *hostile.SPOOFS])
def test_foreign_text_is_kept_letter_by_letter(name: str) -> None:
    text = {**hostile.MARKUP, **hostile.PATHS, **hostile.SPOOFS}[name]

    result = read(hostile.routine(title=text, items=[{"exercise": "bridge", "reps": 1, "note": text}]))

    assert result.routine is not None
    assert result.routine.title == text
    assert result.routine.items[0].note == text
    again = read_routine(write_routine(result.routine), LIBRARY)
    assert again.routine == result.routine


def test_a_library_lists_a_twin_whose_first_is_misshapen() -> None:
    entries = [{"id": "m", "name": "M", "foo": 1}, {"id": "m", "name": "M"}]
    library = read_library(json.dumps({"format": "rehab-exercises", "version": "1.0", "exercises": entries}).encode())

    assert found(library.findings.problems) == [
        ("$.exercises[0].foo", Rule.UNKNOWN_KEY), ("$.exercises[1].id", Rule.DUPLICATE_EXERCISE),
    ]  # fmt: skip
