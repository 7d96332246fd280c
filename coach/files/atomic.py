"""Files that are either the old one or the new one, never half of one."""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
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
        part = _written(target.parent, pieces, mode)
        try:
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
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
    """Remove what a killed write left behind; call it at the start, before anything writes here."""
    for part in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):  # it harms nobody, and there is a next start
            part.unlink()


def _written(folder: Path, pieces: Iterable[bytes], mode: int) -> Path:
    import tempfile  # 10 ms, and only for what writes

    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)  # 0600 whatever the umask
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


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
