"""A real log in a world, and the book that writes into it."""

from collections.abc import Iterator

import pytest

from coach.app.logbook import Logbook
from coach.app.surroundings import Log
from tests.ui.fakes import World


@pytest.fixture
def log(world: World) -> Iterator[Log]:
    """Give the log of the world, open for writing."""
    opened = world.surroundings.open_log()
    yield opened
    opened.close()


@pytest.fixture
def book(world: World, log: Log) -> Logbook:
    """Give the book that writes into that log."""
    return world.surroundings.logbook(log)
