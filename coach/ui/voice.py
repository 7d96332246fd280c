"""The helper process that speaks: its engine may take seconds to start, or hang, and here it holds up nobody."""

import faulthandler
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer
from PySide6.QtTextToSpeech import QTextToSpeech, QVoice

from coach.app.ports import TroubleKind
from coach.devices.child import NONE, READY
from coach.ui.lines import Lines, leave, tell

_SILENT_ENGINE = "mock"
"""Always there, looks fine, says nothing."""
_HUNG_S = 30.0
_READY_MS = 3_000
_ENGLISH = ("en_GB", "en_US")


class Voice(QObject):
    """Says one sentence at a time; a new one ends the one before."""

    def __init__(self, engine: str) -> None:
        super().__init__()
        self._greeted = False
        self._tts = QTextToSpeech(engine, self)
        self._tts.stateChanged.connect(self._on_state)
        self._owner = Lines(self._do)
        self._owner.ended.connect(QCoreApplication.quit)
        QTimer.singleShot(_READY_MS, self._give_up)
        self._on_state(self._tts.state())

    def _on_state(self, state: QTextToSpeech.State) -> None:
        if self._greeted and state is QTextToSpeech.State.Error:
            leave(1)  # the owner starts another, which starts the engine again
        elif not self._greeted and state is QTextToSpeech.State.Ready:
            self._greeted = True
            self._speak_english()
            tell(f"{READY} {json.dumps({'engine': self._tts.engine(), 'voice': self._tts.voice().name()})}")
            self._owner.start()

    def _give_up(self) -> None:
        if not self._greeted:
            self._greeted = True
            tell(f"{NONE} {TroubleKind.NO_ENGINE} {self._tts.engine()}: {self._tts.errorString()}")
            leave(1)

    def _do(self, line: str) -> str:
        match json.loads(line):
            case {"say": str(sentence)}:
                self._hush()
                self._tts.say(sentence)
            case {"hush": True}:
                self._hush()
            case {"voices": True}:
                return json.dumps(self._lists())
            case dict(manner):
                self._adopt(manner)
        return "ok"

    def _hush(self) -> None:
        self._tts.stop(QTextToSpeech.BoundaryHint.Immediate)

    def _adopt(self, manner: dict[str, object]) -> None:
        match manner:
            case {"locale": str(name)}:
                self._tts.setLocale(QLocale(name))
        match manner:
            case {"voice": str(name)}:
                self._take_voice(name)
        match manner:
            case {"rate": int() | float() as rate}:
                self._tts.setRate(rate)
        match manner:
            case {"volume": int() | float() as volume}:
                self._tts.setVolume(volume)

    def _speak_english(self) -> None:
        there = [locale.name() for locale in self._english()]
        best = [QLocale.system().name(), *_ENGLISH, *there]
        chosen = next((name for name in best if name in there), None)
        if chosen is not None:
            self._tts.setLocale(QLocale(chosen))

    def _english(self) -> list[QLocale]:
        return [each for each in self._tts.availableLocales() if each.language() is QLocale.Language.English]

    def _take_voice(self, name: str) -> None:
        for voice in self._voices():
            if voice.name() == name:
                self._tts.setVoice(voice)
                return

    def _voices(self) -> Iterable[QVoice]:
        """Yield the English voices, those of the present locale first."""
        yield from self._tts.availableVoices()
        for locale in self._english():
            if locale != self._tts.locale():
                yield from self._tts.allVoices(locale)

    def _lists(self) -> dict[str, object]:
        # speech-dispatcher offers each voice a hundred times over, as "name+variant": the plain ones come first.
        voices = sorted(self._voices(), key=lambda voice: "+" in voice.name())
        return {
            "engines": engines(),
            "engine": self._tts.engine(),
            "voice": self._tts.voice().name(),
            "locales": [locale.name() for locale in self._english()],
            "voices": [{"name": voice.name(), "locale": voice.locale().name()} for voice in voices],
        }


def engines() -> list[str]:
    """Return the engines that can be heard."""
    return [name for name in QTextToSpeech.availableEngines() if name != _SILENT_ENGINE]


def main() -> int:
    """Run until the owner closes the pipe."""
    app = QCoreApplication(sys.argv[:1])
    found = engines()
    if not found:
        tell(f"{NONE} {TroubleKind.NO_ENGINE} no speech engine but the silent one")
        return 1
    # A hung speech daemon holds the constructor, and that the interpreter: only this watch still ends the process.
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(_HUNG_S, exit=True, file=nowhere)
        voice = Voice(found[0])
        faulthandler.cancel_dump_traceback_later()
    status = app.exec()
    del voice
    return status
