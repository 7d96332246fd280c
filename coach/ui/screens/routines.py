"""Routines: what is in use, what a physiotherapist sent, what is built in; and the door for files, recordings too."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from coach.app.routines import Listed, Opened, Origin
from coach.core.routine.plan import known_exercises
from coach.ui import plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Changed, Desk
from coach.ui.presenters.opening import Looked, Opening
from coach.ui.screens.choices import remark
from coach.ui.screens.page import Columns, Page, clear, flow, keys_in_use, move_keyboard, wrapped
from coach.ui.screens.preview import (
    AnotherWanted,
    EarlierWanted,
    EditWanted,
    Ended,
    ListedSubject,
    Preview,
    Started,
    Subject,
    no_start,
    of_file,
    of_listed,
    titles,
)
from coach.ui.screens.routine_card import TITLE, Act, RoutineCard, Wanted
from coach.ui.tokens import STEP
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, section
from coach.ui.widgets.notice import Acted, NoticeKind, UndoBar
from coach.words import numbers
from coach.words.translate import count, tr

if TYPE_CHECKING:  # made when somebody makes or changes a routine
    from coach.app.drafts import Kept
    from coach.app.guidance import Guidance
    from coach.app.recordings import Arrival
    from coach.ui.screens.editor import EditorPage, Left, PrintWanted
    from coach.ui.screens.recordings import Brought, RecordingsSheet

_CARD: Final = 400
_AT_ONCE: Final = 30
"""Cards of a section that are made at once; the others are made when they are asked for: each takes milliseconds."""
_PATIENCE_MS: Final = 300
"""A file that takes longer than this is said to be looked at."""


@dataclass(frozen=True, slots=True)
class _Removed:
    """What brings a removed routine back."""

    listed: Listed
    data: bytes
    in_use: tuple[str, ...]


class RoutinesPage(Page):
    """Every routine the person has, as cards."""

    start_wanted = Signal(object)  # Listed
    editor_moved = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Routines"), tr("What you do, who made it, and what is there to choose from."), parent)
        self._desk = desk
        self._removed: _Removed | None = None
        self._discarded: Kept | None = None
        self._subject: Subject | None = None
        self._sheet: Preview | None = None
        self._editor: EditorPage | None = None
        self._recordings: RecordingsSheet | None = None
        self._brought: tuple[Arrival, ...] = ()
        self._replaced: tuple[str, ...] | None = None
        """What was in use before another routine took its place."""
        self._waiting: list[Looked] = []
        self.opening = Opening(desk, self)
        self.opening.on_looked(self._looked)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._say_busy)
        self._came_from = ""
        self._seen: Guidance | None = None
        self._cards: list[RoutineCard] = []
        self._shown: dict[str, int] = {}
        """How many cards of a section were asked for."""
        self._new = Button(tr("New routine"), Kind.GHOST, hint=tr("Ctrl+N"), icon=Icon.PLUS)
        self._new.on_pressed(self.new_routine)
        self.buttons.addWidget(self._new)
        self._open = Button(tr("Open a file…"), Kind.GHOST, hint=tr("Ctrl+O"), icon=Icon.OPEN)
        plain_text.set_tooltip(self._open, tr("A routine, a handout, or walks and runs that a watch recorded"))
        self._open.on_pressed(self.choose_file)
        self.buttons.addWidget(self._open)
        self._undo = UndoBar()
        self._undo.on_acted(self._put_back)
        self.bars.addWidget(self._undo)
        self._add_keys()
        self.setAcceptDrops(True)
        self.body.addStretch()
        desk.on_changed(self._changed)
        desk.on_failed(self.show_failure)
        self.refresh()

    def on_start_wanted(self, take: Callable[[Listed], object]) -> None:
        """Call `take` with the routine the person wants to begin."""
        self.start_wanted.connect(take)

    def on_editor(self, act: Callable[[], object]) -> None:
        """Call `act` when the editor was opened or left."""
        self.editor_moved.connect(act)

    # -- showing ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show everything anew; the keyboard stays where it was."""
        kept, seen = self._focused_name(), keys_in_use(self)
        self._cards.clear()
        clear(self.body)
        used, received, own, built_in = self._sorted()
        self._seen = self._desk.guidance()
        self._say_held((*used, *received, *own, *built_in))
        self._section(tr("Drafts"), [self._draft_card(one) for one in self._desk.routines.drafts()])
        self._section(tr("In use"), [self._card(one) for one in used] or [_none_in_use()])
        if received:
            self._routines(tr("From your physio"), received)
        elif not any(one.origin is Origin.RECEIVED for one in used):
            self._section(tr("From your physio"), [self._empty()])
        self._routines(tr("Your own"), own)
        self._routines(tr("Built in"), built_in)
        self.body.addStretch()
        if kept:
            self._focus(kept, seen=seen)

    def _sorted(self) -> tuple[list[Listed], list[Listed], list[Listed], list[Listed]]:
        """The routines in use in their order, then the received, the own and the built-in ones that are not."""
        every = self._desk.routines.listed()
        others = {one.routine.id for one in every if one.origin is not Origin.BUILT_IN}
        # A received routine goes before a built-in one of the same id.
        shown = [one for one in every if one.origin is not Origin.BUILT_IN or one.routine.id not in others]
        order = self._desk.settings.in_use
        used = sorted((one for one in shown if one.routine.id in order), key=lambda one: order.index(one.routine.id))
        rest = [one for one in shown if one.routine.id not in order]
        return (
            used,
            [one for one in rest if one.origin is Origin.RECEIVED],
            [one for one in rest if one.origin is Origin.OWN],
            [one for one in rest if one.origin is Origin.BUILT_IN],
        )

    def _held(self, listed: Listed) -> bool:
        return self._seen is not None and self._seen.no_session(listed.routine.rules)

    def _say_held(self, every: Sequence[Listed]) -> None:
        """Say why no session can be started, and from when on it can; by name where others can."""
        held = [one for one in every if self._held(one)]
        proposal = self._desk.proposed(self._desk.routines.given(held[0]), self._seen).held if held else None
        if proposal is None or self._seen is None:
            return
        said = no_start(proposal, self._seen.today)
        if len(held) < len(every):
            title = plain_text.clean_name(held[0].routine.title, TITLE)
            said = tr("{title}: {said}").format(title=title, said=said)
        self.body.addWidget(remark(NoticeKind.WARNING, said))

    def _routines(self, title: str, every: Sequence[Listed]) -> None:
        """The first of these routines, and a button for more of them."""
        shown = max(_AT_ONCE, self._shown.get(title, 0))
        cards = [self._card(one) for one in every[:shown]]
        columns = self._section(title, cards)
        if columns is None or len(every) <= shown:
            return
        more = Button("", Kind.GHOST)
        more.setObjectName(f"more:{title}")
        _offer_more(more, title, len(every) - shown)

        def show_more() -> None:
            new = [self._card(one) for one in every[len(cards) : len(cards) + _AT_ONCE]]
            cards.extend(new)
            self._shown[title] = len(cards)
            columns.keep_cards(*cards)
            move_keyboard(new[0].first_button)
            more.setVisible(len(cards) < len(every))
            _offer_more(more, title, len(every) - len(cards))

        more.on_pressed(show_more)
        self.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _section(self, title: str, cards: Sequence[Card]) -> Columns | None:
        if not cards:
            return None
        group = QVBoxLayout()
        group.setSpacing(2 * STEP)
        group.addWidget(section(title))
        self.body.addLayout(group)
        large = any(isinstance(card, RoutineCard) and card.in_use for card in cards) or len(cards) == 1
        columns = Columns(2 * _CARD if large else _CARD)
        columns.show_cards(*cards)
        group.addWidget(columns)
        return columns

    def _card(self, listed: Listed) -> RoutineCard:
        known = known_exercises(self._desk.library, listed.routine)
        card = RoutineCard(
            listed,
            self._desk.routines.works(listed.routine),
            known,
            today=self._desk.surroundings.calendar.now().date(),
            in_use=listed.routine.id in self._desk.settings.in_use,
            first=not self._cards,
            blocked=self._held(listed),
        )
        card.on_wanted(self._do)
        self._cards.append(card)
        return card

    def _draft_card(self, kept: "Kept") -> Card:
        from coach.core.routine.editing.draft import at
        from coach.core.routine.editing.items import size

        card = Card()
        title = plain_text.clean_name(str(at(kept.draft, ("title",))), TITLE) or tr("No title yet")
        card.setAccessibleName(tr("Draft: {title}").format(title=title))
        card.column.addWidget(wrapped(title, Role.HEADING))
        exercises = count(size(kept.draft), "%n exercise", "%n exercises")
        parts = [tr("Not handed out yet") if kept.base is None else tr("Changes not handed out yet"), exercises]
        with suppress(ValueError):
            when = datetime.fromisoformat(kept.changed).date()
            today = self._desk.surroundings.calendar.now().date()
            parts.append(tr("worked on {when}").format(when=numbers.from_today(when, today)))
        card.column.addWidget(wrapped(" · ".join(parts), Role.MUTED))
        go_on = Button(tr("Go on"), Kind.PRIMARY, icon=Icon.EDIT)
        go_on.setObjectName(f"draft-{kept.uid}")
        go_on.on_pressed(lambda: self.edit(kept))
        discard = Button(tr("Discard"), Kind.QUIET, icon=Icon.TRASH)
        discard.on_pressed(lambda: self._discard(kept))
        for button in (go_on, discard):
            button.setAccessibleName(tr("{act}: draft {title}").format(act=button.text(), title=title))
        card.column.addWidget(flow(go_on, discard, gap=2 * STEP))
        return card

    def _empty(self) -> Card:
        card = Card()
        card.column.addWidget(wrapped(tr("Nothing from your physio yet"), Role.LEAD))
        text = tr(
            "A physiotherapist can send you a routine file, or a handout as PDF that carries one. Open it here, or "
            "drop it anywhere on this page; or paste the text that a phone reads from the code on paper (Ctrl+V). You "
            "see what is in it before anything is taken over."
        )
        card.column.addWidget(wrapped(text, Role.MUTED))
        button = Button(tr("Open a routine file…"), Kind.GHOST, icon=Icon.FILE)
        button.setObjectName("open-empty")
        button.on_pressed(self.choose_file)
        card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def arrive(self) -> None:
        """Somebody who works in the editor goes on there."""
        if self._editor is not None:
            move_keyboard(self._editor.sequence)

    def first_focus(self) -> None:
        """Put the keyboard on the first routine."""
        if self._cards:
            move_keyboard(self._cards[0].first_button)

    def _focus(self, name: str, *, seen: bool) -> None:
        """Put the keyboard on the button of that name; on Show of its card if it became another one."""
        buttons = {button.objectName(): button for card in self._cards for button in card.buttons}
        found = buttons.get(name) or buttons.get(name.rsplit(":", 1)[0] + f":{Act.SHOW.name}")
        move_keyboard(found or self._open, seen=seen)

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _do(self, wanted: Wanted) -> None:
        listed = wanted.listed
        match wanted.act:
            case Act.START:
                self.start_wanted.emit(listed)
            case Act.USE:
                self._desk.routines.use(listed.routine.id)
            case Act.STOP:
                self._desk.routines.stop_using(listed.routine.id)
            case Act.SHOW:
                self._show(of_listed(self._desk, listed))
            case Act.EDIT:
                self._edit_listed(listed)
            case Act.REMOVE:
                self._remove(listed)

    def _remove(self, listed: Listed) -> None:
        in_use, seen = self._desk.settings.in_use, keys_in_use(self)
        data = self._desk.routines.remove(listed)
        if data is None:
            return
        self._forget()
        self._removed = _Removed(listed, data, in_use)
        title = plain_text.clean_name(listed.routine.title, TITLE)
        left = self._desk.routines.find(listed.routine.id)
        if left is not None and left.origin is not Origin.BUILT_IN:
            said = tr("Revision {new} of {title} was removed. Revision {old} is in its place.").format(
                new=listed.routine.revision, title=title, old=left.routine.revision
            )
        else:
            self._desk.routines.stop_using(listed.routine.id)
            said = tr("{title} was removed. Your log keeps every session you did of it.").format(title=title)
        self._undo.show_done(said)
        undo = self._undo.findChild(Button)
        if undo is not None:
            move_keyboard(undo, seen=seen)

    def _forget(self) -> None:
        """What was done before can be taken back no longer: something else was done."""
        self._removed, self._discarded, self._brought, self._replaced = None, None, (), None

    def _put_back(self, acted: Acted) -> None:
        del acted
        if self._replaced is not None:
            in_use, self._replaced = self._replaced, None
            self._desk.choose(in_use=in_use)
        elif self._brought:
            brought, self._brought = self._brought, ()
            if self._desk.recordings.strike(brought):
                self.notice.show_notice(NoticeKind.INFO, tr("Taken back: it no longer counts."))
        elif self._discarded is not None:
            kept, self._discarded = self._discarded, None
            self._desk.routines.keep_draft(kept)
        elif self._removed is not None:
            removed, self._removed = self._removed, None
            self._desk.routines.put_back(removed.listed, removed.data)
            self._desk.routines.use_again(removed.listed.routine.id, removed.in_use)

    def _changed(self, changed: Changed) -> None:
        if self.isVisible() and changed & (Changed.ROUTINES | Changed.SETTINGS | Changed.LOG):
            self.refresh()

    # -- files --------------------------------------------------------------------------------------------------

    def _add_keys(self) -> None:
        for text, keys, act in (
            (tr("Open a file…"), QKeySequence.StandardKey.Open, self.choose_file),
            (tr("New routine"), QKeySequence.StandardKey.New, self.new_routine),
            (tr("Paste the text of a handout's code"), QKeySequence.StandardKey.Paste, self.paste),
        ):
            action = QAction(text, self)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(act)
            self.addAction(action)

    def paste(self) -> None:
        """Look at the routine in the text of a handout's code, as a phone hands it on."""
        if self._covered:
            return
        opened = self._desk.routines.open_code(QGuiApplication.clipboard().text())
        if opened is None:
            said = tr("There is no code of a handout to paste. Its text begins with REHAB1.")
            self.notice.show_notice(NoticeKind.INFO, said)
            return
        self.notice.hide()
        self._show(of_file(self._desk, Path(tr("Pasted code")), opened))

    def choose_file(self) -> None:
        """Ask for files, without stopping anything else."""
        if self._covered:
            return
        dialog = QFileDialog(self, tr("Open a routine, a handout, or walks and runs of a watch"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        known = tr("Routines, handouts, walks and runs") + " (*.json *.pdf *.gpx *.tcx *.fit)"
        dialog.setNameFilters([known, tr("All files") + " (*)"])
        downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog.setDirectory(downloads if Path(downloads).is_dir() else QDir.homePath())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, names: list[str]) -> None:
        for name in names:
            self.open_file(Path(name))

    @property
    def _covered(self) -> bool:
        """Whether a sheet or the editor stands in place of the page."""
        return self._sheet is not None or self._editor is not None or self._recordings is not None

    def open_file(self, path: Path) -> None:
        """Look at a file; nothing is taken over before the person accepts."""
        self.notice.hide()
        self._patience.start()
        self.opening.open(path)

    def _say_busy(self) -> None:
        if self.opening.busy:
            said = count(self.opening.left, "The file is being looked at…", "%n files are being looked at…")
            self.notice.show_notice(NoticeKind.INFO, said)

    def _looked(self, looked: Looked) -> None:
        self._patience.stop()
        if looked.opened is None:
            return
        recording = None if isinstance(looked.opened, Opened) else looked.opened
        if recording is not None and self._recordings is not None:
            self._recordings.add(looked.path, recording)
            return
        if self._covered:
            self._waiting.append(looked)
            if self._editor is not None:
                text = tr("{file} is shown when you leave the editor.")
                file = plain_text.clean_name(looked.path.name, TITLE)
                self._editor.notice.show_notice(NoticeKind.INFO, text.format(file=file))
            return
        self.notice.hide()
        if isinstance(looked.opened, Opened):
            self._show(of_file(self._desk, looked.path, looked.opened))
            return
        sheet = self._recordings_sheet()
        sheet.add(looked.path, looked.opened)

    def _recordings_sheet(self) -> "RecordingsSheet":
        from coach.ui.screens.recordings import RecordingsSheet  # only where there is one

        self._undo.hide()
        self._came_from = self._focused_name()
        sheet = RecordingsSheet(self._desk, self)
        sheet.on_ended(self._brought_in)
        self._recordings = sheet
        self.cover(sheet, sheet.first_focus)
        return sheet

    def _brought_in(self, brought: "Brought") -> None:
        """The recordings are taken in or not; what was taken can be taken back."""
        if self._recordings is None:
            return
        sheet, self._recordings = self._recordings, None
        self.uncover(sheet, self._come_back)
        if brought.taken:
            from coach.words.recordings import all_taken

            self._forget()
            self._brought = brought.taken
            self._undo.show_done(all_taken(brought.taken, brought.left_out))
            self.to_top()
        self._show_waiting()

    def _show_waiting(self) -> None:
        """Go on to the files that came while something stood in place of the page."""
        waiting, self._waiting = self._waiting, []
        for looked in waiting:
            self._looked(looked)

    def _show(self, subject: Subject) -> None:
        self._undo.hide()
        self._came_from = self._focused_name()
        sheet = Preview(self._desk, subject, self)
        sheet.on_ended(self._sheet_ended)
        sheet.on_started(self._sheet_started)
        sheet.on_edit_wanted(self._sheet_edits)
        sheet.on_earlier_wanted(self._show_earlier)
        sheet.on_another_wanted(self._open_another)
        self._subject = subject
        self._sheet = sheet
        self.cover(sheet, sheet.first_focus)

    def _focused_name(self) -> str:
        return next((one.objectName() for one in self.findChildren(Button) if one.hasFocus()), "")

    def _sheet_started(self, started: Started) -> None:
        self._close_sheet()
        self.start_wanted.emit(started.listed)

    def _show_earlier(self, wanted: EarlierWanted) -> None:
        self._close_sheet()
        self._show(ListedSubject(wanted.listed, in_use=False, earlier=True))

    def _open_another(self, wanted: AnotherWanted) -> None:
        del wanted
        self._close_sheet()
        self.choose_file()
        self._show_waiting()

    def _sheet_edits(self, wanted: EditWanted) -> None:
        self._close_sheet()
        self._edit_listed(wanted.listed)

    def _sheet_ended(self, ended: Ended) -> None:
        subject = self._subject
        self._close_sheet()
        if isinstance(subject, ListedSubject) and subject.earlier:
            newest = self._desk.routines.find(subject.listed.routine.id)
            if newest is not None:
                self._show(of_listed(self._desk, newest))
                return
        if ended.taken is not None:
            self._say_taken(ended, plain_text.clean_name(ended.taken.title, TITLE))
            self.to_top()
        self._show_waiting()

    def _say_taken(self, ended: Ended, title: str) -> None:
        """What is in use now; where it took the place of others that can be taken back."""
        if not ended.instead_of:
            self.notice.show_notice(NoticeKind.GOOD, tr("{title} is in use now.").format(title=title))
            return
        self._forget()
        self._replaced = ended.in_use
        said = tr("{title} is in use now, instead of {routines}.")
        self._undo.show_done(said.format(title=title, routines=titles(ended.instead_of)))

    # -- the editor ---------------------------------------------------------------------------------------------

    def new_routine(self) -> None:
        """Make a routine."""
        from coach.ui.presenters.editing import new_routine

        if not self._covered:
            self.edit(new_routine(self._desk))

    def _edit_listed(self, listed: Listed) -> None:
        from coach.ui.presenters.editing import copy_of, edit_of

        kept = edit_of(self._desk, listed) if listed.origin is Origin.OWN else copy_of(self._desk, listed)
        if kept is not None:
            self.edit(kept)

    def edit(self, kept: "Kept") -> None:
        """Work on this routine."""
        from coach.ui.screens.editor import EditorPage

        if self._editor is not None:
            return
        self._undo.hide()
        self._came_from = self._focused_name() or self._came_from
        editor = EditorPage(self._desk, kept, self)
        editor.on_left(self._editor_left)
        editor.on_print_wanted(self._on_paper)
        self._editor = editor
        self.cover(editor, editor.first_focus)
        self.editor_moved.emit()

    def _on_paper(self, wanted: "PrintWanted") -> None:
        """Show the pages of the routine under work in place of the editor."""
        of, editor = self._desk.routines.handout_from(wanted.data), self._editor
        if of is None or editor is None:
            return
        from coach.ui.screens.paper_sheet import handout_sheet  # only for paper

        sheet = handout_sheet(of, self)
        sheet.on_ended(lambda _: self._back_to_editor(sheet))
        editor.hide()
        self.cover(sheet, sheet.first_focus)

    def _back_to_editor(self, sheet: QWidget) -> None:
        self._frame.removeWidget(sheet)
        sheet.hide()
        sheet.deleteLater()
        if self._editor is not None:
            self._editor.show()
            move_keyboard(self._editor.print)

    @property
    def editor(self) -> "EditorPage | None":
        """The editor, while somebody works in it."""
        return self._editor

    def _editor_left(self, left: "Left") -> None:
        if self._editor is None:
            return
        editor, self._editor = self._editor, None
        self.uncover(editor, self._come_back)
        self.editor_moved.emit()
        if left.said:
            self.notice.show_notice(NoticeKind.INFO, left.said)
            self.to_top()
        self._show_waiting()

    def _discard(self, kept: "Kept") -> None:
        self._forget()
        self._discarded = kept
        self._desk.routines.discard_draft(kept.uid)
        title = plain_text.clean_name(str(kept.draft.plain.get("title", "")), TITLE)
        self._undo.show_done(tr("The draft of {title} was discarded.").format(title=title))

    def _close_sheet(self) -> None:
        if self._sheet is not None:
            sheet, self._sheet = self._sheet, None
            self.uncover(sheet, self._come_back)

    def _come_back(self) -> None:
        self.refresh()
        self._focus(self._came_from, seen=False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._undo.hide()
        if not event.spontaneous():
            self.notice.hide()  # what was done just now is no news on the next visit

    # Dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()
            self.notice.show_notice(NoticeKind.INFO, tr("Drop the file here to look at it."))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.notice.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.notice.hide()
        event.acceptProposedAction()
        for path in _dropped(event):
            self.open_file(path)


def _offer_more(button: Button, title: str, left: int) -> None:
    button.show_text(count(left, "Show the last one", "Show more (%n)"))
    button.setAccessibleName(f"{title}: {button.text()}")


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _none_in_use() -> Card:
    card = Card()
    card.column.addWidget(wrapped(tr("No routine in use"), Role.LEAD))
    text = tr("Press “Use” on one of the routines below. Today then proposes it on its days.")
    card.column.addWidget(wrapped(text, Role.MUTED))
    return card
