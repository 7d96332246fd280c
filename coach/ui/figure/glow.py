"""The muscles that work, lit up: soft patches that keep to the part of the body they are on."""

from collections.abc import Iterable, Sequence
from math import hypot
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPaintEngine, QPainter, QTransform

from coach.core.figure.skeleton import SIDES, Body
from coach.core.figure.vector import Vec, between, turned, unit
from coach.core.routine.figure import Muscle
from coach.ui.figure.camera import View
from coach.ui.figure.shapes import CIRCLE

_LEVELS: Final = 24
_AWAY: Final = 0.35
"""How much is left of a patch that faces away: it shows at the rim."""
_RINGS: Final = 8
_SIDE_ON: Final = 0.075
_HIDDEN: Final = -0.72
"""Facing away so much, it is not seen at all."""


class Place(NamedTuple):
    """Where a muscle is: along a line between two points, off it in the axes of a frame (forwards, outwards, up)."""

    start: str
    end: str
    first: float
    last: float
    frame: str
    off: Vec
    radius: float
    room: tuple[float, float]
    """The body's radius at both ends: a patch keeps inside of it."""
    parts: tuple[str, ...]


_HIP: Final = ("trunk", "thigh")
_PLACES: Final = {
    Muscle.BUTTOCK: Place("hip", "knee", -0.02, 0.1, "pelvis", (-0.034, 0.0, 0.004), 0.06, (0.072, 0.068), _HIP),
    Muscle.SIDE_HIP: Place("hip", "hip", 0.0, 0.0, "pelvis", (-0.004, 0.03, 0.012), 0.056, (0.074, 0.074), _HIP),
    Muscle.HIP_FLEXOR: Place("hip", "knee", -0.04, 0.2, "thigh", (0.034, 0.0, 0.0), 0.04, (0.066, 0.062), _HIP),
    Muscle.FRONT_THIGH: Place("hip", "knee", 0.2, 0.8, "thigh", (0.026, 0.0, 0.0), 0.042, (0.063, 0.046), ("thigh",)),
    Muscle.BACK_THIGH: Place("hip", "knee", 0.2, 0.8, "thigh", (-0.022, 0.0, 0.0), 0.042, (0.06, 0.041), ("thigh",)),
    Muscle.OUTER_THIGH: Place("hip", "knee", 0.06, 0.84, "thigh", (0.0, 0.026, 0.0), 0.036, (0.066, 0.043), _HIP),
    Muscle.CALF: Place("knee", "ankle", 0.14, 0.5, "shank", (-0.016, 0.0, 0.0), 0.034, (0.042, 0.036), ("shank",)),
    Muscle.FLANK: Place("hip", "shoulder", 0.3, 0.66, "loin", (0.0, -0.012, 0.0), 0.05, (0.046, 0.05), ("trunk",)),
}


class Glow:
    """One patch on one body."""

    def __init__(
        self,
        start: Vec,
        end: Vec,
        off: Vec,
        radius: float,
        room: tuple[float, float],
        *,
        facing: float,
        parts: Sequence[str],
        strength: float,
        ink: QBrush,
    ) -> None:
        self._ends = (start, end)
        self._off = off
        self._radius = radius
        self._room = room
        self._facing = facing
        self._ink = ink
        self._strength = strength
        self.parts = parts
        """The parts of the body that it shows on."""

    def paint(self, painter: QPainter, view: View) -> None:
        """Lay the patch on what was painted last."""
        shown = self._strength * min(1.0, max(_AWAY, 0.75 + 0.6 * self._facing))
        if self._facing < _HIDDEN or shown <= 0.0:
            return
        ox, oy = view.across(self._off)
        aside = hypot(ox, oy)
        (ax, ay, _), (bx, by, _) = (view.at(end) for end in self._ends)
        most = sum(self._room) / 2 * view.scale - aside
        wide = max(0.35 * self._radius * view.scale, min(self._radius * view.scale, most))
        dx, dy = bx - ax, by - ay
        d = hypot(dx, dy)
        long = wide + d / 2
        cx, sx = (dx / d, dy / d) if d > 0.5 else (1.0, 0.0)
        spread = QTransform(cx * long, sx * long, -sx * wide, cx * wide, (ax + bx) / 2 + ox, (ay + by) / 2 + oy)
        painter.setPen(Qt.PenStyle.NoPen)
        if painter.paintEngine().type() is QPaintEngine.Type.Raster:
            opacity = painter.opacity()
            # In steps: the engine keeps the colours of a gradient for every opacity it has seen.
            painter.setOpacity(opacity * round(shown * _LEVELS) / _LEVELS)
            brush = QBrush(self._ink)
            brush.setTransform(spread)
            painter.setBrush(brush)
            # Its rim is clear: there is nothing to be smoothed.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.drawPolygon(spread.map(CIRCLE))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(opacity)
            return
        # A PDF loses what a gradient lets through, and an SVG where it is: there the patch is made of rings.
        ink = QColor(self._ink.gradient().stops()[0][1])
        ink.setAlphaF(1 - (1 - 0.9 * shown) ** (1 / _RINGS))
        painter.setBrush(ink)
        for ring in range(_RINGS):
            size = 1 - 0.75 * ring / _RINGS
            painter.drawPolygon((QTransform.fromScale(size, size) * spread).map(CIRCLE))


def glows(body: Body, works: Iterable[Muscle], sides: str, view: View, strength: float, ink: QBrush) -> list[Glow]:
    """The patches of the muscles that work, on the given sides (`w`, `o` or both)."""
    found: list[Glow] = []
    if len(sides) > 1:
        # From the side, the farther of two that work is hidden by the nearer.
        gap = view.at(body.points["w_hip"])[2] - view.at(body.points["o_hip"])[2]
        sides = sides if abs(gap) < _SIDE_ON else "w" if gap > 0 else "o"
    for muscle in works:
        if muscle is Muscle.TRUNK:
            found.append(_belly(body, view, strength, ink))
            continue
        found += [_on_side(body, muscle, side, view, strength, ink) for side in sides]
    return found


def _on_side(body: Body, muscle: Muscle, side: str, view: View, strength: float, ink: QBrush) -> Glow:
    place = _PLACES[muscle]
    points = body.points
    start, end = points[f"{side}_{place.start}"], points[f"{side}_{place.end}"]
    axes = body.frames[place.frame if place.frame in ("pelvis", "loin") else f"{side}_{place.frame}"]
    left = _leftness(body, side)
    x, y, z = place.off
    off = turned(axes, (x, y * left, z))
    return Glow(
        between(start, end, place.first),
        between(start, end, place.last),
        off,
        place.radius,
        place.room,
        facing=view.faces(unit(off)),
        parts=[part if part == "trunk" else f"{side}_{part}" for part in place.parts],
        strength=strength,
        ink=ink,
    )


def _belly(body: Body, view: View, strength: float, ink: QBrush) -> Glow:
    off = turned(body.frames["loin"], (0.028, 0.0, 0.0))
    start, end = body.points["pelvis"], body.points["chest"]
    return Glow(
        between(start, end, 0.3),
        between(start, end, 0.78),
        off,
        0.05,
        (0.056, 0.058),
        facing=view.faces(unit(off)),
        parts=["trunk"],
        strength=strength,
        ink=ink,
    )


def _leftness(body: Body, side: str) -> float:
    """1 where a side is the left one in the axes of the pelvis, -1 where it is the right one."""
    axes = body.frames["pelvis"]
    hip, other = body.points[f"{side}_hip"], body.points["o_hip" if side == SIDES[0] else "w_hip"]
    across = sum(axes[i][1] * (hip[i] - other[i]) for i in range(3))
    return 1.0 if across > 0 else -1.0
