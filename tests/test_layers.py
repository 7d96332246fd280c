"""Who may import what. The contracts between our own modules stand in pyproject.toml; what they cannot say is here."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

# Essentials, and of the Addons those under the LGPL that we need: docs/decisions/001-licence.md.
QT = {"QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtSvg", "QtPrintSupport", "QtTextToSpeech", "QtMultimedia"}


def qt_modules(file: Path) -> Iterator[str]:
    """Give the modules of PySide6 that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module="PySide6", names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(name)) if name.startswith("PySide6."):
                yield name.split(".")[1]
            case ast.Import(names=names):
                yield from (alias.name.split(".")[1] for alias in names if alias.name.startswith("PySide6."))


def importers(folder: str, allowed: set[str]) -> list[str]:
    """Give the files of a folder that import more of Qt than is allowed."""
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    return [
        f"{file.relative_to(ROOT)}: {module}" for file in files for module in qt_modules(file) if module not in allowed
    ]


def test_layers() -> None:
    # In a process of its own: it sets logging up anew, and switches off the loggers of whatever was imported before.
    checked = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout


def test_presenters_work_without_widgets() -> None:
    assert importers("coach/ui/presenters", {"QtCore"}) == []


def test_no_part_of_qt_is_used_that_would_change_our_licence() -> None:
    assert importers("coach", QT) == []
