"""Walking and running: steps that go on into each other, by turns, arms opposite to the legs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.figure.flight import lands, lift_at, waits_at
from coach.core.figure.motion import Moment, share_at, takes_turns
from coach.core.figure.preview import length_s, moment, telling
from coach.core.figure.rig import Rig, mirrored
from coach.core.figure.running import RUNNING
from coach.core.figure.skeleton import Body
from coach.core.figure.stride import exchanged, pose_at, strides
from coach.core.figure.vector import distance
from coach.core.routine.figure import Figure, Limbs, Pose
from coach.core.routine.plan import StepKind
from tests.core.figure.test_flight import by_place, soles
from tests.core.figure.test_pose import numbers
from tests.core.figure.test_rig import poses
from tests.core.figure.test_shipped_figures import MM, figure_of, rig, shipped_exercise

WALK = "test_brisk_walk"
STRIDES = [WALK, "running"]
shares = st.floats(0, 1)
by_name = pytest.mark.parametrize("name", STRIDES)


def held(fraction: float, length_s: float = 60.0) -> Moment:
    return Moment(StepKind.HOLD, fraction, length_s, held=True)


def seen(name: str, at: Moment) -> Body:
    """The body as it is painted, `w` its left side."""
    body = rig(name).at(share_at(figure_of(name), at))
    return by_place(mirrored(body)) if takes_turns(figure_of(name), at) else body


def test_walking_and_running_are_strides_and_nothing_else_is() -> None:
    assert all(strides(figure_of(name)) for name in STRIDES)
    for name in ("test_march", "test_jog_on_spot", "roll_quadriceps", "plank"):
        assert not strides(figure_of(name))
    assert lands(figure_of("test_jog_on_spot"))
    assert not lands(RUNNING)


@given(poses, poses, shares)
def test_a_step_of_the_other_side_is_the_same_with_sides_exchanged(start: Pose, middle: Pose, share: float) -> None:
    left = Figure(start, middle=middle, loop_s=1.0, alternates=True)
    right = Figure(exchanged(start), middle=exchanged(middle), loop_s=1.0, alternates=True)

    assert numbers(pose_at(right, share)) == pytest.approx(numbers(exchanged(pose_at(left, share))), abs=1e-6)
    assert numbers(pose_at(left, 1.0)) == pytest.approx(numbers(exchanged(start)), abs=1e-6)


def test_a_step_goes_through_its_middle() -> None:
    middle = Pose(working=Limbs(knee=50.0), other=Limbs(knee=10.0))
    figure = Figure(Pose(), middle=middle, loop_s=1.0, alternates=True)

    assert pose_at(figure, 0.5) == middle


@by_name
def test_a_step_ends_where_that_of_the_other_side_starts(name: str) -> None:
    end, start = rig(name).at(1.0), by_place(mirrored(rig(name).start))

    for point, at in end.points.items():
        assert at == pytest.approx(start.points[point], abs=1e-6), point


@by_name
def test_nothing_jumps_from_step_to_step(name: str) -> None:
    """At a thousandth of a second nothing goes faster than 12 m/s, which a runner's foot nearly does."""
    bodies = [seen(name, held(step / 2000, 2.0)) for step in range(2001)]

    for before, after in pairwise(bodies):
        assert max(distance(after.points[point], before.points[point]) for point in after.points) * MM < 12


@by_name
def test_the_leg_in_front_is_that_of_the_arm_behind(name: str) -> None:
    start = rig(name).start.points

    assert start["w_ankle"][0] > start["pelvis"][0] > start["o_ankle"][0]
    assert start["w_wrist"][0] < start["w_shoulder"][0]
    assert start["o_wrist"][0] > start["o_shoulder"][0]


@by_name
def test_each_foot_carries_in_the_middle_of_its_own_step(name: str) -> None:
    middle = rig(name).at(0.5).points

    assert min(middle[f"w_{part}"][2] for part in ("heel", "ball", "tip")) * MM < 1
    assert min(middle[f"o_{part}"][2] for part in ("heel", "ball", "tip")) * MM > 5
    assert middle["o_ankle"][2] * MM > 100


def test_who_runs_leaves_the_ground_and_who_walks_does_not() -> None:
    assert max(soles(rig("running").at(step / 40)) for step in range(41)) > 20
    assert max(soles(rig(WALK).at(step / 40)) for step in range(41)) < 1
    for share in (0.0, 0.4, 0.6, 0.8, 1.0, waits_at(RUNNING)):
        assert lift_at(RUNNING, share) == 0.0


def test_a_runner_does_not_bounce() -> None:
    heights = [rig("running").at(step / 40).points["pelvis"][2] * MM for step in range(41)]

    assert 40 < max(heights) - min(heights) < 90


@by_name
@given(length_s=st.floats(0.1, 600), fraction=shares)
def test_steps_of_any_length_of_time_are_even_and_end_as_they_began(
    name: str, length_s: float, fraction: float
) -> None:
    figure = figure_of(name)
    begin, end = held(0.0, length_s), held(1.0, length_s)

    assert share_at(figure, begin) == share_at(figure, end) == waits_at(figure)
    assert not takes_turns(figure, begin)
    assert not takes_turns(figure, end)
    assert share_at(figure, Moment(StepKind.PREPARE, 0.5, 10.0, held=True)) == waits_at(figure)
    assert 0.0 <= share_at(figure, held(fraction, length_s)) <= 1.0


@by_name
def test_sides_take_turns_at_the_time_of_a_step(name: str) -> None:
    figure = figure_of(name)
    turns = [takes_turns(figure, held((step + 0.1) * figure.loop_s / 60)) for step in range(100)]

    assert all(before != after for before, after in pairwise(turns))


def test_a_preview_of_walking_shows_a_step_of_each_side_and_its_picture_is_the_longest_step() -> None:
    walk = shipped_exercise(WALK)

    assert length_s(walk) == pytest.approx(2 * figure_of(WALK).loop_s)
    assert share_at(figure_of(WALK), moment(walk, telling(walk) * length_s(walk))) == 0.0


def test_a_figure_of_steps_without_a_middle_swings_from_side_to_side() -> None:
    start = Pose(working=Limbs(hip=(20.0, 0.0, 0.0)), other=Limbs(hip=(-10.0, 0.0, 0.0)))
    body = Rig(Figure(start, loop_s=1.0, alternates=True)).at(0.5)

    assert body.points["w_ankle"][0] == pytest.approx(body.points["o_ankle"][0], abs=1e-6)
