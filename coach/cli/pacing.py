"""The time of a session in the terminal: as it really passes, or faster, for trying a routine out."""

from typing import Protocol

from coach.app.live import SessionClock
from coach.app.ports import Clock
from coach.cli.keyboard import Interrupts, Keyboard

_LOOK_S = 1.0
"""While a session is paused nothing is due; looked at all the same, for what cannot wake us on every system."""


class Pace(Protocol):
    """The session's own clock, and waiting by it."""

    def now(self) -> float:
        """Seconds since the session began."""

    def read(self, until: float | None) -> str | None:
        """Wait until this instant, or a while if there is none; the key that was pressed meanwhile."""

    def follows(self, key: str, seconds: float) -> bool:
        """Whether this key comes within so many real seconds; another one is lost."""

    def over(self) -> bool:
        """Whether the program was asked to end."""


class RealPace:
    """Time as it passes: a closed lid shows as a gap."""

    def __init__(self, clock: Clock, start: float, keyboard: Keyboard, interrupts: Interrupts) -> None:
        self._clock = SessionClock(clock, start)
        self._keyboard = keyboard
        self._interrupts = interrupts

    def now(self) -> float:
        """Seconds since the session began."""
        return self._clock.now()

    def read(self, until: float | None) -> str | None:
        """Wait until this instant; the key that was pressed meanwhile."""
        return self._keyboard.read(_LOOK_S if until is None else max(0.0, until - self.now()))

    def follows(self, key: str, seconds: float) -> bool:
        """Whether this key comes within so many real seconds."""
        return self._keyboard.read(seconds) == key

    def over(self) -> bool:
        """Whether the program was asked to end."""
        return self._interrupts.pending


class FastPace:
    """Goes from one due instant to the next exactly, and waits the `speed`th part of it."""

    def __init__(self, clock: Clock, start: float, keyboard: Keyboard, interrupts: Interrupts, speed: float) -> None:
        self._clock = clock
        self._now = start
        self._keyboard = keyboard
        self._interrupts = interrupts
        self._speed = speed

    def now(self) -> float:
        """Seconds since the session began."""
        return self._now

    def read(self, until: float | None) -> str | None:
        """Wait until this instant; the key that was pressed meanwhile."""
        if until is None:
            return self._keyboard.read(_LOOK_S)
        began = self._clock()
        key = self._keyboard.read(max(0.0, until - self._now) / self._speed)
        if key is None and not self._interrupts.pending:
            self._now = until
        else:
            self._now = min(until, self._now + (self._clock() - began) * self._speed)
        return key

    def follows(self, key: str, seconds: float) -> bool:
        """Whether this key comes within so many real seconds."""
        return self._keyboard.read(seconds) == key

    def over(self) -> bool:
        """Whether the program was asked to end."""
        return self._interrupts.pending
