"""`coach check` and `coach plan`."""

import os
import time
from pathlib import Path

import pytest

from tests.cli.program import ROOT, coach, routine, written

SHIPPED = sorted(str(path) for path in (ROOT / "assets" / "routines").glob("*.json"))


def test_good_files_are_said_to_be_good() -> None:
    done = coach("check", *SHIPPED, ROOT / "exercises.json")

    assert done.status == 0
    assert done.err == ""
    assert len(done.lines) == len(SHIPPED) + 1
    assert done.lines[-1].endswith("exercises.json: ok, 46 exercises")
    assert all(": ok, " in line for line in done.lines)


def test_a_good_routine_tells_its_exercises_and_its_length(tmp_path: Path) -> None:
    file = written(tmp_path, routine())

    done = coach("check", file)

    assert done.out == f"{file}: ok, 2 exercises, 0:45\n"


def test_every_problem_is_listed_with_its_place(tmp_path: Path) -> None:
    bad = routine(surprise=1)
    bad["items"][0]["sets"] = 0
    bad["items"][1]["exercise"] = "plonk"
    file = written(tmp_path, bad)

    done = coach("check", file)

    assert done.status == 1
    assert f"{file}: $.items[0].sets: is 0 and must be at least 1" in done.lines
    assert any(line.startswith(f"{file}: $.items[1].exercise: ") for line in done.lines)
    assert any(line.startswith(f"{file}: $.surprise: ") for line in done.lines)


def test_warnings_alone_are_no_problem(tmp_path: Path) -> None:
    odd = routine()
    odd["items"][1]["sides"] = "left"

    done = coach("check", written(tmp_path, odd))

    assert done.status == 0
    assert "$.items[1].sides: warning: " in done.out
    assert ": ok, 2 exercises" in done.out


def test_check_as_json_is_one_document(tmp_path: Path) -> None:
    good, bad = written(tmp_path, routine()), written(tmp_path, {"format": "rehab-routine"}, "bad.json")

    done = coach("check", "--json", good, bad, ROOT / "exercises.json")

    files = done.json()["files"]
    assert done.status == 1
    assert [file["ok"] for file in files] == [True, False, True]
    assert [file["kind"] for file in files] == ["routine", "routine", "library"]
    assert (files[0]["exercises"], files[0]["total_s"]) == (2, 45)
    assert {"path", "rule", "text"} == set(files[1]["problems"][0])
    assert files[0]["file"] == str(good)


def test_a_missing_file_is_wrong_usage_and_the_others_are_still_checked(tmp_path: Path) -> None:
    done = coach("check", "nowhere.json", written(tmp_path, routine()))

    assert done.status == 2
    assert done.err == "nowhere.json: there is no such file\n"
    assert ": ok, " in done.out


def test_a_folder_or_a_pipe_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    done = coach("check", tmp_path, pipe)

    assert done.status == 2
    assert done.err.count("is not an ordinary file") == 2


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_name_that_leads_to_no_file_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    done = coach("check", tmp_path / "loop", tmp_path / ("a" * 300))

    assert done.status == 2
    assert len(done.err.splitlines()) == 2


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_a_failure_of_the_surroundings(tmp_path: Path) -> None:
    file = written(tmp_path, routine())
    file.chmod(0)

    assert coach("check", file).status == 3


def test_control_characters_in_a_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    done = coach("check", tmp_path / "a\x1b[31mb\n.json")

    assert done.status == 2
    assert "\x1b" not in done.err
    assert len(done.err.splitlines()) == 1


# -- plan -----------------------------------------------------------------------------------------------------------


def test_the_plan_is_that_of_the_contract(tmp_path: Path) -> None:
    done = coach("plan", "--json", written(tmp_path, routine()))

    plan = done.json()
    assert done.status == 0
    assert plan["total_s"] == 45
    assert list(plan["steps"][0]) == ["start_s", "duration_s", "kind", "item", "exercise", "side", "set", "rep"]
    assert plan["steps"][0] == {
        "start_s": 0,
        "duration_s": 3,
        "kind": "prepare",
        "item": 0,
        "exercise": "clamshell",
        "side": None,
        "set": None,
        "rep": None,
    }
    assert [step["start_s"] for step in plan["steps"][:4]] == [0, 3, 4, 4.5]
    last = plan["steps"][-1]
    assert (last["kind"], last["side"], last["set"], last["rep"]) == ("hold", "both", 1, 1)
    assert last["start_s"] + last["duration_s"] == plan["total_s"]


def test_sums_of_tenths_have_no_noise(tmp_path: Path) -> None:
    tenths = routine(items=[{"exercise": "bridge", "reps": 200, "tempo": {"up_s": 0.1, "hold_s": 0.1, "down_s": 0.1}}])

    plan = coach("plan", "--json", written(tmp_path, tenths)).json()

    assert plan["total_s"] == 70
    assert all(len(str(step["start_s"])) <= 5 for step in plan["steps"])


def test_the_persons_side_decides_where_the_file_names_none(tmp_path: Path, coach_home: Path) -> None:
    file = written(tmp_path, routine(items=[{"exercise": "clamshell", "sides": "affected_first", "reps": 1}]))
    (coach_home / "settings.json").write_text('{"hip": "right"}', encoding="utf-8")

    plan = coach("plan", "--json", file).json()

    assert next(step["side"] for step in plan["steps"] if step["side"]) == "right"


def test_the_table_names_each_step(tmp_path: Path) -> None:
    done = coach("plan", written(tmp_path, routine()))

    assert done.status == 0
    assert done.lines[0].split() == ["start", "length", "what", "side", "set", "rep", "exercise"]
    assert done.lines[2].split() == ["0:03", "1", "s", "Open", "left", "1", "1", "Clamshell"]
    assert done.lines[-1].strip() == "0:45 in all"


def test_a_bad_routine_has_no_plan(tmp_path: Path) -> None:
    file = written(tmp_path, routine(items=[]))

    done, as_json = coach("plan", file), coach("plan", "--json", file)

    assert (done.status, done.out) == (1, "")
    assert f"{file}: $.items: " in done.err
    assert as_json.status == 1
    assert as_json.json()["problems"][0]["path"] == "$.items"


def test_a_library_is_no_routine() -> None:
    done = coach("plan", ROOT / "exercises.json")

    assert done.status == 1
    assert '$.format: is "rehab-exercises"' in done.err


def test_a_good_plan_imports_nothing_heavy(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.cli.program import path_with, surroundings_of

    file = written(tmp_path, routine())
    asked = (
        "import sys; sys.argv = ['coach', 'plan', sys.argv[1]]; import coach.__main__ as m; s = m.main();"
        "heavy = {'sqlite3', 'jsonschema', 'pypdf', 'PySide6', 'sqlite_utils', 'coach.core.session.engine'};"
        "sys.stderr.write(repr((s, sorted(heavy & set(sys.modules)))))"
    )

    done = subprocess.run(
        [sys.executable, "-c", asked, str(file)],
        capture_output=True,
        text=True,
        check=False,
        env=surroundings_of(PYTHONPATH=path_with(ROOT)),
    )

    assert done.stderr == "(0, [])"


@pytest.mark.slow
def test_a_million_steps_stream(tmp_path: Path) -> None:
    """Everything at its bound: 60 items, 20 sets, 200 reps, both sides, three phases."""
    import subprocess

    from tests.cli.program import COACH

    item = {"exercise": "clamshell", "sides": "each", "sets": 20, "reps": 200, "tempo": {"hold_s": 1}}
    file = written(tmp_path, routine(items=[item] * 60))
    began = time.monotonic()

    with subprocess.Popen([*COACH, "plan", "--json", str(file)], stdout=subprocess.PIPE, cwd=ROOT) as running:
        import psutil

        assert running.stdout is not None
        seen = sum(running.stdout.read(1 << 20).count(b'"start_s"') for _ in range(100))
        memory = psutil.Process(running.pid).memory_info().rss
        running.kill()

    assert seen > 500_000
    assert memory < 200 * 2**20
    assert time.monotonic() - began < 60


def own_with(figure: object) -> dict[str, object]:
    own = {"id": "wall_sit", "name": "Wall sit", "figure": figure}
    return routine(exercises=[own], items=[{"exercise": "wall_sit", "hold_s": 30}])


def test_a_routine_brings_its_own_figure(tmp_path: Path) -> None:
    figure = {
        "start": {"working": {"hip": [0, 2, 0]}},
        "end": {"root": [0, 0, 0], "working": {"hip": [90, 2, 0], "knee": 90}},
        "camera": [80, 8],
        "rests": [{"point": "w_heel"}, {"point": "o_heel"}],
        "fixed": ["w_ball", "o_ball"],
        "pins": ["w_foot", "o_foot"],
        "props": [{"kind": "wall", "at": [-0.3, 0, 0]}],
        "works": ["front_thigh"],
        "both_work": True,
    }

    done = coach("check", written(tmp_path, own_with(figure)))

    assert done.status == 0, done.out


def test_every_slip_in_a_figure_is_named_with_its_place(tmp_path: Path) -> None:
    figure = {
        "start": {"working": {"knee": 999, "hip": [1, 2]}, "elbow": 3},
        "rests": [{"point": "nose"}],
        "level": "yaw",
        "works": ["brain"],
        "loop_s": -1,
    }

    done = coach("check", written(tmp_path, own_with(figure)))

    assert done.status == 1
    at = [line.split(": ")[1] for line in done.lines]
    place = "$.exercises[0].figure"
    assert {
        f"{place}.{rest}" for rest in ("start.working.knee", "rests[0].point", "level", "works[0]", "loop_s")
    } <= set(at)
    assert any(one.startswith(f"{place}.start.working.hip") for one in at)
    assert any(one.startswith(f"{place}.start.elbow") for one in at)
