"""What tests of screens begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.ui.presenters.desk import Desk
from tests.ui.desks import demo_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The desk of a made-up person."""
    made = demo_desk(tmp_path)
    yield made
    made.close()
