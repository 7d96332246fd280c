"""A helper process that answers each line with one line; nothing it does or fails to do can block its owner."""

import os
import subprocess
from collections import deque
from collections.abc import Callable, Iterator
from threading import Event, Lock, Thread

from coach.app.ports import Clock, Trouble, TroubleKind

READY = "ready"
"""The first word of a helper that can do its work."""
NONE = "none"
"""The first word of a helper that cannot, and will end."""
NO_DEVICE = "no_device"
"""The answer of a helper whose sounds go nowhere; every other answer is `ok`."""

# Less than any pipe holds (4096 on Windows): what is not yet answered fits, so a write never waits for the reader.
_UNANSWERED_BYTES = 2048
_END_S = 2.0
_HANGS_S = 1.0
"""At the end nobody waits longer than this for an answer."""
_LIVES = 2
"""A helper that dies at work is started once more."""
_LIVED_S = 60.0
"""One that has lived so long has its lives back: a second outage in an hour is not the first one again."""


def lines(fd: int) -> Iterator[str]:
    """Yield the lines that arrive, without their ends, until the other side closes."""
    rest = b""
    # Not a buffered file: a thread that waits inside one aborts the interpreter when that ends.
    while block := os.read(fd, 4096):
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            yield line.decode("utf-8", "replace").rstrip("\r")


def reason(greeting: str, otherwise: TroubleKind) -> Trouble:
    """Read why a helper cannot work: `none`, the kind, then words for the log."""
    words = greeting.removeprefix(NONE).split(maxsplit=1)
    try:
        return Trouble(TroubleKind(words[0]), " ".join(words[1:]))
    except (IndexError, ValueError):
        return Trouble(otherwise, greeting)


class Child:
    """The process behind a device: started again when it dies at work, ended by `close`.

    `on_greeting` gets the first line of each start, `on_end` is called when no further start will come; both on the
    helper's own thread.
    """

    def __init__(
        self,
        command: tuple[str, ...],
        *,
        clock: Clock,
        on_greeting: Callable[[str], None],
        on_end: Callable[[], None],
    ) -> None:
        self._command = command
        self._clock = clock
        self._on_greeting = on_greeting
        self._on_end = on_end
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._unanswered: deque[tuple[float, int]] = deque()
        self._launched = clock()
        self._ready = False
        self._closed = Event()
        self._lived_s = 0.0
        self._starts = 0
        self._answer = ""

    def start(self) -> None:
        """Start the process; returns at once."""
        Thread(target=self._run, name="child", daemon=True).start()

    @property
    def ready(self) -> bool:
        """Whether it has said that it can do its work, and still runs."""
        return self._ready

    @property
    def starts(self) -> int:
        """How often it was started."""
        return self._starts

    @property
    def answer(self) -> str:
        """The latest answer."""
        return self._answer

    def waiting_s(self) -> float:
        """Return for how long the greeting or the oldest answer has been due."""
        if not self._ready:
            return self._clock() - self._launched
        try:
            return self._clock() - self._unanswered[0][0]
        except IndexError:
            return 0.0

    def send(self, line: str) -> bool:
        """Hand over one line; False, and nothing sent, when it would not be read at once."""
        data = line.encode("utf-8", "replace").replace(b"\n", b" ") + b"\n"
        with self._lock:
            due = sum(size for _, size in self._unanswered)
            if not self._ready or self._process is None or self._process.stdin is None:
                return False
            if due + len(data) > _UNANSWERED_BYTES:
                return False
            try:
                os.write(self._process.stdin.fileno(), data)
            except (OSError, ValueError):
                return False
            self._unanswered.append((self._clock(), len(data)))
            return True

    def kill(self) -> None:
        """End a process that hangs; it is started again if it has that life left."""
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Let the process end; one that is not answering is killed."""
        with self._lock:
            hangs = not self._ready or self.waiting_s() > _HANGS_S
            self._closed.set()
            self._ready = False
            if self._process is None:
                return
            if hangs or self._process.stdin is None:
                self._process.kill()
                return
            self._process.stdin.close()
            Thread(target=_end, args=(self._process,), name="child's end", daemon=True).start()

    def _run(self) -> None:
        lives = _LIVES
        while lives and self._live():
            lives = (_LIVES if self._lived_s >= _LIVED_S else lives) - 1
        self._on_end()

    def _live(self) -> bool:
        """Run the process to its end; True when it was at work and should be started again."""
        process = self._launch()
        if process is None:
            return False
        with process:
            was_ready = self._listen(process)
            self._reap(process)
        return was_ready and not self._closed.is_set()

    def _launch(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._closed.is_set():
                return None
            self._starts += 1
            self._launched = self._clock()
            self._unanswered.clear()
            self._answer = ""
        try:
            process = subprocess.Popen(
                self._command,
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                process_group=0 if os.name == "posix" else None,  # Ctrl-C is for the program, not for its helpers
            )
        except (OSError, ValueError):
            return None
        with self._lock:
            self._process = process
            if self._closed.is_set():
                process.kill()
        return process

    def _listen(self, process: subprocess.Popen[bytes]) -> bool:
        assert process.stdout is not None
        answers = lines(process.stdout.fileno())
        greeting = next(answers, NONE)
        with self._lock:
            was_ready = greeting.startswith(READY) and not self._closed.is_set()
            self._ready = was_ready
        self._on_greeting(greeting)
        for answer in answers:
            self._answer = answer
            with self._lock:
                if self._unanswered:
                    self._unanswered.popleft()
        return was_ready

    def _reap(self, process: subprocess.Popen[bytes]) -> None:
        _end(process)
        with self._lock:
            self._ready = False
            self._lived_s = self._clock() - self._launched
            self._launched = self._clock()
            self._process = None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Give the process two seconds to end by itself."""
    try:
        process.wait(_END_S)
    except subprocess.TimeoutExpired:
        process.kill()
