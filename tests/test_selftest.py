"""`coach --selftest`: what a built program is asked before anybody gets it."""

from pathlib import Path

from coach.resources import asset
from tests.cli.program import coach

LOOKED_AT = ["versions", "log", "licences", "paper", "screens", "messages", "sound", "voice"]


def test_it_opens_every_screen_and_leaves_the_persons_data_alone(coach_home: Path) -> None:
    done = coach("--selftest", QT_QPA_PLATFORM="offscreen")

    assert [line.split()[0] for line in done.lines] == LOOKED_AT
    assert [line for line in done.lines[:6] if line.split()[1] != "ok"] == []
    assert done.status == 0
    assert list(coach_home.iterdir()) == []
    for name in ("Qt 6.", "PySide6-Essentials 6.", "Python 3.", "SQLite 3."):
        assert name in done.lines[0]
    assert "pain chart" in done.lines[4]


def test_without_a_display_it_says_so_in_one_line(coach_home: Path) -> None:
    done = coach("--selftest")

    assert (done.status, done.out, len(done.err.splitlines())) == (3, "", 1)
    assert list(coach_home.iterdir()) == []


def test_a_part_that_is_missing_is_named(tmp_path: Path) -> None:
    """Without its library of exercises nothing works, and that is no traceback."""
    import shutil

    import coach as package

    broken = tmp_path / "broken"
    shutil.copytree(Path(package.__file__).parent, broken / "coach", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(asset(""), broken / "assets")

    done = coach("--selftest", cwd=broken, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(broken))

    assert done.status == 3
    assert "log        look" in done.out
    assert "exercises.json" in done.out
