"""A stage as guided steps, and what its limits ask for on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.pain import Choice, beginning, limits
from coach.core.clinical.run_plan import STAGES, WARM_UP_MIN, Stage
from coach.core.clinical.walk_run import advice_on_the_way, steps_of
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import total_s
from coach.core.routine.routine import Rules
from coach.core.session.walk_run import RUN, WALK, Part, intervals, part

minutes = st.floats(0, 60).map(lambda number: round(number, 1))
stages = st.builds(Stage, st.integers(1, 12), st.integers(1, 12), minutes.filter(bool), minutes)


@given(stages)
def test_a_stage_is_warm_up_frame_and_cool_down(stage: Stage) -> None:
    steps = steps_of(stage)

    assert total_s(steps) == pytest.approx(60 * (stage.frame_min + 2 * WARM_UP_MIN))
    assert sum(step.exercise == RUN for step in steps) == intervals(steps) == stage.reps
    assert sum(step.duration_s for step in steps if step.exercise == RUN) == pytest.approx(60 * stage.running_min)
    assert all(step.duration_s > 0 for step in steps)
    assert {step.exercise for step in steps} == {RUN, WALK}
    assert [step.item for step in steps] == list(range(len(steps)))


@given(stages)
def test_each_interval_is_a_run_and_then_a_walk(stage: Stage) -> None:
    steps = steps_of(stage)

    parts = [part(steps, index) for index in range(len(steps))]

    interval = [Part.RUN, Part.WALK] if stage.walk_min > 0 else [Part.RUN]
    assert parts == [Part.WARM_UP, *interval * stage.reps, Part.COOL_DOWN]
    assert steps[0].set is steps[-1].set is None
    assert [step.set for step in steps[1:-1]] == [n for n in range(1, stage.reps + 1) for _ in interval]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: str(stage.number))
def test_every_stage_of_the_table_fills_its_frame(stage: Stage) -> None:
    assert total_s(steps_of(stage)) == 60 * (30 + 2 * 5)


def test_a_stage_without_walking_is_one_run_between_two_walks() -> None:
    assert [(step.exercise, step.duration_s) for step in steps_of(STAGES[11])] == [
        (WALK, 300.0),
        (RUN, 1800.0),
        (WALK, 300.0),
    ]


@pytest.mark.parametrize("sites,begins,stops", [((), 2, 3), ((PainSite.LATERAL,), 2, 3), ((PainSite.GROIN,), 0, 0)])
def test_a_run_has_the_limits_of_its_own_profile(sites: tuple[PainSite, ...], begins: int, stops: int) -> None:
    assert beginning(Rules(), sites, BoutKind.RUN).up_to == begins
    assert limits(Rules(), sites, BoutKind.RUN).stop_above == stops


@pytest.mark.parametrize(
    "pain,running,choices",
    [
        (2, True, (Choice.GO_ON, Choice.SKIP, Choice.STOP)),
        (2, False, (Choice.GO_ON, Choice.STOP)),
        (3, True, (Choice.SKIP, Choice.GO_ON, Choice.STOP)),
        (3, False, (Choice.GO_ON, Choice.STOP)),
        (4, True, (Choice.STOP,)),
        (4, False, (Choice.STOP,)),
    ],
)
def test_above_the_limit_there_is_only_stopping(pain: int, running: bool, choices: tuple[Choice, ...]) -> None:
    of = limits(Rules(), (), BoutKind.RUN)

    assert advice_on_the_way(pain, of, running=running).choices == choices
