"""How a shape is laid on: its outline as a slightly larger shape, then the side away from the light, then the lit side.

Filling is several times as fast as stroking, and where one part goes on in the next no line is drawn between them.

Outlines are kept: in most exercises half of the body stands still while the other half moves.
Each thread has its own: a path notes in itself how it is drawn, and paper is painted beside the window.
"""

from collections.abc import Iterable
from functools import lru_cache
from threading import get_ident
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from coach.ui.figure.look import Cloth
from coach.ui.figure.shapes import PLAIN, Blob, Lay, Ring, grown, hull, polygon, tube, tube_path

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
_KEPT: Final = 64
"""Shapes: of two bodies at least. More would be slower where all of a body moves."""


class Brush:
    """Lays shapes on at one scale."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.edge = max(_LEAST_EDGE, _EDGE * scale)
        self._wide = Lay(1.0, self.edge)
        self._shaded = scale >= _SMALL

    def _lays(self, *, shaded: bool) -> tuple[Lay, ...]:
        """How a tube is laid on for each of `_colours`."""
        return (self._wide, PLAIN, _LIT) if shaded else (self._wide, PLAIN)

    def tube(
        self,
        painter: QPainter,
        rings: tuple[Ring, ...],
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
        shaded = self._shaded and not flat
        lays = self._lays(shaded=shaded)
        ends = End(goes_on_first, first_cap), End(goes_on_last, last_cap)
        for paths, colour in zip(
            _tube_paths(rings, lays, *ends, get_ident()), _colours(cloth, shaded=shaded), strict=True
        ):
            for path in paths:
                painter.fillPath(path, colour[shade])

    def hulls(
        self,
        painter: QPainter,
        outlines: Iterable[tuple[Blob, ...]],
        cloth: Cloth,
        shade: int,
        *,
        tubes: Iterable[tuple[Ring, ...]] = (),
        flat: bool = False,
        small: bool = False,
    ) -> None:
        """Several outlines (and tubes) as one shape. `flat` has no shade below, `small` needs fewer points."""
        s = _HULL_UNDER * self.scale
        shaded = self._shaded and not flat
        grown_by = ((self.edge, 0.0), (0.0, 0.0), (-s, 0.8 * s))
        shapes = [
            _hull_shapes(blobs, grown_by if shaded else grown_by[:2], get_ident(), small=small) for blobs in outlines
        ]
        lays = self._lays(shaded=shaded)
        paths = [_tube_paths(rings, lays, _ENDS, _ENDS, get_ident()) for rings in tubes]
        painter.setPen(Qt.PenStyle.NoPen)
        for number, colour in enumerate(_colours(cloth, shaded=shaded)):
            painter.setBrush(colour[shade])
            for shape in shapes:
                painter.drawPolygon(shape[number])
            if lays[number] is not PLAIN or not shaded:
                for path in paths:
                    for piece in path[number]:
                        painter.fillPath(piece, colour[shade])


class End(NamedTuple):
    """One end of a tube."""

    goes_on: bool = False
    """In another part: its outline runs out there."""
    cap: float = 1.0
    """Round (1) to flat (0)."""


_ENDS: Final = End()


def _colours(cloth: Cloth, *, shaded: bool) -> tuple[tuple[QColor, ...], ...]:
    """Of the outline, of what the shade is to cover, of the lit side; without shade the first two."""
    return (cloth.line, cloth.under, cloth.lit) if shaded else (cloth.line, cloth.lit)


@lru_cache(maxsize=_KEPT)
def _tube_paths(
    rings: tuple[Ring, ...], lays: tuple[Lay, ...], first: End, last: End, _thread: int
) -> tuple[tuple[QPainterPath, ...], ...]:
    """The pieces of a tube for each way to lay it on."""
    pieces = tube(rings)
    found = []
    for lay in lays:
        covered = lay if lay is lays[-1] else _COVERED
        found.append(
            tuple(
                tube_path(
                    piece,
                    lay,
                    first=covered if first.goes_on and number == 0 else None,
                    last=covered if last.goes_on and number == len(pieces) - 1 else None,
                    first_cap=first.cap,
                    last_cap=last.cap,
                )
                for number, piece in enumerate(pieces)
            )
        )
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _hull_shapes(
    blobs: tuple[Blob, ...], grown_by: tuple[tuple[float, float], ...], _thread: int, *, small: bool
) -> tuple[QPolygonF, ...]:
    """The outline round all, grown and lifted by so many pixels each time."""
    plain = polygon(hull(blobs, small=small))
    return tuple(grown(plain, by, lift) if by else plain for by, lift in grown_by)
