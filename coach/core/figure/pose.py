"""Poses between key poses, and how one gets there."""

from coach.core.routine.figure import Limbs, Pose, Triple


def blend(start: Pose, end: Pose, share: float) -> Pose:
    """The pose a share of the way from `start` to `end`, joint by joint."""
    if share <= 0.0:
        return start
    if share >= 1.0:
        return end
    return Pose(
        root=_triple(start.root, end.root, share),
        spine=_triple(start.spine, end.spine, share),
        neck=_triple(start.neck, end.neck, share),
        working=_limbs(start.working, end.working, share),
        other=_limbs(start.other_side, end.other_side, share),
    )


def _limbs(start: Limbs, end: Limbs, share: float) -> Limbs:
    if start == end:
        return start
    return Limbs(
        hip=_triple(start.hip, end.hip, share),
        knee=_one(start.knee, end.knee, share),
        ankle=_one(start.ankle, end.ankle, share),
        toes=_one(start.toes, end.toes, share),
        shoulder=_triple(start.shoulder, end.shoulder, share),
        elbow=_one(start.elbow, end.elbow, share),
        wrist=_one(start.wrist, end.wrist, share),
    )


def _triple(start: Triple, end: Triple, share: float) -> Triple:
    return (
        _one(start[0], end[0], share),
        _one(start[1], end[1], share),
        _one(start[2], end[2], share),
    )


def _one(start: float, end: float, share: float) -> float:
    return start + (end - start) * share


def eased(fraction: float) -> float:
    """From 0 to 1 without a jerk: speed and acceleration begin and end at nothing."""
    t = min(1.0, max(0.0, fraction))
    return t * t * t * (t * (6.0 * t - 15.0) + 10.0)
