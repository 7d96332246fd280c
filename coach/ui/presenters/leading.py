"""What a session and a bout of a self-test are led by: one precise timer, cues out before anything is painted."""

import logging
from collections.abc import Callable, Iterable
from enum import Enum

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coach.app.ports import SETTLES_S, Awake
from coach.core.session.cues import Cue
from coach.words.announce import Announcer, Told
from coach.words.failures import unheard_in_all

_log = logging.getLogger(__name__)

# A timer may come a little early; a look at the clock before the instant would only have to be repeated.
_AFTER_MS = 1
_SETTLING_MS = 20


class Hearing(Enum):
    """What the button for the sound says."""

    ON = "on"
    OFF = "off"
    MISSING = "missing"
    """There is nothing to hear it by."""


class Leading(QObject):
    """Leads by cues; whoever builds on it says in `_look` what a look at the clock does."""

    cued = Signal(object)  # Cue
    told = Signal(object)  # Told

    def __init__(
        self, now: Callable[[], float], announcer: Announcer, awake: Awake, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._latest = now() + SETTLES_S
        self._announcer = announcer
        self._awake = awake
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)

    def on_cued(self, take: Callable[[Cue], object]) -> None:
        """Call `take` when a cue is due, so that the screen can flash."""
        self.cued.connect(take)

    def on_told(self, take: Callable[[Told], object]) -> None:
        """Call `take` when sound or voice turns out to be missing, and when it is heard again."""
        self.told.connect(take)

    @property
    def silent(self) -> bool:
        """Whether cues are not heard."""
        return self._announcer.silent

    @property
    def muted(self) -> bool:
        """Whether the person switched the sound off for this session or test."""
        return self._announcer.muted

    @property
    def hearing(self) -> Hearing:
        """Whether it is heard, and if not whether that is the person's will."""
        if self._announcer.muted:
            return Hearing.OFF
        return Hearing.ON if self._announcer.hearable else Hearing.MISSING

    def unheard(self) -> str:
        """What is not heard though it is wanted, in words."""
        of = self._announcer
        return unheard_in_all(of.trouble, of.voice_trouble, tones=not of.silent)

    def mute(self) -> None:
        """Switch sound and voice off or on."""
        self._announcer.muted = not self._announcer.muted
        self._announcer.hush()

    # -- for whoever builds on it -------------------------------------------------------------------------------

    def _look(self) -> None:
        """The timer came: look at the clock."""
        raise NotImplementedError

    def _settles(self) -> bool:
        """Whether the first cue would not be heard yet; the timer then comes again soon."""
        if self._announcer.settled or self._now() >= self._latest:
            return False
        self._timer.start(_SETTLING_MS)
        return True

    def _cue(self, cues: Iterable[Cue], exercise: str) -> None:
        """Let cues be heard, and tell the screen."""
        for cue in cues:
            self._announcer.announce(cue, exercise)
            self.cued.emit(cue)

    def _wake_at(self, wake: float | None, now: float) -> None:
        """Look at the clock again at an instant; at none while everything stands."""
        if wake is None:
            self._timer.stop()
        else:
            self._timer.start(max(0, int((wake - now) * 1000) + _AFTER_MS))

    def _tell_news(self) -> None:
        """Tell what went wrong with sound or voice since the last time, or is well again."""
        for told in self._announcer.news():
            device = "voice" if told.voice else "sound"
            if told.trouble is not None:
                _log.warning("%s off: %s", device, told.trouble.kind)
            else:
                _log.info("%s on again", device)
            self.told.emit(told)
