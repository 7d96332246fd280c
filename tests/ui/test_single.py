"""One window for each data folder; another start raises it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from coach.ui import single
from coach.ui.single import Raised, Single, hand_over

_HAND_OVER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from coach.ui.single import hand_over
app = QCoreApplication([])
def waits(frame, event, argument):
    if event == "c_call" and argument.__name__ == "msleep":
        print("asked in vain", flush=True)
        sys.setprofile(None)
sys.setprofile(waits)
print(hand_over(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None))
"""


class Heard:
    def __init__(self, folder: Path) -> None:
        self.raised: list[Raised] = []
        self.single = Single(folder)
        self.single.on_raised(self.raised.append)


@pytest.fixture
def heard(qtbot: QtBot, tmp_path: Path) -> Iterator[Heard]:
    made = Heard(tmp_path)
    yield made
    made.single.close()


def start(*arguments: str | Path, cwd: Path | None = None) -> subprocess.Popen[str]:
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-c", _HAND_OVER, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=cwd)


def ended(qtbot: QtBot, process: subprocess.Popen[str]) -> str:
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
    said, _ = process.communicate()
    return said.strip()


def test_another_start_raises_the_window(qtbot: QtBot, heard: Heard, tmp_path: Path) -> None:
    assert heard.single.listening

    assert ended(qtbot, start(tmp_path)) == "True"

    assert heard.raised == [Raised(None)]


def test_another_start_hands_over_its_file_with_its_whole_path(qtbot: QtBot, heard: Heard, tmp_path: Path) -> None:
    name = "Übung 1 'a'.rehab.json"

    assert ended(qtbot, start(tmp_path, name, cwd=tmp_path)) == "True"

    assert heard.raised == [Raised(tmp_path / name)]


def test_a_window_on_another_folder_is_not_raised(
    qtbot: QtBot, heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single, "DEADLINE_MS", 1)

    assert not hand_over(tmp_path / "other", None)
    assert heard.raised == []


@pytest.mark.parametrize("there", [True, False], ids=["a window that does not answer", "no window"])
def test_there_is_one_deadline_for_all_of_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    assert single.DEADLINE_MS <= 2000
    monkeypatch.setattr(single, "DEADLINE_MS", 250)
    standing = QLocalServer()  # nothing runs its events while this test waits
    if there:
        assert standing.listen(single._name(tmp_path))
    clock = QElapsedTimer()

    clock.start()
    answered = hand_over(tmp_path, tmp_path / "hip.rehab.json")

    assert not answered
    assert clock.elapsed() < 1000
    standing.close()


def test_a_start_that_comes_before_the_window_listens_waits_for_it(qtbot: QtBot, tmp_path: Path) -> None:
    # Two quick double clicks: the first start has the lock, but has not painted yet.
    process = start(tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "asked in vain\n"

    heard = Heard(tmp_path)

    assert ended(qtbot, process).endswith("True")
    assert heard.raised == [Raised(None)]
    heard.single.close()


def test_a_name_that_a_crash_left_behind_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    first = Single(tmp_path)

    second = Heard(tmp_path)

    assert second.single.listening
    assert ended(qtbot, start(tmp_path)) == "True"
    assert second.raised == [Raised(None)]
    first.close()
    second.single.close()


@pytest.mark.parametrize(
    "sent",
    [b"\n", b"hello\n", b"[]\n", b'{"file": 7}\n', b'{"file": null}\n', b"\xff\xfe\n", b"[" * 60_000 + b"\n"],
    ids=["nothing", "no JSON", "a list", "a number", "null", "no UTF-8", "deep"],
)
def test_whatever_is_sent_at_most_raises_the_window(qtbot: QtBot, heard: Heard, tmp_path: Path, sent: bytes) -> None:
    socket = QLocalSocket()
    socket.connectToServer(single._name(tmp_path))
    assert socket.waitForConnected(2000)

    socket.write(sent)
    socket.flush()

    qtbot.waitUntil(lambda: heard.raised == [Raised(None)])
    socket.abort()


def test_a_flood_is_cut_off(qtbot: QtBot, heard: Heard, tmp_path: Path) -> None:
    socket = QLocalSocket()
    socket.connectToServer(single._name(tmp_path))
    assert socket.waitForConnected(2000)

    socket.write(b"x" * 1_000_000)
    socket.flush()

    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert heard.raised == []


@pytest.mark.skipif(sys.platform != "linux", reason="a socket in the file system")
def test_the_socket_is_this_users_alone(heard: Heard) -> None:
    path = Path(heard.single._server.fullServerName())

    assert path.stat().st_mode & 0o077 == 0


def test_the_name_is_short_whatever_the_folder_is(tmp_path: Path) -> None:
    assert len(single._name(tmp_path / ("x" * 200))) < 40
    assert single._name(tmp_path) == single._name(tmp_path / ".." / tmp_path.name)
