"""Today's card of the session that broke off: go on where it was, or leave it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from coach.core.routine.exercise import Exercise
from coach.ui import plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card
from coach.words import numbers
from coach.words import session as words
from coach.words.translate import tr

if TYPE_CHECKING:
    from coach.app.training import Broken


class BrokenCard(Card):
    """Which session broke off, and where."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Go on where you were"), parent)
        self._text = plain_text.label("", Role.LEAD)
        self._sub = plain_text.label("", Role.MUTED)
        self.go_on = Button(tr("Go on"), Kind.PRIMARY, hint=RETURN, icon=Icon.PLAY)
        self.leave = Button(tr("Leave it"), Kind.GHOST)
        row = QHBoxLayout()
        row.setSpacing(2 * STEP)
        row.addWidget(self.go_on)
        row.addWidget(self.leave)
        row.addStretch()
        self.column.addWidget(self._text)
        self.column.addWidget(self._sub)
        self.column.addLayout(row)

    def show_broken(self, broken: "Broken | None", today: date, library: Mapping[str, Exercise]) -> None:
        """Show the session that broke off; without one nothing."""
        self.setVisible(broken is not None)
        if broken is None:
            return
        day = numbers.from_today(broken.began.day, today)
        where = words.name(broken.exercise, library) if broken.exercise else ""
        if broken.set and broken.rep:
            where = tr("{exercise}, set {set}, rep {rep}").format(exercise=where, set=broken.set, rep=broken.rep)
        text = tr("{title}, {day}: {where}") if where else tr("{title}, {day}")
        plain_text.show(self._text, text.format(title=plain_text.clean_name(broken.title), day=day, where=where))
        plain_text.show(self._sub, _kept(broken))
        self.go_on.setVisible(broken.can_go_on)

    @property
    def main(self) -> Button:
        """What Enter presses."""
        return self.go_on if not self.go_on.isHidden() else self.leave


def _kept(broken: "Broken") -> str:
    """What is left to do, and where what was done is."""
    left = numbers.clock(broken.left_s)
    if broken.logged:
        return tr("It broke off with {time} to go. Everything you did is in the log.").format(time=left)
    if broken.left_s:
        text = tr("It broke off with {time} to go. What you did is kept; say how it was, and it comes into the log.")
        return text.format(time=left)
    return tr("What you did is kept; say how it was, and it comes into the log.")
