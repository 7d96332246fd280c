"""Keys, one at a time, from a terminal; and the signals that ask the program to end.

The terminal is given back as it was found, whatever happens. Waiting is always for a key, a signal or an instant.
"""

import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event
from types import FrameType, TracebackType
from typing import Any, Protocol

_POSIX = os.name == "posix"
_ESCAPE_S = 0.05
"""How long the rest of an arrow key may take; then it was the Esc key."""
_WINDOWS_LOOK_S = 0.03

_SEQUENCES = {
    b"\x1b[D": "left",
    b"\x1bOD": "left",
    b"\x1b[C": "right",
    b"\x1bOC": "right",
    b"\x1bOP": "?",  # F1
    b"\x1b[11~": "?",
    b"\x1b[[A": "?",
}
_WINDOWS_KEYS = {"K": "left", "M": "right", ";": "?"}


class Keyboard(Protocol):
    """Where keys come from; without a terminal none ever come."""

    def read(self, seconds: float | None) -> str | None:
        """The next key; None when the time is over or the program should end."""


class Interrupts:
    """SIGINT, SIGTERM and SIGHUP as a flag, so that nothing is torn apart; each ends any waiting at once."""

    def __init__(self) -> None:
        self.pending = False
        self.continued = False
        """The program was stopped and goes on: the terminal may have been changed by others."""
        self.raising = False
        """A line is being typed, with nothing half-done that could be torn apart."""
        self._before: dict[int, Any] = {}
        self._wake_before = -1
        self.wake, self._ring = -1, -1

    def __enter__(self) -> "Interrupts":
        if _POSIX:
            self.wake, self._ring = os.pipe()
            os.set_blocking(self.wake, False)
            os.set_blocking(self._ring, False)
            self._wake_before = signal.set_wakeup_fd(self._ring, warn_on_full_buffer=False)
            self._before[signal.SIGCONT] = signal.signal(signal.SIGCONT, self._go_on)
            self._before[signal.SIGHUP] = signal.signal(signal.SIGHUP, self._end)
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._end)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if _POSIX:
            signal.set_wakeup_fd(self._wake_before)
            os.close(self.wake)
            os.close(self._ring)

    def drain(self) -> None:
        """Forget the bytes that woke us; the flags say what they were for."""
        with suppress(BlockingIOError):
            os.read(self.wake, 64)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.pending = True
        if self.raising:
            raise KeyboardInterrupt

    def _go_on(self, number: int, frame: FrameType | None) -> None:
        self.continued = True


class NoKeyboard:
    """Waits like a keyboard on which nobody types: input does not come from a terminal."""

    def __init__(self, interrupts: Interrupts) -> None:
        self._interrupts = interrupts
        self._never = Event()

    def read(self, seconds: float | None) -> str | None:
        """Wait."""
        if self._interrupts.pending:
            return None
        if _POSIX:
            _wait_for([self._interrupts.wake], seconds, self._interrupts)
        else:
            self._never.wait(min(_WINDOWS_LOOK_S, seconds) if seconds is not None else _WINDOWS_LOOK_S)
        return None


class TerminalKeyboard:
    """The keys of a terminal, each as soon as it is pressed. Use `raw` around the reading."""

    def __init__(self, interrupts: Interrupts) -> None:
        self._interrupts = interrupts
        self._keys: deque[str] = deque()
        self._fd = sys.stdin.fileno()
        self._before: list[Any] = []

    @contextmanager
    def raw(self) -> Iterator[None]:
        """Keys without Enter and without echo, inside; Ctrl-C stays a signal."""
        if sys.platform == "win32":
            yield
            return
        import termios
        import tty

        self._before = termios.tcgetattr(self._fd)
        try:
            tty.setcbreak(self._fd)
            yield
        finally:
            with suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)

    @contextmanager
    def typing(self) -> Iterator[None]:
        """Whole lines with echo, inside; Ctrl-C ends the line."""
        if self._interrupts.pending:
            raise KeyboardInterrupt
        self._interrupts.raising = True
        try:
            if sys.platform != "win32":
                import termios

                termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)
            yield
        finally:
            self._interrupts.raising = False
            self._take_back()

    def read(self, seconds: float | None) -> str | None:
        """The next key; None when the time is over or the program should end."""
        if self._keys:
            return self._keys.popleft()
        if self._interrupts.pending:
            return None
        if sys.platform == "win32":
            return self._read_windows(seconds)
        if self._fd in _wait_for([self._fd, self._interrupts.wake], seconds, self._interrupts):
            self._keys.extend(self._pressed())
        if self._interrupts.continued:
            self._interrupts.continued = False
            self._take_back()
        return self._keys.popleft() if self._keys else None

    def _pressed(self) -> list[str]:
        try:
            typed = os.read(self._fd, 256)
        except OSError:
            typed = b""
        if not typed:  # the terminal was closed
            self._interrupts.pending = True
            return []
        if typed == b"\x1b" and self._fd in _wait_for([self._fd], _ESCAPE_S, self._interrupts):
            typed += os.read(self._fd, 16)
        return keys_of(typed)

    def _take_back(self) -> None:
        if sys.platform == "win32":
            return
        import termios
        import tty

        with suppress(termios.error):
            tty.setcbreak(self._fd)

    def _read_windows(self, seconds: float | None) -> str | None:
        import msvcrt  # type: ignore[import-not-found,unused-ignore] # only there

        if not msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            Event().wait(min(_WINDOWS_LOOK_S, seconds) if seconds is not None else _WINDOWS_LOOK_S)
        if not msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            return None
        key: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
        if key in ("\x00", "\xe0"):
            return _WINDOWS_KEYS.get(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]
        return keys_of(key.encode("utf-8", "replace"))[0]


def keys_of(typed: bytes) -> list[str]:
    """The keys that these bytes of a terminal stand for, by name: `space`, `left`, `esc`, `enter`, or the letter."""
    keys: list[str] = []
    while typed:
        sequence = next((one for one in _SEQUENCES if typed.startswith(one)), None)
        if sequence is not None:
            keys.append(_SEQUENCES[sequence])
            typed = typed[len(sequence) :]
        elif typed.startswith((b"\x1b[", b"\x1bO")):
            # Some other key with a name of its own: skipped to the letter that ends it.
            end = next((at for at, one in enumerate(typed[2:], 2) if 0x40 <= one <= 0x7E), len(typed) - 1)
            typed = typed[end + 1 :]
        else:
            one = typed[:1].decode("ascii", "ignore").lower()
            keys.append({" ": "space", "\x1b": "esc", "\r": "enter", "\n": "enter"}.get(one, one))
            typed = typed[1:]
    return [key for key in keys if key]


def _wait_for(files: list[int], seconds: float | None, interrupts: Interrupts) -> list[int]:
    """Wait until one can be read; a signal ends it, too."""
    import select

    ready = select.select(files, [], [], None if seconds is None else max(0.0, seconds))[0]
    if interrupts.wake in ready:
        interrupts.drain()
    return list(ready)
