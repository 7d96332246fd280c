"""The stages are those of the table of the clinical reference, section 3.2."""

from coach.core.clinical.run_plan import FRAME_MIN, STAGES


def test_twelve_stages_with_the_minutes_of_the_table() -> None:
    assert [stage.number for stage in STAGES] == list(range(1, 13))
    assert [stage.running_min for stage in STAGES] == [3, 6, 9, 12, 15, 18, 21, 24, 27, 27, 28, 30]


def test_every_stage_fills_the_frame() -> None:
    assert {stage.reps * (stage.run_min + stage.walk_min) for stage in STAGES} == {FRAME_MIN}
