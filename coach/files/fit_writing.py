"""FIT files, written: a header, records that follow their definitions, and a checksum.

Our own, small: see docs/decisions/016-exports.md for why no library is used.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from coach.files.fit_checksum import checksum

_PROTOCOL, _PROFILE = 0x10, 21_205
"""Version 1.0, which every device reads; the profile whose numbers are used."""


class Base(IntEnum):
    """The base types that are written."""

    ENUM = 0x00
    UINT16 = 0x84
    UINT32 = 0x86
    UINT32Z = 0x8C
    STRING = 0x07


_FORMATS = {Base.ENUM: "<B", Base.UINT16: "<H", Base.UINT32: "<I", Base.UINT32Z: "<I"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a message: its number in the profile, its type, what it holds."""

    number: int
    base: Base
    value: int | str

    def packed(self) -> bytes:
        """As bytes; a text ends with a NUL."""
        if isinstance(self.value, str):
            return self.value.encode() + b"\0"
        return struct.pack(_FORMATS[self.base], self.value)


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its number in the profile, and its fields."""

    number: int
    fields: tuple[Field, ...]


def write(messages: Iterable[Message]) -> bytes:
    """The messages as a file."""
    body = b"".join(_records(messages))
    head = struct.pack("<BBHI4s", 14, _PROTOCOL, _PROFILE, len(body), b".FIT")
    whole = head + struct.pack("<H", checksum(head)) + body
    return whole + struct.pack("<H", checksum(whole))


def cut(text: str, limit: int) -> str:
    """The text in at most so many bytes of UTF-8, whole letters only, with nothing that no watch can show."""
    kept = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    data = kept.encode("utf-8", "replace")
    if len(data) <= limit:
        return data.decode()
    return data[: limit - len("…".encode())].decode("utf-8", "ignore").rstrip() + "…"


def _records(messages: Iterable[Message]) -> Iterable[bytes]:
    """Data records, each after its definition unless that is still the one before."""
    layout: Sequence[object] = ()
    for message in messages:
        packed = [field.packed() for field in message.fields]
        shape = [(field.number, len(data), field.base) for field, data in zip(message.fields, packed, strict=True)]
        if layout != (message.number, shape):
            layout = (message.number, shape)
            head = struct.pack("<BBBHB", 0x40, 0, 0, message.number, len(shape))
            yield head + b"".join(bytes(one) for one in shape)
        yield b"\0" + b"".join(packed)
