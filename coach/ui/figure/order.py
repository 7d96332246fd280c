"""What is painted first: of every two things that overlap in the picture, the one that is farther where they cross."""

from collections.abc import Callable, Iterable, Sequence
from math import hypot
from typing import Final, NamedTuple

from PySide6.QtGui import QPainter

from coach.core.figure.vector import Vec
from coach.ui.figure.camera import View

_EDGE_ON: Final = 0.06
"""A face that is seen so much from its edge says nothing about what is before it."""


class Bar(NamedTuple):
    """A straight round piece of a thing in the picture, from one end to the other, with their nearness."""

    ax: float
    ay: float
    ad: float
    bx: float
    by: float
    bd: float
    r: float


class Block(NamedTuple):
    """A thing with six flat faces along the axes of the room."""

    low: Vec
    high: Vec


class Item:
    """One thing to be painted whole."""

    __slots__ = (
        "bars", "block", "bottom", "depth", "known_only", "left", "name", "paint", "points", "right", "span", "top",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        bars: Sequence[Bar],
        paint: Callable[[QPainter, set[str]], None],
        *,
        points: Sequence[tuple[Vec, float]] = (),
        block: Block | None = None,
        known_only: bool = False,
    ) -> None:
        self.name = name
        self.known_only = known_only
        """Its order is said by the known pairs, and not looked for in the picture."""
        self.bars = bars
        self.paint = paint
        self.points = points
        """Where it is in the room, with its thickness there: for looking on which side of a block it is."""
        self.block = block
        self.span: Block | None = block
        """How far it reaches along the axes of the room; found when it is asked for."""
        self.left = min(min(b.ax, b.bx) - b.r for b in bars)
        self.right = max(max(b.ax, b.bx) + b.r for b in bars)
        self.top = min(min(b.ay, b.by) - b.r for b in bars)
        self.bottom = max(max(b.ay, b.by) + b.r for b in bars)
        self.depth = sum(b.ad + b.bd for b in bars) / (2 * len(bars))


def ordered(items: Sequence[Item], view: View, known: Iterable[tuple[str, str]] = ()) -> list[Item]:
    """The items (no two of one name), the farthest first. Of each pair of `known` the first is painted first."""
    behind: list[set[int]] = [set() for _ in items]
    told_behind: list[set[int]] = [set() for _ in items]
    place = {item.name: at for at, item in enumerate(items)}
    told: set[tuple[int, int]] = set()
    for first, second in known:
        if first in place and second in place:
            i, j = place[first], place[second]
            told_behind[j].add(i)
            told |= {(i, j), (j, i)}
    for i, one in enumerate(items):
        if one.known_only:
            continue
        left, right, top, bottom = one.left, one.right, one.top, one.bottom
        for j in range(i):
            other = items[j]
            if left >= other.right or other.left >= right or top >= other.bottom or other.top >= bottom:
                continue
            if other.known_only or (i, j) in told:
                continue
            before = nearer(one, other, view)
            if before > 0:
                behind[i].add(j)
            elif before < 0:
                behind[j].add(i)
    rest = sorted(range(len(items)), key=lambda i: items[i].depth)
    done: list[Item] = []
    painted: set[int] = set()
    while rest:
        # In a cycle nobody is free: then the farthest goes first that nothing known holds back.
        free = [i for i in rest if told_behind[i] <= painted] or rest
        pick = next((i for i in free if behind[i] <= painted), free[0])
        rest.remove(pick)
        painted.add(pick)
        done.append(items[pick])
    return done


def nearer(one: Item, other: Item, view: View) -> float:
    """How much nearer `one` is than `other` where they overlap most; 0 where they do not."""
    if one.block is not None or other.block is not None:
        return _beside_block(one, other, view)
    most, gap = 0.0, 0.0
    for a in one.bars:
        for b in other.bars:
            distance, da, db = _meet(a, b)
            over = a.r + b.r - distance
            if over > most:
                most, gap = over, (da - db) or 1e-9
    return gap


def _meet(a: Bar, b: Bar) -> tuple[float, float, float]:
    """How far apart two bars' middle lines are in the picture, and how near each is there."""
    ux, uy = a.bx - a.ax, a.by - a.ay
    vx, vy = b.bx - b.ax, b.by - b.ay
    wx, wy = b.ax - a.ax, b.ay - a.ay
    cross = ux * vy - uy * vx
    if cross:
        s, t = (wx * vy - wy * vx) / cross, (wx * uy - wy * ux) / cross
        if 0.0 <= s <= 1.0 and 0.0 <= t <= 1.0:
            return 0.0, a.ad + (a.bd - a.ad) * s, b.ad + (b.bd - b.ad) * t
    best = (1e30, 0.0, 0.0)
    uu, vv = ux * ux + uy * uy, vx * vx + vy * vy
    for px, py, pd in ((b.ax, b.ay, b.ad), (b.bx, b.by, b.bd)):
        s = _clamped(((px - a.ax) * ux + (py - a.ay) * uy) / uu) if uu else 0.0
        d = hypot(a.ax + ux * s - px, a.ay + uy * s - py)
        if d < best[0]:
            best = d, a.ad + (a.bd - a.ad) * s, pd
    for px, py, pd in ((a.ax, a.ay, a.ad), (a.bx, a.by, a.bd)):
        t = _clamped(((px - b.ax) * vx + (py - b.ay) * vy) / vv) if vv else 0.0
        d = hypot(b.ax + vx * t - px, b.ay + vy * t - py)
        if d < best[0]:
            best = d, pd, b.ad + (b.bd - b.ad) * t
    return best


def _clamped(share: float) -> float:
    return 0.0 if share < 0.0 else min(1.0, share)


def _beside_block(one: Item, other: Item, view: View) -> float:
    """Which is before the other, by the face of a block that lies between them."""
    if one.block is None:
        return -_beside_block(other, one, view)
    low, high = one.block
    if other.span is None:
        other.span = Block(_least(other.points, -1.0), _least(other.points, 1.0))
    lows, highs = other.span
    best, before = -1e30, 0.0
    for axis, towards in enumerate((view.vx, view.vy, view.vz)):
        if abs(towards) < _EDGE_ON:
            continue
        for gap, sign in ((lows[axis] - high[axis], -1.0), (low[axis] - highs[axis], 1.0)):
            if gap > best:
                best, before = gap, sign * towards
    return before


def _least(points: Sequence[tuple[Vec, float]], sign: float) -> Vec:
    """The lowest or highest coordinates, a little inside the skin: flesh gives where it leans."""
    pick = min if sign < 0 else max
    x, y, z = (pick(p[axis] + sign * r * 0.6 for p, r in points) for axis in range(3))
    return x, y, z
