"""`coach readiness`: a log of steady healing entered by the command line, and what each single missing thing does."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from coach.app import logs
from coach.app.surroundings import Surroundings
from coach.cli.main import run
from tests.app.making import surroundings_at
from tests.cli.program import coach, routine, written

ON = date(2026, 11, 20)
IDS = ["R0", "R1", "R2", "R3", "R4", "R5", "R6a", "R6b", "R6c", "R6d", "R6e", "R6x", "R7", "R8"]
Command = list[str]

SIDED = {
    "single_leg_bridge": 22,
    "side_lying_abduction": 21,
    "side_plank": 48,
    "single_leg_squat": 11,
    "heel_raise": 23,
}
RUNGS = {"march": 30, "jog_on_spot": 60, "double_hop": 20}


@pytest.fixture(autouse=True)
def _no_log_file_of_a_folder_that_goes_away() -> Iterator[None]:
    """The commands run in this process, and would leave its log file open."""
    yield
    logs.let_go()


def back(days: int) -> str:
    return (ON - timedelta(days=days)).isoformat()


def day(days: int, *more: str, morning: int = 1, worst: int = 1) -> Command:
    return ["log", "day", "--date", back(days), "--morning", str(morning), "--worst", str(worst), *more]


def session(days: int, pain: int = 1) -> Command:
    pains = ["--pain-before", "1", "--pain", str(pain), "--pain-after", "1"]
    return ["log", "session", "--date", back(days), *pains]


def walk(days: int, *more: str, minutes: int = 30, cadence: int = 110, pain: int = 1) -> Command:
    numbers = ["--minutes", str(minutes), "--cadence", str(cadence), "--pain", str(pain)]
    return ["log", "walk", "--date", back(days), *numbers, *more]


def sided(name: str, days: int, left: float, right: float, *more: str, pain: int = 0) -> Command:
    values = ["--left", str(left), "--right", str(right), "--pain", str(pain)]
    return ["log", "test", name, "--date", back(days), *values, *more]


def single(name: str, days: int, value: float, *more: str, pain: int = 0) -> Command:
    return ["log", "test", name, "--date", back(days), "--value", str(value), "--pain", str(pain), *more]


def healing() -> list[Command]:
    """Three calm weeks, three sessions a week, brisk walks, the self-tests, and two days later the impact check."""
    return [
        *(day(days) for days in range(20, -1, -1)),
        *(session(days) for days in (19, 17, 15, 12, 10, 8, 5, 3, 1)),
        *(walk(days) for days in (8, 6, 4, 2)),
        *(sided(name, 4, value, value) for name, value in SIDED.items()),
        single("plank", 4, 46),
        single("confidence", 4, 8),
        *(single(name, 2, value) for name, value in RUNGS.items()),
        sided("single_hop", 2, 10, 10),
    ]


def entered(folder: Path, commands: Iterable[Command], **own: Any) -> Surroundings:
    """A data folder in which a routine for three days a week is in use, and these commands were given."""
    file = written(folder, routine(schedule={"per_week": 3}, **own))
    surroundings = msgspec.structs.replace(surroundings_at(folder / "home"), new_uid=lambda: str(uuid4()))
    for command in (["import", str(file)], *commands):
        assert run(command, surroundings) == 0, command
    return surroundings


def asked(surroundings: Surroundings, capsys: pytest.CaptureFixture[str], on: str = back(0)) -> Any:
    capsys.readouterr()
    assert run(["readiness", "--on", on, "--json"], surroundings) == 0
    return json.loads(capsys.readouterr().out)


def unmet(answer: Any) -> set[str]:
    return {one["id"] for one in answer["criteria"] if not one["met"]}


def test_steady_healing_meets_every_criterion(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings = entered(tmp_path, healing())

    answer = asked(surroundings, capsys)

    assert answer["on"] == back(0)
    assert (answer["verdict"], unmet(answer)) == ("met", set())
    assert [one["id"] for one in answer["criteria"]] == IDS
    assert answer["valid_until"] == (ON + timedelta(days=7)).isoformat()
    assert all(isinstance(one[key], str) for one in answer["criteria"] for key in ("value", "threshold", "text"))


def test_before_the_impact_check_it_is_not_yet_and_long_after_it_no_longer_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings = entered(tmp_path, healing())

    before, after = asked(surroundings, capsys, back(3)), asked(surroundings, capsys, "2026-12-20")

    assert (before["verdict"], unmet(before)) == ("not_yet", {"R7"})
    assert after["verdict"] == "not_yet"
    assert {"R1", "R4", "R5", "R6a", "R7"} <= unmet(after)


def replaced(*commands: Command) -> Callable[[list[Command]], list[Command]]:
    """These instead of those of the same kind and day."""

    def change(all_of_them: list[Command]) -> list[Command]:
        gone = {_key(command) for command in commands}
        return [*(command for command in all_of_them if _key(command) not in gone), *commands]

    return change


def left_out(*commands: Command) -> Callable[[list[Command]], list[Command]]:
    gone = {_key(command) for command in commands}
    return lambda all_of_them: [command for command in all_of_them if _key(command) not in gone]


def _key(command: Command) -> tuple[str, ...]:
    return (command[1], command[2] if command[1] == "test" else "", command[command.index("--date") + 1])


MISSING: list[tuple[str, Callable[[list[Command]], list[Command]], str]] = [
    ("two days", left_out(day(3), day(0)), "R1"),
    ("a calm day", replaced(day(3, worst=3)), "R1"),
    ("a calm morning", replaced(day(0, morning=2)), "R1"),
    ("days without painkiller", replaced(*(day(n, "--analgesic") for n in (0, 5, 6))), "R1"),
    ("walks without painkiller", replaced(day(2, "--analgesic"), day(4, "--analgesic")), "R4"),
    ("mornings after walks without painkiller", replaced(day(1, "--analgesic"), day(3, "--analgesic")), "R4"),
    ("a quiet night", replaced(day(6, "--night")), "R2 R7"),
    ("a brisk walk", left_out(walk(2), walk(4)), "R4"),
    ("length", replaced(walk(2, minutes=25), walk(4, minutes=25)), "R4"),
    ("cadence", replaced(walk(2, cadence=99), walk(4, cadence=99)), "R4"),
    ("calm walks", replaced(walk(2, pain=2), walk(4, pain=2)), "R4"),
    ("an even gait", replaced(walk(2, "--limp"), walk(4, "--limp")), "R4 R5"),  # a limp is red as well
    ("two sessions", left_out(session(3), session(8)), "R5"),
    ("sessions that were borne", replaced(session(3, pain=6)), "R5"),
    ("bridges", replaced(sided("single_leg_bridge", 4, 19, 19)), "R6a"),
    ("leg raises", replaced(sided("side_lying_abduction", 4, 19, 20)), "R6b"),
    ("seconds of side plank", replaced(sided("side_plank", 4, 44, 46)), "R6c"),
    ("seconds of plank", replaced(single("plank", 4, 44)), "R6c"),
    ("squats", replaced(sided("single_leg_squat", 4, 10, 9)), "R6d"),
    ("heel raises", replaced(sided("heel_raise", 4, 19, 19)), "R6e"),
    ("symmetry", replaced(sided("heel_raise", 4, 20, 23)), "R6x"),
    ("a test without pain", replaced(sided("heel_raise", 4, 23, 23, pain=2)), "R6x"),
    ("a test", left_out(single("plank", 4, 0)), "R6c R6x"),
    ("a rung", left_out(single("jog_on_spot", 2, 0)), "R7"),
    ("hops", replaced(sided("single_hop", 2, 10, 9)), "R7"),
    ("an impact check without pain", replaced(single("double_hop", 2, 20, pain=2)), "R7"),
    ("a morning after it", left_out(day(1)), "R7"),
]


@pytest.mark.parametrize("change, names", [case[1:] for case in MISSING], ids=[case[0] for case in MISSING])
def test_one_thing_missing_is_the_one_that_is_named(
    change: Callable[[list[Command]], list[Command]], names: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked(entered(tmp_path, change(healing())), capsys)

    assert answer["verdict"] == "not_yet"
    # Where something never held before it, the impact check came too early.
    assert unmet(answer) - {"R7"} == set(names.split()) - {"R7"}
    assert "R7" in unmet(answer) or "R7" not in names
    assert all(one["met"] == one["text"].startswith("Met") for one in answer["criteria"])


def test_a_confidence_that_is_low_is_told_and_does_not_decide(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked(entered(tmp_path, replaced(single("confidence", 4, 5))(healing())), capsys)

    assert (answer["verdict"], unmet(answer)) == ("met", {"R8"})


@pytest.mark.parametrize("flag", ["cannot_take_weight", "groin_pain_with_running", "no_improvement"])
def test_a_flag_blocks_until_it_is_cleared(flag: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings = entered(tmp_path, [*healing(), ["log", "flag", flag, "--date", back(1)]])

    raised = asked(surroundings, capsys)
    day_before = asked(surroundings, capsys, back(2))
    assert run(["log", "flag", flag, "--clear", "--date", back(0)], surroundings) == 0
    cleared = asked(surroundings, capsys)

    assert (raised["verdict"], "R0" in unmet(raised)) == ("blocked", True)
    assert day_before["verdict"] == "not_yet"  # the morning after the impact check had not come
    assert cleared["verdict"] == "met"


@pytest.mark.parametrize(
    "change",
    [replaced(walk(2, "--groin")), replaced(sided("single_hop", 2, 10, 10, "--groin", pain=1))],
    ids=["walking", "hopping"],
)
def test_groin_pain_blocks(
    change: Callable[[list[Command]], list[Command]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked(entered(tmp_path, change(healing())), capsys)

    assert answer["verdict"] == "blocked"
    assert "do not test again" in answer["text"]


@pytest.mark.parametrize(
    "own, name",
    [
        ({"sp_s": 30}, None),
        ({"sp_s": 60}, "R6c"),
        ({"require_signoff": True}, "R0"),
        ({"adl_max": 0}, "R1"),
        ({"walk_min": 45}, "R4"),
        ({"min_days": 60}, "R5"),
    ],
)
def test_the_file_of_the_routine_in_use_sets_the_limits(
    own: dict[str, Any], name: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked(entered(tmp_path, healing(), readiness=own), capsys)

    assert unmet(answer) - {"R7"} == ({name} if name else set())


def test_the_sessions_of_a_file_that_was_never_taken_in_count_by_their_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, routine(schedule={"per_week": 3}, readiness={"sp_s": 60}))
    surroundings = msgspec.structs.replace(surroundings_at(tmp_path / "home"), new_uid=lambda: str(uuid4()))
    for command in healing():
        named = [*command[:2], str(file), *command[2:]] if command[1] == "session" else command
        assert run(named, surroundings) == 0

    answer = asked(surroundings, capsys)

    assert unmet(answer) - {"R7"} == {"R6c"}


def test_the_routine_that_is_in_use_at_the_start_asks_for_three_sessions_a_week(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings = msgspec.structs.replace(surroundings_at(tmp_path / "home"), new_uid=lambda: str(uuid4()))
    for command in healing():
        assert run(command, surroundings) == 0

    assert asked(surroundings, capsys)["verdict"] == "met"


# -- as a person starts it ------------------------------------------------------------------------------------------


def test_an_empty_log_is_told_so(coach_home: Path) -> None:
    done = coach("readiness")

    assert done.status == 0
    assert "Not yet" in done.lines[0]
    assert "coach log day" in done.out
    assert [line.split()[0] for line in done.lines if line.startswith("R")] == IDS
    assert list(coach_home.iterdir()) == []


def test_in_words_every_criterion_has_its_line(coach_home: Path) -> None:
    coach("log", "test", "side_plank", "--date", back(0), "--left", "38", "--right", "47", "--pain", "0")

    done = coach("readiness", "--on", back(0))

    line = next(one for one in done.lines if one.startswith("R6c"))
    assert "L 38 s · R 47 s" in line
    assert "≥ 45 s" in line
    assert "Left 7 s short" in line
    assert "cleared" not in done.out.lower()


def test_a_day_to_come_and_a_day_before_everything(coach_home: Path) -> None:
    coach("log", "day", "--date", back(0), "--morning", "0", "--worst", "0")

    ahead = coach("readiness", "--on", "2999-01-01", "--json")
    before = coach("readiness", "--on", "2000-01-01", "--json")

    assert ahead.json()["verdict"] == before.json()["verdict"] == "not_yet"
    assert "has not come yet" in ahead.err
    assert before.err == ""
    assert unmet(before.json()) == set(IDS) - {"R0"}


def test_a_folder_that_cannot_be_written_to_is_read(coach_home: Path) -> None:
    coach("log", "day", "--date", back(0), "--morning", "0", "--worst", "0")
    for path in (*coach_home.rglob("*"), coach_home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        done = coach("readiness", "--on", back(0), "--json")
    finally:
        for path in (coach_home, *coach_home.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)

    assert done.status == 0
    assert done.json()["verdict"] == "not_yet"


def test_in_words_a_flag_says_whom_to_see_and_how_to_note_it(coach_home: Path) -> None:
    coach("log", "flag", "locking_or_giving_way", "--date", back(0))

    done = coach("readiness", "--on", back(0))

    assert "Not now: see a clinician first" in done.lines[0]
    assert "within 1 to 2 days" in done.lines[0]
    assert "coach log flag locking_or_giving_way --clear" in done.out


def test_what_cannot_be_a_day_is_wrong_usage(coach_home: Path) -> None:
    assert coach("readiness", "--on", "yesterday").status == 2
    assert coach("readiness", "2026-11-20").status == 2
