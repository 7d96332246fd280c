"""Between the Progress screen and the log: reads a range on a thread of its own, and tells it in pieces.

The newest wish wins. What is drawn first needs no replay; exercises and sets follow when they are replayed. A
replay is kept, since a session that has ended never changes.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import date
from threading import Thread
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal

from coach.app.errors import StoreError
from coach.app.progress import ProgressView, ended, entries, progress_view, replays
from coach.core.day import training_day
from coach.core.progress.span import Range
from coach.core.progress.training import Played
from coach.ui.presenters.desk import Desk, Failure

_log = logging.getLogger(__name__)
_TELL_EVERY: Final = 10
"""So many pieces of a replay are told together: each telling draws the exercises anew."""


class Told(Struct, frozen=True):
    """What came of a wish."""

    wish: int
    view: ProgressView | None = None
    error: Exception | None = None


class ProgressDesk(QObject):
    """Reads what Progress shows."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wish = 0
        self._thread: Thread | None = None
        self._played: dict[str, Played] = {}
        self._show: Callable[[ProgressView], object] | None = None
        self._fail: Callable[[Failure], object] | None = None
        # Emitted on the thread, received where this object lives.
        self.told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def on_view(self, show: Callable[[ProgressView], object]) -> None:
        """Call `show` with what is known of the range that was asked for last, at first and whenever more is."""
        self._show = show

    def on_failed(self, fail: Callable[[Failure], object]) -> None:
        """Call `fail` when the log cannot be read."""
        self._fail = fail

    def ask(self, wanted: Range) -> None:
        """Read a range; returns at once."""
        self._wish += 1
        today = training_day(self._desk.surroundings.calendar.now())
        former = self._thread

        def work(wish: int = self._wish, first_weekday: int = self._desk.settings.first_weekday) -> None:
            if former is not None:
                former.join()  # it stops at its next piece; one thread at a time reads
            self._tell(wish, lambda: self._views(wish, wanted, today, first_weekday))

        self._thread = Thread(target=work, name="progress", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Read no further, and let go of the log."""
        self._wish += 1
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    # -- on the thread --------------------------------------------------------------------------------------------

    def _tell(self, wish: int, views: Callable[[], Iterator[ProgressView]]) -> None:
        try:
            for view in views():
                if wish != self._wish:
                    return
                self.told.emit(Told(wish, view))
        except (StoreError, OSError) as error:
            _log.warning("%s", type(error).__name__)
            self.told.emit(Told(wish, error=error))

    def _views(self, wish: int, wanted: Range, today: date, first_weekday: int) -> Iterator[ProgressView]:
        if wish != self._wish:
            return
        log = self._desk.surroundings.read_log()
        try:
            read = entries(log, wanted, today)
            last = ended(read)
            passing: dict[str, Played] = {}

            def view() -> ProgressView:
                return progress_view(read, {**self._played, **passing}, first_weekday=first_weekday)

            yield view()
            missing = tuple(uid for uid in read.replayable if uid not in self._played)
            for number, piece in enumerate(replays(log, missing), 1):
                if wish != self._wish:
                    return
                self._played.update((uid, one) for uid, one in piece.items() if uid in last)
                passing.update((uid, one) for uid, one in piece.items() if uid not in last)
                if number % _TELL_EVERY == 0:
                    yield view()
            if missing:
                yield view()
        finally:
            log.close()

    # -- on the window's thread -----------------------------------------------------------------------------------

    def _take(self, told: Told) -> None:
        if told.wish != self._wish:
            return
        if told.view is not None and self._show is not None:
            self._show(told.view)
        elif told.error is not None and self._fail is not None:
            self._fail(Failure(told.error))
