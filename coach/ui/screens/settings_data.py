"""The person's data as a whole: where it lies, copies of it, their return, and its end."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from coach.app.copies import BadCopy
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.data import CSV, FHIR, ICS, DataDesk, Done, Task
from coach.ui.presenters.desk import Desk
from coach.ui.screens.choices import Remark
from coach.ui.screens.page import flow, move_keyboard, reveal, wrapped
from coach.ui.screens.settings_cards import Group
from coach.ui.tokens import STEP, TARGET
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.notice import NoticeKind
from coach.words import failures
from coach.words.translate import tr


class DataCard(Group):
    """Where the data lies, copies of it, and its end."""

    erased = Signal(object)  # Done

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Your data"))
        self.data = DataDesk(desk, self)
        self.data.on_done(self._done)
        self._folder = _selectable(str(self.data.folder), tr("Data folder"))
        self.open = self._button(tr("Open folder"), Icon.FOLDER, self._open_folder)
        self.back_up = self._button(tr("Back up…"), Icon.SAVE, self._ask_target)
        self.export = self._button(tr("Export…"), Icon.FILE, self._ask_export)
        self.restore = self._button(tr("Restore…"), Icon.UNDO, self._ask_copy)
        self.erase = self._button(tr("Erase everything…"), Icon.TRASH, self._unfold)
        self.said = Remark()
        self.confirm = EraseQuestion()
        self.confirm.on_wanted(self._erase)
        self.confirm.on_copy_wanted(self._ask_target)
        self.confirm.hide()
        self.sure = RestoreQuestion()
        self.sure.on_wanted(self._restore)
        self.sure.hide()
        where = tr(
            "Everything lies in this folder, and nowhere else. Whoever can use your account on this computer can "
            "read it."
        )
        self.add(plain_text.label(where, Role.BODY), self._folder)
        self.column.addSpacing(2 * STEP)
        rows = QVBoxLayout()
        rows.setSpacing(4 * STEP)
        for part in (
            flow(self.open, self.back_up, self.restore, self.export, self.erase, gap=2 * STEP),
            self.said,
            self.sure,
            self.confirm,
        ):
            rows.addWidget(part)
        self.add(rows)

    def on_erased(self, take: Callable[[Done], object]) -> None:
        """Call `take` once everything was removed."""
        self.erased.connect(take)

    def _button(self, text: str, icon: Icon, act: Callable[[], None]) -> Button:
        made = Button(text, Kind.GHOST, icon=icon)
        made.on_pressed(act)
        return made

    def fold(self) -> None:
        """Put the questions away."""
        self.confirm.put_away()
        self.sure.put_away()

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _open_folder(self) -> None:
        folder = self.data.folder
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.said.say(NoticeKind.WARNING, tr("The folder could not be opened. Its place stands above."))

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, tr("Back up your log"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Copies of the log") + " (*.db)")
        dialog.setDefaultSuffix("db")
        dialog.selectFile(str(Path(QDir.homePath()) / f"rehab-coach-{self._day()}.db"))
        self._open_dialog(dialog, self._back_up)

    def _ask_export(self) -> None:
        dialog = QFileDialog(self, tr("Export your log"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                tr("Everything, as JSON") + " (*.json)",
                tr("One table, as CSV") + f" (*{CSV})",
                tr("For a clinic's system, as FHIR") + f" (*{FHIR})",
                tr("The schedule, for a calendar") + f" (*{ICS})",
            ]
        )
        dialog.setDefaultSuffix("json")
        dialog.filterSelected.connect(self._suffix_follows)
        dialog.selectFile(str(Path(QDir.homePath()) / f"rehab-coach-{self._day()}"))
        self._open_dialog(dialog, self._export)

    def _suffix_follows(self, chosen: str) -> None:
        dialog = self.sender()
        if isinstance(dialog, QFileDialog):
            found = next((one for one in (CSV, FHIR, ICS) if one in chosen), ".json")
            dialog.setDefaultSuffix(found.removeprefix("."))

    def _day(self) -> str:
        return self.desk.surroundings.calendar.now().date().isoformat()

    def _ask_copy(self) -> None:
        dialog = QFileDialog(self, tr("Restore your log"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Copies of the log") + " (*.db)", tr("All files") + " (*)"])
        backups = self.desk.surroundings.home.backups
        if backups.is_dir():
            dialog.setDirectory(str(backups))
        self._open_dialog(dialog, self._ask_whether)

    def _open_dialog(self, dialog: QFileDialog, take: Callable[[str], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(take)
        dialog.open()

    def _back_up(self, name: str) -> None:
        self._begin(tr("The copy is being written…"))
        self.data.back_up(Path(name))

    def _export(self, name: str) -> None:
        self._begin(tr("The file is being written…"))
        self.data.export(Path(name))

    def _ask_whether(self, name: str) -> None:
        self.confirm.put_away()
        self.sure.ask(Path(name))

    def _restore(self, path: Path) -> None:
        self._begin(tr("The copy is being checked and put in place…"))
        self.data.restore(path)

    def _unfold(self) -> None:
        self.said.hide()
        self.sure.put_away()
        self.confirm.ask()

    def _erase(self) -> None:
        self._begin(tr("Everything is being removed…"))
        self.data.erase()

    # -- what comes of it ---------------------------------------------------------------------------------------

    def _begin(self, text: str) -> None:
        self.said.say(NoticeKind.INFO, text)
        reveal(self.said)
        self._enable(on=False)

    def _enable(self, *, on: bool) -> None:
        for button in (self.back_up, self.restore, self.export, self.erase):
            button.setEnabled(on)

    def _done(self, done: Done) -> None:
        self._enable(on=True)
        kind, text = told(done)
        self.said.say(kind, text)
        reveal(self.said)
        if done.task is Task.ERASE and done.error is None:
            self.erased.emit(done)


def told(done: Done) -> tuple[NoticeKind, str]:
    """How a task went, in words."""
    if isinstance(done.error, BadCopy):
        text = tr("This file was not restored: {why} Your log was not touched.")
        return NoticeKind.PROBLEM, text.format(why=failures.failure(done.error.why))
    if done.error is not None:
        return NoticeKind.PROBLEM, failures.failure(done.error)
    match done.task:
        case Task.BACK_UP:
            return NoticeKind.GOOD, tr("The copy is written and was checked: {path}").format(path=done.path)
        case Task.EXPORT:
            return NoticeKind.GOOD, tr("The file is written: {path}").format(path=done.path)
        case Task.RESTORE if done.path is not None:
            text = tr("The copy is in place. The log that was there before is kept: {path}")
            return NoticeKind.GOOD, text.format(path=done.path)
        case Task.RESTORE:
            return NoticeKind.GOOD, tr("The copy is in place.")
        case Task.ERASE if done.left:
            text = tr("Removed, but for what is still there: {paths}")
            return NoticeKind.WARNING, text.format(paths=", ".join(str(path) for path in done.left))
        case Task.ERASE:
            return NoticeKind.GOOD, tr("Everything of yours was removed.")


class Question(Card):
    """A question that unfolds below the button that raised it; Esc folds it."""

    def unfold(self, first: QWidget) -> None:
        """Show it, where it is seen, with the keyboard on `first`."""
        self.show()
        move_keyboard(first)
        reveal(self)

    def put_away(self) -> None:
        """Fold it."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)


class RestoreQuestion(Question):
    """Whether a copy should take the log's place."""

    wanted = Signal(object)  # Path

    def __init__(self) -> None:
        super().__init__(tr("Put this copy in place of your log?"))
        self._path = Path()
        self._text = plain_text.label("", Role.BODY)
        self.yes = Button(tr("Restore"), Kind.PRIMARY)
        self.no = Button(tr("Not now"), Kind.GHOST, hint=tr("Esc"))
        self.yes.on_pressed(self._yes)
        self.no.on_pressed(self.put_away)
        self.column.addWidget(self._text)
        self.column.addWidget(flow(self.yes, self.no, gap=2 * STEP))

    def on_wanted(self, take: Callable[[Path], object]) -> None:
        """Call `take` with the copy."""
        self.wanted.connect(take)

    def ask(self, path: Path) -> None:
        """Ask about a file."""
        self._path = path
        text = tr("{file} becomes your log. The log you have now is kept beside it, and nothing of it is lost.")
        plain_text.show(self._text, text.format(file=plain_text.clean_name(path.name)))
        self.unfold(self.no)

    def _yes(self) -> None:
        self.put_away()
        self.wanted.emit(self._path)


class EraseQuestion(Question):
    """Whether everything should go: says what that is, offers a copy first, and wants a word typed."""

    wanted = Signal()
    copy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Erase everything?"))
        for text in (
            tr("Your whole log: sessions, pain diary, walks and runs, self-tests, safety answers"),
            tr("Every copy of it that the program made by itself"),
            tr("The routines from your physio, and your settings"),
        ):
            self.column.addWidget(plain_text.label(tr("• {text}").format(text=text), Role.BODY))
        kept = tr("Copies that you wrote to other places stay where they are. This cannot be undone.")
        self.column.addWidget(plain_text.label(kept, Role.ERROR))
        self._word = tr("ERASE", "the word to type before everything is erased")
        self.copy = Button(tr("Back up first…"), Kind.GHOST, icon=Icon.SAVE)
        self.copy.on_pressed(self.copy_wanted.emit)
        self.field = a11y.name(QLineEdit(), tr("Type {word} to go on").format(word=self._word))
        self.field.setPlaceholderText(tr("Type {word} to go on").format(word=self._word))
        self.field.setMinimumSize(220, TARGET)
        self.field.textChanged.connect(self._typed)
        self.yes = Button(tr("Erase everything"), Kind.NOW, icon=Icon.TRASH)
        self.yes.on_pressed(self._yes)
        self.no = Button(tr("Keep everything"), Kind.GHOST, hint=tr("Esc"))
        self.no.on_pressed(self.put_away)
        self.column.addSpacing(STEP)
        self.column.addWidget(flow(self.copy, self.field, self.yes, self.no, gap=2 * STEP))
        self._typed()

    def on_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person is sure."""
        self.wanted.connect(act)

    def on_copy_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants a copy first."""
        self.copy_wanted.connect(act)

    def ask(self) -> None:
        """Unfold it."""
        self.field.clear()
        self.unfold(self.copy)

    def put_away(self) -> None:
        self.field.clear()
        super().put_away()

    def _typed(self) -> None:
        self.yes.setEnabled(self.field.text().strip().upper() == self._word.upper())

    def _yes(self) -> None:
        self.put_away()
        self.wanted.emit()


def _selectable(text: str, name: str) -> QWidget:
    made = a11y.name(wrapped(text, Role.STRONG), f"{name}: {plain_text.clean_name(text, 400)}")
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
