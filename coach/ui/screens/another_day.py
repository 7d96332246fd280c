"""One day of the log to complete or to correct: what was answered, and what stood there before."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coach.app.day_story import DayStory, Field, Former
from coach.core.day import instant
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Desk
from coach.ui.screens.check_in import DayAnswers, record
from coach.ui.screens.page import Page, flow, move_keyboard, reveal
from coach.ui.screens.where import Where
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import RETURN, Button, Kind, Tick
from coach.ui.widgets.card import Card
from coach.ui.widgets.hip_chart import SpotsChosen
from coach.ui.widgets.notice import NoticeKind
from coach.ui.widgets.pain_scale import Chosen, PainScale, answer_of
from coach.words import check_in as words
from coach.words.translate import tr

DAYS_BACK: Final = 366
"""Far enough for a diary that was kept on paper; the log itself has no such bound."""

_WIDTH: Final = 860


class Left(Struct, frozen=True):
    """The person is done with other days."""


class _Asked(QWidget):
    """A control with its words above it and what stood there before below."""

    def __init__(self, words_: str, control: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        self.words = plain_text.label(words_, Role.LEAD)
        if not words_:
            self.words.hide()
        self.before = plain_text.label("", Role.MUTED)
        for part in (self.words, control, self.before):
            column.addWidget(part)


class AnotherDay(Page):
    """A day and its questions. Nothing is lost by moving on: what was entered is kept first."""

    left = Signal(object)  # Left

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(tr("Another day"), "", parent, widest=_WIDTH)
        self._desk = desk
        self._today = today
        self._day = today
        self._entered = DayAnswers()
        self._calendar: QCalendarWidget | None = None
        self._back = Button(tr("Back"), Kind.GHOST, hint=tr("Esc"))
        self._back.on_pressed(self._leave)
        self._save = Button(tr("Save"), Kind.PRIMARY, hint=RETURN)
        self._save.on_pressed(self._save_pressed)
        self.buttons.addWidget(self._back)
        self.buttons.addWidget(self._save)
        self.body.addWidget(self._made_days())
        self.body.addWidget(self._made_morning())
        self.body.addWidget(self._made_evening())
        self.body.addStretch()
        desk.on_failed(self.show_failure)
        self._chain()
        self.show_day(today - timedelta(days=1))

    def on_left(self, take: Callable[[Left], object]) -> None:
        """Call `take` when the person is done."""
        self.left.connect(take)

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self._day

    def first_focus(self) -> None:
        """Put the keyboard on the first question that has no answer."""
        move_keyboard(self.morning if self.morning.value is None or self.worst.value is not None else self.worst)

    # -- making -------------------------------------------------------------------------------------------------

    def _made_days(self) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * STEP)
        self.earlier = a11y.name(Button("", Kind.GHOST, icon=Icon.LEFT), tr("A day earlier"))
        self.later = a11y.name(Button("", Kind.GHOST, icon=Icon.RIGHT), tr("A day later"))
        self.pick = Button(tr("Choose a day"), Kind.GHOST, icon=Icon.CALENDAR)
        self.earlier.on_pressed(self._go_earlier)
        self.later.on_pressed(self._go_later)
        self.pick.on_pressed(self._open_calendar)
        for part in (self.earlier, self.pick, self.later):
            line.addWidget(part)
        line.addStretch()
        return made

    def _made_morning(self) -> Card:
        card = Card(tr("Morning"))
        card.column.setSpacing(3 * STEP)
        self.morning = PainScale(words.morning_question(self._day, self._today))
        self.morning.on_chosen(self._morning_chosen)
        self._morning_asked = _Asked(words.morning_question(self._day, self._today), self.morning)
        self.night, self.painkiller = Tick(words.night_tick()), Tick(words.analgesic_tick())
        self.night.clicked.connect(self._night_ticked)
        self.painkiller.clicked.connect(self._painkiller_ticked)
        self._ticks = _Asked("", flow(self.night, self.painkiller, gap=4 * STEP))
        card.column.addWidget(self._morning_asked)
        card.column.addWidget(self._ticks)
        return card

    def _made_evening(self) -> Card:
        card = Card(tr("The whole day"))
        card.column.setSpacing(3 * STEP)
        self.worst = PainScale(words.worst_question(self._day, self._today))
        self.worst.on_chosen(self._worst_chosen)
        self._worst_asked = _Asked(words.worst_question(self._day, self._today), self.worst)
        self.limp = Tick(words.limp_tick(self._day, self._today))
        self.limp.clicked.connect(self._limp_ticked)
        self._limp_asked = _Asked("", self.limp)
        self.where = Where(words.where_question(self._day, self._today))
        self.where.on_chosen(self._placed)
        self._where_asked = _Asked("", self.where)
        for part in (self._worst_asked, self._limp_asked, self._where_asked):
            card.column.addWidget(part)
        return card

    def _chain(self) -> None:
        self.set_tab_chain(
            self.earlier,
            self.pick,
            self.later,
            self.morning,
            self.night,
            self.painkiller,
            self.worst,
            self.limp,
            self.where.chart,
            self._back,
            self._save,
        )

    # -- showing ------------------------------------------------------------------------------------------------

    def show_day(self, day: date) -> None:
        """Show a day: not a future one, and none before this app's memory."""
        self._day = max(min(day, self._today), self._today - timedelta(days=DAYS_BACK))
        self._entered = DayAnswers()
        self.pick.show_text(words.day_title(self._day, self._today), icon=Icon.CALENDAR)
        self.pick.setAccessibleName(tr("{day}, choose another day").format(day=words.day_title(self._day, self._today)))
        self.later.setEnabled(self._day < self._today)
        self.earlier.setEnabled(self._day > self._today - timedelta(days=DAYS_BACK))
        story = self._desk.story(self._day)
        if story is not None:
            self._show_story(story)
        self._show_save()

    def _show_story(self, story: DayStory) -> None:
        entry = story.entry
        self.morning.show_value(entry.morning if entry else None)
        self.worst.show_value(entry.worst if entry else None)
        self.night.setChecked(bool(entry and entry.night))
        self.painkiller.setChecked(bool(entry and entry.analgesic))
        self.limp.setChecked(bool(entry and entry.limp))
        self.where.show_spots((entry.spots if entry else None) or ())
        for asked, question in (
            (self._morning_asked, words.morning_question(self._day, self._today)),
            (self._worst_asked, words.worst_question(self._day, self._today)),
        ):
            plain_text.show(asked.words, question)
        self.morning.setAccessibleName(words.morning_question(self._day, self._today))
        self.worst.setAccessibleName(words.worst_question(self._day, self._today))
        self.where.ask(words.where_question(self._day, self._today))
        self.limp.setText(words.limp_tick(self._day, self._today))
        self.limp.setAccessibleName(self.limp.text())
        self._show_before(self._morning_asked.before, {"": story.former[Field.MORNING]})
        self._show_before(
            self._ticks.before,
            {
                words.night_tick(): story.former[Field.NIGHT],
                words.analgesic_tick(): story.former[Field.ANALGESIC],
            },
        )
        self._show_before(self._worst_asked.before, {"": story.former[Field.WORST]})
        self._show_before(self._limp_asked.before, {"": story.former[Field.LIMP]})
        self._show_before(self._where_asked.before, {"": story.former[Field.SPOTS]})
        self._show_where()

    def _show_before(self, label: QLabel, former: dict[str, tuple[Former, ...]]) -> None:
        """The newest of the former answers: the others are in the log."""
        lines = []
        for name, answers in former.items():
            if answers:
                said = words.before(answers[0].value, _local(answers[0]), self._today)
                lines.append(tr("{name}. {before}").format(name=name, before=said) if name else said)
        plain_text.show(label, "\n".join(lines))
        label.setVisible(bool(lines))

    def _show_where(self) -> None:
        """Where it hurts is asked of a day that hurt, and shown of one that was answered."""
        hurt = bool(self.morning.value) or bool(self.worst.value) or bool(self.where.spots)
        self._where_asked.setVisible(hurt or not self._where_asked.before.isHidden())

    def _show_save(self) -> None:
        self._save.setEnabled(self._entered != DayAnswers())

    def hideEvent(self, event: QHideEvent) -> None:
        """Also when the person goes to another screen, or the window is closed on it."""
        super().hideEvent(event)
        self._keep()

    # -- what is pressed ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = answer_of(event)
        if answer is not None:
            self._open_scale().choose(answer)
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(self.focusWidget(), Button):
            self._save_pressed()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            super().keyPressEvent(event)

    def _open_scale(self) -> PainScale:
        """The scale that has the keyboard, or the first without an answer."""
        focused: QWidget | None = self.window().focusWidget()
        for scale in (self.morning, self.worst):
            if focused is not None and scale.isAncestorOf(focused):
                return scale
        return self.worst if self.morning.value is not None and self.worst.value is None else self.morning

    def _enter(self, **answers: object) -> None:
        known = {name: getattr(self._entered, name) for name in DayAnswers.__struct_fields__}
        self._entered = DayAnswers(**{**known, **answers})
        self._show_save()

    def _morning_chosen(self, chosen: Chosen) -> None:
        # What is seen beside the number and not ticked did not happen.
        self._enter(morning=chosen.value, night=self.night.isChecked(), analgesic=self.painkiller.isChecked())
        self._show_where()
        move_keyboard(self.worst if self.worst.value is None else self._save)

    def _worst_chosen(self, chosen: Chosen) -> None:
        self._enter(worst=chosen.value, limp=self.limp.isChecked())
        self._show_where()
        move_keyboard(self._save)

    def _night_ticked(self) -> None:
        self._enter(night=self.night.isChecked())

    def _painkiller_ticked(self) -> None:
        self._enter(analgesic=self.painkiller.isChecked())

    def _limp_ticked(self) -> None:
        self._enter(limp=self.limp.isChecked())

    def _placed(self, chosen: SpotsChosen) -> None:
        self._enter(spots=chosen.spots)

    def _keep(self) -> bool:
        """Record what was entered. True if nothing is left that is not on disk."""
        if self._entered == DayAnswers():
            return True
        kept = record(self._desk, self._entered, self._day)
        if kept:
            self._entered = DayAnswers()
        return kept

    def _save_pressed(self) -> None:
        if self._entered != DayAnswers() and self._keep():
            self.show_day(self._day)
            text = tr("{day} is saved.").format(day=words.day_title(self._day, self._today))
            self.notice.show_notice(NoticeKind.GOOD, text)
            move_keyboard(self.pick)

    def _go_earlier(self) -> None:
        self._go(self._day - timedelta(days=1))

    def _go_later(self) -> None:
        self._go(self._day + timedelta(days=1))

    def _go(self, day: date) -> None:
        if self._keep():
            self.notice.hide()
            self.show_day(day)

    def _leave(self) -> None:
        if self._keep():
            self.left.emit(Left())

    # -- the calendar -------------------------------------------------------------------------------------------

    def _open_calendar(self) -> None:
        if self._calendar is None:
            self._calendar = self._made_calendar()
        calendar = self._calendar
        first = self._today - timedelta(days=DAYS_BACK)
        calendar.setDateRange(_qt(first), _qt(self._today))
        calendar.setSelectedDate(_qt(self._day))
        plain = calendar.weekdayTextFormat(Qt.DayOfWeek.Monday)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekend, plain)  # red is for pain
        calendar.move(self.pick.mapToGlobal(QPoint(0, self.pick.height() + STEP)))
        calendar.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _made_calendar(self) -> QCalendarWidget:
        made = QCalendarWidget(self)
        made.setWindowFlag(Qt.WindowType.Popup)
        made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        made.setFirstDayOfWeek(Qt.DayOfWeek(self._desk.settings.first_weekday + 1))
        made.setMinimumSize(84 * STEP, 72 * STEP)
        a11y.name(made, tr("Choose a day"))
        made.activated.connect(self._picked)
        made.clicked.connect(self._picked)
        return made

    def _picked(self, day: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        self._go(date(day.year(), day.month(), day.day()))
        reveal(self.pick)
        move_keyboard(self.pick)


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _local(former: Former) -> datetime:
    """When it was changed, by the clock on the person's wall then."""
    try:
        zone = ZoneInfo(former.changed.zone)
    except (ZoneInfoNotFoundError, ValueError):  # a zone that this computer does not know
        return instant(former.changed.utc)
    return instant(former.changed.utc).astimezone(zone)
