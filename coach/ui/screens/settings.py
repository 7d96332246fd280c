"""Settings: every choice takes hold at once; and the person's data as a whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from typing import Final

from PySide6.QtCore import QDir, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from coach import __version__
from coach.app.copies import BadCopy
from coach.core.routine.exercise import PainSite
from coach.ui import a11y, plain_text, theme
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.data import DataDesk, Done, Task
from coach.ui.presenters.desk import Changed, Desk
from coach.ui.presenters.hearing import Heard, Hearing
from coach.ui.screens.choices import Remark
from coach.ui.screens.page import Page, flow
from coach.ui.screens.safety import Safety, Screened
from coach.ui.tokens import GAP, STEP, TARGET, Appearance
from coach.ui.widgets.buttons import Button, Kind, Tick, paint_focus
from coach.ui.widgets.card import Card, Rule
from coach.ui.widgets.notice import NoticeKind
from coach.ui.widgets.segmented import Option, Picked, Segmented, Switch
from coach.words import failures, numbers, prescription
from coach.words.translate import tr

ListVoices = Callable[[], tuple[str, ...]]
"""Takes seconds: called on a thread."""

_HIPS: Final = ("left", "right", "both", "unknown")
_TICKS: Final = (0, 3, 5, 10)
_MONDAY: Final = date(2024, 1, 1)
_RATE_STEPS: Final = 10
"""The slider's steps from the middle to either end; a rate runs from -1 to 1."""
_SETTLED_MS: Final = 300
"""A slider that is dragged is stored when it rests, not at every pixel."""


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
        self.look = LookCard(desk)
        self.data = DataCard(desk)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self.person.on_screen_wanted(self._screen)
        self.data.on_erased(self._was_erased)
        desk.on_changed(self._changed)
        desk.on_failed(self.show_failure)
        self.refresh()
        self._say_refused()

    def on_erased(self, take: Callable[[Done], object]) -> None:
        """Call `take` once everything of the person was removed."""
        self.erased.connect(take)

    def refresh(self) -> None:
        """Show everything anew."""
        for card in (self.hearing, self.voice, self.session, self.person, self.look, self.data):
            card.refresh()

    def first_focus(self) -> None:
        """Put the keyboard on the first setting."""
        self.hearing.on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        for column, cards in (
            (self._left, (self.hearing, self.voice, self.session)),
            (self._right, (self.person, self.look)),
        ):
            column.setSpacing(GAP)
            for card in cards:
                column.addWidget(card)
            column.addStretch()
        self._columns.setSpacing(GAP)
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right, 1)
        self.body.addLayout(self._columns)
        self.body.addWidget(self.data)
        self.body.addWidget(_about())
        self.body.addStretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._left.minimumSize().width() + self._right.minimumSize().width() + GAP
        two = needed <= self.column_width
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hearing.leave()
        self.data.fold()

    def _changed(self, changed: Changed) -> None:
        if self.isVisible() and Changed.SETTINGS in changed:
            self.refresh()

    def _say_refused(self) -> None:
        refused = self._desk.refused_settings
        if refused:
            text = tr("Some settings could not be read and are as at the start: {names}.")
            self.notice.show_notice(NoticeKind.WARNING, text.format(names=", ".join(refused)))

    def _was_erased(self, done: Done) -> None:
        self.erased.emit(done)

    # The safety questions

    def _screen(self) -> None:
        sheet = Safety(self._desk, self)
        sheet.on_ended(self._screened)
        self._sheet = sheet
        self.cover(sheet)
        sheet.first_focus()

    def _screened(self, screened: Screened) -> None:
        if self._sheet is not None:
            sheet, self._sheet = self._sheet, None
            self.uncover(sheet)
        if screened.kept:
            self.notice.show_notice(NoticeKind.GOOD, tr("Your answers are kept. Today says what follows from them."))
        self.refresh()
        self.person.safety.setFocus(Qt.FocusReason.OtherFocusReason)


class Group(Card):
    """A card of settings: shows what is chosen, and stores what the person chooses."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(title)
        self.desk = desk
        self.column.setSpacing(STEP)
        self._showing = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def refresh(self) -> None:
        """Show what is chosen; tells nobody."""
        with self._quiet():
            self.show_settings()

    def show_settings(self) -> None:
        """Set every control to what the settings say."""

    def choose(self, **changes: object) -> None:
        """Store what the person chose."""
        if not self._showing:
            self.desk.choose(**changes)

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        self._showing, before = True, self._showing
        try:
            yield
        finally:
            self._showing = before

    def add(self, *parts: QWidget | QLayout) -> None:
        """Add rows."""
        for part in parts:
            self.column.addWidget(part) if isinstance(part, QWidget) else self.column.addLayout(part)

    def labelled(self, text: str, control: QWidget) -> QLayout:
        """A control below its words."""
        rows = QVBoxLayout()
        rows.setSpacing(0)
        words = plain_text.label(text, Role.MUTED)
        rows.addSpacing(STEP)
        rows.addWidget(words)
        rows.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        return rows


class Slider(QSlider):
    """A slider that tells when it rests, 44 px high, with a knob for a finger."""

    rested = Signal(int)

    _KNOB: Final = 22.0
    _GROOVE: Final = 6.0

    def __init__(self, name: str, low: int, high: int, step: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setPageStep(step * 2)
        self.setMinimumSize(140, TARGET)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        a11y.name(self, name)
        self._rest = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._rest.timeout.connect(self._rested)
        self.valueChanged.connect(self._moved)

    def on_rested(self, take: Callable[[int], object]) -> None:
        """Call `take` with the value once it has not changed for a moment."""
        self.rested.connect(take)

    def show_value(self, value: int) -> None:
        """Show a value; tells nobody, and takes the slider out of no hand."""
        if not self._rest.isActive() and not self.isSliderDown():
            self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(False)

    def settle(self) -> None:
        """Tell now what would be told in a moment."""
        if self._rest.isActive():
            self._rest.stop()
            self._rested()

    def _moved(self) -> None:
        self._rest.start()

    def _rested(self) -> None:
        self.rested.emit(self.value())

    # The pointer: the knob jumps to where it is pressed, and follows.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _follow(self, event: QMouseEvent) -> None:
        share = (event.position().x() - self._KNOB / 2) / max(1.0, self.width() - self._KNOB)
        span = self.maximum() - self.minimum()
        steps = round(min(1.0, max(0.0, share)) * span / self.singleStep())
        self.setValue(self.minimum() + steps * self.singleStep())

    def _at(self, value: float) -> float:
        share = (value - self.minimum()) / (self.maximum() - self.minimum())
        return self._KNOB / 2 + share * (self.width() - self._KNOB)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        middle = self.height() / 2
        groove = QRectF(self._KNOB / 2, middle - self._GROOVE / 2, self.width() - self._KNOB, self._GROOVE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(groove, self._GROOVE / 2, self._GROOVE / 2)
        colour = QColor(tokens.action if self.isEnabled() else tokens.edge)
        start, end = sorted((self._at(max(0, self.minimum())), self._at(self.value())))
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(start, groove.y(), end - start, groove.height()), 3, 3)
        knob = QRectF(self._at(self.value()) - self._KNOB / 2, middle - self._KNOB / 2, self._KNOB, self._KNOB)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(tokens.action_soft if self.underMouse() and self.isEnabled() else tokens.panel))
        painter.drawEllipse(knob.adjusted(2, 2, -2, -2))
        if theme.focus_visible(self):
            paint_focus(painter, knob.adjusted(-4, -4, 4, 4), self._KNOB / 2 + 3, tokens)
        painter.end()


class HearingBlock(Group):
    """Sound, its loudness, and whether it is heard at all."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Sound"))
        self.voice_wanted: VoiceCard | None = None
        self.hearing = Hearing(desk, self)
        self.hearing.on_told(self._told)
        self.on = Switch(tr("Tones at every change"))
        self.on.toggled.connect(self._switched)
        self.volume = Slider(tr("Volume, in percent"), 0, 100, 5)
        self.volume.valueChanged.connect(self._show_volume)
        self.volume.on_rested(self._store_volume)
        self._percent = plain_text.label("", Role.TIME)
        self._percent.setMinimumWidth(12 * STEP)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.cue = Button(tr("Test cue"), Kind.GHOST, icon=Icon.SOUND)
        self.cue.on_pressed(self._test_cue)
        self.speak = Button(tr("Test voice"), Kind.GHOST, icon=Icon.PERSON)
        self.speak.on_pressed(self._test_voice)
        self.trouble = Remark()
        across = QHBoxLayout()
        words = plain_text.label(tr("Volume"), Role.BODY)
        words.setWordWrap(False)
        across.setSpacing(3 * STEP)
        across.addWidget(words)
        across.addWidget(self.volume, 1)
        across.addWidget(self._percent)
        self.add(self.on, across, Rule())
        self.column.addSpacing(STEP)
        self.add(flow(self.cue, self.speak, gap=2 * STEP), self.trouble)

    def show_settings(self) -> None:
        settings = self.desk.settings
        self.on.setChecked(settings.sound)
        self.volume.show_value(settings.volume)
        self._show_volume()

    def leave(self) -> None:
        """Let go of the devices."""
        self.volume.settle()
        self.hearing.close()
        self.trouble.hide()

    def _switched(self) -> None:
        self.choose(sound=self.on.isChecked())

    def _show_volume(self) -> None:
        plain_text.show(self._percent, tr("{percent} %").format(percent=self.volume.value()))

    def _store_volume(self, value: int) -> None:
        self.choose(volume=value)

    def _test_cue(self) -> None:
        self.volume.settle()
        self.trouble.hide()
        self.hearing.test_cue()

    def _test_voice(self) -> None:
        self.volume.settle()
        if self.voice_wanted is not None:
            self.voice_wanted.rate.settle()
        self.trouble.hide()
        self.hearing.test_voice(tr("Clamshell, left side. Twelve reps. Get ready."))

    def _told(self, heard: Heard) -> None:
        found = []
        if heard.sound is not None:
            found.append(failures.unheard(heard.sound, voice=False))
        if heard.voice is not None:
            found.append(failures.unheard(heard.voice, voice=True))
        if found:
            self.trouble.say(NoticeKind.WARNING, "\n".join(found))
        elif heard.busy:
            self.trouble.say(NoticeKind.INFO, tr("The device wakes up…"))
        elif not self.trouble.isHidden():
            self.trouble.hide()


class VoiceCard(Group):
    """Whether there is a voice, which, how fast, and what it says."""

    listed = Signal(object)  # tuple[str, ...]

    def __init__(self, desk: Desk, list_voices: ListVoices | None) -> None:
        super().__init__(desk, tr("Voice"))
        self._list_voices = list_voices
        self._asked = False
        self.on = Switch(tr("A voice guides the session"))
        self.on.toggled.connect(self._switched)
        self.name = a11y.name(QComboBox(), tr("Which voice"))
        self.name.setMinimumSize(200, TARGET)
        self.name.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.name.setMinimumContentsLength(22)
        self.name.activated.connect(self._named)
        self.rate = Slider(tr("How fast the voice speaks"), -_RATE_STEPS, _RATE_STEPS, 1)
        self.rate.on_rested(self._store_rate)
        self.steps = Switch(tr("Say the exercise and the side"))
        self.steps.toggled.connect(self._steps)
        self.counts = Switch(tr("Count the reps aloud"))
        self.counts.toggled.connect(self._counts)
        self.add(self.on, self.steps, self.counts, Rule())
        self.add(self.labelled(tr("Which voice"), self.name), self._made_rate())
        self.listed.connect(self._show_voices, Qt.ConnectionType.QueuedConnection)
        self._show_voices(())

    def _made_rate(self) -> QLayout:
        across = QHBoxLayout()
        across.setSpacing(3 * STEP)
        for part in (tr("Slow"), self.rate, tr("Fast")):
            if isinstance(part, str):
                word = plain_text.label(part, Role.MUTED)
                word.setWordWrap(False)
                across.addWidget(word)
            else:
                across.addWidget(part, 1)
        return across

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._list_voices is not None and not self._asked:
            self._asked = True
            Thread(target=self._ask, args=(self._list_voices,), name="voices", daemon=True).start()

    def _ask(self, list_voices: ListVoices) -> None:
        self.listed.emit(list_voices())

    def _show_voices(self, names: tuple[str, ...]) -> None:
        with self._quiet():
            chosen = self.desk.settings.voice_name
            self.name.clear()
            self.name.addItem(tr("The computer's own"), "")
            for name in dict.fromkeys((*names, *((chosen,) if chosen else ()))):
                self.name.addItem(plain_text.clean_name(name, 60), name)
            self.name.setCurrentIndex(max(0, self.name.findData(chosen)))

    def show_settings(self) -> None:
        settings = self.desk.settings
        self.on.setChecked(settings.voice)
        self.steps.setChecked(settings.say_steps)
        self.counts.setChecked(settings.say_counts)
        self.rate.show_value(round(settings.voice_rate * _RATE_STEPS))
        self.name.setCurrentIndex(max(0, self.name.findData(settings.voice_name)))
        for control in (self.steps, self.counts, self.name, self.rate):
            control.setEnabled(settings.voice)

    def _switched(self) -> None:
        self.choose(voice=self.on.isChecked())

    def _steps(self) -> None:
        self.choose(say_steps=self.steps.isChecked())

    def _counts(self) -> None:
        self.choose(say_counts=self.counts.isChecked())

    def _named(self) -> None:
        self.choose(voice_name=str(self.name.currentData()))

    def _store_rate(self, value: int) -> None:
        self.choose(voice_rate=value / _RATE_STEPS)


class SessionCard(Group):
    """How a session runs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("During a session"))
        self.ticks = Segmented(tr("Countdown"), tuple(Option(str(number), _ticks(number)) for number in _TICKS))
        self.ticks.on_picked(self._ticked)
        self.reps = Segmented(
            tr("Who counts the reps"),
            (Option("coach", tr("The coach's beat")), Option("self", tr("I press Space"))),
        )
        self.reps.on_picked(self._paced)
        self.add(
            self.labelled(tr("Ticks before a change"), self.ticks),
            self.labelled(tr("Who says when a rep is over"), self.reps),
        )

    def show_settings(self) -> None:
        settings = self.desk.settings
        nearest = min(_TICKS, key=lambda number: abs(number - settings.countdown))
        self.ticks.show_value(str(nearest))
        self.reps.show_value("self" if settings.self_paced else "coach")

    def _ticked(self, picked: Picked) -> None:
        self.choose(countdown=int(picked.value))

    def _paced(self, picked: Picked) -> None:
        self.choose(self_paced=picked.value == "self")


def _ticks(number: int) -> str:
    return tr("None", "no countdown") if number == 0 else numbers.seconds(number)


class PersonCard(Group):
    """What the coach knows of the person's hip."""

    screen_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Your hip"))
        self.hip = Segmented(tr("Which hip"), tuple(Option(value, prescription.hip(value)) for value in _HIPS))
        self.hip.on_picked(self._picked)
        self.sites = {site: Tick(prescription.site(site)) for site in PainSite}
        self.safety = Button(tr("Safety questions…"), Kind.GHOST, icon=Icon.WARNING)
        self.safety.on_pressed(self.screen_wanted.emit)
        self._screened = plain_text.label("", Role.MUTED)
        self.add(self.labelled(tr("Which hip"), self.hip))
        self.column.addSpacing(STEP)
        self.add(plain_text.label(tr("Where it hurts, whatever fits"), Role.MUTED))
        for tick in self.sites.values():
            tick.toggled.connect(self._ticked)
            self.add(tick)
        self.add(Rule())
        self.column.addSpacing(STEP)
        self.column.addWidget(self.safety, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._screened)

    def on_screen_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to go through the safety questions."""
        self.screen_wanted.connect(act)

    def show_settings(self) -> None:
        settings = self.desk.settings
        self.hip.show_value(settings.hip)
        for site, tick in self.sites.items():
            tick.setChecked(site in settings.pain_sites)
        plain_text.show(self._screened, self._when(settings.screened))

    def _when(self, screened: str) -> str:
        try:
            day = date.fromisoformat(screened)
        except ValueError:
            return tr("Not answered yet.")
        today = self.desk.surroundings.calendar.now().date()
        return tr("Last answered: {day}.").format(day=numbers.from_today(day, today))

    def _picked(self, picked: Picked) -> None:
        self.choose(hip=picked.value)

    def _ticked(self) -> None:
        self.choose(pain_sites=tuple(site for site, tick in self.sites.items() if tick.isChecked()))


class LookCard(Group):
    """How the window looks, and in which units it speaks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Appearance and units"))
        self.appearance = Segmented(
            tr("Appearance"),
            (
                Option(Appearance.SYSTEM, tr("System")),
                Option(Appearance.LIGHT, tr("Light"), Icon.SUN),
                Option(Appearance.DARK, tr("Dark"), Icon.MOON),
            ),
        )
        self.appearance.on_picked(self._dressed)
        self.less_motion = Switch(tr("Less motion"))
        self.less_motion.toggled.connect(self._moved)
        self.units = Segmented(tr("Distances"), (Option("km", tr("Kilometres")), Option("mi", tr("Miles"))))
        self.units.on_picked(self._measured)
        self.weekday = a11y.name(QComboBox(), tr("The week begins on"))
        self.weekday.setMinimumSize(160, TARGET)
        for ahead in range(7):
            self.weekday.addItem(numbers.weekday(_MONDAY + timedelta(days=ahead)), ahead)
        self.weekday.activated.connect(self._began)
        self.add(
            self.labelled(tr("Appearance"), self.appearance),
            self.less_motion,
            Rule(),
            self.labelled(tr("Distances"), self.units),
            self.labelled(tr("The week begins on"), self.weekday),
        )

    def show_settings(self) -> None:
        settings = self.desk.settings
        self.appearance.show_value(settings.appearance)
        self.less_motion.setChecked(settings.less_motion)
        self.units.show_value(settings.units)
        self.weekday.setCurrentIndex(settings.first_weekday)

    def _dressed(self, picked: Picked) -> None:
        self.choose(appearance=str(picked.value))

    def _moved(self) -> None:
        self.choose(less_motion=self.less_motion.isChecked())

    def _measured(self, picked: Picked) -> None:
        self.choose(units=picked.value)

    def _began(self) -> None:
        self.choose(first_weekday=self.weekday.currentIndex())


class DataCard(Group):
    """Where the data lies, copies of it, and its end."""

    erased = Signal(object)  # Done

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Your data"))
        self.data = DataDesk(desk, self)
        self.data.on_done(self._done)
        self._folder = _selectable(str(self.data.folder), tr("Data folder"))
        self._asked: Path | None = None
        self.open = self._button(tr("Open folder"), Icon.FOLDER, self._open_folder)
        self.back_up = self._button(tr("Back up…"), Icon.SAVE, self._ask_target)
        self.restore = self._button(tr("Restore…"), Icon.UNDO, self._ask_copy)
        self.erase = self._button(tr("Erase everything…"), Icon.TRASH, self._unfold)
        self.said = Remark()
        self.confirm = EraseQuestion()
        self.confirm.on_wanted(self._erase)
        self.confirm.on_copy_wanted(self._ask_target)
        self.confirm.hide()
        self.sure = RestoreQuestion()
        self.sure.on_wanted(self._restore)
        self.sure.hide()
        where = tr(
            "Everything lies in this folder, and nowhere else. Whoever can use your account on this computer can "
            "read it."
        )
        self.add(plain_text.label(where, Role.BODY), self._folder)
        self.column.addSpacing(2 * STEP)
        self.add(
            flow(self.open, self.back_up, self.restore, self.erase, gap=2 * STEP), self.said, self.sure, self.confirm
        )

    def on_erased(self, take: Callable[[Done], object]) -> None:
        """Call `take` once everything was removed."""
        self.erased.connect(take)

    def _button(self, text: str, icon: Icon, act: Callable[[], None]) -> Button:
        made = Button(text, Kind.GHOST, icon=icon)
        made.on_pressed(act)
        return made

    def fold(self) -> None:
        """Put the questions away."""
        self.confirm.put_away()
        self.sure.put_away()

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _open_folder(self) -> None:
        folder = self.data.folder
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.said.say(NoticeKind.WARNING, tr("The folder could not be opened. Its place stands above."))

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, tr("Back up your log"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Copies of the log") + " (*.db)")
        dialog.setDefaultSuffix("db")
        day = self.desk.surroundings.calendar.now().date().isoformat()
        dialog.selectFile(str(Path(QDir.homePath()) / f"rehab-coach-{day}.db"))
        self._open_dialog(dialog, self._back_up)

    def _ask_copy(self) -> None:
        dialog = QFileDialog(self, tr("Restore your log"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Copies of the log") + " (*.db)", tr("All files") + " (*)"])
        backups = self.desk.surroundings.home.backups
        if backups.is_dir():
            dialog.setDirectory(str(backups))
        self._open_dialog(dialog, self._ask_whether)

    def _open_dialog(self, dialog: QFileDialog, take: Callable[[str], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(take)
        dialog.open()

    def _back_up(self, name: str) -> None:
        self._begin(tr("The copy is being written…"))
        self.data.back_up(Path(name))

    def _ask_whether(self, name: str) -> None:
        self.confirm.put_away()
        self.sure.ask(Path(name))

    def _restore(self, path: Path) -> None:
        self._begin(tr("The copy is being checked and put in place…"))
        self.data.restore(path)

    def _unfold(self) -> None:
        self.said.hide()
        self.sure.put_away()
        self.confirm.ask()

    def _erase(self) -> None:
        self._begin(tr("Everything is being removed…"))
        self.data.erase()

    # -- what comes of it ---------------------------------------------------------------------------------------

    def _begin(self, text: str) -> None:
        self.said.say(NoticeKind.INFO, text)
        self._enable(on=False)

    def _enable(self, *, on: bool) -> None:
        for button in (self.back_up, self.restore, self.erase):
            button.setEnabled(on)

    def _done(self, done: Done) -> None:
        self._enable(on=True)
        kind, text = told(done)
        self.said.say(kind, text)
        if done.task is Task.ERASE and done.error is None:
            self.erased.emit(done)


def told(done: Done) -> tuple[NoticeKind, str]:
    """How a task went, in words."""
    if isinstance(done.error, BadCopy):
        text = tr("This file was not restored: {why} Your log was not touched.")
        return NoticeKind.PROBLEM, text.format(why=failures.failure(done.error.why))
    if done.error is not None:
        return NoticeKind.PROBLEM, failures.failure(done.error)
    match done.task:
        case Task.BACK_UP:
            return NoticeKind.GOOD, tr("The copy is written and was checked: {path}").format(path=done.path)
        case Task.RESTORE if done.path is not None:
            text = tr("The copy is in place. The log that was there before is kept: {path}")
            return NoticeKind.GOOD, text.format(path=done.path)
        case Task.RESTORE:
            return NoticeKind.GOOD, tr("The copy is in place.")
        case Task.ERASE if done.left:
            text = tr("Removed, but for what is still there: {paths}")
            return NoticeKind.WARNING, text.format(paths=", ".join(str(path) for path in done.left))
        case Task.ERASE:
            return NoticeKind.GOOD, tr("Everything of yours was removed.")


class Question(Card):
    """A question that unfolds below the button that raised it; Esc folds it."""

    def put_away(self) -> None:
        """Fold it."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)


class RestoreQuestion(Question):
    """Whether a copy should take the log's place."""

    wanted = Signal(object)  # Path

    def __init__(self) -> None:
        super().__init__(tr("Put this copy in place of your log?"))
        self._path = Path()
        self._text = plain_text.label("", Role.BODY)
        self.yes = Button(tr("Restore"), Kind.PRIMARY)
        self.no = Button(tr("Not now"), Kind.GHOST, hint=tr("Esc"))
        self.yes.on_pressed(self._yes)
        self.no.on_pressed(self.put_away)
        self.column.addWidget(self._text)
        self.column.addWidget(flow(self.yes, self.no, gap=2 * STEP))

    def on_wanted(self, take: Callable[[Path], object]) -> None:
        """Call `take` with the copy."""
        self.wanted.connect(take)

    def ask(self, path: Path) -> None:
        """Ask about a file."""
        self._path = path
        text = tr("{file} becomes your log. The log you have now is kept beside it, and nothing of it is lost.")
        plain_text.show(self._text, text.format(file=plain_text.clean_name(path.name)))
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _yes(self) -> None:
        self.put_away()
        self.wanted.emit(self._path)


class EraseQuestion(Question):
    """Whether everything should go: says what that is, offers a copy first, and wants a word typed."""

    wanted = Signal()
    copy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Erase everything?"))
        for text in (
            tr("Your whole log: sessions, pain diary, walks and runs, self-tests, safety answers"),
            tr("Every copy of it that the program made by itself"),
            tr("The routines from your physio, and your settings"),
        ):
            self.column.addWidget(plain_text.label(tr("• {text}").format(text=text), Role.BODY))
        kept = tr("Copies that you wrote to other places stay where they are. This cannot be undone.")
        self.column.addWidget(plain_text.label(kept, Role.ERROR))
        self._word = tr("ERASE", "the word to type before everything is erased")
        self.copy = Button(tr("Back up first…"), Kind.GHOST, icon=Icon.SAVE)
        self.copy.on_pressed(self.copy_wanted.emit)
        self.field = a11y.name(QLineEdit(), tr("Type {word} to go on").format(word=self._word))
        self.field.setPlaceholderText(tr("Type {word} to go on").format(word=self._word))
        self.field.setMinimumSize(220, TARGET)
        self.field.textChanged.connect(self._typed)
        self.yes = Button(tr("Erase everything"), Kind.NOW, icon=Icon.TRASH)
        self.yes.on_pressed(self._yes)
        self.no = Button(tr("Keep everything"), Kind.GHOST, hint=tr("Esc"))
        self.no.on_pressed(self.put_away)
        self.column.addSpacing(STEP)
        self.column.addWidget(flow(self.copy, self.field, self.yes, self.no, gap=2 * STEP))
        self._typed()

    def on_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person is sure."""
        self.wanted.connect(act)

    def on_copy_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants a copy first."""
        self.copy_wanted.connect(act)

    def ask(self) -> None:
        """Unfold it."""
        self.field.clear()
        self.show()
        self.copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        self.field.clear()
        super().put_away()

    def _typed(self) -> None:
        self.yes.setEnabled(self.field.text().strip().upper() == self._word.upper())

    def _yes(self) -> None:
        self.put_away()
        self.wanted.emit()


def _selectable(text: str, name: str) -> QWidget:
    made = a11y.name(plain_text.label(text, Role.STRONG), f"{name}: {plain_text.clean_name(text, 400)}")
    made.setWordWrap(True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def _about() -> Card:
    """What this program is, and what it is not."""
    card = Card(tr("About"))
    card.column.addWidget(plain_text.label(tr("Rehab Coach {version}").format(version=__version__), Role.LEAD))
    for text in (
        tr(
            "Not a medical device. It makes no diagnosis, promises nothing, and takes no clinician's place: it keeps "
            "the plan that you and your physio set."
        ),
        tr(
            "Sources: the limits, tests and doses come from published trials, guidelines and programmes. Each exercise "
            "and each criterion names its own."
        ),
        tr(
            "Free software under the Apache License 2.0. It uses Qt and PySide6 under the LGPL 3.0, and other free "
            "software whose licences come with it. It never uses the network."
        ),
    ):
        card.column.addWidget(plain_text.label(text, Role.MUTED))
    return card
