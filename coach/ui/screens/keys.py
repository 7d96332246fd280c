"""The keys, all on one sheet (F1): those of the page that is shown come first."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from coach.ui import plain_text
from coach.ui.plain_text import Role
from coach.ui.tokens import GAP, STEP, Size
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card, Chip, Tone, heading
from coach.words.translate import tr

_FRAME: Final = 32
"""What the title bar takes."""


class Where(Enum):
    """Where keys work, in the order in which the sheet tells of it."""

    SESSION = auto()
    TODAY = auto()
    TEST = auto()
    RUN = auto()
    LIBRARY = auto()
    EDITOR = auto()
    ROUTINES = auto()
    RUNNING = auto()
    PROGRESS = auto()
    EVERYWHERE = auto()


Table = tuple[tuple[str, str], ...]
"""Keys, and what they do."""


def keys(first: Where = Where.SESSION) -> tuple[tuple[str, Table], ...]:
    """Every key by where it works, `first` before the others."""
    every = dict(zip(Where, _tables(), strict=True))
    return (every[first], *(table for where, table in every.items() if where is not first))


def _tables() -> tuple[tuple[str, Table], ...]:
    return (
        (
            tr("In a session"),
            (
                (tr("Space, media play, Page Down"), tr("pause or go on; count a rep of your own pace")),
                ("B", tr("pause or go on, also where Space counts")),
                (tr("← or Page Up"), tr("back to the beginning of the set, or to the set before")),
                (tr("→ or media next"), tr("skip to the next set, rest or side")),
                ("P", tr("it hurts: pause and answer")),
                (tr("0–9, X"), tr("answer a pain question; X is ten")),
                (tr("+ and −"), tr("ten seconds more or less of a rest")),
                ("F", tr("full screen and floor mode")),
                ("M", tr("sound off and on")),
                ("C, E, S", tr("after “It hurts”: go on, the easier variation, skip the exercise")),
                (tr("Esc", "the key"), tr("end the session (asks first; L goes on later); leave floor mode")),
                ("W", tr("afterwards: show where it hurt")),
            ),
        ),
        (
            tr("On Today"),
            (
                (tr("0–9, X"), tr("answer the question that is open; X is ten; Enter is done")),
                (tr("arrow keys"), tr("from place to place on the chart; Space chooses one")),
            ),
        ),
        (
            tr("In a self-test"),
            (
                (tr("Space, media play, Page Down"), tr("in position; then stop. In a walk pause or go on")),
                (tr("+ and −"), tr("more or less time to get ready; a faster or slower beat; one rep more or less")),
                ("P", tr("it hurts: over at once, and answer")),
                ("L, K, T", tr("afterwards: pelvis level, knee over the toe, trunk steady")),
                (tr("Y and N"), tr("afterwards: whether it was in the groin")),
                ("R", tr("before it begins: record a result from elsewhere")),
                ("D", tr("afterwards: discard this try (asks first)")),
                (tr("Esc", "the key"), tr("break this try off; on the questions save and end, or discard")),
            ),
        ),
        (
            tr("In a guided run"),
            (
                (tr("Space, media play, Page Down"), tr("pause or go on, after three, two, one")),
                (tr("← and →"), tr("back to the beginning of the run or walk; on to the next")),
                (tr("0–9, X"), tr("at any time: how much it hurts; noted, and nothing stops below the limit")),
                ("P", tr("it hurts: pause and answer; then C goes on, S walks instead, Esc stops")),
                ("L, G", tr("afterwards: a limp; pain in the groin")),
                (tr("Esc", "the key"), tr("end the run (asks first; L goes on later); leave floor mode")),
            ),
        ),
        (
            tr("In the library"),
            (
                (tr("/ or Ctrl+F"), tr("search; Esc clears the search, then leaves it")),
                (tr("arrow keys"), tr("from exercise to exercise; Enter opens one")),
                (tr("Space", "the key"), tr("play or pause the figure of an exercise; ← and → go through it")),
                ("T", tr("do the self-test that is shown")),
            ),
        ),
        (
            tr("In the editor"),
            (
                (tr("Ctrl+F"), tr("search the library; Enter adds the first that was found, ↓ leads to the others")),
                ("F6", tr("from library to sequence to the numbers, and back")),
                (tr("Alt+↑ and Alt+↓"), tr("move the exercise; Delete removes it, Ctrl+D doubles it")),
                (tr("Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y"), tr("undo and redo, everything and from everywhere")),
                (tr("Ctrl+S, Ctrl+Shift+S"), tr("save the routine file; put it into my routines")),
                (tr("Esc", "the key"), tr("leave; what was changed is asked about")),
            ),
        ),
        (
            tr("On Routines"),
            (
                (tr("Ctrl+O, Ctrl+N"), tr("open a file, make a routine")),
                (tr("Ctrl+V"), tr("paste the text of a handout's code")),
                (tr("Ctrl+S, Ctrl+P"), tr("save as PDF, print (on a handout)")),
            ),
        ),
        (
            tr("On Running"),
            (
                (tr("Alt+← and Alt+→"), tr("the verdict of the day before or after")),
                ("T", tr("record the result of a test")),
                ("R", tr("begin the next run of the plan, where it is offered")),
            ),
        ),
        (
            tr("On a chart of Progress"),
            (
                (tr("arrow keys"), tr("from day to day, and from chart to chart")),
                (tr("+ and −"), tr("nearer and farther (pain); so does the wheel, with Ctrl for the height")),
                (tr("0 or Home"), tr("show everything (pain); so does a double click")),
            ),
        ),
        (
            tr("Everywhere"),
            (
                (tr("Enter"), tr("the main button of the screen")),
                (
                    tr("Ctrl+1 to Ctrl+5, Ctrl+,"),
                    tr("Today, Library, Progress, Running, Routines, Settings"),
                ),
                (tr("Tab and Shift+Tab"), tr("to the next control and back")),
                ("F1", tr("this sheet")),
            ),
        ),
    )


class KeysDialog(QDialog):
    """Shows the keys; Esc or Enter closes it."""

    def __init__(self, parent: QWidget | None = None, first: Where = Where.SESSION) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * STEP, 5 * STEP, 6 * STEP, 5 * STEP)
        column.setSpacing(GAP)
        self._area = _scrolling(_all(keys(first)))
        column.addWidget(self._area, 1)
        close = Button(tr("Close"), Kind.PRIMARY, hint=RETURN)
        close.setDefault(True)
        close.on_pressed(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()
        # At 175 % a full-HD screen has 617 of these pixels, and the frame needs some of them.
        room = self.screen().availableGeometry().height() - _FRAME
        hint = self.sizeHint()
        whole = hint.height() - self._area.sizeHint().height() + self._area.maximumHeight()
        self.resize(hint.width(), min(whole, room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys scroll, where not all of it is seen."""
        bar = self._area.verticalScrollBar()
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar.setValue(bar.value() + (1 if event.key() == Qt.Key.Key_PageDown else -1) * bar.pageStep())
        else:
            super().keyPressEvent(event)


def _all(tables: tuple[tuple[str, Table], ...]) -> QWidget:
    """A card for each place; what the keys do begins at the same distance in all of them."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3 * STEP)
    widest = max(_cap(key).sizeHint().width() for _, table in tables for key, _ in table)
    for place, table in tables:
        card = Card()
        card.setAccessibleName(place)
        card.column.addWidget(heading(place))
        grid = QGridLayout()
        grid.setHorizontalSpacing(5 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnMinimumWidth(0, widest)
        grid.setColumnStretch(1, 1)
        for row, (key, does) in enumerate(table):
            grid.addWidget(_cap(key), row, 0, Qt.AlignmentFlag.AlignLeft)
            said = plain_text.label(does, Role.BODY)
            said.setWordWrap(False)
            grid.addWidget(said, row, 1)
        card.column.addLayout(grid)
        column.addWidget(card)
    return made


def _cap(key: str) -> Chip:
    return Chip(key, Tone.MUTED, size=Size.LABEL + 1)


def _scrolling(table: QWidget) -> QScrollArea:
    """The table, whole where there is room for it."""
    area = QScrollArea()
    area.setWidget(table)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    hint = table.sizeHint()
    area.setMinimumWidth(hint.width() + area.verticalScrollBar().sizeHint().width())
    area.setMaximumHeight(hint.height())
    area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return area
