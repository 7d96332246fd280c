"""The keys, all on one sheet (F1)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from coach.ui import plain_text
from coach.ui.plain_text import Role
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Rule, heading
from coach.words.translate import tr


def keys() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Every key, by where it works."""
    return (
        (
            tr("In a session"),
            (
                (tr("Space, media play, Page Down"), tr("pause or go on; count a rep of your own pace")),
                (tr("← or Page Up"), tr("back to the beginning of the set, or to the set before")),
                (tr("→ or media next"), tr("skip to the next set, rest or side")),
                ("P", tr("it hurts: pause and answer")),
                (tr("0–9, X"), tr("answer a pain question; X is ten")),
                (tr("+ and −"), tr("ten seconds more or less of a rest")),
                ("F", tr("full screen and floor mode")),
                ("M", tr("sound off and on")),
                ("C, E, S", tr("after “It hurts”: go on, the easier variation, skip the exercise")),
                (tr("Esc", "the key"), tr("end the session (asks first); leave floor mode")),
            ),
        ),
        (
            tr("In the library"),
            (
                (tr("/ or Ctrl+F"), tr("search; Esc clears the search, then leaves it")),
                (tr("arrow keys"), tr("from exercise to exercise; Enter opens one")),
                (tr("Space", "the key"), tr("play or pause the figure of an exercise; ← and → go through it")),
            ),
        ),
        (
            tr("Everywhere"),
            (
                (tr("Enter"), tr("the main button of the screen")),
                (tr("Ctrl+1, Ctrl+2, Ctrl+5, Ctrl+,"), tr("Today, Library, Routines, Settings")),
                (tr("Ctrl+O"), tr("open a routine file (on Routines)")),
                (tr("Tab and Shift+Tab"), tr("to the next control and back")),
                ("F1", tr("this sheet")),
            ),
        ),
    )


class KeysDialog(QDialog):
    """Shows the keys; Esc or Enter closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * STEP, 5 * STEP, 6 * STEP, 5 * STEP)
        column.setSpacing(GAP)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6 * STEP)
        grid.setVerticalSpacing(2 * STEP)
        for place, table in keys():
            grid.addWidget(heading(place), grid.rowCount(), 0, 1, 2)
            for key, does in table:
                row = grid.rowCount()
                grid.addWidget(plain_text.label(key, Role.STRONG), row, 0)
                said = plain_text.label(does, Role.MUTED)
                said.setWordWrap(False)
                grid.addWidget(said, row, 1)
            grid.addWidget(Rule(), grid.rowCount(), 0, 1, 2)
        column.addLayout(grid)
        close = Button(tr("Close"), Kind.PRIMARY, hint=RETURN)
        close.setDefault(True)
        close.on_pressed(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()
