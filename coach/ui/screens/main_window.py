"""The window: a rail on the left, one screen beside it; the player takes the whole window."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from coach.app.prescribing import Prescription
from coach.app.routines import Listed
from coach.app.surroundings import WindowTask
from coach.ui import background
from coach.ui.presenters.desk import Desk
from coach.ui.screens.page import SIDE, Page
from coach.ui.screens.rail import KEYS, RAIL_WIDTH, Place, Rail
from coach.ui.screens.today import GoOn, StartWanted, Today
from coach.ui.theme import Theme
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import Button
from coach.words.translate import tr

if TYPE_CHECKING:  # made when a session starts, or at the end of everything
    from datetime import date

    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QMessageBox

    from coach.app.errors import Unavailable
    from coach.core.clinical.run_plan import Stage
    from coach.ui.charts.loading import Loading
    from coach.ui.presenters.data import Done
    from coach.ui.screens.editor import EditorPage
    from coach.ui.screens.exercise import LeadWanted
    from coach.ui.screens.first_run import FirstRun
    from coach.ui.screens.full_window import FloorWanted
    from coach.ui.screens.keys import Where
    from coach.ui.screens.player import Player
    from coach.ui.screens.self_test import SelfTestPlayer
    from coach.ui.screens.walk_run import WalkRunPlayer
    from coach.ui.tray import Tray

SIZE: Final = (1200, 800)
SMALLEST: Final = (760, 400)
"""Every place fits into it: a screen of 1366 × 768 at 175 % has 780 × 439 of these pixels, less the frame."""
FRAME: Final = 32
"""What the title bar takes."""


class _Places(QStackedWidget):
    """One place at a time. Which of them were made does not make the window larger: they scroll, or turn."""

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST[0] - RAIL_WIDTH, SMALLEST[1])


class _Whole(QStackedWidget):
    """What has the whole window; only what is shown keeps the window from being smaller."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        least = QSize(*SMALLEST)
        return least if shown is None else shown.minimumSizeHint().expandedTo(least)


class MainWindow(QMainWindow):
    """Everything a person sees; screens are made when they are first shown."""

    def __init__(self, desk: Desk, look: Theme, task: WindowTask) -> None:
        super().__init__()
        self._desk = desk
        self._look = look
        self._task = task
        self._pages: dict[Place, Page] = {}
        self._was_maximized = False
        self._asks = True
        self.setWindowTitle(tr("Rehab Coach"))
        room = self.screen().availableGeometry()
        # At 175 % a full-HD screen has 1097 × 617 of these pixels; the frame needs some of them.
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height() - FRAME))
        self._rail = Rail(self.go, self.warm_progress)
        self._stack = _Places()
        home = QWidget()
        across = QHBoxLayout(home)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._rail)
        across.addWidget(self._stack, 1)
        self._home, self._across = home, across
        self._all = _Whole()
        self._all.addWidget(home)
        self.setCentralWidget(self._all)
        self.setAcceptDrops(True)
        self._player: Player | None = None
        self._first: FirstRun | None = None
        self._loading: Loading | None = None
        self._unsaved: QMessageBox | None = None
        self._tester: SelfTestPlayer | None = None
        self._runner: WalkRunPlayer | None = None
        self._waiting: Path | None = None
        self._tray: Tray | None = None
        # A new day begins while the window stays open: Today must not go on about yesterday.
        self._minute = QTimer(self, interval=60_000)
        self._minute.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._minute.timeout.connect(self._new_minute)
        self._make_keys()
        desk.on_changed(self._changed)
        desk.on_run_left(self._end_run)

    def begin(self) -> None:
        """Make the first screen: Today, or the questions of the first start."""
        if self._desk.only_to_look is not None:
            self._say_only_to_look(self._desk.only_to_look)
            self.go(Place.TODAY)  # whatever the first start would ask could not be kept
        elif self._desk.settings.set_up or self._task.guide:
            self.go(Place.TODAY)
        else:
            self._show_first_run()
        if self._desk.read_settings.unread:
            self._tell_of_settings()

    def _tell_of_settings(self) -> None:
        from coach.ui.widgets.notice import NoticeKind
        from coach.words.failures import settings_unread

        kept = self._desk.tried(self._desk.surroundings.settings_file().kept_as)
        if kept is not None:
            page = self._pages[Place.TODAY] if self._first is None else self._first.page
            if page.notice.isHidden():  # a log that cannot be read comes first
                said = settings_unread(self._desk.read_settings.trouble, kept)
                page.notice.show_notice(NoticeKind.WARNING, said)

    def _say_only_to_look(self, why: "Unavailable") -> None:
        """Above every screen, as long as the window is open."""
        from coach.ui.screens.choices import remark
        from coach.ui.widgets.notice import NoticeKind
        from coach.words.failures import only_to_look

        said = remark(NoticeKind.WARNING, only_to_look(why, self._desk.surroundings.home.folder))
        said.setObjectName("only-to-look")
        around = QVBoxLayout()
        around.setContentsMargins(SIDE, 3 * STEP, SIDE, 0)
        around.addWidget(said)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(around)
        column.addWidget(self._stack, 1)
        self._across.addLayout(column, 1)

    # -- places -------------------------------------------------------------------------------------------------

    def go(self, place: Place) -> None:
        """Show a place; it is made the first time."""
        left = self._stack.currentWidget()
        if isinstance(left, Page):
            left.depart()
        page = self._pages.get(place)
        if page is None:
            page = self._made(place)
            self._pages[place] = page
            self._stack.addWidget(page)
        elif hasattr(page, "refresh"):
            page.refresh()
        self._stack.setCurrentWidget(page)
        self._rail.show_place(place)
        self._make_room()
        page.arrive()

    def open_file(self, path: Path) -> None:
        """Look at a routine file; nothing is taken over before the person accepts. A session is not interrupted."""
        if self._all.currentWidget() is not self._home:
            self._waiting = path
            return
        from coach.ui.screens.routines import RoutinesPage

        self.go(Place.ROUTINES)
        page = self._pages[Place.ROUTINES]
        assert isinstance(page, RoutinesPage)
        page.open_file(path)

    def begin_task(self) -> None:
        """Do what the window was opened for, after it was painted."""
        task = self._task
        if task.guide:
            self._guide(task)
        elif task.file is not None:
            self.open_file(task.file)

    def _made(self, place: Place) -> Page:
        if place is Place.TODAY:
            today = Today(self._desk)
            today.on_start_wanted(self._start)
            today.on_go_on_wanted(self._go_on)
            today.on_change_wanted(self._to_routines)
            today.on_restore_wanted(self._to_data)
            today.on_file_wanted(self._to_files)
            today.on_criteria_wanted(self._go_running)
            today.on_run(self.lead_run)
            return today
        if place is Place.LIBRARY:
            from coach.ui.screens.library import LibraryPage

            library = LibraryPage(self._desk)
            library.on_lead_wanted(self._lead)
            return library
        if place is Place.RUNNING:
            from coach.ui.screens.running import RunningPage

            running = RunningPage(self._desk)
            running.on_check_in_wanted(self._go_today)
            running.on_test(self.start_test)
            running.on_run(self.lead_run)
            return running
        if place is Place.PROGRESS:
            from coach.ui.screens.progress import ProgressPage

            progress = ProgressPage(self._desk, self._the_loading())
            progress.on_answer_wanted(self._to_check_in)
            return progress
        if place is Place.ROUTINES:
            from coach.ui.screens.routines import RoutinesPage

            self._look.complete()  # the editor has fields
            routines = RoutinesPage(self._desk)
            routines.on_start_wanted(self._start_listed)
            routines.on_editor(self._make_room)
            return routines
        from coach.ui.screens.settings import SettingsPage

        settings = SettingsPage(self._desk, list_voices=self._desk.surroundings.list_voices)
        settings.on_erased(self._erased)
        return settings

    def warm_progress(self) -> None:
        """Somebody is about to go to Progress: load what it is drawn with, while the window goes on."""
        if self._all.currentWidget() is self._home:
            self._the_loading().begin()

    def _the_loading(self) -> "Loading":
        if self._loading is None:
            from coach.ui.charts.loading import Loading

            self._loading = Loading(self, also=("coach.ui.screens.progress",))
        return self._loading

    def _to_check_in(self) -> None:
        self.go(Place.TODAY)
        today = self._pages[Place.TODAY]
        assert isinstance(today, Today)
        today.show_check_in()

    def _to_routines(self) -> None:
        self.go(Place.ROUTINES)

    def _to_files(self) -> None:
        from coach.ui.screens.routines import RoutinesPage

        self.go(Place.ROUTINES)
        page = self._pages[Place.ROUTINES]
        assert isinstance(page, RoutinesPage)
        page.choose_file()

    def _to_data(self) -> None:
        from coach.ui.screens.settings import SettingsPage

        self.go(Place.SETTINGS)
        page = self._pages[Place.SETTINGS]
        assert isinstance(page, SettingsPage)
        page.show_data()

    # -- sessions -----------------------------------------------------------------------------------------------

    def _start(self, wanted: StartWanted) -> None:
        self._play(wanted.due.given)

    def _start_listed(self, listed: Listed) -> None:
        self._play_proposed(self._desk.routines.given(listed))

    def _go_on(self, wanted: GoOn) -> None:
        del wanted
        if self._desk.training.broken_run() is not None:
            if self._the_runner().go_on():
                self._all.setCurrentWidget(self._the_runner())
            return
        player = self._the_player()
        if player.go_on():
            self._show_player()

    def _guide(self, task: WindowTask) -> None:
        if task.file is None:
            today = self._desk.today()
            if today is not None and today.due is not None:
                self._play_proposed(today.due.given, task)
            return
        opened = self._desk.routines.open_file(task.file)
        if opened is None or opened.read is None or opened.read.routine is None:
            self.open_file(task.file)
            return
        self._play_proposed(self._desk.routines.given_routine(opened.read.routine), task)

    def _play_proposed(self, given: Prescription, task: WindowTask | None = None) -> None:
        """Begin what is proposed of a routine today; or say on Today why nothing is."""
        given = self._desk.proposed(given)
        if given.held is None:
            self._play(given, task)
            return
        from coach.ui.widgets.notice import NoticeKind
        from coach.words.guidance import not_today

        self.go(Place.TODAY)
        page, today = self._pages[Place.TODAY], self._desk.today()
        if today is not None:
            said = tr("Nothing was started. {why}").format(why=not_today(given.held, today.today))
            page.notice.show_notice(NoticeKind.WARNING, said)
            page.to_top()

    def _play(self, given: Prescription, task: WindowTask | None = None) -> None:
        player = self._the_player()
        self._show_player()
        player.prepare(given, task.pain_before if task else None, task.pain_after if task else None)

    def _the_player(self) -> "Player":
        if self._player is None:
            from coach.ui.screens.player import Player

            player = Player(self._desk)
            player.on_left(self._player_left)
            player.on_floor_wanted(self._floor_wanted)
            self._all.addWidget(player)
            self._player = player
        return self._player

    def _show_player(self) -> None:
        if self._player is not None:
            self._all.setCurrentWidget(self._player)

    def _player_left(self, left: object) -> None:
        del left
        self._come_home()

    def _come_home(self) -> None:
        self._all.setCurrentWidget(self._home)
        self._go_back_to(Place.TODAY)
        self._pages[Place.TODAY].to_top()  # what follows from the session stands there

    # -- self-tests ---------------------------------------------------------------------------------------------

    def start_test(self, name: str, criteria_since: "date | None" = None) -> None:
        """Lead through a self-test: `side_plank`, `impact`, `brisk_walk` …; a rung leads to the whole impact check.

        `criteria_since` is the day since which R0 to R6 are met, where the caller knows it. While a session is being
        done nothing happens. Raises ValueError for a name that is none.
        """
        from coach.core.clinical.self_tests import RUNGS, Guided

        test = Guided.IMPACT if name in RUNGS else Guided(name)
        if self._all.currentWidget() is not self._home:
            return
        if self._tester is None:
            from coach.ui.screens.self_test import SelfTestPlayer

            self._look.complete()  # it has fields
            tester = SelfTestPlayer(self._desk)
            tester.on_left(self._tester_left)
            tester.on_floor_wanted(self._floor_wanted)
            self._all.addWidget(tester)
            self._tester = tester
        self._all.setCurrentWidget(self._tester)
        self._tester.prepare(test, criteria_since)

    def _lead(self, wanted: "LeadWanted") -> None:
        self.start_test(wanted.test)

    # -- walk/runs ----------------------------------------------------------------------------------------------

    def lead_run(self, stage: "Stage") -> None:
        """Lead through a stage of the walk/run plan; while something else has the whole window nothing happens."""
        if self._all.currentWidget() is not self._home:
            return
        if self._desk.training.broken_run() is not None:
            self.go(Place.TODAY)  # one after the other: there it is gone on with, or answered
            return
        runner = self._the_runner()
        self._all.setCurrentWidget(runner)
        runner.prepare(stage)

    def _end_run(self, broken: object) -> None:
        """A walk/run that broke off is not gone on with."""
        del broken
        if self._the_runner().end_broken():
            self._all.setCurrentWidget(self._the_runner())

    def _the_runner(self) -> "WalkRunPlayer":
        if self._runner is None:
            from coach.ui.screens.walk_run import WalkRunPlayer

            runner = WalkRunPlayer(self._desk)
            runner.on_left(self._tester_left)
            runner.on_floor_wanted(self._floor_wanted)
            self._all.addWidget(runner)
            self._runner = runner
        return self._runner

    def _tester_left(self, left: object) -> None:
        """Back to where the test or the run was started."""
        del left
        self._all.setCurrentWidget(self._home)
        page = self._stack.currentWidget()
        place = next((place for place, made in self._pages.items() if made is page), Place.TODAY)
        self._go_back_to(place)

    def _go_back_to(self, place: Place) -> None:
        self.go(place)
        file, self._waiting = self._waiting, None
        if file is not None:
            self.open_file(file)

    def _floor_wanted(self, wanted: "FloorWanted") -> None:
        if wanted.floor:
            self._was_maximized = self.isMaximized()
            self.showFullScreen()
        elif self._was_maximized:
            self.showMaximized()
        else:
            self.showNormal()

    # -- dropped files ------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._droppable(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for path in self._droppable(event):
            self.open_file(path)

    def _droppable(self, event: QDropEvent) -> list[Path]:
        """The files that may be dropped wherever one is; not while a session takes the whole window."""
        if self._all.currentWidget() is not self._home:
            return []
        return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]

    # -- first run ----------------------------------------------------------------------------------------------

    def _show_first_run(self) -> None:
        from coach.ui.screens.first_run import FirstRun

        self._look.complete()  # it has fields
        self._first = FirstRun(self._desk)
        self._first.on_finished(self._set_up)
        self._all.addWidget(self._first)
        self._all.setCurrentWidget(self._first)

    def _erased(self, erased: "Done") -> None:
        """Nothing of the person is left: begin as on the first day, and say so."""
        from coach.ui.screens.settings_data import told

        editor = self._editor()
        if editor is not None:
            editor.editing.close()
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._show_first_run()
        if self._first is not None:
            self._first.page.notice.show_notice(*told(erased))

    def _set_up(self, finished: object) -> None:
        del finished
        if self._first is not None:
            self._all.removeWidget(self._first)
            self._first.deleteLater()
            self._first = None
        self._come_home()

    # -- the window itself --------------------------------------------------------------------------------------

    def come_forward(self) -> None:
        """Another start asked for this window."""
        if self.isMinimized():
            self.showNormal()
        self.show()  # out of the tray, as large as it was
        self.raise_()
        self.activateWindow()

    def watch_activation(self, app: QGuiApplication) -> None:
        """Look whether another process changed the log whenever the window comes to the front."""
        # Not changeEvent: the 300 kinds of QEvent alone take a twentieth of the start.
        app.focusWindowChanged.connect(self._focus_moved)

    def _focus_moved(self, window: "QWindow | None") -> None:
        if window is not None and window is self.windowHandle():
            self._desk.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a small window the editor has the room of the rail too; its keys still lead elsewhere."""
        editor = self._editor() if self._stack.currentWidget() is self._pages.get(Place.ROUTINES) else None
        needed = 0 if editor is None else RAIL_WIDTH + editor.minimumSizeHint().width()
        self._rail.setVisible(needed <= self.width())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()

    @property
    def out_of_sight(self) -> bool:
        """Whether the person cannot see what is asked."""
        return not self.isVisible() or self.isMinimized()

    @property
    def in_session(self) -> bool:
        """Whether something has the whole window: a session, a self-test, the first start."""
        return self._all.currentWidget() is not self._home

    def show_questions(self) -> None:
        """A notice was pressed: show what it was about. A session is not interrupted."""
        self.come_forward()
        if not self.in_session:
            self.go(Place.TODAY)

    def keep_in_tray(self, tray: "Tray | None") -> None:
        """From now on closing the window leaves it in this tray; None closes it for good."""
        self._tray = tray

    def leave(self) -> None:
        """Close for good, also where there is a tray."""
        self._tray = None
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._tray is not None:
            self._pause()
            event.ignore()
            self.hide()
            return
        if not self._editor_lets_go() or not self._session_lets_go():
            event.ignore()
            return
        self._minute.stop()
        if self._player is not None:
            self._player.close_session()
        if self._runner is not None:
            self._runner.close_run()
        if self._loading is not None:
            self._loading.wait()
        if self._tester is not None:
            self._tester.close_test()
        background.wait()
        super().closeEvent(event)

    def end(self) -> None:
        """Close without asking: somebody else ends the program. What is worked on is kept as a draft."""
        editor = self._editor()
        if editor is not None:
            editor.close_editor()
        self._asks = False
        self.leave()

    def _editor(self) -> "EditorPage | None":
        routines = self._pages.get(Place.ROUTINES)
        return getattr(routines, "editor", None)

    def _editor_lets_go(self) -> bool:
        """Whether the window may close: what was changed in the editor is asked about first."""
        editor = self._editor()
        if editor is None or not self._asks:
            return True
        if editor.editing.unsaved and self._all.currentWidget() is self._home:
            self.go(Place.ROUTINES)
            editor.ask_then(lambda _: self._close_unasked())
            return False
        editor.close_editor()
        return True

    def _session_lets_go(self) -> bool:
        """Whether the window may close: what of a session is not on disk would be gone, so it is asked about first."""
        led = next((one for one in (self._player, self._runner) if one is not None and one.unsaved), None)
        if led is None or not self._asks:
            return True
        led.pause()
        if self._unsaved is None:
            from coach.ui.screens.unsaved import ask_about_unsaved

            box = ask_about_unsaved(self, again=self.close, lose=self._close_unasked)
            box.finished.connect(self._answered_unsaved)
            self._unsaved = box
            box.open()
        return False

    def _answered_unsaved(self) -> None:
        if self._unsaved is not None:
            self._unsaved.deleteLater()
            self._unsaved = None

    def _close_unasked(self) -> None:
        self._asks = False
        self.close()

    def _pause(self) -> None:
        for player in (self._player, self._tester, self._runner):
            if player is not None:
                player.pause()

    def _new_minute(self) -> None:
        self._desk.new_day()
        today = self._pages.get(Place.TODAY)
        if isinstance(today, Today) and today.isVisible():
            today.new_day()
        progress = self._pages.get(Place.PROGRESS)
        if progress is not None and progress.isVisible() and hasattr(progress, "refresh"):
            progress.refresh()

    def _changed(self, changed: object) -> None:
        del changed
        self._look.use(self._desk.settings.appearance)
        self._look.dress_figure(self._desk.settings.skin, self._desk.settings.hair)

    def _make_keys(self) -> None:
        for place, act in (
            (Place.TODAY, self._go_today),
            (Place.LIBRARY, self._go_library),
            (Place.PROGRESS, self._go_progress),
            (Place.RUNNING, self._go_running),
            (Place.ROUTINES, self._to_routines),
            (Place.SETTINGS, self._go_settings),
        ):
            shortcut = QShortcut(QKeySequence(KEYS[place]), self._home)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        keys = QShortcut(QKeySequence(Qt.Key.Key_F1), self)
        keys.activated.connect(self._show_keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc presses the button that names it, also where the keyboard is elsewhere, on the rail say."""
        if event.key() == Qt.Key.Key_Escape and self._all.currentWidget() is self._home:
            names = {tr("Esc"), tr("Esc", "the key")}
            buttons = self._home.findChildren(Button)
            found = next((one for one in buttons if one.hint in names and one.isVisible() and one.isEnabled()), None)
            editor = self._editor()
            if found is not None:
                found.click()
                return
            if editor is not None and editor.isVisible():
                editor.leave()
                return
        super().keyPressEvent(event)

    def _go_today(self) -> None:
        self.go(Place.TODAY)

    def _go_library(self) -> None:
        self.go(Place.LIBRARY)

    def _go_progress(self) -> None:
        self.go(Place.PROGRESS)

    def _go_running(self) -> None:
        self.go(Place.RUNNING)

    def _go_settings(self) -> None:
        self.go(Place.SETTINGS)

    def _show_keys(self) -> None:
        from coach.ui.screens.keys import KeysDialog

        self._pause()  # reading takes time that the session should not
        KeysDialog(self, self._where()).open()

    def _where(self) -> "Where":
        """Which keys work now."""
        from coach.ui.screens.keys import Where

        guided: dict[QWidget | None, Where] = {
            self._player: Where.SESSION,
            self._tester: Where.TEST,
            self._runner: Where.RUN,
        }
        places = {
            Place.TODAY: Where.TODAY,
            Place.LIBRARY: Where.LIBRARY,
            Place.PROGRESS: Where.PROGRESS,
            Place.RUNNING: Where.RUNNING,
            Place.ROUTINES: Where.EDITOR if self._editor() is not None else Where.ROUTINES,
        }
        if self.in_session:
            return guided.get(self._all.currentWidget(), Where.EVERYWHERE)
        page = self._stack.currentWidget()
        here = next((place for place, made in self._pages.items() if made is page), Place.SETTINGS)
        return places.get(here, Where.EVERYWHERE)
