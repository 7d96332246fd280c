"""What a self-test asks: whether to begin, how it was, and whether to leave. Large, for the mat."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.core.clinical.pain import Limits
from coach.core.session.measuring import Bout, Unit
from coach.ui import plain_text, theme
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.screens.choices import Choice, remark
from coach.ui.screens.page import clear, flow, wrapped
from coach.ui.screens.question import Question, press_focused
from coach.ui.tokens import FLOOR_SCALE, STEP, Size
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.figure import FigureView, Shown
from coach.ui.widgets.notice import NoticeKind
from coach.ui.widgets.pain_scale import Chosen, MarkSize, PainScale, Scale, answer_of
from coach.words import testing as words
from coach.words.translate import tr

_FIGURE = (336, 220)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands on the page before a test."""

    title: str
    sub: str
    lines: tuple[str, ...]
    shown: Shown | None
    """The figure of the first thing to do."""
    remarks: tuple[str, ...]
    """What the person's pain sites ask to change."""
    barred: tuple[str, str]
    """Why it is not done now: a heading and its reason; empty where it may begin."""


class BeginPage(Question):
    """What will be measured, and how; or why not now."""

    type_size = Size.CUE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2 * STEP)
        self._figure = FigureView()
        self._figure.setFixedSize(*_FIGURE)
        across = QHBoxLayout()
        across.setSpacing(5 * STEP)
        across.addLayout(self._lines, 1)
        across.addWidget(self._figure, 0, Qt.AlignmentFlag.AlignTop)
        card = Card()
        card.column.addLayout(across)
        self.column.addWidget(card)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(2 * STEP)
        self.column.addLayout(self._remarks)
        self._begin = Button(tr("Begin"), Kind.PRIMARY, hint=tr("Space", "the key"), icon=Icon.PLAY)
        self._record = Button(tr("Record a result from elsewhere"), Kind.GHOST, hint="R", icon=Icon.EDIT)
        self._leave = Button(tr("Not now"), Kind.QUIET, hint=tr("Esc", "the key"))
        self.column.addWidget(flow(self._begin, self._record, self._leave, gap=3 * STEP))
        self._barred = False
        self._fit()

    def on_chosen(self, begin: Callable[[], object], record: Callable[[], object], leave: Callable[[], object]) -> None:
        """Connect the three answers."""
        self._begin.on_pressed(begin)
        self._record.on_pressed(record)
        self._leave.on_pressed(leave)

    def open(self, opening: Opening) -> None:
        """Show it; nothing has begun."""
        heading, reason = opening.barred
        self._barred = bool(heading)
        clear(self._lines)
        clear(self._remarks)
        self.ask(opening.title, opening.sub)
        if self._barred:
            self._lines.addWidget(wrapped(heading, Role.LEAD))
        for line in (reason,) if self._barred else opening.lines:
            self._lines.addWidget(wrapped(line, Role.CUE))
        self._lines.addStretch()
        for text in opening.remarks:
            self._remarks.addWidget(remark(NoticeKind.WARNING, text))
        self._figure.setVisible(opening.shown is not None and not self._barred)
        self._figure.show_moment(opening.shown)
        self._begin.setVisible(not self._barred)
        # Where it is not to be done, the way out is what is offered first.
        self._leave.show_kind(Kind.PRIMARY if self._barred else Kind.QUIET)
        self._leave.show_text(tr("Back") if self._barred else tr("Not now"), hint=tr("Esc", "the key"))
        self.notice.hide()
        theme.focus_by_keys(self._leave if self._barred else self._begin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_focused(self, event):
            return
        match event.key():
            case Qt.Key.Key_Escape:
                self._leave.click()
            case Qt.Key.Key_R:
                self._record.click()
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_MediaTogglePlayPause:
                (self._leave if self._barred else self._begin).click()
            case _:
                super().keyPressEvent(event)


class AskPage(Question):
    """Whether to go on or to leave; what Space does is the harmless answer."""

    type_size = Size.CUE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stay = Button("", Kind.PRIMARY, hint=tr("Space", "the key"))
        self._end = Button("", Kind.GHOST, hint=RETURN)
        self.column.addWidget(flow(self._stay, self._end, gap=3 * STEP))
        self._fit()

    def on_chosen(self, stay: Callable[[], object], end: Callable[[], object]) -> None:
        """Connect the two answers."""
        self._stay.on_pressed(stay)
        self._end.on_pressed(end)

    def open(self, title: str, sub: str, *, stay: str, end: str) -> None:
        """Ask; time stands still meanwhile."""
        self._stay.show_text(stay, hint=tr("Space", "the key"))
        self._end.show_text(end, hint=RETURN)
        self.ask(title, sub)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_focused(self, event):
            return
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_MediaTogglePlayPause):
            self._stay.click()
        elif event.key() in _ENTER:
            self._end.click()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about a bout."""

    bout: Bout
    amount: int
    title: str
    sub: str
    form: bool
    """The three form ticks of a single-leg squat."""
    groin: bool
    """Where any pain was in the groin: of the impact check."""
    last: bool
    """Nothing comes after it."""
    later: bool = False
    """It can be left for another time: the window was closed on it once."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered about a bout."""

    amount: int
    pain: int
    form: int | None
    groin: bool
    ends: bool
    """The person does no more of the test."""


class AnswerPage(Question):
    """How a bout was: the number, corrected where the last rep was none, the pain, and what the test asks beside."""

    answered = Signal(object)  # Answers

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setSpacing(4 * STEP)
        self._asked: Asked | None = None
        self._amount = 0
        self._number = plain_text.label("", Role.NUMBER)
        self._less = Button(tr("One less"), Kind.GHOST, hint="−")
        self._more = Button(tr("One more"), Kind.GHOST, hint="+")
        self._less.on_pressed(self._one_less)
        self._more.on_pressed(self._one_more)
        line = QHBoxLayout()
        line.setSpacing(3 * STEP)
        line.addWidget(self._number)
        line.addSpacing(3 * STEP)
        line.addWidget(self._less)
        line.addWidget(self._more)
        line.addStretch()
        self._scale = PainScale(tr("Pain during it"), Scale.PAIN, MarkSize.LARGE)
        self._scale.on_chosen(self._pain_chosen)
        self._ticks = {
            Qt.Key.Key_L: Choice(tr("Pelvis level (L)")),
            Qt.Key.Key_K: Choice(tr("Knee over the second toe (K)")),
            Qt.Key.Key_T: Choice(tr("Trunk steady (T)")),
        }
        self._form = _group(tr("Which held in every rep? All three, or the reps do not count."), *self._ticks.values())
        self._yes = Button(tr("Yes, there"), Kind.GHOST, hint="Y")
        self._no = Button(tr("No, elsewhere"), Kind.GHOST, hint="N")
        for button in (self._yes, self._no):
            button.setCheckable(True)
            button.toggled.connect(self._show_where)
        self._yes.on_pressed(self._there)
        self._no.on_pressed(self._elsewhere)
        text = tr("Was any of it in the groin, or deep in the front of the hip?")
        self._where = _group(text, flow(self._yes, self._no, gap=3 * STEP))
        self._save = Button(tr("Save"), Kind.PRIMARY, hint=RETURN, icon=Icon.CHECK)
        self._end = Button(tr("Save and end here"), Kind.GHOST, hint=tr("Esc", "the key"))
        self._save.on_pressed(self._save_it)
        self._end.on_pressed(self._end_here)
        self.column.addLayout(line)
        self.column.addWidget(self._scale)
        for part in (self._form, self._where):
            self.column.addWidget(part)
        self._put_off = Button(tr("Answer later"), Kind.QUIET)
        self._discard = Button(tr("Discard this try"), Kind.QUIET, hint="D")
        self.column.addWidget(flow(self._save, self._end, self._put_off, self._discard, gap=3 * STEP))
        self._fit()

    def on_answered(self, take: Callable[[Answers], object]) -> None:
        """Call `take` with the answers, once they are complete."""
        self.answered.connect(take)

    def on_later(self, act: Callable[[], object]) -> None:
        """Call `act` when the person answers another time."""
        self._put_off.on_pressed(act)

    def on_discarded(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants this try to be none."""
        self._discard.on_pressed(act)

    def come_back(self) -> None:
        """It is answered after all: what was answered before still stands."""
        if self._scale.value is None:
            self._scale.focus_scale()
        else:
            self._focus_next()

    def open(self, asked: Asked) -> None:
        """Ask about a bout that is over."""
        self._asked = asked
        self.notice.hide()
        for tick in self._ticks.values():
            tick.setChecked(False)
        for button in (self._yes, self._no):
            button.setChecked(False)
        self._scale.show_value(None)
        self._form.setVisible(asked.form)
        self._end.setVisible(not asked.last)
        self._put_off.setVisible(asked.later)
        self._save.show_text(tr("Save") if asked.last else tr("Save and go on"), hint=RETURN, icon=Icon.CHECK)
        self._show_amount(asked.amount)
        self._show_what_is_open()
        self.ask(asked.title, asked.sub)
        self._scale.focus_scale()

    def _fit(self) -> None:
        super()._fit()
        plain_text.set_role(self._number, Role.NUMBER, FLOOR_SCALE if self._floor else 1.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer, key = answer_of(event), Qt.Key(event.key())
        if press_focused(self, event):
            pass
        elif answer is not None:
            self._scale.choose(answer)
        elif key in self._ticks and not self._form.isHidden():
            self._ticks[key].toggle()
        elif key in (Qt.Key.Key_Y, Qt.Key.Key_N) and not self._where.isHidden():
            (self._yes if key is Qt.Key.Key_Y else self._no).click()
        elif key is Qt.Key.Key_Minus:
            self._less.click()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._more.click()
        elif key in _ENTER:
            self._save_it()
        elif key is Qt.Key.Key_Escape and not self._put_off.isHidden():
            self._put_off.click()
        elif key is Qt.Key.Key_D or (key is Qt.Key.Key_Escape and self._scale.value is None):
            self._discard.click()
        elif key is Qt.Key.Key_Escape and not self._end.isHidden():
            self._end_here()
        else:
            super().keyPressEvent(event)

    def _pain_chosen(self, chosen: Chosen) -> None:
        del chosen
        self._show_what_is_open()
        self._focus_next()

    def _show_what_is_open(self) -> None:
        assert self._asked is not None
        self._where.setVisible(self._asked.groin and bool(self._scale.value))
        for button in (self._save, self._end):
            button.setEnabled(self._complete())

    def _complete(self) -> bool:
        asked_where = not self._where.isHidden()
        return self._scale.value is not None and (not asked_where or self._yes.isChecked() or self._no.isChecked())

    def _focus_next(self) -> None:
        """Where the keyboard is wanted next: the open question, then the button that saves."""
        assert self._asked is not None
        if not self._complete():
            theme.focus_by_keys(self._yes)
        elif self._asked.form and not any(tick.isChecked() for tick in self._ticks.values()):
            theme.focus_by_keys(self._ticks[Qt.Key.Key_L])
        else:
            theme.focus_by_keys(self._save)
        focused = self.focusWidget()
        if focused is not None:
            self.area.ensureWidgetVisible(focused)

    def _there(self) -> None:
        self._yes.setChecked(True)
        self._no.setChecked(False)
        self._answered_where()

    def _elsewhere(self) -> None:
        self._no.setChecked(True)
        self._yes.setChecked(False)
        self._answered_where()

    def _answered_where(self) -> None:
        self._show_what_is_open()
        self._focus_next()

    def _show_where(self) -> None:
        for button in (self._yes, self._no):
            button.show_kind(Kind.PRIMARY if button.isChecked() else Kind.GHOST)

    def _one_less(self) -> None:
        self._show_amount(self._amount - 1)

    def _one_more(self) -> None:
        self._show_amount(self._amount + 1)

    def _show_amount(self, wanted: int) -> None:
        """Fewer where form was lost; of reps one more, the one that ended with the press. Time is never added."""
        assert self._asked is not None
        counted, unit = self._asked.amount, self._asked.bout.unit
        most = min(self._asked.bout.most, counted + 1) if unit is Unit.REPS else counted
        self._amount = min(most, max(0, wanted))
        plain_text.show(self._number, words.amount(self._amount, unit))
        self._less.setEnabled(self._amount > 0)
        self._more.setEnabled(self._amount < most)
        self._more.setVisible(unit is Unit.REPS or self._amount < most)

    def _save_it(self) -> None:
        self._answer(ends=False)

    def _end_here(self) -> None:
        self._answer(ends=True)

    def _answer(self, *, ends: bool) -> None:
        pain = self._scale.value
        if self._asked is None or pain is None or not self._complete():
            self._scale.focus_scale()
            return
        form = sum(tick.isChecked() for tick in self._ticks.values()) if self._asked.form else None
        groin = not self._where.isHidden() and self._yes.isChecked()
        self.answered.emit(Answers(self._amount, pain, form, groin, ends))


@dataclass(frozen=True, slots=True)
class WalkAnswers:
    """What was answered about a walk."""

    peak: int
    now: int
    limp: bool
    groin: bool


class WalkPage(Question):
    """How a walk or a run was: the worst pain, pain now, a limp, the groin."""

    marks = MarkSize.NORMAL
    answered = Signal(object)  # WalkAnswers

    def __init__(self, parent: QWidget | None = None, worst: str = "") -> None:
        super().__init__(parent)
        self.column.setSpacing(3 * STEP)
        self._peak = PainScale(worst or tr("Worst pain on the walk"))
        self._now = PainScale(tr("Pain now"))
        self._limp = Choice(tr("I limped at times (L)"))
        self._groin = Choice(tr("There was pain in the groin, or deep in the front of the hip (G)"))
        sheet = Card()
        sheet.column.setSpacing(2 * STEP)
        for scale in (self._peak, self._now):
            scale.on_chosen(self._chosen)
            sheet.column.addWidget(wrapped(scale.accessibleName(), Role.STRONG))
            sheet.column.addWidget(scale)
        for tick in (self._limp, self._groin):
            sheet.column.addWidget(tick)
        self.column.addWidget(sheet)
        self._save = Button(tr("Save"), Kind.PRIMARY, hint=RETURN, icon=Icon.CHECK)
        self._save.on_pressed(self._save_it)
        self._put_off = Button(tr("Answer later"), Kind.QUIET)
        self.row(self._save, self._put_off)
        self._fit()

    def on_answered(self, take: Callable[[WalkAnswers], object]) -> None:
        """Call `take` with the answers, once they are complete."""
        self.answered.connect(take)

    def on_later(self, act: Callable[[], object]) -> None:
        """Call `act` when the person answers another time."""
        self._put_off.on_pressed(act)

    def show_limits(self, limits: Limits) -> None:
        """What was too much on the way is red."""
        self._peak.show_zones(limits.easier_above, limits.stop_above)

    def open(self, title: str, sub: str, *, later: bool, peak: int | None = None) -> None:
        """Ask about one that is over; `later` lets the person answer another time, `peak` was told on the way."""
        self.notice.hide()
        self._put_off.setVisible(later)
        self._peak.show_value(peak)
        self._now.show_value(None)
        for tick in (self._limp, self._groin):
            tick.setChecked(False)
        self._save.setEnabled(False)
        self.ask(title, sub)
        (self._peak if peak is None else self._now).focus_scale()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer, key = answer_of(event), event.key()
        if press_focused(self, event):
            pass
        elif answer is not None:
            (self._peak if self._peak.value is None else self._now).choose(answer)
        elif key == Qt.Key.Key_L:
            self._limp.toggle()
        elif key == Qt.Key.Key_G:
            self._groin.toggle()
        elif key in _ENTER:
            self._save_it()
        else:
            super().keyPressEvent(event)

    def _chosen(self, chosen: Chosen) -> None:
        del chosen
        open_ = next((scale for scale in (self._peak, self._now) if scale.value is None), None)
        self._save.setEnabled(open_ is None)
        if open_ is not None:
            open_.focus_scale()
        else:
            theme.focus_by_keys(self._save)

    def _save_it(self) -> None:
        peak, now = self._peak.value, self._now.value
        if peak is not None and now is not None:
            limp, groin = self._limp.isChecked(), self._groin.isChecked()
            self.answered.emit(WalkAnswers(max(peak, now), now, limp, groin))


def _group(text: str, *parts: QWidget) -> QWidget:
    """A question and what answers it, near each other."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2 * STEP)
    column.addWidget(wrapped(text, Role.STRONG))
    for part in parts:
        column.addWidget(part)
    return made
