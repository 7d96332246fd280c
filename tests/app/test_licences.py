"""Everything that the program is made of comes with its licence: decision 001 and the lock agree with what is shown."""

import re
from pathlib import Path

from coach.app.licences import closure, parts

ROOT = Path(__file__).parents[2]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_part_names_its_licence_and_all_but_the_public_domain_bring_the_text() -> None:
    found = parts()

    assert found[0].name == "Rehab Coach"
    assert [part.name for part in found if not part.licence or not part.version] == []
    assert [part.name for part in found if len(part.text) < 500 and "public domain" not in part.licence.lower()] == []


def test_what_the_lock_holds_for_this_system_is_listed() -> None:
    """Everything that `requirements/run.txt` pins without a marker, but for what only builds."""
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    pinned = {plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==\S+ \\$", lock, re.MULTILINE)}
    building = {"hatchling", "editables", "pathspec", "trove-classifiers", "tomlkit"}

    missing = pinned - {plain(name) for name in closure()} - building

    assert pinned
    assert missing == set()


def test_the_decision_on_licences_names_every_part() -> None:
    text = (ROOT / "docs" / "decisions" / "001-licence.md").read_text(encoding="utf-8").lower()

    unnamed = [name for name in closure() if name not in text and not name.startswith(("pyside6", "shiboken"))]

    assert [name for name in unnamed if name != "pip"] == []
