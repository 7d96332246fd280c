"""What a newcomer meets first: `make` and packaging/setup.sh, on a Debian without rights, without Python, and ready."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIMIT_S = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


def run(*command: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd), **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give what setup.sh looks at, as in a fresh clone: nothing is installed."""
    names = ("packaging/setup.sh", "requirements/run.txt", "requirements/dev.txt", "pyproject.toml", "Makefile")
    for name in (*names, "coach/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def pretend(folder: Path, **programs: str) -> str:
    """Put shell scripts in front of the real programs; give the PATH."""
    folder.mkdir(parents=True)
    for name, body in programs.items():
        program = folder / name.replace("_", "-")
        program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        program.chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def test_the_shell_understands_it() -> None:
    assert run("sh", "-n", "packaging/setup.sh").stderr == ""
    assert run("bash", "-n", ".ci/run").stderr == ""


def test_make_alone_lists_every_target() -> None:
    targets = [
        "run",
        "test",
        "format",
        "lock",
        "bench",
        "sounds",
        "schema",
        "figures",
        "screenshots",
        "package",
        "clean",
    ]

    listed = run("make", "--no-print-directory").stdout

    assert [target for target in targets if f"make {target} " not in listed] == []


def test_an_unfit_python_is_named_in_one_line(checkout: Path) -> None:
    done = run("packaging/setup.sh", "run", cwd=checkout, PYTHON="/bin/false")

    assert done.returncode == 1
    assert done.stderr == (
        "Python 3.11 to 3.14 is needed, and /bin/false is not one. "
        "Where it has another name: make run PYTHON=/path/to/python3\n"
    )
    assert not (checkout / ".venv").exists()


@pytest.mark.skipif(not Path("/etc/debian_version").exists(), reason="about Debian")
def test_without_rights_it_prints_one_line_to_copy_and_never_asks(checkout: Path) -> None:
    asked = checkout / "asked"
    path = pretend(
        checkout / "bin",
        id="echo 1000",
        sudo=f'[ "$1" = -n ] || touch {asked}; exit 1',
        dpkg_query="exit 1",  # nothing is installed
        apt_cache="exit 0",
        apt_get=f"touch {asked}",
        # Debian's Python before python3-venv: everything but ensurepip
        python3=f'case "$*" in *ensurepip*) exit 1 ;; esac; exec {sys.executable} "$@"',
    )

    done = run("packaging/setup.sh", "run", cwd=checkout, PATH=path, PYTHON="python3")

    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert lines[0] == "Some system packages are missing. This line installs them:"
    assert lines[1].startswith("    sudo apt-get update && sudo apt-get install -y --no-install-recommends python3.")
    assert " libxcb-cursor0 " in lines[1]
    assert " xvfb" not in lines[1]
    assert len(lines) == 2
    assert not asked.exists()


def test_what_is_ready_is_left_alone(checkout: Path) -> None:
    touched = checkout / "touched"
    path = pretend(checkout / "bin", apt_get=f"touch {touched}", dpkg_query=f"touch {touched}", sudo=f"touch {touched}")
    pretend(checkout / ".venv/bin", python=f"touch {touched}")
    script = (ROOT / "packaging/setup.sh").read_text(encoding="utf-8")
    definitions = script[: script.rindex("\nenvironment_is_sound ||")].replace("CDPATH='' cd --", ":")
    stamping = """
        mkdir $stamps
        pwd >$stamps/place
        echo "$packages" >$stamps/system-run
        print_lock $lock >$stamps/packages-run
        print_project >$stamps/project
    """
    run("sh", "-c", f"set -- run\n{definitions}\n{stamping}", cwd=checkout)

    done = run("packaging/setup.sh", "run", cwd=checkout, PATH=path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not touched.exists()


def test_a_new_lock_is_installed(checkout: Path) -> None:
    done = checkout / "done"
    pretend(checkout / ".venv/bin", python=f'echo "$*" >> {done}')
    path = pretend(
        checkout / "bin", id="echo 1000", sudo="exit 1", dpkg_query="exit 1", apt_cache="exit 1", apt_get="exit 1"
    )
    run("packaging/setup.sh", "run", cwd=checkout, PATH=path)
    done.unlink()

    (checkout / "requirements/run.txt").write_text("other==1 --hash=sha256:0\n", encoding="utf-8")
    run("packaging/setup.sh", "run", cwd=checkout, PATH=path)

    [installation] = done.read_text(encoding="utf-8").splitlines()
    assert installation.endswith("pip install -q --only-binary :all: --require-hashes -r requirements/run.txt")


def test_who_has_run_the_tests_need_not_install_anything_to_run(checkout: Path) -> None:
    done = checkout / "done"
    pretend(checkout / ".venv/bin", python=f'echo "$*" >> {done}')
    path = pretend(
        checkout / "bin", id="echo 1000", sudo="exit 1", dpkg_query="exit 1", apt_cache="exit 1", apt_get="exit 1"
    )
    run("packaging/setup.sh", "test", cwd=checkout, PATH=path)
    done.unlink()

    run("packaging/setup.sh", "run", cwd=checkout, PATH=path)

    assert not done.exists()
