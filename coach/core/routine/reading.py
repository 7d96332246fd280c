"""Reading a routine file or an exercise library: the value, or everything that is wrong with it, never an exception."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar

import msgspec
from msgspec import UNSET, Struct

from coach.core.routine.bounds import MAX_ITEMS
from coach.core.routine.dose import Sides
from coach.core.routine.exercise import Exercise, ExerciseFile, Laterality
from coach.core.routine.plain import Plain, read_plain, with_extensions
from coach.core.routine.plan import known_exercises, rep_s, work
from coach.core.routine.problems import Finder, Findings, Guesser, Rule
from coach.core.routine.progress_findings import Known, check_empty_steps, check_progress, warn_of_progress
from coach.core.routine.routine import FORMAT, MAJOR, MINOR, BodySide, Routine
from coach.core.routine.shape import all_misfits
from coach.core.routine.versions import SINCE, is_too_low, with_version

LIBRARY_FORMAT = "rehab-exercises"
STRICT_MINOR = 0
"""In a file of this minor version an unknown key is a problem, in later ones a warning: that was promised of 1.1 when
1.0 was all there was, and files and scripts elsewhere count on it."""
S = TypeVar("S", bound=msgspec.Struct)
Extensions = tuple[tuple[tuple[str | int, ...], str, object], ...]


class ReadRoutine(Struct, frozen=True):
    """What came of reading a routine file; `routine` is None exactly if there are problems."""

    routine: Routine | None
    findings: Findings
    extensions: Extensions = ()


class ReadLibrary(Struct, frozen=True):
    """What came of reading an exercise library: the good entries, and what is wrong with the others."""

    exercises: Mapping[str, Exercise]
    findings: Findings


_LOOKED_AT: Final = 1000
"""Items of a file that has too many."""


def read_routine(data: bytes, library: Mapping[str, Exercise]) -> ReadRoutine:
    """Read a routine file whose exercises are its own or the library's."""
    plain = read_plain(data)
    return ReadRoutine(None, plain.findings) if plain.value is None else routine_of(plain, library)


def routine_of(plain: Plain, library: Mapping[str, Exercise]) -> ReadRoutine:
    """Read a routine from what a file holds."""
    value = plain.value or {}
    finder = Finder(list(plain.findings.problems), list(plain.findings.warnings))
    if not _right_version(value, FORMAT, finder):
        return ReadRoutine(None, finder.findings())
    items = value.get("items")
    if isinstance(items, list) and len(items) > MAX_ITEMS:
        finder.wrong("$.items", Rule.TOO_LONG, found=len(items), limit=MAX_ITEMS)
        value = {**value, "items": items[:_LOOKED_AT]}  # these tell enough; a hostile file has a million
    lenient = _lenient(value)
    routine = _convert(value, Routine, finder, lenient=lenient)
    check_empty_steps(_objects(value, "items"), finder)
    _check_meaning(_without_unknown(value, Routine) if lenient else value, library, finder)
    if finder.problems or routine is None:
        return ReadRoutine(None, _ordered(finder.findings()))
    _warn(routine, library, finder)
    return ReadRoutine(routine, finder.findings(), plain.extensions)


def read_library(data: bytes) -> ReadLibrary:
    """Read an exercise library; the good entries load, the others are listed."""
    plain = read_plain(data)
    return ReadLibrary({}, plain.findings) if plain.value is None else library_of(plain)


def library_of(plain: Plain) -> ReadLibrary:
    """Read an exercise library from what a file holds."""
    value = plain.value or {}
    finder = Finder(list(plain.findings.problems), list(plain.findings.warnings))
    if not _right_version(value, LIBRARY_FORMAT, finder):
        return ReadLibrary({}, finder.findings())
    lenient = _lenient(value)
    _convert(value, ExerciseFile, finder, lenient=lenient)
    value = _without_unknown(value, ExerciseFile) if lenient else value
    own = _own_exercises(value, finder)
    exercises = {id_: exercise for id_, exercise in own.items() if exercise is not None}
    _check_exercises(value, set(exercises), finder)
    return ReadLibrary(exercises, _ordered(finder.findings()))


def write_routine(routine: Routine, extensions: Extensions = ()) -> bytes:
    """The routine as a file, with the extension keys it came with; in the lowest version that has all it says."""
    value: dict[str, object] = msgspec.to_builtins(with_version(routine))
    return msgspec.json.format(msgspec.json.encode(with_extensions(value, extensions)), indent=2) + b"\n"


def _convert(value: dict[str, object], shape: type[S], finder: Finder, *, lenient: bool) -> S | None:
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as first:
        told = {problem.path for problem in finder.problems}  # a number that is none has no second fault
        known = {(problem.path, problem.rule) for problem in finder.problems}
        misfits = [
            problem
            for problem in all_misfits(value, shape, first)
            if (problem.path, problem.rule) not in known
            and (problem.rule is not Rule.WRONG_TYPE or problem.path not in told)
        ]
    unknown = [problem for problem in misfits if problem.rule is Rule.UNKNOWN_KEY]
    if not lenient or not unknown:
        finder.problems += misfits
        return None
    finder.warnings += unknown
    finder.problems += [problem for problem in misfits if problem.rule is not Rule.UNKNOWN_KEY]
    pruned = _without_unknown(value, shape)
    try:
        return msgspec.convert(pruned, shape)
    except msgspec.ValidationError as first:
        if not finder.problems:
            finder.problems += all_misfits(pruned, shape, first)
        return None


def _without_unknown(value: dict[str, object], shape: type) -> dict[str, object]:
    """A copy without the keys that this version does not know; only for files of a newer minor version."""
    schema = msgspec.json.schema(shape)
    return _prune(value, {"$ref": schema["$ref"]}, schema["$defs"])  # type: ignore[no-any-return]


def _prune(value: Any, schema: dict[str, Any], defs: dict[str, Any]) -> Any:  # plain JSON against a plain schema
    while "$ref" in schema:
        schema = defs[schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        return {key: _prune(inner, known[key], defs) for key, inner in value.items() if key in known}
    if isinstance(value, list) and "items" in schema:
        return [_prune(inner, schema["items"], defs) for inner in value]
    return value


def _right_version(value: dict[str, object], format_: str, finder: Finder) -> bool:
    """Whether the file is one that this version can judge at all."""
    if "format" in value and value["format"] != format_:
        finder.wrong("$.format", Rule.NOT_OUR_FORMAT, found=value["format"], limit=format_)
        return False
    version = _version(value)
    if version is None:
        return True  # missing or misshapen: the shape says so, beside everything else
    if version[0] > MAJOR:
        finder.wrong("$.version", Rule.NEWER_VERSION, found=value["version"], limit=f"{MAJOR}.{MINOR}")
        return False
    if version[0] < MAJOR:
        finder.wrong("$.version", Rule.OLDER_VERSION, found=value["version"], limit=f"{MAJOR}.{MINOR}")
        return False
    return True


def _version(value: dict[str, object]) -> tuple[int, int] | None:
    written = value.get("version")
    if not isinstance(written, str):
        return None
    major, dot, minor = written.partition(".")
    plain = dot and major.isascii() and major.isdigit() and minor.isascii() and minor.isdigit()
    return (int(major), int(minor)) if plain and len(written) < 12 else None


def _lenient(value: dict[str, object]) -> bool:
    version = _version(value)
    return version is not None and version[0] == MAJOR and version[1] > STRICT_MINOR


def _check_meaning(value: dict[str, object], library: Mapping[str, Exercise], finder: Finder) -> None:
    """What no shape can say; looked for also in files whose shape is wrong, so that all is listed at once."""
    for key in ("issued", "review_by"):
        written = value.get(key)
        if isinstance(written, str) and not _is_day(written):
            finder.problems = [p for p in finder.problems if p.path != f"$.{key}"]
            finder.wrong(f"$.{key}", Rule.NOT_A_DAY, found=written)
    own = _own_exercises(value, finder)
    known = {*library, *own}
    guesser = Guesser(known)
    for path, item in _objects(value, "items"):
        name = item.get("exercise")
        if isinstance(name, str) and name and name not in known:
            finder.wrong(f"{path}.exercise", Rule.UNKNOWN_EXERCISE, found=name, limit=guesser.guess(name))
        exercise = (own.get(name) or library.get(name)) if isinstance(name, str) else None
        _check_dose(item, exercise, path, finder)
        _check_per_side(item, exercise, path, finder)
        check_progress(item, path, finder, Known(known, guesser, lambda id_: own.get(id_) or library.get(id_)))
    _check_exercises(value, known, finder)


def _own_exercises(value: dict[str, object], finder: Finder) -> dict[str, Exercise | None]:
    """The file's own exercises by id; None for one whose shape is wrong (listed elsewhere)."""
    own: dict[str, Exercise | None] = {}
    for path, entry in _objects(value, "exercises"):
        id_ = entry.get("id")
        if not isinstance(id_, str):
            continue
        if id_ in own:
            finder.wrong(f"{path}.id", Rule.DUPLICATE_EXERCISE, found=id_)
        try:
            own.setdefault(id_, msgspec.convert(entry, Exercise))
        except msgspec.ValidationError:
            own.setdefault(id_, None)
    return own


def _check_exercises(value: dict[str, object], known: set[str], finder: Finder) -> None:
    for path, entry in _objects(value, "exercises"):
        doses = [(f"{path}.dose", entry.get("dose"))]
        phases = entry.get("phases")
        for index, phase in enumerate(phases if isinstance(phases, list) else []):
            if isinstance(phase, dict):
                doses.append((f"{path}.phases[{index}].dose", phase.get("dose")))
        for place, dose in doses:
            if isinstance(dose, dict) and "hold_s" in dose and "tempo" in dose:
                finder.wrong(f"{place}.tempo", Rule.HOLD_WITH_TEMPO)
        ladder = entry.get("ladder")
        for way in ("easier", "harder"):
            rungs = ladder.get(way) if isinstance(ladder, dict) else None
            for index, rung in enumerate(rungs if isinstance(rungs, list) else []):
                if isinstance(rung, str) and rung not in known:
                    finder.odd(f"{path}.ladder.{way}[{index}]", Rule.LADDER_TO_NOWHERE, found=rung)


def _check_dose(item: dict[str, object], exercise: Exercise | None, path: str, finder: Finder) -> None:
    if "hold_s" in item and "tempo" in item:
        finder.wrong(f"{path}.tempo", Rule.HOLD_WITH_TEMPO)
    own = "reps" in item or "hold_s" in item
    held = "hold_s" in item or (not own and exercise is not None and exercise.dose.hold_s is not UNSET)
    if held and not own and "tempo" in item:
        finder.wrong(f"{path}.tempo", Rule.TEMPO_OF_A_HOLD)
    if held and item.get("pace") == "self":
        finder.wrong(f"{path}.pace", Rule.PACE_OF_A_HOLD)
    per_side = item.get("per_side")
    for side in ("left", "right"):
        dose = per_side.get(side) if isinstance(per_side, dict) else None
        if isinstance(dose, dict) and "hold_s" in dose and not held and (own or exercise is not None):
            finder.wrong(f"{path}.per_side.{side}.hold_s", Rule.HOLD_OF_A_COUNT)


def _check_per_side(item: dict[str, object], exercise: Exercise | None, path: str, finder: Finder) -> None:
    sides = item.get("sides", exercise.sides if exercise is not None else None)
    two_passes = (Sides.EACH, Sides.AFFECTED_FIRST, Sides.OTHER_FIRST)
    if item.get("per_side") and isinstance(sides, str) and sides in set(Sides) and sides not in two_passes:
        finder.wrong(f"{path}.per_side", Rule.PER_SIDE_OF_ONE_PASS, found=str(sides))


def _warn(routine: Routine, library: Mapping[str, Exercise], finder: Finder) -> None:
    """What is read but deserves a second look."""
    known = known_exercises(library, routine)
    if is_too_low(routine):
        finder.odd("$.version", Rule.VERSION_TOO_LOW, found=routine.version, limit=SINCE)
    begins, stages = routine.run_plan.start_stage, routine.run_plan.stages
    if begins is not UNSET and stages is not UNSET and begins > len(stages):
        finder.odd("$.run_plan.start_stage", Rule.NO_SUCH_STAGE, found=begins, limit=len(stages))
    warn_of_progress(routine, known, finder)
    for index, item in enumerate(routine.items):
        exercise = known[item.exercise]
        one = work(index, item, exercise, BodySide.LEFT)
        both = one.sides is Sides.BOTH
        if exercise.laterality is (Laterality.UNILATERAL if both else Laterality.BILATERAL):
            finder.odd(
                f"$.items[{index}].sides",
                Rule.SIDE_MAKES_NO_SENSE,
                found=str(one.sides),
                limit=str(exercise.laterality),
            )
        lengths = [one.by_side[side].hold_s for side in one.order] if one.held else [rep_s(one.tempo)]
        if not all(lengths):
            finder.odd(f"$.items[{index}]", Rule.NO_LENGTH)
        bare = item.reps is UNSET and item.hold_s is UNSET
        if bare and exercise.dose.reps is UNSET and exercise.dose.hold_s is UNSET:
            finder.odd(f"$.items[{index}]", Rule.NO_DOSE, found=item.exercise)


def _objects(value: dict[str, object], key: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The objects of a list, with their paths; whatever else is there is the shape's business."""
    entries = value.get(key)
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict):
            yield f"$.{key}[{index}]", entry


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _ordered(findings: Findings) -> Findings:
    """In the order of the file, as far as a path tells it: items by their number."""
    return msgspec.structs.replace(
        findings,
        problems=tuple(sorted(findings.problems, key=lambda problem: _place(problem.path))),
        warnings=tuple(sorted(findings.warnings, key=lambda problem: _place(problem.path))),
    )


def _place(path: str) -> tuple[tuple[int, str], ...]:
    parts = path.replace("]", "").replace("[", ".").split(".")
    return tuple((int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts)
