"""Where things stand on pages: a decision about heights alone, without anything that paints. Units are points."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is kept whole where a page can hold it; what is longer is broken between its rows."""

    rows: tuple[float, ...]
    """Heights from the top down; none is higher than a page."""
    beside: float = 0.0
    """The height of what stands beside the rows, at their top."""
    gap: float = 0.0
    """What is left free before it, but at the top of a page."""
    leads: bool = False
    """It never stands last on a page: a heading."""
    again: float = 0.0
    """The height of a head that is repeated above it where it begins a page, or goes on on one."""

    @property
    def height(self) -> float:
        """Of all of it."""
        return max(sum(self.rows), self.beside)


@dataclass(frozen=True, slots=True)
class Placed:
    """The rows `first` to `end` (not included) of a piece, `top` below the top of its page."""

    piece: int
    page: int
    top: float
    first: int
    end: int
    height: float
    headed: bool = False
    """The head is repeated above it."""


_HAIR = 1e-6
_LEAST_ROWS = 3
"""So many rows of what is broken stand together at least, where there are so many."""


def flow(pieces: Sequence[Piece], room: float) -> tuple[Placed, ...]:
    """Put the pieces below each other on pages that have `room` for them."""
    placed: list[Placed] = []
    page, at = 0, 0.0
    for number, piece in enumerate(pieces):
        gap = piece.gap if at > 0 else 0.0
        if at > 0 and at + gap + _wanted(pieces, number, room) > room + _HAIR:
            page, at, gap = page + 1, 0.0, 0.0
        at += gap
        first = 0
        while first < len(piece.rows):
            headed = at == 0 and piece.again > 0
            top = piece.again if headed else at
            end, height = _fitting(piece, first, room - top)
            if end == first and at > 0:
                page, at = page + 1, 0.0
                continue
            if end == first:  # higher than any page: rather over the edge than round and round
                end, height = first + 1, piece.rows[first]
            placed.append(Placed(number, page, top, first, end, height, headed))
            at = top + height
            first = end
    return tuple(placed)


def _wanted(pieces: Sequence[Piece], number: int, room: float) -> float:
    """How much has to fit for a piece to begin here: all of it, or the beginning of what no page holds; with a
    heading what follows it."""
    piece = pieces[number]
    if piece.height > room:
        return _fitting(piece, 0, max(piece.beside, sum(piece.rows[:_LEAST_ROWS])))[1]
    if not piece.leads or number + 1 == len(pieces):
        return piece.height
    both = piece.height + pieces[number + 1].gap + _wanted(pieces, number + 1, room)
    return both if both <= room else piece.height


def _fitting(piece: Piece, first: int, room: float) -> tuple[int, float]:
    """How far the rows from `first` on fit, and how high that is; never nothing of what fits no page."""
    beside = piece.beside if first == 0 else 0.0
    end, height = first, 0.0
    while end < len(piece.rows) and height + piece.rows[end] <= room + _HAIR:
        height += piece.rows[end]
        end += 1
    if beside > room + _HAIR:
        return first, 0.0
    return end, max(height, beside)
