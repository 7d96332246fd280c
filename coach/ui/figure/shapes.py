"""The outlines a body is drawn with: tubes along a bone, hulls round ellipsoids. Each is a path of its own: several
overlapping ones in one path take the raster engine many times as long as one after the other.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin, sqrt
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from coach.core.figure.vector import Vec
from coach.ui.figure.camera import View, Within

Ring = tuple[float, float, float]
"""A circle of the picture: its middle and radius in pixels."""

_ROUND: Final = 24
_SMALL_ROUND: Final = 16
_TURNS: Final = tuple((cos(-2 * pi * i / _ROUND), sin(-2 * pi * i / _ROUND)) for i in range(_ROUND // 2))
_FEW_TURNS: Final = tuple(
    (cos(-2 * pi * i / _SMALL_ROUND), sin(-2 * pi * i / _SMALL_ROUND)) for i in range(_SMALL_ROUND // 2)
)
"""Half a turn each: what is farthest one way is found with what is farthest the other."""
CIRCLE: Final = QPolygonF([QPointF(cos(pi * step / 20), sin(pi * step / 20)) for step in range(40)])
"""Of radius 1 round the origin, to be mapped."""
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


def blob(part: Within, place: Vec, half: Vec) -> Blob:
    """An ellipsoid at a place of a part, with half-axes along the part's own (forwards, left, up)."""
    x, y, fx, fy, lx, ly, ux, uy = part
    a, b, c = place
    p, q, r = half
    x, y = x + a * fx + b * lx + c * ux, y + a * fy + b * ly + c * uy
    fx, fy, lx, ly, ux, uy = fx * p, fy * p, lx * q, ly * q, ux * r, uy * r
    return Blob(x, y, fx * fx + lx * lx + ux * ux, fx * fy + lx * ly + ux * uy, fy * fy + ly * ly + uy * uy)


def ball(view: View, middle: Vec, radius: float) -> Blob:
    """A ball."""
    x, y, _ = view.at(middle)
    r = radius * view.scale
    return Blob(x, y, r * r, 0.0, r * r)


Outline = list[tuple[float, float]]


def hull(blobs: Sequence[Blob], *, small: bool = False) -> Outline:
    """The tightest outline round all of them; a small one needs fewer points."""
    there: Outline = []
    back: Outline = []
    for c, s in _FEW_TURNS if small else _TURNS:
        far = near = -1e30
        fx = fy = nx = ny = 0.0
        for x, y, xx, xy, yy in blobs:
            qx = xx * c + xy * s
            qy = xy * c + yy * s
            reach = sqrt(qx * c + qy * s + 1e-12)
            at = x * c + y * s
            if at + reach > far:
                far, fx, fy = at + reach, x + qx / reach, y + qy / reach
            if reach - at > near:
                near, nx, ny = reach - at, x - qx / reach, y - qy / reach
        there.append((fx, fy))
        back.append((nx, ny))
    return there + back


def polygon(outline: Outline) -> QPolygonF:
    """An outline to be filled."""
    return QPolygonF([QPointF(x, y) for x, y in outline])


def grown(shape: QPolygonF, by: float, lift: float = 0.0) -> QPolygonF:
    """A round shape, larger on every side by so many pixels, and lifted."""
    box = shape.boundingRect()
    sx, sy = 1 + 2 * by / max(1e-3, box.width()), 1 + 2 * by / max(1e-3, box.height())
    middle = box.center()
    x, y = middle.x(), middle.y()
    return QTransform(max(0.1, sx), 0.0, 0.0, max(0.1, sy), x - x * sx, y - y * sy - lift).map(shape)


def path_of(shape: QPolygonF) -> QPainterPath:
    """A polygon as a path."""
    path = QPainterPath()
    path.addPolygon(shape)
    path.closeSubpath()
    return path


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


Side = tuple[float, float, float, float, float, float, float]
"""A ring of a tube (middle, radius), and which way its left and its right outline face there."""


class Cap(NamedTuple):
    """An end of a tube, round from its one outline to the other: ring, outlines, and which way it points."""

    x: float
    y: float
    r: float
    lx: float
    ly: float
    rx: float
    ry: float
    tx: float
    ty: float
    slope: float
    """How much both outlines face along the tube."""
    handle: float
    """How far a Bézier curve's handles are, in radii."""


class Piece(NamedTuple):
    """A tube, or a part of one that is seen so much from its end that it has no sides. One of one ring is a ball."""

    sides: list[Side]
    first: Cap | None = None
    last: Cap | None = None


def tube(rings: Sequence[Ring]) -> list[Piece]:
    """Where the outlines of a tube touch its rings; in more than one piece where it has no sides."""
    whole = _sides(rings)
    if whole:
        return [_piece(whole)]
    found = []
    for pair in pairwise(rings):
        sides = _sides(pair)
        if sides:
            found.append(_piece(sides))
        else:
            x, y, r = max(pair, key=lambda ring: ring[2])
            found.append(Piece([(x, y, r, 0.0, 0.0, 0.0, 0.0)]))
    return found


def _piece(sides: list[Side]) -> Piece:
    x, y, r, lx, ly, rx, ry = sides[0]
    return Piece(sides, _cap_of((x, y, r, rx, ry, lx, ly)), _cap_of(sides[-1]))


def _cap_of(end: Side) -> Cap:
    x, y, r, lx, ly, rx, ry = end
    # Both outlines face as much along the tube; the middle of them is its end.
    tx, ty = ly - ry, rx - lx
    d = hypot(tx, ty) or 1.0
    tx, ty = tx / d, ty / d
    slope = lx * tx + ly * ty
    # 4/3 tan(acos(slope) / 4), to the second power.
    return Cap(x, y, r, lx, ly, rx, ry, tx, ty, slope, _QUARTER - 0.3905 * slope + 0.0404 * slope * slope)


def _sides(rings: Sequence[Ring]) -> list[Side]:
    """The two outlines; nothing where there are none."""
    last = len(rings) - 1
    for (ax, ay, ar), (bx, by, br) in pairwise(rings):
        if hypot(bx - ax, by - ay) < 1.04 * abs(br - ar) + 0.03 * (ar + br):
            return []
    found: list[Side] = []
    for i, (x, y, r) in enumerate(rings):
        ax, ay, ar = rings[i - 1 if i else 0]
        bx, by, br = rings[i + 1 if i < last else last]
        dx, dy = bx - ax, by - ay
        d = hypot(dx, dy)
        if d == 0.0:
            return []
        tx, ty = dx / d, dy / d
        slope = max(-_STEEP, min(_STEEP, (br - ar) / d))
        flat = sqrt(1 - slope * slope)
        fx, fy, sx, sy = tx * flat, ty * flat, tx * slope, ty * slope
        found.append((x, y, r, -fy - sx, fx - sy, fy - sx, -fx - sy))
    return found


class Lay(NamedTuple):
    """How a tube is laid on: its rings' radius `times` as large and `grow` pixels more, lifted by a part of it."""

    times: float = 1.0
    grow: float = 0.0
    lift: float = 0.0


PLAIN: Final = Lay()


def tube_path(
    piece: Piece,
    lay: Lay = PLAIN,
    *,
    first: Lay | None = None,
    last: Lay | None = None,
    first_cap: float = 1.0,
    last_cap: float = 1.0,
) -> QPainterPath:
    """The smooth outline of a tube. `first` and `last` lay its end rings on otherwise; caps are round (1) to flat (0),
    as the end of a sleeve is.
    """
    times, grow, lift = lay
    sides, start, end = piece
    path = QPainterPath()
    if start is None or end is None:
        x, y, r = sides[0][:3]
        path.addEllipse(QPointF(x, y - r * lift), r * times + grow, r * times + grow)
        return path
    # Where the left and the right outline are; their tangents lie at right angles to where they face.
    spots = []
    for x, y, r, lx, ly, rx, ry in sides:
        far, y = r * times + grow, y - r * lift
        spots.append((x + far * lx, y + far * ly, ly, -lx, x + far * rx, y + far * ry, ry, -rx))
    for at, how in ((0, first), (-1, last)):
        if how is not None:
            x, y, r, lx, ly, rx, ry = sides[at]
            far, y = r * how.times + how.grow, y - r * how.lift
            spots[at] = (x + far * lx, y + far * ly, ly, -lx, x + far * rx, y + far * ry, ry, -rx)
    curve = path.cubicTo
    px, py, hx, hy, _, _, _, _ = spots[0]
    path.moveTo(px, py)
    for x, y, tx, ty, _, _, _, _ in spots[1:]:
        d = hypot(x - px, y - py) / 3
        curve(px + hx * d, py + hy * d, x - tx * d, y - ty * d, x, y)
        px, py, hx, hy = x, y, tx, ty
    _cap(path, end, last or lay, last_cap)
    _, _, _, _, px, py, hx, hy = spots[-1]
    for _, _, _, _, x, y, tx, ty in spots[-2::-1]:
        d = hypot(x - px, y - py) / 3
        curve(px + hx * d, py + hy * d, x - tx * d, y - ty * d, x, y)
        px, py, hx, hy = x, y, tx, ty
    _cap(path, start, first or lay, first_cap)
    path.closeSubpath()
    return path


def _cap(path: QPainterPath, end: Cap, lay: Lay, cap: float) -> None:
    """Round an end of a tube from its one outline to the other."""
    x, y, r, lx, ly, rx, ry, tx, ty, slope, handle = end
    times, grow, lift = lay
    y -= r * lift
    r = r * times + grow
    k = handle * r
    far = r if cap == 1.0 else max(r * cap, slope * r * 1.02)
    ax, ay = x + tx * far, y + ty * far
    deep = k * cap
    path.cubicTo(x + lx * r + ly * deep, y + ly * r - lx * deep, ax - ty * k, ay + tx * k, ax, ay)
    path.cubicTo(ax + ty * k, ay - tx * k, x + rx * r - ry * deep, y + ry * r + rx * deep, x + rx * r, y + ry * r)


def closed(points: Iterable[tuple[float, float]]) -> QPainterPath:
    """A closed path through points."""
    return path_of(QPolygonF([QPointF(x, y) for x, y in points]))
