"""The window is killed in mid-session, again and again: nothing that was saved is missing, and it can be gone on with.

Run as a program this is the other side: it forks a real window on a real log, whose keeper says what is on the disk.
"""

import json
import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.app.live import Keeper
from tests.ui.fakes import World, item, plain

KILLS = int(os.environ.get("COACH_WINDOW_KILLS", "6"))
LONGEST_S = 0.5
ROUTINE = plain(
    items=[item("bridge", reps=200, tempo={"up_s": 0.03, "hold_s": 0.02, "down_s": 0.03}, prepare_s=0)],
)
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


class Zygote:
    """A process that has imported everything, and forks a window for each order."""

    def __init__(self, home: Path, program: str = __file__) -> None:
        command = [sys.executable, program, str(home)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        assert self._process.stdout is not None
        self._out = self._process.stdout.fileno()
        self._rest = b""
        assert self.line() == "ready"

    def fork(self) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(b"go\n")
        self._process.stdin.flush()
        while not (said := self.line()).startswith("pid "):
            pass
        return int(said.split()[1])

    def line(self, within_s: float = 30.0) -> str:
        deadline = time.monotonic() + within_s
        while b"\n" not in self._rest:
            left = deadline - time.monotonic()
            assert left > 0, "the window says nothing"
            if select.select([self._out], [], [], left)[0]:
                more = os.read(self._out, 65536)
                assert more, "the window is gone"
                self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode()

    def until_dead(self) -> list[str]:
        """Everything that was said until the child's end was seen."""
        said = []
        while (line := self.line()) != "dead":
            said.append(line)
        return said

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.use(ROUTINE)
    return made


@pytest.fixture
def zygote(world: World) -> Iterator[Zygote]:
    made = Zygote(world.home.folder)
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
        pid = zygote.fork()
        said = [zygote.line()]
        deadline = time.monotonic() + chance.uniform(0, LONGEST_S)
        while (left := deadline - time.monotonic()) > 0:
            try:
                said.append(zygote.line(left))
            except AssertionError:
                break
        os.kill(pid, signal.SIGKILL)
        said += zygote.until_dead()
        new = acknowledged(said)
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


def _window(say: Callable[[str], None]) -> None:
    from uuid import uuid4

    from msgspec.structs import replace

    from coach.__main__ import surroundings
    from coach.app.surroundings import WindowTask
    from coach.store.journal import Log
    from coach.ui.application import open_window
    from tests.ui.fakes import FakeAwake, FakeSound, FakeSpeech

    original = Log.append

    def append(self: Log, session_uid: str, seq: int, at_s: float, body: str) -> None:
        original(self, session_uid, seq, at_s, body)
        say(json.dumps({"uid": session_uid, "seq": seq, "body": body}))  # after it is on the disk

    Log.append = append  # type: ignore[method-assign]
    world = replace(
        surroundings(),
        new_uid=lambda: str(uuid4()),
        make_sound=lambda settings: FakeSound(),
        make_speech=lambda settings: FakeSpeech(),
        make_awake=FakeAwake,
    )
    open_window(world, WindowTask(guide=True, pain_before=2))


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def _main(home: Path) -> None:
    os.environ["COACH_HOME"] = str(home)
    import coach.ui.application
    import coach.ui.screens.player  # noqa: F401 - before the first fork, not in each child

    print("ready", flush=True)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                _window(_say)
            finally:
                os._exit(0)
        os.write(1, f"pid {pid}\n".encode())
        os.waitpid(pid, 0)
        os.write(1, b"\ndead\n")


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
