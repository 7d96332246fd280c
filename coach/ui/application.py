"""The window's process: one QApplication, one window, what is warmed up behind it."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from coach.app.surroundings import Surroundings, WindowTask
from coach.app.window_lock import WindowLock
from coach.paths import Home
from coach.resources import asset
from coach.ui import icons, theme
from coach.ui.presenters.desk import Desk
from coach.ui.screens.main_window import MainWindow
from coach.words import translate

if TYPE_CHECKING:
    from coach.app.errors import Unavailable

APP_ID: Final = "io.github.rehab_coach.RehabCoach"
_DONE, _SURROUNDINGS_FAILED = 0, 3
_AFTER_PAINT_MS: Final = 50
TELLS_OF_FILES = sys.platform == "darwin"
"""The desktop tells the running program of a file to be opened; elsewhere it starts a second one."""


Begun = Callable[[MainWindow], object]


def open_window(surroundings: Surroundings, task: WindowTask, begun: Begun | None = None) -> int:
    """Open the window, or raise the one that is open on this data folder; return the exit status.

    `begun` is called once everything is under way.
    """
    app = _application([sys.argv[0], "-style", theme.STYLE])
    _name(app)
    translate.use(_translated)
    lock = WindowLock(surroundings.home.lock)
    taken, why = _taken(lock, surroundings.home)
    if taken is _Taken.BY_ANOTHER:
        from coach.ui.single import hand_over

        return _DONE if hand_over(surroundings.home.folder, task.file) else _tell_busy()
    desk = Desk(surroundings)
    desk.window_lock, desk.only_to_look = lock if taken is _Taken.HERE else None, why
    try:
        return _run(app, desk, task, begun)
    finally:
        lock.release()


class _Taken(Enum):
    """Who has the lock."""

    HERE = auto()
    BY_ANOTHER = auto()
    BY_NOBODY = auto()
    """It cannot be had: nothing can be written."""


def _taken(lock: WindowLock, home: Home) -> "tuple[_Taken, Unavailable | None]":
    """Who has the lock now, and why this window can only show what is there. Raises OSError."""
    taken, failed = _Taken.BY_NOBODY, None
    try:
        home.make()
    except OSError as error:
        failed = error
    try:
        taken = _Taken.HERE if lock.acquire() else _Taken.BY_ANOTHER
    except OSError as error:
        failed = failed or error
    if failed is None or taken is _Taken.BY_ANOTHER:
        return taken, None
    from coach.app.window_lock import only_to_look

    why = only_to_look(home, failed)
    if why is None:
        raise failed
    return taken, why


def _run(app: QApplication, desk: Desk, task: WindowTask, begun: Begun | None) -> int:
    look = theme.Theme(app, desk.settings.appearance)
    look.dress_figure(desk.settings.skin, desk.settings.hair)
    window = MainWindow(desk, look, task)
    app.aboutToQuit.connect(desk.close)
    _end_on_signals(app)
    warm = _Warm(app, window, look, desk, begun)
    icons.wait(app)
    window.begin()
    window.show()
    warm.begin()
    return app.exec()


class _Warm:
    """What the first screen does without, done piece by piece once it is painted."""

    def __init__(
        self, app: QApplication, window: MainWindow, look: theme.Theme, desk: Desk, begun: Begun | None
    ) -> None:
        self._app = app
        self._window = window
        self._desk = desk
        self._surroundings = desk.surroundings
        self._steps: list[Callable[[], object]] = [
            self._show_icons,
            self._watch,
            look.complete,
            window.begin_task,
            self._listen,
            self._remind,
        ]
        if desk.only_to_look is None:
            self._steps += [self._clear_strays, self._rotate]
        if begun is not None:
            self._steps.append(partial(begun, window))
        self._timer = QTimer(app)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    def begin(self) -> None:
        """Begin once the event loop has painted."""
        self._timer.start(_AFTER_PAINT_MS)

    def _next(self) -> None:
        self._steps.pop(0)()
        if self._steps:
            self._timer.start(10)

    def _show_icons(self) -> None:
        icons.go_on(self._app)

    def _listen(self) -> None:
        if self._desk.window_lock is not None:
            self._listen_to_starts()
        if TELLS_OF_FILES:
            from coach.ui.opened_files import ListeningApplication

            assert isinstance(self._app, ListeningApplication)
            self._app.on_file(self._come_forward)

    def _listen_to_starts(self) -> None:
        from coach.ui.single import Raised, Single

        def raised(told: Raised) -> None:
            self._come_forward(told.file)

        self._single = Single(self._surroundings.home.folder, self._window)
        self._single.on_raised(raised)

    def _come_forward(self, file: Path | None) -> None:
        self._window.come_forward()
        if file is not None:
            self._window.open_file(file)

    def _watch(self) -> None:
        """Before anything can go wrong that a person does, but after the first paint."""
        from PySide6.QtGui import QIcon

        from coach.app import logs
        from coach.ui import a11y
        from coach.ui.crash import CrashReporter
        from coach.ui.garbage import Garbage

        gc.freeze()  # what the start made stays; looking through it again and again would stop frames
        Garbage(self._app)
        logs.write_to(self._surroundings.home.logs)
        self._app.setWindowIcon(QIcon(str(asset("icons/app.svg"))))  # drawn in every size a desktop may ask for
        a11y.install()
        self._window.watch_activation(self._app)
        CrashReporter(self._window, str(self._surroundings.home.logs)).install()

    def _remind(self) -> None:
        from coach.ui.reminding import Reminding

        self._reminding = Reminding(self._app, self._window, self._desk)

    def _clear_strays(self) -> None:
        from coach.app.copies import clear_strays

        clear_strays(self._surroundings.home)

    def _rotate(self) -> None:
        self._desk.rotate()


def _application(arguments: list[str]) -> QApplication:
    if not TELLS_OF_FILES:
        return QApplication(arguments)
    from coach.ui.opened_files import ListeningApplication  # a class of Python's, which elsewhere only costs the start

    return ListeningApplication(arguments)


def _name(app: QApplication) -> None:
    QCoreApplication.setApplicationName("Rehab Coach")
    QCoreApplication.setOrganizationDomain("rehab-coach.example")
    app.setDesktopFileName(APP_ID)
    app.setQuitOnLastWindowClosed(True)


def _translated(text: str, comment: str, n: int) -> str:
    return QCoreApplication.translate("", text, comment or None, n)


def _end_on_signals(app: QApplication) -> None:
    # A handler runs between any two lines of Python, such as in the middle of a painting, or before the event loop
    # has begun: the end waits for the loop's next turn, when nothing is under way.
    for number in (signal.SIGTERM, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:  # a shell's background job leaves Ctrl-C to others
            signal.signal(number, lambda *_: QTimer.singleShot(0, app, _end))
    if os.name != "posix":
        return
    # Python runs its handler with the next Python code, for which a window that nobody touches may wait a minute.
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    notifier = QSocketNotifier(woken, QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: os.read(woken, 64))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # held back from the start on: see __main__


def _end() -> None:
    for window in QApplication.topLevelWidgets():
        window.end() if isinstance(window, MainWindow) else window.close()
    QApplication.quit()


def _tell_busy() -> int:
    from coach.ui.telling import tell
    from coach.words.translate import tr

    tell(tr("Rehab Coach is open already, but does not answer. Close it, then start it again."))
    return _SURROUNDINGS_FAILED
