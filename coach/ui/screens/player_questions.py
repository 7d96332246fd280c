"""What the player asks: pain before, "It hurts", whether to end, and the closing questions. Large, for the mat."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from coach.core.clinical.pain import Advice, Beginning, Choice
from coach.core.routine.bounds import MAX_TEXT
from coach.ui import a11y, plain_text, theme
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.screens.page import Flow, Scroll, clear, flow, wrapped
from coach.ui.tokens import FLOOR_SCALE, STEP, TARGET, Size
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.notice import Notice
from coach.ui.widgets.pain_scale import Chosen, MarkSize, PainScale, Scale, answer_of
from coach.words.session import too_much_to_begin
from coach.words.translate import tr

_WIDTH = 1000
_ROOMY, _LOW_SCALE = 760, 1.3
_LARGER = {MarkSize.NORMAL: MarkSize.LARGE, MarkSize.LARGE: MarkSize.FLOOR}


class _Leaf(Scroll):
    """Is leafed through by the keys of the page."""

    def turn(self, pages: int) -> None:
        """Scroll by so many pages."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the keys are the page's


class Question(QWidget):
    """One question in the middle of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._floor = False
        self.notice = Notice(parent=self)
        self.title = plain_text.label("", Role.EXERCISE)
        self.title.setWordWrap(True)
        self.sub = plain_text.label("", Role.CUE)
        self.column = QVBoxLayout()
        self.column.setSpacing(5 * STEP)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.title)
        self.column.addWidget(self.sub)
        self._middle = middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        middle.setLayout(self.column)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 20)
        across.addStretch(1)
        body = QVBoxLayout()
        body.setContentsMargins(34, 22, 34, 22)
        body.addStretch(2)
        body.addLayout(across)
        body.addStretch(3)
        self._area = _Leaf(body)
        self.turns: _Leaf = self._area
        """What the page keys scroll."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def ask(self, title: str, sub: str) -> None:
        """Show the question; a screen reader hears it."""
        plain_text.show(self.title, title)
        plain_text.show(self.sub, sub)
        self.sub.setVisible(bool(sub))
        a11y.interrupt(self, f"{title} {sub}")

    marks = MarkSize.LARGE
    """How large the numbers are, but for floor mode."""
    type_size = Size.BODY
    """How large the buttons are, but for floor mode."""

    def show_floor(self, *, floor: bool) -> None:
        """Be large enough for four metres, or for the desk again."""
        self._floor = floor
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._floor:
            self._fit()

    def _fit(self) -> None:
        """What must be decided has to be seen without scrolling: a low screen gets smaller steps."""
        roomy = self.height() >= _ROOMY
        scale = (FLOOR_SCALE if roomy else _LOW_SCALE) if self._floor else 1.0
        self._middle.setMaximumWidth(round(_WIDTH * scale))
        plain_text.set_role(self.title, Role.EXERCISE, scale)
        plain_text.set_role(self.sub, Role.CUE, scale)
        for pain in self.findChildren(PainScale):
            pain.show_size(_LARGER[self.marks] if self._floor and roomy else self.marks)
        for button in self.findChildren(Button):
            if not self.notice.isAncestorOf(button):
                button.set_type_size(self.type_size * scale)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_focused(self, event):
            return
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turns.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def row(self, *buttons: Button) -> None:
        """Put buttons side by side, from the left."""
        line = QHBoxLayout()
        line.setSpacing(3 * STEP)
        for button in buttons:
            line.addWidget(button)
        line.addStretch()
        self.column.addLayout(line)


def press_focused(page: QWidget, event: QKeyEvent) -> bool:
    """Let Enter press the button that has the keyboard; False if it was another key, or none has it."""
    focused = page.focusWidget()
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(focused, Button):
        return False
    if not focused.hasFocus():
        return False
    focused.click()
    return True


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
        sub = tr("Press a number key, X for ten. The session begins at once.")
        self.ask(title, f"{sub}\n{advice}".strip())
        self._skip.show()
        self._leave.show_kind(Kind.QUIET)
        self._scale.show_value(None)
        self._scale.focus_scale()

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


class HurtPage(Question):
    """It hurts: how much, and how it goes on. The session stands still meanwhile."""

    type_size = Size.CUE
    rated = Signal(object)  # Hurting
    chosen = Signal(object)  # GoesOn

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
        for button in self._buttons.values():
            button.set_type_size(self.type_size)
        self._buttons[Choice.GO_ON].on_pressed(self._go_on)
        self._buttons[Choice.EASIER].on_pressed(self._easier)
        self._buttons[Choice.SKIP].on_pressed(self._skip)
        self._buttons[Choice.STOP].on_pressed(self.stop)
        self._choices = QWidget()
        self._order = Flow(self._choices, gap=3 * STEP)
        for button in self._buttons.values():
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

    def open(self) -> None:
        """Ask how much; the choices come with the answer."""
        self.ask(tr("How much does it hurt?"), tr("The session is paused. Press a number key, X for ten."))
        self._offer(())
        self._scale.show_value(None)
        self._scale.focus_scale()

    def show_advice(self, advice: Advice, easier: str) -> None:
        """Offer what the rules say; the first choice is the one they ask for."""
        self.ask(tr("Pain {pain} of 10").format(pain=advice.pain), _reason(advice))
        if easier:
            text = tr("Easier: {exercise}").format(exercise=plain_text.for_button(easier))
            self._buttons[Choice.EASIER].show_text(text, hint="E")
        self._offer(advice.choices)
        theme.focus_by_keys(self._buttons[advice.choices[0]])  # what Enter does is to be seen

    def stop(self) -> None:
        """End the session, once the pain is in the log."""
        if Choice.STOP in self._offered:
            self.chosen.emit(GoesOn(Choice.STOP))

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
        self.ask(
            tr("End the session?"),
            tr("What you have done is in the log either way. Later, you can go on at this very rep."),
        )
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = self._acts.get(event.key())
        if press_focused(self, event):
            pass
        elif button is not None:
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
        self._area.ensureWidgetVisible(waiting or self._note)

    def _save(self) -> None:
        self.saved.emit(Closing(self._worst.value, self._now.value, self._effort.value, self._note.text()))


def _pair(words: QWidget, control: QWidget) -> QVBoxLayout:
    """A control right below its words."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(words)
    column.addWidget(control)
    return column


class _Lines(_Leaf):
    """As tall as what it holds; where there is less room, it scrolls, so that the button below stays in sight."""

    _LEAST = 2 * TARGET

    def __init__(self) -> None:
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(2 * STEP)
        super().__init__(self.rows)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def fit(self) -> None:
        """Take the room that the rows need."""
        self.rows.invalidate()
        tall = self._tall()
        self.setMinimumHeight(min(self._LEAST, tall))
        self.setMaximumHeight(tall)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def sizeHint(self) -> QSize:
        return QSize(self.rows.minimumSize().width(), self._tall())

    def _tall(self) -> int:
        width = max(self.viewport().width(), self.rows.minimumSize().width())
        return self.rows.heightForWidth(width) if self.rows.hasHeightForWidth() else self.rows.sizeHint().height()


class SummaryPage(Question):
    """What was done, what comes next, and when the app asks again; `back` says where its button leads."""

    def __init__(self, parent: QWidget | None = None, back: str = "") -> None:
        super().__init__(parent)
        self._card = Card(tr("Done"))
        self._lines = _Lines()
        self._card.column.addWidget(self._lines)
        self.turns = self._lines
        self.column.addWidget(self._card)
        self._next = plain_text.label("", Role.CUE)
        self._after = plain_text.label("", Role.CUE)
        ahead = QVBoxLayout()
        ahead.setSpacing(STEP)
        ahead.addWidget(self._next)
        ahead.addWidget(self._after)
        self.column.addLayout(ahead)
        self._button = Button(back or tr("Back to Today"), Kind.PRIMARY, hint=RETURN)
        self._retry = Button(tr("Try to save again"), Kind.GHOST)
        self._retry.hide()
        self._where = Button(tr("Show where it hurt…"), Kind.GHOST, hint="W")
        self._where.hide()
        self.row(self._button, self._where, self._retry)

    def on_left(self, act: Callable[[], object]) -> None:
        """Call `act` when the person has seen it."""
        self._button.on_pressed(act)

    def on_retry(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants it saved again."""
        self._retry.on_pressed(act)

    def on_where_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to show where it hurt."""
        self._where.on_pressed(act)

    def offer_where(self, *, hurt: bool) -> None:
        """Offer to show where, if it hurt at all."""
        self._where.setVisible(hurt)

    def come_back(self) -> None:
        """The person has shown where."""
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, title: str, sub: str, lines: tuple[tuple[str, str], ...], after: str) -> None:
        """Show what was done, exercise by exercise."""
        self.ask(title, sub)
        clear(self._lines.rows)
        for name, done in lines:
            row = QHBoxLayout()
            row.setSpacing(4 * STEP)
            what, how = wrapped(plain_text.clean_name(name), Role.STRONG), plain_text.label(done, Role.MUTED)
            how.setAlignment(Qt.AlignmentFlag.AlignRight)
            row.addWidget(what, 1)
            row.addWidget(how, 1)
            self._lines.rows.addLayout(row)
        self._lines.fit()
        self.show_next("")
        plain_text.show(self._after, after)
        self._after.setVisible(bool(after))
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_next(self, text: str) -> None:
        """Say which session comes next; nothing takes no room."""
        plain_text.show(self._next, text)
        self._next.setVisible(bool(text))

    def show_saved(self, *, saved: bool) -> None:
        """Say whether it is on disk; if not, offer to try again."""
        self._retry.setVisible(not saved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_focused(self, event):
            pass
        elif event.key() == Qt.Key.Key_W and not self._where.isHidden():
            self._where.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._button.click()
        else:
            super().keyPressEvent(event)
