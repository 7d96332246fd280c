"""The window's process, as it is started by a person: one window, and an end that loses nothing."""

import errno
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from coach.app.errors import Reason
from coach.app.live import Keeper
from coach.app.window_lock import WindowLock
from coach.core.session.events import Paused, from_json
from coach.ui import application
from tests import strays
from tests.ui.fakes import TINY, World, data

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and sockets of POSIX")

_RUN = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run behind a shell it is ignored
import sys
import threading
from msgspec.structs import replace
from pathlib import Path
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from coach.__main__ import surroundings
from coach.app.surroundings import WindowTask
from coach.store.journal import Log
from coach.ui import application
from coach.ui.screens.main_window import MainWindow
from tests.ui.fakes import FakeAwake, FakeSound, FakeSpeech

def say(*words):
    print(*words, flush=True)

append = Log.append
def appended(self, session, seq, at_s, body):
    append(self, session, seq, at_s, body)
    say("event", session)
Log.append = appended

open_file = MainWindow.open_file
def opened(self, path):
    open_file(self, path)
    say("opened", path.name)
MainWindow.open_file = opened

come_forward = MainWindow.come_forward
def raised(self):
    come_forward(self)
    say("raised")
MainWindow.come_forward = raised

listen = application._Warm._listen
def listened(self):
    listen(self)
    say("listening")
application._Warm._listen = listened

def soon():
    # Said from a thread, when the loop of the window has run dry: it must not need Python code of its own to notice.
    threading.Event().wait(0.3)
    say("idle")

rotate = application._Warm._rotate
def rotated(self):
    rotate(self)
    threading.Thread(target=soon, daemon=True).start()
application._Warm._rotate = rotated

asked, file = sys.argv[1], [Path(one) for one in sys.argv[2:]]

def tell(app):
    # What macOS does when a file is double-clicked: an event for the application object.
    app.postEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(file[0]))))

application.TELLS_OF_FILES = asked.startswith("told")
if asked == "told early":
    name = application._name
    def named(app):
        name(app)
        tell(app)
    application._name = named
if asked == "told":
    remind = application._Warm._remind
    def reminded(self):
        remind(self)
        tell(self._app)
    application._Warm._remind = reminded

number = signal.SIGINT if asked.startswith("Ctrl-C") else signal.SIGTERM
if asked.endswith("in a painting"):
    def painted(self, event):
        signal.raise_signal(number)
    MainWindow.paintEvent = painted
if asked.endswith("before the loop"):
    begin = MainWindow.begin
    def begun(self):
        begin(self)
        signal.raise_signal(number)
    MainWindow.begin = begun
if asked == "busy":
    from coach.ui import single
    single.DEADLINE_MS = 200

def look(window):
    from PySide6.QtWidgets import QWidget
    from coach.ui.screens.rail import Place
    from coach.words.failures import failure
    desk, failed = window._desk, []
    desk.on_failed(failed.append)
    for place in Place:
        window.go(place)
        banner = window.findChild(QWidget, "only-to-look")
        say("banner", banner.isVisible(), banner.text)
    say("answered", desk.check_in(morning=3), failure(failed[-1].error))
    desk.choose(volume=33)
    say("chosen", len(failed))
    say("sessions", len(desk.reading().whole().sessions))
    window.leave()

if asked == "erase":
    from coach.app import copies
    from coach.ui import background
    from coach.ui.presenters.data import DataDesk

    # Removing goes on only once the window is closing: so it is under way then, on any machine.
    closing, erase, wait = threading.Event(), copies.erase, background.wait
    def slow(home):
        closing.wait(20)
        return erase(home)
    copies.erase = slow
    def waited():
        closing.set()
        wait()
    background.wait = waited
    remind = application._Warm._remind
    def reminded(self):
        remind(self)
        self.erasing = DataDesk(self._desk)
        self.erasing.erase()
        self._window.close()
    application._Warm._remind = reminded

world = replace(
    surroundings(), make_sound=lambda s: FakeSound(), make_speech=lambda s: FakeSpeech(), make_awake=FakeAwake
)
guide = asked == "guide"
say("status", application.open_window(world, WindowTask(
    guide=guide, pain_before=2 if guide else None, file=file[0] if file and asked in ("open", "busy") else None
), look if asked == "look" else None))
"""

_MAIN = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run behind a shell it is ignored
import sys
from coach import __main__ as program
from coach.ui.screens import main_window

import_qt = program._import_qt
def interrupted():
    signal.raise_signal(signal.SIGINT)
    import_qt()
program._import_qt = interrupted
sys.argv = ["coach"]
sys.exit(program.main())
"""


class Started:
    """A process with a window, and what it says."""

    def __init__(self, world: World, *arguments: str, by: Sequence[str] = (), script: str = _RUN) -> None:
        root = str(Path(__file__).parents[2])
        environment = {
            **os.environ,
            "COACH_HOME": str(world.home.folder),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]),
        }
        command = [*by, sys.executable, "-c", script, *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        self._rest = b""

    def until(self, wanted: str, within_s: float = 30.0) -> list[str]:
        """Read until a line begins with `wanted`."""
        assert self.process.stdout is not None
        said: list[str] = []
        deadline = time.monotonic() + within_s
        while not (said and said[-1].startswith(wanted)):
            while b"\n" not in self._rest:
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                    pytest.fail(f"no {wanted!r} came, only {said}")
                more = os.read(self.process.stdout.fileno(), 65536)
                if not more:
                    pytest.fail(f"it ended with {self.end()}")
                self._rest += more
            line, _, self._rest = self._rest.partition(b"\n")
            said.append(line.decode())
        return said

    def end(self) -> tuple[int, str]:
        """Wait for the end: status and what was said as an error."""
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors.decode()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


class Starter:
    def __init__(self, world: World) -> None:
        self.world = world
        self.made: list[Started] = []

    def __call__(self, *arguments: str, by: Sequence[str] = (), script: str = _RUN) -> Started:
        self.made.append(Started(self.world, *arguments, by=by, script=script))
        return self.made[-1]


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.use(TINY)
    return made


@pytest.fixture
def start(world: World) -> Iterator[Starter]:
    made = Starter(world)
    yield made
    for one in made.made:
        one.close()


def test_a_second_start_raises_the_first_hands_over_its_file_and_ends(start: Starter, tmp_path: Path) -> None:
    file = tmp_path / "physio's file.rehab.json"
    file.write_bytes(data(TINY))
    first = start("open")
    first.until("listening")

    second = start("open", str(file))

    assert second.until("status")[-1] == "status 0"
    said = first.until("opened")
    assert [line for line in said if line != "idle"] == ["raised", f"opened {file.name}"]
    assert second.end() == (0, "")


@pytest.mark.parametrize("told", ["told", "told early"])
def test_a_file_that_macos_tells_of_is_opened_whether_it_comes_before_or_after_the_window(
    start: Starter, tmp_path: Path, told: str
) -> None:
    file = tmp_path / "Übung & Co.rehab.json"
    file.write_bytes(data(TINY))

    window = start(told, str(file))

    said = window.until("opened")
    assert [line for line in said if line.startswith(("raised", "opened"))] == ["raised", f"opened {file.name}"]


def test_two_starts_at_once_make_one_window(start: Starter) -> None:
    both = [start("open"), start("open")]

    ended: list[Started] = []
    deadline = time.monotonic() + 30
    while not ended and time.monotonic() < deadline:
        ended = [one for one in both if _status(one)]

    assert len(ended) == 1
    assert ended[0].end() == (0, "")
    other = both[1 - both.index(ended[0])]
    assert other.process.poll() is None


def _status(one: Started) -> bool:
    assert one.process.stdout is not None
    if not select.select([one.process.stdout], [], [], 0.05)[0]:
        return False
    one._rest += os.read(one.process.stdout.fileno(), 65536)
    return b"status" in one._rest


def test_a_window_that_does_not_answer_is_told_of_at_once(start: Starter, tmp_path: Path) -> None:
    file = tmp_path / "hip.rehab.json"
    file.write_bytes(data(TINY))
    first = start("open")
    first.until("listening")
    first.process.send_signal(signal.SIGSTOP)

    second = start("busy", str(file))

    assert second.until("status")[-1] == "status 3"
    assert "does not answer" in second.end()[1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_a_signal_ends_a_window_that_nobody_touches(start: Starter, number: signal.Signals) -> None:
    window = start("open")
    window.until("idle")

    window.process.send_signal(number)

    assert window.until("status", within_s=10)[-1] == "status 0"
    assert window.end()[0] == 0


@pytest.mark.parametrize(
    "asked", ["end in a painting", "end before the loop", "Ctrl-C in a painting", "Ctrl-C before the loop"]
)
def test_a_signal_at_an_awkward_moment_ends_the_window_without_a_complaint(start: Starter, asked: str) -> None:
    window = start(asked)

    assert window.until("status", within_s=15)[-1] == "status 0"
    assert told(window) == (0, [])


def test_ctrl_c_while_qt_is_imported_ends_the_window_once_it_is_up(start: Starter) -> None:
    window = start(script=_MAIN)

    assert told(window) == (0, [])


def told(window: Started) -> tuple[int, list[str]]:
    """The status at the end, and what was complained about."""
    status, complaints = window.end()
    return status, [line for line in complaints.splitlines() if "This plugin does not support" not in line]


@pytest.mark.parametrize("locked_before", [False, True], ids=["never opened", "opened before"])
def test_what_cannot_be_written_to_is_opened_to_look_at(start: Starter, world: World, *, locked_before: bool) -> None:
    world.surroundings.open_log().close()
    if locked_before:
        world.home.lock.touch()
    by: list[str] = []
    if os.geteuid() == 0:
        # The superuser may write everywhere, unless it has given that up.
        if (setpriv := shutil.which("setpriv")) is None:
            pytest.skip("needs setpriv")
        by = [setpriv, "--bounding-set=-all", "--inh-caps=-all"]
    every = [world.home.folder, *world.home.folder.rglob("*")]
    before = [one.read_bytes() if one.is_file() else b"" for one in every]
    for one in every:
        one.chmod(0o555 if one.is_dir() else 0o444)

    window = start("look", by=by)
    said = window.until("status")
    ended = told(window)
    for one in every:
        one.chmod(0o755 if one.is_dir() else 0o644)

    banners = [line for line in said if line.startswith("banner")]
    assert len(banners) == 6
    assert all(line.startswith("banner True Only to look at") and str(world.home.folder) in line for line in banners)
    assert next(line for line in said if line.startswith("answered False")).endswith(
        "There is no permission to use the data folder. Nothing was changed. Check whose folder it is."
    )
    assert "chosen 2" in said
    assert "sessions 0" in said
    assert ended == (0, [])
    assert [world.home.folder, *world.home.folder.rglob("*")] == every
    assert [one.read_bytes() if one.is_file() else b"" for one in every] == before


def test_a_start_that_fails_says_why(start: Starter, world: World) -> None:
    shutil.rmtree(world.home.folder)
    world.home.folder.touch()

    window = start(script="from coach.__main__ import main\nraise SystemExit(main())")

    assert told(window) == (3, [f"{world.home.folder} is in the way. Nothing was changed."])


@pytest.mark.parametrize("failing", [errno.ENOSPC, errno.EROFS])
def test_a_lock_that_cannot_be_had_leaves_what_can_be_looked_at(
    world: World, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    def fail(self: WindowLock) -> bool:
        raise OSError(failing, "no", str(world.home.lock))

    monkeypatch.setattr(WindowLock, "acquire", fail)

    taken, why = application._taken(WindowLock(world.home.lock), world.home)

    assert taken is application._Taken.BY_NOBODY
    assert why is not None
    assert why.reason is {errno.ENOSPC: Reason.DISK_FULL, errno.EROFS: Reason.READ_ONLY}[failing]


def test_a_lock_that_another_window_has_is_no_reason_to_look(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object) -> None:
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr(type(world.home), "make", fail)
    other = WindowLock(world.home.lock)
    assert other.acquire()

    found = application._taken(WindowLock(world.home.lock), world.home)

    other.release()
    assert found == (application._Taken.BY_ANOTHER, None)


def test_a_window_that_closes_while_everything_is_removed_ends_when_it_is(start: Starter, world: World) -> None:
    world.surroundings.open_log().close()

    window = start("erase")

    assert window.until("status", within_s=20)[-1] == "status 0"
    assert window.end()[0] == 0
    assert not [path for path in world.home.folder.rglob("*") if path.is_file() and not path.name.endswith(".lock")]


def test_sigterm_in_mid_session_pauses_and_keeps(start: Starter, world: World) -> None:
    window = start("guide")
    window.until("event")
    uid = window.until("event")[-1].split()[1]

    window.process.send_signal(signal.SIGTERM)

    assert window.until("status", within_s=15)[-1] == "status 0"
    log = world.surroundings.open_log()
    events = [from_json(one.body) for one in log.events(uid)]
    broken = world.surroundings.training(log, _none).broken(world.surroundings.settings_file().read().settings)
    log.close()
    assert isinstance(events[-1], Paused)
    assert broken is not None
    assert broken.can_go_on


def _none(uid: str) -> Keeper:
    raise AssertionError(uid)


def test_after_kill_9_the_next_start_needs_nobody(start: Starter) -> None:
    first = start("open")
    first.until("listening")
    first.process.kill()
    first.process.wait()

    second = start("open")
    second.until("listening")

    assert start("open").until("status")[-1] == "status 0"
    second.until("raised")


def test_what_killed_writes_left_is_gone_after_the_next_start(start: Starter, world: World) -> None:
    strays.leave(world.home)
    with strays.writing(world.home.routines / "own.json"):
        start("open").until("idle")

        left = [part for part in strays.parts(world.home) if part.parent != world.home.backups]
        assert [part.parent for part in left] == [world.home.routines], "what is being written stays"

    # In backups there may be the copy of the day by now, which the start makes.
    assert all(part.parent == world.home.backups for part in strays.parts(world.home))
    _wait_until(lambda: any(world.home.backups.glob("coach-*.db")) and not strays.parts(world.home))


def _wait_until(true: Callable[[], bool], within_s: float = 20.0) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        select.select([], [], [], 0.02)


def test_what_the_window_did_is_in_its_log_without_health_data(start: Starter, world: World) -> None:
    window = start("guide")
    window.until("event")
    window.process.send_signal(signal.SIGTERM)
    window.until("status")
    window.end()

    text = "".join(path.read_text() for path in world.home.logs.iterdir())

    assert "Tiny" not in text
    assert "pain" not in text.lower()
    assert json.dumps("clamshell") not in text
