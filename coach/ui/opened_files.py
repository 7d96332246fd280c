"""Files that the desktop wants opened, where it tells the running program of them (macOS) and starts no second one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class ListeningApplication(QApplication):
    """The application object that takes such files."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._take: Callable[[Path], object] | None = None
        self._waiting: list[Path] = []

    def on_file(self, take: Callable[[Path], object]) -> None:
        """Call `take` with each file that the desktop wants opened, those that came before among them."""
        self._take = take
        waiting, self._waiting = self._waiting, []
        for file in waiting:
            take(file)

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        if event.file():
            self._waiting.append(Path(event.file()))
            if self._take is not None:
                self.on_file(self._take)
        return True
