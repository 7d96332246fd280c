"""Builds what is handed out on this system, tests it, and says what it weighs (`make package`).

    package.py [all | folder | deb | wheel]

Everything lands in dist/: on Linux the built folder, a .deb of it, wheel and source, and the bill of materials. The
.deb is installed, started and removed in a Debian that is made for it.
SOURCE_DATE_EPOCH is the time of the last commit unless it is set, so that the same commit gives the same bytes.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import identity
import probe

ROOT = identity.ROOT
BUILD, DIST = ROOT / "build", ROOT / "dist"
FOLDER = DIST / identity.NAME
ICONS = BUILD / "coach" / "icons"
TOOLS = ROOT / ".venv-publish" / "bin"
FOLDER_MB, DEB_MB = 190, 75
"""The most that they may weigh: what a person downloads, and what it takes on the disk."""


def main() -> int:
    """Run the steps that were asked for."""
    wanted = sys.argv[1:] or ["all"]
    linux = [folder, deb, clean_root]
    steps = {"folder": [folder], "deb": linux, "wheel": [wheel], "all": [*linux, wheel]}
    if len(wanted) != 1 or wanted[0] not in steps:
        print(__doc__, file=sys.stderr)
        return 2
    os.environ.setdefault("SOURCE_DATE_EPOCH", last_commit())
    os.environ["PYTHONHASHSEED"] = "1"  # the order of what PyInstaller packs
    if DIST.exists():
        shutil.rmtree(DIST)
    for step in steps[wanted[0]]:
        timed(step)
    return 0


def timed(step: Callable[[], None]) -> None:
    """Run one step and say how long it took."""
    began = time.monotonic()
    print(f"== {step.__name__}", flush=True)
    step()
    print(f"   {time.monotonic() - began:.0f} s", flush=True)


def folder() -> None:
    """Build the folder, and run its own test in every surrounding that it must bear."""
    run(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=ERROR",
        f"--distpath={DIST}", f"--workpath={BUILD}", str(ROOT / "packaging" / "coach.spec"))  # fmt: skip
    bill = DIST / f"{identity.NAME}-{identity.VERSION}.cdx.json"
    run(sys.executable, str(ROOT / "packaging" / "sbom.py"), str(FOLDER), str(bill))
    weigh("folder", size(FOLDER), FOLDER_MB)
    for part, weight in parts(FOLDER):
        print(f"   {weight / 1e6:6.1f} MB  {part}")
    probe.folder(FOLDER, ROOT / "assets" / "routines" / "mobility.rehab.json")


def deb() -> None:
    """Make the Debian package and let Debian's own tools look at it."""
    if shutil.which("dpkg-deb") is None:
        print("   no dpkg-deb here: no .deb")
        return
    run(sys.executable, str(ROOT / "packaging" / "deb.py"), str(FOLDER), str(ICONS), str(DIST))
    [made] = DIST.glob("*.deb")
    weigh("deb", made.stat().st_size, DEB_MB)
    probe.deb(made)


def clean_root() -> None:
    """Install, start and remove the .deb in a Debian that has nothing: where this system lets us make one."""
    for made in DIST.glob("*.deb"):
        probe.clean_root(made)


def wheel() -> None:
    """Make wheel and source, check them, and run the program from the wheel in an environment of its own."""
    run("sh", str(ROOT / "packaging" / "setup.sh"), "publish")
    run(str(TOOLS / "python"), "-m", "build", "--no-isolation", "--outdir", str(DIST), str(ROOT))
    made = [*DIST.glob("*.whl"), *DIST.glob("*.tar.gz")]
    run(str(TOOLS / "python"), "-m", "twine", "check", "--strict", *map(str, made))
    probe.wheel(next(DIST.glob("*.whl")), ROOT / "requirements" / "run.txt")


# -- looking --------------------------------------------------------------------------------------------------------


def last_commit() -> str:
    """When the last commit was made, in seconds; of a tree without git the time of its changelog."""
    told = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip() or str(int((ROOT / "CHANGELOG.md").stat().st_mtime))


def weigh(what: str, weight: int, most_mb: int) -> None:
    """Say what it weighs; end the build if that is too much."""
    print(f"   {what}: {weight / 1e6:.1f} MB")
    if weight > most_mb * 1e6:
        raise SystemExit(f"The {what} weighs more than {most_mb} MB: see docs/packaging.md for what is left out")


def size(path: Path) -> int:
    """The bytes of all files in a folder; what is linked counts once."""
    return sum(one.stat().st_size for one in path.rglob("*") if one.is_file() and not one.is_symlink())


def parts(built: Path) -> list[tuple[str, int]]:
    """What weighs how much, heaviest first."""
    inside = built / "_internal"
    groups = {
        "Qt: its libraries and plugins": [inside / "PySide6" / "Qt"],
        "Qt for Python: the bindings": [*(inside / "PySide6").glob("*.so"), inside / "shiboken6"],
        "numpy with OpenBLAS, for the pain chart": [inside / "numpy", inside / "numpy.libs"],
        "pyqtgraph, what is not code": [inside / "pyqtgraph"],
        "Python": [*inside.glob("libpython*"), inside / "python3.11", inside / "base_library.zip"],
        "all Python code, and the starter": [built / "coach"],
        "exercises, sounds, icons, licences": [inside / "coach"],
    }
    weights = {
        name: sum(size(path) if path.is_dir() else path.stat().st_size for path in paths if path.exists())
        for name, paths in groups.items()
    }
    weights["the rest"] = size(built) - sum(weights.values())
    return sorted(weights.items(), key=lambda pair: -pair[1])


def run(*command: str) -> None:
    """Run a program to its end; a failure ends the build."""
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} {' '.join(command[1:4])} … ended with {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
