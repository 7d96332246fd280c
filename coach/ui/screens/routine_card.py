"""One routine as a card: what it is, who made it, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final

from msgspec import UNSET
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.app.routines import Listed, Origin
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Work
from coach.ui import plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.screens.page import flow, wrapped
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, Chip, Tone
from coach.ui.widgets.figure import FigureView, Shown
from coach.words import numbers, prescription, session
from coach.words.translate import capital, count, tr

TITLE: Final = 60
_CHIPS: Final = 8
_FIGURE: Final = 230


class Act(Enum):
    """What can be done with a routine."""

    START = auto()
    USE = auto()
    STOP = auto()
    SHOW = auto()
    EDIT = auto()
    REMOVE = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person wants done with a routine."""

    act: Act
    listed: Listed


class RoutineCard(Card):
    """One routine: what it is, and what can be done with it."""

    wanted = Signal(object)  # Wanted

    def __init__(
        self,
        listed: Listed,
        works: tuple[Work, ...],
        known: dict[str, Exercise],
        *,
        today: date,
        in_use: bool,
        first: bool,
        blocked: bool,
    ) -> None:
        super().__init__()
        self.in_use = in_use
        self._first = first
        self._listed = listed
        self.setAccessibleName(plain_text.clean_name(listed.routine.title))
        words = QVBoxLayout()
        words.setSpacing(2 * STEP)
        words.addLayout(self._made_title())
        words.addWidget(wrapped(provenance(listed, today), Role.MUTED))
        words.addWidget(wrapped(extent(listed), Role.BODY))
        words.addWidget(_chips(works, known))
        review = review_chip(listed, today)
        if review is not None:
            words.addWidget(flow(review))
        words.addStretch()
        words.addSpacing(STEP)
        words.addWidget(self._made_buttons(blocked=blocked))
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addLayout(words, 1)
        if in_use and works:
            across.addWidget(_figure(known[works[0].exercise]))
        self.column.addLayout(across)

    def on_wanted(self, take: Callable[[Wanted], object]) -> None:
        """Call `take` with what the person wants done."""
        self.wanted.connect(take)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Its buttons, from the left."""
        return tuple(self._buttons.values())

    @property
    def first_button(self) -> Button:
        """The first button that can be pressed."""
        return next(button for button in self._buttons.values() if button.isEnabled())

    def button(self, act: Act) -> Button:
        """The button that does `act`."""
        return self._buttons[act]

    def _made_title(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(2 * STEP)
        title = wrapped(plain_text.clean_name(self._listed.routine.title, TITLE), Role.HEADING)
        line.addWidget(title, 1)
        if self.in_use:
            line.addWidget(Chip(tr("In use"), Tone.OK), 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _made_buttons(self, *, blocked: bool) -> QWidget:
        start = Button(tr("Start"), Kind.PRIMARY if self._first else Kind.GHOST, icon=Icon.PLAY)
        start.setEnabled(not blocked)
        start.on_pressed(self._start)
        self._buttons = {Act.START: start}
        if self.in_use:
            self._add(Act.STOP, Button(tr("Stop using")), self._stop)
        else:
            self._add(Act.USE, Button(tr("Use")), self._use)
        self._add(Act.SHOW, Button(tr("Show")), self._show)
        if self._listed.origin is Origin.OWN:
            self._add(Act.EDIT, Button(tr("Edit"), icon=Icon.EDIT), self._edit)
        if self._listed.origin is not Origin.BUILT_IN:
            self._add(Act.REMOVE, Button(tr("Remove"), Kind.QUIET, icon=Icon.TRASH), self._remove)
        title = plain_text.clean_name(self._listed.routine.title, TITLE)
        for act, button in self._buttons.items():
            button.setObjectName(f"{self._listed.routine.id}:{act.name}")
            button.setAccessibleName(tr("{act}: {title}").format(act=button.text(), title=title))
        return flow(*self._buttons.values(), gap=2 * STEP)

    def _add(self, act: Act, button: Button, do: Callable[[], None]) -> None:
        button.on_pressed(do)
        self._buttons[act] = button

    def _start(self) -> None:
        self._want(Act.START)

    def _use(self) -> None:
        self._want(Act.USE)

    def _stop(self) -> None:
        self._want(Act.STOP)

    def _show(self) -> None:
        self._want(Act.SHOW)

    def _edit(self) -> None:
        self._want(Act.EDIT)

    def _remove(self) -> None:
        self._want(Act.REMOVE)

    def _want(self, act: Act) -> None:
        self.wanted.emit(Wanted(act, self._listed))


def provenance(listed: Listed, today: date) -> str:
    """Who made a routine, and when: `From Physio practice by the river · 20 November · revision 2`."""
    routine = listed.routine
    if listed.origin is Origin.BUILT_IN:
        return tr("Built in")
    name = plain_text.clean_name(routine.prescriber.name, TITLE)
    if listed.origin is Origin.OWN:
        parts = [tr("Made here, by {name}").format(name=name) if name else tr("Made here")]
    else:
        parts = [tr("From {name}").format(name=name) if name else tr("From a file")]
    if issued := prescription.day_of(routine.issued, today):
        parts.append(issued)
    if routine.revision > 1:
        parts.append(tr("revision {number}").format(number=routine.revision))
    return " · ".join(parts)


def extent(listed: Listed) -> str:
    """How often, how long, how many: `3 times a week: Mon, Wed, Fri · about 24 min · 5 exercises`."""
    often = prescription.schedule_words(listed.routine.schedule)
    parts = [
        capital(often),
        numbers.about_minutes(listed.length_s),
        count(len(listed.routine.items), "%n exercise", "%n exercises"),
    ]
    return " · ".join(part for part in parts if part)


def review_chip(listed: Listed, today: date) -> Chip | None:
    """When the routine should be looked at again; None where it names no day."""
    if listed.routine.review_by is UNSET:
        return None
    day = date.fromisoformat(listed.routine.review_by)
    shown = numbers.short_day(day, today)
    if day < today:
        return Chip(tr("Review was due on {day}").format(day=shown), Tone.AMBER)
    return Chip(tr("Review by {day}").format(day=shown), Tone.MUTED)


def _chips(works: tuple[Work, ...], known: dict[str, Exercise]) -> QWidget:
    texts = [f"{session.name(work.exercise, known)} {session.dose(work)}" for work in works]
    shown = texts if len(texts) <= _CHIPS else texts[: _CHIPS - 1]
    chips = [Chip(plain_text.clean_name(text, 48)) for text in shown]
    if len(shown) < len(texts):
        chips.append(Chip(tr("{number} more").format(number=len(texts) - len(shown)), Tone.MUTED))
    return flow(*chips)


def _figure(first: Exercise) -> FigureView:
    figure = FigureView()
    figure.setFixedSize(_FIGURE, _FIGURE * 2 // 3)
    figure.show_moment(Shown(first))
    return figure
