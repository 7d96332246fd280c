"""The sheet before something goes on paper: its pages as they will be, the paper, save and print."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir, QSizeF, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from coach.app.handout import Handout
from coach.app.paper import PaperSize, Print
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.paper.document import Document, usual_size
from coach.ui.paper.handout import handout_document
from coach.ui.plain_text import Role
from coach.ui.presenters.paperwork import Draft, Drafted, Paperwork, Saved, Undrafted
from coach.ui.screens.page import Page, clear, flow, move_keyboard, wrapped
from coach.ui.tokens import GAP
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.notice import NoticeKind
from coach.ui.widgets.page_picture import PagePicture
from coach.ui.widgets.segmented import Option, Picked, Segmented
from coach.words.failures import failure
from coach.words.paper import page_of
from coach.words.translate import tr

_WIDE: Final = 620
"""How wide a page is shown."""
_TITLE: Final = 80
_COLOUR, _GREY = "colour", "grey"


@dataclass(frozen=True, slots=True)
class PaperEnded:
    """The sheet is done."""


def handout_sheet(of: Handout, parent: QWidget) -> "PaperSheet":
    """The sheet of a routine's handout."""
    title = plain_text.clean_name(of.routine.title, _TITLE)
    file_name = f"{of.name.removesuffix('.rehab.json')}.pdf"
    return PaperSheet(tr("Handout"), title, file_name, partial(handout_document, of), parent)


class PaperSheet(Page):
    """One document, page by page; `draft` lays it out for a size of paper, in colours or in greys."""

    ended = Signal(object)  # PaperEnded

    def __init__(self, title: str, sub: str, file_name: str, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(title, sub, parent)
        self._file_name = file_name
        self._size = usual_size()
        self._draft_for = draft
        self._printing: Printing | None = None
        self.work = Paperwork(draft, self)
        self.work.on_drafted(self._show_pages)
        self.work.on_saved(self._tell_saved)
        self.work.on_failed(self._tell_failed)
        self._button(tr("Close"), self._leave, hint=tr("Esc"))
        self._print: Button | None = None
        if QPrinterInfo.availablePrinterNames():
            self._print = self._button(tr("Print…"), self._ask_printer, hint=tr("Ctrl+P"), icon=Icon.PRINT)
        self.save = self._button(tr("Save as PDF…"), self._ask_target, Kind.PRIMARY, hint=RETURN)
        self.paper = Segmented(tr("Paper"), (Option(PaperSize.A4, tr("A4")), Option(PaperSize.LETTER, tr("US Letter"))))
        self.paper.show_value(self._size)
        self.colours = Segmented(tr("Colours"), (Option(_COLOUR, tr("Colour")), Option(_GREY, tr("Greys alone"))))
        self.colours.show_value(_COLOUR)
        for choice in (self.paper, self.colours):
            choice.on_picked(self._picked)
        self.bars.addWidget(flow(self.paper, self.colours, gap=GAP))
        self._add_key(QKeySequence.StandardKey.Save, tr("Save as PDF…"), self._ask_target)
        if self._print is not None:
            self._add_key(QKeySequence.StandardKey.Print, tr("Print…"), self._ask_printer)
        self.body.addWidget(wrapped(tr("The pages are being laid out…"), Role.MUTED))
        self.body.addStretch()
        self._draft()

    def on_ended(self, take: Callable[[PaperEnded], object]) -> None:
        """Call `take` when the sheet is done."""
        self.ended.connect(take)

    def first_focus(self) -> None:
        """Put the keyboard on the button that Enter stands for."""
        move_keyboard(self.save)

    @property
    def how(self) -> Print:
        """The paper that is chosen now."""
        return Print(PaperSize(self.paper.value or self._size), self.colours.value == _GREY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    # -- pages --------------------------------------------------------------------------------------------------

    def _draft(self) -> None:
        self.work.draft(self.how, _WIDE / 600 * self.devicePixelRatioF())

    def _picked(self, picked: Picked) -> None:
        del picked
        self._draft()

    def _show_pages(self, drafted: Drafted) -> None:
        clear(self.body)
        for number, picture in enumerate(drafted.pictures):
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            name = page_of(number + 1, len(drafted.pictures))
            self.body.addWidget(PagePicture(name, picture), 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch()

    # -- saving -------------------------------------------------------------------------------------------------

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, tr("Save as PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("PDF documents") + " (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(documents if Path(documents).is_dir() else QDir.homePath())
        dialog.selectFile(str(folder / self._file_name))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write the PDF to a file."""
        self.notice.show_notice(NoticeKind.INFO, tr("The PDF is being written…"))
        self.work.save(self.how, Path(name))

    def _tell_failed(self, failed: Undrafted) -> None:
        clear(self.body)
        self.notice.show_notice(NoticeKind.PROBLEM, failure(failed.error))

    def _tell_saved(self, saved: Saved) -> None:
        if saved.error is not None:
            self.notice.show_notice(NoticeKind.PROBLEM, failure(saved.error))
            return
        self.notice.show_notice(NoticeKind.GOOD, tr("Saved: {file}").format(file=saved.path.name))

    # -- printing -----------------------------------------------------------------------------------------------

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        page = QPageSize(QPageSize.PageSizeId.A4 if self.how.size is PaperSize.A4 else QPageSize.PageSizeId.Letter)
        printer.setPageSize(page)
        printer.setFullPage(True)
        if self.how.grey:
            printer.setColorMode(QPrinter.ColorMode.GrayScale)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._begin_print, printer))
        dialog.setModal(True)
        dialog.show()

    def _begin_print(self, printer: QPrinter) -> None:
        # Laid out anew: what the thread laid out stays there.
        self._printing = Printing(self, printer, self._draft_for(self.how), self._tell_printed)

    def _tell_printed(self) -> None:
        said = tr("Handed to the printer.")
        self.notice.show_notice(NoticeKind.GOOD, said)
        a11y.announce(self, said)

    # -- inside -------------------------------------------------------------------------------------------------

    def _leave(self) -> None:
        self.work.wait()
        if self._printing is not None:
            self._printing.finish()
        self.ended.emit(PaperEnded())

    def _button(
        self, text: str, do: Callable[[], None], kind: Kind = Kind.GHOST, *, hint: str = "", icon: Icon | None = None
    ) -> Button:
        made = Button(text, kind, hint=hint, icon=icon)
        made.on_pressed(do)
        self.buttons.addWidget(made)
        return made

    def _add_key(self, key: QKeySequence.StandardKey, text: str, do: Callable[[], None]) -> None:
        action = QAction(text, self)
        action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(do)
        self.addAction(action)


class Printing:
    """Paints page after page on a printer, one each time the window has nothing else to do."""

    def __init__(self, window: QWidget, printer: QPrinter, document: Document, done: Callable[[], None]) -> None:
        self._printer = printer
        self._document = document
        self._done = done
        pages = range(document.pages)
        first, last = printer.fromPage(), printer.toPage()
        self._pages = [page for page in pages if not first or first <= page + 1 <= (last or len(pages))]
        self._painter = QPainter()
        self._timer = QTimer(window, interval=0)
        self._timer.timeout.connect(self._next)
        if self._pages and self._painter.begin(printer):
            self._timer.start()

    def finish(self) -> None:
        """Print what is left at once."""
        while self._timer.isActive():
            self._next()

    def _next(self) -> None:
        page = self._pages.pop(0)
        self._painter.save()
        paper = QSizeF(self._printer.paperRect(QPrinter.Unit.DevicePixel).size())
        self._painter.scale(
            paper.width() / self._document.paper.width(), paper.height() / self._document.paper.height()
        )
        self._document.paint(self._painter, page)
        self._painter.restore()
        if self._pages:
            self._printer.newPage()
            return
        self._timer.stop()
        self._painter.end()
        self._done()
