"""The steps above its dose that a routine allows, in words: on the screen, on paper, and against another revision."""

from collections.abc import Iterator, Mapping

from msgspec import UNSET

from coach.core.clinical.response import actions
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import work
from coach.core.routine.progression import stages
from coach.core.routine.routine import BodySide, Item, Progression, Routine, Rules
from coach.words import prescription
from coach.words.numbers import seconds
from coach.words.session import name
from coach.words.translate import count, tr

_LONGEST_LOAD = 120


def steps(item: Item, known: Mapping[str, Exercise]) -> tuple[str, ...]:
    """Each step of an item: `12 reps`, `3 sets`, `Single-leg bridge: 2 sets of 6 reps`."""
    return tuple(_steps(item, known))


def offered(rules: Rules) -> str:
    """What becomes of the steps, for whoever allows them."""
    of = actions(rules)
    sessions = count(of.success_quota, "%n good session", "%n good sessions in a row")
    return tr(
        "After {sessions} (all sets done, effort up to {effort}, pain up to {pain}, green by the next morning) the "
        "next step is proposed, never taken by itself. One exercise goes up at a time."
    ).format(sessions=sessions, effort=of.success_effort_max, pain=of.success_pain_max)


def line(item: Item, known: Mapping[str, Exercise], rules: Rules) -> str:
    """`After 2 good sessions in a row: 12 reps; then 3 sets`; nothing where no step is allowed."""
    if not item.progress:
        return ""
    quota = count(actions(rules).success_quota, "%n good session", "%n good sessions in a row")
    said = tr("; then ", "between two steps").join(steps(item, known))
    return tr("After {sessions}: {steps}").format(sessions=quota, steps=said)


def good_session(routine: Routine) -> str:
    """What a good session is, and how it goes up then (clinical reference, 4.1.6); nothing where no step is allowed."""
    if not any(item.progress for item in routine.items):
        return ""
    of = actions(routine.rules)
    return tr(
        "A good session: all sets done, effort up to {effort} of 10, pain up to {pain} of 10, and green by the next "
        "morning. One exercise goes up at a time; after too much pain it comes back down the same way."
    ).format(effort=of.success_effort_max, pain=of.success_pain_max)


def _steps(item: Item, known: Mapping[str, Exercise]) -> Iterator[str]:
    before = item
    for step, after in zip(item.progress, stages(item, known), strict=True):
        yield _numbers(step, before, known) if after.exercise == before.exercise else _other(step, after, known)
        before = after


def _numbers(step: Progression, before: Item, known: Mapping[str, Exercise]) -> str:
    held = work(0, before, known[before.exercise], BodySide.LEFT).held
    parts = []
    if step.sets is not UNSET:
        parts.append(count(step.sets, "%n set", "%n sets"))
    if step.reps is not UNSET:
        parts.append(count(step.reps, "%n hold", "%n holds") if held else count(step.reps, "%n rep", "%n reps"))
    if step.hold_s is not UNSET:
        parts.append(tr("hold {seconds}").format(seconds=seconds(step.hold_s)))
    if step.load:
        parts.append(_with(step.load))
    return ", ".join(parts)


def _other(step: Progression, after: Item, known: Mapping[str, Exercise]) -> str:
    exercise = known[after.exercise]
    dose = prescription.dose_words(work(0, after, exercise, BodySide.LEFT))
    said = tr("{exercise}: {dose}").format(exercise=name(exercise.id, known), dose=dose)
    return f"{said}, {_with(step.load)}" if step.load else said


def _with(load: str) -> str:
    short = load if len(load) <= _LONGEST_LOAD else load[: _LONGEST_LOAD - 1].rstrip() + "…"
    return tr("with {load}").format(load=short)
