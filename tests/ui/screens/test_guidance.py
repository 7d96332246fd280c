"""What the log asks for, on Today, before the start and wherever a session begins."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coach.app.prescribing import Prescription
from coach.app.surroundings import WindowTask
from coach.app.today import DueSession
from coach.core.clinical.red_flags import ASKED
from coach.core.log import OutingKind
from coach.ui import theme
from coach.ui.presenters.desk import Desk
from coach.ui.screens.choices import Choice
from coach.ui.screens.main_window import MainWindow
from coach.ui.screens.player import Player
from coach.ui.screens.player_questions import BeforePage
from coach.ui.screens.preview import Preview, of_listed
from coach.ui.screens.routine_card import Act, RoutineCard
from coach.ui.screens.routines import RoutinesPage
from coach.ui.screens.safety import Safety
from coach.ui.screens.today import Today
from coach.ui.widgets.buttons import Button
from tests.ui import walk
from tests.ui.fakes import TINY, World, plain
from tests.ui.trained import FRIDAY, ago, amber_twice, mornings, red, trained

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
SCREENED = ago(3).isoformat()


class Page:
    """Today over a real log."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.desk = Desk(world.surroundings)
        self.begun: list[DueSession] = []
        self.page = Today(self.desk)
        self.page.on_start_wanted(lambda wanted: self.begun.append(wanted.due))
        qtbot.addWidget(self.page)
        self.page.resize(1000, 900)
        self.page.arrive()

    def show(self, qtbot: QtBot) -> "Page":
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        qtbot.waitUntil(lambda: self.page._session.figure is not None)  # the later things are there
        QApplication.processEvents()
        return self

    @property
    def text(self) -> str:
        QApplication.processEvents()
        return walk.texts(self.page)

    def buttons(self) -> list[str]:
        return [one.text() for one in self.page.findChildren(Button) if one.isVisible()]

    def button(self, text: str) -> Button:
        return next(one for one in self.page.findChildren(Button) if one.isVisible() and one.text() == text)


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.use(TINY, screened=SCREENED)
    return made


@pytest.fixture
def shown(qtbot: QtBot, world: World) -> Iterator[Callable[[], Page]]:
    made: list[Page] = []

    def show() -> Page:
        made.append(Page(qtbot, world).show(qtbot))
        return made[-1]

    yield show
    for one in made:
        one.page.close()
        one.desk.close()


Shown = Callable[[], Page]

# -- Today -----------------------------------------------------------------------------------------------------------


def test_without_a_cause_nothing_is_said_and_it_is_as_prescribed(shown: Shown) -> None:
    page = shown()

    assert "Lower dose" not in page.text
    assert "Do it as prescribed" not in page.buttons()


def test_a_lower_dose_is_said_with_its_reason_before_it_is_begun(world: World, shown: Shown) -> None:
    amber_twice(world)
    page = shown()

    assert "Lower dose today" in page.text
    assert "Plank: 1 set instead of 2" in page.text
    assert "Why: Amber twice in a row: on Monday and on Wednesday" in page.text
    assert "pain 4 while doing it (fine up to 2)" in page.text
    page.button("Start session").click()
    assert page.begun[0].given.routine.items[1].sets == 1


def test_it_can_be_done_as_prescribed_all_the_same(world: World, shown: Shown) -> None:
    amber_twice(world)
    page = shown()

    page.button("Do it as prescribed").click()

    assert page.begun[0].given.routine.items[1].sets == 2
    assert page.begun[0].given.proposal is not None


def test_a_step_up_that_the_physio_allows_is_said_and_can_be_left(world: World, shown: Shown) -> None:
    climbing = plain(version="1.1", revision=2, items=[{**TINY["items"][1], "progress": [{"sets": 3}]}])
    world.use(climbing, screened=SCREENED)
    mornings(world, *range(12))
    for back in (4, 2):
        trained(world, back, climbing)
    page = shown()

    assert "A step up today" in page.text
    assert "Plank: 3 sets instead of 2" in page.text
    assert "Why: 2 good sessions in a row: on Monday and on Wednesday. Your physio allows this next." in page.text
    page.button("Do it as prescribed").click()
    page.button("Start session").click()
    assert [one.given.routine.items[0].sets for one in page.begun] == [2, 3]


def test_after_red_it_is_not_today_and_says_until_when_and_why(world: World, shown: Shown) -> None:
    red(world)
    page = shown()

    assert "Not before Sunday" in page.text
    assert "Rest until Sunday 22 November" in page.text
    assert "Red yesterday: pain 8 while doing it (too much above 5)" in page.text
    assert "a morning with pain of 1 or less" in page.text
    assert not {"Start session", "Do it anyway", "Do it as prescribed"} & set(page.buttons())
    assert page.page.focusWidget() is page.button("Change")


def test_enter_before_the_log_was_looked_at_begins_no_session_that_should_rest(world: World, qtbot: QtBot) -> None:
    red(world)
    page = Page(qtbot, world)
    assert not page.page._session.start.isHidden()

    QTest.keyClick(page.page, Qt.Key.Key_Return)
    page.page._start_pressed()

    assert page.begun == []
    assert page.page._session.start.isHidden()
    page.desk.close()


def test_the_first_paint_looks_at_no_history(world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Desk] = []

    def look(desk: Desk) -> None:
        looked.append(desk)

    monkeypatch.setattr(Desk, "guidance", look)

    page = Page(qtbot, world)

    assert looked == []
    page.page.settle()
    assert looked == [page.desk]
    page.desk.close()


def test_a_pattern_in_the_log_outranks_the_session_and_shows_its_evidence(world: World, shown: Shown) -> None:
    mornings(world, 5, 3, 1, night=True)
    page = shown()

    assert "See a clinician within 1 to 2 days" in page.text
    assert "In your log: woken by the hip on Sunday, on Tuesday and yesterday" in page.text
    assert "Start session" not in page.buttons()

    page.button("A clinician has looked at this").click()

    assert "See a clinician" not in page.text
    assert "Start session" in page.buttons()


def test_two_good_sessions_are_said_and_raise_nothing(world: World, shown: Shown) -> None:
    mornings(world, *range(12))
    trained(world, 4)
    trained(world, 2)
    page = shown()

    assert "2 good sessions in a row. You may ask your physio" in page.text
    page.button("Start session").click()
    assert page.begun[0].given.routine.items[1].sets == 2


def test_beside_a_red_run_nothing_is_said_of_a_next_phase(world: World, shown: Shown) -> None:
    mornings(world, *range(12))
    trained(world, 4)
    trained(world, 2)
    page = shown()

    page.desk.record(lambda book: book.outing(OutingKind.RUN, FRIDAY, minutes=20, pain=6, pain_before=1))

    assert "Run today: red" in page.text
    assert "good sessions in a row" not in page.text
    assert "Start session" in page.buttons()


def test_what_rests_names_no_other_day(world: World, shown: Shown) -> None:
    red(world, back=0)

    text = shown().text

    assert "Not before Monday" in text
    assert "Done for today." in text
    assert "Next:" not in text
    assert "Meanwhile you may walk, as far as it neither hurts nor makes you limp." in text


def test_the_first_session_of_all_shows_where_the_sessions_of_the_week_stand(world: World, shown: Shown) -> None:
    page = shown()
    page.page._week.show_borne("Session today: red")

    assert "Your sessions of the week will show here." not in page.text


def test_the_week_says_how_the_last_session_was_borne(world: World, shown: Shown) -> None:
    amber_twice(world)

    assert "Session on Wednesday: amber, pain 4 while doing it (fine up to 2)" in shown().text


def test_the_safety_questions_are_asked_again_and_answering_none_settles_it(world: World, shown: Shown) -> None:
    world.choose(screened=ago(40).isoformat())
    page = shown()
    assert "It is a month since the safety questions" in page.text

    page.button("Answer the questions").click()
    sheet = page.page._sheet
    assert isinstance(sheet, Safety)
    for tier in sheet.tiers:
        tier.none.click()
    sheet.keep()
    QApplication.processEvents()

    assert "a month since" not in page.text
    assert page.desk.settings.screened == FRIDAY.isoformat()


def test_the_screen_shows_no_sign_that_only_the_log_can_tell(world: World, shown: Shown) -> None:
    world.choose(screened="")
    page = shown()
    page.button("Answer the questions").click()
    sheet = page.page._sheet
    assert sheet is not None

    statements = [one.text() for one in sheet.findChildren(Choice)]

    assert len(statements) == len(ASKED) + 3  # and "None of these" for each tier


@pytest.mark.parametrize("state", [amber_twice, red])
@pytest.mark.parametrize("look", [walk.nameless, walk.not_plain, walk.too_small, walk.not_reached, walk.cut_off])
def test_every_state_can_be_used_by_everybody(
    world: World, shown: Shown, state: Callable[[World], None], look: Callable[[QWidget], list[str]]
) -> None:
    world.choose(screened="")
    state(world)
    page = shown()
    QApplication.processEvents()

    assert look(page.page) == []


@pytest.mark.parametrize("state", [amber_twice, red])
def test_nothing_is_cut_off_in_any_state_at_any_size(
    world: World, shown: Shown, state: Callable[[World], None]
) -> None:
    state(world)
    page = shown()

    assert walk.every_size(page.page, lambda: walk.cut_off(page.page)) == {}


# -- before the start ------------------------------------------------------------------------------------------------


@pytest.fixture
def player(qtbot: QtBot, world: World) -> Iterator[Player]:
    amber_twice(world)
    made = Player(Desk(world.surroundings))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    yield made
    made.close_session()
    made._desk.close()


def proposed(player: Player, world: World) -> Prescription:
    listed = player._desk.routines.find("tiny")
    assert listed is not None
    return player._desk.proposed(player._desk.routines.given(listed))


def test_the_question_before_the_start_says_what_is_lower_and_why(player: Player, world: World) -> None:
    player.prepare(proposed(player, world))

    said = walk.texts(player)
    assert "Lower dose today" in said
    assert "Why: Amber twice in a row" in said
    QTest.keyClick(player._before, Qt.Key.Key_1)
    assert player._session is not None
    assert player._session.live.routine.items[1].sets == 1


def test_there_too_it_can_be_had_as_prescribed(player: Player, world: World) -> None:
    player.prepare(proposed(player, world))
    other = next(one for one in player._before.findChildren(Button) if one.text() == "Do it as prescribed")

    other.click()

    assert not other.isVisible()
    assert "Lower dose today" not in walk.texts(player)
    QTest.keyClick(player._before, Qt.Key.Key_1)
    assert player._session is not None
    assert player._session.live.routine.items[1].sets == 2


# -- every other way in ------------------------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, world: World) -> Iterator[Callable[[WindowTask], MainWindow]]:
    made: list[MainWindow] = []

    def open_(task: WindowTask) -> MainWindow:
        look = theme.Theme(qapp, "light")
        window = MainWindow(Desk(world.surroundings), look, task)
        window.begin()
        look.complete()
        qtbot.addWidget(window)
        window.show()
        made.append(window)
        return window

    yield open_
    for one in made:
        one.close()
        one._desk.close()


def test_a_rest_holds_for_a_routine_of_the_list_and_for_the_command_line(
    world: World, window: Callable[[WindowTask], MainWindow]
) -> None:
    red(world)
    opened = window(WindowTask(guide=True))

    opened.begin_task()
    assert opened._all.currentWidget() is opened._home
    assert "Rest until Sunday 22 November" in walk.texts(opened)

    opened._to_routines()
    page = opened._stack.currentWidget()
    assert isinstance(page, RoutinesPage)
    listed = opened._desk.routines.find("strength-a")
    assert listed is not None
    assert "No session can be started just now. Red yesterday" in walk.texts(page)
    assert not any(card.button(Act.START).isEnabled() for card in page.findChildren(RoutineCard))
    page.start_wanted.emit(listed)
    assert opened._all.currentWidget() is opened._home
    assert "Nothing was started. Red yesterday" in walk.texts(opened)
    assert "Rest until Sunday 22 November" in walk.texts(opened)


def test_the_page_of_a_routine_says_that_it_rests(world: World, window: Callable[[WindowTask], MainWindow]) -> None:
    red(world)
    opened = window(WindowTask())
    listed = opened._desk.routines.find("strength-a")
    assert listed is not None

    sheet = Preview(opened._desk, of_listed(opened._desk, listed))

    assert "No session can be started just now. Red yesterday" in walk.texts(sheet)
    sheet.deleteLater()


def test_after_a_session_today_shows_its_top(world: World, window: Callable[[WindowTask], MainWindow]) -> None:
    red(world)
    opened = window(WindowTask())
    opened.resize(900, 450)
    QApplication.processEvents()
    today = opened._stack.currentWidget()
    assert isinstance(today, Today)
    bar = today._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value()

    opened._player_left(None)

    assert bar.value() == 0


def test_a_lower_dose_holds_for_a_routine_of_the_list(world: World, window: Callable[[WindowTask], MainWindow]) -> None:
    amber_twice(world)
    opened = window(WindowTask())
    listed = opened._desk.routines.find("strength-a")
    assert listed is not None

    opened._start_listed(listed)

    assert isinstance(opened._all.currentWidget(), Player)
    page = opened._all.currentWidget()
    assert isinstance(page, Player)
    assert isinstance(page._pages.currentWidget(), BeforePage)
    assert "Lower dose today" in walk.texts(opened)
