"""One process that forks the children to be killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store import made
from tests.store.zygote import Zygote


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote() as running:
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made.database(tmp_path)
