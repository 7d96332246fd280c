"""The locked requirements: every file has a hash, none has an address, and they hold what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
RUN = ROOT / "requirements" / "run.txt"
DEV = ROOT / "requirements" / "dev.txt"
PACKAGE = ROOT / "requirements" / "package.txt"
PUBLISH = ROOT / "requirements" / "publish.txt"
LOCKS = pytest.mark.parametrize("lock", [RUN, DEV, PACKAGE, PUBLISH], ids=["run", "dev", "package", "publish"])
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(lock: Path) -> dict[str, str]:
    """Give each requirement by name, its hashes included, as one line."""
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return {canonicalize_name(re.split(r"[=; ]", line, maxsplit=1)[0]): line for line in lines}


def requirement(entry: str) -> Requirement:
    return Requirement(entry.split(" --hash", 1)[0].strip())


def version(lock: Path, name: str) -> str:
    [pin] = requirement(entries(lock)[name]).specifier
    assert pin.operator == "=="
    return pin.version


def asked_for(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    return [Requirement(line) for group in groups for line in group]


@LOCKS
def test_every_requirement_is_pinned_and_hashed(lock: Path) -> None:
    loose = [name for name, entry in entries(lock).items() if not HASH.search(entry) or "==" not in entry]

    assert entries(lock)
    assert loose == []


@LOCKS
def test_no_lock_names_an_index_or_an_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert "://" not in text
    assert re.findall(r"^\s*-(?!-hash=).*", text, re.MULTILINE) == []


@pytest.mark.parametrize(
    ("lock", "extras"),
    [
        (RUN, ["install"]),
        (DEV, ["install", "test"]),
        (PACKAGE, ["install", "package"]),
        (PUBLISH, ["install", "publish"]),
    ],
    ids=["run", "dev", "package", "publish"],
)
def test_a_lock_holds_what_the_project_asks_for(lock: Path, extras: list[str]) -> None:
    locked = entries(lock)

    unmet = [
        str(asked)
        for asked in asked_for(*extras)
        if canonicalize_name(asked.name) not in locked
        or not asked.specifier.contains(version(lock, canonicalize_name(asked.name)))
    ]

    assert unmet == []


def files(lock: Path) -> set[tuple[str, str]]:
    # Without the markers: the tests may need on every platform what the program needs on one.
    return {(name, found) for name, entry in entries(lock).items() for found in HASH.findall(entry)}


def test_what_is_tested_and_built_is_what_runs() -> None:
    assert files(RUN) - files(DEV) == set()
    assert files(RUN) - files(PACKAGE) == set()


def test_qt_is_one_release_and_not_the_one_that_aborts() -> None:
    releases = {version(DEV, name) for name in ("pyside6-essentials", "pyside6-addons", "shiboken6")}

    assert len(releases) == 1
    assert SpecifierSet(">=6.11.3,!=6.12.0").contains(releases.pop())


def test_sqlite_utils_is_of_the_fourth_series() -> None:
    assert SpecifierSet(">=4.2,<5").contains(version(RUN, "sqlite-utils"))
