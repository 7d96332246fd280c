"""The window: places and their keys, the first run, sessions, what comes from outside."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from coach.app.errors import Reason, Unavailable
from coach.app.settings import Settings
from coach.app.surroundings import WindowTask
from coach.core.clinical.run_plan import STAGES
from coach.core.log import OutingKind
from coach.core.session.engine import Phase
from coach.store.journal import Log
from coach.ui import theme
from coach.ui.presenters.data import Done, Task
from coach.ui.presenters.desk import Desk
from coach.ui.screens.editor import EditorPage
from coach.ui.screens.editor_ask import LeaveDialog
from coach.ui.screens.first_run import FirstRun
from coach.ui.screens.keys import KeysDialog
from coach.ui.screens.main_window import SMALLEST, MainWindow
from coach.ui.screens.measure_questions import WalkPage
from coach.ui.screens.player import Player
from coach.ui.screens.player_live import LivePage
from coach.ui.screens.player_questions import BeforePage
from coach.ui.screens.progress import ProgressPage
from coach.ui.screens.rail import RAIL_WIDTH, Place
from coach.ui.screens.routines import RoutinesPage
from coach.ui.screens.running import RunningPage
from coach.ui.screens.safety import Safety
from coach.ui.screens.self_test import SelfTestPlayer
from coach.ui.screens.settings import SettingsPage
from coach.ui.screens.walk_run import WalkRunPlayer
from coach.ui.widgets.buttons import Button, RailButton
from tests.files.recordings import gpx
from tests.running import run_since
from tests.ui import walk
from tests.ui.fakes import TINY, World, data, plain

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
CTRL = Qt.KeyboardModifier.ControlModifier


class Opened:
    """A window on a home, and a person with a keyboard."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, world: World, task: WindowTask | None = None) -> None:
        self.world = world
        self.desk = Desk(world.surroundings)
        look = theme.Theme(qapp, "light")
        self.window = MainWindow(self.desk, look, task or WindowTask())
        self.window.begin()
        look.complete()  # as the program does after the first paint
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def press(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget() or self.window
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifier)
        QApplication.processEvents()

    @property
    def whole(self) -> QWidget:
        """What takes the whole window."""
        shown = self.window._all.currentWidget()
        assert shown is not None
        return shown

    def player(self) -> Player:
        assert isinstance(self.whole, Player)
        return self.whole

    def page(self) -> QWidget:
        """The page of the player."""
        shown = self.player()._pages.currentWidget()
        assert shown is not None
        return shown

    def place(self) -> Place:
        return next(place for place, page in self.window._pages.items() if page is self.window._stack.currentWidget())

    def marked(self) -> list[str]:
        return [one.text() for one in self.window.findChildren(RailButton) if one.isChecked()]

    @property
    def text(self) -> str:
        QApplication.processEvents()
        return walk.texts(self.window)

    def close(self) -> None:
        self.window.close()
        self.desk.close()


Open = Callable[..., Opened]


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, world: World) -> Iterator[Open]:
    made: list[Opened] = []

    def open_(task: WindowTask | None = None) -> Opened:
        made.append(Opened(qtbot, qapp, world, task))
        return made[-1]

    yield open_
    for one in made:
        one.close()


@pytest.fixture
def window(world: World, opened: Open) -> Opened:
    world.use(TINY)
    return opened()


# -- settings that cannot be read -----------------------------------------------------------------------------


def test_where_there_is_a_log_damaged_settings_lead_to_today_and_are_kept(world: World, opened: Open) -> None:
    world.surroundings.open_log().close()
    world.home.settings.write_text('{"set_up": true, "in_use": ["phy', encoding="utf-8")

    window = opened()

    notice = window.window._pages[Place.TODAY].notice
    kept = world.surroundings.settings_file().kept_as()
    assert window.place() is Place.TODAY
    assert window.whole is window.window._home
    assert str(kept) in notice.accessibleName()
    window.desk.choose(volume=70)
    assert kept.read_text(encoding="utf-8") == '{"set_up": true, "in_use": ["phy'
    assert world.surroundings.settings_file().read().settings == Settings(set_up=True, volume=70)


def test_without_a_log_they_lead_to_the_first_questions_with_a_word_of_it(world: World, opened: Open) -> None:
    world.home.settings.write_text('{"set_up": true, "in_use": ["phy', encoding="utf-8")

    window = opened()

    assert window.window._first is not None
    assert str(world.surroundings.settings_file().kept_as()) in window.window._first.page.notice.accessibleName()


def test_with_a_new_training_day_comes_the_next_copy(world: World, window: Opened) -> None:
    window.desk.check_in(morning=1)
    window.desk.rotate()
    window.desk.wait_for_copy()

    world.calendar.advance(24 * 3600)
    window.window._new_minute()

    window.desk.wait_for_copy()
    copies = sorted(copy.name for copy in world.home.backups.glob("coach-*.db"))
    assert copies == ["coach-2026-11-20.db", "coach-2026-11-21.db"]


# -- places -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key,place,name",
    [
        (Qt.Key.Key_2, Place.LIBRARY, "Library"),
        (Qt.Key.Key_3, Place.PROGRESS, "Progress"),
        (Qt.Key.Key_4, Place.RUNNING, "Running"),
        (Qt.Key.Key_5, Place.ROUTINES, "Routines"),
        (Qt.Key.Key_Comma, Place.SETTINGS, "Settings"),
        (Qt.Key.Key_1, Place.TODAY, "Today"),
    ],
)
def test_each_place_has_its_key(window: Opened, key: Qt.Key, place: Place, name: str) -> None:
    window.window.go(Place.SETTINGS if place is not Place.SETTINGS else Place.ROUTINES)

    window.press(key, CTRL)

    assert window.place() is place
    assert window.marked() == [name]


def test_a_grave_sign_is_kept_before_another_place_shows(window: Opened) -> None:
    window.press(Qt.Key.Key_Comma, CTRL)
    settings = window.window._pages[Place.SETTINGS]
    assert isinstance(settings, SettingsPage)
    settings.person.safety.click()
    (sheet,) = settings.findChildren(Safety)
    sheet.tiers[0].first.click()

    window.press(Qt.Key.Key_1, CTRL)

    assert "Needs help now" in window.text
    assert "Start session" not in window.text


def test_the_keys_work_one_after_the_other(window: Opened) -> None:
    for key, place in (
        (Qt.Key.Key_2, Place.LIBRARY),
        (Qt.Key.Key_3, Place.PROGRESS),
        (Qt.Key.Key_4, Place.RUNNING),
        (Qt.Key.Key_5, Place.ROUTINES),
        (Qt.Key.Key_Comma, Place.SETTINGS),
        (Qt.Key.Key_1, Place.TODAY),
    ) * 2:
        window.press(key, CTRL)
        assert window.place() is place


def test_the_keys_work_where_nothing_can_be_started(world: World, opened: Open) -> None:
    world.choose(in_use=())
    window = opened()
    window.desk.flag("fever_or_hot_joint", raised=True)

    window.press(Qt.Key.Key_5, CTRL)

    assert window.place() is Place.ROUTINES


def test_a_log_that_cannot_be_read_leads_to_the_copies(world: World, opened: Open) -> None:
    world.use(TINY)
    world.home.database.write_bytes(b"not a log at all" * 256)
    window = opened()

    next(one for one in window.window.findChildren(Button) if one.text() == "Restore a copy…").click()

    assert window.place() is Place.SETTINGS
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert focused.text() == "Restore…"


def test_the_rail_leads_there_too(window: Opened) -> None:
    for button in window.window.findChildren(RailButton):
        button.click()
        assert window.marked() == [button.text()]


def test_today_leads_to_every_criterion_and_an_empty_log_back_to_the_check_in(qtbot: QtBot, window: Opened) -> None:
    def link(text: str) -> list[Button]:
        return [one for one in window.window.findChildren(Button) if one.text() == text and one.isVisible()]

    qtbot.waitUntil(lambda: bool(link("See every criterion →")))
    link("See every criterion →")[0].click()
    assert window.place() is Place.RUNNING

    link("Check in on Today")[0].click()

    assert window.place() is Place.TODAY


def test_running_leads_through_a_test_and_takes_the_person_back(window: Opened) -> None:
    window.window.go(Place.RUNNING)
    running = window.window._pages[Place.RUNNING]
    assert isinstance(running, RunningPage)

    running.open_form("heel_raise")
    running.form.guided.click()
    QApplication.processEvents()
    assert isinstance(window.whole, SelfTestPlayer)

    window.press(Qt.Key.Key_Escape)

    assert window.place() is Place.RUNNING


def test_f1_shows_the_keys_and_escape_closes_them(qtbot: QtBot, window: Opened) -> None:
    window.press(Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(window.window.findChildren(KeysDialog)))
    sheet = window.window.findChildren(KeysDialog)[0]
    qtbot.waitUntil(sheet.isActiveWindow)

    QTest.keyClick(sheet, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not window.window.findChildren(KeysDialog))


@pytest.mark.parametrize(
    "places,first",
    [
        ((Qt.Key.Key_1,), "On Today"),
        ((Qt.Key.Key_2,), "In the library"),
        ((Qt.Key.Key_5,), "On Routines"),
        ((Qt.Key.Key_5, Qt.Key.Key_N), "In the editor"),
        ((Qt.Key.Key_Comma,), "Everywhere"),
    ],
)
def test_f1_begins_with_the_keys_of_where_one_is(window: Opened, places: tuple[Qt.Key, ...], first: str) -> None:
    for key in places:
        window.press(key, CTRL)

    window.press(Qt.Key.Key_F1)

    (sheet,) = window.window.findChildren(KeysDialog)
    assert walk.texts(sheet).split("\n")[0] == first
    sheet.close()


def test_f1_in_a_session_begins_with_its_keys(window: Opened) -> None:
    window.press(Qt.Key.Key_Return)

    window.press(Qt.Key.Key_F1)

    (sheet,) = window.window.findChildren(KeysDialog)
    assert walk.texts(sheet).split("\n")[0] == "In a session"
    sheet.close()


def test_the_appearance_is_switched_live(qapp: QApplication, window: Opened) -> None:
    light = window.window.palette().window().color()

    window.desk.choose(appearance="dark")
    assert window.window.palette().window().color().lightness() < 100
    window.desk.choose(appearance="light")

    assert window.window.palette().window().color() == light


# -- first run --------------------------------------------------------------------------------------------------


def test_a_fresh_home_begins_with_the_first_run(opened: Open) -> None:
    assert isinstance(opened().whole, FirstRun)


@pytest.mark.parametrize(
    "left,says", [((), "Everything of yours was removed."), ((Path("coach.db"),), "what is still there: coach.db")]
)
def test_after_erasing_it_is_said_what_became_of_it(window: Opened, left: tuple[Path, ...], says: str) -> None:
    window.window.go(Place.SETTINGS)
    page = window.window._pages[Place.SETTINGS]
    assert isinstance(page, SettingsPage)

    page.erased.emit(Done(Task.ERASE, left=left))

    assert "Welcome to Rehab Coach" in window.text
    assert says in window.text


def test_after_the_first_run_comes_today(opened: Open) -> None:
    window = opened()
    first = window.whole
    assert isinstance(first, FirstRun)

    first.finished.emit(None)

    assert window.place() is Place.TODAY
    assert window.whole is window.window._home


def test_a_file_waits_until_the_first_run_is_over(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    file = tmp_path / "a.rehab.json"
    file.write_bytes(data(TINY))
    window = opened(WindowTask(file=file))

    window.window.begin_task()
    first = window.whole
    assert isinstance(first, FirstRun)
    first.finished.emit(None)

    assert window.place() is Place.ROUTINES
    qtbot.waitUntil(lambda: "Tiny" in window.text)


# -- sessions ---------------------------------------------------------------------------------------------------


def test_enter_on_today_leads_into_the_session(window: Opened) -> None:
    window.press(Qt.Key.Key_Return)
    assert isinstance(window.page(), BeforePage)

    window.press("2")

    assert isinstance(window.page(), LivePage)
    assert window.player().active


def test_leaving_the_player_leads_back_to_today(window: Opened) -> None:
    window.press(Qt.Key.Key_Return)

    window.press(Qt.Key.Key_Escape)

    assert window.place() is Place.TODAY
    assert window.whole is window.window._home
    window.press(Qt.Key.Key_Return)
    assert isinstance(window.page(), BeforePage)


def test_the_keys_of_the_places_do_nothing_in_a_session(window: Opened) -> None:
    window.press(Qt.Key.Key_Return)
    window.press("2")

    for key in (Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_Comma):
        window.press(key, CTRL)

    assert isinstance(window.page(), LivePage)


def test_floor_mode_takes_the_whole_screen_and_gives_it_back(window: Opened) -> None:
    window.press(Qt.Key.Key_Return)
    window.press("2")

    window.press("f")
    assert window.window.isFullScreen()
    window.press("f")

    assert not window.window.isFullScreen()
    assert window.window.isVisible()


def test_after_a_crash_today_offers_to_go_on_and_does(world: World, opened: Open) -> None:
    world.use(TINY)
    first = opened()
    first.press(Qt.Key.Key_Return)
    first.press("2")
    session = first.player()._session
    assert session is not None
    for _ in range(30):
        world.clock.advance(0.2)
        session._timer.timeout.emit()
    uid, rep = session.live.uid, session.view().rep
    assert session.live.flush()
    first.window._player = None  # it crashes: nothing is paused, nothing is closed

    second = opened()
    assert "Go on where you were" in second.text
    second.press(Qt.Key.Key_Return)

    assert isinstance(second.page(), LivePage)
    again = second.player()._session
    assert again is not None
    assert (again.live.uid, again.view().rep, again.view().phase) == (uid, rep, Phase.PAUSED)
    second.press(Qt.Key.Key_Space)
    assert again.view().phase is Phase.RUNNING
    session._timer.stop()
    first.desk.close()


def test_closing_the_window_pauses_the_session(world: World, window: Opened) -> None:
    window.press(Qt.Key.Key_Return)
    window.press("2")

    window.window.close()

    broken = window.desk.training.broken()
    assert broken is not None
    assert broken.can_go_on
    assert world.sound.closed


def test_a_window_opened_for_a_session_begins_it_at_once(world: World, opened: Open) -> None:
    world.use(TINY)
    window = opened(WindowTask(guide=True, pain_before=3, pain_after=1))

    window.window.begin_task()

    assert isinstance(window.page(), LivePage)


def test_a_window_opened_to_be_guided_through_a_file(world: World, opened: Open, tmp_path: Path) -> None:
    world.use(TINY)
    file = tmp_path / "other.rehab.json"
    file.write_bytes(data(plain(id="other", title="Other")))
    window = opened(WindowTask(file=file, guide=True, pain_before=3))

    window.window.begin_task()

    session = window.player()._session
    assert session is not None
    assert session.live.routine.title == "Other"


def test_a_file_that_is_no_routine_is_looked_at_instead(world: World, opened: Open, tmp_path: Path) -> None:
    world.use(TINY)
    file = tmp_path / "bad.rehab.json"
    file.write_bytes(b"{}")
    window = opened(WindowTask(file=file, guide=True))

    window.window.begin_task()

    assert window.place() is Place.ROUTINES


def test_a_red_flag_keeps_a_guided_session_from_beginning(world: World, opened: Open) -> None:
    world.use(TINY)
    window = opened(WindowTask(guide=True, pain_before=3))
    window.desk.flag("fever_or_hot_joint", raised=True)

    window.window.begin_task()

    assert window.place() is Place.TODAY
    assert window.desk.training.broken() is None


class Windows(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[Windows]:
    made = Windows()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def test_nothing_but_the_window_is_ever_shown(world: World, opened: Open, windows: Windows) -> None:
    # A part without a parent would flash up as a window of its own, and take the keyboard with it.
    world.use(TINY)
    window = opened()
    for place in Place:
        window.window.go(place)
    window.window.go(Place.TODAY)
    window.press(Qt.Key.Key_Return)
    for key in "2fmpm4cp9":
        window.press(key)
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_Return)

    assert set(windows.shown) == {"MainWindow"}


def test_the_first_run_is_no_window_of_its_own(opened: Open, windows: Windows) -> None:
    opened()

    assert set(windows.shown) == {"MainWindow"}


# -- from outside -----------------------------------------------------------------------------------------------


def test_a_file_that_comes_in_mid_session_waits_for_its_end(qtbot: QtBot, window: Opened, tmp_path: Path) -> None:
    file = tmp_path / "a.rehab.json"
    file.write_bytes(data(plain(id="new", title="Newly come")))
    window.press(Qt.Key.Key_Return)
    window.press("2")

    window.window.open_file(file)
    assert isinstance(window.page(), LivePage)
    assert window.page().isVisible()
    window.press(Qt.Key.Key_Escape)
    window.press("l")

    assert window.place() is Place.ROUTINES
    qtbot.waitUntil(lambda: "Newly come" in window.text)
    window.window.go(Place.TODAY)
    window.window._come_home()
    assert window.place() is Place.TODAY


def test_another_start_brings_the_window_back(window: Opened) -> None:
    window.window.showMinimized()

    window.window.come_forward()

    assert not window.window.isMinimized()


def test_what_was_written_elsewhere_is_shown_when_the_window_is_used_again(
    qtbot: QtBot, world: World, window: Opened
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window.window.watch_activation(app)
    window.desk.check_in(worst=1)
    other = world.surroundings.open_log()
    world.surroundings.logbook(other).day(world.calendar.now().date(), morning=6)
    other.close()
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    qtbot.waitUntil(elsewhere.isActiveWindow)

    window.window.activateWindow()
    qtbot.waitUntil(window.window.isActiveWindow)

    assert "This morning: 6 of 10" in window.text


def test_a_new_day_is_noticed_and_one_timer_is_enough(world: World, window: Opened) -> None:
    for _ in range(3):
        window.window.hide()
        window.window.show()
    timers = [timer for timer in window.window.findChildren(QTimer) if timer.interval() == 60_000]
    assert len(timers) == 1
    world.calendar.set(datetime(2026, 11, 21, 8, tzinfo=ZoneInfo("Europe/Berlin")))

    timers[0].timeout.emit()

    assert "Saturday 21 November" in window.text


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("look", [walk.nameless, walk.not_plain])
def test_every_place_can_be_used_by_everybody(
    window: Opened, place: Place, look: Callable[[QWidget], list[str]]
) -> None:
    window.window.go(place)
    QApplication.processEvents()

    assert look(window.window) == []


@pytest.mark.parametrize("place", list(Place))
def test_every_place_fits_into_the_smallest_window(world: World, opened: Open, place: Place) -> None:
    world.use(TINY)
    window = opened().window
    window.resize(*SMALLEST)
    for each in Place:  # what was seen before makes it no larger
        window.go(each)

    window.go(place)
    page = window._pages[place]
    walk.resized(window, *SMALLEST)

    assert page.width() == SMALLEST[0] - RAIL_WIDTH
    assert walk.cut_off(page) == []
    assert window.size().toTuple() == SMALLEST
    assert window.minimumSizeHint().toTuple() == SMALLEST


def test_in_the_smallest_window_the_editor_has_the_room_of_the_rail(window: Opened) -> None:
    shown = window
    shown.window.go(Place.ROUTINES)
    routines = shown.window._pages[Place.ROUTINES]
    assert isinstance(routines, RoutinesPage)
    routines.new_routine()
    walk.resized(shown.window, *SMALLEST)

    editor = shown.window._editor()
    assert editor is not None
    assert shown.window._rail.isHidden()
    assert editor.minimumSizeHint().width() <= editor.width() == SMALLEST[0]
    shown.window.go(Place.TODAY)
    assert not shown.window._rail.isHidden()


def test_the_rail_is_reached_by_tab(window: Opened) -> None:
    stops = walk.tabbed(window.window)

    assert [one.text() for one in stops if isinstance(one, RailButton)] == [
        "Today",
        "Library",
        "Progress",
        "Running",
        "Routines",
        "Settings",
    ]


# -- progress ---------------------------------------------------------------------------------------------------


def test_what_progress_is_drawn_with_is_loaded_when_somebody_means_to_go_there(window: Opened) -> None:
    (entry,) = [one for one in window.window.findChildren(RailButton) if one.text() == "Progress"]
    assert not hasattr(window.window._loading, "done"), "nobody went there yet"

    entry.setFocus()

    loading = window.window._the_loading()
    loading.wait()
    assert loading.done


def test_nothing_is_loaded_while_a_session_runs(window: Opened) -> None:
    window.press(Qt.Key.Key_Return)
    assert isinstance(window.whole, Player)

    window.window.warm_progress()

    assert window.window._loading is None


def test_with_nothing_logged_progress_leads_to_this_mornings_question(qtbot: QtBot, window: Opened) -> None:
    window.press(Qt.Key.Key_3, CTRL)
    qtbot.waitUntil(lambda: "Here you will see whether it gets better" in window.text)

    window.press(Qt.Key.Key_Return)

    assert window.place() is Place.TODAY
    window.press("4")
    entry = window.desk.today()
    assert entry is not None
    assert entry.entry is not None
    assert entry.entry.morning == 4
    window.press(Qt.Key.Key_3, CTRL)
    qtbot.waitUntil(lambda: "1 of 70 days answered" in window.text)


def test_a_new_day_is_shown_by_progress_as_well(qtbot: QtBot, window: Opened) -> None:
    window.desk.check_in(morning=4)
    window.press(Qt.Key.Key_3, CTRL)
    qtbot.waitUntil(lambda: "1 of 70 days answered" in window.text)
    page = window.window._pages[Place.PROGRESS]
    assert isinstance(page, ProgressPage)

    window.world.calendar.advance(24 * 3600)
    window.window._new_minute()

    qtbot.waitUntil(lambda: page.view is not None and page.view.days[-2].morning == 4)


# -- the editor -------------------------------------------------------------------------------------------------


def editing(one: Opened) -> EditorPage:
    one.world.choose()
    one.window.go(Place.ROUTINES)
    page = one.window._pages[Place.ROUTINES]
    assert isinstance(page, RoutinesPage)
    page.new_routine()
    assert page.editor is not None
    return page.editor


def asked(one: Opened) -> LeaveDialog:
    QApplication.processEvents()
    (found,) = (dialog for dialog in one.window.findChildren(LeaveDialog) if dialog.isVisible())
    return found


def test_closing_the_window_asks_about_what_was_changed_in_the_editor(opened: Open, world: World) -> None:
    world.choose()
    one = opened()
    editing(one).editing.type_routine(("title",), "Half done")
    one.window.go(Place.TODAY)

    assert not one.window.close()
    assert one.place() is Place.ROUTINES
    asked(one).keep.click()
    QApplication.processEvents()

    assert not one.window.isVisible()
    assert [kept.draft.plain["title"] for kept in one.desk.routines.drafts()] == ["Half done"]


def test_the_window_stays_where_the_person_wants_to_stay(opened: Open, world: World) -> None:
    world.choose()
    one = opened()
    editor = editing(one)
    editor.editing.type_routine(("title",), "Half done")

    assert not one.window.close()
    asked(one).reject()
    QApplication.processEvents()

    assert one.window.isVisible()
    assert editor.editing.view.draft.plain["title"] == "Half done"
    one.window.end()


def test_an_editor_that_was_not_touched_lets_the_window_close(opened: Open, world: World) -> None:
    world.choose()
    one = opened()
    editing(one)

    assert one.window.close()
    assert one.desk.routines.drafts() == ()


def test_a_program_that_is_ended_asks_nobody_and_keeps_the_draft(opened: Open, world: World) -> None:
    world.choose()
    one = opened()
    editing(one).editing.type_routine(("title",), "Half done")

    one.window.end()

    assert not one.window.isVisible()
    assert [kept.draft.plain["title"] for kept in one.desk.routines.drafts()] == ["Half done"]


def test_erasing_everything_while_the_editor_is_open_leaves_no_draft(opened: Open, world: World) -> None:
    world.choose()
    one = opened()
    editing(one).editing.type_routine(("title",), "Half done")
    assert editing_is_kept(one)
    from coach.app.copies import erase

    one.desk.close()
    erase(world.home)
    one.desk.begin_anew()
    one.window._erased(Done(Task.ERASE))
    QApplication.processEvents()

    assert not world.home.drafts.exists()
    assert "Half done" not in one.text


def editing_is_kept(one: Opened) -> bool:
    editor = one.window._editor()
    return editor is not None and editor.editing.flush()


# -- Esc from the rail ------------------------------------------------------------------------------------------


def to_the_rail(one: Opened) -> None:
    next(button for button in one.window.findChildren(RailButton) if button.isChecked()).setFocus()


def test_esc_leaves_the_page_that_names_it_also_from_the_rail(
    opened: Open, world: World, qtbot: QtBot, tmp_path: Path
) -> None:
    world.choose()
    one = opened()
    path = tmp_path / "tiny.rehab.json"
    path.write_bytes(data(TINY))
    one.window.open_file(path)
    qtbot.waitUntil(lambda: "Not now" in one.text)

    to_the_rail(one)
    one.press(Qt.Key.Key_Escape)

    assert "Not now" not in one.text

    one.press(Qt.Key.Key_2, CTRL)
    one.press(Qt.Key.Key_Return)
    assert "How it goes" in one.text
    to_the_rail(one)
    one.press(Qt.Key.Key_Escape)

    assert "How it goes" not in one.text


def test_esc_from_the_rail_leaves_the_editor_and_does_nothing_where_nothing_is_to_leave(
    opened: Open, world: World
) -> None:
    world.choose()
    one = opened()
    one.press(Qt.Key.Key_5, CTRL)
    one.press(Qt.Key.Key_N, CTRL)
    assert one.window.findChildren(EditorPage)

    for _ in range(2):
        to_the_rail(one)
        one.press(Qt.Key.Key_Escape)

        assert one.place() is Place.ROUTINES
        assert "New routine" in one.text
        assert not [editor for editor in one.window.findChildren(EditorPage) if editor.isVisible()]


# -- dropped files ----------------------------------------------------------------------------------------------


def test_a_file_can_be_dropped_wherever_one_is(opened: Open, world: World, qtbot: QtBot, tmp_path: Path) -> None:
    world.choose()
    one = opened()
    path = tmp_path / "tiny.rehab.json"
    path.write_bytes(data(TINY))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    enter = QDragEnterEvent(QPoint(500, 300), copy, mime, left, none)
    QApplication.sendEvent(one.window, enter)
    QApplication.sendEvent(one.window, QDropEvent(QPointF(500, 300), copy, mime, left, none))

    assert enter.isAccepted()
    assert one.place() is Place.ROUTINES
    qtbot.waitUntil(lambda: "Use this routine" in one.text)


def test_a_recorded_run_can_be_dropped_there_too(opened: Open, world: World, qtbot: QtBot, tmp_path: Path) -> None:
    world.choose()
    one = opened()
    path = tmp_path / "run.gpx"
    path.write_bytes(gpx())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    QApplication.sendEvent(one.window, QDragEnterEvent(QPoint(500, 300), copy, mime, left, none))
    QApplication.sendEvent(one.window, QDropEvent(QPointF(500, 300), copy, mime, left, none))

    qtbot.waitUntil(lambda: "Walks and runs from your watch" in one.text)
    assert "10:00 moving, 1.5 km" in one.text


# -- walk/runs --------------------------------------------------------------------------------------------------


class Runs:
    """A person who is led through a walk/run in a window."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    @property
    def player(self) -> WalkRunPlayer:
        assert isinstance(self.opened.whole, WalkRunPlayer)
        return self.opened.whole

    def begin(self, seconds: int) -> None:
        """Led for so many seconds."""
        self.opened.window.lead_run(STAGES[2])
        self.opened.press("1")
        session = self.player._session
        assert session is not None
        for _ in range(seconds):
            self.opened.world.clock.advance(1.0)
            session._timer.timeout.emit()
        assert session.live.flush()


def test_a_run_takes_the_window_and_gives_it_back_where_it_was(window: Opened) -> None:
    window.window.go(Place.RUNNING)
    runs = Runs(window)

    runs.begin(70)
    window.window.lead_run(STAGES[3])
    assert runs.player._led is not None
    assert runs.player._led.begun.stage == STAGES[2]
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, "1", "1", Qt.Key.Key_Return, Qt.Key.Key_Return):
        window.press(key)

    assert window.place() is Place.RUNNING
    assert len(window.desk.reading().outings()) == 1


def test_a_run_from_the_plan_to_the_log_and_back_to_the_plan(world: World, opened: Open) -> None:
    run_since(world, [], until=1)
    one = opened()
    one.press(Qt.Key.Key_4, CTRL)
    assert "Stage 1 of 12. Green runs of it: 0 of 2." in one.text

    one.press("r")
    one.press("0")
    player = Runs(one).player
    session = player._session
    assert session is not None
    for _ in range(2405):
        world.clock.advance(1.0)
        session._timer.timeout.emit()
    for key in ("0", "0", Qt.Key.Key_Return, Qt.Key.Key_Return):
        one.press(key)

    assert one.place() is Place.RUNNING
    (entry,) = one.desk.reading().outings(one.desk.day(), one.desk.day())
    assert (entry.kind, entry.stage, entry.running_min, entry.minutes) == (OutingKind.RUN, 1, 3.0, 40.0)
    assert "run of stage 1" in one.text
    assert "from Sunday" in one.text


def test_after_a_crash_in_a_run_today_offers_to_go_on_at_that_very_interval(world: World, opened: Open) -> None:
    world.use(TINY)
    first = opened()
    runs = Runs(first)
    runs.begin(310)
    session = runs.player._session
    assert session is not None
    first.window._runner = None  # it crashes: nothing is paused, nothing is closed

    second = opened()
    assert "Walk/run, stage 3 · Interval 1 of 6, today: Run" in second.text
    second.press(Qt.Key.Key_Return)

    again = Runs(second).player._session
    assert again is not None
    assert again.view().phase is Phase.PAUSED
    assert (again.view().seconds, again.run_view().interval) == (80, 1)
    session._timer.stop()
    first.desk.close()


def test_a_run_that_is_left_is_asked_about_first(world: World, opened: Open) -> None:
    world.use(TINY)
    window = opened()
    Runs(window).begin(310)
    window.press(Qt.Key.Key_Escape)
    window.press("l")
    assert window.place() is Place.TODAY

    _leave(window)
    assert isinstance(Runs(window).player._pages.currentWidget(), WalkPage)
    window.press(Qt.Key.Key_Escape)
    assert "Go on where you were" in window.text
    _leave(window)
    for key in ("1", "0", Qt.Key.Key_Return, Qt.Key.Key_Return):
        window.press(key)

    assert "Go on where you were" not in window.text
    assert [one.minutes for one in window.desk.reading().outings()] == [5.1]


def _leave(window: Opened) -> None:
    next(one for one in window.window.findChildren(Button) if one.isVisible() and one.text() == "Leave it").click()


def test_no_other_run_begins_while_one_waits(window: Opened) -> None:
    Runs(window).begin(70)
    window.press(Qt.Key.Key_Escape)
    window.press("l")
    window.window.go(Place.RUNNING)

    window.window.lead_run(STAGES[0])

    assert window.place() is Place.TODAY
    broken = window.desk.training.broken_run()
    assert broken is not None
    assert broken.begun.stage == STAGES[2]


def test_reading_the_keys_pauses_the_run_and_closing_the_window_keeps_it(window: Opened) -> None:
    runs = Runs(window)
    runs.begin(70)
    session = runs.player._session
    assert session is not None

    window.press(Qt.Key.Key_F1)
    assert session.view().phase is Phase.PAUSED
    for dialog in window.window.findChildren(KeysDialog):
        dialog.close()
    window.window.close()

    broken = window.desk.training.broken_run()
    assert broken is not None
    assert broken.session.left_in_all(broken.session.seen) == 2400 - 70


# -- a session that could not be saved --------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "mended"), [("Try again", True), ("Close all the same", False), ("Stay", False)])
def test_a_window_with_a_session_that_is_not_on_disk_asks_before_it_closes(
    qtbot: QtBot, opened: Open, monkeypatch: pytest.MonkeyPatch, answer: str, mended: bool
) -> None:
    append, full = Log.append, [False]

    def appended(log: Log, session: str, seq: int, at_s: float, body: str) -> None:
        if full[0]:
            raise Unavailable(Reason.DISK_FULL)
        append(log, session, seq, at_s, body)

    monkeypatch.setattr(Log, "append", appended)
    window = opened(WindowTask(guide=True, pain_before=2))
    window.window.begin_task()
    player = window.player()
    qtbot.waitUntil(lambda: player._session is not None and player._session.live.session.phase is Phase.RUNNING)
    assert player._session is not None
    live = player._session.live
    full[0] = True
    player.pause()
    qtbot.waitUntil(lambda: live.trouble is not None)

    assert not window.window.close()
    assert not window.window.close()  # asked once
    [box] = window.window.findChildren(QMessageBox)
    assert "not on disk" in box.text()

    full[0] = not mended
    QTest.mouseClick(next(one for one in box.buttons() if one.text() == answer), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.window.isVisible() or answer == "Stay")

    assert window.window.isVisible() is (answer == "Stay")
    full[0] = False
