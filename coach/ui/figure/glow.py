"""The muscles that work, lit up: soft patches that keep to the part of the body they are on."""

from collections.abc import Iterable, Sequence
from math import hypot
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from coach.core.figure.skeleton import SIDES, Body
from coach.core.figure.vector import Vec, add, between, turned, unit
from coach.core.routine.figure import Muscle
from coach.ui.figure.camera import View
from coach.ui.figure.shapes import add_tube

_SOFT: Final = 5
"""Steps of a patch's edge."""
_STRONG: Final = 0.86
_AWAY: Final = 0.3
"""How much is left of a patch that faces away: it shows at the rim."""


class Place(NamedTuple):
    """Where a muscle is: along a line between two points, off it in the axes of a frame (forwards, outwards, up)."""

    start: str
    end: str
    first: float
    last: float
    frame: str
    off: Vec
    radius: float
    parts: tuple[str, ...]


_PLACES: Final = {
    Muscle.BUTTOCK: Place("hip", "knee", -0.06, 0.1, "pelvis", (-0.052, 0.0, 0.008), 0.062, ("trunk", "thigh")),
    Muscle.SIDE_HIP: Place("hip", "hip", 0.0, 0.0, "pelvis", (-0.006, 0.045, 0.03), 0.056, ("trunk", "thigh")),
    Muscle.HIP_FLEXOR: Place("hip", "knee", -0.1, 0.22, "thigh", (0.048, -0.006, 0.0), 0.04, ("trunk", "thigh")),
    Muscle.FRONT_THIGH: Place("hip", "knee", 0.2, 0.84, "thigh", (0.03, 0.0, 0.0), 0.042, ("thigh",)),
    Muscle.BACK_THIGH: Place("hip", "knee", 0.2, 0.84, "thigh", (-0.03, 0.0, 0.0), 0.042, ("thigh",)),
    Muscle.OUTER_THIGH: Place("hip", "knee", 0.08, 0.86, "thigh", (0.0, 0.036, 0.0), 0.036, ("trunk", "thigh")),
    Muscle.CALF: Place("knee", "ankle", 0.12, 0.52, "shank", (-0.022, 0.0, 0.0), 0.036, ("shank",)),
    Muscle.FLANK: Place("hip", "shoulder", 0.3, 0.66, "loin", (0.0, 0.026, 0.0), 0.044, ("trunk",)),
}


class Glow:
    """One patch on one body."""

    def __init__(self, start: Vec, end: Vec, radius: float, *, facing: float, parts: Sequence[str], ink: QColor) -> None:
        self._start = start
        self._end = end
        self._radius = radius
        self._facing = facing
        self._ink = ink
        self.parts = parts
        """The parts of the body that it shows on."""

    def paint(self, painter: QPainter, paths: Sequence[QPainterPath], view: View) -> None:
        """Light up what is inside of a part's shapes."""
        shown = _AWAY + (1 - _AWAY) * max(0.0, min(1.0, 0.5 + self._facing))
        ink = QColor(self._ink)
        strength = ink.alphaF() * shown * _STRONG
        ax, ay, _ = view.at(self._start)
        bx, by, _ = view.at(self._end)
        if hypot(bx - ax, by - ay) < 1.0:
            bx += 1.0
        ink.setAlphaF(1 - (1 - strength) ** (1 / _SOFT))
        clip = QPainterPath()
        clip.setFillRule(Qt.FillRule.WindingFill)
        for path in paths:
            clip.addPath(path)
        painter.save()
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
        for step in range(_SOFT):
            r = self._radius * view.scale * (1.12 - 0.72 * step / (_SOFT - 1))
            patch = QPainterPath()
            patch.setFillRule(Qt.FillRule.WindingFill)
            add_tube(patch, [(ax, ay, r), (bx, by, r)])
            painter.fillPath(patch, ink)
        painter.restore()


def glows(body: Body, works: Iterable[Muscle], sides: str, view: View, ink: QColor) -> list[Glow]:
    """The patches of the muscles that work, on the given sides (`w`, `o` or both)."""
    found: list[Glow] = []
    for muscle in works:
        if muscle is Muscle.TRUNK:
            found.append(_belly(body, view, ink))
            continue
        found += [_on_side(body, muscle, side, view, ink) for side in sides]
    return found


def _on_side(body: Body, muscle: Muscle, side: str, view: View, ink: QColor) -> Glow:
    place = _PLACES[muscle]
    points = body.points
    start, end = points[f"{side}_{place.start}"], points[f"{side}_{place.end}"]
    axes = body.frames[place.frame if place.frame in ("pelvis", "loin") else f"{side}_{place.frame}"]
    left = _leftness(body, side)
    x, y, z = place.off
    off = turned(axes, (x, y * left, z))
    return Glow(
        add(between(start, end, place.first), off),
        add(between(start, end, place.last), off),
        place.radius,
        facing=view.faces(unit(off)),
        parts=[part if part == "trunk" else f"{side}_{part}" for part in place.parts],
        ink=ink,
    )


def _belly(body: Body, view: View, ink: QColor) -> Glow:
    off = turned(body.frames["loin"], (0.045, 0.0, 0.0))
    start, end = body.points["pelvis"], body.points["chest"]
    return Glow(
        add(between(start, end, 0.22), off),
        add(between(start, end, 0.8), off),
        0.055,
        facing=view.faces(unit(off)),
        parts=["trunk"],
        ink=ink,
    )


def _leftness(body: Body, side: str) -> float:
    """1 where a side is the left one in the axes of the pelvis, -1 where it is the right one."""
    axes = body.frames["pelvis"]
    hip, other = body.points[f"{side}_hip"], body.points["o_hip" if side == SIDES[0] else "w_hip"]
    across = sum(axes[i][1] * (hip[i] - other[i]) for i in range(3))
    return 1.0 if across > 0 else -1.0
