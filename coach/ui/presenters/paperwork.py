"""Lays documents out and writes them on a thread: a long one takes a second.

A document stays on the thread that laid it out: Qt keeps its fonts a thread each, and takes them along when it ends.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from coach.app.errors import StoreError
from coach.app.paper import Print
from coach.ui.background import Work, tell_result, unexpected
from coach.ui.qt_classes import QtClasses

if TYPE_CHECKING:
    from coach.ui.paper.document import Document, Picture

_log = logging.getLogger(__name__)
Draft = Callable[[Print], "Document"]


@dataclass(frozen=True, slots=True)
class Drafted:
    """Pictures of the pages of a document."""

    how: Print
    pictures: "tuple[Picture, ...]"


@dataclass(frozen=True, slots=True)
class Saved:
    """Where the PDF was written, or why it was not."""

    path: Path
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Undrafted:
    """Why there are no pages: what they tell of could not be read."""

    error: Exception


Told = Drafted | Undrafted | Saved


class Paperwork(QObject):
    """One document for paper: does one thing at a time, the newest wish last."""

    told = Signal(object)  # Told

    def __init__(self, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._classes = QtClasses(self)
        self._thread: Work | None = None
        self._next: Callable[[], Told] | None = None
        self._take_draft: Callable[[Drafted], object] | None = None
        self._take_saved: Callable[[Saved], object] | None = None
        self._take_failed: Callable[[Undrafted], object] | None = None
        # Emitted on the thread, received where this object lives.
        self.told.connect(self._over, Qt.ConnectionType.QueuedConnection)

    def on_drafted(self, take: Callable[[Drafted], object]) -> None:
        """Call `take` when pages can be shown."""
        self._take_draft = take

    def on_saved(self, take: Callable[[Saved], object]) -> None:
        """Call `take` when a PDF was written, or could not be."""
        self._take_saved = take

    def on_failed(self, take: Callable[[Undrafted], object]) -> None:
        """Call `take` when there are no pages to show."""
        self._take_failed = take

    @property
    def busy(self) -> bool:
        """Whether something is on its way."""
        return self._thread is not None or self._classes.busy

    def draft(self, how: Print, scale: float) -> None:
        """Lay the document out, and make pictures of its pages with so many pixels to a point."""
        self._begin(lambda: _drafted(self._draft, how, scale))

    def save(self, how: Print, path: Path) -> None:
        """Write the document as PDF."""
        self._begin(lambda: _saved(self._draft, how, path))

    def wait(self) -> None:
        """Wait for what is on its way: before the sheet goes, and this object with it."""
        self._classes.finish()
        if self._thread is not None:
            self._thread.join()

    def _begin(self, work: Callable[[], Told]) -> None:
        if self._thread is not None:
            self._next = work
        else:
            self._classes.then(lambda: self._start(work))

    def _start(self, work: Callable[[], Told]) -> None:
        self._thread = Work("paper", lambda: self._run(work))

    def _run(self, work: Callable[[], Told]) -> None:
        instead: Told = Undrafted(unexpected())
        tell_result(self.told, work, instead)

    def _over(self, told: Told) -> None:
        self._thread = None
        waiting, self._next = self._next, None
        match told:
            case Drafted() if waiting is None and self._take_draft is not None:
                self._take_draft(told)
            case Undrafted() if waiting is None and self._take_failed is not None:
                self._take_failed(told)
            case Saved() if self._take_saved is not None:
                self._take_saved(told)
        if waiting is not None:
            self._begin(waiting)


def _drafted(draft: Draft, how: Print, scale: float) -> Drafted | Undrafted:
    from coach.ui.paper.document import to_picture

    try:
        document = draft(how)
    except (StoreError, OSError) as error:
        _log.warning("%s", type(error).__name__)
        return Undrafted(error)
    return Drafted(how, tuple(to_picture(document, page, scale) for page in range(document.pages)))


def _saved(draft: Draft, how: Print, path: Path) -> Saved:
    from coach.app import transfer
    from coach.ui.paper.document import to_pdf

    try:
        transfer.write_file(path, to_pdf(draft(how)))
    except (StoreError, OSError) as error:
        _log.warning("%s", type(error).__name__)
        return Saved(path, error)
    return Saved(path)
