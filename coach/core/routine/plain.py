"""From the bytes of a file to plain JSON values, without believing any of them.

What the JSON module lets through or stumbles over (duplicate keys, NaN, numbers of thousands of digits, bottomless
nesting, lone surrogates) is found here, each with its place.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from coach.core.routine.bounds import MAX_FILE_BYTES, MAX_NESTING
from coach.core.routine.problems import Finder, Findings, Problem, Rule, key_path

_LONGEST_NUMBER = 40
"""Digits; nothing in a routine comes near it, and long ones are slow or refused by the JSON module itself."""

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


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that cannot be one, as it was written."""

    written: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Plain:
    """What a file holds: plain values, and its extension keys (`x-…`) set aside by the path of their object."""

    value: dict[str, object] | None
    findings: Findings
    extensions: tuple[tuple[tuple[str | int, ...], str, object], ...] = ()


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
    finder = Finder()
    extensions: list[tuple[tuple[str | int, ...], str, object]] = []
    cleaned = _clean(value, "$", (), finder, extensions)
    assert isinstance(cleaned, dict)
    return Plain(cleaned, finder.findings(), tuple(extensions))


def with_extensions(
    value: dict[str, object], extensions: tuple[tuple[tuple[str | int, ...], str, object], ...]
) -> dict[str, object]:
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


def _clean(
    value: object,
    path: str,
    place: tuple[str | int, ...],
    finder: Finder,
    extensions: list[tuple[tuple[str | int, ...], str, object]] | None,
) -> object:
    if isinstance(value, _Object):
        for key in value.twice:
            finder.wrong(key_path(path, key), Rule.DUPLICATE_KEY, found=key)
        kept: dict[str, object] = {}
        for key, inner in value.items():
            here = key_path(path, key)
            sound = _SURROGATE.sub("\ufffd", key)
            for flaw in _flaws(key):
                finder.wrong(path, Rule.BAD_TEXT, found=flaw)
            own = key.startswith("x-") and extensions is not None
            # Inside an extension everything is its owner's: nothing more is set aside there.
            cleaned = _clean(inner, here, (*place, sound), finder, None if own else extensions)
            if own and extensions is not None:
                extensions.append((place, sound, cleaned))
            else:
                kept[sound] = cleaned
        return kept
    if isinstance(value, list):
        return [
            _clean(inner, f"{path}[{index}]", (*place, index), finder, extensions) for index, inner in enumerate(value)
        ]
    if isinstance(value, _Number):
        finder.wrong(path, value.rule, found=value.written[:_LONGEST_NUMBER])
        return None
    if isinstance(value, str):
        for flaw in _flaws(value):
            finder.wrong(path, Rule.BAD_TEXT, found=flaw)
        return _SURROGATE.sub("\ufffd", value)  # told above; msgspec raises over it
    return value


def _flaws(text: str) -> Iterator[str]:
    if "\0" in text:
        yield "NUL"
    if not text.isascii() and _SURROGATE.search(text):
        yield "surrogate"
