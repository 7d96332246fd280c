"""How it is an hour after a session, a walk or a run: a card of its own. Made when there is something to ask."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coach.core.clinical.asking import Done
from coach.ui import plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import breakable, move_keyboard
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.pain_scale import Chosen, PainScale
from coach.words import check_in as words
from coach.words.translate import tr


class AfterAnswered(Struct, frozen=True):
    """How it is an hour after what was done."""

    done: Done
    pain: int


class AfterCard(Card):
    """How it is an hour after a session, a walk or a run."""

    answered = Signal(object)  # AfterAnswered

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("An hour after"), parent)
        self._about: Done | None = None
        self._pain: int | None = None
        self._asked = plain_text.label("", Role.LEAD)
        self.scale = PainScale(tr("Pain now"))
        self.scale.on_chosen(self._pressed)
        self._line = plain_text.label("", Role.BODY)
        self._change = Button(tr("Change"), Kind.QUIET)
        self._change.on_pressed(self._open)
        self._row = QWidget()
        line = QHBoxLayout(self._row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._line, 1)
        line.addWidget(self._change)
        for part in (self._asked, self.scale, self._row):
            self.column.addWidget(part)

    def on_answered(self, take: Callable[[AfterAnswered], object]) -> None:
        """Call `take` with the answer."""
        self.answered.connect(take)

    @property
    def is_open(self) -> bool:
        """Whether the question is open."""
        return not self.scale.isHidden() and not self.isHidden()

    def ask(self, done: Done) -> None:
        """Ask about it; the answer, once given, stays to be corrected."""
        self._about, self._pain = done, None
        self.scale.show_value(None)
        self._open()

    @property
    def about(self) -> Done | None:
        """What it asks about."""
        return self._about

    @property
    def told(self) -> bool:
        """Whether an answer stands here, to be corrected."""
        return self._pain is not None

    def forget(self) -> None:
        """The person went away: what was answered is in the log."""
        if self.told:
            self._about = self._pain = None
            self.hide()

    def _open(self) -> None:
        if self._about is None:
            return
        question = words.after60_question(self._about)
        plain_text.show(self._asked, breakable(plain_text.clean_name(question)))
        self.scale.setAccessibleName(plain_text.clean_name(question))
        self._show(opened=True)
        if self._pain is not None:
            move_keyboard(self.scale)

    def _show(self, *, opened: bool) -> None:
        self._asked.setVisible(opened)
        self.scale.setVisible(opened)
        self._row.setVisible(not opened)

    def _pressed(self, chosen: Chosen) -> None:
        if self._about is None:
            return
        self._pain = chosen.value
        told = plain_text.clean_name(words.after60_told(self._about, chosen.value))
        plain_text.show(self._line, breakable(told))
        self._change.setAccessibleName(tr("{button}: {line}").format(button=self._change.text(), line=told))
        self._show(opened=False)
        self.answered.emit(AfterAnswered(self._about, chosen.value))

    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return (self.scale, self._change)
