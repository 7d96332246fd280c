"""Progress: is it getting better? Pain, sessions, exercises, self-tests, walks and runs over a range of time."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QDir, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from coach.app.progress import ProgressView
from coach.app.progress_tables import Chart, csv_of, table, write
from coach.core.day import training_day
from coach.core.log import Ending
from coach.core.progress.span import Range
from coach.core.progress.training import ExerciseProgress
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import known_exercises
from coach.ui import a11y, plain_text
from coach.ui.charts.answered import AnsweredBar
from coach.ui.charts.calendar import Calendar
from coach.ui.charts.chart import EDGE
from coach.ui.charts.chart import Chart as ChartWidget
from coach.ui.charts.loading import Loading
from coach.ui.charts.outings import Outings
from coach.ui.charts.pain_chart import PainChart
from coach.ui.charts.picture import Format, Part, Picture, data_of
from coach.ui.charts.sided import SidedChart, TestChart
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Changed, Desk, Failure
from coach.ui.presenters.progress import ProgressDesk
from coach.ui.screens.page import WIDEST, Across, Columns, Page, move_keyboard, wrapped
from coach.ui.screens.progress_card import ChartCard, ChartGroup, SaveWanted
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.notice import NoticeKind
from coach.ui.widgets.segmented import Option, Picked, Segmented, Switch
from coach.words import numbers, trend
from coach.words import progress as words
from coach.words import session as session_words
from coach.words.failures import failure
from coach.words.self_tests import self_test
from coach.words.translate import count, tr

_COLUMN: Final = 340
"""So wide, at least, is a chart of one exercise or one test."""

_AT_FIRST: Final = 6
"""So many exercises are shown before more are asked for."""

_WEEKS_BESIDE: Final = 20
"""A calendar of more weeks has a line of its own."""

_AT_ONCE_DAYS: Final = 400
_NESTED: Final = 8
"""How deep a chart lies in layouts, at most."""

_SAVED_COLUMNS: Final = 2


class _Titled(QWidget):
    """One chart of several, below its name."""

    def __init__(self, chart: SidedChart) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.chart = chart
        self.name = wrapped("", Role.STRONG)
        self.name.setContentsMargins(EDGE, 2 * STEP, EDGE, 0)
        column.addWidget(self.name)
        column.addWidget(chart)
        column.addStretch(1)

    def show_name(self, text: str) -> None:
        """Name it, also for a screen reader."""
        plain_text.show(self.name, plain_text.clean_name(text))
        self.chart.setAccessibleName(plain_text.clean_name(text))


_WEEKS: Final = {Range.FOUR_WEEKS: 4, Range.TEN_WEEKS: 10, Range.YEAR: 52, Range.ALL: 52}
"""Of a report on a range; more than a year is for no visit."""


class ProgressPage(Page):
    """What changed, over four weeks, ten weeks, a year, or everything there is."""

    answer_wanted = Signal()

    def __init__(self, desk: Desk, loading: Loading, parent: QWidget | None = None) -> None:
        super().__init__(tr("Progress"), " ", parent)
        self._desk = desk
        self._loading = loading
        self._reader = ProgressDesk(desk, self)
        self._reader.on_view(self._show_view)
        self._reader.on_pending(self._still_pending)
        self._reader.on_failed(self.show_failure)
        self._view: ProgressView | None = None
        self._stale = True
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._show_rest)
        self._all_exercises = False
        self._unread = False
        """The log could not be read the last time."""
        self._is_zoomed = False
        self._order: list[QWidget] = []
        self._exercises_known: dict[str, Exercise] | None = None
        self.range = Segmented(
            tr("How far back"),
            (
                Option(Range.FOUR_WEEKS.value, tr("4 wk")),
                Option(Range.TEN_WEEKS.value, tr("10 wk")),
                Option(Range.YEAR.value, tr("1 yr")),
                Option(Range.ALL.value, tr("All")),
            ),
        )
        _name_ranges(self.range)
        self.range.show_value(Range.TEN_WEEKS.value)
        self.range.on_picked(self._picked)
        self.buttons.addWidget(self.range)
        self.report = Button(tr("Report for physio…"), Kind.GHOST)
        self.report.on_pressed(self._report)
        self.buttons.addWidget(self.report)
        self._make_cards()
        desk.on_changed(self._changed)

    def on_answer_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to answer this morning's question."""
        self.answer_wanted.connect(act)

    def _report(self) -> None:
        """Show the report of the range as its pages, to save or to print."""
        told = self._desk.report(_WEEKS[Range(self.range.value or Range.TEN_WEEKS.value)])
        from coach.ui.paper.report import report_document  # only for paper
        from coach.ui.screens.paper_sheet import PaperSheet

        sheet = PaperSheet(tr("Report for physio"), "", "report.pdf", lambda how: report_document(told(), how), self)
        sheet.on_ended(lambda _: self.uncover(sheet, self._back_from_paper))
        self.cover(sheet, sheet.first_focus)

    def _back_from_paper(self) -> None:
        move_keyboard(self.report)

    # -- making -------------------------------------------------------------------------------------------------

    def _make_cards(self) -> None:
        self._make_empty()
        self.worst = Switch(tr("Worst of the day"))
        self.worst.toggled.connect(self._worst_toggled)
        title = tr("Morning pain · dots are days, line is the 7-day mean")
        self.whole = a11y.name(Button(tr("Show all days"), Kind.QUIET), tr("Morning pain: show all days again"))
        self.whole.setToolTip("0")
        self.whole.hide()
        self.pain = ChartCard(Chart.PAIN, title, self.whole, self.worst)
        self.pain_chart = PainChart(self._loading)
        self.pain_chart.on_zoomed(self._zoomed)
        self.pain.as_table.toggled.connect(self._show_way_back)
        self.whole.on_pressed(self._show_whole)
        self.pain.content.addWidget(self.pain_chart)
        self.sessions = ChartCard(Chart.SESSIONS, tr("Sessions"))
        self.calendar = Calendar()
        self.sessions.content.addWidget(self.calendar)
        self.outings = ChartCard(Chart.WALKS_RUNS, tr("Walks and runs"))
        self.outings_chart = Outings()
        self.outings.content.addWidget(self.outings_chart)
        self.tests = ChartCard(Chart.TESTS, tr("Self-tests against their goals"))
        self.exercises = ChartCard(Chart.EXERCISES, tr("Exercises · best set of the day, left and right"))
        self._tests_group, self._test_grid = self._made_group(self.tests)
        self._exercises_group, self._exercise_grid = self._made_group(self.exercises)
        self._test_charts: list[_Titled] = []
        self._exercise_charts: list[_Titled] = []
        self.more = Button("", Kind.GHOST)
        self.more.on_pressed(self._show_more)
        line = QHBoxLayout()
        line.setContentsMargins(EDGE, 0, EDGE, 2 * STEP)
        line.addWidget(self.more)
        line.addStretch()
        self.exercises.content.addLayout(line)
        self.answered = ChartCard(Chart.ANSWERED, tr("Completeness of the log"))
        self.answered_bar = AnsweredBar()
        self.answered.content.addWidget(self.answered_bar)
        self.cards = (self.pain, self.sessions, self.outings, self.tests, self.exercises, self.answered)
        self._beside = Across(self.sessions, self.outings)
        for card in (self.pain, self._beside, self.tests, self.exercises, self.answered):
            self.body.addWidget(card)
        self.body.addStretch(1)
        for one in self.cards:
            one.on_save_wanted(self._ask_file)
            one.on_table_wanted(self._show_table)
        self._show_cards(shown=False)

    def _make_empty(self) -> None:
        self.empty = Card()
        self.empty.column.addWidget(wrapped(tr("Here you will see whether it gets better"), Role.LEAD))
        text = tr(
            "Each morning's answer becomes a dot. After four of them the line of the 7-day mean begins. Your sessions, "
            "self-tests, walks and runs join it as you log them."
        )
        self.empty.column.addWidget(wrapped(text, Role.MUTED))
        self.empty.column.addSpacing(STEP)
        self.answer = Button(tr("Answer this morning's question"), Kind.PRIMARY)
        self.answer.on_pressed(self.answer_wanted.emit)
        self.empty.column.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignLeft)
        self.empty.hide()
        self.body.addWidget(self.empty)

    @staticmethod
    def _made_group(card: ChartCard) -> tuple[ChartGroup, Columns]:
        group, grid = ChartGroup(), Columns(_COLUMN)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)
        card.content.setSpacing(GAP)
        card.content.addWidget(group)
        return group, grid

    # -- showing ------------------------------------------------------------------------------------------------

    @property
    def view(self) -> ProgressView | None:
        """What is shown."""
        return self._view

    def refresh(self) -> None:
        """Read the range anew if anything changed, or another day began."""
        today = training_day(self._desk.surroundings.calendar.now())
        if self._stale or self._view is None or self._view.span.until != today:
            self._ask()

    def arrive(self) -> None:
        """Put the keyboard on the range, or on the one thing there is to do."""
        if self._view is not None and self._view.empty:
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            picked = self.range.value or Range.TEN_WEEKS.value
            self.range.segment(picked).setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: read no further. What is still to come is asked for again."""
        if self._view is None or self._view.pending or self._rest.isActive():
            self._stale = True
        self._rest.stop()
        self._reader.stop()
        super().hideEvent(event)

    def _ask(self) -> None:
        self._stale = False
        self._reader.ask(Range(self.range.value or Range.TEN_WEEKS.value))

    def _picked(self, picked: Picked) -> None:
        del picked
        self._ask()

    def _changed(self, changed: Changed) -> None:
        if changed & Changed.ROUTINES:
            self._exercises_known = None
        if changed & (Changed.LOG | Changed.SETTINGS):
            self._stale = True
            self._reader.forget()
            if self.isVisible():
                self._ask()

    def show_failure(self, failed: Failure) -> None:
        """Say what could not be read; what was shown before is not what the log holds."""
        super().show_failure(failed)
        self._unread = True
        if self._view is None:
            self.show_sub("")

    def _show_cards(self, *, shown: bool) -> None:
        for card in (self.pain, self._beside, self.tests, self.exercises, self.answered):
            card.setVisible(shown)

    def _show_view(self, view: ProgressView) -> None:
        """Show a view; one of years in two parts, between which the window is painted and goes on."""
        self._rest.stop()
        self._begin(view)
        if view.empty:
            return
        if view.span.days > _AT_ONCE_DAYS:
            _lay_out()
            self._rest.start()
        else:
            self._show_rest()

    def _begin(self, view: ProgressView) -> None:
        former, self._view = self._view, view
        if self._unread:  # now it was read
            self._unread = False
            self.notice.hide()
        self.range.setVisible(not view.empty)
        self.empty.setVisible(view.empty)
        self._show_cards(shown=not view.empty)
        if view.empty:
            self.show_sub(tr("Nothing is logged yet."))
            if former is None and self.isVisible():
                self.arrive()
            return
        self.show_sub(_headline(view))
        self._show_pain(view)

    def _show_rest(self) -> None:
        view = self._view
        assert view is not None
        self._show_sessions(view)
        self._show_outings(view)
        self._show_tests(view)
        self._show_exercises(view)
        self._show_answered(view)
        for card in self.cards:
            if card.shows_table:
                self._show_table(card.chart)
        self._set_order()
        _lay_out()

    def _set_order(self) -> None:
        """Charts and tables are made as they are needed; Tab goes through the page as it is read all the same."""
        charts: dict[Chart, tuple[QWidget, ...]] = {
            Chart.PAIN: (self.pain_chart,),
            Chart.SESSIONS: (self.calendar,),
            Chart.WALKS_RUNS: (self.outings_chart,),
            Chart.TESTS: tuple(one.chart for one in self._test_charts),
            Chart.EXERCISES: (*(one.chart for one in self._exercise_charts), self.more),
            Chart.ANSWERED: (self.answered_bar,),
        }
        stops = [stop for card in self.cards for stop in card.stops(*charts[card.chart])]
        if stops != self._order:
            self._order = stops
            self.set_tab_chain(self.range.segment(Range.ALL.value), *stops)

    def _show_pain(self, view: ProgressView) -> None:
        anything = any(one.morning is not None or one.worst is not None for one in view.days)
        self.pain.show_nothing("" if anything else tr("No pain was answered in this time."))
        self.pain.show_sub(words.pain_summary(view.days) if anything else "")
        self.worst.setVisible(any(one.worst is not None for one in view.days))
        self.pain_chart.show_days(view.days, view.span.until)

    def _show_sessions(self, view: ProgressView) -> None:
        self.sessions.show_nothing("" if view.sessions else tr("No session in this time."))
        self.sessions.show_sub(_with_pending(words.sessions_summary(view.sessions), view) if view.sessions else "")
        self._beside.beside_from(0 if view.span.days <= _WEEKS_BESIDE * 7 else WIDEST + 1)
        self.calendar.show_sessions(view.sessions, view.span, view.first_weekday)

    def _still_pending(self, pending: int) -> None:
        """Say how far the replay is; the charts follow when it is over."""
        if self._view is None:
            return
        view = msgspec.structs.replace(self._view, pending=pending)
        self.sessions.show_sub(_with_pending(words.sessions_summary(view.sessions), view))
        if view.exercises:
            self.exercises.show_sub(_with_pending("", view))
        elif view.sessions:
            self.exercises.show_nothing(words.still_reading(pending))

    def _show_outings(self, view: ProgressView) -> None:
        anything = any(bar.walks or bar.runs for bar in view.outings)
        nothing = tr(
            "No walk and no run in this time. What a watch recorded (GPX, TCX, FIT) can be dropped anywhere on the "
            "window."
        )
        self.outings.show_nothing("" if anything else nothing)
        self.outings.show_sub(words.outings_summary(view.outings) if anything else "")
        self.outings_chart.show_bars(view.outings, view.span)

    def _show_tests(self, view: ProgressView) -> None:
        self.tests.show_nothing("" if view.tests else tr("No self-test in this time."))
        explained = tr(
            "The newest result of each; the line across is the goal. Symmetry is the weaker side ÷ the stronger."
        )
        self.tests.show_sub(explained if view.tests else "")
        made = [self._titled(self._test_charts, place, TestChart) for place in range(len(view.tests))]
        for titled, one in zip(made, view.tests, strict=True):
            assert isinstance(titled.chart, TestChart)
            titled.show_name(words.test_title(one))
            titled.chart.show_test(one, view.span)
        _show_in(self._test_grid, self._tests_group, made)

    def _show_exercises(self, view: ProgressView) -> None:
        done = any(one.ending in (Ending.FINISHED, Ending.STOPPED) for one in view.sessions)
        if view.exercises:
            nothing = ""
        elif view.pending and done:
            nothing = words.still_reading(view.pending)
        else:
            nothing = tr("No guided exercise in this time.")
        self.exercises.show_nothing(nothing)
        self.exercises.show_sub(_with_pending("", view) if view.exercises else "")
        known = self._known()
        shown = view.exercises if self._all_exercises else view.exercises[:_AT_FIRST]
        made = [self._titled(self._exercise_charts, place, SidedChart) for place in range(len(shown))]
        for titled, one in zip(made, shown, strict=True):
            titled.show_name(words.exercise_title(one, known))
            titled.chart.show_exercise(one, view.span)
        _show_in(self._exercise_grid, self._exercises_group, made)
        hidden = len(view.exercises) - len(shown)
        self.more.setVisible(hidden > 0)
        self.more.show_text(count(hidden, "Show %n more exercise", "Show %n more exercises"))

    def _show_answered(self, view: ProgressView) -> None:
        self.answered.show_sub(f"{words.answered_line(view.answered)}. {words.answered_more(view.answered)}")
        self.answered_bar.show_answered(view.answered)

    def _known(self) -> dict[str, Exercise]:
        if self._exercises_known is None:
            library = self._desk.library
            known = dict(library)
            for listed in self._desk.routines.listed():
                known.update(known_exercises(library, listed.routine))
            self._exercises_known = known
        return self._exercises_known

    @staticmethod
    def _titled(charts: list[_Titled], place: int, kind: type[SidedChart]) -> _Titled:
        """A chart is made once and shows another exercise later: making is what takes time."""
        if place == len(charts):
            charts.append(_Titled(kind("")))
        return charts[place]

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _zoomed(self, zoomed: bool) -> None:
        self._is_zoomed = zoomed
        self._show_way_back()

    def _show_way_back(self) -> None:
        """A chart of which something is out of sight shows the way back to all of it."""
        self.whole.setVisible(self._is_zoomed and not self.pain.shows_table)

    def _show_whole(self) -> None:
        had = self.whole.hasFocus()
        self.pain_chart.show_whole()
        if had:
            move_keyboard(self.pain_chart)

    def _worst_toggled(self, on: bool) -> None:
        self.pain_chart.set_worst(shown=on)

    def _show_more(self) -> None:
        self._all_exercises = True
        if self._view is not None:
            first = len(self._exercise_charts)
            self._show_exercises(self._view)
            self._set_order()
            if first < len(self._exercise_charts):
                self._exercise_charts[first].chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_table(self, chart: Chart) -> None:
        if self._view is not None:
            card = next(card for card in self.cards if card.chart is chart)
            card.show_table(table(chart, self._view), self._id_name)
            self._set_order()

    def _id_name(self, text: str) -> str:
        """What a person calls an id in a table."""
        known = self._known()
        if text in known:
            return session_words.name(text, known)
        ids = {one.name: self_test(one.name) for one in (self._view.tests if self._view else ())}
        ids.update({one.value: words.ending(one) for one in Ending})
        return ids.get(text, text)

    # -- saving -------------------------------------------------------------------------------------------------

    def _ask_file(self, wanted: SaveWanted) -> None:
        if self._view is None:
            return
        span = self._view.span
        name = f"{wanted.chart}-{span.since.isoformat()}-{span.until.isoformat()}.{wanted.format}"
        dialog = QFileDialog(self, tr("Save the chart"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{_formats()[wanted.format]} (*.{wanted.format})")
        dialog.setDefaultSuffix(wanted.format.value)
        dialog.selectFile(str(Path(QDir.homePath()) / name))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self._save, wanted))
        dialog.open()

    def _save(self, wanted: SaveWanted, name: str) -> None:
        self.save_to(wanted, Path(name))

    def save_to(self, wanted: SaveWanted, path: Path) -> None:
        """Write a chart as a file, and say how it went."""
        if self._view is None:
            return
        try:
            if wanted.format is Format.CSV:
                data = csv_of(table(wanted.chart, self._view))
            else:
                data = data_of(self._picture(wanted.chart), wanted.format)
            write(path, data)
        except OSError as error:
            self.notice.show_notice(NoticeKind.PROBLEM, failure(error))
            return
        text = tr("The chart is saved: {path}").format(path=path)
        self.notice.show_notice(NoticeKind.GOOD, text)
        a11y.announce(self, text)

    def _picture(self, chart: Chart) -> Picture:
        assert self._view is not None
        card = next(card for card in self.cards if card.chart is chart)
        span = self._view.span
        days = f"{_full(span.since)} – {_full(span.until)}"
        sub = " · ".join(filter(None, (days, card.sub.text() if card.sub.isVisibleTo(card) else "")))
        match chart:
            case Chart.PAIN:
                return _one(sub, card, self.pain_chart)
            case Chart.SESSIONS:
                return _one(sub, card, self.calendar)
            case Chart.WALKS_RUNS:
                return _one(sub, card, self.outings_chart)
            case Chart.ANSWERED:
                return _one(sub, card, self.answered_bar)
            case Chart.TESTS:
                shown = self._test_charts[: len(self._view.tests)]
                return _several(sub, card, shown)
            case Chart.EXERCISES:
                return _several(sub, card, self._every_exercise(self._view.exercises))

    def _every_exercise(self, every: tuple[ExerciseProgress, ...]) -> list[_Titled]:
        """All of them, also those that were not asked for on the screen."""
        assert self._view is not None
        known = self._known()
        made = []
        for one in every:
            titled = _Titled(SidedChart(""))
            titled.show_name(words.exercise_title(one, known))
            titled.chart.show_exercise(one, self._view.span)
            made.append(titled)
        return made


def _lay_out() -> None:
    """Lay everything out before it is painted, or it would be painted once for each layout that is nested."""
    for _ in range(_NESTED):  # each asks the one around it with the next event
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def _one(sub: str, card: ChartCard, chart: ChartWidget) -> Picture:
    size = chart.box().toRect().size() if chart.width() > 200 else chart.sizeHint()
    return Picture(card.title, sub, (Part("", size, chart.draw),))


def _several(sub: str, card: ChartCard, charts: list[_Titled]) -> Picture:
    parts = tuple(Part(one.name.text(), one.chart.sizeHint(), one.chart.draw) for one in charts)
    return Picture(card.title, sub, parts, _SAVED_COLUMNS)


def _show_in(grid: Columns, group: ChartGroup, made: list[_Titled]) -> None:
    """Show these and no others; the same ones stay where they are, and keep the keyboard."""
    if grid.property("shown") != len(made):
        grid.keep_cards(*made)
        grid.setProperty("shown", len(made))
    group.show_charts(tuple(one.chart for one in made))


def _name_ranges(range_: Segmented) -> None:
    names = {
        Range.FOUR_WEEKS: tr("4 weeks"),
        Range.TEN_WEEKS: tr("10 weeks"),
        Range.YEAR: tr("1 year"),
        Range.ALL: tr("All", "the whole time"),
    }
    for one, name in names.items():
        range_.segment(one.value).setAccessibleName(name)


def _headline(view: ProgressView) -> str:
    """What changed, and whether it is more than noise; with no answer at all, how much was answered."""
    return trend.headline(view.change, view.alarm) if view.change.values else words.answered_line(view.answered)


def _with_pending(text: str, view: ProgressView) -> str:
    return " · ".join(filter(None, (text, words.still_reading(view.pending) if view.pending else "")))


def _full(day: date) -> str:
    return f"{numbers.short_day(day, day)} {day.year}"


def _formats() -> dict[Format, str]:
    return {Format.PNG: tr("Pictures"), Format.SVG: tr("Drawings"), Format.CSV: tr("Tables")}
