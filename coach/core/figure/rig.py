"""A figure with its contacts solved: what rests touches, what is held is held, through the whole movement.

The order: the joint angles place the body; the pelvis is turned until both ends of it touch (`level`) and shifted
until the lowest resting point does, and up from there in flight; then it is shifted along the floor so that `fixed`
stays; at last limbs whose ends are pinned or lie on another part are bent to get there (two bones and the plane they
were bent in).
"""

from math import sqrt
from typing import Final

import msgspec

from coach.core.figure.flight import lift_at
from coach.core.figure.pose import eased
from coach.core.figure.skeleton import (
    FLESH,
    FOREARM,
    HAND,
    SHANK,
    THIGH,
    UPPER_ARM,
    Body,
    place,
)
from coach.core.figure.stride import pose_at
from coach.core.figure.vector import (
    Matrix,
    Vec,
    add,
    along,
    between,
    column,
    cross,
    dot,
    length,
    scaled,
    sub,
    turned,
    unit,
)
from coach.core.routine.figure import Figure, Limb, Pose, Reach, Rest

_LEVEL_STEPS: Final = 6
_LEVEL_NEAR: Final = 2e-4
_STRAIGHT: Final = 0.9995
"""A limb never gets quite straight: a knee that snaps would be seen."""


class Rig:
    """One figure, ready to be asked for any moment of its movement."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        start = self._settled(figure.start)
        by = _home(figure, start)
        self._start = self._flat(start.moved(by))
        self._anchor = _middle(figure, self._start)
        self._start = self._reached(self._start, 0.0)
        """As it stands: what is pinned is pinned there, even if the movement begins in the air."""
        self._first = self._lifted(self._start, 0.0)

    @property
    def start(self) -> Body:
        """The first moment: what props are placed by."""
        return self._first

    def at(self, share: float) -> Body:
        """The body a share of the way from start to end; the working side is the left one."""
        if share <= 0.0:
            return self._first
        body = self._settled(pose_at(self.figure, share))
        body = self._lifted(body, share)
        if self.figure.fixed:
            gap = sub(self._anchor, _middle(self.figure, body))
            body = body.moved((gap[0], gap[1], 0.0))
        return self._reached(self._pinned(self._flat(body), share), share)

    # -- the root -----------------------------------------------------------------------------------------------------

    def _settled(self, pose: Pose) -> Body:
        figure = self.figure
        body = self._levelled(pose) if figure.level and len(figure.rests) > 1 else place(pose)
        if not figure.rests:
            return body
        return body.moved((0.0, 0.0, -min(_over(rest, body) for rest in figure.rests)))

    def _lifted(self, body: Body, share: float) -> Body:
        lift = lift_at(self.figure, share)
        return body.moved((0.0, 0.0, lift)) if lift else body

    def _levelled(self, pose: Pose) -> Body:
        """Turn the pelvis until the first and the last resting point are as far from what they rest on."""
        first, last = self.figure.rests[0], self.figure.rests[-1]
        axis = 0 if self.figure.level == "pitch" else 1

        def tried(angle: float) -> tuple[Body, float]:
            root = (angle, *pose.root[1:]) if axis == 0 else (pose.root[0], angle, pose.root[2])
            body = place(msgspec.structs.replace(pose, root=root))
            return body, _over(first, body) - _over(last, body)

        before = pose.root[axis]
        body, off_before = tried(before)
        angle = before + 2.0
        for _ in range(_LEVEL_STEPS):
            body, off = tried(angle)
            if abs(off) < _LEVEL_NEAR or off == off_before:
                break
            angle, before, off_before = angle - off * (angle - before) / (off - off_before), angle, off
        return body

    # -- the limbs ----------------------------------------------------------------------------------------------------

    def _flat(self, body: Body) -> Body:
        """Lay forearms flat where their elbow is."""
        if not self.figure.flat:
            return body
        points, frames = dict(body.points), dict(body.frames)
        for side in self.figure.flat:
            elbow, wrist = points[f"{side}_elbow"], points[f"{side}_wrist"]
            ahead = sub(wrist, elbow)
            ahead = unit((ahead[0], ahead[1], 0.0))
            points[f"{side}_wrist"] = along(elbow, ahead, FOREARM)
            points[f"{side}_hand"] = along(elbow, ahead, FOREARM + HAND)
            frames[f"{side}_forearm"] = _frame(scaled(ahead, -1.0), (0.0, 0.0, 1.0))
        return Body(points, frames)

    def _pinned(self, body: Body, share: float) -> Body:
        if not self.figure.pins:
            return body
        up = (0.0, 0.0, lift_at(self.figure, share))
        points, frames = dict(body.points), dict(body.frames)
        for limb in self.figure.pins:
            side = limb.value[0]
            if limb in (Limb.W_FOOT, Limb.O_FOOT):
                _bend_leg(points, frames, side, add(self._start.points[f"{side}_ankle"], up))
                self._as_it_was(points, f"{side}_ankle", "heel", "ball", "tip")
                frames[f"{side}_foot"] = self._start.frames[f"{side}_foot"]
                frames[f"{side}_toes"] = self._start.frames[f"{side}_toes"]
            else:
                _bend_arm(points, frames, side, add(self._start.points[f"{side}_wrist"], up))
                self._as_it_was(points, f"{side}_wrist", "hand")
        return Body(points, frames)

    def _as_it_was(self, points: dict[str, Vec], end: str, *parts: str) -> None:
        """Put what hangs on the end of a limb to it as at the start."""
        start = self._start.points
        for part in parts:
            name = f"{end[0]}_{part}"
            points[name] = add(points[end], sub(start[name], start[end]))

    def _reached(self, body: Body, share: float) -> Body:
        if not self.figure.reaches:
            return body
        points, frames = dict(body.points), dict(body.frames)
        for reach in self.figure.reaches:
            side = reach.limb.value[0]
            target = target_of(reach, points, frames["pelvis"], share)
            if share < reach.since:
                end = "ankle" if reach.limb in (Limb.W_FOOT, Limb.O_FOOT) else "wrist"
                target = between(points[f"{side}_{end}"], target, eased(share / reach.since))
            if reach.limb in (Limb.W_FOOT, Limb.O_FOOT):
                ankle = points[f"{side}_ankle"]
                _bend_leg(points, frames, side, target)
                for part in ("heel", "ball", "tip"):  # turned as before, and the toes with it
                    points[f"{side}_{part}"] = add(points[f"{side}_{part}"], sub(points[f"{side}_ankle"], ankle))
            else:
                ahead = unit(sub(points[f"{side}_hand"], points[f"{side}_wrist"]))
                _bend_arm(points, frames, side, target)
                points[f"{side}_hand"] = along(points[f"{side}_wrist"], ahead, HAND)
        return Body(points, frames)


def mirrored(body: Body) -> Body:
    """The body as in a mirror along its middle: the working side is the right one."""
    return Body(
        {name: (x, -y, z) for name, (x, y, z) in body.points.items()},
        {name: _mirrored(frame) for name, frame in body.frames.items()},
    )


def _mirrored(m: Matrix) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = m
    return (a, -b, c), (-d, e, -f), (g, -h, i)


def _over(rest: Rest, body: Body) -> float:
    """How far a resting point is above what it rests on."""
    name = rest.point.value
    flesh = FLESH[name.removeprefix("w_").removeprefix("o_")]
    return body.points[name][2] - flesh - rest.height


def _middle(figure: Figure, body: Body) -> Vec:
    if not figure.fixed:
        return (0.0, 0.0, 0.0)
    total: Vec = (0.0, 0.0, 0.0)
    for point in figure.fixed:
        total = add(total, body.points[point.value])
    return scaled(total, 1 / len(figure.fixed))


def _home(figure: Figure, body: Body) -> Vec:
    """The shift that brings the start to the middle of the room."""
    del figure
    x, y, _ = body.points["pelvis"]
    return (-x, -y, 0.0)


def target_of(reach: Reach, points: dict[str, Vec], pelvis: Matrix, share: float) -> Vec:
    """Where the wrist or ankle of a reach belongs, a share of the way from start to end."""
    start, end = points[reach.from_.value], points[reach.to.value]
    slid = 0.0 if reach.slides_to is None else (reach.slides_to - reach.share) * share
    middle = between(start, end, reach.share + slid)
    aside = turned(pelvis, reach.towards)
    # Away from the part, not along it.
    line = unit(sub(end, start))
    aside = sub(aside, scaled(line, dot(aside, line)))
    return along(middle, unit(aside), reach.gap) if length(aside) else middle


def _bend_leg(points: dict[str, Vec], frames: dict[str, Matrix], side: str, target: Vec) -> None:
    hip, knee = points[f"{side}_hip"], points[f"{side}_knee"]
    forwards = column(frames[f"{side}_thigh"], 0)
    knee, ankle, bent = _two_bones(hip, knee, target, THIGH, SHANK, forwards)
    points[f"{side}_knee"], points[f"{side}_ankle"] = knee, ankle
    frames[f"{side}_thigh"] = _frame(unit(sub(hip, knee)), bent)
    frames[f"{side}_shank"] = _frame(unit(sub(knee, ankle)), bent)


def _bend_arm(points: dict[str, Vec], frames: dict[str, Matrix], side: str, target: Vec) -> None:
    shoulder, elbow = points[f"{side}_shoulder"], points[f"{side}_elbow"]
    backwards = scaled(column(frames[f"{side}_upper_arm"], 0), -1.0)
    elbow, wrist, bent = _two_bones(shoulder, elbow, target, UPPER_ARM, FOREARM, backwards)
    points[f"{side}_elbow"], points[f"{side}_wrist"] = elbow, wrist
    frames[f"{side}_upper_arm"] = _frame(unit(sub(shoulder, elbow)), scaled(bent, -1.0))
    frames[f"{side}_forearm"] = _frame(unit(sub(elbow, wrist)), scaled(bent, -1.0))


def _two_bones(root: Vec, joint: Vec, target: Vec, upper: float, lower: float, pole: Vec) -> tuple[Vec, Vec, Vec]:
    """The middle joint, the end as near to `target` as it gets, and the direction that the joint bends to."""
    way = sub(target, root)
    far = length(way)
    line = scaled(way, 1 / far) if far else (0.0, 0.0, -1.0)
    far = min(max(far, abs(upper - lower) + 1e-6), (upper + lower) * _STRAIGHT)
    bent = _across(sub(joint, root), line)
    if length(bent) < 1e-3:
        bent = _across(pole, line)
    bent = unit(bent)
    forth = (upper * upper + far * far - lower * lower) / (2 * far)
    aside = sqrt(max(0.0, upper * upper - forth * forth))
    return along(along(root, line, forth), bent, aside), along(root, line, far), bent


def _across(vector: Vec, line: Vec) -> Vec:
    return sub(vector, scaled(line, dot(vector, line)))


def _frame(up: Vec, forwards: Vec) -> Matrix:
    """The axes of a part whose upper end points `up`, turned to the front."""
    front = unit(_across(forwards, up))
    left = cross(up, front)
    return (front[0], left[0], up[0]), (front[1], left[1], up[1]), (front[2], left[2], up[2])
