"""The lock that says who may be the only one."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach.app.errors import Reason
from coach.app.window_lock import WindowLock, only_to_look, session_lock
from coach.paths import Home

_HOLD = """
import sys
from pathlib import Path
from coach.app.window_lock import WindowLock
lock = WindowLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends."""
    root = Path(__file__).parent.parent.parent
    return subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_one_has_it_and_the_other_sees_so(tmp_path: Path) -> None:
    one, other = WindowLock(tmp_path / "lock"), WindowLock(tmp_path / "lock")

    assert not other.held_by_other()
    assert one.acquire()
    assert one.acquire()
    assert not one.held_by_other()
    assert other.held_by_other()
    assert not other.acquire()
    assert one.acquire(), "asking has not dropped it"
    one.release()
    assert not other.held_by_other()
    assert other.acquire()
    other.release()


def test_another_process_has_it_until_it_is_killed(tmp_path: Path) -> None:
    lock = WindowLock(tmp_path / "lock")

    with holder(tmp_path / "lock") as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "True\n"
        held = lock.held_by_other(), lock.acquire()
        running.kill()
        running.wait()

    assert held == (True, False)
    assert not lock.held_by_other()
    assert lock.acquire()
    lock.release()


def test_asking_makes_no_file(tmp_path: Path) -> None:
    assert not WindowLock(tmp_path / "lock").held_by_other()
    assert list(tmp_path.iterdir()) == []


def test_a_session_and_the_window_have_locks_of_their_own(tmp_path: Path) -> None:
    home = Home(tmp_path)
    window, session = WindowLock(home.lock), session_lock(home)

    assert window.acquire()
    assert session.acquire()
    window.release()
    session.release()


def test_the_file_is_for_the_person_alone(tmp_path: Path) -> None:
    lock = WindowLock(tmp_path / "lock")
    assert lock.acquire()
    lock.release()

    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600


def test_a_lock_that_may_not_be_written_can_be_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holder_ = WindowLock(tmp_path / "lock")
    assert holder_.acquire()
    opened = os.open

    def only_reading(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, "no", str(path))
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", only_reading)

    held = WindowLock(tmp_path / "lock").held_by_other()
    holder_.release()

    assert held
    assert not WindowLock(tmp_path / "lock").held_by_other()


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, Reason.PERMISSION),
        (errno.EPERM, Reason.PERMISSION),
        (errno.EROFS, Reason.READ_ONLY),
        (errno.ENOSPC, Reason.DISK_FULL),
        (errno.ENOTDIR, None),
        (errno.EIO, None),
    ],
)
def test_a_folder_that_cannot_be_written_to_can_be_looked_at(
    tmp_path: Path, number: int, reason: Reason | None
) -> None:
    home = Home(tmp_path)
    error = OSError(number, "no", str(home.lock))

    nothing_there = only_to_look(home, error)
    home.settings.write_text("{}")
    why = only_to_look(home, error)

    assert nothing_there is None
    assert (None if why is None else why.reason) == reason
