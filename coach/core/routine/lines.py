"""On which line of a file a place stands, for whoever mends it in an editor of text."""

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from coach.core.routine.problems import key_path

_LONGEST: Final = 400
"""Characters of a path or a key. Longer ones are hostile, and nobody looks for them by their line."""

# Possessive: no stack grows with the length of a text.
_TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],]|[^\s{}\[\],:"]+', re.DOTALL)
_PART: Final = re.compile(r"[.\[]")


@dataclass(slots=True)
class _Level:
    """An object or a list that the walk is in; `path` is None where nothing of it is looked for."""

    path: str | None
    is_list: bool
    index: int = 0
    key: str | None = None
    at: int = 0


def lines_of(text: str, paths: Collection[str]) -> Mapping[str, int]:
    """The lines of the paths, from 1: of a key that is missing the line where its object begins.

    `text` is known to be JSON. In a file of one line there is nothing to tell, nor of what belongs to no place in it.
    """
    breaks = [found.start() for found in re.finditer("\n", text.rstrip())]
    if not breaks:
        return {}
    wanted = {path for path in paths if len(path) <= _LONGEST}
    begins = _begins(text, {prefix for path in wanted for prefix in _prefixes(path)})
    found = {path: next((begins[one] for one in _prefixes(path) if one in begins), None) for path in wanted}
    return {path: bisect_right(breaks, at) + 1 for path, at in found.items() if at is not None}


def _prefixes(path: str) -> Iterator[str]:
    """The path and what it lies in, the longest first; not the file itself."""
    yield from (path[:end] for end in (len(path), *reversed([one.start() for one in _PART.finditer(path)])) if end > 1)


def _begins(text: str, wanted: Collection[str]) -> dict[str, int]:
    """Where each of these paths begins; of a key that is there twice the second one, which counts."""
    begins: dict[str, int] = {}
    levels: list[_Level] = []
    for token in _TOKEN.finditer(text):
        sign, level = token[0], levels[-1] if levels else None
        if sign in "}]":
            levels.pop()
        elif sign == "," and level is not None:
            level.index, level.key = level.index + 1, None
        elif sign[0] == '"' and level is not None and not level.is_list and level.key is None:
            level.key, level.at = json.loads(sign) if len(sign) <= _LONGEST else sign, token.start()
        else:
            path = _path_in(level, wanted)
            if path is not None and level is not None:
                begins[path] = token.start() if level.is_list else level.at
            if sign in "{[":
                levels.append(_Level(path, sign == "["))
    return begins


def _path_in(level: _Level | None, wanted: Collection[str]) -> str | None:
    """The path of the value that is next; None where nothing of it is looked for."""
    if level is None:
        return "$"
    if level.path is None or (level.key is not None and len(level.key) > _LONGEST):
        return None
    path = f"{level.path}[{level.index}]" if level.is_list else key_path(level.path, level.key or "")
    return path if path in wanted else None
