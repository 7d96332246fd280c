"""The steps above the dose that a routine file allows: how they are read, and what an item is on each."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, structs

from coach.core.routine.problems import Rule
from coach.core.routine.progression import Rung, fingerprint, rungs, stages
from coach.core.routine.reading import ReadRoutine, read_routine, write_routine
from coach.core.routine.routine import Item, Pace, Routine
from coach.core.routine.versions import with_version
from coach.words import problems, refusals
from tests.core.routine.hostile import packed, routine
from tests.core.strategies import LIBRARY, as_routine, items, routine_files

CLAM: dict[str, Any] = {"exercise": "clamshell", "sets": 2, "reps": 10}
HOLD: dict[str, Any] = {"exercise": "plank", "hold_s": 20}


def read(*found: dict[str, Any], version: str = "1.1") -> ReadRoutine:
    return read_routine(packed(routine(version=version, items=list(found))), LIBRARY)


def made(*found: dict[str, Any]) -> Routine:
    result = read(*found)
    assert result.routine is not None, result.findings
    return result.routine


def after(item: dict[str, Any]) -> list[Item]:
    return list(stages(made(item).items[0], LIBRARY))


# -- what the file may say --------------------------------------------------------------------------------------------


def test_a_step_changes_the_numbers_of_the_one_before_and_leaves_the_others() -> None:
    one, two = after({**CLAM, "rest_s": 45, "note": "slow", "progress": [{"reps": 12}, {"sets": 3}]})

    assert [(step.exercise, step.sets, step.reps) for step in (one, two)] == [
        ("clamshell", 2, 12),
        ("clamshell", 3, 12),
    ]
    assert (two.rest_s, two.note) == (45, "slow")


def test_what_an_item_leaves_to_its_exercise_is_what_a_step_begins_from() -> None:
    [one] = after({"exercise": "side_hold", "progress": [{"hold_s": 9}]})

    assert (one.sets, one.reps, one.hold_s, one.rep_rest_s) == (2, 2, 9, 4)


def test_a_step_to_another_exercise_has_its_own_dose_sides_where_they_fit_and_the_rests_of_the_item() -> None:
    item = {**CLAM, "sides": "left", "rest_s": 45, "load": "red band", "note": "slow", "pace": "self"}

    fits, not_ = after(
        {**item, "progress": [{"exercise": "march", "reps": 3}, {"exercise": "bridge", "load": "10 kg"}]}
    )

    assert (fits.exercise, fits.sides, fits.reps, fits.rest_s, fits.pace) == ("march", "left", 3, 45, Pace.SELF)
    assert (fits.load, fits.note) == ("", "")
    assert (not_.exercise, not_.sides, not_.load) == ("bridge", UNSET, "10 kg")


def test_numbers_of_one_side_stay_its_own() -> None:
    [one] = after({**CLAM, "sides": "each", "per_side": {"right": {"reps": 6}}, "progress": [{"reps": 14}]})

    assert one.reps == 14
    assert one.per_side == made({**CLAM, "sides": "each", "per_side": {"right": {"reps": 6}}}).items[0].per_side


@pytest.mark.parametrize(
    "item, path, rule",
    [
        ({**CLAM, "progress": [{}]}, "$.items[0].progress[0]", Rule.EMPTY_STEP),
        ({**CLAM, "progress": [{"x-mine": 1}]}, "$.items[0].progress[0]", Rule.EMPTY_STEP),
        ({**CLAM, "progress": [{"reps": 12}, {"reps": 0}]}, "$.items[0].progress[1].reps", Rule.TOO_SMALL),
        ({**CLAM, "progress": [{"sets": 21}]}, "$.items[0].progress[0].sets", Rule.TOO_BIG),
        ({**CLAM, "progress": [{"exercise": "clamshel"}]}, "$.items[0].progress[0].exercise", Rule.UNKNOWN_EXERCISE),
        ({**CLAM, "progress": [{"hold_s": 5}]}, "$.items[0].progress[0].hold_s", Rule.HOLD_OF_A_COUNT),
        ({**HOLD, "progress": [{"exercise": "bridge", "reps": 5}, {"hold_s": 5}]}, "$.items[0].progress[1].hold_s",
         Rule.HOLD_OF_A_COUNT),
        ({**CLAM, "progress": [{"reps": 12}] * 11}, "$.items[0].progress", Rule.TOO_LONG),
        ({**CLAM, "progress": {"reps": 12}}, "$.items[0].progress", Rule.WRONG_TYPE),
        ({**CLAM, "progress": [12]}, "$.items[0].progress[0]", Rule.WRONG_TYPE),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(item: dict[str, Any], path: str, rule: Rule) -> None:
    result = read(item)

    assert result.routine is None
    assert [(one.path, one.rule) for one in result.findings.problems] == [(path, rule)]
    assert "{" not in problems.line("a.json", result.findings.problems[0])
    assert "progress[" not in refusals.sentence(result.findings.problems[0])


@pytest.mark.parametrize(
    "item, path, rule",
    [
        ({**CLAM, "progress": [{"exercise": "bridge", "reps": 9}]}, "$.items[0].progress[0].exercise", Rule.NOT_ABOVE),
        ({**CLAM, "progress": [{"reps": 10}]}, "$.items[0].progress[0]", Rule.NO_HARDER),
        ({**CLAM, "progress": [{"reps": 12, "sets": 3}]}, "$.items[0].progress[0]", Rule.TWO_AT_ONCE),
        ({**CLAM, "progress": [{"exercise": "side_hold", "sets": 1}]}, "$.items[0].progress[0].exercise",
         Rule.NOT_ABOVE),
    ],
)  # fmt: skip
def test_a_step_that_is_no_harder_or_harder_in_two_ways_is_a_warning(
    item: dict[str, Any], path: str, rule: Rule
) -> None:
    result = read(item)

    assert result.routine is not None
    assert (path, rule) in [(one.path, one.rule) for one in result.findings.warnings]


def test_a_step_of_a_later_version_that_says_only_what_is_not_known_yet_is_read_and_changes_nothing() -> None:
    result = read({**CLAM, "progress": [{"range": "full"}]}, version="1.2")

    assert result.routine is not None
    assert ("$.items[0].progress[0].range", Rule.UNKNOWN_KEY) in [(w.path, w.rule) for w in result.findings.warnings]
    [one] = stages(result.routine.items[0], LIBRARY)
    assert (one.sets, one.reps) == (2, 10)


def test_a_step_up_the_ladder_or_by_one_number_needs_no_warning() -> None:
    up = {"exercise": "side_hold", "progress": [{"hold_s": 8}, {"exercise": "clamshell", "reps": 8}, {"load": "band"}]}

    assert read(up).findings.warnings == ()


def test_a_file_that_says_1_0_is_read_and_told_what_to_write() -> None:
    [warning] = read({**CLAM, "progress": [{"reps": 12}]}, version="1.0").findings.warnings

    assert (warning.path, warning.rule) == ("$.version", Rule.VERSION_TOO_LOW)
    assert problems.what(warning) == 'is "1.0", and what it holds came with 1.1; write "1.1"'


@pytest.mark.parametrize("said, progress, written", [
    ("1.0", [], "1.0"), ("1.1", [], "1.1"), ("1.4", [{"reps": 12}], "1.4"), ("1.0", [{"reps": 12}], "1.1"),
])  # fmt: skip
def test_a_file_is_written_in_the_lowest_version_that_has_all_it_says(
    said: str, progress: list[dict[str, Any]], written: str
) -> None:
    result = read({**CLAM, "progress": progress}, version=said)
    assert result.routine is not None

    assert read_routine(write_routine(result.routine), LIBRARY).routine == structs.replace(
        result.routine, version=written
    )


def test_a_run_plan_of_its_own_came_with_the_same_version() -> None:
    file = routine(version="1.0", items=[CLAM], run_plan={"min_successes": 3})
    result = read_routine(packed(file), LIBRARY)
    assert result.routine is not None
    [warning] = result.findings.warnings

    assert (warning.path, warning.rule) == ("$.version", Rule.VERSION_TOO_LOW)
    assert with_version(result.routine).version == "1.1"


@pytest.mark.parametrize("begins, told", [(2, ()), (3, (Rule.NO_SUCH_STAGE,))])
def test_a_plan_that_begins_behind_its_last_stage_is_read_and_told(begins: int, told: tuple[Rule, ...]) -> None:
    stage = {"reps": 4, "run_s": 90, "walk_s": 120}
    file = routine(version="1.1", items=[CLAM], run_plan={"stages": [stage, stage], "start_stage": begins})
    result = read_routine(packed(file), LIBRARY)

    assert result.routine is not None
    assert tuple(one.rule for one in result.findings.warnings) == told
    for one in result.findings.warnings:
        assert one.path == "$.run_plan.start_stage"
        assert problems.what(one) == "is 3, and there are 2 stages: it begins at the last one"


# -- their order ------------------------------------------------------------------------------------------------------


def test_one_exercise_goes_up_at_a_time_the_first_steps_first() -> None:
    found = rungs(made({**CLAM, "progress": [{"reps": 12}, {"sets": 3}]}, HOLD, {**HOLD, "progress": [{"hold_s": 30}]}))

    assert found == (Rung(0, 0), Rung(2, 0), Rung(0, 1))


def test_another_revision_dose_or_step_is_another_prescription_and_a_note_is_not() -> None:
    item = {**CLAM, "progress": [{"reps": 12}]}
    base = made(item)

    assert fingerprint(made(CLAM)) == ""
    assert fingerprint(made({**item, "note": "slowly"})) == fingerprint(base)
    assert fingerprint(structs.replace(base, title="Other")) == fingerprint(base)
    others = [
        structs.replace(base, revision=2),
        structs.replace(base, id="other"),
        made({**item, "reps": 11}),
        made({**item, "progress": [{"reps": 13}]}),
        made({**item, "load": "band"}),
    ]
    assert len({fingerprint(one) for one in (base, *others)}) == 6


steps = st.fixed_dictionaries(
    {}, optional={"exercise": st.sampled_from(sorted(LIBRARY)), "sets": st.integers(1, 5), "reps": st.integers(1, 20)}
).filter(bool)


@given(items({key: {} for key in LIBRARY}), st.lists(steps, max_size=10))
def test_every_step_of_a_file_that_is_read_leads_to_an_item_that_is_read(
    item: dict[str, Any], progress: list[dict[str, Any]]
) -> None:
    result = read({**item, "progress": progress})

    if result.routine is not None:
        for stage in stages(result.routine.items[0], LIBRARY):
            whole = structs.replace(result.routine, items=[structs.replace(stage, progress=[])])
            again = read_routine(write_routine(whole), LIBRARY)
            assert again.findings.problems == ()
            assert again.routine == whole


@given(routine_files(extended=False))
def test_a_file_without_steps_stays_what_it_was(file: dict[str, Any]) -> None:
    found = as_routine(file)

    assert (rungs(found), fingerprint(found)) == ((), "")
    assert b"progress" not in write_routine(found)
    assert found.version == "1.0"
