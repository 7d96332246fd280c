"""The failures that the shells tell a person about; shells do not know the store itself."""

from coach.store.errors import (
    Damaged,
    Foreign,
    Missing,
    Newer,
    NothingToDo,
    Reason,
    Refused,
    StoreError,
    Unavailable,
)

__all__ = [
    "Busy",
    "Damaged",
    "Foreign",
    "Missing",
    "Newer",
    "NothingToDo",
    "Reason",
    "Refused",
    "StoreError",
    "Unavailable",
]


class Busy(Exception):
    """The window is open on this data folder, and what was asked needs it closed."""
