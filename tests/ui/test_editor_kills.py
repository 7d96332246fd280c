"""The window is killed while somebody types in the editor: what was on disk is whole, and it is offered again.

Run as a program this is the other side: it forks a real window whose editor is typed in, and says what is on the disk.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coach.app.drafts import DraftFiles, Kept
from coach.app.surroundings import WindowTask
from coach.core.routine.editing.draft import at
from coach.core.routine.editing.items import size
from coach.ui.application import open_window
from coach.ui.screens.main_window import MainWindow
from coach.ui.screens.rail import Place
from coach.ui.screens.routines import RoutinesPage
from tests.ui.fakes import World
from tests.ui.killing import KILLS, Zygote, forking, needs_fork, say, silent

LONGEST_S = 0.6
pytestmark = needs_fork


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.choose(set_up=True)
    return made


@pytest.fixture
def zygote(world: World) -> Iterator[Zygote]:
    made = Zygote(world.home.folder, __file__)
    yield made
    made.close()


@pytest.mark.timeout(120)
def test_a_killed_editor_loses_nothing_that_was_on_disk_and_offers_it_again(world: World, zygote: Zygote) -> None:
    chance = random.Random(26)
    kept: dict[str, int] = {}

    for _ in range(KILLS):
        for line in zygote.killed(chance, LONGEST_S):
            try:
                uid, length = json.loads(line)
            except ValueError:
                continue  # cut off by the kill
            kept[uid] = max(kept.get(uid, 0), length)

        found = {one.uid: one for one in world.surroundings.drafts().all()}
        assert set(kept) <= set(found), "every draft is offered again"
        for uid, length in kept.items():
            title = str(at(found[uid].draft, ("title",)))
            assert set(title) == {"x"}
            assert len(title) >= length
            assert size(found[uid].draft) == 1

    assert len(kept) == KILLS
    assert sum(kept.values()) > 3 * KILLS


# -- the other side ---------------------------------------------------------------------------------------------


def _window() -> None:
    original = DraftFiles.write

    def write(self: DraftFiles, kept: Kept) -> None:
        original(self, kept)
        title = str(at(kept.draft, ("title",)))
        if set(title) == {"x"}:
            say(json.dumps([kept.uid, len(title)]))  # after it is on the disk

    DraftFiles.write = write  # type: ignore[method-assign]

    def begin() -> None:
        (window,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        window.go(Place.ROUTINES)
        page = window._pages[Place.ROUTINES]
        assert isinstance(page, RoutinesPage)
        page.new_routine()
        assert page.editor is not None
        page.editor.editing.add(page.editor._shelved[0])
        page.editor._pick_tab("routine")
        title = page.editor.routine.field("title")
        title.setFocus()
        title.mark_all()
        typing = QTimer(window, interval=4)
        typing.timeout.connect(lambda: QTest.keyClicks(title, "x"))
        typing.start()

    QTimer.singleShot(0, begin)
    open_window(silent(), WindowTask())


if __name__ == "__main__":
    import coach.ui.screens.editor  # noqa: F401 - before the first fork, not in each child

    forking(_window)
