"""Where it hurts: the chart with the words of what is chosen. Made when it is asked for: it paints a person."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coach.core.log import Spot
from coach.ui import plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import clear, flow
from coach.ui.tokens import STEP, Size
from coach.ui.widgets.card import Chip, Tone
from coach.ui.widgets.hip_chart import HipChart, SpotsChosen
from coach.words.places import spots_words
from coach.words.translate import tr


class Where(QWidget):
    """The question, the chart, and a chip for each place."""

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = HipChart(question)
        self.chart.on_chosen(self._changed)
        self._question = plain_text.label(question, Role.STRONG)
        self._chips = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(self._question)
        column.addWidget(self.chart)
        column.addLayout(self._chips)
        self._show_chips()

    @property
    def spots(self) -> tuple[Spot, ...]:
        """What is chosen."""
        return self.chart.spots

    def on_chosen(self, take: Callable[[SpotsChosen], object]) -> None:
        """Call `take` with all that is chosen, whenever the person changes it."""
        self.chart.on_chosen(take)

    def show_spots(self, spots: tuple[Spot, ...]) -> None:
        """Show places that are known; tells nobody."""
        self.chart.show_spots(spots)
        self._show_chips()

    def ask(self, question: str) -> None:
        """Ask in other words."""
        plain_text.show(self._question, question)
        self.chart.setAccessibleName(question)

    def leave_question_to(self, title: str) -> None:
        """Something above asks already: be the chart and its chips alone."""
        self._question.hide()
        self.chart.setAccessibleName(title)

    def _changed(self, chosen: SpotsChosen) -> None:
        del chosen
        self._show_chips()

    def _show_chips(self) -> None:
        """Words beside the colour; one line stays free for them, so that the first choice moves nothing."""
        clear(self._chips)
        words = spots_words(self.chart.spots)
        chips = [Chip(word, Tone.NOW) for word in words] or [Chip(tr("no place chosen"), Tone.MUTED)]
        row = flow(*chips, gap=2 * STEP)
        row.setMinimumHeight(Size.LABEL * 2)
        self._chips.addWidget(row, 0, Qt.AlignmentFlag.AlignTop)
