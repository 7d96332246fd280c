"""The card of the return-to-run plan: its stages as bars, the next run, and what was decided after each."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from coach.app.run_plan import RunPlan
from coach.core.clinical.colour import Colour
from coach.core.clinical.run_course import Decision
from coach.core.clinical.run_plan import Stage
from coach.ui import a11y, plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import clear, reveal, wrapped
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, Rule, section
from coach.ui.widgets.stage_bars import Bar, Pointed, StageBars
from coach.ui.widgets.state_chip import State, StateChip
from coach.words import run_plan as words
from coach.words.sources import source
from coach.words.translate import count, tr

_STATES: Final = {Colour.GREEN: State.MET, Colour.AMBER: State.TO_DO, Colour.RED: State.AGAINST}
_CHIP_WIDTH: Final = 92
_SHOWN: Final = 5
"""So many decisions are shown before somebody asks for all."""


class PlanCard(Card):
    """Where the plan stands, when the next run may be and why, and the history of its decisions."""

    run_wanted = Signal(object)  # Stage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(tr("Return-to-run plan"))
        self._shown: RunPlan | None = None
        self._led = False
        self._here = True
        self._make_head()
        self.stages = StageBars(tr("Stages of the plan; arrow keys go from one to the next"))
        self.stages.on_pointed(self._show_stage)
        self._stage = wrapped("", Role.MUTED)
        self._next = wrapped("", Role.LEAD)
        self._why = wrapped("", Role.BODY)
        self._after = wrapped("", Role.BODY)
        self.start = Button("", Kind.PRIMARY, hint="R")
        self.start.on_pressed(self.begin)
        self.history = DecisionList()
        for part in (self.stages, self._stage, Rule(), self._next, self._why, self._after):
            self.column.addWidget(part)
        self.column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.history)
        self.start.hide()

    def _make_head(self) -> None:
        self.state = StateChip()
        self._heading = wrapped("", Role.STRONG)
        heading = QVBoxLayout()
        heading.setSpacing(STEP)
        heading.addWidget(section(tr("Return-to-run plan")))
        heading.addWidget(self._heading)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addLayout(heading, 1)
        line.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(line)

    def on_run(self, take: Callable[[Stage], object]) -> None:
        """Call `take` with the stage of the next run when the person wants to begin it; only then it is offered."""
        self._led = True
        self.run_wanted.connect(take)
        self._show_start()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return (self.stages, self.start, *self.history.stops)

    # -- showing ------------------------------------------------------------------------------------------------

    def show_plan(self, of: RunPlan, *, here: bool) -> None:
        """Show the plan; `here` says that it is today's, and no day's that has passed."""
        course = of.course
        moved = self._shown is None or self._shown.course.stage != course.stage
        self._shown, self._here = of, here
        plain_text.show(self._heading, words.heading(of))
        self.state.show_state(words.state(of), _state(of))
        stages = course.plan.stages
        widest = max(one.frame_min for one in stages)
        self.stages.show_bars(
            tuple(Bar(str(one.number), one.running_min / widest, words.bar(one, course)) for one in stages),
            course.stage - 1 if moved else self.stages.place,
            current=course.stage - 1,
        )
        plain_text.show(self._stage, words.stage(stages[self.stages.place]))
        plain_text.show(self._next, words.next_line(of))
        for label, said in ((self._why, words.next_why(of)), (self._after, _advice(of))):
            plain_text.show(label, said)
            label.setVisible(bool(said))
        self._show_start()
        self.history.show_decisions(of)

    def _show_start(self) -> None:
        of = self._shown
        offered = self._led and self._here and of is not None and of.next is not None and of.may_begin
        self.start.setVisible(offered)
        if of is not None and of.next is not None:
            self.start.show_text(tr("Start stage {n}").format(n=of.next.stage.number), hint="R")

    def begin(self) -> None:
        """Begin the next run, where that is offered."""
        if not self.start.isHidden() and self._shown is not None and self._shown.next is not None:
            self.run_wanted.emit(self._shown.next.stage)

    def _show_stage(self, pointed: Pointed) -> None:
        if self._shown is None:
            return
        course = self._shown.course
        plain_text.show(self._stage, words.stage(course.plan.stages[pointed.place]))
        a11y.announce(self.stages, words.bar(course.plan.stages[pointed.place], course))


def _state(of: RunPlan) -> State:
    if of.blocked:
        return State.AGAINST
    return State.MET if of.course.open and not words.rests(of) else State.TO_DO


def _advice(of: RunPlan) -> str:
    return "" if of.load is None or of.blocked else " ".join(words.after(of.load))


class DecisionList(QWidget):
    """What happened after each run, the newest first, with its colour as a word and a shape."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all = False
        self._of: RunPlan | None = None
        self._rows: list[_Row] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * STEP, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(Rule())
        column.addWidget(section(tr("What was decided")))
        self._empty = wrapped("", Role.MUTED)
        column.addWidget(self._empty)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * STEP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, _CHIP_WIDTH)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self.more = Button("", Kind.QUIET)
        self.more.on_pressed(self._toggle)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return (*(row.why for row in self._rows), self.more)

    def show_decisions(self, of: RunPlan) -> None:
        """Show the decisions of a plan; rows that say the same stay as they are."""
        if self._of is not None and (self._of.course, self._all) == (of.course, self._all):
            return
        self._of = of
        self._fill(of)

    def _fill(self, of: RunPlan) -> None:
        clear(self._grid)
        newest = of.course.decisions[::-1]
        shown = newest if self._all else newest[:_SHOWN]
        self._rows = [_Row(self._grid, place, one, of, last=place == len(shown) - 1) for place, one in enumerate(shown)]
        plain_text.show(self._empty, words.nothing_yet(of.course))
        self._empty.setVisible(not newest)
        self.more.setVisible(len(newest) > _SHOWN)
        fewer = tr("Only the last {n}").format(n=_SHOWN)
        self.more.show_text(fewer if self._all else count(len(newest), "All %n decisions", "All %n decisions"))

    def _toggle(self) -> None:
        self._all = not self._all
        if self._of is not None:
            self._fill(self._of)


class _Row:
    """One decision: labels in the common grid."""

    def __init__(self, grid: QGridLayout, place: int, of: Decision, plan: RunPlan, *, last: bool) -> None:
        course = plan.course
        self._said = words.line(of, plan)
        chip = StateChip(words.colour(of) or words.no_colour(of), _colour(of))
        when = [words.when(of, plan)]
        if of.run is not None:
            when.append(tr("run of stage {n}").format(n=of.stage))
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 2 * STEP, 0, 2 * STEP)
        texts.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(2 * STEP)
        head.addWidget(plain_text.label(words.decision(of), Role.STRONG))
        head.addWidget(wrapped(" · ".join(when), Role.MUTED), 1)
        texts.addLayout(head)
        texts.addWidget(wrapped(words.why(of, course.needed), Role.BODY))
        self._source = wrapped(tr("Source: {source}").format(source=source(of.source)), Role.SMALL)
        self._source.hide()
        texts.addWidget(self._source)
        self.why = Button(tr("Why ›"), Kind.QUIET)
        self.why.on_pressed(self.toggle)
        a11y.name(self.why, f"{self._said} {tr('Why')}")
        row = 2 * place
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        grid.addWidget(_lowered(chip), row, 0, top)
        grid.addLayout(texts, row, 1)
        grid.addWidget(self.why, row, 2, Qt.AlignmentFlag.AlignVCenter)
        if not last:
            grid.addWidget(Rule(), row + 1, 0, 1, 3)

    def toggle(self) -> None:
        """Show or hide what the rule rests on."""
        opens = self._source.isHidden()
        self._source.setVisible(opens)
        self.why.show_text(tr("Close", "an explanation") if opens else tr("Why ›"))
        a11y.name(self.why, f"{self._said} {tr('Close') if opens else tr('Why')}")
        if opens:
            a11y.announce(self.why, self._source.text())
            reveal(self._source)


def _lowered(chip: QWidget) -> QWidget:
    """A chip that stands beside the first line of a row."""
    box = QWidget()
    inside = QVBoxLayout(box)
    inside.setContentsMargins(0, 2 * STEP - 2, 0, 0)
    inside.addWidget(chip)
    return box


def _colour(of: Decision) -> State:
    return State.ASIDE if of.colour is None else _STATES[of.colour]
