"""Today's cards of the week that runs and of the next review."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coach.app.today import TodayView, WeekDay
from coach.ui import plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.screens.today_session import short_title
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.week_dots import DayDot, DayState, WeekDots
from coach.words import numbers
from coach.words.translate import capital, count, tr


class WeekCard(Card):
    """What was done this week, and how the last of it was borne."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("This week"), parent)
        self.dots = WeekDots()
        self._text = plain_text.label("", Role.MUTED)
        self._last = plain_text.label("", Role.MUTED)
        self._borne = plain_text.label("", Role.MUTED)
        self._borne.hide()
        self._empty = True
        for part in (self.dots, self._text, self._last, self._borne):
            self.column.addWidget(part)
        self.column.addStretch()

    def show_week(self, view: TodayView) -> None:
        """Show the days and the numbers of the week."""
        self.dots.show_days(tuple(_dot(day, view.today) for day in view.week))
        parts = [
            tr("{done} of {planned} sessions so far").format(done=view.sessions_done, planned=view.sessions_planned),
            count(view.walks, "%n walk", "%n walks"),
            count(view.runs, "%n run", "%n runs"),
        ]
        plain_text.show(self._text, " · ".join(parts))
        last = view.last
        self._empty = last is None
        text = tr("Last: {title}, {day}")
        plain_text.show(
            self._last,
            text.format(title=short_title(last.routine_title), day=numbers.from_today(last.began.day, view.today))
            if last
            else tr("Your sessions of the week will show here."),
        )

    def show_borne(self, said: str) -> None:
        """Say how the last session, walk or run was borne; nothing takes no room."""
        self._borne.setVisible(bool(said))
        self._last.setVisible(not (said and self._empty))  # something shows here already
        if said:
            plain_text.show(self._borne, said)


class ReviewCard(Card):
    """The day for which a physio asked to be seen again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Next review"), parent)
        self._day = plain_text.label("", Role.LEAD)
        self._sub = plain_text.label("", Role.MUTED)
        self.column.addWidget(self._day)
        self.column.addWidget(self._sub)
        self.open = Button(tr("Open a routine file…"), Kind.GHOST, icon=Icon.FILE)
        self.column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch()

    def show_review(self, by: date | None, today: date) -> None:
        """Show the day, and how far off it is."""
        self.open.setVisible(by is None)
        if by is None:
            plain_text.show(self._day, tr("None set"))
            plain_text.show(self._sub, tr("A routine from your physio can name a day."))
            return
        day, away = numbers.short_day(by, today), numbers.from_today(by, today)
        plain_text.show(self._day, day)
        late = by < today
        if away == day:  # so far off that it is not told in days
            said = tr("That day is over. Make an appointment.") if late else tr("With your physio.")
        else:
            said = tr("It was due {when}. Make an appointment.") if late else tr("{when}, with your physio.")
        plain_text.show(self._sub, said.format(when=away if late else capital(away)))


def _dot(day: WeekDay, today: date) -> DayDot:
    if day.sessions:
        state = DayState.DONE
    elif day.due:
        state = DayState.MISSED if day.day < today else DayState.DUE
    else:
        state = DayState.REST
    return DayDot(numbers.weekday(day.day)[:1], numbers.long_day(day.day), state, day.day == today)
