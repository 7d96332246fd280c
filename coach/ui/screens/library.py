"""Library: every exercise as a card, narrowed by words and chips; pressing one leads to its page."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from coach.app.library import Shelved
from coach.app.routines import Listed
from coach.core.routine.exercise import Kind as ExerciseKind
from coach.core.routine.finding import ONLY_HOME, Wanted, matches, tools
from coach.ui import a11y, icons, plain_text, theme
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Changed, Desk
from coach.ui.screens.library_grid import CardGrid, Section
from coach.ui.screens.page import Flow, Page, keys_in_use, move_keyboard, reveal, wrapped
from coach.ui.tokens import STEP, TARGET
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, Tone
from coach.ui.widgets.exercise_card import ExerciseCard, Face, FaceChip, Pressed
from coach.ui.widgets.filter_chips import FilterChips, Narrowed
from coach.ui.widgets.segmented import Option
from coach.words import exercise as words
from coach.words.translate import count, tr

if TYPE_CHECKING:  # made when the first exercise is opened
    from coach.ui.screens.exercise import ExercisePage, LeadWanted

WIDEST: Final = 1480
"""Cards may stand beside each other as long as there is room; only lines of text should not grow longer."""

_NAME: Final = 80
_OFFERED: Final = 24
"""More chips of one sort nobody reads; a hostile file can name a hundred thousand things to need."""

_LABEL: Final = 22 * STEP
_SEARCH: Final = (50 * STEP, 105 * STEP)
_STEADY: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down})


class LibraryPage(Page):
    """Every exercise; one of them on a page of its own in the same place."""

    lead_wanted = Signal(object)  # LeadWanted

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Library"), " ", parent, widest=WIDEST)
        self._desk = desk
        self._every: tuple[Shelved, ...] = ()
        self._found: tuple[Shelved, ...] = ()
        self._sheet: ExercisePage | None = None
        self._came_from = ""
        self.search = _Search()
        self.search.textChanged.connect(self._typed)
        self._number = plain_text.label("", Role.MUTED)
        self._number.setWordWrap(False)
        self._clear = Button(tr("Clear filters"), Kind.QUIET, icon=Icon.END)
        self._clear.on_pressed(self.clear)
        self._filters = QVBoxLayout()
        self._filters.setSpacing(0)
        self._groups: dict[str, FilterChips] = {}
        self._offered: tuple[tuple[str, ...], ...] = ()
        self.grid = CardGrid(desk.surroundings.clock)
        self.grid.on_opened(self._pressed)
        self._scroll.verticalScrollBar().valueChanged.connect(self.grid.scrolled)
        self._nothing = self._made_nothing()
        self.bars.addLayout(self._made_bar())
        self.body.addLayout(self._filters)
        self.body.addWidget(self.grid)
        self.body.addWidget(self._nothing)
        self.body.addStretch()
        self._add_keys()
        desk.on_changed(self._changed)
        desk.on_failed(self.show_failure)
        self.refresh()

    def on_lead_wanted(self, take: "Callable[[LeadWanted], object]") -> None:
        """Call `take` when the person wants to be led through a self-test."""
        self.lead_wanted.connect(take)

    # -- making -------------------------------------------------------------------------------------------------

    def _made_bar(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(3 * STEP)
        line.addWidget(self.search, 1)
        line.addWidget(self._number)
        line.addStretch()
        line.addWidget(self._clear)
        return line

    def _made_nothing(self) -> Card:
        card = Card()
        card.column.addWidget(wrapped(tr("No exercise fits"), Role.LEAD))
        self._nothing_text = wrapped("", Role.MUTED)
        card.column.addWidget(self._nothing_text)
        self.show_all = Button(tr("Show all exercises"), Kind.PRIMARY)
        self.show_all.on_pressed(self.clear)
        card.column.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _add_keys(self) -> None:
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.begin_search)

    def _offer(self) -> None:
        """Show a chip for everything that the exercises can be narrowed to."""
        regions = tuple(dict.fromkeys(one.region for one in self._every))[:_OFFERED]
        kinds = tuple(kind.value for kind in ExerciseKind if any(one.exercise.kind is kind for one in self._every))
        tools = _by_use(self._every)
        if self._offered == (regions, kinds, tools):
            return
        self._offered = (regions, kinds, tools)
        kept = {name: group.values for name, group in self._groups.items()}
        while (row := self._filters.takeAt(0)) is not None:
            widget = row.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._groups = {
            "regions": FilterChips(tr("Body area"), tuple(Option(one, words.place(one)) for one in regions)),
            "kinds": FilterChips(tr("Kind"), tuple(Option(one, words.kind(ExerciseKind(one))) for one in kinds)),
            "equipment": FilterChips(tr("Equipment"), tuple(Option(one, words.tool(one)) for one in tools)),
        }
        for name, group in self._groups.items():
            group.show_values(kept.get(name, frozenset()))
            group.on_narrowed(self._chips_pressed)
            self._filters.addWidget(_labelled(group))

    # -- showing ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what there is now; what was looked for, the place and the keyboard stay."""
        self.grid.set_motion(allowed=not self._desk.settings.less_motion)
        every = self._desk.routines.shelves()
        if every == self._every:
            return
        self._every = every
        self.show_sub(tr("What each exercise is for, how it goes, and what comes before and after it."))
        self._offer()
        self._narrow()
        if self._sheet is not None:
            same = next((one for one in every if one.key == self._sheet.key), None)
            if same is None:
                self._close_sheet()
            else:
                self._sheet.show_exercise(same, every)

    def arrive(self) -> None:
        """Put the keyboard on the exercise where it was last."""
        if self._sheet is not None:
            self._sheet.first_focus()
        elif self.grid.current is not None:
            move_keyboard(self.grid.current)
        else:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        on = {name: group.values for name, group in self._groups.items()}
        kinds = frozenset(ExerciseKind(one) for one in on["kinds"])
        return Wanted(self.search.text(), on["regions"], kinds, on["equipment"])

    def _narrow(self) -> None:
        wanted = self.wanted
        self._found = tuple(one for one in self._every if matches(one.exercise, wanted))
        sections = tuple(
            Section(words.place(region), tuple(_face(one) for one in group))
            for region, group in groupby(self._found, key=lambda one: one.region)
        )
        self.grid.show_sections(sections)
        self.grid.setVisible(bool(self._found))
        narrowed = wanted != Wanted()
        self._clear.setVisible(narrowed)
        plain_text.show(self._number, _number(len(self._found), len(self._every), narrowed=narrowed))
        self._nothing.setVisible(not self._found)
        plain_text.show(self._nothing_text, _nothing(wanted))
        self.to_top()

    def _typed(self) -> None:
        self._narrow()
        a11y.announce(self, self._number.text())

    def _chips_pressed(self, narrowed: Narrowed) -> None:
        del narrowed
        self._narrow()
        a11y.announce(self, self._number.text())

    def clear(self) -> None:
        """Show all exercises again."""
        seen = keys_in_use(self)
        held = self._clear.hasFocus() or self.show_all.hasFocus()
        for group in self._groups.values():
            group.show_values(frozenset())
        if self.search.text():
            self.search.clear()
        else:
            self._narrow()
        if held:  # the button is gone
            move_keyboard(self.search, seen=seen)

    # -- keys ---------------------------------------------------------------------------------------------------

    def begin_search(self) -> None:
        """Put the keyboard into the search field, its text marked."""
        if self._sheet is None:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._sheet is not None:
            super().keyPressEvent(event)
        elif event.text() == "/":
            self.begin_search()
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif self.search.hasFocus() and event.key() in _STEADY:
            self._to_cards()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        """Take back the search; with nothing to take back, leave it for the card where one was."""
        if self.search.text():
            self.search.clear()
        elif self.grid.current is not None and not isinstance(self.focusWidget(), ExerciseCard):
            self._go_to(self.grid.current)

    def _to_cards(self) -> None:
        if self.grid.cards:
            self._go_to(self.grid.cards[0])

    def _go_to(self, card: ExerciseCard) -> None:
        self.grid.make_current(card.face.key)
        theme.focus_by_keys(card)
        reveal(card)

    # -- one exercise -------------------------------------------------------------------------------------------

    def _pressed(self, pressed: Pressed) -> None:
        self.open(pressed.key)

    def open(self, key: str) -> None:
        """Show the page of an exercise."""
        from coach.ui.screens.exercise import ExercisePage

        one = next((one for one in self._every if one.key == key), None)
        if one is None or self._sheet is not None:
            return
        self._came_from = key
        sheet = ExercisePage(self._desk, self)
        sheet.show_exercise(one, self._every)
        sheet.on_left(self._close_sheet)
        sheet.on_lead_wanted(self.lead_wanted.emit)
        self._sheet = sheet
        self.cover(sheet, sheet.first_focus)

    def _close_sheet(self) -> None:
        if self._sheet is not None:
            sheet, self._sheet = self._sheet, None
            self.uncover(sheet, self._come_back)

    def _come_back(self) -> None:
        card = self.grid.make_current(self._came_from)
        move_keyboard(card or self.search, seen=False)

    def _changed(self, changed: Changed) -> None:
        if self.isVisible() and changed & (Changed.ROUTINES | Changed.SETTINGS):
            self.refresh()


class _Search(QLineEdit):
    """A field with a glass in front of the words."""

    _ICON: Final = 18

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Search by name, muscle or area"))
        self.setTextMargins(7 * STEP, 0, 0, 0)
        self.setMinimumHeight(TARGET)
        self.setMinimumWidth(_SEARCH[0])
        self.setMaximumWidth(_SEARCH[1])
        self.setMaxLength(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        a11y.name(self, tr("Search the exercises"), tr("Every word must be there. Down leads to the exercises."))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        tokens = theme.tokens_of(self)
        box = QRectF(3 * STEP, (self.height() - self._ICON) / 2, self._ICON, self._ICON)
        icons.paint(painter, Icon.SEARCH, box, tokens.action if self.hasFocus() else tokens.muted)
        painter.end()


def _labelled(group: FilterChips) -> QWidget:
    """A row: what the chips are about, and the chips, on as many lines as they need."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(2 * STEP)
    label = plain_text.label(group.accessibleName(), Role.SECTION)
    label.setFixedHeight(TARGET)
    label.setMinimumWidth(_LABEL)
    line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    chips = Flow(group)
    for chip in group.chips:
        chips.addWidget(chip)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    group.setSizePolicy(policy)
    line.addWidget(group, 1)
    return row


def _by_use(every: Iterable[Shelved]) -> tuple[str, ...]:
    """What exercises need, what most of them need first; what every home has comes last."""
    uses: dict[str, int] = {}
    for one in every:
        for tool in tools(one.exercise):
            uses[tool] = uses.get(tool, 0) + 1
    most = sorted(uses, key=lambda tool: (-uses[tool], tool))[:_OFFERED]
    return tuple(sorted(most, key=lambda tool: tool == ONLY_HOME))


def _face(one: Shelved) -> Face:
    exercise = one.exercise
    lines = [line] if (line := words.line(exercise, one.work)) else []
    if one.listed is not None:
        lines.append(origin(one.listed))
    chips = [FaceChip(words.kind(exercise.kind))]
    if one.off:
        chips.append(FaceChip(tr("Leave out for now"), Tone.AMBER, Icon.WARNING))
    elif one.advice:
        chips.append(FaceChip(tr("Adapt for now"), Tone.MUTED, Icon.INFO))
    return Face(one.key, exercise, plain_text.clean_name(exercise.name, _NAME), tuple(lines), tuple(chips))


def origin(listed: Listed) -> str:
    """`From Physio practice by the river`; else the title of the routine."""
    name = plain_text.clean_name(listed.routine.prescriber.name or listed.routine.title, _NAME)
    return tr("From {name}").format(name=name)


def _number(found: int, every: int, *, narrowed: bool) -> str:
    if not narrowed:
        return count(every, "%n exercise", "%n exercises")
    return tr("{found} of {every} exercises").format(found=found, every=every)


def _nothing(wanted: Wanted) -> str:
    text = plain_text.clean_name(wanted.words, _NAME)
    if not text:
        return tr("None has all that is chosen above.")
    if wanted == Wanted(wanted.words):
        return tr("None has “{words}” in its names, its muscles or its area.").format(words=text)
    return tr("None has “{words}” and all that is chosen above.").format(words=text)
