import errno
import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from coach.core.log import WholeLog
from coach.store import connection
from coach.store.connection import read_header, read_only, transaction, writing
from coach.store.database import existed, open_for_reading, open_for_writing, start_anew
from coach.store.errors import Damaged, Foreign, Missing, Newer, NoFile, Reason, Refused, StoreError, Unavailable
from coach.store.journal import Log
from coach.store.schema import APPLICATION_ID, KNOWN
from tests.fakes import no_sync_of_folders
from tests.ordered import ROOT
from tests.store import made, zygote


def pragma(conn: sqlite3.Connection, name: str) -> object:
    return conn.execute(f"PRAGMA {name}").fetchone()[0]


def changed(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute(statement)


def state(folder: Path) -> dict[str, tuple[str, int]]:
    """What lies in a folder: content and time of change of each file and folder."""
    return {
        str(file.relative_to(folder)): (
            hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "",
            file.stat().st_mtime_ns,
        )
        for file in (folder, *folder.rglob("*"))
    }


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def test_a_missing_file_reads_as_an_empty_log_and_stays_missing(path: Path) -> None:
    with closing(open_for_reading(path)) as conn:
        assert Log(conn).whole() == WholeLog()
        with pytest.raises(Unavailable) as error:
            Log(conn).add(made.day_entry("d"))

    assert error.value.reason is Reason.READ_ONLY
    assert not path.parent.exists()


def test_the_first_screen_imports_no_sqlite_utils(path: Path) -> None:
    made.filled(path, made.whole(2))
    program = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "import coach.store.database as d, coach.store.journal as j, coach.store.errors\n"
        f"log = j.Log(d.open_for_reading(Path({str(path)!r}))); log.whole(); log.close()\n"
        f"log = j.Log(d.open_for_reading(Path({str(path)!r} + '-none'))) if 0 else None\n"
        f"d.open_for_writing(Path({str(path)!r}), now=datetime.now(UTC)).close()\n"
        "heavy = {'sqlite_utils', 'click', 'pluggy', 'jsonschema', 'PySide6'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_every_safe_setting_is_on(path: Path) -> None:
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        wanted = {
            "journal_mode": "delete",
            "synchronous": 3,
            "fullfsync": 1,
            "foreign_keys": 1,
            "trusted_schema": 0,
            "secure_delete": 1,
            "cell_size_check": 1,
            "mmap_size": 0,
            "busy_timeout": 5000,
            "application_id": APPLICATION_ID,
            "user_version": KNOWN,
        }
        # With mmap compiled out the pragma answers nothing; there is none then.
        found = {name: (conn.execute(f"PRAGMA {name}").fetchone() or (0,))[0] for name in wanted}

    assert found == wanted


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_only_the_person_can_read_what_is_made(path: Path, mask: int) -> None:
    from coach.store import backup

    with umask(mask):
        log = made.log_for_writing(path)
        with writing(log.conn):
            log.conn.execute("DELETE FROM flag")
            log.conn.execute(
                "INSERT INTO session SELECT NULL, 'u', 'r', 'R', 1, 1, ?, 'UTC', '2026-01-01', '', ''",
                (made.at(made.FIRST_DAY).utc,),
            )
            journal = path.with_name("coach.db-journal")
            assert stat.S_IMODE(journal.stat().st_mode) == 0o600
        copy = backup.daily(log.conn, path.with_name("backups"), made.NOW)
        backup.before(log.conn, path.with_name("backups"), backup.Before.IMPORT, made.NOW)
        backup.backup(log.conn, path.with_name("mine.db"))
        log.close()
        assert copy
        backup.restore(path, copy, now=made.NOW)

    modes = {f.relative_to(path.parent.parent): stat.S_IMODE(f.stat().st_mode) for f in path.parent.parent.rglob("*")}
    assert len(modes) > 7
    assert {m for f, m in modes.items() if (path.parent.parent / f).is_dir()} == {0o700}
    assert {m for f, m in modes.items() if not (path.parent.parent / f).is_dir()} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    made.filled(path, made.whole(1))
    path.chmod(0o644)

    open_for_writing(path, now=made.NOW).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("reading", [True, False])
@pytest.mark.parametrize(
    "statement, kind",
    [
        ("PRAGMA user_version=999", Newer),
        ("PRAGMA application_id=1234", Foreign),
        ("PRAGMA user_version=0", Damaged),
    ],
)
def test_what_is_not_ours_is_refused_and_not_touched(
    path: Path, statement: str, kind: type[StoreError], reading: bool
) -> None:
    made.filled(path, made.whole(3))
    changed(path, statement)
    before = state(path.parent)

    with pytest.raises(kind) as error:
        _ = open_for_reading(path) if reading else open_for_writing(path, now=made.NOW)

    assert state(path.parent) == before
    if isinstance(error.value, Newer):
        assert (error.value.found, error.value.known) == (999, KNOWN)


def test_no_database_is_foreign(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("A letter to my physiotherapist. " * 500)
    before = state(path.parent)

    with pytest.raises(Foreign):
        open_for_writing(path, now=made.NOW)

    assert state(path.parent) == before


@pytest.mark.parametrize("empty", [True, False])
def test_a_log_that_was_there_is_missed_and_not_begun_anew(path: Path, empty: bool) -> None:
    made.filled(path, made.whole(1))
    path.unlink()
    if empty:
        path.touch()
    before = state(path.parent)

    with pytest.raises(Missing):
        open_for_reading(path)
    with pytest.raises(Missing):
        open_for_writing(path, now=made.NOW)

    assert state(path.parent) == before
    start_anew(path).close()
    assert made.content(path) == WholeLog()


def test_a_first_start_that_was_killed_is_a_first_start(path: Path) -> None:
    path.parent.mkdir()
    connection.make_file(path)

    assert not existed(path)
    open_for_writing(path, now=made.NOW).close()

    assert existed(path)
    assert made.content(path) == WholeLog()


def test_a_journal_without_its_log_shows_that_there_was_one(path: Path) -> None:
    path.parent.mkdir()
    path.with_name("coach.db-journal").write_bytes(b"x" * 512)

    with pytest.raises(Missing):
        open_for_writing(path, now=made.NOW)


def test_starting_anew_never_touches_a_log(path: Path) -> None:
    content = made.whole(2)
    made.filled(path, content)

    start_anew(path).close()

    assert made.content(path) == content


def test_a_file_system_without_a_sync_of_folders_has_a_log_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_sync_of_folders(monkeypatch, errno.EINVAL)

    start_anew(path).close()
    open_for_writing(path, now=made.NOW).close()

    assert existed(path)


def test_damage_in_the_structure_is_found_at_open(path: Path) -> None:
    made.filled(path, made.whole(30))
    data = bytearray(path.read_bytes())
    data[5 * 4096 : 6 * 4096] = bytes(4096)
    path.write_bytes(data)

    with pytest.raises(Damaged) as error:
        open_for_writing(path, now=made.NOW)

    assert error.value.findings


def test_a_cut_off_file_is_found_at_open(path: Path) -> None:
    made.filled(path, made.whole(30))
    path.write_bytes(path.read_bytes()[:-5000])

    with pytest.raises(Damaged):
        open_for_writing(path, now=made.NOW)


def test_another_process_with_a_newer_program_stops_our_writing(path: Path) -> None:
    log = made.log_for_writing(path)
    changed(path, f"PRAGMA user_version={KNOWN + 1}")

    with pytest.raises(Newer):
        log.add(made.day_entry("d"))
    log.close()


def test_a_transaction_that_fails_leaves_nothing(path: Path) -> None:
    log = made.log_for_writing(path)

    def fails() -> None:
        with writing(log.conn):
            log.conn.execute("DELETE FROM _sqlite_migrations")
            raise KeyError("a bug")

    with pytest.raises(KeyError):
        fails()

    assert not log.conn.in_transaction
    assert log.conn.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0] == KNOWN
    log.close()


def test_another_writer_is_waited_for_then_named(path: Path) -> None:
    made.filled(path, WholeLog())
    log = Log(open_for_writing(path, now=made.NOW, timeout_s=0.05))
    with closing(connection.read_write(path)) as other, transaction(other):
        with pytest.raises(Unavailable) as error:
            log.add(made.day_entry("d"))
        assert error.value.reason is Reason.LOCKED

    log.add(made.day_entry("d"))

    assert len(log.days()) == 1
    log.close()


def test_a_reader_in_the_way_of_the_commit_is_waited_for_then_named(path: Path) -> None:
    made.filled(path, made.whole(2))
    log = Log(open_for_writing(path, now=made.NOW, timeout_s=0.02))
    with closing(read_only(path)) as reader:
        cursor = reader.execute("SELECT * FROM event")
        cursor.fetchone()
        with pytest.raises(Unavailable) as error:
            log.add(made.day_entry("d", morning=7))
        assert error.value.reason is Reason.LOCKED
        assert not log.conn.in_transaction
        cursor.close()

    log.add(made.day_entry("d", morning=7))

    assert "d" in {entry.uid for entry in log.day_versions()}
    log.close()


class ImpatientCommit(sqlite3.Connection):
    """A connection whose COMMIT is refused so many times, as by a reader in the way."""

    refuse = 0

    def execute(self, *args: object) -> sqlite3.Cursor:
        if args[0] == "COMMIT" and self.refuse:
            self.refuse -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_BUSY, "SQLITE_BUSY"
            raise error
        return super().execute(*args)  # type: ignore[arg-type]  # handed on as it came


@pytest.mark.parametrize("refuse, stored", [(0, 1), (2, 1), (3, 0)])
def test_a_commit_is_tried_three_times(path: Path, refuse: int, stored: int) -> None:
    made.filled(path, WholeLog())
    with closing(sqlite3.connect(path, isolation_level=None, factory=ImpatientCommit)) as conn:
        conn.refuse = refuse
        try:
            Log(conn).add(made.day_entry("d"))
        except Unavailable:
            assert not stored
        conn.refuse = 0

        assert len(Log(conn).days()) == stored


def test_reading_writes_nothing(path: Path) -> None:
    made.filled(path, made.whole(3))
    before = state(path.parent)

    with closing(open_for_reading(path)) as conn:
        log = Log(conn)
        log.whole()
        log.unfinished()
        with pytest.raises(Unavailable):
            log.add(made.day_entry("d"))

    assert state(path.parent) == before


def test_a_folder_that_is_no_place_for_a_log(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Unavailable):
        open_for_writing(tmp_path / "file" / "coach.db", now=made.NOW)
    (tmp_path / "coach.db").mkdir()
    with pytest.raises(StoreError):
        open_for_writing(tmp_path / "coach.db", now=made.NOW)


_NOBODY = 65534
_TRY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coach.store import database, journal
from coach.store.errors import StoreError, Unavailable
path = Path(sys.argv[1])
if len(sys.argv) > 2:
    import os
    os.setgroups([])
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))  # only now: the program itself may lie where nobody may read
log = journal.Log(database.open_for_reading(path))
print(len(log.whole().sessions))
log.close()
try:
    database.open_for_writing(path, now=datetime.now(UTC)).close()
    print("written")
except Unavailable as error:
    print(error.reason)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="other rights")
@pytest.mark.parametrize(
    "file_mode, folder_mode, reason",
    [(0o444, 0o755, "read_only"), (0o666, 0o555, "read_only"), (0o666, 0o777, "written"), (0o444, 0o555, "read_only")],
)
def test_a_read_only_place_can_be_looked_at(file_mode: int, folder_mode: int, reason: str) -> None:
    # The superuser may write everywhere: the child is nobody.
    with tempfile.TemporaryDirectory(prefix="coach-test-") as folder:
        path = Path(folder) / "home" / "coach.db"
        made.filled(path, made.whole(2))
        command = [sys.executable, "-c", _TRY, str(path)]
        if os.geteuid() == 0:
            command.append(str(_NOBODY))
            Path(folder).chmod(0o755)
            for file in (path.parent, *path.parent.rglob("*")):
                os.chown(file, _NOBODY, _NOBODY)
        path.chmod(file_mode)
        path.parent.chmod(folder_mode)

        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        path.parent.chmod(0o700)

    assert (done.stdout.split(), done.stderr) == (["2", reason], "")


@pytest.mark.skipif(shutil.which("unshare") is None or os.name == "nt" or os.geteuid() != 0, reason="needs mounts")
def test_a_read_only_mount_can_be_looked_at(path: Path) -> None:
    made.filled(path, made.whole(2))
    folder = path.parent
    mounted = f"mount --bind '{folder}' '{folder}' && mount -o remount,ro,bind '{folder}' && exec \"$@\""
    command = ["unshare", "-m", "sh", "-c", mounted, "sh", sys.executable, "-c", _TRY, str(path)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "mount:" in done.stderr or "unshare:" in done.stderr:
        pytest.skip(done.stderr.strip())

    assert (done.stdout.split(), done.stderr) == (["2", "read_only"], "")


def test_the_header_of_a_killed_transaction_is_rolled_back_first(path: Path, zygote: zygote.Zygote) -> None:
    made.filled(path, made.whole(20))
    zygote.run(_leaving(path))

    assert read_header(path).version == KNOWN
    assert not path.with_name("coach.db-journal").exists()


def _leaving(path: Path) -> zygote.Order:
    return zygote.Order("leaving_a_journal", {"path": str(path)})


def test_no_number_that_is_none_gets_in(path: Path) -> None:
    log = made.log_for_writing(path)
    log.start(made.head("s"))

    for at_s in (float("nan"), float("inf")):
        with pytest.raises(Refused):
            log.append("s", 0, at_s, "{}")

    assert log.events("s") == ()
    log.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("end", ["", "-journal", "-wal", "-shm"])
def test_a_pipe_where_sqlite_would_open_a_file_is_refused_at_once(path: Path, end: str) -> None:
    made.filled(path, made.whole(2))
    pipe = path.with_name(path.name + end)
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)

    # In a process of its own, which can be ended where it waits.
    command = [sys.executable, "-c", _TRY, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=20)

    assert done.stderr.splitlines()[-1] == "coach.store.errors.NoFile: in_the_way: no ordinary file"
    assert pipe.is_fifo()


def test_a_folder_in_place_of_the_log_is_named(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(NoFile) as error:
        open_for_reading(path)
    assert error.value.name == path.name
