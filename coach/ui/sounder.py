"""The helper process that sounds the cues: all ten held ready, and the device kept awake between them."""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

from coach.app.ports import TroubleKind
from coach.core.session.sounds import CueSound
from coach.devices.child import NO_DEVICE, NONE, READY
from coach.ui.lines import Lines, leave, tell

_STIR_MS = 3_000
"""Sound servers put a device to sleep after five silent seconds; the next cue would be late, or lost."""
_STIRS = 100
"""Five minutes, more than most rests. An idle window then lets the device sleep, and costs no power."""
_LAST_SOUND_MS = 1_000
_PROOF_MS = 4_000
"""Within this time a sound comes to its end, unless each is cut off by the next."""
_PROBE_MS = 1_500
_LOADED_MS = 5_000
_DUMMY = b"auto_null"
"""What PulseAudio and PipeWire put in the place of the last device that was pulled out."""


class Sounder(QObject):
    """Sounds a cue within milliseconds of the line that asks for it; a new sound ends the one before.

    One at a time because of Qt 6.11.3: when one of two sounds ends, its notifier is sometimes destroyed on the audio
    thread, and the Qt loop then spins on a closed file (within seconds when sounds overlap, never in about 1,000 that
    did not). May go when `tests/devices/test_sound.py` passes without it.
    """

    def __init__(self, sounds: Path) -> None:
        super().__init__()
        self._greeted = False
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._on_devices)
        self._effects = {cue: self._effect(sounds / f"{cue}.wav") for cue in CueSound}
        self._silence = self._effect(sounds / f"{CueSound.TICK}.wav")
        self._silence.setVolume(0.0)
        self._stirs_left = _STIRS
        self._stirring = QTimer(self, interval=_STIR_MS)
        self._stirring.timeout.connect(self._stir)
        self._replacing = False
        self._probing = False
        self._proof_due = QTimer(self, singleShot=True)
        self._proof_due.timeout.connect(self._on_no_proof)
        self._owner = Lines(self._do)
        self._owner.ended.connect(self._on_ended)
        QTimer.singleShot(_LOADED_MS, self._give_up)
        for effect in self._all():
            effect.statusChanged.connect(self._greet)
            effect.playingChanged.connect(self._on_playing)
        self._greet()

    def _effect(self, file: Path) -> QSoundEffect:
        effect = QSoundEffect(self)
        effect.setSource(QUrl.fromLocalFile(str(file)))
        return effect

    def _all(self) -> tuple[QSoundEffect, ...]:
        return (*self._effects.values(), self._silence)

    def _greet(self) -> None:
        """Say `ready` once every sound is loaded."""
        if self._greeted:
            return
        statuses = {effect.status() for effect in self._all()}
        if QSoundEffect.Status.Error in statuses:
            self._refuse("a sound cannot be played on this device")
        elif statuses == {QSoundEffect.Status.Ready}:
            self._greeted = True
            self._play(self._silence)  # the first sound of a run may be lost
            self._stirring.start()
            tell(f"{READY} {self._devices.defaultAudioOutput().description()}")
            self._owner.start()

    def _give_up(self) -> None:
        if not self._greeted:
            self._refuse("the sounds were not loaded in time")

    def _refuse(self, why: str) -> None:
        self._greeted = True
        tell(f"{NONE} {TroubleKind.NO_DEVICE} {why}")
        leave(1)

    def _do(self, line: str) -> str:
        match json.loads(line):
            case {"play": str(name)}:
                self._play(self._effects[CueSound(name)])
            case {"volume": int() | float() as volume}:
                for effect in self._effects.values():
                    effect.setVolume(volume)
        self._stirs_left = _STIRS
        self._stirring.start()
        return NO_DEVICE if self._devices.defaultAudioOutput().id() == _DUMMY else "ok"

    def _play(self, effect: QSoundEffect) -> None:
        if not self._probing:
            self._replace(effect)
            if not self._proof_due.isActive():
                self._proof_due.start(_PROOF_MS)

    def _replace(self, effect: QSoundEffect) -> None:
        self._replacing = True
        for other in self._all():
            if other.isPlaying():
                other.stop()
        self._replacing = False
        effect.play()

    def _on_playing(self) -> None:
        """Take a sound that came to its end as the proof that the device works."""
        if not self._replacing and not any(effect.isPlaying() for effect in self._all()):
            self._probing = False
            self._proof_due.stop()

    def _on_no_proof(self) -> None:
        """Try with silence, then let the owner start another: Qt does not tell when the last device goes."""
        if self._probing:
            leave(1)
            return
        self._probing = True
        self._replace(self._silence)
        self._proof_due.start(_PROBE_MS)

    def _stir(self) -> None:
        """Play silence, so that the device stays awake."""
        self._stirs_left -= 1
        if self._stirs_left <= 0:
            self._stirring.stop()
        elif not self._is_sounding():
            self._play(self._silence)

    def _is_sounding(self) -> bool:
        return any(effect.isPlaying() for effect in self._effects.values())

    def _on_devices(self) -> None:
        device = self._devices.defaultAudioOutput()
        if device.isNull():
            # The owner starts another, which finds a device or says that there is none.
            leave(1)
            return
        for effect in self._all():
            if effect.audioDevice() != device:
                effect.setAudioDevice(device)

    def _on_ended(self) -> None:
        QTimer.singleShot(_LAST_SOUND_MS if self._is_sounding() else 0, QCoreApplication.quit)


def _on_message(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """End at once when Qt has lost its notifier (see `Sounder`): the owner starts another within half a second."""
    if "from another thread" in message:
        os._exit(1)


def main() -> int:
    """Run until the owner closes the pipe; the last argument is the folder of the sounds."""
    qInstallMessageHandler(_on_message)
    app = QCoreApplication(sys.argv[:1])
    if QMediaDevices.defaultAudioOutput().isNull():
        tell(f"{NONE} {TroubleKind.NO_DEVICE} no output device")
        return 1
    sounder = Sounder(Path(sys.argv[-1]))
    status = app.exec()
    del sounder
    return status
