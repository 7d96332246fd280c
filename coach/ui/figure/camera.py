"""From the room to the picture: a parallel camera, so that nothing grows or shrinks with distance."""

from collections.abc import Iterable
from math import cos, radians, sin
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from coach.core.figure.vector import Matrix, Vec

_AIR: Final = 2.0
"""Pixels round the frame."""

Spot = tuple[float, float, float]
"""A point of the picture, and how near it is to the viewer (in body heights)."""


class Frame(NamedTuple):
    """What of the room is in the picture, in body heights seen by the camera; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float


class View(NamedTuple):
    """A camera with its picture: everything that turns a point of the room into one of the picture."""

    rx: float
    ry: float
    ux: float
    uy: float
    uz: float
    vx: float
    vy: float
    vz: float
    scale: float = 1.0
    """Pixels in one body height."""
    left: float = 0.0
    top: float = 0.0

    def at(self, point: Vec) -> Spot:
        """Where a point is in the picture, and how near."""
        x, y, z = point
        return (
            self.left + (x * self.rx + y * self.ry) * self.scale,
            self.top - (x * self.ux + y * self.uy + z * self.uz) * self.scale,
            x * self.vx + y * self.vy + z * self.vz,
        )

    def across(self, direction: Vec) -> tuple[float, float]:
        """How a direction lies in the picture, in pixels."""
        x, y, z = direction
        return (x * self.rx + y * self.ry) * self.scale, -(x * self.ux + y * self.uy + z * self.uz) * self.scale

    def faces(self, direction: Vec) -> float:
        """How much a direction of length 1 points at the viewer: 1 straight at, -1 straight away."""
        return direction[0] * self.vx + direction[1] * self.vy + direction[2] * self.vz


class Within(NamedTuple):
    """One part of the body in the picture: where its origin is, and its axes forwards, left and up, in pixels."""

    x: float
    y: float
    fx: float
    fy: float
    lx: float
    ly: float
    ux: float
    uy: float

    def at(self, place: Vec) -> tuple[float, float]:
        """Where a place of the part is in the picture."""
        a, b, c = place
        return self.x + a * self.fx + b * self.lx + c * self.ux, self.y + a * self.fy + b * self.ly + c * self.uy


def within(view: View, origin: Vec, axes: Matrix) -> Within:
    """The picture of a part that is turned by `axes` about `origin`."""
    rx, ry, ux, uy, uz, _, _, _, scale, left, top = view
    (a, b, c), (d, e, f), (g, h, i) = axes
    x, y, z = origin
    rx, ry, ux, uy, uz = rx * scale, ry * scale, -ux * scale, -uy * scale, -uz * scale
    return Within(
        left + x * rx + y * ry,
        top + x * ux + y * uy + z * uz,
        a * rx + d * ry,
        a * ux + d * uy + g * uz,
        b * rx + e * ry,
        b * ux + e * uy + h * uz,
        c * rx + f * ry,
        c * ux + f * uy + i * uz,
    )


def camera(turn: float, tilt: float) -> View:
    """A camera `turn` degrees round the body (0 in front, 90 at its left), looking down by `tilt`; not fitted yet."""
    ct, st = cos(radians(turn)), sin(radians(turn))
    ch, sh = cos(radians(tilt)), sin(radians(tilt))
    return View(-st, ct, -sh * ct, -sh * st, ch, ch * ct, ch * st, sh)


def frame_of(view: View, balls: Iterable[tuple[Vec, float]]) -> Frame:
    """The frame that holds every ball (middle and radius)."""
    plain = view._replace(scale=1.0, left=0.0, top=0.0)
    left = top = float("inf")
    right = bottom = -left
    for point, radius in balls:
        x, y, _ = plain.at(point)
        left, right = min(left, x - radius), max(right, x + radius)
        top, bottom = min(top, y - radius), max(bottom, y + radius)
    return Frame(left, top, right, bottom)


def fitted(view: View, frame: Frame, box: QRectF) -> View:
    """The camera with its frame as large as it fits in the middle of a box."""
    # An outline is never thinner than a pixel, however small the picture is.
    box = box.adjusted(_AIR, _AIR, -_AIR, -_AIR)
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    scale = max(0.1, min(box.width() / wide, box.height() / high))
    return view._replace(
        scale=scale,
        left=box.center().x() - (frame.left + frame.right) / 2 * scale,
        top=box.center().y() - (frame.top + frame.bottom) / 2 * scale,
    )
