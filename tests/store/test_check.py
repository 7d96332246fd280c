import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.core.log import DayEntry, WholeLog
from coach.store import check
from coach.store.check import Altered, Health
from coach.store.connection import empty, gate, header, read_only
from coach.store.database import open_for_reading, open_for_writing
from coach.store.errors import Damaged, StoreError
from coach.store.journal import Log
from tests.store import made

FLIPS = int(os.environ.get("COACH_KILLS", "60")) * 8
PAGE = 4096
TABLES = ("session", "event", "session_end", "answer", "day_entry", "outing", "test_result", "flag")


def cells(path: Path) -> list[object]:
    """Every cell that a person's data stands in, as bytes where it is text; an error where it cannot be read."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
        conn.text_factory = bytes
        try:
            return [conn.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall() for table in TABLES]
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            return [str(error)]


def found(path: Path) -> bool:
    """Does "Check my data" see that something is wrong."""
    try:
        with closing(read_only(path)) as conn:
            gate(header(conn))
            return not check.deep(conn).sound
    except StoreError:
        return True


def test_a_log_as_it_was_written_is_sound(path: Path) -> None:
    made.filled(path, made.whole(10))

    with closing(open_for_writing(path, now=made.NOW)) as conn:
        assert check.quick(conn) == Health()
        assert check.deep(conn) == Health()
        assert conn.text_factory is str


@pytest.mark.parametrize(
    "statement, altered",
    [
        ("UPDATE day_entry SET morning = 10 - morning WHERE id = 3", Altered("day_entry", 3)),
        ("UPDATE outing SET minutes = minutes + 1 WHERE id = 2", Altered("outing", 2)),
        ('UPDATE test_result SET "left" = NULL WHERE id = 1', Altered("test_result", 1)),
        ("UPDATE flag SET raised = 0 WHERE id = 1", Altered("flag", 1)),
        ("UPDATE flag SET name = CAST(x'ff41' AS TEXT) WHERE id = 1", Altered("flag", 1)),
        ("UPDATE answer SET value = 9 WHERE id = 1", Altered("answer", 1)),
        ("UPDATE answer SET session = 2 WHERE id = 1", Altered("answer", 1)),
        ("UPDATE session SET plan = plan || ' ' WHERE id = 4", Altered("session", 4)),
        ("UPDATE session_end SET ending = 'left' WHERE session = 5", Altered("session", 5)),
        ("UPDATE event SET at_s = at_s + 0.1 WHERE session = 6 AND seq = 2", Altered("session", 6)),
        ("DELETE FROM event WHERE session = 6 AND seq = 7", Altered("session", 6)),
    ],
)
def test_a_changed_cell_is_named(path: Path, statement: str, altered: Altered) -> None:
    made.filled(path, made.whole(10))
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        conn.execute(statement)

        health = check.deep(conn)

        assert health == Health(altered=(altered,))
        with pytest.raises(Damaged) as error:
            health.demand()
        assert error.value.findings == (f"{altered.table} {altered.id}: altered",)


@pytest.mark.timeout(120 + FLIPS // 10)
def test_flipped_bits_are_found(path: Path, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    chance = random.Random(6)
    made.filled(path, made.whole(30))
    data, truth = path.read_bytes(), cells(path)
    copy = tmp_path / "copy.db"
    seen: Counter[tuple[str, str]] = Counter()

    for _ in range(FLIPS):
        place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        with copy.open("wb") as file:
            file.write(data)
            file.seek(place)
            file.write(bytes([data[place] ^ bit]))
        changed, noticed = cells(copy) != truth, found(copy)
        seen["changed" if changed else "same", "found" if noticed else "silent"] += 1
    print(f"T6 flips: {dict(seen)}")
    record_property("flips", str(dict(seen)))

    assert seen["changed", "silent"] == 0
    assert seen["changed", "found"] > FLIPS // 10


@pytest.mark.parametrize("how", ["zeroed", "random", "cut"])
def test_damaged_pages_are_found(path: Path, tmp_path: Path, how: str) -> None:
    chance = random.Random(7)
    made.filled(path, made.whole(40))
    data, truth = path.read_bytes(), cells(path)
    copy = tmp_path / "copy.db"
    pages = len(data) // PAGE

    for page in range(pages):
        start = page * PAGE
        new = {"zeroed": bytes(PAGE), "random": chance.randbytes(PAGE), "cut": b""}[how]
        rest = b"" if how == "cut" else data[start + PAGE :]
        copy.write_bytes(data[:start] + new + rest)

        assert found(copy) or copy.read_bytes() == data or not start, f"{how} page {page}"
        assert how == "cut" or found(copy) or cells(copy) == truth
    print(f"T6 pages: {pages} {how}, all found")


def test_salvage_of_a_sound_log_is_the_log(path: Path) -> None:
    whole = made.whole(15)
    made.filled(path, whole)
    before = path.read_bytes()

    saved = check.salvage(path)

    assert saved.log == whole
    assert (saved.altered, saved.left_out) == ((), 0)
    assert path.read_bytes() == before


def readable(path: Path, numbers: range) -> set[int]:
    """Which day entries can be read when each is asked for alone."""
    good = set()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
        for number in numbers:
            with suppress(sqlite3.DatabaseError, UnicodeDecodeError):
                found = conn.execute("SELECT uid, * FROM day_entry WHERE id = ?", (number,)).fetchall()
                good |= {number for row in found if row[0] == f"d{number - 1}"}  # not a row of random bytes
    return good


def test_salvage_with_three_damaged_pages_gets_nearly_all(path: Path, tmp_path: Path) -> None:
    entries = tuple(made.day_entry(f"d{n}", morning=n % 11) for n in range(4000))
    made.filled(path, WholeLog(days=entries))
    data = path.read_bytes()
    copy = tmp_path / "copy.db"
    chance = random.Random(8)
    known = set(entries)
    shares = []

    for _ in range(4):
        damaged = bytearray(data)
        # Inner pages of the tables hang on few bytes: page 1 is the list of tables, which nothing can stand in for.
        for page in chance.sample(range(30, len(data) // PAGE), 3):
            damaged[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
        copy.write_bytes(damaged)

        saved = check.salvage(copy).log.days

        assert set(saved) <= known
        assert readable(copy, range(1, 4001)) == {int(entry.uid[1:]) + 1 for entry in saved}
        shares.append(len(saved) / len(entries))
    print(f"T6 salvage: {[f'{share:.1%}' for share in shares]} with 3 of {len(data) // PAGE} pages damaged")
    assert min(shares) >= 0.95


def test_salvage_leaves_out_an_entry_that_was_altered_and_names_a_session(path: Path) -> None:
    whole = made.whole(4)
    made.filled(path, whole)
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        conn.execute("UPDATE day_entry SET morning = (morning + 5) % 11 WHERE id = 2")
        conn.execute("DELETE FROM event WHERE session = 3 AND seq = 1")
        conn.execute("UPDATE flag SET name = CAST(x'ff41' AS TEXT)")

    saved = check.salvage(path)

    assert saved.log.days == (whole.days[0], *whole.days[2:])
    assert saved.log.flags == ()
    assert saved.altered == ("a-s2",)
    assert len(saved.log.sessions[2].events) == 7
    assert saved.left_out == 2


def test_salvage_never_crashes_and_gives_what_a_log_takes(path: Path, tmp_path: Path) -> None:
    chance = random.Random(9)
    made.filled(path, made.whole(10))
    data = path.read_bytes()
    copy = tmp_path / "copy.db"

    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(100, len(data))] = chance.randrange(256)
        copy.write_bytes(damaged)
        with suppress(StoreError):
            saved = check.salvage(copy)
            with closing(empty()) as conn:
                Log(conn).take_in(saved.log)
                assert len(Log(conn).sessions()) == len(saved.log.sessions)


def test_a_session_that_no_log_would_take_is_left_out(path: Path) -> None:
    whole = made.whole(3)
    made.filled(path, whole)
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        conn.execute("PRAGMA ignore_check_constraints=ON")
        conn.execute("UPDATE session SET utc = 'lately' WHERE id = 2")

    saved = check.salvage(path)

    assert saved.log.sessions == (whole.sessions[0], whole.sessions[2])
    assert (saved.altered, saved.left_out) == (("a-s1",), 1)


def test_what_is_salvaged_makes_a_new_log(path: Path, tmp_path: Path) -> None:
    made.filled(path, made.whole(12))
    data = bytearray(path.read_bytes())
    data[12 * PAGE : 13 * PAGE] = bytes(PAGE)
    path.write_bytes(data)

    saved = check.salvage(path)

    fresh = tmp_path / "fresh" / "coach.db"
    made.filled(fresh, saved.log)
    assert made.content(fresh) == saved.log


def test_an_unfinished_session_can_be_checked(path: Path) -> None:
    log = made.log_for_writing(path)
    log.start(made.head("s"))
    log.append("s", 0, 0.0, "{}")

    assert check.deep(log.conn).sound
    log.close()


def test_the_digest_is_of_what_the_row_says(path: Path) -> None:
    """Two entries that differ in one answer differ in their digest."""
    entry = made.day_entry("d", morning=3)
    stored = []
    for n, variant in enumerate((entry, replace(entry, morning=4), replace(entry, night=None))):
        assert isinstance(variant, DayEntry)
        place = path.with_name(str(n)) / "coach.db"
        made.filled(place, WholeLog(days=(variant,)))
        with closing(read_only(place)) as conn:
            stored.append(conn.execute("SELECT digest FROM day_entry").fetchone()[0])

    assert len(set(stored)) == 3


def test_a_log_cut_to_a_copy_of_itself_is_the_same(path: Path, tmp_path: Path) -> None:
    made.filled(path, made.whole(2))
    shutil.copyfile(path, tmp_path / "copy.db")

    assert cells(path) == cells(tmp_path / "copy.db")
    assert not found(tmp_path / "copy.db")
    with closing(read_only(path)) as conn:
        assert Log(conn).whole() == made.whole(2)


@pytest.mark.parametrize("version", ["001", "002"])
def test_a_log_of_an_earlier_schema_is_sound_after_the_migration_and_salvaged_before(
    tmp_path: Path, version: str
) -> None:
    path = made.database(tmp_path)
    path.parent.mkdir()
    shutil.copyfile(Path(__file__).parent / f"schema-{version}.db", path)
    before = check.salvage(path)

    with closing(open_for_writing(path, now=made.NOW)) as conn:
        health = check.deep(conn)
        whole = Log(conn).whole()

    assert health.sound
    assert (before.left_out, before.altered) == (0, ())
    assert before.log == whole


def test_a_stage_that_came_with_the_third_schema_is_watched_too(path: Path) -> None:
    made.filled(path, WholeLog(outings=(replace(made.outing("o"), stage=3, running_min=9.0),)))

    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE outing SET stage = 4")
        conn.commit()

    with closing(open_for_reading(path)) as conn:
        assert not check.deep(conn).sound


def test_an_answer_that_came_with_the_second_schema_is_watched_too(path: Path) -> None:
    made.filled(path, WholeLog(days=(replace(made.day_entry("d"), limp=False),)))

    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE day_entry SET limp = NULL")
        conn.commit()

    with closing(open_for_reading(path)) as conn:
        assert not check.deep(conn).sound
