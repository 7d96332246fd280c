"""The person on the mat. For now a still drawing of the starting position: it does not pretend to move.

A body is a handful of joints in three dimensions, in fractions of body height: x along the mat, y towards the
viewer, z up. Every part is a row of balls seen through a parallel camera and filled to one shape, so that the same
code serves the screen, the handout and the picture files at any size.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.core.routine.exercise import Position
from coach.ui import theme
from coach.ui.a11y import Readout
from coach.ui.tokens import Tokens, mix
from coach.words.translate import tr

Side = Literal["left", "right", "both"]


@dataclass(frozen=True, slots=True)
class Pose:
    """What the figure is to show: which exercise, from where, which side works, and how far the phase is (0 to 1)."""

    exercise: str
    position: Position
    side: Side | None = None
    phase: str = ""
    fraction: float = 0.0


Point = tuple[float, float, float]

_SOFT: Final = 5
"""Steps of a shadow's edge."""


class _Arm(NamedTuple):
    shoulder: Point
    elbow: Point
    wrist: Point
    tips: Point


class _Leg(NamedTuple):
    hip: Point
    knee: Point
    ankle: Point
    heel: Point
    toes: Point


class _Body(NamedTuple):
    """One still pose. `near` is the side towards the viewer, or the upper one: the side that works."""

    near_arm: _Arm
    far_arm: _Arm
    near_leg: _Leg
    far_leg: _Leg
    neck: Point
    head: Point
    face: Point
    """Where the face looks."""
    crown: Point
    """Where the top of the head points."""
    mat: tuple[float, float, float, float]
    """Left, right, back and front edge."""
    turn: float
    tilt: float
    """The camera, in degrees: round the vertical, and down from the horizon."""
    seat: float = 0.0
    """The height of a stool's seat; 0 is none."""
    head_last: bool = False


def _arms(shoulder: Point, elbow: Point, wrist: Point, tips: Point) -> tuple[_Arm, _Arm]:
    """Both arms, the far one as the near one in a mirror along the middle of the body."""
    near = _Arm(shoulder, elbow, wrist, tips)
    return near, _Arm(_far(shoulder), _far(elbow), _far(wrist), _far(tips))


def _legs(hip: Point, knee: Point, ankle: Point, heel: Point, toes: Point) -> tuple[_Leg, _Leg]:
    near = _Leg(hip, knee, ankle, heel, toes)
    return near, _Leg(_far(hip), _far(knee), _far(ankle), _far(heel), _far(toes))


def _far(point: Point) -> Point:
    x, y, z = point
    return x, -y, z


def _supine() -> _Body:
    near_arm, far_arm = _arms((-0.29, 0.115, 0.085), (-0.12, 0.175, 0.04), (0.02, 0.185, 0.03), (0.1, 0.185, 0.022))
    near_leg, far_leg = _legs(
        (0.0, 0.055, 0.08), (0.15, 0.06, 0.275), (0.225, 0.06, 0.048), (0.195, 0.06, 0.03), (0.335, 0.065, 0.024)
    )
    return _Body(
        near_arm,
        far_arm,
        near_leg,
        far_leg,
        neck=(-0.35, 0.0, 0.085),
        head=(-0.43, 0.0, 0.085),
        face=(0.1, 0.12, 1.0),
        crown=(-1.0, 0.0, 0.15),
        mat=(-0.56, 0.46, -0.29, 0.29),
        turn=-10.0,
        tilt=16.0,
    )


def _side_lying() -> _Body:
    return _Body(
        near_arm=_Arm((0.275, 0.0, 0.235), (0.155, 0.12, 0.2), (0.21, 0.22, 0.085), (0.245, 0.27, 0.03)),
        far_arm=_Arm((0.29, 0.03, 0.06), (0.45, 0.1, 0.035), (0.535, 0.0, 0.045), (0.545, -0.07, 0.06)),
        near_leg=_Leg(
            (0.0, 0.0, 0.175), (-0.155, 0.13, 0.285), (-0.325, 0.03, 0.14), (-0.325, -0.01, 0.13), (-0.42, 0.1, 0.125)
        ),
        far_leg=_Leg(
            (0.0, 0.0, 0.07), (-0.17, 0.175, 0.055), (-0.345, 0.01, 0.05), (-0.345, -0.03, 0.04), (-0.43, 0.09, 0.035)
        ),
        neck=(0.345, 0.01, 0.15),
        head=(0.43, 0.03, 0.145),
        face=(0.05, 1.0, 0.1),
        crown=(1.0, 0.0, -0.05),
        mat=(-0.56, 0.64, -0.26, 0.36),
        turn=0.0,
        tilt=32.0,
    )


def _prone() -> _Body:
    near_arm, far_arm = _arms((0.28, 0.12, 0.08), (0.4, 0.245, 0.032), (0.47, 0.1, 0.032), (0.49, 0.01, 0.035))
    near_leg, far_leg = _legs(
        (0.0, 0.055, 0.08), (-0.245, 0.06, 0.055), (-0.485, 0.06, 0.052), (-0.515, 0.06, 0.075), (-0.6, 0.06, 0.022)
    )
    return _Body(
        near_arm,
        far_arm,
        near_leg,
        far_leg,
        neck=(0.345, 0.0, 0.1),
        head=(0.435, 0.02, 0.12),
        face=(0.12, 0.85, -0.35),
        crown=(1.0, 0.0, 0.1),
        mat=(-0.7, 0.58, -0.3, 0.32),
        turn=10.0,
        tilt=22.0,
        head_last=True,
    )


def _half_kneeling() -> _Body:
    return _Body(
        near_arm=_Arm((0.0, 0.12, 0.585), (0.075, 0.15, 0.42), (0.18, 0.06, 0.355), (0.245, 0.0, 0.34)),
        far_arm=_Arm((0.02, -0.12, 0.585), (0.1, -0.16, 0.425), (0.195, -0.1, 0.36), (0.26, -0.06, 0.345)),
        near_leg=_Leg(
            (0.0, 0.055, 0.3), (-0.015, 0.06, 0.05), (-0.255, 0.06, 0.045), (-0.285, 0.06, 0.065), (-0.36, 0.06, 0.022)
        ),
        far_leg=_Leg(
            (0.0, -0.055, 0.3), (0.24, -0.06, 0.295), (0.25, -0.06, 0.05), (0.22, -0.06, 0.032), (0.36, -0.06, 0.024)
        ),
        neck=(0.015, 0.0, 0.645),
        head=(0.035, 0.0, 0.735),
        face=(1.0, 0.1, 0.0),
        crown=(0.0, 0.0, 1.0),
        mat=(-0.5, 0.52, -0.26, 0.26),
        turn=20.0,
        tilt=8.0,
    )


def _sitting() -> _Body:
    near_arm, far_arm = _arms((0.0, 0.12, 0.6), (0.03, 0.155, 0.43), (0.145, 0.09, 0.375), (0.215, 0.075, 0.35))
    near_leg, far_leg = _legs(
        (0.0, 0.055, 0.31), (0.24, 0.065, 0.295), (0.25, 0.065, 0.05), (0.22, 0.065, 0.032), (0.36, 0.07, 0.024)
    )
    return _Body(
        near_arm,
        far_arm,
        near_leg,
        far_leg,
        neck=(0.005, 0.0, 0.66),
        head=(0.02, 0.0, 0.75),
        face=(1.0, 0.05, 0.0),
        crown=(0.0, 0.0, 1.0),
        mat=(-0.42, 0.54, -0.28, 0.28),
        turn=26.0,
        tilt=8.0,
        seat=0.235,
    )


def _standing() -> _Body:
    near_arm, far_arm = _arms((0.0, 0.125, 0.815), (-0.01, 0.17, 0.635), (0.03, 0.175, 0.495), (0.045, 0.17, 0.415))
    near_leg, far_leg = _legs(
        (0.0, 0.055, 0.53), (0.008, 0.06, 0.285), (0.0, 0.065, 0.05), (-0.03, 0.065, 0.032), (0.105, 0.085, 0.024)
    )
    return _Body(
        near_arm,
        far_arm,
        near_leg,
        far_leg,
        neck=(0.005, 0.0, 0.865),
        head=(0.015, 0.0, 0.945),
        face=(1.0, 0.0, 0.0),
        crown=(0.0, 0.0, 1.0),
        mat=(-0.36, 0.4, -0.26, 0.26),
        turn=40.0,
        tilt=8.0,
    )


_STILL: Final = {
    Position.SUPINE: _supine(),
    Position.SIDE_LYING: _side_lying(),
    Position.PRONE: _prone(),
    Position.HALF_KNEELING: _half_kneeling(),
    Position.SITTING: _sitting(),
    Position.STANDING: _standing(),
}


class _Camera:
    """Turns joints into points of the picture: parallel, so that nothing grows or shrinks with distance."""

    def __init__(self, body: _Body, box: QRectF, *, mirrored: bool) -> None:
        turn, tilt = math.radians(body.turn), math.radians(body.tilt)
        self._cos, self._sin = math.cos(turn), math.sin(turn)
        self._up, self._down = math.cos(tilt), math.sin(tilt)
        self._flip = -1.0 if mirrored else 1.0
        self.scale = 1.0
        self._shift = QPointF()
        corners = [self.at(point) for point in _extent(body)]
        left, right = min(c.x() for c in corners), max(c.x() for c in corners)
        top, bottom = min(c.y() for c in corners), max(c.y() for c in corners)
        self.scale = min(box.width() / (right - left), box.height() / (bottom - top))
        self._shift = box.center() - QPointF(left + right, top + bottom) * (self.scale / 2)

    def at(self, point: Point) -> QPointF:
        """Where `point` is in the picture."""
        x, y, z = point
        across, towards = x * self._cos - y * self._sin, x * self._sin + y * self._cos
        return QPointF(self._flip * across, -(z * self._up - towards * self._down)) * self.scale + self._shift

    def faces(self, direction: Point) -> float:
        """How much `direction` points at the viewer: 1 straight at, -1 straight away."""
        x, y, z = direction
        length = math.sqrt(x * x + y * y + z * z)
        return ((x * self._sin + y * self._cos) * self._up + z * self._down) / length


def _extent(body: _Body) -> list[Point]:
    """Points whose picture holds all of the picture."""
    left, right, back, front = body.mat
    corners: list[Point] = [(x, y, 0.0) for x in (left, right) for y in (back, front)]
    x, y, z = body.head
    reach = 0.1
    corners += [(x, y, z + reach), (x - reach, y, z), (x + reach, y, z)]
    corners += [body.near_leg.knee, body.near_arm.shoulder]
    return corners


Ball = tuple[QPointF, float]


class _Brush:
    """Fills rows of balls as one shape: first all of it a little larger in the edge's colour, then the ground.

    So no seam shows where two parts meet; and filling is several times as fast as stroking.
    """

    def __init__(self, painter: QPainter, camera: _Camera) -> None:
        self._painter = painter
        self._camera = camera
        self._edge = max(1.0, 0.0065 * camera.scale)

    def row(self, *balls: tuple[Point, float]) -> list[tuple[Ball, Ball]]:
        """The capsules of a limb: ball to ball, tapered."""
        return list(pairwise(self._seen(balls)))

    def bundle(self, *balls: tuple[Point, float]) -> list[tuple[Ball, Ball]]:
        """The capsules of a trunk: every ball with every other. Three balls or four leave no hole."""
        return list(combinations(self._seen(balls), 2))

    def single(self, point: Point, radius: float) -> list[tuple[Ball, Ball]]:
        """One ball."""
        (ball,) = self._seen([(point, radius)])
        return [(ball, ball)]

    def fill(self, capsules: list[tuple[Ball, Ball]], ground: str, edge: str) -> None:
        """Paint the capsules as one shape."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        for colour, more in ((edge, self._edge), (ground, 0.0)):
            self._painter.setBrush(QColor(colour))
            for (a, ra), (b, rb) in capsules:
                self._painter.drawPath(_tapered((a, ra + more), (b, rb + more)))

    def _seen(self, balls: Iterable[tuple[Point, float]]) -> list[Ball]:
        return [(self._camera.at(point), radius * self._camera.scale) for point, radius in balls]


def _tapered(one: Ball, other: Ball) -> QPainterPath:
    """A capsule from ball to ball: the outer arcs of both circles and the tangents between them."""
    (a, ra), (b, rb) = one, other
    gap = b - a
    distance = math.hypot(gap.x(), gap.y())
    path = QPainterPath()
    if distance <= abs(ra - rb):  # one ball hides the other
        path.addEllipse(*((a, ra, ra) if ra > rb else (b, rb, rb)))
        return path
    # Qt counts degrees against the clock, while y grows downwards here.
    middle = -math.degrees(math.atan2(gap.y(), gap.x()))
    spread = math.degrees(math.acos((ra - rb) / distance))
    path.arcMoveTo(_square(a, ra), middle - spread)
    path.arcTo(_square(a, ra), middle - spread, 2 * spread - 360)
    path.arcTo(_square(b, rb), middle + spread, -2 * spread)
    path.closeSubpath()
    return path


def _square(middle: QPointF, radius: float) -> QRectF:
    return QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)


def _between(one: Point, other: Point, share: float) -> Point:
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )


def paint_figure(painter: QPainter, box: QRectF, pose: Pose, tokens: Tokens) -> None:
    """Paint the person in `box`, mirrored when the right side works; leaves the painter as it was."""
    body = _STILL[pose.position]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = max(3.0, 0.04 * min(box.width(), box.height()))
    camera = _Camera(body, box.adjusted(inset, inset, -inset, -inset), mirrored=pose.side == "right")
    _paint_floor(painter, camera, body, tokens)
    brush = _Brush(painter, camera)
    shade = 0.2 if tokens.scheme == "light" else 0.3
    _paint_arm(brush, body.far_arm, tokens, shade)
    _paint_leg(brush, body.far_leg, tokens, shade)
    if body.seat:
        _paint_seat(painter, camera, body.seat, tokens)
    _paint_neck(brush, body, tokens)
    if not body.head_last:
        _paint_head(painter, brush, camera, body, tokens)
    _paint_trunk(brush, body, tokens)
    _paint_leg(brush, body.near_leg, tokens, 0.0)
    _paint_arm(brush, body.near_arm, tokens, 0.0)
    if body.head_last:
        _paint_head(painter, brush, camera, body, tokens)
    painter.restore()


def _paint_floor(painter: QPainter, camera: _Camera, body: _Body, tokens: Tokens) -> None:
    left, right, back, front = body.mat
    corners: list[Point] = [(left, back, 0.0), (right, back, 0.0), (right, front, 0.0), (left, front, 0.0)]
    mat = QPolygonF([camera.at(corner) for corner in corners])
    painter.setPen(QPen(QColor(tokens.figure.mat_line), max(1.0, 0.006 * camera.scale), j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QColor(tokens.figure.mat))
    painter.drawPolygon(mat)
    joints = (body.near_leg.ankle, body.far_leg.ankle, body.near_leg.hip, body.near_arm.shoulder, body.head)
    grounds = [camera.at((x, y, 0.0)) for x, y, _ in joints]
    for one, other in pairwise(grounds):
        _paint_shadow(painter, (one + other) / 2, math.hypot((other - one).x(), (other - one).y()), camera, tokens)


def _paint_shadow(painter: QPainter, middle: QPointF, length: float, camera: _Camera, tokens: Tokens) -> None:
    """A soft pool beneath one part of the body, in steps: a gradient takes longer to load and to paint."""
    wide, high = length / 2 + 0.11 * camera.scale, 0.058 * camera.scale
    dark = QColor(tokens.figure.shadow)
    dark.setAlphaF((0.13 if tokens.scheme == "light" else 0.3) / _SOFT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(dark)
    for step in range(_SOFT):
        share = 1 - step / (_SOFT + 1)
        painter.drawEllipse(middle, wide * share, high * share)


def _paint_seat(painter: QPainter, camera: _Camera, height: float, tokens: Tokens) -> None:
    """A plain stool: two faces in the shade and the seat in the light."""
    left, right, back, front = -0.16, 0.15, -0.15, 0.15
    colours = tokens.figure
    painter.setPen(QPen(QColor(colours.prop_line), max(1.0, 0.006 * camera.scale), j=Qt.PenJoinStyle.RoundJoin))
    top: list[Point] = [(left, back, height), (right, back, height), (right, front, height), (left, front, height)]
    side: list[Point] = [(right, back, 0.0), (right, front, 0.0), top[2], top[1]]
    face: list[Point] = [(left, front, 0.0), (right, front, 0.0), top[2], top[3]]
    faces = (
        (mix(colours.prop, colours.shadow, 0.14), side),
        (mix(colours.prop, colours.shadow, 0.06), face),
        (colours.prop, top),
    )
    for colour, corners in faces:
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF([camera.at(corner) for corner in corners]))


class _Cloth(NamedTuple):
    """Ground and edge of a part, a shade darker on the far side."""

    ground: str
    edge: str

    def shaded(self, tokens: Tokens, shade: float) -> tuple[str, str]:
        dark = tokens.figure.shadow
        return mix(self.ground, dark, shade), mix(self.edge, dark, shade)


def _paint_arm(brush: _Brush, arm: _Arm, tokens: Tokens, shade: float) -> None:
    skin = _Cloth(tokens.figure.skin, tokens.figure.skin_line)
    top = _Cloth(tokens.figure.top, tokens.figure.top_line)
    limb = brush.row((arm.shoulder, 0.036), (arm.elbow, 0.028), (arm.wrist, 0.021), (arm.tips, 0.017))
    palm = brush.row((_between(arm.wrist, arm.tips, 0.2), 0.024), (_between(arm.wrist, arm.tips, 0.65), 0.025))
    brush.fill([*limb, *palm], *skin.shaded(tokens, shade * 0.7))
    sleeve = brush.row((arm.shoulder, 0.046), (_between(arm.shoulder, arm.elbow, 0.5), 0.04))
    brush.fill(sleeve, *top.shaded(tokens, shade))


def _paint_leg(brush: _Brush, leg: _Leg, tokens: Tokens, shade: float) -> None:
    skin = _Cloth(tokens.figure.skin, tokens.figure.skin_line)
    shorts = _Cloth(tokens.figure.shorts, tokens.figure.shorts_line)
    shoes = _Cloth(tokens.figure.shoes, tokens.figure.shoes_line)
    calf = _between(leg.knee, leg.ankle, 0.3)
    limb = brush.row((leg.hip, 0.066), (leg.knee, 0.043), (calf, 0.043), (leg.ankle, 0.026))
    brush.fill(limb, *skin.shaded(tokens, shade * 0.7))
    trouser = brush.row((leg.hip, 0.073), (_between(leg.hip, leg.knee, 0.72), 0.055))
    brush.fill(trouser, *shorts.shaded(tokens, shade))
    ball = _between(leg.heel, leg.toes, 0.7)
    shoe = brush.row((leg.ankle, 0.03), (leg.heel, 0.03), (ball, 0.027), (leg.toes, 0.021))
    tongue = brush.row((leg.ankle, 0.03), (ball, 0.027))
    brush.fill([*shoe, *tongue], *shoes.shaded(tokens, shade))


def _paint_trunk(brush: _Brush, body: _Body, tokens: Tokens) -> None:
    colours = tokens.figure
    near, far = body.near_leg.hip, body.far_leg.hip
    hips = _between(near, far, 0.5)
    chest = _between(body.near_arm.shoulder, body.far_arm.shoulder, 0.5)
    waist = _between(hips, chest, 0.42)
    shorts = brush.bundle((near, 0.073), (far, 0.073), (_between(hips, waist, 0.7), 0.062))
    brush.fill(shorts, colours.shorts, colours.shorts_line)
    shoulders = brush.bundle(
        (_between(chest, body.near_arm.shoulder, 0.86), 0.05),
        (_between(chest, body.far_arm.shoulder, 0.86), 0.05),
        (_between(waist, chest, 0.72), 0.072),
    )
    belly = brush.row((_between(waist, chest, 0.72), 0.074), (waist, 0.066), (_between(waist, hips, 0.35), 0.068))
    brush.fill([*shoulders, *belly], colours.top, colours.top_line)


def _paint_neck(brush: _Brush, body: _Body, tokens: Tokens) -> None:
    chest = _between(body.near_arm.shoulder, body.far_arm.shoulder, 0.5)
    neck = brush.row((_between(chest, body.neck, 0.4), 0.036), (body.head, 0.036))
    brush.fill(neck, mix(tokens.figure.skin, tokens.figure.skin_line, 0.25), tokens.figure.skin_line)


def _paint_head(painter: QPainter, brush: _Brush, camera: _Camera, body: _Body, tokens: Tokens) -> None:
    colours = tokens.figure
    size = 0.07
    towards = _unit(body.face)
    up = _unit(body.crown)
    hair = brush.single(_plus(body.head, towards, -0.016, up, 0.014), size)
    face = brush.single(_plus(body.head, towards, 0.012, up, -0.008), size * 0.92)
    nose = brush.single(_plus(body.head, towards, 0.07, up, -0.014), 0.012)
    hair_edge = mix(colours.hair, colours.shadow, 0.3)
    if camera.faces(body.face) > -0.35:
        brush.fill(hair, colours.hair, hair_edge)
        brush.fill([*face, *nose], colours.skin, colours.skin_line)
        _paint_fringe(painter, camera, body, tokens)
        _paint_eyes(painter, camera, body, tokens)
    else:
        brush.fill([*face, *nose], colours.skin, colours.skin_line)
        brush.fill(hair, colours.hair, hair_edge)


def _paint_fringe(painter: QPainter, camera: _Camera, body: _Body, tokens: Tokens) -> None:
    """The hair above the forehead: the part of the head towards the crown, cut by a line across the brow."""
    towards, up = _unit(body.face), _unit(body.crown)
    skull = _round(camera, (_plus(body.head, towards, -0.002, up, 0.006), 0.0705))
    below = _round(camera, (_plus(body.head, towards, 0.045, up, -0.045), 0.085))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.figure.hair))
    painter.drawPath(skull.subtracted(below))


def _paint_eyes(painter: QPainter, camera: _Camera, body: _Body, tokens: Tokens) -> None:
    towards, up = _unit(body.face), _unit(body.crown)
    aside = (
        towards[1] * up[2] - towards[2] * up[1],
        towards[2] * up[0] - towards[0] * up[2],
        towards[0] * up[1] - towards[1] * up[0],
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(mix(tokens.figure.hair, tokens.figure.shadow, 0.4)))
    radius = 0.0075 * camera.scale
    for sign in (1.0, -1.0):
        outwards = _plus((0.0, 0.0, 0.0), towards, 1.0, aside, 0.45 * sign)
        if camera.faces(outwards) > 0.12:
            spot = _plus(_plus(body.head, towards, 0.058, up, 0.004), aside, 0.026 * sign, up, 0.0)
            painter.drawEllipse(camera.at(spot), radius, radius)


def _round(camera: _Camera, ball: tuple[Point, float]) -> QPainterPath:
    path = QPainterPath()
    radius = ball[1] * camera.scale
    path.addEllipse(camera.at(ball[0]), radius, radius)
    return path


def _unit(direction: Point) -> Point:
    length = math.sqrt(sum(part * part for part in direction))
    return direction[0] / length, direction[1] / length, direction[2] / length


def _plus(start: Point, one: Point, far: float, other: Point, away: float) -> Point:
    x, y, z = (a + b * far + c * away for a, b, c in zip(start, one, other, strict=True))
    return x, y, z


def position_words(position: Position) -> str:
    """The starting position in words, for a reader and beside a still picture."""
    match position:
        case Position.SUPINE:
            return tr("Lying on the back, knees bent")
        case Position.SIDE_LYING:
            return tr("Lying on the side, knees bent")
        case Position.PRONE:
            return tr("Lying face down")
        case Position.HALF_KNEELING:
            return tr("Kneeling on one knee")
        case Position.SITTING:
            return tr("Sitting")
        case Position.STANDING:
            return tr("Standing")


class FigureView(Readout):
    """Shows one pose as large as it fits; knows no clock and moves only when it is given another pose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pose: Pose | None = None
        self._drawn: QPixmap | None = None
        self._drawn_key: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(48, 32)
        self.setAccessibleName(tr("Figure", "the drawn person, to a screen reader"))

    def show_pose(self, pose: Pose | None) -> None:
        """Show `pose`, or nothing."""
        before, self._pose = self._pose, pose
        if _seen(before) != _seen(pose):
            self.update()

    def spoken(self) -> str:
        """Say the position the figure is in."""
        return position_words(self._pose.position) if self._pose is not None else ""

    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pose is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture(self._pose, theme.tokens_of(self)))
        painter.end()

    def _picture(self, pose: Pose, tokens: Tokens) -> QPixmap:
        """The still figure, drawn once: what moves above it must not make it be drawn again at every frame."""
        ratio = self.devicePixelRatioF()
        key = (_seen(pose), self.size(), ratio, tokens.scheme)
        if self._drawn is None or self._drawn_key != key:
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._drawn)
            paint_figure(painter, QRectF(self.rect()), pose, tokens)
            painter.end()
            self._drawn_key = key
        return self._drawn


def _seen(pose: Pose | None) -> tuple[Position, bool] | None:
    """What a still picture shows of a pose."""
    return None if pose is None else (pose.position, pose.side == "right")
