"""Settings: every choice takes hold at once; and the person's data as a whole."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coach.ui.presenters.data import Done
from coach.ui.presenters.desk import Changed, Desk, Failure
from coach.ui.screens.about import AboutCard, Licences, Read
from coach.ui.screens.page import Across, Page, move_keyboard
from coach.ui.screens.safety import Safety, Screened
from coach.ui.screens.settings_cards import (
    FigureCard,
    HearingBlock,
    ListVoices,
    LookCard,
    PersonCard,
    ReminderCard,
    SessionCard,
    VoiceCard,
)
from coach.ui.screens.settings_data import DataCard
from coach.ui.tokens import GAP
from coach.ui.tray import there_is_one
from coach.ui.widgets.card import Card
from coach.ui.widgets.notice import NoticeKind
from coach.words.translate import tr


class SettingsPage(Page):
    """Everything that can be chosen."""

    erased = Signal(object)  # Done

    def __init__(self, desk: Desk, parent: QWidget | None = None, list_voices: ListVoices | None = None) -> None:
        super().__init__(tr("Settings"), tr("Every change takes hold at once."), parent)
        self._desk = desk
        self._telling = True
        self._sheet: Safety | None = None
        self.hearing = HearingBlock(desk)
        self.voice = VoiceCard(desk, list_voices)
        self.hearing.voice_wanted = self.voice
        self.session = SessionCard(desk)
        self.person = PersonCard(desk)
        self.reminders = ReminderCard(desk, has_tray=there_is_one())
        self.look = LookCard(desk)
        self.figure = FigureCard(desk)
        self.data = DataCard(desk)
        self.about = AboutCard()
        self._licences: Licences | None = None
        self._lay_out()
        self.person.on_screen_wanted(self._screen)
        self.data.on_erased(self._was_erased)
        self.about.on_licences_wanted(self._show_licences)
        desk.on_changed(self._changed)
        desk.on_failed(self.show_failure)
        self.refresh()
        self._say_refused()

    def on_erased(self, take: Callable[[Done], object]) -> None:
        """Call `take` once everything of the person was removed."""
        self.erased.connect(take)

    def refresh(self) -> None:
        """Show everything anew."""
        for card in (
            self.hearing,
            self.voice,
            self.session,
            self.person,
            self.reminders,
            self.look,
            self.figure,
            self.data,
        ):
            card.refresh()

    def first_focus(self) -> None:
        """Put the keyboard on the first setting."""
        move_keyboard(self.hearing.on)

    def show_data(self) -> None:
        """Scroll to the person's data, and put the keyboard on bringing a copy back."""
        self.to(self.data)
        move_keyboard(self.data.restore)

    def _lay_out(self) -> None:
        left = _column(self.hearing, self.voice, self.session, self.figure)
        right = _column(self.person, self.reminders, self.look)
        self.body.addWidget(Across(left, right))
        self.body.addWidget(self.data)
        self.body.addWidget(self.about)
        self.body.addStretch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hearing.leave()
        self.data.fold()

    def _changed(self, changed: Changed) -> None:
        if Changed.LOG in changed:
            self.notice.hide()  # what could not be read is not there any more
        if self.isVisible() and Changed.SETTINGS in changed:
            self.refresh()

    def _say_refused(self) -> None:
        refused = self._desk.refused_settings
        if refused:
            text = tr("Some settings could not be read and are as at the start: {names}.")
            self.notice.show_notice(NoticeKind.WARNING, text.format(names=", ".join(refused)))

    def _was_erased(self, done: Done) -> None:
        self.erased.emit(done)

    # The licences

    def _show_licences(self) -> None:
        from coach.app.licences import parts

        try:
            found = parts()
        except OSError as error:  # a text is missing: an installation that lost a part
            self.show_failure(Failure(error))
            return
        sheet = Licences(found, self)
        sheet.on_ended(self._licences_read)
        self._licences = sheet
        self.cover(sheet, sheet.first_focus)

    def _licences_read(self, read: Read) -> None:
        del read
        if self._licences is not None:
            sheet, self._licences = self._licences, None
            self.uncover(sheet, partial(self.about.licences.setFocus, Qt.FocusReason.OtherFocusReason))

    # The safety questions

    def _screen(self) -> None:
        sheet = Safety(self._desk, self)
        sheet.on_ended(self._screened)
        self._sheet = sheet
        self.cover(sheet, sheet.first_focus)

    def _screened(self, screened: Screened) -> None:
        if self._sheet is not None:
            sheet, self._sheet = self._sheet, None
            self.uncover(sheet, self._come_back)
        if screened.kept:
            self.notice.show_notice(NoticeKind.GOOD, tr("Your answers are kept. Today says what follows from them."))
        elif screened.raised:
            from coach.words.red_flags import kept

            said = tr("{kept} Today says what to do.").format(kept=kept(screened.raised))
            self.notice.show_notice(NoticeKind.WARNING, said)

    def _come_back(self) -> None:
        self.refresh()
        self.person.safety.setFocus(Qt.FocusReason.OtherFocusReason)


def _column(*cards: Card) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP)
    for card in cards:
        column.addWidget(card)
    column.addStretch()
    return made
