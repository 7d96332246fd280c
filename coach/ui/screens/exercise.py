"""One exercise: how it looks, how it goes, what goes wrong, when to leave it out, how much, and where that comes from.

The texts of a received exercise are foreign: they are shown through `plain_text` alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from coach.app.library import Shelved, doses, rungs_of, side_shown
from coach.core.clinical.self_tests import Guided, guided_by
from coach.core.routine.exercise import Exercise, Gate, StepType
from coach.core.routine.plan import Work
from coach.ui import a11y, icons, plain_text, theme
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Desk
from coach.ui.screens.choices import remark
from coach.ui.screens.page import Page, clear, flow, keys_in_use, move_keyboard, wrapped
from coach.ui.screens.stage import StageCard
from coach.ui.tokens import GAP, STEP, Size, Weight
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, Chip, Rule, Tone, soft, text_colour
from coach.ui.widgets.exercise_card import Pressed
from coach.ui.widgets.ladder import LadderView, Rung
from coach.ui.widgets.notice import NoticeKind
from coach.words import exercise as words
from coach.words import prescription
from coach.words.sources import source
from coach.words.translate import capital, count, tr

_SIDE_CARD: Final = 340
_TWO_COLUMNS_FROM: Final = 860
_WIDEST: Final = 16_777_215
"""What Qt takes for "no limit"."""

_STAGE: Final = (250, 430)
_STAGE_SHARE: Final = 0.42
_TITLE: Final = 80
_LONGEST: Final = 1_000
_LONGEST_SUB: Final = 240
"""What stands above the part that scrolls must not fill the page."""

_SHOWN: Final = 60
"""No exercise needs more; a hostile one can have as many as a file holds."""


@dataclass(frozen=True, slots=True)
class LeadWanted:
    """The person wants to be led through a self-test."""

    test: Guided


class ExercisePage(Page):
    """All about one exercise; its ladder leads to the next one in the same place."""

    left = Signal()
    lead_wanted = Signal(object)  # LeadWanted

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", " ", parent)
        self._desk = desk
        self._one: Shelved | None = None
        self._every: tuple[Shelved, ...] = ()
        self._stage: StageCard | None = None
        self._side_cards: tuple[Card, ...] = ()
        self._columns: QBoxLayout | None = None
        self.back = Button(tr("Library"), Kind.GHOST, hint=tr("Esc"), icon=Icon.LEFT)
        self.back.setAccessibleName(tr("Back to the library"))
        self.back.on_pressed(self._leave)
        self.do_test = Button(tr("Do this test"), Kind.PRIMARY, hint="T", icon=Icon.PLAY)
        self.do_test.on_pressed(self._lead)
        self.buttons.addWidget(self.do_test)
        self.buttons.addWidget(self.back)

    def on_left(self, act: Callable[[], object]) -> None:
        """Call `act` when the person goes back to the library."""
        self.left.connect(act)

    def on_lead_wanted(self, take: Callable[[LeadWanted], object]) -> None:
        """Call `take` when the person wants to do the self-test that is shown."""
        self.lead_wanted.connect(take)

    @property
    def key(self) -> str:
        """Which exercise of the library is shown."""
        return self._one.key if self._one is not None else ""

    @property
    def stage(self) -> StageCard:
        """The figure and its controls."""
        assert self._stage is not None
        return self._stage

    def first_focus(self) -> None:
        """Put the keyboard on Play."""
        if self._stage is not None:
            move_keyboard(self._stage.play)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self._leave()
            case Qt.Key.Key_Space:
                self.stage.toggle()
            case Qt.Key.Key_T:
                self._lead()
            case _:
                super().keyPressEvent(event)

    def _leave(self) -> None:
        self.left.emit()

    @property
    def _test(self) -> Guided | None:
        """The self-test that the exercise shows; a received exercise of the same name is not ours to lead through."""
        ours = self._one is not None and self._one.listed is None
        return guided_by(self._one.exercise.id) if self._one is not None and ours else None

    def _lead(self) -> None:
        if self._test is not None:
            self.lead_wanted.emit(LeadWanted(self._test))

    # -- showing ------------------------------------------------------------------------------------------------

    def show_exercise(self, one: Shelved, every: tuple[Shelved, ...]) -> None:
        """Show this exercise, from the top."""
        self._one, self._every = one, every
        exercise = one.exercise
        self.show_title(plain_text.clean_name(exercise.name, _TITLE))
        self.show_sub(_sub(one))
        self.do_test.setVisible(self._test is not None)
        impact = self._test is Guided.IMPACT
        self.do_test.show_text(tr("Do the impact check") if impact else tr("Do this test"), hint="T", icon=Icon.PLAY)
        clear(self.body)
        if one.advice:
            self.body.addWidget(remark(NoticeKind.WARNING, "\n\n".join(_advice(gate) for gate in one.advice)))
        self._stage = StageCard(self._desk.surroundings.clock, moves_by_itself=not self._desk.settings.less_motion)
        self._stage.show_exercise(exercise, side_shown(exercise, self._desk.settings.home_side))
        wide = (self._stage, *_instructions(exercise), *_warnings(one))
        narrow = (*self._ladder(one), _dose(one), _about(one))
        self._lay_out(wide, narrow)
        if exercise.sources:
            self.body.addWidget(_sources(exercise))
        self.body.addStretch()
        self._fit_columns()
        self.to_top()

    def _lay_out(self, wide: Sequence[QWidget], narrow: Sequence[Card]) -> None:
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(GAP)
        for cards, stretch in ((wide, 1), (narrow, 0)):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            for card in cards:
                column.addWidget(card)
            column.addStretch()
            self._columns.addLayout(column, stretch)
        self._side_cards = tuple(narrow)
        self.body.addLayout(self._columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        if self._columns is None or self._stage is None:
            return
        two = self.width() >= _TWO_COLUMNS_FROM
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom)
        for card in self._side_cards:
            card.setMinimumWidth(_SIDE_CARD if two else 0)
            card.setMaximumWidth(_SIDE_CARD if two else _WIDEST)
        least, most = _STAGE
        self._stage.stage.setFixedHeight(min(most, max(least, round(self.height() * _STAGE_SHARE))))

    # -- the ladder ---------------------------------------------------------------------------------------------

    def _ladder(self, one: Shelved) -> tuple[Card, ...]:
        near = rungs_of(one, self._every)
        if not near.easier and not near.harder:
            return ()
        card = _titled(tr("Easier and harder"))
        here = Rung(one.key, one.exercise, one.exercise.name, tr("This one"), here=True)
        harder = (_rung(other, tr("Harder")) for other in reversed(near.harder[:_SHOWN]))
        easier = (_rung(other, tr("Easier")) for other in reversed(near.easier[:_SHOWN]))
        ladder = LadderView((*harder, here, *easier))
        ladder.on_climbed(self._climbed)
        card.column.addWidget(ladder)
        return (card,)

    def _climbed(self, pressed: Pressed) -> None:
        found = next((one for one in self._every if one.key == pressed.key), None)
        if found is not None:
            seen = keys_in_use(self)
            self.show_exercise(found, self._every)
            move_keyboard(self.stage.play, seen=seen)
            a11y.announce(self, plain_text.clean_name(found.exercise.name))


# -- cards ------------------------------------------------------------------------------------------------------


def _titled(title: str) -> Card:
    card = Card()
    card.setAccessibleName(title)
    card.column.addWidget(wrapped(title, Role.SECTION))
    return card


def _instructions(exercise: Exercise) -> tuple[Card, ...]:
    """How it goes, what helps, what goes wrong; only what the exercise says."""
    cards = []
    told = _texts(exercise, StepType.PREPARATION, StepType.STEP)
    cues, breath = _texts(exercise, StepType.FORM_CUE), _texts(exercise, StepType.BREATHING)
    if told or cues or breath:
        card = _titled(tr("How it goes"))
        for number, text in enumerate(told, start=1):
            card.column.addLayout(_point(text, number))
        if cues:
            card.column.addSpacing(STEP)
            card.column.addWidget(wrapped(tr("Keep in mind"), Role.STRONG))
        for text in cues:
            card.column.addLayout(_point(text, Icon.CHECK, Tone.OK))
        if breath:
            card.column.addSpacing(STEP)
            card.column.addWidget(wrapped(tr("Breathing"), Role.STRONG))
        for text in breath:
            card.column.addWidget(wrapped(text, Role.BODY))
        cards.append(card)
    if exercise.errors:
        card = _titled(tr("Common errors"))
        for text in exercise.errors[:_SHOWN]:
            card.column.addLayout(_point(_cut(text), Icon.END, Tone.AMBER))
        cards.append(card)
    return tuple(cards)


def _warnings(one: Shelved) -> tuple[Card, ...]:
    """When not to do it: what holds for everybody, then what holds where it hurts, the person's own places first."""
    safety = _texts(one.exercise, StepType.SAFETY)
    gates = sorted(one.exercise.gates[:_SHOWN], key=lambda gate: gate not in one.advice)
    if not safety and not gates:
        return ()
    card = _titled(tr("When not to do it"))
    for text in safety:
        card.column.addLayout(_point(text, Icon.WARNING, Tone.AMBER))
    for gate in gates:
        card.column.addWidget(Rule())
        leave = gate.action == "off"
        chip = Chip(tr("Leave it out") if leave else tr("Adapt it"), Tone.AMBER if leave else Tone.ACTION)
        site = tr("Pain here: {site}").format(site=prescription.site(gate.site).lower())
        yours = (Chip(tr("where it hurts you"), Tone.MUTED),) if gate in one.advice else ()
        card.column.addWidget(wrapped(site, Role.STRONG))
        card.column.addWidget(flow(chip, *yours))
        card.column.addWidget(wrapped(_cut(gate.why), Role.BODY))
    return (card,)


def _dose(one: Shelved) -> Card:
    """How much is usual, phase by phase; of a received exercise first what its routine asks for."""
    card = _titled(tr("Typical dose"))
    phases = [(words.phase(phase.name), phase.work, phase.note) for phase in doses(one.exercise)[:_SHOWN]]
    if one.work is not None and (one.listed is not None or not phases):
        phases.insert(0, (tr("In the routine") if one.listed is not None else "", one.work, ""))
    if not phases:
        card.column.addWidget(wrapped(tr("The file names none."), Role.MUTED))
    for number, (name, work, note) in enumerate(phases):
        if number:
            card.column.addWidget(Rule())
        _add_dose(card, name, work, note)
    sides = capital(prescription.sides(one.work)) if one.work is not None else ""
    for fact, value in ((tr("Sides"), sides), (tr("How often"), _cut(one.exercise.frequency))):
        if value:
            card.column.addWidget(Rule())
            card.column.addLayout(_fact(fact, value))
    return card


def _add_dose(card: Card, name: str, work: Work, note: str) -> None:
    if name:
        card.column.addWidget(wrapped(name, Role.MUTED))
    card.column.addWidget(wrapped(words.amount_words(work), Role.STRONG))
    if pace := prescription.pace_words(work):
        card.column.addWidget(wrapped(pace, Role.MUTED))
    if note:
        card.column.addWidget(wrapped(_cut(note), Role.BODY))


def _about(one: Shelved) -> Card:
    exercise = one.exercise
    card = _titled(tr("About it"))
    card.column.addWidget(flow(Chip(words.kind(exercise.kind))))
    facts = [
        (tr("Area"), words.place(exercise.area)),
        (tr("Muscles"), words.several(exercise.muscles[:_SHOWN])),
        (tr("Equipment"), words.several(exercise.equipment[:_SHOWN]) or tr("None")),
    ]
    if one.listed is not None:
        facts.append((tr("From"), one.listed.routine.prescriber.name or tr("a file that names nobody")))
        facts.append((tr("In the routine"), one.listed.routine.title))
    for fact, value in facts:
        if value:
            card.column.addLayout(_fact(fact, _cut(value)))
    return card


def _sources(exercise: Exercise) -> Card:
    card = _titled(tr("Sources"))
    for text in exercise.sources[:_SHOWN]:
        card.column.addWidget(wrapped(_cut(source(text)), Role.SMALL))
    if len(exercise.sources) > _SHOWN:
        more = count(len(exercise.sources) - _SHOWN, "And %n more", "And %n more")
        card.column.addWidget(wrapped(more, Role.SMALL))
    return card


def _sub(one: Shelved) -> str:
    """What else it is called; else where it works and how much is usual."""
    names = plain_text.clean_name(", ".join(one.exercise.other_names[:_SHOWN]), _LONGEST_SUB)
    return tr("Also called {names}").format(names=names) if names else words.line(one.exercise, one.work)


def _rung(one: Shelved, label: str) -> Rung:
    return Rung(one.key, one.exercise, one.exercise.name, label)


def _advice(gate: Gate) -> str:
    """What the person's own pain site says about it, on top of the page."""
    text = tr("Leave it out for now. {site}: {why}") if gate.action == "off" else tr("Adapt it for now. {site}: {why}")
    return text.format(site=prescription.site(gate.site), why=_cut(gate.why))


# -- lines ------------------------------------------------------------------------------------------------------


def _texts(exercise: Exercise, *kinds: StepType) -> list[str]:
    return [_cut(step.text) for step in exercise.steps if step.type in kinds][:_SHOWN]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _point(text: str, mark: int | Icon, tone: Tone = Tone.ACTION) -> QLayout:
    """A line of a list with its number or sign before it."""
    line = QHBoxLayout()
    line.setSpacing(3 * STEP)
    line.setContentsMargins(0, 2, 0, 2)
    said = wrapped(text, Role.BODY)
    if isinstance(mark, int):
        a11y.name(said, tr("{number}. {text}").format(number=mark, text=text))
    line.addWidget(_Mark(mark, tone), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(said, 1)
    return line


def _fact(name: str, value: str) -> QLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(wrapped(name, Role.MUTED))
    column.addWidget(wrapped(value, Role.BODY))
    return column


class _Mark(QWidget):
    """A number or a sign on a small disc; decoration to a reader, since the words say it."""

    _SIDE: Final = 22

    def __init__(self, mark: int | Icon, tone: Tone) -> None:
        super().__init__()
        self._mark = mark
        self._tone = tone
        self.setFixedSize(QSize(self._SIDE, self._SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft(self._tone, tokens)))
        painter.drawEllipse(box)
        colour = text_colour(self._tone, tokens)
        if isinstance(self._mark, Icon):
            icons.paint(painter, self._mark, box.adjusted(4, 4, -4, -4), colour)
        else:
            painter.setFont(theme.font(Size.LABEL, Weight.BOLD))
            painter.setPen(QColor(colour))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._mark))
        painter.end()
