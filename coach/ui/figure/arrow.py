"""An arrow along the way of the part that moves most, for previews."""

from itertools import pairwise
from math import hypot
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from coach.core.figure.vector import distance
from coach.ui.figure.camera import View
from coach.ui.figure.look import Look
from coach.ui.figure.scene import Scene

_PARTS: Final = (
    "w_knee", "w_ankle", "w_ball", "w_hand", "w_elbow", "pelvis", "chest", "head", "o_knee", "o_ankle", "o_ball",
    "o_hand",
)  # fmt: skip
_STEPS: Final = 8
_LEAST: Final = 0.03
"""A way shorter than this part of a body is not shown."""


def paint_arrow(painter: QPainter, scene: Scene, view: View, look: Look) -> None:
    """Paint it, a little beside the path so that the limb does not lie on it."""
    bodies = [scene.at(step / _STEPS) for step in range(_STEPS + 1)]
    first, last = bodies[0], bodies[-1]
    part = max(_PARTS, key=lambda name: distance(first.points[name], last.points[name]))
    if distance(first.points[part], last.points[part]) < _LEAST:
        return
    path = [view.at(body.points[part])[:2] for body in bodies]
    away = _away(path, view.at(last.points["pelvis" if part != "pelvis" else "chest"])[:2], 0.075 * view.scale)
    line = QPainterPath(QPointF(*away[0]))
    for (ax, ay), (bx, by) in pairwise(away[1:]):
        line.quadTo(ax, ay, (ax + bx) / 2, (ay + by) / 2)
    ex, ey = away[-1]
    line.lineTo(ex, ey)
    px, py = away[-3]
    dx, dy = ex - px, ey - py
    d = hypot(dx, dy) or 1.0
    dx, dy = dx / d, dy / d
    size = 0.036 * view.scale
    head = QPainterPath(QPointF(ex + dx * size, ey + dy * size))
    head.lineTo(ex - dx * size * 0.4 - dy * size * 0.8, ey - dy * size * 0.4 + dx * size * 0.8)
    head.lineTo(ex - dx * size * 0.4 + dy * size * 0.8, ey - dy * size * 0.4 - dx * size * 0.8)
    head.closeSubpath()
    width = max(2.0, 0.014 * view.scale)
    for extra, colour in ((width * 0.9, look.arrow_edge), (0.0, look.arrow)):
        pen = QPen(colour, width + extra)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(line, pen)
        if extra:
            painter.strokePath(head, QPen(colour, extra, j=Qt.PenJoinStyle.RoundJoin))
        painter.fillPath(head, colour)


def _away(path: list[tuple[float, float]], middle: tuple[float, float], far: float) -> list[tuple[float, float]]:
    """The path, pushed away from the middle of the body."""
    found = []
    for x, y in path:
        dx, dy = x - middle[0], y - middle[1]
        d = hypot(dx, dy) or 1.0
        found.append((x + dx / d * far, y + dy / d * far))
    return found
