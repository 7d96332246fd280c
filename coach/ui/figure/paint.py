"""One drawing of a body with all that is about it: for the screen, for pictures and for paper."""

from math import hypot
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QTransform

from coach.core.figure.skeleton import SIDES, Body
from coach.ui.figure import props
from coach.ui.figure.arrow import paint_arrow
from coach.ui.figure.camera import View, fitted
from coach.ui.figure.glow import glows
from coach.ui.figure.look import Look
from coach.ui.figure.order import Item, ordered
from coach.ui.figure.person import Person
from coach.ui.figure.scene import Scene
from coach.ui.figure.shapes import add_tube

_SHADOWS: Final = (
    ("pelvis", "chest", 0.085, 0.085),
    ("chest", "head", 0.05, 0.06),
    *((f"{side}_{a}", f"{side}_{b}", ra, rb) for side in SIDES for a, b, ra, rb in (
        ("hip", "knee", 0.06, 0.045),
        ("knee", "ankle", 0.045, 0.03),
        ("heel", "tip", 0.032, 0.03),
        ("shoulder", "elbow", 0.04, 0.03),
        ("elbow", "hand", 0.03, 0.022),
    )),
)
_SOFT: Final = (1.45, 1.2, 0.95)
"""How large the layers of a shadow are, from its soft edge inwards."""
_FADES: Final = 0.42
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
    _paint_shadow(painter, body, view, look)
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
        ink = QColor(look.glow)
        ink.setAlphaF(min(1.0, glow))
        patches = glows(body, scene.works, scene.glowing, view, ink)
    person = Person(body, view, look, patches)
    items = person.items()
    things, known = props.items(scene.props, body, view, look)
    return items + things, person.known + known


def painting_order(body: Body, scene: Scene, look: Look, box: QRectF) -> list[str]:
    """The names of the parts from the farthest to the nearest."""
    view = fitted(scene.view, scene.frame, box)
    items, known = _items(body, scene, view, look, 0.0)
    return [item.name for item in ordered(items, view, known)]


def _paint_shadow(painter: QPainter, body: Body, view: View, look: Look) -> None:
    """A soft pool on the floor, darker where the body is near to it; laid out on the floor and tilted with it."""
    squash = max(_FLATTEST, view.vz)
    layers = [QPainterPath() for _ in _SOFT]
    for layer in layers:
        layer.setFillRule(Qt.FillRule.WindingFill)
    scale = view.scale
    for start, end, ra, rb in _SHADOWS:
        a, b = body.points[start], body.points[end]
        lower, upper = sorted((a[2], b[2]))
        if lower > _FADES:
            continue
        # Of a part that rises, only its lower end is near enough to the floor.
        if upper > _FADES:
            share = (_FADES - lower) / (upper - lower)
            if a[2] < b[2]:
                b = _part(a, b, share)
            else:
                a = _part(b, a, share)
        ax, ay, _ = view.at((a[0], a[1], 0.0))
        bx, by, _ = view.at((b[0], b[1], 0.0))
        ay, by = ay / squash, by / squash
        wa, wb = ra * _near(a[2]) * scale, rb * _near(b[2]) * scale
        if hypot(bx - ax, by - ay) < 0.5:
            bx += 0.5
        for layer, soft in zip(layers, _SOFT, strict=True):
            add_tube(layer, [(ax, ay, max(0.5, wa * soft)), (bx, by, max(0.5, wb * soft))])
    painter.save()
    painter.setTransform(QTransform.fromScale(1.0, squash), combine=True)
    for layer in layers:
        painter.fillPath(layer, look.shadow)
    painter.restore()


def _part(a: tuple[float, float, float], b: tuple[float, float, float], share: float) -> tuple[float, float, float]:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share


def _near(height: float) -> float:
    return max(0.12, 1.0 - max(0.0, height) / _FADES)
