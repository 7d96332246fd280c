import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.log import WholeLog
from coach.store import backup, connection
from coach.store.backup import Before, to_keep
from coach.store.database import open_for_writing, start_anew
from coach.store.errors import Damaged, Foreign, Missing, Newer, Reason, Refused, StoreError, Unavailable
from coach.store.journal import Log
from coach.store.schema import KNOWN
from tests.store import jobs, made

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
_days = st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=80)


@pytest.fixture
def log(path: Path) -> Iterator[Log]:
    log = made.log_for_writing(path)
    yield log
    log.close()


@pytest.fixture
def folder(path: Path) -> Path:
    return path.with_name("backups")


def strays(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if ".part" in file.name or file.name.startswith(".coach-")]


@settings(deadline=None)
@given(_days)
def test_what_is_kept_is_the_newest_of_each_span(days: list[date]) -> None:
    kept = to_keep(days)

    assert kept <= set(days)
    assert set(sorted(set(days))[-7:]) <= kept
    for of, count in ((lambda d: d.isocalendar()[:2], 4), (lambda d: (d.year, d.month), 12)):
        for span in sorted({of(day) for day in days})[-count:]:
            assert max(day for day in days if of(day) == span) in kept
    assert len(kept) <= 7 + 4 + 12


@settings(deadline=None)
@given(_days)
def test_thinning_day_by_day_keeps_what_thinning_at_once_keeps(days: list[date]) -> None:
    by_day: frozenset[date] = frozenset()
    for day in sorted(days):
        by_day = to_keep(by_day | {day})

    assert by_day == to_keep(days)


def test_three_years_of_days_are_kept_in_few_copies() -> None:
    days = [date(2024, 1, 1) + n * DAY for n in range(1096)]

    kept = sorted(to_keep(days))

    assert kept[-7:] == days[-7:]
    assert 18 <= len(kept) <= 23
    assert kept[0] == date(2026, 1, 31)
    assert kept[-1] == days[-1] == date(2026, 12, 31)


def test_each_kept_copy_restores_the_log_of_its_day(log: Log, path: Path, folder: Path, tmp_path: Path) -> None:
    logs: dict[date, WholeLog] = {}
    for n in range(0, 120, 3):
        now = made.NOW + n * DAY
        log.take_in(made.whole(1, f"n{n}", events=2))
        copy = backup.daily(log.conn, folder, now)
        assert copy == folder / f"coach-{now.date()}.db"
        logs[now.date()] = log.whole()

    copies = backup.kept(folder)
    assert {copy.day for copy in copies} == to_keep(logs)
    for kept in copies:
        backup.verify(kept.path)
        drill = tmp_path / str(kept.day) / "coach.db"
        backup.restore(drill, kept.path, now=made.NOW)
        assert made.content(drill) == logs[kept.day]
    assert strays(path.parent) == []


def test_the_copy_of_a_day_is_the_last_of_the_day(log: Log, folder: Path) -> None:
    backup.daily(log.conn, folder, made.NOW)
    log.take_in(made.whole(2))
    copy = backup.daily(log.conn, folder, made.NOW)

    assert copy
    assert made.content(copy) == made.whole(2)
    assert len(backup.kept(folder)) == 1


def test_today_is_kept_although_the_clock_was_ahead(log: Log, folder: Path) -> None:
    for n in range(14):
        backup.daily(log.conn, folder, made.NOW + (400 + 31 * n) * DAY)

    copy = backup.daily(log.conn, folder, made.NOW)

    assert copy
    assert copy.exists()


def test_a_suspect_log_is_not_copied_and_pushes_nothing_out(log: Log, folder: Path) -> None:
    log.take_in(made.whole(3))
    for n in range(7):
        backup.daily(log.conn, folder, made.NOW + n * DAY)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    log.conn.execute("UPDATE day_entry SET morning = 10 - morning WHERE id = 1")

    with pytest.raises(Damaged):
        backup.daily(log.conn, folder, made.NOW + 9 * DAY)
    with pytest.raises(Damaged):
        backup.before(log.conn, folder, Before.IMPORT, made.NOW)

    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_nothing_rotates_on_the_day_of_a_restore(log: Log, path: Path, folder: Path) -> None:
    copy = backup.daily(log.conn, folder, made.NOW)
    assert copy
    log.close()
    backup.restore(path, copy, now=made.NOW + 3 * DAY)

    with closing(open_for_writing(path, now=made.NOW)) as conn:
        assert backup.daily(conn, folder, made.NOW + 3 * DAY) is None
        assert [kept.before for kept in backup.kept(folder)] == [Before.RESTORE, None]
        assert backup.daily(conn, folder, made.NOW + 4 * DAY)


def test_of_the_copies_before_something_three_stay(log: Log, folder: Path) -> None:
    for _ in range(3):
        for n in range(2):
            log.add(made.day_entry(f"{_}{n}"))
            backup.before(log.conn, folder, Before.IMPORT, made.NOW)
    backup.before(log.conn, folder, Before.ERASE, made.NOW)

    copies = backup.kept(folder)

    assert [copy.before for copy in copies] == [Before.ERASE, *[Before.IMPORT] * 3]
    assert len(made.content(copies[1].path).days) == 6


def test_the_newest_good_copy_is_found_among_bad_ones(log: Log, folder: Path) -> None:
    log.take_in(made.whole(10))
    paths = [backup.daily(log.conn, folder, made.NOW + n * DAY) for n in range(4)]
    assert all(paths)
    good, altered, broken, empty = (path for path in paths if path)
    with closing(sqlite3.connect(altered, isolation_level=None)) as conn:
        conn.execute("UPDATE outing SET pain = 9 WHERE id = 1")
    broken.write_bytes(broken.read_bytes()[:20000])
    empty.write_bytes(b"")

    newest = backup.newest_good(folder)

    assert newest
    assert newest.path == good
    assert backup.newest_good(folder / "none") is None


def test_other_files_in_the_folder_are_let_be(log: Log, folder: Path) -> None:
    names = ["coach-2026-99-99.db", "before-lunch-2026-01-01T000000Z.db", "notes.txt", "coach-2026-01-01.db.bak"]
    for name in names:
        (folder / name).touch()

    for n in range(10):
        backup.daily(log.conn, folder, made.NOW + n * DAY)

    assert all((folder / name).exists() for name in names)
    assert not {copy.path.name for copy in backup.kept(folder)} & set(names)


def test_what_a_kill_left_is_cleared_after_an_hour(log: Log, folder: Path) -> None:
    stray = folder / ".coach-x.part"
    stray.touch()
    now = datetime.fromtimestamp(stray.stat().st_mtime, made.NOW.tzinfo)

    backup.daily(log.conn, folder, now + timedelta(minutes=50))
    assert stray.exists()
    backup.daily(log.conn, folder, now + timedelta(minutes=70))
    assert not stray.exists()


def test_a_copy_goes_where_the_person_says(log: Log, tmp_path: Path) -> None:
    log.take_in(made.whole(2))
    target = tmp_path / "stick" / "my log.db"
    target.parent.mkdir()
    target.write_text("an older one")

    backup.backup(log.conn, target)

    assert made.content(target) == made.whole(2)
    assert strays(tmp_path) == []


def test_a_copy_that_fails_leaves_the_older_file(log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "mine.db"
    target.write_text("an older one")

    def full(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
        raise Unavailable(Reason.DISK_FULL)

    monkeypatch.setattr(backup, "_transfer", full)
    with pytest.raises(Unavailable):
        backup.backup(log.conn, target)

    assert target.read_text() == "an older one"
    assert strays(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="names of folders are text elsewhere")
def test_a_log_in_a_folder_whose_name_is_no_utf8_can_be_copied(tmp_path: Path) -> None:
    path = made.database(tmp_path / os.fsdecode(b"half \xff a letter"))
    made.filled(path, made.whole(2))

    with closing(connection.read_only(path)) as conn:
        backup.backup(conn, tmp_path / "copy.db")
        with pytest.raises(Refused):
            backup.backup(conn, path)

    assert made.content(tmp_path / "copy.db") == made.whole(2)


def test_the_log_is_no_place_for_its_copy(log: Log, path: Path, tmp_path: Path) -> None:
    log.take_in(made.whole(2))
    (tmp_path / "link.db").symlink_to(path)

    for target in (path, tmp_path / "link.db"):
        with pytest.raises(Refused):
            backup.backup(log.conn, target)
        with pytest.raises(Refused):
            backup.restore(path, target, now=made.NOW)

    assert log.whole() == made.whole(2)


def test_a_copy_waits_for_a_writer_then_gives_up(path: Path, folder: Path) -> None:
    made.filled(path, made.whole(2))
    with (
        closing(open_for_writing(path, now=made.NOW, timeout_s=0.01)) as conn,
        closing(connection.read_write(path)) as other,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unavailable) as error:
            backup.daily(conn, folder, made.NOW)
        other.execute("ROLLBACK")

    assert error.value.reason is Reason.LOCKED
    assert strays(folder) == []


def test_a_restore_keeps_the_former_log(path: Path, tmp_path: Path) -> None:
    made.filled(path, made.whole(3, "old"))
    made.filled(tmp_path / "other.db", made.whole(5, "new"))

    former = backup.restore(path, tmp_path / "other.db", now=made.NOW)

    assert made.content(path) == made.whole(5, "new")
    assert former
    assert made.content(former) == made.whole(3, "old")
    assert made.content(tmp_path / "other.db") == made.whole(5, "new")
    assert strays(tmp_path) == []


@pytest.mark.parametrize("when", ["_mark_restored", "read_only"])
def test_what_another_process_writes_after_the_former_log_was_copied_is_not_lost(
    path: Path, tmp_path: Path, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.filled(path, made.whole(3, "old"))
    made.filled(tmp_path / "other.db", made.whole(5, "new"))
    act, written = getattr(backup, when), 0

    def acted(*arguments: object) -> object:
        nonlocal written
        marked = (path.with_name("backups") / ".restored").exists()
        if written < 2 and (when == "_mark_restored" or marked):  # also at the very last moment
            written += 1
            other = made.log_for_writing(path)
            other.add(made.day_entry(f"late-{written}"))
            other.close()
        return act(*arguments)

    monkeypatch.setattr(backup, when, acted)
    former = backup.restore(path, tmp_path / "other.db", now=made.NOW)

    assert written == 2
    assert former
    assert {"late-1", "late-2"} <= {entry.uid for entry in made.content(former).days}
    assert made.content(path) == made.whole(5, "new")
    assert [copy.path for copy in backup.kept(path.with_name("backups"))] == [former]
    assert strays(tmp_path) == []


def test_a_log_that_is_written_into_without_end_is_not_replaced(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.filled(path, made.whole(3, "old"))
    made.filled(tmp_path / "other.db", made.whole(5, "new"))
    mark, written = backup._mark_restored, 0

    def marked(folder: Path, now: datetime) -> None:
        nonlocal written
        written += 1
        other = made.log_for_writing(path)
        other.add(made.day_entry(f"late-{written}"))
        other.close()
        mark(folder, now)

    monkeypatch.setattr(backup, "_mark_restored", marked)
    with pytest.raises(Unavailable) as error:
        backup.restore(path, tmp_path / "other.db", now=made.NOW)

    assert error.value.reason is Reason.LOCKED
    assert {f"late-{n + 1}" for n in range(written)} <= {entry.uid for entry in made.content(path).days}
    assert strays(tmp_path) == []


_WRITES = """
import sys
from pathlib import Path
from coach.app.errors import StoreError
from tests.store import made
print("ready", flush=True)
for n in range(40):
    try:
        log = made.log_for_writing(Path(sys.argv[1]))
        log.add(made.day_entry(f"late-{n}"))
        log.close()
    except StoreError:
        continue
    print(f"late-{n}", flush=True)
"""


def test_what_another_process_is_told_is_saved_is_in_the_old_log_or_in_the_new_one(path: Path, tmp_path: Path) -> None:
    made.filled(path, made.whole(30, "old"))
    made.filled(tmp_path / "other.db", made.whole(5, "new"))
    command = [sys.executable, "-c", _WRITES, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as other:
        assert other.stdout is not None
        said = [other.stdout.readline() for _ in range(3)]

        former = backup.restore(path, tmp_path / "other.db", now=made.NOW)

        said += other.stdout.readlines()
    saved = {line.strip() for line in said[1:]}
    assert len(saved) > 10
    assert former
    found = {entry.uid for file in (former, path) for entry in made.content(file).days}
    assert saved <= found


def test_another_window_sees_what_was_restored(path: Path, tmp_path: Path) -> None:
    made.filled(path, made.whole(3, "old"))
    made.filled(tmp_path / "other.db", made.whole(5, "new"))
    window = made.log_for_writing(path)
    before = window.data_version()

    backup.restore(path, tmp_path / "other.db", now=made.NOW)

    assert window.data_version() != before
    assert window.whole() == made.whole(5, "new")
    window.add(made.day_entry("next"))
    window.close()


def _newer(file: Path) -> None:
    _change(file, f"PRAGMA user_version={KNOWN + 1}")


def _foreign(file: Path) -> None:
    _change(file, "PRAGMA application_id=7")


def _altered(file: Path) -> None:
    _change(file, "UPDATE day_entry SET worst = 0")


def _trigger(file: Path) -> None:
    _change(file, "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM session; END")


def _view(file: Path) -> None:
    _change(file, "CREATE VIEW v AS SELECT 1")


def _other_table(file: Path) -> None:
    _change(file, "CREATE TABLE more (x)")


def _hidden_trigger(file: Path) -> None:
    _change(file, "CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM session; END")


def _breaks_a_check(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        conn.execute("PRAGMA ignore_check_constraints=ON")
        conn.execute("UPDATE session SET guided = 7")


def _damaged(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[8192:12288] = bytes(4096)
    file.write_bytes(data)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:10000])


def _text(file: Path) -> None:
    file.write_text("no database " * 1000)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _gone(file: Path) -> None:
    file.unlink()


def _change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        conn.execute(statement)


@pytest.mark.parametrize(
    "spoil, kind",
    [
        (_newer, Newer),
        (_foreign, Foreign),
        (_altered, Damaged),
        (_trigger, Foreign),
        (_view, Foreign),
        (_other_table, Foreign),
        (_hidden_trigger, Foreign),
        (_breaks_a_check, Damaged),
        (_damaged, Damaged),
        (_cut, StoreError),
        (_text, Foreign),
        (_empty, Foreign),
        (_gone, Unavailable),
    ],
)
def test_a_file_that_is_no_good_copy_changes_nothing(
    path: Path, tmp_path: Path, spoil: object, kind: type[StoreError]
) -> None:
    assert callable(spoil)
    made.filled(path, made.whole(3))
    made.filled(tmp_path / "other.db", made.whole(5, "new"))
    spoil(tmp_path / "other.db")
    before = path.read_bytes()

    with pytest.raises(kind):
        backup.restore(path, tmp_path / "other.db", now=made.NOW)

    assert path.read_bytes() == before
    assert backup.kept(path.with_name("backups")) == ()
    assert strays(tmp_path) == []


def _half(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = b"\xa5" * (len(data) // 2 - 4096)
    path.write_bytes(data)


def _no_header(path: Path) -> None:
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])


def _letter(path: Path) -> None:
    path.write_text("a letter " * 2000)


@pytest.mark.parametrize("spoil", [_half, _no_header, _letter, _cut, _damaged, _altered, _foreign])
def test_a_damaged_log_is_kept_aside_and_replaced(path: Path, spoil: object) -> None:
    assert callable(spoil)
    made.filled(path, made.whole(20))
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        copy = backup.daily(conn, path.with_name("backups"), made.NOW)
    spoil(path)
    spoilt = path.read_bytes()
    assert copy

    former = backup.restore(path, copy, now=made.NOW)

    assert made.content(path) == made.whole(20)
    assert former
    assert former.name.startswith("damaged-")
    assert former.read_bytes() == spoilt
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        Log(conn).add(made.day_entry("next"))


@pytest.mark.parametrize("empty", [True, False])
def test_a_missing_log_comes_back(path: Path, empty: bool) -> None:
    made.filled(path, made.whole(4))
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        backup.daily(conn, path.with_name("backups"), made.NOW)
    path.unlink()
    if empty:
        path.touch()
    with pytest.raises(Missing):
        open_for_writing(path, now=made.NOW)

    good = backup.newest_good(path.with_name("backups"))
    assert good
    assert backup.restore(path, good.path, now=made.NOW) is None

    assert made.content(path) == made.whole(4)


def test_a_newer_log_is_never_replaced(path: Path, tmp_path: Path) -> None:
    made.filled(path, made.whole(3))
    made.filled(tmp_path / "other.db", made.whole(5, "new"))
    _newer(path)
    before = path.read_bytes()

    with pytest.raises(Newer):
        backup.restore(path, tmp_path / "other.db", now=made.NOW)

    assert path.read_bytes() == before


def test_an_older_copy_is_migrated_before_it_replaces_anything(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.filled(tmp_path / "other.db", made.whole(5, "new"))
    jobs.pretend_newer(monkeypatch.setattr)
    monkeypatch.setattr(backup, "_schema", lambda conn: set())  # the pretended schema is not the one in the program
    made.filled(path, made.whole(3))

    backup.restore(path, tmp_path / "other.db", now=made.NOW)

    assert connection.read_header(path).version == KNOWN + 1
    assert made.content(path) == made.whole(5, "new")


def test_a_restore_into_a_log_in_use_gives_up_and_changes_nothing(path: Path, tmp_path: Path) -> None:
    made.filled(path, made.whole(3))
    made.filled(tmp_path / "other.db", made.whole(5, "new"))
    with closing(connection.read_write(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM flag")
        with pytest.raises(Unavailable) as error:
            backup.restore(path, tmp_path / "other.db", now=made.NOW, timeout_s=0.02)
        other.execute("ROLLBACK")

    assert error.value.reason is Reason.LOCKED
    assert made.content(path) == made.whole(3)


def test_a_copy_of_other_page_size_can_be_restored(path: Path, tmp_path: Path) -> None:
    made.filled(path, made.whole(3))
    made.filled(tmp_path / "other.db", made.whole(5, "new"))
    _change(tmp_path / "other.db", "PRAGMA page_size=1024")
    _change(tmp_path / "other.db", "VACUUM")
    with closing(sqlite3.connect(tmp_path / "other.db", isolation_level=None)) as conn:
        conn.execute("PRAGMA page_size=1024")
        conn.execute("VACUUM")

    backup.restore(path, tmp_path / "other.db", now=made.NOW)

    assert made.content(path) == made.whole(5, "new")


def test_an_empty_log_can_be_copied_and_restored(path: Path) -> None:
    with closing(start_anew(path)) as conn:
        copy = backup.daily(conn, path.with_name("backups"), made.NOW)
    made.filled(path, made.whole(2))
    assert copy

    backup.restore(path, copy, now=made.NOW)

    assert made.content(path) == WholeLog()
