"""Sound and voice to try out: made at the first test, let go when the page is left."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from coach.app.ports import Sound, Speech, Trouble
from coach.app.settings import Settings
from coach.core.session.sounds import CueSound
from coach.ui.presenters.desk import Desk

_LOOK_MS = 400
# A cue that waits longer than a quarter of a second is dropped, so the first one waits until the device is awake.
_SOUND_STARTS_MS = 1_200
_VOICE_STARTS_MS = 2_000


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known now: why nothing is heard, or None; and whether a test is on its way."""

    sound: Trouble | None
    voice: Trouble | None
    busy: bool


class Hearing(QObject):
    """Lets a cue or a sentence be heard, and tells what stands in the way."""

    told = Signal(object)  # Heard

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sound: Sound | None = None
        self._speech: Speech | None = None
        self._voice: tuple[str, float] = ("", 0.0)
        self._sentence = ""
        self._last: Heard | None = None
        self._sound_starts = self._once(_SOUND_STARTS_MS, self._play)
        self._voice_starts = self._once(_VOICE_STARTS_MS, self._say)
        self._cue_asked = self._voice_asked = False
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._tell)

    def on_told(self, take: Callable[[Heard], object]) -> None:
        """Call `take` when something else is known."""
        self.told.connect(take)

    def open(self) -> None:
        """Wake both devices, so that the first test is heard at once."""
        self._open_sound()
        self._open_speech()

    def test_cue(self) -> None:
        """Sound a cue as loud as the settings say."""
        self._open_sound()
        self._cue_asked = True
        if not self._sound_starts.isActive():
            self._play()
        self._tell()

    def test_voice(self, sentence: str) -> None:
        """Say a sentence with the voice that is chosen."""
        self._sentence = sentence
        self._open_speech()
        self._voice_asked = True
        if not self._voice_starts.isActive():
            self._say()
        self._tell()

    def close(self) -> None:
        """Let go of both devices."""
        for timer in (self._look, self._sound_starts, self._voice_starts):
            timer.stop()
        for device in (self._sound, self._speech):
            if device is not None:
                device.close()
        self._sound = self._speech = self._last = None
        self._cue_asked = self._voice_asked = False

    def _once(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(act)
        return timer

    def _open_sound(self) -> None:
        if self._sound is None:
            self._sound = self._desk.surroundings.make_sound(self._desk.settings)
            self._sound_starts.start()
            self._look.start()

    def _open_speech(self) -> None:
        settings = self._desk.settings
        if self._speech is not None and self._voice != _voice_of(settings):
            self._speech.close()
            self._speech = None
        if self._speech is None:
            self._voice = _voice_of(settings)
            self._speech = self._desk.surroundings.make_speech(settings)
            self._voice_starts.start()
            self._look.start()

    def _play(self) -> None:
        if self._sound is not None and self._cue_asked:
            self._cue_asked = False
            self._sound.set_volume(self._desk.settings.volume)
            self._sound.play(CueSound.GET_READY)
            self._tell()

    def _say(self) -> None:
        if self._speech is not None and self._voice_asked:
            self._voice_asked = False
            self._speech.say(self._sentence)
            self._tell()

    def _tell(self) -> None:
        heard = Heard(
            sound=self._sound.trouble if self._sound is not None else None,
            voice=self._speech.trouble if self._speech is not None else None,
            busy=self._cue_asked or self._voice_asked,
        )
        if heard != self._last:
            self._last = heard
            self.told.emit(heard)


def _voice_of(settings: Settings) -> tuple[str, float]:
    return settings.voice_name, settings.voice_rate
