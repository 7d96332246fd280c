"""Handing a draft out: its id, its revision and its day of issue."""

import re
from collections.abc import Collection
from datetime import date

from msgspec import UNSET

from coach.core.routine.editing.draft import Draft, at, put
from coach.core.routine.finding import folded

_LONGEST_ID = 60
_OF_THE_ISSUE = ("revision", "issued")
_OF_ONE_PATIENT = ("patient", "issued", "review_by")


def plain_words(text: str) -> list[str]:
    """The words of a text without case and diacritics."""
    return re.findall(r"[^\W_]+", folded(text))


def made_id(title: str, taken: Collection[str]) -> str:
    """An id from a title that no other routine here has: `hip-strength-a`, `hip-strength-a-2`."""
    stem = "-".join(plain_words(title))[:_LONGEST_ID].strip("-") or "routine"
    made, number = stem, 1
    while made in taken:
        number += 1
        made = f"{stem}-{number}"
    return made


def issued(draft: Draft, base: Draft | None, today: date, taken: Collection[str]) -> Draft:
    """The draft as it is handed out today.

    `base` is what was handed out last: the same again stays that revision, anything else is the next one under the
    same id. Without it the draft is the first revision, under an id that `taken` does not have.
    """
    if base is None:
        made = put(put(draft, ("id",), made_id(str(at(draft, ("title",))), taken)), ("revision",), 1)
        return put(made, ("issued",), today.isoformat())
    if _content(draft) == _content(base):
        return base
    last = at(base, ("revision",))
    number = last + 1 if isinstance(last, int) else 2
    made = put(put(draft, ("id",), at(base, ("id",))), ("revision",), number)
    return put(made, ("issued",), today.isoformat())


def changed(draft: Draft, base: Draft | None) -> bool:
    """Whether anything was done since it was handed out last."""
    return base is None or _content(draft) != _content(base)


def for_another(draft: Draft, title: str, id_: str) -> Draft:
    """A copy to hand out to somebody else: a routine of its own that has not been handed out yet."""
    for key in _OF_ONE_PATIENT:
        draft = put(draft, (key,), UNSET)
    for key, value in (("id", id_), ("revision", 1), ("title", title)):
        draft = put(draft, (key,), value)
    return draft


def _content(draft: Draft) -> dict[str, object]:
    return {key: value for key, value in draft.plain.items() if key not in _OF_THE_ISSUE}
