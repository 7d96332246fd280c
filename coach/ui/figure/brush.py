"""How a shape is laid on: its outline as a slightly larger shape, then the side away from the light, then the lit side.

Filling is several times as fast as stroking, and where one part goes on in the next no line is drawn between them.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath

from coach.ui.figure.look import Cloth
from coach.ui.figure.shapes import Outline, Ring, add_outline, add_tube

_EDGE: Final = 0.0042
_LEAST_EDGE: Final = 0.7
_TUBE_UNDER: Final = 0.12
"""How much of a tube's radius the shade below takes."""
_HULL_UNDER: Final = 0.008
_SMALL: Final = 90.0
"""A body of fewer pixels gets no shading: there would be nothing left of the light."""


class Brush:
    """Lays shapes on at one scale."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.edge = max(_LEAST_EDGE, _EDGE * scale)
        self._shaded = scale >= _SMALL

    def tube(
        self,
        painter: QPainter,
        rings: Sequence[Ring],
        cloth: Cloth,
        shade: int,
        *,
        goes_on_first: bool = False,
        goes_on_last: bool = False,
        first_cap: float = 1.0,
        last_cap: float = 1.0,
    ) -> QPainterPath:
        """A limb's shape; where it goes on in another part its outline runs out."""
        e = self.edge
        lit = [(x, y - r * _TUBE_UNDER, r * (1 - _TUBE_UNDER)) for x, y, r in rings]
        wide = [(x, y, r + e) for x, y, r in rings]
        under = list(rings)
        if goes_on_first:
            wide[0] = under[0] = lit[0]
        if goes_on_last:
            wide[-1] = under[-1] = lit[-1]
        drawn = QPainterPath()
        for ground, colour in ((wide, cloth.line), (under, cloth.under), (lit, cloth.lit)):
            if ground is lit and not self._shaded:
                break
            if ground is under and not self._shaded:
                colour = cloth.lit
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            add_tube(path, ground, first_cap=first_cap, last_cap=last_cap)
            painter.fillPath(path, colour[shade])
            if ground is under:
                drawn = path
        return drawn

    def hulls(
        self,
        painter: QPainter,
        outlines: Iterable[Outline],
        cloth: Cloth,
        shade: int,
        *,
        tubes: Sequence[Sequence[Ring]] = (),
    ) -> QPainterPath:
        """Several outlines (and tubes) as one shape."""
        s = _HULL_UNDER * self.scale
        made = list(outlines)
        drawn = QPainterPath()
        passes = ((self.edge, cloth.line, 0.0), (0.0, cloth.under, 0.0), (-s, cloth.lit, s))
        for grow, colour, lift in passes if self._shaded else passes[:2]:
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            for outline in made:
                add_outline(path, outline, grow)
            for rings in tubes:
                add_tube(path, [(x, y, max(r + grow, 0.3 * r)) for x, y, r in rings])
            if lift:
                path.translate(0.0, -lift)
            painter.fillPath(path, (colour if self._shaded or grow else cloth.lit)[shade])
            if grow == 0.0:
                drawn = path
        return drawn
