"""Running: does the log meet the criteria to resume, what is missing, and the plan that opens then."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from coach.app.readiness import Decision
from coach.core.clinical.readiness import Outcome, Verdict
from coach.core.clinical.readiness_log import SignOff
from coach.core.clinical.red_flags import Tier
from coach.core.clinical.run_plan import STAGES, Plan
from coach.core.clinical.self_tests import GROIN_FLAG
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Changed, Desk
from coach.ui.screens.page import Page, move_keyboard, wrapped
from coach.ui.screens.result_form import ResultForm
from coach.ui.screens.running_criteria import CriteriaTable
from coach.ui.tokens import GAP, STEP, Size
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, Chip, Tone, section
from coach.ui.widgets.notice import Acted, NoticeKind
from coach.ui.widgets.stage_bars import Bar, Pointed, StageBars
from coach.ui.widgets.state_chip import State, StateChip
from coach.words import numbers, red_flags
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
        self._decision: Decision | None = None
        self._cleared: tuple[str, ...] = ()
        self._make_head()
        self.form = ResultForm(desk)
        self.form.hide()
        self.form.on_ended(self._put_form_away)
        self.form.on_recorded(self._recorded)
        self._made_flag_card()
        self._made_empty_card()
        self.table = CriteriaTable()
        self._plan = self._made_plan()
        self._note = wrapped(words.disclaimer(), Role.SMALL)
        for part in (self.form, self._flag_card, self._empty, self.table, self._plan, self._note):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.set_tab_chain(
            self.back,
            self.day,
            self.ahead,
            self.record,
            *self.form.stops,
            self._looked,
            self._check_in,
            *self.table.stops,
            self.stages,
        )
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

    # -- showing ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the verdict of the day anew."""
        today = self._desk.day()
        if self._on is not None and self._on >= today:
            self._on = None
        self._decision = self._desk.decide(self._on or today)
        cards = (self.table, self._plan, self._note)
        for card in cards:
            card.setVisible(self._decision is not None)
        self._show_day(today)
        if self._decision is None:
            self._flag_card.hide()
            self._empty.hide()
            self.show_sub("")
            return
        self._show_verdict(self._decision)

    def arrive(self) -> None:
        """Put the keyboard where the table begins."""
        self.table.stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_verdict(self, decision: Decision) -> None:
        verdict = decision.verdict
        blocked = verdict.outcome is Outcome.BLOCKED
        self.show_title(words.title(verdict))
        self.show_sub(words.below(verdict, own_limits=decision.plan.sets_limits))
        self._show_flags(verdict, here=self._on is None)
        self._empty.setVisible(decision.empty and self._on is None and not blocked)
        self.table.show_verdict(verdict)
        state = State.MET if verdict.outcome is Outcome.MET else State.TO_DO
        self._plan_state.show_state(words.plan_state(verdict), state)

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
        for keys, act in (("Alt+Left", self.day_before), ("Alt+Right", self.day_after), ("T", self.open_form)):
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

    def _made_plan(self) -> Card:
        card = Card()
        self._plan_state = StateChip()
        heading = QVBoxLayout()
        heading.setSpacing(STEP)
        heading.addWidget(section(tr("Return-to-run plan")))
        heading.addWidget(wrapped(words.plan_heading(STAGES, Plan().max_per_week), Role.STRONG))
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addLayout(heading, 1)
        line.addWidget(self._plan_state, 0, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(line)
        self.stages = StageBars(tr("Stages of the plan; arrow keys go from one to the next"))
        self.stages.show_bars(
            tuple(Bar(str(one.number), one.running_min / one.frame_min, words.stage(one)) for one in STAGES)
        )
        self.stages.on_pointed(self._show_stage)
        self._stage = wrapped(words.stage(STAGES[0]), Role.MUTED)
        card.column.addWidget(self.stages)
        card.column.addWidget(self._stage)
        return card

    # -- what is pressed ----------------------------------------------------------------------------------------

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
        if self._decision is not None:
            a11y.announce(self, f"{self.day.text()}. {words.whole(self._decision.verdict)}")

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
        if self._decision is None:
            return
        found = self._decision.verdict.screened
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

    def _show_stage(self, pointed: Pointed) -> None:
        said = words.stage(STAGES[pointed.place])
        plain_text.show(self._stage, said)
        a11y.announce(self.stages, said)

    def _changed(self, changed: Changed) -> None:
        del changed
        if self.isVisible():
            self.refresh()


def _day(on: date, today: date) -> str:
    said = numbers.long_day(on)
    return said if on.year == today.year else f"{said} {on.year}"
