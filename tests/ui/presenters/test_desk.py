"""Between the screens and the app layer: what changed is told, what failed is told once, nothing raises."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coach.app.settings import Settings
from coach.app.training import Answers
from coach.core.clinical.self_tests import RUNGS, Allowed, Guided, Why, Withheld
from coach.core.log import Ending, WholeLog
from coach.core.session.engine import Start, Tick
from coach.store.errors import Reason, StoreError, Unavailable
from coach.store.journal import Log
from coach.ui.presenters.desk import Changed, Desk, Failure
from tests import worked
from tests.ui.fakes import TINY, World, data, plain


class Told:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.changed: list[Changed] = []
        self.failed: list[Failure] = []
        desk.on_changed(self.changed.append)
        desk.on_failed(self.failed.append)


@pytest.fixture
def told(qtbot: QtBot, world: World) -> Iterator[Told]:
    made = Told(Desk(world.surroundings))
    yield made
    made.desk.close()


@pytest.fixture
def desk(told: Told) -> Desk:
    return told.desk


def test_looking_makes_no_file(world: World, desk: Desk) -> None:
    assert desk.today() is not None
    assert desk.broken() is None
    assert desk.listed()

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


def test_a_session_goes_from_start_to_finish(world: World, told: Told) -> None:
    desk = told.desk
    listed = world.receive(TINY)
    live = desk.start(desk.given(listed), 2)
    assert live is not None
    live.do(Start(), 0.0)
    for tenth in range(1, 400):
        live.do(Tick(), tenth / 10)

    assert desk.answer(live.uid, Answers(after=1))
    assert desk.finish(live)

    view = desk.today()
    assert view is not None
    assert view.last is not None
    assert (view.last.ending, view.last.routine_title) == (Ending.FINISHED, "Tiny")
    assert Changed.LOG in told.changed
    assert told.failed == []


def test_a_session_can_be_left_and_gone_on_with(world: World, desk: Desk) -> None:
    live = desk.start(desk.given(world.receive(TINY)), None)
    assert live is not None
    live.do(Start(), 0.0)
    live.do(Tick(), 1.0)
    assert live.flush()

    again = desk.go_on()
    assert again is not None
    assert again.uid == live.uid
    assert desk.leave(live.uid)

    assert desk.broken() is None
    assert desk.go_on() is None


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


def test_a_routine_is_taken_over_used_removed_and_put_back(world: World, told: Told, tmp_path: Path) -> None:
    desk = told.desk
    path = tmp_path / "a.rehab.json"
    path.write_bytes(data(TINY))
    opened = desk.open_file(path)
    assert opened is not None
    assert opened.read is not None

    assert desk.accept(opened.read)
    listed = desk.find("tiny")
    assert listed is not None
    assert desk.settings.in_use[0] == "tiny"
    kept = desk.remove(listed)
    assert kept is not None
    assert desk.find("tiny") is None
    desk.put_back(listed, kept)

    assert desk.find("tiny") == listed
    assert told.changed.count(Changed.ROUTINES) == 3
    desk.stop_using("tiny")
    assert "tiny" not in desk.settings.in_use
    desk.use("mobility")
    desk.use("mobility")
    assert desk.settings.in_use[0] == "mobility"
    assert desk.settings.in_use.count("mobility") == 1


def test_a_file_that_cannot_be_read_is_told(told: Told, tmp_path: Path) -> None:
    assert told.desk.open_file(tmp_path / "nowhere") is None

    assert isinstance(told.failed[0].error, FileNotFoundError)


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
    given = desk.given(world.receive(plain()))

    assert not desk.check_in(morning=3)
    assert desk.start(given, 1) is None
    assert desk.go_on() is None
    assert not desk.leave("one")
    assert not desk.flag("new_pain_site", raised=True)

    assert told.failed == [Failure(error)] * 5
    assert desk.today() is not None


def test_letting_go_ends_every_thread(world: World, desk: Desk) -> None:
    import threading

    live = desk.start(desk.given(world.receive(TINY)), None)
    assert live is not None
    live.do(Start(), 0.0)

    desk.close()

    assert not any(thread.name == "session events" for thread in threading.enumerate())
    assert desk.today() is not None


def test_the_impact_check_is_offered_once_all_before_it_is_met(world: World) -> None:
    example = worked.steady()
    done = WholeLog(
        example.log.sessions,
        example.log.days,
        example.log.outings,
        tuple(test for test in example.log.tests if test.name not in RUNGS),
    )
    world.surroundings.settings_file().write(example.settings)
    desk = Desk(world.surroundings)
    empty = desk.test_offer(Guided.IMPACT)
    log = world.surroundings.open_log()
    log.take_in(done)
    log.close()
    desk.refresh()

    ready = desk.test_offer(Guided.IMPACT)

    assert empty is not None
    assert ready is not None
    assert empty.permission == Withheld(Why.CRITERIA)
    assert ready.permission == Allowed()
    desk.close()
