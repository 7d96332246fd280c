"""A process that has everything imported and forks a child for each job: a kill test then costs milliseconds.

One order a line on stdin, one result a line on stdout, both JSON.
"""

import json
import os
import select
import signal
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field

from tests.ordered import Ordered


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


class Zygote(Ordered):
    """A context that runs orders, one at a time."""

    def __init__(self) -> None:
        super().__init__("tests.store.zygote")

    def begin(self, order: Order) -> None:
        self.order(asdict(order))

    def result(self) -> Result:
        plain = self.answer()
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
