"""The head: skull and jaw, hair as a cap of the skull, ears, and a face that says where it looks."""

from math import acos, atan2, cos, sin, sqrt
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from coach.core.figure.vector import Matrix, Vec, cross, dot, scaled, sub, unit
from coach.ui.figure.brush import Brush
from coach.ui.figure.camera import View, within
from coach.ui.figure.look import Look
from coach.ui.figure.shapes import Blob, Ring, blob, closed, ellipse

_SKULL: Final = (0.061, 0.053, 0.063)
_MIDDLE: Final = (-0.003, 0.0, 0.008)
_CHIN: Final = (0.030, 0.0, -0.051)
_CHIN_SIZE: Final = (0.025, 0.025, 0.025)
_HAIR: Final = unit((-0.52, 0.0, 0.84))
"""Where the middle of the hair points."""
_HAIRLINE: Final = 0.2
_PUFF: Final = 0.085
_QUIFF: Final = 0.26
"""Above the forehead it stands up."""
_LARGE: Final = 700.0
"""From so many pixels on, curves need more points."""
_DETAILS: Final = 150.0
"""Below so many pixels a body's face is two eyes."""


class Head:
    """One head in one picture."""

    def __init__(self, view: View, middle: Vec, axes: Matrix, brush: Brush, look: Look) -> None:
        self._view = view
        self._brush = brush
        self._look = look
        self._part = within(view, middle, axes)
        towards = (view.vx, view.vy, view.vz)
        self._sight = _into(axes, towards)
        """The way to the viewer in the axes of the head."""

    def paint(self, painter: QPainter) -> None:
        """Paint all of it."""
        look, brush = self._look, self._brush
        ears = [(sign, self._sight[1] * sign) for sign in (1.0, -1.0)]
        for sign, facing in ears:
            if -0.75 < facing <= 0.12:
                self._ear(painter, sign)
        skull = blob(self._part, _MIDDLE, _SKULL)
        chin = blob(self._part, _CHIN, _CHIN_SIZE)
        nose = (self._ring((0.052, 0.0, 0.010), 0.006), self._ring((0.063, 0.0, -0.012), 0.0095))
        brush.hulls(painter, [(skull, chin)], look.skin, 0, tubes=[nose])
        behind = self._sight[0] < -0.2
        if not behind:
            self._face(painter)
        self._hair(painter)
        for sign, facing in ears:
            if facing > 0.12:
                self._ear(painter, sign)

    def _ring(self, place: Vec, radius: float) -> Ring:
        x, y = self._part.at(place)
        return x, y, radius * self._view.scale

    def _seen(self, normal: Vec) -> float:
        return dot(unit(normal), self._sight)

    # -- hair ---------------------------------------------------------------------------------------------------------

    def _hair(self, painter: QPainter) -> None:
        path = closed(self._hair_outline())
        if path.isEmpty():
            return
        x, y = self._part.at(_MIDDLE)
        size = _SKULL[0] * self._view.scale
        grow = 1 + self._brush.edge / size
        hair = self._look.hair
        for times, lift, colours in ((grow, 0.0, hair.line), (1.0, 0.0, hair.under), (0.92, 0.05, hair.lit)):
            spread = QTransform(times, 0.0, 0.0, times, x * (1 - times), y * (1 - times) - lift * size)
            painter.fillPath(spread.map(path), colours[0])

    def _hair_outline(self) -> list[tuple[float, float]]:
        """The part of the skull above the hairline that is seen, a little fuller than the skull."""
        w = unit((self._sight[0] / _SKULL[0], self._sight[1] / _SKULL[1], self._sight[2] / _SKULL[2]))
        h, c = _HAIR, _HAIRLINE
        hw = dot(h, w)
        rim = sqrt(1 - c * c)
        aside = sqrt(max(1e-9, 1 - hw * hw))
        k = -c * hw / (rim * aside)
        e1 = scaled(sub(w, scaled(h, hw)), 1 / aside)
        e2 = cross(h, e1)
        if k >= 1.0:
            return []
        points: list[Vec] = []
        a0 = 3.1416 if k <= -1.0 else acos(k)
        steps = 10 if self._view.scale < _LARGE else 20
        for i in range(steps + 1):
            a = -a0 + 2 * a0 * i / steps
            points.append(_with_temples(_sum(h, c, e1, rim * cos(a), e2, rim * sin(a))))
        if k > -1.0:
            f1 = scaled(sub(h, scaled(w, hw)), 1 / aside)
            f2 = cross(w, f1)
            last = points[-1]
            b0 = atan2(dot(last, f2), dot(last, f1))
            for i in range(1, steps + 4):
                s = 1 - 2 * i / (steps + 4)
                x, y, z = _sum(w, 0.0, f1, cos(b0 * s), f2, sin(b0 * s))
                fuller = 1 + (_PUFF + _QUIFF * max(0.0, 0.75 * z + 0.66 * x - 0.5)) * (1 - s * s) ** 0.5
                points.append((x * fuller, y * fuller, z * fuller))
        mx, my, mz = _MIDDLE
        sx, sy, sz = _SKULL
        return [self._part.at((mx + x * sx, my + y * sy, mz + z * sz)) for x, y, z in points]

    # -- face ---------------------------------------------------------------------------------------------------------

    def _ear(self, painter: QPainter, sign: float) -> None:
        ear = blob(self._part, (-0.006, sign * 0.052, -0.004), (0.0105, 0.006, 0.016))
        painter.fillPath(ellipse(ear, self._brush.edge * 0.9), self._look.skin.line[0])
        painter.fillPath(ellipse(ear), self._look.skin.lit[0])
        if self._view.scale > _DETAILS and self._sight[1] * sign > 0.3:
            inner = blob(self._part, (-0.004, sign * 0.057, -0.004), (0.005, 0.002, 0.009))
            painter.fillPath(ellipse(inner), self._look.skin.under[0])

    def _face(self, painter: QPainter) -> None:
        look, view = self._look, self._view
        detailed = view.scale > _DETAILS
        for sign in (1.0, -1.0):
            if self._seen((0.92, sign * 0.38, 0.0)) > 0.12:
                eye = blob(self._part, (0.0515, sign * 0.023, 0.004), (0.003, 0.0058, 0.0085))
                painter.fillPath(_at_least(eye, 0.8), look.feature)
                if detailed:
                    self._brow(painter, sign)
        if detailed:
            self._mouth(painter)
            if self._sight[0] > 0.35:
                self._nostrils(painter)

    def _line(self, painter: QPainter, places: list[Vec], width: float) -> None:
        spots = [self._part.at(place) for place in places]
        path = QPainterPath(QPointF(spots[0][0], spots[0][1]))
        for x, y in spots[1:]:
            path.lineTo(x, y)
        pen = QPen(self._look.feature, max(0.7, width * self._view.scale))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)

    def _brow(self, painter: QPainter, sign: float) -> None:
        places = [(0.053, sign * 0.014, 0.0215), (0.051, sign * 0.024, 0.024), (0.045, sign * 0.033, 0.020)]
        colour = QPen(self._look.hair.line[0], max(0.7, 0.0042 * self._view.scale))
        colour.setCapStyle(Qt.PenCapStyle.RoundCap)
        spots = [self._part.at(place) for place in places]
        path = QPainterPath(QPointF(spots[0][0], spots[0][1]))
        path.quadTo(spots[1][0], spots[1][1], spots[2][0], spots[2][1])
        painter.strokePath(path, colour)

    def _mouth(self, painter: QPainter) -> None:
        seen: list[Vec] = []
        for y in (-0.017, -0.011, -0.004, 0.004, 0.011, 0.017):
            x = 0.0535 - 14.0 * y * y
            if self._seen((0.9, y * 26.0, -0.12)) > 0.05:
                seen.append((x, y, -0.039 + 16.0 * y * y))
        if len(seen) > 1:
            self._line(painter, seen, 0.0036)

    def _nostrils(self, painter: QPainter) -> None:
        pen = QPen(self._look.skin.line[0], max(0.7, 0.0035 * self._view.scale))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        spots = [self._part.at((0.069, y, -0.019 - 30.0 * y * y)) for y in (-0.007, 0.0, 0.007)]
        path = QPainterPath(QPointF(spots[0][0], spots[0][1]))
        path.quadTo(spots[1][0], spots[1][1] + 0.006 * self._view.scale, spots[2][0], spots[2][1])
        painter.strokePath(path, pen)


def _into(axes: Matrix, v: Vec) -> Vec:
    return (
        axes[0][0] * v[0] + axes[1][0] * v[1] + axes[2][0] * v[2],
        axes[0][1] * v[0] + axes[1][1] * v[1] + axes[2][1] * v[2],
        axes[0][2] * v[0] + axes[1][2] * v[1] + axes[2][2] * v[2],
    )


def _sum(a: Vec, ka: float, b: Vec, kb: float, c: Vec, kc: float) -> Vec:
    return (
        a[0] * ka + b[0] * kb + c[0] * kc,
        a[1] * ka + b[1] * kb + c[1] * kc,
        a[2] * ka + b[2] * kb + c[2] * kc,
    )


def _with_temples(q: Vec) -> Vec:
    """A point of the hairline, lower before the ears, with a peak on either side of the forehead."""
    x, y, z = q
    before_ear = max(0.0, 1.0 - ((x - 0.2) / 0.34) ** 2) * max(0.0, abs(y) - 0.6) * 1.1
    return unit((x, y, z - before_ear))


def _at_least(shape: Blob, size: float) -> QPainterPath:
    """A small spot that does not vanish in a small picture."""
    least = size * size
    return ellipse(Blob(shape.x, shape.y, max(shape.xx, least), shape.xy, max(shape.yy, least)))
