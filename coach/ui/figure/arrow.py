"""An arrow along the way of the part that moves most, for previews."""

from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from coach.core.figure.skeleton import SIDES, Body
from coach.core.figure.vector import distance
from coach.ui.figure.camera import View
from coach.ui.figure.look import Look
from coach.ui.figure.scene import Scene

_PARTS: Final = (
    "w_knee", "w_ankle", "w_ball", "w_hand", "w_elbow", "pelvis", "chest", "head", "o_knee", "o_ankle", "o_ball",
    "o_hand",
)  # fmt: skip
_BONES: Final = (
    ("pelvis", "chest", 0.08),
    ("chest", "head", 0.07),
    *((f"{side}_{a}", f"{side}_{b}", r) for side in SIDES for a, b, r in (
        ("hip", "knee", 0.06), ("knee", "ankle", 0.04), ("heel", "tip", 0.035), ("shoulder", "elbow", 0.04),
        ("elbow", "hand", 0.03),
    )),
)  # fmt: skip
_STEPS: Final = 8
_LEAST: Final = 0.03
"""A way shorter than this part of a body is not shown."""
_SHORTEST: Final = 0.11
"""An arrow is at least so long, whatever it shows."""
_AIR: Final = 0.03
_HEAD: Final = 0.034
_WIDE: Final = 0.014

Spots = tuple[tuple[float, float], ...]


def paint_arrow(painter: QPainter, scene: Scene, view: View, look: Look) -> None:
    """Paint it beside the body, along the way it goes."""
    spots = [(view.left + x * view.scale, view.top + y * view.scale) for x, y in way(scene)]
    if not spots:
        return
    line = QPainterPath(QPointF(*spots[0]))
    for (ax, ay), (bx, by) in pairwise(spots[1:]):
        line.quadTo(ax, ay, (ax + bx) / 2, (ay + by) / 2)
    ex, ey = spots[-1]
    line.lineTo(ex, ey)
    px, py = spots[-3]
    d = hypot(ex - px, ey - py) or 1.0
    dx, dy = (ex - px) / d, (ey - py) / d
    size = _HEAD * view.scale
    head = QPainterPath(QPointF(ex + dx * size, ey + dy * size))
    head.lineTo(ex - dx * size * 0.4 - dy * size * 0.8, ey - dy * size * 0.4 + dx * size * 0.8)
    head.lineTo(ex - dx * size * 0.4 + dy * size * 0.8, ey - dy * size * 0.4 - dx * size * 0.8)
    head.closeSubpath()
    width = max(2.0, _WIDE * view.scale)
    for extra, colour in ((width * 0.9, look.arrow_edge), (0.0, look.arrow)):
        pen = QPen(colour, width + extra)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(line, pen)
        if extra:
            painter.strokePath(head, QPen(colour, extra, j=Qt.PenJoinStyle.RoundJoin))
        painter.fillPath(head, colour)


@lru_cache(maxsize=32)
def way(scene: Scene) -> Spots:
    """Where the arrow runs, in body heights seen by the camera; nothing for a figure that stands still."""
    bodies = [scene.at(step / _STEPS) for step in range(_STEPS + 1)]
    first, last = bodies[0], bodies[-1]
    part = max(_PARTS, key=lambda name: distance(first.points[name], last.points[name]))
    if distance(first.points[part], last.points[part]) < _LEAST:
        return ()
    path = _stretched([scene.view.at(body.points[part])[:2] for body in bodies])
    bones = [bone for body in (first, last) for bone in _bones(body, scene.view)]
    middle = scene.view.at(last.points["pelvis"])[:2]
    places = [
        _moved(path, far * cos(pi * turn / 8), far * sin(pi * turn / 8))
        for far in (0.07, 0.1, 0.14, 0.19)
        for turn in range(16)
    ]
    places += [_spread(path, middle, far) for far in (0.08, 0.12)]
    return min(places, key=lambda spots: _cost(spots, path, bones, scene))


Bone = tuple[float, float, float, float, float]


def _bones(body: Body, view: View) -> list[Bone]:
    found = []
    for start, end, radius in _BONES:
        (ax, ay, _), (bx, by, _) = view.at(body.points[start]), view.at(body.points[end])
        found.append((ax, ay, bx, by, radius))
    return found


def _stretched(path: list[tuple[float, float]]) -> Spots:
    """A short way as long as an arrow needs to be."""
    (ax, ay), (bx, by) = path[0], path[-1]
    far = hypot(bx - ax, by - ay) or 1e-6
    times = max(1.0, _SHORTEST / far)
    mx, my = (ax + bx) / 2, (ay + by) / 2
    return tuple((mx + (x - mx) * times, my + (y - my) * times) for x, y in path)


def _moved(path: Spots, dx: float, dy: float) -> Spots:
    return tuple((x + dx, y + dy) for x, y in path)


def _spread(path: Spots, middle: tuple[float, float], far: float) -> Spots:
    """The path on a larger round about the middle of the body."""
    found = []
    for x, y in path:
        dx, dy = x - middle[0], y - middle[1]
        d = hypot(dx, dy) or 1.0
        found.append((x + dx / d * far, y + dy / d * far))
    return tuple(found)


def _cost(spots: Spots, path: Spots, bones: list[Bone], scene: Scene) -> float:
    """How bad a place is: over the body, out of the picture, far from what moves."""
    frame = scene.frame
    cost = 0.0
    for (x, y), (px, py) in zip(spots, path, strict=True):
        nearest = min(_beside(x, y, bone) for bone in bones)
        out = max(frame.left - x, x - frame.right, frame.top - y, y - frame.bottom) + _HEAD + _AIR
        cost += max(0.0, _AIR - nearest) * 10 + max(0.0, out) * 40 + hypot(x - px, y - py)
    return cost


def _beside(x: float, y: float, bone: Bone) -> float:
    ax, ay, bx, by, radius = bone
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    share = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / square)) if square else 0.0
    return hypot(ax + dx * share - x, ay + dy * share - y) - radius
