"""What a self-test measured and is not in the log yet: it waits for its answers, through a kill as well."""

from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from coach.core.clinical.self_tests import Guided
from coach.core.session.measuring import Bout
from coach.files import atomic


class Unanswered(Struct, frozen=True):
    """One bout, measured; its answers are not in the log yet."""

    test: Guided
    day: date
    bout: Bout
    amount: int
    seconds: float
    cadence: int


class UnansweredFile:
    """What waits, on disk, the oldest first."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> tuple[Unanswered, ...]:
        """What waits; nothing where the file is missing or cannot be read."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=tuple[Unanswered, ...])
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OSError):
            return ()

    def add(self, one: Unanswered) -> None:
        """Let one more wait. Raises OSError."""
        self._write((*self.read(), one))

    def remove(self, one: Unanswered) -> None:
        """It is in the log. Raises OSError."""
        self._write(tuple(other for other in self.read() if other != one))

    def _write(self, waiting: tuple[Unanswered, ...]) -> None:
        if waiting:
            atomic.write_bytes(self._path, msgspec.json.encode(waiting))
        else:
            self._path.unlink(missing_ok=True)
