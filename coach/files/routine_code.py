"""A routine as one line of text for the code on a handout: `REHAB1:`, then base45 of zlib of the JSON without blanks.

The form is fixed, like that of the file: docs/routine-code.md. A later one gets another number.
"""

import zlib

import msgspec

from coach.core.routine.bounds import MAX_FILE_BYTES
from coach.core.routine.problems import Findings, Problem, Rule

PREFIX = "REHAB1:"
MAX_CHARACTERS = 4_296
"""The most that any QR code holds in capitals and figures (ISO/IEC 18004, version 40-L)."""

# RFC 9285, table 1: all of them fit the alphanumeric mode of a QR code, which takes 5.5 bits for each.
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {sign: value for value, sign in enumerate(_SIGNS)}
_BASE = len(_SIGNS)
_BOM = b"\xef\xbb\xbf"


def code_text(routine: bytes) -> str:
    """The text that stands for the bytes of a routine file; it may be too long for any code."""
    data = routine.removeprefix(_BOM)
    return PREFIX + _to_base45(zlib.compress(msgspec.json.format(data, indent=-1), 9))


def is_code(data: bytes) -> bool:
    """Whether these bytes are such a text, as a phone hands it on."""
    return data.lstrip()[: len(PREFIX)].upper() == PREFIX.encode()


def routine_in(data: bytes) -> bytes | Findings:
    """The routine that the text stands for, or that it is not whole. The loader judges what it holds."""
    # A blank is one of the signs, but never the last: there stands the high part of a number below 256 or 65,536.
    text = data.decode("ascii", "replace").strip()[len(PREFIX) :]
    found = _unpacked(text) if len(text) <= MAX_CHARACTERS else None
    return Findings((Problem("$", Rule.BROKEN_CODE),)) if found is None else found


def _unpacked(text: str) -> bytes | None:
    packed = _from_base45(text)
    if packed is None:
        return None
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(packed, MAX_FILE_BYTES + 1)
    except zlib.error:
        return None
    # The end is where the checksum stands; what is too large has not come to it, and is told as such.
    return found if unpacking.eof or len(found) > MAX_FILE_BYTES else None


def _to_base45(data: bytes) -> str:
    signs: list[str] = []
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        left = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            left, value = divmod(left, _BASE)
            signs.append(_SIGNS[value])
    return "".join(signs)


def _from_base45(text: str) -> bytes | None:
    values = [_VALUES.get(sign) for sign in text]
    found = bytearray()
    for at in range(0, len(values), 3):
        some = values[at : at + 3]
        number = 0
        for value in reversed(some):
            if value is None:
                return None
            number = number * _BASE + value
        length = len(some) - 1
        if length < 1 or number >= 256**length:
            return None
        found += number.to_bytes(length, "big")
    return bytes(found)
