"""`coach export`, `import`, `backup`, `restore`, `erase`."""

import csv
import io
import json
import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from coach.app.window_lock import WindowLock
from coach.paths import Home
from tests import strays
from tests.cli.program import coach, routine, written
from tests.cli.reading import log_of

MARK = "Zaubernuss"
"""A word that only this person's data holds."""


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with something of every kind."""
    folder = tmp_path_factory.mktemp("made_once")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(folder / "home"))
        fill(written(folder, {**routine(), "x-own": {"kept": True}}))
    return folder / "home"


@pytest.fixture
def full_home(made_once: Path, coach_home: Path) -> Path:
    """A copy of that log, for one test."""
    shutil.copytree(made_once, coach_home, dirs_exist_ok=True)
    return coach_home


def fill(file: Path) -> None:
    coach("import", file)
    coach("log", "day", "--date", "2026-11-19", "--morning", "2", "--worst", "4", "--night")
    coach("log", "day", "--date", "2026-11-19", "--worst", "5")
    coach("log", "walk", "--date", "2026-11-19", "--minutes", "30,5", "--distance-km", "2.5", "--pain", "1")
    coach("log", "run", "--date", "2026-11-20", "--minutes", "10", "--pain", "2", "--limp")
    coach("log", "test", "side_plank", "--left", "30", "--right", "40.5", "--pain", "1")
    coach("log", "flag", "new_pain_site")
    coach("session", file, "--text", "--speed", "2000", "--pain-before", "1", "--pain-after", "2", "--note", f"={MARK}")
    coach("log", "session", "--pain-before", "1", "--pain", "3", "--pain-after", "2")


def exported(out: Path, home: str = "") -> bytes:
    done = coach("export", "--format", "json", out, COACH_HOME=home) if home else coach("export", "--format=json", out)
    assert done.status == 0
    return out.read_bytes()


def test_export_wipe_import_export_is_equal(tmp_path: Path, full_home: Path) -> None:
    before = exported(tmp_path / "before.json")
    assert coach("erase", "--yes").status == 0
    empty = exported(tmp_path / "empty.json")

    done = coach("import", tmp_path / "before.json")

    assert done.status == 0
    assert exported(tmp_path / "after.json") == before
    assert len(before) > len(empty)
    document = json.loads(before)
    assert (document["format"], document["version"]) == ("rehab-log", "1.3")
    sizes = {key: len(value) for key, value in document.items() if isinstance(value, list)}
    assert sizes == {"sessions": 2, "days": 2, "outings": 2, "tests": 1, "flags": 1, "routines": 1}
    assert document["routines"][0]["x-own"] == {"kept": True}


def test_twice_is_no_harm(tmp_path: Path, full_home: Path) -> None:
    before = exported(tmp_path / "before.json")

    done = coach("import", tmp_path / "before.json")

    assert done.status == 0
    assert "all of it is here already" in done.out
    assert exported(tmp_path / "after.json") == before


def test_an_export_that_was_written_anew_by_another_program_is_the_same(tmp_path: Path, full_home: Path) -> None:
    before = exported(tmp_path / "before.json")
    other = written(tmp_path, json.loads(before), "other.json")
    coach("erase", "--yes")

    assert coach("import", other).status == 0
    assert exported(tmp_path / "after.json") == before


def test_an_export_with_its_keys_sorted_is_known_for_what_it_is(tmp_path: Path, full_home: Path) -> None:
    for number in range(20):
        coach("log", "day", "--date", f"2026-10-{number + 1:02}", "--morning", "1")
    before = exported(tmp_path / "before.json")
    (tmp_path / "sorted.json").write_text(json.dumps(json.loads(before), sort_keys=True), encoding="utf-8")
    coach("erase", "--yes")

    assert coach("import", tmp_path / "sorted.json").status == 0
    assert exported(tmp_path / "after.json") == before


@pytest.mark.parametrize("key", ["title", "id", "patient"])
def test_a_routine_that_is_called_like_an_export_is_a_routine(key: str, tmp_path: Path) -> None:
    done = coach("import", written(tmp_path, routine(**{key: "rehab-log"})))

    assert done.status == 0


def test_what_is_new_is_told_from_what_is_known(tmp_path: Path, full_home: Path) -> None:
    exported(tmp_path / "before.json")
    elsewhere = str(tmp_path / "elsewhere")
    coach("log", "day", "--morning", "1", COACH_HOME=elsewhere)
    exported(tmp_path / "other.json", elsewhere)

    done = coach("import", tmp_path / "other.json", tmp_path / "before.json")

    assert "other.json: taken in: 1 day entry" in done.out
    assert "before.json: taken in: nothing" in done.out


def test_export_to_the_terminal(full_home: Path) -> None:
    done = coach("export", "--format", "json", "-")

    assert done.json()["format"] == "rehab-log"
    assert done.err == ""


def test_a_log_that_was_never_begun_can_be_exported(tmp_path: Path, coach_home: Path) -> None:
    assert json.loads(exported(tmp_path / "none.json"))["sessions"] == []
    assert not (coach_home / "coach.db").exists()


def test_tables_for_a_spreadsheet(tmp_path: Path, full_home: Path) -> None:
    done = coach("export", "--format", "csv", tmp_path / "tables")

    tables = {
        path.stem: list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        for path in (tmp_path / "tables").iterdir()
    }
    assert done.status == 0
    assert set(tables) == {"days", "sessions", "sets", "walks_runs", "tests", "flags"}
    day = {"day": "2026-11-19", "morning": "2", "worst": "5", "night": "yes", "analgesic": "no"}
    assert tables["days"] == [{**day, "limp": "no", "where": ""}]
    assert [one["minutes"] for one in tables["walks_runs"]] == ["30.5", "10"]
    assert tables["sessions"][0]["note"] == f"'={MARK}"
    assert {one["side"] for one in tables["sets"]} == {"left", "right", "both"}
    assert sum(float(one["worked_s"]) for one in tables["sets"]) == pytest.approx(26)


def test_one_long_table(tmp_path: Path, full_home: Path) -> None:
    coach("export", "--format", "csv", tmp_path / "log.csv")

    rows = list(csv.DictReader(io.StringIO((tmp_path / "log.csv").read_text(encoding="utf-8"))))
    assert list(rows[0]) == ["kind", "day", "time", "name", "side", "value", "unit", "note"]
    assert {row["kind"] for row in rows} == {"day", "session", "answer", "set", "walk", "run", "test", "flag"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]


# -- import ---------------------------------------------------------------------------------------------------------


def test_a_routine_is_taken_over_and_put_into_use(tmp_path: Path) -> None:
    file = written(tmp_path, routine(revision=2, prescriber={"name": "Practice\x1b[2J by the river"}), "any name.txt")

    done = coach("import", file)
    session = coach("session", "--text", "--speed", "2000")

    assert done.status == 0
    assert "taken in: Short one, revision 2, 2 exercises, 0:45" in done.lines[0]
    assert "\x1b" not in done.out
    assert "Practice" in done.out
    assert session.lines[0].startswith("Short one: ")


def test_a_bad_routine_changes_nothing(tmp_path: Path, coach_home: Path) -> None:
    done = coach("import", written(tmp_path, routine(items=[])))

    assert done.status == 1
    assert "$.items: " in done.out
    assert not list((coach_home / "routines").glob("*"))


NOT_READ = {
    "gpx": (b'<?xml version="1.0"?><gpx version="1.1"></gpx>', "GPX file holds no recorded walk or run"),
    "tcx": (b"<TrainingCenterDatabase/>", "TCX file holds no recorded walk or run"),
    "fit": (b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00", "FIT file is damaged"),
    "zip": (b"PK\x03\x04" + bytes(100), "archive"),
    "database": (b"SQLite format 3\0" + bytes(100), "coach restore"),
    "library": (b'{"format": "rehab-exercises", "version": "1.0", "exercises": []}', "exercise library"),
    "text": (b"hello", "not taken in"),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_what_cannot_be_read_is_refused_by_what_it_is(name: str, tmp_path: Path) -> None:
    data, said = NOT_READ[name]
    (tmp_path / "file").write_bytes(data)

    done = coach("import", tmp_path / "file")

    assert done.status == 1
    assert said in done.err


def spoilt(log: dict[str, object], change: str) -> dict[str, object]:
    """An export with one thing wrong in it."""
    session, day = log["sessions"][0], log["days"][0]  # type: ignore[index]
    match change:
        case "pain":
            day["morning"] = 11
        case "day":
            day["day"] = "2026-02-30"
        case "no uid":
            del day["uid"]
        case "twice":
            log["days"].append(day)  # type: ignore[attr-defined]
        case "instant":
            day["recorded"]["utc"] = "yesterday"
        case "step":
            session["events"][3]["event"]["index"] = 10**9
        case "never":
            session["events"][3]["event"]["at"] = 2**64
        case "before":
            session["events"][3]["event"]["at"] = -1
        case "back in time":
            session["events"][3]["seq"] = 0
        case "event":
            session["events"][0]["event"]["type"] = "exploded"
        case "plan":
            session["plan"][0][1] = -5
        case "routine":
            session["routine"]["items"] = []
        case "newer":
            log["version"] = "2.0"
    return log


SPOILT = {
    "pain": "$.days[0].morning: ",
    "day": "$.days[0].day: ",
    "no uid": "$.days[0].uid: is missing",
    "twice": "$.days[2].uid: ",
    "instant": "$.days[0].recorded.utc: ",
    "step": "$.sessions[0].events[3].event.index: ",
    "never": "$.sessions[0].events[3].event.at: ",
    "before": "$.sessions[0].events[3].event.at: ",
    "back in time": "$.sessions[0].events[3].seq: ",
    "event": "$.sessions[0].events[0]",
    "plan": "$.sessions[0].plan: ",
    "routine": "$.sessions[0].routine.items: ",
    "newer": "$.version: ",
}


def test_a_spoilt_export_is_left_out_whole_and_each_fault_has_its_place(tmp_path: Path, full_home: Path) -> None:
    good = exported(tmp_path / "good.json")
    files = [written(tmp_path, spoilt(json.loads(good), change), f"{change}.json") for change in SPOILT]
    elsewhere = str(tmp_path / "elsewhere")

    done = coach("import", *files, COACH_HOME=elsewhere)

    assert done.status == 1
    for change, place in SPOILT.items():
        assert f"{tmp_path / change}.json: {place}" in done.out, change
    assert json.loads(exported(tmp_path / "after.json", elsewhere))["days"] == []


def test_all_that_is_wrong_with_an_export_is_listed(tmp_path: Path, full_home: Path) -> None:
    log = json.loads(exported(tmp_path / "good.json"))
    for change in ("pain", "plan", "twice"):
        spoilt(log, change)

    done = coach("import", written(tmp_path, log, "bad.json"))

    assert [place for place in ("$.days[0].morning", "$.days[2]", "$.sessions[0].plan") if place in done.out] == [
        "$.days[0].morning",
        "$.days[2]",
        "$.sessions[0].plan",
    ]


HOSTILE = {
    "bottomless": b'{"format": "rehab-log", "version": "1.0", "days": [' + b"[" * 100_000,
    "bottomless entry": b'{"format": "rehab-log", "version": "1.0", "days": [' + b"[" * 5000 + b"]" * 5000 + b"]}",
    "not utf-8": b'{"format": "rehab-log", "version": "1.0", "days": [{"uid": "\xff"}]}',
    "cut off": b'{"format": "rehab-log", "version": "1.0", "days": [{"uid": "a"',
    "no lists": b'{"format": "rehab-log", "version": "1.0", "days": 7}',
    "huge number": b'{"format": "rehab-log", "version": "1.0", "outings": [{"minutes": 1e999}]}',
    "nul": b'{"format": "rehab-log", "version": "1.0", "flags": [{"uid": "a\\u0000", "name": "x", "day": "2026-01-01",'
    b'"raised": true, "recorded": {"utc": "2026-01-01T00:00:00.000Z", "zone": "UTC", "day": "2026-01-01"}}]}',
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_exports(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "log.json").write_bytes(data)

    done = coach("import", tmp_path / "log.json")

    assert done.status == 1
    assert "log.json: $" in done.out


# -- copies ---------------------------------------------------------------------------------------------------------


def test_backup_and_restore(tmp_path: Path, full_home: Path) -> None:
    before = exported(tmp_path / "before.json")
    copied = coach("backup", tmp_path / "copy.db")
    coach("log", "day", "--morning", "9")

    restored = coach("restore", tmp_path / "copy.db")

    assert (copied.status, restored.status) == (0, 0)
    assert "before-restore" in restored.out
    assert exported(tmp_path / "after.json") == before


def test_a_copy_into_a_folder_gets_a_name(tmp_path: Path, full_home: Path) -> None:
    done = coach("backup", tmp_path)

    assert done.status == 0
    assert len(list(tmp_path.glob("rehab-coach-20*.db"))) == 1


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
def test_only_ordinary_files_are_restored_or_written(tmp_path: Path, full_home: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for arguments in (["restore"], ["backup"], ["export", "--format", "json"], ["import"]):
        done = coach(*arguments, pipe)

        assert done.status == 2, arguments
        assert "not an ordinary file" in done.err
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    "arguments",
    [["export", "--format", "json"], ["export", "--format", "csv"], ["backup"], ["restore"]],
    ids=["json", "csv", "backup", "restore"],
)
def test_the_log_itself_is_never_written_over(arguments: list[str], tmp_path: Path, full_home: Path) -> None:
    before = (full_home / "coach.db").read_bytes()
    by_another_name = tmp_path / "other.csv"
    by_another_name.symlink_to(full_home / "coach.db")

    for name in (full_home / "coach.db", by_another_name):
        done = coach(*arguments, name)

        assert done.status == 2, done
        assert len(done.err.splitlines()) == 1
        assert "fit the log" not in done.err
        assert (full_home / "coach.db").read_bytes() == before


def test_a_copy_of_the_log_is_not_written_over_by_an_export(tmp_path: Path, full_home: Path) -> None:
    coach("backup", tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()

    done = coach("export", "--format", "json", tmp_path / "copy.db")

    assert done.status == 2
    assert "a copy of one" in done.err
    assert (tmp_path / "copy.db").read_bytes() == before


def test_where_nothing_can_be_written_the_reason_is_told(tmp_path: Path, full_home: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")

    folder = coach("export", "--format", "json", tmp_path)
    tables = coach("export", "--format", "csv", tmp_path / "file")
    empty = [coach(*arguments, "", cwd=tmp_path) for arguments in (["export", "--format", "csv"], ["backup"])]
    long = coach("export", "--format", "json", tmp_path / ("a" * 300))

    assert [done.status for done in (folder, tables, *empty, long)] == [2] * 5
    assert "not an ordinary file" in folder.err
    assert "tables go into a folder" in tables.err
    assert "no file can have this name" in long.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_restoring_after_erasing(tmp_path: Path, full_home: Path) -> None:
    before = json.loads(exported(tmp_path / "before.json"))
    coach("backup", tmp_path / "copy.db")
    coach("erase", "--yes")

    assert coach("restore", tmp_path / "copy.db").status == 0
    assert json.loads(exported(tmp_path / "after.json"))["sessions"] == before["sessions"]


@pytest.mark.parametrize("data", [b"", b"hello", b"SQLite format 3\0" + bytes(5000)], ids=["empty", "text", "half"])
def test_what_is_no_copy_is_refused_and_nothing_changes(data: bytes, tmp_path: Path, full_home: Path) -> None:
    (tmp_path / "bad.db").write_bytes(data)
    before = (full_home / "coach.db").read_bytes()

    done = coach("restore", tmp_path / "bad.db")

    assert done.status == 1
    assert "was not restored" in done.err
    assert (full_home / "coach.db").read_bytes() == before


@pytest.mark.parametrize("arguments", [["restore", "{copy}"], ["erase", "--yes"]], ids=["restore", "erase"])
def test_an_open_window_is_respected(arguments: list[str], tmp_path: Path, full_home: Path) -> None:
    copy = tmp_path / "copy.db"
    coach("backup", copy)
    lock = WindowLock(Home(full_home).lock)
    assert lock.acquire()
    try:
        done = coach(*(argument.format(copy=copy) for argument in arguments))
    finally:
        lock.release()

    assert done.status == 3
    assert "window is open" in done.err
    assert (full_home / "coach.db").exists()


def test_erasing_leaves_no_trace(full_home: Path) -> None:
    coach("log", "day", "--morning", "7")
    found = [path for path in full_home.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()]
    assert found, "the test would prove nothing"

    done = coach("erase", "--yes")

    assert done.status == 0
    assert [path for path in full_home.rglob("*") if path.is_file() and path.stat().st_size] == []


def test_erasing_needs_to_be_meant(full_home: Path) -> None:
    done = coach("erase")

    assert done.status == 2
    assert "--yes" in done.err
    with log_of(full_home) as log:
        assert log.sessions()


def test_where_it_hurts_and_what_came_an_hour_later_leave_and_come_back(tmp_path: Path, coach_home: Path) -> None:
    coach("log", "day", "--morning", "2", "--where", "left:groin", "--where", "back", "--limp")
    coach("log", "run", "--minutes", "20", "--pain-before", "0", "--pain", "1", "--pain-after60", "2")
    coach("log", "test", "single_hop", "--left", "10", "--pain", "1", "--groin")
    exported = coach("export", "--format", "json", "-").json()

    assert exported["days"][0]["spots"] == [{"site": "back", "side": None}, {"site": "groin", "side": "left"}]
    assert exported["days"][0]["limp"] is True
    assert (exported["outings"][0]["pain_before"], exported["outings"][0]["pain_after60"]) == (0, 2)
    assert exported["tests"][0]["groin"] is True

    file = tmp_path / "log.json"
    file.write_text(json.dumps(exported))
    coach("erase", "--yes")
    coach("import", file)

    assert coach("export", "--format", "json", "-").json() == exported


def test_a_sore_place_that_is_none_is_refused(coach_home: Path) -> None:
    done = coach("log", "day", "--where", "elbow")

    assert done.status == 2
    assert "elbow is no sore place" in done.err


def test_a_home_that_is_a_file_is_not_called_erased(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    monkeypatch.setenv("COACH_HOME", str(file))

    done = coach("erase", "--yes")

    assert done.status == 3
    assert "rased" not in done.out
    assert str(file) in done.err
    assert file.read_text() == "mine"


def test_a_routine_that_cannot_be_put_into_use_is_not_left_behind(tmp_path: Path, coach_home: Path) -> None:
    coach_home.mkdir(exist_ok=True)
    (coach_home / "settings.json").mkdir()

    done = coach("import", written(tmp_path, routine()))

    assert done.status == 3
    assert list(coach_home.rglob("*.rehab.json")) == []


@pytest.mark.parametrize("command", ["log", "import"])
def test_what_killed_writes_left_is_gone_after_the_next_command_that_writes(
    command: str, tmp_path: Path, coach_home: Path
) -> None:
    home = Home(coach_home)
    home.make()
    strays.leave(home)
    with strays.writing(home.routines / "own.json"):
        in_use = WindowLock(home.lock)
        assert in_use.acquire()
        assert coach("log", "day", "--morning", "1").status == 0
        assert len(strays.parts(home)) == 7, "a window is open, which clears up itself"
        in_use.release()

        done = (
            coach("log", "day", "--morning", "1") if command == "log" else coach("import", written(tmp_path, routine()))
        )

        assert done.status == 0
        assert len(strays.parts(home)) == 1
    assert strays.parts(home) == []


def test_settings_that_cannot_be_read_are_told_once_and_kept(tmp_path: Path, full_home: Path) -> None:
    cut = (full_home / "settings.json").read_bytes()[:20]
    (full_home / "settings.json").write_bytes(cut)

    done = coach(
        "import", written(tmp_path, routine(id="one"), "1.json"), written(tmp_path, routine(id="two"), "2.json")
    )

    (kept,) = full_home.glob("settings-damaged-*.json")
    assert done.status == 0
    assert done.err.count("\n") == 1
    assert str(kept) in done.err
    assert kept.read_bytes() == cut
    settings = json.loads((full_home / "settings.json").read_bytes())
    assert settings == {"set_up": True, "in_use": ["two", "one"]}
    assert coach("erase", "--yes").status == 0
    assert not kept.exists()


def test_a_look_at_the_log_leaves_damaged_settings_as_they_are(full_home: Path) -> None:
    (full_home / "settings.json").write_bytes(b"{")

    done = coach("trend", "--json")

    assert (done.status, done.err.count("\n")) == (0, 1)
    json.loads(done.out)
    assert (full_home / "settings.json").read_bytes() == b"{"
    assert list(full_home.glob("settings-damaged-*")) == []


# -- other programs -------------------------------------------------------------------------------------------------


def test_a_fhir_bundle_holds_the_log(tmp_path: Path, full_home: Path) -> None:
    done = coach("export", "--format", "fhir", tmp_path / "log.fhir.json")
    plain = (tmp_path / "log.fhir.json").read_text(encoding="utf-8")
    kinds = [one["resource"]["resourceType"] for one in json.loads(plain)["entry"]]

    assert done.status == 0
    assert [kinds.count(kind) for kind in ("Patient", "Procedure", "CarePlan", "Flag")] == [1, 2, 1, 1]
    assert MARK in plain
    assert "snomed.info" not in plain
    assert "snomed.info" in coach("export", "--format", "fhir", "--snomed", "-").out
    assert (tmp_path / "log.fhir.json").stat().st_mode & 0o777 == 0o600


def test_a_calendar_holds_the_routines_in_use(tmp_path: Path, full_home: Path) -> None:
    done = coach("export", "--format", "ics", "--at", "7:05", tmp_path / "plan.ics")

    text = (tmp_path / "plan.ics").read_bytes()
    assert done.status == 0
    assert b"SUMMARY:Rehab: Short one" in text
    assert b"T070500\r\n" in text


@pytest.mark.parametrize("time", ["25:00", "7", "7:5", "noon", "07:60", "-1:00", "7:005"])
def test_a_time_that_is_none_is_refused(time: str, tmp_path: Path) -> None:
    done = coach("export", "--format", "ics", "--at", time, tmp_path / "plan.ics")

    assert done.status == 2
    assert "18:00" in done.err
    assert not (tmp_path / "plan.ics").exists()


def test_a_watch_takes_a_routine_by_file_by_id_or_the_first_in_use(tmp_path: Path, full_home: Path) -> None:
    file = written(tmp_path, routine(title="From a file"))
    choices: dict[str, list[str]] = {"file": ["--routine", str(file)], "id": ["--routine", "mobility"], "first": []}
    for name, options in choices.items():
        assert coach("export", "--format", "fit", *options, tmp_path / f"{name}.fit").status == 0

    titles = [(tmp_path / f"{name}.fit").read_bytes() for name in ("file", "id", "first")]
    assert b"From a file" in titles[0]
    assert b"Mobility" in titles[1]
    assert b"Short one" in titles[2]


def test_what_no_watch_can_be_given_is_told(tmp_path: Path, full_home: Path) -> None:
    unknown = coach("export", "--format", "fit", "--routine", "nonsense", tmp_path / "a.fit")
    missing = coach("export", "--format", "fit", "--routine", tmp_path / "none.json", tmp_path / "a.fit")
    broken = coach("export", "--format", "fit", "--routine", written(tmp_path, {"items": 1}), tmp_path / "a.fit")
    items = [{"exercise": "clamshell", "sides": "each", "sets": 3, "reps": n} for n in range(1, 20)]
    long = coach("export", "--format", "fit", "--routine", written(tmp_path, routine(items=items)), tmp_path / "a.fit")

    assert [done.status for done in (unknown, missing, broken, long)] == [1, 2, 1, 1]
    assert "nonsense" in unknown.err
    assert "no such file" in missing.err
    assert "50" in long.err
    assert not (tmp_path / "a.fit").exists()


def test_a_routine_of_another_app_is_taken_over_with_a_report(tmp_path: Path, coach_home: Path) -> None:
    workout = {
        "title": "Hips",
        "sets": [{"repetitions": 1, "exercises": [{"name": "Plank", "duration": 5}, {"name": "Dance", "duration": 5}]}],
    }
    file = written(tmp_path, {"workouts": [workout]}, "Hips.json")

    checked, done = coach("check", file), coach("import", file)

    assert checked.status == done.status == 0
    for said in ("Just Another Workout Timer", '"Plank" is taken as the exercise "Plank"', '"Dance" is not in the'):
        assert said in checked.out
        assert said in done.out
    assert "taken in: Hips, revision 1, 2 exercises, 0:20" in done.out
    assert coach("session", "--text", "--speed", "2000").lines[0].startswith("Hips: ")


def test_a_workout_that_names_numbers_is_refused(tmp_path: Path, coach_home: Path) -> None:
    done = coach("import", written(tmp_path, {"feeelMetadataVersion": 5, "fullWorkout": {}}))

    assert done.status == 1
    assert "numbers of its own database" in done.out
    assert not (coach_home / "routines").exists()


def test_the_stage_of_a_run_comes_back_and_an_older_document_without_it_is_read(
    tmp_path: Path, coach_home: Path
) -> None:
    coach("log", "run", "--date", "2026-11-01", "--minutes", "40", "--pain", "1", "--stage", "3", "--running", "9")
    newest = json.loads(exported(tmp_path / "newest.json"))
    coach("erase", "--yes")
    older = json.loads(json.dumps(newest))
    older["version"] = "1.1"
    for run in older["outings"]:
        del run["stage"], run["running_min"]

    assert coach("import", tmp_path / "newest.json").status == 0
    again = json.loads(exported(tmp_path / "again.json"))
    coach("erase", "--yes")
    assert coach("import", written(tmp_path, older, "older.json")).status == 0
    without = json.loads(exported(tmp_path / "without.json"))

    assert [(run["stage"], run["running_min"]) for run in again["outings"]] == [(3, 9.0)]
    assert [(run["stage"], run["running_min"]) for run in without["outings"]] == [(None, None)]


@pytest.mark.parametrize("own", ["coach.db", "settings.json", "routines/x.rehab.json", "logs/coach.log", "window.lock"])
def test_nothing_is_exported_over_what_the_program_keeps(own: str, coach_home: Path) -> None:
    coach("log", "day", "--morning", "1", "--worst", "2")
    kept = coach_home / own
    before = kept.read_bytes() if kept.exists() else None

    for command in (("export", "--format", "json"), ("export", "--format", "csv"), ("backup",), ("report", "-o")):
        done = coach(*command, kept)
        assert done.status == 2, command
        assert "name another file" in done.err
    assert (kept.read_bytes() if kept.exists() else None) == before


def test_what_a_person_keeps_beside_it_is_their_own(coach_home: Path) -> None:
    coach("log", "day", "--morning", "1", "--worst", "2")

    assert coach("export", "--format", "json", coach_home / "mine.json").status == 0
    assert coach("backup", coach_home / "backups").status == 0


def test_an_older_revision_is_not_said_to_be_in_use(tmp_path: Path) -> None:
    coach("import", written(tmp_path, routine(revision=3)))

    done = coach("import", written(tmp_path, routine(revision=2)))

    assert "You have revision 3 already, which is newer and is the one in use." in done.out
    assert "It is in use now" not in done.out


def test_a_calendar_without_a_day_left_says_so(tmp_path: Path) -> None:
    today = datetime.now().astimezone().date()
    before = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[today.weekday() - 1]
    coach("import", written(tmp_path, routine(schedule={"days": [before]}, review_by=today.isoformat())))

    done = coach("export", "--format", "ics", "-")

    assert (done.status, done.out) == (1, "")
    assert "No session day is left" in done.err


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"version": None}, "$.version: "), ({"days": {}}, "$.days: "), ({"format": 1}, "$.format: ")],
)
def test_a_log_whose_frame_is_wrong_names_the_place(wrong: dict[str, object], said: str, tmp_path: Path) -> None:
    log: dict[str, object] = {"format": "rehab-log", "version": "1.3", **wrong}
    (tmp_path / "log").write_text(json.dumps({key: value for key, value in log.items() if value is not None}))

    done = coach("import", tmp_path / "log")

    assert done.status == 1
    assert said in done.out
    assert "`" not in done.out
