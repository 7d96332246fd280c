"""The window is killed in the middle of a guided run, again and again: no second that was saved is missing.

Run as a program this is the other side: it forks a real window that leads a run and says what is on the disk.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QTimer

from coach.app.keeping import ThreadKeeper
from coach.app.surroundings import WindowTask
from coach.app.walk_run import WalkRuns
from coach.app.walk_run_file import WalkRunEvents
from coach.core.clinical.run_plan import Stage
from coach.core.session.engine import Phase
from coach.core.session.events import to_json
from coach.ui.application import open_window
from coach.ui.screens.main_window import MainWindow
from coach.ui.screens.today import GoOn
from tests.ui.fakes import World
from tests.ui.killing import KILLS, Zygote, forking, needs_fork, say, silent

LONGEST_S = 0.6
FASTER = 30
STAGE = Stage(10, 100, 9, 1)
"""Long enough for any number of kills."""
pytestmark = needs_fork


@pytest.fixture
def killed_world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.choose()
    return made


@pytest.fixture
def zygote(killed_world: World) -> Iterator[Zygote]:
    made = Zygote(killed_world.home.folder, __file__)
    yield made
    made.close()


def saved(lines: list[str]) -> dict[int, str]:
    """What the window said was on the disk; a line that the kill cut off says nothing."""
    found: dict[int, str] = {}
    for line in lines:
        try:
            seq, body = json.loads(line)
        except ValueError:
            continue
        found[seq] = body
    return found


@pytest.mark.timeout(120)
def test_a_window_killed_in_a_run_goes_on_at_the_last_saved_instant(killed_world: World, zygote: Zygote) -> None:
    chance = random.Random(21)
    earlier: dict[int, str] = {}

    for _ in range(KILLS):
        earlier |= saved(zygote.killed(chance, LONGEST_S))  # the same run, gone on with
        kept = killed_world.surroundings.walk_run().read()
        assert kept is not None
        stored = {seq: to_json(event) for seq, event in kept.events}
        assert {seq: stored[seq] for seq in earlier} == earlier
        assert sorted(stored) == list(range(len(stored)))

        log = killed_world.surroundings.read_log()
        try:
            found = _runs(killed_world).broken(log)
            assert log.outings() == ()
        finally:
            log.close()
        assert found is not None
        assert found.session.phase in (Phase.RUNNING, Phase.PAUSED)
        assert found.session.index >= 1
        assert found.session.seen == kept.events[-1][1].at
        assert found.begun.stage == STAGE

    assert len(earlier) > 3 * KILLS


def _runs(world: World) -> WalkRuns:
    around = world.surroundings
    return WalkRuns(around.walk_run(), around.calendar, around.new_uid, {}, ThreadKeeper)


# -- the other side ---------------------------------------------------------------------------------------------


def _window() -> None:
    original = WalkRunEvents.append

    def append(self: WalkRunEvents, session: str, seq: int, at_s: float, body: str) -> None:
        original(self, session, seq, at_s, body)
        say(json.dumps([seq, body]))  # after it is on the disk

    def begin_task(self: MainWindow) -> None:
        broke_off = self._desk.training.broken_run() is not None
        runner = self._the_runner()
        if broke_off:
            self._go_on(GoOn())
            runner._press()
        else:
            self.lead_run(STAGE)
            runner._before._scale.choose(1)
            runner._skip()  # the warm-up
        session = runner._session
        assert session is not None
        # The clock is fast, the timer is not.
        looks = QTimer(self, interval=10)
        looks.timeout.connect(session._look)
        looks.start()

    WalkRunEvents.append = append  # type: ignore[method-assign]
    MainWindow.begin_task = begin_task  # type: ignore[method-assign]
    around = silent()
    zero = around.clock()
    open_window(replace(around, clock=lambda: zero + FASTER * (around.clock() - zero)), WindowTask())


if __name__ == "__main__":
    import coach.ui.screens.walk_run  # noqa: F401 - before the first fork, not in each child

    forking(_window)
