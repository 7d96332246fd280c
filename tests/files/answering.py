"""The program's answers to files, each in a process of its own that is measured: seconds, most memory, what it says.

Run as a program it imports all that is needed once and forks a child for each order: one order a line on stdin, one
answer a line on stdout, both JSON.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.ordered import Ordered

_LIMIT_S = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one command."""

    status: int
    out: str
    err: str
    seconds: float
    """From the arguments to the exit status; the start of Python is not in it."""
    memory: int
    """The most that lay in memory at once, in bytes, the whole program included."""


class Answering(Ordered):
    """A context that runs the program's commands, one at a time."""

    def __init__(self) -> None:
        super().__init__("tests.files.answering")

    def run(self, *arguments: str) -> Answer:
        self.order(arguments)
        return Answer(**self.answer())


def _serve(arguments: Sequence[str]) -> Answer:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        pid = os.fork()
        if pid == 0:
            _child(arguments, out.fileno(), err.fileno())
        _, status, used = os.wait4(pid, 0)
        seconds = time.monotonic() - began
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read().decode("utf-8", "replace"))
    # Kilobytes on Linux, bytes on macOS.
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Answer(os.waitstatus_to_exitcode(status), said[0], said[1], seconds, memory)


def _child(arguments: Sequence[str], out: int, err: int) -> None:
    import signal

    from coach.__main__ import main

    signal.alarm(_LIMIT_S)  # a hang is a result, not the end of the run
    os.dup2(out, 1)
    os.dup2(err, 2)
    sys.argv = ["coach", *arguments]
    status = 70
    try:
        status = main()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _main() -> None:
    _warm_up()
    for line in sys.stdin:
        print(json.dumps(asdict(_serve(json.loads(line)))), flush=True)


def _warm_up() -> None:
    """Import all that the commands need before the first fork, not in each child."""
    import contextlib

    import pypdf  # noqa: F401

    from coach.__main__ import main

    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        file = Path(folder) / "warm"
        file.write_bytes(b'{"items": [{"reps": 0}]}')
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            for command in ("check", "import"):
                sys.argv = ["coach", command, str(file)]
                main()


if __name__ == "__main__":
    _main()
