"""A real terminal around the program: keys in, screen out, and no waiting but for what should appear."""

import os
import re
import select
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.cli.program import COACH, ROOT, path_with, surroundings_of

LIMIT_S = 60


class Terminal:
    """The side of a terminal where a person sits."""

    def __init__(self, running: subprocess.Popen[bytes], person: int) -> None:
        self.running = running
        self._person = person
        self.shown = ""
        self._from = 0

    def until(self, text: str) -> str:
        """Read until a text appears after what was asked for before; give everything up to it."""
        deadline = time.monotonic() + LIMIT_S
        while (found := re.search(text, self.shown[self._from :])) is None:
            left = deadline - time.monotonic()
            assert left > 0, f"{text!r} did not appear in:\n{self.shown}"
            if select.select([self._person], [], [], left)[0]:
                try:
                    block = os.read(self._person, 65536)
                except OSError:  # Linux: the program has ended
                    block = b""
                assert block, f"ended without {text!r}:\n{self.shown}"
                self.shown += block.decode()
        start, self._from = self._from, self._from + found.end()
        return self.shown[start : self._from]

    def press(self, keys: str) -> None:
        os.write(self._person, keys.encode())

    def end(self) -> int:
        """Wait for the end of the program."""
        deadline = time.monotonic() + LIMIT_S
        while self.running.poll() is None and time.monotonic() < deadline:
            if select.select([self._person], [], [], 0.05)[0]:
                try:
                    self.shown += os.read(self._person, 65536).decode()
                except OSError:
                    break
        return self.running.wait(LIMIT_S)


def settings_of(file: int) -> list[Any]:
    return termios.tcgetattr(file)


@contextmanager
def terminal(home: Path, *arguments: str) -> Iterator[Terminal]:
    """Start the program in a terminal of its own; afterwards that terminal must be as it was."""
    person, program = os.openpty()
    before = settings_of(program)
    running = subprocess.Popen(
        [*COACH, *arguments],
        cwd=ROOT,
        stdin=program,
        stdout=program,
        stderr=program,
        start_new_session=True,
        env=surroundings_of(COACH_HOME=str(home), TERM="dumb", COLUMNS="200", PYTHONPATH=path_with(ROOT)),
    )
    try:
        yield Terminal(running, person)
        assert settings_of(program) == before, "the terminal was not given back as it was"
    finally:
        if running.poll() is None:
            running.kill()
            running.wait(LIMIT_S)
        os.close(program)
        os.close(person)
