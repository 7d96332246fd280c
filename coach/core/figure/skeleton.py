"""One jointed body: segment lengths, and where every joint is for a pose (forward kinematics).

Lengths are fractions of body height. Thigh, shank, upper arm, forearm, foot and trunk are those of Winter's table
(Drillis and Contini; clinical reference, section 4.3.2); what the table does not have (the halves of the trunk, the
places of hip and shoulder joints across the body, the parts of the foot) is this project's own.
"""

from collections.abc import Mapping

from msgspec import Struct

from coach.core.figure.vector import Matrix, Vec, about_y, add, column, product, turned, yxz
from coach.core.routine.figure import Limbs, Pose, Triple

THIGH = 0.245
SHANK = 0.246
UPPER_ARM = 0.186
FOREARM = 0.146
HAND = 0.085
"""Wrist to the tips of fingers that are a little bent."""
ANKLE_HEIGHT = 0.039
FOOT = 0.152
TRUNK = 0.288
"""From the line of the hips to the line of the shoulders."""

HIP_ASIDE = 0.05
SHOULDER_ASIDE = 0.105
_LUMBAR = 0.055
"""Above the hips: where the spine begins to bend; then where the chest does."""
_THORACIC = 0.13
_NECK = 0.302
_HEAD = 0.1
"""From the base of the neck to the middle of the head."""
_HEEL_BEHIND = 0.042
_BALL_BEFORE = 0.072

BODY_M = 1.75
"""The mean adult that distances in metres are said of."""

SIDES = ("w", "o")
"""Working and other."""

FLESH: Mapping[str, float] = {
    "hip": 0.067,
    "knee": 0.036,
    "ankle": 0.0245,
    "heel": 0.0,
    "ball": 0.0,
    "tip": 0.0,
    "shoulder": 0.046,
    "elbow": 0.0255,
    "wrist": 0.018,
    "hand": 0.0155,
    "pelvis": 0.07,
    "chest": 0.07,
    "head": 0.07,
}
"""From a joint's middle to the skin: how far above the floor it is when it rests there."""


class Body(Struct, frozen=True):
    """Where everything is. Points by name: `pelvis`, `waist`, `chest`, `neck`, `head`, and for each side `w_` or `o_`
    with `hip`, `knee`, `ankle`, `heel`, `ball`, `tip`, `shoulder`, `elbow`, `wrist`, `hand`.

    `frames` turn the axes of a part (forwards, left, up) into those of the room: `pelvis`, `chest`, `head`, and each
    side's `foot`, `thigh`, `shank`, `upper_arm`, `forearm`.
    """

    points: dict[str, Vec]
    frames: dict[str, Matrix]

    def moved(self, by: Vec) -> "Body":
        """The same posture elsewhere."""
        return Body({name: add(point, by) for name, point in self.points.items()}, self.frames)


def place(pose: Pose) -> Body:
    """The body in a pose, the middle of the hips at the origin; the working side is the left one."""
    pitch, roll, yaw = pose.root
    pelvis = product(_about_z(yaw), yxz(pitch, roll, 0.0)) if yaw else yxz(pitch, roll, 0.0)
    bend = _spine(pose.spine)
    loin = product(pelvis, bend)
    chest = product(loin, bend)
    head = product(chest, _whole(pose.neck))
    waist = turned(pelvis, (0.0, 0.0, _LUMBAR))
    thorax = add(waist, turned(loin, (0.0, 0.0, _THORACIC - _LUMBAR)))
    neck = add(thorax, turned(chest, (0.0, 0.0, _NECK - _THORACIC)))
    points: dict[str, Vec] = {
        "pelvis": (0.0, 0.0, 0.0),
        "waist": waist,
        "thorax": thorax,
        "chest": add(thorax, turned(chest, (0.0, 0.0, 0.07))),
        "neck": neck,
        "head": add(neck, turned(head, (0.012, 0.0, _HEAD))),
    }
    frames: dict[str, Matrix] = {"pelvis": pelvis, "loin": loin, "chest": chest, "head": head}
    for side, sign, limbs in (("w", 1.0, pose.working), ("o", -1.0, pose.other_side)):
        _leg(points, frames, side, sign, limbs)
        _arm(points, frames, side, sign, limbs, thorax)
    return Body(points, frames)


def _leg(points: dict[str, Vec], frames: dict[str, Matrix], side: str, sign: float, limbs: Limbs) -> None:
    flexion, abduction, rotation = limbs.hip
    thigh = product(frames["pelvis"], yxz(-flexion, sign * abduction, sign * rotation))
    hip = turned(frames["pelvis"], (0.0, sign * HIP_ASIDE, 0.0))
    knee = add(hip, turned(thigh, (0.0, 0.0, -THIGH)))
    shank = product(thigh, about_y(limbs.knee))
    ankle = add(knee, turned(shank, (0.0, 0.0, -SHANK)))
    points[f"{side}_hip"], points[f"{side}_knee"], points[f"{side}_ankle"] = hip, knee, ankle
    frames[f"{side}_thigh"], frames[f"{side}_shank"] = thigh, shank
    _foot(points, frames, side, product(shank, about_y(-limbs.ankle)), limbs.toes)


def _foot(points: dict[str, Vec], frames: dict[str, Matrix], side: str, foot: Matrix, toes: float) -> None:
    """Put the foot at its ankle, turned as `foot` says."""
    ankle = points[f"{side}_ankle"]
    ball = add(ankle, turned(foot, (_BALL_BEFORE, 0.0, -ANKLE_HEIGHT)))
    front = product(foot, about_y(-toes))
    points[f"{side}_heel"] = add(ankle, turned(foot, (-_HEEL_BEHIND, 0.0, -ANKLE_HEIGHT)))
    points[f"{side}_ball"] = ball
    points[f"{side}_tip"] = add(ball, turned(front, (FOOT - _HEEL_BEHIND - _BALL_BEFORE, 0.0, 0.0)))
    frames[f"{side}_foot"], frames[f"{side}_toes"] = foot, front


def _arm(points: dict[str, Vec], frames: dict[str, Matrix], side: str, sign: float, limbs: Limbs, thorax: Vec) -> None:
    flexion, abduction, rotation = limbs.shoulder
    chest = frames["chest"]
    shoulder = add(thorax, turned(chest, (0.0, sign * SHOULDER_ASIDE, TRUNK - _THORACIC)))
    upper = product(chest, yxz(-flexion, sign * abduction, sign * rotation))
    elbow = add(shoulder, turned(upper, (0.0, 0.0, -UPPER_ARM)))
    forearm = product(upper, about_y(-limbs.elbow))
    wrist = add(elbow, turned(forearm, (0.0, 0.0, -FOREARM)))
    hand = product(forearm, about_y(limbs.wrist))
    points[f"{side}_shoulder"], points[f"{side}_elbow"], points[f"{side}_wrist"] = shoulder, elbow, wrist
    points[f"{side}_hand"] = add(wrist, turned(hand, (0.0, 0.0, -HAND)))
    frames[f"{side}_upper_arm"], frames[f"{side}_forearm"], frames[f"{side}_palm"] = upper, forearm, hand


def _spine(bend: Triple) -> Matrix:
    """Half of the bend: it is shared by loin and chest."""
    flexion, aside, turn = bend
    return yxz(flexion / 2, -aside / 2, turn / 2)


def _whole(bend: Triple) -> Matrix:
    flexion, aside, turn = bend
    return yxz(flexion, -aside, turn)


def _about_z(degrees: float) -> Matrix:
    return yxz(0.0, 0.0, degrees)


def forwards(body: Body, part: str) -> Vec:
    """Where the front of a part points."""
    return column(body.frames[part], 0)


def upwards(body: Body, part: str) -> Vec:
    """Where the upper end of a part points."""
    return column(body.frames[part], 2)
