"""Copies, their return, and the end of everything."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from coach.app import copies
from coach.app.errors import Busy, Foreign, SessionUnderWay
from coach.app.surroundings import Surroundings
from coach.app.window_lock import WindowLock, session_lock
from tests.app.making import surroundings_at


@pytest.fixture
def surroundings(tmp_path: Path) -> Surroundings:
    made = surroundings_at(tmp_path / "home")
    made.home.make()
    return made


def record_morning(surroundings: Surroundings, pain: int) -> None:
    log = surroundings.open_log()
    surroundings.logbook(log).day(date(2026, 11, 20), morning=pain)
    log.close()


def mornings(surroundings: Surroundings) -> list[int | None]:
    log = surroundings.read_log()
    try:
        return [entry.morning for entry in log.days()]
    finally:
        log.close()


def copy_of(surroundings: Surroundings, target: Path) -> Path:
    log = surroundings.read_log()
    copies.backup(log, target)
    log.close()
    return target


def test_what_was_copied_comes_back_and_the_former_log_is_kept(surroundings: Surroundings, tmp_path: Path) -> None:
    record_morning(surroundings, 3)
    file = copy_of(surroundings, tmp_path / "copy.db")
    record_morning(surroundings, 8)

    restored = copies.restore(surroundings, file)

    assert mornings(surroundings) == [3]
    assert restored.former is not None
    copies.restore(surroundings, restored.former)
    assert mornings(surroundings) == [8]


def _no_database(file: Path) -> None:
    file.write_bytes(b"no log" * 100)


def _with_a_trigger(file: Path) -> None:
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("CREATE TRIGGER t AFTER INSERT ON day_entry BEGIN DELETE FROM day_entry; END")


@pytest.mark.parametrize("spoil", [_no_database, _with_a_trigger])
def test_a_bad_copy_is_told_apart_from_a_failing_log(
    spoil: Callable[[Path], None], surroundings: Surroundings, tmp_path: Path
) -> None:
    record_morning(surroundings, 3)
    file = copy_of(surroundings, tmp_path / "bad.db")
    spoil(file)

    with pytest.raises(copies.BadCopy) as bad:
        copies.restore(surroundings, file)

    assert isinstance(bad.value.why, Foreign)
    assert mornings(surroundings) == [3]


@pytest.mark.parametrize("kind", ["window", "session"])
def test_nobody_is_overrun(kind: str, surroundings: Surroundings, tmp_path: Path) -> None:
    record_morning(surroundings, 3)
    file = copy_of(surroundings, tmp_path / "copy.db")
    lock = WindowLock(surroundings.home.lock) if kind == "window" else session_lock(surroundings.home)
    assert lock.acquire()

    said = Busy if kind == "window" else SessionUnderWay
    with pytest.raises(Busy) as restoring:
        copies.restore(surroundings, file)
    with pytest.raises(Busy) as erasing:
        copies.erase(surroundings.home)

    assert (restoring.type, erasing.type) == (said, said)

    assert copies.window_is_open(surroundings.home) == (kind == "window")
    lock.release()
    assert mornings(surroundings) == [3]


def test_a_folder_that_takes_no_copy_is_not_taken_for_the_logs_own(
    surroundings: Surroundings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_morning(surroundings, 3)
    monkeypatch.setattr("os.access", lambda path, mode: False)

    with pytest.raises(PermissionError) as error:
        copy_of(surroundings, tmp_path / "copy.db")

    assert error.value.filename == str(tmp_path / "copy.db")


def test_the_copy_of_the_day_is_made_once(surroundings: Surroundings) -> None:
    record_morning(surroundings, 3)
    log = surroundings.open_log()

    copies.keep_daily(surroundings, log)
    made = surroundings.home.backups / "coach-2026-11-20.db"
    first = made.stat().st_mtime_ns
    copies.keep_daily(surroundings, log)

    log.close()
    assert made.stat().st_mtime_ns == first


def test_erasing_leaves_nothing_of_the_person(surroundings: Surroundings) -> None:
    record_morning(surroundings, 3)
    surroundings.home.settings.write_text("{}", encoding="utf-8")

    assert copies.erase(surroundings.home) == ()

    assert not surroundings.home.database.exists()
    assert not surroundings.home.settings.exists()
    assert not surroundings.home.backups.exists()


def test_erasing_what_never_was(tmp_path: Path) -> None:
    home = surroundings_at(tmp_path / "none").home

    assert copies.erase(home) == ()
    assert not home.folder.exists()
