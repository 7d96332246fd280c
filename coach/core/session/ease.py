"""The easier variation in mid-session: what is left of the exercise that hurts is compiled anew."""

from msgspec.structs import replace

from coach.core.routine.dose import Sides
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Side, Step, StepKind, same_sides, steps_of, work
from coach.core.routine.routine import BodySide, Item, Routine
from coach.core.session.engine import Session


def easier_of(exercise: Exercise | None, known: dict[str, Exercise]) -> Exercise | None:
    """The nearest easier variation that is known, or None at the foot of the ladder."""
    if exercise is None:
        return None
    return next((known[id_] for id_ in exercise.ladder.easier if id_ in known), None)


def eased_steps(
    s: Session, routine: Routine, easier: Exercise, known: dict[str, Exercise], home_side: BodySide | None = None
) -> tuple[Step, ...]:
    """The steps from the current one on, with `easier` in place of the exercise that hurts.

    The sets stay as prescribed, and the sides where the easier exercise has them; reps, hold and tempo are the easier
    exercise's own dose, since they may not be comparable. It begins with getting ready, at the pass that was broken
    off or is next; other items stay as they are.
    """
    current = s.step.item
    affected = routine.affected_side if isinstance(routine.affected_side, BodySide) else home_side or BodySide.LEFT
    prescribed = work(current, routine.items[current], known[routine.items[current].exercise], affected)
    changed = work(current, Item(easier.id), easier, affected)
    sets = {side: replace(changed.by_side[side], sets=prescribed.by_side[side].sets) for side in prescribed.by_side}
    changed = replace(changed, by_side=sets)
    if same_sides(prescribed.sides, easier):
        changed = replace(changed, sides=prescribed.sides, order=prescribed.order)
    whole = tuple(steps_of(changed))
    turns = changed.sides is Sides.ALTERNATE
    at = next((step for step in s.steps[s.index :] if step.item == current and step.works()), None)
    ready = whole[:1] if whole and whole[0].kind is StepKind.PREPARE else ()
    if at is None:
        rest: tuple[Step, ...] = ()
    else:
        begin = next(
            (i for i, step in enumerate(whole) if step.works() and _same_pass(step, at, any_side=turns)),
            len(whole),
        )
        rest = whole[begin:]
    after = tuple(step for step in s.steps[s.index :] if step.item != current)
    return (*(ready if rest else ()), *rest, *after)


def _same_pass(step: Step, at: Step, *, any_side: bool) -> bool:
    """Whether `step` belongs to the pass that `at` was of; what both sides do at once, or in turns, is for either."""
    return step.set == at.set and (any_side or step.side == at.side or Side.BOTH in (step.side, at.side))
