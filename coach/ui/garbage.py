"""Python's collector of cycles, run by the event loop and by nothing else.

By itself it runs wherever something is allocated: in the middle of Qt's `connect`, where it then deletes a QObject and
waits for ever for the lock that this very `connect` holds; or on another thread, where the end of a QObject takes the
process down. In the event loop nothing is under way.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_LOOK_MS: Final = 500
"""In the player some hundred things a second are left over; a look at them takes less than a millisecond."""


class Garbage(QObject):
    """Collects as often as Python would, from now on while the event loop runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that has its number."""
        due = [limit and count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        for generation in (2, 1, 0):
            if due[generation]:
                gc.collect(generation)
                return
