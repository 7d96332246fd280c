"""Progress in a real window: how long it takes to load, to open, to change its range; and what holds up the window.

`progress.py` opens the window, waits until the start is over, warms Progress as the pointer on its entry does, clicks
it, then picks every range twice (the second time everything was replayed before). It prints one line of JSON:
milliseconds until what is asked for was painted, what the window's own thread computed for that (which other programs
on the machine lengthen less), and the longest block of the event loop meanwhile.

`progress.py read HOME` prints how long reading the ten weeks takes in that home, and putting them together.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from PySide6.QtCore import QEvent, QObject, Qt, QTimer  # noqa: E402 # run as a script, from anywhere
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from coach.__main__ import surroundings  # noqa: E402
from coach.app.progress import entries, progress_view  # noqa: E402
from coach.app.surroundings import WindowTask  # noqa: E402
from coach.core.day import training_day  # noqa: E402
from coach.core.progress.span import Range  # noqa: E402
from coach.ui import application  # noqa: E402
from coach.ui.screens.main_window import MainWindow  # noqa: E402
from coach.ui.screens.rail import Place  # noqa: E402
from coach.ui.widgets.buttons import RailButton  # noqa: E402

WARM_MS, SETTLE_MS = 3000, 600
TIMES = 25


class Watch(QObject):
    """Presses, looks at what is painted, prints, quits."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._found: dict[str, float] = {}
        self._began = self._last = 0.0
        self._longest = self._cpu = 0.0
        self._wanted: Callable[[], bool] | None = None
        self._name = ""
        self._tick = QTimer(self, interval=1)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._ticked)
        self._after = QTimer(self, singleShot=True, interval=0)
        self._after.timeout.connect(self._look)
        self._steps = self._walk()
        QTimer.singleShot(WARM_MS, self._next)

    def _walk(self) -> Iterator[tuple[str, Callable[[], object], Callable[[], bool]]]:
        """Each step: its name, what is done, and when it is over."""
        window = self._window
        yield "warm", window.warm_progress, lambda: window._the_loading().done
        (button,) = (one for one in window.findChildren(RailButton) if one.objectName() == Place.PROGRESS.value)
        click = Qt.MouseButton.LeftButton
        yield "open", lambda: QTest.mouseClick(button, click), lambda: self._shows(Range.TEN_WEEKS)
        yield "open_whole", lambda: None, self._whole
        for turn in ("first", "again"):
            for wanted in (Range.FOUR_WEEKS, Range.TEN_WEEKS, Range.YEAR, Range.ALL):
                name = f"{wanted.value}_{turn}"
                yield name, lambda wanted=wanted: self._pick(wanted), lambda wanted=wanted: self._shows(wanted)  # type: ignore[misc]
                yield f"{name}_whole", lambda: None, self._whole

    def _page(self) -> Any:  # imported when it is shown
        return self._window._pages.get(Place.PROGRESS)

    def _pick(self, wanted: Range) -> None:
        QTest.mouseClick(self._page().range.segment(wanted.value), Qt.MouseButton.LeftButton)

    def _shows(self, wanted: Range) -> bool:
        page = self._page()
        if page is None or page.view is None or page.view.range is not wanted or page.pain_chart.plot is None:
            return False
        return bool(page.pain_chart.plot._days == page.view.days and page.calendar._span == page.view.span)

    def _whole(self) -> bool:
        return bool(self._page().view.pending == 0)

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self._end()
            return
        self._name, act, self._wanted = step
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._longest, self._last, self._began = 0.0, time.perf_counter(), time.perf_counter()
        self._cpu = time.thread_time()
        self._tick.start()
        act()
        self._after.start()

    def _ticked(self) -> None:
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now
        if self._name == "warm" or self._name.endswith("_whole"):
            self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._after.start()  # when the event loop comes round again, the window was painted
        return False

    def _look(self) -> None:
        if self._wanted is None or not self._wanted():
            return
        self._wanted = None
        now = time.perf_counter()
        self._found[f"{self._name}_ms"] = (now - self._began) * 1000
        self._found[f"{self._name}_cpu_ms"] = (time.thread_time() - self._cpu) * 1000
        self._found[f"{self._name}_block_ms"] = max(self._longest, now - self._last) * 1000
        self._tick.stop()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        whole = self._name.endswith("_whole") or self._name == "warm"
        QTimer.singleShot(SETTLE_MS if whole else 0, self._next)

    def _end(self) -> None:
        print(json.dumps(self._found))
        sys.stdout.flush()
        self._window.close()
        QApplication.quit()


def read_ten_weeks() -> None:
    """Print the best time of reading ten weeks, and of putting them together."""
    around = surroundings()
    today = training_day(around.calendar.now())
    reading, making = [], []
    for _ in range(TIMES):
        log = around.read_log()
        began = time.perf_counter()
        read = entries(log, Range.TEN_WEEKS, today)
        at = time.perf_counter()
        progress_view(read, {})
        making.append(time.perf_counter() - at)
        reading.append(at - began)
        log.close()
    print(json.dumps({"read_ms": min(reading) * 1000, "view_ms": min(making) * 1000}))


def main() -> None:
    """Open the window and watch it, or read."""
    if sys.argv[1:2] == ["read"]:
        read_ten_weeks()
        return
    watch: list[Watch] = []
    begin = MainWindow.begin_task

    def begin_and_watch(window: MainWindow) -> None:
        begin(window)
        watch.append(Watch(window))

    # The one seam that a watch needs.
    MainWindow.begin_task = begin_and_watch  # type: ignore[method-assign,assignment]
    sys.exit(application.open_window(surroundings(), WindowTask()))


if __name__ == "__main__":
    main()
