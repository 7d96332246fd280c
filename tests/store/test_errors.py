import errno
import sqlite3
import threading
from pathlib import Path

import pytest

from coach.store.errors import Damaged, Foreign, Reason, Refused, StoreError, Unavailable, translated, translating
from tests.store import made


def of_sqlite(code: int, name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    "name, reason",
    [
        ("SQLITE_FULL", Reason.DISK_FULL),
        ("SQLITE_CANTOPEN", Reason.PERMISSION),
        ("SQLITE_PERM", Reason.PERMISSION),
        ("SQLITE_READONLY", Reason.READ_ONLY),
        ("SQLITE_READONLY_DIRECTORY", Reason.READ_ONLY),
        ("SQLITE_BUSY", Reason.LOCKED),
        ("SQLITE_BUSY_SNAPSHOT", Reason.LOCKED),
        ("SQLITE_LOCKED", Reason.LOCKED),
        ("SQLITE_IOERR", Reason.IO),
        ("SQLITE_IOERR_FSYNC", Reason.IO),
    ],
)
def test_the_surroundings_have_a_reason(name: str, reason: Reason) -> None:
    error = translated(of_sqlite(getattr(sqlite3, name), name))

    assert isinstance(error, Unavailable)
    assert error.reason is reason
    assert error.detail == name


@pytest.mark.parametrize(
    "name, kind",
    [
        ("SQLITE_CORRUPT", Damaged),
        ("SQLITE_CORRUPT_INDEX", Damaged),
        ("SQLITE_ERROR", Damaged),
        ("SQLITE_NOTADB", Foreign),
        ("SQLITE_CONSTRAINT_CHECK", Refused),
        ("SQLITE_MISMATCH", Refused),
    ],
)
def test_the_rest_has_a_kind(name: str, kind: type[StoreError]) -> None:
    assert type(translated(of_sqlite(getattr(sqlite3, name), name))) is kind


@pytest.mark.parametrize(
    "number, reason",
    [
        (errno.ENOSPC, Reason.DISK_FULL),
        (errno.EFBIG, Reason.DISK_FULL),
        (errno.EACCES, Reason.PERMISSION),
        (errno.EROFS, Reason.READ_ONLY),
        (errno.EEXIST, Reason.IN_THE_WAY),
        (errno.ENOTDIR, Reason.IN_THE_WAY),
        (errno.EIO, Reason.IO),
        (errno.ENOENT, Reason.IO),
    ],
)
def test_errors_of_the_system_have_a_reason(number: int, reason: Reason) -> None:
    with pytest.raises(Unavailable) as caught, translating():
        raise OSError(number, "what the system says")

    assert caught.value.reason is reason


def test_what_is_no_error_of_the_store_passes() -> None:
    with pytest.raises(KeyError), translating():
        raise KeyError("a bug")
    with pytest.raises(Foreign), translating():
        raise Foreign("already said")


def test_a_closed_connection_and_a_wrong_thread_are_mistakes_of_the_caller(path: Path) -> None:
    log = made.log_for_writing(path)
    seen: list[BaseException] = []

    def elsewhere() -> None:
        try:
            log.whole()
        except StoreError as error:
            seen.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    log.close()

    assert [type(error) for error in seen] == [Refused]
    with pytest.raises(Refused):
        log.whole()
    with pytest.raises(Refused):
        log.start(made.head("s"))
