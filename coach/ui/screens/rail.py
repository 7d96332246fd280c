"""The rail on the left of the window: where one can go, and by which keys."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coach.ui import plain_text, theme
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import RailButton
from coach.words.translate import tr

RAIL_WIDTH: Final = 196


class Place(StrEnum):
    """Where the rail leads."""

    TODAY = "today"
    LIBRARY = "library"
    PROGRESS = "progress"
    RUNNING = "running"
    ROUTINES = "routines"
    SETTINGS = "settings"


KEYS: Final = {
    Place.TODAY: "Ctrl+1",
    Place.LIBRARY: "Ctrl+2",
    Place.PROGRESS: "Ctrl+3",
    Place.RUNNING: "Ctrl+4",
    Place.ROUTINES: "Ctrl+5",
    Place.SETTINGS: "Ctrl+,",
}
_ICONS: Final = {
    Place.TODAY: Icon.TODAY,
    Place.LIBRARY: Icon.LIBRARY,
    Place.PROGRESS: Icon.PROGRESS,
    Place.RUNNING: Icon.RUNNING,
    Place.ROUTINES: Icon.ROUTINES,
    Place.SETTINGS: Icon.SETTINGS,
}


class Rail(QWidget):
    """The places, and a hairline towards the screen."""

    def __init__(self, go: Callable[[Place], None], warm: Callable[[], None]) -> None:
        super().__init__()
        self._go = go
        self.setFixedWidth(RAIL_WIDTH)
        names = {
            Place.TODAY: tr("Today"),
            Place.LIBRARY: tr("Library"),
            Place.PROGRESS: tr("Progress"),
            Place.RUNNING: tr("Running"),
            Place.ROUTINES: tr("Routines"),
            Place.SETTINGS: tr("Settings"),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 5 * STEP, 3 * STEP, 5 * STEP)
        column.setSpacing(STEP)
        brand = plain_text.label(tr("Rehab Coach"), Role.LEAD)
        brand.setContentsMargins(3 * STEP, STEP, 0, 3 * STEP)
        column.addWidget(brand)
        self._buttons: dict[Place, RailButton] = {}
        for place in Place:
            if place is Place.SETTINGS:
                column.addStretch()
            button = RailButton(names[place], _ICONS[place])
            button.setToolTip(KEYS[place])
            button.on_pressed(self._pressed)
            button.setObjectName(place.value)
            if place is Place.PROGRESS:
                button.on_meant(warm)
            self._buttons[place] = button
            column.addWidget(button)
        self.buttons = tuple(self._buttons.values())

    def show_place(self, place: Place) -> None:
        """Mark where the person is."""
        for here, button in self._buttons.items():
            button.setChecked(here is place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.tokens_of(self).line), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def _pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RailButton):
            self._go(Place(pressed.objectName()))
