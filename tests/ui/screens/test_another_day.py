"""A day that was missed or mistaken is completed or corrected; what stood there before is shown with when."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QWidget
from pytestqt.qtbot import QtBot

from coach.core.log import DayEntry, Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.ui.presenters.desk import Desk
from coach.ui.screens.another_day import DAYS_BACK, AnotherDay
from coach.ui.screens.today import Today
from tests.ui import walk
from tests.ui.fakes import TINY, World

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY, THURSDAY = date(2026, 11, 20), date(2026, 11, 19)
LEFT_GROIN = Spot(PainSite.GROIN, BodySide.LEFT)


class Sheet:
    """The sheet, opened from Today as a person does."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.world = world
        self.desk = Desk(world.surroundings)
        self.today = Today(self.desk)
        walk.opened(qtbot, self.today, 1004, 900)
        self.today.refresh()
        self.open()

    def open(self) -> None:
        next(one for one in walk.focusable(self.today) if walk.spoken_name(one) == "Another day…").setFocus()
        walk.key(Qt.Key.Key_Return)
        self.page = self.today.findChildren(AnotherDay)[-1]

    @property
    def text(self) -> str:
        return walk.texts(self.page)

    def entry(self, day: date) -> DayEntry | None:
        log = self.world.surroundings.read_log()
        found = log.days(day, day)
        log.close()
        return found[0] if found else None

    def versions(self, day: date) -> int:
        log = self.world.surroundings.read_log()
        found = log.day_versions(day, day)
        log.close()
        return len(found)

    def press(self, *keys: str) -> None:
        for key in keys:
            QTest.keyClicks(walk.focused() or self.page, key)

    def close(self) -> None:
        self.today.close()
        self.desk.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.use(TINY)
    return made


@pytest.fixture
def sheet(qtbot: QtBot, world: World) -> Iterator[Callable[[], Sheet]]:
    made: list[Sheet] = []

    def show() -> Sheet:
        made.append(Sheet(qtbot, world))
        return made[-1]

    yield show
    for one in made:
        one.close()


Show = Callable[[], Sheet]


def told(world: World, now: datetime, day: date, **answers: object) -> None:
    before = world.calendar.now()
    world.calendar.set(now)
    log = world.surroundings.open_log()
    world.surroundings.logbook(log).day(day, **answers)  # type: ignore[arg-type]  # any of its answers
    log.close()
    world.calendar.set(before)


def test_yesterday_is_entered_by_keys_alone(sheet: Show) -> None:
    opened = sheet()
    assert "Yesterday, Thursday 19 November" in opened.text

    opened.press("3", "5")
    walk.key(Qt.Key.Key_Return)

    entry = opened.entry(THURSDAY)
    assert entry is not None
    assert (entry.morning, entry.worst, entry.night, entry.analgesic, entry.limp) == (3, 5, False, False, False)
    assert opened.versions(THURSDAY) == 1
    assert "Yesterday, Thursday 19 November is saved." in opened.text


def test_what_was_answered_is_shown_and_can_be_completed(world: World, sheet: Show) -> None:
    told(world, datetime(2026, 11, 19, 7, tzinfo=BERLIN), THURSDAY, morning=2, night=True)
    opened = sheet()
    assert (opened.page.morning.value, opened.page.worst.value) == (2, None)
    assert opened.page.night.isChecked()

    opened.page.worst.choose(4)
    walk.key(Qt.Key.Key_Escape)

    entry = opened.entry(THURSDAY)
    assert entry is not None
    assert (entry.morning, entry.worst, entry.night) == (2, 4, True)


def test_a_correction_keeps_the_former_and_says_when(world: World, sheet: Show) -> None:
    told(world, datetime(2026, 11, 19, 7, tzinfo=BERLIN), THURSDAY, morning=4, night=False)
    opened = sheet()
    assert "Before" not in opened.text

    opened.page.morning.choose(6)
    opened.page.night.click()
    walk.key(Qt.Key.Key_Escape, opened.page)
    opened.open()

    assert "Before: 4. Changed on 20 November at 18:00." in opened.text
    assert "The hip woke me in the night. Before: no. Changed on 20 November at 18:00." in opened.text
    assert opened.page.morning.value == 6


def test_where_it_hurt_is_shown_and_changed(world: World, sheet: Show) -> None:
    told(world, datetime(2026, 11, 19, 7, tzinfo=BERLIN), THURSDAY, worst=4, spots=(LEFT_GROIN,))
    opened = sheet()
    chart = opened.page.where.chart
    assert chart.isVisible()
    assert "Front of the hip or groin, left" in opened.text

    chart.stop(LEFT_GROIN).click()
    walk.key(Qt.Key.Key_Escape, opened.page)

    entry = opened.entry(THURSDAY)
    assert entry is not None
    assert entry.spots == ()


def test_nothing_is_lost_by_going_to_another_day(sheet: Show) -> None:
    opened = sheet()

    opened.page.morning.choose(1)
    opened.page.earlier.click()

    assert opened.page.day == date(2026, 11, 18)
    assert opened.page.morning.value is None
    entry = opened.entry(THURSDAY)
    assert entry is not None
    assert entry.morning == 1


def test_nothing_is_lost_when_the_window_is_closed_on_it(sheet: Show) -> None:
    opened = sheet()
    opened.page.worst.choose(6)

    opened.today.close()

    entry = opened.entry(THURSDAY)
    assert entry is not None
    assert entry.worst == 6


def test_who_comes_back_from_another_screen_finds_the_sheet_and_the_keyboard_on_it(sheet: Show) -> None:
    opened = sheet()
    opened.page.earlier.click()

    opened.today.hide()
    opened.today.show()
    opened.today.refresh()
    opened.today.arrive()

    assert opened.page.isVisible()
    assert opened.page.isAncestorOf(opened.today.focusWidget())


def test_looking_at_days_writes_nothing(sheet: Show) -> None:
    opened = sheet()

    for _ in range(3):
        opened.page.earlier.click()
    opened.page.later.click()
    walk.key(Qt.Key.Key_Escape, opened.page)

    assert all(opened.versions(THURSDAY - timedelta(days=back)) == 0 for back in range(5))


def test_the_future_is_never_offered(sheet: Show) -> None:
    opened = sheet()

    opened.page.later.click()
    assert opened.page.day == FRIDAY
    assert not opened.page.later.isEnabled()
    opened.page.show_day(FRIDAY + timedelta(days=3))

    assert opened.page.day == FRIDAY


def test_days_go_back_far_enough(sheet: Show) -> None:
    opened = sheet()

    opened.page.show_day(FRIDAY - timedelta(days=60))
    assert opened.page.earlier.isEnabled()
    opened.page.morning.choose(2)
    opened.page.later.click()

    entry = opened.entry(FRIDAY - timedelta(days=60))
    assert entry is not None
    assert entry.morning == 2
    opened.page.show_day(FRIDAY - timedelta(days=10 * DAYS_BACK))
    assert not opened.page.earlier.isEnabled()


def test_a_day_is_picked_from_a_calendar_that_ends_today(qtbot: QtBot, sheet: Show) -> None:
    opened = sheet()

    opened.page.pick.click()
    calendar = opened.page.findChildren(QCalendarWidget)[0]
    assert calendar.isVisible()
    assert calendar.maximumDate() == QDate(2026, 11, 20)
    calendar.activated.emit(QDate(2026, 11, 3))

    assert not calendar.isVisible()
    assert "Tuesday 3 November" in opened.text


def test_escape_comes_back_to_today_with_what_was_entered(sheet: Show) -> None:
    opened = sheet()
    opened.page.later.click()

    opened.press("2")
    walk.key(Qt.Key.Key_Escape, opened.page)

    assert "This morning: 2 of 10" in walk.texts(opened.today)
    assert walk.focused() is not None
    assert walk.spoken_name(walk.focused() or opened.today) == "Another day…"


def test_a_disk_that_fails_keeps_the_sheet_open(world: World, sheet: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = sheet()
    monkeypatch.setattr(type(opened.desk), "check_in", lambda *args, **kwargs: False)

    opened.page.morning.choose(3)
    walk.key(Qt.Key.Key_Escape, opened.page)

    assert opened.page.isVisible()
    assert opened.page.morning.value == 3


@pytest.mark.parametrize("look", [walk.nameless, walk.not_plain, walk.too_small, walk.not_reached, walk.cut_off])
def test_the_sheet_can_be_used_by_everybody(world: World, sheet: Show, look: Callable[[QWidget], list[str]]) -> None:
    told(world, datetime(2026, 11, 19, 7, tzinfo=BERLIN), THURSDAY, morning=4, worst=4, spots=(LEFT_GROIN,))
    told(world, datetime(2026, 11, 19, 9, tzinfo=BERLIN), THURSDAY, morning=2, worst=5, spots=())

    assert look(sheet().page) == []


def test_nothing_is_cut_off_at_any_size(world: World, sheet: Show) -> None:
    told(world, datetime(2026, 11, 19, 7, tzinfo=BERLIN), THURSDAY, morning=4, worst=4, spots=(LEFT_GROIN,))
    opened = sheet()

    assert walk.every_size(opened.today, lambda: walk.cut_off(opened.page)) == {}
