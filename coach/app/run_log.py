"""What the program did, for its developers: `logs/coach.log`, without anything a person entered.

Of an exception only its type and the lines of our own code are written: its message may quote what was entered.
"""

import logging
import os
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FILE = "coach.log"
_BYTES = 500_000
_KEPT = 3


class _Quiet(logging.Formatter):
    """Formats exceptions without their messages."""

    def formatException(  # noqa: N802 # logging's own name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return "" if ei[1] is None else without_message(ei[1])


class _OwnOnly(RotatingFileHandler):
    """A file that only the person can read, made with the first line."""

    def _open(self):  # type: ignore[no-untyped-def] # typeshed and logging disagree on its type
        descriptor = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 # logging's own name
        """A full disk must not write tracebacks into the person's terminal."""


def begin(folder: Path) -> None:
    """Write what is logged from now on into the folder; again is no harm."""
    root = logging.getLogger()
    if any(isinstance(handler, _OwnOnly) for handler in root.handlers):
        return
    handler = _OwnOnly(folder / FILE, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(_Quiet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)


def end() -> None:
    """Let go of the file: from now on nothing is written."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, _OwnOnly):
            root.removeHandler(handler)
            handler.close()
            root.addHandler(logging.NullHandler())


def note(folder: Path, error: BaseException) -> Path | None:
    """Write down an exception that nobody expected; None if that cannot be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    begin(folder)
    logging.getLogger("coach").error("unexpected: %s", without_message(error))
    return folder / FILE


def without_message(error: BaseException) -> str:
    """The type and the places of an exception and of its causes."""
    parts = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        parts.append("".join(traceback.format_tb(at.__traceback__)) + type(at).__name__)
        at = at.__cause__ or at.__context__
    return "\nbecause of\n".join(parts)
