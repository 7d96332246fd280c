"""What a routine is shown with before it is taken over: its exercises, who made it, its limits, what is wrong.

All of a file is foreign text: it is shown through `plain_text` alone.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coach.app.prescribing import Prescription
from coach.app.routines import Spot
from coach.core.clinical.gating import Gated
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Work
from coach.core.routine.problems import Problem
from coach.core.routine.routine import Item, Routine
from coach.ui import a11y, plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.choices import remark
from coach.ui.screens.comparison import Comparison
from coach.ui.screens.page import wrapped
from coach.ui.tokens import GAP, STEP, Size
from coach.ui.widgets.card import Card, Chip, Tone
from coach.ui.widgets.card import Rule as Hairline
from coach.ui.widgets.figure import FigureView, Shown
from coach.ui.widgets.notice import Notice, NoticeKind
from coach.words import prescription, refusals, steps_up
from coach.words.revisions import Aspect, Difference, Gone, Revision, cut
from coach.words.translate import capital, tr

_FIGURE: Final = (104, 70)
_FAINT: Final = 0.4
_NAME: Final = 80


def titled(title: str) -> Card:
    """A card whose label may need two lines: the cards at the side are narrow."""
    card = Card()
    card.setAccessibleName(title)
    card.column.addWidget(wrapped(title, Role.SECTION))
    return card


def exercises(
    of: Revision, given: Prescription, changes: Mapping[int, tuple[Difference, ...]], gone: tuple[Gone, ...] = ()
) -> Card:
    """The exercises in their order, each with its dose, what speaks against it, and what changed side by side."""
    card = titled(tr("Exercises, in this order"))
    off = {one.exercise for one in given.left_out}
    reasons = (*given.left_out, *given.advised)
    for work, item in of.items:
        if work.index:
            card.column.addWidget(Hairline())
        advice = tuple(one for one in reasons if one.exercise == work.exercise)
        row = _row(of, work, item, advice, changes.get(work.index, ()), left_out=work.exercise in off)
        card.column.addLayout(row)
    for one in gone:
        card.column.addWidget(Hairline())
        card.column.addLayout(_gone(one))
    return card


def who(routine: Routine, file: str, before: Routine | None, today: date) -> Card:
    """Who made it, for whom, when and how often."""
    prescriber = routine.prescriber
    card = titled(tr("Who it comes from"))
    name = plain_text.clean_name(prescriber.name)
    card.column.addWidget(wrapped(name or tr("The file names nobody"), Role.LEAD))
    if prescriber.contact:
        card.column.addWidget(_copyable(prescriber.contact, tr("Contact")))
    facts = (
        (tr("For"), plain_text.clean_name(routine.patient)),
        (tr("Issued"), prescription.day_of(routine.issued, today)),
        (tr("Review by"), prescription.day_of(routine.review_by, today)),
        (tr("Affected side"), prescription.affected(routine)),
        (tr("Schedule"), prescription.schedule_words(routine.schedule)),
        (tr("Revision"), str(routine.revision)),
        (tr("Own exercises"), str(len(routine.exercises)) if routine.exercises else ""),
        (tr("File"), plain_text.clean_name(file)),
    )
    for fact, value in facts:
        if value:
            card.column.addWidget(Hairline())
            card.column.addLayout(_fact(fact, value))
    if before is not None and before.schedule != routine.schedule:
        was = prescription.schedule_words(before.schedule) or tr("no schedule")
        card.column.addWidget(_change(tr("Schedule was: {schedule}").format(schedule=was)))
    return card


def limits(routine: Routine, before: Routine | None) -> Card:
    """The limits on pain and the thresholds for running that the routine sets, and those it no longer sets."""
    card = titled(tr("Limits it sets"))
    rules, readiness = prescription.rules(routine.rules), prescription.readiness(routine.readiness)
    was_rules = prescription.rules(before.rules) if before is not None else rules
    was_readiness = prescription.readiness(before.readiness) if before is not None else readiness
    running = prescription.run_plan(routine.run_plan)
    was_running = prescription.run_plan(before.run_plan) if before is not None else running
    if not rules and not readiness and not running:
        card.column.addWidget(wrapped(tr("None of its own: the usual limits hold."), Role.MUTED))
    if rules:
        card.column.addWidget(wrapped(tr("Pain while you exercise"), Role.STRONG))
    _add_limits(card, rules, was_rules)
    if readiness:
        card.column.addWidget(wrapped(tr("Before you run again"), Role.STRONG))
    _add_limits(card, readiness, was_readiness)
    if running:
        card.column.addWidget(wrapped(tr("When you run again"), Role.STRONG))
    _add_limits(card, running, was_running)
    return card


def finding(problem: Problem, spot: Spot | None) -> QWidget:
    """One thing that is wrong: the place in words, what it is, and line and place as the file has it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, STEP, 0, STEP)
    column.setSpacing(2)
    spot = spot or Spot()
    text = refusals.sentence(problem, plain_text.clean_name(spot.exercise, _NAME))
    column.addWidget(_copyable(capital(text), tr("Problem")))
    where = wrapped(plain_text.clean_name(capital(refusals.place(problem, spot.line)), 400), Role.SMALL)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(Size.LABEL)
    where.setFont(font)
    column.addWidget(where)
    return made


def _row(
    of: Revision,
    work: Work,
    item: Item,
    advice: tuple[Gated, ...],
    changed: tuple[Difference, ...],
    *,
    left_out: bool,
) -> QHBoxLayout:
    """One exercise: figure, name, dose, and all that is said about it; what changed in pairs in place of a line."""
    exercise = of.known[work.exercise]
    line = QHBoxLayout()
    line.setSpacing(GAP)
    line.setContentsMargins(0, STEP, 0, STEP)
    figure = FigureView()
    figure.setFixedSize(*_FIGURE)
    figure.show_moment(Shown(exercise, arrow=True))
    line.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(STEP // 2)
    words.addLayout(_name_line(exercise, work, left_out=left_out))
    paired = {one.aspect for one in changed}
    for aspect, text, role in _lines(of, work, item):
        if text and aspect not in paired:
            words.addWidget(wrapped(text, role))
    if changed:
        words.addSpacing(STEP)
        words.addWidget(Comparison(changed))
    for gated in advice:
        words.addSpacing(STEP)
        words.addWidget(_advice(gated))
    words.addStretch()
    line.addLayout(words, 1)
    return line


def _gone(one: Gone) -> QHBoxLayout:
    """An exercise that is no longer in it: its figure faint."""
    line = QHBoxLayout()
    line.setSpacing(GAP)
    line.setContentsMargins(0, STEP, 0, STEP)
    figure = FigureView()
    figure.setFixedSize(*_FIGURE)
    if one.exercise is not None:
        figure.show_moment(Shown(one.exercise))
    faint = QGraphicsOpacityEffect(figure)
    faint.setOpacity(_FAINT)
    figure.setGraphicsEffect(faint)
    line.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(STEP)
    words.addWidget(wrapped(plain_text.clean_name(one.name), Role.STRONG))
    words.addWidget(Comparison((one.difference,)))
    line.addLayout(words, 1)
    return line


def _lines(of: Revision, work: Work, item: Item) -> tuple[tuple[Aspect, str, Role], ...]:
    return (
        (Aspect.DOSE, prescription.dose_words(work), Role.BODY),
        (Aspect.DOSE, prescription.pace_words(work), Role.MUTED),
        (Aspect.LOAD, tr("With: {load}").format(load=cut(item.load)) if item.load else "", Role.MUTED),
        (Aspect.NOTE, tr("“{note}”").format(note=cut(item.note)) if item.note else "", Role.BODY),
        (Aspect.STEPS, steps_up.line(item, of.known, of.routine.rules), Role.MUTED),
    )


def _change(text: str) -> QLabel:
    """What a limit or the schedule was in the revision before."""
    made = wrapped(text, Role.STRONG)
    made.setForegroundRole(QPalette.ColorRole.Link)
    return made


def _name_line(exercise: Exercise, work: Work, *, left_out: bool) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(2 * STEP)
    name = wrapped(plain_text.clean_name(exercise.name), Role.STRONG)
    line.addWidget(name, 1)
    if left_out:
        line.addWidget(Chip(tr("left out"), Tone.AMBER), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Chip(prescription.sides(work)), 0, Qt.AlignmentFlag.AlignTop)
    return line


def _advice(gated: Gated) -> Notice:
    """What a pain site speaks against, and why."""
    text = tr("{site}: {why}").format(site=prescription.site(gated.gate.site), why=gated.gate.why)
    return remark(NoticeKind.WARNING, text)


def _fact(name: str, value: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(3 * STEP)
    left = wrapped(name, Role.MUTED)
    left.setWordWrap(False)
    right = wrapped(value, Role.STRONG)
    # Absolute: else a name in Hebrew or Arabic would stand on the left.
    right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
    line.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(right, 1)
    return line


def _copyable(text: str, name: str) -> QLabel:
    made = a11y.name(wrapped(text, Role.BODY), f"{name}: {plain_text.clean_name(text)}")
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def _add_limits(card: Card, now: tuple[str, ...], before: tuple[str, ...]) -> None:
    """The limits, the new ones marked; then those of the revision before that hold no longer."""
    for limit in now:
        card.column.addWidget(wrapped(limit, Role.BODY) if limit in before else _change(limit))
    for limit in before:
        if limit not in now:
            card.column.addWidget(_change(tr("Was: {limit}").format(limit=limit)))
