"""The questions of the day on Today: a number key, Enter, done; and nothing that was said is lost."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coach.core.day import moment
from coach.core.log import Answer, DayEntry, Ending, OutingKind, Question, SessionEnd, SessionHead, Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.ui import theme
from coach.ui.presenters.desk import Desk
from coach.ui.screens.today import Today
from coach.ui.widgets.buttons import Button
from coach.ui.widgets.buttons import Tick as Box
from coach.ui.widgets.hip_chart import SPOTS, HipChart
from coach.ui.widgets.pain_scale import PainScale
from tests.ui import walk
from tests.ui.fakes import TINY, World

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = date(2026, 11, 20)
LEFT_GROIN = Spot(PainSite.GROIN, BodySide.LEFT)


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


class Visit:
    """The page at some hour, and a person in front of it."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.world = world
        self.desk = Desk(world.surroundings)
        self.page = Today(self.desk)
        self.wanted: list[str] = []
        self.page.on_start_wanted(lambda wanted: self.wanted.append("start"))
        walk.opened(qtbot, self.page, 1004, 900)
        self.page.arrive()
        self.page.settle()
        QApplication.processEvents()

    @property
    def text(self) -> str:
        QApplication.processEvents()
        return walk.texts(self.page)

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            target = QApplication.focusWidget() or self.page
            QTest.keyClicks(target, key) if isinstance(key, str) else QTest.keyClick(target, key)
        QApplication.processEvents()

    def seen(self, kind: type[QWidget]) -> list[QWidget]:
        return [one for one in self.page.findChildren(kind) if one.isVisible()]

    def button(self, text: str) -> Button:
        return next(one for one in self.page.findChildren(Button) if one.isVisible() and one.text() == text)

    def named(self, name: str) -> Button:
        return next(one for one in self.page.findChildren(Button) if one.isVisible() and one.accessibleName() == name)

    def tick(self, text: str) -> Box:
        return next(one for one in self.page.findChildren(Box) if one.isVisible() and one.text() == text)

    @property
    def entry(self) -> DayEntry:
        view = self.desk.today()
        assert view is not None
        assert view.entry is not None
        return view.entry

    def answers(self, uid: str) -> list[tuple[Question, int | None]]:
        log = self.world.surroundings.read_log()
        found: tuple[Answer, ...] = log.answers(uid)
        log.close()
        return [(one.question, one.value) for one in found]

    def close(self) -> None:
        self.page.close()
        self.desk.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.use(TINY, screened="2026-11-20")
    return made


@pytest.fixture
def visit(qtbot: QtBot, world: World) -> Iterator[Callable[[datetime], Visit]]:
    made: list[Visit] = []

    def come(now: datetime) -> Visit:
        world.calendar.set(now)
        made.append(Visit(qtbot, world))
        return made[-1]

    yield come
    for one in made:
        one.close()


Come = Callable[[datetime], Visit]


def trained(world: World, ended: datetime, uid: str = "one", title: str = "Hip strength A") -> None:
    log = world.surroundings.open_log()
    when = moment(ended, "Europe/Berlin")
    log.start(SessionHead(uid, when, "other", title, 1, "{}", "[]", True))
    log.end(SessionEnd(uid, when, Ending.FINISHED))
    log.close()


# -- the morning ------------------------------------------------------------------------------------------------


def test_a_morning_is_two_keys_from_wherever_the_keyboard_is(visit: Come) -> None:
    morning = visit(at(7))
    assert "How is the hip on your first steps today?" in morning.text
    assert morning.button("Start session").hasFocus()

    morning.press("1", Qt.Key.Key_Return)

    assert morning.entry.morning == 1
    assert "This morning: 1 of 10" in morning.text
    assert "How is the hip on your first steps today?" not in morning.text
    assert morning.wanted == []
    assert morning.button("Start session").hasFocus()


def test_x_is_ten_and_another_number_corrects_a_slip(visit: Come) -> None:
    morning = visit(at(7))

    morning.press("x")
    assert morning.entry.morning == 10
    assert theme.focus_visible(morning.button("Done"))  # what Enter does is to be seen
    assert "Saved. Press another number to correct it." in morning.text
    morning.press("3")

    assert morning.entry.morning == 3


def test_done_says_that_what_is_not_ticked_did_not_happen(visit: Come) -> None:
    morning = visit(at(7))
    morning.press("1")
    assert morning.entry.night is None
    morning.tick("Painkiller in the last 24 h").click()

    morning.button("Done").click()

    entry = morning.entry
    assert (entry.night, entry.analgesic, entry.limp) == (False, True, False)
    assert "This morning: 1 of 10 · painkiller" in morning.text


def test_what_was_answered_can_be_changed(visit: Come) -> None:
    morning = visit(at(7))
    morning.press("1", Qt.Key.Key_Return)

    morning.named("Change: This morning: 1 of 10").click()
    morning.press("4", Qt.Key.Key_Return)

    assert morning.entry.morning == 4
    assert "This morning: 4 of 10" in morning.text


def test_the_morning_names_what_was_done_the_day_before_and_answers_for_it(world: World, visit: Come) -> None:
    trained(world, at(18, day=19))
    log = world.surroundings.open_log()
    world.calendar.set(at(20, day=19))
    world.surroundings.logbook(log).outing(OutingKind.WALK, date(2026, 11, 19), minutes=30, pain=1)
    log.close()
    morning = visit(at(7))
    assert "This is also the answer to yesterday's Hip strength A and yesterday's walk." in morning.text

    morning.press("2")

    assert morning.answers("one") == [(Question.MORNING, 2)]


def test_in_the_morning_nobody_is_asked_for_the_day(visit: Come) -> None:
    assert "worst" not in visit(at(7)).text.replace("worst imaginable", "")


def test_a_morning_that_hurts_offers_to_show_where_and_asks_it_of_nobody(visit: Come) -> None:
    morning = visit(at(7))
    assert "Show where it hurts…" not in morning.text
    morning.press("3")
    assert morning.seen(HipChart) == []

    morning.button("Show where it hurts…").click()
    morning.press(Qt.Key.Key_Space)

    assert morning.entry.spots == (SPOTS[0],)
    assert morning.entry.morning == 3
    assert walk.not_reached(morning.page) == []


# -- the evening ------------------------------------------------------------------------------------------------


def test_in_the_evening_the_day_is_asked_and_the_morning_can_still_be_told(visit: Come) -> None:
    evening = visit(at(18))

    assert "How was the hip at its worst today, in daily life?" in evening.text
    assert "This morning: not answered" in evening.text
    assert len(evening.seen(PainScale)) == 1


def test_an_evening_without_pain_is_two_keys_and_asks_for_no_place(visit: Come) -> None:
    evening = visit(at(18))

    evening.press("0", Qt.Key.Key_Return)

    assert (evening.entry.worst, evening.entry.limp, evening.entry.spots) == (0, False, None)
    assert evening.seen(HipChart) == []
    assert "Worst of the day: 0 of 10" in evening.text


def test_where_it_hurts_is_asked_of_a_day_that_hurt(visit: Come) -> None:
    evening = visit(at(18))
    evening.press("3")
    chart = evening.page.findChildren(HipChart)[0]
    assert chart.isVisible()

    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.middle_of(LEFT_GROIN).toPoint())
    assert evening.entry.spots == (LEFT_GROIN,)
    assert "Front of the hip or groin, left" in evening.text
    evening.button("Done").click()

    assert "Worst of the day: 3 of 10 · Front of the hip or groin, left" in evening.text


def test_opening_the_morning_folds_the_evening(visit: Come) -> None:
    evening = visit(at(18))

    evening.button("Answer").click()
    evening.press("5", Qt.Key.Key_Return)

    assert evening.entry.morning == 5
    assert evening.entry.worst is None
    assert len(evening.seen(PainScale)) <= 1


def test_a_new_hour_brings_the_evening_question(world: World, visit: Come) -> None:
    page = visit(at(15, 59))
    assert "at its worst" not in page.text

    world.calendar.set(at(16))
    page.page.new_day()

    assert "at its worst" in page.text


# -- an hour after ----------------------------------------------------------------------------------------------


def test_an_hour_after_a_session_comes_first_and_is_one_key(world: World, visit: Come) -> None:
    trained(world, at(17))
    evening = visit(at(17, 50))
    assert "How is the hip now, after Hip strength A?" in evening.text

    evening.press("2")

    assert evening.answers("one") == [(Question.AFTER_60, 2)]
    assert "After Hip strength A: 2 of 10" in evening.text
    assert "How is the hip now" not in evening.text
    evening.press("4")  # the next key is the next question's
    assert evening.entry.worst == 4


def test_the_answer_of_an_hour_after_can_be_changed(world: World, visit: Come) -> None:
    trained(world, at(17))
    evening = visit(at(17, 50))
    evening.press("2")

    evening.named("Change: After Hip strength A: 2 of 10").click()
    evening.press("1")

    assert evening.answers("one") == [(Question.AFTER_60, 2), (Question.AFTER_60, 1)]


def test_the_question_comes_while_the_page_is_open(world: World, visit: Come) -> None:
    trained(world, at(17))
    evening = visit(at(17, 49))
    assert "How is the hip now" not in evening.text

    world.calendar.set(at(17, 50))
    evening.page.new_day()

    assert "How is the hip now" in evening.text


def test_what_was_answered_an_hour_after_goes_when_the_person_comes_back(world: World, visit: Come) -> None:
    trained(world, at(17))
    evening = visit(at(17, 50))
    evening.press("2")

    evening.page.hide()
    evening.page.refresh()
    evening.page.show()

    assert "After Hip strength A" not in evening.text


# -- everybody can use it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", [walk.nameless, walk.not_plain, walk.too_small, walk.not_reached, walk.cut_off])
@pytest.mark.parametrize("pain", ["0", "6"])
def test_the_questions_can_be_used_by_everybody(
    world: World, visit: Come, look: Callable[[QWidget], list[str]], pain: str
) -> None:
    trained(world, at(16))
    evening = visit(at(18))
    evening.press("2", pain)

    assert look(evening.page) == []


def test_nothing_is_cut_off_at_any_size(world: World, visit: Come) -> None:
    trained(world, at(16), title="Wide" * 30)
    evening = visit(at(18))
    assert walk.every_size(evening.page, lambda: walk.cut_off(evening.page)) == {}

    evening.press("2", "3")

    assert walk.every_size(evening.page, lambda: walk.cut_off(evening.page)) == {}


def test_the_chart_is_not_made_before_it_hurts(visit: Come) -> None:
    evening = visit(at(18))

    assert evening.page.findChildren(HipChart) == []


def test_a_worst_below_the_morning_is_kept_and_asked_about_once_more(visit: Come) -> None:
    evening = visit(at(18))
    evening.desk.check_in(morning=2)

    evening.press("1")

    assert evening.entry.worst == 1
    assert "On your first steps you said 2. Does the worst of the day count the morning, too?" in evening.text
    evening.press("3")
    assert "On your first steps" not in evening.text
