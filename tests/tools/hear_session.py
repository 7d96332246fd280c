#!/usr/bin/env python3
"""Measure how long after its instant each cue of a real session is heard: the whole program, in real time.

    python tests/tools/hear_session.py window --seconds 600 --load 2
    python tests/tools/hear_session.py terminal --seconds 600 --load 2

The program guides a routine of clamshells, bridges and planks as a person would start it, the window on a virtual
screen at its 60 frames a second. What is noted inside it is when each cue was due by the session's own timeline, not
when it was asked for; what is heard is recorded off a null sink as `measure_cues.py` describes. The voice is off:
speech would count as sound.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.screen import virtual_screen  # noqa: E402 # after the path to it
from tests.devices.hearing import Ears, pulse_server  # noqa: E402
from tests.tools.measure_cues import busy, match, report  # noqa: E402


def routine(seconds: float) -> dict[str, object]:
    """Make a session of about this length; no cue falls into the end of the sound before it."""
    rep = {"up_s": 2, "hold_s": 2, "down_s": 2}
    turns = cycle(
        [
            (73, {"exercise": "plank", "sets": 2, "hold_s": 25, "rest_s": 15, "prepare_s": 8}),
            (85, {"exercise": "clamshell", "sides": "each", "sets": 1, "reps": 6, "tempo": rep, "prepare_s": 8}),
            (44, {"exercise": "bridge", "sets": 1, "reps": 6, "tempo": rep, "prepare_s": 8}),
        ]
    )
    items, planned = [], 0
    while planned < seconds - 30:
        length, item = next(turns)
        items.append(item)
        planned += length
    return {"format": "rehab-routine", "version": "1.0", "id": "heard", "title": "Heard", "items": items}


def main() -> None:
    """Run the program, record it, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shell", choices=["window", "terminal"])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--load", type=int, default=0, help="busy processes beside it")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        raise SystemExit(guide(options.shell, options.inside))
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (home / "heard.rehab.json").write_text(json.dumps(routine(options.seconds)), encoding="utf-8")
        (home / "settings.json").write_text(json.dumps({"set_up": True, "voice": False}), encoding="utf-8")
        server = stack.enter_context(pulse_server())
        display = stack.enter_context(virtual_screen())
        env = {**server.env, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "COACH_HOME": str(home)}
        ears = stack.enter_context(Ears(server.env))
        stack.enter_context(busy(options.load))
        command = [sys.executable, __file__, options.shell, "--inside", str(home / "due.jsonl")]
        began = time.monotonic()
        subprocess.run(command, env=env, check=False, timeout=options.seconds * 1.5 + 60, stdout=subprocess.DEVNULL)
        time.sleep(1.0)
        due = [json.loads(line) for line in (home / "due.jsonl").read_text(encoding="utf-8").splitlines()]
    instants = sorted({one["at"] for one in due})
    print(f"{options.shell}, {time.monotonic() - began:.0f} s, {options.load} busy processes on {os.cpu_count()} cores")
    print("load average over 1, 5, 15 minutes:", *(f"{load:.1f}" for load in os.getloadavg()))
    report(match(instants, ears), instants[0])


def guide(shell: str, notes: Path) -> int:
    """Run the program with a note of when each cue is due."""
    from coach.__main__ import main as coach
    from coach.app import live

    home = notes.parent
    zero: list[float] = []  # the instant 0 of the session, by the monotonic clock
    take, make = live.CueReader.take, live.SessionClock.__init__

    def made(clock: live.SessionClock, read: object, start: float) -> None:
        make(clock, read, start)  # type: ignore[arg-type] # as it came
        zero.append(time.monotonic() - clock.now())

    def taken(reader: live.CueReader, session: object, now: float) -> tuple[object, ...]:
        cues = take(reader, session, now)  # type: ignore[arg-type] # as it came
        with notes.open("a", encoding="utf-8") as file:
            for cue in cues:
                if cue.sound is not None:
                    file.write(json.dumps({"at": zero[-1] + cue.at, "sound": cue.sound}) + "\n")
        return cues

    live.SessionClock.__init__ = made  # type: ignore[method-assign,assignment] # the two seams that a note needs
    live.CueReader.take = taken  # type: ignore[method-assign,assignment]
    file = str(home / "heard.rehab.json")
    answers = ["--pain-before", "0", "--pain-after", "0"]
    sys.argv = ["coach", "session", file, *answers, *(["--text"] if shell == "terminal" else [])]
    if shell == "window":
        _close_at_the_end()
    return coach()


def _close_at_the_end() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from coach.ui.presenters.session import SessionPresenter

    told = SessionPresenter.on_over

    def on_over(presenter: SessionPresenter, take: object) -> None:
        told(presenter, take)  # type: ignore[arg-type] # as it came
        presenter.over.connect(lambda _over: QTimer.singleShot(2_000, QApplication.quit))

    SessionPresenter.on_over = on_over  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    main()
