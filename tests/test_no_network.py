"""No test and no program under test reaches the network: the guard works, and the program does not even try."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.devices.speaking import speech_daemon

ELSEWHERE = ("192.0.2.1", 9)  # a documentation address: nobody answers there, should the guard ever fail
ROOT = Path(__file__).parent.parent
COACH = [sys.executable, "-m", "coach"]
LIMIT_S = 60
REFUSED = "the program never uses the network"
"""What the guard says, whichever copy of it came first: a worker of the test run has loaded it twice."""


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as outward:
        outward.settimeout(1)

        with pytest.raises(ConnectionRefusedError, match=REFUSED):
            outward.connect(ELSEWHERE)
        with pytest.raises(ConnectionRefusedError, match=REFUSED):
            outward.connect_ex(ELSEWHERE)


def test_a_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as outward, pytest.raises(ConnectionRefusedError, match=REFUSED):
        outward.sendto(b"hello", ELSEWHERE)


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(ConnectionRefusedError, match=REFUSED):
        socket.getaddrinfo("example.org", 80)


def test_this_machine_may_speak_to_itself(tmp_path: Path) -> None:
    with socket.create_server(("localhost", 0)) as server, socket.create_connection(server.getsockname()):
        pass

    if sys.platform != "win32":
        with socket.socket(socket.AF_UNIX) as listening, socket.socket(socket.AF_UNIX) as calling:
            listening.bind(str(tmp_path / "s"))
            listening.listen()
            calling.connect(str(tmp_path / "s"))


def test_a_python_that_a_test_starts_is_guarded_too() -> None:
    attempt = textwrap.dedent(f"""
        import socket
        try:
            socket.create_connection({ELSEWHERE!r}, timeout=1)
        except ConnectionRefusedError as refused:
            print(type(refused).__name__)
    """)

    done = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, timeout=LIMIT_S, check=False)

    assert done.stdout.strip() == "NetworkRefused"


def test_the_guard_gives_way_to_no_other_start_up_file(tmp_path: Path) -> None:
    """Coverage and debuggers bring a `sitecustomize` of their own; ours must still be the one that is loaded."""
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    path = os.pathsep.join([os.environ["PYTHONPATH"], str(tmp_path)])

    done = subprocess.run(
        [sys.executable, "-c", ""], env={**os.environ, "PYTHONPATH": path}, timeout=LIMIT_S, check=False
    )

    assert done.returncode == 0


# --- The real program -------------------------------------------------------------------------------------------------

WAYS = {
    "version": ["--version"],
    "doctor": ["doctor"],
    "check": ["check", str(ROOT / "exercises.json")],
    "help": ["--help"],
}
WINDOW_S = 5  # time enough to paint, to start the voice and to look for a second window


def runs(*probe: str) -> bool:
    return bool(shutil.which(probe[0])) and not subprocess.run(probe, capture_output=True, check=False).returncode


offline = pytest.mark.skipif(not runs("unshare", "-rn", "true"), reason="needs unshare and user namespaces")
traced = pytest.mark.skipif(not runs("strace", "-qq", "true"), reason="needs strace and the right to trace")


@pytest.fixture(scope="module")
def daemon() -> Iterator[Mapping[str, str]]:
    with speech_daemon() as environment:
        yield environment


@pytest.fixture
def voiced(daemon: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is traced is this program, not the daemon of the system that it would start for its voice."""
    for name, value in daemon.items():
        monkeypatch.setenv(name, value)


needs_voice = pytest.mark.usefixtures("voiced")


def show_window(*command: str) -> tuple[int | None, str]:
    """Open the window for a while; give how it ended, None if it had to be ended, and what it complained about."""
    shown = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        return shown.wait(WINDOW_S), shown.communicate()[1]
    except subprocess.TimeoutExpired:
        os.killpg(shown.pid, signal.SIGKILL)
        return None, shown.communicate()[1]


@offline
@needs_voice
@pytest.mark.parametrize("arguments", WAYS.values(), ids=WAYS)
def test_a_command_works_on_a_machine_without_any_network(arguments: list[str]) -> None:
    command = ["unshare", "-rn", *COACH, *arguments]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False)

    assert done.stdout, done.stderr
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr


@offline
@needs_voice
def test_the_window_opens_on_a_machine_without_any_network() -> None:
    ended, complaints = show_window("unshare", "-rn", *COACH)

    # The offscreen platform misses a window manager; see qt_log_ignore in pyproject.toml.
    assert [line for line in complaints.splitlines() if "This plugin does not support" not in line] == []
    assert ended is None


# What Qt does in C++ no guard in Python sees; the kernel sees all of it.
TRACE = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o"]


def outward(log: Path) -> list[str]:
    return [line for line in log.read_text(encoding="utf-8").splitlines() if "sa_family=AF_INET" in line]


@traced
@needs_voice
@pytest.mark.parametrize("arguments", WAYS.values(), ids=WAYS)
def test_a_command_does_not_even_try(arguments: list[str], tmp_path: Path) -> None:
    log = tmp_path / "calls"
    command = [*TRACE, str(log), *COACH, *arguments]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False)

    assert done.stdout, done.stderr
    assert outward(log) == []


@traced
@needs_voice
def test_the_window_does_not_even_try(tmp_path: Path) -> None:
    log = tmp_path / "calls"

    ended, _ = show_window(*TRACE, str(log), *COACH)

    assert ended is None
    assert outward(log) == []
