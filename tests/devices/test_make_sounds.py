"""The cue sounds are what their script makes, equally loud, short, and prompt."""

import array
import importlib.util
import math
import wave
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from coach.core.session.sounds import CueSound

SOUNDS = Path(__file__).resolve().parents[2] / "assets" / "sounds"
RATE = 44_100


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sounds", SOUNDS / "make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(cue: CueSound) -> list[float]:
    with wave.open(str(SOUNDS / f"{cue}.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return [sample / 32768 for sample in array.array("h", file.readframes(file.getnframes()))]


def decibel(sound: list[float]) -> float:
    """Return the mean power of the frames that are within 20 dB of the strongest."""
    size = 441
    powers = sorted(sum(v * v for v in sound[i : i + size]) / size for i in range(0, len(sound) - size + 1, size))
    heard = [power for power in powers if power > max(powers) / 100]
    return 10 * math.log10(sum(heard) / len(heard))


def test_running_the_script_again_changes_no_byte(tmp_path: Path) -> None:
    script().write(tmp_path)

    for cue in CueSound:
        assert (tmp_path / f"{cue}.wav").read_bytes() == (SOUNDS / f"{cue}.wav").read_bytes()


def test_there_is_a_file_for_every_cue_and_no_other() -> None:
    assert {file.stem for file in SOUNDS.glob("*.wav")} == set(CueSound)
    assert sum(file.stat().st_size for file in SOUNDS.glob("*.wav")) < 500_000


def test_all_are_equally_loud() -> None:
    loudness = [decibel(read(cue)) for cue in CueSound]

    assert max(loudness) - min(loudness) < 1.0


@pytest.mark.parametrize("cue", CueSound)
def test_a_sound_is_short_begins_at_once_and_does_not_click(cue: CueSound) -> None:
    sound = read(cue)
    peak = max(map(abs, sound))
    onset = next(i for i, sample in enumerate(sound) if abs(sample) > peak / 10)

    assert 0.1 <= len(sound) / RATE <= 0.9
    assert 0.2 < peak < 0.9
    assert onset < 0.002 * RATE
    assert abs(sound[0]) < 0.002
    assert abs(sound[-1]) < 0.002


@pytest.mark.parametrize(
    "one, other", [(one, other) for one in CueSound for other in CueSound if one.value < other.value]
)
def test_two_sounds_differ(one: CueSound, other: CueSound) -> None:
    assert abs(len(read(one)) - len(read(other))) > 0.05 * RATE or shape(read(one)) != shape(read(other))


def shape(sound: list[float]) -> tuple[int, ...]:
    """Return the pitch of each 40 ms in steps of a fourth, by zero crossings."""
    size = int(0.04 * RATE)
    pieces = [sound[i : i + size] for i in range(0, len(sound) - size, size)]
    crossings = [sum(a < 0 <= b for a, b in pairwise(piece)) for piece in pieces]
    return tuple(round(2.4 * math.log2(max(1, count))) for count in crossings)
