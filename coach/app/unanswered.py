"""A self-test that the window closed on: what was measured waits for its answers, and is asked about the next time."""

from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from coach.core.clinical.self_tests import Guided
from coach.core.session.measuring import Bout
from coach.files import atomic


class Unanswered(Struct, frozen=True):
    """One bout, measured and not answered."""

    test: Guided
    day: date
    bout: Bout
    amount: int
    seconds: float
    cadence: int


class UnansweredFile:
    """It on disk; there is one or none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Unanswered | None:
        """What waits; None where nothing does, or where it cannot be read."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Unanswered)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OSError):
            return None

    def write(self, unanswered: Unanswered) -> None:
        """Let it wait. Raises OSError."""
        atomic.write_bytes(self._path, msgspec.json.encode(unanswered))

    def clear(self) -> None:
        """It is answered. Raises OSError."""
        self._path.unlink(missing_ok=True)
