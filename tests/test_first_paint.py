"""The first screen waits for nothing that it does without."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from coach.ui import first_import
from tests.ui.fakes import World, stopped

LATE = (
    "sqlite_utils",
    "typing_extensions",  # msgspec would take it, where it is installed
    "pyqtgraph",
    "numpy",
    "jsonschema",
    "click",
    "playsound3",
    "wakepy",
    "pypdf",
    *first_import.LATER,
    "argparse",  # for PySide6's maker of stub files only
    "PySide6.QtSvg",
    "PySide6.QtNetwork",
    "PySide6.QtMultimedia",
    "PySide6.QtTextToSpeech",
)

_START = """
import sys
from coach.__main__ import main
from coach.ui import first_import

import_qt = first_import.import_qt

def import_qt_and_watch():
    assert "PySide6" not in sys.modules
    import_qt()
    from PySide6 import QtWidgets
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

    class Watch(QObject):
        done = False

        def eventFilter(self, watched, event):
            painted = event.type() == QEvent.Type.Paint and isinstance(watched.window(), QtWidgets.QMainWindow)
            if self.done or not painted:
                return False
            Watch.done = True
            for name, module in sorted(sys.modules.items()):
                if not isinstance(module, first_import.StandIn):
                    print(name, flush=True)
            QTimer.singleShot(0, QCoreApplication.quit)
            return False

    class Watched(QtWidgets.QApplication):
        def __init__(self, arguments):
            super().__init__(arguments)
            self.watch = Watch()
            self.installEventFilter(self.watch)

    QtWidgets.QApplication = Watched  # what the program's own is made from

first_import.import_qt = import_qt_and_watch
sys.argv = ["coach"]
sys.exit(main())
"""


def imported(home: Path) -> set[str]:
    """Start without arguments, and say what was imported when the window is painted first."""
    environment = {**os.environ, "COACH_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", _START], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    modules = set(ended.stdout.split())
    assert "coach.ui.screens.main_window" in modules, ended.stderr
    return modules


def test_a_start_without_arguments_imports_nothing_heavy_before_the_first_paint(world: World) -> None:
    world.choose()
    world.surroundings.open_log().close()

    modules = imported(world.home.folder)

    assert "coach.ui.screens.today" in modules
    assert sorted(modules & set(LATE)) == []
    assert "dataclasses" not in modules  # values on the way are msgspec.Structs: docs/decisions/009
    late = (
        *("coach.cli", "coach.devices", "coach.ui.screens.player", "coach.ui.screens.library", "coach.app.library"),
        *("coach.ui.screens.progress", "coach.ui.charts", "coach.app.progress", "coach.core.progress"),
    )
    assert not {name for name in modules if name.startswith(late)}


def test_nor_does_a_start_that_has_to_look_how_much_of_a_session_was_done(world: World) -> None:
    world.calendar.set(datetime.now(UTC))
    world.choose()
    stopped(world, 12)

    modules = imported(world.home.folder)

    assert "coach.core.session.record" in modules
    assert "dataclasses" not in modules


def test_the_very_first_start_imports_nothing_heavy_either(world: World) -> None:
    modules = imported(world.home.folder)

    assert "coach.ui.screens.first_run" in modules
    assert sorted(modules & set(LATE)) == []
