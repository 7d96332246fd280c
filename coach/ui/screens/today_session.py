"""Today's card of the session that is due: what, how much, what the log says to it, and the figure of its beginning."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.app.routines import Origin
from coach.app.today import DueSession
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import known_exercises
from coach.core.routine.schedule import Due
from coach.ui import a11y, plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import Flow, breakable, flow, wrapped
from coach.ui.tokens import GAP, STEP, Size
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card, Chip, Tone
from coach.words import numbers
from coach.words import session as words
from coach.words.translate import count, tr

if TYPE_CHECKING:
    from coach.ui.widgets.figure import FigureView

_CHIPS: Final = 8
_TITLE_WORD: Final = 18
_FIGURE_WIDTH, _FIGURE_HEIGHT = 192, 220


class DueView(Struct, frozen=True):
    """The session that is due, and what stands around it."""

    due: DueSession | None
    today: date
    looked: date | None
    """The day for which the log was asked what it says to the session; None while it was not."""
    blocked: bool
    """A red flag keeps from training."""
    first: bool
    """Nothing broke off that is gone on with before this begins."""
    aloud: bool
    """The page is seen: what changed is told to a screen reader."""


class SessionCard(Card):
    """The session that is due, or where to find a routine."""

    def __init__(self, library: Mapping[str, Exercise], parent: QWidget | None = None) -> None:
        super().__init__(tr("Today's session"), parent)
        self._library = library
        self._announced = ""
        self._posed: Exercise | None = None
        self.figure: FigureView | None = None
        self._routine = wrapped("", Role.HEADING)
        self._about = plain_text.label("", Role.MUTED)
        self._guide = Chip("", Tone.AMBER, size=Size.BODY)
        self._why = plain_text.label("", Role.BODY)
        self._chips = QWidget()
        self._chip_row = Flow(self._chips, gap=2 * STEP)
        self._left_out = plain_text.label("", Role.SMALL)
        self.start = Button(tr("Start session"), Kind.PRIMARY, hint=RETURN)
        self.change = Button(tr("Change"), Kind.GHOST)
        self.as_prescribed = Button(tr("Do it as prescribed"), Kind.GHOST)
        self._figure_place = QVBoxLayout()
        self._figure_place.addStrut(_FIGURE_WIDTH)
        words_ = QVBoxLayout()
        words_.setSpacing(2 * STEP)
        words_.addWidget(self._routine)
        words_.addWidget(self._about)
        words_.addWidget(self._guide, 0, Qt.AlignmentFlag.AlignLeft)
        words_.addWidget(self._why)
        words_.addWidget(self._chips)
        words_.addWidget(self._left_out)
        words_.addStretch()
        words_.addSpacing(STEP)
        words_.addWidget(flow(self.start, self.as_prescribed, self.change, gap=2 * STEP))
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addLayout(words_, 3)
        across.addLayout(self._figure_place, 2)
        self.column.addLayout(across)

    @property
    def main(self) -> Button:
        """What Enter presses."""
        return self.change if self.start.isHidden() else self.start

    def show_due(self, view: DueView) -> None:
        """Show the session, or that no routine is in use."""
        due = view.due
        self._show_proposal(view)
        if due is None:
            self.start.hide()
            plain_text.show(self._routine, tr("No routine in use"))
            plain_text.show(self._about, tr("Choose one of the built-in routines, or open the file of your physio."))
            self._name_change(tr("Choose a routine"))
            self._show_chips(())
            plain_text.show(self._left_out, "")
            return
        routine = due.given.routine
        plain_text.show(self._routine, short_title(routine.title))
        held = due.given.held is not None or view.blocked
        plain_text.show(self._about, _about(due, view.today, held=held))
        self._name_change(tr("Change"), tr("Change the routine"))
        now = due.standing.due is Due.NOW
        # Enter goes on with what broke off before it begins anew.
        self.start.show_kind(Kind.PRIMARY if view.first else Kind.GHOST)
        self.start.show_text(tr("Start session") if now else tr("Do it anyway"), hint=RETURN if view.first else "")
        known = known_exercises(self._library, routine)
        self._show_chips(tuple(f"{words.name(work.exercise, known)} {words.dose(work)}" for work in due.works))
        left_out = [words.name(gated.exercise, self._library) for gated in due.given.left_out]
        told = tr("Left out because of where it hurts: {exercises}").format(exercises=", ".join(left_out))
        plain_text.show(self._left_out, told if left_out else "")
        self._left_out.setVisible(bool(left_out))
        self._posed = known[due.works[0].exercise]
        if self.figure is not None:
            self.draw_figure()

    def _name_change(self, text: str, spoken: str = "") -> None:
        """Other buttons of the page say Change, too: for those who hear it, this one says what it changes."""
        self.change.show_text(text)
        if spoken:
            self.change.setAccessibleName(spoken)

    def draw_figure(self) -> None:
        """Show how the session begins; the words are needed sooner than this."""
        from coach.ui.widgets.figure import FigureView, Shown

        if self.figure is None:
            self.figure = FigureView()
            self.figure.setMinimumSize(_FIGURE_WIDTH, 150)
            self.figure.setMaximumHeight(_FIGURE_HEIGHT)
            self._figure_place.addWidget(self.figure)
        one = self._posed
        self.figure.show_moment(Shown(one) if one is not None else None)

    def _show_proposal(self, view: DueView) -> None:
        """What differs today from the prescription and why; what may be begun all the same."""
        due = view.due
        proposal = due.given.proposal if due is not None else None
        rests = due is not None and due.given.held is not None
        self.start.setVisible(due is not None and not view.blocked and not rests)
        self.as_prescribed.setVisible(
            due is not None and due.given.differs and proposal is not None and proposal.original_available
        )
        if proposal is None or view.blocked or view.looked is None:
            self._guide.hide()
            self._why.hide()
            return
        from coach.words import guidance

        assert due is not None
        known = known_exercises(self._library, due.given.routine)
        heading = guidance.heading(proposal, view.looked)
        said = guidance.proposed(proposal, known, view.looked) or guidance.as_prescribed(proposal, view.looked)
        self._guide.show_text(heading, Tone.RED if rests else Tone.ACTION if proposal.up else Tone.AMBER)
        self._guide.setVisible(bool(heading))
        plain_text.show(self._why, said)
        self._why.setVisible(bool(said))
        if heading and said != self._announced and view.aloud:
            a11y.announce(self._why, f"{heading}. {said}")
        self._announced = said

    def _show_chips(self, texts: tuple[str, ...]) -> None:
        while (old := self._chip_row.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = texts if len(texts) <= _CHIPS else texts[: _CHIPS - 1]
        for text in shown:
            self._chip_row.addWidget(Chip(plain_text.clean_name(text, 48)))
        if len(shown) < len(texts):
            self._chip_row.addWidget(Chip(tr("{number} more").format(number=len(texts) - len(shown))))
        self._chips.setVisible(bool(texts))


def short_title(title: str) -> str:
    """The title of a routine as it fits into a card."""
    return breakable(plain_text.clean_name(title, 60), _TITLE_WORD)


def _about(due: DueSession, today: date, *, held: bool) -> str:
    """What it is, and when it is due; what is `held` back begins when that is over, whatever the schedule says."""
    parts = [
        count(len(due.works), "%n exercise", "%n exercises"),
        numbers.about_minutes(due.length_s),
        tr("built in") if due.listed.origin is Origin.BUILT_IN else tr("from your physio's file"),
    ]
    line = " · ".join(parts)
    if held:
        done = due.standing.due is Due.DONE
        return "{line}\n{state}".format(line=line, state=tr("Done for today.")) if done else line
    when = numbers.from_today(due.standing.next_day, today)
    if due.standing.due is Due.DONE:
        return "{line}\n{state}".format(line=line, state=tr("Done for today. Next: {when}.").format(when=when))
    if due.standing.due is Due.LATER:
        return "{line}\n{state}".format(line=line, state=tr("Not due today. Next: {when}.").format(when=when))
    return line
