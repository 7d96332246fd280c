"""The red-flag screen: what is asked in three tiers, what follows at once, and keeping it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coach.core.clinical.red_flags import ASKED, Flag, Tier, blocks_loading
from coach.ui.plain_text import Role, label
from coach.ui.presenters.desk import Desk
from coach.ui.screens.choices import Choice, Remark
from coach.ui.screens.page import Page, move_keyboard, reveal
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card, Chip, Tone
from coach.ui.widgets.notice import NoticeKind
from coach.words import red_flags
from coach.words.translate import tr

_TONES: Final = {Tier.EMERGENCY: Tone.RED, Tier.URGENT: Tone.AMBER, Tier.REFER: Tone.ACTION}
_KINDS: Final = {Tier.EMERGENCY: NoticeKind.PROBLEM, Tier.URGENT: NoticeKind.WARNING, Tier.REFER: NoticeKind.INFO}


class TierQuestions(QWidget):
    """The statements of one tier; what is ticked shows its advice at once, and nothing must be said out loud."""

    def __init__(self, tier: Tier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tier = tier
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        chip = Chip(red_flags.tier_heading(tier), _TONES[tier])
        column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        self.statements = {flag: Choice(red_flags.question(flag)) for flag in ASKED if flag.tier is tier}
        self._advice: dict[Flag, Remark] = {}
        self._stood: tuple[Flag, ...] = ()
        for flag, row in self.statements.items():
            self._advice[flag] = Remark()
            column.addWidget(row)
            column.addWidget(self._advice[flag])
            row.toggled.connect(self._ticked)
        self.none = Choice(red_flags.none_of_these(tier))
        self.none.toggled.connect(self._none_ticked)
        column.addSpacing(STEP)
        column.addWidget(self.none)

    @property
    def tier(self) -> Tier:
        """Which tier is asked."""
        return self._tier

    @property
    def first(self) -> Choice:
        """The first statement."""
        return next(iter(self.statements.values()))

    @property
    def raised(self) -> tuple[Flag, ...]:
        """What is true of the person."""
        return tuple(flag for flag, row in self.statements.items() if row.isChecked())

    @property
    def answered(self) -> bool:
        """Whether something is ticked, were it that nothing is true."""
        return self.none.isChecked() or bool(self.raised)

    def on_ticked(self, act: Callable[[], object]) -> None:
        """Call `act` when anything is ticked, or a tick is taken back."""
        for row in (*self.statements.values(), self.none):
            row.toggled.connect(act)

    def said(self, flag: Flag) -> str:
        """The advice that is shown for a flag."""
        return self._advice[flag].said

    def show_raised(self, flags: tuple[Flag, ...]) -> None:
        """Tick what was true the last time."""
        self._stood = flags
        for flag, row in self.statements.items():
            row.setChecked(flag in flags)

    def note_kept(self, flags: tuple[Flag, ...]) -> None:
        """From now on these stand, whatever becomes of their tick."""
        self._stood = (*self._stood, *flags)

    def _ticked(self) -> None:
        if self.raised:
            self.none.setChecked(False)
        for flag, row in self.statements.items():
            if row.isChecked():
                self._advice[flag].say(_KINDS[self._tier], red_flags.advice(flag))
                if row is self.sender() and row.isVisible():
                    reveal(self._advice[flag])
            elif stays(flag, self._stood):
                self._advice[flag].say(NoticeKind.INFO, red_flags.stays())
            else:
                self._advice[flag].hide()

    def _none_ticked(self) -> None:
        if self.none.isChecked():
            for row in self.statements.values():
                row.setChecked(False)


def stays(flag: Flag, stood: Collection[Flag]) -> bool:
    """Whether a flag stands on although its tick was taken back: only a clinician's look clears what blocks loading."""
    return flag in stood and blocks_loading((flag,))


def keep_flags(desk: Desk, asked: TierQuestions) -> bool:
    """Record what is true now, and clear what no longer is, save what `stays`. True when it is on disk."""
    today = desk.today()
    if today is None:
        return False
    before = {flag for flag in today.flags if flag in asked.statements}
    now = set(asked.raised)
    gone = {flag for flag in before - now if not stays(flag, before)}
    raised = all(desk.flag(flag.name, raised=True) for flag in sorted(now - before, key=ASKED.index))
    return raised and all(desk.flag(flag.name, raised=False) for flag in sorted(gone, key=ASKED.index))


def keep_screened(desk: Desk) -> None:
    """Note that every tier was answered today."""
    today = desk.today()
    if today is not None:
        desk.choose(screened=today.today.isoformat())


@dataclass(frozen=True, slots=True)
class Screened:
    """The screen is left; `kept` if every tier was answered and is on disk.

    Otherwise `raised` are the grave signs that were ticked and are on disk all the same.
    """

    kept: bool
    raised: tuple[Flag, ...] = ()


class Safety(Page):
    """All three tiers on one page, for when they are asked again."""

    ended = Signal(object)  # Screened

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Safety questions"),
            tr("Tick what is true today, and “None of these” where nothing is."),
            parent,
            widest=_WIDTH,
        )
        self._desk = desk
        later = Button(tr("Not now"), Kind.GHOST, hint=tr("Esc"))
        keep = Button(tr("Save"), Kind.PRIMARY, hint=RETURN)
        later.on_pressed(self._leave)
        keep.on_pressed(self.keep)
        self.buttons.addWidget(later)
        self.buttons.addWidget(keep)
        self.tiers = tuple(TierQuestions(tier) for tier in Tier)
        self._told = False
        self._raised: tuple[Flag, ...] = ()
        today = desk.today()
        self._stood = today.flags if today is not None else ()
        for asked in self.tiers:
            card = Card()
            card.column.addWidget(label(red_flags.asked(asked.tier), Role.LEAD))
            card.column.addWidget(asked)
            self.body.addWidget(card)
            if today is not None:
                asked.show_raised(today.flags)
            asked.on_ticked(self.notice.hide)
        self.body.addStretch()
        desk.on_failed(self.show_failure)

    def on_ended(self, take: Callable[[Screened], object]) -> None:
        """Call `take` when the person is done."""
        self.ended.connect(take)

    def first_focus(self) -> None:
        """Put the keyboard on the first statement."""
        move_keyboard(self.tiers[0].first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(self.focusWidget(), QPushButton):
            self.keep()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window that is made small is not left
            self.depart()

    def depart(self) -> None:
        """Keep a sign that no exercise may follow, however the page is left: it must not be lost by a slip."""
        self._keep_grave()

    def _keep_grave(self) -> bool:
        """Raise what is ticked and keeps from loading, not what was kept before. True when it is on disk."""
        ticked = (flag for asked in self.tiers for flag in asked.raised if blocks_loading((flag,)))
        fresh = tuple(flag for flag in ticked if flag not in self._stood)
        done = tuple(flag for flag in fresh if self._desk.flag(flag.name, raised=True))
        for asked in self.tiers:
            asked.note_kept(tuple(flag for flag in done if flag.tier is asked.tier))
        self._stood, self._raised = (*self._stood, *done), (*self._raised, *done)
        return done == fresh

    def _leave(self) -> None:
        if not self._keep_grave() and not self._told:
            # The failure stands above. A disk that stays full must not keep anybody here: the next press leaves.
            self._told = True
            return
        self.ended.emit(Screened(kept=False, raised=self._raised))

    def keep(self) -> None:
        """Keep the answers, if every tier has one. Somebody who needs help now is asked nothing more."""
        missing = next((asked for asked in self.tiers if not asked.answered), None)
        if missing is not None and any(flag.tier is Tier.EMERGENCY for flag in self.tiers[0].raised):
            self._leave()
            return
        if missing is not None:
            if not self._keep_grave():
                return
            said = tr("Please tick what is true, or “None of these”.")
            kept = f"{red_flags.kept(self._raised)} " if self._raised else ""
            self.notice.show_notice(NoticeKind.WARNING, f"{kept}{said}")
            self.to(missing.none)
            move_keyboard(missing.first)
            return
        if all(keep_flags(self._desk, asked) for asked in self.tiers):
            keep_screened(self._desk)
            self.ended.emit(Screened(kept=True))


_WIDTH: Final = 860
