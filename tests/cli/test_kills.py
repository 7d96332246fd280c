"""kill -9 at random moments of sessions: what was printed is in the log, and the next start goes on there.

COACH_KILLS=200 (or more) is the long run.
"""

import os
import random
import select
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from coach.core.log import Ending
from coach.core.session.events import Began, Jumped, Started, from_json, plan_from_json
from coach.store import check
from coach.store.connection import read_only
from coach.store.journal import Unfinished
from tests.cli.program import COACH, ROOT, path_with, routine, surroundings_of, written
from tests.cli.reading import log_of, step_lines

KILLS = int(os.environ.get("COACH_KILLS", "40"))
LONGEST_S = 0.8
LIMIT_S = 60


@dataclass(frozen=True)
class Killed:
    """What a killed program had printed: complete lines only."""

    lines: list[str]
    over: bool
    """It had come to its end before."""


def killed(home: Path, arguments: list[str], delay_s: float) -> Killed:
    """Run until the first step is printed, and for `delay_s` more; then kill."""
    running = subprocess.Popen(
        [*COACH, "session", "--text", "--speed", "30", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings_of(COACH_HOME=str(home), PYTHONPATH=path_with(ROOT)),
    )
    with running:
        assert running.stdout is not None
        pipe, printed = running.stdout.fileno(), b""
        until: float | None = None
        deadline = time.monotonic() + LIMIT_S
        while (now := time.monotonic()) < (until or deadline):
            if select.select([pipe], [], [], (until or deadline) - now)[0]:
                block = os.read(pipe, 65536)
                if not block:
                    break
                printed += block
            if until is None and step_lines(printed.decode().splitlines()[:-1]):
                until = time.monotonic() + delay_s
        running.send_signal(signal.SIGKILL)
        printed += running.stdout.read()
    return Killed(printed.decode().split("\n")[:-1], running.returncode == 0)


def steps_begun(found: Unfinished) -> list[int]:
    """The steps that the log knows to have begun, in order."""
    events = [from_json(one.body) for one in found.events]
    return [0 if isinstance(e, Started) else e.index for e in events if isinstance(e, Started | Began | Jumped)]


def one_chain(home: Path, file: Path, planned: list[str], kills: int, seed: int) -> tuple[int, int]:
    """Kill the same log again and again: a new session, then going on with it. Gives kills, and printed steps kept."""
    chance = random.Random(seed)
    done = kept = 0
    while done < kills:
        goes_on, before = False, 0
        while done < kills:
            arguments = ["--resume"] if goes_on else ["--discard", str(file)]
            one = killed(home, arguments, chance.uniform(0, LONGEST_S))
            if one.over:
                break
            done += 1
            printed = step_lines(one.lines)
            with log_of(home) as log, closing(read_only(home / "coach.db")) as conn:
                found, ending = log.unfinished(), log.sessions()[-1].ending
                assert check.deep(conn).sound
            if found is None:
                # It was over already, and only the copy of the day or the like was still being made.
                assert ending is Ending.FINISHED
                assert printed[-1] == planned[-1]
                break
            assert len(plan_from_json(found.head.plan)) == len(planned)
            begun = steps_begun(found)
            # Each step once and in order, none printed that is not kept.
            assert begun == list(range(len(begun)))
            first = planned.index(printed[0])
            assert first <= max(0, before), one
            assert printed == planned[first : first + len(printed)]
            assert first + len(printed) <= len(begun), (printed, begun)
            if goes_on:
                assert one.lines[0].startswith("A session broke off: Short one, at ")
                assert printed[0] == planned[before - 1], "it goes on at the very step"
            kept += len(printed)
            goes_on, before = True, len(begun)
    return done, kept


@pytest.mark.slow
@pytest.mark.timeout(60 + 10 * KILLS)
def test_no_printed_step_is_lost_and_each_session_goes_on(tmp_path: Path) -> None:
    from tests.cli.program import coach

    tempo = {"up_s": 1, "hold_s": 1, "down_s": 1}
    item = {"exercise": "clamshell", "sides": "each", "sets": 3, "reps": 8, "tempo": tempo}
    file = written(tmp_path, routine(items=[item, *routine()["items"]]))
    planned = coach("plan", file).lines[1:-1]
    homes = [tmp_path / "one", tmp_path / "two"]

    with ThreadPoolExecutor(2) as both:
        runs = [
            both.submit(one_chain, home, file, planned, KILLS // 2, seed) for seed, home in enumerate(homes, start=7)
        ]
        results = [run.result() for run in runs]

    assert sum(done for done, _ in results) >= KILLS - 1
    assert all(kept > 0 for _, kept in results)
    print(f"{sum(done for done, _ in results)} kills, {sum(kept for _, kept in results)} printed steps, 0 lost")
