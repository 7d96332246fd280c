"""Erasing everything of the person below the data folder."""

import os
import stat
from pathlib import Path

from coach import passing
from coach.store.errors import translating

_FILES = (
    "settings.json",
    "unanswered.json",
    "walk_run.jsonl",
    "coach.db-journal",
    "coach.db-wal",
    "coach.db-shm",
    "coach.db",
)
# What a killed write left, and settings that could not be read.
_PATTERNS = (f"{passing.PREFIX}*{passing.SUFFIX}", "settings-damaged-*.json")
_FOLDERS = ("logs", "routines", "drafts")
_COPIES = "backups"
_CHUNK = bytes(1 << 20)


@translating()
def erase(home: Path) -> tuple[Path, ...]:
    """Overwrite and remove what the program keeps in its folder; return what is still there.

    Close the log first. Goes by known names only, and through no link: a link is removed, what it leads to is not ours
    and is returned. The copies go last, so that a kill half-way leaves a log or a copy of it, and can be repeated.
    """
    home = home.resolve()
    left: list[Path] = []
    for name in _FOLDERS:
        _remove_tree(home / name, left)
    for pattern in _PATTERNS:
        for file in sorted(home.glob(pattern)):
            _remove_file(file, left)
    for name in _FILES:
        _remove_file(home / name, left)
    _remove_tree(home / _COPIES, left)
    if (home / _COPIES).is_dir():
        _remove_tree(home / _COPIES, left)  # a copy that was being written got its name meanwhile
    # Whoever was writing may have taken it away itself.
    return tuple(path for path in left if os.path.lexists(path))


def _remove_tree(folder: Path, left: list[Path]) -> None:
    if folder.is_symlink() or not folder.is_dir():
        _remove_file(folder, left)
        return
    try:
        for entry in sorted(folder.iterdir()):
            _remove_tree(entry, left)
        folder.rmdir()
    except OSError:
        left.append(folder)


def _remove_file(path: Path, left: list[Path]) -> None:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    except OSError:
        left.append(path)
        return
    try:
        if stat.S_ISLNK(status.st_mode):
            target = path.resolve()
            path.unlink()
            if target.exists():
                left.append(target)
            return
        # With a second name elsewhere, overwriting would reach out of our folder.
        if stat.S_ISREG(status.st_mode) and status.st_nlink == 1:
            _overwrite(path, status.st_size)
        path.unlink()
    except OSError:
        left.append(path)


def _overwrite(path: Path, size: int) -> None:
    # On a disk that writes elsewhere each time this is no promise; on others it is all there is to do.
    handle = os.open(path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        while size > 0:
            size -= os.write(handle, _CHUNK[:size])
        os.fsync(handle)
    finally:
        os.close(handle)
