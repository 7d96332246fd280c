"""The card of Today about running: how many criteria are met and the nearest gaps, or the next run of the plan."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.app.run_plan import RunPlan
from coach.core.clinical.readiness import Outcome, Verdict
from coach.core.clinical.run_plan import Stage
from coach.ui import plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import wrapped
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Tone
from coach.ui.widgets.ring import Ring
from coach.words import readiness as words
from coach.words import run_plan
from coach.words.translate import tr

_RING = 92
LINK_PADDING = 2 * STEP
"""What a link has left of its words; all else of the card stands so much further in."""
_TONES = {Outcome.MET: Tone.OK, Outcome.NOT_YET: Tone.ACTION, Outcome.BLOCKED: Tone.RED}


class ReadyView(QWidget):
    """A ring with the criteria that are met, or the stage of the plan; in words beside it what is next."""

    criteria_wanted = Signal()
    run_wanted = Signal(object)  # Stage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._led = False
        self._next: Stage | None = None
        self.ring = Ring(tr("Criteria met"))
        self.ring.setFixedSize(_RING, _RING)
        self.ring.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the words beside it say the same
        self._verdict = wrapped("", Role.STRONG)
        self._gap = plain_text.label("", Role.MUTED)
        self.start = Button("")
        self.start.on_pressed(self._start)
        self.start.hide()
        self.more = Button("", Kind.QUIET)
        self.more.on_pressed(self.criteria_wanted.emit)
        said = QVBoxLayout()
        said.setSpacing(STEP)
        said.addStretch(1)
        said.addWidget(self._verdict)
        said.addWidget(self._gap)
        said.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addLayout(across)
        begin = QHBoxLayout()
        begin.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        for row in (across, begin):
            row.setContentsMargins(LINK_PADDING, 0, 0, 0)
        column.addLayout(begin)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def on_criteria_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to see every criterion, or the plan."""
        self.criteria_wanted.connect(act)

    def on_run(self, take: Callable[[Stage], object]) -> None:
        """Call `take` with the stage of the next run when the person wants to begin it; only then it is offered."""
        self._led = True
        self.run_wanted.connect(take)
        self._show_start()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return (self.start, self.more)

    def show_plan(self, of: RunPlan) -> None:
        """Show the verdict of today, and the next run where the plan is open."""
        if self.is_of_plan(of):
            self._show_stage(of)
        else:
            self._show_verdict(of.verdict)
        if of.next is not None:
            plain_text.show(self._gap, run_plan.next_line(of))
        self._next = of.next.stage if of.next is not None and of.may_begin else None
        self._show_start()
        self.more.show_text(tr("See the plan →") if of.course.open else tr("See every criterion →"))

    @staticmethod
    def is_of_plan(of: RunPlan) -> bool:
        """Whether the stage is shown, and not the criteria: they have done their part, or did on an earlier day."""
        course, met = of.course, of.verdict.outcome is Outcome.MET
        return course.open and not of.blocked and (course.begun or not met)

    def _show_start(self) -> None:
        self.start.setVisible(self._led and self._next is not None)
        if self._next is not None:
            self.start.show_text(tr("Start stage {n}").format(n=self._next.number))

    def _show_stage(self, of: RunPlan) -> None:
        course = of.course
        self.ring.setAccessibleName(tr("Stage of the plan"))
        share, said = course.stage / course.plan.last, f"{course.stage}/{course.plan.last}"
        self.ring.show_value(share, "", said, "", Tone.OK if course.done else Tone.ACTION)
        plain_text.show(self._verdict, run_plan.standing(of))

    def _show_verdict(self, verdict: Verdict) -> None:
        total = len(verdict.counted)
        self.ring.setAccessibleName(tr("Criteria met"))
        self.ring.show_value(verdict.met / total, "", f"{verdict.met}/{total}", "", _TONES[verdict.outcome])
        plain_text.show(self._verdict, words.short_heading(verdict))
        plain_text.show(self._gap, words.short_gap(verdict))

    def _start(self) -> None:
        if self._next is not None:
            self.run_wanted.emit(self._next)
