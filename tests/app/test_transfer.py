"""The log out and back in, and files looked at by what they hold."""

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from coach.app import demo, transfer
from coach.app.settings import FIRST_ROUTINE, Settings
from coach.app.training import self_contained
from coach.app.transfer import Kind
from coach.core.log import Ending, SessionEnd, WholeLog, WholeSession
from coach.core.routine.reading import read_routine, write_routine
from coach.files import log_json
from coach.files.log_csv import Table, cell, text_of
from tests.app.making import surroundings_at
from tests.cli.program import routine, written
from tests.store import made


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The export of a made-up log of half a year."""
    surroundings = surroundings_at(tmp_path_factory.mktemp("demo"))
    demo.fill(surroundings, 26)
    log = surroundings.read_log()
    try:
        return transfer.as_json(surroundings, log)
    finally:
        log.close()


def test_reading_gives_what_was_written(exported: bytes, tmp_path: Path) -> None:
    surroundings = surroundings_at(tmp_path / "home")
    read = log_json.read(exported)
    surroundings.home.make()
    log = surroundings.open_log()

    taken = transfer.take_in(surroundings, log, read)

    again = transfer.as_json(surroundings, log)
    log.close()
    assert read.problems == ()
    assert taken.entries.taken.sessions > 60
    assert taken.entries.known.sessions == 0
    assert again == exported


def test_a_log_that_holds_something_is_copied_before(exported: bytes, tmp_path: Path) -> None:
    surroundings = surroundings_at(tmp_path / "home")
    surroundings.home.make()
    log = surroundings.open_log()

    transfer.take_in(surroundings, log, log_json.read(exported))
    first = list(surroundings.home.backups.glob("before-import-*"))
    transfer.take_in(surroundings, log, log_json.read(exported))

    log.close()
    assert first == []
    assert len(list(surroundings.home.backups.glob("before-import-*"))) == 1


def test_what_a_session_notes_about_its_dose_comes_back(tmp_path: Path) -> None:
    """Good sessions at a step are counted from it: without it the next one would be another."""
    surroundings = surroundings_at(tmp_path / "home")
    routines = surroundings.routines()
    [used] = [one.routine for one in routines.all() if one.routine.id == FIRST_ROUTINE]
    noted = (
        ((), "x-dose-step", {"prescription": "0123", "step": 1}),
        ((), "x-lower-dose", {"steps": 1, "taken": True}),
        (("items", 0), "x-note", 1),
    )
    stored = write_routine(self_contained(used, routines.library), noted).decode()
    head = structs.replace(
        made.head("s"), routine_id=used.id, routine_title=used.title, routine=stored, plan="", guided=False
    )
    log = surroundings.open_log()
    log.take_in(WholeLog((WholeSession(head, (), (), SessionEnd("s", made.at(made.FIRST_DAY, 30), Ending.FINISHED)),)))
    exported = transfer.as_json(surroundings, log)
    log.close()

    other = surroundings_at(tmp_path / "other")
    other.home.make()
    log = other.open_log()
    transfer.take_in(other, log, log_json.read(exported))
    again = transfer.as_json(other, log)
    log.close()

    assert again == exported
    assert again.count(b"x-dose-step") == again.count(b"x-lower-dose") == again.count(b"x-note") == 1


def test_an_empty_log_is_written_and_read() -> None:
    read = log_json.read(b"".join(log_json.write(WholeLog(), [])))

    assert read.log == WholeLog()


def test_every_truncation_is_refused(exported: bytes) -> None:
    for length in range(0, len(exported), len(exported) // 60):
        assert log_json.read(exported[:length]).log is None


def test_a_file_is_what_it_holds(tmp_path: Path, exported: bytes) -> None:
    surroundings = surroundings_at(tmp_path / "home")
    (tmp_path / "a.rehab.json").write_bytes(exported)
    (tmp_path / "b.gpx").write_text("<?xml version='1.0'?>\n<gpx/>", encoding="utf-8")
    files = {
        tmp_path / "a.rehab.json": Kind.LOG,
        tmp_path / "b.gpx": Kind.RECORDING,
        written(tmp_path, routine(), "c.fit"): Kind.ROUTINE,
        surroundings.exercises: Kind.LIBRARY,
    }

    found = {path: transfer.look(surroundings.routines(), path, Settings()).kind for path in files}

    assert found == files


@pytest.mark.parametrize(
    "before, after",
    [
        ((FIRST_ROUTINE,), ("short",)),
        (("strength-a", "mobility"), ("short", "strength-a", "mobility")),
        (("strength-a", "short"), ("short", "strength-a")),
        ((), ("short",)),
    ],
)
def test_a_routine_that_is_taken_over_comes_first(
    before: tuple[str, ...], after: tuple[str, ...], tmp_path: Path
) -> None:
    surroundings = surroundings_at(tmp_path / "home")
    read = read_routine(written(tmp_path, routine()).read_bytes(), surroundings.routines().library)

    surroundings.home.make()
    surroundings.settings_file().write(Settings(in_use=before))

    over = transfer.take_over(surroundings, read, Settings(in_use=before))

    assert over.settings.in_use == after
    assert over.known_revision is None
    assert surroundings.routines().find("short") is not None


def test_formulas_become_text_and_numbers_stay_numbers() -> None:
    assert [cell(text) for text in ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", "\uff1d1")] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "'\tx",
        "'\rx",
        "'\n=1",
        "'\uff1d1",
    ]
    assert [cell(value) for value in (-1, -1.5, 2.0, True, None, date(2026, 11, 20), "a=b")] == [
        "-1",
        "-1.5",
        "2",
        "yes",
        "",
        "2026-11-20",
        "a=b",
    ]


def test_a_table_is_what_a_spreadsheet_reads() -> None:
    table = Table("x", ("a", "b"), (('say "hi", please', 1), ("two\nlines", None)))

    assert text_of(table) == 'a,b\r\n"say ""hi"", please",1\r\n"two\nlines",\r\n'
