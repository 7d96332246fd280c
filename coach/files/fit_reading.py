"""Walks and runs from Garmin's FIT activity files, of which only the summaries are looked at.

A file is a header, records and a checksum. A record is a definition (which fields, how long) or data that follows one;
whatever is not a summary is passed over by its length. Message and field numbers are those of the FIT profile 21.
"""

import math
import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from coach.files.fit_checksum import checksum
from coach.files.recorded import Flaw, Recorded, Sport, believed

MAX_BYTES = 4 * 2**20
MAX_RECORDS = 100_000
EPOCH: Final = datetime(1989, 12, 31, tzinfo=UTC)
_FILE_ID, _SESSION, _ACTIVITY = 0, 18, 34
_ACTIVITY_FILE = 4
_FORMATS: Final = dict(zip((0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16), "BbBhHiIfdBHIBqQQ", strict=True))
"""By the number of the base type, which is in its lower five bits."""
_INVALID: Final = {
    code: (1 << 8 * struct.calcsize(form)) - 1 if form.isupper() else (1 << 8 * struct.calcsize(form) - 1) - 1
    for code, form in _FORMATS.items()
    if form not in "fd"
} | {10: 0, 11: 0, 12: 0, 16: 0}
_SPORTS: Final = {0: Sport.UNTOLD, 1: Sport.RUN, 11: Sport.WALK, 17: Sport.WALK}

Message = Mapping[int, float]


class _Broken(Exception):
    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def read_fit(data: bytes) -> Recorded | Flaw:
    """The walk or run of a FIT activity file."""
    if len(data) > MAX_BYTES:
        return Flaw.TOO_LARGE
    try:
        found = list(_messages(_body(data)))
    except _Broken as broken:
        return broken.flaw
    if any(number == _FILE_ID and message.get(0) != _ACTIVITY_FILE for number, message in found):
        return Flaw.NOTHING_RECORDED
    sessions = [message for number, message in found if number == _SESSION]
    if not sessions:
        return Flaw.NOT_WHOLE
    if len(sessions) > 1:
        return Flaw.SEVERAL
    return _recorded(sessions[0], next((message for number, message in found if number == _ACTIVITY), {}))


def _recorded(session: Message, activity: Message) -> Recorded | Flaw:
    began, elapsed, timer = session.get(2), session.get(7), session.get(8)
    if began is None or (elapsed is None and timer is None):
        return Flaw.IMPOSSIBLE
    elapsed_s = (elapsed if elapsed is not None else timer or 0) / 1000
    moving_s = (timer if timer is not None else elapsed or 0) / 1000
    metres = session.get(9)
    strides = session.get(18)
    sport = session.get(5, 0)
    return believed(
        Recorded(
            began=EPOCH + timedelta(seconds=began),
            offset=_offset(activity),
            elapsed_s=max(elapsed_s, moving_s),
            moving_s=moving_s,
            distance_m=None if metres is None else metres / 100,
            cadence=None if not strides else strides + session.get(92, 0) / 128,
            sport=_SPORTS.get(int(sport), Sport.OTHER),
        )
    )


def _offset(activity: Message) -> timedelta | None:
    """How far the clock of the watch was from UTC, in quarters of an hour as zones are."""
    utc, local = activity.get(253), activity.get(5)
    if utc is None or local is None or abs(local - utc) > 15 * 3600:
        return None
    return timedelta(minutes=15 * round((local - utc) / 900))


def _body(data: bytes) -> bytes:
    """The records of a file that came whole."""
    if len(data) < 14 or data[8:12] != b".FIT" or data[0] < 12:
        raise _Broken(Flaw.NOT_WHOLE)
    (length,) = struct.unpack_from("<I", data, 4)
    end = data[0] + length
    if end + 2 > len(data) or checksum(data[: end + 2]) != 0:
        raise _Broken(Flaw.NOT_WHOLE)
    return data[data[0] : end]


class _Definition:
    """What the data records of one local number are made of."""

    __slots__ = ("fields", "message", "order", "size")

    def __init__(self, message: int, order: str, fields: tuple[tuple[int, int, int], ...], size: int) -> None:
        self.message = message
        self.order = order
        self.fields = fields
        self.size = size


def _messages(body: bytes) -> Iterator[tuple[int, Message]]:
    """The summaries among the records."""
    known: dict[int, _Definition] = {}
    at, records = 0, 0
    while at < len(body):
        records += 1
        if records > MAX_RECORDS:
            raise _Broken(Flaw.TOO_MANY)
        header = body[at]
        at += 1
        if header & 0xC0 == 0x40:
            known[header & 0x0F], at = _definition(body, at, developer=bool(header & 0x20))
            continue
        one = known.get((header >> 5) & 0x03 if header & 0x80 else header & 0x0F)
        if one is None or at + one.size > len(body):
            raise _Broken(Flaw.NOT_WHOLE)
        if one.message in (_FILE_ID, _SESSION, _ACTIVITY):
            yield one.message, _message(body, at, one)
        at += one.size


def _definition(body: bytes, at: int, *, developer: bool) -> tuple[_Definition, int]:
    if at + 5 > len(body):
        raise _Broken(Flaw.NOT_WHOLE)
    order = ">" if body[at + 1] else "<"
    (message,) = struct.unpack_from(f"{order}H", body, at + 2)
    fields, at = _fields(body, at + 4)
    own: tuple[tuple[int, int, int], ...] = ()
    if developer:
        own, at = _fields(body, at)
    return _Definition(message, order, fields, sum(size for _, size, _ in (*fields, *own))), at


def _fields(body: bytes, at: int) -> tuple[tuple[tuple[int, int, int], ...], int]:
    """Number, size and base type of each field."""
    if at >= len(body) or at + 1 + 3 * body[at] > len(body):
        raise _Broken(Flaw.NOT_WHOLE)
    end = at + 1 + 3 * body[at]
    return tuple((body[i], body[i + 1], body[i + 2]) for i in range(at + 1, end, 3)), end


def _message(body: bytes, at: int, one: _Definition) -> Message:
    """The single numbers of a record that are not marked as missing."""
    found: dict[int, float] = {}
    for number, size, base in one.fields:
        kind = base & 0x1F
        form = _FORMATS.get(kind)
        if form is not None and struct.calcsize(form) == size:
            (value,) = struct.unpack_from(one.order + form, body, at)
            if value != _INVALID.get(kind) and math.isfinite(value):
                found[number] = value
        at += size
    return found
