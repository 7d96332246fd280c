"""Small stand-ins for the ports of `coach.app.ports`, and for a file system that cannot do all."""

import os
import stat
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest


class FakeClock:
    """A monotonic clock that stands still until it is advanced."""

    def __init__(self, start: float = 1000.0) -> None:
        self._seconds = start

    def __call__(self) -> float:
        return self._seconds

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._seconds += seconds


class FakeCalendar:
    """A wall clock that stands still, at six on a Friday evening in Berlin unless told otherwise."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 11, 20, 18, 0, tzinfo=ZoneInfo("Europe/Berlin"))

    def now(self) -> datetime:
        """This instant, aware."""
        return self._now

    def zone(self) -> str:
        """The IANA name of the zone of `start`."""
        return str(self._now.tzinfo)

    def advance(self, seconds: float) -> None:
        """Let time pass, also over a change to or from summer time."""
        # Through UTC: Python adds to an aware time without looking at its zone.
        self._now = (self._now.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(self._now.tzinfo)

    def set(self, now: datetime) -> None:
        """Turn the clock, as a person or a time server would."""
        self._now = now


def no_sync_of_folders(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """From now on syncing a folder fails with the error `number`; files are synced."""
    fsync = os.fsync

    def files_alone(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, "folder")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", files_alone)
