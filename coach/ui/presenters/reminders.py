"""Calls the person to an open question by a notice on the desktop, once each, and only while nobody sees the window."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coach.app.ports import Notices
from coach.core.clinical.calling import Call, call
from coach.ui.presenters.desk import Desk
from coach.words.check_in import reminder

EVERY_MS = 60_000


class Reminders(QObject):
    """Looks once a minute."""

    opened = Signal()

    def __init__(self, desk: Desk, out_of_sight: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._out_of_sight = out_of_sight
        self._notices: Notices | None = None
        self._told: set[Call] = set()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)

    def on_opened(self, act: Callable[[], object]) -> None:
        """Call `act` when the person pressed a notice."""
        self.opened.connect(act)

    def begin(self) -> None:
        """Look from now on."""
        self._timer.start()

    def look(self) -> None:
        """Give the notice that is due, if the person wants them and does not see the window."""
        settings = self._desk.settings
        if not settings.reminders or not self._out_of_sight():
            return
        asked = self._desk.asking()
        if asked is None:
            return
        wanted = call(asked, self._desk.surroundings.calendar.now(), _since_midnight(settings.remind_at))
        if wanted is not None and wanted not in self._told:
            self._told.add(wanted)
            self._the_notices().tell(*reminder())

    def close(self) -> None:
        """Give no more notices."""
        self._timer.stop()
        if self._notices is not None:
            self._notices.close()
            self._notices = None

    def _the_notices(self) -> Notices:
        if self._notices is None:
            self._notices = self._desk.surroundings.make_notices()
            self._notices.on_opened(self.opened.emit)
        return self._notices


def _since_midnight(time: str) -> timedelta:
    hours, _, minutes = time.partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
