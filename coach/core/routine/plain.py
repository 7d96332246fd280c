"""From the bytes of a file to plain JSON values, without believing any of them.

What the JSON module lets through or stumbles over (duplicate keys, NaN, numbers of thousands of digits, bottomless
nesting, lone surrogates) is found here, each with its place.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct

from coach.core.routine.bounds import MAX_FILE_BYTES, MAX_NESTING
from coach.core.routine.problems import Finder, Findings, Problem, Rule, key_path

Place = tuple[str | int, ...]
"""Keys and indices, from the object of the file downwards."""

_LONGEST_NUMBER = 40
"""Digits; nothing in a routine comes near it, and long ones are slow or refused by the JSON module itself."""

_ROOM_FOR_PATHS = 16 * 2**20
"""Characters. A key of a megabyte around a million slips would fill the memory of any machine with their places."""

_SURROGATE = re.compile("[\ud800-\udfff]")
# Possessive: no stack grows with the length of a text.
_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_OTHER = re.compile(r"[^\[\]{}]+")
_LEVELS = {"[": 1, "{": 1, "]": -1, "}": -1}


class _Object(dict[str, object]):
    """A JSON object that remembers the keys that were written twice."""

    __slots__ = ("twice",)

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.twice: list[str] = []
        if len(self) < len(pairs):
            self.twice = sorted(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)


class _Number(Struct, frozen=True):
    """A number that cannot be one, as it was written."""

    written: str
    rule: Rule


class Plain(Struct, frozen=True):
    """What a file holds: plain values, and its extension keys (`x-…`) set aside by the path of their object."""

    value: dict[str, object] | None
    findings: Findings
    extensions: tuple[tuple[Place, str, object], ...] = ()


def read_plain(data: bytes) -> Plain:
    """Read a file's bytes as one JSON object, or say everything that is wrong with it as JSON."""
    if len(data) > MAX_FILE_BYTES:
        return _refused(Rule.TOO_LARGE, limit=MAX_FILE_BYTES, found=len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(Rule.NOT_UTF8, found=error.start)
    deep = _too_deep(text)
    if deep is not None:
        return _refused(Rule.TOO_DEEP, limit=MAX_NESTING, found=deep)
    try:
        value = json.loads(
            text, object_pairs_hook=_Object, parse_constant=_constant, parse_int=_integer, parse_float=_float
        )
    except json.JSONDecodeError as error:
        return _refused(Rule.NOT_JSON, found=(error.lineno, error.colno, error.msg))
    if not isinstance(value, dict):
        return _refused(Rule.NOT_AN_OBJECT, found=value)
    notes = _Notes()
    extensions: list[tuple[Place, str, object]] = []
    cleaned = _clean(value, (), notes, extensions)
    assert isinstance(cleaned, dict)
    return Plain(cleaned, notes.finder.findings(), tuple(extensions))


def with_extensions(value: dict[str, object], extensions: tuple[tuple[Place, str, object], ...]) -> dict[str, object]:
    """The value with its extension keys put back where their objects still are."""
    for place, key, kept in extensions:
        at: object = value
        for part in place:
            if isinstance(at, dict) and isinstance(part, str):
                at = at.get(part)
            elif isinstance(at, list) and isinstance(part, int) and part < len(at):
                at = at[part]
            else:
                at = None
        if isinstance(at, dict):
            at[key] = kept
    return value


def _refused(rule: Rule, found: object = None, limit: object = None) -> Plain:
    return Plain(None, Findings((Problem("$", rule, found, limit),)))


def _too_deep(text: str) -> int | None:
    """The line where the nesting passes the limit, or None."""
    outside = _TEXT.sub("", text)
    levels = [_LEVELS[mark] for mark in _OTHER.sub("", outside)]
    if max(accumulate(levels), default=0) <= MAX_NESTING:
        return None
    depths = accumulate(_LEVELS.get(letter, 0) for letter in outside)
    first = next(at for at, depth in enumerate(depths) if depth > MAX_NESTING)
    return outside.count("\n", 0, first) + 1


def _constant(written: str) -> _Number:
    return _Number(written, Rule.NOT_FINITE)


def _integer(written: str) -> int | _Number:
    return int(written) if len(written) <= _LONGEST_NUMBER else _Number(written, Rule.NUMBER_TOO_LONG)


def _float(written: str) -> float | int | _Number:
    number = float(written)
    if not math.isfinite(number):
        return _Number(written, Rule.NOT_FINITE)
    # JSON knows one kind of number: 3.0 is 3, as the published schema has it.
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


class _Notes:
    """What is wrong, by place. A path is made only for a problem, and only until all of them fill too much."""

    def __init__(self) -> None:
        self.finder = Finder()
        self._room = _ROOM_FOR_PATHS

    def wrong(self, place: Place, rule: Rule, found: object) -> None:
        """Note a problem."""
        if self._room <= 0:
            return
        path = _path(place)
        self.finder.wrong(path, rule, found=found)
        self._room -= len(path)
        if self._room <= 0:
            self.finder.wrong("$", Rule.MORE, limit=len(self.finder.problems))


def _path(place: Place) -> str:
    path = "$"
    for part in place:
        path = f"{path}[{part}]" if isinstance(part, int) else key_path(path, part)
    return path


def _clean(value: object, place: Place, notes: _Notes, extensions: list[tuple[Place, str, object]] | None) -> object:
    if isinstance(value, _Object):
        for key in value.twice:
            notes.wrong((*place, key), Rule.DUPLICATE_KEY, found=key)
        kept: dict[str, object] = {}
        for key, inner in value.items():
            for flaw in _flaws(key):
                notes.wrong(place, Rule.BAD_TEXT, found=flaw)
            own = key.startswith("x-") and extensions is not None
            # Inside an extension everything is its owner's: nothing more is set aside there.
            cleaned = _clean(inner, (*place, key), notes, None if own else extensions)
            if own and extensions is not None:
                extensions.append((tuple(map(_sound_part, place)), _sound(key), cleaned))
            else:
                kept[_sound(key)] = cleaned
        return kept
    if isinstance(value, list):
        return [_clean(inner, (*place, index), notes, extensions) for index, inner in enumerate(value)]
    if isinstance(value, _Number):
        notes.wrong(place, value.rule, found=value.written[:_LONGEST_NUMBER])
        return None
    if isinstance(value, str):
        for flaw in _flaws(value):
            notes.wrong(place, Rule.BAD_TEXT, found=flaw)
        return _sound(value)  # told above; msgspec raises over it
    return value


def _sound(text: str) -> str:
    """A text without its lone surrogates."""
    return _SURROGATE.sub("\ufffd", text)


def _sound_part(part: str | int) -> str | int:
    return _sound(part) if isinstance(part, str) else part


def _flaws(text: str) -> Iterator[str]:
    if "\0" in text:
        yield "NUL"
    if not text.isascii() and _SURROGATE.search(text):
        yield "surrogate"
