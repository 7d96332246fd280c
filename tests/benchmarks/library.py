"""The library in a real window: how long it takes from the click until it is seen, and what it takes when idle.

`library.py` opens the window, waits until the start is over, clicks Library, and prints one line of JSON: milliseconds
until all that can be seen was painted, until its pictures were drawn, and the CPU time of one core in percent
afterwards, with the pointer away and with a card that was looked at long ago.
"""

import json
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer  # noqa: E402 # run as a script, from anywhere
from PySide6.QtGui import QCursor  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from coach.__main__ import surroundings  # noqa: E402
from coach.app.surroundings import WindowTask  # noqa: E402
from coach.ui import application, theme  # noqa: E402
from coach.ui.screens.main_window import MainWindow  # noqa: E402
from coach.ui.screens.rail import Place  # noqa: E402
from coach.ui.widgets.buttons import RailButton  # noqa: E402

WARM_S, SETTLE_S, IDLE_S = 3.0, 2.0, 5.0
MOVES_S = 25.0
"""Longer than three reps of any exercise."""


class Watch(QObject):
    """Clicks, looks at what is painted, prints, quits."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._began = self._cpu = self._at = 0.0
        self._found: dict[str, float] = {}
        self._after = QTimer(self, singleShot=True, interval=0)
        self._after.timeout.connect(self._painted)
        QTimer.singleShot(int(WARM_S * 1000), self._click)

    def _click(self) -> None:
        application_ = QApplication.instance()
        assert application_ is not None
        application_.installEventFilter(self)
        (button,) = (one for one in self._window.findChildren(RailButton) if one.objectName() == Place.LIBRARY.value)
        QCursor.setPos(self._window.mapToGlobal(QPoint(2, 2)))  # on no card
        self._began = time.perf_counter()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and type(watched).__name__ == "ExerciseCard":
            self._after.start()  # when the event loop comes round again, the window was painted
        return False

    def _painted(self) -> None:
        took = (time.perf_counter() - self._began) * 1000
        self._found.setdefault("seen_ms", took)
        page = self._window._pages[Place.LIBRARY]
        grid = page.grid  # type: ignore[attr-defined] # the page is imported when it is shown
        if all(not card.lacks_picture or card.visibleRegion().isEmpty() for card in grid.cards):
            self._found["pictures_ms"] = took
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            QTimer.singleShot(int(SETTLE_S * 1000), lambda: self._measure("idle_pct", self._look))

    def _measure(self, name: str, then: object) -> None:
        self._cpu, self._at = time.process_time(), time.perf_counter()
        QTimer.singleShot(int(IDLE_S * 1000), lambda: self._measured(name, then))

    def _measured(self, name: str, then: object) -> None:
        self._found[name] = (time.process_time() - self._cpu) / (time.perf_counter() - self._at) * 100
        assert callable(then)
        then()

    def _look(self) -> None:
        grid = self._window._pages[Place.LIBRARY].grid  # type: ignore[attr-defined] # as above
        theme.focus_by_keys(grid.cards[2])
        QTimer.singleShot(1000, lambda: self._measure("moving_pct", self._wait))

    def _wait(self) -> None:
        QTimer.singleShot(int(MOVES_S * 1000), lambda: self._measure("rested_pct", self._end))

    def _end(self) -> None:
        print(json.dumps(self._found))
        sys.stdout.flush()
        self._window.close()
        QApplication.quit()


def main() -> None:
    """Open the window and watch it."""
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
