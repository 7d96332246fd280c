"""The icon in the desktop's tray: shows the window again, and quits."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from coach.resources import asset
from coach.words.translate import tr


def there_is_one() -> bool:
    """Whether this desktop has a tray."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The program while its window is closed."""

    show_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self.menu.addAction(tr("Show"), self.show_wanted.emit)
        self.menu.addAction(tr("Quit"), self.quit_wanted.emit)
        self._icon = QSystemTrayIcon(QIcon(str(asset("icons/app.svg"))), self)
        self._icon.setToolTip(tr("Rehab Coach"))
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)

    def on_show_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to see the window."""
        self.show_wanted.connect(act)

    def on_quit_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to end the program."""
        self.quit_wanted.connect(act)

    def show(self) -> None:
        """Be in the tray."""
        self._icon.show()

    def close(self) -> None:
        """Be gone from the tray."""
        self._icon.hide()
        self.menu.deleteLater()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.show_wanted.emit()
