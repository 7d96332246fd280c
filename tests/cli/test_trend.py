"""`coach trend`: the words, the slope, the interval and the days; or all of it as one document."""

import os
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.core.log import WholeLog
from tests.cli.program import COACH, ROOT, coach, path_with, surroundings_of
from tests.core.clinical.mornings import ON, ago, mornings
from tests.store import made

FALLING = mornings("9957787 6665456 5533454 4332322")
ON_THE_DAY = ("--on", ON.isoformat())
KEYS = (
    "on verdict words slope_per_week interval days values mean_last_7 mean_first_7 change completeness "
    "share_days_to_2 share_days_to_1 worst_last_7 days_above_5 alarm last_alarm progressions_frozen"
).split()


def entered(home: Path, values: dict[date, int]) -> None:
    home.mkdir(exist_ok=True)
    days = tuple(made.day_entry(f"d{day}", day, score) for day, score in values.items())
    made.filled(home / "coach.db", WholeLog(days=days))


def test_a_change_is_told_with_its_slope_interval_and_days(coach_home: Path) -> None:
    entered(coach_home, FALLING)

    done = coach("trend", *ON_THE_DAY)

    assert (done.status, done.err) == (0, "")
    assert done.lines[0] == "Pain is down 4.7 points since 24 October: a clinically meaningful change."
    assert done.lines[1] == "-1.6 points a week, 90 % interval -2.3 to -0.8; 28 of 28 days"
    assert len(done.lines) == 4


def test_the_document(coach_home: Path) -> None:
    entered(coach_home, FALLING | {ON + timedelta(days=1): 10})

    done = coach("trend", *ON_THE_DAY, "--json")

    found = done.json()
    low, high = found["interval"]
    assert (done.status, done.err) == (0, "")
    assert set(KEYS) <= found.keys()
    assert (found["on"], found["verdict"], found["clinically_meaningful"]) == ("2026-11-20", "improving", True)
    assert low < found["slope_per_week"] < high < 0
    assert (found["days"], found["values"], found["completeness"]) == (28, 28, 1.0)
    assert (found["mean_first_7"], found["mean_last_7"], found["change"]) == (7.4286, 2.7143, -4.7143)
    assert (found["share_days_to_2"], found["share_days_to_1"]) == (0.1071, 0.0)
    assert (found["worst_last_7"], found["days_above_5"]) == (4, 10)
    assert (found["alarm"], found["last_alarm"], found["progressions_frozen"]) == (False, None, False)


def test_an_alarm_is_told_and_a_freeze_is_not(coach_home: Path) -> None:
    entered(coach_home, mornings("2" * 28 + "5555555555"))

    told = coach("trend", *ON_THE_DAY)
    found = coach("trend", *ON_THE_DAY, "--json").json()

    assert (found["alarm"], found["last_alarm"], found["progressions_frozen"]) == (True, ago(4).isoformat(), True)
    assert any(line.startswith("Worsening alert of 16 November") for line in told.lines)
    assert "of 100 six-week periods" in told.out
    assert "freez" not in told.out.lower() + told.err.lower()
    assert "frozen" not in told.out.lower() + told.err.lower()


def test_too_few_days_are_told_without_a_slope(coach_home: Path) -> None:
    entered(coach_home, mornings("765....4"))

    told = coach("trend", *ON_THE_DAY)
    found = coach("trend", *ON_THE_DAY, "--json").json()

    assert told.status == 0
    assert told.lines[0].startswith("Too early for a trend")
    assert "a week" not in told.out
    assert (found["verdict"], found["slope_per_week"], found["interval"]) == ("too_little", None, None)


def test_missing_days_are_told_without_a_slope(coach_home: Path) -> None:
    entered(coach_home, mornings("9957.87 6.6.4.6 5.3.4.4 4.32.22"))

    told = coach("trend", *ON_THE_DAY)
    found = coach("trend", *ON_THE_DAY, "--json").json()

    assert told.lines[0].startswith("Too few mornings to tell a change: 19 of 28 days")
    assert "a week" not in told.out
    assert (found["verdict"], found["completeness"]) == ("incomplete", 0.6786)
    assert found["slope_per_week"] < 0


def test_the_day_is_today_unless_it_is_named(coach_home: Path) -> None:
    coach("log", "day", "--morning", "4")
    coach("log", "day", "--date", "2020-01-01", "--morning", "7")

    today = coach("trend", "--json").json()
    then = coach("trend", "--json", "--on", "2020-01-01").json()

    assert (today["values"], today["mean_last_7"], today["worst_last_7"]) == (1, None, 4)
    assert (then["on"], then["values"], then["worst_last_7"]) == ("2020-01-01", 1, 7)


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31", "9989-12-31"])
def test_any_day_has_an_answer(day: str, coach_home: Path) -> None:
    entered(coach_home, FALLING)

    done = coach("trend", "--on", day, "--json")

    assert done.status == 0
    assert done.json()["verdict"] == "too_little"
    assert ("has not come yet" in done.err) is (day > "2100")


def test_a_log_that_was_never_begun_is_told_and_not_made(coach_home: Path) -> None:
    told = coach("trend")
    found = coach("trend", "--json").json()

    assert told.status == 0
    assert told.lines[0].startswith("No morning pain is recorded")
    assert told.lines[1] == "Record it: coach log day --morning N"
    assert [found[key] for key in ("verdict", "values", "change", "completeness", "alarm")] == [
        "too_little",
        0,
        None,
        None,
        False,
    ]
    assert list(coach_home.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="needs the modes of files")
def test_a_home_that_may_only_be_read_is_looked_at(coach_home: Path) -> None:
    entered(coach_home, FALLING)
    before = sorted(coach_home.rglob("*"))
    for file in (coach_home, *before):
        file.chmod(0o500 if file.is_dir() else 0o400)

    # The superuser may write everywhere, so for him it is a mount that may only be read.
    command = [*_MOUNTED, str(coach_home)] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*command, *COACH, "trend", *ON_THE_DAY],
        cwd=ROOT,
        env=surroundings_of(PYTHONPATH=path_with(ROOT)),
        capture_output=True,
        text=True,
        check=False,
    )
    for file in (coach_home, *before):
        file.chmod(0o700 if file.is_dir() else 0o600)
    if "mount:" in done.stderr or "unshare:" in done.stderr:
        pytest.skip(done.stderr.strip())

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Pain is down 4.7 points since 24 October")
    assert sorted(coach_home.rglob("*")) == before


_MOUNTED = (
    *("unshare", "-m", "sh", "-c"),
    'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"',
    "sh",
)


def test_a_damaged_log_is_told(coach_home: Path) -> None:
    coach("log", "day", "--morning", "1")
    (coach_home / "coach.db").write_bytes(b"no database at all, but long enough to be looked at" * 40)

    done = coach("trend", "--json")

    assert (done.status, done.out) == (3, "")
    assert len(done.err.splitlines()) == 1
