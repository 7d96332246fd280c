"""Poses between key poses, and how one gets there."""

from collections.abc import Callable, Sequence
from typing import Final

from coach.core.routine.figure import Limbs, Pose, Triple

MIDDLE: Final = 0.5
"""The share of the way at which the middle pose is reached, where there is one."""


def blend(start: Pose, end: Pose, share: float, middle: Pose | None = None) -> Pose:
    """The pose a share of the way from `start` to `end`, joint by joint; through `middle` half-way, without a halt.

    No joint goes beyond what the key poses have, and none changes its speed at once.
    """
    if share <= 0.0:
        return start
    if share >= 1.0:
        return end
    keys = (start, end) if middle is None else (start, middle, end)
    return _pose(keys, share, _one)


def cycled(keys: Sequence[Pose], share: float) -> Pose:
    """The pose a share of the way round through `keys`, equally far apart, and back to the first without a halt."""
    return _pose(keys, share, _round)


Through = Callable[[Sequence[float], float], float]
"""How one angle goes through those of the key poses."""


def _pose(keys: Sequence[Pose], share: float, through: Through) -> Pose:
    return Pose(
        root=_triple([key.root for key in keys], share, through),
        spine=_triple([key.spine for key in keys], share, through),
        neck=_triple([key.neck for key in keys], share, through),
        working=_limbs([key.working for key in keys], share, through),
        other=_limbs([key.other_side for key in keys], share, through),
    )


def _limbs(keys: Sequence[Limbs], share: float, through: Through) -> Limbs:
    if all(key == keys[0] for key in keys):
        return keys[0]
    return Limbs(
        hip=_triple([key.hip for key in keys], share, through),
        knee=through([key.knee for key in keys], share),
        ankle=through([key.ankle for key in keys], share),
        toes=through([key.toes for key in keys], share),
        shoulder=_triple([key.shoulder for key in keys], share, through),
        elbow=through([key.elbow for key in keys], share),
        wrist=through([key.wrist for key in keys], share),
    )


def _triple(keys: Sequence[Triple], share: float, through: Through) -> Triple:
    return (
        through([key[0] for key in keys], share),
        through([key[1] for key in keys], share),
        through([key[2] for key in keys], share),
    )


def _one(keys: Sequence[float], share: float) -> float:
    if len(keys) == 2:
        start, end = keys
        return start + (end - start) * share
    start, middle, end = keys
    return _through(start, middle, end, share)


def _through(start: float, middle: float, end: float, share: float) -> float:
    """A monotone cubic (Fritsch and Butland) through three values: it turns back nowhere but at one of them."""
    first, second = middle - start, end - middle
    here = _between(first, second)
    if share < MIDDLE:
        return _hermite(start, middle, _at_end(first, second), here, share / MIDDLE)
    return _hermite(middle, end, here, _at_end(second, first), (share - MIDDLE) / (1.0 - MIDDLE))


def _round(keys: Sequence[float], share: float) -> float:
    """The same through values that come round again: there is no end to halt at."""
    count = len(keys)
    at = share % 1.0 * count
    here = min(int(at), count - 1)
    before, start, end, after = (keys[(here + step) % count] for step in (-1, 0, 1, 2))
    return _hermite(start, end, _between(start - before, end - start), _between(end - start, after - end), at - here)


def _between(first: float, second: float) -> float:
    """The speed at a value, from the ways to it and from it; none where it turns back."""
    return 0.0 if first * second <= 0.0 else 2.0 * first * second / (first + second)


def _at_end(near: float, far: float) -> float:
    """The speed at an end, of the parabola through all three, but never backwards nor so fast that it overshoots."""
    speed = (3.0 * near - far) / 2.0
    if speed * near <= 0.0:
        return 0.0
    return 3.0 * near if near * far < 0.0 and abs(speed) > 3.0 * abs(near) else speed


def _hermite(start: float, end: float, leaving: float, coming: float, t: float) -> float:
    """From `start` to `end`, with the speeds it leaves the one and comes to the other; `t` from 0 to 1."""
    u = 1.0 - t
    return u * u * ((1.0 + 2.0 * t) * start + t * leaving) + t * t * ((1.0 + 2.0 * u) * end - u * coming)


def eased(fraction: float) -> float:
    """From 0 to 1 without a jerk: speed and acceleration begin and end at nothing."""
    t = min(1.0, max(0.0, fraction))
    return t * t * t * (t * (6.0 * t - 15.0) + 10.0)
