"""Contacts of any figure, also of one that a file brings: a rig never fails, and what it solves is solved."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.figure.rig import Rig
from coach.core.figure.skeleton import FOREARM, SHANK, THIGH, UPPER_ARM, place
from coach.core.figure.vector import distance, sub
from coach.core.routine.figure import Figure, Flight, Limb, Limbs, Point, Pose, Reach, Rest

angles = st.floats(-360, 360)
triples = st.tuples(angles, angles, angles)
limbs = st.builds(
    Limbs, hip=triples, knee=angles, ankle=angles, toes=angles, shoulder=triples, elbow=angles, wrist=angles
)
poses = st.builds(Pose, root=triples, spine=triples, neck=triples, working=limbs, other=st.none() | limbs)
points = st.sampled_from(Point)
shares = st.floats(0, 1)
places = st.floats(-2, 2)
reaches = st.builds(
    Reach,
    limb=st.sampled_from(Limb),
    from_=points,
    to=points,
    share=shares,
    slides_to=st.none() | shares,
    gap=st.floats(0, 0.3),
    towards=st.tuples(places, places, places),
    since=shares,
)
figures = st.builds(
    Figure,
    start=poses,
    end=st.none() | poses,
    middle=st.none() | poses,
    flight=st.none() | st.builds(Flight, height=st.floats(0.001, 0.3), over=st.floats(0.01, 1)),
    alternates=st.booleans(),
    loop_s=st.sampled_from([0.0, 1.0]),
    rests=st.lists(st.builds(Rest, point=points, height=shares), max_size=3).map(tuple),
    level=st.none() | st.sampled_from(["pitch", "roll"]),
    fixed=st.lists(points, max_size=2).map(tuple),
    pins=st.lists(st.sampled_from(Limb), max_size=4).map(tuple),
    flat=st.lists(st.sampled_from(["w", "o"]), max_size=2).map(tuple),
    reaches=st.lists(reaches, max_size=3).map(tuple),
)


@given(figures, shares)
@settings(max_examples=300)
def test_any_figure_is_placed_somewhere(figure: Figure, share: float) -> None:
    body = Rig(figure).at(share)

    for at in body.points.values():
        assert all(math.isfinite(value) for value in at)
    for side in "wo":
        for upper, lower, long in (("hip", "knee", THIGH), ("knee", "ankle", SHANK), ("shoulder", "elbow", UPPER_ARM)):
            assert math.isclose(
                distance(body.points[f"{side}_{upper}"], body.points[f"{side}_{lower}"]), long, abs_tol=1e-6
            )


@given(poses)
def test_standing_upright_is_as_tall_as_a_body(pose: Pose) -> None:
    body = place(Pose())

    assert math.isclose(body.points["head"][2] + 0.07 - body.points["w_heel"][2], 1.0, abs_tol=0.01)
    assert place(pose).points["pelvis"] == (0.0, 0.0, 0.0)


def turned_by(**changed: object) -> dict[str, tuple[float, float, float]]:
    return place(Pose(working=Limbs(**changed))).points  # type: ignore[arg-type] # one joint at a time


def test_angles_have_clinical_signs() -> None:
    """x forwards, y to the left, which is the working side, z up."""
    straight = place(Pose()).points

    assert turned_by(hip=(30.0, 0.0, 0.0))["w_knee"][0] > straight["w_knee"][0]  # flexion: forwards
    assert turned_by(hip=(0.0, 30.0, 0.0))["w_knee"][1] > straight["w_knee"][1]  # abduction: outwards
    assert turned_by(hip=(0.0, 0.0, 30.0))["w_tip"][1] > straight["w_tip"][1]  # external rotation: toes out
    assert turned_by(knee=30.0)["w_ankle"][0] < straight["w_ankle"][0]  # flexion: heel back
    assert turned_by(ankle=20.0)["w_tip"][2] > straight["w_tip"][2]  # dorsiflexion: toes up
    assert turned_by(toes=40.0)["w_tip"][2] > straight["w_tip"][2]
    assert turned_by(shoulder=(90.0, 0.0, 0.0))["w_elbow"][0] > 0.18
    assert turned_by(shoulder=(0.0, 90.0, 0.0))["w_elbow"][1] > 0.28
    assert turned_by(elbow=90.0)["w_wrist"][0] > 0.14
    other = place(Pose(working=Limbs(), other=Limbs(hip=(0.0, 30.0, 30.0)))).points
    assert other["o_knee"][1] < straight["o_knee"][1]
    assert other["o_tip"][1] < straight["o_tip"][1]
    bent = place(Pose(spine=(30.0, 0.0, 0.0))).points
    assert bent["neck"][0] > 0.1
    assert place(Pose(spine=(0.0, 30.0, 0.0))).points["neck"][1] > 0.1
    assert math.isclose(distance(turned_by(elbow=90.0)["w_elbow"], turned_by(elbow=90.0)["w_wrist"]), FOREARM)


def test_on_the_back_face_down_and_on_the_side() -> None:
    back, down, side = (place(Pose(root=root)).frames["pelvis"] for root in ((-90, 0, 0), (90, 0, 0), (0, 90, 0)))

    assert [row[0] for row in back][2] > 0.99  # the front looks up
    assert [row[0] for row in down][2] < -0.99
    assert [row[1] for row in side][2] > 0.99  # the working side is on top


@given(angle=st.floats(-30, 75), share=st.floats(0, 1))
def test_a_foot_that_lies_on_the_other_leg_keeps_its_toes_as_the_pose_has_them(angle: float, share: float) -> None:
    pose = Pose(root=(-90, 0, 0), working=Limbs(hip=(90.0, 20.0, 40.0), knee=90.0, toes=angle), other=Limbs(knee=20.0))
    reach = Reach(Limb.W_FOOT, Point.O_KNEE, Point.O_HIP, share=0.2)

    lying, free = Rig(Figure(pose, pose, reaches=(reach,))).at(share), Rig(Figure(pose)).at(share)

    assert lying.points["w_ankle"] != free.points["w_ankle"]
    for part in ("heel", "ball", "tip"):
        off = [sub(body.points[f"w_{part}"], body.points["w_ankle"]) for body in (lying, free)]
        assert distance(*off) < 1e-9


def test_a_hand_slides_along_a_leg() -> None:
    sitting = Pose(working=Limbs(hip=(90.0, 0.0, 0.0), shoulder=(60.0, 0.0, 0.0), elbow=20.0))
    reach = Reach(Limb.W_HAND, Point.W_HIP, Point.W_KNEE, share=0.4, slides_to=0.9)
    rig = Rig(Figure(sitting, sitting, reaches=(reach,)))

    places = [rig.at(share).points["w_wrist"][0] / THIGH for share in (0.0, 0.5, 1.0)]

    assert places == pytest.approx([0.4, 0.65, 0.9], abs=1e-3)
