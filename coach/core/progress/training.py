"""Sessions as Progress shows them: how much was done of each, and the best set of each exercise by day."""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from coach.core.log import Ending
from coach.core.progress.sides import Sided, Unit
from coach.core.routine.plan import Side, Step, StepKind
from coach.core.session.events import Event
from coach.core.session.record import record


class Best(Struct, frozen=True, gc=False):
    """The best set of one side of an exercise in a session: reps, or the seconds held in it."""

    exercise: str
    unit: Unit
    side: Side
    amount: float


class Played(Struct, frozen=True):
    """What the replay of a session tells."""

    sets_done: int
    sets_planned: int
    bests: tuple[Best, ...] = ()
    peak: int | None = None
    """The highest pain that "It hurts" was rated, NPRS 0-10."""


class SessionDone(Struct, frozen=True):
    """One session."""

    uid: str
    day: date
    title: str
    guided: bool
    ending: Ending | None
    """None: it has no end yet."""
    peak: int | None
    """The highest pain before, in or after it, NPRS 0-10."""
    sets: tuple[int, int] | None
    """Sets done, of how many prescribed; None where that is not known, or not known yet."""


class ExerciseProgress(Struct, frozen=True):
    """An exercise: the best of each day on which it was done, by day."""

    exercise: str
    unit: Unit
    days: tuple[Sided, ...]


def replayed(steps: tuple[Step, ...], events: Iterable[Event]) -> Played:
    """What was done in a session with these steps."""
    told = record(steps, events)
    holds = _holds(steps)
    bests: dict[tuple[str, Unit, Side], float] = {}
    for one in told.sets:
        unit = Unit.SECONDS if one.exercise in holds else Unit.REPS
        amount = round(one.seconds, 1) if unit is Unit.SECONDS else float(one.reps)
        if amount > 0:
            key = (one.exercise, unit, one.side)
            bests[key] = max(bests.get(key, 0.0), amount)
    return Played(
        told.sets_done,
        len(told.sets),
        tuple(Best(*key, amount) for key, amount in bests.items()),
        max(told.pains, default=None),
    )


def by_exercise(sessions: Iterable[SessionDone], played: Mapping[str, Played]) -> tuple[ExerciseProgress, ...]:
    """Each exercise of these sessions, what was done most often first; of a day the best counts."""
    found: dict[tuple[str, Unit], dict[date, Sided]] = {}
    for session in sessions:
        told = played.get(session.uid)
        for best in told.bests if told else ():
            days = found.setdefault((best.exercise, best.unit), {})
            one = _sided(session.day, best)
            days[session.day] = one.better(days[session.day]) if session.day in days else one
    made = [
        ExerciseProgress(exercise, unit, tuple(days[day] for day in sorted(days)))
        for (exercise, unit), days in found.items()
    ]
    return tuple(sorted(made, key=lambda one: (-len(one.days), one.exercise)))


def _holds(steps: tuple[Step, ...]) -> frozenset[str]:
    """The exercises whose work is nothing but holding."""
    work = [step for step in steps if step.works()]
    moving = {step.exercise for step in work if step.kind is not StepKind.HOLD}
    return frozenset(step.exercise for step in work) - moving


def _sided(day: date, best: Best) -> Sided:
    match best.side:
        case Side.LEFT:
            return Sided(day, left=best.amount)
        case Side.RIGHT:
            return Sided(day, right=best.amount)
        case Side.BOTH:
            return Sided(day, both=best.amount)
