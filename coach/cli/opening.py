"""Opening the log for one command, and closing it whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager

from coach.app import logs
from coach.app.surroundings import Log, Surroundings


@contextmanager
def writing(surroundings: Surroundings) -> Iterator[Log]:
    """The log, made on the first use. Raises StoreError and OSError."""
    surroundings.home.make()
    logs.write_to(surroundings.home.logs)
    log = surroundings.open_log()
    try:
        yield log
    finally:
        log.close()


@contextmanager
def reading(surroundings: Surroundings) -> Iterator[Log]:
    """The log, which nothing is written to. Raises StoreError."""
    if surroundings.home.folder.is_dir():
        logs.write_to(surroundings.home.logs)
    log = surroundings.read_log()
    try:
        yield log
    finally:
        log.close()
