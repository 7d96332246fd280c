"""Takes the pictures of the README: the real program in a real window on a virtual screen (`make screenshots`).

    python tests/tools/screenshots.py [--out docs/pictures] [--size 1200x800] [--scale 1] [--scheme light|dark|both]

Needs Debian's xvfb, openbox and xdotool. What is pressed here is what a person presses.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.screen import virtual_screen  # noqa: E402 # run as a script, from anywhere

WEEKS = 10
START_S, PAGE_S = 4.0, 1.2


class Person:
    """Sits in front of the screen: presses keys, and takes pictures of the window."""

    def __init__(self, display: str, out: Path, mark: str) -> None:
        from Xlib import display as xlib

        self._display = xlib.Display(display)
        self._env = {**os.environ, "DISPLAY": display}
        self._out = out
        self._mark = mark

    def press(self, *keys: str, wait_s: float = PAGE_S) -> None:
        """Press keys one after the other."""
        for key in keys:
            subprocess.run(["xdotool", "key", key], env=self._env, check=True)
            time.sleep(0.15)
        time.sleep(wait_s)

    def picture(self, name: str) -> None:
        """Save what the window shows."""
        from PySide6.QtGui import QImage
        from Xlib import X

        root = self._display.screen().root
        window, screen = self._window(), root.get_geometry()
        size, at = window.get_geometry(), window.translate_coords(root, 0, 0)
        left, top = max(0, -at.x), max(0, -at.y)
        width = min(size.width, screen.width - left)
        height = min(size.height, screen.height - top)
        data = root.get_image(left, top, width, height, X.ZPixmap, 0xFFFFFFFF).data
        image = QImage(data, width, height, 4 * width, QImage.Format.Format_RGB32)
        path = self._out / f"{name}{self._mark}.png"
        if not image.save(str(path)):
            raise SystemExit(f"not written: {path}")
        print(path)

    def _window(self) -> Any:  # python-xlib has no types
        active = self._display.screen().root.get_full_property(self._display.intern_atom("_NET_ACTIVE_WINDOW"), 0)
        return self._display.create_resource_object("window", active.value[0])


@contextmanager
def sound_server() -> Iterator[None]:
    """A sound server without a card, so that the pictures do not show a computer without sound."""
    if shutil.which("pulseaudio") is None:
        yield
        return
    with tempfile.TemporaryDirectory() as runtime:
        os.environ["PULSE_RUNTIME_PATH"] = os.environ["XDG_RUNTIME_DIR"] = runtime
        modules = ("module-null-sink", "module-native-protocol-unix")
        server = subprocess.Popen(
            ["pulseaudio", "-n", "--exit-idle-time=-1", "--log-target=null", *(f"--load={one}" for one in modules)]
        )
        try:
            time.sleep(1.0)
            yield
        finally:
            server.terminate()
            server.wait()


def home_of(folder: Path, scheme: str, **settings: object) -> Path:
    """A made-up log of ten weeks, and settings."""
    home = folder / f"home-{scheme}-{len(settings)}"
    subprocess.run([sys.executable, "-m", "coach", "demo", "--weeks", str(WEEKS), "--keep", str(home)],
                   cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    path = home / "settings.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(
        json.dumps({**known, "set_up": True, "voice": False, "appearance": scheme, **settings}), encoding="utf-8"
    )
    return home


def run(display: str, home: Path, scale: str, act: Callable[[], None]) -> None:
    """Run the program while `act` uses it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "coach"],
        cwd=ROOT,
        env={
            **os.environ,
            "DISPLAY": display,
            "COACH_HOME": str(home),
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": scale,
        },
    )
    try:
        time.sleep(START_S)
        act()
    finally:
        process.terminate()
        process.wait(10)


def tour(person: Person) -> None:
    """Through all screens of a day."""
    person.picture("today")
    person.press("ctrl+2")
    person.picture("library")
    person.press("Right", "Right", "Return")
    person.picture("exercise")
    person.press("Escape")
    person.press("ctrl+3", wait_s=3.0)
    person.picture("progress")
    person.press("ctrl+4")
    person.picture("running")
    person.press("ctrl+5")
    person.picture("routines")
    person.press("ctrl+n")
    person.press("ctrl+f", "b", "r", "i", "d", "Return", "Return")
    person.picture("editor")
    person.press("Escape")
    person.press("Return")
    person.press("ctrl+comma")
    person.picture("settings")
    person.press("ctrl+1")
    person.press("Return")
    person.picture("pain-before")
    person.press("2")
    person.press("Right", wait_s=4.4)
    person.picture("player")
    person.press("f", wait_s=2.5)
    person.picture("floor")
    person.press("f")
    person.press("p")
    person.press("4")
    person.picture("it-hurts")
    person.press("Escape", "Return")
    person.picture("finish")
    person.press("2", "5", "Return")
    person.picture("summary")


def first_run(person: Person) -> None:
    """The pages of the first start."""
    person.picture("first-run-1")
    for number in (2, 3):
        person.press("Return")
        person.picture(f"first-run-{number}")


def home_with_runs(folder: Path, scheme: str) -> Path:
    """A made-up log whose plan is open, and the next run may be today."""
    from datetime import timedelta

    import msgspec

    from coach.__main__ import SystemCalendar
    from coach.core.day import training_day
    from tests import running, worked
    from tests.app.making import surroundings_at

    home = folder / f"home-runs-{scheme}"
    world = surroundings_at(home)
    runs = [running.run(1), running.run(3), running.run(5, pain=3), *(running.run(day) for day in (7, 9, 11))]
    ends = 15
    today = training_day(SystemCalendar().now())  # of the program that is started
    log = world.open_log()
    log.take_in(running.moved(running.log_of(runs, ends), today - running.day(ends)))
    log.close()
    settings = worked.steady().settings
    told = {"set_up": True, "voice": False, "appearance": scheme, "screened": today - timedelta(days=3)}
    world.settings_file().write(msgspec.structs.replace(settings, **told))
    return home


def run_tour(person: Person) -> None:
    """The plan, and a guided walk/run."""
    person.press("ctrl+4")
    person.picture("run-plan")
    person.press("r", "1")
    person.press("Right", wait_s=6.0)
    person.picture("walk-run")


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--size", default="1400x900", help="of the virtual screen")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--scheme", choices=("light", "dark", "both"), default="both")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    width, height = (int(part) for part in options.size.split("x"))
    with tempfile.TemporaryDirectory() as folder, sound_server(), virtual_screen((width, height)) as display:
        for scheme in ("light", "dark") if options.scheme == "both" else (options.scheme,):
            person = Person(display, options.out, "-dark" if scheme == "dark" else "")
            run(display, home_of(Path(folder), scheme), options.scale, partial(tour, person))
            run(display, home_with_runs(Path(folder), scheme), options.scale, partial(run_tour, person))
            fresh = home_of(Path(folder), scheme, set_up=False)
            run(display, fresh, options.scale, partial(first_run, person))


if __name__ == "__main__":
    main()
