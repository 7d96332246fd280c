"""The cue sounds through playsound3: for each cue one player process of the system."""

import array
import logging
import os
import shutil
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

from coach.app.ports import Clock, Trouble, TroubleKind
from coach.core.session.sounds import CueSound

if TYPE_CHECKING:
    from playsound3.playsound3 import PopenLike

LATE_S = 0.25
"""A cue that waited longer than this is dropped: it would mark the wrong instant."""
_LOOK_S = 0.05
"""So often the players that run are looked at: one that fails does so at once, and the next may still be in time."""
_NEVER_LATE = float("inf")
_MOST_AT_ONCE = 8
_RETRY_S = 5.0
"""Where the best player has failed it is not started for each cue: so long after it another try is made. Until then the
next one plays, if there is one."""
_LAST_SOUND_S = 1.0


def gain(percent: int) -> float:
    """Return the factor on the samples; squared, because half the amplitude is heard as far more than half."""
    return (min(100, max(0, percent)) / 100) ** 2


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the thread should do: sound the cue, or without one look at the volume."""

    cue: CueSound | None
    at: float


@dataclass(frozen=True, slots=True)
class _Player:
    backend: str
    process: "PopenLike"
    file: Path
    asked_at: float


class PlaysoundSound:
    """`ports.Sound` on playsound3, which is imported, asked and fed on a thread of its own."""

    def __init__(self, sounds: Path, volume: int, *, clock: Clock) -> None:
        self._sounds = sounds
        self._volume = volume
        self._clock = clock
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._trouble: Trouble | None = None
        self._proven = False
        self._players: list[_Player] = []
        self._backends: list[str] = []
        self._failed_at = float("-inf")
        self._thread = Thread(target=self._run, name="playsound", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> Trouble | None:
        """Why nothing is sounded, once known."""
        return self._trouble

    @property
    def settled(self) -> bool:
        """Whether a player was found and tried, or none was found."""
        return self._proven or self._trouble is not None

    @property
    def proven(self) -> bool:
        """Whether a player that reports failures has played to its end."""
        return self._proven

    def play(self, cue: CueSound) -> None:
        """Sound the cue at once; without a device do nothing. Never waits, never raises."""
        self._asked.put(_Asked(cue, self._clock()))

    def set_volume(self, percent: int) -> None:
        """Set the loudness of what follows, 0 to 100."""
        self._volume = percent
        self._asked.put(_Asked(None, self._clock()))

    def close(self) -> None:
        """Let the last sound end, then the thread and its folder go."""
        self._asked.put(None)

    def join(self) -> None:
        """Wait for that end."""
        self._thread.join()

    def _run(self) -> None:
        try:
            with TemporaryDirectory(prefix="coach-sounds-", ignore_cleanup_errors=True) as folder:
                try:
                    self._serve(Path(folder))
                finally:
                    self._finish()
        except Exception as error:  # noqa: BLE001  a foreign import, a broken player, a full disk: all the same here
            self._trouble = Trouble(TroubleKind.NO_PLAYER, repr(error))

    def _serve(self, folder: Path) -> None:
        logging.getLogger("playsound3").addHandler(logging.NullHandler())  # else its warnings go to stderr
        self._backends = _backends()
        if not self._backends:
            self._trouble = Trouble(TroubleKind.NO_PLAYER, "playsound3 found no player program")
            return
        # The first sound of a run may be lost, and a player that fails says so here, before a cue is missed.
        silent = folder / "silent.wav"
        _scale(self._sounds / f"{CueSound.TICK}.wav", silent, 0.0)
        self._start(silent, _NEVER_LATE)
        while True:
            self._look()
            copies = _copies(self._sounds, folder, self._volume)
            try:
                asked = self._asked.get(timeout=_LOOK_S if self._players else None)
            except Empty:
                continue
            if asked is None:
                return
            if asked.cue is not None and self._volume > 0:
                self._start(copies / f"{asked.cue}.wav", asked.at)

    def _start(self, file: Path, asked_at: float) -> None:
        """Start the best player that did not fail just now, unless it is too late."""
        from playsound3 import playsound

        now = self._clock()
        to_try = self._backends if now - self._failed_at >= _RETRY_S else self._backends[1:]
        if to_try and now - asked_at < LATE_S:
            started = playsound(file, block=False, backend=to_try[0])
            self._players.append(_Player(to_try[0], started.subprocess, file, asked_at))

    def _look(self) -> None:
        """Take note of the players that have ended, and end those that hang."""
        players, self._players = self._players, []
        for player in players:
            status = player.process.poll()
            if status is None:
                self._players.append(player)
            else:
                self._judge(player, status)
        hung, self._players = self._players[:-_MOST_AT_ONCE], self._players[-_MOST_AT_ONCE:]
        for player in hung:  # what is ended here has not failed by itself
            player.process.terminate()

    def _judge(self, player: _Player, status: int) -> None:
        best = player.backend == self._backends[0]
        if status == 0:
            # gst-play and ffplay end with 0 even where there is no device: what a better one said of it holds.
            self._proven = self._proven or player.backend == "alsa"
            self._trouble = None if best else self._trouble
        elif best:
            self._trouble = Trouble(TroubleKind.NO_DEVICE, f"the player {player.backend} ended with {status}")
            self._failed_at = self._clock()
            self._start(player.file, player.asked_at)

    def _finish(self) -> None:
        # The players are bound to this thread: they would be cut off with its end.
        until = self._clock() + _LAST_SOUND_S
        for player in self._players:
            while player.process.poll() is None and self._clock() < until:
                sleep(0.02)
            player.process.terminate()
            player.process.wait()


def _backends() -> list[str]:
    """Return playsound3's names of the players to try, best first."""
    from playsound3 import DEFAULT_BACKEND

    found = [DEFAULT_BACKEND] if DEFAULT_BACKEND else []
    # aplay sounds sooner than gst-play and says when it fails; playsound3 passes it over where mpg123 is missing,
    # which only MP3 needs.
    if sys.platform == "linux" and shutil.which("aplay") and "PLAYSOUND3_BACKEND" not in os.environ:
        found = ["alsa", *(name for name in found if name != "alsa")]
    return found


def _copies(sounds: Path, folder: Path, volume: int) -> Path:
    """Return the folder of the sounds at this volume; make it if it is not there."""
    made = folder / str(volume)
    if not made.is_dir():
        half_made = folder / "new"
        half_made.mkdir(exist_ok=True)
        for cue in CueSound:
            _scale(sounds / f"{cue}.wav", half_made / f"{cue}.wav", gain(volume))
        half_made.rename(made)
    return made


def _scale(source: Path, target: Path, factor: float) -> None:
    with wave.open(str(source), "rb") as file:
        form, data = file.getparams(), file.readframes(file.getnframes())
    with wave.open(str(target), "wb") as file:
        file.setparams(form)
        file.writeframes(data if factor == 1 else _scaled(data, factor))


def _scaled(data: bytes, factor: float) -> bytes:
    samples = array.array("h", data)
    if sys.byteorder == "big":
        samples.byteswap()
    samples = array.array("h", [round(value * factor) for value in samples])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()
