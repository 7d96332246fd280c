"""What goes on while the window is out of sight: notices, and the tray if the person chose it."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from coach.ui.presenters.desk import Changed, Desk
from coach.ui.presenters.reminders import Reminders
from coach.ui.screens.main_window import MainWindow
from coach.ui.tray import Tray, there_is_one


class Reminding(QObject):
    """Keeps notices and tray as the settings say."""

    def __init__(
        self, app: QApplication, window: MainWindow, desk: Desk, has_tray: Callable[[], bool] = there_is_one
    ) -> None:
        super().__init__(window)
        self._app = app
        self._window = window
        self._desk = desk
        self._has_tray = has_tray
        self.tray: Tray | None = None
        self.reminders = Reminders(desk, self._nobody_looks, self)
        self.reminders.on_opened(window.show_questions)
        self.reminders.begin()
        desk.on_changed(self._changed)
        app.aboutToQuit.connect(self.close)
        # A desktop that ends its session must not be held up by a window that only hides.
        app.commitDataRequest.connect(self._leave)
        self._follow()

    def close(self) -> None:
        """Nothing goes on any more."""
        self.reminders.close()
        self._drop_tray()

    def _nobody_looks(self) -> bool:
        return self._window.out_of_sight and not self._window.in_session

    def _changed(self, changed: Changed) -> None:
        if Changed.SETTINGS in changed:
            self._follow()

    def _follow(self) -> None:
        wanted = self._desk.settings.tray and self._has_tray()
        if wanted and self.tray is None:
            self.tray = Tray(self)
            self.tray.on_show_wanted(self._window.come_forward)
            self.tray.on_quit_wanted(self._quit)
            self.tray.show()
            self._window.keep_in_tray(self.tray)
        elif not wanted:
            self._drop_tray()

    def _drop_tray(self) -> None:
        self._window.keep_in_tray(None)
        if self.tray is not None:
            self.tray.close()
            self.tray.deleteLater()
            self.tray = None

    def _quit(self) -> None:
        self._window.leave()
        self._app.quit()

    def _leave(self, manager: object) -> None:
        del manager
        self._window.keep_in_tray(None)
