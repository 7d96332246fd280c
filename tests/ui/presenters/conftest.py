"""What tests of the desk and its parts begin with."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from coach.ui.presenters.desk import Desk
from tests.ui.desks import Told
from tests.ui.fakes import World


@pytest.fixture
def told(qtbot: QtBot, world: World) -> Iterator[Told]:
    """A desk over the world, and what it tells."""
    made = Told(Desk(world.surroundings))
    yield made
    made.desk.close()


@pytest.fixture
def desk(told: Told) -> Desk:
    """The desk of `told`."""
    return told.desk
