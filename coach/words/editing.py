"""The editor in words: what each field is called, what was done and can be taken back, what a routine comes to."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import UNSET

from coach.core.clinical.defaults import Usual
from coach.core.routine.dose import Sides
from coach.core.routine.editing.extent import Extent
from coach.core.routine.editing.history import Act, Deed
from coach.core.routine.plan import Work
from coach.core.routine.problems import Problem, Rule
from coach.words import problems
from coach.words.numbers import about_minutes, figure
from coach.words.refusals import place_words
from coach.words.session import side_word
from coach.words.translate import capital, count, lower, tr

_ITEM: Final[Mapping[str, Callable[[], str]]] = {
    "exercise": lambda: tr("Exercise"),
    "sides": lambda: tr("Sides"),
    "sets": lambda: tr("Sets"),
    "reps": lambda: tr("Reps"),
    "hold_s": lambda: tr("Hold"),
    "tempo": lambda: tr("Tempo"),
    "tempo.up_s": lambda: tr("Tempo: up"),
    "tempo.hold_s": lambda: tr("Tempo: hold"),
    "tempo.down_s": lambda: tr("Tempo: down"),
    "rest_s": lambda: tr("Rest between sets"),
    "rep_rest_s": lambda: tr("Rest between holds"),
    "prepare_s": lambda: tr("Get ready"),
    "switch_s": lambda: tr("Switch sides"),
    "pace": lambda: tr("Pace"),
    "load": lambda: tr("Load"),
    "progress": lambda: tr("Steps up"),
    "note": lambda: tr("Note to the patient"),
    "per_side": lambda: tr("Each side apart"),
    "per_side.left": lambda: tr("Left side"),
    "per_side.right": lambda: tr("Right side"),
    "per_side.left.sets": lambda: tr("Sets, left"),
    "per_side.left.reps": lambda: tr("Reps, left"),
    "per_side.left.hold_s": lambda: tr("Hold, left"),
    "per_side.right.sets": lambda: tr("Sets, right"),
    "per_side.right.reps": lambda: tr("Reps, right"),
    "per_side.right.hold_s": lambda: tr("Hold, right"),
}

_ROUTINE: Final[Mapping[str, Callable[[], str]]] = {
    "title": lambda: tr("Title"),
    "id": lambda: tr("Id"),
    "items": lambda: tr("The sequence"),
    "patient": lambda: tr("For"),
    "prescriber.name": lambda: tr("Your name or practice"),
    "prescriber.contact": lambda: tr("How to reach you"),
    "schedule.per_week": lambda: tr("Times a week"),
    "schedule.days": lambda: tr("Days"),
    "schedule": lambda: tr("Schedule"),
    "affected_side": lambda: tr("Affected side"),
    "review_by": lambda: tr("Review by"),
    "issued": lambda: tr("Issued"),
    "rules.pain_stop_above": lambda: tr("Stop the exercise above"),
    "rules.pain_easier_above": lambda: tr("Easier variation above"),
    "rules.profile": lambda: tr("Limits on pain"),
    "rules.start_block_if_pre_gt": lambda: tr("Do not begin above"),
    "rules.green_during_max": lambda: tr("During, green up to"),
    "rules.amber_during_max": lambda: tr("During, red above"),
    "rules.after60_rise_max": lambda: tr("An hour later, rise up to"),
    "rules.after60_max": lambda: tr("An hour later, up to"),
    "rules.after_max": lambda: tr("Afterwards, red above"),
    "rules.morning_amber_rise": lambda: tr("Next morning, amber from a rise of"),
    "rules.morning_red_rise": lambda: tr("Next morning, red from a rise of"),
    "rules.morning_max": lambda: tr("Next morning, red above"),
    "rules.success_quota": lambda: tr("Harder after good sessions in a row"),
    "rules.success_effort_max": lambda: tr("A good one: effort up to"),
    "rules.success_pain_max": lambda: tr("A good one: pain up to"),
    "rules.ambers_to_step_back": lambda: tr("Easier after amber sessions in a row"),
    "rules.red_rest_h": lambda: tr("Rest after a red one, hours"),
    "rules.reds_to_rehab_only": lambda: tr("Rehab only after red days"),
    "rules.reds_to_rehab_only_days": lambda: tr("Counted within days"),
    "rules.rehab_only_days": lambda: tr("Rehab only for days"),
    "rules.reds_to_refer": lambda: tr("To the physio after red days"),
    "rules.reds_to_refer_days": lambda: tr("Counted within days"),
    "readiness.require_signoff": lambda: tr("Your yes is needed"),
    "readiness.adl_mean_max": lambda: tr("Worst pain of the day, mean"),
    "readiness.adl_max": lambda: tr("Worst pain of any day"),
    "readiness.morn_max": lambda: tr("Morning pain"),
    "readiness.days": lambda: tr("Days looked at"),
    "readiness.night_max": lambda: tr("Nights woken by the hip"),
    "readiness.trend_max": lambda: tr("Rise of pain, below"),
    "readiness.walk_min": lambda: tr("Brisk walk, minutes"),
    "readiness.walk_pain_max": lambda: tr("Pain on the walk"),
    "readiness.adherence": lambda: tr("Sessions done, share"),
    "readiness.min_days": lambda: tr("Days of rehab"),
    "readiness.slb_reps": lambda: tr("Single-leg bridge, reps"),
    "readiness.abd_reps": lambda: tr("Side leg raise, reps"),
    "readiness.sp_s": lambda: tr("Side plank, seconds"),
    "readiness.plank_s": lambda: tr("Plank, seconds"),
    "readiness.sls_reps": lambda: tr("Single-leg squat, reps"),
    "readiness.hr_reps": lambda: tr("Heel raise, reps"),
    "readiness.lsi_min": lambda: tr("Limb symmetry index"),
    "readiness.hops": lambda: tr("Single hops"),
    "readiness.skip_hop": lambda: tr("Leave the hops out"),
    "readiness.conf_min": lambda: tr("Confidence to run"),
    "run_plan.stages": lambda: tr("Stages of walk and run"),
    "run_plan.min_successes": lambda: tr("Green runs before the next stage"),
    "run_plan.max_per_week": lambda: tr("Runs in 7 days, at most"),
    "run_plan.min_gap_h": lambda: tr("From one run to the next, hours"),
    "run_plan.start_stage": lambda: tr("Stage to begin with"),
}

_EXERCISE: Final[Mapping[str, Callable[[], str]]] = {
    "id": lambda: tr("Id"),
    "name": lambda: tr("Name"),
    "steps": lambda: tr("How it goes"),
    "dose": lambda: tr("Usual dose"),
    "figure": lambda: tr("Figure"),
}

_CHOICES: Final[Mapping[str, Callable[[], str]]] = {
    "strength": lambda: tr("Strength work"),
    "walk_run": lambda: tr("Walking and running"),
    "tendon": lambda: tr("Tendon, lenient"),
    "groin": lambda: tr("Groin or bone, strict"),
    "coach": lambda: tr("The coach counts"),
    "self": lambda: tr("The patient's own"),
    "true": lambda: tr("Yes"),
    "false": lambda: tr("No"),
    "left": lambda: tr("Left"),
    "right": lambda: tr("Right"),
}

_SIDES: Final[Mapping[Sides, Callable[[], str]]] = {
    Sides.BOTH: lambda: tr("Both at once"),
    Sides.EACH: lambda: tr("Each side"),
    Sides.AFFECTED_FIRST: lambda: tr("Affected side first"),
    Sides.OTHER_FIRST: lambda: tr("Other side first"),
    Sides.ALTERNATE: lambda: tr("Sides in turn"),
    Sides.LEFT: lambda: tr("Left only"),
    Sides.RIGHT: lambda: tr("Right only"),
}


_STEP_UP: Final = re.compile(r"progress(?:\[|\.)([0-9]{1,9})\]?\.?(.*)", re.DOTALL)


def item_field(key: str) -> str:
    """What a field of an item is called: `Rest between sets`, `Step up 2, Reps`."""
    if step := _STEP_UP.fullmatch(key):
        called = tr("Step up {number}").format(number=int(step[1]) + 1)
        return tr("{step}, {field}").format(step=called, field=_called(step[2], _ITEM)) if step[2] else called
    return _called(key, _ITEM)


def routine_field(key: str) -> str:
    """What a field of the routine is called, by its whole key: `rules.pain_stop_above`."""
    return _called(key, _ROUTINE)


def exercise_field(key: str) -> str:
    """What a field of an own exercise is called."""
    return _called(key, _EXERCISE)


def _called(key: str, known: Mapping[str, Callable[[], str]]) -> str:
    """The words for a key; of one that is newer than them its own name."""
    if key in known:
        return known[key]()
    return key.rpartition(".")[2].replace("_", " ").capitalize()


def choice(value: str) -> str:
    """One of several values: `Strength work`; one without words as the file has it."""
    return _CHOICES[value]() if value in _CHOICES else value.replace("_", " ").capitalize()


def sides(of: Sides) -> str:
    """`Each side`."""
    return _SIDES[of]()


def phase(name: str) -> str:
    """A phase of rehab on a button: `Start`."""
    return {"start": tr("Start"), "middle": tr("Middle"), "target": tr("Target")}[name]


def short_sides(work: Work) -> str:
    """`each side`, `both`, `left first`, as little as a card has room for."""
    match work.sides:
        case Sides.BOTH:
            return tr("both")
        case Sides.EACH:
            return tr("each side")
        case Sides.ALTERNATE:
            return tr("in turn")
        case Sides.LEFT | Sides.RIGHT:
            return tr("{side} only").format(side=side_word(work.order[0]))
        case Sides.AFFECTED_FIRST | Sides.OTHER_FIRST:
            return tr("{side} first").format(side=side_word(work.order[0]))


# -- what was done ----------------------------------------------------------------------------------------------


def deed(of: Deed) -> str:
    """What was done, to be taken back: `add Bridge`, `Sets of Bridge`."""
    match of.act:
        case Act.ADD:
            return tr("add {exercise}").format(exercise=of.subject)
        case Act.MOVE:
            return tr("move {exercise}").format(exercise=of.subject)
        case Act.REMOVE:
            return tr("remove {exercise}").format(exercise=of.subject)
        case Act.DUPLICATE:
            return tr("duplicate {exercise}").format(exercise=of.subject)
        case Act.REPLACE:
            return tr("replace by {exercise}").format(exercise=of.subject)
        case Act.DOSE:
            return tr("dose of {exercise}").format(exercise=of.subject)
        case Act.KIND:
            return tr("counted or held, {exercise}").format(exercise=of.subject)
        case Act.ITEM_FIELD:
            return tr("“{field}” of {exercise}").format(field=item_field(of.field), exercise=of.subject)
        case Act.OWN:
            return tr("own exercise {exercise}").format(exercise=of.subject)
        case Act.OWN_FIELD:
            return tr("“{field}” of {exercise}").format(field=exercise_field(of.field), exercise=of.subject)
        case Act.ROUTINE_FIELD:
            return tr("“{field}”").format(field=routine_field(of.field))


def undo(of: Deed | None) -> str:
    """`Undo: add Bridge`."""
    return tr("Undo: {deed}").format(deed=deed(of)) if of is not None else tr("Nothing to undo")


def redo(of: Deed | None) -> str:
    """`Redo: add Bridge`."""
    return tr("Redo: {deed}").format(deed=deed(of)) if of is not None else tr("Nothing to redo")


# -- what it comes to -------------------------------------------------------------------------------------------


def length(of: Extent, items: int) -> str:
    """`about 24 min`; without what cannot be read yet."""
    if not items:
        return tr("nothing in it yet")
    if len(of.unread) == items:
        return tr("length not known yet")
    said = about_minutes(of.length_s)
    return tr("so far {length}").format(length=said) if of.unread else said


def week(of: Extent) -> str:
    """`72 min and 36 sets a week`; nothing where the routine does not say how often."""
    if of.times is None or not of.length_s:
        return ""
    minutes = max(1, round(of.times * of.length_s / 60))
    sets = count(of.times * of.sets, "%n set", "%n sets")
    return tr("{minutes} min and {sets} a week").format(minutes=minutes, sets=sets)


def usual(of: Usual | None) -> str:
    """`Usual: 2 (R1; < 2: Rambaud 2018)`: what holds while the field is empty, and what that rests on.

    Nothing for the limits on pain: they all rest on the same, which is said once.
    """
    if of is None or not of.criterion:
        return ""
    value = _usual_value(of)
    basis = of.basis or tr("this program's own default")
    if not value:
        return ""
    return tr("Usual: {value} ({criterion}; {basis})").format(value=value, criterion=of.criterion, basis=basis)


def usual_value(of: Usual | None) -> str:
    """The default alone, as a field shows it while it is empty."""
    return "" if of is None else _usual_value(of)


def _usual_value(of: Usual) -> str:
    match of.value:
        case None:
            return ""
        case bool():
            return choice("true" if of.value else "false")
        case str():
            return choice(of.value)
        case _:
            return figure(of.value)


# -- what is wrong ----------------------------------------------------------------------------------------------


def beside(problem: Problem) -> str:
    """What is wrong, below the field it is about: `Must be at least 1.`"""
    found, limit = problem.found, problem.limit
    match problem.rule:
        case Rule.TOO_SMALL:
            return tr("Must be at least {limit}.").format(limit=problems.shown(limit))
        case Rule.TOO_BIG:
            return tr("Must be at most {limit}.").format(limit=problems.shown(limit))
        case Rule.WRONG_TYPE if limit == "integer":
            return tr("{found} is no whole number.").format(found=_written(found))
        case Rule.WRONG_TYPE if limit == "number":
            return tr("{found} is no number.").format(found=_written(found))
        case Rule.TOO_SHORT if not found:
            return tr("Must not be empty.")
        case Rule.TOO_LONG:
            return tr("Holds {found} and may hold {limit}.").format(found=found, limit=limit)
        case Rule.NOT_A_DAY | Rule.BAD_PATTERN if problem.path in ("$.review_by", "$.issued"):
            return tr("{found} is no day of the calendar; write it like 2026-12-04.").format(found=_written(found))
        case Rule.HOLD_WITH_TEMPO | Rule.TEMPO_OF_A_HOLD:
            return tr("A tempo goes with counted reps, not with a hold.")
        case Rule.PACE_OF_A_HOLD:
            return tr("A pace goes with counted reps, not with a hold.")
        case Rule.HOLD_OF_A_COUNT:
            return tr("A hold of one side goes with a held exercise.")
        case Rule.PER_SIDE_OF_ONE_PASS:
            return tr("Numbers for one side need sides that work one after the other.")
        case Rule.SIDE_MAKES_NO_SENSE if limit == "bilateral":
            return tr("This exercise works both sides at once.")
        case Rule.SIDE_MAKES_NO_SENSE:
            return tr("This exercise works one side at a time.")
        case Rule.NO_LENGTH:
            return tr("Every phase of its reps is 0 s long: there is nothing to do in them.")
        case Rule.NO_DOSE:
            return tr("Neither reps nor a hold: it would be one rep.")
        case Rule.UNKNOWN_EXERCISE:
            return tr("There is no such exercise.")
        case _:
            text = problems.what(problem)
            return capital(text) + ("" if text.endswith((".", "?", ")")) else ".")


def in_list(problem: Problem, names: Mapping[int, str]) -> str:
    """What is wrong, in a list of all of it: `Bridge, Sets: must be at least 1.`; `names` are those of the items."""
    said = beside(problem)
    said = lower(said) if said[:1].isupper() and not said[1:2].isupper() else said
    return tr("{place}: {problem}").format(place=_place(problem.path, names), problem=said)


def _place(path: str, names: Mapping[int, str]) -> str:
    inner = path.removeprefix("$.")
    list_, opened, rest = inner.partition("[")
    number, closed, key = rest.partition("]")
    if opened and closed and number.isdecimal() and list_ in ("items", "exercises"):
        key = key.removeprefix(".")
        name = names.get(int(number), "") if list_ == "items" else tr("own exercise {n}").format(n=int(number) + 1)
        called = item_field if list_ == "items" else exercise_field
        name = name or tr("exercise {number}").format(number=int(number) + 1)
        return tr("{exercise}, {field}").format(exercise=name, field=called(key)) if key else name
    return place_words(path) if inner not in _ROUTINE else routine_field(inner)


def _written(found: object) -> str:
    return tr("“{text}”").format(text=problems.shown(found).strip('"')) if found is not UNSET else ""
