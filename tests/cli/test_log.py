"""`coach log`: entries as the contract has them, read back from the log."""

import os
from datetime import date
from pathlib import Path

import pytest

from coach.core.log import Question
from tests.cli.program import coach, routine, written
from tests.cli.reading import log_of

DAY = date(2026, 11, 20)
ON = ("--date", "2026-11-20")


def test_a_day(coach_home: Path) -> None:
    done = coach("log", "day", *ON, "--morning", "2", "--worst", "3,0", "--night")

    with log_of(coach_home) as log:
        (entry,) = log.days()
    assert done.status == 0
    assert len(done.lines) == 1
    assert (entry.day, entry.morning, entry.worst, entry.night, entry.analgesic) == (DAY, 2, 3, True, False)


def test_a_day_in_two_entries_keeps_what_was_said_before(coach_home: Path) -> None:
    coach("log", "day", *ON, "--morning", "2", "--night", "--analgesic")
    coach("log", "day", *ON, "--worst", "4")
    coach("log", "day", *ON, "--worst", "5", "--no-analgesic")

    with log_of(coach_home) as log:
        (entry,) = log.days()
    assert (entry.morning, entry.worst, entry.night, entry.analgesic) == (2, 5, True, False)


@pytest.mark.parametrize("kind", ["walk", "run"])
def test_an_outing(kind: str, coach_home: Path) -> None:
    numbers = ("--minutes", "30,5", "--distance-km", "2.75", "--cadence", "170", "--pain", "1", "--pain-after", "0")

    done = coach("log", kind, *ON, *numbers, "--limp", "--groin")

    with log_of(coach_home) as log:
        (outing,) = log.outings()
    assert done.status == 0
    assert (outing.kind, outing.day, outing.minutes, outing.distance_km) == (kind, DAY, 30.5, 2.75)
    assert (outing.cadence, outing.pain, outing.pain_after) == (170.0, 1, 0)
    assert outing.limp
    assert outing.groin


def test_a_run_knows_its_stage_and_its_minutes_of_running(coach_home: Path) -> None:
    done = coach("log", "run", *ON, "--minutes", "40", "--stage", "3", "--running", "9", "--pain", "1")

    with log_of(coach_home) as log:
        (run,) = log.outings()
    assert done.status == 0
    assert (run.stage, run.running_min) == (3, 9.0)
    assert "run of 40 min, stage 3, 9 min of running" in done.out


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("--stage", "0"), "does not lie between 1 and 40"),
        (("--stage", "1.5"), "not a whole number"),
        (("--running", "41"), "no more running than it is long"),
    ],
)
def test_a_stage_or_running_that_cannot_be_is_refused(coach_home: Path, wrong: tuple[str, str], says: str) -> None:
    done = coach("log", "run", *ON, "--minutes", "40", "--pain", "1", *wrong)

    assert done.status == 2
    assert says in done.err
    assert not (coach_home / "coach.db").exists()


def test_a_walk_has_no_stage(coach_home: Path) -> None:
    assert coach("log", "walk", *ON, "--minutes", "40", "--pain", "1", "--stage", "3").status == 2


def test_a_session_done_without_the_app(tmp_path: Path, coach_home: Path) -> None:
    pains = ("--pain-before", "3", "--pain", "4", "--pain-after", "2", "--effort", "6")

    of_a_file = coach("log", "session", written(tmp_path, routine()), *ON, *pains)
    in_use = coach("log", "session", *pains)

    with log_of(coach_home) as log:
        first, second = log.sessions()
        answers = {one.question: one.value for one in log.answers(first.uid)}
    assert (of_a_file.status, in_use.status) == (0, 0)
    assert (first.routine_title, first.guided, first.ending, first.began.day) == ("Short one", False, "finished", DAY)
    assert second.routine_id == "first-days"
    assert answers == {Question.BEFORE: 3, Question.DURING: 4, Question.AFTER: 2, Question.EFFORT: 6}


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes only there")
def test_a_note_in_any_locale_is_kept(coach_home: Path) -> None:
    pains = ("--pain-before", "3", "--pain", "4", "--pain-after", "2")

    in_ascii = coach(
        *("log", "session", *pains, "--note", "größer"), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    no_text = coach("log", "session", *pains, "--note", os.fsdecode(b"half \xff a letter"))
    too_long = coach("log", "session", *pains, "--note", "ä" * 4001)

    with log_of(coach_home) as log:
        notes = [one.text for line in log.sessions() for one in log.answers(line.uid) if one.question is Question.NOTE]
    assert [done.status for done in (in_ascii, no_text, too_long)] == [0, 0, 2]
    assert notes == ["größer", "half \ufffd a letter"]


def test_self_tests(coach_home: Path) -> None:
    one_side = coach("log", "test", "side_plank", *ON, "--left", "30,5", "--pain", "1")
    both = coach("log", "test", "single-leg-bridge", *ON, "--left", "12", "--right", "15", "--pain", "2")
    no_side = coach("log", "test", "confidence", *ON, "--value", "7", "--pain", "0")

    with log_of(coach_home) as log:
        results = [(one.name, one.left, one.right, one.value, one.pain) for one in log.tests()]
    assert (one_side.status, both.status, no_side.status) == (0, 0, 0)
    assert results == [
        ("side_plank", 30.5, None, None, 1),
        ("single_leg_bridge", 12.0, 15.0, None, 2),
        ("confidence", None, None, 7.0, 0),
    ]


def test_a_flag_says_what_to_do_stops_sessions_and_can_be_cleared() -> None:
    raised = coach("log", "flag", "cold_white_leg", *ON)
    refused = coach("session", "--text", "--speed", "1000")
    listed = coach("log", "flag", "--list")
    coach("log", "flag", "cold_white_leg", "--clear")
    allowed = coach("session", "--text", "--speed", "1000")

    assert "emergency number" in raised.out
    assert refused.status == 1
    assert refused.out == ""
    assert "emergency number" in refused.err
    assert next(line for line in listed.lines if "STANDS" in line).startswith("cold_white_leg")
    assert allowed.status == 0


def test_a_flag_for_later_stops_no_session(tmp_path: Path) -> None:
    coach("log", "flag", "new_pain_site")

    assert coach("session", written(tmp_path, routine()), "--text", "--speed", "1000").status == 0


def test_what_was_not_asked_is_not_answered(coach_home: Path) -> None:
    """The evening says nothing of the night."""
    coach("log", "day", "--date", "2026-11-19", "--worst", "2")
    with log_of(coach_home) as log:
        [evening] = log.days()
    coach("log", "day", "--date", "2026-11-19", "--morning", "1")
    with log_of(coach_home) as log:
        [whole] = log.days()

    assert (evening.night, evening.analgesic, evening.limp) == (None, None, False)
    assert (whole.night, whole.analgesic, whole.limp) == (False, False, False)


def test_anyway(tmp_path: Path) -> None:
    coach("log", "flag", "under_18")

    done = coach("session", written(tmp_path, routine()), "--text", "--speed", "1000", "--anyway")

    assert done.status == 0
    assert "within 1 to 2 days" in done.err, "what to do is said all the same"


def test_an_emergency_keeps_from_loading_whoever_insists(tmp_path: Path) -> None:
    coach("log", "flag", "cold_white_leg")

    done = coach("session", written(tmp_path, routine()), "--text", "--speed", "1000", "--anyway")

    assert (done.status, done.out) == (1, "")
    assert "Call your local emergency number now" in done.err


def test_a_day_to_come_is_recorded_and_doubted(coach_home: Path) -> None:
    done = coach("log", "day", "--date", "2199-01-01", "--morning", "1", "--worst", "1")

    with log_of(coach_home) as log:
        assert log.days()[0].day == date(2199, 1, 1)
    assert done.status == 0
    assert "has not come yet" in done.err


def test_looking_at_the_flags_makes_no_log(coach_home: Path) -> None:
    done = coach("log", "flag", "--list")

    assert done.status == 0
    assert not (coach_home / "coach.db").exists()


def test_a_day_at_the_end_of_the_calendar_is_refused(coach_home: Path) -> None:
    done = coach("log", "run", "--date", "9999-12-31", "--minutes", "10", "--pain", "0")

    assert done.status == 2
    assert "9999-12-31 is too far ahead." in done.err


def test_a_flag_goes_by_the_day_it_is_about_not_by_when_it_was_typed() -> None:
    coach("log", "flag", "no_improvement", "--date", "2026-11-02")
    coach("log", "flag", "no_improvement", "--clear", "--date", "2026-11-01")
    assert coach("readiness", "--on", "2026-11-03", "--json").json()["verdict"] == "blocked"

    coach("log", "flag", "no_improvement", "--clear", "--date", "2026-11-10")
    coach("log", "flag", "no_improvement", "--date", "2026-11-05")
    verdicts = [coach("readiness", "--on", f"2026-11-{day:02}", "--json").json()["verdict"] for day in (9, 10, 12)]
    assert verdicts == ["blocked", "not_yet", "not_yet"]


@pytest.mark.parametrize("name", ["side_plank", "side-plank", "Side_Plank", "test_side_plank"])
def test_a_self_test_is_known_by_its_name_and_by_that_of_its_exercise(name: str) -> None:
    assert coach("log", "test", name, "--left", "40", "--pain", "0").status == 0
    assert [one["name"] for one in coach("export", "--format", "json", "-").json()["tests"]] == ["side_plank"]


def test_a_morning_that_was_logged_before_its_session_belongs_to_it() -> None:
    coach("log", "day", "--date", "2026-11-11", "--morning", "2", "--worst", "2")
    coach("log", "session", "--date", "2026-11-10", "--pain-before", "1", "--pain", "1", "--pain-after", "1")

    [session] = coach("export", "--format", "json", "-").json()["sessions"]
    assert [one["value"] for one in session["answers"] if one["question"] == "morning"] == [2]
