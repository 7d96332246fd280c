"""The library beside the sequence: searched and narrowed as the library itself, as a list to take from."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from coach.app.library import Shelved
from coach.core.routine.exercise import Kind as ExerciseKind
from coach.core.routine.finding import Wanted, distance, matches, tools
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.screens.editor_lists import Line, Pictures, Shelf, Taken
from coach.ui.screens.page import Flow, Scroll
from coach.ui.tokens import CARD_PADDING, STEP, TARGET
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, section
from coach.ui.widgets.filter_chips import FilterChips, Narrowed
from coach.ui.widgets.segmented import Option
from coach.words import exercise as words
from coach.words.translate import capital, count, tr

_NAME: Final = 80
_OFFERED: Final = 24
_FILTERS_HIGH: Final = 230


class ShelfPane(Card):
    """Search, filters and the list."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.setAccessibleName(tr("Library"))
        self._every: tuple[Shelved, ...] = ()
        self._own: frozenset[str] = frozenset()
        self._groups: dict[str, FilterChips] = {}
        self._offered: object = None
        self.search = _Search()
        self.search.textChanged.connect(self._narrow)
        self.search.on_down(self._to_list)
        self.search.on_enter(self._take_first)
        self.filters = Button("", Kind.QUIET, icon=Icon.DOWN)
        self.filters.setCheckable(True)
        self.filters.toggled.connect(self._toggle)
        self._chips = QVBoxLayout()
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(STEP)
        self._area = Scroll(self._chips)
        self._area.setMaximumHeight(_FILTERS_HIGH)
        self._area.hide()
        self.shelf = Shelf(pictures)
        self.new = Button(tr("New exercise"), Kind.GHOST, icon=Icon.PLUS)
        self.new.setAccessibleName(tr("Make an exercise of your own"))
        self._number = plain_text.label("", Role.SMALL)
        line = QHBoxLayout()
        line.setSpacing(2 * STEP)
        line.addWidget(section(tr("Library")))
        line.addWidget(self._number, 1)
        line.addWidget(self.filters)
        self.column.setContentsMargins(CARD_PADDING, 2 * STEP, CARD_PADDING, CARD_PADDING - 2)
        self.column.setSpacing(STEP)
        self.column.addLayout(line)
        self.column.addWidget(self.search)
        self.column.addWidget(self._area)
        self.column.addWidget(self.shelf, 1)
        self.column.addWidget(self.new)

    def show_shelves(self, every: tuple[Shelved, ...], own: frozenset[str]) -> None:
        """Show these exercises; `own` are the keys of those that the file brings along."""
        if (every, own) == (self._every, self._own):
            return
        self._every, self._own = every, own
        plain = count(len(every), "Search %n exercise", "Search %n exercises")
        self.search.setPlaceholderText(plain)
        self._offer()
        self._narrow()

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        on = {name: group.values for name, group in self._groups.items()}
        kinds = frozenset(ExerciseKind(one) for one in on.get("kinds", ()))
        none: frozenset[str] = frozenset()
        return Wanted(self.search.text(), on.get("regions", none), kinds, on.get("equipment", none))

    def shelved(self, key: str) -> Shelved | None:
        """The exercise of a row."""
        return next((one for one in self._every if one.key == key), None)

    def _offer(self) -> None:
        regions = tuple(dict.fromkeys(one.region for one in self._every))[:_OFFERED]
        kinds = tuple(kind.value for kind in ExerciseKind if any(one.exercise.kind is kind for one in self._every))
        needs = tuple(sorted({tool for one in self._every for tool in tools(one.exercise)}))[:_OFFERED]
        if self._offered == (regions, kinds, needs):
            return
        self._offered = (regions, kinds, needs)
        for group in self._groups.values():
            self._chips.removeWidget(group)
            group.hide()
            group.deleteLater()
        self._groups = {
            "regions": FilterChips(tr("Body area"), tuple(Option(one, words.place(one)) for one in regions)),
            "kinds": FilterChips(tr("Kind"), tuple(Option(one, words.kind(ExerciseKind(one))) for one in kinds)),
            "equipment": FilterChips(tr("Equipment"), tuple(Option(one, words.tool(one)) for one in needs)),
        }
        for group in self._groups.values():
            line = Flow(group, gap=STEP)
            for chip in group.chips:
                line.addWidget(chip)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            group.setSizePolicy(policy)
            group.on_narrowed(self._chips_pressed)
            self._chips.addWidget(group)

    def _narrow(self) -> None:
        wanted = self.wanted
        found = [one for one in self._every if matches(one.exercise, wanted)]
        found.sort(key=lambda one: distance(one.exercise, wanted))
        self.shelf.rows.show_lines(tuple(_line(one, own=one.key in self._own) for one in found))
        if found and self.shelf.chosen is None:
            self.shelf.point_at(0)
        narrowed = len(wanted.regions) + len(wanted.kinds) + len(wanted.equipment)
        text = tr("Filter ({number})").format(number=narrowed) if narrowed else tr("Filter")
        self.filters.show_text(text, icon=Icon.UP if self.filters.isChecked() else Icon.DOWN)
        some = tr("{found} of {every}").format(found=len(found), every=len(self._every))
        plain_text.show(self._number, some if wanted != Wanted() else "")
        self.shelf.setAccessibleName(
            tr("Exercises to add, {found} of {every}").format(found=len(found), every=len(self._every))
        )

    def _chips_pressed(self, narrowed: Narrowed) -> None:
        del narrowed
        self._narrow()

    def _toggle(self, on: object) -> None:
        self._area.setVisible(bool(on))
        self._narrow()

    def _to_list(self) -> None:
        if self.shelf.rows.lines:
            self.shelf.point_at(self.shelf.chosen or 0)
            self.shelf.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_first(self) -> None:
        """Add what is nearest to what was typed; the search is cleared, so that a second Enter adds nothing twice."""
        if not self.search.text():
            self._to_list()
        elif self.shelf.rows.lines:
            self.shelf.taken.emit(Taken(self.shelf.rows.lines[0].key))
            self.search.clear()


class _Search(QLineEdit):
    """The search; Enter adds the first that was found, Down leads to all of it, Esc takes the search back."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(TARGET)
        self.setMaxLength(120)
        self._down: Callable[[], object] | None = None
        self._enter: Callable[[], object] | None = None
        a11y.name(self, tr("Search the exercises"), tr("Enter adds the first that was found, Down leads to all."))

    def on_down(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to go to what was found."""
        self._down = act

    def on_enter(self, act: Callable[[], object]) -> None:
        """Call `act` when the person presses Enter."""
        self._enter = act

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._down is not None:
            self._down()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._enter is not None:
            self._enter()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _line(one: Shelved, *, own: bool) -> Line:
    exercise = one.exercise
    where = words.several(exercise.muscles[:2]) or capital(exercise.area)
    text = tr("Own exercise") if own else where
    return Line(one.key, exercise, plain_text.clean_name(exercise.name, _NAME), text)


def keep_width(widget: QWidget, width: int) -> None:
    """Give a pane this width."""
    if widget.width() != width or widget.minimumWidth() != width:
        widget.setFixedWidth(width)
