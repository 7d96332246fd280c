"""Every place where plain values miss the shape of a type, from the schema that the type itself generates."""

from itertools import islice
from typing import Any

import msgspec

from coach.core.routine.problems import Finder, Problem, Rule, close_matches, key_path

MOST = 1_000
"""More are not looked for: nobody mends a thousand by hand, and a hostile file may have a million."""

MOST_GUESSES = 100


def all_misfits(plain: object, shape: type, first: msgspec.ValidationError | None) -> tuple[Problem, ...]:
    """List every misfit; never empty if `first`, what the decoder stumbled over, is given."""
    from jsonschema import Draft202012Validator  # 60 ms, and only for files that are wrong

    schema = msgspec.json.schema(shape)
    finder = Finder()
    errors = Draft202012Validator(schema).iter_errors(plain)
    for error in islice(errors, MOST):
        _explain(error, finder)
    if next(errors, None) is not None:
        finder.wrong("$", Rule.MORE, limit=MOST)
    if not finder.problems and first is not None:
        finder.wrong(*_split(str(first)))
    unique = dict.fromkeys(_sortable(problem) for problem in finder.problems)
    order = {_sortable(problem): problem for problem in finder.problems}
    return tuple(order[key] for key in unique)


def _sortable(problem: Problem) -> tuple[str, Rule, str, str]:
    return (problem.path, problem.rule, repr(problem.found), repr(problem.limit))


def _split(message: str) -> tuple[str, Rule, str]:
    """The decoder's message as a place and a text."""
    what, _, where = message.partition(" - at `")
    return (where.rstrip("`") or "$", Rule.OTHER, what)


def _explain(error: Any, finder: Finder) -> None:  # jsonschema's errors are not typed
    path = "$"
    for part in error.absolute_path:
        path = f"{path}[{part}]" if isinstance(part, int) else key_path(path, part)
    found, limit = error.instance, error.validator_value
    match error.validator:
        case "required":
            for key in limit:
                if key not in found:
                    finder.wrong(key_path(path, key), Rule.MISSING, found=key)
        case "additionalProperties":
            known = sorted(error.schema.get("properties", {}))
            for count, key in enumerate(key for key in found if key not in known):
                close = close_matches(key, known) if count < MOST_GUESSES else []
                finder.wrong(key_path(path, key), Rule.UNKNOWN_KEY, found=key, limit=close[0] if close else None)
        case "type":
            finder.wrong(path, Rule.WRONG_TYPE, found=found, limit=limit)
        case "minimum":
            finder.wrong(path, Rule.TOO_SMALL, found=found, limit=limit)
        case "maximum":
            finder.wrong(path, Rule.TOO_BIG, found=found, limit=limit)
        case "minLength" | "minItems":
            finder.wrong(path, Rule.TOO_SHORT, found=len(found), limit=limit)
        case "maxLength" | "maxItems":
            finder.wrong(path, Rule.TOO_LONG, found=len(found), limit=limit)
        case "enum":
            finder.wrong(path, Rule.NOT_ONE_OF, found=found, limit=tuple(limit))
        case "const":
            finder.wrong(path, Rule.NOT_ONE_OF, found=found, limit=(limit,))
        case "pattern":
            finder.wrong(path, Rule.BAD_PATTERN, found=found, limit=limit)
        case "anyOf" | "oneOf":
            for inner in _meant(error):
                _explain(inner, finder)
        case _:
            finder.wrong(path, Rule.OTHER, found=error.message)


def _meant(error: Any) -> list[Any]:
    """All misfits with the one of several shapes that was meant: the one of the right kind, or else the nearest."""
    branches: dict[object, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    here = len(error.absolute_path)
    for branch in branches.values():
        if not any(inner.validator == "type" and len(inner.absolute_path) == here for inner in branch):
            return branch
    return sorted(error.context, key=lambda inner: -len(inner.absolute_path))[:1]
