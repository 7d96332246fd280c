"""Ordinary files: nothing else is read or replaced. A pipe that nobody writes to never ends, a device is no paper."""

import errno
from pathlib import Path


def must_be_ordinary(path: Path) -> None:
    """Raise `IsADirectoryError` where something is that is no ordinary file; where nothing is, all is well."""
    if path.exists() and not path.is_file():
        raise IsADirectoryError(errno.EISDIR, "Not an ordinary file", str(path))
