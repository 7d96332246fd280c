"""Ears for the tests: a PulseAudio of their own with a null sink, and a recorder of what it was given."""

import array
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil

RATE = 44_100
_BLOCK = 441 * 2
_SINK = "ears"
LOUD = 0.015
"""The part of full scale over which a sample counts as sound."""


def wait_until(met: Callable[[], bool], within_s: float = 10.0) -> None:
    """Return as soon as the condition is met; fail when it is not met in time."""
    until = time.monotonic() + within_s
    while not met():
        assert time.monotonic() < until, f"not within {within_s} s"
        time.sleep(0.01)


@dataclass(frozen=True, slots=True)
class Server:
    """A running PulseAudio; `env` leads programs to it and to no other."""

    env: Mapping[str, str]
    process: "subprocess.Popen[bytes]"

    def pactl(self, *words: str) -> str:
        """Run one command of the server."""
        done = subprocess.run(["pactl", *words], env=self.env, capture_output=True, text=True, check=True, timeout=10)
        return done.stdout

    def unload_sink(self) -> None:
        """Take the output device away, as pulling a plug does."""
        self.pactl("unload-module", "module-null-sink")

    def load_sink(self) -> None:
        """Bring the output device back."""
        self.pactl("load-module", "module-null-sink", f"sink_name={_SINK}")


@contextmanager
def pulse_server() -> Iterator[Server]:
    """Run a PulseAudio that nobody else sees, with one null sink."""
    folder = Path(tempfile.mkdtemp(prefix="ears-"))  # short: the path of a socket has at most 107 characters
    socket = folder / "native"
    env = {
        **os.environ,
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_STATE_PATH": str(folder),
        "PULSE_SERVER": f"unix:{socket}",
    }
    env.pop("DISPLAY", None)
    modules = (
        f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
        f"module-null-sink sink_name={_SINK}",
        "module-suspend-on-idle",  # as on every desktop: an unused device falls asleep after five seconds
    )
    command = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--log-target=stderr"]
    with subprocess.Popen(
        [*command, *(word for module in modules for word in ("-L", module))], env=env, stderr=subprocess.DEVNULL
    ) as process:
        server = Server(env, process)
        try:
            wait_until(lambda: _answers(server))
            yield server
        finally:
            _end_speech_daemon(folder)
            process.terminate()
            process.wait(10)
            shutil.rmtree(folder, ignore_errors=True)


def _end_speech_daemon(folder: Path) -> None:
    """End the daemon that a speech engine started by itself; its socket lies in our folder."""
    for process in psutil.process_iter(["cmdline"]):
        if any(word.startswith(f"{folder}/speech-dispatcher/") for word in process.info["cmdline"] or ()):
            with suppress(psutil.NoSuchProcess):
                process.terminate()


def _answers(server: Server) -> bool:
    try:
        return _SINK in server.pactl("list", "short", "sinks")
    except subprocess.CalledProcessError:
        return False


@dataclass(slots=True)
class Ears:
    """A recording in progress; each block with the instant at which it arrived."""

    env: Mapping[str, str]
    blocks: list[tuple[float, bytes]] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)
    _process: "subprocess.Popen[bytes] | None" = None
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            ["parec", "-d", f"{_SINK}.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=5"],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._thread = threading.Thread(target=self._read, name="ears", daemon=True)
        self._thread.start()
        wait_until(lambda: len(self.blocks) > 10)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        assert self._thread is not None
        self._process.terminate()
        self._thread.join(10)
        with self._process:
            pass

    def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        while block := self._process.stdout.read(_BLOCK):
            arrived = time.monotonic()
            samples = array.array("h", block)
            self.peaks.append(max(map(abs, samples)) / 32768)
            self.blocks.append((arrived, block))

    def onsets(self, quiet_s: float = 0.12, since: float = 0.0) -> list[float]:
        """Return when each sound began, by the arrival of its block."""
        return [heard.arrived for heard in self.sounds(quiet_s) if heard.arrived >= since]

    def sounds(self, quiet_s: float = 0.12) -> list["Heard"]:
        """Return each sound that follows some silence."""
        found: list[Heard] = []
        last_loud, samples_before = -RATE * 10, 0
        limit = LOUD * 32768
        for (arrived, block), peak in zip(list(self.blocks), self.peaks, strict=False):
            samples = array.array("h", block)
            if peak > LOUD:
                loud = [i for i, sample in enumerate(samples) if abs(sample) > limit]
                first = samples_before + loud[0]
                if first - last_loud > quiet_s * RATE:
                    found.append(Heard(first, arrived - (len(samples) - loud[0]) / RATE))
                last_loud = samples_before + loud[-1]
            samples_before += len(samples)
        return found

    def last_loud(self) -> float:
        """Return when the latest sound so far was still heard."""
        count = len(self.blocks)
        return next((self.blocks[i][0] for i in range(count - 1, -1, -1) if self.peaks[i] > LOUD), 0.0)

    def peak(self, since: float = 0.0) -> float:
        """Return the loudest sample, 0 to 1."""
        count = len(self.blocks)
        return max(
            (peak for (at, _), peak in zip(self.blocks[:count], self.peaks, strict=False) if at >= since), default=0.0
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """The beginning of a sound: the number of its sample, and when that sample reached the recorder."""

    sample: int
    arrived: float
