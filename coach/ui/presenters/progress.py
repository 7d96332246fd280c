"""Between the Progress screen and the log: reads a range on a thread, and replays its sessions a few at a time.

The newest wish wins. What is drawn first needs no replay; exercises and sets follow. Sessions are replayed in the
window's own thread, between its events: two threads of Python take turns every 5 ms, so that a replay of some seconds
on another thread made each painting ten times as long. A replay is kept, since an ended session never changes.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coach.app.errors import StoreError
from coach.app.progress import Entries, ProgressView, entries, progress_view, replays
from coach.app.surroundings import Log
from coach.core.day import training_day
from coach.core.progress.span import Range
from coach.core.progress.training import Played
from coach.ui.background import Work, tell
from coach.ui.presenters.desk import PATIENCE_S, Desk, Failure

_log = logging.getLogger(__name__)
_BETWEEN_MS: Final = 3
"""So long the window has for itself between two replays, which take 3 ms each."""

_SAY_EVERY: Final = 20
_AHEAD: Final = (Range.TEN_WEEKS, Range.FOUR_WEEKS, Range.YEAR, Range.ALL)
"""What is read while nothing else is asked for, so that the next range is there at once."""

_REPLAYED_AHEAD: Final = frozenset(_AHEAD) - {Range.ALL}
"""The sessions of many years are replayed only if somebody wants to see them: that takes seconds."""


class Told(Struct, frozen=True):
    """What came of a wish."""

    wish: int
    read: Entries | None = None
    view: ProgressView | None = None
    error: Exception | None = None


class Kept(Struct, frozen=True):
    """A range as it was read; its view has sessions pending if they are still to be replayed."""

    read: Entries
    view: ProgressView


class ProgressDesk(QObject):
    """Reads what Progress shows."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wish = 0
        self._asked: Range | None = None
        self._thread: Work | None = None
        self._kept: dict[Range, Kept] = {}
        self._played: dict[str, Played] = {}
        self._passing: dict[str, Played] = {}
        """Replays of sessions that have no end yet: of this wish only."""
        self._read: Entries | None = None
        self._ended: frozenset[str] = frozenset()
        self._log: Log | None = None
        self._pending = 0
        self._pieces: Iterator[dict[str, Played]] = iter(())
        self._replay = QTimer(self, interval=_BETWEEN_MS)
        self._replay.timeout.connect(self._go_on)
        self._show: Callable[[ProgressView], object] | None = None
        self._say: Callable[[int], object] | None = None
        self._fail: Callable[[Failure], object] | None = None
        # Emitted on the thread, received where this object lives.
        self.told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def on_view(self, show: Callable[[ProgressView], object]) -> None:
        """Call `show` with what is known of the range that was asked for last, and again when all of it is."""
        self._show = show

    def on_pending(self, say: Callable[[int], object]) -> None:
        """Call `say` now and then with how many sessions are still to be replayed."""
        self._say = say

    def on_failed(self, fail: Callable[[Failure], object]) -> None:
        """Call `fail` when the log cannot be read."""
        self._fail = fail

    def ask(self, wanted: Range) -> None:
        """Read a range, or show it at once if it was read before; returns at once."""
        self._let_go()
        self._passing = {}
        self._asked = wanted
        today = self._today()
        kept = self._kept.get(wanted)
        if kept is not None and kept.view.span.until == today and self._show is not None:
            self._show(kept.view)
            self._carry_on(kept)
            return
        self._read_range(wanted)

    def _today(self) -> date:
        return training_day(self._desk.surroundings.calendar.now())

    def _read_range(self, wanted: Range) -> None:
        today = self._today()
        self._begin(lambda: self._entries(lambda log: entries(log, wanted, today)))

    def _read_ahead(self) -> None:
        """Read one more range that was not asked for yet."""
        missing = next((one for one in _AHEAD if one not in self._kept), None)
        if missing is not None:
            self._read_range(missing)

    def forget(self) -> None:
        """What was read of the ranges is not what the log holds now."""
        self._kept.clear()

    def stop(self) -> None:
        """Read no further, and let go of the log."""
        self._let_go()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _let_go(self) -> None:
        self._wish += 1
        self._replay.stop()
        if self._log is not None:
            self._log.close()
            self._log = None

    # -- on the thread --------------------------------------------------------------------------------------------

    def _begin(self, read: Callable[[], Entries]) -> None:
        """Read on the thread, and put together what is known then."""
        wish, former = self._wish, self._thread
        played = {**self._played, **self._passing}
        first_weekday, own = self._desk.settings.first_weekday, self._desk.limits()

        def work() -> None:
            if former is not None:
                former.join()  # one at a time reads
            if wish != self._wish:
                return
            try:
                found = read()
                view = progress_view(found, played, first_weekday=first_weekday, own=own)
            except (StoreError, OSError) as error:
                _log.warning("%s", type(error).__name__)
                tell(self.told, Told(wish, error=error))
            else:
                tell(self.told, Told(wish, found, view))

        self._thread = Work("progress", work)

    def _entries(self, read: Callable[[Log], Entries]) -> Entries:
        log = self._desk.own_log()
        try:
            return read(log)
        finally:
            log.close()

    # -- on the window's thread -----------------------------------------------------------------------------------

    def _take(self, told: Told) -> None:
        if told.wish != self._wish:
            return
        if told.error is not None:
            self._failed(told.error)
        elif told.view is not None and told.read is not None:
            kept = Kept(told.read, told.view)
            if not told.view.pending or told.view.range not in _REPLAYED_AHEAD:
                self._kept[told.view.range] = kept
            if self._show is not None and told.view.range is self._asked:
                self._show(told.view)
            if told.wish != self._wish:
                return
            self._carry_on(kept)

    def _carry_on(self, kept: Kept) -> None:
        """Replay what is pending of a range, or else read the next one."""
        if kept.view.pending and (kept.view.range is self._asked or kept.view.range in _REPLAYED_AHEAD):
            self._begin_replay(kept.read)
        else:
            self._read_ahead()

    def _begin_replay(self, read: Entries) -> None:
        missing = tuple(uid for uid in read.replayable if uid not in self._played and uid not in self._passing)
        try:
            self._log = self._desk.own_log(PATIENCE_S)
        except (StoreError, OSError) as error:
            self._failed(error)
            return
        self._read, self._ended, self._pending = read, read.ended, len(missing)
        self._pieces = replays(self._log, missing)
        self._replay.start()

    def _go_on(self) -> None:
        """Replay one more; after the last, put everything together."""
        assert self._read is not None
        try:
            piece = next(self._pieces, None)
        except (StoreError, OSError) as error:
            self._let_go()
            self._failed(error)
            return
        if piece is None:
            read = self._read
            self._let_go()
            self._begin(lambda: read)
            return
        for uid, one in piece.items():
            (self._played if uid in self._ended else self._passing)[uid] = one
        self._pending -= len(piece)
        if self._say is not None and self._read.range is self._asked and self._pending % _SAY_EVERY == 0:
            self._say(self._pending)

    def _failed(self, error: Exception) -> None:
        if self._fail is not None:
            self._fail(Failure(error))
