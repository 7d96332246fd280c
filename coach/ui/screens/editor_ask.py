"""What becomes of a routine that was changed and not handed out: asked when the editor is left."""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from coach.ui import plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import wrapped
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import heading
from coach.words.translate import tr

_WIDTH = 560


class Leaving(Enum):
    """What is done with it."""

    SAVE = auto()
    KEEP = auto()
    DISCARD = auto()


class LeaveDialog(QDialog):
    """Asks; Esc stays in the editor."""

    answered = Signal(object)  # Leaving

    def __init__(self, title: str, parent: QWidget, *, can_save: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Leave the editor"))
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * STEP, 5 * STEP, 6 * STEP, 5 * STEP)
        column.setSpacing(GAP)
        asked = heading(tr("“{title}” was changed").format(title=plain_text.clean_name(title, 60)))
        asked.setWordWrap(True)
        column.addWidget(asked)
        text = tr(
            "What was changed is in no routine file yet. As a draft it waits on the page Routines, just as it is now."
        )
        column.addWidget(wrapped(text, Role.BODY))
        line = QHBoxLayout()
        line.setSpacing(2 * STEP)
        self.discard = Button(tr("Discard"), Kind.QUIET)
        self.save = Button(tr("Save routine file…"), Kind.GHOST)
        self.save.setVisible(can_save)
        self.keep = Button(tr("Keep as draft"), Kind.PRIMARY, hint=RETURN)
        self.keep.setDefault(True)
        for button, leaving in (
            (self.discard, Leaving.DISCARD),
            (self.save, Leaving.SAVE),
            (self.keep, Leaving.KEEP),
        ):
            button.on_pressed(self._answers(leaving))
            line.addWidget(button)
        line.insertStretch(1)
        column.addLayout(line)
        self.setMinimumWidth(_WIDTH)
        self.keep.setFocus()

    def on_answered(self, take: Callable[[Leaving], object]) -> None:
        """Call `take` with what the person wants."""
        self.answered.connect(take)

    def _answers(self, leaving: Leaving) -> Callable[[], None]:
        def act() -> None:
            self.accept()
            self.answered.emit(leaving)

        return act
