"""Shows one screen on a made-up home: to look at, or to save as a picture.

    python -m tests.tools.show_screen SCREEN [--dark] [--size 1004x800] [--file ROUTINE] [--picture OUT.png] [--steps N]

SCREEN is library, exercise, running, routines, editor, preview, settings or first_run. With --picture the window is
photographed by ImageMagick's `import`, as the display has it, and closed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from coach.ui import a11y, theme
from coach.ui.presenters.desk import Desk
from coach.ui.tokens import Appearance
from tests.ui.desks import demo_surroundings


def screen(name: str, desk: Desk, wanted: argparse.Namespace) -> QWidget:
    """Build the screen."""
    match name:
        case "library" | "exercise":
            from coach.ui.screens.library import LibraryPage

            library = LibraryPage(desk)
            if name == "exercise":
                library.open(desk.routines.shelves()[wanted.steps].key)
            return library
        case "running":
            from coach.ui.screens.running import RunningPage

            running = RunningPage(desk)
            for row in list(running.table.rows.values())[: wanted.steps]:
                row.toggle()
            return running
        case "routines":
            from coach.ui.screens.routines import RoutinesPage

            routines = RoutinesPage(desk)
            if wanted.file:
                routines.open_file(wanted.file)
            return routines
        case "editor":
            from coach.ui.presenters.editing import copy_of, new_routine
            from coach.ui.screens.editor import EditorPage

            listed = desk.routines.find(wanted.routine) if wanted.routine else None
            kept = new_routine(desk) if listed is None else copy_of(desk, listed)
            assert kept is not None
            editor = EditorPage(desk, kept)
            if wanted.tab:
                editor._pick_tab(wanted.tab)
            for _ in range(wanted.steps):
                editor.editing.choose(min(wanted.steps, len(editor.editing.view.rows) - 1))
            return editor
        case "preview":
            from coach.ui.screens.preview import Preview, of_listed

            return Preview(desk, of_listed(desk, desk.routines.listed()[wanted.steps]))
        case "settings":
            from coach.ui.screens.settings import SettingsPage

            return SettingsPage(desk)
        case "first_run":
            from coach.ui.screens.first_run import FirstRun

            first_run = FirstRun(desk)
            for _ in range(wanted.steps):
                first_run.skip_to_next()
            return first_run
        case _:
            raise SystemExit(__doc__)


def main() -> None:
    """Show it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("screen")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", default="1004x800")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--routine", default="")
    parser.add_argument("--tab", default="")
    parser.add_argument("--scroll", type=int, default=0)
    parser.add_argument("--settings", default="{}")
    parser.add_argument("--accept", type=Path, action="append", default=[])
    wanted = parser.parse_args()
    app = QApplication(sys.argv[:1])
    a11y.install()
    theme.Theme(app, Appearance.DARK if wanted.dark else Appearance.LIGHT).complete()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(demo_surroundings(Path(folder)))
        desk.choose(**json.loads(wanted.settings))
        for path in wanted.accept:
            opened = desk.routines.open_file(path)
            assert opened is not None
            assert opened.read is not None
            desk.routines.accept(opened.read)
        window = screen(wanted.screen, desk, wanted)
        window.setAutoFillBackground(True)
        width, _, height = wanted.size.partition("x")
        window.resize(int(width), int(height))
        window.setWindowTitle("screen")
        window.show()
        if wanted.picture:
            QTimer.singleShot(700, lambda: photograph(window, wanted))
        app.exec()
        desk.close()


def photograph(window: QWidget, wanted: argparse.Namespace) -> None:
    """Save what the display shows of the window."""
    if wanted.scroll:
        from coach.ui.screens.page import Scroll

        for area in window.findChildren(Scroll):
            area.verticalScrollBar().setValue(wanted.scroll)
        QApplication.processEvents()
    subprocess.run(["import", "-window", str(int(window.winId())), str(wanted.picture)], check=True)
    window.close()


if __name__ == "__main__":
    main()
