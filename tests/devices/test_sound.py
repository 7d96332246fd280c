"""Cues are heard, through the helper or through playsound3; and where nothing can be heard, nothing is held up."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from coach.app.ports import Clock, TroubleKind
from coach.core.session.sounds import CueSound
from coach.devices.player import PlayerProcess
from coach.devices.playsound import PlaysoundSound
from coach.devices.sound import CueSounds
from tests.devices.hearing import Ears, Server, wait_until
from tests.fakes import FakeClock

SOUNDS = Path(__file__).resolve().parents[2] / "assets" / "sounds"
SOUNDER = (sys.executable, "-c", "from coach.ui.sounder import main; raise SystemExit(main())")
PLAYER = (sys.executable, "-c", "import time; from coach.devices.player import main; main(time.monotonic)")
NOWHERE = ("/nonexistent/helper",)
DEVICES = ["helper", "playsound3"]
Fake = Callable[[str], tuple[str, ...]]


class Maker:
    """Makes the adapters that a test needs, and closes them after it."""

    def __init__(self) -> None:
        self.made: list[CueSounds | PlayerProcess] = []

    def cue_sounds(self, command: tuple[str, ...], volume: int = 100, clock: Clock = time.monotonic) -> CueSounds:
        sound = CueSounds(command, PLAYER, SOUNDS, volume, clock=clock)
        self.made.append(sound)
        return sound

    def playsound(self, volume: int = 100) -> PlayerProcess:
        sound = PlayerProcess(PLAYER, SOUNDS, volume, clock=time.monotonic)
        self.made.append(sound)
        return sound

    def settled(self, device: str) -> CueSounds | PlayerProcess:
        """Make one of the two and wait until it knows what it can do."""
        if device == "helper":
            cues = self.cue_sounds(SOUNDER)
            wait_until(lambda: cues.settled, 20)
            return cues
        players = self.playsound()
        wait_until(lambda: players.proven or players.trouble is not None, 20)
        return players


@pytest.fixture
def make() -> Iterator[Maker]:
    maker = Maker()
    yield maker
    for sound in maker.made:
        sound.close()


def hear_next(sound: CueSounds | PlayerProcess, cue: CueSound, ears: Ears) -> float:
    """Play the cue, wait until it was heard and has ended, return its peak."""
    played = time.monotonic()
    sound.play(cue)
    wait_until(lambda: ears.last_loud() > played)
    wait_until(lambda: ears.blocks[-1][0] - ears.last_loud() > 0.3)
    return ears.peak(since=played)


def hear_once_it_plays(sound: CueSounds, cue: CueSound, ears: Ears) -> None:
    """Play the cue until it is heard: one that a player that has just been started would sound late is left out."""
    began = time.monotonic()
    again = began

    def heard() -> bool:
        nonlocal again
        if time.monotonic() >= again:
            sound.play(cue)
            again += 1.0
        return ears.last_loud() > began

    wait_until(heard, 30)


def assert_holds_up_nobody(call: Callable[[], object], times: int) -> None:
    """Fail if calls are slow; one among many may be, where the machine has other work."""
    durations = []
    for _ in range(times):
        began = time.monotonic()
        call()
        durations.append(time.monotonic() - began)
    assert statistics.median(durations) < 0.01
    assert max(durations) < 0.5


@pytest.mark.parametrize("device", DEVICES)
def test_every_cue_is_heard(make: Maker, device: str, ears: Ears) -> None:
    sound = make.settled(device)

    peaks = [hear_next(sound, cue, ears) for cue in CueSound]

    assert min(peaks) > 0.2
    assert sound.trouble is None
    assert not isinstance(sound, CueSounds) or not sound.fell_back


@pytest.mark.parametrize("device", DEVICES)
def test_the_volume_is_heard(make: Maker, device: str, ears: Ears) -> None:
    sound = make.settled(device)
    loud = hear_next(sound, CueSound.REST, ears)

    sound.set_volume(50)
    soft = hear_next(sound, CueSound.REST, ears)

    assert soft == pytest.approx(loud / 4, rel=0.1)


def test_cues_that_run_into_each_other_do_not_end_the_helper(make: Maker, ears: Ears) -> None:
    sound = make.cue_sounds(SOUNDER)
    wait_until(lambda: sound.settled, 20)

    for count in range(120):
        sound.play((CueSound.REST, CueSound.TICK, CueSound.UP, CueSound.TICK)[count % 4])
        play_next_at = time.monotonic() + 0.05 + count * 0.0618 % 0.1
        wait_until(partial(is_over, play_next_at))

    hear_next(sound, CueSound.UP, ears)
    assert sound.starts == 1
    assert not sound.fell_back


def is_over(instant: float) -> bool:
    return time.monotonic() >= instant


def test_the_last_cue_is_heard_to_its_end_after_close(make: Maker, ears: Ears) -> None:
    sound = make.settled("helper")
    began = time.monotonic()
    sound.play(CueSound.SESSION_DONE)
    wait_until(lambda: ears.peak(since=began) > 0.2)

    sound.close()

    wait_until(lambda: ears.last_loud() - ears.onsets(since=began)[0] > 0.7)


@pytest.mark.parametrize("device", DEVICES)
def test_without_a_device_it_says_so_and_holds_up_nobody(make: Maker, device: str, no_device: None) -> None:
    sound = make.settled(device)

    assert_holds_up_nobody(lambda: sound.play(CueSound.TICK), 50)

    wait_until(lambda: sound.trouble is not None)
    assert sound.trouble is not None
    assert sound.trouble.kind is TroubleKind.NO_DEVICE


def test_without_a_device_players_are_tried_now_and_then_not_for_every_cue(
    make: Maker, no_device: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = tmp_path / "tries"
    failing = tmp_path / "bin" / "aplay"
    failing.parent.mkdir()
    failing.write_text(f'#!/bin/sh\n[ "$1" = --version ] && exit 0\necho try >> {tries}\nexit 1\n')
    failing.chmod(0o700)
    monkeypatch.setenv("PATH", f"{failing.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("coach.devices.playsound._backends", lambda: ["alsa"])
    sound = PlaysoundSound(SOUNDS, 100, clock=FakeClock())
    wait_until(lambda: sound.trouble is not None and sound.trouble.kind is TroubleKind.NO_DEVICE)

    for _ in range(20):
        sound.play(CueSound.TICK)
    sound.close()
    sound.join()

    assert tries.read_text().count("try") == 1


def test_a_player_that_cannot_tell_plays_on_but_what_the_better_one_said_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = tmp_path / "played"
    for name, does in (("aplay", "exit 1"), ("ffplay", f'echo "$5" >> {played}')):
        script = tmp_path / name
        script.write_text(f'#!/bin/sh\ncase "$*" in *.wav) {does} ;; esac\n')
        script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr("coach.devices.playsound._backends", lambda: ["alsa", "ffplay"])
    sound = PlaysoundSound(SOUNDS, 100, clock=time.monotonic)
    wait_until(lambda: sound.trouble is not None)

    for number in range(1, 4):
        sound.play(CueSound.TICK)
        wait_until(lambda number=number: played.exists() and played.read_text().count("tick") == number)  # type: ignore[misc]

    assert sound.trouble is not None
    assert sound.trouble.kind is TroubleKind.NO_DEVICE
    assert not sound.proven
    sound.close()
    sound.join()


def test_playsound3_finds_a_device_that_is_back(make: Maker, pulse: Server) -> None:
    pulse.unload_sink()
    sound = make.playsound()
    wait_until(lambda: sound.trouble is not None, 20)

    pulse.load_sink()

    with Ears(pulse.env) as ears:
        played = [time.monotonic()]
        wait_until(lambda: heard_of_a_cue_a_second(sound, played, ears), 30)
        # Another player may have sounded it, which could not tell; the one that can is tried again meanwhile.
        wait_until(lambda: heard_of_a_cue_a_second(sound, played, ears) and sound.trouble is None, 20)


def heard_of_a_cue_a_second(sound: PlayerProcess, played: list[float], ears: Ears) -> bool:
    """Play a cue where the last one is a second ago, as a session does; tell whether one was heard."""
    if time.monotonic() - played[-1] > 1.0:
        sound.play(CueSound.UP)
        played.append(time.monotonic())
    return ears.last_loud() > played[0]


def test_without_any_player_it_says_so(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    sound = make.cue_sounds(NOWHERE)

    wait_until(lambda: sound.trouble is not None)

    assert sound.trouble is not None
    assert sound.trouble.kind is TroubleKind.NO_PLAYER
    assert_holds_up_nobody(lambda: sound.play(CueSound.TICK), 50)


def test_a_dummy_in_place_of_the_last_device_is_told_until_a_device_is_back(make: Maker, pulse: Server) -> None:
    pulse.pactl("load-module", "module-always-sink")
    sound = make.settled("helper")
    assert not tells_no_device(sound)

    pulse.unload_sink()
    wait_until(lambda: tells_no_device(sound), 20)
    pulse.load_sink()

    wait_until(lambda: not tells_no_device(sound), 20)
    with Ears(pulse.env) as ears:
        hear_next(sound, CueSound.UP, ears)


def test_the_loss_of_every_device_is_told_until_one_is_back(make: Maker, pulse: Server) -> None:
    sound = make.settled("helper")
    assert not tells_no_device(sound)

    pulse.unload_sink()
    wait_until(lambda: tells_no_device(sound), 30)
    assert_holds_up_nobody(lambda: sound.play(CueSound.TICK), 20)
    pulse.load_sink()

    wait_until(lambda: not tells_no_device(sound), 20)
    with Ears(pulse.env) as ears:
        hear_next(sound, CueSound.UP, ears)


def tells_no_device(sound: CueSounds | PlayerProcess) -> bool:
    sound.play(CueSound.TICK)
    return sound.trouble is not None and sound.trouble.kind is TroubleKind.NO_DEVICE


def test_a_missing_helper_is_replaced(make: Maker, ears: Ears) -> None:
    sound = make.cue_sounds(NOWHERE)
    wait_until(lambda: sound.fell_back)

    hear_once_it_plays(sound, CueSound.UP, ears)

    wait_until(lambda: sound.trouble is None)


def test_a_helper_without_qt_multimedia_is_replaced(make: Maker, ears: Ears) -> None:
    broken = "import sys; sys.modules['PySide6.QtMultimedia'] = None; from coach.ui.sounder import main; main()"
    sound = make.cue_sounds((sys.executable, "-c", broken))
    wait_until(lambda: sound.fell_back, 20)

    hear_once_it_plays(sound, CueSound.UP, ears)

    wait_until(lambda: sound.trouble is None)


def test_a_helper_that_dies_is_started_once_more_and_then_replaced(make: Maker, fake: Fake, ears: Ears) -> None:
    sound = make.cue_sounds(fake("print('ready', flush=True)\nsys.stdin.readline(); sys.stdin.readline()"))

    wait_until(lambda: plays_through_the_second(sound), 30)

    assert sound.starts == 2
    hear_next(sound, CueSound.UP, ears)


def plays_through_the_second(sound: CueSounds) -> bool:
    sound.play(CueSound.TICK)
    return sound.fell_back


def test_a_helper_that_hangs_is_started_once_more_and_then_replaced(
    make: Maker, fake: Fake, clock: FakeClock, no_device: None
) -> None:
    sound = make.cue_sounds(fake("print('ready', flush=True)\ntime.sleep(600)"), clock=clock)
    wait_until(lambda: sound.settled)

    assert_holds_up_nobody(lambda: sound.play(CueSound.TICK), 5_000)

    clock.advance(3.0)
    assert sound.trouble is None
    wait_until(lambda: sound.starts == 2 and sound.settled)
    sound.play(CueSound.TICK)
    clock.advance(3.0)
    assert sound.trouble is None
    wait_until(lambda: sound.fell_back)


def test_a_helper_that_never_gets_ready_is_replaced(
    make: Maker, fake: Fake, clock: FakeClock, no_device: None, tmp_path: Path
) -> None:
    sound = make.cue_sounds(fake("time.sleep(600)"), clock=clock)
    wait_until((tmp_path / "starts").exists)
    assert sound.trouble is None

    clock.advance(9.0)
    assert sound.trouble is None

    wait_until(lambda: sound.fell_back)


SLOW_START = """
import os
while not os.path.exists({go!r}): time.sleep(0.01)
print('ready', flush=True)
for line in sys.stdin: heard(line); print('ok', flush=True)
"""


def test_of_the_cues_before_the_helper_is_ready_only_a_fresh_one_is_sounded(
    make: Maker, fake: Fake, clock: FakeClock, tmp_path: Path
) -> None:
    go, heard = tmp_path / "go", tmp_path / "heard"
    sound = make.cue_sounds(fake(SLOW_START.format(go=str(go))), volume=60, clock=clock)
    sound.play(CueSound.UP)
    clock.advance(0.2)
    sound.play(CueSound.TICK)
    clock.advance(0.2)

    go.touch()
    wait_until(lambda: sound.settled)

    wait_until(lambda: heard.is_file() and heard.read_text().count("\n") == 2)
    assert heard.read_text() == '{"volume": 0.36}\n{"play": "tick"}\n'


def test_a_cue_long_before_the_helper_is_ready_is_dropped(
    make: Maker, fake: Fake, clock: FakeClock, tmp_path: Path
) -> None:
    go, heard = tmp_path / "go", tmp_path / "heard"
    sound = make.cue_sounds(fake(SLOW_START.format(go=str(go))), volume=60, clock=clock)
    sound.play(CueSound.GET_READY)
    clock.advance(1.0)

    go.touch()
    wait_until(lambda: sound.settled)
    sound.play(CueSound.TICK)

    wait_until(lambda: heard.is_file() and heard.read_text().count("\n") == 2)
    assert "get_ready" not in heard.read_text()


@pytest.mark.parametrize("device", DEVICES)
def test_the_constructor_returns_at_once(make: Maker, device: str, no_device: None) -> None:
    durations = []

    for _ in range(3):
        began = time.monotonic()
        sound = make.cue_sounds(SOUNDER) if device == "helper" else make.playsound()
        durations.append(time.monotonic() - began)
        wait_until(partial(knows, sound), 20)

    assert min(durations) < 0.05


def knows(sound: CueSounds | PlayerProcess) -> bool:
    return sound.trouble is not None
