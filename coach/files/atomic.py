"""Files that are either the old one or the new one, never half of one."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coach import passing
from coach.files.ordinary import must_be_ordinary


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
        passing.sync_folder(target.parent)
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


@contextmanager
def _passing(folder: Path) -> Iterator[tuple[int, Path]]:
    """A new file under a passing name, open for writing; gone in the end, unless it got another name."""
    handle, part = passing.make(folder)
    lock = os.dup(handle) if os.name == "posix" else None
    try:
        yield handle, part
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        if lock is not None:
            os.close(lock)


def _write(handle: int, pieces: Iterable[bytes]) -> None:
    with os.fdopen(handle, "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
