"""How a shape is laid on: its outline as a slightly larger shape, then the side away from the light, then the lit side.

Filling is several times as fast as stroking, and where one part goes on in the next no line is drawn between them.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from coach.ui.figure.look import Cloth
from coach.ui.figure.shapes import PLAIN, Lay, Outline, Ring, grown, polygon, tube, tube_path

_EDGE: Final = 0.0042
_LEAST_EDGE: Final = 0.7
_TUBE_UNDER: Final = 0.12
"""How much of a tube's radius the shade below takes."""
_LIT: Final = Lay(0.97 - _TUBE_UNDER, 0.0, _TUBE_UNDER)
_COVERED: Final = Lay(0.8, 0.0, _TUBE_UNDER)
"""An end that goes on: what is below the lit side does not show through its rim."""
_HULL_UNDER: Final = 0.008
_SMALL: Final = 90.0
"""A body of fewer pixels gets no shading: there would be nothing left of the light."""


class Brush:
    """Lays shapes on at one scale."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.edge = max(_LEAST_EDGE, _EDGE * scale)
        self._wide = Lay(1.0, self.edge)
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
        flat: bool = False,
    ) -> None:
        """A limb's shape; where it goes on in another part its outline runs out. `flat` has no shade below."""
        pieces = tube(rings)
        shaded = self._shaded and not flat
        passes = ((self._wide, cloth.line), (PLAIN, cloth.under if shaded else cloth.lit), (_LIT, cloth.lit))
        top = _LIT if shaded else PLAIN
        for lay, colour in passes if shaded else passes[:2]:
            covered = lay if lay is top else _COVERED
            for number, piece in enumerate(pieces):
                path = tube_path(
                    piece,
                    lay,
                    first=covered if goes_on_first and number == 0 else None,
                    last=covered if goes_on_last and number == len(pieces) - 1 else None,
                    first_cap=first_cap,
                    last_cap=last_cap,
                )
                painter.fillPath(path, colour[shade])

    def hulls(
        self,
        painter: QPainter,
        outlines: Iterable[Outline],
        cloth: Cloth,
        shade: int,
        *,
        tubes: Sequence[Sequence[Ring]] = (),
        flat: bool = False,
    ) -> None:
        """Several outlines (and tubes) as one shape. `flat` has no shade below."""
        s = _HULL_UNDER * self.scale
        made = [polygon(outline) for outline in outlines]
        pieces = [piece for rings in tubes for piece in tube(rings)]
        shaded = self._shaded and not flat
        passes = (
            (self.edge, 0.0, self._wide, cloth.line),
            (0.0, 0.0, PLAIN, cloth.under if shaded else cloth.lit),
            (-s, 0.8 * s, _LIT, cloth.lit),
        )
        painter.setPen(Qt.PenStyle.NoPen)
        for grow, lift, lay, colour in passes if shaded else passes[:2]:
            painter.setBrush(colour[shade])
            for shape in made:
                painter.drawPolygon(grown(shape, grow, lift) if grow else shape)
            if lay is not PLAIN or not shaded:
                for piece in pieces:
                    painter.fillPath(tube_path(piece, lay), colour[shade])
