"""What a new revision changed of an exercise: before and now, side by side.

All of it is foreign text: it is shown through `plain_text` alone.
"""

from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from coach.ui import a11y, plain_text, theme
from coach.ui.plain_text import Role
from coach.ui.screens.page import breakable
from coach.ui.tokens import RADIUS_FIELD, STEP
from coach.ui.widgets.card import Tone, section, text_colour
from coach.words import revisions
from coach.words.revisions import Difference
from coach.words.translate import tr

_LEAST: Final = 10 * STEP
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
            for column, made in enumerate((Cell(one.before), Cell(one.now, one.before))):
                a11y.name(made.label, plain_text.clean(said[column].format(aspect=about, text=texts[column])))
                grid.addWidget(made, row, column)
                self.cells.append(made)


class Cell(QFrame):
    """One side of a pair; of what holds now the words that are new are marked."""

    def __init__(self, text: str, before: str | None = None) -> None:
        super().__init__()
        self._marked = before is not None
        self.label = Words(text, text if before is None else before)
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


class Words(QLabel):
    """A text whose words that are not as before are bold and coloured; it is plain, and a label to a reader."""

    def __init__(self, text: str, before: str) -> None:
        super().__init__()
        shown, was = (breakable(plain_text.clean(revisions.together(one))) for one in (text, before))
        plain_text.show(self, shown)
        self.setFont(Role.BODY.font())
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.changed = revisions.changed_words(was, self.text())

    @property
    def bold(self) -> tuple[str, ...]:
        """What is marked."""
        return tuple(self.text()[one.start : one.stop] for one in self.changed)

    def heightForWidth(self, width: int) -> int:
        return ceil(self._laid_out(width).boundingRect().height())

    def sizeHint(self) -> QSize:
        width = super().sizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        self._laid_out(self.width()).draw(painter, QPointF(0, 0))
        painter.end()

    def _laid_out(self, width: int) -> QTextLayout:
        made = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        made.setTextOption(option)
        look = QTextCharFormat()
        look.setFont(Role.STRONG.font())
        look.setForeground(QColor(text_colour(Tone.ACTION, theme.tokens_of(self))))
        made.setFormats([_format(one, look) for one in self.changed])
        made.beginLayout()
        height = 0.0
        while (line := made.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        made.endLayout()
        return made


def _format(of: range, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = of.start, len(of), look
    return made
