"""Finding exercises: by words, by region of the body, by what they are for and what they need."""

import re
import unicodedata
from typing import Final

from msgspec import Struct

from coach.core.routine.exercise import Exercise, Kind

AT_HOME: Final = frozenset({"mat", "wall", "chair"})
"""What every home has; a folded blanket is a mat."""
ONLY_HOME: Final = ""
"""The choice among equipment that stands for nothing but that."""

_APART: Final = " – "
_REGIONS: Final = {"front of hip": "hip"}
"""Areas whose region is not what stands before the dash."""


class Wanted(Struct, frozen=True):
    """What is looked for. Choices of one sort are alternatives, an empty sort asks for nothing; all sorts must hold."""

    words: str = ""
    regions: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    equipment: frozenset[str] = frozenset()


def region(exercise: Exercise) -> str:
    """The part of the body at large: `thigh` of `thigh – back`; nothing where the exercise names no area."""
    area = exercise.area.strip().lower()
    return _REGIONS.get(area, area.partition(_APART)[0])


def tools(exercise: Exercise) -> frozenset[str]:
    """The choices among equipment under which an exercise is found."""
    named = frozenset(exercise.equipment)
    return named | {ONLY_HOME} if named <= AT_HOME else named


def matches(exercise: Exercise, wanted: Wanted) -> bool:
    """Whether this is an exercise that is looked for."""
    if wanted.regions and region(exercise) not in wanted.regions:
        return False
    if wanted.kinds and exercise.kind not in wanted.kinds:
        return False
    if wanted.equipment and not wanted.equipment & tools(exercise):
        return False
    words = _words(wanted.words)
    if not words:
        return True
    text = folded(" ".join((exercise.name, *exercise.other_names, *exercise.muscles, exercise.area)))
    return all(word in text for word in words)


def distance(exercise: Exercise, wanted: Wanted) -> int:
    """How far its name is from the words: 0 one of its names, 1 a name that begins so, 2 anything else."""
    words = _words(wanted.words)
    names = [_words(name) for name in (exercise.name, *exercise.other_names)]
    if words in names:
        return 0
    sought = " ".join(words)
    return 1 if any(" ".join(name).startswith(sought) for name in names) else 2


def folded(text: str) -> str:
    """The text without case and diacritics: `Étirement` as `etirement`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))
