"""The properties of one item of the sequence: all that the format can say of it, typical doses, easier and harder."""

from collections.abc import Callable
from typing import Final

from msgspec import UNSET
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coach.app.library import Rungs, Shelved, doses, rungs_of
from coach.core.clinical.pain import limits
from coach.core.routine.dose import Dose, Sides
from coach.core.routine.editing import own, typed
from coach.core.routine.editing.draft import at, path_of
from coach.core.routine.editing.items import TWO_PASSES
from coach.core.routine.exercise import Exercise, StepType
from coach.core.routine.ladder import Above
from coach.core.routine.plain import Place
from coach.core.routine.plan import Side, Work
from coach.core.routine.routine import Pace, Rules
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.editing import Editing, EditingView, Row
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
from coach.ui.screens.editor_steps import StepsPart
from coach.ui.screens.editor_wrong import Wrongs
from coach.ui.screens.page import clear, flow, wrapped
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Rule
from coach.ui.widgets.exercise_card import Pressed
from coach.ui.widgets.figure import FigureView, Shown
from coach.ui.widgets.ladder import LadderView, Rung
from coach.ui.widgets.segmented import Option, Picked, Segmented
from coach.words import editing as words
from coach.words import exercise as exercise_words
from coach.words import prescription, session
from coach.words.numbers import figure
from coach.words.translate import tr

_FIGURE_HIGH: Final = (60, 104)
"""In a low window, and where there is room."""
_LOW: Final = 660
_DRAW_AFTER_MS: Final = 60
"""Who goes through the sequence quickly does not wait for each picture."""
_TEMPO_WIDTH: Final = 13 * STEP
_WIDEST: Final = 400
_RUNGS: Final = 4
_NAME: Final = 80


class ItemPanel(QWidget):
    """Shows one item; every change goes to the presenter at once."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._every: tuple[Shelved, ...] = ()
        self._ladder_of: object = None
        self._above: tuple[Exercise, ...] = ()
        self.nearest: tuple[Button, ...] = ()
        self.doses: tuple[Button, ...] = ()
        self._doses_of: object = None
        self.entries: dict[Place, Entry] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * STEP)
        self._name = wrapped("", Role.SECTION)
        self._figure = FigureView()
        self._figure.setFixedHeight(_FIGURE_HIGH[1])
        self._drawn_of: Exercise | None = None
        self._draw = QTimer(self, singleShot=True, interval=_DRAW_AFTER_MS)
        self._draw.timeout.connect(self._show_figure)
        self._column.addWidget(self._name)
        self._column.addWidget(self._figure)
        self._near = self._group()
        self._make_own()
        self._make_amount()
        self._make_rest()
        self._make_sides()
        self._make_words()
        self.steps = StepsPart(editing)
        self._column.addWidget(self.steps)
        self._ladder = self._group()
        self._hurts = wrapped("", Role.SMALL)
        self._column.addWidget(self._hurts)
        self._make_adapt()
        self._column.addStretch()

    # -- making -------------------------------------------------------------------------------------------------

    def _make_amount(self) -> None:
        counted, held = Option("counted", tr("Counted")), Option("held", tr("Held"))
        self.kind = Segmented(tr("Counted or held"), (counted, held))
        self.kind.on_picked(self._kind_picked)
        self._column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        self._doses = self._group()
        self._number("sets")
        self._number("reps")
        self._number("hold_s", unit=True, step=5)
        parts = [("tempo", part) for part in ("up_s", "hold_s", "down_s")]
        fields: list[FieldWidget] = []
        for place in parts:
            field = NumberField(words.item_field(".".join(place)), read=typed.duration)
            field.setMinimumWidth(_TEMPO_WIDTH)
            field.setMaximumWidth(_WIDEST)
            self._wire(field, place)
            fields.append(field)
        entry = Entry(tr("Tempo: up · hold · down, in s"), ("tempo",), *fields, above=True)
        self._add(("tempo",), entry)

    def _make_rest(self) -> None:
        for key in ("rest_s", "rep_rest_s", "prepare_s", "switch_s"):
            self._number(key, unit=True, step=5)

    def _make_sides(self) -> None:
        known = [Choice(UNSET, tr("As usual")), *(Choice(side.value, words.sides(side)) for side in Sides)]
        self.sides = ChoiceField(words.item_field("sides"), known)
        self.sides.on_typed(self._sides_picked)
        self._add(("sides",), Entry(words.item_field("sides"), ("sides",), self.sides, above=True))
        for key in ("sets", "reps", "hold_s"):
            fields: list[FieldWidget] = []
            for side in ("left", "right"):
                place = ("per_side", side, key)
                field = NumberField(words.item_field(".".join(place)), read=typed.number)
                field.setMinimumWidth(_TEMPO_WIDTH)
                field.setMaximumWidth(_WIDEST)
                self._wire(field, place)
                fields.append(field)
            called = tr("{field}: left · right").format(field=words.item_field(key))
            self._add(("per_side", key), Entry(called, ("per_side",), *fields, above=True))
        paces = [Choice(UNSET, tr("As usual")), *(Choice(pace.value, words.choice(pace.value)) for pace in Pace)]
        self._entry(("pace",), ChoiceField(words.item_field("pace"), paces))

    def _make_words(self) -> None:
        self._entry(("load",), LineField(words.item_field("load")))
        self._entry(("note",), TextField(words.item_field("note")))

    def _make_own(self) -> None:
        self._own = QWidget()
        column = QVBoxLayout(self._own)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        self.own_name = LineField(words.exercise_field("name"), read=lambda text: text)
        self.own_steps = TextField(tr("How it goes, a line for each step"), read=typed.lines)
        self.own_cues = TextField(tr("Keep in mind, a line for each cue"), read=typed.lines)
        self.own_name.on_typed(self._named)
        self.own_steps.on_typed(self._stepped)
        self.own_cues.on_typed(self._cued)
        self.own_figure = ChoiceField(words.exercise_field("figure"), ())
        self.own_figure.on_typed(self._drawn)
        self._figures: tuple[str, ...] = ()
        for field in (self.own_name, self.own_steps, self.own_cues, self.own_figure):
            field.on_settled(self._editing.settle)
        self._own_entries = (
            Entry(words.exercise_field("name"), ("name",), self.own_name, above=True),
            Entry(tr("How it goes: one step a line"), ("steps",), self.own_steps, above=True),
            Entry(tr("Keep in mind: one cue a line"), ("cues",), self.own_cues, above=True),
            Entry(tr("Figure, like that of"), ("figure",), self.own_figure, above=True),
        )
        for entry in self._own_entries:
            column.addWidget(entry)
        self.use_as_usual = Button(tr("As its usual dose"), Kind.GHOST)
        self.use_as_usual.on_pressed(self._usual_dose)
        column.addWidget(self.use_as_usual, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Rule())
        self._column.addWidget(self._own)

    def _make_adapt(self) -> None:
        self.adapt = Button(tr("Adapt it"), Kind.GHOST, icon=Icon.EDIT)
        self.adapt.setAccessibleName(tr("Adapt it: make an exercise of your own from it"))
        self.adapt.on_pressed(self._editing.make_own)
        self._column.addWidget(self.adapt, 0, Qt.AlignmentFlag.AlignLeft)

    def _group(self) -> QVBoxLayout:
        made = QVBoxLayout()
        made.setSpacing(STEP)
        self._column.addLayout(made)
        return made

    def _number(self, key: str, *, unit: bool = False, step: int = 1) -> None:
        read = typed.duration if unit else typed.number
        field = NumberField(words.item_field(key), step=step, read=read)
        self._wire(field, (key,))
        self._add((key,), Entry(words.item_field(key), (key,), field, unit=tr("s", "seconds") if unit else ""))

    def _entry(self, place: Place, field: FieldWidget) -> None:
        self._wire(field, place)
        self._add(place, Entry(words.item_field(str(place[-1])), place, field, above=True))

    def _wire(self, field: FieldWidget, place: Place) -> None:
        def take(told: Typed) -> None:
            self._editing.type_item(place, told.value)

        field.on_typed(take)
        field.on_settled(self._editing.settle)

    def _add(self, place: Place, entry: Entry) -> None:
        self.entries[place] = entry
        self._column.addWidget(entry)

    def field(self, *place: str) -> FieldWidget:
        """The field of a key: `sets`, `tempo` `up_s`, `per_side` `left` `sets`, `progress` `0` `reps`."""
        if place[0] == "progress":
            return self.steps.field(int(place[1]), place[2] if len(place) > 2 else "exercise")
        if place[0] == "tempo" and len(place) > 1:
            return self.entries[("tempo",)].fields[("up_s", "hold_s", "down_s").index(place[1])]
        if place[0] == "per_side" and len(place) > 2:
            return self.entries[("per_side", place[2])].fields[("left", "right").index(place[1])]
        return self.entries[place].fields[0]

    # -- showing ------------------------------------------------------------------------------------------------

    def show_shelves(self, every: tuple[Shelved, ...]) -> None:
        """Know the whole library: what is easier and harder, and whose figures there are."""
        self._every = every
        self._ladder_of = None
        figures = tuple(one.key for one in every if one.listed is None and one.exercise.figure is not None)
        if figures == self._figures:
            return
        self._figures = figures
        names = {one.key: one.exercise.name for one in every}
        choices = [Choice(None, tr("No figure")), *(Choice(key, names[key]) for key in figures)]
        self.own_figure.show_choices([*choices, Choice("", tr("Its own"))])

    def fit(self, height: int) -> None:
        """Leave the numbers their room where there is little."""
        self._figure.setFixedHeight(_FIGURE_HIGH[0] if height < _LOW else _FIGURE_HIGH[1])

    def show_row(self, row: Row, view: EditingView, wrongs: Wrongs) -> None:
        """Show this item."""
        work = row.work
        plain_text.show(self._name, plain_text.clean_name(row.name, _NAME))
        self._figure.setVisible(row.exercise is not None and row.exercise.figure is not None)
        if row.exercise is not self._drawn_of:
            self._drawn_of = row.exercise
            self._figure.show_moment(None)
            self._draw.start()
        held = _is_held(row)
        self.kind.show_value("held" if held else "counted")
        self._show_which(row, held=held)
        usual = _usual(work)
        for place, entry in self.entries.items():
            self._show_entry(place, entry, row, usual, wrongs)
        self._show_doses(row)
        self._show_ladder(row)
        self.steps.show_row(row, _rules(view), self._above, wrongs)
        self._show_limits(view)
        self._show_own(row, view, wrongs)

    def _show_figure(self) -> None:
        if self._drawn_of is not None:
            self._figure.show_moment(Shown(self._drawn_of))

    def _show_which(self, row: Row, *, held: bool) -> None:
        """Only what the item can have; what is there all the same is seen, or it could not be mended."""
        sides = row.plain.get("sides", row.exercise.sides if row.exercise is not None else "")
        apart = sides in TWO_PASSES
        there = set(row.plain)
        shown = {
            ("tempo",): not held or "tempo" in there,
            ("hold_s",): held or "hold_s" in there,
            ("rep_rest_s",): held or "rep_rest_s" in there,
            ("switch_s",): apart or "switch_s" in there,
            ("pace",): not held or "pace" in there,
            ("per_side", "sets"): apart or "per_side" in there,
            ("per_side", "reps"): apart or "per_side" in there,
            ("per_side", "hold_s"): (apart or "per_side" in there) and (held or _one_side_holds(row)),
        }
        for place, visible in shown.items():
            if self.entries[place].isHidden() == visible:
                self.entries[place].setVisible(visible)

    def _show_entry(self, place: Place, entry: Entry, row: Row, usual: dict[Place, str], wrongs: Wrongs) -> None:
        base: Place = ("items", row.index)
        for field, key in zip(entry.fields, _keys(place), strict=True):
            field.show_usual(usual.get(key, ""))
            field.show_value(_at(row, key))
        places = [path_of((*base, *key)) for key in _keys(place)]
        if place in (("tempo",), ("per_side", "sets")):
            places.append(path_of((*base, place[0])))
        entry.show_wrong(wrongs.at(*places))

    def _show_doses(self, row: Row) -> None:
        if row.exercise is self._doses_of:
            return
        self._doses_of = row.exercise
        clear(self._doses)
        self.doses = ()
        if row.exercise is None or not row.exercise.phases:
            return
        made = []
        for phase, dose in zip(doses(row.exercise), row.exercise.phases, strict=True):
            button = Button(words.phase(phase.name), Kind.QUIET)
            said = tr("Typical dose, {phase}: {dose}").format(
                phase=exercise_words.phase(phase.name).lower(), dose=exercise_words.amount_words(phase.work)
            )
            a11y.name(button, said)
            plain_text.set_tooltip(button, said)
            button.on_pressed(_use(self._editing, dose.dose))
            made.append(button)
        self.doses = tuple(made)
        self._doses.addWidget(wrapped(tr("Typical dose"), Role.SMALL))
        self._doses.addWidget(flow(*made, gap=0))

    def _show_ladder(self, row: Row) -> None:
        if self._ladder_of is not None and row.exercise is self._ladder_of:
            return
        self._ladder_of = row.exercise
        clear(self._ladder)
        clear(self._near)
        self.nearest = ()
        self._above = ()
        here = next((one for one in self._every if one.exercise.id == row.id), None)
        if row.exercise is None or here is None:
            return
        exercises = {one.exercise.id: one.exercise for one in self._every}
        above = Above(exercises).of(here.exercise.id)
        self._above = tuple(one for key, one in exercises.items() if key in above)
        near = rungs_of(here, self._every)
        if not near.easier and not near.harder:
            return
        self._show_nearest(near)
        self._ladder.addWidget(Rule())
        self._ladder.addWidget(wrapped(tr("Replace by an easier or a harder one"), Role.SECTION))
        rungs = [Rung(one.key, one.exercise, one.exercise.name, tr("Harder")) for one in near.harder[:_RUNGS]]
        rungs.reverse()
        rungs.append(Rung(here.key, here.exercise, here.exercise.name, tr("This one"), here=True))
        easier = reversed(near.easier[-_RUNGS:])
        rungs += [Rung(one.key, one.exercise, one.exercise.name, tr("Easier")) for one in easier]
        self.ladder = LadderView(rungs)
        self.ladder.on_climbed(self._climbed)
        self._ladder.addWidget(self.ladder)

    def _show_nearest(self, near: Rungs) -> None:
        """The next one in either way, one press away."""
        ways = (
            (near.easier[-1:], tr("Easier"), Icon.MINUS),
            (near.harder[:1], tr("Harder"), Icon.PLUS),
        )
        made = []
        for found, word, icon in ways:
            for one in found:
                button = Button(word, Kind.QUIET, icon=icon)
                name = plain_text.clean_name(one.exercise.name, _NAME)
                said = tr("{easier}: replace by {exercise}").format(easier=word, exercise=name)
                a11y.name(button, said)
                plain_text.set_tooltip(button, said)
                button.on_pressed(_swap(self._editing, one.exercise))
                made.append(button)
        if made:
            self._near.addWidget(flow(*made, gap=0))
        self.nearest = tuple(made)

    def _show_limits(self, view: EditingView) -> None:
        routine = view.routine
        text = ""
        if routine is not None:
            found = limits(routine.rules)
            text = tr("While it is done, pain above {easier} asks for the easier one, above {stop} for a stop.").format(
                easier=found.easier_above, stop=found.stop_above
            )
        plain_text.show(self._hurts, text)

    def _show_own(self, row: Row, view: EditingView, wrongs: Wrongs) -> None:
        self._own.setVisible(row.own is not None)
        self.adapt.setVisible(row.own is None and row.exercise is not None)
        if row.own is None:
            return
        plain = at(view.draft, ("exercises", row.own))
        exercise = plain if isinstance(plain, dict) else {}
        self.own_name.show_value(exercise.get("name", UNSET))
        self.own_steps.show_value(list(own.told(exercise, StepType.STEP)))
        self.own_cues.show_value(list(own.told(exercise, StepType.FORM_CUE)))
        self.own_figure.show_value(_drawn_as(row, view, self._every))
        base = path_of(("exercises", row.own))
        name, steps, _, drawn = self._own_entries
        name.show_wrong(wrongs.at(f"{base}.name", f"{base}.id"))
        steps.show_wrong(wrongs.at(f"{base}.steps"))
        drawn.show_wrong(wrongs.at(f"{base}.figure"))

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _kind_picked(self, picked: Picked) -> None:
        if picked.value == "held":
            self._editing.make_held()
        else:
            self._editing.make_counted()

    def _sides_picked(self, told: Typed) -> None:
        self._editing.work_sides(None if told.value is UNSET else str(told.value))

    def _climbed(self, pressed: Pressed) -> None:
        found = next((one for one in self._every if one.key == pressed.key), None)
        if found is not None:
            self._editing.swap(found.exercise)

    def _named(self, told: Typed) -> None:
        self._editing.type_own(("name",), told.value)

    def _stepped(self, told: Typed) -> None:
        if isinstance(told.value, list):
            self._editing.tell_own(StepType.STEP, told.value)

    def _cued(self, told: Typed) -> None:
        if isinstance(told.value, list):
            self._editing.tell_own(StepType.FORM_CUE, told.value)

    def _drawn(self, told: Typed) -> None:
        if told.value != "":
            found = (one.exercise for one in self._every if one.key == told.value)
            self._editing.draw_own(next(found, None))

    def _usual_dose(self) -> None:
        row = self._editing.view.row
        if row is not None:
            dose = {key: value for key, value in row.plain.items() if key in Dose.__struct_fields__}
            self._editing.type_own(("dose",), dose or UNSET)
            self._editing.settle()


def _use(editing: Editing, dose: Dose) -> Callable[[], None]:
    return lambda: editing.use_dose(dose)


def _swap(editing: Editing, exercise: Exercise) -> Callable[[], None]:
    return lambda: editing.swap(exercise)


def _keys(place: Place) -> tuple[Place, ...]:
    """The keys of the fields of an entry."""
    if place == ("tempo",):
        return ("tempo", "up_s"), ("tempo", "hold_s"), ("tempo", "down_s")
    if place[0] == "per_side":
        return ("per_side", "left", place[1]), ("per_side", "right", place[1])
    return (place,)


def _rules(view: EditingView) -> Rules:
    """The limits as far as they can be read; the usual ones while they cannot."""
    return view.routine.rules if view.routine is not None else Rules()


def _at(row: Row, key: Place) -> object:
    here: object = row.plain
    for part in key:
        if not isinstance(here, dict) or part not in here:
            return UNSET
        here = here[part]
    return here


def _is_held(row: Row) -> bool:
    if "hold_s" in row.plain:
        return True
    if "reps" in row.plain or row.exercise is None:
        return False
    return row.exercise.dose.hold_s is not UNSET


def _one_side_holds(row: Row) -> bool:
    return any(_at(row, ("per_side", side, "hold_s")) is not UNSET for side in ("left", "right"))


def _usual(work: Work | None) -> dict[Place, str]:
    """What each field comes to while it is empty."""
    if work is None:
        return {}
    both = work.by_side[Side.BOTH]
    found: dict[Place, str] = {
        ("sets",): str(both.sets),
        ("reps",): str(both.reps),
        ("hold_s",): figure(both.hold_s),
        ("tempo", "up_s"): figure(work.tempo.up_s),
        ("tempo", "hold_s"): figure(work.tempo.hold_s),
        ("tempo", "down_s"): figure(work.tempo.down_s),
        ("rest_s",): figure(work.rest_s),
        ("rep_rest_s",): figure(work.rep_rest_s),
        ("prepare_s",): figure(work.prepare_s),
        ("switch_s",): figure(work.switch_s),
        ("sides",): words.sides(work.sides),
    }
    for side in (Side.LEFT, Side.RIGHT):
        one = work.by_side[side]
        found[("per_side", side.value, "sets")] = str(one.sets)
        found[("per_side", side.value, "reps")] = str(one.reps)
        found[("per_side", side.value, "hold_s")] = figure(one.hold_s)
    return found


def _drawn_as(row: Row, view: EditingView, every: tuple[Shelved, ...]) -> str | None:
    if row.own is None:
        return None
    known: dict[str, Exercise] = {one.key: one.exercise for one in every if one.listed is None}
    return own.drawn_as(view.draft, row.own, known)


def dose_line(work: Work | None) -> str:
    """`3 sets of 12 reps · 2·1·2`, as a card of the sequence shows it."""
    if work is None:
        return tr("not complete yet")
    parts = (prescription.dose_words(work), session.tempo(work))
    return " · ".join(part for part in parts if part)
