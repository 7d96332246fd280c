"""What this program is made of, and under which licence each part came, with its whole text.

The packages tell it themselves, in a checkout, an installation or a built program alike. What has no text of its own,
or is no package, stands here.
"""

import platform
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from msgspec import Struct

from coach import __version__
from coach.resources import ROOT, asset
from coach.store.connection import SQLITE

OWN: Final = "rehab-coach"
_LGPL: Final = ("pyside6-essentials", "pyside6-addons", "shiboken6")
"""Qt for Python, which holds Qt; its packages name the licence and leave the text to us."""
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")
_LONGEST: Final = 80


class Part(Struct, frozen=True):
    """One part: its name and version, its licence in short, and the texts."""

    name: str
    version: str
    licence: str
    text: str


def parts() -> tuple[Part, ...]:
    """The program itself, then everything it runs on, by name. Raises OSError."""
    own = Part("Rehab Coach", __version__, "Apache-2.0", _own_text())
    python = Part("Python", platform.python_version(), "PSF-2.0", asset("licences/Python.txt").read_text("utf-8"))
    sqlite = Part("SQLite", SQLITE, "Public Domain", "")
    found = [python, sqlite, *(_part(name, known) for name, known in closure().items())]
    return (own, *sorted(found, key=lambda part: part.name.lower()))


def closure() -> dict[str, Distribution]:
    """The packages that the program asks for, and those that they ask for in turn, as far as they are here."""
    found: dict[str, Distribution] = {}
    wanted = [OWN]
    while wanted:
        name = wanted.pop()
        if name in found:
            continue
        try:
            known = distribution(name)
        except PackageNotFoundError:  # of another system, or not needed here
            continue
        found[name] = known
        wanted += [_named(line) for line in known.requires or () if "extra ==" not in line]
    found.pop(OWN, None)
    return found


def _named(requirement: str) -> str:
    match = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", match[0]).lower() if match else ""


def _part(name: str, known: Distribution) -> Part:
    if name in _LGPL:
        texts = [asset(f"licences/{file}.txt").read_text("utf-8") for file in ("LGPL-3.0", "GPL-3.0")]
        return Part(known.name, known.version, "LGPL-3.0", "\n\n".join(texts))
    return Part(known.name, known.version, _short(known), "\n\n".join(_texts(known)))


def _short(known: Distribution) -> str:
    told = known.metadata.get_all("License-Expression") or known.metadata.get_all("License") or [""]
    line = told[0].strip().splitlines()[0] if told[0].strip() else ""
    if 0 < len(line) <= _LONGEST:
        return line
    kinds = [kind.rpartition(" :: ")[2] for kind in known.metadata.get_all("Classifier") or () if "License" in kind]
    return ", ".join(kinds) or line[: _LONGEST - 1] + "…"


def _texts(known: Distribution) -> list[str]:
    files = known.metadata.get_all("License-File") or []
    found = [known.read_text(f"licenses/{file}") or known.read_text(file) for file in files]
    return [text for text in found if text]


def _own_text() -> str:
    """The licence in a checkout; an installed or built program has it in its metadata."""
    file = Path(ROOT) / "LICENSE"
    if file.is_file():
        return file.read_text("utf-8")
    try:
        return "\n\n".join(_texts(distribution(OWN)))
    except PackageNotFoundError:
        return ""
