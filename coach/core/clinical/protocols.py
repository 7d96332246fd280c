"""How a self-test is done: its bouts in their order, and after which of them it goes on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec import UNSET

from coach.core.clinical.self_tests import PAIN_MAX, RUNGS, Guided, exercise_of, goal, rungs, sided
from coach.core.log import TestResult
from coach.core.routine.dose import Dose
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Side
from coach.core.routine.routine import BodySide, Readiness
from coach.core.session.measuring import CADENCES, Bout, Unit

BEYOND = 2
"""A test ends by itself at twice its goal. From 1.2 times on even the symmetry asks for no more (R6x), and twice 45 s
is what healthy young adults hold in a side bridge (72-97 s, section 2.1.4): going on would measure grit."""

_HELD = frozenset({"side_plank", "plank", "march", "jog_on_spot", "brisk_walk"})
_READY_S, _SWITCH_S, _MINUTE_S = 10.0, 30.0, 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """One bout as it was done, and what was answered about it. Pain NPRS 0-10."""

    bout: Bout
    amount: int
    pain: int
    groin: bool = False
    form: int | None = None
    """How many of the three form ticks are set, where they are asked."""

    @property
    def whole(self) -> bool:
        """Whether the goal was reached."""
        return self.amount >= self.bout.goal


def bouts(
    test: Guided,
    readiness: Readiness,
    library: Mapping[str, Exercise],
    affected: BodySide | None,
    earlier: Iterable[TestResult] = (),
) -> tuple[Bout, ...]:
    """What is to be done, in order; what `earlier` results of the day hold is left out."""
    if test is Guided.BRISK_WALK:
        return (_walk(readiness, library),)
    known = {one.name: one for one in earlier}
    names = rungs(readiness) if test is Guided.IMPACT else (test.value,)
    return tuple(
        _bout(name, side, readiness, library, second=place > 0)
        for name in names
        for place, side in enumerate(_sides(name, affected))
        if not _done(known.get(name), side)
    )


def goes_on(test: Guided, outcome: Outcome) -> bool:
    """Whether the next bout is done after this one.

    More pain than a test may have ends it: it would not count, and the other side can wait. A rung of the impact check
    must be whole and free of groin pain before the next one, so that none is skipped (R7: a ladder with stop).
    """
    if outcome.pain > PAIN_MAX or outcome.groin:
        return False
    return outcome.whole if test is Guided.IMPACT else True


def _sides(name: str, affected: BodySide | None) -> tuple[Side, ...]:
    """The better side first: it shows what is to be reached, and the movement is known when the sore side's turn comes.

    Where no side is the sore one, or both are, the left one begins.
    """
    if not sided(name):
        return (Side.BOTH,)
    return (Side.RIGHT, Side.LEFT) if affected is BodySide.LEFT else (Side.LEFT, Side.RIGHT)


def _done(result: TestResult | None, side: Side) -> bool:
    if result is None:
        return False
    return {Side.LEFT: result.left, Side.RIGHT: result.right, Side.BOTH: result.value}[side] is not None


def _bout(name: str, side: Side, readiness: Readiness, library: Mapping[str, Exercise], *, second: bool) -> Bout:
    dose = _dose(name, library)
    ready_s = _READY_S if dose.prepare_s is UNSET else float(dose.prepare_s)
    if second:  # whoever changes sides rests
        ready_s = max(ready_s, _SWITCH_S if dose.switch_s is UNSET else float(dose.switch_s))
    wanted = goal(name, readiness)
    held = name in _HELD
    up_s, down_s = (0.0, 0.0) if held else _beat(dose)
    return Bout(
        test=name,
        exercise=exercise_of(name),
        side=side,
        unit=Unit.SECONDS if held else Unit.REPS,
        goal=wanted,
        most=wanted if name in RUNGS else wanted * BEYOND,
        ready_s=ready_s,
        up_s=up_s,
        down_s=down_s,
    )


def _walk(readiness: Readiness, library: Mapping[str, Exercise]) -> Bout:
    seconds = goal(Guided.BRISK_WALK, readiness) * _MINUTE_S
    prepare_s = _dose(Guided.BRISK_WALK, library).prepare_s
    return Bout(
        test=Guided.BRISK_WALK.value,
        exercise=exercise_of(Guided.BRISK_WALK),
        side=Side.BOTH,
        unit=Unit.SECONDS,
        goal=seconds,
        most=seconds,
        ready_s=_READY_S if prepare_s is UNSET else float(prepare_s),
        cadence=CADENCES[0],
    )


def _dose(name: str, library: Mapping[str, Exercise]) -> Dose:
    exercise = library.get(exercise_of(name))
    return exercise.dose if exercise is not None else Dose()


def _beat(dose: Dose) -> tuple[float, float]:
    """The two halves of a rep, as the exercise has them; R6a asks for 1 rep in 2 s."""
    if dose.tempo is UNSET or not dose.tempo.up_s or not dose.tempo.down_s:
        return 1.0, 1.0
    return float(dose.tempo.up_s + dose.tempo.hold_s), float(dose.tempo.down_s)
