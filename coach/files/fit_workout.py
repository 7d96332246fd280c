"""A routine as a FIT workout for a watch.

FIT has no left and right: each side is a step of its own, with the side in its name. A hold is a time, counted reps are
a number of repetitions; a watch without those takes them as a time or waits for its button. Steps that come again are
written once with a repeat where that saves steps: Garmin Connect takes 50.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Final
from zlib import crc32

from msgspec.structs import replace

from coach.core.routine.dose import Sides
from coach.core.routine.exercise import Exercise, Kind
from coach.core.routine.plan import Side, StepKind, Work, rep_s
from coach.files.fit_writing import Base, Field, Message, cut, write

MAX_STEPS = 50
NAME_BYTES = 50
NOTE_BYTES = 200
_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
# Numbers of the FIT profile 21.205, the project's reference on file formats, section 5.4.
_FILE_ID, _WORKOUT, _STEP = 0, 26, 27
_WORKOUT_FILE, _DEVELOPMENT = 5, 255
_TRAINING, _STRENGTH, _FLEXIBILITY = 10, 20, 19
_TIME, _OPEN, _REPEAT, _REPS = 0, 5, 6, 29
_NO_TARGET = 2
_ACTIVE, _REST = 0, 1

EXERCISES: Final = {
    "clamshell": (10, 44),
    "banded_clamshell": (10, 44),
    "bridge": (10, 11),
    "banded_bridge": (10, 11),
    "single_leg_bridge": (10, 30),
    "bridge_march": (10, 24),
    "side_leg_raise": (11, 21),
    "standing_abduction": (11, 28),
    "lateral_band_walk": (11, 11),
    "plank": (19, 43),
    "side_plank": (19, 66),
    "figure_four_stretch": (31, 53),
    "hip_flexor_stretch": (31, 49),
    "single_heel_raise": (1, 15),
}
"""Category and name of the exercises of the library that the profile knows (the same section)."""
_LONGEST = (1, 2, 4, 8, 24)
"""How many steps a repeat may hold; which is best is tried. A set of two sides is 4: left, switch, right, rest."""
_MAX_UNFOLDED = 150


class Counted(StrEnum):
    """What a step of counted reps is on the watch."""

    REPS = "reps"
    TIME = "time"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the watch: a time in seconds, a number of reps, or until the button."""

    name: str
    works: bool
    seconds: float | None = None
    reps: int | None = None
    exercise: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Some steps, done so many times in all."""

    steps: tuple[Step, ...]
    times: int


Block = Step | Repeat


@dataclass(frozen=True, slots=True)
class Words:
    """How steps are called."""

    work: Callable[[str, Side], str]
    """The name of an exercise with the side that works."""
    pause: Callable[[StepKind], str]
    """Get ready, rest, switch sides."""
    each_side: Callable[[int], str]
    """That so many reps are for each side in turn."""


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine as the watch takes it."""

    id: str
    title: str
    works: tuple[Work, ...]
    exercises: dict[str, Exercise]
    notes: tuple[str, ...]
    """What the physio wrote to each item."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: the file, or only the number of steps that are too many."""

    data: bytes | None
    steps: int
    """So many at least."""
    ready: bool
    """The steps for getting ready are in it; they are left out where there would be too many steps."""


def write_workout(routine: Routine, words: Words, counted: Counted, now: datetime) -> Written:
    """The routine as a workout file."""
    ready = True
    blocks = _blocks(routine, words, counted, ready=ready)
    if steps_in(blocks) > MAX_STEPS:
        ready = False
        blocks = _blocks(routine, words, counted, ready=ready)
    steps = steps_in(blocks)
    return Written(None if steps > MAX_STEPS else write(_messages(routine, blocks, now)), steps, ready)


def steps_in(blocks: Sequence[Block]) -> int:
    """How many steps these are in the file: a repeat is one more."""
    return sum(len(block.steps) + 1 if isinstance(block, Repeat) else 1 for block in blocks)


def unfolded(blocks: Sequence[Block]) -> Iterator[Step]:
    """The steps as they are done."""
    for block in blocks:
        if isinstance(block, Repeat):
            yield from block.steps * block.times
        else:
            yield block


# -- steps ----------------------------------------------------------------------------------------------------------


def _blocks(routine: Routine, words: Words, counted: Counted, *, ready: bool) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for work in routine.works:
        blocks += _item(routine, work, words, counted, ready=ready)
        if steps_in(blocks) > MAX_STEPS:
            break  # too many already
    return tuple(blocks)


def _item(routine: Routine, work: Work, words: Words, counted: Counted, *, ready: bool) -> tuple[Block, ...]:
    """The steps of an item, in the order of the routine; none has a length of 0."""
    every = _all_steps(routine, work if ready else replace(work, prepare_s=0.0), words, counted)
    # A hostile item stands for many thousand steps; that these are too many is known long before.
    steps = tuple(islice((step for step in every if step.seconds != 0), _MAX_UNFOLDED))
    return min((folded(steps, longest) for longest in _LONGEST), key=steps_in)


def _all_steps(routine: Routine, work: Work, words: Words, counted: Counted) -> Iterator[Step]:
    def pause(kind: StepKind, seconds: float) -> Step:
        return Step(words.pause(kind), works=False, seconds=seconds)

    yield pause(StepKind.PREPARE, work.prepare_s)
    last = max(work.by_side[side].sets for side in work.order)
    for number in range(1, last + 1):
        passes = [side for side in work.order if number <= work.by_side[side].sets]
        for position, side in enumerate(passes):
            if position:
                yield pause(StepKind.SWITCH, work.switch_s)
            yield from _pass(routine, work, side, words, counted)
        if number < last:
            yield pause(StepKind.REST, work.rest_s)


def _pass(routine: Routine, work: Work, side: Side, words: Words, counted: Counted) -> Iterator[Step]:
    own, note = work.by_side[side], routine.notes[work.index]
    name = routine.exercises[work.exercise].name

    def step(of: Side, seconds: float | None, reps: int | None = None, note: str = note) -> Step:
        return Step(words.work(name, of), works=True, seconds=seconds, reps=reps, exercise=work.exercise, note=note)

    turns = (Side.LEFT, Side.RIGHT) if work.sides is Sides.ALTERNATE else (side,)
    if work.held:
        holds = [turn for _ in range(own.reps) for turn in turns]
        for position, turn in enumerate(holds):
            if position:
                yield Step(words.pause(StepKind.REST), works=False, seconds=work.rep_rest_s)
            yield step(turn, own.hold_s)
        return
    reps = own.reps * len(turns)
    if len(turns) > 1:
        note = f"{words.each_side(own.reps)} {note}".strip()
    match counted:
        case Counted.REPS:
            yield step(side, None, reps, note)
        case Counted.TIME:
            yield step(side, reps * rep_s(work.tempo), note=note)
        case Counted.OPEN:
            yield step(side, None, note=note)


def folded(steps: tuple[Step, ...], longest: int) -> tuple[Block, ...]:
    """The same steps, with repeats of at most so many where that saves some. Never nested: no watch takes that."""
    best = (0, 0, 0, 0)
    for size in range(1, min(longest, len(steps) // 2) + 1):
        for start in range(len(steps) - 2 * size + 1):
            times = _times(steps, start, size)
            best = max(best, (size * times - size - 1, -start, size, times))
    saved, start, size, times = best[0], -best[1], best[2], best[3]
    if saved <= 0:
        return steps
    end = start + size * times
    repeat = Repeat(steps[start : start + size], times)
    return (*folded(steps[:start], longest), repeat, *folded(steps[end:], longest))


def _times(steps: tuple[Step, ...], start: int, size: int) -> int:
    times, at = 1, start + size
    while steps[at : at + size] == steps[start : start + size]:
        times, at = times + 1, at + size
    return times


# -- the file -------------------------------------------------------------------------------------------------------


def _messages(routine: Routine, blocks: Sequence[Block], now: datetime) -> Iterator[Message]:
    yield Message(
        _FILE_ID,
        (
            Field(0, Base.ENUM, _WORKOUT_FILE),
            Field(1, Base.UINT16, _DEVELOPMENT),
            Field(2, Base.UINT16, 0),
            # 0 would be no number at all.
            Field(3, Base.UINT32Z, crc32(routine.id.encode("utf-8", "surrogatepass")) or 1),
            Field(4, Base.UINT32, round((now.astimezone(UTC) - _EPOCH).total_seconds())),
        ),
    )
    soft = all(routine.exercises[one.exercise].kind in (Kind.STRETCH, Kind.ROLL) for one in routine.works)
    yield Message(
        _WORKOUT,
        (
            Field(4, Base.ENUM, _TRAINING),
            Field(6, Base.UINT16, steps_in(blocks)),
            Field(8, Base.STRING, cut(routine.title, NAME_BYTES)),
            Field(11, Base.ENUM, _FLEXIBILITY if soft else _STRENGTH),
        ),
    )
    index = 0
    for block in blocks:
        first = index
        for step in block.steps if isinstance(block, Repeat) else (block,):
            yield Message(_STEP, tuple(_step_fields(index, step)))
            index += 1
        if isinstance(block, Repeat):
            yield Message(_STEP, tuple(_repeat_fields(index, first, block.times)))
            index += 1


def _step_fields(index: int, step: Step) -> Iterator[Field]:
    yield Field(254, Base.UINT16, index)
    yield Field(0, Base.STRING, cut(step.name, NAME_BYTES))
    if step.seconds is not None:
        yield Field(1, Base.ENUM, _TIME)
        yield Field(2, Base.UINT32, max(1, round(step.seconds * 1000)))
    elif step.reps is not None:
        yield Field(1, Base.ENUM, _REPS)
        yield Field(2, Base.UINT32, step.reps)
    else:
        yield Field(1, Base.ENUM, _OPEN)
    yield Field(3, Base.ENUM, _NO_TARGET)
    yield Field(4, Base.UINT32, 0)
    yield Field(7, Base.ENUM, _ACTIVE if step.works else _REST)
    if note := cut(step.note, NOTE_BYTES):
        yield Field(8, Base.STRING, note)
    if step.exercise in EXERCISES:
        category, name = EXERCISES[step.exercise]
        yield Field(10, Base.UINT16, category)
        yield Field(11, Base.UINT16, name)


def _repeat_fields(index: int, first: int, times: int) -> Iterator[Field]:
    yield Field(254, Base.UINT16, index)
    yield Field(1, Base.ENUM, _REPEAT)
    yield Field(2, Base.UINT32, first)
    yield Field(4, Base.UINT32, times)
