#!/usr/bin/env python3
"""Measure how long after its instant each cue is heard, through the adapters that the program uses.

    python tests/tools/measure_cues.py --player child --seconds 600 --load 2

Needs Debian's pulseaudio and pulseaudio-utils, and no sound card: a PulseAudio of its own with a null sink is started,
and the sink's monitor is recorded (parec, 44.1 kHz, mono, 5 ms). Each cue has an instant of the monotonic clock. A
thread sleeps until then and calls `play`; the first loud sample after at least 0.12 s of silence is the onset.

What a number contains: the late wake of the thread that plays (as of a timer in the program), the adapter, the player,
the sound server's mixing, and the recorder. Nothing is subtracted. Two stamps are given:

- `arrived`: the sample's block reached this process then, less the samples that came after the onset in that block.
  The recorder's own late wakes on a loaded machine are in it. This is the number to hold against the bar.
- `placed`: the sample's place in the recording, on a clock laid under the arrivals of the ten seconds around it (the
  least late block rules). The recorder's jitter is out; its least delay, about one block of 10 ms or less, is still in.

A real card adds its own buffer, 20 to 100 ms in most, the same for every cue. The recorder also keeps the null sink
awake; what a sleeping card costs is not measured here.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from coach.app.ports import Sound  # noqa: E402  (after the path to it)
from coach.core.session.sounds import CueSound  # noqa: E402
from coach.devices.player import PlayerProcess  # noqa: E402
from coach.devices.sound import CueSounds  # noqa: E402
from tests.devices.hearing import RATE, Ears, Heard, pulse_server, wait_until  # noqa: E402

PLAYER = (sys.executable, "-c", "import time; from coach.devices.player import main; main(time.monotonic)")
SOUNDER = (sys.executable, "-c", "from coach.ui.sounder import main; raise SystemExit(main())")
SOUNDS = ROOT / "assets" / "sounds"
BEFORE_S, AFTER_S = 0.05, 0.9
CUES_TO_A_REST, REST_S = 25, 15.0
CLOCK_WINDOW_S = 5.0


@dataclass(frozen=True, slots=True)
class Result:
    """One cue: its instant, its two delays in ms, or None where it was not heard."""

    at: float
    arrived_ms: float | None
    placed_ms: float | None


def main() -> None:
    """Play, record, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--player", choices=["child", "playsound"], default="child")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--load", type=int, default=0, help="busy processes beside it")
    options = parser.parse_args()
    with ExitStack() as stack:
        server = stack.enter_context(pulse_server())
        os.environ.update(server.env)
        os.environ["PYTHONPATH"] = str(ROOT)
        ears = stack.enter_context(Ears(server.env))
        stack.enter_context(busy(options.load))
        sound = make(options.player)
        stack.callback(sound.close)
        wait_until(lambda: is_settled(sound), 30)
        began = time.monotonic()
        instants, blocked_ms = play(sound, schedule(began + 1.0, options.seconds))
        time.sleep(AFTER_S + 0.5)
        told = sound.trouble
        first_held = not isinstance(sound, CueSounds) or not sound.fell_back
    results = match(instants, ears)
    print(f"{options.player}, {options.seconds:.0f} s, {options.load} busy processes on {os.cpu_count()} cores")
    print("load average over 1, 5, 15 minutes:", *(f"{load:.1f}" for load in os.getloadavg()))
    print(f"trouble {told}, no change of player: {first_held}, play() blocked at most {blocked_ms:.1f} ms")
    report(results, began)


def make(player: str) -> Sound:
    """Build the adapter under test."""
    if player == "playsound":
        return PlayerProcess(PLAYER, SOUNDS, 100, clock=time.monotonic)
    return CueSounds(SOUNDER, PLAYER, SOUNDS, 100, clock=time.monotonic)


def is_settled(sound: Sound) -> bool:
    """Say whether the adapter is ready for its first cue."""
    return sound.settled if isinstance(sound, CueSounds) else isinstance(sound, PlayerProcess) and sound.proven


@contextmanager
def busy(count: int) -> Iterator[None]:
    """Keep `count` cores busy."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def schedule(start: float, seconds: float) -> Iterator[tuple[float, CueSound]]:
    """Yield instants and cues: all ten in turn, at uneven distances, with a rest now and then as in a session."""
    at, count, cues = start, 0, tuple(CueSound)
    while at < start + seconds:
        yield at, cues[count % len(cues)]
        count += 1
        at += 1.3 + count * 0.618 % 0.1 + (REST_S if count % CUES_TO_A_REST == 0 else 0.0)


def play(sound: Sound, cues: Iterator[tuple[float, CueSound]]) -> tuple[list[float], float]:
    """Play each cue at its instant; return the instants, and the longest that a call took in ms."""
    instants, longest = [], 0.0
    for at, cue in cues:
        time.sleep(max(0.0, at - time.monotonic()))
        called = time.monotonic()
        sound.play(cue)
        longest = max(longest, time.monotonic() - called)
        instants.append(at)
    return instants, longest * 1000


def match(instants: Sequence[float], ears: Ears) -> list[Result]:
    """Give each instant the first onset near it."""
    placed_at = clock_under(ears)
    onsets = ears.sounds()
    results = []
    for at in instants:
        near = next((onset for onset in onsets if at - BEFORE_S <= onset.arrived < at + AFTER_S), None)
        if near is None:
            results.append(Result(at, None, None))
        else:
            results.append(Result(at, (near.arrived - at) * 1000, (placed_at(near) - at) * 1000))
    return results


def clock_under(ears: Ears) -> "ClockUnder":
    """Lay a clock under the arrivals."""
    leads, samples = [], 0
    for arrived, block in ears.blocks:
        samples += len(block) // 2
        leads.append((arrived, arrived - samples / RATE))
    return ClockUnder(leads)


class ClockUnder:
    """Tells when a sample would have arrived had its block been as prompt as the promptest around it."""

    def __init__(self, leads: list[tuple[float, float]]) -> None:
        self._leads = leads

    def __call__(self, heard: Heard) -> float:
        """Return that instant."""
        around = [lead for at, lead in self._leads if abs(at - heard.arrived) < CLOCK_WINDOW_S]
        return min(around) + heard.sample / RATE


def report(results: Sequence[Result], began: float) -> None:
    """Print the numbers, in ms."""
    minutes = [int((result.at - began) // 60) for result in results]
    print(f"heard {sum(result.arrived_ms is not None for result in results)}/{len(results)}")
    for name in ("arrived", "placed"):
        delays = [(minute, getattr(result, f"{name}_ms")) for minute, result in zip(minutes, results, strict=True)]
        heard = sorted(delay for _, delay in delays if delay is not None)
        if len(heard) < 2:
            continue
        first = [delay for minute, delay in delays if delay is not None and minute == 0]
        last = [delay for minute, delay in delays if delay is not None and minute == max(minutes)]
        print(
            f"{name:8} median {statistics.median(heard):6.1f}  p95 {heard[int(len(heard) * 0.95)]:6.1f}"
            f"  max {heard[-1]:6.1f}  first cue {delays[0][1] or float('nan'):6.1f}"
            f"  first minute {statistics.median(first):6.1f}  last minute {statistics.median(last):6.1f}"
        )
    worst = sorted((result for result in results if result.arrived_ms is not None), key=_arrived)[-3:]
    print("latest:", ", ".join(f"{_arrived(result):.0f} ms at {result.at - began:.1f} s" for result in worst))


def _arrived(result: Result) -> float:
    return result.arrived_ms or 0.0


if __name__ == "__main__":
    main()
