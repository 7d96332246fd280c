"""How high a hop is off the floor, and where it stands before it."""

from coach.core.figure import stride
from coach.core.routine.figure import Figure


def lift_at(figure: Figure, share: float) -> float:
    """How far what carries the body is above what it stands on, in body heights; nothing but in flight.

    It leaves the floor without a jerk, and is a parabola about the highest point as `motion` goes through it. A runner
    pushes off at the start of a step, and lands once its flight is over.
    """
    flight = figure.flight
    if flight is None:
        return 0.0
    if stride.strides(figure):
        through = share % 1.0 / flight.over
        return flight.height * max(0.0, 4.0 * through * (1.0 - through))
    way = share if lands(figure) else 1.0 - share
    up = max(0.0, 1.0 - max(0.0, way) / flight.over)
    return flight.height * up * up


def lands(figure: Figure) -> bool:
    """Whether the start is the highest, because sides change in the air, and the way to the end is that of landing."""
    by_turns = figure.alternates and figure.loop_s > 0.0
    return figure.flight is not None and by_turns and not stride.strides(figure)


def waits_at(figure: Figure) -> float:
    """The share in which the figure waits for its movement to begin: its start, or where it has landed."""
    if stride.strides(figure):
        return stride.waits_at(figure)
    return figure.flight.over if figure.flight is not None and lands(figure) else 0.0
