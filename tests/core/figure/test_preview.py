import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.figure.motion import Moment
from coach.core.figure.preview import MOVE_S, SHOWN_HOLD_S, length_s, moment, phases, telling
from coach.core.routine.dose import Dose, Tempo
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import StepKind

COUNTED = Exercise("a", "A", dose=Dose(reps=10, tempo=Tempo(2.0, 1.0, 3.0)))
HELD = Exercise("b", "B", dose=Dose(hold_s=45.0))
LENGTHS = st.floats(0, 3600)


def test_a_counted_rep_goes_by_the_tempo_of_the_exercise() -> None:
    assert [moment(COUNTED, at) for at in (0.0, 1.0, 2.0, 2.5, 3.0, 4.5, 6.0)] == [
        Moment(StepKind.UP, 0.0, 2.0),
        Moment(StepKind.UP, 0.5, 2.0),
        Moment(StepKind.HOLD, 0.0, 1.0),
        Moment(StepKind.HOLD, 0.5, 1.0),
        Moment(StepKind.DOWN, 0.0, 3.0),
        Moment(StepKind.DOWN, 0.5, 3.0),
        Moment(StepKind.DOWN, 1.0, 3.0),
    ]


def test_a_hold_is_gone_into_shown_for_a_moment_and_left() -> None:
    assert phases(HELD) == ((StepKind.UP, MOVE_S), (StepKind.HOLD, SHOWN_HOLD_S), (StepKind.DOWN, MOVE_S))


def test_a_short_hold_is_shown_whole() -> None:
    assert phases(Exercise("b", "B", dose=Dose(hold_s=1.0)))[1] == (StepKind.HOLD, 1.0)


def test_a_phase_of_no_length_is_passed_over() -> None:
    squat = Exercise("a", "A", dose=Dose(tempo=Tempo(3.0, 0.0, 2.0)))

    assert [kind for kind, _ in phases(squat)] == [StepKind.UP, StepKind.DOWN]
    assert moment(squat, 3.0) == Moment(StepKind.DOWN, 0.0, 2.0)


@pytest.mark.parametrize("dose", [Dose(), Dose(reps=3), Dose(tempo=Tempo(0, 0, 0))])
def test_without_a_tempo_the_usual_one_is_shown(dose: Dose) -> None:
    assert length_s(Exercise("a", "A", dose=dose)) == 4.0


def test_before_and_after_the_rep_its_ends_are_shown() -> None:
    assert moment(COUNTED, -5.0) == moment(COUNTED, 0.0)
    assert moment(COUNTED, 99.0) == moment(COUNTED, 6.0)


def test_the_still_picture_is_where_the_movement_has_gone_farthest() -> None:
    assert telling(COUNTED) == 2.0 / 6.0
    at = moment(HELD, telling(HELD) * length_s(HELD))
    assert (at.kind, at.fraction) == (StepKind.HOLD, 0.0)


def test_what_only_comes_down_is_pictured_at_its_beginning() -> None:
    assert telling(Exercise("a", "A", dose=Dose(tempo=Tempo(0, 0, 2)))) == 0.0


@given(up=LENGTHS, hold=LENGTHS, down=LENGTHS, share=st.floats(0, 1))
def test_every_instant_lies_in_a_phase_of_some_length(up: float, hold: float, down: float, share: float) -> None:
    exercise = Exercise("a", "A", dose=Dose(tempo=Tempo(up, hold, down)))

    at = moment(exercise, share * length_s(exercise))

    assert at.length_s > 0
    assert -1e-9 <= at.fraction <= 1 + 1e-9
