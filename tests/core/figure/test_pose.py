"""The way between key poses: exact where they are, and smooth through the middle one."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.figure.pose import MIDDLE, blend
from coach.core.routine.figure import Limbs, Pose
from tests.core.figure.test_rig import poses

angles = st.floats(-360, 360)
shares = st.floats(0, 1)


def knees(*angles: float) -> tuple[Pose, ...]:
    return tuple(Pose(working=Limbs(knee=angle)) for angle in angles)


def knee_at(start: float, middle: float, end: float, share: float) -> float:
    first, through, last = knees(start, middle, end)
    return blend(first, last, share, through).working.knee


@given(poses, poses, poses)
def test_every_key_pose_is_met_exactly(start: Pose, middle: Pose, end: Pose) -> None:
    assert blend(start, end, 0.0, middle) == start
    assert numbers(blend(start, end, MIDDLE, middle)) == pytest.approx(numbers(middle), abs=1e-9)
    assert blend(start, end, 1.0, middle) == end


def numbers(pose: Pose) -> list[float]:
    def within(value: object) -> list[float]:
        return [one for part in value for one in within(part)] if isinstance(value, list | tuple) else [float(value)]  # type: ignore[arg-type] # angles

    sides = [list(msgspec.structs.astuple(limbs)) for limbs in (pose.working, pose.other_side)]
    return within([pose.root, pose.spine, pose.neck, *sides])


@given(angles, angles, angles)
def test_speed_is_the_same_before_and_after_the_middle(start: float, middle: float, end: float) -> None:
    step = 1e-5
    before = (knee_at(start, middle, end, MIDDLE) - knee_at(start, middle, end, MIDDLE - step)) / step
    after = (knee_at(start, middle, end, MIDDLE + step) - knee_at(start, middle, end, MIDDLE)) / step

    assert before == pytest.approx(after, abs=0.6)  # degrees a way; a kink would be some hundred


@given(angles, angles, angles, shares)
def test_no_joint_goes_beyond_its_key_poses(start: float, middle: float, end: float, share: float) -> None:
    first, last = (start, middle) if share < MIDDLE else (middle, end)

    assert min(first, last) - 1e-9 <= knee_at(start, middle, end, share) <= max(first, last) + 1e-9


@given(angles, angles, shares)
def test_a_middle_on_the_straight_way_changes_nothing(start: float, end: float, share: float) -> None:
    first, last = knees(start, end)

    through = knee_at(start, (start + end) / 2, end, share)

    assert through == pytest.approx(blend(first, last, share).working.knee, abs=1e-9)


@given(angles, angles, angles, shares)
def test_backwards_is_the_same_way(start: float, middle: float, end: float, share: float) -> None:
    assert knee_at(start, middle, end, share) == pytest.approx(knee_at(end, middle, start, 1 - share), abs=1e-6)


def test_a_way_that_turns_back_halts_in_its_middle() -> None:
    shares = [step / 100 for step in range(101)]
    angles = [knee_at(20, 60, 10, share) for share in shares]

    assert max(angles) == angles[50] == 60.0
    assert 60.0 - angles[49] < 0.1 > 60.0 - angles[51]
    assert angles == sorted(angles[:51]) + sorted(angles[51:], reverse=True)
