"""The card of Today that says how many criteria to run are met, and the nearest gaps in words."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.core.clinical.readiness import Outcome, Verdict
from coach.ui import plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import wrapped
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Tone
from coach.ui.widgets.ring import Ring
from coach.words import readiness as words
from coach.words.translate import tr

_RING = 92
_TONES = {Outcome.MET: Tone.OK, Outcome.NOT_YET: Tone.ACTION, Outcome.BLOCKED: Tone.RED}


class ReadyView(QWidget):
    """A ring with the number of criteria that are met, the verdict and what is nearest beside it."""

    criteria_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = Ring(tr("Criteria met"))
        self.ring.setFixedSize(_RING, _RING)
        self.ring.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the words beside it say the same
        self._verdict = wrapped("", Role.STRONG)
        self._gap = plain_text.label("", Role.MUTED)
        self.more = Button(tr("See every criterion →"), Kind.QUIET)
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
        column.setSpacing(STEP)
        column.addLayout(across)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def on_criteria_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to see every criterion."""
        self.criteria_wanted.connect(act)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show the verdict of today."""
        total = len(verdict.counted)
        self.ring.show_value(verdict.met / total, "", f"{verdict.met}/{total}", "", _TONES[verdict.outcome])
        plain_text.show(self._verdict, words.short_heading(verdict))
        plain_text.show(self._gap, words.short_gap(verdict))
