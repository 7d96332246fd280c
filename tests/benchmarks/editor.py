"""The editor with a routine of sixty exercises: how long until it is seen, and until an edit is seen.

`editor.py` opens a window on a throw-away home on the display there is, and prints one line of JSON: milliseconds until
the editor was made and painted, the longest and the middle time from an edit until all of the window was painted, for
each kind of edit, also with a problem in the file; the longest of the window's own work for one, which a busy machine
does not change; and the longest time that handing a state to the disk took.
"""

import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from PySide6.QtWidgets import QApplication  # noqa: E402 # run as a script, from anywhere

from coach.app.drafts import DraftKeeper, Kept  # noqa: E402
from coach.core.routine.editing import items  # noqa: E402
from coach.core.routine.editing.draft import new_draft  # noqa: E402
from coach.ui import theme  # noqa: E402
from coach.ui.presenters.desk import Desk  # noqa: E402
from coach.ui.screens.editor import EditorPage  # noqa: E402
from coach.ui.tokens import Appearance  # noqa: E402
from tests.ui.desks import demo_surroundings  # noqa: E402

ITEMS, TIMES = 60, 15
SIZE = (1004, 800)


def routine(desk: Desk) -> Kept:
    """A routine of sixty exercises."""
    draft = new_draft("Sixty", "sixty")
    library = list(desk.library.values())
    for number in range(ITEMS):
        draft = items.add(draft, library[number % len(library)], number)
    return Kept("bench", draft)


def painted(page: EditorPage) -> None:
    """Until everything that was asked to be painted is."""
    QApplication.processEvents()
    page.repaint()


def measured(act: Callable[[], object], page: EditorPage) -> tuple[float, float]:
    """Milliseconds until what an edit changed is seen, by the clock and of the window's own work."""
    began, worked = time.perf_counter(), time.thread_time()
    act()
    painted(page)
    return (time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000


def main() -> None:
    """Measure and print."""
    app = QApplication(["bench", "-style", theme.STYLE])
    theme.Theme(app, Appearance.LIGHT).complete()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(demo_surroundings(Path(folder)))
        kept = routine(desk)
        warm = EditorPage(desk, Kept("warm", new_draft("Warm", "warm")))  # fonts, styles, the modules
        warm.close_editor()
        began = time.perf_counter()
        page = EditorPage(desk, kept)
        page.resize(*SIZE)
        page.show()
        painted(page)
        found: dict[str, object] = {"open_ms": round((time.perf_counter() - began) * 1000, 1)}
        until = time.perf_counter() + 3
        while time.perf_counter() < until:  # pictures, and what is loaded behind
            QApplication.processEvents()
        gc.collect()
        gc.freeze()  # as the program does once it has started
        handed: list[float] = []
        really = DraftKeeper.keep

        def keep(self: DraftKeeper, state: Kept) -> None:
            at = time.perf_counter()
            really(self, state)
            handed.append((time.perf_counter() - at) * 1000)

        setattr(DraftKeeper, "keep", keep)  # noqa: B010 - a method of the class, for all of them
        for name, act in edits(page).items():
            times = [measured(act(number), page) for number in range(TIMES)]
            clock, work = zip(*times, strict=True)
            found[name] = {
                "longest_ms": round(max(clock), 1),
                "middle_ms": round(statistics.median(clock), 1),
                "longest_work_ms": round(max(work), 1),
            }
        found["hand_to_disk_longest_ms"] = round(max(handed), 2)
        print(json.dumps(found))
        page.close_editor()
        page.close()
        desk.close()


def edits(page: EditorPage) -> dict[str, Callable[[int], Callable[[], object]]]:
    """Every kind of edit, by its number."""
    edit, shelf = page.editing, page._shelved
    return {
        "choose": lambda n: lambda: edit.choose(n),
        "type_a_number": lambda n: lambda: edit.type_item(("sets",), 1 + n % 5),
        "type_nonsense": lambda n: lambda: edit.type_item(("sets",), f"x{n}"),
        "mend_it": lambda n: lambda: edit.type_item(("sets",), 3 + n % 2),
        "type_the_title": lambda n: lambda: edit.type_routine(("title",), "x" * (n + 1)),
        "move": lambda n: lambda: edit.move_chosen(1),
        "remove": lambda n: edit.remove,
        "add": lambda n: lambda: edit.add(shelf[n]),
        "undo": lambda n: edit.undo,
        "redo": lambda n: edit.redo,
    }


if __name__ == "__main__":
    main()
