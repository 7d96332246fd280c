"""The question of the evening on Today. Made in the evening."""

from coach.ui.screens.check_in import DayAnswers, Part
from coach.ui.widgets.buttons import Tick
from coach.words import check_in as words
from coach.words.translate import tr


class Evening(Part):
    """The worst of the day in daily life, and where."""

    asks_where = True

    def question(self) -> str:
        return tr("How was the hip at its worst today, in daily life?")

    def told(self) -> str:
        return words.worst_told(self.entry)

    def value(self) -> int | None:
        return self.entry.worst if self.entry else None

    def ticks(self) -> tuple[Tick, ...]:
        self._limp = Tick(tr("I limped today"))
        self._limp.clicked.connect(self._limp_ticked)
        return (self._limp,)

    def show_ticks(self) -> None:
        self._limp.setChecked(bool(self.entry and self.entry.limp))

    def answers(self, pain: int | None) -> DayAnswers:
        if pain is not None:
            return DayAnswers(worst=pain)
        return DayAnswers(limp=self._limp.isChecked())

    def _limp_ticked(self) -> None:
        self._ticked()
        self.given.emit(DayAnswers(limp=self._limp.isChecked()))
