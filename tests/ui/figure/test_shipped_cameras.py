"""What a picture must let one see: the camera of a shipped exercise looks from where its point is plain."""

from math import dist

import pytest

from coach.core.figure.skeleton import FOREARM, SHANK, Body
from coach.core.figure.vector import column, scaled
from coach.core.routine.figure import Figure
from coach.ui.figure.scene import Scene, SceneSide, scene_of
from tests.core.figure.test_shipped_figures import figure_of

SIDES: tuple[SceneSide, ...] = ("left", "right")
both_sides = pytest.mark.parametrize("side", SIDES)


def held(figure: Figure, side: SceneSide) -> tuple[Scene, Body]:
    scene = scene_of(figure, side)
    return scene, scene.at(1.0)


def seen(scene: Scene, body: Body, start: str, end: str) -> float:
    """How long the line between two joints is in the picture."""
    return dist(scene.view.at(body.points[start])[:2], scene.view.at(body.points[end])[:2])


@both_sides
@pytest.mark.parametrize(
    "name", ["side_plank", "knee_side_plank", "side_plank_leg_raise", "test_side_plank", "roll_lateral_thigh"]
)
def test_one_sees_that_it_is_the_forearm_that_carries(name: str, side: SceneSide) -> None:
    scene, body = held(figure_of(name), side)

    assert seen(scene, body, "w_elbow", "w_wrist") > 0.6 * FOREARM
    elbow, wrist = (scene.view.at(body.points[f"w_{joint}"]) for joint in ("elbow", "wrist"))
    shoulder = scene.view.at(body.points["w_shoulder"])
    assert abs(wrist[0] - elbow[0]) > 0.06 > abs(elbow[0] - shoulder[0])  # it goes aside where the upper arm goes up


@both_sides
def test_shins_can_be_read_in_the_knee_side_plank(side: SceneSide) -> None:
    scene, body = held(figure_of("knee_side_plank"), side)

    for leg in "wo":
        assert seen(scene, body, f"{leg}_knee", f"{leg}_ankle") > 0.55 * SHANK


@both_sides
def test_the_knee_is_seen_over_the_foot_in_a_step_down_and_never_crosses_the_free_leg(side: SceneSide) -> None:
    scene = scene_of(figure_of("step_down"), side)
    out = 1.0 if side == "left" else -1.0
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        body = scene.at(share)
        knee, ankle, tip = (scene.view.at(body.points[f"w_{joint}"])[0] * out for joint in ("knee", "ankle", "tip"))
        free = [scene.view.at(body.points[f"o_{joint}"])[0] * out for joint in ("hip", "knee", "ankle")]
        assert min(ankle, tip) - 0.02 < knee < max(ankle, tip) + 0.02
        assert knee - max(free) > 0.05


@both_sides
def test_the_massaged_buttock_faces_the_viewer_with_the_ball_beside_it(side: SceneSide) -> None:
    figure = figure_of("ball_massage")
    scene, body = held(figure, side)
    ball = next(prop.at for prop in scene.props if prop.kind.value == "ball")

    assert scene.view.faces(scaled(column(body.frames["pelvis"], 0), -1.0)) > 0.7
    aside = scene.view.at(ball)[0] - scene.view.at(body.points["w_hip"])[0]
    assert abs(aside) > 0.06
