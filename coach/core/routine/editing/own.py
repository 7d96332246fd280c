"""The exercises that a draft brings along: made new or from a known one, and what can be said about them."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import UNSET

from coach.core.routine.editing.draft import Draft, Object, listed, objects, put, with_list
from coach.core.routine.editing.issuing import plain_words
from coach.core.routine.exercise import Exercise, StepType

_LONGEST_ID = 48


def own_ids(draft: Draft) -> tuple[str, ...]:
    """The ids of the exercises that the draft brings along, in their order."""
    return tuple(str(one.get("id", "")) for one in objects(draft, "exercises"))


def own_index(draft: Draft, id_: str) -> int | None:
    """The place of an own exercise in the list; None for one that the library has."""
    for place, one in enumerate(listed(draft, "exercises")):
        if isinstance(one, Mapping) and one.get("id") == id_:
            return place
    return None


def exercise_key(name: str, taken: Iterable[str]) -> str:
    """An id for an exercise of this name that nothing else has."""
    words = plain_words(name)
    ascii_ = "_".join("".join(letter for letter in word if letter.isascii()) for word in words).strip("_")
    stem = (ascii_ or "own")[:_LONGEST_ID].rstrip("_")
    stem = stem if stem[:1].isalpha() else f"own_{stem}"
    known, made, number = set(taken), stem, 1
    while made in known:
        number += 1
        made = f"{stem}_{number}"
    return made


def add_own(draft: Draft, name: str, id_: str, model: Exercise | None = None) -> Draft:
    """Bring an exercise along: with nothing but a name and a figure to be chosen, or with all that `model` says."""
    made: dict[str, object] = {"id": id_, "name": name}
    if model is not None:
        told: dict[str, object] = msgspec.to_builtins(model)
        made = {**told, **made}
        # Our words for the voice and the sources are those of the exercise that it no longer is.
        made.pop("spoken", None)
        made.pop("sources", None)
    return with_list(draft, "exercises", [*listed(draft, "exercises"), made])


def told(exercise: Object, *kinds: StepType) -> tuple[str, ...]:
    """What an exercise says of these kinds, line by line."""
    steps = exercise.get("steps")
    found = [one for one in steps if isinstance(one, Mapping)] if isinstance(steps, list) else []
    return tuple(str(one.get("text", "")) for one in found if one.get("type") in kinds)


def tell(draft: Draft, place: int, kind: StepType, lines: Iterable[str]) -> Draft:
    """Say something else of one kind: one instruction a line, where the first of them stood; the others stay."""
    exercise = listed(draft, "exercises")[place]
    before = exercise.get("steps") if isinstance(exercise, Mapping) else None
    steps = list(before) if isinstance(before, list) else []
    old = {one.get("text"): one for one in steps if isinstance(one, Mapping) and one.get("type") == kind}
    new = [old.get(line, {"type": str(kind), "text": line}) for line in lines]
    first = next((n for n, one in enumerate(steps) if isinstance(one, Mapping) and one.get("type") == kind), None)
    if first is None:
        made = [*steps, *new]
    else:
        rest = [one for one in steps[first:] if not (isinstance(one, Mapping) and one.get("type") == kind)]
        made = [*steps[:first], *new, *rest]
    return put(draft, ("exercises", place, "steps"), made or UNSET)


def draw_as(draft: Draft, place: int, model: Exercise | None) -> Draft:
    """Draw an own exercise with the figure of a known one, or with none."""
    if model is None or model.figure is None:
        return put(draft, ("exercises", place, "figure"), UNSET)
    figure: object = msgspec.to_builtins(model.figure)
    drawn = put(draft, ("exercises", place, "figure"), figure)
    return put(drawn, ("exercises", place, "position"), str(model.position))


def drawn_as(draft: Draft, place: int, library: Mapping[str, Exercise]) -> str | None:
    """The known exercise whose figure an own one has; "" for a figure of its own, None for none."""
    found = objects(draft, "exercises")[place].get("figure")
    if found is None:
        return None
    same = (key for key, one in library.items() if one.figure is not None and msgspec.to_builtins(one.figure) == found)
    return next(same, "")


def bring(draft: Draft, exercise: Exercise, known: Mapping[str, Exercise]) -> tuple[Draft, Exercise]:
    """Bring an exercise of another routine along as it is; what is brought is returned as well.

    Where another one has its id already, in the file or in the library, it gets one of its own: the items that ask for
    the other one must not become this one. The same exercise is brought along once.
    """
    for one in known.values():
        if msgspec.structs.replace(one, id=exercise.id) == exercise and own_index(draft, one.id) is not None:
            return draft, one
    id_ = exercise_key(exercise.id, known) if exercise.id in known else exercise.id
    exercise = msgspec.structs.replace(exercise, id=id_)
    told: object = msgspec.to_builtins(exercise)
    return with_list(draft, "exercises", [*listed(draft, "exercises"), told]), exercise


def asked_for(draft: Draft, id_: str) -> bool:
    """Whether an item asks for this exercise, or a step up of one does."""
    items = objects(draft, "items")
    steps = (step for one in items if isinstance(some := one.get("progress"), list) for step in some)
    every = (*items, *(step for step in steps if isinstance(step, Mapping)))
    return any(one.get("exercise") == id_ for one in every)


def remove_own(draft: Draft, id_: str) -> Draft:
    """Bring an exercise along no longer."""
    kept = [one for one in listed(draft, "exercises") if not (isinstance(one, Mapping) and one.get("id") == id_)]
    return with_list(draft, "exercises", kept)
