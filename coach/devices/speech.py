"""The voice: a helper process that holds the speech engine."""

import json
import subprocess
from dataclasses import dataclass
from threading import Lock

from coach.app.ports import Clock, Trouble, TroubleKind
from coach.devices.child import READY, Child, reason

_READY_S = 6.0
"""After this the person is told; a voice that comes later is still welcome, up to the next limit."""
_HUNG_S = 30.0
_ANSWER_S = 6.0
_LATE_S = 0.25
_LONGEST = 1_000
"""Characters; no sentence of a session is near it, and no more fits unread into the pipe."""


class ChildSpeech:
    """`ports.Speech` on a helper process; a sentence that could not be said at once is dropped."""

    def __init__(
        self,
        command: tuple[str, ...],
        *,
        rate: float = 0.0,
        volume: int = 100,
        voice: str | None = None,
        clock: Clock,
    ) -> None:
        self._manner = _manner(rate, volume, voice)
        self._clock = clock
        self._lock = Lock()
        self._waiting: tuple[str, float] | None = None
        self._trouble: Trouble | None = None
        self._closed = False
        self._child = Child(command, clock=clock, on_greeting=self._on_greeting, on_end=self._on_end)
        self._child.start()

    @property
    def settled(self) -> bool:
        """Whether it is known if there is a voice; a sentence said well before that is dropped."""
        return self._child.ready or self._trouble is not None

    @property
    def trouble(self) -> Trouble | None:
        """Why nothing is said, once known; asked at every tick."""
        self._end_if_hung()
        if self._trouble is None and not self._child.ready and self._child.waiting_s() > _READY_S:
            return Trouble(TroubleKind.SILENT, "the voice did not start in time")
        return self._trouble

    def say(self, sentence: str) -> None:
        """Say the sentence now, in place of what is being said. Never waits, never raises."""
        with self._lock:
            if not self._child.send(_say(sentence)):
                self._waiting = sentence, self._clock()
        self._end_if_hung()

    def hush(self) -> None:
        """Stop in mid-word."""
        with self._lock:
            self._waiting = None
        self._child.send(json.dumps({"hush": True}))

    def set_manner(self, *, rate: float, volume: int, voice: str | None) -> None:
        """Set how the next sentence is said: rate −1 to 1, volume 0 to 100, a voice by its name."""
        self._manner = _manner(rate, volume, voice)
        self._child.send(self._manner)

    def close(self) -> None:
        """Let go of the engine."""
        self._closed = True
        self._child.close()

    def _end_if_hung(self) -> None:
        if self._child.waiting_s() > (_ANSWER_S if self._child.ready else _HUNG_S):
            self._child.kill()

    def _on_greeting(self, greeting: str) -> None:
        if not greeting.startswith(READY):
            self._trouble = reason(greeting, TroubleKind.NO_ENGINE)
            return
        self._child.send(self._manner)
        with self._lock:
            if self._waiting is not None and self._clock() - self._waiting[1] < _LATE_S:
                self._child.send(_say(self._waiting[0]))
            self._waiting = None

    def _on_end(self) -> None:
        if self._trouble is None and not self._closed:
            self._trouble = Trouble(TroubleKind.SILENT, "the voice ended")


def _say(sentence: str) -> str:
    return json.dumps({"say": sentence[:_LONGEST]}, ensure_ascii=False)


def _manner(rate: float, volume: int, voice: str | None) -> str:
    manner: dict[str, object] = {"rate": min(1.0, max(-1.0, rate)), "volume": min(100, max(0, volume)) / 100}
    return json.dumps(manner if voice is None else {**manner, "voice": voice})


@dataclass(frozen=True, slots=True)
class Voices:
    """What can speak here: the engines, the names of the English voices (plain ones first), and the one in use."""

    engines: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    voice: str = ""
    trouble: Trouble | None = None


def voices(command: tuple[str, ...], *, timeout_s: float = 10.0) -> Voices:
    """Ask a helper of its own what can speak; takes up to the timeout, never raises."""
    try:
        done = subprocess.run(
            command,
            input=b'{"voices": true}\n',
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout_s,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return Voices(trouble=Trouble(TroubleKind.SILENT, repr(error)))
    greeting, *answers = done.stdout.decode("utf-8", "replace").splitlines() or [""]
    if not greeting.startswith(READY) or not answers:
        return Voices(trouble=reason(greeting, TroubleKind.SILENT))
    found = json.loads(answers[0])
    names = dict.fromkeys(voice["name"] for voice in found["voices"])
    return Voices(tuple(found["engines"]), tuple(names), found["voice"])
