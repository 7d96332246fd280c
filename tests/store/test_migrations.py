import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from coach.store import backup, connection, migrations
from coach.store.connection import empty, read_header, read_only
from coach.store.database import open_for_reading, open_for_writing
from coach.store.errors import Unavailable
from coach.store.journal import Log
from coach.store.schema import APPLICATION_ID, KNOWN
from tests.store import jobs, made

HERE = Path(__file__).parent


def schema(conn: sqlite3.Connection) -> set[tuple[str, ...]]:
    found = conn.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return {row for row in found if row[2] != "_sqlite_migrations"}


def frozen(folder: Path, version: str) -> Path:
    path = made.database(folder)
    path.parent.mkdir()
    shutil.copyfile(HERE / f"schema-{version}.db", path)
    return path


def test_the_version_counts_the_migrations() -> None:
    with closing(sqlite3.connect(":memory:")) as conn:
        pending = migrations.MIGRATIONS.pending(Database(conn, execute_plugins=False))

    assert len(pending) == KNOWN


def test_the_migrations_add_up_to_the_schema(path: Path) -> None:
    with closing(open_for_writing(path, now=made.NOW)) as conn, closing(empty()) as in_memory:
        assert schema(conn) == schema(in_memory)
        assert connection.header(conn).application_id == APPLICATION_ID


def test_every_table_is_strict(path: Path) -> None:
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        tables = {name: strict for _, name, _, _, _, strict in conn.execute("PRAGMA table_list").fetchall()}

    assert {name for name, strict in tables.items() if not strict} <= {"sqlite_schema", "sqlite_temp_schema"}


@pytest.mark.parametrize("version", ["001", "002", "003"])
def test_a_log_of_an_earlier_schema_opens_with_every_row(tmp_path: Path, version: str) -> None:
    path = frozen(tmp_path, version)

    with closing(open_for_writing(path, now=made.NOW)) as conn, closing(empty()) as in_memory:
        assert schema(conn) == schema(in_memory)
        for table, expected in json.loads((HERE / f"schema-{version}.json").read_text()).items():
            columns = ", ".join(f'"{column}"' for column in expected["columns"])
            found = conn.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()
            plain = [[cell.hex() if isinstance(cell, bytes) else cell for cell in row] for row in found]
            assert plain == expected["rows"], table
        log = Log(conn)
        assert [line.uid for line in log.sessions()] == ["a-s0", "unfinished", *(f"a-s{n}" for n in range(1, 6))]
        unfinished = log.unfinished()
        assert unfinished is not None
        assert unfinished.head.uid == "unfinished"
        first = log.days()[0]
        assert (first.uid, first.morning, first.worst) == ("corrected", 8, 9)


def test_nothing_is_copied_when_nothing_is_migrated(path: Path) -> None:
    made.filled(path, made.whole(2))

    open_for_writing(path, now=made.NOW).close()

    assert backup.kept(path.with_name("backups")) == ()


def test_an_older_log_is_copied_then_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = made.whole(5)
    made.filled(path, content)
    jobs.pretend_newer(monkeypatch.setattr)

    with closing(open_for_writing(path, now=made.NOW)) as conn:
        assert Log(conn).whole() == content
        assert conn.execute("SELECT count(*) FROM day_entry WHERE mood = 1").fetchone()[0] == 5

    assert read_header(path).version == KNOWN + 1
    copies = backup.kept(path.with_name("backups"))
    assert [copy.before for copy in copies] == [backup.Before.MIGRATION]
    assert read_header(copies[0].path).version == KNOWN
    monkeypatch.undo()
    assert made.content(copies[0].path) == content


def test_an_older_log_is_read_without_migrating_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = made.whole(5)
    made.filled(path, content)
    before = path.read_bytes()
    jobs.pretend_newer(monkeypatch.setattr)

    with closing(open_for_reading(path)) as conn:
        assert Log(conn).whole() == content
        with pytest.raises(Unavailable):
            Log(conn).add(made.day_entry("lost"))

    assert path.read_bytes() == before


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = made.whole(2)
    made.filled(path, content)
    before = path.read_bytes()
    jobs.pretend_newer(monkeypatch.setattr)

    def m_wrong(db: Database) -> None:
        db.execute("DELETE FROM day_entry")
        raise KeyError("a bug")

    migrations.MIGRATIONS()(m_wrong)
    with pytest.raises(KeyError):
        open_for_writing(path, now=made.NOW)

    assert path.read_bytes() == before
    monkeypatch.undo()
    assert made.content(path) == content


def test_without_room_for_the_copy_nothing_is_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.filled(path, made.whole(2))
    jobs.pretend_newer(monkeypatch.setattr)
    path.with_name("backups").rename(path.with_name("gone"))
    path.with_name("backups").touch()

    with pytest.raises(Unavailable):
        open_for_writing(path, now=made.NOW)

    assert read_header(path).version == KNOWN


def test_two_that_make_the_log_at_once_make_one(path: Path) -> None:
    with closing(open_for_writing(path, now=made.NOW)) as first:
        Log(first).add(made.day_entry("d"))
        migrations.bring_up(first)
        with closing(open_for_writing(path, now=made.NOW)) as second:
            assert len(Log(second).days()) == 1
    with closing(read_only(path)) as conn:
        assert conn.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0] == KNOWN
