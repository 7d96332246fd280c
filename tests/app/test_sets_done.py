"""Which sessions count: from half of their sets on."""

from datetime import date
from pathlib import Path

import pytest

from coach.app import sets_done
from coach.store.errors import Damaged
from tests.ui.fakes import World, stopped

FRIDAY = date(2026, 11, 20)


def counted(world: World) -> tuple[float, int]:
    log = world.surroundings.open_log()
    (line,) = log.sessions(FRIDAY, FRIDAY)
    found = sets_done.share_done(log, line.uid), len(sets_done.that_count(log, (line,), FRIDAY, FRIDAY))
    log.close()
    return found


@pytest.mark.parametrize("after_s,counts", [(1, 0), (38, 1)])
def test_a_session_counts_from_half_of_its_sets_on(tmp_path: Path, after_s: int, counts: int) -> None:
    world = World(tmp_path)
    stopped(world, after_s)

    share, found = counted(world)

    assert share < 1.0
    assert found == counts == (share >= 0.5)


def test_a_session_that_cannot_be_replayed_takes_nothing_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object) -> float:
        raise Damaged(("session s: DecodeError",))

    world = World(tmp_path)
    stopped(world, 1)
    log = world.surroundings.open_log()
    lines = log.sessions(FRIDAY, FRIDAY)
    monkeypatch.setattr(sets_done, "share_done", damaged)

    assert sets_done.that_count(log, lines, FRIDAY, FRIDAY) == list(lines)
    log.close()
