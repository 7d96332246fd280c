"""`coach run-plan`: where the plan stands, the next run, and what was decided; as lines and as JSON."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coach.core.log import FlagEntry
from coach.store.database import open_for_writing
from coach.store.journal import Log
from tests import running, worked
from tests.cli.program import coach
from tests.running import day, log_of, moved, run

RUNS = [run(1), run(3), run(6, stage=2), run(9, pain=3, stage=2)]


BACK = timedelta(weeks=-40)
"""So that the days have passed whenever the test is run: of these no words depend on what day it is."""


def then(after: int) -> str:
    return str(day(after) + BACK)


def filled(home: Path, runs: Any = RUNS, until: int = 10, flags: tuple[FlagEntry, ...] = ()) -> None:
    home.mkdir(parents=True, exist_ok=True)
    log = Log(open_for_writing(home / "coach.db", now=running.at(until)))
    log.take_in(moved(msgspec.structs.replace(log_of(runs, until), flags=flags), BACK))
    log.close()
    (home / "settings.json").write_bytes(msgspec.json.encode(worked.steady().settings))


def asked(after: int, *more: str) -> Any:
    done = coach("run-plan", "--on", then(after), "--json", *more)
    assert done.status == 0
    return done.json()


def test_without_a_log_it_is_locked_and_says_what_is_missing(coach_home: Path) -> None:
    done = coach("run-plan")

    assert (done.status, done.err) == (0, "")
    assert "The plan is locked. Not yet. 1 of 13 criteria met." in done.out
    assert "Stage 1: 6 × (0.5 min run, 4.5 min walk)" in done.out
    assert coach("run-plan", "--json").json()["open"] is False
    assert not (coach_home / "coach.db").exists()


def test_an_open_plan_says_stage_next_run_and_why(coach_home: Path) -> None:
    filled(coach_home)

    done = coach("run-plan", "--on", then(10))

    assert done.status == 0
    assert "Stage 2 of 12. Green runs of it: 1 of 2." in done.out
    assert "Next run: stage 2, 6 × (1 min run, 4 min walk), from Tuesday 24 February" in done.out
    assert "From one run to the next there are 48 hours." in done.out
    assert "Sunday 22 February, stage 2, amber: held at stage 2. Amber holds the stage." in done.out
    assert "Pain 3 while doing it (fine up to 2)." in done.out
    assert "[Section 1.2.3, this project's own proposal]" in done.out
    assert "advanced to stage 2. 2 green runs of the stage." in done.out


def test_the_json_holds_all_of_it(coach_home: Path) -> None:
    filled(coach_home)

    found = asked(10)

    assert (found["on"], found["open"], found["verdict"], found["blocked"]) == (then(10), True, "not_yet", False)
    assert (found["stage"], found["of"], found["reps"], found["run_min"], found["walk_min"]) == (2, 12, 6, 1, 4)
    assert (found["successes"], found["needed"], found["done"]) == (1, 2, False)
    assert found["next_run"]["day"] == then(11)
    assert (found["next_run"]["holds"], found["next_run"]["may_begin"]) == (["gap"], False)
    assert [(one["on"], one["stage"], one["colour"], one["decision"], one["to"]) for one in found["decisions"]] == [
        (str(running.OPENED + BACK), 1, None, "opened", 1),
        (then(1), 1, "green", "held", 1),
        (then(3), 1, "green", "advanced", 2),
        (then(6), 2, "green", "held", 2),
        (then(9), 2, "amber", "held", 2),
    ]
    assert all(one["text"] and one["source"] for one in found["decisions"])


def test_a_past_day_knows_nothing_of_what_came_later(coach_home: Path) -> None:
    filled(coach_home)

    found = asked(3)

    assert (found["stage"], found["successes"]) == (1, 1)
    assert [one["decision"] for one in found["decisions"]] == ["opened", "held", "waiting"]


def test_after_a_red_run_the_next_one_is_later_and_lower(coach_home: Path) -> None:
    filled(coach_home, [*RUNS[:3], run(9, pain=7, stage=2)])

    found = asked(10)

    assert found["decisions"][-1]["decision"] == "stepped_back"
    assert (found["stage"], found["next_run"]["day"], found["next_run"]["holds"]) == (1, then(12), ["red_rest"])


def test_a_red_flag_proposes_no_run_and_says_how_to_clear_it(coach_home: Path) -> None:
    filled(coach_home, flags=(FlagEntry("f", "cannot_take_weight", day(10), True, worked.at(day(10), 9)),))

    found, lines = asked(10), coach("run-plan", "--on", then(10)).out

    assert (found["verdict"], found["blocked"], found["next_run"]) == ("blocked", True, None)
    assert "No run until a clinician has looked." in lines
    assert "coach log flag cannot_take_weight --clear" in lines


def test_a_day_to_come_is_answered_with_a_word_about_it(coach_home: Path) -> None:
    filled(coach_home)

    done = coach("run-plan", "--on", (date.today() + timedelta(days=900)).isoformat())  # noqa: DTZ011

    assert done.status == 0
    assert "has not come yet" in done.err


@pytest.mark.parametrize("day_", ["1900-01-01", "9989-12-31"])
def test_the_ends_of_the_calendar_are_days_too(day_: str, coach_home: Path) -> None:
    filled(coach_home)
    assert coach("log", "run", "--date", day_, "--minutes", "10", "--pain", "7").status == 0

    assert coach("run-plan", "--on", day_).status == 0
    assert coach("readiness", "--on", day_).status == 0


@pytest.mark.parametrize("wrong", [("--on", "friday"), ("--stage", "3"), ("now",)])
def test_wrong_usage_is_told_in_a_line(wrong: tuple[str, ...]) -> None:
    done = coach("run-plan", *wrong)

    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1


def test_a_log_of_the_command_line_goes_all_the_way(coach_home: Path) -> None:
    filled(coach_home, [], until=4)
    for after in (1, 3):
        told = ("--minutes", "40", "--running", "3", "--stage", "1", "--pain", "0", "--pain-after", "0")
        assert coach("log", "run", "--date", then(after), *told).status == 0

    assert asked(4)["stage"] == 2
