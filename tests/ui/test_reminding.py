"""With the tray chosen the program outlives its window, without it never; and a desktop may always end it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.app.surroundings import WindowTask
from coach.ui.presenters.desk import Desk
from coach.ui.reminding import Reminding
from coach.ui.screens.main_window import MainWindow
from coach.ui.theme import Theme
from tests.ui.fakes import TINY, World

# Without a display Qt has no tray to speak to, and says so.
pytestmark = pytest.mark.qt_log_ignore("does not support", "No such signal QPlatformNativeInterface::systemTray")


class Program:
    """The window with what goes on while it is out of sight."""

    def __init__(self, qtbot: QtBot, app: QApplication, world: World, *, has_tray: bool) -> None:
        self.world = world
        self.desk = Desk(world.surroundings)
        self.window = MainWindow(self.desk, Theme(app), WindowTask())
        qtbot.addWidget(self.window)
        self.window.begin()
        self.window.show()
        self.reminding = Reminding(app, self.window, self.desk, lambda: has_tray)

    @property
    def in_tray(self) -> bool:
        return self.reminding.tray is not None

    def end(self) -> None:
        self.reminding.close()
        self.window.leave()
        self.desk.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.use(TINY)
    return made


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, world: World) -> Iterator[Callable[[bool], Program]]:
    made: list[Program] = []

    def start(has_tray: bool) -> Program:
        made.append(Program(qtbot, qapp, world, has_tray=has_tray))
        return made[-1]

    yield start
    for one in made:
        one.end()


Start = Callable[[bool], Program]


def test_closing_the_window_ends_it_unless_the_tray_was_chosen(program: Start) -> None:
    started = program(True)

    started.window.close()

    assert started.reminding.tray is None
    assert not started.window._minute.isActive()  # closed for good


def test_with_the_tray_the_window_only_hides_and_comes_back(world: World, program: Start) -> None:
    world.choose(tray=True)
    started = program(True)
    tray = started.reminding.tray
    assert tray is not None

    started.window.close()
    assert not started.window.isVisible()
    assert started.window._minute.isActive()
    tray.menu.actions()[0].trigger()

    assert started.window.isVisible()


def test_quit_in_the_tray_closes_for_good(world: World, program: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    world.choose(tray=True)
    started = program(True)
    quitted: list[bool] = []
    monkeypatch.setattr(started.reminding._app, "quit", lambda: quitted.append(True), raising=False)
    tray = started.reminding.tray
    assert tray is not None

    tray.menu.actions()[1].trigger()

    assert not started.window._minute.isActive()
    assert quitted == [True]


def test_a_desktop_without_a_tray_closes_the_window(world: World, program: Start) -> None:
    world.choose(tray=True)
    started = program(False)

    started.window.close()

    assert not started.window._minute.isActive()


def test_the_choice_takes_hold_at_once_both_ways(program: Start) -> None:
    started = program(True)

    started.desk.choose(tray=True)
    chosen = started.in_tray
    started.desk.choose(tray=False)

    assert (chosen, started.in_tray) == (True, False)
    started.window.close()
    assert not started.window._minute.isActive()


def test_hidden_in_the_tray_the_person_is_called_and_the_notice_shows_today(world: World, program: Start) -> None:
    world.choose(tray=True)
    world.calendar.set(datetime(2026, 11, 20, 8, tzinfo=ZoneInfo("Europe/Berlin")))
    started = program(True)
    started.reminding.reminders.look()
    assert world.notices.told == []

    started.window.close()
    started.reminding.reminders.look()
    assert world.notices.told == [("Rehab Coach", "How is it now?")]
    world.notices.press()

    assert started.window.isVisible()


def test_nobody_is_called_out_of_a_session(world: World, program: Start) -> None:
    world.calendar.set(datetime(2026, 11, 20, 8, tzinfo=ZoneInfo("Europe/Berlin")))
    started = program(True)
    today = started.desk.today()
    assert today is not None
    assert today.due is not None
    started.window._play(today.due.given)
    started.window.showMinimized()

    started.reminding.reminders.look()

    assert world.notices.told == []
