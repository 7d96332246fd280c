"""The steps above its dose that an item allows, in the editor: one small group of fields for each."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import UNSET
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.core.routine.bounds import MAX_PROGRESS
from coach.core.routine.editing import typed
from coach.core.routine.editing.draft import path_of
from coach.core.routine.exercise import Exercise
from coach.core.routine.plain import Place
from coach.core.routine.routine import Rules
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.editing import Editing, Row
from coach.ui.screens.editor_fields import Choice, ChoiceField, Entry, FieldWidget, LineField, NumberField, Typed
from coach.ui.screens.editor_wrong import Wrongs
from coach.ui.screens.page import wrapped
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Rule
from coach.words import editing as words
from coach.words import steps_up
from coach.words.translate import tr

_NAME: Final = 60
_NUMBERS: Final = ("sets", "reps", "hold_s")


class StepsPart(QWidget):
    """All steps of the item that is worked on, and the button for one more."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self.rows: list[StepGroup] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(Rule())
        column.addWidget(wrapped(tr("Steps up that you allow"), Role.SECTION))
        self._how = wrapped("", Role.SMALL)
        column.addWidget(self._how)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(2 * STEP)
        column.addLayout(self._groups)
        self.add = Button(tr("Allow a step up"), Kind.GHOST, icon=Icon.PLUS)
        self.add.on_pressed(self._added)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_row(self, row: Row, rules: Rules, harder: Sequence[Exercise], wrongs: Wrongs) -> None:
        """Show the steps of an item; `harder` are the exercises above its own on the ladder."""
        progress = row.plain.get("progress")
        steps = progress if isinstance(progress, list) else []
        plain_text.show(self._how, steps_up.offered(rules))
        while len(self.rows) > len(steps):
            gone = self.rows.pop()
            self._groups.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(steps):
            self.rows.append(StepGroup(self._editing, len(self.rows)))
            self._groups.addWidget(self.rows[-1])
        held = "hold_s" in row.plain or (row.work is not None and row.work.held)
        base: Place = ("items", row.index, "progress")
        for number, (group, step) in enumerate(zip(self.rows, steps, strict=True)):
            group.show_step(step if isinstance(step, dict) else {}, (*base, number), harder, wrongs)
            group.show_hold(held=held)
        self.add.setVisible(len(steps) < MAX_PROGRESS)

    def field(self, number: int, key: str) -> FieldWidget:
        """The field of a step, counted from 0; its first one for a key that it has no field for."""
        group = self.rows[number]
        return group.fields.get(key, group.fields["exercise"])

    def _added(self) -> None:
        self._editing.add_step()
        if self.rows:
            field = self.rows[-1].first
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.mark_all()


class StepGroup(QWidget):
    """The fields of one step."""

    def __init__(self, editing: Editing, number: int) -> None:
        super().__init__()
        self._editing = editing
        self._number = number
        self._harder: tuple[str, ...] = ()
        self._says_hold = False
        self.fields: dict[str, FieldWidget] = {}
        title = tr("Step up {number}").format(number=number + 1)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        head = QHBoxLayout()
        head.addWidget(wrapped(title, Role.STRONG), 1)
        self.remove = Button(tr("Remove"), Kind.QUIET, icon=Icon.TRASH)
        a11y.name(self.remove, tr("Remove step up {number}").format(number=number + 1))
        self.remove.on_pressed(self._removed)
        head.addWidget(self.remove)
        column.addLayout(head)
        self.exercise = ChoiceField(self._called("exercise"), ())
        self._wire("exercise", self.exercise)
        self._first = Entry(words.item_field("exercise"), ("exercise",), self.exercise, above=True)
        column.addWidget(self._first)
        for key in _NUMBERS:
            read = typed.duration if key == "hold_s" else typed.number
            self._wire(key, NumberField(self._called(key), step=5 if key == "hold_s" else 1, read=read))
        self._wire("load", LineField(self._called("load")))
        unit = {"hold_s": tr("s", "seconds")}
        self._entries = {
            key: Entry(words.item_field(key), (key,), self.fields[key], unit=unit.get(key, ""), above=key == "load")
            for key in (*_NUMBERS, "load")
        }
        for entry in self._entries.values():
            column.addWidget(entry)

    def show_step(self, step: dict[str, object], place: Place, harder: Sequence[Exercise], wrongs: Wrongs) -> None:
        """Show what the file has of this step, and what is wrong with it."""
        self._says_hold = "hold_s" in step
        self._show_choices(step.get("exercise", UNSET), harder)
        for key, field in self.fields.items():
            field.show_value(step.get(key, UNSET))
        for key, entry in self._entries.items():
            entry.show_wrong(wrongs.at(path_of((*place, key))))
        self._first.show_wrong(wrongs.at(path_of((*place, "exercise")), path_of(place)))

    def show_hold(self, *, held: bool) -> None:
        """Show the seconds of a hold where there can be any, or where there are."""
        self._entries["hold_s"].setVisible(held or bool(self.exercise.currentIndex()) or self._says_hold)

    @property
    def first(self) -> FieldWidget:
        """The number that a new step begins with."""
        return self.fields["hold_s"] if self._says_hold else self.fields["reps"]

    def _show_choices(self, now: object, harder: Sequence[Exercise]) -> None:
        known = {one.id: one.name for one in harder}
        if isinstance(now, str) and now not in known:
            known[now] = now  # of the file, and not above this one: it is shown, or it could not be mended
        if tuple(known) != self._harder or not self.exercise.count():
            self._harder = tuple(known)
            named = (Choice(key, plain_text.clean_name(name, _NAME)) for key, name in known.items())
            self.exercise.show_choices([Choice(UNSET, tr("The same exercise")), *named])

    def _wire(self, key: str, field: FieldWidget) -> None:
        self.fields[key] = field
        field.on_typed(self._takes(key))
        field.on_settled(self._editing.settle)

    def _takes(self, key: str) -> Callable[[Typed], None]:
        return lambda told: self._editing.type_item(("progress", self._number, key), told.value)

    def _called(self, key: str) -> str:
        return words.item_field(f"progress.{self._number}.{key}")

    def _removed(self) -> None:
        self._editing.remove_step(self._number)
