"""What is in a log, and which of some lines are steps."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.store.database import open_for_reading
from coach.store.journal import Log

_STEP = re.compile(r" *\d+:\d\d(\.\d)? +[\d.]+ s  ")


@contextmanager
def log_of(home: Path) -> Iterator[Log]:
    log = Log(open_for_reading(home / "coach.db"))
    try:
        yield log
    finally:
        log.close()


def step_lines(lines: list[str]) -> list[str]:
    """The lines that tell of a step."""
    return [line for line in lines if _STEP.match(line)]
