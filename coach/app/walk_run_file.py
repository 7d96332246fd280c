"""A guided walk/run on disk while it is being done: its head, then an event a line, each synced before the next second.

It is no session of the log: what it comes to is an entry of the log, and then this file goes.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from coach.core.clinical.run_plan import Stage
from coach.core.day import Moment
from coach.core.log import StoredEvent
from coach.core.routine.plan import Step
from coach.core.session.events import Event, from_json
from coach.files import atomic
from coach.store.errors import translating


class Begun(Struct, frozen=True):
    """A walk/run as it was begun; its uid becomes that of the entry in the log."""

    uid: str
    began: Moment
    stage: Stage
    before: int
    """Pain before it, NPRS 0-10."""
    plan: tuple[Step, ...]


class Kept(Struct, frozen=True):
    """What is on disk of a walk/run."""

    begun: Begun
    events: tuple[tuple[int, Event], ...]


class WalkRunFile:
    """The walk/run that is being done, or broke off; there is one at most."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self, begun: Begun) -> None:
        """Put a new one on disk, in place of any other. Raises StoreError."""
        with translating():
            atomic.write_bytes(self._path, msgspec.json.encode(begun) + b"\n")

    def read(self) -> Kept | None:
        """What is on disk, as far as it was written whole; None where nothing is, or nothing that can be read."""
        with suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OSError):
            head, lines = _lines(self._path.read_bytes())
            begun = msgspec.json.decode(head, type=Begun)
            return Kept(begun, tuple((seq, event) for seq, event, _ in _whole(lines)))
        return None

    def remove(self) -> None:
        """It is in the log, or there is nothing to keep of it. Raises StoreError."""
        with translating():
            self._path.unlink(missing_ok=True)

    def events(self) -> "WalkRunEvents":
        """Where more events go. Raises StoreError."""
        return WalkRunEvents(self._path)


class WalkRunEvents:
    """Appends events; what a kill or a full disk left of a line is cut off first."""

    def __init__(self, path: Path) -> None:
        with translating():
            self._file = path.open("r+b", buffering=0)
            head, lines = _lines(self._file.read())
        events = list(_whole(lines))
        self._next = events[-1][0] + 1 if events else 0
        self._end = len(head) + 1 + sum(size for _, _, size in events)

    def append(self, session: str, seq: int, at_s: float, body: str) -> None:
        """Bring one event to disk; one that is there already stays as it is. Raises StoreError."""
        del session  # the file holds one walk/run
        with translating():
            if seq < self._next:
                os.fsync(self._file.fileno())  # it is in the file; after an error nobody knows whether on the disk
                return
            line = msgspec.json.encode(StoredEvent(seq, at_s, body)) + b"\n"
            self._file.truncate(self._end)
            self._file.seek(self._end)
            if self._file.write(line) != len(line):
                raise OSError(errno.ENOSPC, "written in part")
            os.fsync(self._file.fileno())
        self._end += len(line)
        self._next = seq + 1

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _lines(data: bytes) -> tuple[bytes, list[bytes]]:
    """The head, and a line for each event; the last one may be half of one."""
    head, *lines = data.split(b"\n")
    return head, lines


def _whole(lines: list[bytes]) -> Iterator[tuple[int, Event, int]]:
    """The events that were written whole, in their order, up to the first that was not; and the size of each."""
    for number, line in enumerate(lines):
        try:
            stored = msgspec.json.decode(line, type=StoredEvent)
            event = from_json(stored.body)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return
        if stored.seq != number or number == len(lines) - 1:  # behind the last one there is no end of line
            return
        yield stored.seq, event, len(line) + 1
