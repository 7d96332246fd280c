"""Poses between key poses, and how one gets there."""

from collections.abc import Sequence
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
    return Pose(
        root=_triple([key.root for key in keys], share),
        spine=_triple([key.spine for key in keys], share),
        neck=_triple([key.neck for key in keys], share),
        working=_limbs([key.working for key in keys], share),
        other=_limbs([key.other_side for key in keys], share),
    )


def _limbs(keys: Sequence[Limbs], share: float) -> Limbs:
    if all(key == keys[0] for key in keys):
        return keys[0]
    return Limbs(
        hip=_triple([key.hip for key in keys], share),
        knee=_one([key.knee for key in keys], share),
        ankle=_one([key.ankle for key in keys], share),
        toes=_one([key.toes for key in keys], share),
        shoulder=_triple([key.shoulder for key in keys], share),
        elbow=_one([key.elbow for key in keys], share),
        wrist=_one([key.wrist for key in keys], share),
    )


def _triple(keys: Sequence[Triple], share: float) -> Triple:
    return (
        _one([key[0] for key in keys], share),
        _one([key[1] for key in keys], share),
        _one([key[2] for key in keys], share),
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
    turns = first * second <= 0.0
    here = 0.0 if turns else 2.0 * first * second / (first + second)
    if share < MIDDLE:
        return _hermite(start, middle, _at_end(first, second), here, share / MIDDLE)
    return _hermite(middle, end, here, _at_end(second, first), (share - MIDDLE) / (1.0 - MIDDLE))


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
