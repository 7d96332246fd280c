"""What is wrong, or odd, about the steps above the dose that a routine file allows."""

from collections.abc import Callable, Iterable, Mapping

from msgspec import UNSET, Struct

from coach.core.routine.exercise import Exercise
from coach.core.routine.ladder import Above
from coach.core.routine.plan import Side, Work, work
from coach.core.routine.problems import Finder, Guesser, Rule
from coach.core.routine.progression import stages
from coach.core.routine.routine import BodySide, Item, Progression, Routine


class Known(Struct, frozen=True):
    """The exercises that a file may name."""

    ids: set[str]
    guesser: Guesser
    find: Callable[[str], Exercise | None]
    """The exercise of an id; None where there is none, or none that can be read."""


def check_empty_steps(items: Iterable[tuple[str, dict[str, object]]], finder: Finder) -> None:
    """Steps that say nothing; what is only unknown, in a file of a later version, says something to that one."""
    for path, item in items:
        steps = item.get("progress")
        for index, step in enumerate(steps if isinstance(steps, list) else []):
            if step == {}:
                finder.wrong(f"{path}.progress[{index}]", Rule.EMPTY_STEP)


def check_progress(item: dict[str, object], path: str, finder: Finder, known: Known) -> None:
    """What no shape can say of the steps of an item, from its plain values."""
    steps = item.get("progress")
    name, held = item.get("exercise"), _held(item, known)
    for index, step in enumerate(steps if isinstance(steps, list) else []):
        here = f"{path}.progress[{index}]"
        if not isinstance(step, dict):
            continue
        other = step.get("exercise", name)
        if isinstance(other, str) and other and other not in known.ids and "exercise" in step:
            guess = known.guesser.guess(other)
            finder.wrong(f"{here}.exercise", Rule.UNKNOWN_EXERCISE, found=other, limit=guess)
        if other != name:
            name, held = other, _held(step | {"exercise": other}, known)
        elif held is False and "hold_s" in step:
            finder.wrong(f"{here}.hold_s", Rule.HOLD_OF_A_COUNT)


def _held(dose: dict[str, object], known: Known) -> bool | None:
    """Whether it is held; None where that depends on an exercise that is not known."""
    if "hold_s" in dose:
        return True
    name = dose.get("exercise")
    exercise = known.find(name) if isinstance(name, str) else None
    if "reps" in dose:
        return False
    return None if exercise is None else exercise.dose.hold_s is not UNSET


def warn_of_progress(routine: Routine, known: Mapping[str, Exercise], finder: Finder) -> None:
    """Steps that are read but deserve a second look: no harder than the one before, or harder in two ways at once."""
    if not any(item.progress for item in routine.items):
        return
    above = Above(known)
    for index, item in enumerate(routine.items):
        before = item
        for number, (step, after) in enumerate(zip(item.progress, stages(item, known), strict=True)):
            path = f"$.items[{index}].progress[{number}]"
            if after.exercise != before.exercise:
                if after.exercise not in above.of(before.exercise):
                    finder.odd(f"{path}.exercise", Rule.NOT_ABOVE, found=after.exercise, limit=before.exercise)
            elif not (more := _more(step, _work(before, known), _work(after, known), before)):
                finder.odd(path, Rule.NO_HARDER)
            elif len(more) > 1:
                finder.odd(path, Rule.TWO_AT_ONCE, found=", ".join(more))
            before = after


def _work(item: Item, known: Mapping[str, Exercise]) -> Work:
    return work(0, item, known[item.exercise], BodySide.LEFT)


def _more(step: Progression, was: Work, now: Work, before: Item) -> tuple[str, ...]:
    """What the step raises."""
    keys = ("sets", "reps", "hold_s")
    risen = tuple(key for key in keys if getattr(now.by_side[Side.BOTH], key) > getattr(was.by_side[Side.BOTH], key))
    return (*risen, "load") if step.load and step.load != before.load else risen
