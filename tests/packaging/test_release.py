"""One command cuts a release, or leaves everything as it was."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import changelog
import pytest
import release

ROOT = Path(__file__).parents[2]
LOG = "# Changelog\n\n## Unreleased\n\n### Added\n- A thing\n  on two lines.\n\n## 0.0.1 – 2026-01-02\n\n- First.\n"


def test_what_was_unreleased_gets_its_number_and_day() -> None:
    released = changelog.releases(release.with_release(LOG, "0.1.0", date(2026, 3, 4)))

    assert [(one.version, one.day) for one in released] == [
        ("Unreleased", None),
        ("0.1.0", date(2026, 3, 4)),
        ("0.0.1", date(2026, 1, 2)),
    ]
    assert released[0].text == ""
    assert released[1].text == "### Added\n- A thing\n  on two lines."


def test_a_heading_in_another_form_is_named() -> None:
    with pytest.raises(SystemExit, match=r"## 0\.2"):
        changelog.releases("## 0.2 (soon)\n")


def test_the_changelog_of_this_project_can_be_read() -> None:
    assert changelog.read()[0].version == "Unreleased"


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one commit whose `make test` and `make package` only say that they ran."""
    for name in ("release.py", "changelog.py", "identity.py"):
        (tmp_path / "packaging").mkdir(exist_ok=True)
        shutil.copy(ROOT / "packaging" / name, tmp_path / "packaging" / name)
    (tmp_path / "coach" / "ui").mkdir(parents=True)
    (tmp_path / "coach" / "__init__.py").write_text('__version__ = "0.0.1"\n')
    (tmp_path / "coach" / "ui" / "application.py").write_text('APP_ID: Final = "a.b.C"\n')
    (tmp_path / "CHANGELOG.md").write_text(LOG)
    (tmp_path / "Makefile").write_text("test:\n\t@true\npackage:\n\t@mkdir -p dist\n")
    (tmp_path / ".gitignore").write_text("dist/\n__pycache__/\n")
    for command in (
        ["init", "--quiet", "--initial-branch=main"],
        ["config", "user.email", "t@example.org"],
        ["config", "user.name", "T"],
        ["add", "."],
        ["commit", "--quiet", "-m", "Begin"],
    ):
        assert run("git", *command, cwd=tmp_path).returncode == 0
    return tmp_path


def cut(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "packaging/release.py", *arguments, cwd=project)


def test_a_release_is_a_commit_a_tag_and_its_notes(project: Path) -> None:
    done = cut(project, "0.1.0")

    assert done.returncode == 0, done.stderr
    assert run("git", "tag", cwd=project).stdout == "v0.1.0\n"
    assert run("git", "status", "--porcelain", cwd=project).stdout == ""
    assert '"0.1.0"' in (project / "coach" / "__init__.py").read_text()
    assert (project / "dist" / "release-notes.md").read_text() == "### Added\n- A thing\n  on two lines.\n"
    assert "- A thing" in run("git", "tag", "-n9", cwd=project).stdout


def test_a_failed_check_leaves_everything_as_it_was(project: Path) -> None:
    (project / "Makefile").write_text("test:\n\t@false\n")
    run("git", "commit", "--quiet", "-am", "Break", cwd=project)

    done = cut(project, "0.1.0")

    assert done.returncode == 1
    assert "there is no release" in done.stderr
    assert run("git", "status", "--porcelain", cwd=project).stdout == ""
    assert run("git", "tag", cwd=project).stdout == ""


@pytest.mark.parametrize(
    "arguments,status,why",
    [((), 2, "usage"), (("v1",), 2, "usage"), (("0.0.1",), 1, "in the changelog already")],
)
def test_what_cannot_be_released_is_said(project: Path, arguments: tuple[str, ...], status: int, why: str) -> None:
    done = cut(project, *arguments)

    assert done.returncode == status
    assert why in done.stderr


def test_changes_that_are_not_committed_are_in_the_way(project: Path) -> None:
    (project / "new.txt").write_text("x")

    assert "not committed" in cut(project, "0.1.0").stderr
