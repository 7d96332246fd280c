"""The sheet before something goes on paper: by keys alone, named, and never in the way of the window."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from coach.app.paper import PaperSize, Print
from coach.files.routine_code import code_text
from coach.ui.presenters.desk import Desk
from coach.ui.screens.paper_sheet import PaperEnded, PaperSheet, Printing
from coach.ui.screens.preview import Preview, of_listed
from coach.ui.screens.routines import RoutinesPage
from coach.ui.widgets.page_picture import PagePicture
from tests.ui import walk
from tests.ui.paper.papers import attached, plain


class Shown:
    """A handout opened from its routine."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot = qtbot
        listed = desk.routines.find("strength-a")
        assert listed is not None
        self.listed = listed
        self.preview = Preview(desk, of_listed(desk, listed))
        walk.opened(qtbot, self.preview, 1004, 800)
        assert self.preview.hand_out is not None
        self.preview.hand_out.click()
        [self.sheet] = self.preview.findChildren(PaperSheet)
        self.wait()

    def wait(self) -> None:
        """Until nothing is being laid out or written."""
        self.qtbot.waitUntil(lambda: not self.sheet.work.busy, timeout=20_000)

    @property
    def pictures(self) -> list[PagePicture]:
        QApplication.processEvents()
        return [one for one in self.sheet.findChildren(PagePicture) if one.isVisibleTo(self.sheet)]


@pytest.fixture
def shown(qtbot: QtBot, desk: Desk) -> Shown:
    return Shown(qtbot, desk)


def test_every_page_is_shown_as_it_will_be(shown: Shown) -> None:
    names = [one.accessibleName() for one in shown.pictures]

    assert names == [f"Page {number} of {len(names)}" for number in range(1, len(names) + 1)]
    assert len(names) in (2, 3)
    assert all(one.width() > 500 and one.height() > 600 for one in shown.pictures)


def test_the_keyboard_is_on_save_and_enter_asks_where(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: asked.append(dialog.selectedFiles()[0]))

    assert walk.focused() is shown.sheet.save
    walk.key(Qt.Key.Key_Return)

    assert [Path(one).name for one in asked] == ["strength-a.pdf"]


def test_save_has_a_key_wherever_the_keyboard_is(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: asked.append(dialog.windowTitle()))

    QTest.keyClick(shown.sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert asked == ["Save as PDF"]


def test_what_is_saved_carries_the_routine(shown: Shown, tmp_path: Path) -> None:
    shown.sheet.save_to(str(tmp_path / "out.pdf"))
    shown.wait()

    assert attached((tmp_path / "out.pdf").read_bytes()) == {"strength-a.rehab.json": shown.listed.path.read_bytes()}
    assert "Saved: out.pdf" in walk.texts(shown.sheet)


def test_the_paper_and_the_greys_that_are_chosen_are_those_saved(shown: Shown, tmp_path: Path) -> None:
    before = shown.pictures[0].size()
    shown.sheet.paper.segment(PaperSize.LETTER).click()
    shown.sheet.colours.segment("grey").click()
    shown.wait()
    shown.sheet.save_to(str(tmp_path / "out.pdf"))
    shown.wait()

    assert shown.sheet.how == Print(PaperSize.LETTER, grey=True)
    assert shown.pictures[0].size() != before
    assert round(PdfReader(tmp_path / "out.pdf").pages[0].mediabox.width) == 612


def test_a_place_that_cannot_be_written_is_told_and_the_sheet_stays(shown: Shown, tmp_path: Path) -> None:
    shown.sheet.save_to(str(tmp_path / "no folder" / "out.pdf"))
    shown.wait()

    assert "Saved" not in walk.texts(shown.sheet)
    assert shown.sheet.notice.isVisibleTo(shown.sheet)
    assert shown.pictures


def test_escape_goes_back_to_the_routine_and_its_button(shown: Shown) -> None:
    ended: list[PaperEnded] = []
    shown.sheet.on_ended(ended.append)

    walk.key(Qt.Key.Key_Escape)

    assert ended == [PaperEnded()]
    assert walk.focused() is shown.preview.hand_out


def test_leaving_at_once_is_no_harm(qtbot: QtBot, desk: Desk) -> None:
    listed = desk.routines.find("strength-b")
    assert listed is not None
    preview = Preview(desk, of_listed(desk, listed))
    walk.opened(qtbot, preview, 1004, 800)
    assert preview.hand_out is not None

    for _ in range(3):
        preview.hand_out.click()
        walk.key(Qt.Key.Key_Escape, preview.findChildren(PaperSheet)[-1])

    assert preview.hand_out.isVisible()


def test_everything_on_it_has_a_name_a_size_and_a_place(shown: Shown) -> None:
    assert walk.nameless(shown.sheet) == []
    assert walk.too_small(shown.sheet) == []
    assert walk.not_reached(shown.sheet) == []
    assert walk.not_plain(shown.sheet) == []
    assert walk.every_size(shown.preview, lambda: walk.cut_off(shown.sheet)) == {}


# -- printing -------------------------------------------------------------------------------------------------------


def test_without_a_printer_there_is_no_print(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)

    shown = Shown(qtbot, desk)

    assert "Print…" not in walk.texts(shown.sheet)


def test_with_a_printer_there_is_one(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["laser"])

    shown = Shown(qtbot, desk)

    assert "Print…" in walk.texts(shown.sheet)
    assert walk.not_reached(shown.sheet) == []


@pytest.mark.parametrize("size,name", [(PaperSize.A4, "A4"), (PaperSize.LETTER, "Letter")])
def test_every_page_goes_to_the_printer(shown: Shown, tmp_path: Path, size: PaperSize, name: str) -> None:
    shown.sheet.paper.segment(size).click()
    shown.wait()
    document = shown.sheet._draft_for(shown.sheet.how)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(QPageSize(getattr(QPageSize.PageSizeId, name)))
    printer.setFullPage(True)
    done: list[bool] = []

    printing = Printing(shown.sheet, printer, document, lambda: done.append(True))
    shown.qtbot.waitUntil(lambda: bool(done), timeout=20_000)

    read = PdfReader(tmp_path / "printed.pdf").pages
    assert len(read) == document.pages
    assert QSizeF(float(read[0].mediabox.width), float(read[0].mediabox.height)).toSize().width() in (595, 612)
    assert "Strength A" in " ".join(read[0].extract_text().split())
    printing.finish()
    assert done == [True]


# -- from the list --------------------------------------------------------------------------------------------------


def test_from_the_list_to_the_pages_and_back_by_keys_alone(qtbot: QtBot, desk: Desk) -> None:
    page = RoutinesPage(desk)
    walk.opened(qtbot, page, 1004, 800)
    page.first_focus()
    page._show(of_listed(desk, desk.routines.listed()[0]))
    [preview] = page.findChildren(Preview)
    assert preview.hand_out is not None
    while walk.focused() is not preview.hand_out:
        QTest.keyClick(walk.focused() or page, Qt.Key.Key_Tab)

    walk.key(Qt.Key.Key_Return)
    [sheet] = preview.findChildren(PaperSheet)
    qtbot.waitUntil(lambda: not sheet.work.busy, timeout=20_000)
    assert sheet.isVisible()
    walk.key(Qt.Key.Key_Escape)
    assert walk.focused() is preview.hand_out
    walk.key(Qt.Key.Key_Escape)

    assert not page.findChildren(Preview) or not page.findChildren(Preview)[0].isVisible()


def test_the_text_of_a_code_can_be_pasted_and_is_shown_before_it_is_taken(qtbot: QtBot, desk: Desk) -> None:
    page = RoutinesPage(desk)
    walk.opened(qtbot, page, 1004, 800)
    page.first_focus()
    routine = plain("clamshell", id="pasted", title="From the paper")
    QGuiApplication.clipboard().setText(code_text(json.dumps(routine).encode()) + "\n")

    QTest.keyClick(walk.focused() or page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    [preview] = page.findChildren(Preview)
    assert "From the paper" in walk.texts(preview)
    assert desk.routines.find("pasted") is None
    walk.key(Qt.Key.Key_Return)
    assert desk.routines.find("pasted") is not None


@pytest.mark.parametrize("text,said", [("hello", "begins with REHAB1"), ("REHAB1:ABC", "scan the code again")])
def test_what_is_no_code_or_half_of_one_is_told(qtbot: QtBot, desk: Desk, text: str, said: str) -> None:
    page = RoutinesPage(desk)
    walk.opened(qtbot, page, 1004, 800)
    QGuiApplication.clipboard().setText(text)

    page.paste()
    QApplication.processEvents()

    assert said in walk.texts(page)
