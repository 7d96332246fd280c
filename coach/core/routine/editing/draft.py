"""A routine under work: what its file would hold, as plain values, so that nothing that was typed is ever lost.

What is no value yet stands there as it was typed, keys of others (`x-…`) stay in the object they came in, and what is
wrong is whatever reading the file would find. A draft is never changed: every edit makes another one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from msgspec import UNSET

from coach.core.routine.exercise import Exercise
from coach.core.routine.plain import Place, Plain, read_plain, with_extensions
from coach.core.routine.problems import key_path
from coach.core.routine.reading import ReadRoutine, read_routine
from coach.core.routine.routine import FIRST_VERSION, FORMAT
from coach.core.routine.versions import SINCE, needs_later

Object = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Draft:
    """A routine under work. Parts that an edit did not touch are the same objects as before it."""

    plain: Object


def new_draft(title: str, id_: str) -> Draft:
    """A routine with nothing in it."""
    return Draft(
        {
            "format": FORMAT,
            "version": FIRST_VERSION,
            "id": id_,
            "revision": 1,
            "title": title,
            "items": [],
        }
    )


def draft_of(plain: Plain) -> Draft | None:
    """What a file holds, to work on; None where it is no JSON object. The values of `plain` are taken over."""
    return None if plain.value is None else Draft(with_extensions(plain.value, plain.extensions))


def draft_from(data: bytes) -> Draft | None:
    """As `draft_of`, from the bytes of a file."""
    return draft_of(read_plain(data))


def data_of(draft: Draft) -> bytes:
    """The file that the draft is now, right or wrong."""
    # Escapes whatever cannot be written in UTF-8, which reading then finds; a file that is sent is made by `file_of`.
    return json.dumps(draft.plain, indent=2, allow_nan=False).encode() + b"\n"


def file_of(draft: Draft) -> bytes:
    """The file that is handed out. Only for a draft without problems: its texts are valid Unicode."""
    return json.dumps(draft.plain, indent=2, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def checked(draft: Draft, library: Mapping[str, Exercise]) -> ReadRoutine:
    """The routine that whoever gets the file would read, or all that they would be told is wrong with it."""
    # As `data_of`, without the line breaks: they change nothing, and making them takes longer than the reading.
    return read_routine(json.dumps(draft.plain, allow_nan=False).encode(), library)


def in_needed_version(draft: Draft) -> Draft:
    """The draft under the version that has all it holds; one that a person typed stays."""
    if at(draft, ("version",)) != FIRST_VERSION or not needs_later(draft.plain):
        return draft
    return put(draft, ("version",), SINCE)


def at(draft: Draft, place: Place) -> object:
    """What stands at a place; UNSET where nothing does."""
    here: object = draft.plain
    for part in place:
        if isinstance(here, Mapping) and isinstance(part, str):
            here = here.get(part, UNSET)
        elif isinstance(here, list) and isinstance(part, int) and 0 <= part < len(here):
            here = here[part]
        else:
            return UNSET
    return here


def put(draft: Draft, place: Place, value: object) -> Draft:
    """Put a value at a place, or with UNSET take away what is there.

    Objects on the way are made, and those that are left empty go with what was in them; the lists of a file stay.
    """
    if at(draft, place) == value and type(at(draft, place)) is type(value):
        return draft
    made = _put(draft.plain, place, value)
    return Draft(made) if isinstance(made, Mapping) else draft


def objects(draft: Draft, key: str) -> tuple[Object, ...]:
    """The objects of a list at the top of the file; what is none of them is left out."""
    found = draft.plain.get(key)
    return tuple(one for one in found if isinstance(one, Mapping)) if isinstance(found, list) else ()


def listed(draft: Draft, key: str) -> list[object]:
    """A copy of a list at the top of the file; empty where there is none."""
    found = draft.plain.get(key)
    return list(found) if isinstance(found, list) else []


def with_list(draft: Draft, key: str, entries: list[object]) -> Draft:
    """The draft with another list at the top of the file."""
    return Draft({**draft.plain, key: entries})


def path_of(place: Place) -> str:
    """A place as a problem names it: `$.items[2].sets`."""
    path = "$"
    for part in place:
        path = f"{path}[{part}]" if isinstance(part, int) else key_path(path, part)
    return path


def _put(here: object, place: Place, value: object) -> object:
    if not place:
        return value
    part, rest = place[0], place[1:]
    if isinstance(part, int):
        if not isinstance(here, list) or not 0 <= part < len(here):
            return here
        made = _put(here[part], rest, value)
        return [*here[:part], *([] if made is UNSET else [made]), *here[part + 1 :]]
    known: Object = here if isinstance(here, Mapping) else {}
    inner = _put(known.get(part, UNSET), rest, value)
    if inner is UNSET or (inner == {} and rest):
        return {key: one for key, one in known.items() if key != part}
    return {**known, part: inner}
