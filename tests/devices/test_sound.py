"""Cues are heard, through the helper or through playsound3; and where nothing can be heard, nothing is held up."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.app.ports import Sound, TroubleKind
from coach.core.session.sounds import CueSound
from coach.devices.playsound import PlaysoundSound
from coach.devices.sound import CueSounds
from tests.devices.hearing import Ears, Server, wait_until
from tests.fakes import FakeClock

SOUNDS = Path(__file__).resolve().parents[2] / "assets" / "sounds"
SOUNDER = (sys.executable, "-c", "from coach.ui.sounder import main; raise SystemExit(main())")
NOWHERE = ("/nonexistent/helper",)
Fake = Callable[[str], tuple[str, ...]]

ANSWERS = "print('ready', flush=True)\nfor line in sys.stdin: heard(line); print('ok', flush=True)"


def cue_sounds(command: tuple[str, ...] = SOUNDER, volume: int = 100) -> CueSounds:
    sound = CueSounds(command, SOUNDS, volume, clock=time.monotonic)
    wait_until(lambda: sound.settled, 20)
    return sound


def playsound(volume: int = 100) -> PlaysoundSound:
    sound = PlaysoundSound(SOUNDS, volume, clock=time.monotonic)
    wait_until(lambda: sound.proven or sound.trouble is not None, 20)
    return sound


def hear_next(sound: Sound, cue: CueSound, ears: Ears) -> float:
    """Play the cue, wait until it was heard and has ended, return its peak."""
    played = time.monotonic()
    before = len(ears.sounds())
    sound.play(cue)
    wait_until(lambda: len(ears.sounds()) > before)
    wait_until(lambda: ears.blocks[-1][0] - ears.last_loud() > 0.3)
    return ears.peak(since=played)


def longest_call(call: Callable[[], object], times: int) -> float:
    durations = []
    for _ in range(times):
        began = time.monotonic()
        call()
        durations.append(time.monotonic() - began)
    return max(durations)


@pytest.mark.parametrize("make", [cue_sounds, playsound])
def test_every_cue_is_heard(make: Callable[[], CueSounds | PlaysoundSound], ears: Ears) -> None:
    sound = make()

    peaks = [hear_next(sound, cue, ears) for cue in CueSound]

    assert len(peaks) == 10
    assert min(peaks) > 0.2
    assert sound.trouble is None
    assert not isinstance(sound, CueSounds) or not sound.fell_back
    sound.close()


@pytest.mark.parametrize("make", [cue_sounds, playsound])
def test_the_volume_is_heard(make: Callable[..., CueSounds | PlaysoundSound], ears: Ears) -> None:
    sound = make(volume=100)
    loud = hear_next(sound, CueSound.REST, ears)

    sound.set_volume(50)
    soft = hear_next(sound, CueSound.REST, ears)

    assert soft == pytest.approx(loud / 4, rel=0.1)
    sound.close()


def test_cues_that_run_into_each_other_do_not_end_the_helper(ears: Ears) -> None:
    sound = cue_sounds()
    due = time.monotonic()

    for cue in (CueSound.TICK, CueSound.UP, CueSound.REST, CueSound.TICK, CueSound.HALFWAY) * 24:
        sound.play(cue)
        due += 0.07
        wait_until(lambda due=due: time.monotonic() >= due)  # type: ignore[misc]  # the loop's value, now

    assert not sound.fell_back
    assert sound.starts == 1
    hear_next(sound, CueSound.UP, ears)
    sound.close()


def test_the_last_cue_is_heard_to_its_end_after_close(ears: Ears) -> None:
    sound = cue_sounds()
    began = time.monotonic()
    sound.play(CueSound.SESSION_DONE)
    wait_until(lambda: ears.peak(since=began) > 0.2)

    sound.close()

    wait_until(lambda: ears.last_loud() - ears.onsets(since=began)[0] > 0.7)


@pytest.mark.parametrize("make", [cue_sounds, playsound])
def test_without_a_device_it_says_so_and_holds_up_nobody(
    make: Callable[[], CueSounds | PlaysoundSound], no_device: None
) -> None:
    sound = make()

    longest = longest_call(lambda: sound.play(CueSound.TICK), 50)

    wait_until(lambda: sound.trouble is not None)
    assert sound.trouble is not None
    assert sound.trouble.kind is TroubleKind.NO_DEVICE
    assert longest < 0.05
    sound.close()


def test_without_any_player_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    sound = CueSounds(NOWHERE, SOUNDS, 100, clock=time.monotonic)

    wait_until(lambda: sound.trouble is not None)

    assert sound.trouble is not None
    assert sound.trouble.kind is TroubleKind.NO_PLAYER
    sound.play(CueSound.TICK)
    sound.close()


def test_a_device_lost_in_mid_session_is_told_and_used_again_when_it_returns(pulse: Server) -> None:
    sound = cue_sounds()
    sound.play(CueSound.TICK)

    pulse.unload_sink()
    wait_until(lambda: _said(sound) is TroubleKind.NO_DEVICE, 20)
    longest = longest_call(lambda: sound.play(CueSound.TICK), 20)
    pulse.load_sink()

    assert longest < 0.05
    with Ears(pulse.env) as ears:
        wait_until(lambda: _plays(sound, ears), 20)
        wait_until(lambda: sound.trouble is None)
    sound.close()


def _said(sound: CueSounds) -> TroubleKind | None:
    sound.play(CueSound.TICK)
    return sound.trouble.kind if sound.trouble else None


def _plays(sound: CueSounds, ears: Ears) -> bool:
    sound.play(CueSound.TICK)
    return ears.peak() > 0.2


def test_a_missing_helper_is_replaced(ears: Ears) -> None:
    sound = cue_sounds(NOWHERE)
    assert sound.fell_back

    hear_next(sound, CueSound.UP, ears)

    assert sound.trouble is None
    sound.close()


def test_a_helper_without_qt_multimedia_is_replaced(ears: Ears) -> None:
    broken = "import sys; sys.modules['PySide6.QtMultimedia'] = None; from coach.ui.sounder import main; main()"
    sound = cue_sounds((sys.executable, "-c", broken))

    hear_next(sound, CueSound.UP, ears)

    assert sound.fell_back
    sound.close()


def test_a_helper_that_dies_is_started_once_more_and_then_replaced(fake: Fake, ears: Ears, tmp_path: Path) -> None:
    sound = cue_sounds(fake("print('ready', flush=True)\nsys.stdin.readline(); sys.stdin.readline()"))

    wait_until(lambda: not _dies(sound), 30)

    assert (tmp_path / "starts").read_text() == "start\n" * 2
    hear_next(sound, CueSound.UP, ears)
    sound.close()


def _dies(sound: CueSounds) -> bool:
    sound.play(CueSound.TICK)
    return not sound.fell_back


def test_a_helper_that_hangs_is_started_once_more_and_then_replaced(
    fake: Fake, clock: FakeClock, no_device: None, tmp_path: Path
) -> None:
    sound = CueSounds(fake("print('ready', flush=True)\ntime.sleep(600)"), SOUNDS, 100, clock=clock)
    wait_until(lambda: sound.settled)

    longest = longest_call(lambda: sound.play(CueSound.TICK), 5_000)

    assert longest < 0.05
    for starts in (2, 2):
        clock.advance(3.0)
        assert sound.trouble is None or sound.fell_back
        wait_until(lambda starts=starts: (tmp_path / "starts").read_text() == "start\n" * starts)  # type: ignore[misc]
        wait_until(lambda: sound.settled)
        sound.play(CueSound.TICK)
    wait_until(lambda: sound.fell_back)
    sound.close()


def test_a_helper_that_never_gets_ready_is_replaced(fake: Fake, clock: FakeClock, no_device: None) -> None:
    sound = CueSounds(fake("time.sleep(600)"), SOUNDS, 100, clock=clock)
    assert sound.trouble is None

    clock.advance(9.0)
    assert sound.trouble is None

    wait_until(lambda: sound.fell_back)
    sound.close()


def test_a_cue_before_the_helper_is_ready_is_sounded_if_it_is_not_late(fake: Fake, tmp_path: Path) -> None:
    clock = FakeClock()
    go = tmp_path / "go"
    sound = CueSounds(
        fake(f"import os\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)\n{ANSWERS}"), SOUNDS, 60, clock=clock
    )
    sound.play(CueSound.UP)
    clock.advance(0.2)
    sound.play(CueSound.TICK)
    clock.advance(0.2)

    go.touch()

    wait_until(lambda: (tmp_path / "heard").is_file() and (tmp_path / "heard").read_text().count("\n") == 2)
    assert (tmp_path / "heard").read_text() == '{"volume": 0.36}\n{"play": "tick"}\n'
    sound.close()


def test_a_cue_long_before_the_helper_is_ready_is_dropped(fake: Fake, tmp_path: Path) -> None:
    clock = FakeClock()
    go = tmp_path / "go"
    sound = CueSounds(
        fake(f"import os\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)\n{ANSWERS}"), SOUNDS, 60, clock=clock
    )
    sound.play(CueSound.GET_READY)
    clock.advance(1.0)

    go.touch()
    wait_until(lambda: sound.settled)
    sound.play(CueSound.TICK)

    wait_until(lambda: (tmp_path / "heard").is_file() and "tick" in (tmp_path / "heard").read_text())
    assert "get_ready" not in (tmp_path / "heard").read_text()
    sound.close()


def test_the_constructors_return_at_once(no_device: None) -> None:
    made: list[Sound] = []

    longest = longest_call(lambda: made.append(CueSounds(SOUNDER, SOUNDS, 100, clock=time.monotonic)), 3)
    longest_fallback = longest_call(lambda: made.append(PlaysoundSound(SOUNDS, 100, clock=time.monotonic)), 3)

    assert longest < 0.05
    assert longest_fallback < 0.05
    for sound in made:
        sound.close()
