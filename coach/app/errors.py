"""The failures that the shells tell a person about; shells do not know the store itself."""

import errno
from pathlib import Path

from coach.store.errors import (
    Damaged,
    Foreign,
    Missing,
    Newer,
    NoFile,
    NothingToDo,
    Reason,
    Refused,
    StoreError,
    Unavailable,
    translated,
)

__all__ = [
    "BeingReplaced",
    "Busy",
    "Damaged",
    "Foreign",
    "Missing",
    "Newer",
    "NoFile",
    "NothingToDo",
    "OwnFile",
    "Reason",
    "Refused",
    "SessionUnderWay",
    "StoreError",
    "Unavailable",
    "is_passing",
    "translated",
]


class BeingReplaced(StoreError):
    """The log is being replaced or erased: nothing is written into what is about to go."""


def is_passing(error: Exception) -> bool:
    """Whether it is over in a moment: another process has the log."""
    return isinstance(error, Unavailable) and error.reason is Reason.LOCKED


class OwnFile(PermissionError):
    """What was named to be written over, or to come from elsewhere, is the log itself or a copy of one."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EPERM, "a log", str(path))


class Busy(Exception):
    """The window is open on this data folder, and what was asked needs it closed."""


class SessionUnderWay(Busy):
    """A session is being guided in a terminal, and what was asked needs it ended."""
