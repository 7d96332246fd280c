"""A card of Progress: one chart or several, the same as a table, and a menu that saves it."""

from collections.abc import Callable
from datetime import date
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from coach.app.progress_tables import Cell, Chart, Table
from coach.ui import a11y, plain_text, theme
from coach.ui.charts.chart import EDGE
from coach.ui.charts.picture import Format
from coach.ui.charts.table_sheet import TableSheet
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.screens.page import flow, reveal, wrapped
from coach.ui.tokens import CARD_PADDING, STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.roving import rove
from coach.words import numbers
from coach.words import progress as words
from coach.words.translate import tr


class SaveWanted(Struct, frozen=True):
    """The person wants a chart as a file."""

    chart: Chart
    format: Format


class ChartCard(Card):
    """Title, what the chart tells in a sentence, the chart; or its numbers as a table in its place."""

    save_wanted = Signal(object)  # SaveWanted
    table_wanted = Signal(object)  # Chart

    def __init__(self, chart: Chart, title: str, *extra: QWidget) -> None:
        super().__init__()
        self.chart = chart
        self.title = title
        self._extra = extra
        self.setAccessibleName(plain_text.clean(title))
        # A chart keeps a little room for the ring of its focus; what stands above it begins where its content does.
        self.column.setContentsMargins(CARD_PADDING - EDGE, STEP + 2, CARD_PADDING - EDGE, CARD_PADDING - EDGE)
        self.column.setSpacing(STEP)
        self.as_table = Button(tr("Show as table"), Kind.QUIET)
        self.as_table.setCheckable(True)
        a11y.name(self.as_table, tr("{chart}: show as table").format(chart=title))
        self.as_table.toggled.connect(self._toggled)
        self.save = a11y.name(Button(tr("Save…"), Kind.QUIET, icon=Icon.SAVE), tr("{chart}: save").format(chart=title))
        self.save.on_pressed(self._ask)
        self.menu = self._made_menu()
        head = QHBoxLayout()
        head.setSpacing(2 * STEP)
        head.setContentsMargins(EDGE, 0, 0, 0)
        head.addWidget(wrapped(title, Role.SECTION), 1)
        head.addWidget(flow(*extra, self.as_table, self.save, gap=2 * STEP))
        self.column.addLayout(head)
        self.sub = plain_text.label("", Role.MUTED)
        self.sub.setContentsMargins(EDGE, 0, EDGE, 0)
        self.column.addWidget(self.sub)
        self.inside = QWidget()
        self.content = QVBoxLayout(self.inside)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.inside)
        self.nothing = plain_text.label("", Role.MUTED)
        self.nothing.setContentsMargins(EDGE, 0, EDGE, STEP)
        self.nothing.hide()
        self.column.addWidget(self.nothing)
        self.column.addStretch(1)
        self.sheet: TableSheet | None = None

    def stops(self, *charts: QWidget) -> tuple[QWidget, ...]:
        """What Tab goes through here, in its order; `charts` are what the card shows."""
        sheet = () if self.sheet is None else (self.sheet,)
        return (*self._extra, self.as_table, self.save, *sheet, *charts)

    def on_save_wanted(self, take: Callable[[SaveWanted], object]) -> None:
        """Call `take` when the person wants the chart as a file."""
        self.save_wanted.connect(take)

    def on_table_wanted(self, take: Callable[[Chart], object]) -> None:
        """Call `take` when the numbers are wanted: `show_table` is to be called then."""
        self.table_wanted.connect(take)

    def show_sub(self, text: str) -> None:
        """Show what the chart tells in a sentence."""
        plain_text.show(self.sub, text)
        self.sub.setVisible(bool(text))

    def show_nothing(self, text: str) -> None:
        """Say why there is no chart; nothing said shows the chart again."""
        plain_text.show(self.nothing, text)
        self.nothing.setVisible(bool(text))
        for widget in (self.as_table, self.save):
            widget.setVisible(not text)
        self._show_content()

    @property
    def shows_table(self) -> bool:
        """Whether the numbers stand in the place of the chart."""
        return self.as_table.isChecked()

    def show_table(self, table: Table, name: Callable[[str], str]) -> None:
        """Show these numbers; `name` gives ids in them a name."""
        if self.sheet is None:
            self.sheet = TableSheet(tr("{chart}, as a table").format(chart=self.title))
            self.column.insertWidget(self.column.indexOf(self.inside) + 1, self.sheet)
        columns = tuple(words.column(one) for one in table.columns)
        self.sheet.show_rows(columns, tuple(_row_text(table.columns, row, name) for row in table.rows))
        self._show_content()

    def _show_content(self) -> None:
        anything = self.nothing.isHidden()
        self.inside.setVisible(anything and not self.shows_table)
        if self.sheet is not None:
            self.sheet.setVisible(anything and self.shows_table)

    def _toggled(self) -> None:
        self.as_table.show_text(tr("Show as chart") if self.shows_table else tr("Show as table"))
        text = tr("{chart}: show as chart") if self.shows_table else tr("{chart}: show as table")
        a11y.name(self.as_table, text.format(chart=self.title))
        if self.shows_table:
            self.table_wanted.emit(self.chart)
        self._show_content()

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Save as"))
        for kind, text in (
            (Format.PNG, tr("Picture (PNG)…")),
            (Format.SVG, tr("Drawing (SVG)…")),
            (Format.CSV, tr("Numbers (CSV)…")),
        ):
            action = QAction(text, menu)
            action.setData(kind.value)
            menu.addAction(action)
        menu.triggered.connect(self._save_chosen)
        return menu

    def _ask(self) -> None:
        left = self.save.width() - self.menu.sizeHint().width()
        self.menu.popup(self.save.mapToGlobal(QPoint(left, self.save.height())))
        actions = self.menu.actions()
        self.menu.setActiveAction(actions[0])

    def _save_chosen(self, action: QAction) -> None:
        self.save_wanted.emit(SaveWanted(self.chart, Format(action.data())))


class ChartGroup(QWidget):
    """Charts that are one stop for Tab: Up and Down go from chart to chart."""

    def __init__(self) -> None:
        super().__init__()
        self._charts: tuple[QWidget, ...] = ()

    def show_charts(self, charts: tuple[QWidget, ...]) -> None:
        """Take these as the group, in this order."""
        self._charts = charts
        if charts:
            here = next((one for one in charts if one.hasFocus()), charts[0])
            rove(charts, here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        here = next((place for place, one in enumerate(self._charts) if one.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        there = self._charts[min(max(here + step, 0), len(self._charts) - 1)]
        rove(self._charts, there)
        theme.focus_by_keys(there)
        reveal(there)


_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def _row_text(columns: tuple[str, ...], row: tuple[Cell, ...], name: Callable[[str], str]) -> tuple[str, ...]:
    """A row as it is shown: means and shares as exact as everywhere else in the window; a file has all of them."""
    return tuple(
        shown(cell) if (shown := _SHOWN.get(column)) and isinstance(cell, float) else cell_text(cell, name)
        for column, cell in zip(columns, row, strict=True)
    )


_SHOWN: Final[dict[str, Callable[[float], str]]] = {
    "mean_7_days": lambda mean: f"{mean:.1f}",
    "symmetry": numbers.symmetry,
    "share_of_mornings": lambda share: tr("{percent} %").format(percent=numbers.percent(share)),
}


def cell_text(cell: Cell, name: Callable[[str], str]) -> str:
    """One cell of a table, in the person's language."""
    match cell:
        case None:
            return ""
        case bool():
            return tr("yes") if cell else tr("no")
        case float():
            return f"{cell:.10g}"
        case date():
            return words.table_day(cell)
        case str():
            return plain_text.clean_name(name(cell))
        case _:
            return str(cell)
