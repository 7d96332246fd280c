"""Kills, full disks and two processes at once: what was acknowledged is there, what was not is whole or not there."""

import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from coach.core.log import WholeLog
from coach.store import backup, check
from coach.store.connection import read_header, read_only
from coach.store.database import open_for_reading, open_for_writing, start_anew
from coach.store.errors import Damaged, Reason, StoreError, Unavailable
from coach.store.journal import Log
from coach.store.schema import KNOWN
from tests.store import made
from tests.store.zygote import Order, Result, Zygote

KILLS = int(os.environ.get("COACH_KILLS", "60"))
"""Give a few thousand for a long run."""
KILLS_EACH = max(20, KILLS // 3)

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="forks"),
    pytest.mark.timeout(120 + KILLS),
]


def sound(path: Path) -> WholeLog:
    """Open as the next start would, check all, and read all."""
    log = Log(open_for_writing(path, now=made.NOW))
    try:
        check.deep(log.conn).demand()
        return log.whole()
    finally:
        log.close()


def acknowledged(result: Result, kind: str) -> list[str]:
    return [line.split(" ", 1)[1] for line in result.said if line.startswith(f"{kind} ")]


def test_a_kill_loses_nothing_that_was_acknowledged(
    tmp_path: Path, zygote: Zygote, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(1)
    journals = acks = 0

    for number in range(KILLS):
        name, path = f"k{number}", made.database(tmp_path / str(number // 100))  # a long run's log would slow it down
        if number % 100 == 0:
            made.filled(path, WholeLog())
        result = zygote.run(Order("recording", {"path": str(path), "name": name}, chance.random() * 0.06))
        journal = path.with_name("coach.db-journal")
        journals += journal.exists() and journal.stat().st_size > 0
        found = sound(path)

        assert result.status == -9
        stored = {s.head.uid: s for s in found.sessions}
        sessions, events = acknowledged(result, "session"), acknowledged(result, "event")
        acks += len(sessions) + len(events)
        assert set(sessions) <= stored.keys()
        live = stored[f"{name}-live"]
        assert [event.seq for event in live.events] == list(range(len(live.events)))
        assert len(live.events) >= len(events)
        for uid, whole in stored.items():
            if not uid.endswith("-live"):
                assert whole == made.session(uid), "half a session"
    record_property("kills", KILLS)
    record_property("acknowledged", acks)
    record_property("hot_journals", journals)
    print(f"T1: {KILLS} kills, {acks} acknowledged, {journals} hot journals, 0 lost")
    assert acks


@pytest.mark.parametrize("version", ["first", "newer"])
def test_a_kill_at_any_statement_of_a_migration_leaves_the_old_or_the_new_state(
    path: Path, zygote: Zygote, version: str
) -> None:
    content = made.whole(3) if version == "newer" else WholeLog()
    made.filled(path, content)
    before = path.read_bytes() if version == "newer" else b""
    statement = 0

    while True:
        path.write_bytes(before)
        args = {"path": str(path), "statement": str(statement), "version": version}
        result = zygote.run(Order("creating", args))
        found = read_header(path)

        with closing(read_only(path)) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master")}
            if version == "newer":
                columns = {row[1] for row in conn.execute("PRAGMA table_info(day_entry)")}
                assert ("mood" in columns) == (found.version == KNOWN + 1)
                assert len(conn.execute("SELECT * FROM day_entry").fetchall()) == 3
                assert found.version in {KNOWN, KNOWN + 1}
            else:
                assert found.version in {0, KNOWN}
                assert ("day_entry" in tables) == ("flag_day" in tables) == (found.version == KNOWN)
        if result.status == 0:
            break
        assert result.status == 9
        statement += 1
    print(f"T2: version {version}: killed before each of {statement} statements")
    assert statement > 8


def test_a_kill_during_a_backup_leaves_a_good_copy(path: Path, zygote: Zygote) -> None:
    chance = random.Random(2)
    content = made.whole(20)
    made.filled(path, content)
    folder = path.with_name("backups")
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        backup.daily(conn, folder, made.NOW)

    for _ in range(KILLS_EACH):
        result = zygote.run(Order("backing_up", {"path": str(path)}, chance.random() * 0.04))

        assert result.status == -9
        copies = backup.kept(folder)
        assert copies
        for copy in copies:
            backup.verify(copy.path)
            assert made.content(copy.path) == content
        assert sound(path) == content


def test_a_kill_during_a_restore_leaves_the_old_or_the_new_state(path: Path, tmp_path: Path, zygote: Zygote) -> None:
    chance = random.Random(3)
    logs = {name: made.whole(days, name) for name, days in (("a", 12), ("b", 25))}
    for name, content in logs.items():
        made.filled(tmp_path / name / "coach.db", content)
    args = {"path": str(path)} | {name: str(tmp_path / name / "coach.db") for name in logs}
    made.filled(path, logs["a"])
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        backup.daily(conn, path.with_name("backups"), made.NOW)
    began = time.monotonic()
    backup.restore(path, Path(args["a"]), now=made.NOW)
    takes_s = time.monotonic() - began
    seen = set()

    for number in range(KILLS_EACH):
        if number % 2:
            args["a"], args["b"] = args["b"], args["a"]
        result = zygote.run(Order("restoring", args, chance.random() * takes_s * 2))

        assert result.status == -9
        found = sound(path)
        assert found in logs.values()
        seen.add(found == logs["a"])
        assert backup.newest_good(path.with_name("backups"))
    assert seen == {True, False}, "the kills never hit on both sides"


def test_a_kill_while_taking_in_takes_all_or_nothing(path: Path, zygote: Zygote) -> None:
    chance = random.Random(4)
    made.filled(path, WholeLog())

    for number in range(KILLS_EACH):
        name = f"n{number}"
        result = zygote.run(Order("taking_in", {"path": str(path), "name": name}, chance.random() * 0.06))

        assert result.status == -9
        found = sound(path)
        for n in range(10):
            whole = made.whole(25, f"{name}{n}")
            prefix = f"{name}{n}-"
            got = tuple(s for s in found.sessions if s.head.uid.startswith(prefix))
            assert got in ((), whole.sessions)
            assert tuple(e for e in found.days if e.uid.startswith(prefix)) == (whole.days if got else ())
            assert got or str(n) not in result.said
        path.unlink()
        start_anew(path).close()


def limited(path: Path, pages: int) -> Log:
    log = made.log_for_writing(path)
    log.conn.execute(f"PRAGMA max_page_count={pages}")
    return log


def test_a_full_disk_at_any_page_loses_nothing_and_the_second_try_works(path: Path) -> None:
    before, more = made.whole(4), made.whole(24, "more", events=40)
    made.filled(path, before)
    kept, pages = path.read_bytes(), read_header(path).pages
    path.with_name("other").mkdir()
    made.filled(path.with_name("other") / "coach.db", before)
    made.filled(path.with_name("other") / "coach.db", more)
    needed = read_header(path.with_name("other") / "coach.db").pages

    for limit in range(pages, needed):
        log = limited(path, limit)  # fails for ever: the program ends, and starts again
        for _ in range(2):
            with pytest.raises(Unavailable) as full:
                log.take_in(more)
            assert full.value.reason is Reason.DISK_FULL
        check.deep(log.conn).demand()
        log.close()
        assert made.content(path) == before

        log = limited(path, limit)  # fails once: the values are still in memory, and there is room again
        with pytest.raises(Unavailable):
            log.take_in(more)
        log.conn.execute("PRAGMA max_page_count=1000000")
        log.take_in(more)
        log.close()
        assert made.content(path).sessions == (*before.sessions, *more.sessions)
        path.write_bytes(kept)
    print(f"T3: refused at each of {needed - pages} page counts")
    assert needed - pages > 15
    log = limited(path, needed)
    log.take_in(more)
    log.close()
    assert sound(path).days == (*before.days, *more.days)


@pytest.mark.parametrize("limit", [115_000, 200_000])
def test_a_file_that_may_not_grow_loses_nothing(path: Path, zygote: Zygote, limit: int) -> None:
    made.filled(path, WholeLog())

    result = zygote.run(Order("filling", {"path": str(path), "bytes": str(limit)}))

    assert result.status == 0
    errors = [line for line in result.said if line.startswith("error")]
    acks = [int(line) for line in result.said if line.isdigit()]
    assert len(errors) == 1
    assert errors[0].startswith("error Unavailable ")
    assert acks == list(range(len(acks)))
    assert [event.seq for event in sound(path).sessions[0].events] == acks


def test_two_processes_writing_at_once_lose_nothing(path: Path, zygote: Zygote) -> None:
    made.filled(path, WholeLog())
    orders = [Order("recording", {"path": str(path), "name": name, "last": "25"}) for name in "xy"]

    with Zygote() as other:  # its own, since each runs one order at a time
        zygote.begin(orders[0])
        other.begin(orders[1])
        results = (zygote.result(), other.result())

    assert [result.status for result in results] == [0, 0]
    stored = {s.head.uid: s for s in sound(path).sessions}
    for name in "xy":
        assert {f"{name}-{n}" for n in range(26)} <= stored.keys()
        assert len(stored[f"{name}-live"].events) == 26


def _changed(path: Path, chance: random.Random) -> None:
    """Overwrite a page in the middle, as a bad disk would."""
    data = bytearray(path.read_bytes())
    page = chance.randrange(1, len(data) // 4096)
    data[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_on_a_full_disk_and_a_kill_while_recovering(path: Path, zygote: Zygote, seed: int) -> None:
    chance = random.Random(seed)
    made.filled(path, made.whole(5))

    first = zygote.run(
        Order("filling", {"path": str(path), "bytes": str(chance.randrange(130_000, 180_000)), "die": "1"})
    )
    zygote.run(Order("leaving_a_journal", {"path": str(path)}))
    zygote.run(Order("opening", {"path": str(path)}, chance.random() * 0.004))
    zygote.run(Order("opening", {"path": str(path)}, chance.random() * 0.008))

    found = sound(path)
    assert found.sessions[:5] == made.whole(5).sessions
    stored = found.sessions[5].events
    assert [event.seq for event in stored] == [int(line) for line in first.said if line.isdigit()]
    assert {event.body for event in stored} <= {"x" * 2000}


def test_a_hot_journal_is_really_left(path: Path, zygote: Zygote) -> None:
    made.filled(path, made.whole(20))
    zygote.run(Order("leaving_a_journal", {"path": str(path)}))
    assert path.with_name("coach.db-journal").stat().st_size > 0
    with closing(read_only(path)) as conn, pytest.raises(sqlite3.OperationalError) as error:
        conn.execute("PRAGMA user_version").fetchone()
    assert error.value.sqlite_errorname == "SQLITE_READONLY_ROLLBACK"

    with closing(open_for_reading(path)) as conn:
        assert Log(conn).whole() == made.whole(20)


@pytest.mark.parametrize("seed", range(10))
def test_a_damaged_log_and_a_full_disk_at_the_restore(path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    content = made.whole(15)
    made.filled(path, content)
    folder = path.with_name("backups")
    with closing(open_for_writing(path, now=made.NOW)) as conn:
        copy = backup.daily(conn, folder, made.NOW)
    assert copy
    _changed(path, chance)
    pages = read_header(copy).pages
    transfer, times = backup._transfer, 0

    def small(source: sqlite3.Connection, target: sqlite3.Connection, *once_locked: Callable[[], None]) -> None:
        nonlocal times
        times += 1
        if times == seed % 2 + 1:
            target.execute(f"PRAGMA max_page_count={pages - chance.randrange(1, 5)}")
            raise sqlite3.OperationalError("disk full") if seed % 3 == 0 else Unavailable(Reason.DISK_FULL)
        transfer(source, target, *once_locked)

    monkeypatch.setattr(backup, "_transfer", small)
    with suppress(StoreError):
        backup.restore(path, copy, now=made.NOW)
    monkeypatch.undo()
    good = backup.newest_good(folder)
    assert good

    backup.restore(path, good.path, now=made.NOW)

    assert sound(path) == content


def test_damage_is_not_what_a_kill_leaves(path: Path) -> None:
    """The checks above can see damage."""
    made.filled(path, made.whole(20))
    _changed(path, random.Random(5))

    with pytest.raises(Damaged):
        sound(path)
