"""Today: one glance answers "what do I do now?"."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs
from PySide6.QtCore import QMargins, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QWidget

from coach.app.errors import is_passing
from coach.app.today import DueSession, TodayView
from coach.core.clinical.asking import Asking, is_evening
from coach.core.clinical.red_flags import Flag, blocks_loading
from coach.ui import plain_text
from coach.ui.presenters.desk import Changed, Desk, Failure
from coach.ui.screens.check_in import CheckIn, DayAnswers, has_keyboard, record
from coach.ui.screens.page import Page, move_keyboard, reveal
from coach.ui.screens.today_broken import BrokenCard
from coach.ui.screens.today_flags import FlagsCard, ScreeningCard
from coach.ui.screens.today_session import DueView, SessionCard
from coach.ui.screens.today_week import ReviewCard, WeekCard
from coach.ui.tokens import GAP
from coach.ui.widgets.buttons import Button
from coach.ui.widgets.card import Card, section
from coach.ui.widgets.notice import Acted, NoticeKind
from coach.ui.widgets.pain_scale import answer_of
from coach.words import numbers
from coach.words.failures import failure
from coach.words.translate import tr

if TYPE_CHECKING:
    from coach.app.guidance import Guidance
    from coach.app.training import Broken
    from coach.core.clinical.run_plan import Stage
    from coach.ui.screens.after_card import AfterAnswered, AfterCard
    from coach.ui.screens.another_day import AnotherDay, Left
    from coach.ui.screens.ready_card import ReadyView
    from coach.ui.screens.safety import Safety, Screened

_WIDE, _NARROW = 8, 5
_TWO_COLUMNS: Final = 700
"""The cards' width from which two stand side by side: a window of 960 px, with the rail and the margins."""
_MORNING_UNTIL, _AFTERNOON_UNTIL = 12, 18
_LATER_MS: Final = 30
"""After the page is shown: what the first paint does without."""
_READY_AFTER_MS: Final = 60


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
    file_wanted = Signal()
    criteria_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._desk = desk
        self._view: TodayView | None = None
        self._due: DueSession | None = None
        self._seen: Guidance | None = None
        self._painted = False
        self._flags: tuple[Flag, ...] = ()
        self._asking = Asking()
        self._after: AfterCard | None = None
        self._sheet: AnotherDay | Safety | None = None
        self._broken: Broken | None = None
        self._undo: Callable[[], object] | None = None
        self._failed: Failure | None = None
        self._unread = False
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

    def on_file_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to open a file of their physio."""
        self.file_wanted.connect(act)

    def on_criteria_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to see every criterion to run."""
        self.criteria_wanted.connect(act)

    def on_run(self, take: "Callable[[Stage], object]") -> None:
        """Call `take` with the stage of the next run of the plan; only then it is offered."""
        self._run_takers.append(take)
        if self._ready is not None:
            self._ready.on_run(take)

    # -- showing ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show everything anew."""
        was_unread, self._failed = self._unread, None
        view = self._desk.today()
        self._unread = view is None
        if view is None:
            if self._view is None or not (self._is_passing() or self._desk.lent):
                self._show_unreadable()
            return
        if was_unread:
            self.notice.hide()
        for card in self._cards:
            card.show()
        self._view = view
        self._broken = self._desk.training.broken()
        self._due, self._flags = view.due, view.flags
        if self._painted:
            self._look()
        self.show_title(_greeting(view.hour))
        self.show_sub(_sub(view))
        self._show_flags()
        self._broken_card.show_broken(self._broken, view.today, self._desk.library)
        self._show_session(view)
        self._show_check_in(view, self._desk.asking() or Asking())
        self._week.show_week(view)
        self._show_borne()
        self._review.show_review(view.review_by, view.today)
        if self._ready is not None or self.isVisible():
            self._show_ready()

    def _is_passing(self) -> bool:
        """Whether another process has the log for a moment: what was read of it before is still so."""
        return self._failed is not None and is_passing(self._failed.error)

    def _look(self) -> None:
        """Ask what the log says to the session that is due; what the first paint showed was the prescription."""
        self._seen = seen = self._desk.guidance()
        if seen is None:
            return
        self._flags = tuple(one.flag for one in seen.standing)
        if self._due is not None:
            self._due = self._desk.proposed_due(self._due, seen)

    def settle(self) -> None:
        """Show what takes longer than the first paint may; at once if it is asked for sooner."""
        if self._painted:
            return
        self._painted = True
        if self._view is not None:
            self._look()
            self._show_flags()
            self._show_session(self._view)
            self._show_borne()

    def _show_later(self) -> None:
        had = self.focusWidget()
        self.settle()
        if had is self._session.start and had.isHidden():
            self.arrive()  # nothing to start after all
        self._session.draw_figure()

    def show_failure(self, failed: Failure) -> None:
        """Also before the page is seen: a log that cannot be read is no empty page."""
        self._failed = failed
        super().show_failure(failed)

    def _show_unreadable(self) -> None:
        """Nothing of the log can be shown: say why, and where the way out is."""
        self._view = self._broken = None
        for card in (self._flag_card, self._screen_card, self._broken_card, *self._cards):
            card.hide()
        if self._after is not None:
            self._after.hide()
        self.show_title(tr("Your log cannot be read"))
        self.show_sub("")
        if self._failed is not None:
            way_out = "" if self._is_passing() else tr("Restore a copy…")
            self.notice.show_notice(NoticeKind.PROBLEM, failure(self._failed.error), way_out)

    def new_day(self) -> None:
        """Show the day it is now, if it is another one than what is shown, or if there is another question."""
        if self._unread:
            self.refresh()  # perhaps it can be read by now
            return
        view = self._desk.today()
        if view is None or self._view is None:
            return
        shown, now = (self._view.today, self._view.hour, self._asking), (view.today, view.hour, self._desk.asking())
        if shown != now:
            self.refresh()

    def show_check_in(self) -> None:
        """Put the keyboard on this morning's question while it has no answer, or else on the one that is open."""
        morning = self._check_in.morning
        part = morning if morning.value() is None else self._check_in.open_part() or morning
        if not part.is_open:
            part.open()
        move_keyboard(part.scale)
        reveal(part)

    def arrive(self) -> None:
        """Put the keyboard where the first answer is expected."""
        if self._sheet is not None:
            self._sheet.first_focus()
            return
        self._main().setFocus(Qt.FocusReason.OtherFocusReason)

    def _main(self) -> Button:
        """What Enter presses: going on comes before beginning anew. Asked before the window is shown, too."""
        return self._session.main if self._broken_card.isHidden() else self._broken_card.main

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = answer_of(event)
        if self._sheet is not None or (answer is not None and self._answer(answer)):
            return
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton) and focused.hasFocus():
            focused.click()
        elif self._main() is not self._session.change:
            self._main().click()

    def _answer(self, pain: int) -> bool:
        """A number key answers the question that has the keyboard, or the first that is open."""
        part, after = self._check_in.open_part(), self._after
        if self._check_in.isHidden():
            return False
        if after is not None and after.is_open and not (part is not None and has_keyboard(part)):
            after.scale.choose(pain)
            return True
        self._check_in.choose(pain)
        return part is not None

    # -- making -------------------------------------------------------------------------------------------------

    def _make_cards(self) -> None:
        self._flag_card, self._screen_card, self._broken_card = FlagsCard(), ScreeningCard(), BrokenCard()
        self._session, self._check_in = SessionCard(self._desk.library), self._made_check_in()
        self._week, self._review = WeekCard(), ReviewCard()
        self._ready: ReadyView | None = None
        self._run_takers: list[Callable[[Stage], object]] = []
        self._ready_card = Card()
        self._ready_title = section(tr("Ready to run?"))
        self._ready_card.column.addWidget(self._ready_title)
        self._cards = (self._session, self._ready_card, self._check_in, self._week, self._review)
        for card in (self._flag_card, self._screen_card, self._broken_card):
            self.body.addWidget(card)
        self._rows = (_row(self._session, self._ready_card), _row(self._check_in, self._week))
        for row in self._rows:
            self.body.addLayout(row)
        self.body.addWidget(self._review)
        self.body.addStretch(1)
        self._flag_card.cleared.on_pressed(self._clear_flags)
        self._screen_card.questions.on_pressed(self._open_screen)
        self._broken_card.go_on.on_pressed(self._go_on_pressed)
        self._broken_card.leave.on_pressed(self._leave_pressed)
        self._session.start.on_pressed(self._start_pressed)
        self._session.change.on_pressed(self.change_wanted.emit)
        self._review.open.on_pressed(self.file_wanted.emit)
        self._session.as_prescribed.on_pressed(self._prescribed_pressed)

    def _made_check_in(self) -> CheckIn:
        card = CheckIn()
        card.on_given(self._given)
        card.on_another_wanted(self._another_day)
        card.on_done(self._question_done)
        return card

    def _chain(self) -> None:
        """Tab goes through what is asked first, and then through the rest."""
        after = self._after.tab_stops() if self._after is not None else ()
        ready = self._ready.stops if self._ready is not None else ()
        last = (self._week.dots, self._review.open)
        begin = (self._session.start, self._session.as_prescribed, self._session.change)
        first = (self._flag_card.cleared, self._screen_card.questions, self._broken_card.go_on, self._broken_card.leave)
        self.set_tab_chain(*first, *after, *begin, *ready, *self._check_in.tab_stops(), *last)

    # -- parts --------------------------------------------------------------------------------------------------

    def _show_flags(self) -> None:
        self._flag_card.show_flags(self._flags, self._seen)
        self._screen_card.show_due(self._seen, blocked=blocks_loading(self._flags))

    def _show_session(self, view: TodayView) -> None:
        self._session.show_due(
            DueView(
                self._due,
                view.today,
                looked=self._seen.today if self._seen is not None else None,
                blocked=blocks_loading(self._flags),
                first=self._broken_card.isHidden(),
                aloud=self.isVisible(),
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.column_width >= _TWO_COLUMNS
        for row in self._rows:
            row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._session.figure is None:
            # The words are needed at once; what the log says to them, and the figure, come with the next frames.
            QTimer.singleShot(_LATER_MS, self._show_later)
        if self._ready is None:
            QTimer.singleShot(_READY_AFTER_MS, self._show_ready)

    def _show_ready(self) -> None:
        """Verdict and plan come after the first paint: they look at forty weeks of the log."""
        if self._view is None:
            return
        from coach.ui.screens.ready_card import LINK_PADDING, ReadyView

        plan = self._desk.run_plan(self._view.today)
        if plan is None:
            return
        if self._ready is None:
            self._ready = ReadyView()
            self._ready.on_criteria_wanted(self.criteria_wanted.emit)
            for take in self._run_takers:
                self._ready.on_run(take)
            # A link has room around its words: the card begins so much earlier, and all words stand in one column.
            edges = self._ready_card.column.contentsMargins()
            self._ready_card.column.setContentsMargins(edges - QMargins(LINK_PADDING, 0, 0, 0))
            self._ready_title.setContentsMargins(LINK_PADDING, 0, 0, 0)
            self._ready_card.column.addWidget(self._ready)
            self._ready_card.column.addStretch(1)
            self._chain()
        self._ready.show_plan(plan)
        plain_text.show(self._ready_title, tr("Running again") if ReadyView.is_of_plan(plan) else tr("Ready to run?"))

    def _show_check_in(self, view: TodayView, asking: Asking) -> None:
        self._asking = asking
        evening = is_evening(self._desk.surroundings.calendar.now())
        self._check_in.show_day(view.today, view.entry, asking, evening=evening)
        self._show_after(asking)
        self._chain()

    def _show_after(self, asking: Asking) -> None:
        done = asking.after60
        if done is None:
            if self._after is not None:
                self._after.setVisible(self._after.told)
            return
        if self._after is None:
            from coach.ui.screens.after_card import AfterCard

            self._after = AfterCard()
            self._after.on_answered(self._answered_after)
            self.body.insertWidget(self.body.indexOf(self._broken_card) + 1, self._after)
        if self._after.about != done or self._after.isHidden():
            self._after.ask(done)
        self._after.show()

    def _show_borne(self) -> None:
        last = self._seen.last(1) if self._seen is not None else ()
        if not last or self._seen is None:
            self._week.show_borne("")
            return
        from coach.words import guidance

        self._week.show_borne(guidance.bout(last[0], self._seen.today))

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _start_pressed(self) -> None:
        self.settle()
        if self._due is not None and not self._session.start.isHidden():
            self.start_wanted.emit(StartWanted(self._due))

    def _prescribed_pressed(self) -> None:
        if self._due is not None and not self._session.as_prescribed.isHidden():
            from coach.app.prescribing import as_prescribed

            given = as_prescribed(self._due.given)
            self.start_wanted.emit(StartWanted(structs.replace(self._due, given=given)))

    # -- the safety questions -----------------------------------------------------------------------------------

    def _open_screen(self) -> None:
        from coach.ui.screens.safety import Safety

        sheet = Safety(self._desk, self)
        sheet.on_ended(self._screened)
        self._sheet = sheet
        self.cover(sheet, sheet.first_focus)

    def _screened(self, screened: "Screened") -> None:
        if self._sheet is not None:
            sheet, self._sheet = self._sheet, None
            self.uncover(sheet, self._back_from_screen)
        if screened.raised:
            from coach.words.red_flags import kept

            self._undo = None
            self.notice.show_notice(NoticeKind.WARNING, kept(screened.raised))

    def _back_from_screen(self) -> None:
        self.refresh()
        self.arrive()

    def _go_on_pressed(self) -> None:
        self.go_on_wanted.emit(GoOn())

    def _leave_pressed(self) -> None:
        broken = self._broken
        if broken is None or not self._desk.training.leave(broken.uid) or not (broken.logged and broken.can_go_on):
            return
        text = tr("{title} is left; what you did of it is in the log.")
        self._offer_undo(
            text.format(title=plain_text.clean_name(broken.title)), lambda: self._take_up_again(broken.uid)
        )

    def _take_up_again(self, uid: str) -> None:
        if self._desk.training.take_up_again(uid):
            self.arrive()

    def _clear_flags(self) -> None:
        if not self._flags:
            return
        gravest = self._flags[0].tier
        flags = tuple(flag.name for flag in self._flags if flag.tier is gravest)
        if all(self._desk.flag(name, raised=False) for name in flags):
            self._offer_undo(tr("It is noted that a clinician has looked at this."), lambda: self._raise_again(flags))

    def _raise_again(self, flags: tuple[str, ...]) -> None:
        for name in flags:
            self._desk.flag(name, raised=True)

    def _offer_undo(self, done: str, undo: Callable[[], object]) -> None:
        self._undo = undo
        self.notice.show_notice(NoticeKind.INFO, done, tr("Undo"))

    def _notice_pressed(self, acted: Acted) -> None:
        del acted
        if self._view is None:
            self.restore_wanted.emit()
        elif self._undo is not None:
            self.notice.hide()
            self._undo()

    def _given(self, answers: DayAnswers) -> None:
        record(self._desk, answers)

    def _answered_after(self, answered: "AfterAnswered") -> None:
        self._desk.answer_after60(answered.done, answered.pain)
        self._question_done()

    def _question_done(self) -> None:
        """On to the next question, or to what Enter starts."""
        part = self._check_in.open_part()
        if part is not None and part.value() is None:
            move_keyboard(part.scale)
        else:
            move_keyboard(self._main())

    def _another_day(self) -> None:
        from coach.ui.screens.another_day import AnotherDay

        if self._view is None:
            return
        sheet = AnotherDay(self._desk, self._view.today, self)
        sheet.on_left(self._another_left)
        self._sheet = sheet
        self.cover(sheet, sheet.first_focus)

    def _another_left(self, left: "Left") -> None:
        del left
        if self._sheet is not None:
            sheet, self._sheet = self._sheet, None
            self.uncover(sheet, self._come_back)

    def _come_back(self) -> None:
        self.refresh()
        self._check_in.another.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._check_in.forget()
        if self._after is not None:
            self._after.forget()

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


def _row(wide: QWidget, narrow: QWidget) -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(GAP)
    row.addWidget(wide, _WIDE)
    row.addWidget(narrow, _NARROW)
    return row
