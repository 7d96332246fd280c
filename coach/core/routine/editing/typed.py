"""From what was typed into a field to the value that a file would hold, and back.

What is no value (yet) comes back as the text that it is: the file would be refused for it, and nothing is lost.
"""

import re
from collections.abc import Sequence

from msgspec import UNSET, UnsetType

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,12})?", re.ASCII)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])", re.ASCII)
_MINUTE_S = 60


def number(text: str) -> int | float | str | UnsetType:
    """`12`, `2.5` or `2,5` as a number; nothing typed is UNSET, and what is no number stays as it was typed."""
    plain = text.strip()
    if not plain:
        return UNSET
    if not _NUMBER.fullmatch(plain):
        return text
    value = float(plain.replace(",", "."))
    return int(value) if value.is_integer() else value


def duration(text: str) -> int | float | str | UnsetType:
    """As `number`, in seconds; `1:30` is 90."""
    minutes = _CLOCK.fullmatch(text.strip())
    return _MINUTE_S * int(minutes[1]) + int(minutes[2]) if minutes else number(text)


def words(text: str) -> str | UnsetType:
    """A text that may be left out."""
    return text or UNSET


def lines(text: str) -> list[str]:
    """One entry for each line that says something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def names(text: str) -> list[str] | UnsetType:
    """Names with commas between them; nothing typed is UNSET."""
    found = [name.strip() for name in text.split(",") if name.strip()]
    return found or UNSET


def written(value: object) -> str:
    """A value as a field shows it."""
    if value is UNSET or value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.15g}" if not float(value).is_integer() else str(int(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(one) for one in value)
    return str(value)
