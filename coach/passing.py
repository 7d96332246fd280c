"""Files under a passing name: each gets its own once it is whole, and is locked until then.

The lock tells whoever clears up after kills that a file is in use; the system drops it when a process ends, however it
ends. It is none of SQLite's, which are of another kind. `sync_folder` makes the new name last.
"""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

PREFIX: Final = ".coach-"
SUFFIX: Final = ".part"
_NO_FOLDER_SYNC: Final = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF}
"""File systems without a sync of folders say one of these; the file itself is safe by then."""


def make(folder: Path) -> tuple[int, Path]:
    """A new file that only the person can read, open for writing; closing what is returned gives up its lock.

    Raises OSError.
    """
    import tempfile  # 10 ms, and only for what writes

    while True:
        handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=folder)  # 0600 whatever the umask
        _lock(handle)
        if os.path.lexists(name):
            return handle, Path(name)
        os.close(handle)  # taken for a stray in the instant before it was locked


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the file system can. Raises OSError."""
    if os.name == "nt":  # no handle of a folder to sync there; NTFS journals its names
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def clear_strays(folder: Path) -> None:
    """Remove what killed writes left behind, also of copies of the log; what somebody is writing just now stays.

    On Windows a file that is open cannot be removed.
    """
    for part in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):  # it is in use, or it harms nobody, and there is a next start
            _remove_left(part)
            part.with_name(part.name + "-journal").unlink(missing_ok=True)


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        """Nothing to do."""

    def _remove_left(part: Path) -> None:
        part.unlink()

else:
    import fcntl

    def _lock(handle: int) -> None:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)

    def _remove_left(part: Path) -> None:
        handle = os.open(part, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()
        finally:
            os.close(handle)
