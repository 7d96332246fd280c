"""XML from outside, walked once: no entities, no document type, bounded in size, parts and depth."""

from collections.abc import Callable, Mapping
from typing import NoReturn
from xml.parsers import expat

from coach.files.recorded import Flaw

MAX_BYTES = 24 * 2**20
MAX_TAGS = 500_000
"""Opening and closing ones: some six hours at a point a second."""
MAX_ATTRIBUTES = 200_000
MAX_TAG = 64 * 1024
"""Bytes from one `<` to the next."""
MAX_DEPTH = 64
_MAX_TEXT = 200

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str, str], None]


class Refused(Exception):
    """The file is not walked any further."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def walk(data: bytes, start: Start, end: End) -> None:
    """Call `start` with the name and attributes of each element, `end` with its name and text. Raises Refused.

    Names come without their prefix. Text is that of elements that hold nothing else, and of at most 200 characters.
    """
    _must_be_of_a_size(data)
    walker = _Walker(start, end)
    # None: names are not kept for ever. One call: in pieces a token that goes on and on is looked at again and again.
    parser = expat.ParserCreate(None, None, None)
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.text
    parser.StartDoctypeDeclHandler = walker.refuse
    parser.EntityDeclHandler = walker.refuse
    parser.ExternalEntityRefHandler = walker.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # ValueError, LookupError: an encoding it has not got
        raise Refused(Flaw.NOT_WHOLE) from error


def _must_be_of_a_size(data: bytes) -> None:
    """Count before anything is built: an element with a million attributes is built before any handler sees it."""
    if len(data) > MAX_BYTES:
        raise Refused(Flaw.TOO_LARGE)
    if data.count(b"<") > MAX_TAGS or data.count(b"=") > MAX_ATTRIBUTES:
        raise Refused(Flaw.TOO_MANY)
    if max(map(len, data.split(b"<"))) > MAX_TAG:
        raise Refused(Flaw.NOT_WHOLE)


class _Walker:
    def __init__(self, start: Start, end: End) -> None:
        self._start = start
        self._end = end
        self._depth = 0
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refused(Flaw.TOO_MANY)
        self._text = ""
        self._start(name.rpartition(":")[2], attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._end(name.rpartition(":")[2], self._text)
        self._text = ""

    def text(self, text: str) -> None:
        if len(self._text) < _MAX_TEXT:
            self._text += text[:_MAX_TEXT]

    def refuse(self, *_: object) -> NoReturn:
        raise Refused(Flaw.ENTITIES)
