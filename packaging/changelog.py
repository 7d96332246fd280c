"""The changelog as the packages need it: release notes, the releases of the metainfo, Debian's own form.

    python packaging/changelog.py [VERSION]     # the notes of a release, or of what is to come
    python packaging/changelog.py --metainfo    # the AppStream metainfo with its releases

What is not released yet counts as the version that coach/__init__.py names.
"""

import os
import re
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from textwrap import fill
from xml.sax.saxutils import escape

import identity

FILE = identity.ROOT / "CHANGELOG.md"
UNRELEASED = "Unreleased"
_HEAD = re.compile(r"^## (?P<version>\S+)(?: – (?P<day>\d{4}-\d{2}-\d{2}))?$")


@dataclass(frozen=True)
class Release:
    """One section: its version (`Unreleased`), its day, and its text in Markdown."""

    version: str
    day: date | None
    text: str


def releases(text: str) -> list[Release]:
    """Read the sections of a changelog, newest first."""
    found: list[Release] = []
    for part in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]:
        head, _, rest = part.partition("\n")
        match = _HEAD.match(head)
        if match is None:
            raise SystemExit(f"CHANGELOG.md: a heading is “## VERSION – YYYY-MM-DD” or “## {UNRELEASED}”, not {head!r}")
        day = date.fromisoformat(match["day"]) if match["day"] else None
        found.append(Release(match["version"], day, rest.strip()))
    return found


def read() -> list[Release]:
    """The changelog of this checkout."""
    return releases(FILE.read_text(encoding="utf-8"))


def build_time() -> datetime:
    """The instant that stands in everything built: SOURCE_DATE_EPOCH, so that two builds are the same."""
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)


def built() -> list[Release]:
    """The releases as a package of this version tells them: what is not released yet is of now."""
    return [
        Release(identity.VERSION, build_time().date(), one.text) if one.version == UNRELEASED else one
        for one in read()
        if one.text
    ]


def notes(version: str = "") -> str:
    """The notes of one release, by default of what is to come, as Markdown."""
    wanted = version or UNRELEASED
    for one in read():
        if one.version == wanted:
            return one.text + "\n"
    raise SystemExit(f"CHANGELOG.md has no section {wanted}")


def metainfo() -> str:
    """The AppStream metainfo with its releases."""
    template = (identity.ROOT / "packaging" / "linux" / f"{identity.APP_ID}.metainfo.xml").read_text(encoding="utf-8")
    lines = [f'    <release version="{escape(one.version)}" date="{one.day}"/>' for one in built()]
    return template.replace("  <releases/>", "\n".join(["  <releases>", *lines, "  </releases>"]))


def debian() -> str:
    """The changelog in the form of Debian."""
    parts = []
    for one in built():
        at = datetime(one.day.year, one.day.month, one.day.day, tzinfo=UTC) if one.day else build_time()
        points = [_wrapped(point) for point in re.split(r"^- ", one.text, flags=re.MULTILINE)[1:]]
        parts.append(
            f"{identity.NAME} ({one.version}) stable; urgency=medium\n\n"
            + "".join(f"{point}\n" for point in points)
            + f"\n -- {identity.MAINTAINER}  {format_datetime(at)}\n"
        )
    return "\n".join(parts)


def _wrapped(point: str) -> str:
    return fill(" ".join(point.split()), 78, initial_indent="  * ", subsequent_indent="    ")


if __name__ == "__main__":
    sys.stdout.write(metainfo() if sys.argv[1:] == ["--metainfo"] else notes(*sys.argv[1:2]))
