"""The cards of the settings: each shows what is chosen, and stores at once what the person chooses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Thread
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.core.routine.exercise import PainSite
from coach.ui import a11y, plain_text
from coach.ui.background import tell
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Desk
from coach.ui.presenters.hearing import Heard, Hearing
from coach.ui.screens.choices import Remark
from coach.ui.screens.page import flow
from coach.ui.screens.slider import Slider
from coach.ui.tokens import STEP, TARGET, Appearance, HairColour, SkinTone
from coach.ui.widgets.buttons import Button, Kind, Tick
from coach.ui.widgets.card import Card, Rule
from coach.ui.widgets.figure import FigureView, Shown
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
_FIGURE: Final = (300, 150)
"""The slider's steps from the middle to either end; a rate runs from -1 to 1."""


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
        rows.setSpacing(STEP)
        words = plain_text.label(text, Role.MUTED)
        rows.addSpacing(STEP)
        rows.addWidget(words)
        rows.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        return rows


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
        self.cue = Button(tr("Test tone"), Kind.GHOST, icon=Icon.SOUND)
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
        self.add(self.labelled(tr("Which voice"), self.name))
        self.column.addSpacing(STEP)
        self.add(plain_text.label(tr("How fast it speaks"), Role.MUTED), self._made_rate())
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
        tell(self.listed, list_voices())

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


_CALLED_AT: Final = tuple(f"{half // 2:02}:{half % 2 * 30:02}" for half in range(10, 25))
"""From five in the morning to noon, by half hours."""


class ReminderCard(Group):
    """Whether the program calls the person, when, and whether it stays when its window is closed."""

    def __init__(self, desk: Desk, *, has_tray: bool) -> None:
        super().__init__(desk, tr("Reminders"))
        self._has_tray = has_tray
        self.on = Switch(tr("A notice when a question is open"))
        self.on.toggled.connect(self._switched)
        self.at = a11y.name(QComboBox(), tr("The morning question from"))
        self.at.setMinimumSize(120, TARGET)
        self.at.activated.connect(self._timed)
        self.tray = Switch(tr("Keep running in the tray"))
        self.tray.toggled.connect(self._trayed)
        why = tr("Notices come while the window is minimised or in the tray, and name neither the hip nor pain.")
        stays = tr("Closing the window leaves the program in the tray; Quit is there.")
        none = tr("This desktop has no tray.")
        self.add(self.on, plain_text.label(why, Role.MUTED), self.labelled(tr("The morning question from"), self.at))
        self.column.addSpacing(STEP)
        self.add(Rule(), self.tray, plain_text.label(stays if has_tray else none, Role.MUTED))

    def show_settings(self) -> None:
        settings = self.desk.settings
        self.on.setChecked(settings.reminders)
        self.at.clear()
        self.at.addItems(sorted({*_CALLED_AT, settings.remind_at}))
        self.at.setCurrentText(settings.remind_at)
        self.at.setEnabled(settings.reminders)
        self.tray.setChecked(settings.tray and self._has_tray)
        self.tray.setEnabled(self._has_tray)

    def _switched(self) -> None:
        self.choose(reminders=self.on.isChecked())

    def _timed(self) -> None:
        self.choose(remind_at=self.at.currentText())

    def _trayed(self) -> None:
        self.choose(tray=self.tray.isChecked())


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


class FigureCard(Group):
    """Whom one sees on the mat."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("The figure"))
        self.skin = Segmented(tr("Skin"), tuple(Option(tone.value, _skin(tone)) for tone in SkinTone))
        self.skin.on_picked(self._tanned)
        self.hair = Segmented(tr("Hair"), tuple(Option(colour.value, _hair(colour)) for colour in HairColour))
        self.hair.on_picked(self._coloured)
        self._figure = FigureView()
        self._figure.setFixedSize(*_FIGURE)
        self._figure.show_moment(Shown(desk.library["side_plank"]))
        self.column.addWidget(self._figure, 0, Qt.AlignmentFlag.AlignHCenter)
        self.add(self.labelled(tr("Skin"), self.skin), self.labelled(tr("Hair"), self.hair))

    def show_settings(self) -> None:
        self.skin.show_value(self.desk.settings.skin)
        self.hair.show_value(self.desk.settings.hair)

    def _tanned(self, picked: Picked) -> None:
        self.choose(skin=picked.value)

    def _coloured(self, picked: Picked) -> None:
        self.choose(hair=picked.value)


def _skin(tone: SkinTone) -> str:
    match tone:
        case SkinTone.FAIR:
            return tr("Fair", "skin")
        case SkinTone.LIGHT:
            return tr("Light", "skin")
        case SkinTone.TAN:
            return tr("Tan", "skin")
        case SkinTone.OLIVE:
            return tr("Olive", "skin")
        case SkinTone.BROWN:
            return tr("Brown", "skin")
        case SkinTone.DEEP:
            return tr("Deep", "skin")


def _hair(colour: HairColour) -> str:
    match colour:
        case HairColour.BLACK:
            return tr("Black", "hair")
        case HairColour.BROWN:
            return tr("Brown", "hair")
        case HairColour.RED:
            return tr("Red", "hair")
        case HairColour.BLOND:
            return tr("Blond", "hair")
        case HairColour.GREY:
            return tr("Grey", "hair")


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
