"""The check-in on Today: one question at a time, five seconds each; what is answered folds into a line."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coach.core.clinical.asking import Asking
from coach.core.log import DayEntry, Spot
from coach.ui import plain_text, theme
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Desk
from coach.ui.screens.page import breakable, flow, move_keyboard, reveal
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import RETURN, Button, Kind, Tick
from coach.ui.widgets.card import Card
from coach.ui.widgets.pain_scale import Chosen, PainScale
from coach.words import check_in as words
from coach.words.translate import tr

if TYPE_CHECKING:  # it paints a person: not before it hurts
    from coach.ui.screens.where import Where
    from coach.ui.widgets.hip_chart import SpotsChosen


class DayAnswers(Struct, frozen=True):
    """What the person answered about a day, pain NPRS 0-10; None was not answered."""

    morning: int | None = None
    worst: int | None = None
    night: bool | None = None
    analgesic: bool | None = None
    limp: bool | None = None
    spots: tuple[Spot, ...] | None = None


def record(desk: Desk, answers: DayAnswers, day: date | None = None) -> bool:
    """Record answers about a day, today if none is named. True when they are on disk."""
    return desk.check_in(
        day,
        morning=answers.morning,
        worst=answers.worst,
        night=answers.night,
        analgesic=answers.analgesic,
        limp=answers.limp,
        spots=answers.spots,
    )


class Part(QWidget):
    """One question of the day: open with its scale, or folded into a line with Change."""

    given = Signal(object)  # DayAnswers
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry: DayEntry | None = None
        self._kept_open: bool | None = None
        self._made = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._change: Button | None = None
        self._inner = QWidget()
        column.addWidget(self._inner)

    # What a part says of itself

    def question(self) -> str:
        """What is asked."""
        raise NotImplementedError

    def told(self) -> str:
        """What was answered, on one line."""
        raise NotImplementedError

    def value(self) -> int | None:
        """The answer that is known."""
        raise NotImplementedError

    def ticks(self) -> tuple[Tick, ...]:
        """What may be true besides; each stores itself."""
        raise NotImplementedError

    def answers(self, pain: int | None) -> DayAnswers:
        """All that this part asks, as it is shown; `pain` where the scale was pressed just now."""
        raise NotImplementedError

    def show_ticks(self) -> None:
        """Show what is known of them."""
        raise NotImplementedError

    # Telling

    def on_given(self, take: Callable[[DayAnswers], object]) -> None:
        """Call `take` with each answer."""
        self.given.connect(take)

    def on_opened(self, act: Callable[[], object]) -> None:
        """Call `act` when the person opens it again."""
        self.opened.connect(act)

    # Showing

    @property
    def is_open(self) -> bool:
        """Whether the scale is shown."""
        return not self._inner.isHidden() and not self.isHidden()

    def show_entry(self, entry: DayEntry | None, *, waiting: bool) -> None:
        """Show what is known; open if the question is `waiting`, or the person is about to answer it."""
        self.entry = entry
        wanted = waiting if self._kept_open is None else self._kept_open
        if wanted:
            self._make()
            self.scale.show_value(self.value())
            self.show_ticks()
            self._show_where()
        self._inner.setVisible(wanted)
        self._show_line(folded=not wanted)

    def _show_line(self, *, folded: bool) -> None:
        if self._change is None:
            if not folded:
                return  # most days begin with an open question: the line is made when there is one
            self._make_line()
        assert self._change is not None
        plain_text.show(self._line, self.told())
        self._change.show_text(tr("Change") if self.value() is not None else tr("Answer"))
        self._change.setAccessibleName(tr("{button}: {line}").format(button=self._change.text(), line=self.told()))
        self._row.setVisible(folded)

    def _make_line(self) -> None:
        self._line = plain_text.label("", Role.BODY)
        self._change = Button("", Kind.QUIET)
        self._change.on_pressed(self.open)
        self._row = QWidget(self)
        line = QHBoxLayout(self._row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * STEP)
        line.addWidget(self._line, 1)
        line.addWidget(self._change)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._row)

    def forget(self) -> None:
        """Another day, or another visit: nothing is being answered."""
        self._kept_open = None

    def open(self) -> None:
        """Ask, or ask again."""
        self._kept_open = True
        self.show_entry(self.entry, waiting=True)
        self.opened.emit()
        move_keyboard(self.scale)
        reveal(self)

    def choose(self, pain: int) -> None:
        """Answer as if the number had been pressed."""
        self.scale.choose(pain)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        line = (self._change,) if self._change is not None else ()
        if not self._made:
            return line
        wanted = (self._where_wanted,) if self._where_wanted is not None else ()
        where = (self._where.chart,) if self._where is not None else ()
        return (*line, self.scale, *self._ticks, *wanted, *where)

    # Making

    def _make(self) -> None:
        if self._made:
            return
        self._made = True
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        self._asked = plain_text.label(self.question(), Role.LEAD)
        self._about: QLabel | None = None
        self.scale = PainScale(self.question())
        self.scale.on_chosen(self._chosen)
        self._ticks = self.ticks()
        self._where: Where | None = None
        self._where_place = QVBoxLayout()
        self._where_wanted: Button | None = None
        self._row_of_ticks = flow(*self._ticks, gap=2 * STEP)
        for part in (self._asked, self.scale, self._row_of_ticks):
            column.addWidget(part)
        column.addLayout(self._where_place)

    def show_about(self, text: str) -> None:
        """Say below the question what its answer belongs to; nothing takes no room."""
        if not self._made or (self._about is None and not text):
            return
        if self._about is None:
            self._about = plain_text.label("", Role.MUTED)
            column = self._inner.layout()
            assert isinstance(column, QVBoxLayout)
            column.insertWidget(1, self._about)
        plain_text.show(self._about, breakable(text))
        self._about.setVisible(bool(text))

    asks_where = False
    """Whether the chart comes by itself when it hurts, or when it is asked for."""

    def _show_where(self) -> None:
        hurts = bool(self.value())
        if hurts and self.asks_where:
            self._make_where()
        if self._where is not None:
            self._where.setVisible(hurts)
            self._where.show_spots((self.entry.spots if self.entry else None) or ())
        self._offer_where(wanted=hurts and self._where is None)

    def _offer_where(self, *, wanted: bool) -> None:
        if self._where_wanted is None:
            if not wanted:
                return
            self._where_wanted = Button(tr("Show where it hurts…"), Kind.QUIET)
            self._where_wanted.on_pressed(self._open_where)
            row = self._row_of_ticks.layout()
            assert row is not None
            row.addWidget(self._where_wanted)
        self._where_wanted.setVisible(wanted)

    def _make_where(self) -> None:
        if self._where is None:
            from coach.ui.screens.where import Where

            self._where = Where(tr("Where does it hurt?"))
            self._where.on_chosen(self._placed)
            self._where_place.addWidget(self._where)

    def _open_where(self) -> None:
        self._make_where()
        self._show_where()
        if self._where is not None:
            QWidget.setTabOrder(self._ticks[-1], self._where.chart)
            move_keyboard(self._where.chart)
            reveal(self._where)

    # What is pressed

    def _chosen(self, chosen: Chosen) -> None:
        self._kept_open = True
        self.given.emit(self.answers(chosen.value))

    def _ticked(self) -> None:
        self._kept_open = True

    def _placed(self, chosen: "SpotsChosen") -> None:
        self._kept_open = True
        self.given.emit(DayAnswers(spots=chosen.spots))

    def finish(self) -> None:
        """The person is done with it: what was seen and not ticked did not happen."""
        self._kept_open = False
        self.given.emit(self.answers(None))

    def close_up(self) -> None:
        """Another question is asked in its place."""
        self._kept_open = False
        self.show_entry(self.entry, waiting=False)


class Morning(Part):
    """The first steps of the day, the night and the painkiller."""

    def question(self) -> str:
        return tr("How is the hip on your first steps today?")

    def told(self) -> str:
        return words.morning_told(self.entry)

    def value(self) -> int | None:
        return self.entry.morning if self.entry else None

    def ticks(self) -> tuple[Tick, ...]:
        self._night, self._painkiller = Tick(words.night_tick()), Tick(words.analgesic_tick())
        self._limp = Tick(tr("I limp"))
        self._night.clicked.connect(self._night_ticked)
        self._painkiller.clicked.connect(self._painkiller_ticked)
        self._limp.clicked.connect(self._limp_ticked)
        return self._night, self._painkiller, self._limp

    def show_ticks(self) -> None:
        entry = self.entry
        self._night.setChecked(bool(entry and entry.night))
        self._painkiller.setChecked(bool(entry and entry.analgesic))
        self._limp.setChecked(bool(entry and entry.limp))

    def answers(self, pain: int | None) -> DayAnswers:
        if pain is not None:
            return DayAnswers(morning=pain)
        # Done: what was seen and not ticked did not happen.
        return DayAnswers(
            night=self._night.isChecked(), analgesic=self._painkiller.isChecked(), limp=self._limp.isChecked()
        )

    def _night_ticked(self) -> None:
        self._ticked()
        self.given.emit(DayAnswers(night=self._night.isChecked()))

    def _painkiller_ticked(self) -> None:
        self._ticked()
        self.given.emit(DayAnswers(analgesic=self._painkiller.isChecked()))

    def _limp_ticked(self) -> None:
        self._ticked()
        self.given.emit(DayAnswers(limp=self._limp.isChecked()))


class CheckIn(Card):
    """Morning and evening of the day it is, and the way to other days."""

    given = Signal(object)  # DayAnswers
    another_wanted = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._day: date | None = None
        self._title = plain_text.label("", Role.SECTION)
        self.morning = Morning()
        self.evening: Part | None = None
        self.parts: tuple[Part, ...] = (self.morning,)
        self._saved = plain_text.label("", Role.SMALL)
        self.another = Button(tr("Another day…"), Kind.QUIET)
        self.another.on_pressed(self.another_wanted.emit)
        self._done = Button(tr("Done"), Kind.GHOST, hint=RETURN)
        self._done.on_pressed(self._finish)
        foot = QHBoxLayout()
        foot.setSpacing(2 * STEP)
        for widget, stretch in ((self._saved, 1), (self.another, 0), (self._done, 0)):
            foot.addWidget(widget, stretch)
        self.column.setSpacing(STEP)
        self.column.addWidget(self._title)
        self.column.addSpacing(STEP)
        self._add(self.morning)
        self.column.addStretch()
        self.column.addLayout(foot)

    def on_given(self, take: Callable[[DayAnswers], object]) -> None:
        """Call `take` with each answer."""
        self.given.connect(take)

    def on_another_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to enter another day."""
        self.another_wanted.connect(act)

    def on_done(self, act: Callable[[], object]) -> None:
        """Call `act` when a question is folded."""
        self.done.connect(act)

    def show_day(self, day: date, entry: DayEntry | None, asking: Asking, *, evening: bool) -> None:
        """Show the day. In the evening the worst of the day is asked first, of the morning it is told what is known."""
        if day != self._day:
            self._day = day
            for part in self.parts:
                part.forget()
        self.morning.show_entry(entry, waiting=asking.morning and not evening)
        self.morning.show_about(words.about(asking.about))
        if evening or (entry is not None and entry.worst is not None):
            self._show_evening(entry, asking)
        elif self.evening is not None:
            self.evening.hide()
        self._show_title(evening=evening)
        self._show_foot()

    def _show_evening(self, entry: DayEntry | None, asking: Asking) -> None:
        if self.evening is None:
            from coach.ui.screens.evening import Evening

            self.evening = Evening()
            self._add(self.evening)
            self.parts = (self.evening, self.morning)
        self.evening.show_entry(entry, waiting=asking.evening)
        self.evening.show_about(words.below_morning(entry))
        self.evening.show()

    def _add(self, part: Part) -> None:
        """Above what is there already."""
        part.on_given(self._given)
        part.on_opened(self._opened)
        self.column.insertWidget(self.column.indexOf(self._title) + 2, part)  # the gap below the title is one, too

    def _show_title(self, *, evening: bool) -> None:
        title = tr("Evening check-in") if evening else tr("Morning check-in")
        plain_text.show(self._title, title)
        self.setAccessibleName(title)

    def _show_foot(self) -> None:
        part = self.open_part()
        answered = part is not None and part.value() is not None
        said = tr("Saved. Press another number to correct it.") if answered else tr("Saved as you press.")
        plain_text.show(self._saved, said if part is not None else "")
        self._done.setVisible(part is not None)
        self._done.setEnabled(answered)
        self._done.show_text(tr("Done"), hint=RETURN if answered else "")

    def _given(self, answers: DayAnswers) -> None:
        self.given.emit(answers)
        if answers.morning is not None or answers.worst is not None:
            move_keyboard(self._done)  # Enter is all that is left, if nothing is to be ticked
            # The chart may have come with the answer: its room is there one turn later.
            QTimer.singleShot(0, self._done, partial(reveal, self._done))

    def _opened(self) -> None:
        for part in self.parts:
            if part is not self.sender() and part.is_open:
                part.close_up()
        self._show_foot()

    def _finish(self) -> None:
        part = self.open_part()
        if part is not None:
            part.finish()
            self.done.emit()

    def forget(self) -> None:
        """The person went away: what is answered is folded when they come back."""
        for part in self.parts:
            part.forget()

    def open_part(self) -> Part | None:
        """The question that a number key answers."""
        focused = next((part for part in self.parts if part.is_open and has_keyboard(part)), None)
        waiting = (part for part in self.parts if part.is_open and part.value() is None)
        return focused or next(waiting, None) or next((part for part in self.parts if part.is_open), None)

    def choose(self, pain: int) -> None:
        """A number key answers the question that is open; what Enter then does is to be seen."""
        part = self.open_part()
        if part is not None:
            part.choose(pain)
            if self._done.hasFocus():
                theme.focus_by_keys(self._done)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        stops = [stop for part in self.parts for stop in part.tab_stops()]
        return (*stops, self.another, self._done)


def has_keyboard(part: QWidget) -> bool:
    """Whether the keyboard is somewhere in it."""
    focused: QWidget | None = part.window().focusWidget()
    return focused is not None and part.isAncestorOf(focused)
