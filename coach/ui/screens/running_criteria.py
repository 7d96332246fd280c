"""The criteria as a table: name, value, what is asked, met or what is missing, and why on one press."""

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from coach.core.clinical.criteria import Id
from coach.core.clinical.readiness import Criterion, Verdict
from coach.ui import a11y, plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import clear, reveal, wrapped
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, Rule
from coach.ui.widgets.state_chip import State, StateChip
from coach.words import readiness as words
from coach.words import readiness_why
from coach.words.sources import source
from coach.words.translate import tr

_COLUMNS: Final = 5
_STRETCH: Final = (28, 24, 28, 0, 0)
_CHIP_WIDTH: Final = 176
_ROWS: Final = 3
"""Of the grid, for each criterion: the row, its explanation, a hairline."""
_ROW_HEIGHT: Final = 42


def state_of(of: Criterion) -> State:
    """The shape and colour of a criterion."""
    if of.met:
        return State.MET
    if of.advisory:
        return State.ASIDE
    return State.TO_DO if of.to_do else State.AGAINST


class CriteriaTable(Card):
    """Every criterion in its row; rows stay where they are when the values change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(tr("Criteria"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * STEP)
        self._grid.setVerticalSpacing(0)
        for column, share in enumerate(_STRETCH):
            self._grid.setColumnStretch(column, share)
        self._grid.setColumnMinimumWidth(_COLUMNS - 2, _CHIP_WIDTH)
        self.rows = {name: _Row(self._grid, place, last=name is Id.R8) for place, name in enumerate(Id)}
        self.column.addLayout(self._grid)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show what was found of each."""
        for one in verdict.criteria:
            self.rows[one.id].show_criterion(one)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return tuple(row.why for row in self.rows.values())


class _Row:
    """One criterion: labels in the common grid, so that the columns stand straight."""

    def __init__(self, grid: QGridLayout, place: int, *, last: bool) -> None:
        self._shown: Criterion | None = None
        self._name, self._value, self._asked = wrapped("", Role.STRONG), _cell(Role.BODY), _cell(Role.MUTED)
        self.chip = StateChip()
        self.why = Button(_closed(), Kind.QUIET)
        self.why.on_pressed(self.toggle)
        row = place * _ROWS
        grid.setRowMinimumHeight(row, _ROW_HEIGHT)
        for column, part in enumerate((self._name, self._value, self._asked, self.chip, self.why)):
            place_at = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            if column < len(_STRETCH) - 2:
                grid.addWidget(part, row, column)
            else:
                grid.addWidget(part, row, column, place_at)
        self.more = Explanation()
        self.more.hide()
        grid.addWidget(self.more, row + 1, 0, 1, _COLUMNS)
        if not last:
            grid.addWidget(Rule(), row + 2, 0, 1, _COLUMNS)

    def show_criterion(self, of: Criterion) -> None:
        """Show a criterion; an explanation that is open stays open."""
        if of == self._shown:
            return
        self._shown = of
        plain_text.show(self._name, words.name(of))
        plain_text.show(self._value, _together(words.value(of)))
        plain_text.show(self._asked, _together(words.threshold(of)))
        self.chip.show_state(words.chip(of), state_of(of))
        self._say()
        if not self.more.isHidden():
            self.more.show_criterion(of)

    def toggle(self) -> None:
        """Open or close the explanation."""
        if self._shown is None:
            return
        opens = self.more.isHidden()
        if opens:
            self.more.show_criterion(self._shown)
        self.more.setVisible(opens)
        self.why.show_text(_open() if opens else _closed())
        self._say()
        if opens:
            a11y.announce(self.why, self.more.said)
            reveal(self.more)

    def _say(self) -> None:
        if self._shown is not None:
            said = f"{words.line(self._shown)} {self.why.text().removesuffix(' ›')}"
            a11y.name(self.why, said)


class Explanation(QWidget):
    """What is missing in full, what it is for, and what it rests on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 3 * STEP)
        self._column.setSpacing(STEP)

    def show_criterion(self, of: Criterion) -> None:
        """Explain a criterion."""
        clear(self._column)
        basis = of.basis
        lines: list[tuple[str, Role]] = [] if of.met else [(words.text(of), Role.STRONG)]
        lines += [(note, Role.BODY) for note in words.notes(of)]
        lines += [
            (readiness_why.why(of.id), Role.BODY),
            (tr("Source: {source}").format(source=source(basis.source)), Role.MUTED),
            (tr("Evidence: {grade}").format(grade=readiness_why.grade(basis.grade)), Role.MUTED),
        ]
        for text, role in lines:
            self._column.addWidget(wrapped(text, role))
        self.said = " ".join(text for text, _ in lines)


def _cell(role: Role) -> QLabel:
    return wrapped("", role)


def _together(text: str) -> str:
    """A number and its sign or unit stay on one line."""
    return re.sub(r"([≥≤]) (?=\d)|(?<=\d) (?=(?:s|%)(?:\W|$))", lambda found: f"{found.group(1) or ''}\u00a0", text)


def _closed() -> str:
    return tr("Why ›")


def _open() -> str:
    return tr("Close", "an explanation")
