"""playsound3 in a helper process of its own: starting a player for a cue holds up whoever does it for 20 ms."""

import json
import os
from pathlib import Path
from sys import argv
from typing import Any

from coach.app.ports import Clock, Trouble, TroubleKind
from coach.core.session.sounds import CueSound
from coach.devices.child import READY, Child, lines
from coach.devices.playsound import LATE_S, PlaysoundSound

_ANSWER_S = 2.0
_START_S = 8.0
_LOOK_S = 0.25
_STDIN, _STDOUT = 0, 1


class PlayerProcess:
    """`ports.Sound` on playsound3 in a process of its own; `command` starts it, the folder of the sounds is added."""

    def __init__(self, command: tuple[str, ...], sounds: Path, volume: int, *, clock: Clock) -> None:
        self._volume = volume
        self._clock = clock
        self._ended: Trouble | None = None
        self._looked = clock()
        self._waiting: tuple[CueSound, float] | None = None
        self._child = Child((*command, str(sounds)), clock=clock, on_greeting=self._on_greeting, on_end=self._on_end)
        self._child.start()

    @property
    def trouble(self) -> Trouble | None:
        """Why nothing is sounded, once known."""
        self._look()
        kind = self._told().get("trouble")
        told = Trouble(TroubleKind(kind), str(self._told().get("detail", ""))) if kind else None
        return self._ended or told

    @property
    def settled(self) -> bool:
        """Whether a player was found and tried, or none was found."""
        return self.proven or self.trouble is not None

    @property
    def proven(self) -> bool:
        """Whether a player that reports failures has played to its end."""
        self._look()
        return bool(self._told().get("proven")) and self._ended is None

    def play(self, cue: CueSound) -> None:
        """Sound the cue at once; without a device do nothing. Never waits, never raises."""
        if not self._child.send(json.dumps({"play": cue})):
            self._waiting = cue, self._clock()
        self._end_if_hung()

    def set_volume(self, percent: int) -> None:
        """Set the loudness of what follows, 0 to 100."""
        self._volume = percent
        self._child.send(json.dumps({"volume": percent}))

    def close(self) -> None:
        """Let the last sound end, then the process goes."""
        self._child.close()

    def _told(self) -> dict[str, Any]:
        try:
            told = json.loads(self._child.answer or "{}")
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}

    def _look(self) -> None:
        """Ask how it stands, now and then."""
        if self._child.ready and self._clock() - self._looked >= _LOOK_S:
            self._looked = self._clock()
            self._child.send("{}")
        self._end_if_hung()

    def _end_if_hung(self) -> None:
        if self._child.waiting_s() > (_ANSWER_S if self._child.ready else _START_S):
            self._child.kill()

    def _on_greeting(self, greeting: str) -> None:
        if greeting.startswith(READY):
            self._child.send(json.dumps({"volume": self._volume}))
            if self._waiting is not None and self._clock() - self._waiting[1] < LATE_S:
                self._child.send(json.dumps({"play": self._waiting[0]}))
        self._waiting = None

    def _on_end(self) -> None:
        self._ended = self._ended or Trouble(TroubleKind.NO_PLAYER, "the helper that starts players has ended")


def main(clock: Clock) -> int:
    """Run until the owner closes the pipe; the last argument is the folder of the sounds."""
    sound = PlaysoundSound(Path(argv[-1]), 100, clock=clock)
    _tell(READY)
    for line in lines(_STDIN):
        match json.loads(line):
            case {"play": str(name)}:
                sound.play(CueSound(name))
            case {"volume": int(percent)}:
                sound.set_volume(percent)
        trouble = sound.trouble
        kind, detail = (trouble.kind, trouble.detail) if trouble else (None, "")
        _tell(json.dumps({"proven": sound.proven, "trouble": kind, "detail": detail}))
    sound.close()
    sound.join()
    return 0


def _tell(line: str) -> None:
    try:
        os.write(_STDOUT, line.encode() + b"\n")
    except OSError:  # the owner is gone; the loop ends with its pipe
        return
