"""The pages of the first start: each asks one thing, keeps the answer, and can say that it is missing."""

from collections.abc import Callable
from typing import Final

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.app.routines import Listed, Origin
from coach.app.settings import FIRST_ROUTINE, Settings
from coach.core.clinical.red_flags import Tier
from coach.core.log import Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.ui import icons, plain_text, theme
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Desk
from coach.ui.presenters.hearing import Heard, Hearing
from coach.ui.screens.choices import Choice, Remark
from coach.ui.screens.page import Across, Page, reveal
from coach.ui.screens.safety import TierQuestions, keep_flags, keep_screened
from coach.ui.tokens import GAP, STEP, Size
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.figure import FigureView, Shown
from coach.ui.widgets.hip_chart import HipChart, SpotsChosen
from coach.ui.widgets.notice import NoticeKind
from coach.ui.widgets.segmented import Option, Picked, Segmented
from coach.words import failures, numbers, prescription, red_flags
from coach.words.translate import count, tr

WIDTH: Final = 780
_FIGURE: Final = (320, 150)
_HIPS: Final = ("left", "right", "both", "unknown")


class Step(Page):
    """One page of the first start. Pages that can do harm when passed over say so by `skippable`."""

    skippable = True

    def __init__(self, desk: Desk, title: str, sub: str = "") -> None:
        super().__init__(title, widest=WIDTH)
        self.desk = desk
        plain_text.set_role(self._sub, Role.CUE)  # these pages are read, not scanned
        self.show_sub(sub)
        desk.on_failed(self.show_failure)

    def enter(self) -> None:
        """The page is shown now."""

    def leave(self) -> None:
        """The page is left."""

    def complete(self) -> bool:
        """Keep what was answered; False if an answer is still missing, which the page then says."""
        return True

    def first_focus(self) -> QWidget | None:
        """Where the keyboard goes when the page is shown; None for Next."""
        return None


class Welcome(Step):
    """What the program does, and what it does not."""

    skippable = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Welcome to Rehab Coach"),
            tr("It guides you through the exercises for a sore hip, counts for you, and keeps a diary."),
        )
        figure = FigureView()
        figure.setFixedSize(*_FIGURE)  # wider than this it would lose its knees
        figure.show_moment(Shown(desk.library["bridge"]))
        card = Card()
        card.column.setSpacing(4 * STEP)
        card.column.addWidget(figure, 0, Qt.AlignmentFlag.AlignHCenter)
        for icon, title, text in (
            (
                Icon.SOUND,
                tr("You listen, it counts"),
                tr("Tones and a voice carry the session, so that you need not look at the screen."),
            ),
            (
                Icon.FOLDER,
                tr("Private"),
                tr("Everything stays on this computer. There is no account, and the program never uses the network."),
            ),
            (
                Icon.INFO,
                tr("Not a medical device"),
                tr("It makes no diagnosis and takes no clinician's place. If in doubt, ask one."),
            ),
        ):
            card.column.addLayout(_point(icon, title, text))
        self.body.addWidget(card)
        note = tr("Six short pages, about two minutes. Everything can be changed later in Settings.")
        self.body.addWidget(plain_text.label(note, Role.MUTED))
        self.body.addStretch()


class Hip(Step):
    """Which hip, and where it hurts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, tr("Which hip is it?"), tr("The coach leaves out what may aggravate the place that hurts.")
        )
        settings = desk.settings
        self.hip = Segmented(tr("Which hip"), tuple(Option(value, prescription.hip(value)) for value in _HIPS))
        self.hip.show_value(settings.hip)
        self.body.addWidget(self.hip)
        self.body.addWidget(plain_text.label(tr("Where does it hurt?"), Role.LEAD))
        hint = tr("Press the places or tick the words, whatever fits. Nothing hurts just now? Leave it empty.")
        self.body.addWidget(plain_text.label(hint, Role.MUTED))
        self.sites = {site: Choice(prescription.site(site), prescription.site_more(site)) for site in PainSite}
        rows = QVBoxLayout()
        rows.setSpacing(2 * STEP)
        for site, row in self.sites.items():
            row.setChecked(site in settings.pain_sites)
            row.toggled.connect(self._ticked)
            rows.addWidget(row)
        self.chart = HipChart(tr("Where does it hurt?"))
        self.chart.on_chosen(self._placed)
        words = QWidget()
        words.setLayout(rows)
        rows.setContentsMargins(0, 0, 0, 0)
        self.chart.setMinimumWidth(self.chart.sizeHint().width())  # both views side by side
        self.body.addWidget(Across(words, self.chart))
        self._advice = Remark()
        self.body.addWidget(self._advice)
        self.body.addStretch()
        self._ticked()

    def first_focus(self) -> QWidget:
        return self.hip.segment(self.hip.value or "unknown")

    def complete(self) -> bool:
        sites = tuple(site for site, row in self.sites.items() if row.isChecked())
        self.desk.choose(hip=self.hip.value or "unknown", pain_sites=sites)
        return True

    def _placed(self, chosen: SpotsChosen) -> None:
        """A place that is pressed ticks its words."""
        sites = {spot.site for spot in chosen.spots}
        for site, row in self.sites.items():
            row.setChecked(site in sites)

    def _show_places(self) -> None:
        """Words that are ticked show their place: on the sore side, or on both where it is not known which."""
        shown = {spot.site for spot in self.chart.spots}
        ticked = {site for site, row in self.sites.items() if row.isChecked()}
        if shown != ticked:
            kept = tuple(spot for spot in self.chart.spots if spot.site in ticked)
            side = BodySide(self.hip.value) if self.hip.value in ("left", "right") else None
            new = tuple(Spot(site, None if site is PainSite.BACK else side) for site in sorted(ticked - shown))
            self.chart.show_spots((*kept, *new))

    def _ticked(self) -> None:
        """What follows from a place is said at once, not pages later."""
        self._show_places()
        if self.sites[PainSite.BACK].isChecked():
            self._advice.say(
                NoticeKind.WARNING,
                tr("Pain from the back, or tingling below the knee: let a clinician look before you train."),
            )
        elif self.sites[PainSite.GROIN].isChecked():
            self._advice.say(
                NoticeKind.INFO, tr("For the groin the next pages matter most. Please read them with care.")
            )
        else:
            self._advice.hide()
        if self.isVisible() and self._advice.said:
            reveal(self._advice)


class RedFlags(Step):
    """One tier of the signs that a clinician should look at first. Never passed over."""

    skippable = False

    def __init__(self, desk: Desk, tier: Tier) -> None:
        super().__init__(desk, red_flags.asked(tier), _tier_sub(tier))
        self._tier = tier
        self._told = False
        self.questions = TierQuestions(tier)
        self.questions.on_ticked(self.notice.hide)
        self.body.addWidget(self.questions)
        self.body.addStretch()

    def enter(self) -> None:
        today = self.desk.today()
        if today is not None and not self.questions.answered:
            self.questions.show_raised(today.flags)

    def first_focus(self) -> QWidget:
        return self.questions.first

    def complete(self) -> bool:
        if not self.questions.answered:
            self.notice.show_notice(NoticeKind.WARNING, tr("Please tick what is true, or “None of these”."))
            self.to_top()
            return False
        self.notice.hide()
        if not keep_flags(self.desk, self.questions) and not self._told:
            # The failure stands above. A disk that stays full must not keep anybody from help: Next goes on then.
            self._told = True
            return False
        if self._tier is Tier.REFER:
            keep_screened(self.desk)
        return True


class SoundCheck(Step):
    """Whether the coach is heard."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Can you hear the coach?"),
            tr("On the mat you hear more than you see. Sit where you will exercise, and try both."),
        )
        self.hearing = Hearing(desk, self)
        self.hearing.on_told(self._told)
        self.cue = HearingTest(
            tr("Tones"),
            tr("Short tones tell when to lift, hold, lower and rest."),
            tr("Play a tone"),
            tr("Did you hear the tone?"),
        )
        self.voice = HearingTest(
            tr("Voice"),
            tr("The voice names the exercise and the side, and counts."),
            tr("Let it speak"),
            tr("Did you hear the voice?"),
        )
        self.cue.on_wanted(self.hearing.test_cue)
        self.voice.on_wanted(self._speak)
        self.cue.on_answered(self._cue_answered)
        self.voice.on_answered(self._voice_answered)
        self.body.addWidget(self.cue)
        self.body.addWidget(self.voice)
        self.body.addStretch()

    def first_focus(self) -> QWidget:
        return self.cue.test

    def enter(self) -> None:
        self.hearing.open()

    def leave(self) -> None:
        self.hearing.close()

    def _speak(self) -> None:
        self.hearing.test_voice(tr("Clamshell, left side. Twelve reps. Get ready."))

    def _told(self, heard: Heard) -> None:
        if heard.sound is not None:
            self.cue.show_help(failures.unheard(heard.sound, voice=False))
        if heard.voice is not None:
            self.voice.show_help(failures.unheard(heard.voice, voice=True))

    def _cue_answered(self, picked: Picked) -> None:
        self.desk.choose(sound=True)
        if picked.value == "yes":
            self.cue.show_good(tr("Good. The volume can be changed in Settings, or here on your computer."))
        else:
            self.cue.show_help(
                tr(
                    "Turn up the volume of your computer, look whether headphones or another device are chosen, and "
                    "try again. Without sound the session runs all the same: the screen flashes at each cue."
                )
            )

    def _voice_answered(self, picked: Picked) -> None:
        heard = picked.value == "yes"
        self.desk.choose(voice=heard)
        if heard:
            self.voice.show_good(tr("Good. Voice and speed can be chosen in Settings."))
        else:
            self.voice.show_help(
                tr(
                    "The voice is off for now. On Linux it needs speech-dispatcher and a voice such as espeak-ng. "
                    "When one is installed, switch it on in Settings. Tones and text carry the session until then."
                )
            )


class HearingTest(Card):
    """One large test button, the question whether it was heard, and help if not."""

    wanted = Signal()
    answered = Signal(object)  # Picked

    def __init__(self, title: str, text: str, test: str, question: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.column.setSpacing(3 * STEP)
        self.column.addWidget(plain_text.label(text, Role.BODY))
        self.test = Button(test, Kind.PRIMARY, icon=Icon.SOUND)
        self.test.set_type_size(Size.CUE)
        self.test.on_pressed(self._test)
        self.answer = Segmented(question, (Option("yes", tr("Yes")), Option("no", tr("No"))))
        self.answer.on_picked(self._answer)
        asked = plain_text.label(question, Role.STRONG)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addStretch()
        line.addWidget(asked)
        line.addWidget(self.answer)
        self.column.addWidget(Across(self.test, row))
        self._notice = Remark()
        self.column.addWidget(self._notice)

    def on_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to hear it."""
        self.wanted.connect(act)

    def on_answered(self, take: Callable[[Picked], object]) -> None:
        """Call `take` with `yes` or `no`."""
        self.answered.connect(take)

    @property
    def said(self) -> str:
        """What is said below the question."""
        return self._notice.said

    def show_help(self, text: str) -> None:
        """Say what to do."""
        self._notice.say(NoticeKind.WARNING, text)

    def show_good(self, text: str) -> None:
        """Say that all is well."""
        self._notice.say(NoticeKind.GOOD, text)

    def _test(self) -> None:
        self.wanted.emit()

    def _answer(self, picked: Picked) -> None:
        self.answered.emit(picked)
        reveal(self._notice)


class FirstRoutine(Step):
    """What to begin with."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("What do you want to begin with?"),
            tr("You can add others, or a file of your physio, at any time on the page Routines."),
        )
        self.choices: dict[str, Choice] = {}
        rows = QVBoxLayout()
        rows.setSpacing(2 * STEP)
        listed = sorted(desk.routines.listed(), key=lambda one: one.routine.id != FIRST_ROUTINE)
        for one in listed:
            row = Choice(_routine_title(one), _routine_more(one))
            row.setChecked(one.routine.id in desk.settings.in_use)
            row.toggled.connect(self._ticked)
            self.choices[one.routine.id] = row
            rows.addWidget(row)
        self.body.addLayout(rows)
        self.body.addStretch()

    def first_focus(self) -> QWidget:
        return next(iter(self.choices.values()))

    def _ticked(self) -> None:
        self.notice.hide()

    def complete(self) -> bool:
        in_use = tuple(name for name, row in self.choices.items() if row.isChecked())
        if not in_use:
            self.notice.show_notice(NoticeKind.INFO, tr("Please choose at least one. It can be changed at any time."))
            return False

        def chosen(known: Settings) -> Settings:
            # One that the terminal took in meanwhile was not asked about here.
            others = (name for name in known.in_use if name not in self.choices)
            return msgspec.structs.replace(known, in_use=(*others, *in_use))

        self.desk.choose_by(chosen)
        return True


def _routine_title(listed: Listed) -> str:
    title = plain_text.clean_name(listed.routine.title, 60)
    if listed.routine.id == FIRST_ROUTINE:
        return tr("{title} (recommended)").format(title=title)
    return title


def _routine_more(listed: Listed) -> str:
    often = prescription.schedule_words(listed.routine.schedule)
    parts = [
        numbers.about_minutes(listed.length_s),
        count(len(listed.routine.items), "%n exercise", "%n exercises"),
        often,
    ]
    if listed.origin is Origin.RECEIVED:
        parts.append(tr("from your physio"))
    return " · ".join(part for part in parts if part)


# -- parts ----------------------------------------------------------------------------------------------------------


def _tier_sub(tier: Tier) -> str:
    return {
        Tier.EMERGENCY: tr("Safety questions, 1 of 3. A few signs need help at once, and no exercise."),
        Tier.URGENT: tr("Safety questions, 2 of 3. With these a clinician should look before you run or jump."),
        Tier.REFER: tr("Safety questions, 3 of 3. With these a clinician's advice makes the exercises yours."),
    }[tier]


class _Picture(QWidget):
    """An icon on a soft round ground."""

    _SIDE: Final = 44

    def __init__(self, icon: Icon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFixedSize(QSize(self._SIDE, self._SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.action_soft))
        painter.drawEllipse(QRectF(self.rect()))
        icons.paint(painter, self._icon, QRectF(self.rect()).adjusted(11, 11, -11, -11), tokens.action)
        painter.end()


def _point(icon: Icon, title: str, text: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(GAP)
    line.addWidget(_Picture(icon), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(plain_text.label(title, Role.STRONG))
    words.addWidget(plain_text.label(text, Role.MUTED))
    words.addStretch()
    line.addLayout(words, 1)
    return line
