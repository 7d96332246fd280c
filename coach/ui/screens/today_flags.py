"""Today's cards that come before training: red flags, and the safety questions when they are due again."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from coach.core.clinical.red_flags import Flag, Tier
from coach.ui import plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.screens.page import clear
from coach.ui.tokens import STEP, Size
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, Chip, Tone
from coach.words.translate import tr

if TYPE_CHECKING:
    from coach.app.guidance import Guidance

_TONES: Final = {Tier.EMERGENCY: Tone.RED, Tier.URGENT: Tone.AMBER, Tier.REFER: Tone.ACTION}
_TOP: Final = Qt.AlignmentFlag.AlignTop


class FlagsCard(Card):
    """The gravest flags that stand, what to do, and what speaks for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Before you train"), parent)
        self._title = Chip("", Tone.RED, size=Size.BODY)
        self._action = plain_text.label("", Role.LEAD)
        self._signs = Bullets()
        self.cleared = Button(tr("A clinician has looked at this"), Kind.GHOST, icon=Icon.CHECK)
        for part in (self._title, self._action, self._signs):
            self.column.addWidget(part)
        self.column.addWidget(self.cleared, 0, Qt.AlignmentFlag.AlignLeft)

    def show_flags(self, flags: tuple[Flag, ...], seen: "Guidance | None") -> None:
        """Show the gravest of these flags, with what the log says once it was asked; without flags nothing."""
        self.setVisible(bool(flags))
        if not flags:
            return
        from coach.words import red_flags

        gravest = flags[0].tier
        self._title.show_text(red_flags.tier_heading(gravest), _TONES[gravest])
        standing = tuple(flag for flag in flags if flag.tier is gravest)
        urges = gravest is Tier.EMERGENCY
        plain_text.show(self._action, red_flags.advice_on(standing) if urges else red_flags.action(gravest))
        self._signs.show_lines(tuple(_sign(flag, seen) for flag in standing))


class Bullets(QWidget):
    """Lines with a dot before each; what does not fit on one goes on below its words, not below its dot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * STEP)
        self._grid.setVerticalSpacing(STEP)
        self._grid.setColumnStretch(1, 1)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show these lines and no others."""
        if lines == self._lines:
            return
        clear(self._grid)
        self._lines = lines
        for row, line in enumerate(lines):
            self._grid.addWidget(plain_text.label(tr("•", "before each of some signs")), row, 0, _TOP)
            self._grid.addWidget(plain_text.label(line), row, 1)


class ScreeningCard(Card):
    """Asks for the safety questions, and says why now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Safety questions"), parent)
        self._text = plain_text.label("", Role.BODY)
        self.questions = Button(tr("Answer the questions"), Kind.GHOST)
        self.column.addWidget(self._text)
        self.column.addWidget(self.questions, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_due(self, seen: "Guidance | None", *, blocked: bool) -> None:
        """Ask, if the questions are due; `blocked` says that a red flag keeps from training."""
        due = seen.screening if seen is not None else None
        # Under a red flag the questions have been answered: what follows from the flag comes first.
        self.setVisible(due is not None and not blocked)
        if due is not None:
            from coach.words import guidance

            plain_text.show(self._text, guidance.screen(due))


def _sign(flag: Flag, seen: "Guidance | None") -> str:
    """A flag, with what speaks for it in the log, and what belongs to it alone."""
    from coach.words import red_flags

    more: list[str] = []
    standing = next((one for one in seen.standing if one.flag is flag), None) if seen else None
    if seen is not None and standing is not None and standing.evidence:
        from coach.words import guidance

        more.append(guidance.evidence(standing, seen.today))
    # Of an emergency it stands above; beside the log's own evidence "your log shows them" would say nothing new.
    if flag.tier is Tier.URGENT or (flag.tier is Tier.REFER and flag.asked and not more):
        more.append(red_flags.own_advice(flag))
    said = red_flags.short(flag)
    return f"{said}. {' '.join(more)}" if more else said
