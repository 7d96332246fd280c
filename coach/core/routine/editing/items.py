"""The sequence of a draft: put in, move, remove, double, and what a whole item can be changed to."""

from collections.abc import Mapping

import msgspec
from msgspec import UNSET

from coach.core.routine.dose import Dose, Sides
from coach.core.routine.editing.draft import Draft, Object, at, listed, put, with_list
from coach.core.routine.exercise import Exercise, Laterality
from coach.core.routine.plan import Side, Work

TWO_PASSES = (Sides.EACH, Sides.AFFECTED_FIRST, Sides.OTHER_FIRST)
FIRST_HOLD_S = 30
FIRST_REPS = 10
"""What an item begins with when its exercise has no typical dose of that kind; an ordinary start, to be changed."""

MORE_REPS, MORE_HOLD_S = 2, 5
"""What a step up begins with above what is there; an ordinary start, to be changed."""

_DOSE = Dose.__struct_fields__
_OF_A_COUNT = ("tempo", "pace")


def size(draft: Draft) -> int:
    """How many items there are."""
    return len(listed(draft, "items"))


def item(draft: Draft, index: int) -> Object:
    """One item; empty where there is none."""
    found = at(draft, ("items", index))
    return found if isinstance(found, Mapping) else {}


def exercise_id(draft: Draft, index: int) -> str:
    """The exercise of an item, as the file names it."""
    return str(item(draft, index).get("exercise", ""))


def fresh(exercise: Exercise) -> Object:
    """An item of this exercise: its usual dose written out, so that all of it is seen and can be changed."""
    made: dict[str, object] = {"exercise": exercise.id, "sides": str(exercise.sides)}
    return made | _plain(exercise.dose)


def add(draft: Draft, exercise: Exercise, index: int) -> Draft:
    """Put an exercise in before the item of this number; behind the last one where there are not so many."""
    entries = listed(draft, "items")
    entries.insert(max(0, index), fresh(exercise))
    return with_list(draft, "items", entries)


def move(draft: Draft, index: int, to: int) -> Draft:
    """Move an item so that it has the number `to` afterwards; the others keep their order."""
    entries = listed(draft, "items")
    if not 0 <= index < len(entries):
        return draft
    one = entries.pop(index)
    entries.insert(min(max(0, to), len(entries)), one)
    return draft if entries == at(draft, ("items",)) else with_list(draft, "items", entries)


def remove(draft: Draft, index: int) -> Draft:
    """Take an item out; an own exercise stays in the file until it is taken out itself."""
    entries = listed(draft, "items")
    if not 0 <= index < len(entries):
        return draft
    return with_list(draft, "items", entries[:index] + entries[index + 1 :])


def duplicate(draft: Draft, index: int) -> Draft:
    """Put the same item in once more, right behind it."""
    entries = listed(draft, "items")
    if not 0 <= index < len(entries):
        return draft
    return with_list(draft, "items", [*entries[: index + 1], *entries[index:]])


def use_dose(draft: Draft, index: int, dose: Dose) -> Draft:
    """Give an item this dose in place of its own; sides, load and note stay, and so do limits of one side that fit."""
    kept = {key: value for key, value in item(draft, index).items() if key not in _DOSE}
    made = kept | _plain(dose)
    if "hold_s" in made:
        made.pop("pace", None)
    return _fitted(put(draft, ("items", index), made), index, held="hold_s" in made)


def make_held(draft: Draft, index: int, exercise: Exercise | None) -> Draft:
    """Let an item be held in place of counted; sets and rests stay."""
    kept = {key: value for key, value in item(draft, index).items() if key not in (*_OF_A_COUNT, "reps")}
    dose = exercise.dose if exercise is not None else Dose()
    hold_s = dose.hold_s if dose.hold_s is not UNSET else FIRST_HOLD_S
    return put(draft, ("items", index), {**kept, "hold_s": _tidy(hold_s)})


def make_counted(draft: Draft, index: int, exercise: Exercise | None) -> Draft:
    """Let an item be counted in place of held; sets and rests stay."""
    kept = {key: value for key, value in item(draft, index).items() if key != "hold_s"}
    dose = exercise.dose if exercise is not None else Dose()
    held = dose.hold_s is not UNSET
    reps = FIRST_REPS if held or dose.reps is UNSET else dose.reps
    made = put(draft, ("items", index), {**kept, "reps": kept.get("reps", reps)})
    return _fitted(made, index, held=False)


def swap(draft: Draft, index: int, exercise: Exercise, before: Work | None) -> Draft:
    """Let an item be another exercise, an easier or a harder one.

    Load, note and the keys of others stay. The dose stays where both are counted, or both held; else it is the usual
    one of the new exercise. Sides stay where they make sense for it.
    """
    now = item(draft, index)
    usual = fresh(exercise)
    held = exercise.dose.hold_s is not UNSET
    known = exercise.dose.hold_s is not UNSET or exercise.dose.reps is not UNSET
    keeps = before is not None and (before.held == held or not known)
    kept = {key: value for key, value in now.items() if keeps or key not in (*_DOSE, "pace", "per_side")}
    if not keeps:
        kept |= {key: value for key, value in usual.items() if key in _DOSE}
    elif before is not None and "reps" not in now and "hold_s" not in now:
        kept = _written_out(before) | kept  # else it would turn into the usual dose of the new exercise
    one_sided = before is not None and before.sides is not Sides.BOTH
    fits = {Laterality.UNILATERAL: one_sided, Laterality.BILATERAL: not one_sided, Laterality.EITHER: True}
    if not fits[exercise.laterality]:
        kept["sides"] = usual["sides"]
    elif "sides" not in kept and before is not None:
        kept["sides"] = str(before.sides)
    kept["exercise"] = exercise.id
    made = put(draft, ("items", index), kept)
    return _sided(made, index, str(kept.get("sides", exercise.sides)))


def steps(draft: Draft, index: int) -> list[object]:
    """A copy of the steps up that an item allows; empty where it allows none."""
    found = item(draft, index).get("progress")
    return list(found) if isinstance(found, list) else []


def add_step(draft: Draft, index: int, stage: Work | None) -> Draft:
    """Allow one more step up: a little more than the item or its last step (`stage`) asks for, to be changed."""
    if stage is None:
        more: dict[str, object] = {}
    elif stage.held and stage.by_side[Side.BOTH].reps == 1:
        more = {"hold_s": _tidy(stage.by_side[Side.BOTH].hold_s + MORE_HOLD_S)}
    else:
        more = {"reps": stage.by_side[Side.BOTH].reps + MORE_REPS}
    return put(draft, ("items", index, "progress"), [*steps(draft, index), more])


def remove_step(draft: Draft, index: int, step: int) -> Draft:
    """Allow a step no longer; those after it stay as they are written."""
    left = [one for place, one in enumerate(steps(draft, index)) if place != step]
    return put(draft, ("items", index, "progress"), left or UNSET)


def work_sides(draft: Draft, index: int, sides: str | None) -> Draft:
    """Let an item work these sides, those of its exercise for None; numbers of one side go where there is but one."""
    made = put(draft, ("items", index, "sides"), UNSET if sides is None else sides)
    return made if sides is None else _sided(made, index, sides)


def _written_out(one: Work) -> dict[str, object]:
    """The amount that an item comes to, for one that left it to its exercise."""
    work = one.by_side[Side.BOTH]
    amount: dict[str, object] = {"sets": work.sets, "reps": work.reps}
    if one.held:
        return amount | {"hold_s": _tidy(work.hold_s)}
    return amount | {"tempo": {key: _tidied(value) for key, value in msgspec.to_builtins(one.tempo).items()}}


def _sided(draft: Draft, index: int, sides: str) -> Draft:
    return draft if sides in TWO_PASSES else put(draft, ("items", index, "per_side"), UNSET)


def _fitted(draft: Draft, index: int, *, held: bool) -> Draft:
    """Without the holds of one side where the item counts."""
    for side in () if held else ("left", "right"):
        draft = put(draft, ("items", index, "per_side", side, "hold_s"), UNSET)
    return draft


def _plain(dose: Dose) -> dict[str, object]:
    """A dose as a file states it."""
    found: dict[str, object] = msgspec.to_builtins(dose)
    return {key: _tidied(value) for key, value in found.items()}


def _tidied(value: object) -> object:
    if isinstance(value, dict):
        return {key: _tidied(inner) for key, inner in value.items()}
    return _tidy(value) if isinstance(value, float) else value


def _tidy(seconds: float) -> int | float:
    return int(seconds) if float(seconds).is_integer() else seconds
