"""When the figure is where: from a moment of a session to a share of the movement. No clock: time comes in."""

from math import cos, pi

from msgspec import Struct

from coach.core.figure.flight import lands, waits_at
from coach.core.figure.pose import eased
from coach.core.figure.stride import strides, turns_at
from coach.core.routine.figure import Figure
from coach.core.routine.plan import StepKind

IN_S = 2.0
"""How long it takes to come into a position that is held, and out of it."""
BREATH_S = 4.0
"""How long a quiet breath takes, about; this project's own choice, only for the picture."""
_MOST = 0.45
"""But no more than this part of the time there is."""


class Moment(Struct, frozen=True):
    """One moment of an exercise: which phase, how far through it (0 to 1), how long it lasts in seconds."""

    kind: StepKind
    fraction: float
    length_s: float
    held: bool = False
    """The exercise is held, not counted: it is entered while getting ready and left while resting."""


def share_at(figure: Figure, moment: Moment) -> float:
    """How far from start (0) to end (1) the figure is; speed is nothing at the borders of every phase, but in steps."""
    if figure.loop_s > 0.0 and moment.kind is StepKind.HOLD:
        return _of_loop(figure, moment)
    if moment.held and figure.loop_s == 0.0:
        return _of_held(moment)
    match moment.kind:
        case StepKind.UP:
            return _way(figure, moment.fraction)
        case StepKind.HOLD:
            return 1.0
        case StepKind.DOWN:
            return 1.0 - _way(figure, moment.fraction)
        case _:
            return waits_at(figure)


def takes_turns(figure: Figure, moment: Moment) -> bool:
    """Whether it is the other side's turn, in a movement that goes on and on by turns."""
    if not figure.alternates or moment.kind is not StepKind.HOLD or figure.loop_s <= 0.0:
        return False
    if strides(figure):
        return int(turns_at(figure, moment.fraction, moment.length_s)) % 2 == 1
    turns = moment.fraction * moment.length_s / figure.loop_s
    if lands(figure):
        turns = min(turns, _steps(figure, moment) - 0.5)
    return int(turns) % 2 == 1


def glow_at(figure: Figure, moment: Moment) -> float:
    """How strongly the working muscles light up: with the way from the start, and all along where it goes on."""
    if figure.loop_s > 0.0:
        return 1.0 if moment.kind is StepKind.HOLD else 0.0
    return share_at(figure, moment)


def breath_at(figure: Figure, moment: Moment) -> float:
    """How far chest and belly are lifted, 0 to 1: quiet breaths while a position is held, a whole number of them."""
    breaths = round(moment.length_s / BREATH_S)
    if moment.kind is not StepKind.HOLD or figure.loop_s > 0.0 or breaths == 0:
        return 0.0
    return _there_and_back(moment.fraction * breaths)


def _way(figure: Figure, fraction: float) -> float:
    """A movement lingers at its ends; a hop does not stay up: it turns back as what is thrown does."""
    return eased(fraction) if figure.flight is None else _there_and_back(fraction / 2.0)


def _of_loop(figure: Figure, moment: Moment) -> float:
    """There and back again and again; what changes sides in the air begins and ends where it stands.

    Steps go on into each other at an even speed.
    """
    if strides(figure):
        return turns_at(figure, moment.fraction, moment.length_s) % 1.0
    turns = moment.fraction * moment.length_s / figure.loop_s
    if not lands(figure):
        return _there_and_back(turns)
    last = _steps(figure, moment)
    low = waits_at(figure) if turns < 0.5 or turns > last - 0.5 else 0.0
    return low + (1.0 - low) * _there_and_back(min(turns, last))


def _steps(figure: Figure, moment: Moment) -> int:
    """How many whole turns there are, an odd number: it ends on the foot that it began on."""
    whole = int(moment.length_s / figure.loop_s + 1e-9)
    return max(1, whole - 1 if whole % 2 == 0 else whole)


def _of_held(moment: Moment) -> float:
    way = min(_MOST, IN_S / moment.length_s) if moment.length_s > 0 else _MOST
    entering = eased((moment.fraction - 1.0 + way) / way)
    match moment.kind:
        case StepKind.HOLD:
            return 1.0
        case StepKind.PREPARE | StepKind.SWITCH:
            return entering
        case StepKind.REST:
            return max(1.0 - eased(moment.fraction / way), entering)
        case _:
            return 1.0


def _there_and_back(turns: float) -> float:
    return (1.0 - cos(2.0 * pi * turns)) / 2.0
