"""The exercises and routines that ship with the program: complete, consistent, and true to the clinical reference."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from coach.core.routine.bounds import MAX_TEXT
from coach.core.routine.dose import Dose, Sides
from coach.core.routine.exercise import Exercise, ExerciseFile, Kind, Laterality, PainSite, StepType
from coach.core.routine.plan import compile_routine, total_s
from coach.core.routine.routine import Routine

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = ROOT / "exercises.json"
ROUTINES = sorted((ROOT / "assets" / "routines").glob("*.rehab.json"))
FILES = [LIBRARY, *ROUTINES]

EXERCISES = msgspec.json.decode(LIBRARY.read_bytes(), type=ExerciseFile).exercises
BY_ID = {exercise.id: exercise for exercise in EXERCISES}
TRAINING = [exercise for exercise in EXERCISES if exercise.kind is not Kind.TEST]

STRETCHES = {"hip_flexor_stretch", "figure_four_stretch", "hamstring_stretch", "quadriceps_stretch"}
STRENGTH = {
    "clamshell", "banded_clamshell", "bridge", "single_leg_bridge", "plank", "knee_plank", "side_plank",
    "knee_side_plank", "side_leg_raise", "isometric_abduction", "standing_abduction", "single_leg_squat", "step_down",
    "heel_raise", "single_heel_raise", "lateral_band_walk", "offset_bridge", "squat", "sit_to_stand",
    "supported_single_leg_squat",
}  # fmt: skip
ROLLING = {"roll_quadriceps", "roll_lateral_thigh", "roll_buttocks", "ball_massage"}
SELF_TESTS = {
    "test_single_leg_bridge", "test_side_lying_abduction", "test_side_plank", "test_plank", "test_single_leg_squat",
    "test_heel_raise", "test_brisk_walk", "test_march", "test_jog_on_spot", "test_double_hop", "test_single_hop",
}  # fmt: skip
REQUIRED = {Kind.STRETCH: STRETCHES, Kind.STRENGTH: STRENGTH, Kind.ROLL: ROLLING, Kind.TEST: SELF_TESTS}

AREAS = {
    "hip – outer side", "front of hip", "buttock", "trunk", "thigh – front", "thigh – back", "thigh – outer side",
    "calf", "whole leg",
}  # fmt: skip
EQUIPMENT = {"mat", "resistance band", "step", "bench", "chair", "wall", "foam roller", "ball"}

# Clinical reference, section 0.2.
OFF = {
    PainSite.LATERAL: {"figure_four_stretch", "side_plank_leg_raise"},
    PainSite.GROIN: {
        "hip_flexor_stretch", "figure_four_stretch", "test_jog_on_spot", "test_double_hop", "test_single_hop",
    },
    PainSite.SIT_BONE: {"hamstring_stretch"},
    PainSite.LATERAL_THIGH: set(),
    PainSite.BACK: {"test_jog_on_spot", "test_double_hop", "test_single_hop"},
}  # fmt: skip
CHANGED = {
    PainSite.LATERAL: {
        "clamshell", "banded_clamshell", "side_leg_raise", "knee_side_plank", "side_plank",
        "test_side_lying_abduction", "test_side_plank", "roll_lateral_thigh", "roll_buttocks", "ball_massage",
    },
    PainSite.GROIN: {
        "clamshell", "banded_clamshell", "quadriceps_stretch", "hamstring_stretch", "roll_buttocks", "sit_to_stand",
        "squat", "offset_squat", "supported_single_leg_squat", "single_leg_squat", "step_down",
        "test_single_leg_squat", "test_brisk_walk", "test_march", "hip_thrust",
    },
    PainSite.SIT_BONE: {
        "bridge", "banded_bridge", "offset_bridge", "bridge_march", "single_leg_bridge", "test_single_leg_bridge",
        "hip_thrust", "roll_buttocks", "ball_massage",
    },
    PainSite.LATERAL_THIGH: {"roll_lateral_thigh"},
    PainSite.BACK: {
        "hamstring_stretch", "bridge", "banded_bridge", "offset_bridge", "bridge_march", "single_leg_bridge",
        "hip_thrust", "knee_plank", "plank", "leg_lift_plank", "knee_side_plank", "side_plank", "side_plank_leg_raise",
        "squat", "offset_squat",
        "supported_single_leg_squat", "single_leg_squat", "step_down", "test_single_leg_bridge", "test_side_plank",
        "test_plank", "test_single_leg_squat",
    },
}  # fmt: skip
KEPT = {
    PainSite.LATERAL: {"isometric_abduction", "bridge", "squat", "standing_abduction"},
    PainSite.GROIN: {"bridge", "clamshell", "plank"},
    PainSite.SIT_BONE: {"bridge", "isometric_abduction"},
    PainSite.LATERAL_THIGH: {"isometric_abduction", "clamshell", "side_leg_raise", "standing_abduction"},
}

# Clinical reference, section 4.1, in its words: P1, P2 and P3; seconds of rest; tempo (up, hold, down).
Row = tuple[str, str, str, int, tuple[int, int, int] | None]
DOSES: dict[str, Row] = {
    "hip_flexor_stretch": ("2×20 s", "2×30 s", "3×30 s", 15, None),
    "figure_four_stretch": ("2×20 s", "2×30 s", "3×30 s", 15, None),
    "hamstring_stretch": ("2×20 s", "2×30 s", "3×30 s", 15, None),
    "quadriceps_stretch": ("2×20 s", "2×30 s", "3×30 s", 15, None),
    "clamshell": ("2×10", "3×15", "3×12", 45, (2, 1, 2)),
    "bridge": ("1×10", "3×10", "3×15", 60, (2, 2, 2)),
    "single_leg_bridge": ("1×5", "2×8", "3×10", 60, (2, 2, 2)),
    "knee_plank": ("3×15 s", "3×30 s", "3×45 s", 45, None),
    "plank": ("3×15 s", "3×30 s", "3×45 s", 45, None),
    "knee_side_plank": ("2×15 s", "2×15 s", "3×20 s", 60, None),
    "side_plank": ("2×15 s", "2×15 s", "3×20 s", 60, None),
    "side_leg_raise": ("2×8", "3×10", "3×12", 60, (2, 1, 2)),
    # Section 4.0.2: what the trial began with and came to.
    "hip_thrust": ("2×12", "2×15", "3×15", 60, (2, 2, 2)),
    "side_plank_leg_raise": ("2×10", "2×10", "3×10", 60, (2, 1, 2)),
    "isometric_abduction": ("4×10 s", "5×20 s", "6×30 s", 30, None),
    "standing_abduction": ("2×10", "3×12", "3×12", 45, (2, 1, 2)),
    "lateral_band_walk": ("2×10", "2×15", "3×15", 60, (2, 0, 2)),
    "supported_single_leg_squat": ("2×5", "2×10", "3×12", 75, (3, 0, 2)),
    "single_leg_squat": ("2×5", "2×10", "3×12", 75, (3, 0, 2)),
    "step_down": ("2×8", "3×8", "3×10", 75, (3, 1, 2)),
    "heel_raise": ("2×15", "2×10", "3×15", 60, (2, 1, 3)),
    "single_heel_raise": ("2×15", "2×10", "3×15", 60, (2, 1, 3)),
    "roll_quadriceps": ("1×30 s", "1×60 s", "2×60 s", 30, None),
    "roll_lateral_thigh": ("1×30 s", "1×60 s", "2×60 s", 30, None),
    "roll_buttocks": ("1×30 s", "1×60 s", "2×60 s", 30, None),
    "ball_massage": ("1×30 s", "1×60 s", "1×90 s", 30, None),
}
# Section 2.2.2 and 2.2.3.
TEST_DOSES = {
    "test_single_leg_bridge": "1×20", "test_side_lying_abduction": "1×20", "test_side_plank": "1×45 s",
    "test_plank": "1×45 s", "test_single_leg_squat": "1×10", "test_heel_raise": "1×20", "test_brisk_walk": "1×1800 s",
    "test_march": "1×30 s", "test_jog_on_spot": "1×60 s", "test_double_hop": "1×20", "test_single_hop": "1×10",
}  # fmt: skip
# Section 4.1.7, and the impact check of 2.2.3.
LADDERS = [
    ["isometric_abduction", "clamshell", "banded_clamshell", "side_leg_raise", "standing_abduction",
     "lateral_band_walk", "knee_side_plank", "side_plank", "side_plank_leg_raise"],
    ["bridge", "banded_bridge", "offset_bridge", "bridge_march", "single_leg_bridge", "hip_thrust"],
    ["knee_plank", "plank", "leg_lift_plank"],
    ["sit_to_stand", "squat", "offset_squat", "supported_single_leg_squat", "single_leg_squat", "step_down"],
    ["heel_raise", "single_heel_raise", "heel_raise_off_step"],
    ["test_march", "test_jog_on_spot", "test_double_hop", "test_single_hop"],
]  # fmt: skip

FORBIDDEN = re.compile(r"\b(cures?|cured|heals?|healed|guarantee\w*|safe to run|cleared|mid-?foot)\b", re.IGNORECASE)
MAX_CUE = 70


def strings(plain: object) -> Iterator[str]:
    match plain:
        case str():
            yield plain
        case list():
            for each in plain:
                yield from strings(each)
        case dict():
            for key, value in plain.items():
                yield from strings(key)
                yield from strings(value)


def texts(exercise: Exercise, kind: StepType) -> list[str]:
    return [step.text for step in exercise.steps if step.type is kind]


def gated(site: PainSite, action: str) -> set[str]:
    return {e.id for e in EXERCISES for gate in e.gates if gate.site is site and gate.action == action}


def amount(dose: Dose) -> str:
    return f"{dose.sets}×{dose.reps}" if dose.hold_s is msgspec.UNSET else f"{dose.sets}×{dose.hold_s:g} s"


def doses(exercise: Exercise) -> list[Dose]:
    return [exercise.dose, *(phase.dose for phase in exercise.phases)]


def routine(path: Path) -> Routine:
    return msgspec.json.decode(path.read_bytes(), type=Routine)


def once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    assert len(dict(pairs)) == len(pairs), f"a key stands twice: {pairs}"
    return dict(pairs)


def named(value: object) -> str:
    return value.name if isinstance(value, Path) else value.id if isinstance(value, Exercise) else str(value)


each_file = pytest.mark.parametrize("path", FILES, ids=named)
each_routine = pytest.mark.parametrize("path", ROUTINES, ids=named)
each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=named)
each_training = pytest.mark.parametrize("exercise", TRAINING, ids=named)
each_site = pytest.mark.parametrize("site", PainSite)


@pytest.mark.parametrize("kind", Kind)
def test_every_required_exercise_is_there(kind: Kind) -> None:
    assert {e.id for e in EXERCISES if e.kind is kind} >= REQUIRED[kind]


def test_ids_and_names_are_unique() -> None:
    assert len(BY_ID) == len(EXERCISES)
    assert len({e.name.casefold() for e in EXERCISES}) == len(EXERCISES)


@each_file
def test_a_shipped_file_has_no_key_twice(path: Path) -> None:
    json.loads(path.read_text("utf-8"), object_pairs_hook=once_each)


@each_file
def test_no_text_is_empty_or_padded_or_too_long(path: Path) -> None:
    for text in strings(json.loads(path.read_text("utf-8"))):
        assert text
        assert text == text.strip()
        assert "  " not in text
        assert len(text) <= MAX_TEXT


@each_file
def test_no_text_promises_or_clears_or_coaches_a_foot_strike(path: Path) -> None:
    assert [text for text in strings(json.loads(path.read_text("utf-8"))) if FORBIDDEN.search(text)] == []


@each_exercise
def test_an_exercise_is_described_in_full(exercise: Exercise) -> None:
    assert exercise.spoken
    assert exercise.area in AREAS
    assert exercise.muscles
    assert set(exercise.equipment) <= EQUIPMENT
    assert exercise.frequency
    assert exercise.errors
    assert exercise.sources


@each_exercise
def test_an_exercise_is_taught_in_full(exercise: Exercise) -> None:
    assert len(texts(exercise, StepType.PREPARATION) + texts(exercise, StepType.STEP)) >= 2
    assert texts(exercise, StepType.PREPARATION)
    assert texts(exercise, StepType.STEP)
    assert len(texts(exercise, StepType.FORM_CUE)) >= 2
    assert texts(exercise, StepType.BREATHING)
    assert texts(exercise, StepType.SAFETY)


@each_exercise
def test_an_instruction_ends_as_a_sentence_does(exercise: Exercise) -> None:
    said = [step.text for step in exercise.steps] + [gate.why for gate in exercise.gates]

    assert [text for text in said if not text.endswith(".")] == []


@each_exercise
def test_a_form_cue_is_short_enough_to_be_read_while_working(exercise: Exercise) -> None:
    assert [cue for cue in texts(exercise, StepType.FORM_CUE) if len(cue) > MAX_CUE] == []


@each_exercise
def test_the_sides_suit_the_exercise(exercise: Exercise) -> None:
    if exercise.laterality is Laterality.BILATERAL:
        assert exercise.sides is Sides.BOTH
    else:
        assert exercise.sides in {Sides.EACH, Sides.ALTERNATE}
        assert any("side named" in step.text for step in exercise.steps)


@each_exercise
def test_a_dose_is_counted_or_held(exercise: Exercise) -> None:
    for dose in doses(exercise):
        assert dose.sets is not msgspec.UNSET
        assert (dose.reps is msgspec.UNSET) is not (dose.hold_s is msgspec.UNSET)
        assert (dose.tempo is msgspec.UNSET) is (dose.reps is msgspec.UNSET)
        assert dose.prepare_s is not msgspec.UNSET


@each_exercise
def test_every_number_names_its_source(exercise: Exercise) -> None:
    known = re.compile(r"^(S\d+b?(, S\d+b?)* – |ours: |lit: )\S")

    assert [source for source in exercise.sources if not known.match(source)] == []


@each_exercise
def test_a_source_that_was_written_for_others_names_them(exercise: Exercise) -> None:
    written_for = {"S26": "after hip arthroscopy", "S28": "after childbirth", "S29": "after childbirth"}

    assert all(written_for.get(source.split()[0], "") in source for source in exercise.sources)


@each_exercise
def test_a_symmetry_that_hops_were_asked_for_is_told_as_carried_over(exercise: Exercise) -> None:
    compared = [source for source in exercise.sources if "between the sides" in source or "90 %" in source]

    assert all("hops" in source for source in compared)


def test_of_a_guideline_only_its_counts_are_told_as_its_own() -> None:
    bridge, squat = BY_ID["test_single_leg_bridge"].sources, BY_ID["test_single_leg_squat"].sources
    own = [source for source in squat if source.startswith("ours: ")]

    guideline = "in the guideline for running after childbirth (confidence high, not checked)"
    assert f"lit: 20 {guideline}" in bridge
    assert f"lit: 10 a side {guideline}" in squat
    assert any("45–60°" in source and "good form" in source for source in own)


@each_training
def test_an_exercise_has_a_dose_for_every_phase(exercise: Exercise) -> None:
    assert [phase.name for phase in exercise.phases] == ["start", "middle", "target"]


@each_training
def test_the_default_is_the_dose_to_start_with(exercise: Exercise) -> None:
    if exercise.id == "single_heel_raise":  # starts on both feet, with more than one foot should do
        assert exercise.dose == exercise.phases[1].dose
    else:
        assert exercise.dose == exercise.phases[0].dose


@pytest.mark.parametrize("id_", DOSES)
def test_doses_are_those_of_the_clinical_reference(id_: str) -> None:
    start, middle, target, rest_s, tempo = DOSES[id_]

    exercise = BY_ID[id_]

    assert [amount(phase.dose) for phase in exercise.phases] == [start, middle, target]
    for dose in doses(exercise):
        assert dose.rest_s == rest_s
        if tempo is not None:
            assert dose.tempo is not msgspec.UNSET
            assert (dose.tempo.up_s, dose.tempo.hold_s, dose.tempo.down_s) == tempo


@pytest.mark.parametrize("id_", TEST_DOSES)
def test_a_self_test_asks_for_what_readiness_asks(id_: str) -> None:
    assert amount(BY_ID[id_].dose) == TEST_DOSES[id_]


@pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder[0])
def test_a_ladder_climbs_rung_by_rung(ladder: list[str]) -> None:
    for lower, upper in pairwise(ladder):
        assert upper in BY_ID[lower].ladder.harder
        assert lower in BY_ID[upper].ladder.easier


@each_exercise
def test_ladders_are_closed_and_agree_both_ways(exercise: Exercise) -> None:
    for id_ in exercise.ladder.easier:
        assert exercise.id in BY_ID[id_].ladder.harder
    for id_ in exercise.ladder.harder:
        assert exercise.id in BY_ID[id_].ladder.easier


@each_exercise
def test_no_ladder_goes_round_in_a_circle(exercise: Exercise) -> None:
    below, seen = list(exercise.ladder.easier), set[str]()
    while below:
        id_ = below.pop()
        if id_ not in seen:
            seen.add(id_)
            below += BY_ID[id_].ladder.easier

    assert exercise.id not in seen


@each_exercise
def test_the_next_easier_exercise_needs_no_band_that_is_not_at_hand(exercise: Exercise) -> None:
    for id_ in exercise.ladder.easier[:1]:
        assert "resistance band" not in set(BY_ID[id_].equipment) - set(exercise.equipment)


@each_exercise
def test_an_easier_exercise_is_not_off_where_the_harder_is_allowed(exercise: Exercise) -> None:
    off = {gate.site for gate in exercise.gates if gate.action == "off"}

    for id_ in exercise.ladder.easier:
        assert {gate.site for gate in BY_ID[id_].gates if gate.action == "off"} <= off


@each_site
def test_what_aggravates_a_painful_site_is_off(site: PainSite) -> None:
    assert gated(site, "off") == OFF[site]


@each_site
def test_what_can_be_done_differently_at_a_painful_site_is_changed(site: PainSite) -> None:
    assert gated(site, "change") == CHANGED[site]


@pytest.mark.parametrize("site", KEPT)
def test_what_the_reference_keeps_at_a_painful_site_is_not_off(site: PainSite) -> None:
    assert gated(site, "off").isdisjoint(KEPT[site])


@each_exercise
def test_a_painful_site_gates_an_exercise_once(exercise: Exercise) -> None:
    sites = [gate.site for gate in exercise.gates]

    assert len(sites) == len(set(sites))


def test_back_pain_with_signs_below_the_knee_goes_to_a_clinician_first() -> None:
    whys = [gate.why for e in EXERCISES for gate in e.gates if gate.site is PainSite.BACK]

    assert [why for why in whys if "clinician" not in why] == []


def test_rolling_the_outer_thigh_is_for_comfort_and_keeps_off_the_bone() -> None:
    said = " ".join(step.text for step in BY_ID["roll_lateral_thigh"].steps)

    assert "comfort only" in said
    assert "below" in said
    assert "bony point" in said


def test_at_least_five_routines_ship() -> None:
    assert {path.name for path in ROUTINES} >= {
        "first-days.rehab.json", "mobility.rehab.json", "strength-a.rehab.json", "strength-b.rehab.json",
        "strength-c.rehab.json",
    }  # fmt: skip


def test_routine_ids_and_titles_are_unique() -> None:
    every = [routine(path) for path in ROUTINES]

    assert len({one.id for one in every}) == len({one.title for one in every}) == len(every)


@each_routine
def test_a_routine_says_who_made_it_and_how_often_it_is_done(path: Path) -> None:
    one = routine(path)

    assert path.name == f"{one.id}.rehab.json"
    assert (one.version, one.revision, one.issued) == ("1.0", 1, "2026-11-23")
    assert one.prescriber.name == "Rehab Coach (built in)"
    assert one.schedule.per_week is not msgspec.UNSET
    assert len(one.schedule.days) in {0, one.schedule.per_week}


@each_routine
def test_a_routine_names_exercises_of_the_library_that_are_no_tests(path: Path) -> None:
    assert [item.exercise for item in routine(path).items if item.exercise not in BY_ID] == []
    assert [item.exercise for item in routine(path).items if BY_ID[item.exercise].kind is Kind.TEST] == []


@each_routine
def test_a_routine_spells_out_its_doses(path: Path) -> None:
    for item in routine(path).items:
        assert item.sides is BY_ID[item.exercise].sides
        assert item.sets is not msgspec.UNSET
        assert (item.reps is msgspec.UNSET) is not (item.hold_s is msgspec.UNSET)
        assert (item.tempo is msgspec.UNSET) is (item.reps is msgspec.UNSET)
        assert item.rest_s is not msgspec.UNSET
        assert item.prepare_s is not msgspec.UNSET
        assert (item.switch_s is msgspec.UNSET) is (item.sides is Sides.BOTH)


@each_routine
def test_a_routine_never_asks_for_more_than_the_target_phase(path: Path) -> None:
    for item in routine(path).items:
        target = BY_ID[item.exercise].phases[-1].dose
        for asked, most in ((item.sets, target.sets), (item.reps, target.reps), (item.hold_s, target.hold_s)):
            assert asked is msgspec.UNSET or (most is not msgspec.UNSET and asked <= most)


@each_routine
def test_a_routine_takes_between_ten_and_twenty_five_minutes(path: Path) -> None:
    assert 600 <= total_s(compile_routine(routine(path), BY_ID)) <= 1500


def test_the_first_days_hold_nothing_that_is_off_at_any_painful_site() -> None:
    first = routine(ROOT / "assets" / "routines" / "first-days.rehab.json")

    assert [i.exercise for i in first.items if any(g.action == "off" for g in BY_ID[i.exercise].gates)] == []
