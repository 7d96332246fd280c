"""One drawing of a body with all that is about it: for the screen, for pictures and for paper."""

from math import cos, pi, sin
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from coach.core.figure.skeleton import SIDES, Body
from coach.ui.figure import props
from coach.ui.figure.arrow import paint_arrow
from coach.ui.figure.camera import View, fitted
from coach.ui.figure.glow import glows
from coach.ui.figure.look import Look
from coach.ui.figure.order import Block, Item, ordered
from coach.ui.figure.person import Person
from coach.ui.figure.scene import Scene
from coach.ui.figure.shapes import Blob, grown, hull, polygon

_SHADOWS: Final = (
    ("pelvis", 0.11),
    ("chest", 0.11),
    ("head", 0.075),
    *((f"{side}_{name}", radius) for side in SIDES for name, radius in (
        ("hip", 0.07),
        ("knee", 0.05),
        ("heel", 0.045),
        ("tip", 0.035),
        ("elbow", 0.035),
        ("hand", 0.03),
    )),
)  # fmt: skip
_SOFT: Final = 0.026
"""How broad the soft edge of a shadow is."""
_EIGHT: Final = tuple((cos(pi * step / 4), 3 * sin(pi * step / 4)) for step in range(8))
_FADES: Final = 0.3
"""Higher above the floor a part throws no shadow."""
_FLATTEST: Final = 0.16


def paint_figure(
    painter: QPainter,
    box: QRectF,
    body: Body,
    scene: Scene,
    look: Look,
    *,
    glow: float = 0.0,
    arrow: bool = False,
) -> None:
    """Paint `body` (of `scene.at`) in the middle of `box`; `glow` is how strongly the muscles light up, 0 to 1."""
    view = fitted(scene.view, scene.frame, box)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mat in scene.mats:
        props.paint_mat(painter, mat, view, look)
    _paint_shadow(painter, body, scene, view, look)
    items, known = _items(body, scene, view, look, glow)
    painted: set[str] = set()
    for item in ordered(items, view, known):
        item.paint(painter, painted)
        painted.add(item.name)
    if arrow:
        paint_arrow(painter, scene, view, look)
    painter.restore()


def _items(body: Body, scene: Scene, view: View, look: Look, glow: float) -> tuple[list[Item], list[tuple[str, str]]]:
    patches = []
    if glow > 0.0 and scene.works:
        patches = glows(body, scene.works, scene.glowing, view, min(1.0, glow), look.glow)
    person = Person(body, view, look, patches)
    items = person.items()
    things, known = props.items(scene.props, body, view, look)
    return items + things, person.known + known


def painting_order(body: Body, scene: Scene, look: Look, box: QRectF) -> list[str]:
    """The names of the parts from the farthest to the nearest."""
    view = fitted(scene.view, scene.frame, box)
    items, known = _items(body, scene, view, look, 0.0)
    return [item.name for item in ordered(items, view, known)]


def _paint_shadow(painter: QPainter, body: Body, scene: Scene, view: View, look: Look) -> None:
    """A soft pool on the floor under what is near to it."""
    places = [(body.points[name], radius) for name, radius in _SHADOWS if body.points[name][2] < _FADES]
    weight = sum(_FADES - point[2] for point, _ in places)
    if weight <= 0.0:
        return
    # What is higher throws less of a shadow, nearer to the middle of what is low.
    mx = sum(point[0] * (_FADES - point[2]) for point, _ in places) / weight
    my = sum(point[1] * (_FADES - point[2]) for point, _ in places) / weight
    squash = max(_FLATTEST, view.vz) ** 2
    soft = _SOFT * view.scale
    pool = []
    for (x, y, z), radius in places:
        share = min(1.0, 1.0 - z / _FADES)
        radius *= share
        x, y = mx + (x - mx) * share, my + (y - my) * share
        if scene.mats:
            # A pool that keeps to the mat can be opaque, which is much faster.
            x, y = _kept(x, y, radius + _SOFT, scene.mats[0])
        px, py, _ = view.at((x, y, 0.0))
        r = radius * view.scale
        pool.append(Blob(px, py, r * r, 0.0, r * r * squash))
    shape = polygon(hull(_outer(pool)))
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(3 if scene.mats else 2):
        painter.setBrush(look.mat_shadows[step] if scene.mats else look.shadow)
        painter.drawPolygon(grown(shape, soft * (1 - step)))


def _outer(pool: list[Blob]) -> list[Blob]:
    """Those that can be at the edge: the farthest in eight directions."""
    return list({max(pool, key=lambda blob: blob.x * c + blob.y * s + blob.xx**0.5) for c, s in _EIGHT})


def _kept(x: float, y: float, radius: float, mat: Block) -> tuple[float, float]:
    """A place whose circle keeps to the mat."""
    (low_x, low_y, _), (high_x, high_y, _) = mat
    radius = min(radius, (high_x - low_x) / 2, (high_y - low_y) / 2)
    return min(max(x, low_x + radius), high_x - radius), min(max(y, low_y + radius), high_y - radius)
