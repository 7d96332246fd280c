"""Running: does the log meet the criteria to resume, what is missing, and the plan that opens then.

An open plan is what one comes for: it stands first, and once a run was made of it the criteria fold together. Red flags
stand before both, always.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from coach.app.run_plan import RunPlan
from coach.core.clinical.readiness import Outcome, Verdict
from coach.core.clinical.readiness_log import SignOff
from coach.core.clinical.red_flags import Tier
from coach.core.clinical.run_plan import Stage
from coach.core.clinical.self_tests import GROIN_FLAG
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Changed, Desk
from coach.ui.screens.page import Page, move_keyboard, wrapped
from coach.ui.screens.result_form import ResultForm
from coach.ui.screens.running_criteria import CriteriaTable
from coach.ui.screens.running_plan import PlanCard
from coach.ui.tokens import GAP, STEP, Size
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, Chip, Tone
from coach.ui.widgets.notice import Acted, NoticeKind
from coach.words import numbers, red_flags, run_plan
from coach.words import readiness as words
from coach.words.self_tests import self_test
from coach.words.translate import tr

_DAY: Final = timedelta(days=1)
_TONES: Final = {Tier.EMERGENCY: Tone.RED, Tier.URGENT: Tone.AMBER, Tier.REFER: Tone.ACTION}


class RunningPage(Page):
    """The verdict of a day with every criterion, and the stages of the plan."""

    check_in_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Ready to run?"), parent=parent)
        self._desk = desk
        self._on: date | None = None
        self._shown: RunPlan | None = None
        self._unfolded = False
        self._cleared: tuple[str, ...] = ()
        self._make_head()
        self.form = ResultForm(desk)
        self.form.hide()
        self.form.on_ended(self._put_form_away)
        self.form.on_recorded(self._recorded)
        self._made_flag_card()
        self._made_empty_card()
        self.table = CriteriaTable()
        self.fold = Button("", Kind.QUIET, icon=Icon.RIGHT)
        self.fold.on_pressed(self._toggle_criteria)
        self.plan = PlanCard()
        self._criteria = QVBoxLayout()
        self._criteria.setSpacing(GAP)
        self._criteria.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._now = wrapped("", Role.SMALL)
        self._now.setContentsMargins(9 * STEP, 0, 0, 0)
        self._criteria.addWidget(self._now)
        self._criteria.addWidget(self.table)
        self._note = wrapped(words.disclaimer(), Role.SMALL)
        for part in (self.form, self._flag_card, self._empty):
            self.body.addWidget(part)
        self.body.addLayout(self._criteria)
        self.body.addWidget(self.plan)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.notice.on_acted(self._undo)
        desk.on_changed(self._changed)
        desk.on_failed(self.show_failure)
        self.refresh()

    def on_check_in_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the log is empty and the person wants to make its first entry."""
        self.check_in_wanted.connect(act)

    def on_test(self, take: Callable[[str], object]) -> None:
        """Call `take` with the name of a self-test that the person wants to be led through; only then it is offered."""
        self.form.on_test(take)

    def on_run(self, take: Callable[[Stage], object]) -> None:
        """Call `take` with the stage of the run that the person wants to be led through; only then it is offered."""
        self.plan.on_run(take)

    # -- showing ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the verdict of the day anew."""
        today = self._desk.day()
        if self._on is not None and self._on >= today:
            self._on = None
        self._shown = self._desk.run_plan(self._on or today)
        for card in (self.table, self.fold, self._now, self.plan, self._note):
            card.setVisible(self._shown is not None)
        self._show_day(today)
        if self._shown is None:
            self._flag_card.hide()
            self._empty.hide()
            self.show_sub("")
            return
        self._show_plan(self._shown)
        self._chain()

    def arrive(self) -> None:
        """Put the keyboard where the plan or the table begins."""
        first = self.plan.stages if self._is_open else self.table.stops[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_open(self) -> bool:
        """Whether the plan is open: then it stands before the criteria."""
        return self._shown is not None and self._shown.course.open

    @property
    def _runs(self) -> bool:
        """Whether a run was made of the plan that is open: then the criteria have done their part."""
        return self._shown is not None and self._shown.course.begun

    def _show_plan(self, shown: RunPlan) -> None:
        decision, verdict = shown.decision, shown.verdict
        blocked = verdict.outcome is Outcome.BLOCKED
        if self._is_open and not shown.blocked and (self._runs or verdict.outcome is not Outcome.MET):
            self.show_title(run_plan.title(shown))
            self.show_sub(run_plan.below(shown))
        else:
            self.show_title(words.title(verdict))
            self.show_sub(words.below(verdict, own_limits=decision.plan.sets_limits))
        self._show_flags(verdict, here=self._on is None)
        self._empty.setVisible(decision.empty and self._on is None and not blocked)
        self.table.show_verdict(verdict)
        self.plan.show_plan(shown, here=self._on is None)
        self._order()
        self._show_fold()

    def _order(self) -> None:
        """The plan before the criteria once it is open, after them until then."""
        first, second = self.body.indexOf(self._criteria), self.body.indexOf(self.plan)
        if (second < first) is not self._is_open:
            self.body.removeWidget(self.plan)
            place = self.body.indexOf(self._criteria)
            self.body.insertWidget(place if self._is_open else place + 1, self.plan)

    def _show_fold(self) -> None:
        if self._shown is None:
            return
        verdict = self._shown.verdict
        folds = self._runs and verdict.screened.met  # what the log asks to have looked at is never folded away
        self.fold.setVisible(folds)
        opened = self._unfolded or not folds
        self.table.setVisible(opened)
        said = tr("The criteria to begin")
        plain_text.show(self._now, words.since_begun(verdict, self._shown.course.since))
        self._now.setVisible(folds)
        self.fold.show_text(said, icon=Icon.DOWN if opened else Icon.RIGHT)
        a11y.name(self.fold, f"{said}, {tr('shown') if opened else tr('hidden')}")

    def _toggle_criteria(self) -> None:
        self._unfolded = not self._unfolded
        self._show_fold()
        if self._unfolded:
            self.to(self.table)

    def _chain(self) -> None:
        """Tab goes from above to below."""
        head = (self.back, self.day, self.ahead, self.record, *self.form.stops, self._looked, self._check_in)
        criteria = (self.fold, *self.table.stops)
        rest = (*self.plan.stops, *criteria) if self._is_open else (*criteria, *self.plan.stops)
        self.set_tab_chain(*head, *rest)

    def _show_day(self, today: date) -> None:
        on = self._on or today
        said = tr("Today") if on == today else _day(on, today)
        self.day.show_text(said)
        a11y.name(self.day, tr("Verdict of {day}; press for today").format(day=said))
        self.ahead.setEnabled(on < today)

    def _show_flags(self, verdict: Verdict, *, here: bool) -> None:
        found = verdict.screened
        missing = found.sign_off in (SignOff.MISSING, SignOff.OLD)
        self._flag_card.setVisible(verdict.outcome is Outcome.BLOCKED or missing)
        self._looked.setVisible(here)
        if found.flags:
            tier = found.flags[0].tier
            self._flag_chip.show_text(red_flags.tier_heading(tier), _TONES[tier])
            signs = [red_flags.short(flag) for flag in found.flags if flag.tier is tier]
            plain_text.show(self._flag_lead, words.advice(verdict))
            plain_text.show(self._flag_text, "\n".join(tr("• {text}").format(text=sign) for sign in signs))
        elif found.groin:
            self._flag_chip.show_text(red_flags.tier_heading(Tier.URGENT), _TONES[Tier.URGENT])
            plain_text.show(self._flag_lead, words.advice(verdict))
            plain_text.show(self._flag_text, "")
        elif missing:
            self._flag_chip.show_text(tr("A clinician's look is asked for"), Tone.ACTION)
            plain_text.show(self._flag_lead, words.sign_off())
            plain_text.show(self._flag_text, words.missing(verdict.criteria[0]))
        self._flag_text.setVisible(bool(self._flag_text.text()))

    # -- making -------------------------------------------------------------------------------------------------

    def _make_head(self) -> None:
        self.back = a11y.name(Button("", icon=Icon.LEFT), tr("The day before"))
        self.day = Button(tr("Today"))
        self.ahead = a11y.name(Button("", icon=Icon.RIGHT), tr("The day after"))
        self.record = Button(tr("Record a test"), hint="T")
        self.back.setToolTip("Alt+←")
        self.ahead.setToolTip("Alt+→")
        self.back.on_pressed(self.day_before)
        self.day.on_pressed(self.to_today)
        self.ahead.on_pressed(self.day_after)
        self.record.on_pressed(self.open_form)
        days = QHBoxLayout()
        days.setSpacing(STEP)
        for button in (self.back, self.day, self.ahead):
            days.addWidget(button)
        self.buttons.addLayout(days)
        self.buttons.addWidget(self.record)
        for keys, act in (
            ("Alt+Left", self.day_before),
            ("Alt+Right", self.day_after),
            ("T", self.open_form),
            ("R", self._begin_run),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _made_flag_card(self) -> None:
        self._flag_card = Card(tr("Before you run"))
        self._flag_chip = Chip("", Tone.RED, size=Size.BODY)
        self._flag_lead = plain_text.label("", Role.LEAD)
        self._flag_text = plain_text.label("", Role.BODY)
        self._looked = Button(tr("A clinician has looked at this"), Kind.GHOST, icon=Icon.CHECK)
        self._looked.on_pressed(self._clear)
        for part in (self._flag_chip, self._flag_lead, self._flag_text):
            self._flag_card.column.addWidget(part)
        self._flag_card.column.addWidget(self._looked, 0, Qt.AlignmentFlag.AlignLeft)

    def _made_empty_card(self) -> None:
        self._empty = Card(tr("Nothing recorded yet"))
        lead = tr("Here your log says whether it meets the criteria to run again.")
        text = tr(
            "It takes a morning and an evening number each day, your sessions, two brisk walks a week and a few tests "
            "of strength. The table shows what is asked for."
        )
        self._empty.column.addWidget(wrapped(lead, Role.LEAD))
        self._empty.column.addWidget(wrapped(text, Role.MUTED))
        self._check_in = Button(tr("Check in on Today"), Kind.PRIMARY)
        self._check_in.on_pressed(self.check_in_wanted.emit)
        self._empty.column.addWidget(self._check_in, 0, Qt.AlignmentFlag.AlignLeft)

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _begin_run(self) -> None:
        self.plan.begin()

    def day_before(self) -> None:
        """Look at the verdict of the day before the one that is shown."""
        self._show_on((self._on or self._desk.day()) - _DAY)

    def day_after(self) -> None:
        """Look at the day after, up to today."""
        if self._on is not None:
            self._show_on(self._on + _DAY)

    def to_today(self) -> None:
        """Look at today."""
        self._show_on(None)

    def _show_on(self, day: date | None) -> None:
        self._on = day
        self.notice.hide()
        if self.form.isVisible():  # it is for the day that was shown
            self._put_form_away()
        self.refresh()
        if self._shown is not None:
            said = run_plan.whole(self._shown) if self._runs else words.whole(self._shown.verdict)
            a11y.announce(self, f"{self.day.text()}. {said}")

    def open_form(self, name: str = "") -> None:
        """Ask for the result of a test."""
        if self.form.isVisible() and not name:
            move_keyboard(self.form.test)  # what was typed stays
            return
        today = self._desk.day()
        on = self._on or today
        self.form.show()
        self.form.begin(on, tr("today") if on == today else _day(on, today), name)
        self.to(self.form)

    def _put_form_away(self) -> None:
        focused = QApplication.focusWidget()
        had = focused is not None and self.form.isAncestorOf(focused)
        self.form.hide()
        if had:
            move_keyboard(self.record)

    def _recorded(self, name: str) -> None:
        self._put_form_away()
        self.notice.show_notice(NoticeKind.GOOD, tr("{test}: recorded.").format(test=self_test(name)))

    def _clear(self) -> None:
        if self._shown is None:
            return
        found = self._shown.verdict.screened
        tier = found.flags[0].tier if found.flags else None
        raised = tuple(flag.name for flag in found.flags if flag.tier is tier)
        if all(self._desk.flag(name, raised=False) for name in raised or (GROIN_FLAG,)):
            self._cleared = raised
            text = tr("It is noted that a clinician has looked at this.")
            self.notice.show_notice(NoticeKind.INFO, text, tr("Undo") if raised else "")

    def _undo(self, acted: Acted) -> None:
        del acted
        self.notice.hide()
        for name in self._cleared:
            self._desk.flag(name, raised=True)
        self._cleared = ()

    def _changed(self, changed: Changed) -> None:
        del changed
        if self.isVisible():
            self.refresh()


def _day(on: date, today: date) -> str:
    said = numbers.long_day(on)
    return said if on.year == today.year else f"{said} {on.year}"
