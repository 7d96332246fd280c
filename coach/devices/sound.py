"""The cue sounds: a helper process that holds them ready, and playsound3 where that cannot sound."""

import json
from pathlib import Path
from threading import Lock

from coach.app.ports import Clock, Trouble, TroubleKind
from coach.core.session.sounds import CueSound
from coach.devices.child import NO_DEVICE, READY, Child, reason
from coach.devices.player import PlayerProcess
from coach.devices.playsound import LATE_S, gain

_START_S = 8.0
"""Longer than any start of the helper seen on a loaded machine."""
_ANSWER_S = 2.0
_DUMMY = Trouble(TroubleKind.NO_DEVICE, "the sound server has no device")


class CueSounds:
    """`ports.Sound`: first the helper process, then, when it is missing, hangs or dies twice, playsound3.

    `command` starts the helper, `second` the one that starts players; the folder of the sounds is added to both.
    """

    def __init__(
        self, command: tuple[str, ...], second: tuple[str, ...], sounds: Path, volume: int, *, clock: Clock
    ) -> None:
        self._second_command = second
        self._sounds = sounds
        self._volume = volume
        self._clock = clock
        self._lock = Lock()
        self._waiting: tuple[CueSound, float] | None = None
        self._why: Trouble | None = None
        self._second: PlayerProcess | None = None
        self._closed = False
        self._first = Child(
            (*command, str(sounds)), clock=clock, on_greeting=self._on_greeting, on_end=self._take_second
        )
        self._first.start()

    @property
    def settled(self) -> bool:
        """Whether it is known who sounds the cues; a cue asked for well before that is dropped."""
        return self._first.ready or self._second is not None

    @property
    def fell_back(self) -> bool:
        """Whether playsound3 sounds the cues."""
        return self._second is not None

    @property
    def starts(self) -> int:
        """How often the helper was started."""
        return self._first.starts

    @property
    def trouble(self) -> Trouble | None:
        """Why nothing is sounded, once known; asked at every tick."""
        if self._second is None:
            self._end_if_hung()
            return _DUMMY if self._first.answer == NO_DEVICE else None
        if self._second.trouble is not None and self._why is not None:
            # What the helper saw is nearer to the cause than a missing second player.
            return self._why if self._why.kind is TroubleKind.NO_DEVICE else self._second.trouble
        if self._second.trouble is None and self._second.proven:
            return None
        return self._second.trouble or self._why

    def play(self, cue: CueSound) -> None:
        """Sound the cue at once; without a device do nothing. Never waits, never raises."""
        if self._second is not None:
            self._second.play(cue)
            return
        with self._lock:
            if not self._first.send(json.dumps({"play": cue})):
                self._waiting = cue, self._clock()
        self._end_if_hung()

    def set_volume(self, percent: int) -> None:
        """Set the loudness of what follows, 0 to 100."""
        self._volume = percent
        self._first.send(json.dumps({"volume": gain(percent)}))
        if self._second is not None:
            self._second.set_volume(percent)

    def close(self) -> None:
        """Let go of the device."""
        with self._lock:
            self._closed = True
        self._first.close()
        if self._second is not None:
            self._second.close()

    def _end_if_hung(self) -> None:
        if self._first.waiting_s() > (_ANSWER_S if self._first.ready else _START_S):
            self._first.kill()

    def _on_greeting(self, greeting: str) -> None:
        if not greeting.startswith(READY):
            self._why = reason(greeting, TroubleKind.NO_PLAYER)
            self._take_second()
            return
        self._first.send(json.dumps({"volume": gain(self._volume)}))
        with self._lock:
            if self._waiting is not None and self._clock() - self._waiting[1] < LATE_S:
                self._first.send(json.dumps({"play": self._waiting[0]}))
            self._waiting = None

    def _take_second(self) -> None:
        with self._lock:
            if self._closed or self._second is not None:
                return
            self._second = PlayerProcess(self._second_command, self._sounds, self._volume, clock=self._clock)
            if self._waiting is not None and self._clock() - self._waiting[1] < LATE_S:
                self._second.play(self._waiting[0])
