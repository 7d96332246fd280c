"""Walking and running: each step goes through to the mirror image of its start, which the next step starts from."""

from math import floor

from coach.core.figure.pose import blend, cycled
from coach.core.routine.figure import Figure, Pose, Triple


def strides(figure: Figure) -> bool:
    """Whether its turns go on into each other: without an end to come back from, the other side's start is the end."""
    return figure.alternates and figure.loop_s > 0.0 and figure.end is None


def pose_at(figure: Figure, share: float) -> Pose:
    """The pose a share of the way through a movement, or through a step of one side."""
    if not strides(figure):
        return blend(figure.start, figure.end or figure.start, share, figure.middle)
    keys = [figure.start] if figure.middle is None else [figure.start, figure.middle]
    return cycled([*keys, *(exchanged(key) for key in keys)], share / 2.0)


def turns_at(figure: Figure, fraction: float, length_s: float) -> float:
    """How many steps have been done: as many for each side, so that it ends as it began, in time close to `loop_s`."""
    pairs = max(1, floor(length_s / figure.loop_s / 2.0 + 0.5))
    return waits_at(figure) + fraction * 2.0 * pairs


def waits_at(figure: Figure) -> float:
    """The share in which it waits to begin: both feet on the floor in walking, one in running."""
    return 0.0 if figure.flight is None else 0.5


def exchanged(pose: Pose) -> Pose:
    """The pose with both sides exchanged."""
    return Pose(
        root=_turned_over(pose.root),
        spine=_turned_over(pose.spine),
        neck=_turned_over(pose.neck),
        working=pose.other_side,
        other=pose.working,
    )


def _turned_over(turn: Triple) -> Triple:
    """Pitch or flexion is alike for both sides; roll, bend and turn are towards one."""
    return turn[0], -turn[1], -turn[2]
