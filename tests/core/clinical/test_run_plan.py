"""The stages are those of the table of the clinical reference, section 3.2; a routine file may set others."""

import pytest

from coach.core.clinical.run_plan import STAGES, Plan, Stage, first_stage, plan_of
from coach.core.routine.routine import Item, Routine, RunPlan, RunStage


def routine(name: str, own: RunPlan) -> Routine:
    return Routine("rehab-routine", "1.0", name, name, [Item("plank")], run_plan=own)


def test_twelve_stages_with_the_minutes_of_the_table() -> None:
    assert [stage.number for stage in STAGES] == list(range(1, 13))
    assert [stage.running_min for stage in STAGES] == [3, 6, 9, 12, 15, 18, 21, 24, 27, 27, 28, 30]


def test_every_stage_fills_half_an_hour() -> None:
    assert {stage.frame_min for stage in STAGES} == {30}


def test_without_a_file_the_default_holds() -> None:
    found = plan_of([routine("one", RunPlan())])

    assert (found, found.prescribed) == (Plan(), False)
    assert (found.min_successes, found.max_per_week, found.min_gap_h) == (2, 3, 48)


def test_a_file_brings_its_own_stages_and_numbers() -> None:
    own = RunPlan(stages=[RunStage(4, 90, 120), RunStage(1, 1200)], min_successes=3, min_gap_h=72, start_stage=2)

    found = plan_of([routine("none", RunPlan()), routine("own", own), routine("later", RunPlan(max_per_week=1))])

    assert found.stages == (Stage(1, 4, 1.5, 2), Stage(2, 1, 20, 0))
    assert (found.min_successes, found.max_per_week, found.min_gap_h) == (3, 3, 72)
    assert found.prescribed
    assert first_stage(found, 5, rest_pain=True) == 2


@pytest.mark.parametrize(
    ("layoff_days", "rest_pain", "stage"),
    [(None, False, 1), (13, False, 5), (14, False, 3), (28, False, 3), (29, False, 1), (13, True, 1), (20, True, 1)],
)
def test_it_begins_by_how_long_there_was_no_running(layoff_days: int | None, rest_pain: bool, stage: int) -> None:
    assert first_stage(Plan(), layoff_days, rest_pain=rest_pain) == stage


def test_a_start_beyond_the_last_stage_is_the_last_one() -> None:
    own = RunPlan(stages=[RunStage(4, 90, 120), RunStage(1, 1200)], start_stage=9)

    assert first_stage(plan_of([routine("own", own)]), None, rest_pain=False) == 2
