import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach import passing
from coach.files import atomic
from tests.fakes import no_sync_of_folders

ROOT = Path(__file__).parents[2]


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_new_file_holds_the_data_for_the_person_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        atomic.write_bytes(tmp_path / "new.bin", b"\x00\x01")
    finally:
        os.umask(before)

    assert (tmp_path / "new.bin").read_bytes() == b"\x00\x01"
    assert stat.S_IMODE((tmp_path / "new.bin").stat().st_mode) == 0o600
    assert names(tmp_path) == {"new.bin"}


def test_the_mode_is_the_one_asked_for(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        atomic.write_bytes(tmp_path / "new.pdf", b"", mode=0o644)
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "new.pdf").stat().st_mode) == 0o644


def test_text_and_json_are_utf8_with_their_line_ends(tmp_path: Path) -> None:
    atomic.write_text(tmp_path / "a", "Hüfte\r\n\n")
    atomic.write_json(tmp_path / "b", {"title": "Hüfte", "n": [1, 2.5]})

    assert (tmp_path / "a").read_bytes() == "Hüfte\r\n\n".encode()
    assert (tmp_path / "b").read_text("utf-8").startswith('{\n  "title": "Hüfte"')
    with pytest.raises(ValueError):
        atomic.write_json(tmp_path / "b", float("nan"))
    assert "Hüfte" in (tmp_path / "b").read_text("utf-8")


@pytest.mark.parametrize("fails", ["fsync", "replace", "write", "chmod"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old").write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    if fails == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    elif fails == "write":
        monkeypatch.setattr(os, "fdopen", lambda handle, mode: _Full(handle))
    else:
        monkeypatch.setattr(Path, fails, fail)
    with pytest.raises(OSError, match="full"):
        atomic.write_bytes(tmp_path / "old", b"new")
    monkeypatch.undo()

    assert (tmp_path / "old").read_bytes() == b"old"
    assert names(tmp_path) == {"old"}


def test_pieces_that_cannot_be_made_leave_the_old_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise RuntimeError("half way")

    (tmp_path / "old").write_bytes(b"old")

    with pytest.raises(RuntimeError, match="half way"):
        atomic.write_pieces(tmp_path / "old", pieces())

    assert (tmp_path / "old").read_bytes() == b"old"
    assert names(tmp_path) == {"old"}


class _Full:
    """A file on a full disk."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __enter__(self) -> "_Full":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)

    def write(self, _: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
@pytest.mark.parametrize("limit", [0, 1, 1024, 4096, 9999])
def test_a_file_that_may_not_grow_leaves_the_old_one(tmp_path: Path, limit: int) -> None:
    import resource

    (tmp_path / "old").write_bytes(b"old" * 1000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    error = None
    try:
        atomic.write_bytes(tmp_path / "old", b"n" * 10000)
    except OSError as caught:
        error = caught
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)

    assert error is not None
    assert error.errno == errno.EFBIG
    assert (tmp_path / "old").read_bytes() == b"old" * 1000
    assert names(tmp_path) == {"old"}


@pytest.mark.parametrize("at", ["write", "fsync", "replace"])
def test_a_kill_leaves_the_old_file_and_the_next_start_clears_up(tmp_path: Path, at: str) -> None:
    (tmp_path / "old").write_bytes(b"old")
    place = {"write": "os.fdopen", "fsync": "os.fsync", "replace": "Path.replace"}[at]
    program = (
        "import os, sys; from pathlib import Path; from coach.files import atomic\n"
        f"{place} = lambda *a: os._exit(9)\n"
        "atomic.write_bytes(Path(sys.argv[1]), b'new')"
    )

    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "old")], cwd=ROOT, check=False)

    assert done.returncode == 9
    assert (tmp_path / "old").read_bytes() == b"old"
    assert len(names(tmp_path)) == 2
    passing.clear_strays(tmp_path)
    assert names(tmp_path) == {"old"}


def test_clearing_up_touches_nothing_else(tmp_path: Path) -> None:
    for name in (".coach-x", "coach-x.part", ".other.part", "a.json"):
        (tmp_path / name).touch()

    passing.clear_strays(tmp_path)

    assert names(tmp_path) == {".coach-x", "coach-x.part", ".other.part", "a.json"}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real" / "file")

    atomic.write_bytes(tmp_path / "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "file").read_bytes() == b"new"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as error:
        atomic.write_bytes(tmp_path / "none" / "file", b"")

    assert error.value.filename == str(tmp_path / "none" / "file")


@pytest.mark.parametrize("number, said", [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_folder_that_cannot_be_synced(
    tmp_path: Path, number: int, said: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_sync_of_folders(monkeypatch, number)
    if said:
        with pytest.raises(OSError, match="folder"):
            atomic.write_bytes(tmp_path / "file", b"new")
    else:
        atomic.write_bytes(tmp_path / "file", b"new")

    assert (tmp_path / "file").read_bytes() == b"new"
