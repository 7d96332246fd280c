"""Bringing events to disk: at once, or on a thread of its own so that a slow disk never stops the window.

What cannot be written now is held, in order, and written before anything newer as soon as it works again.
"""

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from coach.store.errors import Reason, StoreError, Unavailable

FLUSH_S = 10.0
RETRY_S = 1.0

_log = logging.getLogger(__name__)


class EventLog(Protocol):
    """What a keeper needs of the store."""

    def append(self, session: str, seq: int, at_s: float, body: str) -> None:
        """Append one event in a transaction of its own."""

    def close(self) -> None:
        """Close the connection."""


class DirectKeeper:
    """Writes at once: when `keep` returns, the event is on disk or held."""

    def __init__(self, log: EventLog, session: str) -> None:
        self._log = log
        self._session = session
        self._held: deque[tuple[int, float, str]] = deque()
        self.trouble: StoreError | None = None

    def keep(self, seq: int, at_s: float, body: str) -> None:
        """Write the event after all that are held."""
        self._held.append((seq, at_s, body))
        self.flush()

    def flush(self) -> bool:
        """Write what is held; False if something still is."""
        while self._held:
            try:
                self._log.append(self._session, *self._held[0])
            except StoreError as error:
                if self.trouble is None:
                    _log.warning("events are held in memory: %s", type(error).__name__)
                self.trouble = error
                return False
            self._held.popleft()
        self.trouble = None
        return True


class ThreadKeeper:
    """Writes on its own thread with its own connection, within the second that the event belongs to."""

    def __init__(self, open_log: Callable[[], EventLog], session: str, patience_s: float = FLUSH_S) -> None:
        """`patience_s`: how long `flush` waits."""
        self._open = open_log
        self._patience_s = patience_s
        self._session = session
        # An event to write; somebody to tell that everything before was tried; or the end.
        self._queue: queue.SimpleQueue[tuple[int, float, str] | threading.Event | None] = queue.SimpleQueue()
        self._wanted = 0
        self._written = 0
        self.trouble: StoreError | None = None
        self._thread = threading.Thread(target=self._run, name="session events", daemon=True)
        self._thread.start()

    def keep(self, seq: int, at_s: float, body: str) -> None:
        """Hand the event to the thread; returns at once."""
        self._wanted += 1
        self._queue.put((seq, at_s, body))

    def flush(self, timeout_s: float | None = None) -> bool:
        """Wait until everything handed over so far is on disk, or one more try has failed."""
        if self._written < self._wanted and self._thread.is_alive():
            tried = threading.Event()
            self._queue.put(tried)
            tried.wait(self._patience_s if timeout_s is None else timeout_s)
        return self._written >= self._wanted

    def close(self) -> None:
        """Write what is left and end the thread."""
        self._queue.put(None)
        self._thread.join(FLUSH_S)

    def _run(self) -> None:
        log: EventLog | None = None
        held: deque[tuple[int, float, str]] = deque()
        ending = False
        while not (ending and (not held or self.trouble)):
            asked: threading.Event | None = None
            # While something is held, try again from time to time even if nothing new comes.
            with suppress(queue.Empty):
                entry = self._queue.get(timeout=RETRY_S if held else None)
                ending = ending or entry is None
                if isinstance(entry, threading.Event):
                    asked = entry
                elif entry is not None:
                    held.append(entry)
            log = self._write(log, held)
            if asked is not None:
                asked.set()
        _let_go(log)

    def _write(self, log: EventLog | None, held: deque[tuple[int, float, str]]) -> EventLog | None:
        while held:
            try:
                log = log or self._open()
                log.append(self._session, *held[0])
            except StoreError as error:
                if self.trouble is None:
                    _log.warning("events are held in memory: %s", type(error).__name__)
                self.trouble = error
                # After an I/O error SQLite's connection is not to be trusted.
                if isinstance(error, Unavailable) and error.reason is Reason.IO:
                    _let_go(log)
                    log = None
                return log
            held.popleft()
            self.trouble = None
            self._written += 1
        return log


def _let_go(log: EventLog | None) -> None:
    if log is not None:
        with suppress(StoreError):  # nothing is in it that was not written
            log.close()
