"""Opening the log for one command, and closing it whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager

from coach.app import copies, logs
from coach.app.surroundings import Log, Surroundings


@contextmanager
def writing(surroundings: Surroundings) -> Iterator[Log]:
    """The log, made on the first use. Raises StoreError and OSError."""
    log = surroundings.open_log()  # first: beside a log that cannot be opened nothing is made or changed
    try:
        surroundings.home.make()
        logs.write_to(surroundings.home.logs)
        copies.clear_strays_alone(surroundings.home)
        yield log
    finally:
        log.close()


@contextmanager
def reading(surroundings: Surroundings) -> Iterator[Log]:
    """The log, which nothing is written to. Raises StoreError."""
    log = surroundings.read_log()
    try:
        if surroundings.home.logs.is_dir():
            logs.write_to(surroundings.home.logs)
        yield log
    finally:
        log.close()
