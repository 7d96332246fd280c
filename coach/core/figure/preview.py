"""One rep of an exercise as a preview goes through it: which phase, and how far, at any time."""

from itertools import accumulate
from typing import Final

from msgspec import UNSET

from coach.core.figure.flight import lands, waits_at
from coach.core.figure.motion import Moment
from coach.core.figure.stride import strides
from coach.core.routine.dose import Tempo
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import StepKind, rep_s

MOVE_S: Final = 2.0
"""How long a preview takes into a held position and out of it; that is the usual tempo of a rep."""

SHOWN_HOLD_S: Final = 3.0
"""A preview shows no more of a long hold: nothing happens in it."""

FLYING_TURNS: Final = 5
"""Of what changes sides in the air, as it begins and ends on the floor: so many turns have one flight less."""


def phases(exercise: Exercise) -> tuple[tuple[StepKind, float], ...]:
    """The phases of one rep and their seconds, in order; none has a length of 0, and there is at least one."""
    figure, dose = exercise.figure, exercise.dose
    if figure is not None and figure.loop_s > 0:
        turns = 1 if not figure.alternates else FLYING_TURNS if lands(figure) else 2
        return ((StepKind.HOLD, figure.loop_s * turns),)
    if dose.hold_s is not UNSET:
        parts = ((StepKind.UP, MOVE_S), (StepKind.HOLD, min(dose.hold_s, SHOWN_HOLD_S)), (StepKind.DOWN, MOVE_S))
    else:
        tempo = dose.tempo if dose.tempo is not UNSET and rep_s(dose.tempo) > 0 else Tempo()
        parts = ((StepKind.UP, tempo.up_s), (StepKind.HOLD, tempo.hold_s), (StepKind.DOWN, tempo.down_s))
    return tuple((kind, seconds) for kind, seconds in parts if seconds > 0)


def length_s(exercise: Exercise) -> float:
    """How long one rep takes in a preview."""
    return sum(seconds for _, seconds in phases(exercise))


def moment(exercise: Exercise, at_s: float) -> Moment:
    """Where in a rep one is, `at_s` seconds after its beginning; before it and after it, at its ends."""
    every = phases(exercise)
    ends = tuple(accumulate(seconds for _, seconds in every))
    at = min(max(at_s, 0.0), ends[-1])
    for (kind, seconds), end in zip(every, ends, strict=True):
        if at < end:
            return Moment(kind, 1 - (end - at) / seconds, seconds)
    kind, seconds = every[-1]
    return Moment(kind, 1.0, seconds)


def telling(exercise: Exercise) -> float:
    """The fraction of a rep that says most about it in a still picture: where the movement has gone farthest."""
    figure = exercise.figure
    if figure is not None and figure.loop_s > 0:
        # A step is longest where it starts: there one leg is in front and the other behind.
        turns = waits_at(figure) if strides(figure) else 0.5
        return turns * figure.loop_s / length_s(exercise)
    first, seconds = phases(exercise)[0]
    return seconds / length_s(exercise) if first is StepKind.UP else 0.0
