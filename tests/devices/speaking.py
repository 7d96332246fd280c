"""A voice for the tests: a speech-dispatcher of their own, on a socket that nobody else knows."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.devices.hearing import wait_until

STARTS_S = 60.0
"""A first start of the daemon on a busy machine; a second and a half on a quiet one."""


@contextmanager
def speech_daemon() -> Iterator[Mapping[str, str]]:
    """Run the daemon, where there is one; yield the environment that leads programs to it.

    Without it the first program that wants a voice starts one itself. That one belongs to the system and outlives the
    program: a trace of the program would follow it, and wait for its end.
    """
    if not shutil.which("speech-dispatcher"):
        yield {}
        return
    folder = Path(tempfile.mkdtemp(prefix="voice-"))  # short: the path of a socket has at most 107 characters
    path = folder / "speechd.sock"
    command = ["speech-dispatcher", "--run-single", "--timeout", "0", "--communication-method", "unix_socket"]
    command += ["--socket-path", str(path), "--pid-file", str(folder / "pid"), "--log-dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
        try:
            wait_until(lambda: _listens(path) or daemon.poll() is not None, STARTS_S)
            assert daemon.poll() is None, f"speech-dispatcher ended with {daemon.returncode}"
            yield {"SPEECHD_ADDRESS": f"unix_socket:{path}"}
        finally:
            with suppress(ProcessLookupError):
                daemon.terminate()
            daemon.wait(10)
            shutil.rmtree(folder, ignore_errors=True)


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(str(path))
        except OSError:
            return False
    return True
