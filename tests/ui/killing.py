"""A window that is killed: one process imports everything, forks a real window for each order, and says what it did.

The tests of kills are two sides in one file: the test uses `Zygote`; run as a program the same file is `forking`.
"""

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace

from coach.__main__ import surroundings
from coach.app.surroundings import Surroundings
from tests.ui.fakes import FakeAwake, FakeSound, FakeSpeech

KILLS = int(os.environ.get("COACH_WINDOW_KILLS", "6"))
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


class Zygote:
    """A process that has imported everything, and forks a window for each order."""

    def __init__(self, home: Path, program: str) -> None:
        command = [sys.executable, program, str(home)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        assert self._process.stdout is not None
        self._out = self._process.stdout.fileno()
        self._rest = b""
        assert self._line() == "ready"

    def killed(self, chance: random.Random, longest_s: float) -> list[str]:
        """Fork a window and kill it, up to `longest_s` after its first word; everything that it said."""
        pid = self._fork()
        said = [self._line()]
        deadline = time.monotonic() + chance.uniform(0, longest_s)
        while (left := deadline - time.monotonic()) > 0:
            try:
                said.append(self._line(left))
            except AssertionError:
                break
        os.kill(pid, signal.SIGKILL)
        while (line := self._line()) != "dead":
            said.append(line)
        return said

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def _fork(self) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(b"go\n")
        self._process.stdin.flush()
        while not (said := self._line()).startswith("pid "):
            pass
        return int(said.split()[1])

    def _line(self, within_s: float = 30.0) -> str:
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


# -- the other side ---------------------------------------------------------------------------------------------


def say(line: str) -> None:
    """Say it at once: what is in a buffer dies with the process."""
    os.write(1, f"{line}\n".encode())


def silent() -> Surroundings:
    """The real surroundings, but for sound, speech and the screen saver."""
    return replace(
        surroundings(),
        new_uid=lambda: str(uuid4()),
        make_sound=lambda settings: FakeSound(),
        make_speech=lambda settings: FakeSpeech(),
        make_awake=FakeAwake,
    )


def forking(window: Callable[[], None]) -> None:
    """Fork a window for each line that comes in; the home is the program's argument. What it needs is imported."""
    os.environ["COACH_HOME"] = sys.argv[1]
    print("ready", flush=True)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                window()
            finally:
                os._exit(0)
        os.write(1, f"pid {pid}\n".encode())
        os.waitpid(pid, 0)
        os.write(1, b"\ndead\n")
