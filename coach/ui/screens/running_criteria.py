"""The criteria as a table: name, value, what is asked, met or what is missing, and why on one press."""

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from coach.core.clinical.criteria import Id
from coach.core.clinical.readiness import Criterion, Verdict
from coach.core.clinical.readiness_log import Screened
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
_ROOMY: Final = 560
_NARROW: Final = 680
"""Less than this is too little for five columns."""
_ROWS: Final = 4
"""Of the grid, for each criterion: the row, a value that takes all its width, its explanation, a hairline."""
_ROW_HEIGHT: Final = 42
_PAD: Final = 2 * STEP
"""Above and below the text of a row, so that no line of it touches a hairline."""


_BEFORE_NUMBER: Final = re.compile(r"(?:(?<=\w) )?([≥≤]) (?=[+−\d])|(?<=\w) (?=\d[.\d]*(?:,|$))")
_AFTER_NUMBER: Final = re.compile(r"(?<=\d) ((?:s|%|min|reps?|points?|days|steps?/min)(?!\w))")


def state_of(of: Criterion) -> State:
    """The shape and colour of a criterion."""
    if of.met:  # a test that reaches its goal and hurts is not to be taken for one that is simply met
        return State.TO_DO if words.hurt(of) else State.MET
    if of.advisory:
        return State.ASIDE
    return State.TO_DO if of.to_do else State.AGAINST


class CriteriaTable(Card):
    """Every criterion in its row; rows stay where they are when the values change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(tr("Criteria"))
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(0)
        for column, share in enumerate(_STRETCH):
            self._grid.setColumnStretch(column, share)
        self._space(roomy=True)
        self.rows = {name: _Row(self._grid, place, last=name is Id.R8) for place, name in enumerate(Id)}
        self.column.addLayout(self._grid)

    def _space(self, *, roomy: bool) -> None:
        """Where there is little room the words need it."""
        self._grid.setHorizontalSpacing(4 * STEP if roomy else 2 * STEP)
        self._grid.setColumnMinimumWidth(_COLUMNS - 2, _CHIP_WIDTH if roomy else 0)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show what was found of each."""
        for one in verdict.criteria:
            self.rows[one.id].show_criterion(one)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._space(roomy=event.size().width() >= _ROOMY)
        narrow = event.size().width() < _NARROW
        for column in (1, 2):
            self._grid.setColumnStretch(column, 0 if narrow else _STRETCH[column])
        for row in self.rows.values():
            row.show_narrow(narrow=narrow)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return tuple(row.why for row in self.rows.values())


class _Row:
    """One criterion: labels in the common grid, so that the columns stand straight."""

    def __init__(self, grid: QGridLayout, place: int, *, last: bool) -> None:
        self._shown: Criterion | None = None
        self.name, self.value, self.asked = wrapped("", Role.STRONG), _cell(Role.BODY), _cell(Role.MUTED)
        self._narrow = False
        self.below = _cell(Role.BODY)
        self.below.setContentsMargins(0, 0, 0, _PAD)
        self.below.hide()
        for cell in (self.name, self.value, self.asked):
            cell.setContentsMargins(0, _PAD, 0, _PAD)
            cell.setMinimumWidth(1)  # else the table could not become so narrow that it changes
        self.chip = StateChip()
        self.why = Button(_closed(), Kind.QUIET)
        self.why.on_pressed(self.toggle)
        row = place * _ROWS
        grid.setRowMinimumHeight(row, _ROW_HEIGHT)
        for column, part in enumerate((self.name, self.value, self.asked, self.chip, self.why)):
            place_at = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            if column < len(_STRETCH) - 2:
                grid.addWidget(part, row, column)
            else:
                grid.addWidget(part, row, column, place_at)
        self.more = Explanation()
        self.more.hide()
        grid.addWidget(self.below, row + 1, 0, 1, _COLUMNS)
        grid.addWidget(self.more, row + 2, 0, 1, _COLUMNS)
        if not last:
            grid.addWidget(Rule(), row + 3, 0, 1, _COLUMNS)

    def show_criterion(self, of: Criterion) -> None:
        """Show a criterion; an explanation that is open stays open."""
        if of == self._shown:
            return
        self._shown = of
        plain_text.show(self.name, together(words.name(of)))
        self._show_numbers(of)
        self.chip.show_state(words.chip(of), state_of(of))
        self._say()
        if not self.more.isHidden():
            self.more.show_criterion(of)

    def show_narrow(self, *, narrow: bool) -> None:
        """Put value and limit below the name, in the whole width, or beside it."""
        if narrow is not self._narrow:
            self._narrow = narrow
            if self._shown is not None:
                self._show_numbers(self._shown)

    def _show_numbers(self, of: Criterion) -> None:
        value, asked = together(words.value(of)), together(words.threshold(of))
        long = isinstance(of.found, Screened) and not of.met  # sentences, not numbers
        plain_text.show(self.value, "" if long else value)
        plain_text.show(self.asked, asked)
        below = value if long else tr("{value}; asked for: {threshold}").format(value=value, threshold=asked)
        plain_text.show(self.below, below if long or self._narrow else "")
        self.below.setVisible(long or self._narrow)
        for cell in (self.value, self.asked):
            cell.setVisible(not self._narrow)

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


def together(text: str) -> str:
    """A number and its sign or unit stay on one line, whatever stands between them."""
    text = _BEFORE_NUMBER.sub(lambda found: found.group().replace(" ", "\u00a0"), text)
    return _AFTER_NUMBER.sub("\u00a0\\1", text).replace("/", "/\u2060")


def _closed() -> str:
    return tr("Why ›")


def _open() -> str:
    return tr("Close", "an explanation")
