"""Between the screens and the app layer: what changed is told, what failed is told once, nothing raises."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coach.app.errors import is_passing
from coach.app.settings import Settings
from coach.core.clinical.run_plan import STAGES
from coach.store.errors import Reason, StoreError, Unavailable
from coach.store.journal import Log
from coach.ui.presenters.desk import Changed, Desk, Failure
from tests.cli.program import coach
from tests.ui.desks import Told
from tests.ui.fakes import World, data, plain


def test_looking_makes_no_file(world: World, desk: Desk) -> None:
    assert desk.today() is not None
    assert desk.training.broken() is None
    assert desk.routines.listed()

    assert not world.home.database.exists()
    assert not world.home.settings.exists()


def test_a_choice_is_on_disk_at_once_and_told(world: World, told: Told) -> None:
    told.desk.choose(volume=30, hip="left")

    assert (told.desk.settings.volume, told.desk.settings.hip) == (30, "left")
    assert world.surroundings.settings_file().read().settings == told.desk.settings
    assert told.changed == [Changed.SETTINGS]


def test_settings_that_cannot_be_written_are_told_and_kept_for_this_run(world: World, told: Told) -> None:
    world.home.settings.mkdir()

    told.desk.choose(volume=30)

    assert told.desk.settings.volume == 30
    assert len(told.failed) == 1
    assert isinstance(told.failed[0].error, OSError)


def test_damaged_settings_are_known_by_their_fields(qtbot: QtBot, world: World) -> None:
    world.home.settings.write_text('{"volume": "loud", "set_up": true}')

    desk = Desk(world.surroundings)

    assert desk.refused_settings == ("volume",)
    assert desk.settings == Settings(set_up=True)


def test_a_choice_leaves_what_the_terminal_wrote(world: World, told: Told) -> None:
    told.desk.choose(hip="left")
    world.choose(in_use=("physio",))

    told.desk.choose(volume=70)

    assert world.surroundings.settings_file().read().settings.in_use == ("physio",)
    assert (told.desk.settings.in_use, told.desk.settings.volume) == (("physio",), 70)
    assert told.changed == [Changed.SETTINGS, Changed.SETTINGS | Changed.ROUTINES]


def test_a_routine_that_the_terminal_imports_stays_in_use_whatever_the_window_chooses(
    world: World, told: Told, tmp_path: Path
) -> None:
    told.desk.choose(set_up=True)
    file = tmp_path / "physio.rehab.json"
    file.write_bytes(data(plain(id="physio")))

    assert coach("import", file, COACH_HOME=str(world.home.folder)).status == 0
    told.desk.choose(volume=70)

    assert world.surroundings.settings_file().read().settings == Settings(set_up=True, volume=70, in_use=("physio",))
    assert [one.routine.id for one in told.desk.routines.in_use()] == ["physio"]


def test_a_routine_is_put_in_use_beside_what_the_terminal_put_in_use(world: World, told: Told) -> None:
    world.choose(in_use=("physio",))

    told.desk.routines.use("mobility")

    assert world.surroundings.settings_file().read().settings.in_use == ("mobility", "physio")
    told.desk.routines.stop_using("physio")
    told.desk.routines.use_again("physio", ("mobility", "physio"))
    assert told.desk.settings.in_use == ("mobility", "physio")


def test_what_the_terminal_wrote_into_the_settings_is_told_once(world: World, told: Told) -> None:
    told.desk.choose(hip="left")
    told.changed.clear()
    world.choose(hip="left", in_use=("physio",))

    told.desk.refresh()
    told.desk.refresh()

    assert told.desk.settings.in_use == ("physio",)
    assert told.changed == [Changed.SETTINGS | Changed.ROUTINES]


def test_a_routine_that_the_terminal_took_in_is_told_once(world: World, told: Told) -> None:
    world.receive(plain())

    told.desk.refresh()
    told.desk.refresh()

    assert told.changed == [Changed.ROUTINES]


def test_settings_that_are_damaged_under_the_window_take_nothing_from_it(world: World, told: Told) -> None:
    told.desk.choose(set_up=True, hip="left")
    world.home.settings.write_text('{"set_up": tr')

    told.desk.refresh()
    told.desk.choose(volume=70)

    assert world.surroundings.settings_file().read().settings == Settings(set_up=True, hip="left", volume=70)
    assert [file.read_text() for file in world.home.folder.glob("settings-damaged-*")] == ['{"set_up": tr']


def test_what_could_not_be_written_is_written_with_the_next_choice(world: World, told: Told) -> None:
    world.home.settings.mkdir()
    told.desk.choose(volume=30)
    world.home.settings.rmdir()

    told.desk.choose(hip="left")

    assert world.surroundings.settings_file().read().settings == Settings(volume=30, hip="left")


def test_settings_that_can_be_read_again_are_those_of_the_file(qtbot: QtBot, world: World) -> None:
    world.home.settings.mkdir()
    told = Told(Desk(world.surroundings))
    assert told.desk.read_settings.trouble is not None
    world.home.settings.rmdir()
    world.choose(hip="left", in_use=("physio",))

    told.desk.refresh()

    assert told.desk.settings == Settings(set_up=True, hip="left", in_use=("physio",))
    assert told.changed == [Changed.SETTINGS | Changed.ROUTINES]


def test_a_window_that_stays_open_makes_a_copy_each_training_day(world: World, desk: Desk) -> None:
    desk.check_in(morning=1)
    desk.new_day()
    assert list(world.home.backups.glob("coach-*.db")) == [], "not before the first screen is there"
    desk.rotate()
    desk.wait_for_copy()

    for hours in (1, 5, 12, 24):  # from six in the evening: seven, midnight, noon, noon
        world.calendar.advance(hours * 3600)
        desk.new_day()
        desk.wait_for_copy()

    copies = sorted(copy.name for copy in world.home.backups.glob("coach-*.db"))
    assert copies == ["coach-2026-11-20.db", "coach-2026-11-21.db", "coach-2026-11-22.db"]


def test_a_check_in_is_on_disk_when_it_returns(world: World, told: Told) -> None:
    assert told.desk.check_in(morning=3)
    assert told.desk.check_in(night=True)

    view = told.desk.today()
    assert view is not None
    assert view.entry is not None
    assert (view.entry.morning, view.entry.night, view.entry.worst) == (3, True, None)
    assert told.changed == [Changed.LOG, Changed.LOG]


def test_a_flag_is_raised_and_cleared(world: World, desk: Desk) -> None:
    desk.flag("fever_or_hot_joint", raised=True)
    assert _blocked(desk)
    world.calendar.advance(1)

    desk.flag("fever_or_hot_joint", raised=False)

    assert not _blocked(desk)


def _blocked(desk: Desk) -> bool:
    return desk.blocked()


def test_what_another_process_wrote_is_told_once(world: World, told: Told) -> None:
    told.desk.check_in(morning=1)
    told.changed.clear()
    other = world.surroundings.open_log()
    world.surroundings.logbook(other).day(world.calendar.now().date(), worst=9)
    other.close()

    told.desk.refresh()
    told.desk.refresh()

    assert told.changed == [Changed.LOG]


def test_a_log_that_another_process_began_is_seen(world: World, told: Told) -> None:
    assert told.desk.today() is not None
    other = world.surroundings.open_log()
    world.surroundings.logbook(other).day(world.calendar.now().date(), morning=9)
    other.close()

    told.desk.refresh()

    view = told.desk.today()
    assert view is not None
    assert view.entry is not None
    assert view.entry.morning == 9


@pytest.mark.parametrize("held", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE", "a reader"])
def test_a_log_that_another_process_holds_keeps_the_window_a_second_at_most(
    world: World, told: Told, held: str
) -> None:
    assert told.desk.check_in(morning=1)
    given = told.desk.routines.given(world.receive(plain()))
    other = world.surroundings.open_log()
    other.conn.execute(held if held.startswith("BEGIN") else "BEGIN")
    other.conn.execute("SELECT count(*) FROM day_entry").fetchall()
    acts = (
        lambda: told.desk.check_in(worst=9),
        told.desk.today,
        told.desk.refresh,
        lambda: told.desk.training.start(given, 1),
        lambda: told.desk.run_plan(told.desk.day()),
    )

    took = [_seconds(act) for act in acts]

    assert max(took) < 2  # a second, and what a busy machine adds
    assert told.failed
    assert all(is_passing(one.error) for one in told.failed)
    other.conn.execute("ROLLBACK")
    other.close()
    assert told.desk.check_in(worst=9)
    view = told.desk.today()
    assert view is not None
    assert view.entry is not None
    assert (view.entry.morning, view.entry.worst) == (1, 9)


def test_a_log_that_is_held_at_the_start_keeps_the_window_a_second_at_most(qtbot: QtBot, world: World) -> None:
    other = world.surroundings.open_log()
    other.conn.execute("BEGIN EXCLUSIVE")
    desk = Desk(world.surroundings)

    took = _seconds(desk.today)

    assert took < 2
    other.close()
    assert desk.today() is not None
    desk.close()


def _seconds(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


class Full:
    def __init__(self, error: StoreError) -> None:
        self.error = error

    def __call__(self) -> Log:
        raise self.error


@pytest.mark.parametrize("reason", [Reason.DISK_FULL, Reason.LOCKED, Reason.READ_ONLY])
def test_whatever_fails_is_told_once_and_nothing_raises(qtbot: QtBot, world: World, reason: Reason) -> None:
    error = Unavailable(reason)
    told = Told(Desk(world.with_log(Full(error))))
    desk = told.desk
    given = desk.routines.given(world.receive(plain()))

    assert not desk.check_in(morning=3)
    assert desk.training.start(given, 1) is None
    assert desk.training.go_on() is None
    assert not desk.training.leave("one")
    assert not desk.flag("new_pain_site", raised=True)

    assert told.failed == [Failure(error)] * 5
    assert desk.today() is not None


def test_a_window_that_is_only_to_look_writes_nothing(world: World, told: Told) -> None:
    # Also where it could: without its lock it may not be the only one.
    world.use(plain())
    desk = told.desk
    before = sorted(one for one in world.home.folder.rglob("*"))
    desk.only_to_look = Unavailable(Reason.PERMISSION)

    assert not desk.check_in(morning=3)
    desk.choose(volume=7)
    assert desk.training.start_run(STAGES[0], 0) is None

    assert [str(one.error) for one in told.failed] == ["permission"] * 3
    assert sorted(one for one in world.home.folder.rglob("*")) == before
    assert world.surroundings.settings_file().read().settings.volume != 7
