"""A routine in words."""

import msgspec
import pytest

from coach.core.routine.routine import Rules, RunPlan, RunStage
from coach.words import prescription


@pytest.mark.parametrize("key", [name for name in Rules.__struct_fields__ if name != "profile"])
def test_every_rule_of_a_file_is_told_with_its_number(key: str) -> None:
    [said] = prescription.rules(msgspec.convert({key: 7}, Rules))

    assert "7" in said


def test_what_a_file_sets_of_the_run_plan_is_told_with_its_numbers() -> None:
    own = RunPlan(stages=[RunStage(4, 90, 120), RunStage(1, 1200)], min_successes=3, min_gap_h=72)

    assert prescription.run_plan(RunPlan()) == ()
    assert prescription.run_plan(own) == (
        "Green runs of a stage before the next one: 3.",
        "From one run to the next: 72 hours or more.",
        "Stage 1: 4 × (1:30 run, 2:00 walk).",
        "Stage 2: 1 × 20:00 run.",
    )
