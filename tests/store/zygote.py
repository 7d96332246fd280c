"""A process that has everything imported and forks a child for each job: a kill test then costs milliseconds.

One order a line on stdin, one result a line on stdout, both JSON.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Order:
    job: str
    args: dict[str, str] = field(default_factory=dict)
    kill_after_s: float | None = None
    """Seconds after `ready`; None lets it end by itself."""


@dataclass(frozen=True, slots=True)
class Result:
    said: tuple[str, ...]
    """The whole lines it said after `ready`."""
    status: int
    """Exit status; the negative number of the signal that killed it."""


class Zygote:
    """A context that runs orders, one at a time."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=30)

    def begin(self, order: Order) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()

    def result(self) -> Result:
        assert self._process.stdout is not None
        plain = json.loads(self._process.stdout.readline())
        return Result(tuple(plain["said"]), plain["status"])

    def run(self, order: Order) -> Result:
        self.begin(order)
        return self.result()


def _work(order: Order, out: int) -> None:
    from tests.store.jobs import JOBS

    status = 70
    try:
        JOBS[order.job](lambda line: _say(out, line), order.args)
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the parent wants to see it and go on
        traceback.print_exc()
    finally:
        os._exit(status)


def _say(out: int, line: str) -> None:
    os.write(out, f"{line}\n".encode())


def _serve(order: Order) -> Result:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        _work(order, write)
    os.close(write)
    heard = b""
    while b"ready\n" not in heard and (more := os.read(read, 65536)):
        heard += more
    if order.kill_after_s is not None:
        deadline = time.monotonic() + order.kill_after_s
        while (left := deadline - time.monotonic()) > 0:
            if select.select([read], [], [], left)[0]:
                if not (more := os.read(read, 65536)):
                    break
                heard += more
        os.kill(pid, signal.SIGKILL)
    while more := os.read(read, 65536):
        heard += more
    os.close(read)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    after = heard.decode().partition("ready\n")[2]
    return Result(tuple(after[: after.rfind("\n") + 1].splitlines()), status)


def _main() -> None:
    import tests.store.jobs  # noqa: F401 - before the first fork, not in each child

    for line in sys.stdin:
        print(json.dumps(asdict(_serve(Order(**json.loads(line))))), flush=True)


if __name__ == "__main__":
    _main()
