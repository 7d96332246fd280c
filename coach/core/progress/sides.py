"""Left beside right: what each side did on a day, and how even they are."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Unit(StrEnum):
    """What is counted."""

    REPS = "reps"
    SECONDS = "s"
    POINTS = "points"


class Sided(Struct, frozen=True):
    """What was reached on one day; `both` where the sides do not work apart."""

    day: date
    left: float | None = None
    right: float | None = None
    both: float | None = None

    def better(self, other: "Sided") -> "Sided":
        """The best of two of the same day."""
        return Sided(
            self.day, _most(self.left, other.left), _most(self.right, other.right), _most(self.both, other.both)
        )

    @property
    def most(self) -> float:
        """The largest of its numbers; 0 if it has none."""
        return max((one for one in (self.left, self.right, self.both) if one is not None), default=0.0)


def _most(one: float | None, other: float | None) -> float | None:
    return max((value for value in (one, other) if value is not None), default=None)
