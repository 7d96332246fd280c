"""Cuts a release: `make release ARGS=0.2.0`.

The version is set where it stands, what is unreleased in the changelog gets its number and today's date, everything is
tested and built, and only then there is a commit and a tag. Whatever fails, the files are put back as they were.
Nothing is published: that is a push by hand, and the notes are in dist/release-notes.md.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION_FILE = ROOT / "coach" / "__init__.py"
CHANGELOG = ROOT / "CHANGELOG.md"
NOTES = ROOT / "dist" / "release-notes.md"
_NUMBER = re.compile(r"\d+\.\d+\.\d+")
_UNRELEASED = "## Unreleased\n"


def main() -> int:
    """Cut the release that was asked for."""
    if len(sys.argv) != 2 or not _NUMBER.fullmatch(sys.argv[1]):
        print("usage: make release ARGS=MAJOR.MINOR.PATCH", file=sys.stderr)
        return 2
    version = sys.argv[1]
    if problem := _in_the_way(version):
        print(problem, file=sys.stderr)
        return 1
    now = int(time.time())
    # What is built from the commit again has the same time in it, and so the same bytes.
    os.environ |= {"SOURCE_DATE_EPOCH": str(now), "GIT_COMMITTER_DATE": f"@{now} +0000"}
    before = {path: path.read_bytes() for path in (VERSION_FILE, CHANGELOG)}
    try:
        _change(VERSION_FILE, lambda text: with_version(text, version))
        _change(CHANGELOG, lambda text: with_release(text, version, datetime.fromtimestamp(now, UTC).date()))
        _run("make", "test")
        _run("make", "package")
        notes = _said(sys.executable, str(ROOT / "packaging" / "changelog.py"), version)
        NOTES.write_text(notes + "\n", encoding="utf-8")
        _run("git", "commit", "--quiet", "-m", f"Release {version}", *map(str, before))
    except BaseException:
        for path, data in before.items():
            path.write_bytes(data)
        raise
    _run("git", "tag", "--annotate", f"v{version}", "--file", str(NOTES), "--cleanup=verbatim")
    print(f"Tagged v{version}; what to hand out is in dist/. Publish it with: git push --follow-tags")
    return 0


def with_version(text: str, version: str) -> str:
    """The package with its new version."""
    changed, found = re.subn(r'^__version__ = ".+"$', f'__version__ = "{version}"', text, flags=re.MULTILINE)
    if found != 1:
        raise SystemExit(f"{VERSION_FILE} must name the version once")
    return changed


def with_release(text: str, version: str, day: date) -> str:
    """The changelog with what was unreleased under its number, and room for what comes next."""
    return text.replace(_UNRELEASED, f"{_UNRELEASED}\n## {version} – {day}\n", 1)


def _in_the_way(version: str) -> str:
    text = CHANGELOG.read_text("utf-8")
    if f"## {version} " in text:
        return f"{version} is in the changelog already."
    if not re.search(rf"{_UNRELEASED}\s+### ", text):
        return "The changelog has nothing unreleased: write what changed for the person who uses it."
    if _said("git", "status", "--porcelain"):
        return "There are changes that are not committed."
    if _said("git", "tag", "--list", f"v{version}"):
        return f"There is a tag v{version} already."
    return ""


def _change(path: Path, how: Callable[[str], str]) -> None:
    path.write_text(how(path.read_text(encoding="utf-8")), encoding="utf-8")


def _said(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def _run(*command: str) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed; there is no release.")


if __name__ == "__main__":
    sys.exit(main())
