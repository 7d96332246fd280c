"""The name, the version and the app id of the program, each read from the one place where it stands."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "rehab-coach"
TITLE = "Rehab Coach"
MAINTAINER = "The Rehab Coach project <maintainers@rehab-coach.example>"
HOMEPAGE = "https://rehab-coach.example"
MEDIA_TYPE = "application/vnd.rehab-coach.routine+json"
"""Of a routine file; the same in the desktop entry, the MIME type, the metainfo and the bundles of other systems."""


def _found(file: str, pattern: str) -> str:
    found = re.search(pattern, (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit(f"{file}: nothing looks like {pattern}")
    return found[1]


VERSION = _found("coach/__init__.py", r'^__version__ = "(.+)"$')
APP_ID = _found("coach/ui/application.py", r'^APP_ID: Final = "(.+)"$')
FILE_ICON = f"{APP_ID}.routine"
"""The icon of a routine file; a Flatpak may only bring icons that are named for it."""
