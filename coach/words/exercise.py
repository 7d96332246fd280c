"""An exercise in words: what it is for, where it works, what it needs, how much of it is usual."""

from collections.abc import Iterable
from typing import Final

from msgspec import UNSET

from coach.core.routine.exercise import Exercise, Kind
from coach.core.routine.finding import ONLY_HOME
from coach.core.routine.plan import Side, StepKind, Work
from coach.words.numbers import figure
from coach.words.prescription import dose_words
from coach.words.session import dose
from coach.words.session import phase as phase_word
from coach.words.translate import capital, tr

_MINUTE_S: Final = 60
_IN_MINUTES_FROM_S: Final = 120


def kind(of: Kind) -> str:
    """`Stretch`."""
    return {
        Kind.STRETCH: tr("Stretch"),
        Kind.STRENGTH: tr("Strength"),
        Kind.ROLL: tr("Roll"),
        Kind.TEST: tr("Test"),
    }[of]


def place(area: str) -> str:
    """`Hip – outer side`; an exercise that names no area is somewhere all the same."""
    return capital(area) or tr("Other")


def tool(equipment: str) -> str:
    """`Foam roller`, `Nothing special`."""
    return tr("Nothing special") if equipment == ONLY_HOME else capital(equipment)


def several(names: Iterable[str]) -> str:
    """`Gluteus medius, deep hip rotators`."""
    return capital(", ".join(names))


def phase(name: str) -> str:
    """`At the start`."""
    return {"start": tr("At the start"), "middle": tr("In the middle"), "target": tr("Target")}[name]


def amount(work: Work) -> str:
    """`2×10 / side`, and `30 min` for what is done once and lasts."""
    minutes = _minutes(work)
    return tr("{minutes} min").format(minutes=minutes) if minutes else dose(work)


def amount_words(work: Work) -> str:
    """`2 sets of 10 reps`, and `30 min` for what is done once and lasts."""
    minutes = _minutes(work)
    return tr("{minutes} min").format(minutes=minutes) if minutes else dose_words(work)


def line(exercise: Exercise, work: Work | None) -> str:
    """`Hip – outer side · 2×10 / side`; what there is of it."""
    parts = (capital(exercise.area), amount(work) if work is not None else "")
    return " · ".join(part for part in parts if part)


def moving(exercise: Exercise, kind: StepKind) -> str:
    """The phase of a rep in a preview: `Open`, `Hold`, `Close`; a held position is gone into and out of."""
    held = exercise.dose.hold_s is not UNSET
    if held and kind in (StepKind.UP, StepKind.DOWN):
        return tr("Into the position") if kind is StepKind.UP else tr("Out of it")
    return phase_word(kind, exercise.motion)


def _minutes(work: Work) -> str:
    one = work.by_side[Side.BOTH]
    once = work.held and work.order == (Side.BOTH,) and one.sets == one.reps == 1
    return figure(one.hold_s / _MINUTE_S) if once and one.hold_s >= _IN_MINUTES_FROM_S else ""
