"""Help, wrong usage and failing surroundings: one sentence and the right exit status, never a traceback."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import COACH, ROOT, coach, path_with, routine, surroundings_of, written

COMMANDS = (
    "session log trend readiness run-plan report check plan handout import export backup restore erase doctor demo"
).split()


def test_help_names_every_command_and_no_other() -> None:
    done = coach("--help")

    listed = done.out.split("Commands:\n")[1].split("\n\n")[0]
    assert done.status == 0
    assert [line.split()[0] for line in listed.splitlines()] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = coach(command, "--help")

    assert done.status == 0
    assert done.out.startswith(f"Usage: coach {command}")
    assert len(done.out) > 150


def test_version() -> None:
    assert coach("--version").out.startswith("Rehab Coach 0.")


WRONG = {
    "no such command": ["nonsense"],
    "no such option": ["check", "--nonsense", "x"],
    "no file": ["check"],
    "no pain": ["log", "walk", "--minutes", "3"],
    "eleven": ["log", "day", "--morning", "11", "--worst", "2"],
    "negative": ["log", "day", "--morning", "-1", "--worst", "2"],
    "half a point": ["log", "day", "--morning", "1,5", "--worst", "2"],
    "nothing": ["log", "day"],
    "no such day": ["log", "day", "--date", "2026-02-30", "--morning", "1", "--worst", "1"],
    "a day the American way": ["log", "day", "--date", "11/20/2026", "--morning", "1", "--worst", "1"],
    "compact day": ["log", "day", "--date", "20261120", "--morning", "1", "--worst", "1"],
    "no time": ["log", "walk", "--minutes", "0", "--pain", "1"],
    "not a number": ["log", "walk", "--minutes", "nan", "--pain", "1"],
    "endless": ["log", "walk", "--minutes", "inf", "--pain", "1"],
    "thousands": ["log", "walk", "--minutes", "1.000,5", "--pain", "1"],
    "other digits": ["log", "walk", "--minutes", "٣", "--pain", "1"],
    "no such test": ["log", "test", "handstand", "--value", "3", "--pain", "1"],
    "a value for sides": ["log", "test", "side_plank", "--value", "3", "--pain", "1"],
    "a side for none": ["log", "test", "plank", "--left", "3", "--pain", "1"],
    "no result": ["log", "test", "plank", "--pain", "1"],
    "half a rep": ["log", "test", "heel_raise", "--left", "3,5", "--pain", "1"],
    "no such flag": ["log", "flag", "bad_mood"],
    "no flag": ["log", "flag"],
    "no such format": ["export", "--format", "xml", "out"],
    "standing still": ["session", "--text", "--speed", "0"],
    "no file for a session": ["session", "--text", "nowhere.json"],
    "no file for a logged session": [
        *("log", "session", "nowhere.json"),
        *("--pain-before", "1", "--pain", "1", "--pain-after", "1"),
    ],
    "no copy": ["restore", "nowhere.db"],
    "no folder": ["backup", "/nowhere/at/all.db"],
    "no folder for an export": ["export", "--format", "json", "/nowhere/at/all.json"],
    "not really": ["erase"],
    "no file to take in": ["import", "nowhere.json"],
    "both": ["session", "--text", "--resume", "--discard"],
    "a trend on no day": ["trend", "--on", "2026-02-30"],
    "no weeks": ["demo", "--weeks", "0"],
    "too few weeks to heal": ["demo", "--healed", "--weeks", "15"],
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_wrong_usage_is_told_in_one_line(arguments: list[str], coach_home: Path) -> None:
    done = coach(*arguments)

    assert done.status == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 1


def test_an_unknown_flag_lists_those_that_are_known_by_how_soon() -> None:
    said = coach("log", "flag", "bad_mood").err

    assert said.index("emergency: cannot_take_weight") < said.index("urgent: ") < said.index("refer: ")


def test_a_reader_that_has_read_enough_is_no_failure() -> None:
    file = next((ROOT / "assets" / "routines").glob("strength-a*"))

    with subprocess.Popen(
        [*COACH, "plan", str(file)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings_of()
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
        running.wait(60)

    assert said == b""
    assert running.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COACH, "check", "exercises.json"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_answer_that_cannot_be_printed_does_not_say_that_nothing_was_recorded(coach_home: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COACH, "log", "walk", "--minutes", "30", "--pain", "1"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "COACH_HOME": str(coach_home)},
        )

    assert done.returncode == 3
    assert b"could not be printed" in done.stderr
    assert b"look before you try again" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert coach("export", "--format", "csv", "-").out.count("walk,") == 2  # its minutes, its pain


@pytest.mark.parametrize("command", ["readiness", "trend", "run-plan"])
def test_what_only_reads_says_too_that_a_file_is_in_the_way(tmp_path: Path, command: str) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x", encoding="utf-8")

    for home in (in_the_way, in_the_way / "below"):
        done = coach(command, COACH_HOME=str(home))

        assert done.status == 3
        assert done.err.splitlines() == [
            "A file is where the data folder should be. Nothing was changed. Move it, or change COACH_HOME."
        ]


def test_a_data_folder_that_cannot_be(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x", encoding="utf-8")

    for home in (in_the_way, in_the_way / "below"):
        done = coach("log", "day", "--morning", "1", "--worst", "1", COACH_HOME=str(home))

        assert done.status == 3
        assert len(done.err.splitlines()) == 1
        assert "A file is where the data folder should be" in done.err


@pytest.mark.skipif(os.name != "posix", reason="needs homes of users")
def test_a_data_folder_in_the_home_of_nobody(tmp_path: Path) -> None:
    done = coach("log", "day", "--morning", "1", cwd=tmp_path, COACH_HOME="~nosuchuser/data")

    assert done.status == 3
    assert len(done.err.splitlines()) == 1
    assert "COACH_HOME" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep a current folder")
def test_a_data_folder_below_a_current_folder_that_is_gone(tmp_path: Path) -> None:
    leave = "import os, sys; os.rmdir(os.getcwd()); sys.argv[0] = 'coach'; from coach.__main__ import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", leave, "log", "day", "--morning", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=surroundings_of(PYTHONPATH=path_with(ROOT), COACH_HOME="data"),
        check=False,
    )

    assert "COACH_HOME names no folder" in done.stderr
    assert len(done.stderr.splitlines()) == 1


DAMAGED = {
    "not a database": b"this is no database, but it is long enough to be looked at" * 40,
    "empty though there was one": b"",
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize(
    "arguments",
    [["log", "day", "--morning", "1", "--worst", "1"], ["export", "--format", "json", "-"], ["session", "--text"]],
    ids=["log", "export", "session"],
)
def test_a_damaged_log_is_told_and_left_alone(content: bytes, arguments: list[str], coach_home: Path) -> None:
    coach("log", "day", "--morning", "1", "--worst", "1")
    (coach_home / "coach.db").write_bytes(content)

    done = coach(*arguments)

    assert done.status == 3
    assert len(done.err.splitlines()) == 1
    assert (coach_home / "coach.db").read_bytes() == content


def test_a_newer_log_is_refused_with_its_version_and_not_touched(coach_home: Path) -> None:
    coach("log", "day", "--morning", "1", "--worst", "1")
    conn = sqlite3.connect(coach_home / "coach.db")
    conn.execute("PRAGMA user_version=999")
    conn.close()
    before = (coach_home / "coach.db").read_bytes()

    done = coach("log", "day", "--morning", "2", "--worst", "2")

    assert done.status == 3
    assert "999" in done.err
    assert (coach_home / "coach.db").read_bytes() == before


def test_beside_a_newer_log_nothing_is_made(tmp_path: Path) -> None:
    coach("log", "day", "--morning", "1", COACH_HOME=str(tmp_path / "first"))
    home = tmp_path / "second"
    home.mkdir(mode=0o700)
    (tmp_path / "first" / "coach.db").rename(home / "coach.db")
    conn = sqlite3.connect(home / "coach.db")
    conn.execute("PRAGMA user_version=999")
    conn.close()
    before = (home.stat().st_mtime_ns, (home / "coach.db").stat().st_mtime_ns)

    for arguments in (["log", "day", "--morning", "2"], ["session", "--text"], ["export", "--format", "csv", "-"]):
        assert coach(*arguments, COACH_HOME=str(home)).status == 3

    assert [path.name for path in home.iterdir()] == ["coach.db"]
    assert (home.stat().st_mtime_ns, (home / "coach.db").stat().st_mtime_ns) == before


def test_a_session_in_the_window_looks_at_its_file_first(tmp_path: Path) -> None:
    bad = written(tmp_path, routine(items=[]))

    missing = coach("session", "nowhere.json", QT_QPA_PLATFORM="offscreen")
    wrong = coach("session", bad, QT_QPA_PLATFORM="offscreen")
    fast = coach("session", "--speed", "5", QT_QPA_PLATFORM="offscreen")

    assert [done.status for done in (missing, wrong, fast)] == [2, 1, 2]


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of resources")
@pytest.mark.parametrize("limit", [0, 1024, 4096])
def test_a_disk_that_fills_up_leaves_the_older_export(limit: int, tmp_path: Path) -> None:
    import resource

    coach("log", "day", "--morning", "1")
    out = tmp_path / "out.json"
    for number in range(60):
        (tmp_path / "many").mkdir(exist_ok=True)
        written(tmp_path / "many", routine(id=f"r{number}"), f"{number}.json")
    coach("import", *sorted((tmp_path / "many").iterdir()))
    out.write_text("the older one", encoding="utf-8")

    done = subprocess.run(
        [*COACH, "export", "--format", "json", str(out)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )

    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert out.read_text(encoding="utf-8") == "the older one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many", "out.json"]


def test_what_nobody_expected_is_a_sentence_and_a_note_without_its_message(
    coach_home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    import coach.__main__ as program
    from coach.app import logs

    def broken(arguments: list[str]) -> int:
        raise ValueError(f"pain of {3 + 4}")

    monkeypatch.setattr(program, "_run", broken)
    monkeypatch.setattr(program, "_drop_output", lambda: None)
    monkeypatch.setattr(sys, "argv", ["coach", "x"])
    try:
        status = program.main()
    finally:
        logs.let_go()

    noted = (coach_home / "logs" / "coach.log").read_text(encoding="utf-8")
    assert status == 3
    assert len(capfd.readouterr().err.splitlines()) == 1
    assert "ValueError" in noted
    assert "test_usage.py" in noted
    assert "pain of 7" not in noted


def test_everything_written_is_for_the_person_alone(tmp_path: Path, coach_home: Path) -> None:
    from tests.cli.program import modes

    before = os.umask(0)
    try:
        coach("log", "day", "--morning", "1", "--worst", "1")
        coach("import", written(tmp_path, routine()))
        coach("session", "--text", "--speed", "1000")
        coach("import", tmp_path / "short.rehab.json", COACH_HOME=str(tmp_path / "deep" / "down" / "home"))
        coach("log", "day", "--morning", "1", COACH_HOME=str(tmp_path / "deep" / "below" / "home"))
        coach("backup", tmp_path / "copy.db")
        coach("export", "--format", "json", tmp_path / "log.json")
        coach("export", "--format", "csv", tmp_path / "tables")
    finally:
        os.umask(before)

    assert set(modes(tmp_path / "deep").values()) == {0o700, 0o600}
    found = modes(coach_home) | modes(tmp_path / "tables")
    assert all(mode == (0o700 if Path(path).is_dir() else 0o600) for path, mode in found.items()), found
    assert modes(tmp_path / "copy.db") | modes(tmp_path / "log.json") == {
        str(tmp_path / "copy.db"): 0o600,
        str(tmp_path / "log.json"): 0o600,
    }
