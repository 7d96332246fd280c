"""How long a newcomer takes from the start of an installed program to the first step of a session, by keyboard alone.

    DISPLAY=:1 python tests/tools/first_session.py [--home FOLDER] [--pause S] -- coach

Needs a screen with a window manager, and Debian's xdotool. Presses what a person presses, with `--pause` seconds of
reading between, and stops when the log holds the first step. Prints the seconds; ends with 1 if it never comes.
"""

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from coach.core.clinical.red_flags import ASKED, Tier  # noqa: E402 # run as a script, from anywhere

LIMIT_S = 60.0
TITLE = "Rehab Coach"


def press(*keys: str) -> None:
    for key in keys:
        subprocess.run(["xdotool", "key", key], check=True)
        time.sleep(0.05)


def wait_for_window(until: float) -> None:
    while time.monotonic() < until:
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{TITLE}$"], capture_output=True,
                               text=True, check=False)  # fmt: skip
        if found.stdout.strip():
            window = found.stdout.split()[0]
            subprocess.run(["xdotool", "windowactivate", "--sync", window], check=False, timeout=10)
            return
        time.sleep(0.02)


def steps(home: Path) -> int:
    """How many events of sessions the log holds."""
    try:
        with sqlite3.connect(f"file:{home / 'coach.db'}?mode=ro", uri=True) as log:
            return int(log.execute("SELECT count(*) FROM event").fetchone()[0])
    except sqlite3.Error:
        return 0


def first_pages(pause: float) -> None:
    """Welcome, which hip, three pages of red flags, sound, the first routine."""

    def read() -> None:
        time.sleep(pause)

    read()
    press("Return")
    read()
    press("Return")
    for tier in Tier:
        read()
        press(*["Tab"] * sum(flag.tier is tier for flag in ASKED), "space", "Return")
    for _ in ("the tone", "the voice"):
        read()
        press("Return")
        read()
        press("Tab", "space")  # it was heard
        press("Tab")
    press("Shift_L+Tab", "Return")
    read()
    press("Return")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="the program's data folder, where it is not to be a new one")
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        environment = os.environ if options.home else {**os.environ, "COACH_HOME": str(home)}
        began = time.monotonic()
        program = subprocess.Popen(command, env=environment, start_new_session=True)
        try:
            wait_for_window(began + LIMIT_S)
            shown = time.monotonic() - began
            first_pages(options.pause)
            time.sleep(options.pause)
            press("Return")  # starts what is due
            time.sleep(options.pause)
            press("2")  # pain before
            while not steps(home) and time.monotonic() - began < LIMIT_S:
                time.sleep(0.05)
            took = time.monotonic() - began
            found = steps(home)
        finally:
            os.killpg(program.pid, signal.SIGTERM)
            program.wait(10)
    print(f"window after {shown:.1f} s, first step of the first session after {took:.1f} s")
    return 0 if found and took < LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main())
