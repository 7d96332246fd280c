"""What stands and lies about: mat, wall, step, chair, roller, ball, band.

How a prop's numbers read (body heights; 0 takes what is usual): `at` is the middle of its foot on the floor, `size` its
extent forwards, to the side and upwards. A mat without both lies under the whole body. A wall is a panel, thin in the
direction that its size says, or else in the one that it stands in. A chair's height is that of its seat; its back is
behind the seat, or before it where its first size is negative. A roller lies across, or along the body where it is
longer forwards; its third size is its thickness, like a ball's. Under a point, both move with it along the floor, `at`
is how far beside it they lie; a ball with a height in `at` is that much above the point's own height, as on a wall.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from math import cos, pi, sin
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from coach.core.figure.skeleton import BODY_M, Body
from coach.core.figure.vector import IDENTITY, Vec, add, along, column, cross, dot, scaled, sub, unit
from coach.core.routine.figure import Point, Prop, PropKind
from coach.ui.figure.camera import View, within
from coach.ui.figure.look import Look
from coach.ui.figure.order import Bar, Block, Item
from coach.ui.figure.shapes import ball, blob, closed, ellipse, grown, hull, path_of, polygon

_MAT_DEEP: Final = 0.012
_MAT_WIDE: Final = 0.36
_MAT_MARGIN: Final = 0.1
_HERE: Final = (0.0, 0.0, 0.0)
_CORNER: Final = 0.035
_WALL: Final = (0.02, 0.62, 1.08)
_STEP: Final = (0.22, 0.34, 0.15 / BODY_M)
_SEAT: Final = (0.24, 0.25, 0.45 / BODY_M)
_SEAT_DEEP: Final = 0.02
_BACK_HIGH: Final = 0.26
_LEG: Final = 0.02
_ROLLER: Final = (0.33 / BODY_M, 0.15 / BODY_M)
"""Length and thickness."""
_BALL: Final = 0.07 / BODY_M
"""Thickness: a massage ball is hardly larger than one for tennis."""
_CLEAR: Final = 0.3
"""How much a wall covers that stands between the body and the viewer."""
_BAND_WIDE: Final = 0.03
_BAND_ROUND: Final = 0.0435
"""How thick the limbs are that it goes round."""
_BAND_ABOVE: Final = 0.05
_BAND_EDGE_ON: Final = 0.15
"""What is seen so much from its edge runs behind the limbs."""
_BAND_STEPS: Final = 6
"""Corners of a half circle."""

Paint = Callable[[QPainter, set[str]], None]


def mat_block(prop: Prop, body: Body) -> Block:
    """The mat's slab; where nothing says how large, it lies under all of the body."""
    x, y, _ = prop.at
    length, width, deep = prop.size
    deep = deep or _MAT_DEEP
    if not any(prop.at) and not any(prop.size):
        low_x, high_x = _span(body, 0)
        low_y, high_y = _span(body, 1)
        wide = max(_MAT_WIDE, high_y - low_y + _MAT_MARGIN)
        middle = (low_y + high_y) / 2
        return Block((low_x - _MAT_MARGIN, middle - wide / 2, -deep), (high_x + _MAT_MARGIN, middle + wide / 2, 0.0))
    length, width = length or 1.04, width or _MAT_WIDE
    return Block((x - length / 2, y - width / 2, -deep), (x + length / 2, y + width / 2, 0.0))


def _span(body: Body, axis: int) -> tuple[float, float]:
    values = [point[axis] for point in body.points.values()]
    return min(values), max(values)


def blocks(prop: Prop) -> list[tuple[str, Block]]:
    """The blocks a wall, a step or a chair is made of."""
    x, y, z = prop.at
    match prop.kind:
        case PropKind.WALL:
            return [("wall", _standing(prop.at, _wall_size(prop)))]
        case PropKind.STEP:
            return [("step", _standing(prop.at, _or(prop.size, _STEP)))]
        case PropKind.CHAIR:
            depth, width, high = _or((abs(prop.size[0]), prop.size[1], prop.size[2]), _SEAT)
            back = 1.0 if prop.size[0] < 0 else -1.0
            low, top = z + high - _SEAT_DEEP, z + high
            found = [("seat", Block((x - depth / 2, y - width / 2, low), (x + depth / 2, y + width / 2, top)))]
            edge = x + back * depth / 2
            post = sorted((edge, edge - back * _LEG))
            found.append(
                (
                    "rest",
                    Block((post[0], y - width / 2, top + 0.1), (post[1], y + width / 2, top + _BACK_HIGH)),
                )
            )
            for sx in (-1.0, 1.0):
                for sy in (-1.0, 1.0):
                    lx = x + sx * (depth / 2 - _LEG / 2)
                    ly = y + sy * (width / 2 - _LEG / 2)
                    leg = Block((lx - _LEG / 2, ly - _LEG / 2, z), (lx + _LEG / 2, ly + _LEG / 2, low))
                    found.append((f"leg{sx:+.0f}{sy:+.0f}", leg))
                    if sx == back:
                        stile = Block((lx - _LEG / 2, ly - _LEG / 2, top), (lx + _LEG / 2, ly + _LEG / 2, top + 0.1))
                        found.append((f"stile{sy:+.0f}", stile))
            return found
        case _:
            return []


def _standing(at: Vec, size: Vec) -> Block:
    x, y, z = at
    return Block((x - size[0] / 2, y - size[1] / 2, z), (x + size[0] / 2, y + size[1] / 2, z + size[2]))


def _wall_size(prop: Prop) -> Vec:
    if any(prop.size):
        return _or(prop.size, _WALL)
    thick, wide, high = _WALL
    return (wide, thick, high) if abs(prop.at[1]) > abs(prop.at[0]) else _WALL


def _or(size: Vec, usual: Vec) -> Vec:
    return size[0] or usual[0], size[1] or usual[1], size[2] or usual[2]


def round_thing(prop: Prop, body: Body) -> tuple[Vec, Vec, float]:
    """The ends of a roller's axis (one point for a ball), and its radius."""
    long, thick = _ROLLER if prop.kind is PropKind.ROLLER else (0.0, _BALL)
    radius = (prop.size[2] or thick) / 2
    x, y, z = prop.at
    if prop.under is not None:
        px, py, pz = body.points[prop.under.value]
        middle = (px + x, py + y, pz + z if z else radius)
    else:
        middle = (x, y, z or radius)
    if prop.kind is PropKind.BALL:
        return middle, middle, radius
    forwards, aside = prop.size[0], prop.size[1]
    half = (max(forwards, aside) or long) / 2
    axis = (1.0, 0.0, 0.0) if forwards > aside else (0.0, 1.0, 0.0)
    return along(middle, axis, -half), along(middle, axis, half), radius


def extent(props: Sequence[Prop], body: Body) -> list[tuple[Vec, float]]:
    """Balls that hold every prop, for the frame of the picture."""
    found: list[tuple[Vec, float]] = []
    for prop in props:
        match prop.kind:
            case PropKind.BAND:
                continue
            case PropKind.ROLLER | PropKind.BALL:
                start, end, radius = round_thing(prop, body)
                found += [(start, radius), (end, radius)]
            case PropKind.MAT:
                found += [(corner, 0.0) for corner in _corners(mat_block(prop, body))]
            case _:
                found += [(corner, 0.0) for _, block in blocks(prop) for corner in _corners(block)]
    return found


def _corners(block: Block) -> list[Vec]:
    return [(x, y, z) for x in _ends(block, 0) for y in _ends(block, 1) for z in _ends(block, 2)]


def _ends(block: Block, axis: int) -> tuple[float, float]:
    return block.low[axis], block.high[axis]


# -- painting ---------------------------------------------------------------------------------------------------------


def paint_mat(painter: QPainter, block: Block, view: View, look: Look) -> None:
    """A rounded slab with a stripe near each end."""
    mat = _mat_shapes(block, view)
    fine = max(1.6, 0.0032 * view.scale)
    plain_fill(painter, mat.edge, look.mat_side)
    plain_fill(painter, mat.top, look.mat)
    painter.setPen(QPen(look.mat_side, fine))
    painter.drawLines(mat.edge_lines)
    painter.setPen(QPen(look.mat_line, fine))
    painter.drawLines(mat.top_lines)
    painter.setPen(QPen(look.mat_line, max(1.0, 0.007 * view.scale)))
    painter.drawLines(mat.stripes)


def plain_fill(painter: QPainter, shape: QPolygonF, colour: QColor) -> None:
    """Fill a large shape without smoothing its rim, which takes ten times as long: what is drawn next covers it."""
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(shape)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)


class _Mat(NamedTuple):
    top: QPolygonF
    edge: QPolygonF
    top_lines: list[QLineF]
    edge_lines: list[QLineF]
    stripes: list[QLineF]


@lru_cache(maxsize=16)
def _mat_shapes(block: Block, view: View) -> _Mat:
    (x0, y0, z0), (x1, y1, z1) = block
    ring: list[Vec] = []
    r = min(_CORNER, (x1 - x0) / 4, (y1 - y0) / 4)
    for cx, cy, first in ((x1 - r, y1 - r, 0.0), (x0 + r, y1 - r, 0.5), (x0 + r, y0 + r, 1.0), (x1 - r, y0 + r, 1.5)):
        for i in range(7):
            a = pi * (first + i / 12)
            ring.append((cx + r * cos(a), cy + r * sin(a), 0.0))
    upper = [QPointF(*view.at((x, y, z1))[:2]) for x, y, _ in ring]
    lower = [QPointF(*view.at((x, y, z0))[:2]) for x, y, _ in ring]
    front = _front(upper)
    ends = (x0 + 0.06, x1 - 0.06)
    return _Mat(
        QPolygonF(upper),
        QPolygonF([upper[i] for i in front] + [lower[i] for i in reversed(front)]),
        [QLineF(one, other) for one, other in pairwise([*upper, upper[0]])],
        [
            *(QLineF(lower[i], lower[j]) for i, j in pairwise(front)),
            *(QLineF(upper[i], lower[i]) for i in (front[0], front[-1])),
        ],
        [QLineF(QPointF(*view.at((x, y0, z1))[:2]), QPointF(*view.at((x, y1, z1))[:2])) for x in ends],
    )


def _front(ring: list[QPointF]) -> list[int]:
    """The points of a slab's rim that look at the viewer, from its one end to its other."""
    count = len(ring)
    left, right = (pick(range(count), key=lambda i: ring[i].x()) for pick in (min, max))
    one = [(left + i) % count for i in range((right - left) % count + 1)]
    other = [(left - i) % count for i in range((left - right) % count + 1)]
    return max(one, other, key=lambda row: sum(ring[i].y() for i in row) / len(row))


def items(props: Sequence[Prop], body: Body, view: View, look: Look) -> tuple[list[Item], list[tuple[str, str]]]:
    """The props as things to paint, and which pairs have a known order. Mats are painted before everything else."""
    found: list[Item] = []
    known: list[tuple[str, str]] = []
    for number, prop in enumerate(props):
        match prop.kind:
            case PropKind.MAT:
                continue
            case PropKind.ROLLER | PropKind.BALL:
                found.append(_round_item(f"{prop.kind.value}{number}", prop, body, view, look))
            case PropKind.BAND:
                if prop.round is not None:
                    before, behind = _band_items(f"band{number}", prop.round, body, view, look)
                    found += [before, behind]
                    known += [(part, before.name) for part in _wrapped(prop)]
                    known += [(behind.name, part) for part in _wrapped(prop)]
            case _:
                for name, block in blocks(prop):
                    clear = prop.kind is PropKind.WALL and _hides(block, body, view)
                    found.append(_block_item(f"{prop.kind.value}{number}{name}", block, view, look, prop.kind, clear))
    return found, known


def _hides(wall: Block, body: Body, view: View) -> bool:
    """Whether a wall stands between the body and the viewer."""
    thin = min((0, 1), key=lambda axis: wall.high[axis] - wall.low[axis])
    beyond = body.points["pelvis"][thin] - (wall.low[thin] + wall.high[thin]) / 2
    return beyond * (view.vx, view.vy)[thin] < 0.0


def _block_item(name: str, block: Block, view: View, look: Look, kind: PropKind, clear: bool) -> Item:
    spots = [view.at(corner) for corner in _corners(block)]
    a, b = spots[0], spots[-1]
    left, right = min(s[0] for s in spots), max(s[0] for s in spots)
    top, bottom = min(s[1] for s in spots), max(s[1] for s in spots)
    bar = Bar(left, top, min(a[2], b[2]), right, bottom, max(a[2], b[2]), 0.0)
    paint: Paint = partial(_paint_block, block=block, view=view, look=look, kind=kind, clear=clear)
    return Item(name, [bar], paint, block=block)


def _paint_block(
    painter: QPainter, _painted: set[str], *, block: Block, view: View, look: Look, kind: PropKind, clear: bool
) -> None:
    wide = [block.high[axis] - block.low[axis] for axis in range(3)]
    if sorted(wide)[1] < 2 * _LEG:
        painter.setPen(Qt.PenStyle.NoPen)
        for face, axis in _faces(block, view):
            painter.setBrush(_face_colour(axis, look, kind))
            painter.drawPolygon(face)
        return
    faces = _faces(block, view)
    for face, axis in faces:
        colour = _face_colour(axis, look, kind)
        if clear:
            colour = QColor(colour)
            colour.setAlphaF(_CLEAR)
        plain_fill(painter, face, colour)
    line = look.wall_line if kind is PropKind.WALL else look.prop_line
    painter.setPen(QPen(line, max(1.0, 0.004 * view.scale), c=Qt.PenCapStyle.FlatCap))
    for face, _ in faces:
        painter.drawLines([QLineF(face.at(i), face.at((i + 1) % 4)) for i in range(4)])


def _face_colour(axis: int, look: Look, kind: PropKind) -> QColor:
    if kind is PropKind.WALL:
        return look.wall
    return (look.prop_under, look.prop_side, look.prop)[axis]


@lru_cache(maxsize=64)
def _faces(block: Block, view: View) -> list[tuple[QPolygonF, int]]:
    """The faces that are seen, and the axis each looks along."""
    found = []
    for axis, towards in enumerate((view.vx, view.vy, view.vz)):
        if abs(towards) < 0.005:
            continue
        end = block.high[axis] if towards > 0 else block.low[axis]
        one, other = (axis + 1) % 3, (axis + 2) % 3
        corners = []
        for u, v in ((0, 0), (1, 0), (1, 1), (0, 1)):
            corner = [0.0, 0.0, 0.0]
            corner[axis], corner[one], corner[other] = end, _ends(block, one)[u], _ends(block, other)[v]
            x, y, _ = view.at((corner[0], corner[1], corner[2]))
            corners.append(QPointF(x, y))
        found.append((QPolygonF(corners), axis))
    return found


def _round_item(name: str, prop: Prop, body: Body, view: View, look: Look) -> Item:
    start, end, radius = round_thing(prop, body)
    ax, ay, ad = view.at(start)
    bx, by, bd = view.at(end)
    bar = Bar(ax, ay, ad, bx, by, bd, radius * view.scale)
    paint: Paint = partial(_paint_round, start=start, end=end, radius=radius, view=view, look=look)
    return Item(name, [bar], paint, points=((start, radius), (end, radius)))


def _paint_round(
    painter: QPainter, _painted: set[str], *, start: Vec, end: Vec, radius: float, view: View, look: Look
) -> None:
    edge = max(0.7, 0.0042 * view.scale)
    if start == end:
        shape = ball(view, start, radius)
        painter.fillPath(ellipse(shape, edge), look.rubber_line)
        painter.fillPath(ellipse(shape), look.rubber_side)
        light = ball(view, add(start, (0.0, 0.0, 0.12 * radius)), radius * 0.84)
        painter.fillPath(ellipse(light), look.rubber)
        return
    axis = unit(sub(end, start))
    half = (0.0, radius, radius) if axis[0] else (radius, 0.0, radius)
    places = [within(view, point, IDENTITY) for point in (start, end)]
    ends = [blob(at, _HERE, half) for at in places]
    outside = polygon(hull(ends))
    for grow, colour in ((edge, look.rubber_line), (0.0, look.rubber_side)):
        painter.fillPath(path_of(grown(outside, grow)), colour)
    lift, inner = (0.0, 0.0, radius * 0.2), scaled(half, 0.74)
    lit = hull([blob(at, lift, inner) for at in places])
    painter.fillPath(closed(lit), look.rubber)
    facing = view.faces(axis)
    if abs(facing) > 0.04:
        front = 1 if facing > 0 else 0
        painter.fillPath(ellipse(ends[front], edge * 0.5), look.rubber_line)
        painter.fillPath(ellipse(ends[front]), look.rubber)
        painter.fillPath(ellipse(blob(places[front], _HERE, scaled(half, 0.45))), look.rubber_side)


def _wrapped(prop: Prop) -> list[str]:
    """The parts a band goes round."""
    assert prop.round is not None
    found = []
    for point in prop.round:
        side, _, joint = point.value.partition("_")
        parts = {"hip": ["thigh"], "knee": ["thigh", "shank"], "ankle": ["shank", "foot"]}.get(joint, [])
        found += [f"{side}_{part}" for part in parts]
    return found


def _band_items(name: str, around: tuple[Point, Point], body: Body, view: View, look: Look) -> tuple[Item, Item]:
    """The side of a loop round two limbs that is seen, and the one behind them."""
    rim = _rim(around, body)
    nears = [view.faces(outwards) for _, _, outwards in rim]
    least = min(_BAND_EDGE_ON, max(nears) / 2)
    nears = [near - least for near in nears]
    # Begin where the loop turns to the viewer, so that each side is one run.
    first = next((i for i in range(len(rim)) if nears[i] >= 0.0 > nears[i - 1]), 0)
    rim, nears = rim[first:] + rim[:first], nears[first:] + nears[:first]
    seen = next((i for i, near in enumerate(nears) if near < 0.0), len(rim))
    found = []
    for part, run, colour in (
        ("", rim[:seen], look.band),
        ("behind", [rim[seen - 1], *rim[seen:], rim[0]], look.band_behind),
    ):
        middles = [place for place, _, _ in run]
        spots = [view.at(place) for place in (middles[0], middles[len(middles) // 2], middles[-1])]
        bars = [Bar(*a, *b, _BAND_WIDE / 2 * view.scale) for a, b in pairwise(spots)]
        edges = [
            QPointF(*view.at(along(place, up, sign * _BAND_WIDE / 2))[:2])
            for sign, side in ((1.0, run), (-1.0, run[::-1]))
            for place, up, _ in side
        ]
        paint: Paint = partial(_paint_strap, shape=QPolygonF(edges), view=view, colour=colour, line=look.band_line)
        # Nothing can be between a limb and the strap behind it, so its limbs alone say when it is painted.
        points = [(place, _BAND_WIDE / 2) for place in middles]
        found.append(Item(name + part, bars, paint, points=points, known_only=bool(part)))
    return found[0], found[1]


def _rim(around: tuple[Point, Point], body: Body) -> list[tuple[Vec, Vec, Vec]]:
    """The middle of a band all the way round two limbs: where it is, along which limb, and where it faces."""
    axes = []
    for point in around:
        side, _, joint = point.value.partition("_")
        bone = {"knee": "thigh", "ankle": "shank"}.get(joint)
        at = body.points[point.value]
        up: Vec = (0.0, 0.0, 1.0)
        if bone is not None:
            up = column(body.frames[f"{side}_{bone}"], 2)
            # Above the joint, where a band is worn.
            at = along(at, up, _BAND_ABOVE)
        axes.append((at, up))
    found = []
    apart = sub(axes[1][0], axes[0][0])
    for (middle, up), turn in zip(axes, (0.5, 1.5), strict=True):
        across = unit(sub(apart, scaled(up, dot(apart, up))))
        front = cross(up, across)
        for step in range(_BAND_STEPS + 1):
            angle = pi * (turn + step / _BAND_STEPS)
            outwards = add(scaled(across, cos(angle)), scaled(front, sin(angle)))
            found.append((along(middle, outwards, _BAND_ROUND), up, outwards))
    return found


def _paint_strap(
    painter: QPainter, _painted: set[str], *, shape: QPolygonF, view: View, colour: QColor, line: QColor
) -> None:
    painter.setPen(QPen(line, max(0.7, 0.0036 * view.scale), j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(colour)
    painter.drawPolygon(shape)
