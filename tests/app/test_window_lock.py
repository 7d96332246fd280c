"""The lock that says who may be the only one."""

import subprocess
import sys
from pathlib import Path

from coach.app.window_lock import WindowLock, session_lock
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
