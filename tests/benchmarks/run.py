"""The numbers to reach, measured side by side on this machine (`make bench`).

    run.py                 all of them
    run.py start           first paint, memory and idle CPU of Today on ten years of log, against a bare window
    run.py player          CPU and longest block of the event loop while a session runs at 60 frames a second
    run.py figure          one frame of the moving figure: solving and painting it
    run.py plan            `coach plan` of a 60-item routine, whole process
    run.py paper           `coach handout` of eight exercises: whole process, and the size of its PDF
    run.py library         the library from the click until it is seen, and what it takes when idle
    run.py progress        Progress on ten years of log: loading, opening, changing the range; what it reads

Ratios are taken pair by pair of runs in turn, so that they hold when the machine's speed drifts. Nothing else should
run meanwhile. The cues are measured by tests/tools/measure_cues.py.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.screen import Eye, virtual_screen  # noqa: E402 # run as a script, from anywhere

COACH = [sys.executable, "-m", "coach"]
BARE = [sys.executable, str(HERE / "bare_window.py")]
WEEKS = 520
NEW_COLOURS = 8
SETTLE_S, IDLE_S = 3.0, 4.0


@dataclass(frozen=True)
class Start:
    """One start: seconds to the first paint, proportional memory in MiB, CPU of one core in percent when idle."""

    paint_s: float
    pss_mib: float
    idle_pct: float


def ten_years(folder: Path) -> Path:
    """A made-up log of ten years, written once for each benchmark."""
    subprocess.run([*COACH, "demo", "--weeks", str(WEEKS), "--keep", str(folder)], cwd=ROOT, check=True)
    return folder


def start_once(command: list[str], display: str, home: Path) -> Start:
    """Start a window, wait for its first content, let it settle, look at what it takes."""
    eye = Eye(display)
    before = eye.colours()
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "DISPLAY": display, "COACH_HOME": str(home), "QT_QPA_PLATFORM": "xcb"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while eye.colours() < before + NEW_COLOURS:
            if time.perf_counter() - began > 30 or process.poll() is not None:
                raise SystemExit(f"no window came: {command}")
            time.sleep(0.003)
        paint = time.perf_counter() - began
        time.sleep(SETTLE_S)
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        pss = sum(one.memory_full_info().pss for one in family) / 2**20
        spent = _cpu_s(family)
        time.sleep(IDLE_S)
        return Start(paint, pss, (_cpu_s(family) - spent) / IDLE_S * 100)
    finally:
        process.terminate()
        process.wait(10)
        eye.close()
        time.sleep(0.4)


def _cpu_s(family: list[psutil.Process]) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in family)


def measure_start(runs: int) -> None:
    """Today on ten years of log against a bare window."""
    with tempfile.TemporaryDirectory() as folder, virtual_screen() as display:
        home = ten_years(Path(folder) / "home")
        ours: list[Start] = []
        bare: list[Start] = []
        for turn in range(runs + 1):
            one, other = start_once(COACH, display, home), start_once(BARE, display, home)
            if turn:  # the first of each warms the disk
                ours.append(one)
                bare.append(other)
    for name, starts in (("Today, ten years", ours), ("bare window", bare)):
        paint, pss, idle = (statistics.median(getattr(s, key) for s in starts) for key in Start.__dataclass_fields__)
        print(f"{name:18} first paint {paint * 1000:5.0f} ms   PSS {pss:5.1f} MiB   idle CPU {idle:.1f} %")
    for name, key, limit in (("first paint", "paint_s", 1.5), ("PSS", "pss_mib", 1.8)):
        ratios = [getattr(a, key) / getattr(b, key) for a, b in zip(ours, bare, strict=True)]
        print(
            f"ratio {name:12} median {statistics.median(ratios):.2f}  ({min(ratios):.2f}–{max(ratios):.2f}), "
            f"to reach {limit}"
        )


def measure_plan(runs: int) -> None:
    """`coach plan` of a routine of 60 items."""
    items = [
        {"exercise": "clamshell", "sets": 3, "reps": 12, "tempo": {"up_s": 2, "hold_s": 1, "down_s": 2}}
        if number % 2
        else {"exercise": "plank", "sets": 3, "hold_s": 30}
        for number in range(60)
    ]
    routine = {"format": "rehab-routine", "version": "1.0", "id": "bench", "title": "Bench", "items": items}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.rehab.json"
        file.write_text(json.dumps(routine), encoding="utf-8")
        times = []
        for _ in range(runs + 1):
            began = time.perf_counter()
            subprocess.run([*COACH, "plan", str(file)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - began)
    counted = times[1:]
    print(
        f"plan of 60 items    {statistics.median(counted) * 1000:.0f} ms "
        f"({min(counted) * 1000:.0f}–{max(counted) * 1000:.0f}), to reach 250"
    )


def measure_paper(runs: int) -> None:
    """The whole process of `coach handout`, and how large what it writes is."""
    items = [
        {"exercise": name, "note": "Slowly, and only as far as it stays easy."}
        for name in (
            *("clamshell", "bridge", "side_plank", "side_leg_raise", "single_leg_squat", "heel_raise"),
            *("figure_four_stretch", "lateral_band_walk"),
        )
    ]
    routine = {"format": "rehab-routine", "version": "1.0", "id": "bench", "title": "Bench", "items": items}
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "bench.rehab.json", Path(folder) / "bench.pdf"
        file.write_text(json.dumps(routine), encoding="utf-8")
        times = []
        for _ in range(runs + 1):
            began = time.perf_counter()
            command = [*COACH, "handout", str(file), "-o", str(out)]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - began)
        size = out.stat().st_size
    counted = times[1:]
    print(
        f"handout of 8       {statistics.median(counted) * 1000:.0f} ms "
        f"({min(counted) * 1000:.0f}–{max(counted) * 1000:.0f}), to reach 1000; {size / 1000:.0f} kB, to reach 600"
    )


def measure_player() -> None:
    """CPU and longest block of the event loop of the player."""
    with virtual_screen() as display:
        for watch in ("cpu", "loop"):
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run(
                    [sys.executable, str(HERE / "player.py"), watch],
                    cwd=ROOT,
                    env={**os.environ, "DISPLAY": display, "COACH_HOME": folder, "QT_QPA_PLATFORM": "xcb"},
                    check=True,
                )


def measure_library(runs: int) -> None:
    """From the click on Library to all that can be seen, in a fresh window each time; then its idle CPU."""
    found: list[dict[str, float]] = []
    with virtual_screen() as display, tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        subprocess.run([*COACH, "demo", "--weeks", "10", "--keep", str(home)], cwd=ROOT, check=True)
        for _ in range(runs):
            ended = subprocess.run(
                [sys.executable, str(HERE / "library.py")],
                cwd=ROOT,
                env={**os.environ, "DISPLAY": display, "COACH_HOME": str(home), "QT_QPA_PLATFORM": "xcb"},
                check=True,
                stdout=subprocess.PIPE,
            )
            found.append(json.loads(ended.stdout.splitlines()[-1]))
    for key, name in (("seen_ms", "library seen"), ("pictures_ms", "with its pictures")):
        times = [one[key] for one in found]
        print(f"{name:19} {statistics.median(times):.0f} ms ({min(times):.0f}–{max(times):.0f}), to reach 150")
    for key, name in (
        ("idle_pct", "library idle"),
        ("moving_pct", "one card moving"),
        ("rested_pct", "card at rest again"),
    ):
        print(f"{name:19} {statistics.median(one[key] for one in found):.1f} % of one core")


def measure_progress(runs: int) -> None:
    """Progress on ten years: opened in a fresh window each time; and ten weeks read from ten years and from one."""
    found: list[dict[str, float]] = []
    with virtual_screen() as display, tempfile.TemporaryDirectory() as folder:
        ten = ten_years(Path(folder) / "ten")
        one = Path(folder) / "one"
        subprocess.run([*COACH, "demo", "--weeks", "52", "--keep", str(one)], cwd=ROOT, check=True)
        script = [sys.executable, str(HERE / "progress.py")]
        for _ in range(runs):
            environment = {**os.environ, "DISPLAY": display, "COACH_HOME": str(ten), "QT_QPA_PLATFORM": "xcb"}
            found.append(_last_json(script, environment))
        reads = [
            tuple(_last_json([*script, "read"], {**os.environ, "COACH_HOME": str(home)}) for home in (ten, one))
            for _ in range(runs)
        ]
    for key, name, limit in (
        ("warm", "charts loaded", ""),
        ("open", "progress opened", ", to reach 300"),
        *((f"{span}_again", f"to {span}, seen before", ", to reach 50") for span in ("4w", "10w", "1y", "all")),
        *((f"{span}_first", f"to {span}, first time", "") for span in ("4w", "10w", "1y", "all")),
        ("all_first_whole", "all of it replayed", ""),
    ):
        wall, cpu, block = (
            statistics.median(one[f"{key}_{kind}"] for one in found) for kind in ("ms", "cpu_ms", "block_ms")
        )
        print(f"{name:22} {wall:6.0f} ms, computing {cpu:5.0f} ms, longest block {block:4.0f} ms{limit}")
    ratios = [long["read_ms"] / short["read_ms"] for long, short in reads]
    print(
        f"ten weeks of ten years {statistics.median(long['read_ms'] for long, _ in reads):.1f} ms to read; "
        f"ratio to one year {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}), to reach 1.5"
    )


def _last_json(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    ended = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    read: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return read


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "what",
        nargs="?",
        choices=("all", "start", "player", "figure", "plan", "library", "progress", "paper"),
        default="all",
    )
    parser.add_argument("-n", type=int, default=7, help="counted runs")
    options = parser.parse_args()
    if options.what in ("all", "plan"):
        measure_plan(options.n)
    if options.what in ("all", "start"):
        measure_start(options.n)
    if options.what in ("all", "player"):
        measure_player()
    if options.what in ("all", "library"):
        measure_library(options.n)
    if options.what in ("all", "progress"):
        measure_progress(options.n)
    if options.what in ("all", "paper"):
        measure_paper(options.n)
    if options.what in ("all", "figure"):
        subprocess.run([sys.executable, str(HERE / "figure.py"), "9600"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
