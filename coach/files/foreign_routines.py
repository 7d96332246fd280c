"""Routines of other apps, as ours: their timed steps become held exercises with the same seconds in the same order.

Just Another Workout Timer writes `{"workouts": [{"title", "sets": [{"repetitions", "exercises": [{"name",
"duration"}]}]}]}`, or one such workout by itself. OpenHIIT writes `[{"name", "activities": ["…"], "activeIntervals",
"restarts", "timeSettings": {"workTime", "restTime", "breakTime", "warmupTime", "cooldownTime", "getReadyTime"}}]`.
Feeel names exercises by the numbers of its own database, which nobody else can read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from coach.core.routine.bounds import Name, Seconds, Text
from coach.core.routine.exercise import Exercise
from coach.core.routine.finding import folded
from coach.core.routine.plain import Plain, read_plain
from coach.core.routine.problems import Findings, Problem, Rule
from coach.core.routine.routine import FORMAT
from coach.core.routine.shape import all_misfits
from coach.files.stable_ids import stable_id

_MAX_STEPS = 2_000
_MAX_SETS = 20
_REST = frozenset("rest pause break recover recovery relax prepare ready switch change sides side get up off".split())
"""A step whose name is made of these words alone is no exercise."""
_SIDES = {"left": "left", "l": "left", "right": "right", "r": "right"}
_FILLING = frozenset("side leg hip on the".split())

Times = Annotated[int, Meta(ge=1, le=1_000)]


class _JawtExercise(Struct, frozen=True):
    name: Text
    duration: Seconds


class _JawtSet(Struct, frozen=True):
    repetitions: Times
    exercises: list[_JawtExercise]


class _Jawt(Struct, frozen=True):
    title: Name
    sets: Annotated[list[_JawtSet], Meta(min_length=1)]


class _Times(Struct, frozen=True, rename="camel"):
    work_time: Seconds
    rest_time: Seconds = 0
    break_time: Seconds = 0
    warmup_time: Seconds = 0
    cooldown_time: Seconds = 0
    get_ready_time: Seconds = 0


class _OpenHiit(Struct, frozen=True, rename="camel"):
    name: Name
    time_settings: _Times
    active_intervals: Times
    activities: list[Text] = []
    restarts: Annotated[int, Meta(ge=0, le=1_000)] = 0


@dataclass(frozen=True, slots=True)
class Converted:
    """A routine of another app as a file of ours, or why it is none; warnings tell what was taken how."""

    plain: Plain | None
    findings: Findings


@dataclass(frozen=True, slots=True)
class _Timed:
    """A step: an exercise by its name, or a rest, which has none."""

    name: str
    seconds: float


def convert(data: bytes, plain: Plain, library: Mapping[str, Exercise]) -> Converted | None:
    """Read a file of another app; None for what is of none that is known. `plain` is what it holds as one object."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        return _list(data, library)
    value = plain.value
    if value is None or "format" in value:
        return None
    if "feeelMetadataVersion" in value:
        return _refused(Problem("$", Rule.BY_NUMBER, "Feeel"))
    if isinstance(value.get("workouts"), list):
        return _several("Just Another Workout Timer", value["workouts"], "$.workouts", plain, library)
    if isinstance(value.get("sets"), list) and "title" in value and "items" not in value:
        return _several("Just Another Workout Timer", [value], "", plain, library)
    if "timeSettings" in value:
        return _several("OpenHIIT", [value], "", plain, library)
    return None


def _list(data: bytes, library: Mapping[str, Exercise]) -> Converted | None:
    wrapped = read_plain(b'{"timers":' + data.removeprefix(b"\xef\xbb\xbf") + b"}")
    timers = (wrapped.value or {}).get("timers")
    if not isinstance(timers, list) or not timers or not all(isinstance(one, dict) for one in timers):
        return None
    return _several("OpenHIIT", timers, "$", wrapped, library) if "timeSettings" in timers[0] else None


def _several(app: str, all_: Any, at: str, plain: Plain, library: Mapping[str, Exercise]) -> Converted:
    """The first of the workouts in a file; the others are named."""
    if plain.findings.problems:
        return Converted(None, plain.findings)
    if not all_:
        return _refused(Problem(at, Rule.TOO_SHORT, 0, 1))
    path = f"{at}[0]" if at else "$"
    shape: type[_Jawt | _OpenHiit] = _OpenHiit if app == "OpenHIIT" else _Jawt
    value = _decoded(all_[0])
    try:
        one = msgspec.convert(value, shape)
    except msgspec.ValidationError as first:
        misfits = all_misfits(value, shape, first)
        return _refused(*(msgspec.structs.replace(one, path=path + one.path.removeprefix("$")) for one in misfits))
    steps = tuple(islice(_jawt(one) if isinstance(one, _Jawt) else _open_hiit(one), _MAX_STEPS + 1))
    title = one.title if isinstance(one, _Jawt) else one.name
    if len(steps) > _MAX_STEPS:
        return _refused(Problem(path, Rule.TOO_LONG, len(steps), _MAX_STEPS))
    others = [Problem(f"{at}[{index}]", Rule.ONE_OF_SEVERAL, _title(other)) for index, other in enumerate(all_[1:], 1)]
    return _routine(app, title, steps, library, path, others)


def _decoded(value: Any) -> Any:
    """Older files of OpenHIIT hold an object as a text that is JSON."""
    inner = value.get("timeSettings") if isinstance(value, dict) else None
    if isinstance(inner, str):
        return {**value, "timeSettings": read_plain(inner.encode("utf-8", "replace")).value}
    return value


def _title(other: object) -> str:
    found = other.get("title", other.get("name")) if isinstance(other, dict) else None
    return found if isinstance(found, str) else ""


def _jawt(one: _Jawt) -> Iterator[_Timed]:
    for a_set in one.sets:
        for _ in range(a_set.repetitions):
            for exercise in a_set.exercises:
                resting = set(_words(exercise.name)) <= _REST
                yield _Timed("" if resting else exercise.name, exercise.duration)


def _open_hiit(one: _OpenHiit) -> Iterator[_Timed]:
    """In the order in which OpenHIIT plays them."""
    time = one.time_settings
    yield _Timed("", time.get_ready_time)
    if time.warmup_time:
        yield _Timed("Warm-up", time.warmup_time)
        yield _Timed("", time.rest_time)
    for again in range(one.restarts + 1):
        for index in range(one.active_intervals):
            yield _Timed(one.activities[index] if index < len(one.activities) else "Work", time.work_time)
            if index < one.active_intervals - 1:
                yield _Timed("", time.rest_time)
        if again < one.restarts:
            yield _Timed("", time.break_time or time.rest_time)
    if time.cooldown_time:
        yield _Timed("Cool-down", time.cooldown_time)


# -- from steps to items --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    seconds: float
    before: float
    """The rest before it."""
    sets: int = 1
    between: float = 0


def _items(steps: tuple[_Timed, ...]) -> list[_Item]:
    """Steps of no length are none; the same exercise again, after the same rest, is another set."""
    items: list[_Item] = []
    rest = 0.0
    for step in steps:
        if not step.name.strip():
            rest += step.seconds
        elif step.seconds > 0:
            last = items[-1] if items else None
            if last is not None and _goes_on(last, step, rest):
                items[-1] = _Item(last.name, last.seconds, last.before, last.sets + 1, rest)
            else:
                items.append(_Item(step.name, step.seconds, rest))
            rest = 0.0
    return items


def _goes_on(last: _Item, step: _Timed, rest: float) -> bool:
    same = (last.name, last.seconds) == (step.name, step.seconds)
    return same and last.sets < _MAX_SETS and (last.sets == 1 or last.between == rest)


def _routine(
    app: str,
    title: str,
    steps: tuple[_Timed, ...],
    library: Mapping[str, Exercise],
    path: str,
    others: list[Problem],
) -> Converted:
    items = _items(steps)
    if not items:
        return _refused(Problem(path, Rule.TOO_SHORT, 0, 1))
    own: dict[str, dict[str, object]] = {}
    told = [Problem(path, Rule.OF_ANOTHER_APP, app)]
    made: list[dict[str, object]] = []
    for index, item in enumerate(items):
        name, side = _known(item.name, library), _side(item.name)
        if name is None:
            if item.name not in own:
                own[item.name] = {"id": f"own_{len(own) + 1}", "name": item.name, "kind": "strength"}
                told.append(Problem(path, Rule.OWN_EXERCISE, item.name))
            name = str(own[item.name]["id"])
        else:
            told.append(Problem(path, Rule.TAKEN_AS, item.name, library[name].name))
        value: dict[str, object] = {"exercise": name, "sets": item.sets, "hold_s": item.seconds}
        value["sides"] = side or "both"
        if item.sets > 1:
            value["rest_s"] = item.between
        if index or item.before:
            value["prepare_s"] = item.before
        made.append(value)
    routine: dict[str, object] = {
        "format": FORMAT,
        "version": "1.0",
        "id": f"{_slug(title)}-{stable_id('foreign', app, title)[:8]}",
        "title": title,
        "prescriber": {"name": app},
        "items": made,
        "exercises": list(own.values()),
    }
    unique = tuple({(one.path, one.rule, one.found): one for one in (*told, *others)}.values())
    return Converted(Plain(routine, Findings()), Findings((), unique))


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", folded(name))


def _side(name: str) -> str | None:
    """The side that the name tells, if it is one."""
    found = {_SIDES[word] for word in _words(name) if word in _SIDES}
    return found.pop() if len(found) == 1 else None


def _known(name: str, library: Mapping[str, Exercise]) -> str | None:
    """The exercise of the library that is called so, whatever the side; never one that only sounds like it."""
    wanted = [word for word in _words(name) if word not in _SIDES]
    shorter = [word for word in wanted if word not in _FILLING]
    for exercise in library.values():
        for called in (exercise.name, *exercise.other_names):
            if _words(called) == wanted or (_side(name) and _words(called) == shorter):
                return exercise.id
    return None


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", folded(title)))[:40].strip("-") or "routine"


def _refused(*problems: Problem) -> Converted:
    return Converted(None, Findings(problems))
