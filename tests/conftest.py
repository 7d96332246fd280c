"""What holds for every test: no display, no network, no real home, nothing left running."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from weakref import ref

import pytest

from tests.fakes import FakeCalendar, FakeClock
from tests.guard import sitecustomize
from tests.ui.fakes import World

# Before Qt is imported anywhere. A run on a real screen sets it to xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Importing the guard has closed the network to this process; this closes it to every Python that a test starts.
_GUARD = str(Path(sitecustomize.__file__).parent)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [_GUARD, os.environ.get("PYTHONPATH")]))


@pytest.fixture(autouse=True)
def coach_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test, and every program it starts, out of the person's own data."""
    home = tmp_path_factory.mktemp("coach_home")
    monkeypatch.setenv("COACH_HOME", str(home))
    return home


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that the test advances."""
    return FakeClock()


@pytest.fixture
def calendar() -> FakeCalendar:
    """Give a calendar that the test advances."""
    return FakeCalendar()


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Give a whole world in a throw-away folder, where nothing was chosen yet."""
    return World(tmp_path)


@pytest.fixture(autouse=True)
def no_collection_inside_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect cycles between tests of the window, as the program does in its event loop: see `coach/ui/garbage.py`."""
    if "qapp" not in request.fixturenames or not gc.isenabled():
        yield
        return
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a window open or a timer running: it would fire into one of the next tests."""
    if "qapp" not in request.fixturenames:
        yield
        return

    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import isValid

    started: list[ref[QTimer]] = []  # weak: a timer that its test drops is gone, as it would be without us
    start = QTimer.start

    def start_and_note(timer: QTimer, *arguments: int) -> None:
        started.append(ref(timer))
        start(timer, *arguments)

    def running() -> list[QTimer]:
        return [timer for noted in started if (timer := noted()) and isValid(timer) and timer.isActive()]

    monkeypatch.setattr(QTimer, "start", start_and_note)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if running():
        gc.collect()  # what a cycle keeps alive is gone for the test as well
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    timers = running()
    # Only this test fails, not the next ones with it.
    for window in windows:
        window.close()
    for timer in timers:
        timer.stop()

    assert windows == [], "left open"
    assert [timer.parent() for timer in timers] == [], "owners of timers left running"
