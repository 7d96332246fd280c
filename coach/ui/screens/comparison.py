"""What a new revision changed of an exercise: before and now, side by side.

All of it is foreign text: it is shown through `plain_text` alone.
"""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from coach.ui import a11y, plain_text, theme
from coach.ui.plain_text import Role
from coach.ui.screens.page import wrapped
from coach.ui.tokens import RADIUS_FIELD, STEP
from coach.ui.widgets.card import section
from coach.words import revisions
from coach.words.revisions import Difference
from coach.words.translate import tr

_EDGE: Final = STEP
"""The bar that marks what holds now: a shape beside the colour."""


class Comparison(QWidget):
    """Two columns, before and now, and a row for each thing that is not the same."""

    def __init__(self, changed: tuple[Difference, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP)
        for column, heading in enumerate((tr("Before"), tr("Now"))):
            grid.addWidget(section(heading), 0, column)
            grid.setColumnStretch(column, 1)
        self.cells: list[Cell] = []
        for row, one in enumerate(changed, 1):
            about = revisions.aspect(one.aspect)
            said = tr("{aspect}, before: {text}"), tr("{aspect}, now: {text}")
            texts = one.before, one.now
            for column, made in enumerate((Cell(one.before), Cell(one.now, marked=True))):
                a11y.name(made.label, plain_text.clean(said[column].format(aspect=about, text=texts[column])))
                grid.addWidget(made, row, column)
                self.cells.append(made)


class Cell(QFrame):
    """One side of a pair."""

    def __init__(self, text: str, *, marked: bool = False) -> None:
        super().__init__()
        self._marked = marked
        self.label: QLabel = wrapped(text, Role.STRONG if marked else Role.BODY)
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.addWidget(self.label)
        column.addStretch()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.action_soft if self._marked else tokens.ground))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_FIELD, RADIUS_FIELD)
        if self._marked:
            painter.setBrush(QColor(tokens.action))
            painter.drawRoundedRect(QRectF(0, 0, _EDGE, self.height()), _EDGE / 2, _EDGE / 2)
        painter.end()
