"""A sound server of the test's own, and the promise that nothing is left running."""

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.devices.bus import session_bus
from tests.devices.hearing import Ears, Server, pulse_server, wait_until

ROOT = Path(__file__).resolve().parents[2]
OURS = {"child", "child's end", "playsound", "awake", "notices", "notices pressed"}


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Fail a test that leaves a process or a thread behind."""
    before = {process.pid for process in psutil.Process().children()}
    yield
    wait_until(lambda: not [thread for thread in threading.enumerate() if thread.name in OURS], 20)
    wait_until(lambda: {process.pid for process in psutil.Process().children()} <= before, 20)


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the programs that the tests start find this project."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch, nothing_left: None) -> Iterator[Server]:
    """Give a PulseAudio that only this test and its programs see."""
    if not shutil.which("pulseaudio") or not shutil.which("parec"):
        pytest.skip("needs Debian's pulseaudio and pulseaudio-utils")
    with pulse_server() as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def ears(pulse: Server) -> Iterator[Ears]:
    """Record what is sounded."""
    with Ears(pulse.env) as recording:
        yield recording


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run a session bus of the test's own."""
    if not shutil.which("dbus-daemon"):
        pytest.skip("needs Debian's dbus-daemon")
    with session_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


@pytest.fixture
def no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every sound server and every card away."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/dev/null")


@pytest.fixture
def fake(tmp_path: Path) -> Callable[[str], tuple[str, ...]]:
    """Give the command of a made-up helper process; each of its starts adds a line to `starts`."""

    def command(code: str) -> tuple[str, ...]:
        script = tmp_path / "helper.py"
        starts = tmp_path / "starts"
        script.write_text(
            f"import sys, time\nopen({str(starts)!r}, 'a').write('start\\n')\n"
            f"def heard(line): open({str(tmp_path / 'heard')!r}, 'a').write(line)\n{code}\n"
        )
        return (sys.executable, str(script))

    return command
