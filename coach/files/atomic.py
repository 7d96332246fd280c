"""Files that are either the old one or the new one, never half of one."""

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coach.files.ordinary import must_be_ordinary

_PREFIX, _SUFFIX = ".coach-", ".part"
# File systems without a sync of folders say one of these; the file itself is safe by then.
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF}


def write_bytes(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Replace the file with the data, whole and on the disk, or raise `OSError` and leave it as it was."""
    write_pieces(path, (data,), mode=mode)


def write_pieces(path: Path, pieces: Iterable[bytes], *, mode: int = 0o600) -> None:
    """As `write_bytes`, for data that comes in pieces; whatever making them raises leaves the file as it was."""
    target = Path(os.path.realpath(path))  # through a link, so that the link stays one
    must_be_ordinary(target)
    try:
        with _passing(target.parent) as (handle, part):
            _write(handle, pieces)
            part.chmod(mode)
            part.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # the passing name tells nobody anything
        raise


def write_text(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Replace the file with the text in UTF-8, line ends as they are."""
    write_bytes(path, text.encode("utf-8"), mode=mode)


def write_json(path: Path, plain: object, *, mode: int = 0o600) -> None:
    """Replace the file with a value as readable JSON; `ValueError` for what JSON has no word for."""
    import json

    write_text(path, json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=2) + "\n", mode=mode)


def clear_strays(folder: Path) -> None:
    """Remove what killed writes left behind, also of copies of the log; what somebody is writing just now stays.

    Whoever writes has a lock on the file until it has its name, and the system drops it when a process ends, however
    it ends. On Windows a file that is open cannot be removed.
    """
    for part in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):  # it is in use, or it harms nobody, and there is a next start
            _remove_left(part)
            part.with_name(part.name + "-journal").unlink(missing_ok=True)


@contextmanager
def _passing(folder: Path) -> Iterator[tuple[int, Path]]:
    """A new file under a passing name, open for writing; gone in the end, unless it got another name."""
    handle, part = _made(folder)
    lock = os.dup(handle) if os.name == "posix" else None
    try:
        yield handle, part
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        if lock is not None:
            os.close(lock)


def _made(folder: Path) -> tuple[int, Path]:
    import tempfile  # 10 ms, and only for what writes

    while True:
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)  # 0600 whatever the umask
        _lock(handle)
        if os.path.lexists(name):
            return handle, Path(name)
        os.close(handle)  # taken for a stray in the instant before it was locked


def _write(handle: int, pieces: Iterable[bytes]) -> None:
    with os.fdopen(handle, "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


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


def _sync_folder(folder: Path) -> None:
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
