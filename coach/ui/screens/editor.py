"""The editor: library, sequence, properties. Whatever is done is a draft on disk at once, and can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir, QStandardPaths, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coach.app.drafts import Kept
from coach.app.library import Shelved
from coach.core.routine.editing.draft import at, file_of, path_of
from coach.core.routine.editing.extent import read_schedule
from coach.core.routine.plain import Place
from coach.core.routine.plan import Work
from coach.core.routine.problems import Findings, Problem
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Changed, Desk
from coach.ui.presenters.editing import UNTITLED, Editing, EditingView, Row, own_exercises
from coach.ui.screens.editor_ask import LeaveDialog, Leaving
from coach.ui.screens.editor_fields import FieldWidget
from coach.ui.screens.editor_item import ItemPanel, dose_line
from coach.ui.screens.editor_lists import Chosen, Line, Moved, Pictures, Sequence, Taken
from coach.ui.screens.editor_routine import RoutinePanel
from coach.ui.screens.editor_shelf import ShelfPane, keep_width
from coach.ui.screens.editor_wrong import WrongList, Wrongs
from coach.ui.screens.page import SIDE, TOP, Page, Scroll, move_keyboard, reveal, wrapped
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.notice import NoticeKind
from coach.ui.widgets.segmented import Option, Picked, Segmented
from coach.words import editing as words
from coach.words import prescription
from coach.words.translate import count, tr

WIDEST: Final = 1560
_TITLE: Final = 80
_LIBRARY: Final = (0.265, 232, 350)
_PROPERTIES: Final = (0.286, 268, 400)
"""Of the width of the page, at least, at most."""

_SUFFIX: Final = ".rehab.json"


@dataclass(frozen=True, slots=True)
class Left:
    """The editor is done with; `said` is what there is to say about it."""

    said: str = ""


@dataclass(frozen=True, slots=True)
class PrintWanted:
    """The person wants this routine on paper."""

    title: str
    data: bytes
    """The routine file, as it would be handed out now."""


class EditorPage(Page):
    """One routine under work."""

    left = Signal(object)  # Left
    print_wanted = Signal(object)  # PrintWanted
    LEAST_TITLE = 140  # the panes need the height

    def __init__(self, desk: Desk, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__("", " ", parent, widest=WIDEST)
        self._desk = desk
        self._today = desk.surroundings.calendar.now().date()
        self.editing = Editing(desk, kept, self)
        self._pictures = Pictures(self)
        self._after_save: Callable[[], object] | None = None
        self._routine_panel: RoutinePanel | None = None
        self._shelved: tuple[Shelved, ...] = ()
        self._own: object = None
        self._make_head_buttons()
        self._scroll.hide()
        self._frame.addWidget(self._made_panes(), 1)
        self._add_keys()
        self.editing.on_shown(self._show)
        desk.on_changed(self._changed)
        desk.on_failed(self.show_failure)
        self._show(self.editing.view)
        self._pick_tab("item" if self.editing.view.rows else "routine")

    def on_left(self, take: Callable[[Left], object]) -> None:
        """Call `take` when the person is done here."""
        self.left.connect(take)

    def on_print_wanted(self, take: Callable[[PrintWanted], object]) -> None:
        """Call `take` when the person wants the routine on paper; until somebody does there is no such button."""
        self.print_wanted.connect(take)
        self.print.show()

    # -- making -------------------------------------------------------------------------------------------------

    def _make_head_buttons(self) -> None:
        self.leave_button = a11y.name(Button("", Kind.QUIET, icon=Icon.END), tr("Leave the editor"))
        self.print = Button(tr("Handout…"), Kind.GHOST, icon=Icon.FILE)
        self.print.hide()
        self.keep_own = Button(tr("To my routines"), Kind.GHOST)
        self.keep_own.setAccessibleName(tr("Put into my routines"))
        self.save = Button(tr("Save routine file…"), Kind.PRIMARY)
        for button, act, tip in (
            (self.print, self._print, "Ctrl+P"),
            (self.keep_own, self.save_own, "Ctrl+Shift+S"),
            (self.save, self.choose_file, "Ctrl+S"),
            (self.leave_button, self.leave, tr("Esc")),
        ):
            button.on_pressed(act)
            plain_text.set_tooltip(button, tip)
            self.buttons.addWidget(button)

    def _made_panes(self) -> QWidget:
        panes = QWidget()
        line = QHBoxLayout(panes)
        line.setSpacing(GAP)
        self._panes = line
        self.shelf = ShelfPane(self._pictures)
        self.shelf.shelf.on_taken(self._taken)
        self.shelf.shelf.on_removed(self._own_unwanted)
        self.shelf.new.on_pressed(self._new_exercise)
        line.addWidget(self.shelf)
        line.addLayout(self._made_middle(), 1)
        line.addWidget(self._made_properties())
        return panes

    def _made_middle(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2 * STEP)
        line = QHBoxLayout()
        line.setSpacing(0)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self._length = wrapped("", Role.SECTION)
        self._week = plain_text.label("", Role.SMALL)
        texts.addWidget(self._length)
        texts.addWidget(self._week)
        line.addLayout(texts, 1)
        self.undo = Button("", Kind.QUIET, icon=Icon.UNDO)
        self.redo = Button("", Kind.QUIET, icon=Icon.REDO)
        self.undo.on_pressed(self._undo)
        self.redo.on_pressed(self._redo)
        line.addWidget(self.undo)
        line.addWidget(self.redo)
        column.addLayout(line)
        self.sequence = Sequence(self._pictures)
        self.sequence.on_chose(self._chosen)
        self.sequence.on_moved(self._moved)
        self.sequence.on_dropped(self._taken)
        self.sequence.step.connect(self._step)
        self.sequence.remove_wanted.connect(self._remove)
        self.sequence.duplicate_wanted.connect(self.editing.duplicate)
        self.sequence.opened.connect(self._to_numbers)
        column.addWidget(self.sequence, 1)
        self.wrong = WrongList()
        self.wrong.on_pressed(self.show_problem)
        column.addWidget(self.wrong)
        return column

    def _made_properties(self) -> Card:
        card = Card()
        card.setAccessibleName(tr("Properties"))
        self.properties = card
        self.tab = Segmented(tr("Properties of"), (Option("item", tr("Exercise")), Option("routine", tr("Routine"))))
        self.tab.on_picked(self._tab_picked)
        card.column.addWidget(self.tab, 0, Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget()
        self.item = ItemPanel(self.editing)
        self._none = wrapped(tr("Nothing chosen. Add an exercise from the library, or choose one."), Role.MUTED)
        self._none.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for widget in (self._none, self.item):
            self._stack.addWidget(_scrolling(widget))
        card.column.addWidget(self._stack, 1)
        return card

    def _add_keys(self) -> None:
        for keys, act in (
            (QKeySequence.StandardKey.Undo, self._undo),
            (QKeySequence.StandardKey.Redo, self._redo),
            ("Ctrl+Y", self._redo),
            ("Ctrl+S", self.choose_file),
            ("Ctrl+Shift+S", self.save_own),
            ("Ctrl+P", self._print),
            ("Ctrl+F", self._to_search),
            ("F6", self._next_pane),
        ):
            action = QAction(self)
            made = [QKeySequence(keys)]
            if keys is QKeySequence.StandardKey.Redo:
                made = [QKeySequence("Ctrl+Shift+Z")]
            action.setShortcuts(made)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(act)
            self.addAction(action)

    # -- showing ------------------------------------------------------------------------------------------------

    def _show(self, view: EditingView) -> None:
        self._show_head(view)
        self._show_library(view)
        wrongs = Wrongs(view.findings)
        self.sequence.rows.show_lines(tuple(_line(row, wrongs) for row in view.rows))
        self.sequence.point_at(view.chosen)
        parts = [tr("Routine"), words.length(view.extent, len(view.rows))]
        plain_text.show(self._length, " · ".join(parts))
        week = words.week(view.extent)
        plain_text.show(self._week, week)
        self._week.setVisible(bool(week))
        self._show_undo(view)
        self.wrong.show_findings(_told(view), {row.index: row.name for row in view.rows})
        row = view.row
        if row is not None:
            self.item.show_row(row, view, wrongs)
        if self.tab.value == "item":
            self._stack.setCurrentIndex(1 if row is not None else 0)
        if self._routine_panel is not None and self.tab.value == "routine":
            self._routine_panel.show_routine(view, wrongs)

    def _show_head(self, view: EditingView) -> None:
        title = at(view.draft, ("title",))
        self.show_title(plain_text.clean_name(title if isinstance(title, str) else "", _TITLE) or tr("No title yet"))
        self.show_sub(" · ".join(part for part in _facts(view, self._today) if part))

    def _show_undo(self, view: EditingView) -> None:
        for button, deed, said, keys in (
            (self.undo, view.undo, words.undo(view.undo), "Ctrl+Z"),
            (self.redo, view.redo, words.redo(view.redo), "Ctrl+Shift+Z"),
        ):
            held = button.hasFocus()
            button.setEnabled(deed is not None)
            button.setAccessibleName(plain_text.clean_name(said))
            plain_text.set_tooltip(button, f"{said} ({keys})" if deed is not None else said)
            if held and deed is None:
                self.sequence.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_library(self, view: EditingView) -> None:
        own = own_exercises(view)
        if self._shelved and own == self._own:
            return
        self._own = own
        shelved = self._shelves or self._read_shelves()
        keys = {one.id for one in own}
        brought = tuple(Shelved(one.id, one, None, None, ()) for one in own)
        self._shelved = (*brought, *(one for one in shelved if one.key not in keys))
        self.shelf.show_shelves(self._shelved, frozenset(keys))
        self.item.show_shelves(self._shelved)

    _shelves: tuple[Shelved, ...] = ()

    def _read_shelves(self) -> tuple[Shelved, ...]:
        self._shelves = self._desk.routines.shelves()
        return self._shelves

    def _changed(self, changed: Changed) -> None:
        if changed & Changed.ROUTINES and self.isVisible():
            self._shelves = ()
            self._own = None
            self._show_library(self.editing.view)

    # -- what is done -------------------------------------------------------------------------------------------

    def _taken(self, taken: Taken) -> None:
        one = self.shelf.shelved(taken.key)
        if one is not None:
            self.editing.add(one, taken.to)
            self._pick_tab("item")
            a11y.announce(self, tr("{exercise} was added.").format(exercise=plain_text.clean_name(one.exercise.name)))

    def _own_unwanted(self, taken: Taken) -> None:
        one = self.shelf.shelved(taken.key)
        if one is None or taken.key not in {own.id for own in own_exercises(self.editing.view)}:
            return
        if not self.editing.remove_own(taken.key):
            text = tr("{exercise} is in the sequence; take it out there first.")
            self.notice.show_notice(NoticeKind.INFO, text.format(exercise=plain_text.clean_name(one.exercise.name)))

    def _new_exercise(self) -> None:
        self.editing.add_new_exercise()
        self._pick_tab("item")
        self.item.own_name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.item.own_name.selectAll()
        reveal(self.item.own_name)

    def _moved(self, moved: Moved) -> None:
        self.editing.move(moved.index, moved.to)

    def _chosen(self, chosen: Chosen) -> None:
        self.editing.choose(chosen.index)
        if chosen.index is not None:
            self._pick_tab("item")

    def _step(self, by: int) -> None:
        self.editing.move_chosen(by)
        row = self.editing.view.row
        if row is not None:
            said = tr("{exercise}, {number} of {every}").format(
                exercise=plain_text.clean_name(row.name), number=row.index + 1, every=len(self.editing.view.rows)
            )
            a11y.announce(self, said)

    def _remove(self) -> None:
        row = self.editing.view.row
        self.editing.remove()
        if row is not None:
            a11y.announce(self, tr("{exercise} was removed.").format(exercise=plain_text.clean_name(row.name)))

    def _undo(self) -> None:
        self._took_back(words.undo(self.editing.undo()))

    def _redo(self) -> None:
        self._took_back(words.redo(self.editing.redo()))

    def _took_back(self, said: str) -> None:
        a11y.announce(self, plain_text.clean_name(said))

    # -- moving around ------------------------------------------------------------------------------------------

    def first_focus(self) -> None:
        """Put the keyboard into the search of the library; in an untitled one on its title."""
        if at(self.editing.view.draft, ("id",)) == UNTITLED and not self.editing.view.rows:
            self._pick_tab("routine")
            title = self._panel().field("title")
            title.setFocus(Qt.FocusReason.ShortcutFocusReason)
            title.mark_all()
        else:
            move_keyboard(self.sequence)

    def arrive(self) -> None:
        self.first_focus()

    def _to_search(self) -> None:
        self.shelf.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.shelf.search.selectAll()

    def _to_numbers(self) -> None:
        self._pick_tab("item")
        if self.editing.view.row is not None:
            self._go_to(self.item.field("sets"))

    def _next_pane(self) -> None:
        """From library to sequence to properties, and back to the library."""
        focused = self.focusWidget()
        if self.shelf.isAncestorOf(focused):
            self.sequence.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif focused is self.sequence:
            if self.tab.value == "routine":
                self._go_to(self._panel().field("title"))
            else:
                self._to_numbers()
        else:
            self._to_search()

    def _go_to(self, field: FieldWidget) -> None:
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.mark_all()
        reveal(field)

    def show_problem(self, problem: Problem) -> None:
        """Go to the field that a problem is about."""
        place = _place_of(problem.path)
        if len(place) > 1 and place[0] == "items" and isinstance(place[1], int):
            if place[1] < len(self.editing.view.rows):
                self.editing.choose(place[1])
                self._pick_tab("item")
                self._go_to(self._item_field(place[2:]))
            return
        if len(place) > 1 and place[0] == "exercises":
            self._show_own(place)
            return
        self._pick_tab("routine")
        known = self._panel().entries
        names = tuple(str(part) for part in place)
        if names[0] in self._panel().groups:
            self._panel().groups[names[0]].open()
        self._go_to(known[names].fields[0] if names in known else known[("title",)].fields[0])

    def _item_field(self, key: Place) -> FieldWidget:
        names = tuple(str(part) for part in key)
        match names:
            case ("tempo", *_):
                return self.item.field("tempo", names[1] if len(names) > 1 else "up_s")
            case ("per_side", side, what):
                return self.item.field("per_side", side, what)
            case ("per_side", *_):
                return self.item.field("per_side", "left", "sets")
            case ("progress", step, *_) if int(step) < len(self.item.steps.rows):
                return self.item.field(*names)
            case (name, *_) if (name,) in self.item.entries:
                return self.item.field(name)
            case _:
                return self.item.field("sets")

    def _show_own(self, place: Place) -> None:
        row = next((one for one in self.editing.view.rows if one.own == place[1]), None)
        if row is not None:
            self.editing.choose(row.index)
            self._pick_tab("item")
            self._go_to(self.item.own_name)

    def _pick_tab(self, tab: str) -> None:
        if self.tab.value != tab:
            self.tab.show_value(tab)
        self._show_tab(tab)

    def _tab_picked(self, picked: Picked) -> None:
        self._show_tab(picked.value)

    def _show_tab(self, tab: str) -> None:
        if tab == "routine":
            self._panel().show_routine(self.editing.view, Wrongs(self.editing.view.findings))
            self._stack.setCurrentIndex(2)
        else:
            self._stack.setCurrentIndex(1 if self.editing.view.row is not None else 0)

    def _panel(self) -> RoutinePanel:
        if self._routine_panel is None:
            self._routine_panel = RoutinePanel(self.editing, self._today)
            self._stack.addWidget(_scrolling(self._routine_panel))
        return self._routine_panel

    @property
    def routine(self) -> RoutinePanel:
        """The properties of the routine."""
        return self._panel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.matches(QKeySequence.StandardKey.Undo):  # from a field, which has no undo of its own
            self._undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._redo()
        else:
            super().keyPressEvent(event)

    # -- handing out --------------------------------------------------------------------------------------------

    def _print(self) -> None:
        if self.print.isHidden() or self._stopped():
            return
        title = str(at(self.editing.view.draft, ("title",)))
        self.print_wanted.emit(PrintWanted(title, file_of(self.editing.issued())))

    def save_own(self) -> None:
        """Put it among the person's own routines."""
        if self._stopped():
            return
        listed = self.editing.save_own()
        if listed is not None:
            self._said_saved(tr("Revision {number} is among your routines now.").format(number=listed.routine.revision))

    def choose_file(self) -> None:
        """Ask where to save it, without stopping anything else."""
        if self._stopped():
            self._after_save = None
            return
        dialog = QFileDialog(self, tr("Save routine file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([tr("Routine files") + " (*.json)", tr("All files") + " (*)"])
        # Whoever leaves the ending out is still asked before another file of that name is replaced.
        dialog.setDefaultSuffix(_SUFFIX.removeprefix("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        before = Path(self.editing.file) if self.editing.file else None
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = str(before.parent) if before is not None else documents
        dialog.setDirectory(folder if Path(folder).is_dir() else QDir.homePath())
        dialog.selectFile(before.name if before is not None else self._file_name())
        dialog.fileSelected.connect(self._file_chosen)
        dialog.open()

    def _file_name(self) -> str:
        return f"{at(self.editing.issued(), ('id',))}{_SUFFIX}"

    def _file_chosen(self, name: str) -> None:
        self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Save it as a routine file."""
        after, self._after_save = self._after_save, None
        if self._stopped() or not self.editing.save_file(path):
            return
        number = at(self.editing.view.draft, ("revision",))
        text = tr("Revision {number} was saved as {file}.")
        self._said_saved(text.format(number=number, file=plain_text.clean_name(path.name)))
        if after is not None:
            after()

    def _said_saved(self, text: str) -> None:
        self.notice.show_notice(NoticeKind.GOOD, text)

    def _stopped(self) -> bool:
        """Whether problems stand in the way; says so, and leads to the first one."""
        found = self.editing.view.findings.problems
        if not found:
            return False
        text = count(
            len(found),
            "Not yet: %n thing is to be mended first. Your draft is kept.",
            "Not yet: %n things are to be mended first. Your draft is kept.",
        )
        self.notice.show_notice(NoticeKind.WARNING, text)
        self.show_problem(found[0])
        return True

    # -- leaving ------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Leave the editor; where something would be lost the person is asked."""
        self.ask_then(self._gone)

    def ask_then(self, go: Callable[[str], object]) -> None:
        """Call `go`, with what there is to say, once nothing is lost by leaving: what was changed is asked about."""
        if not self.editing.unsaved:
            if self.editing.discard():
                go("")
            return
        title = at(self.editing.view.draft, ("title",))
        dialog = LeaveDialog(str(title), self, can_save=not self.editing.view.findings.problems)

        def answered(leaving: Leaving) -> None:
            match leaving:
                case Leaving.SAVE:
                    self._after_save = lambda: self.ask_then(go)
                    self.choose_file()
                case Leaving.KEEP:
                    if self.editing.leave():
                        go(tr("{title} is kept as a draft.").format(title=plain_text.clean_name(str(title), _TITLE)))
                case Leaving.DISCARD:
                    if self.editing.discard():
                        go("")

        dialog.on_answered(answered)
        dialog.open()

    def _gone(self, said: str) -> None:
        self.left.emit(Left(said))

    def close_editor(self) -> None:
        """The window goes, and nobody can be asked: what was not handed out is kept as a draft."""
        self.editing.leave()
        self.editing.close()

    # -- geometry -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.column_width
        keep_width(self.shelf, _share(room, _LIBRARY))
        keep_width(self.properties, _share(room, _PROPERTIES))
        side = max(SIDE, (self.width() - room) // 2)
        self._panes.setContentsMargins(side, 0, side, TOP)
        self.item.fit(self.height())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.editing.settle()


def _share(room: int, of: tuple[float, int, int]) -> int:
    share, least, most = of
    return min(most, max(least, round(room * share)))


def _scrolling(widget: QWidget) -> Scroll:
    body = QVBoxLayout()
    body.setContentsMargins(0, 0, 2 * STEP, 0)
    body.addWidget(widget)
    return Scroll(body)


def _told(view: EditingView) -> Findings:
    """What the list says: of a sequence that was not begun nobody has to be told that it is empty."""
    if view.rows:
        return view.findings
    problems = tuple(one for one in view.findings.problems if one.path != "$.items")
    return Findings(problems, view.findings.warnings)


def _line(row: Row, wrongs: Wrongs) -> Line:
    wrong = wrongs.below(path_of(("items", row.index)))
    if wrong:
        return Line(row.id, row.exercise, row.name, dose_line(row.work), tr("look here"), wrong=row.work is None)
    return Line(row.id, row.exercise, row.name, dose_line(row.work), _sides(row.work))


def _sides(work: Work | None) -> str:
    return words.short_sides(work) if work is not None else ""


def _facts(view: EditingView, today: date) -> tuple[str, ...]:
    """Whom it is for, how often, until when, and how it stands."""
    patient = at(view.draft, ("patient",))
    whom = tr("For {patient}").format(patient=plain_text.clean_name(patient, 40)) if isinstance(patient, str) else ""
    often = prescription.how_often(read_schedule(view.draft))
    review = ""
    by = at(view.draft, ("review_by",))
    if isinstance(by, str) and not any(problem.path == "$.review_by" for problem in view.findings.problems):
        review = tr("review on {day}").format(day=prescription.day_of(by, today))
    return whom, often, review, _state(view)


def _state(view: EditingView) -> str:
    revision = at(view.draft, ("revision",))
    if not view.issued:
        return tr("draft")
    if view.unsaved:
        return tr("changed since revision {number}").format(number=revision)
    return tr("revision {number}").format(number=revision)


def _place_of(path: str) -> Place:
    """The place that a problem's path names, as far as the editor has fields: keys and numbers."""
    parts = path.removeprefix("$").replace("[", ".").replace("]", "").split(".")
    return tuple(int(part) if part.isdecimal() else part for part in parts if part)
