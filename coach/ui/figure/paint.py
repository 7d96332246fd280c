"""One drawing of a body with all that is about it: for the screen, for pictures and for paper."""

from math import sqrt
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTransform

from coach.core.figure.skeleton import SIDES, Body
from coach.ui.figure import props
from coach.ui.figure.arrow import paint_arrow
from coach.ui.figure.camera import View, fitted
from coach.ui.figure.glow import glows
from coach.ui.figure.look import Look
from coach.ui.figure.order import Block, Item, ordered
from coach.ui.figure.person import Person
from coach.ui.figure.scene import Scene
from coach.ui.figure.shapes import CIRCLE

_SHADOWS: Final = (
    ("pelvis", 3.0),
    ("chest", 3.0),
    ("head", 1.0),
    *((f"{side}_{name}", 1.0) for side in SIDES for name in ("knee", "heel", "tip", "elbow", "hand")),
)
"""What throws a shadow, and how much of it."""
_FADES: Final = 0.3
"""Higher above the floor a part throws no shadow."""
_SPREAD: Final = 1.55
"""How far the pool reaches, in standard deviations of what throws it."""
_LEAST: Final = 0.045
_LAYERS: Final = (1.0, 0.93, 0.86, 0.78, 0.7)
_THIN_LAYERS: Final = (0.95, 0.86, 0.76)
_FLATTEST: Final = 0.16
"""Seen from the floor's height, a pool still has some breadth."""


def paint_figure(
    painter: QPainter,
    box: QRectF,
    body: Body,
    scene: Scene,
    look: Look,
    *,
    glow: float = 0.0,
    breath: float = 0.0,
    arrow: bool = False,
) -> None:
    """Paint `body` (of `scene.at`) in the middle of `box`.

    `glow` is how strongly the muscles light up, `breath` how far chest and belly are lifted, both 0 to 1.
    """
    view = fitted(scene.view, scene.frame, box)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mat in scene.mats:
        props.paint_mat(painter, mat, view, look)
    _paint_shadow(painter, body, scene, view, look)
    items, known = _items(body, scene, view, look, glow, breath)
    painted: set[str] = set()
    for item in ordered(items, view, known):
        item.paint(painter, painted)
        painted.add(item.name)
    if arrow:
        paint_arrow(painter, scene, view, look)
    painter.restore()


def _items(
    body: Body, scene: Scene, view: View, look: Look, glow: float = 0.0, breath: float = 0.0
) -> tuple[list[Item], list[tuple[str, str]]]:
    patches = []
    if glow > 0.0 and scene.works:
        patches = glows(body, scene.works, scene.glowing, view, min(1.0, glow), look.glow)
    person = Person(body, view, look, patches, breath)
    items = person.items()
    things, known = props.items(scene.props, body, view, look)
    return items + things, person.known + known


def painting_order(body: Body, scene: Scene, look: Look, box: QRectF) -> list[str]:
    """The names of the parts from the farthest to the nearest."""
    view = fitted(scene.view, scene.frame, box)
    items, known = _items(body, scene, view, look)
    return [item.name for item in ordered(items, view, known)]


def _paint_shadow(painter: QPainter, body: Body, scene: Scene, view: View, look: Look) -> None:
    """A soft pool on the floor: an ellipse as broad and as long as what is near to the floor."""
    low = [(body.points[name], much * (_FADES - body.points[name][2])) for name, much in _SHADOWS]
    low = [(point, weight) for point, weight in low if weight > 0.0]
    whole = sum(weight for _, weight in low)
    if not whole:
        return
    mx = sum(point[0] * weight for point, weight in low) / whole
    my = sum(point[1] * weight for point, weight in low) / whole
    xx = sum((point[0] - mx) ** 2 * weight for point, weight in low) / whole
    yy = sum((point[1] - my) ** 2 * weight for point, weight in low) / whole
    xy = sum((point[0] - mx) * (point[1] - my) * weight for point, weight in low) / whole
    far = _SPREAD * _SPREAD
    a = sqrt(xx * far + _LEAST * _LEAST)
    along, over = xy * far / a, yy * far + _LEAST * _LEAST
    across = sqrt(max(_LEAST * _LEAST, over - along * along))
    first, second = (a, along), (0.0, across)
    if scene.mats:
        # A pool that keeps to the mat can be opaque, which is much faster.
        fx, fy = _kept(mx, my, a, sqrt(over), scene.mats[0])
        first, second = (a * fx, along * fy), (0.0, across * fy)
    x, y, _ = view.at((mx, my, 0.0))
    ux, uy = view.across((*first, 0.0))
    vx, vy = view.across((*second, 0.0))
    thin = max(1.0, _FLATTEST / max(1e-3, view.vz))
    pool = QTransform(ux, uy * thin, vx, vy * thin, x, y).map(CIRCLE)
    for step, size in enumerate(_LAYERS if scene.mats else _THIN_LAYERS):
        layer = QTransform(size, 0.0, 0.0, size, x * (1 - size), y * (1 - size)).map(pool)
        props.plain_fill(painter, layer, look.mat_shadows[step] if scene.mats else look.shadow)


def _kept(x: float, y: float, wide: float, high: float, mat: Block) -> tuple[float, float]:
    """How much narrower an ellipse must be to keep to the mat."""
    (low_x, low_y, _), (high_x, high_y, _) = mat
    room_x, room_y = max(0.01, min(x - low_x, high_x - x)), max(0.01, min(y - low_y, high_y - y))
    return min(1.0, room_x / wide), min(1.0, room_y / high)
