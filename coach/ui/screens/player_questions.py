"""What the player asks: pain before, "It hurts", whether to end, and the closing questions."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from coach.core.clinical.pain import Advice, Beginning, Choice, Limits
from coach.core.routine.bounds import MAX_TEXT
from coach.ui import a11y, plain_text, theme
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.screens.page import Flow, flow
from coach.ui.screens.question import Question, press_focused
from coach.ui.tokens import STEP, Size
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.pain_scale import GREEN_UP_TO, Chosen, MarkSize, PainScale, Scale, answer_of
from coach.words.session import too_much_to_begin
from coach.words.translate import tr


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to the opening question; None was not answered."""

    pain: int | None


class BeforePage(Question):
    """How the hip is before the session."""

    answered = Signal(object)  # Answered

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = PainScale(tr("Pain now, before the session"), Scale.PAIN, MarkSize.LARGE)
        self._scale.on_chosen(self._chosen)
        self.column.addWidget(self._scale)
        self._skip = Button(tr("Start without an answer"), Kind.GHOST)
        self._skip.on_pressed(self._without)
        self._prescribed = Button(tr("Do it as prescribed"), Kind.GHOST)
        self._prescribed.hide()
        self._leave = Button(tr("Not now"), Kind.QUIET, hint=tr("Esc", "the key"))
        self.row(self._skip, self._prescribed, self._leave)

    def on_prescribed(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants what is prescribed in place of what is proposed."""
        self._prescribed.on_pressed(act)

    def on_answered(self, take: Callable[[Answered], object]) -> None:
        """Call `take` with the answer."""
        self.answered.connect(take)

    def on_left(self, act: Callable[[], object]) -> None:
        """Call `act` when the person does not start after all."""
        self._leave.on_pressed(act)

    def open(self, title: str, advice: str, *, as_prescribed: bool = False) -> None:
        """Ask, with what should be known beforehand; where less is proposed, the prescription can be had."""
        self._prescribed.setVisible(as_prescribed)
        self.ask(title, f"{self._keys()}\n{advice}".strip())
        self._skip.show()
        self._leave.show_kind(Kind.QUIET)
        self._scale.show_value(None)
        self._scale.focus_scale()

    def show_limit(self, limit: Beginning) -> None:
        """What is too much to begin with is red."""
        self._scale.show_zones(min(GREEN_UP_TO, limit.up_to), limit.up_to)

    def _keys(self) -> str:
        return tr("Press a number key, X for ten. The session begins at once.")

    def hold_back(self, pain: int, limit: Beginning) -> None:
        """Say that this is too much to begin with; another number corrects a slip."""
        again = tr("Was it a slip? Press the right number.")
        self.ask(tr("Pain {pain} of 10").format(pain=pain), f"{too_much_to_begin(limit)}\n{again}")
        self._skip.hide()
        self._prescribed.hide()
        self._leave.show_kind(Kind.PRIMARY)
        theme.focus_by_keys(self._leave)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = answer_of(event)
        if answer is None:
            super().keyPressEvent(event)
        else:
            self._scale.choose(answer)

    def _chosen(self, chosen: Chosen) -> None:
        self.answered.emit(Answered(chosen.value))

    def _without(self) -> None:
        self.answered.emit(Answered(None))


@dataclass(frozen=True, slots=True)
class Hurting:
    """How much it hurts."""

    pain: int


@dataclass(frozen=True, slots=True)
class GoesOn:
    """How the session goes on."""

    choice: Choice


@dataclass(frozen=True, slots=True)
class Escaped:
    """The person wants out of the question."""

    answered: bool
    """The pain is in the log; else it was pressed by mistake."""


class HurtPage(Question):
    """It hurts: how much, and how it goes on. The session stands still meanwhile."""

    type_size = Size.CUE
    rated = Signal(object)  # Hurting
    chosen = Signal(object)  # GoesOn
    left = Signal(object)  # Escaped

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = PainScale(tr("Pain now"), Scale.PAIN, MarkSize.LARGE)
        self._scale.on_chosen(self._rate)
        self.column.addWidget(self._scale)
        self._keys = {Qt.Key.Key_C: Choice.GO_ON, Qt.Key.Key_E: Choice.EASIER, Qt.Key.Key_S: Choice.SKIP}
        self._buttons = {
            Choice.GO_ON: Button(tr("Go on"), Kind.GHOST, hint="C", icon=Icon.PLAY),
            Choice.EASIER: Button(tr("Easier variation"), Kind.GHOST, hint="E"),
            Choice.SKIP: Button(tr("Skip this exercise"), Kind.GHOST, hint="S", icon=Icon.SKIP),
            Choice.STOP: Button(tr("Stop the session"), Kind.NOW, hint=tr("Esc", "the key"), icon=Icon.END),
        }
        self._buttons[Choice.GO_ON].on_pressed(self._go_on)
        self._buttons[Choice.EASIER].on_pressed(self._easier)
        self._buttons[Choice.SKIP].on_pressed(self._skip)
        self._buttons[Choice.STOP].on_pressed(self._stop)
        self._not_now = Button(tr("Not now"), Kind.GHOST, hint=tr("Esc", "the key"))
        self._not_now.on_pressed(self.escape)
        self._choices = QWidget()
        self._order = Flow(self._choices, gap=3 * STEP)
        for button in (*self._buttons.values(), self._not_now):
            self._order.addWidget(button)
        self.column.addWidget(self._choices)
        self._offered: tuple[Choice, ...] = ()
        self._fit()

    def _fit(self) -> None:
        super()._fit()
        # Two lines of choices have their room from the start: the numbers stay where they are when these come.
        self._choices.setMinimumHeight(2 * self._buttons[Choice.GO_ON].sizeHint().height() + 3 * STEP)

    def on_rated(self, take: Callable[[Hurting], object]) -> None:
        """Call `take` with the pain."""
        self.rated.connect(take)

    def on_chosen(self, take: Callable[[GoesOn], object]) -> None:
        """Call `take` with how it goes on."""
        self.chosen.connect(take)

    def on_left(self, take: Callable[[Escaped], object]) -> None:
        """Call `take` when the person wants out."""
        self.left.connect(take)

    def open(self, limits: Limits) -> None:
        """Ask how much; the choices come with the answer."""
        self.ask(tr("How much does it hurt?"), self._paused())
        self._offer(())
        self._scale.show_zones(limits.easier_above, limits.stop_above)
        self._scale.show_value(None)
        self._scale.focus_scale()

    def show_advice(self, advice: Advice, easier: str) -> None:
        """Offer what the rules say; the first choice is the one they ask for."""
        self.ask(tr("Pain {pain} of 10").format(pain=advice.pain), self._reason(advice))
        self._scale.show_value(advice.pain)
        if easier:
            text = tr("Easier: {exercise}").format(exercise=plain_text.for_button(easier))
            self._buttons[Choice.EASIER].show_text(text, hint="E")
        self._offer(advice.choices)
        theme.focus_by_keys(self._buttons[advice.choices[0]])  # what Enter does is to be seen

    def _paused(self) -> str:
        return tr("The session is paused. Press a number key, X for ten.")

    def _reason(self, advice: Advice) -> str:
        return _reason(advice)

    def escape(self) -> None:
        """Out of here: before an answer back to what was done, after one by the question whether to end."""
        self.left.emit(Escaped(answered=bool(self._offered)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choice = self._keys.get(Qt.Key(event.key()))
        answer = answer_of(event)
        if press_focused(self, event):
            pass
        elif choice is not None and choice in self._offered:
            self.chosen.emit(GoesOn(choice))
        elif answer is not None:
            self._scale.choose(answer)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._offered:
            self.chosen.emit(GoesOn(self._offered[0]))
        else:
            super().keyPressEvent(event)

    def _offer(self, choices: tuple[Choice, ...]) -> None:
        """Show these choices and no others, the advised one first and plainly so."""
        self._offered = choices
        while self._order.takeAt(0) is not None:
            pass
        for place, choice in enumerate(choices):
            button = self._buttons[choice]
            if choice is not Choice.STOP:
                button.show_kind(Kind.GHOST if place else Kind.PRIMARY)
            self._order.addWidget(button)
        if not choices:
            self._order.addWidget(self._not_now)
        self._not_now.setVisible(not choices)
        for choice, button in self._buttons.items():
            button.setVisible(choice in choices)
        for before, after in pairwise(choices):
            QWidget.setTabOrder(self._buttons[before], self._buttons[after])

    def _rate(self, chosen: Chosen) -> None:
        self.rated.emit(Hurting(chosen.value))

    def _go_on(self) -> None:
        self.chosen.emit(GoesOn(Choice.GO_ON))

    def _easier(self) -> None:
        self.chosen.emit(GoesOn(Choice.EASIER))

    def _skip(self) -> None:
        self.chosen.emit(GoesOn(Choice.SKIP))

    def _stop(self) -> None:
        self.chosen.emit(GoesOn(Choice.STOP))


def _reason(advice: Advice) -> str:
    limits = advice.limits
    stop = tr("your plan says: stop above {limit}") if limits.prescribed else tr("the limit is {limit}")
    if advice.pain > limits.stop_above:
        said = tr("That is too much: {rule}. Stop now, and rest. Your answer is in the log.")
        return said.format(rule=stop.format(limit=limits.stop_above))
    if advice.pain > limits.easier_above:
        if Choice.EASIER in advice.choices:
            rule = tr("above {limit} the easier variation comes first").format(limit=limits.easier_above)
        else:
            rule = tr("above {limit} something easier is better, and this has no easier variation").format(
                limit=limits.easier_above
            )
        return tr("Acceptable if it settles, but {rule}.").format(rule=rule)
    return tr("That is within the limits. Go on if you feel well with it.")


class EndPage(Question):
    """Whether to end the session early."""

    type_size = Size.CUE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stay = Button(tr("Go on with the session"), Kind.PRIMARY, hint=tr("Space", "the key"))
        self._end = Button(tr("End it here"), Kind.GHOST, hint=RETURN)
        self._later = Button(tr("Go on later"), Kind.GHOST, hint="L")
        for button in (self._stay, self._end, self._later):
            button.set_type_size(self.type_size)
        self.column.addWidget(flow(self._stay, self._end, self._later, gap=3 * STEP))
        self._acts: dict[int, Button] = {
            Qt.Key.Key_Space: self._stay,
            Qt.Key.Key_Escape: self._stay,
            Qt.Key.Key_Return: self._end,
            Qt.Key.Key_Enter: self._end,
            Qt.Key.Key_L: self._later,
        }

    def on_chosen(self, stay: Callable[[], object], end: Callable[[], object], later: Callable[[], object]) -> None:
        """Connect the three answers."""
        self._stay.on_pressed(stay)
        self._end.on_pressed(end)
        self._later.on_pressed(later)

    def open(self) -> None:
        """Ask; the session is paused meanwhile."""
        self._stay.show_text(self._going_on(), hint=tr("Space", "the key"))
        self._later.show()
        self.ask(*self._asked())
        self.setFocus()

    def open_hurt(self) -> None:
        """Ask while it hurts: then there is only the way back to what the limits offer."""
        self._stay.show_text(tr("Back"), hint=tr("Space", "the key"))
        self._later.hide()
        self.ask(self._asked()[0], tr("What you have done and how much it hurt is in the log either way."))
        self.setFocus()

    def _going_on(self) -> str:
        return tr("Go on with the session")

    def _asked(self) -> tuple[str, str]:
        return (
            tr("End the session?"),
            tr("What you have done is in the log either way. Later, you can go on at this very rep."),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = self._acts.get(event.key())
        if press_focused(self, event):
            pass
        elif button is not None and not button.isHidden():
            button.click()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing answers; None was not answered."""

    worst: int | None
    now: int | None
    effort: int | None
    note: str


class FinishPage(Question):
    """How it was: worst pain, pain now, effort, and one optional line."""

    marks = MarkSize.NORMAL
    saved = Signal(object)  # Closing

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setSpacing(3 * STEP)
        sheet = Card()
        sheet.column.setSpacing(2 * STEP)
        self._scales: list[PainScale] = []
        self._worst = self._scale(sheet, tr("Worst pain during the session"), Scale.PAIN)
        self._now = self._scale(sheet, tr("Pain now"), Scale.PAIN)
        self._effort = self._scale(sheet, tr("How hard was it?"), Scale.EFFORT)
        words = plain_text.label(tr("Anything to remember? (optional)"), Role.STRONG)
        self._note = QLineEdit()
        self._note.setMaxLength(MAX_TEXT)
        words.setBuddy(self._note)
        a11y.name(self._note, tr("Note on this session, optional"))
        note = _pair(words, self._note)
        note.setSpacing(STEP)
        sheet.column.addLayout(note)
        self.column.addWidget(sheet)
        self._button = Button(tr("Save"), Kind.PRIMARY, hint=RETURN, icon=Icon.CHECK)
        self._button.on_pressed(self._save)
        self.row(self._button)

    def on_saved(self, take: Callable[[Closing], object]) -> None:
        """Call `take` with the answers."""
        self.saved.connect(take)

    def show_limits(self, limits: Limits) -> None:
        """What was too much in the session is red."""
        self._worst.show_zones(limits.easier_above, limits.stop_above)

    def open(self, title: str, sub: str, worst: int | None, after: int | None) -> None:
        """Ask; `worst` is what "It hurts" was rated at most, `after` an answer that is known already."""
        self.ask(title, sub)
        self._worst.show_value(worst)
        self._now.show_value(after)
        self._effort.show_value(None)
        self._note.clear()
        first = next((scale for scale in self._scales if scale.value is None), self._now)
        first.focus_scale()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = answer_of(event)
        waiting = next((scale for scale in self._scales if scale.value is None), None)
        if answer is not None and waiting is not None:
            waiting.choose(answer)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            super().keyPressEvent(event)

    def _scale(self, sheet: Card, question: str, kind: Scale) -> PainScale:
        scale = PainScale(question, kind)
        scale.on_chosen(self._next)
        sheet.column.addLayout(_pair(plain_text.label(question, Role.STRONG), scale))
        self._scales.append(scale)
        return scale

    def _next(self, chosen: Chosen) -> None:
        """On to the question that is still open; after the last one Enter saves."""
        del chosen
        waiting = next((scale for scale in self._scales if scale.value is None), None)
        if waiting is not None:
            waiting.focus_scale()
        else:
            self._note.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(waiting or self._note)

    def _save(self) -> None:
        self.saved.emit(Closing(self._worst.value, self._now.value, self._effort.value, self._note.text()))


def _pair(words: QWidget, control: QWidget) -> QVBoxLayout:
    """A control right below its words."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(words)
    column.addWidget(control)
    return column
