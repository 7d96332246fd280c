"""Where it hurt in the session: the chart, large enough for the mat. Made when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from coach.core.log import Spot
from coach.ui.icons import Icon
from coach.ui.screens.question import Question, press_focused
from coach.ui.screens.where import Where
from coach.ui.tokens import CARD_PADDING, STEP
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card
from coach.words.translate import tr

_ON_MAT, _ON_FLOOR = 1.4, 2.1
"""How large the chart is drawn beside a mat, and for four metres."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where it hurt; None was not answered."""

    spots: tuple[Spot, ...] | None


class WherePage(Question):
    """Shows the places of the day that are known, and takes more."""

    placed = Signal(object)  # Placed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setSpacing(3 * STEP)
        self._sheet = Card()
        self.where = Where(tr("Where did it hurt?"))
        self.where.leave_question_to(tr("Where did it hurt?"))
        self._sheet.column.addWidget(self.where)
        self.column.addWidget(self._sheet)
        self._save = Button(tr("Save"), Kind.PRIMARY, hint=RETURN, icon=Icon.CHECK)
        self._save.on_pressed(self._keep)
        self._back = Button(tr("Not now"), Kind.GHOST, hint=tr("Esc", "the key"))
        self._back.on_pressed(self._leave)
        self.row(self._save, self._back)
        self._fit()

    def _fit(self) -> None:
        super()._fit()
        self.where.chart.show_largest(_ON_FLOOR if self._floor else _ON_MAT)
        self._sheet.setMaximumWidth(self.where.chart.whole_width + 2 * CARD_PADDING)

    def on_placed(self, take: Callable[[Placed], object]) -> None:
        """Call `take` with the answer."""
        self.placed.connect(take)

    def open(self, spots: tuple[Spot, ...]) -> None:
        """Ask, with what is known of the day."""
        self.ask(tr("Where did it hurt?"), tr("It is noted for today, beside your check-in."))
        self.where.show_spots(spots)
        self.where.chart.focus_chart()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_focused(self, event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        self.placed.emit(Placed(self.where.spots))

    def _leave(self) -> None:
        self.placed.emit(Placed(None))
