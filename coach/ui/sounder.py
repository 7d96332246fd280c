"""The helper process that sounds the cues: all ten held ready, and the device kept awake between them."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

from coach.app.ports import TroubleKind
from coach.core.session.sounds import CueSound
from coach.devices.child import NONE, READY
from coach.ui.lines import Lines, tell

_AWAKE_MS = 5 * 60_000
"""Longer than the rests between cues; after it the device may sleep, so an idle window costs no power."""
_LAST_SOUND_MS = 1_000
_LOADED_MS = 5_000


class Sounder(QObject):
    """Sounds a cue within milliseconds of the line that asks for it."""

    def __init__(self, sounds: Path) -> None:
        super().__init__()
        self._greeted = False
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._on_devices)
        self._effects = {cue: self._effect(sounds / f"{cue}.wav") for cue in CueSound}
        self._silence = self._effect(sounds / f"{CueSound.REST}.wav")
        self._silence.setVolume(0.0)
        self._silence.setLoopCount(QSoundEffect.Loop.Infinite.value)
        self._sleep = QTimer(self, singleShot=True, interval=_AWAKE_MS)
        self._sleep.timeout.connect(self._silence.stop)
        self._owner = Lines(self._do)
        self._owner.ended.connect(self._on_ended)
        QTimer.singleShot(_LOADED_MS, self._give_up)
        for effect in (*self._effects.values(), self._silence):
            effect.statusChanged.connect(self._greet)
        self._greet()

    def _effect(self, file: Path) -> QSoundEffect:
        effect = QSoundEffect(self)
        effect.setSource(QUrl.fromLocalFile(str(file)))
        return effect

    def _greet(self) -> None:
        """Say `ready` once every sound is loaded."""
        if self._greeted:
            return
        statuses = {effect.status() for effect in (*self._effects.values(), self._silence)}
        if QSoundEffect.Status.Error in statuses:
            self._refuse("a sound cannot be played on this device")
        elif statuses == {QSoundEffect.Status.Ready}:
            self._greeted = True
            self._stay_awake()
            tell(f"{READY} {self._devices.defaultAudioOutput().description()}")
            self._owner.start()

    def _give_up(self) -> None:
        if not self._greeted:
            self._refuse("the sounds were not loaded in time")

    def _refuse(self, why: str) -> None:
        self._greeted = True
        tell(f"{NONE} {TroubleKind.NO_DEVICE} {why}")
        QCoreApplication.exit(1)

    def _do(self, line: str) -> str:
        match json.loads(line):
            case {"play": str(name)}:
                self._effects[CueSound(name)].play()
            case {"volume": int() | float() as volume}:
                for effect in self._effects.values():
                    effect.setVolume(volume)
        self._stay_awake()
        return "ok"

    def _stay_awake(self) -> None:
        # Without a stream the device falls asleep, and the next cue would be late or lost.
        if not self._silence.isPlaying():
            self._silence.play()
        self._sleep.start()

    def _on_devices(self) -> None:
        device = self._devices.defaultAudioOutput()
        if device.isNull():
            # The owner starts another, which finds a device or says that there is none.
            QCoreApplication.exit(1)
            return
        for effect in (*self._effects.values(), self._silence):
            if effect.audioDevice() != device:
                effect.setAudioDevice(device)

    def _on_ended(self) -> None:
        sounding = any(effect.isPlaying() for effect in self._effects.values())
        QTimer.singleShot(_LAST_SOUND_MS if sounding else 0, QCoreApplication.quit)


def main() -> int:
    """Run until the owner closes the pipe; the last argument is the folder of the sounds."""
    app = QCoreApplication(sys.argv[:1])
    if QMediaDevices.defaultAudioOutput().isNull():
        tell(f"{NONE} {TroubleKind.NO_DEVICE} no output device")
        return 1
    sounder = Sounder(Path(sys.argv[-1]))
    status = app.exec()
    del sounder
    return status
