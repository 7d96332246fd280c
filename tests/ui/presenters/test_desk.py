"""Between the screens and the app layer: what changed is told, what failed is told once, nothing raises."""

import pytest
from pytestqt.qtbot import QtBot

from coach.app.settings import Settings
from coach.core.clinical.run_plan import STAGES
from coach.store.errors import Reason, StoreError, Unavailable
from coach.store.journal import Log
from coach.ui.presenters.desk import Changed, Desk, Failure
from tests.ui.desks import Told
from tests.ui.fakes import World, plain


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
