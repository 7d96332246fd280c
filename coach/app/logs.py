"""The program's own log file: what it did, without names, notes or pain values.

Of an exception only its type and the places in the code are written: its message may quote what was entered.
"""

import faulthandler
import logging
import os
import traceback
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

_SIZE = 1_000_000
_KEPT = 4
FILE = "coach.log"
FAULTS = "faults.log"


class _Private(logging.FileHandler):
    """A file for this user alone, put aside when it is full.

    The standard library's rotating handler would do, but brings sockets and pickling along to every start.
    """

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and self.stream.tell() > _SIZE:
                self._put_aside()
            super().emit(record)  # opens the file without a guard of its own
        except OSError:
            self.handleError(record)

    def _put_aside(self) -> None:
        self.close()
        with suppress(OSError):
            for number in range(_KEPT, 0, -1):
                older = Path(f"{self.baseFilename}.{number - 1}" if number > 1 else self.baseFilename)
                if older.exists():
                    older.replace(f"{self.baseFilename}.{number}")
        self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's own name
        """Write nothing to the person's terminal because a disk is full."""


class _Quiet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another handler made of the exception, with its message
        return super().format(record)

    def formatException(  # noqa: N802  # logging's own name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return "" if ei[1] is None else without_message(ei[1])


def write_to(folder: Path) -> None:
    """Log into `folder`, if it can be written to; a program that cannot log runs all the same. Again is no harm."""
    root = logging.getLogger()
    if any(isinstance(handler, _Private) for handler in root.handlers):
        return
    try:
        handler = _Private(folder / FILE, encoding="utf-8", delay=True)
        faults = os.open(folder / FAULTS, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        root.addHandler(logging.NullHandler())
        return
    handler.setFormatter(_Quiet("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    faulthandler.enable(faults)


def let_go() -> None:
    """Close the file; from now on nothing is written."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _Private)]:
        faulthandler.disable()
        root.removeHandler(handler)
        handler.close()
        root.addHandler(logging.NullHandler())


def note(folder: Path, error: BaseException) -> Path | None:
    """Write down an exception that nobody expected, and say where; None if that cannot be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    write_to(folder)
    logging.getLogger("coach").error("unexpected: %s", without_message(error))
    return folder / FILE


def without_message(error: BaseException) -> str:
    """The types and the places of an exception and of its causes."""
    parts: list[str] = []
    at: BaseException | None = error
    while at is not None and len(parts) < 10:
        parts.append("".join(traceback.format_tb(at.__traceback__)) + type(at).__name__)
        at = at.__cause__ or at.__context__
    return "\nbecause of\n".join(parts)
