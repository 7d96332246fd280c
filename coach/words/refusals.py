"""What is wrong with a file, as a person who opened it in the window reads it: whole sentences, places in words."""

import re
from collections.abc import Callable
from typing import Final

from coach.core.routine.problems import Problem, Rule
from coach.words import problems
from coach.words.translate import tr


def refusal(found: tuple[Problem, ...]) -> str:
    """Say that nothing was imported, and why in one sentence."""
    if len(found) == 1:
        text = tr("This routine was not imported: {what}. Nothing was changed.")
        return text.format(what=sentence(found[0]).rstrip("."))
    text = tr("This routine was not imported: {number} things are wrong with it. Nothing was changed.")
    return text.format(number=len(found))


def sentence(problem: Problem, name: str = "") -> str:
    """`exercise 3 (Clamshell), “sets” is 0 and must be at least 1`; `name` is that of the exercise."""
    joined = tr("{place} {problem}") if problem.rule in _OF_THE_PLACE else tr("{place}: {problem}")
    return joined.format(place=place_words(problem.path, name), problem=_signed(problems.what(problem), problem))


def place(problem: Problem, line: int | None) -> str:
    """`line 14 · $.items[2].sets`."""
    return problem.path if line is None else tr("line {line} · {path}").format(line=line, path=problem.path)


def _signed(text: str, problem: Problem) -> str:
    """The text with a real minus before the number that was found; the terminal has it as the file does."""
    found = problem.found
    if isinstance(found, bool) or not isinstance(found, int | float) or found >= 0:
        return text
    written = problems.shown(found)
    return text.replace(written, written.replace("-", "−", 1), 1)


_OF_THE_PLACE: Final = frozenset(
    {
        Rule.NOT_AN_OBJECT,
        Rule.NOT_FINITE,
        Rule.NUMBER_TOO_LONG,
        Rule.BAD_TEXT,
        Rule.NOT_OUR_FORMAT,
        Rule.NEWER_VERSION,
        Rule.OLDER_VERSION,
        Rule.MISSING,
        Rule.UNKNOWN_KEY,
        Rule.WRONG_TYPE,
        Rule.TOO_SMALL,
        Rule.TOO_BIG,
        Rule.TOO_SHORT,
        Rule.TOO_LONG,
        Rule.NOT_ONE_OF,
        Rule.BAD_PATTERN,
        Rule.NOT_A_DAY,
        Rule.HOLD_WITH_TEMPO,
        Rule.TEMPO_OF_A_HOLD,
        Rule.HOLD_OF_A_COUNT,
        Rule.PACE_OF_A_HOLD,
        Rule.PER_SIDE_OF_ONE_PASS,
        Rule.EMPTY_STEP,
        Rule.NO_HARDER,
        Rule.TWO_AT_ONCE,
        Rule.NO_SUCH_STAGE,
        Rule.VERSION_TOO_LOW,
    }
)
"""Rules whose words go on from the place: `is missing`."""


_ARRAYS: Final[dict[str, Callable[[], str]]] = {
    "items": lambda: tr("exercise {number}"),
    "exercises": lambda: tr("own exercise {number}"),
}


_STEP_UP: Final = re.compile(r"progress\[([0-9]{1,9})\]\.?(.*)", re.DOTALL)


def place_words(path: str, name: str = "") -> str:
    """`$.items[2].sets` as a person says it: `exercise 3, “sets”`; with the name of the exercise, if it is known."""
    inner = path.removeprefix("$").removeprefix(".")
    if not inner:
        return tr("the file")
    array, opened, rest = inner.partition("[")
    number, closed, key = rest.partition("]")
    if not (array in _ARRAYS and opened and closed and number.isdecimal()):
        return tr("“{key}”").format(key=inner)
    exercise = _ARRAYS[array]().format(number=int(number) + 1)
    if name:
        exercise = tr("{exercise} ({name})").format(exercise=exercise, name=name)
    key = key.removeprefix(".")
    if step := _STEP_UP.fullmatch(key):
        exercise = tr("{exercise}, step up {number}").format(exercise=exercise, number=int(step[1]) + 1)
        key = step[2]
    return tr("{exercise}, “{key}”").format(exercise=exercise, key=key) if key else exercise
