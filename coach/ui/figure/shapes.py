"""The outlines a body is drawn with: tubes along a bone, hulls round ellipsoids. All run the same way round, so that
several in one path are one shape.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import acos, cos, hypot, pi, sin, sqrt, tan
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from coach.core.figure.vector import Matrix, Vec
from coach.ui.figure.camera import View

Ring = tuple[float, float, float]
"""A circle of the picture: its middle and radius in pixels."""

_ROUND: Final = 32
_TURNS: Final = tuple((cos(-2 * pi * i / _ROUND), sin(-2 * pi * i / _ROUND)) for i in range(_ROUND))
_QUARTER: Final = 0.5523
"""Where a Bézier curve's handles are for a quarter of a circle."""
_STEEP: Final = 0.92


class Blob(NamedTuple):
    """The picture of an ellipsoid: its middle and the square form of its outline."""

    x: float
    y: float
    xx: float
    xy: float
    yy: float


def blob(view: View, middle: Vec, axes: Matrix, half: Vec) -> Blob:
    """An ellipsoid with half-axes (forwards, left, up) turned by `axes`."""
    x, y, _ = view.at(middle)
    xx = xy = yy = 0.0
    for i in range(3):
        px, py = view.across((axes[0][i], axes[1][i], axes[2][i]))
        h = half[i]
        px, py = px * h, py * h
        xx, xy, yy = xx + px * px, xy + px * py, yy + py * py
    return Blob(x, y, xx, xy, yy)


def ball(view: View, middle: Vec, radius: float) -> Blob:
    """A ball."""
    x, y, _ = view.at(middle)
    r = radius * view.scale
    return Blob(x, y, r * r, 0.0, r * r)


Outline = list[tuple[float, float, float, float]]
"""Points, and the direction outwards there."""


def hull(blobs: Sequence[Blob]) -> Outline:
    """The tightest outline round all of them."""
    found: Outline = []
    for c, s in _TURNS:
        best = -1e30
        bx = by = 0.0
        for x, y, xx, xy, yy in blobs:
            qx, qy = xx * c + xy * s, xy * c + yy * s
            reach = sqrt(qx * c + qy * s) or 1e-9
            far = x * c + y * s + reach
            if far > best:
                best = far
                bx, by = x + qx / reach, y + qy / reach
        found.append((bx, by, c, s))
    return found


def add_outline(path: QPainterPath, outline: Outline, grow: float = 0.0) -> None:
    """Add a closed outline to a path, `grow` pixels larger."""
    path.addPolygon(QPolygonF([QPointF(x + c * grow, y + s * grow) for x, y, c, s in outline]))
    path.closeSubpath()


def ellipse(shape: Blob, grow: float = 0.0) -> QPainterPath:
    """One ellipsoid's outline as smooth curves."""
    a = sqrt(shape.xx) or 1e-6
    ux, uy = a, shape.xy / a
    vy = sqrt(max(0.0, shape.yy - uy * uy))
    if grow:
        ux, uy, vy = ux + grow, uy * (1 + grow / a), vy + grow
    x, y, k = shape.x, shape.y, _QUARTER
    path = QPainterPath(QPointF(x + ux, y + uy))
    path.cubicTo(x + ux, y + uy - vy * k, x + ux * k, y + uy * k - vy, x, y - vy)
    path.cubicTo(x - ux * k, y - uy * k - vy, x - ux, y - uy - vy * k, x - ux, y - uy)
    path.cubicTo(x - ux, y - uy + vy * k, x - ux * k, y - uy * k + vy, x, y + vy)
    path.cubicTo(x + ux * k, y + uy * k + vy, x + ux, y + uy + vy * k, x + ux, y + uy)
    path.closeSubpath()
    return path


def add_tube(path: QPainterPath, rings: Sequence[Ring], *, first_cap: float = 1.0, last_cap: float = 1.0) -> None:
    """Add the smooth outline of a tube through rings; caps are round (1) to flat (0), as a sleeve's end is."""
    sides = _sides(rings)
    if sides is None:
        for one, other in pairwise(rings):
            _add_capsule(path, one, other)
        return
    n = len(sides)
    lx, ly, _, _, hx, hy, _, _ = sides[0]
    path.moveTo(lx, ly)
    for i in range(1, n):
        x, y, _, _, tx, ty, _, _ = sides[i]
        d = hypot(x - lx, y - ly) / 3
        path.cubicTo(lx + hx * d, ly + hy * d, x - tx * d, y - ty * d, x, y)
        lx, ly, hx, hy = x, y, tx, ty
    _add_cap(path, rings[-1], sides[-1], 1.0, last_cap)
    _, _, lx, ly, _, _, hx, hy = sides[-1]
    for i in range(n - 2, -1, -1):
        _, _, x, y, _, _, tx, ty = sides[i]
        d = hypot(x - lx, y - ly) / 3
        path.cubicTo(lx - hx * d, ly - hy * d, x + tx * d, y + ty * d, x, y)
        lx, ly, hx, hy = x, y, tx, ty
    _add_cap(path, rings[0], sides[0], -1.0, first_cap)
    path.closeSubpath()


_Side = tuple[float, float, float, float, float, float, float, float]
"""Where the left and the right outline touch a ring, and which way each runs there."""


def _sides(rings: Sequence[Ring]) -> list[_Side] | None:
    """The two outlines; none where the tube is seen so much from its end that it has no sides."""
    last = len(rings) - 1
    for (ax, ay, ar), (bx, by, br) in pairwise(rings):
        if hypot(bx - ax, by - ay) < 1.1 * abs(br - ar) + 0.12 * (ar + br):
            return None
    found: list[_Side] = []
    for i, (x, y, r) in enumerate(rings):
        ax, ay, ar = rings[max(0, i - 1)]
        bx, by, br = rings[min(last, i + 1)]
        dx, dy = bx - ax, by - ay
        d = hypot(dx, dy)
        if d == 0.0:
            return None
        tx, ty = dx / d, dy / d
        slope = max(-_STEEP, min(_STEEP, (br - ar) / d))
        flat = sqrt(1 - slope * slope)
        nx, ny = -ty, tx
        found.append(
            (
                x + r * (nx * flat - tx * slope),
                y + r * (ny * flat - ty * slope),
                x - r * (nx * flat + tx * slope),
                y - r * (ny * flat + ty * slope),
                tx * flat + nx * slope,
                ty * flat + ny * slope,
                tx * flat - nx * slope,
                ty * flat - ny * slope,
            )
        )
    return found


def _add_cap(path: QPainterPath, ring: Ring, side: _Side, way: float, cap: float) -> None:
    """Round the end of a tube, from its left side to its right one (`way` 1) or back (-1)."""
    x, y, r = ring
    lx, ly, rx, ry, ltx, lty, rtx, rty = side
    tx, ty = (ltx + rtx) / 2, (lty + rty) / 2
    d = hypot(tx, ty) or 1.0
    tx, ty = tx / d * way, ty / d * way
    nx, ny = -ty, tx
    slope = ((lx - x) * tx + (ly - y) * ty) / (r or 1.0)
    angle = acos(max(-1.0, min(1.0, slope)))
    k = 4 / 3 * tan(angle / 4) * r
    far = r if cap == 1.0 else max(r * cap, slope * r * 1.02)
    ax, ay = x + tx * far, y + ty * far
    if way < 0:
        lx, ly, rx, ry, ltx, lty, rtx, rty = rx, ry, lx, ly, -rtx, -rty, -ltx, -lty
    deep = k * cap
    path.cubicTo(lx + ltx * deep, ly + lty * deep, ax + nx * k, ay + ny * k, ax, ay)
    path.cubicTo(ax - nx * k, ay - ny * k, rx + rtx * deep, ry + rty * deep, rx, ry)


def _add_capsule(path: QPainterPath, one: Ring, other: Ring) -> None:
    """A tapered capsule by its two balls: never wrong, whatever the angle."""
    ax, ay, ar = one
    bx, by, br = other
    blobs = (Blob(ax, ay, ar * ar, 0.0, ar * ar), Blob(bx, by, br * br, 0.0, br * br))
    add_outline(path, hull(blobs))


def around(points: Iterable[tuple[float, float]]) -> QPolygonF:
    """The convex polygon round points."""
    rest = sorted(set(points))
    lower: list[tuple[float, float]] = []
    upper: list[tuple[float, float]] = []
    for chain, row in ((lower, rest), (upper, rest[::-1])):
        for point in row:
            while len(chain) > 1 and _turns_back(chain[-2], chain[-1], point):
                chain.pop()
            chain.append(point)
    return QPolygonF([QPointF(x, y) for x, y in lower[:-1] + upper[:-1]])


def _turns_back(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0


def closed(points: Iterable[tuple[float, float]]) -> QPainterPath:
    """A closed path through points."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path
