"""From cues to what is heard: the sound at once, and the sentence that fits before the next cue."""

from collections.abc import Mapping
from dataclasses import dataclass

from coach.app.ports import Sound, Speech, Trouble
from coach.app.settings import Settings
from coach.core.routine.exercise import Exercise, Motion
from coach.core.session.cues import Cue, SayNumber, SayTurn
from coach.core.session.sounds import CueSound
from coach.words.session import fitting

# The tones tell the direction: where the body goes down first, so do they.
_TURNED = {CueSound.UP: CueSound.DOWN, CueSound.DOWN: CueSound.UP}


@dataclass(frozen=True, slots=True)
class Told:
    """What the person has not been told of yet, and whether it concerns the voice; no trouble: it is heard again."""

    voice: bool
    trouble: Trouble | None


class Announcer:
    """Sounds and says the cues of one session as the settings want it."""

    def __init__(
        self, sound: Sound | None, speech: Speech | None, known: Mapping[str, Exercise], settings: Settings
    ) -> None:
        self._sound = sound
        self._speech = speech
        self._known = known
        self._settings = settings
        self._told: set[bool] = set()
        self.muted = not settings.sound and not settings.voice
        # Whoever switches the sound on in a session that has neither tones nor voice means the tones.
        self._tones = settings.sound or self.muted

    def announce(self, cue: Cue, exercise: str) -> None:
        """Let a cue be heard."""
        if not self.muted and self._tones and cue.sound is not None and self._sound is not None:
            self._sound.play(self._tone(cue.sound, exercise))
        sentence = self._sentence(cue)
        if sentence and not self.muted and self._speech is not None:
            self._speech.say(sentence)

    def hush(self) -> None:
        """Say nothing more of what is being said."""
        if self._speech is not None:
            self._speech.hush()

    def news(self) -> tuple[Told, ...]:
        """What went wrong with sound or voice since the last time, and what is well again; each is told once."""
        found = []
        for voice, device in ((False, self._sound), (True, self._speech)):
            trouble = device.trouble if device is not None else None
            if (trouble is not None) == (voice in self._told):
                continue
            if trouble is not None:
                self._told.add(voice)
            else:
                self._told.remove(voice)
            found.append(Told(voice, trouble))
        return tuple(found)

    @property
    def trouble(self) -> Trouble | None:
        """Why no tone is heard though it is wanted."""
        return self._sound.trouble if self._tones and self._sound is not None else None

    @property
    def voice_trouble(self) -> Trouble | None:
        """Why no voice is heard though it is wanted."""
        return self._speech.trouble if self._speech is not None else None

    @property
    def hearable(self) -> bool:
        """Whether tones or voice could be heard, were they not switched off."""
        sound = self._sound is not None and self._tones and self._sound.trouble is None
        return sound or (self._speech is not None and self._speech.trouble is None)

    @property
    def settled(self) -> bool:
        """Whether the first cue will be heard, if any will."""
        return self.muted or self._sound is None or self._sound.settled

    @property
    def silent(self) -> bool:
        """Whether the tones are not heard, so that the screen should flash at them."""
        return self.muted or not self._tones or self._sound is None or self._sound.trouble is not None

    def close(self) -> None:
        """Let go of sound and voice."""
        for device in (self._sound, self._speech):
            if device is not None:
                device.close()

    def _tone(self, sound: CueSound, exercise: str) -> CueSound:
        found = self._known.get(exercise)
        return _TURNED.get(sound, sound) if found is not None and found.motion is Motion.LOWER else sound

    def _sentence(self, cue: Cue) -> str | None:
        saying = cue.saying
        if saying is None or not self._settings.voice:
            return None
        counts = isinstance(saying, SayNumber | SayTurn)
        if not (self._settings.say_counts if counts else self._settings.say_steps):
            return None
        return fitting(saying, self._known, cue.room_s, self._settings.voice_rate)
