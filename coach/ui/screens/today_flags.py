"""Today's cards that come before training: red flags, and the safety questions when they are due again."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coach.core.clinical.red_flags import Flag, Tier
from coach.ui import plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.tokens import Size
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, Chip, Tone
from coach.words.translate import tr

if TYPE_CHECKING:
    from coach.app.guidance import Guidance

_TONES: Final = {Tier.EMERGENCY: Tone.RED, Tier.URGENT: Tone.AMBER, Tier.REFER: Tone.ACTION}


class FlagsCard(Card):
    """The gravest flags that stand, what to do, and what speaks for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Before you train"), parent)
        self._title = Chip("", Tone.RED, size=Size.BODY)
        self._action = plain_text.label("", Role.LEAD)
        self._text = plain_text.label("", Role.BODY)
        self.cleared = Button(tr("A clinician has looked at this"), Kind.GHOST, icon=Icon.CHECK)
        for part in (self._title, self._action, self._text):
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
        plain_text.show(self._action, red_flags.action(gravest))
        signs = [_sign(flag, seen) for flag in flags if flag.tier is gravest]
        plain_text.show(self._text, "\n".join(tr("• {text}").format(text=sign) for sign in signs))


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
    """A flag, with what speaks for it in the log."""
    from coach.words import red_flags

    said = red_flags.short(flag)
    standing = next((one for one in seen.standing if one.flag is flag), None) if seen else None
    if seen is None or standing is None or not standing.evidence:
        return said
    from coach.words import guidance

    return f"{said}. {guidance.evidence(standing, seen.today)}"
