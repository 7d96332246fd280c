"""What must hold of every figure that we ship, at every moment of its movement."""

import math
from functools import cache
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import resources
from coach.core.figure.flight import lift_at
from coach.core.figure.motion import BREATH_S, Moment, breath_at, share_at
from coach.core.figure.rig import Rig, mirrored, target_of
from coach.core.figure.running import RUNNING
from coach.core.figure.skeleton import (
    BODY_M,
    FLESH,
    FOREARM,
    HAND,
    SHANK,
    THIGH,
    UPPER_ARM,
    Body,
)
from coach.core.figure.stride import pose_at
from coach.core.figure.vector import column, distance, dot, sub
from coach.core.routine.exercise import Exercise, ExerciseFile
from coach.core.routine.figure import Figure, Limb, Limbs, PropKind
from coach.core.routine.plan import StepKind

MM = 1000 * BODY_M
LENGTHS = {
    ("hip", "knee"): THIGH,
    ("knee", "ankle"): SHANK,
    ("shoulder", "elbow"): UPPER_ARM,
    ("elbow", "wrist"): FOREARM,
    ("wrist", "hand"): HAND,
}
# Active ranges of healthy adults, a little generous: what no joint of a picture may go beyond.
RANGES = {
    "hip": ((-30, 125), (-32, 50), (-50, 92)),
    "knee": (-2, 150),
    "ankle": (-62, 40),
    "toes": (-30, 75),
    "shoulder": ((-70, 180), (-35, 120), (-100, 100)),
    "elbow": (-2, 150),
    "wrist": (-80, 80),
}


@cache
def shipped() -> dict[str, Exercise]:
    file = msgspec.json.decode(resources.EXERCISES.read_bytes(), type=ExerciseFile)
    return {one.id: one for one in file.exercises}


def shipped_exercise(name: str) -> Exercise:
    return shipped()[name]


@cache
def figures() -> dict[str, Figure]:
    every = {name: one.figure for name, one in shipped().items() if one.figure is not None}
    return every | {"running": RUNNING}


@cache
def rig(name: str) -> Rig:
    return Rig(figures()[name])


def test_every_shipped_exercise_has_a_figure() -> None:
    assert [name for name, one in shipped().items() if one.figure is None] == []


def moments(name: str, count: int = 41) -> list[Body]:
    return [rig(name).at(step / (count - 1)) for step in range(count)]


def flesh_of(point: str) -> float | None:
    return FLESH.get(point.removeprefix("w_").removeprefix("o_"))


@pytest.mark.parametrize("name", figures())
def test_limbs_keep_their_length(name: str) -> None:
    for body in moments(name):
        for side in "wo":
            for (upper, lower), long in LENGTHS.items():
                assert distance(body.points[f"{side}_{upper}"], body.points[f"{side}_{lower}"]) == pytest.approx(
                    long, abs=1e-6
                )


@pytest.mark.parametrize("name", figures())
def test_nothing_is_under_the_floor(name: str) -> None:
    under = {
        point: round((at[2] - flesh) * MM)
        for body in moments(name)
        for point, at in body.points.items()
        if (flesh := flesh_of(point)) is not None and (at[2] - flesh) * MM < -5
    }

    assert under == {}


@pytest.mark.parametrize("name", figures())
def test_something_that_should_carry_the_body_touches(name: str) -> None:
    figure = figures()[name]
    assert figure.rests
    for step in range(41):
        body, lift = rig(name).at(step / 40), lift_at(figure, step / 40)
        gaps = []
        for rest in figure.rests:
            flesh = flesh_of(rest.point.value)
            assert flesh is not None
            gaps.append(body.points[rest.point.value][2] - flesh - rest.height)
        assert abs(min(gaps) - lift) * MM < 1  # in flight as far above as it should be, and else not at all


@pytest.mark.parametrize("name", figures())
def test_what_is_held_stays_where_it_is(name: str) -> None:
    figure = figures()[name]
    for body in moments(name):
        for limb in figure.pins:
            end = f"{limb.value[0]}_{'ankle' if limb in (Limb.W_FOOT, Limb.O_FOOT) else 'wrist'}"
            assert distance(body.points[end], rig(name).start.points[end]) * MM < 10, end


@pytest.mark.parametrize("name", figures())
def test_hands_and_feet_are_where_they_should_lie(name: str) -> None:
    figure = figures()[name]
    for step in range(41):
        share = step / 40
        body = rig(name).at(share)
        for reach in figure.reaches:
            if share >= reach.since:
                end = f"{reach.limb.value[0]}_{'ankle' if reach.limb in (Limb.W_FOOT, Limb.O_FOOT) else 'wrist'}"
                target = target_of(reach, body.points, body.frames["pelvis"], share)
                assert distance(body.points[end], target) * MM < 10, (end, share)


@pytest.mark.parametrize("name", figures())
def test_no_joint_goes_beyond_what_a_body_can_do(name: str) -> None:
    figure = figures()[name]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        pose = pose_at(figure, share)
        for limbs in (pose.working, pose.other_side):
            assert beyond(limbs) == []


def beyond(limbs: Limbs) -> list[str]:
    found = []
    for joint, allowed in RANGES.items():
        value = getattr(limbs, joint)
        angles = value if isinstance(value, tuple) else (value,)
        limits = allowed if isinstance(allowed[0], tuple) else (allowed,)
        for angle, (least, most) in zip(angles, limits, strict=True):  # type: ignore[misc] # pairs, both ways
            if not least <= angle <= most:
                found.append(f"{joint} {angle}")
    return found


@pytest.mark.parametrize("name", figures())
def test_nothing_jumps(name: str) -> None:
    """A hundredth of the way moves nothing by more than 40 mm."""
    bodies = moments(name, 101)

    for before, after in pairwise(bodies):
        assert max(distance(after.points[point], before.points[point]) for point in after.points) * MM < 40


@pytest.mark.parametrize("name", figures())
def test_the_other_side_is_the_mirror(name: str) -> None:
    body = rig(name).at(0.7)

    twice = mirrored(mirrored(body))

    assert twice.points == body.points
    assert mirrored(body).points["w_knee"] == (
        body.points["w_knee"][0],
        -body.points["w_knee"][1],
        body.points["w_knee"][2],
    )


def figure_of(name: str) -> Figure:
    return figures()[name]


# -- what a physio would look for -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["clamshell", "banded_clamshell"])
def test_the_pelvis_is_still_in_a_clamshell_and_the_heels_stay_together(name: str) -> None:
    start = rig(name).start
    for body in moments(name):
        assert distance(body.points["w_hip"], start.points["w_hip"]) * MM < 2
        assert distance(body.points["w_ankle"], body.points["o_ankle"]) * MM < 110
    opened = rig(name).at(1.0).points["w_knee"][2] - start.points["w_knee"][2]
    assert opened * MM > 120


def test_a_bridge_is_one_line_from_shoulder_to_knee() -> None:
    top = rig("bridge").at(1.0)

    assert off_line(top, "shoulder", "hip", "knee") * MM < 40


def test_a_plank_is_one_line_from_shoulder_to_ankle() -> None:
    held = rig("plank").at(1.0)

    assert off_line(held, "shoulder", "hip", "ankle") * MM < 25
    assert abs(held.points["w_elbow"][0] - held.points["w_shoulder"][0]) * MM < 40


@pytest.mark.parametrize("name", ["side_plank", "knee_side_plank", "side_plank_leg_raise", "test_side_plank"])
def test_a_side_plank_carries_on_forearm_and_foot_or_knee(name: str) -> None:
    figure, held = figure_of(name), rig(name).at(1.0).points

    for rest in figure.rests:
        flesh = flesh_of(rest.point.value)
        assert flesh is not None
        assert abs(held[rest.point.value][2] - flesh) * MM < 3
    assert held["o_hip"][2] * MM > 300 * (0.5 if name.startswith("knee") else 0.7)


def test_the_free_foot_of_a_step_down_keeps_in_front_of_the_step_and_brushes_the_floor() -> None:
    (step,) = figures()["step_down"].props
    front = step.at[0] + step.size[0] / 2

    for body in moments("step_down"):
        assert min(body.points[f"o_{part}"][0] for part in ("heel", "ball", "tip")) > front
    assert 0 <= body.points["o_heel"][2] * MM < 10


def test_the_knee_of_a_step_down_stays_over_its_foot() -> None:
    for body in moments("step_down"):
        assert abs(body.points["w_knee"][1] - body.points["w_ball"][1]) * MM < 20


def test_the_massage_ball_is_between_buttock_and_wall_all_the_time() -> None:
    wall, ball = figures()["ball_massage"].props
    radius = ball.size[2] / 2
    assert ball.at[1] + radius == pytest.approx(wall.at[1] - 0.01, abs=0.002)  # half of how thick a wall is

    for body in moments("ball_massage"):
        hip = body.points["w_hip"]
        assert distance(hip, ball.at) < FLESH["hip"] + radius + 0.01
        assert sub(ball.at, hip)[0] < 0  # behind the bony point, and turned so that the muscle faces the wall
    high = [body.points["pelvis"][2] for body in moments("ball_massage")]
    assert 30 <= (max(high) - min(high)) * MM <= 45  # circles of about 3 cm


def test_who_rolls_a_buttock_leans_on_a_hand_behind_the_roller_towards_that_side() -> None:
    (roller,) = (prop for prop in figures()["roll_buttocks"].props if prop.kind is PropKind.ROLLER)
    for body in moments("roll_buttocks"):
        assert body.points["w_hand"][0] < roller.at[0] - roller.size[2] / 2 - 0.05
        assert body.points["w_shoulder"][2] < body.points["o_shoulder"][2] - 0.02
        assert abs(body.points["w_hand"][2] - FLESH["hand"]) * MM < 5


def test_arms_are_crossed_on_the_chest_in_a_hip_thrust() -> None:
    for body in moments("hip_thrust"):
        across = column(body.frames["chest"], 1)
        thorax = body.points["thorax"]
        sides = [dot(sub(body.points[f"{side}_wrist"], thorax), across) for side in "wo"]
        deep = [dot(sub(body.points[f"{side}_hand"], thorax), column(body.frames["chest"], 0)) for side in "wo"]
        assert sides[0] < 0 < sides[1]
        assert max(deep) < 0.1


@pytest.mark.parametrize(
    ("name", "hands"),
    [
        ("heel_raise", "wo"),
        ("single_heel_raise", "wo"),
        ("test_heel_raise", "wo"),
        ("quadriceps_stretch", "o"),
    ],
)
def test_hands_lie_flat_on_the_wall_all_the_time(name: str, hands: str) -> None:
    (wall,) = (prop for prop in figures()[name].props if prop.kind is PropKind.WALL)
    for body in moments(name):
        for hand in hands:
            for point in ("wrist", "hand"):
                reached = body.points[f"{hand}_{point}"][0] + FLESH["wrist"]
                assert abs(reached - wall.at[0]) * MM < 10, point
            assert body.points[f"{hand}_hand"][2] > body.points[f"{hand}_wrist"][2]


def test_the_rear_knee_is_on_the_mat_in_the_half_kneel() -> None:
    for body in moments("hip_flexor_stretch"):
        assert abs(body.points["w_knee"][2] - FLESH["knee"]) * MM < 2


def test_the_pelvis_glides_forwards_in_the_half_kneel() -> None:
    glide = rig("hip_flexor_stretch").at(1.0).points["pelvis"][0] - rig("hip_flexor_stretch").start.points["pelvis"][0]

    assert 0.03 < glide < 0.12


def off_line(body: Body, start: str, middle: str, end: str) -> float:
    """How far the middle joint is from the line between the others, seen from the side."""
    (ax, _, az), (bx, _, bz), (cx, _, cz) = (body.points[f"w_{name}"] for name in (start, middle, end))
    return abs((bx - ax) * (cz - az) - (bz - az) * (cx - ax)) / math.hypot(cx - ax, cz - az)


# -- time -----------------------------------------------------------------------------------------------------------

lengths = st.floats(0.5, 120)
fractions = st.floats(0, 1)


@given(fractions, lengths, st.booleans(), st.sampled_from([*StepKind]), st.sampled_from(sorted(figures())))
def test_a_share_is_a_share(fraction: float, length_s: float, held: bool, kind: StepKind, name: str) -> None:
    share = share_at(figure_of(name), Moment(kind, fraction, length_s, held))

    assert -1e-9 <= share <= 1 + 1e-9


@pytest.mark.parametrize("before,after", [("up", "hold"), ("hold", "down"), ("up", "down"), ("down", "up")])
def test_phases_of_a_rep_meet_without_a_jump_of_place_or_speed(before: str, after: str) -> None:
    figure = figure_of("clamshell")
    ends = [share_at(figure, Moment(StepKind(before), at, 2.0, held=False)) for at in (0.999, 1.0)]
    begins = [share_at(figure, Moment(StepKind(after), at, 2.0, held=False)) for at in (0.0, 0.001)]

    assert ends[1] == pytest.approx(begins[0], abs=1e-9)
    assert abs(ends[1] - ends[0]) < 1e-5
    assert abs(begins[1] - begins[0]) < 1e-5


@given(lengths, lengths)
def test_a_held_position_is_entered_while_getting_ready_and_left_while_resting(ready_s: float, rest_s: float) -> None:
    plank = figure_of("plank")

    assert share_at(plank, Moment(StepKind.PREPARE, 0.0, ready_s, held=True)) == 0.0
    assert share_at(plank, Moment(StepKind.PREPARE, 1.0, ready_s, held=True)) == pytest.approx(1.0)
    assert share_at(plank, Moment(StepKind.HOLD, 0.5, 30.0, held=True)) == 1.0
    assert share_at(plank, Moment(StepKind.REST, 0.0, rest_s, held=True)) == pytest.approx(1.0)
    assert share_at(plank, Moment(StepKind.REST, 0.5, rest_s, held=True)) == pytest.approx(0.0)
    assert share_at(plank, Moment(StepKind.REST, 1.0, rest_s, held=True)) == pytest.approx(1.0)


@given(lengths)
def test_a_hold_breathes_whole_breaths_and_never_with_a_jump(length_s: float) -> None:
    plank = figure_of("plank")

    def breath(at_s: float) -> float:
        return breath_at(plank, Moment(StepKind.HOLD, at_s / length_s, length_s, held=True))

    assert breath(0.0) == pytest.approx(0.0, abs=1e-9)
    assert breath(length_s) == pytest.approx(0.0, abs=1e-9)
    assert abs(breath(0.01) - breath(0.0)) < 0.001
    breaths = round(length_s / BREATH_S)
    assert max(breath(length_s * at / 400) for at in range(401)) == pytest.approx(min(1, breaths), abs=0.1)


def test_nothing_but_a_hold_breathes() -> None:
    for kind in set(StepKind) - {StepKind.HOLD}:
        assert breath_at(figure_of("plank"), Moment(kind, 0.3, 30.0, held=True)) == 0.0
    assert breath_at(figure_of("roll_quadriceps"), Moment(StepKind.HOLD, 0.3, 30.0, held=True)) == 0.0


def test_a_counted_exercise_waits_in_its_start() -> None:
    for kind in (StepKind.PREPARE, StepKind.REST, StepKind.SWITCH):
        assert share_at(figure_of("bridge"), Moment(kind, 0.9, 10.0, held=False)) == 0.0


def test_rolling_goes_there_and_back() -> None:
    roll = figure_of("roll_quadriceps")

    shares = [share_at(roll, Moment(StepKind.HOLD, at / 30, 30.0, held=True)) for at in (0, 3, 6, 9)]

    assert shares == pytest.approx([0.0, 1.0, 0.0, 1.0], abs=1e-9)
