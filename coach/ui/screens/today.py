"""Today: one glance answers "what do I do now?"."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from coach.app.routines import Origin
from coach.app.today import DueSession, TodayView, WeekDay
from coach.core.clinical.red_flags import Tier
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import known_exercises
from coach.core.routine.schedule import Due
from coach.ui import plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Changed, Desk, Failure
from coach.ui.screens.page import Flow, Page, breakable, flow, wrapped
from coach.ui.tokens import GAP, STEP, Size
from coach.ui.widgets.buttons import RETURN, Button, Kind, Tick
from coach.ui.widgets.card import Card, Chip, Tone
from coach.ui.widgets.notice import Acted, NoticeKind
from coach.ui.widgets.pain_scale import Chosen, PainScale
from coach.ui.widgets.week_dots import DayDot, DayState, WeekDots
from coach.words import numbers
from coach.words import session as words
from coach.words.failures import failure
from coach.words.translate import count, tr

if TYPE_CHECKING:
    from coach.app.training import Broken
    from coach.ui.widgets.figure import FigureView

_WIDE, _NARROW = 8, 5
_MORNING_UNTIL, _AFTERNOON_UNTIL = 12, 18
_CHIPS: Final = 8
_TITLE_WORD: Final = 18
_TONES: Final = {Tier.EMERGENCY: Tone.RED, Tier.URGENT: Tone.AMBER, Tier.REFER: Tone.ACTION}
_FIGURE_WIDTH, _FIGURE_HEIGHT = 200, 220
_FIGURE_AFTER_MS: Final = 30


class StartWanted(Struct, frozen=True):
    """The person wants to begin the session that is shown."""

    due: DueSession


class GoOn(Struct, frozen=True):
    """The person wants to go on with the session that broke off."""


class Today(Page):
    """The session that is due, the morning check-in, this week."""

    start_wanted = Signal(object)  # StartWanted
    go_on_wanted = Signal(object)  # GoOn
    change_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._desk = desk
        self._view: TodayView | None = None
        self._broken: Broken | None = None
        self._cleared_flags: tuple[str, ...] = ()
        self._failed: Failure | None = None
        self._make_cards()
        self.notice.on_acted(self._notice_pressed)
        desk.on_changed(self._changed)
        desk.on_failed(self.show_failure)
        self.refresh()

    # -- telling ------------------------------------------------------------------------------------------------

    def on_start_wanted(self, take: Callable[[StartWanted], object]) -> None:
        """Call `take` when the person wants to begin."""
        self.start_wanted.connect(take)

    def on_go_on_wanted(self, take: Callable[[GoOn], object]) -> None:
        """Call `take` when the person wants to go on with what broke off."""
        self.go_on_wanted.connect(take)

    def on_change_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants another routine."""
        self.change_wanted.connect(act)

    def on_restore_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the log cannot be read and the person wants to put a copy in its place."""
        self.restore_wanted.connect(act)

    # -- showing ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show everything anew."""
        unread, self._failed = self._failed, None
        view = self._desk.today()
        if view is None:
            self._show_unreadable()
            return
        if unread is not None and self._view is None:
            self.notice.hide()
        for card in self._cards:
            card.show()
        self._view = view
        self._broken = self._desk.broken()
        self.show_title(_greeting(view.hour))
        self.show_sub(_sub(view))
        self._show_flags(view)
        self._show_broken()
        self._show_session(view)
        self._show_check_in(view)
        self._show_week(view)
        self._show_review(view)

    def show_failure(self, failed: Failure) -> None:
        """Also before the page is seen: a log that cannot be read is no empty page."""
        self._failed = failed
        super().show_failure(failed)

    def _show_unreadable(self) -> None:
        """Nothing of the log can be shown: say why, and where the way out is."""
        self._view = self._broken = None
        for card in (self._flag_card, self._broken_card, *self._cards):
            card.hide()
        self.show_title(tr("Your log cannot be read"))
        self.show_sub("")
        if self._failed is not None:
            self.notice.show_notice(NoticeKind.PROBLEM, failure(self._failed.error), tr("Restore a copy…"))

    def new_day(self) -> None:
        """Show the day it is now, if it is another one than what is shown."""
        view = self._desk.today()
        if (
            view is not None
            and self._view is not None
            and (view.today, view.hour) != (self._view.today, self._view.hour)
        ):
            self.refresh()

    def arrive(self) -> None:
        """Put the keyboard where the first answer is expected."""
        self._main().setFocus(Qt.FocusReason.OtherFocusReason)

    def _main(self) -> Button:
        """What Enter presses: going on comes before beginning anew. Asked before the window is shown, too."""
        if not self._broken_card.isHidden():
            return self._go_on if not self._go_on.isHidden() else self._leave
        return self._change if self._start.isHidden() else self._start

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton) and focused.hasFocus():
            focused.click()
        elif self._main() is not self._change:
            self._main().click()

    # -- making -------------------------------------------------------------------------------------------------

    def _make_cards(self) -> None:
        self._flag_card, self._broken_card = Card(tr("Before you train")), Card(tr("Go on where you were"))
        self._make_flag_card()
        self._make_broken_card()
        self.body.addWidget(self._flag_card)
        self.body.addWidget(self._broken_card)
        self._cards = (self._made_session(), self._made_week(), self._made_check_in(), self._made_review())
        session, week, check_in, review = self._cards
        self.body.addLayout(_side_by_side(session, week))
        self.body.addLayout(_side_by_side(check_in, review))
        self.body.addStretch(1)
        self.set_tab_chain(
            self._go_on,
            self._leave,
            self._start,
            self._change,
            self._scale,
            self._night,
            self._painkiller,
            self._dots,
        )

    def _make_flag_card(self) -> None:
        self._flag_title = Chip("", Tone.RED, size=Size.BODY)
        self._flag_action = plain_text.label("", Role.LEAD)
        self._flag_text = plain_text.label("", Role.BODY)
        self._cleared = Button(tr("A clinician has looked at this"), Kind.GHOST, icon=Icon.CHECK)
        self._cleared.on_pressed(self._clear_flags)
        for part in (self._flag_title, self._flag_action, self._flag_text):
            self._flag_card.column.addWidget(part)
        self._flag_card.column.addWidget(self._cleared, 0, Qt.AlignmentFlag.AlignLeft)

    def _make_broken_card(self) -> None:
        self._broken_text = plain_text.label("", Role.LEAD)
        self._broken_sub = plain_text.label("", Role.MUTED)
        self._go_on = Button(tr("Go on"), Kind.PRIMARY, hint=RETURN, icon=Icon.PLAY)
        self._go_on.on_pressed(self._go_on_pressed)
        self._leave = Button(tr("Leave it"), Kind.GHOST)
        self._leave.on_pressed(self._leave_pressed)
        for part in (self._broken_text, self._broken_sub):
            self._broken_card.column.addWidget(part)
        self._broken_card.column.addLayout(_row(self._go_on, self._leave))

    def _made_session(self) -> Card:
        card = Card(tr("Today's session"))
        self._routine = wrapped("", Role.HEADING)
        self._about = plain_text.label("", Role.MUTED)
        self._state = Chip("", Tone.OK)
        self._chips = QWidget()
        self._chip_row = Flow(self._chips, gap=2 * STEP)
        self._start = Button(tr("Start session"), Kind.PRIMARY, hint=RETURN)
        self._start.on_pressed(self._start_pressed)
        self._change = Button(tr("Change"), Kind.GHOST)
        self._change.on_pressed(self.change_wanted.emit)
        self._figure: FigureView | None = None
        self._posed: Exercise | None = None
        self._figure_place = QVBoxLayout()
        self._figure_place.addStrut(_FIGURE_WIDTH)
        self._left_out = plain_text.label("", Role.SMALL)
        words_ = QVBoxLayout()
        words_.setSpacing(2 * STEP)
        words_.addWidget(self._routine)
        words_.addWidget(self._about)
        words_.addWidget(self._chips)
        words_.addWidget(self._left_out)
        words_.addStretch()
        words_.addSpacing(STEP)
        words_.addLayout(_row(self._start, self._change))
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addLayout(words_, 3)
        across.addLayout(self._figure_place, 2)
        card.column.addLayout(across)
        return card

    def _made_check_in(self) -> Card:
        card = Card(tr("Morning check-in"))
        question = tr("How is the hip on your first steps today?")
        card.column.addWidget(plain_text.label(question, Role.LEAD))
        self._scale = PainScale(question)
        self._scale.on_chosen(self._answered)
        card.column.addWidget(self._scale)
        self._night = Tick(tr("The hip woke me in the night"))
        self._painkiller = Tick(tr("Painkiller in the last 24 hours"))
        self._night.clicked.connect(self._night_ticked)
        self._painkiller.clicked.connect(self._painkiller_ticked)
        card.column.addWidget(flow(self._night, self._painkiller, gap=2 * STEP))
        self._saved = plain_text.label("", Role.SMALL)
        card.column.addWidget(self._saved)
        return card

    def _made_week(self) -> Card:
        card = Card(tr("This week"))
        self._dots = WeekDots()
        self._week_text = plain_text.label("", Role.MUTED)
        self._last_text = plain_text.label("", Role.MUTED)
        card.column.addWidget(self._dots)
        card.column.addWidget(self._week_text)
        card.column.addWidget(self._last_text)
        card.column.addStretch()
        return card

    def _made_review(self) -> Card:
        card = Card(tr("Next review"))
        self._review = plain_text.label("", Role.LEAD)
        self._review_sub = plain_text.label("", Role.MUTED)
        card.column.addWidget(self._review)
        card.column.addWidget(self._review_sub)
        card.column.addStretch()
        return card

    # -- parts --------------------------------------------------------------------------------------------------

    def _show_flags(self, view: TodayView) -> None:
        self._flag_card.setVisible(bool(view.flags))
        if not view.flags:
            return
        from coach.words import red_flags

        gravest = view.flags[0].tier
        self._flag_title.show_text(red_flags.tier_heading(gravest), _TONES[gravest])
        plain_text.show(self._flag_action, red_flags.action(gravest))
        signs = [red_flags.short(flag) for flag in view.flags if flag.tier is gravest]
        plain_text.show(self._flag_text, "\n".join(tr("• {text}").format(text=sign) for sign in signs))
        self._cleared.setVisible(gravest in (Tier.EMERGENCY, Tier.URGENT, Tier.REFER))

    def _show_broken(self) -> None:
        broken = self._broken
        self._broken_card.setVisible(broken is not None)
        if broken is None or self._view is None:
            return
        day = numbers.from_today(broken.began.day, self._view.today)
        where = words.name(broken.exercise, self._desk.library) if broken.exercise else ""
        if broken.set and broken.rep:
            where = tr("{exercise}, set {set}, rep {rep}").format(exercise=where, set=broken.set, rep=broken.rep)
        text = tr("{title}, {day}: {where}") if where else tr("{title}, {day}")
        plain_text.show(self._broken_text, text.format(title=plain_text.clean_name(broken.title), day=day, where=where))
        sub = tr("It broke off with {time} to go. Everything you did is in the log.")
        plain_text.show(self._broken_sub, sub.format(time=numbers.clock(broken.left_s)))
        self._go_on.setVisible(broken.can_go_on)

    def _show_session(self, view: TodayView) -> None:
        due = view.due
        self._start.setVisible(due is not None and not view.blocked)
        if due is None:
            plain_text.show(self._routine, tr("No routine in use"))
            plain_text.show(self._about, tr("Choose one of the built-in routines, or open the file of your physio."))
            self._change.show_text(tr("Choose a routine"))
            self._show_chips(())
            plain_text.show(self._left_out, "")
            return
        routine = due.given.routine
        plain_text.show(self._routine, breakable(plain_text.clean_name(routine.title, 60), _TITLE_WORD))
        plain_text.show(self._about, _about(due, view))
        self._change.show_text(tr("Change"))
        now = due.standing.due is Due.NOW
        # Enter goes on with what broke off before it begins anew.
        first = self._broken_card.isHidden()
        self._start.show_kind(Kind.PRIMARY if first else Kind.GHOST)
        self._start.show_text(tr("Start session") if now else tr("Do it anyway"), hint=RETURN if first else "")
        known = known_exercises(self._desk.library, routine)
        self._show_chips(tuple(f"{words.name(work.exercise, known)} {words.dose(work)}" for work in due.works))
        left_out = [words.name(gated.exercise, self._desk.library) for gated in due.given.left_out]
        told = tr("Left out because of where it hurts: {exercises}").format(exercises=", ".join(left_out))
        plain_text.show(self._left_out, told if left_out else "")
        self._left_out.setVisible(bool(left_out))
        self._show_figure(due, known)

    def _show_figure(self, due: DueSession, known: Mapping[str, Exercise]) -> None:
        self._posed = known[due.works[0].exercise]
        if self._figure is not None:
            self._draw_figure()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._figure is None:
            # The words are what is needed at once; the figure comes with the next frames.
            QTimer.singleShot(_FIGURE_AFTER_MS, self._draw_figure)

    def _draw_figure(self) -> None:
        from coach.ui.widgets.figure import FigureView, Shown

        if self._figure is None:
            self._figure = FigureView()
            self._figure.setMinimumSize(_FIGURE_WIDTH, 150)
            self._figure.setMaximumHeight(_FIGURE_HEIGHT)
            self._figure_place.addWidget(self._figure)
        one = self._posed
        self._figure.show_moment(Shown(one) if one is not None else None)

    def _show_chips(self, texts: tuple[str, ...]) -> None:
        while (old := self._chip_row.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.deleteLater()
        shown = texts if len(texts) <= _CHIPS else texts[: _CHIPS - 1]
        for text in shown:
            self._chip_row.addWidget(Chip(plain_text.clean_name(text, 48)))
        if len(shown) < len(texts):
            self._chip_row.addWidget(Chip(tr("{number} more").format(number=len(texts) - len(shown))))
        self._chips.setVisible(bool(texts))

    def _show_check_in(self, view: TodayView) -> None:
        entry = view.entry
        self._scale.show_value(entry.morning if entry else None)
        self._night.setChecked(bool(entry and entry.night))
        self._painkiller.setChecked(bool(entry and entry.analgesic))
        answered = entry is not None and entry.morning is not None
        plain_text.show(
            self._saved, tr("Saved. Press another number to correct it.") if answered else tr("Saved as you press.")
        )

    def _show_week(self, view: TodayView) -> None:
        self._dots.show_days(tuple(_dot(day, view.today) for day in view.week))
        parts = [
            tr("{done} of {planned} sessions").format(done=view.sessions_done, planned=view.sessions_planned),
            count(view.walks, "%n walk", "%n walks"),
            count(view.runs, "%n run", "%n runs"),
        ]
        plain_text.show(self._week_text, " · ".join(parts))
        last = view.last
        text = tr("Last: {title}, {day}")
        plain_text.show(
            self._last_text,
            text.format(
                title=plain_text.clean_name(last.routine_title, 60),
                day=numbers.from_today(last.began.day, view.today),
            )
            if last
            else tr("Your sessions of the week will show here."),
        )

    def _show_review(self, view: TodayView) -> None:
        if view.review_by is None:
            plain_text.show(self._review, tr("None set"))
            plain_text.show(self._review_sub, tr("A routine from your physio can name a day."))
            return
        day, away = numbers.short_day(view.review_by, view.today), numbers.from_today(view.review_by, view.today)
        plain_text.show(self._review, day)
        late = view.review_by < view.today
        if away == day:  # so far off that it is not told in days
            said = tr("That day is over. Make an appointment.") if late else tr("With your physio.")
        else:
            said = tr("It was due {when}. Make an appointment.") if late else tr("{when}, with your physio.")
        plain_text.show(self._review_sub, said.format(when=away if late else away[:1].upper() + away[1:]))

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _start_pressed(self) -> None:
        if self._view is not None and self._view.due is not None and not self._view.blocked:
            self.start_wanted.emit(StartWanted(self._view.due))

    def _go_on_pressed(self) -> None:
        self.go_on_wanted.emit(GoOn())

    def _leave_pressed(self) -> None:
        if self._broken is not None:
            self._desk.leave(self._broken.uid)

    def _clear_flags(self) -> None:
        if self._view is None:
            return
        gravest = self._view.flags[0].tier
        flags = tuple(flag.name for flag in self._view.flags if flag.tier is gravest)
        if all(self._desk.flag(name, raised=False) for name in flags):
            self._cleared_flags = flags
            text = tr("It is noted that a clinician has looked at this.")
            self.notice.show_notice(NoticeKind.INFO, text, tr("Undo"))

    def _notice_pressed(self, acted: Acted) -> None:
        del acted
        if self._view is None:
            self.restore_wanted.emit()
        else:
            self._raise_again()

    def _raise_again(self) -> None:
        self.notice.hide()
        for name in self._cleared_flags:
            self._desk.flag(name, raised=True)

    def _answered(self, chosen: Chosen) -> None:
        self._desk.check_in(morning=chosen.value)

    def _night_ticked(self) -> None:
        self._desk.check_in(night=self._night.isChecked())

    def _painkiller_ticked(self) -> None:
        self._desk.check_in(analgesic=self._painkiller.isChecked())

    def _changed(self, changed: Changed) -> None:
        del changed
        if self.isVisible():
            self.refresh()


def _greeting(hour: int) -> str:
    if 4 <= hour < _MORNING_UNTIL:
        return tr("Good morning")
    return tr("Good afternoon") if _MORNING_UNTIL <= hour < _AFTERNOON_UNTIL else tr("Good evening")


def _sub(view: TodayView) -> str:
    day = numbers.long_day(view.today)
    if view.plan_week is None:
        return day
    return tr("{day} · week {week} of your plan").format(day=day, week=view.plan_week)


def _origin(origin: Origin) -> str:
    return {
        Origin.BUILT_IN: tr("built in"),
        Origin.RECEIVED: tr("from your physio's file"),
        Origin.OWN: tr("made here"),
    }[origin]


def _about(due: DueSession, view: TodayView) -> str:
    parts = [
        count(len(due.works), "%n exercise", "%n exercises"),
        numbers.about_minutes(due.length_s),
        _origin(due.listed.origin),
    ]
    line = " · ".join(parts)
    when = numbers.from_today(due.standing.next_day, view.today)
    if due.standing.due is Due.DONE:
        return "{line}\n{state}".format(line=line, state=tr("Done for today. Next: {when}.").format(when=when))
    if due.standing.due is Due.LATER:
        return "{line}\n{state}".format(line=line, state=tr("Not due today. Next: {when}.").format(when=when))
    return line


def _dot(day: WeekDay, today: date) -> DayDot:
    if day.sessions:
        state = DayState.DONE
    elif day.due:
        state = DayState.MISSED if day.day < today else DayState.DUE
    else:
        state = DayState.REST
    return DayDot(numbers.weekday(day.day)[:1], numbers.long_day(day.day), state, day.day == today)


def _side_by_side(wide: QWidget, narrow: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP)
    row.addWidget(wide, _WIDE)
    row.addWidget(narrow, _NARROW)
    return row


def _row(*widgets: QWidget) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(2 * STEP)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
