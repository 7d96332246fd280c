"""The routine that is being worked on in the editor: every edit, undo and redo, on disk at once, and handing it out.

A screen asks for nothing: after every edit it is given all there is to show, as one value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

from msgspec import UNSET, structs
from PySide6.QtCore import QObject, QTimer, Signal

from coach.app.drafts import DraftKeeper, Kept, renewed
from coach.app.library import Shelved
from coach.app.routines import Listed
from coach.core.routine.dose import Dose
from coach.core.routine.editing import issuing, items, own
from coach.core.routine.editing.draft import (
    Draft,
    at,
    checked,
    draft_from,
    file_of,
    in_needed_version,
    new_draft,
    objects,
    put,
    with_list,
)
from coach.core.routine.editing.extent import Extent, extent_of, known_of, last_stage, work_of
from coach.core.routine.editing.history import Act, Deed, History, Moment, choose, done, redone, settled, undone
from coach.core.routine.exercise import Exercise, StepType
from coach.core.routine.plain import Place
from coach.core.routine.plan import Work
from coach.core.routine.problems import Findings
from coach.core.routine.routine import BodySide, Routine
from coach.ui.presenters.desk import Desk
from coach.words import session
from coach.words.translate import tr

UNTITLED = "new-routine"
_WARM_AFTER_MS = 400
_ROWS_KEPT = 400


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the sequence."""

    index: int
    plain: Mapping[str, object]
    """As the file has it, right or wrong."""
    id: str
    exercise: Exercise | None
    name: str
    work: Work | None
    own: int | None
    """Where its exercise stands among the own ones; None for one of the library."""


@dataclass(frozen=True, slots=True)
class EditingView:
    """All that the editor shows."""

    draft: Draft
    rows: tuple[Row, ...]
    chosen: int | None
    known: Mapping[str, Exercise]
    routine: Routine | None
    """What whoever gets the file would read; None while there are problems."""
    findings: Findings
    extent: Extent
    undo: Deed | None = None
    redo: Deed | None = None
    unsaved: bool = False
    """Something was done since it was handed out last."""
    issued: bool = False
    """It was handed out before."""

    @property
    def row(self) -> Row | None:
        """The item that is worked on."""
        return self.rows[self.chosen] if self.chosen is not None and self.chosen < len(self.rows) else None


@dataclass(frozen=True, slots=True)
class _Made:
    """A row, and what it was made from beside its own part of the file."""

    row: Row
    exercise: Exercise | None
    affected: BodySide


def _placed(row: Row, index: int, own_place: int | None) -> Row:
    """The same row at another place."""
    work = None if row.work is None else structs.replace(row.work, index=index)
    return replace(row, index=index, own=own_place, work=work)


class Editing(QObject):
    """One routine under work."""

    shown = Signal(object)  # EditingView

    def __init__(self, desk: Desk, kept: Kept, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept = kept
        self._begun = kept.draft
        self._resumed = kept.changed != ""
        self._keeper: DraftKeeper | None = None
        self._trouble: OSError | None = None
        self._library = desk.library
        self._rows: dict[int, _Made] = {}
        """By the identity of what the file has: `_Made` keeps it, so that no other object takes its place."""
        self._looked: EditingView | None = None
        self._history = History(Moment(kept.draft, 0 if items.size(kept.draft) else None))
        self._view = self._made_view()
        # What says what is wrong takes a fifth of a second to load: not with the first wrong key, nor with the first
        # paint.
        self._warm = QTimer(self, singleShot=True, interval=_WARM_AFTER_MS)
        self._warm.timeout.connect(self._warm_up)
        self._warm.start()

    def on_shown(self, take: Callable[[EditingView], object]) -> None:
        """Call `take` with all there is to show after every edit."""
        self.shown.connect(take)

    @property
    def view(self) -> EditingView:
        """All there is to show now."""
        return self._view

    @property
    def uid(self) -> str:
        """Which draft this is."""
        return self._kept.uid

    @property
    def file(self) -> str:
        """Where it was saved last."""
        return self._kept.file

    # -- the sequence -------------------------------------------------------------------------------------------

    def add(self, shelved: Shelved, index: int | None = None) -> None:
        """Put an exercise in, behind the one that is worked on unless a place is named."""
        draft, exercise = self._draft, shelved.exercise
        if shelved.listed is not None:
            draft, exercise = own.bring(draft, exercise, self._view.known)
        place = self._next_place() if index is None else min(max(0, index), items.size(draft))
        self._do(Deed(Act.ADD, exercise.name), items.add(draft, exercise, place), place)

    def _next_place(self) -> int:
        chosen = self._history.now.chosen
        return items.size(self._draft) if chosen is None else min(chosen + 1, items.size(self._draft))

    def move(self, index: int, to: int) -> None:
        """Give an item another place."""
        to = min(max(0, to), items.size(self._draft) - 1)
        self._do(Deed(Act.MOVE, self._name(index)), items.move(self._draft, index, to), to)

    def move_chosen(self, by: int) -> None:
        """Move the item that is worked on up or down."""
        chosen = self._view.chosen
        if chosen is not None and 0 <= chosen + by < len(self._view.rows):
            self.move(chosen, chosen + by)

    def remove(self) -> None:
        """Take out the item that is worked on; the next one is worked on then."""
        chosen = self._view.chosen
        if chosen is None:
            return
        left = items.remove(self._draft, chosen)
        then = min(chosen, items.size(left) - 1) if items.size(left) else None
        self._do(Deed(Act.REMOVE, self._name(chosen)), left, then)

    def duplicate(self) -> None:
        """Put the item that is worked on in once more."""
        chosen = self._view.chosen
        if chosen is not None:
            self._do(Deed(Act.DUPLICATE, self._name(chosen)), items.duplicate(self._draft, chosen), chosen + 1)

    def choose(self, index: int | None) -> None:
        """Work on another item."""
        if index != self._view.chosen:
            self._history = choose(self._history, index)
            self._show()

    # -- one item -----------------------------------------------------------------------------------------------

    def type_item(self, key: Place, value: object) -> None:
        """What a field of the item that is worked on holds now."""
        chosen = self._view.chosen
        if chosen is None:
            return
        place = ("items", chosen, *key)
        deed = Deed(Act.ITEM_FIELD, self._name(chosen), ".".join(str(part) for part in key))
        self._do(deed, put(self._draft, place, value), chosen, place)

    def use_dose(self, dose: Dose) -> None:
        """Give the item this dose."""
        self._change(Act.DOSE, lambda draft, row: items.use_dose(draft, row.index, dose))

    def make_held(self) -> None:
        """Let the item be held."""
        self._change(Act.KIND, lambda draft, row: items.make_held(draft, row.index, row.exercise))

    def make_counted(self) -> None:
        """Let the item be counted."""
        self._change(Act.KIND, lambda draft, row: items.make_counted(draft, row.index, row.exercise))

    def work_sides(self, sides: str | None) -> None:
        """Let the item work these sides."""
        self._change(Act.ITEM_FIELD, lambda draft, row: items.work_sides(draft, row.index, sides), "sides")

    def add_step(self) -> None:
        """Allow one more step up of the item."""

        def make(draft: Draft, row: Row) -> Draft:
            return items.add_step(draft, row.index, last_stage(row.index, row.plain, self._view.known))

        self._change(Act.ITEM_FIELD, make, "progress")

    def remove_step(self, step: int) -> None:
        """Allow a step up, counted from 0, no longer."""
        self._change(Act.ITEM_FIELD, lambda draft, row: items.remove_step(draft, row.index, step), f"progress.{step}")

    def swap(self, exercise: Exercise) -> None:
        """Let the item be another exercise; the dose stays where it makes sense."""
        row = self._view.row
        if row is not None:
            deed = Deed(Act.REPLACE, exercise.name)
            self._do(deed, items.swap(self._draft, row.index, exercise, row.work), row.index)

    def _change(self, act: Act, make: Callable[[Draft, Row], Draft], field: str = "") -> None:
        row = self._view.row
        if row is not None:
            self._do(Deed(act, row.name, field), make(self._draft, row), row.index)

    # -- own exercises ------------------------------------------------------------------------------------------

    def add_new_exercise(self) -> None:
        """Make an exercise of one's own, and put it in."""
        name = tr("New exercise")
        id_ = own.exercise_key(name, self._view.known)
        draft = own.add_own(self._draft, name, id_)
        exercise = known_of(draft, {})[id_]
        place = self._next_place()
        made = put(items.add(draft, exercise, place), ("items", place, "reps"), items.FIRST_REPS)
        self._do(Deed(Act.OWN, name), made, place)

    def make_own(self) -> None:
        """Let the item's exercise be one's own, to be changed: a copy of the library's."""
        row = self._view.row
        if row is None or row.exercise is None or row.own is not None:
            return
        name = tr("{exercise}, adapted").format(exercise=row.exercise.name)
        id_ = own.exercise_key(name, self._view.known)
        draft = own.add_own(self._draft, name, id_, row.exercise)
        self._do(Deed(Act.OWN, name), put(draft, ("items", row.index, "exercise"), id_), row.index)

    def remove_own(self, id_: str) -> bool:
        """Bring an exercise along no longer; False while an item asks for it."""
        if own.own_index(self._draft, id_) is None or own.asked_for(self._draft, id_):
            return False
        self._do(Deed(Act.OWN, self._view.known[id_].name), own.remove_own(self._draft, id_), self._view.chosen)
        return True

    def type_own(self, key: Place, value: object) -> None:
        """What a field of the item's own exercise holds now."""
        row = self._view.row
        if row is not None and row.own is not None:
            place = ("exercises", row.own, *key)
            deed = Deed(Act.OWN_FIELD, row.name, ".".join(str(part) for part in key))
            self._do(deed, put(self._draft, place, value), row.index, place)

    def tell_own(self, kind: StepType, lines: list[str]) -> None:
        """What the item's own exercise says of one kind, a line each."""
        row = self._view.row
        if row is not None and row.own is not None:
            draft = own.tell(self._draft, row.own, kind, lines)
            typing = ("exercises", row.own, "steps", str(kind))
            self._do(Deed(Act.OWN_FIELD, row.name, "steps"), draft, row.index, typing)

    def draw_own(self, model: Exercise | None) -> None:
        """Draw the item's own exercise like a known one, or not at all."""
        row = self._view.row
        if row is not None and row.own is not None:
            draft = own.draw_as(self._draft, row.own, model)
            self._do(Deed(Act.OWN_FIELD, row.name, "figure"), draft, row.index)

    # -- the routine --------------------------------------------------------------------------------------------

    def type_routine(self, place: Place, value: object) -> None:
        """What a field of the routine holds now."""
        deed = Deed(Act.ROUTINE_FIELD, field=".".join(str(part) for part in place))
        self._do(deed, put(self._draft, place, value), self._view.chosen, place)

    def settle(self) -> None:
        """Typing in a field is over."""
        self._history = settled(self._history)

    # -- undo ---------------------------------------------------------------------------------------------------

    def undo(self) -> Deed | None:
        """Take the latest step back; what it was."""
        before = self._view.undo
        if before is not None:
            self._history = undone(self._history)
            self._edited()
        return before

    def redo(self) -> Deed | None:
        """Do again what was taken back; what it was."""
        after = self._view.redo
        if after is not None:
            self._history = redone(self._history)
            self._edited()
        return after

    # -- handing out --------------------------------------------------------------------------------------------

    def issued(self) -> Draft:
        """The draft as it would be handed out now."""
        taken = {one.routine.id for one in self._desk.routines.listed()}
        today = self._desk.surroundings.calendar.now().date()
        return issuing.issued(self._draft, self._kept.base, today, taken)

    def save_file(self, path: Path) -> bool:
        """Save it as a routine file. True when it is on disk; while there are problems nothing is written."""
        issued = self._ready()
        if issued is None or not self._desk.routines.write_file(path, file_of(issued)):
            return False
        self._handed_out(issued, replace(self._kept, file=str(path)))
        return True

    def save_own(self) -> Listed | None:
        """Put it among the person's own routines. None while there are problems, or if it could not be written."""
        issued = self._ready()
        listed = None if issued is None else self._desk.routines.keep_own(file_of(issued))
        if issued is not None and listed is not None:
            self._handed_out(issued, replace(self._kept, own=True))
        return listed

    def _ready(self) -> Draft | None:
        return None if self._view.findings.problems else self.issued()

    def _handed_out(self, issued: Draft, kept: Kept) -> None:
        # No step of its own: undo goes on to what was done before, and what was handed out stays handed out.
        self._history = replace(settled(self._history), now=replace(self._history.now, draft=issued))
        self._kept = replace(kept, base=issued)
        known = self._desk.settings
        told = {
            f"prescriber_{key}": "" if (said := at(issued, ("prescriber", key))) is UNSET else str(said)
            for key in ("name", "contact")
        }
        if (known.prescriber_name, known.prescriber_contact) != tuple(told.values()):
            self._desk.choose(**told)
        self._edited()

    # -- the draft on disk --------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost if the draft were given up."""
        return self._view.unsaved and (self._draft != self._begun or self._resumed)

    def flush(self) -> bool:
        """Wait until all of it is on disk as a draft; False if it could not be written, which is told."""
        if self._keeper is None or self._keeper.flush():
            return True
        if self._keeper.trouble is not None:
            self._desk.fail(self._keeper.trouble)
        return False

    def leave(self) -> bool:
        """Stop working on it and keep it as a draft where it was not handed out; False if that could not be done."""
        if not self.unsaved:
            return self.discard()
        if not self.flush():
            return False
        self.close()
        self._desk.routines.draft_changed()
        return True

    def discard(self) -> bool:
        """Stop working on it and keep no draft."""
        if self._keeper is not None:
            try:
                self._keeper.forget(self.uid)
            except OSError as error:
                self._desk.fail(error)
                return False
        elif self._resumed:
            self._desk.routines.discard_draft(self.uid)
        self.close()
        self._desk.routines.draft_changed()
        return True

    def close(self) -> None:
        """Let go of the thread that writes; what waits is written first."""
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None

    # -- inside -------------------------------------------------------------------------------------------------

    @property
    def _draft(self) -> Draft:
        return self._history.now.draft

    def _name(self, index: int) -> str:
        return self._view.rows[index].name if 0 <= index < len(self._view.rows) else ""

    def _do(self, deed: Deed, draft: Draft, chosen: int | None, typing: Place | None = None) -> None:
        before = self._draft
        self._history = done(self._history, deed, Moment(in_needed_version(draft), chosen), typing)
        if self._draft is before:
            self._show()
        else:
            self._edited()

    def _edited(self) -> None:
        """On its way to disk first, then seen."""
        now = self._desk.surroundings.calendar.now().isoformat(timespec="seconds")
        self._kept = renewed(self._kept, self._draft, now)
        if self._keeper is None:
            self._keeper = DraftKeeper(self._desk.surroundings.drafts())
        self._tell_trouble(self._keeper.trouble)
        self._keeper.keep(self._kept)
        self._show()

    def _tell_trouble(self, trouble: OSError | None) -> None:
        """Say once that the draft is not on disk; again if it was in between."""
        if trouble is not None and self._trouble is None:
            self._desk.fail(trouble)
        self._trouble = trouble

    def _warm_up(self) -> None:
        Thread(target=_warm, args=(self._library,), name="warm up", daemon=True).start()

    def _show(self) -> None:
        self._view = self._made_view()
        self.shown.emit(self._view)

    def _made_view(self) -> EditingView:
        history = self._history
        draft = history.now.draft
        chosen = history.now.chosen
        if self._looked is None or self._looked.draft is not draft:
            self._looked = self._look(draft)
        looked = self._looked
        return replace(
            looked,
            chosen=chosen if chosen is not None and chosen < len(looked.rows) else None,
            undo=history.past[-1][0] if history.past else None,
            redo=history.future[-1][0] if history.future else None,
            unsaved=issuing.changed(draft, self._kept.base),
            issued=self._kept.base is not None,
        )

    def _look(self, draft: Draft) -> EditingView:
        """All that follows from the draft alone."""
        read = checked(draft, self._library)
        known = known_of(draft, self._library)
        rows = self._made_rows(draft, known)
        extent = extent_of(tuple(row.work for row in rows), at(draft, ("schedule",)))
        return EditingView(draft, rows, None, known, read.routine, read.findings, extent)

    def _made_rows(self, draft: Draft, known: Mapping[str, Exercise]) -> tuple[Row, ...]:
        side = at(draft, ("affected_side",))
        home = self._desk.settings.home_side or BodySide.LEFT
        affected = BodySide(side) if isinstance(side, str) and side in set(BodySide) else home
        return tuple(self._made_row(index, draft, known, affected) for index in range(items.size(draft)))

    def _made_row(self, index: int, draft: Draft, known: Mapping[str, Exercise], affected: BodySide) -> Row:
        plain, id_ = items.item(draft, index), items.exercise_id(draft, index)
        exercise, place = known.get(id_), own.own_index(draft, id_)
        made = self._rows.get(id(plain))
        if made is None or made.row.plain is not plain or made.exercise != exercise or made.affected is not affected:
            # A part that was not touched is the same object: sixty items are not read again for one.
            row = Row(index, plain, id_, exercise, session.name(id_, known), None, place)
            made = _Made(replace(row, work=work_of(index, plain, known, affected)), exercise, affected)
            if len(self._rows) > _ROWS_KEPT:
                self._rows.clear()
            self._rows[id(plain)] = made
        row = made.row
        return row if (row.index, row.own) == (index, place) else _placed(row, index, place)


# -- where to begin ---------------------------------------------------------------------------------------------


def new_routine(desk: Desk) -> Kept:
    """An empty routine, from whoever made the last one."""
    draft = new_draft(tr("New routine"), UNTITLED)
    return Kept(desk.surroundings.new_uid(), _signed(draft, desk))


def copy_of(desk: Desk, listed: Listed) -> Kept | None:
    """A copy of a routine, to be handed out as one of its own. None if its file cannot be read."""
    data = desk.routines.data(listed)
    draft = None if data is None else draft_from(data)
    if draft is None:
        return None
    title = tr("{title}, copy").format(title=listed.routine.title)
    return Kept(desk.surroundings.new_uid(), _signed(issuing.for_another(draft, title, UNTITLED), desk))


def edit_of(desk: Desk, listed: Listed) -> Kept | None:
    """A routine of one's own, to be handed out as its next revision; its draft where there is one already."""
    data = desk.routines.data(listed)
    draft = None if data is None else draft_from(data)
    if draft is None:
        return None
    going_on = (
        one for one in desk.routines.drafts() if one.base is not None and at(one.base, ("id",)) == listed.routine.id
    )
    return next(going_on, None) or Kept(desk.surroundings.new_uid(), draft, base=draft, own=True)


def _signed(draft: Draft, desk: Desk) -> Draft:
    """Made by whoever made the last one, where that is known; else by nobody yet."""
    draft = put(draft, ("prescriber",), UNSET)
    for key, value in (("name", desk.settings.prescriber_name), ("contact", desk.settings.prescriber_contact)):
        draft = put(draft, ("prescriber", key), value or UNSET)
    return draft


def _warm(library: Mapping[str, Exercise]) -> None:
    checked(with_list(new_draft("", UNTITLED), "items", [{"exercise": 0}]), library)


def own_exercises(view: EditingView) -> tuple[Exercise, ...]:
    """The exercises that the draft brings along, as far as they can be read."""
    ids = (str(one.get("id", "")) for one in objects(view.draft, "exercises"))
    return tuple(view.known[id_] for id_ in ids if id_ in view.known)
