"""The properties of the routine as a whole: for whom, how often, until when, and the limits that it sets."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from msgspec import UNSET, Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.core.clinical.defaults import Usual, usual_readiness, usual_rule, usual_run_plan
from coach.core.routine.editing import typed
from coach.core.routine.editing.draft import at, path_of
from coach.core.routine.editing.keys import Key, Sort, keys_of
from coach.core.routine.plain import Place
from coach.core.routine.routine import BodySide, Readiness, Rules, RunPlan
from coach.core.routine.schedule import DAYS
from coach.ui import plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.editing import Editing, EditingView
from coach.ui.screens.editor_fields import (
    Choice,
    ChoiceField,
    Entry,
    FieldWidget,
    LineField,
    NumberField,
    TextField,
    Typed,
)
from coach.ui.screens.editor_wrong import Wrongs
from coach.ui.screens.page import Flow, wrapped
from coach.ui.tokens import STEP, Size
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Rule
from coach.ui.widgets.filter_chips import FilterChips, Narrowed, ShortChip
from coach.ui.widgets.segmented import Option
from coach.words import editing as words
from coach.words.numbers import weekday
from coach.words.translate import count, tr

_MONDAY: Final = date(2024, 1, 1)
_WEEKS: Final = (2, 4, 6)


class RoutinePanel(QWidget):
    """Shows what holds for the routine; every change goes to the presenter at once."""

    def __init__(self, editing: Editing, today: date) -> None:
        super().__init__()
        self._editing = editing
        self._today = today
        self.entries: dict[Place, Entry] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * STEP)
        self._section(tr("This routine"))
        self._entry(("title",), LineField(words.routine_field("title"), read=lambda text: text))
        self._entry(("patient",), LineField(words.routine_field("patient")))
        self.entries[("patient",)].show_hint(tr("Initials are enough. They stand in the file and on paper."))
        self._section(tr("How often"))
        self._make_days()
        self._add(("schedule", "per_week"), NumberField(words.routine_field("schedule.per_week")))
        self._entry(("review_by",), LineField(words.routine_field("review_by"), longest=40))
        self._make_reviews()
        sides = [Choice(UNSET, tr("Not named")), *(Choice(one.value, words.choice(one.value)) for one in BodySide)]
        self._entry(("affected_side",), ChoiceField(words.routine_field("affected_side"), sides))
        self._section(tr("From"))
        self._entry(("prescriber", "name"), LineField(words.routine_field("prescriber.name")))
        self._entry(("prescriber", "contact"), LineField(words.routine_field("prescriber.contact")))
        self.entries[("prescriber", "contact")].show_hint(tr("Remembered for your next routine."))
        self.rules = _Group(self, tr("Rules on pain"), Rules, "rules")
        self.readiness = _Group(self, tr("Before running"), Readiness, "readiness")
        self.run_plan = _Group(self, tr("Running again"), RunPlan, "run_plan")
        self.groups = {"rules": self.rules, "readiness": self.readiness, "run_plan": self.run_plan}
        for group in self.groups.values():
            self._column.addWidget(group)
        self._column.addStretch()

    # -- making -------------------------------------------------------------------------------------------------

    def _section(self, text: str) -> None:
        if self._column.count():
            self._column.addWidget(Rule())
        self._column.addWidget(wrapped(text, Role.SECTION))

    def _entry(self, place: Place, field: FieldWidget) -> None:
        self._put(place, field, above=True)

    def _add(self, place: Place, field: FieldWidget) -> None:
        self._put(place, field, above=False)

    def _put(self, place: Place, field: FieldWidget, *, above: bool) -> None:
        called = words.routine_field(".".join(str(part) for part in place))
        self._column.addWidget(self.made_entry(place, field, called, above=above))

    def made_entry(self, place: Place, field: FieldWidget, called: str, *, above: bool) -> Entry:
        """Make an entry whose field is that of a place of the file."""

        def take(told: Typed) -> None:
            self._editing.type_routine(place, told.value)

        field.on_typed(take)
        field.on_settled(self._editing.settle)
        entry = self.entries[place] = Entry(called, place, field, above=above)
        return entry

    def _make_days(self) -> None:
        names = (Option(day, weekday(_MONDAY + timedelta(days=n))[:3]) for n, day in enumerate(DAYS))
        self.days = FilterChips(words.routine_field("schedule.days"), tuple(names), look=ShortChip)
        line = Flow(self.days, gap=STEP)
        widest = max(chip.sizeHint().width() for chip in self.days.chips)
        for chip in self.days.chips:
            chip.setFixedWidth(widest)  # in two rows they stand below each other
            line.addWidget(chip)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.days.setSizePolicy(policy)
        self.days.on_narrowed(self._days_picked)
        self._column.addWidget(self.days)

    def _make_reviews(self) -> None:
        buttons = []
        for weeks in _WEEKS:
            button = Button(str(weeks), Kind.GHOST)
            button.set_type_size(Size.LABEL)
            button.setAccessibleName(count(weeks, "Review in %n week", "Review in %n weeks"))
            button.on_pressed(self._review_in(weeks))
            buttons.append(button)
        line = QHBoxLayout()
        line.setSpacing(STEP)
        for button in buttons:
            line.addWidget(button)
        line.addSpacing(STEP)
        line.addWidget(wrapped(tr("weeks"), Role.MUTED), 1)
        self._column.addLayout(line)

    # -- showing ------------------------------------------------------------------------------------------------

    def field(self, *place: str) -> FieldWidget:
        """The field of a place."""
        if place[0] in self.groups:
            self.groups[place[0]].open()
        return self.entries[place].fields[0]

    def show_routine(self, view: EditingView, wrongs: Wrongs) -> None:
        """Show what the draft holds."""
        days = at(view.draft, ("schedule", "days"))
        self.days.show_values(frozenset(str(day) for day in days) if isinstance(days, list) else frozenset())
        for place, entry in self.entries.items():
            entry.fields[0].show_value(at(view.draft, place))
            entry.show_wrong(wrongs.at(path_of(place)))
        times = view.extent.times
        per_week = at(view.draft, ("schedule", "per_week"))
        self.entries[("schedule", "per_week")].fields[0].show_usual(
            str(times) if times is not None and per_week is UNSET else ""
        )
        for group in self.groups.values():
            group.show_group(view, wrongs)

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _days_picked(self, narrowed: Narrowed) -> None:
        days = [day for day in DAYS if day in narrowed.values]
        self._editing.settle()
        self._editing.type_routine(("schedule", "days"), days or UNSET)
        self._editing.settle()

    def _review_in(self, weeks: int) -> Callable[[], None]:
        def act() -> None:
            self._editing.settle()
            self._editing.type_routine(("review_by",), (self._today + timedelta(weeks=weeks)).isoformat())
            self._editing.settle()

        return act


class _Group(QWidget):
    """Every key of a group, made from the types that read it when somebody wants to see them."""

    def __init__(self, panel: RoutinePanel, title: str, shape: type[Struct], name: str) -> None:
        super().__init__()
        self._panel = panel
        self._title = title
        self._name = name
        self._keys = keys_of(shape, (name,))
        self._made: dict[Key, Entry] = {}
        self._view: EditingView | None = None
        self._wrongs: Wrongs | None = None
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(2 * STEP)
        self._all.addWidget(Rule())
        self.header = Button(title, Kind.QUIET, icon=Icon.RIGHT)
        self.header.on_pressed(self._toggle)
        self._all.addWidget(self.header, 0, Qt.AlignmentFlag.AlignLeft)
        self._state = wrapped("", Role.SMALL)
        self._all.addWidget(self._state)
        self._body = QWidget()
        self._body.hide()
        self._all.addWidget(self._body)

    def open(self) -> None:
        """Show its fields."""
        if self._body.isHidden():
            self._toggle()

    def show_group(self, view: EditingView, wrongs: Wrongs) -> None:
        """Show how much of it is set, and the fields where they are seen."""
        self._view, self._wrongs = view, wrongs
        held = at(view.draft, (self._name,))
        number = len(held) if isinstance(held, dict) else 0
        said = count(number, "%n set, the others as usual", "%n set, the others as usual")
        plain_text.show(self._state, said if number else tr("All as usual"))
        icon = Icon.PROBLEM if wrongs.below(f"$.{self._name}") else Icon.DOWN if self._open else Icon.RIGHT
        self.header.show_text(self._title, icon=icon)
        state = tr("shown") if self._open else tr("hidden")
        self.header.setAccessibleName(tr("{title}, {state}").format(title=self.header.text(), state=state))
        for key, entry in self._made.items():
            usual = self._usual(key, view)
            entry.fields[0].show_usual(words.usual_value(usual))
            entry.show_hint(words.usual(usual))

    @property
    def _open(self) -> bool:
        return not self._body.isHidden()

    def _usual(self, key: Key, view: EditingView) -> Usual | None:
        if self._name == "rules":
            return usual_rule(key.name, view.routine.rules if view.routine is not None else Rules())
        return usual_readiness(key.name) if self._name == "readiness" else usual_run_plan(key.name)

    def _toggle(self) -> None:
        if not self._made:
            self._make()
        self._body.setVisible(self._body.isHidden())
        if self._view is not None and self._wrongs is not None:
            self._panel.show_routine(self._view, self._wrongs)

    def _make(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * STEP)
        if self._name == "rules":
            told = tr(
                "Pain is 0 to 10. What is left empty keeps its usual limit, shown in grey: this program's own numbers, "
                "after published limits on pain."
            )
        elif self._name == "run_plan":
            told = tr(
                "Once the criteria are met. What is left empty keeps its usual number, shown in grey. The stages are "
                "the twelve of this program; others can stand in the file."
            )
        else:
            told = tr("Before the patient runs again. What is left empty keeps its usual threshold, shown in grey.")
        column.addWidget(wrapped(told, Role.SMALL))
        for key in self._keys:
            called = words.routine_field(".".join(str(part) for part in key.place))
            field = _field(key, called)
            above = not isinstance(field, NumberField)
            entry = self._made[key] = self._panel.made_entry(key.place, field, called, above=above)
            column.addWidget(entry)


def _field(key: Key, called: str) -> FieldWidget:
    """The field for a key of this sort."""
    match key.sort:
        case Sort.WHOLE | Sort.NUMBER:
            return NumberField(called)
        case Sort.YES_NO:
            values = [Choice(value, words.choice(str(value).lower())) for value in (True, False)]
            return ChoiceField(called, [Choice(UNSET, tr("As usual")), *values])
        case Sort.CHOICE:
            choices = [Choice(value, words.choice(value)) for value in key.choices]
            return ChoiceField(called, [Choice(UNSET, tr("As usual")), *choices])
        case Sort.NAMES:
            return LineField(called, read=typed.names)
        case Sort.TEXT:
            return TextField(called)
