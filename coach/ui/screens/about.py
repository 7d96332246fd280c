"""What this program is and what it is not; and the licences of everything in it, to read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from coach import __version__
from coach.app.licences import Part
from coach.ui import a11y, plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import Page, move_keyboard
from coach.ui.tokens import STEP, TARGET
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card
from coach.words.translate import tr

_WIDTH: Final = 860
_LONGEST: Final = 60


class AboutCard(Card):
    """What this program is, and what it is not."""

    licences_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("About"))
        self.column.addWidget(plain_text.label(tr("Rehab Coach {version}").format(version=__version__), Role.LEAD))
        for text in (
            tr(
                "Not a medical device. It makes no diagnosis, promises nothing, and takes no clinician's place: it "
                "keeps the plan that you and your physio set."
            ),
            tr(
                "Sources: the limits, tests and doses come from published trials, guidelines and programmes. Each "
                "exercise and each criterion names its own."
            ),
            tr(
                "Free software under the Apache License 2.0. It uses Qt and PySide6 under the LGPL 3.0, and other free "
                "software whose licences come with it. It never uses the network."
            ),
        ):
            self.column.addWidget(plain_text.label(text, Role.MUTED))
        self.licences = Button(tr("Licences…"), Kind.GHOST)
        self.licences.on_pressed(self.licences_wanted.emit)
        self.column.addSpacing(STEP)
        self.column.addWidget(self.licences, 0, Qt.AlignmentFlag.AlignLeft)

    def on_licences_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to read the licences."""
        self.licences_wanted.connect(act)


@dataclass(frozen=True, slots=True)
class Read:
    """The licences were read, or enough of them."""


class _Choice(QComboBox):
    """A choice that leaves the page keys to the page: they scroll the text."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Licences(Page):
    """Every part of the program with its licence: one is chosen, its text stands below."""

    ended = Signal(object)  # Read

    def __init__(self, parts: tuple[Part, ...], parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Licences"), tr("What this program is made of, each part with its own licence."), parent, widest=_WIDTH
        )
        self._parts = parts
        back = Button(tr("Back"), Kind.GHOST, hint=tr("Esc"))
        back.on_pressed(self._leave)
        self.buttons.addWidget(back)
        self.part = a11y.name(_Choice(), tr("Part"))
        self.part.setMinimumHeight(TARGET)
        for part in parts:
            self.part.addItem(plain_text.clean_name(f"{part.name} {part.version} · {part.licence}", _LONGEST))
        self.part.currentIndexChanged.connect(self._show)
        self.body.addWidget(self.part, 0, Qt.AlignmentFlag.AlignLeft)
        card = Card()
        self._name = plain_text.label("", Role.LEAD)
        self.text = plain_text.label("", Role.BODY)
        card.column.addWidget(self._name)
        card.column.addWidget(self.text)
        self.body.addWidget(card)
        self.body.addStretch()
        self._show()

    def on_ended(self, take: Callable[[Read], object]) -> None:
        """Call `take` when the person is done."""
        self.ended.connect(take)

    def first_focus(self) -> None:
        """Put the keyboard on the choice of the part."""
        move_keyboard(self.part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def _leave(self) -> None:
        self.ended.emit(Read())

    def _show(self) -> None:
        part = self._parts[max(0, self.part.currentIndex())]
        plain_text.show(self._name, f"{part.name} {part.version}")
        plain_text.show(
            self.text, part.text or tr("{licence}; it has no text of its own.").format(licence=part.licence)
        )
        self.to_top()
