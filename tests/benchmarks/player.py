"""The player in a real window on real time: what it takes of one core, and the longest block of its event loop.

`player.py cpu` counts the window's own CPU time while a clamshell runs at 60 frames a second; `player.py loop` looks
every 2 ms how late the event loop is. Two runs, because looking costs CPU itself.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from PySide6.QtCore import Qt, QTimer  # noqa: E402 # run as a script, from anywhere
from PySide6.QtWidgets import QApplication  # noqa: E402

from coach.__main__ import surroundings  # noqa: E402
from coach.app.surroundings import WindowTask  # noqa: E402
from coach.ui import application  # noqa: E402
from coach.ui.screens.main_window import MainWindow  # noqa: E402

WARM_S, MEASURE_S = 16.0, 30.0
LOOK_MS = 2
ROUTINE = {
    "format": "rehab-routine",
    "version": "1.0",
    "id": "bench",
    "title": "Bench",
    "items": [
        {
            "exercise": "clamshell",
            "sets": 1,
            "reps": 40,
            "prepare_s": 10,
            "tempo": {"up_s": 2, "hold_s": 1, "down_s": 2},
        },
        {"exercise": "bridge", "sets": 1, "reps": 10, "prepare_s": 10, "tempo": {"up_s": 2, "hold_s": 1, "down_s": 2}},
    ],
}


class Watch:
    """Waits until the session runs, measures, prints, quits."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._cpu = 0.0
        self._at = 0.0
        self._gaps: list[float] = []
        self._last = 0.0
        self._looks = QTimer()
        self._looks.setTimerType(Qt.TimerType.PreciseTimer)
        self._looks.timeout.connect(self._look)
        QTimer.singleShot(int(WARM_S * 1000), self._begin)

    def _begin(self) -> None:
        self._cpu, self._at, self._last = time.process_time(), time.perf_counter(), time.perf_counter()
        if self._what == "loop":
            self._looks.start(LOOK_MS)
        QTimer.singleShot(int(MEASURE_S * 1000), self._end)

    def _look(self) -> None:
        now = time.perf_counter()
        self._gaps.append((now - self._last) * 1000 - LOOK_MS)
        self._last = now

    def _end(self) -> None:
        wall = time.perf_counter() - self._at
        if self._what == "cpu":
            share = (time.process_time() - self._cpu) / wall * 100
            print(f"player              {share:.1f} % of one core at 60 frames a second, to reach 25")
        else:
            late = sorted(self._gaps)
            over = sum(gap > 16 for gap in late)
            most = late[int(len(late) * 0.99)]
            print(
                f"event loop          late by median {statistics.median(late):.1f} ms, 99 % {most:.1f} ms, "
                f"longest {late[-1]:.1f} ms; {over} of {len(late)} looks over 16 ms"
            )
        sys.stdout.flush()
        for window in QApplication.topLevelWidgets():
            window.close()
        QApplication.quit()


def main() -> None:
    """Guide a session and watch it."""
    home = Path(os.environ["COACH_HOME"])
    routine = home / "bench.rehab.json"
    routine.write_text(json.dumps(ROUTINE), encoding="utf-8")
    watch: list[Watch] = []
    begin = MainWindow.begin_task

    def begin_and_watch(window: MainWindow) -> None:
        begin(window)
        watch.append(Watch(sys.argv[1]))

    # The one seam that a watch needs.
    MainWindow.begin_task = begin_and_watch  # type: ignore[method-assign,assignment]
    sys.exit(application.open_window(surroundings(), WindowTask(routine, guide=True, pain_before=0)))


if __name__ == "__main__":
    main()
