"""The window is killed in mid-session, again and again: nothing that was saved is missing, and it can be gone on with.

Run as a program this is the other side: it forks a real window on a real log, whose keeper says what is on the disk.
"""

import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.app.live import Keeper
from coach.app.surroundings import WindowTask
from coach.store.journal import Log
from coach.ui.application import open_window
from tests.ui.fakes import World, item, plain
from tests.ui.killing import KILLS, Zygote, forking, needs_fork, say, silent

LONGEST_S = 0.5
ROUTINE = plain(
    items=[item("bridge", reps=200, tempo={"up_s": 0.03, "hold_s": 0.02, "down_s": 0.03}, prepare_s=0)],
)
pytestmark = needs_fork


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.use(ROUTINE)
    return made


@pytest.fixture
def zygote(world: World) -> Iterator[Zygote]:
    made = Zygote(world.home.folder, __file__)
    yield made
    made.close()


def acknowledged(lines: list[str]) -> list[tuple[str, int, str]]:
    return [(said["uid"], said["seq"], said["body"]) for line in lines if (said := _read(line)) is not None]


def _read(line: str) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None  # cut off by the kill
    return said if isinstance(said, dict) else None


@pytest.mark.timeout(120)
def test_a_killed_window_loses_nothing_that_was_saved_and_can_be_gone_on_with(world: World, zygote: Zygote) -> None:
    chance = random.Random(20)
    saved: dict[str, dict[int, str]] = {}

    for _ in range(KILLS):
        new = acknowledged(zygote.killed(chance, LONGEST_S))
        assert new
        for uid, seq, body in new:
            saved.setdefault(uid, {})[seq] = body

        with sqlite3.connect(world.home.database) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        conn.close()
        log = world.surroundings.open_log()
        try:
            for uid, events in saved.items():
                stored = {one.seq: one.body for one in log.events(uid)}
                assert {seq: stored.get(seq) for seq in events} == events
                assert sorted(stored) == list(range(len(stored)))
            training = world.surroundings.training(log, _no_keeper)
            broken = training.broken(world.surroundings.settings_file().read().settings)
            assert broken is not None
            assert broken.uid == new[0][0]
            assert broken.can_go_on
            assert broken.exercise == "bridge"
        finally:
            log.close()

    assert len(saved) == KILLS
    assert sum(len(events) for events in saved.values()) > 3 * KILLS


def _no_keeper(uid: str) -> Keeper:
    raise AssertionError(uid)


# -- the other side ---------------------------------------------------------------------------------------------


def _window() -> None:
    original = Log.append

    def append(self: Log, session_uid: str, seq: int, at_s: float, body: str) -> None:
        original(self, session_uid, seq, at_s, body)
        say(json.dumps({"uid": session_uid, "seq": seq, "body": body}))  # after it is on the disk

    Log.append = append  # type: ignore[method-assign]
    open_window(silent(), WindowTask(guide=True, pain_before=2))


if __name__ == "__main__":
    import coach.ui.screens.player  # noqa: F401 - before the first fork, not in each child

    forking(_window)
