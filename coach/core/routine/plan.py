"""From a routine to flat steps, by the rules of the routine file."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import chain
from typing import TypeVar

from msgspec import UNSET, Struct, UnsetType

from coach.core.routine.dose import Dose, SideDose, Sides, Tempo
from coach.core.routine.exercise import Exercise, Laterality
from coach.core.routine.routine import BodySide, Item, Pace, Routine

# The numbers an item takes for what it leaves out (routine file, "From items to steps").
PREPARE_S = 10.0
SWITCH_S = 5.0
REST_S = 30.0
REP_REST_S = 3.0
SETS = 1
REPS_OF_A_HOLD = 1

T = TypeVar("T")


class StepKind(StrEnum):
    """The phases a session is made of."""

    PREPARE = "prepare"
    UP = "up"
    HOLD = "hold"
    DOWN = "down"
    REST = "rest"
    SWITCH = "switch"


WORK = frozenset({StepKind.UP, StepKind.HOLD, StepKind.DOWN})


class Side(StrEnum):
    """The side that works."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Step(Struct, frozen=True, array_like=True, gc=False):
    """One phase of a session, in seconds. `side`, `set` and `rep` (from 1) are None where a step has none."""

    kind: StepKind
    duration_s: float
    item: int
    exercise: str
    side: Side | None = None
    set: int | None = None
    rep: int | None = None
    open: bool = False
    """The person says when this rep is over; `duration_s` is then only what it is expected to take."""

    def works(self) -> bool:
        """Whether the muscles work in this step."""
        return self.kind in WORK


class SideWork(Struct, frozen=True):
    """What one side does in an item."""

    sets: int
    reps: int
    hold_s: float


class Work(Struct, frozen=True):
    """An item with nothing left out: every number known."""

    index: int
    exercise: str
    sides: Sides
    order: tuple[Side, ...]
    """The passes of a set: one, or two sides one after the other."""
    held: bool
    by_side: Mapping[Side, SideWork]
    tempo: Tempo
    rest_s: float
    rep_rest_s: float
    prepare_s: float
    switch_s: float
    self_paced: bool


def known_exercises(library: Mapping[str, Exercise], routine: Routine) -> dict[str, Exercise]:
    """The library with the routine's own exercises, which win."""
    return {**library, **{exercise.id: exercise for exercise in routine.exercises}}


def work(index: int, item: Item, exercise: Exercise, affected: BodySide) -> Work:
    """Fill in all that an item leaves out."""
    own = item.reps is not UNSET or item.hold_s is not UNSET
    default = Dose() if own else exercise.dose
    hold_s = _first(item.hold_s, default.hold_s)
    held = hold_s is not UNSET
    reps = _first(item.reps, default.reps)
    sides = item.sides if item.sides is not UNSET else exercise.sides
    tempo = _or(_first(item.tempo, default.tempo), Tempo())
    self_paced = item.pace is Pace.SELF and not held
    base = SideWork(
        sets=_or(_first(item.sets, default.sets), SETS),
        reps=_or(reps, REPS_OF_A_HOLD),
        hold_s=_or(hold_s, 0.0),
    )
    per_side = item.per_side
    left = base if per_side is UNSET else _side_work(base, per_side.left)
    right = base if per_side is UNSET else _side_work(base, per_side.right)
    return Work(
        index=index,
        exercise=item.exercise,
        sides=sides,
        order=_order(sides, affected),
        held=held,
        by_side={Side.LEFT: left, Side.RIGHT: right, Side.BOTH: base},
        # A rep that the person ends needs some length to be a step at all.
        tempo=Tempo() if self_paced and not rep_s(tempo) else tempo,
        rest_s=_or(_first(item.rest_s, default.rest_s), REST_S),
        rep_rest_s=_or(_first(item.rep_rest_s, default.rep_rest_s), REP_REST_S),
        prepare_s=_or(_first(item.prepare_s, default.prepare_s), PREPARE_S),
        switch_s=_or(_first(item.switch_s, default.switch_s), SWITCH_S),
        self_paced=self_paced,
    )


def works(routine: Routine, library: Mapping[str, Exercise], home_side: BodySide | None = None) -> tuple[Work, ...]:
    """All items with nothing left out. `home_side` is the person's affected side, for files that name none."""
    affected = routine.affected_side if routine.affected_side is not UNSET else home_side or BodySide.LEFT
    known = known_exercises(library, routine)
    return tuple(work(index, item, known[item.exercise], affected) for index, item in enumerate(routine.items))


def steps(all_work: tuple[Work, ...]) -> tuple[Step, ...]:
    """The flat steps of a session, in order."""
    return tuple(chain.from_iterable(steps_of(one) for one in all_work))


def compile_routine(
    routine: Routine, library: Mapping[str, Exercise], home_side: BodySide | None = None
) -> tuple[Step, ...]:
    """The flat steps of a routine whose exercises are all known."""
    return steps(works(routine, library, home_side))


def steps_of(one: Work) -> Iterator[Step]:
    """The steps of one item. No step has a length of 0."""
    return (step for step in _all_steps_of(one) if step.duration_s > 0)


def length_s(one: Work) -> float:
    """The length of an item without unfolding it: a hostile file may stand for a million steps."""
    total = one.prepare_s
    last = max(one.by_side[side].sets for side in one.order)
    for number in range(1, last + 1):
        passes = [side for side in one.order if number <= one.by_side[side].sets]
        total += sum(_pass_s(one, side) for side in passes) + (len(passes) - 1) * one.switch_s
    return total + (last - 1) * one.rest_s


def same_sides(prescribed: Sides, other: Exercise) -> bool:
    """Whether another exercise can be done on the sides that were prescribed for one."""
    wrong = Laterality.UNILATERAL if prescribed is Sides.BOTH else Laterality.BILATERAL
    return other.laterality is not wrong


def total_s(some: tuple[Step, ...]) -> float:
    """The length of some steps."""
    return sum(step.duration_s for step in some)


def _all_steps_of(one: Work) -> Iterator[Step]:
    def pause(kind: StepKind, seconds: float) -> Step:
        return Step(kind, seconds, one.index, one.exercise)

    yield pause(StepKind.PREPARE, one.prepare_s)
    last = max(one.by_side[side].sets for side in one.order)
    for number in range(1, last + 1):
        passes = [side for side in one.order if number <= one.by_side[side].sets]
        for position, side in enumerate(passes):
            if position:
                yield pause(StepKind.SWITCH, one.switch_s)
            yield from _pass(one, side, number)
        if number < last:
            yield pause(StepKind.REST, one.rest_s)


def _pass(one: Work, side: Side, number: int) -> Iterator[Step]:
    """The reps of one side of one set."""
    turns = _turns(one, side)
    for position, (turn, rep) in enumerate(turns):
        if one.held:
            if position:
                yield Step(StepKind.REST, one.rep_rest_s, one.index, one.exercise)
            yield Step(StepKind.HOLD, one.by_side[side].hold_s, one.index, one.exercise, turn, number, rep)
        elif one.self_paced:
            yield Step(StepKind.UP, rep_s(one.tempo), one.index, one.exercise, turn, number, rep, open=True)
        else:
            for kind, seconds in _phases(one.tempo):
                yield Step(kind, seconds, one.index, one.exercise, turn, number, rep)


def _turns(one: Work, side: Side) -> list[tuple[Side, int]]:
    """Which side does which rep; `alternate` takes turns and counts each side."""
    reps = range(1, one.by_side[side].reps + 1)
    if one.sides is Sides.ALTERNATE:
        return [(turn, rep) for rep in reps for turn in (Side.LEFT, Side.RIGHT)]
    return [(side, rep) for rep in reps]


def _pass_s(one: Work, side: Side) -> float:
    turns = one.by_side[side].reps * (2 if one.sides is Sides.ALTERNATE else 1)
    if one.held:
        return turns * one.by_side[side].hold_s + (turns - 1) * one.rep_rest_s
    return turns * rep_s(one.tempo)


def _phases(tempo: Tempo) -> tuple[tuple[StepKind, float], ...]:
    return ((StepKind.UP, tempo.up_s), (StepKind.HOLD, tempo.hold_s), (StepKind.DOWN, tempo.down_s))


def rep_s(tempo: Tempo) -> float:
    """The length of one counted rep."""
    return tempo.up_s + tempo.hold_s + tempo.down_s


def _order(sides: Sides, affected: BodySide) -> tuple[Side, ...]:
    first = Side(affected)
    other = Side.RIGHT if first is Side.LEFT else Side.LEFT
    match sides:
        case Sides.BOTH | Sides.ALTERNATE:
            return (Side.BOTH,)
        case Sides.LEFT:
            return (Side.LEFT,)
        case Sides.RIGHT:
            return (Side.RIGHT,)
        case Sides.EACH:
            return (Side.LEFT, Side.RIGHT)
        case Sides.AFFECTED_FIRST:
            return (first, other)
        case Sides.OTHER_FIRST:
            return (other, first)


def _side_work(base: SideWork, own: SideDose | UnsetType) -> SideWork:
    if own is UNSET:
        return base
    return SideWork(_or(own.sets, base.sets), _or(own.reps, base.reps), _or(own.hold_s, base.hold_s))


def _first(own: T | UnsetType, default: T | UnsetType) -> T | UnsetType:
    return default if own is UNSET else own


def _or(value: T | UnsetType, otherwise: T) -> T:
    return otherwise if value is UNSET else value
