import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coach.core.log import FlagEntry
from coach.store import backup
from coach.store.database import existed, open_for_reading
from coach.store.erase import erase
from coach.store.journal import Log
from tests.store import made

MARKER = "Leberwurst-4711"


@pytest.fixture
def home(path: Path) -> Path:
    """A home in use, with the marker wherever the program keeps something."""
    log = made.log_for_writing(path)
    log.take_in(made.whole(5))
    for n in range(30):
        log.add(FlagEntry(f"f{n}", MARKER, made.FIRST_DAY, True, made.at(made.FIRST_DAY)))
    folder = path.with_name("backups")
    backup.daily(log.conn, folder, made.NOW)
    backup.before(log.conn, folder, backup.Before.ERASE, made.NOW)
    log.close()
    home = path.parent
    (home / "settings.json").write_text(f'{{"name": "{MARKER}"}}')
    (home / "unanswered.json").write_text(f'[{{"test": "{MARKER}"}}]')
    (home / "walk_run.jsonl").write_text(f'{{"uid": "{MARKER}"}}\n')
    (home / ".coach-abc.part").write_text(MARKER)
    (home / "settings-damaged-2026-11-20T070000Z.json").write_text(MARKER)
    for name in ("routines/a.rehab.json", "routines/old/b.rehab.json", f"routines/{MARKER}.json", "logs/coach.log"):
        (home / name).parent.mkdir(exist_ok=True, parents=True)
        (home / name).write_text(MARKER * 1000)
    (home / "coach.db-journal").write_text(MARKER)
    return home


def hits(folder: Path) -> list[str]:
    return [
        str(file)
        for file in folder.rglob("*")
        if MARKER in file.name or (file.is_file() and MARKER.encode() in file.read_bytes())
    ]


def test_nothing_of_the_person_is_left(home: Path) -> None:
    assert len(hits(home)) > 8

    assert erase(home) == ()

    assert hits(home.parent) == []
    assert list(home.iterdir()) == []
    assert not existed(home / "coach.db")
    with closing(open_for_reading(home / "coach.db")) as conn:
        assert Log(conn).flags() == ()


def test_deleted_entries_leave_no_trace_in_the_file(path: Path) -> None:
    log = made.log_for_writing(path)
    log.add(FlagEntry("f", MARKER, made.FIRST_DAY, True, made.at(made.FIRST_DAY)))
    log.conn.execute("DELETE FROM flag")
    log.close()

    assert hits(path.parent) == []


def test_the_content_is_overwritten_before_the_name_goes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, bytes] = {}
    unlink = Path.unlink

    def looking(self: Path, missing_ok: bool = False) -> None:
        seen[self.name] = self.read_bytes()
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", looking)
    erase(home)

    assert len(seen) > 8
    assert {bytes(set(data)) for data in seen.values()} <= {b"\0", b""}


def test_erasing_reaches_nothing_outside(home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("letter.txt", "linked.json", "settings.json"):
        (outside / name).write_text("not ours")
    (home / "routines" / "folder").symlink_to(outside)
    (home / "routines" / "file.json").symlink_to(outside / "letter.txt")
    (home / "routines" / "dangling.json").symlink_to(outside / "none")
    os.link(outside / "linked.json", home / "routines" / "linked.json")
    (home / "settings.json").unlink()
    (home / "settings.json").symlink_to(outside / "settings.json")

    left = erase(home)

    assert {file.name: file.read_text() for file in outside.iterdir()} == dict.fromkeys(
        ("letter.txt", "linked.json", "settings.json"), "not ours"
    )
    assert set(left) == {outside, outside / "letter.txt", outside / "settings.json"}
    assert list(home.iterdir()) == []


def test_a_linked_folder_of_ours_is_not_followed(home: Path, tmp_path: Path) -> None:
    (home / "routines").rename(tmp_path / "elsewhere")
    (home / "routines").symlink_to(tmp_path / "elsewhere")

    left = erase(home)

    assert left == (tmp_path / "elsewhere",)
    assert (tmp_path / "elsewhere" / "a.rehab.json").exists()
    assert not (home / "routines").is_symlink()


def test_what_is_not_ours_in_the_folder_stays(home: Path) -> None:
    (home / "holiday.jpg").write_bytes(b"x")
    (home / "photos").mkdir()

    assert erase(home) == ()

    assert {file.name for file in home.iterdir()} == {"holiday.jpg", "photos"}


def test_what_cannot_be_removed_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def stubborn(self: Path, missing_ok: bool = False) -> None:
        if self.name == "coach.log":
            raise PermissionError
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", stubborn)

    assert erase(home) == (home / "logs" / "coach.log", home / "logs")
    monkeypatch.undo()
    assert hits(home) == [], "overwritten all the same"
    assert erase(home) == ()


def test_what_went_by_itself_meanwhile_is_not_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = home / "backups" / ".coach-copy.part"
    part.write_text(MARKER)
    unlink = Path.unlink

    def goes_first(self: Path, missing_ok: bool = False) -> None:
        unlink(self, missing_ok)
        if self == part:
            raise FileNotFoundError

    monkeypatch.setattr(Path, "unlink", goes_first)

    assert erase(home) == ()
    assert not (home / "backups").exists()


def test_a_copy_that_gets_its_name_meanwhile_goes_as_well(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part, copy = home / "backups" / ".coach-copy.part", home / "backups" / "coach-2026-11-21.db"
    part.write_text(MARKER)
    unlink = Path.unlink

    def becomes_a_copy(self: Path, missing_ok: bool = False) -> None:
        if self == part:
            copy.write_text(MARKER)
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", becomes_a_copy)

    assert erase(home) == ()
    assert hits(home) == []


def test_erasing_nothing_is_no_error(tmp_path: Path) -> None:
    assert erase(tmp_path / "none") == ()


def test_the_marker_would_be_seen(home: Path) -> None:
    with closing(sqlite3.connect(home / "coach.db", isolation_level=None)) as conn:
        conn.execute("PRAGMA secure_delete=OFF")
        conn.execute("DELETE FROM flag")

    assert str(home / "coach.db") in hits(home)
