"""Today: one glance answers "what do I do now?", and Enter does it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coach.core.day import moment
from coach.core.log import Ending, SessionEnd, SessionHead
from coach.core.session.engine import Start, Tick
from coach.ui.presenters.desk import Desk
from coach.ui.screens.today import Today
from coach.ui.tokens import CARD_PADDING
from coach.ui.widgets.buttons import RETURN, Button
from coach.ui.widgets.buttons import Tick as Box
from coach.ui.widgets.pain_scale import PainScale
from coach.ui.widgets.ring import Ring
from coach.ui.widgets.week_dots import WeekDots
from tests import worked
from tests.running import log_of, moved, run
from tests.ui import walk
from tests.ui.fakes import TINY, Plain, World, item, plain, stopped

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = date(2026, 11, 20)
EIGHT = datetime(2026, 11, 20, 8, tzinfo=BERLIN)


class Morning:
    """The page over a real log, and what was wanted of it."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.qtbot = qtbot
        self.world = world
        self.desk = Desk(world.surroundings)
        self.wanted: list[str] = []
        self.page = Today(self.desk)
        self.page.on_start_wanted(lambda wanted: self.wanted.append(wanted.due.given.routine.id))
        self.page.on_go_on_wanted(lambda wanted: self.wanted.append("go on"))
        self.page.on_change_wanted(lambda: self.wanted.append("change"))
        self.page.on_restore_wanted(lambda: self.wanted.append("restore"))
        self.page.on_criteria_wanted(lambda: self.wanted.append("criteria"))
        self.page.on_file_wanted(lambda: self.wanted.append("file"))
        qtbot.addWidget(self.page)
        self.page.resize(1000, 900)
        self.page.arrive()
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
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

    def button(self, text: str) -> Button:
        return next(one for one in self.page.findChildren(Button) if one.isVisible() and one.text() == text)

    def close(self) -> None:
        self.page.close()
        self.desk.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.use(TINY, screened=FRIDAY.isoformat())
    return made


@pytest.fixture
def shown(qtbot: QtBot, world: World) -> Iterator[Callable[[], Morning]]:
    made: list[Morning] = []

    def show() -> Morning:
        made.append(Morning(qtbot, world))
        return made[-1]

    yield show
    for one in made:
        one.close()


def did(world: World, day: date, ending: Ending = Ending.FINISHED, title: str = "Tiny") -> None:
    log = world.surroundings.open_log()
    when = moment(datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN), "Europe/Berlin")
    log.start(SessionHead(f"on-{day}", when, "tiny", title, 1, "{}", "[]", True))
    log.end(SessionEnd(f"on-{day}", when, ending))
    log.close()


def broke_off(world: World, routine: Plain = TINY) -> str:
    """Leave a session behind as a crash does."""
    desk = Desk(world.surroundings)
    live = desk.training.start(desk.routines.given(world.receive(routine)), 2)
    assert live is not None
    live.do(Start(), 0.0)
    for tenth in range(1, 65):
        live.do(Tick(), tenth / 10)
    assert live.flush()
    desk.close()
    return live.uid


Shown = Callable[[], Morning]


def test_one_glance_says_what_is_due(shown: Shown) -> None:
    text = shown().text

    assert "Good evening" in text
    assert "Friday 20 November" in text
    assert "Tiny" in text
    assert "2 exercises · about 39 s · from your physio's file" in text
    assert "Clamshell 1×2 / side" in text
    assert "Start session" in text


@pytest.mark.parametrize(
    "hour,greeting",
    [(4, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (18, "Good evening"), (3, "Good evening")],
)
def test_the_greeting_follows_the_hour(world: World, shown: Shown, hour: int, greeting: str) -> None:
    world.calendar.set(datetime(2026, 11, 20, hour, tzinfo=BERLIN))

    assert greeting in shown().text


def test_enter_starts_the_session(shown: Shown) -> None:
    morning = shown()

    morning.press(Qt.Key.Key_Return)

    assert morning.wanted == ["tiny"]


def test_enter_starts_it_wherever_the_keyboard_is_not_on_a_button(shown: Shown) -> None:
    morning = shown()
    dots = morning.page.findChildren(WeekDots)[0]
    dots.setFocus()

    morning.press(Qt.Key.Key_Enter)

    assert morning.wanted == ["tiny"]


def test_a_session_that_is_done_changes_the_words(world: World, shown: Shown) -> None:
    did(world, FRIDAY)

    text = shown().text

    assert "Done for today. Next: tomorrow." in text
    assert "Do it anyway" in text
    assert "1 of 7 sessions" in text
    assert "Last: Tiny, today" in text
    assert "week 1 of your plan" in text


def test_a_session_of_which_less_than_half_was_done_is_still_due_and_does_not_count(world: World, shown: Shown) -> None:
    stopped(world, 0.5)

    morning = shown()

    assert "0 of 7 sessions" in morning.text
    assert "Start session" in morning.text
    assert "today: session due" in morning.page.findChildren(WeekDots)[0].spoken()


def test_a_session_that_is_not_due_says_when(world: World, shown: Shown) -> None:
    world.use(plain(schedule={"days": ["mon"]}))

    assert "Not due today. Next: in 3 days." in shown().text


def test_without_a_routine_one_can_be_chosen(world: World, shown: Shown) -> None:
    world.choose(in_use=())
    morning = shown()

    assert "No routine in use" in morning.text
    morning.press(Qt.Key.Key_Return)

    assert morning.wanted == ["change"]


def test_the_check_in_is_saved_as_it_is_pressed(world: World, shown: Shown) -> None:
    world.calendar.set(EIGHT)
    morning = shown()
    scale = morning.page.findChildren(PainScale)[0]
    scale.focus_scale()

    morning.press("4")
    assert "Saved. Press another number to correct it." in morning.text
    morning.press("x")
    boxes = {box.text(): box for box in morning.page.findChildren(Box)}
    boxes["The hip woke me in the night"].click()

    view = morning.desk.today()
    assert view is not None
    assert view.entry is not None
    assert (view.entry.morning, view.entry.night, view.entry.analgesic) == (10, True, None)
    assert scale.value == 10


def test_what_was_answered_is_shown_again(world: World, shown: Shown) -> None:
    log = world.surroundings.open_log()
    world.surroundings.logbook(log).day(FRIDAY, morning=3, analgesic=True)
    log.close()

    text = shown().text

    assert "This morning: 3 of 10 · painkiller" in text


def test_the_week_is_told_in_words(world: World, shown: Shown) -> None:
    world.use(plain(schedule={"days": ["mon", "wed", "fri"]}))
    did(world, date(2026, 11, 16))

    said = shown().page.findChildren(WeekDots)[0].spoken()

    assert "Monday 16 November: done" in said
    assert "Wednesday 18 November: not done" in said
    assert "Friday 20 November, today: session due" in said
    assert "Sunday 22 November: rest" in said


def test_a_new_day_is_shown_while_the_window_stays_open(world: World, shown: Shown) -> None:
    morning = shown()
    world.calendar.set(datetime(2026, 11, 21, 3, 59, tzinfo=BERLIN))
    morning.page.new_day()
    assert "Friday 20 November" in morning.text

    world.calendar.set(datetime(2026, 11, 21, 4, 0, tzinfo=BERLIN))
    morning.page.new_day()

    assert "Saturday 21 November" in morning.text
    assert "Good morning" in morning.text


@pytest.mark.parametrize(
    "away,says",
    [
        (0, "Today, with your physio."),
        (14, "In 14 days, with your physio."),
        (-3, "It was due 3 days ago. Make an appointment."),
        (20, "10 December\nWith your physio."),
        (-20, "31 October\nThat day is over. Make an appointment."),
    ],
)
def test_the_next_review_is_named(world: World, shown: Shown, away: int, says: str) -> None:
    world.use(plain(review_by=(FRIDAY + timedelta(days=away)).isoformat()))

    assert says in shown().text


def test_without_a_review_a_file_can_be_opened_that_names_one(shown: Shown) -> None:
    morning = shown()

    morning.button("Open a routine file…").click()

    assert morning.wanted == ["file"]


def test_with_a_review_no_file_is_asked_for(world: World, shown: Shown) -> None:
    world.use(plain(review_by=(FRIDAY + timedelta(days=9)).isoformat()))

    assert "Open a routine file…" not in shown().text


def test_the_link_of_the_criteria_stands_in_the_column_of_the_other_words(qtbot: QtBot, shown: Shown) -> None:
    morning = shown()
    qtbot.waitUntil(lambda: "See every criterion →" in morning.text)
    ready = morning.page._ready
    assert ready is not None

    def left(widget: QWidget) -> int:
        return widget.mapTo(morning.page, QPoint(0, 0)).x()

    link = morning.button("See every criterion →")
    assert left(link) + 8 == left(ready.ring) == left(morning.page._ready_card) + CARD_PADDING
    morning.page._session.setMinimumHeight(600)  # as with a long reason why not today
    walk.resized(morning.page, 1000, 900)
    assert ready.height() == ready.heightForWidth(ready.width()), "no air below the ring"


def test_a_grave_flag_takes_the_start_away_until_a_clinician_looked(world: World, shown: Shown) -> None:
    morning = shown()
    morning.desk.flag("fever_or_hot_joint", raised=True)
    assert "Start session" not in morning.text
    morning.press(Qt.Key.Key_Return)
    assert morning.wanted == [] or morning.wanted == ["change"]

    world.calendar.advance(1)
    morning.button("A clinician has looked at this").click()

    assert "Start session" in morning.text


def test_a_flag_that_was_cleared_by_a_slip_is_raised_again(world: World, shown: Shown) -> None:
    morning = shown()
    morning.desk.flag("fever_or_hot_joint", raised=True)
    world.calendar.advance(1)
    morning.button("A clinician has looked at this").click()
    world.calendar.advance(1)

    morning.button("Undo").click()

    assert "Start session" not in morning.text
    assert "Fever, or a hot joint" in morning.text
    assert morning.page.notice.isHidden()


def damage(world: World) -> bytes:
    """Write over the beginning of the log; what was there is returned."""
    broke_off(world)
    whole = world.home.database.read_bytes()
    world.home.database.write_bytes(b"not a log at all" + whole[16:])
    return whole


def test_a_log_that_cannot_be_read_is_no_empty_page(world: World, shown: Shown) -> None:
    damage(world)

    morning = shown()

    assert "Your log cannot be read" in morning.text
    assert morning.page.notice.isVisible()
    assert "Start session" not in morning.text
    assert "Before you train" not in morning.text
    morning.button("Restore a copy…").click()
    assert morning.wanted == ["restore"]


def test_a_log_that_can_be_read_again_is_shown(world: World, shown: Shown) -> None:
    whole = damage(world)
    morning = shown()
    morning.desk.close()
    world.home.database.write_bytes(whole)

    morning.page.refresh()

    assert morning.page.notice.isHidden()
    assert "Go on" in morning.text
    assert "Start session" in morning.text


def test_a_log_that_another_process_holds_for_a_moment_takes_nothing_away(world: World, shown: Shown) -> None:
    world.use(TINY)
    morning = shown()
    assert morning.desk.check_in(morning=1)
    assert "Start session" in morning.text
    other = world.surroundings.open_log()
    other.conn.execute("BEGIN EXCLUSIVE")

    morning.page.refresh()

    assert "Another program is using the log just now." in morning.text
    assert "Start session" in morning.text
    assert "cannot be read" not in morning.text
    other.conn.execute("ROLLBACK")
    other.close()
    morning.page.new_day()
    assert morning.page.notice.isHidden()


def test_while_the_log_is_replaced_today_stays_as_it_is(world: World, shown: Shown) -> None:
    world.use(TINY)
    morning = shown()
    before = morning.text
    morning.desk.lend()

    morning.page.refresh()

    assert morning.text == before
    morning.desk.begin_anew()
    assert "Start session" in morning.text


def test_a_log_that_is_held_at_the_start_is_shown_as_soon_as_it_can_be(world: World, shown: Shown) -> None:
    world.use(TINY)
    other = world.surroundings.open_log()
    other.conn.execute("BEGIN EXCLUSIVE")
    morning = shown()
    assert "Another program is using the log just now." in morning.text
    assert "Restore a copy…" not in morning.text
    other.conn.execute("ROLLBACK")
    other.close()

    morning.page.new_day()

    assert morning.page.notice.isHidden()
    assert "Start session" in morning.text


def test_what_is_left_out_is_said(world: World, shown: Shown) -> None:
    world.choose(in_use=("mobility",), pain_sites=("groin",))

    assert "Left out because of where it hurts:" in shown().text


def test_many_exercises_end_in_a_number(world: World, shown: Shown) -> None:
    world.use(plain(items=[item("plank", hold_s=5)] * 12))

    text = shown().text

    assert text.count("Plank 1×5 s") == 7
    assert "5 more" in text


# -- what broke off ---------------------------------------------------------------------------------------------


def test_after_a_crash_going_on_comes_first(world: World, shown: Shown) -> None:
    broke_off(world)
    morning = shown()

    assert "Tiny, today: Clamshell, set 1, rep 2" in morning.text
    assert "It broke off with 0:33 to go. Everything you did is in the log." in morning.text
    assert morning.button("Go on").hasFocus()
    assert [one.text() for one in morning.page.findChildren(Button) if one.isVisible() and one.hint == RETURN] == [
        "Go on"
    ]
    morning.press(Qt.Key.Key_Return)

    assert morning.wanted == ["go on"]


def test_after_a_crash_enter_goes_on_wherever_the_keyboard_is_not_on_a_button(world: World, shown: Shown) -> None:
    broke_off(world)
    morning = shown()
    morning.page.findChildren(WeekDots)[0].setFocus()

    morning.press(Qt.Key.Key_Return)

    assert morning.wanted == ["go on"]


def test_what_broke_off_can_be_left(world: World, shown: Shown) -> None:
    broke_off(world)
    morning = shown()

    morning.button("Leave it").click()

    assert "Go on where you were" not in morning.text
    assert morning.desk.training.broken() is None
    assert morning.wanted == []


def test_leaving_can_be_undone(world: World, shown: Shown) -> None:
    broke_off(world)
    morning = shown()
    before = morning.desk.training.broken()
    morning.button("Leave it").click()
    assert "Tiny is left; what you did of it is in the log." in morning.text

    morning.button("Undo").click()

    assert morning.desk.training.broken() == before
    assert "Tiny, today: Clamshell, set 1, rep 2" in morning.text
    assert morning.page.notice.isHidden()
    assert morning.button("Go on").hasFocus()
    morning.button("Leave it").click()
    assert morning.desk.training.broken() is None


def test_what_is_damaged_can_only_be_left(world: World, shown: Shown) -> None:
    broke_off(world)
    log = world.surroundings.open_log()
    log.conn.execute("UPDATE session SET plan = '[['")
    log.close()
    morning = shown()

    assert [one.text() for one in morning.page.findChildren(Button) if one.isVisible()][:1] == ["Leave it"]
    assert morning.button("Leave it").hasFocus()
    morning.button("Leave it").click()

    assert "Go on where you were" not in morning.text


# -- everybody can use it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", [walk.nameless, walk.not_plain, walk.too_small, walk.not_reached, walk.cut_off])
def test_the_page_can_be_used_by_everybody(world: World, shown: Shown, look: Callable[[QWidget], list[str]]) -> None:
    broke_off(world)
    morning = shown()
    morning.desk.flag("no_improvement", raised=True)
    QApplication.processEvents()
    QApplication.processEvents()  # what became visible just now is laid out

    assert look(morning.page) == []


@pytest.mark.parametrize(
    "title", ["Tiny", "Strength for the hip and the trunk, on the floor and standing", "Wide" * 20]
)
def test_nothing_is_cut_off_at_any_size(world: World, shown: Shown, title: str) -> None:
    world.use(plain(title=title, review_by="2026-12-04"), pain_sites=("groin",))
    morning = shown()

    assert walk.every_size(morning.page, lambda: walk.cut_off(morning.page)) == {}


@pytest.mark.parametrize("width", [564, 640, 700, 764])
def test_in_a_narrow_window_the_cards_stand_below_each_other_and_nothing_is_cut_off(shown: Shown, width: int) -> None:
    morning = shown()
    morning.desk.flag("no_improvement", raised=True)

    walk.resized(morning.page, width, 600)

    assert walk.cut_off(morning.page) == []
    session, ready = morning.page._session, morning.page._ready_card
    assert (session.geometry().bottom() < ready.geometry().top()) is (width < 760)


def test_tab_goes_from_what_is_due_to_the_week(world: World, shown: Shown) -> None:
    world.calendar.set(EIGHT)
    morning = shown()
    names = [walk.spoken_name(stop) for stop in walk.tabbed(morning.page)]

    wanted = ["Change the routine", "0 of 10, low", "The hip woke me in the night", "Painkiller in the last 24 h"]
    assert [name for name in names if name in wanted] == wanted


@pytest.mark.skipif(not hasattr(__import__("os"), "mkfifo"), reason="no pipes with names here")
def test_foreign_text_is_never_taken_for_markup(world: World, shown: Shown, tmp_path: Path) -> None:
    canary = walk.Canary(tmp_path)
    hostile = plain(
        title=canary.markup,
        prescriber={"name": canary.markup},
        exercises=[{"id": "own", "name": canary.markup}],
        items=[item("own", reps=2, tempo={"up_s": 1, "down_s": 1}, prepare_s=3, note=canary.markup)],
    )
    world.use(hostile)
    did(world, date(2026, 11, 19), title=canary.markup)
    broke_off(world, hostile)
    morning = shown()

    morning.page.grab()

    assert walk.not_plain(morning.page) == []
    assert "<img" in morning.text
    assert not canary.was_opened()


# -- ready to run? --------------------------------------------------------------------------------------------------


def test_the_criteria_come_after_the_first_paint(
    qtbot: QtBot, world: World, monkeypatch: pytest.MonkeyPatch, shown: Shown
) -> None:
    asked: list[date] = []
    look = Desk.run_plan

    def noted(desk: Desk, on: date) -> object:
        asked.append(on)
        return look(desk, on)

    monkeypatch.setattr(Desk, "run_plan", noted)
    desk = Desk(world.surroundings)
    page = Today(desk)
    qtbot.addWidget(page)
    page.grab()
    assert asked == []
    page.close()
    desk.close()

    morning = shown()

    qtbot.waitUntil(lambda: "See every criterion →" in morning.text)
    assert asked == [FRIDAY]


def test_the_nearest_gaps_are_told_in_words(qtbot: QtBot, world: World, shown: Shown) -> None:
    example = worked.steady()
    log = world.surroundings.open_log()
    log.take_in(example.log)
    log.close()
    world.surroundings.settings_file().write(example.settings)
    morning = shown()
    qtbot.waitUntil(lambda: "Your log meets the criteria your plan sets." in morning.text)

    morning.desk.self_tests.record("side_plank", FRIDAY, pain=0, left=38, right=47)

    assert "Not yet." in morning.text
    assert "Side plank 38 s of 45 s on the left." in morning.text
    assert morning.page.findChild(Ring) is not None
    morning.button("See every criterion →").click()
    assert morning.wanted == ["criteria"]


def test_the_next_run_of_an_open_plan_is_told_and_can_be_begun(qtbot: QtBot, world: World, shown: Shown) -> None:
    log = world.surroundings.open_log()
    log.take_in(moved(log_of([run(1), run(3)], until=6), timedelta(days=-6)))
    log.close()
    world.surroundings.settings_file().write(worked.steady().settings)
    wanted: list[int] = []

    morning = shown()
    morning.page.on_run(lambda stage: wanted.append(stage.number))
    qtbot.waitUntil(lambda: "See the plan →" in morning.text)

    assert "Stage 2 of 12." in morning.text
    assert "Next run: stage 2, 6 × (1 min run, 4 min walk), today if you like." in morning.text
    morning.button("Start stage 2").click()
    assert wanted == [2]
    morning.desk.flag("cannot_take_weight", raised=True)
    assert "Not now: see a clinician first." in morning.text
    assert "Next run" not in morning.text


def test_a_red_flag_is_said_before_any_count(qtbot: QtBot, shown: Shown) -> None:
    morning = shown()
    qtbot.waitUntil(lambda: "See every criterion →" in morning.text)

    morning.desk.flag("groin_pain_with_running", raised=True)

    assert "Not now: see a clinician first." in morning.text
