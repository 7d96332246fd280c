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


# Where the parent stands among the arguments, counted from one.
OWNED = {
    "QTimer": 1,
    "QObject": 1,
    "QVariantAnimation": 1,
    "QParallelAnimationGroup": 1,
    "QSequentialAnimationGroup": 1,
    "QPauseAnimation": 2,
    "QPropertyAnimation": 3,
    "QSocketNotifier": 3,
}


def orphans(source: str) -> list[int]:
    """Give the lines where a timer, an animation or the like is made without a parent."""

    def has_parent(call: ast.Call, place: int) -> bool:
        parent: list[ast.expr | None] = [word.value for word in call.keywords if word.arg == "parent"]
        parent += call.args[place - 1 : place]
        return any(not (isinstance(one, ast.Constant) and one.value is None) for one in parent)

    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in OWNED and not has_parent(node, OWNED[name]):
                found.append(node.lineno)
    return found


def test_timers_and_animations_belong_to_somebody() -> None:
    # One that belongs to nobody ends when Python's collector finds it, on whatever thread that runs: on a thread other
    # than its own Qt ends the process.
    files = sorted((ROOT / "coach").rglob("*.py"))

    assert [
        f"{file.relative_to(ROOT)}:{line}" for file in files for line in orphans(file.read_text(encoding="utf-8"))
    ] == []


def test_an_orphan_is_found() -> None:
    told = {
        "QTimer()": 1,
        "QTimer(interval=5)": 1,
        "QTimer(None)": 1,
        "QtCore.QTimer(parent=None)": 1,
        "QPropertyAnimation(self, b'x')": 1,
        "QTimer(self)": 0,
        "QTimer(parent=self)": 0,
        "QTimer.singleShot(0, self, act)": 0,
        "QPropertyAnimation(self, b'x', self)": 0,
        "QSocketNotifier(fd, kind, app)": 0,
    }

    assert {text: len(orphans(text)) for text in told} == told
