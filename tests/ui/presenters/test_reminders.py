"""A notice comes once for each question, only while nobody sees the window, and says nothing of the person."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from coach.core.day import moment
from coach.core.log import Ending, SessionEnd, SessionHead
from coach.ui.presenters.desk import Desk
from coach.ui.presenters.reminders import Reminders
from tests.ui.fakes import World

BERLIN = ZoneInfo("Europe/Berlin")
NOTICE = ("Rehab Coach", "How is it now?")


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


class Away:
    """A person who does not see the window."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.desk = Desk(world.surroundings)
        self.unseen = True
        self.came = 0
        self.reminders = Reminders(self.desk, lambda: self.unseen)
        self.reminders.on_opened(self._come)

    def _come(self) -> None:
        self.came += 1

    def look_at(self, now: datetime) -> int:
        """Let a minute pass at this time; how many notices there were by then."""
        self.world.calendar.set(now)
        self.reminders.look()
        return len(self.world.notices.told)


@pytest.fixture
def away(qtbot: QtBot, world: World) -> Iterator[Away]:
    log = world.surroundings.open_log()
    when = moment(at(17), "Europe/Berlin")
    log.start(SessionHead("one", when, "tiny", "Tiny", 1, "{}", "[]", True))
    log.end(SessionEnd("one", when, Ending.FINISHED))
    log.close()
    made = Away(world)
    yield made
    made.reminders.close()
    made.desk.close()


def test_a_notice_comes_when_an_hour_is_nearly_over_and_once(world: World, away: Away) -> None:
    assert away.look_at(at(17, 49)) == 0
    assert away.look_at(at(17, 50)) == 1
    assert away.look_at(at(17, 51)) == 1
    assert world.notices.told == [NOTICE]


def test_the_next_morning_has_a_notice_of_its_own(away: Away) -> None:
    away.look_at(at(18))

    assert away.look_at(at(7, 59, day=21)) == 1
    assert away.look_at(at(8, 0, day=21)) == 2
    assert away.look_at(at(8, 0, day=22)) == 3


def test_the_morning_comes_when_the_person_wants_it(away: Away) -> None:
    away.desk.choose(remind_at="06:30")

    assert away.look_at(at(6, 29, day=21)) == 0
    assert away.look_at(at(6, 30, day=21)) == 1


def test_who_sees_the_window_is_not_called(away: Away) -> None:
    away.unseen = False
    assert away.look_at(at(18)) == 0

    away.unseen = True
    assert away.look_at(at(18, 1)) == 1


def test_who_wants_no_reminders_has_none(away: Away) -> None:
    away.desk.choose(reminders=False)

    assert away.look_at(at(18)) == 0


def test_what_is_answered_is_not_called_for(away: Away) -> None:
    away.world.calendar.set(at(18))
    asked = away.desk.asking()
    assert asked is not None
    assert asked.after60 is not None
    away.desk.answer_after60(asked.after60, 1)

    assert away.look_at(at(18, 1)) == 0


def test_a_notice_says_nothing_that_a_stranger_may_not_read(world: World, away: Away) -> None:
    away.look_at(at(18))

    said = " ".join(world.notices.told[0]).lower()
    assert not [word for word in ("hip", "pain", "hurt", "session", "tiny", "exercise") if word in said]


def test_pressing_a_notice_brings_the_window(world: World, away: Away) -> None:
    away.look_at(at(18))

    world.notices.press()

    assert away.came == 1


def test_a_log_that_cannot_be_read_calls_nobody(world: World, away: Away) -> None:
    away.desk.close()
    world.home.database.write_bytes(b"no log")

    assert away.look_at(at(18)) == 0


def test_closing_lets_go_of_the_desktop(world: World, away: Away) -> None:
    away.look_at(at(18))

    away.reminders.close()

    assert world.notices.closed
