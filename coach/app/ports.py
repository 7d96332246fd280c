"""What the use cases need from the outside; real adapters are built in `__main__`, small fakes in the tests."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from coach.core.session.sounds import CueSound

Clock = Callable[[], float]
"""Seconds of a monotonic clock."""


class Calendar(Protocol):
    """The wall clock and its zone."""

    def now(self) -> datetime:
        """This instant, aware, in the person's zone (`tzinfo` is a `zoneinfo.ZoneInfo` or UTC)."""

    def zone(self) -> str:
        """The IANA name of the person's zone, such as `Europe/Berlin`."""


class TroubleKind(StrEnum):
    """Why sound or voice is off."""

    NO_PLAYER = "no_player"
    NO_DEVICE = "no_device"
    NO_ENGINE = "no_engine"
    SILENT = "silent"
    """The helper process hung or ended."""


SETTLES_S = 1.5
"""How long a session waits for its sound before it begins; a quiet machine needs half a second."""


class Trouble(Struct, frozen=True):
    """Why nothing is heard; `detail` is for the log and for `coach doctor`."""

    kind: TroubleKind
    detail: str = ""


class Sound(Protocol):
    """The cue sounds."""

    @property
    def trouble(self) -> Trouble | None:
        """Why nothing is sounded, once known; asked at every tick, told to the person once."""

    @property
    def settled(self) -> bool:
        """Whether it is known who sounds the cues; one that is asked for well before that is lost."""

    def play(self, cue: CueSound) -> None:
        """Sound the cue at once; without a device do nothing. Never waits, never raises."""

    def set_volume(self, percent: int) -> None:
        """Set the loudness of what follows, 0 to 100."""

    def close(self) -> None:
        """Let go of the device."""


class Speech(Protocol):
    """The voice."""

    @property
    def trouble(self) -> Trouble | None:
        """Why nothing is said, once known."""

    def say(self, sentence: str) -> None:
        """Say the sentence now, in place of what is being said. Never waits, never raises."""

    def hush(self) -> None:
        """Stop in mid-word."""

    def close(self) -> None:
        """Let go of the engine."""


class Awake(Protocol):
    """Keeps the screen from blanking during a session; failing is no error."""

    def hold(self) -> None:
        """Keep the screen on from now on. Never waits, never raises."""

    def release(self) -> None:
        """Let the screen blank again. Never waits, never raises."""


class Notices(Protocol):
    """Notices on the desktop, for when the window is out of sight; failing is no error."""

    def on_opened(self, act: Callable[[], object]) -> None:
        """Call `act` when the person pressed a notice. It comes on a thread of the adapter's own."""

    def tell(self, title: str, text: str) -> None:
        """Show a notice soon; where no desktop takes notices do nothing. Never waits, never raises."""

    def close(self) -> None:
        """Let go of the desktop. Never waits, never raises."""


class NoNotices:
    """`Notices` where none are wanted: in the terminal."""

    def on_opened(self, act: Callable[[], object]) -> None:
        """Nothing is ever pressed."""

    def tell(self, title: str, text: str) -> None:
        """Show nothing."""

    def close(self) -> None:
        """Nothing was held."""
