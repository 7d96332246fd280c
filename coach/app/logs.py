"""The program's own log file: what it did, without names, notes or pain values."""

import faulthandler
import logging
import logging.handlers
import os
from pathlib import Path
from typing import TextIO

_SIZE = 1_000_000
_KEPT = 4
FILE = "coach.log"
FAULTS = "faults.log"


class _Private(logging.handlers.RotatingFileHandler):
    def _open(self) -> TextIO:  # type: ignore[override]  # typeshed says TextIOWrapper, which this is
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")


def write_to(folder: Path) -> None:
    """Log into `folder`, if it can be written to; a program that cannot log runs all the same."""
    try:
        handler = _Private(folder / FILE, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True)
        faults = os.open(folder / FAULTS, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        logging.getLogger().addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    faulthandler.enable(faults)
