"""The sheet for walks and runs that a watch recorded: what each file holds, and the pain that no watch knows."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from coach.app.recordings import Arrival, Flaw, Pains, Recorded, Recording, Source, Standing, arrival
from coach.core.log import OutingKind
from coach.ui import plain_text
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Desk
from coach.ui.screens.choices import Remark
from coach.ui.screens.page import Page, flow, keys_in_use, move_keyboard, wrapped
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import RETURN, Button, Kind, Tick
from coach.ui.widgets.card import Card
from coach.ui.widgets.notice import NoticeKind
from coach.ui.widgets.pain_scale import Chosen, PainScale
from coach.ui.widgets.segmented import Option, Picked, Segmented
from coach.words import recordings as words
from coach.words.translate import count, tr

_FILE: Final = 80


@dataclass(frozen=True, slots=True)
class Brought:
    """The sheet is done: what was taken in, and how many files were left out."""

    taken: tuple[Arrival, ...]
    left_out: int


class RecordingsSheet(Page):
    """One card for each file; what has its pain is taken in, the others are left out."""

    ended = Signal(object)  # Brought

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Walks and runs from your watch"),
            tr("Say how much each hurt: no watch knows. What you leave open is left out, and nothing is changed."),
            parent,
        )
        self._desk = desk
        self.cards: list[RecordingCard] = []
        self.cancel = Button(tr("Not now"), Kind.GHOST, hint=tr("Esc"))
        self.cancel.on_pressed(self.leave)
        self.take = Button(tr("Take in"), Kind.PRIMARY, hint=RETURN)
        self.take.on_pressed(self._take)
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.take)
        self.body.addStretch()
        desk.on_failed(self.show_failure)
        self._show_ready()

    def on_ended(self, take: Callable[[Brought], object]) -> None:
        """Call `take` when the person is done with it."""
        self.ended.connect(take)

    def add(self, path: Path, recording: Recording) -> None:
        """Show one more file."""
        card = RecordingCard(self._desk, path, recording, self._uids())
        card.on_changed(self._show_ready)
        self.cards.append(card)
        self.body.insertWidget(len(self.cards) - 1, card)
        self._show_ready()
        if len(self.cards) == 1:
            self.first_focus()

    def first_focus(self) -> None:
        """Put the keyboard on the first question."""
        first = next((card.first for card in self.cards if card.first is not None), self.cancel)
        move_keyboard(first)

    def leave(self) -> None:
        """Take nothing in."""
        self.ended.emit(Brought((), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(self.focusWidget(), Button):
            self._take()
        else:
            super().keyPressEvent(event)

    def _uids(self) -> frozenset[str]:
        return frozenset(card.one.uid for card in self.cards if card.one is not None)

    def _ready(self) -> dict[Arrival, Pains]:
        found = (card.answer for card in self.cards)
        return dict(answer for answer in found if answer is not None)

    def _show_ready(self) -> None:
        ready = len(self._ready())
        self.take.show_text(count(ready, "Take it in", "Take %n in") if ready else tr("Take in"), hint=RETURN)
        self.take.setEnabled(ready > 0)

    def _take(self) -> None:
        ready = self._ready()
        if ready and self._desk.recordings.take(ready):
            self.ended.emit(Brought(tuple(ready), len(self.cards) - len(ready)))


class RecordingCard(Card):
    """One file: what it holds and the questions about it; or why it is left out."""

    changed = Signal()

    def __init__(self, desk: Desk, path: Path, recording: Recording, others: frozenset[str]) -> None:
        super().__init__()
        self._desk = desk
        self._found = recording.found
        self._others = others
        self._file = plain_text.clean_name(path.name, _FILE)
        self.setAccessibleName(self._file)
        self.one: Arrival | None = None
        self.kind: Segmented | None = None
        self.pain: PainScale | None = None
        self._open = False
        self._heading = wrapped("", Role.LEAD)
        self._amount = wrapped("", Role.BODY)
        self._remark = Remark()
        self._remark.hide()
        self.column.addWidget(self._heading)
        self.column.addWidget(self._amount)
        self.column.addWidget(wrapped(self._file, Role.SMALL))
        self.column.addWidget(self._remark)
        if isinstance(self._found, Flaw):
            plain_text.show(self._heading, tr("Left out"))
            self._amount.hide()
            self._say(NoticeKind.WARNING, words.why_not(recording.form, self._found))
            return
        self._ask(self._found)

    def on_changed(self, act: Callable[[], object]) -> None:
        """Call `act` when an answer changed."""
        self.changed.connect(act)

    @property
    def first(self) -> QWidget | None:
        """The first question that is open; None where nothing is asked."""
        if self.pain is None:
            return None
        return self.pain if self.one is not None and self._open else self.kind if self.one is None else None

    @property
    def answer(self) -> tuple[Arrival, Pains] | None:
        """What would be recorded; None while the pain is not known, or where it is left out."""
        if self.one is None or not self._open or self.pain is None or self.pain.value is None:
            return None
        pains = Pains(self.pain.value, limp=self.limp.isChecked(), groin=self.groin.isChecked())
        return self.one, pains

    def _ask(self, recorded: Recorded) -> None:
        self.kind = Segmented(
            tr("What it was"),
            (Option(OutingKind.WALK.value, tr("A walk")), Option(OutingKind.RUN.value, tr("A run"))),
        )
        self.pain = PainScale(tr("{file}: worst pain during it").format(file=self._file))
        self.limp = Tick(tr("I limped"))
        self.groin = Tick(tr("It hurt in the groin or the front of the hip"))
        self._question = wrapped(tr("Worst pain during it"), Role.STRONG)
        self._ticks = flow(self.limp, self.groin, gap=4 * STEP)
        self.column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._question, self.pain, self._ticks):
            self.column.addWidget(part)
        self.kind.on_picked(self._picked)
        self.pain.on_chosen(self._answered)
        self._show(arrival(recorded, self._desk.surroundings.calendar))

    def _answered(self, chosen: Chosen) -> None:
        """Go on to what can be ticked: Enter takes it in from there."""
        del chosen
        move_keyboard(self.limp, seen=keys_in_use(self))
        self.changed.emit()

    def _picked(self, picked: Picked) -> None:
        assert isinstance(self._found, Recorded)
        self._show(arrival(self._found, self._desk.surroundings.calendar, OutingKind(picked.value)))
        self.changed.emit()

    def _show(self, one: Arrival | None) -> None:
        """Show what would be entered, and ask for the pain where it is."""
        assert self.kind is not None
        assert self.pain is not None
        self.one = one
        if one is None:
            plain_text.show(self._heading, tr("Neither a walk nor a run?"))
            self._amount.hide()
            self._say(NoticeKind.INFO, words.no_kind())
            self._show_questions(asks=False)
            return
        self.kind.show_value(one.kind.value)
        plain_text.show(self._heading, words.heading(one))
        plain_text.show(self._amount, words.amount(one))
        self._amount.show()
        known = self._desk.recordings.standing(one)
        if one.uid in self._others:
            self._say(NoticeKind.INFO, words.twice(one))
        elif known is Standing.KNOWN:
            self._say(NoticeKind.INFO, words.here_already(one))
        elif known is Standing.SAME_DAY:
            self._say(NoticeKind.WARNING, words.another(one))
        elif one.source is Source.SPEED:
            self._say(NoticeKind.INFO, words.guessed(one))
        else:
            self._remark.hide()
        self._show_questions(asks=known in (Standing.NEW, Standing.SAME_DAY) and one.uid not in self._others)

    def _show_questions(self, *, asks: bool) -> None:
        self._open = asks
        assert self.kind is not None
        assert self.pain is not None
        self.kind.setVisible(asks or self.one is None)
        for part in (self._question, self.pain, self._ticks):
            part.setVisible(asks)

    def _say(self, kind: NoticeKind, text: str) -> None:
        self._remark.say(kind, text)
