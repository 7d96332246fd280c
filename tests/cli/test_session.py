"""`coach session --text`: unattended, from the first step to the summary, with what it leaves in the log."""

import json
import os
import signal
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from coach.app.window_lock import WindowLock, session_lock
from coach.core.day import training_day
from coach.core.log import Ending, Question
from coach.core.session.events import from_json, plan_from_json
from coach.core.session.record import record
from coach.paths import Home
from tests.cli.program import COACH, ROOT, coach, routine, surroundings_of, written
from tests.cli.reading import log_of, step_lines

FAST = ("--text", "--speed", "2000")


def test_a_session_prints_its_steps_and_is_logged(tmp_path: Path, coach_home: Path) -> None:
    file = written(tmp_path, routine())
    planned = coach("plan", file).lines

    done = coach("session", file, *FAST, "--pain-before", "3", "--pain-after", "2", "--effort", "5", "--note", "good")

    with log_of(coach_home) as log:
        (line,) = log.sessions()
        head = log.head(line.uid)
        assert head is not None
        told = record(plan_from_json(head.plan), [from_json(one.body) for one in log.events(line.uid)])
        answers = {one.question: one.value if one.value is not None else one.text for one in log.answers(line.uid)}
    assert done.status == 0
    assert done.err == ""
    assert step_lines(done.lines) == planned[1:-1]
    assert line.ending is Ending.FINISHED
    assert told.complete
    assert all(one.complete for one in told.sets)
    assert sum(one.seconds for one in told.sets) == pytest.approx(26)
    assert answers == {Question.BEFORE: 3, Question.AFTER: 2, Question.EFFORT: 5, Question.NOTE: "good"}
    assert "Well done. Short one: 5 of 5 sets, 0:26 of work." in done.lines


def test_the_session_that_is_due(coach_home: Path) -> None:
    done = coach("session", *FAST)

    with log_of(coach_home) as log:
        (line,) = log.sessions()
    assert done.status == 0
    assert (line.routine_id, line.ending) == ("first-days", Ending.FINISHED)
    assert done.lines[0].startswith("First days: ")


def test_without_a_display_it_is_guided_here(tmp_path: Path) -> None:
    done = coach("session", written(tmp_path, routine()), "--speed", "2000")

    assert done.status == 0
    assert done.err == "There is no display for the window; the session is guided here in the terminal.\n"
    assert "Well done." in done.out


def test_reps_at_ones_own_pace_go_on_alone(tmp_path: Path) -> None:
    own = routine()
    own["items"][0]["pace"] = "self"

    done = coach("session", written(tmp_path, own), *FAST)

    assert done.status == 0
    assert "5 of 5 sets" in done.out


def test_a_bad_routine_starts_nothing(tmp_path: Path, coach_home: Path) -> None:
    done = coach("session", written(tmp_path, routine(items=[])), *FAST)

    assert done.status == 1
    assert "$.items: " in done.err
    with log_of(coach_home) as log:
        assert log.sessions() == ()


def test_a_routine_without_a_step_is_said_to_be_so_and_is_not_logged(tmp_path: Path, coach_home: Path) -> None:
    item = {"exercise": "bridge", "reps": 2, "prepare_s": 0, "tempo": {"up_s": 0, "down_s": 0}}

    done = coach("session", written(tmp_path, routine(items=[item])), *FAST)

    assert done.status == 1
    assert "nothing to do" in done.err.splitlines()[-1]
    with log_of(coach_home) as log:
        assert log.sessions() == ()


def test_what_the_pain_site_speaks_against_is_left_out_of_a_built_in_routine(coach_home: Path) -> None:
    """And stays in a routine that somebody prescribed: as in the window."""
    built_in = ROOT / "assets" / "routines" / "mobility.rehab.json"
    ids = [item["exercise"] for item in json.loads(built_in.read_text(encoding="utf-8"))["items"]]
    settings = {"pain_sites": ["groin", "sit_bone", "back"], "in_use": ["mobility"]}
    (coach_home / "settings.json").write_text(json.dumps(settings), encoding="utf-8")

    due, prescribed = coach("session", *FAST), coach("session", built_in, *FAST)

    assert f"{len(ids)} exercises" in prescribed.lines[0]
    assert f"{len(ids)} exercises" not in due.lines[0]


def test_text_of_a_file_cannot_move_the_cursor(tmp_path: Path) -> None:
    evil = routine(title="Evil\x1b[2J\u202e\nline", exercises=[{"id": "mine", "name": "\x1b]0;x\x07Mine"}])
    evil["items"][1]["exercise"] = "mine"

    done = coach("session", written(tmp_path, evil), *FAST)

    assert done.status == 0
    assert not set("\x1b\x07\u202e") & set(done.out + done.err)
    assert done.lines[0].startswith("Evil[2J line: ")


# -- broken off -----------------------------------------------------------------------------------------------------


def broken_off(file: Path, after_lines: int, how: signal.Signals) -> list[str]:
    """Begin a session, end the program so after so many lines, and give the lines."""
    with subprocess.Popen(
        [*COACH, "session", str(file), "--text", "--speed", "20", "--discard"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=surroundings_of(),
        text=True,
    ) as running:
        assert running.stdout is not None
        lines = [running.stdout.readline() for _ in range(after_lines)]
        running.send_signal(how)
        lines += running.stdout.readlines()
        running.wait(60)
    if how is not signal.SIGKILL:
        assert running.returncode == 0
    return [line.rstrip("\n") for line in lines if line.endswith("\n")]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_session_that_was_broken_off_goes_on_at_that_rep(how: signal.Signals, tmp_path: Path) -> None:
    file = written(tmp_path, routine())
    planned = coach("plan", file).lines[1:-1]

    before = step_lines(broken_off(file, 9, how))
    done = coach("session", *FAST, "--resume")

    after = step_lines(done.lines)
    assert done.status == 0
    assert done.lines[0].startswith("A session broke off: Short one, at Clamshell, set 1, rep ")
    assert before == planned[: len(before)]
    # At most what the kill kept from being printed lies between; the step that goes on is named again.
    assert after == planned[planned.index(after[0]) :]
    assert planned.index(after[0]) - (len(before) - 1) in ({0, 1} if how is signal.SIGKILL else {0})
    assert "Well done." in done.out


def test_unattended_and_without_an_option_it_is_left_and_a_new_one_begins(tmp_path: Path, coach_home: Path) -> None:
    file = written(tmp_path, routine())
    broken_off(file, 7, signal.SIGKILL)

    done = coach("session", file, *FAST)

    with log_of(coach_home) as log:
        endings = [line.ending for line in log.sessions()]
    assert done.status == 0
    assert "coach session --resume" in done.lines[1]
    assert endings == [Ending.LEFT, Ending.FINISHED]


def test_nothing_to_go_on_with() -> None:
    done = coach("session", *FAST, "--resume")

    assert (done.status, done.out) == (1, "")


def test_a_session_that_only_lacks_its_end_gets_it(tmp_path: Path, coach_home: Path) -> None:
    file = written(tmp_path, routine())
    broken_off(file, 7, signal.SIGKILL)
    from coach.store.database import open_for_writing
    from coach.store.journal import Log
    from tests.fakes import FakeCalendar

    log = Log(open_for_writing(coach_home / "coach.db", now=FakeCalendar().now()))
    found = log.unfinished()
    assert found is not None
    last = found.events[-1]
    log.append(found.head.uid, last.seq + 1, last.at_s, json.dumps({"type": "finished", "at": last.at_s}))
    log.close()

    done = coach("session", file, *FAST)

    assert "broke off" not in done.out
    with log_of(coach_home) as read:
        assert [line.ending for line in read.sessions()] == [Ending.FINISHED, Ending.FINISHED]


# -- two at once ----------------------------------------------------------------------------------------------------


def test_a_second_session_at_the_same_time_is_refused(tmp_path: Path, coach_home: Path) -> None:
    lock = session_lock(Home(coach_home))
    assert lock.acquire()
    try:
        done = coach("session", written(tmp_path, routine()), *FAST)
    finally:
        lock.release()

    assert done.status == 3
    assert "another terminal" in done.err


def test_a_session_of_the_window_is_not_taken_for_a_broken_one(tmp_path: Path, coach_home: Path) -> None:
    file = written(tmp_path, routine())
    broken_off(file, 7, signal.SIGKILL)
    lock = WindowLock(Home(coach_home).lock)
    assert lock.acquire()
    try:
        done = coach("session", file, *FAST)
    finally:
        lock.release()

    assert done.status == 3
    with log_of(coach_home) as log:
        assert [line.ending for line in log.sessions()] == [None]


# -- a failing disk -------------------------------------------------------------------------------------------------

_FULL_AFTER = """
import resource, sys
from pathlib import Path
import coach.store.journal as journal
import sqlite3

count = 0
append = journal.Log.append
def failing(self, *event):
    global count
    count += 1
    if {first} <= count < {last}:
        from coach.store.errors import Reason, Unavailable
        raise Unavailable(Reason.DISK_FULL, "SQLITE_FULL")
    append(self, *event)
journal.Log.append = failing
sys.argv = ["coach", *sys.argv[1:]]
from coach.__main__ import main
sys.exit(main())
"""


def with_full_disk(file: Path, first: int, last: int) -> subprocess.CompletedProcess[str]:
    """Run a session in which the events from `first` on find no room, until `last`."""
    program = _FULL_AFTER.format(first=first, last=last)
    return subprocess.run(
        [COACH[0], "-c", program, "session", str(file), *FAST],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=surroundings_of(PYTHONPATH=os.pathsep.join([str(ROOT), os.environ["PYTHONPATH"]])),
        check=False,
    )


def test_a_disk_that_is_full_for_a_while_loses_nothing(tmp_path: Path, coach_home: Path) -> None:
    file = written(tmp_path, routine())

    done = with_full_disk(file, 5, 12)

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("not being saved") == 1
    assert done.stdout.count("being saved again") == 1
    with log_of(coach_home) as log:
        (line,) = log.sessions()
        seqs = [one.seq for one in log.events(line.uid) if '"began"' in one.body]
    assert line.ending is Ending.FINISHED
    assert len(seqs) == len(coach("plan", file).lines) - 3


def test_a_disk_that_stays_full_is_told_last_with_the_right_status(tmp_path: Path, coach_home: Path) -> None:
    file = written(tmp_path, routine())

    done = with_full_disk(file, 5, 10**9)

    assert done.returncode == 3
    assert "Well done." in done.stdout
    assert done.stdout.count("not being saved") == 1
    assert "could not be saved: The disk is full" in done.stderr.splitlines()[-1]
    with log_of(coach_home) as log:
        assert [line.ending for line in log.sessions()] == [None]


# -- what the log asks for -------------------------------------------------------------------------------------------


def test_after_two_ambers_it_is_led_lower_and_says_so(tmp_path: Path, coach_home: Path) -> None:
    file = written(tmp_path, routine())
    usual = step_lines(coach("session", file, *FAST).lines)
    for back in (5, 3):
        pains = ("--pain-before", "1", "--pain", "4", "--pain-after", "1")
        coach("log", "session", file, "--date", str(ago(back)), *pains)
        coach("log", "day", "--date", str(ago(back - 1)), "--morning", "1")

    lower = coach("session", file, *FAST)
    whole = coach("session", file, *FAST, "--as-prescribed")

    assert lower.status == whole.status == 0
    assert lower.lines[0].startswith("Lower dose today. ")
    assert "Why: Amber twice in a row" in lower.lines[0]
    assert "coach session --text --as-prescribed" in lower.lines[1]
    assert len(step_lines(lower.lines)) < len(usual)
    assert step_lines(whole.lines) == usual
    with log_of(coach_home) as log:
        stored = [json.loads(head.routine) for line in log.sessions(ago(0)) if (head := log.head(line.uid))]
    assert [one.get("x-lower-dose", {}).get("taken") for one in stored] == [None, True, False]


def test_after_two_good_ones_the_step_that_the_physio_allows_is_led_and_says_so(
    tmp_path: Path, coach_home: Path
) -> None:
    items = [{"exercise": "plank", "hold_s": 6, "prepare_s": 2, "progress": [{"hold_s": 9}]}]
    file = written(tmp_path, routine(version="1.1", items=items))
    for back in (5, 3):
        pains = ("--pain-before", "1", "--pain", "1", "--pain-after", "1", "--effort", "4")
        coach("log", "session", file, "--date", str(ago(back)), *pains)
        coach("log", "day", "--date", str(ago(back - 1)), "--morning", "1")

    higher = coach("session", file, *FAST)
    whole = coach("session", file, *FAST, "--as-prescribed")

    assert higher.status == whole.status == 0
    assert higher.lines[0].startswith("A step up today. Plank: hold 9 s instead of 6 s. Why: 2 good sessions in a row:")
    assert higher.lines[0].endswith("Your physio allows this next.")
    assert "coach session --text --as-prescribed" in higher.lines[1]
    with log_of(coach_home) as log:
        stored = [json.loads(head.routine) for line in log.sessions(ago(0)) if (head := log.head(line.uid))]
    assert [(one["x-dose-step"]["step"], one["items"][0]["hold_s"]) for one in stored] == [(1, 9), (0, 6)]


def test_after_red_it_is_refused_with_the_reason_and_the_day(tmp_path: Path, coach_home: Path) -> None:
    file = written(tmp_path, routine())
    coach("session", file, *FAST, "--pain-before", "1", "--pain-during", "8")

    refused = coach("session", file, *FAST)
    insisted = coach("session", file, *FAST, "--anyway")

    assert refused.status == 1
    assert refused.out == ""
    assert refused.err.startswith("Not before ")
    assert "Red today: pain 8 while doing it" in refused.err
    assert insisted.status == 0


def test_a_pattern_of_the_log_holds_a_session_back_and_is_in_the_list(tmp_path: Path, coach_home: Path) -> None:
    for back in (1, 3, 5):
        coach("log", "day", "--date", str(ago(back)), "--morning", "1", "--night")

    refused = coach("session", written(tmp_path, routine()), *FAST)
    listed = coach("log", "flag", "--list")

    assert refused.status == 1
    assert "In your log: woken by the hip" in refused.err
    [at] = [n for n, line in enumerate(listed.lines) if line.endswith("STANDS")]
    assert listed.lines[at].startswith("constant_or_night_pain")
    assert listed.lines[at + 1].strip().startswith("In your log: woken by the hip")

    coach("log", "flag", "constant_or_night_pain", "--clear")
    assert coach("session", written(tmp_path, routine()), *FAST).status == 0


def ago(days: int) -> date:
    return training_day(datetime.now().astimezone()) - timedelta(days=days)
