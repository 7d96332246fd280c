"""Walks and runs of a watch, opened or dropped on the window: the pain is asked for, doubles are left out, undo."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QRadioButton
from pytestqt.qtbot import QtBot

from coach.app import recordings
from coach.core.log import Outing, OutingKind
from coach.ui.presenters.desk import Desk
from coach.ui.screens.recordings import RecordingCard, RecordingsSheet
from coach.ui.screens.routines import RoutinesPage
from coach.ui.widgets.buttons import Button
from tests.files.recordings import fit_activity, gpx, tcx
from tests.ui import walk
from tests.ui.screens.test_routines import written

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[RoutinesPage]:
    made = RoutinesPage(desk)
    walk.opened(qtbot, made, 1004, 800)
    yield made
    made.close()


def file(folder: Path, data: bytes, name: str = "run.gpx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def opened(page: RoutinesPage, qtbot: QtBot, *paths: Path) -> RecordingsSheet:
    for path in paths:
        page.open_file(path)
    return sheet_of(page, qtbot, len(paths))


def sheet_of(page: RoutinesPage, qtbot: QtBot, count: int) -> RecordingsSheet:
    qtbot.waitUntil(lambda: page._recordings is not None and len(page._recordings.cards) == count)
    QApplication.processEvents()
    assert page._recordings is not None
    return page._recordings


def outings(desk: Desk) -> tuple[Outing, ...]:
    log = desk.surroundings.read_log()
    try:
        return log.outings()
    finally:
        log.close()


def text(page: RoutinesPage) -> str:
    QApplication.processEvents()
    return walk.texts(page)


def pick(card: RecordingCard, what: str) -> None:
    assert card.kind is not None
    next(one for one in card.kind.findChildren(QRadioButton) if one.text() == what).click()


def undo(page: RoutinesPage) -> Button:
    found = page._undo.findChild(Button)
    assert isinstance(found, Button)
    return found


def test_a_run_is_shown_and_is_taken_in_with_the_pain_by_keyboard_alone(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(page, qtbot, file(tmp_path, gpx()))

    for said in ("Run on Friday 20 November 2026", "10:00 moving, 1.5 km, 172 steps a minute", "run.gpx"):
        assert said in text(page)
    assert outings(desk) == ()
    walk.key(Qt.Key.Key_3)
    walk.key(Qt.Key.Key_Return)

    [one] = outings(desk)
    assert (one.kind, one.day, one.minutes, one.distance_km, one.pain) == (OutingKind.RUN, FRIDAY, 10, 1.5, 3)
    assert "Taken in: a run of Friday 20 November 2026" in text(page)


def test_without_the_pain_nothing_is_taken_in(page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    sheet = opened(page, qtbot, file(tmp_path, gpx()))

    assert not sheet.take.isEnabled()
    walk.key(Qt.Key.Key_Return)
    assert "Walks and runs from your watch" in text(page)
    walk.key(Qt.Key.Key_Escape)

    assert "Walks and runs from your watch" not in text(page)
    assert outings(desk) == ()


def test_what_was_taken_in_can_be_taken_back_and_taken_in_again(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = file(tmp_path, gpx())
    opened(page, qtbot, path)
    walk.key(Qt.Key.Key_2)
    walk.key(Qt.Key.Key_Return)

    undo(page).click()
    assert outings(desk) == ()
    assert "Taken back" in text(page)
    opened(page, qtbot, path)
    walk.key(Qt.Key.Key_5)
    walk.key(Qt.Key.Key_Return)

    assert [one.pain for one in outings(desk)] == [5]


def test_several_files_stand_in_one_sheet_and_only_those_with_an_answer_are_taken(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    files = [file(tmp_path, gpx(), "a.gpx"), file(tmp_path, tcx(), "b.tcx"), file(tmp_path, b"<gpx>", "c.gpx")]

    sheet = opened(page, qtbot, *files)

    said = text(page)
    assert "Another of these files holds the same run. It is left out." in said
    assert "This GPX file is damaged or not whole; export it once more." in said
    assert [card.answer is None for card in sheet.cards] == [True, True, True]
    assert sheet.cards[0].pain is not None
    sheet.cards[0].pain.choose(1)
    assert sheet.take.text() == "Take it in"
    sheet.take.click()

    assert [one.pain for one in outings(desk)] == [1]
    assert "2 files were left out." in text(page)


def test_what_is_in_the_log_already_is_left_out(page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = file(tmp_path, gpx())
    opened(page, qtbot, path)
    walk.key(Qt.Key.Key_1)
    walk.key(Qt.Key.Key_Return)

    sheet = opened(page, qtbot, path)

    assert "This run is in your log already. It is left out." in text(page)
    assert sheet.cards[0].first is None
    assert not sheet.take.isEnabled()
    assert len(outings(desk)) == 1


def test_another_run_of_the_day_that_was_entered_by_hand_is_pointed_at(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.record(lambda book: book.outing(OutingKind.RUN, FRIDAY, minutes=10, pain=1))

    opened(page, qtbot, file(tmp_path, gpx()))

    assert "Your log holds another run of this day." in text(page)


def test_what_the_file_does_not_say_is_guessed_and_the_person_decides(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = opened(page, qtbot, file(tmp_path, gpx(kind="", speed_m_s=1.4)))
    [card] = sheet.cards

    assert "That it was a walk is guessed from its speed." in text(page)
    pick(card, "A run")
    assert card.pain is not None
    card.pain.choose(0)
    card.groin.click()
    sheet.take.click()

    [one] = outings(desk)
    assert (one.kind, one.groin, one.limp) == (OutingKind.RUN, True, False)


def test_a_ride_is_left_out_unless_the_person_says_what_it_was(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = opened(page, qtbot, file(tmp_path, tcx(sport="Biking"), "ride.tcx"))
    [card] = sheet.cards

    assert "neither a walk nor a run" in text(page)
    assert card.answer is None
    pick(card, "A walk")
    assert card.pain is not None
    card.pain.choose(2)

    assert sheet.take.isEnabled()


def test_files_are_dropped_together_and_a_routine_among_them_comes_after(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    files = [file(tmp_path, gpx(), "a.gpx"), written(tmp_path, "r.rehab.json"), file(tmp_path, fit_activity(), "b.fit")]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier

    page.dropEvent(QDropEvent(QPointF(9, 9), action, data, Qt.MouseButton.LeftButton, none))
    sheet_of(page, qtbot, 2)
    qtbot.waitUntil(lambda: not page.opening.busy)
    walk.key(Qt.Key.Key_Escape)

    assert page._sheet is not None
    assert "Hip strength A" in text(page)


def test_the_dialog_takes_recordings_and_several_files(page: RoutinesPage, qtbot: QtBot) -> None:
    page.choose_file()

    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    assert all(f"*.{ending}" in dialog.nameFilters()[0] for ending in ("json", "pdf", "gpx", "tcx", "fit"))
    dialog.reject()


def test_a_long_file_is_read_while_the_window_goes_on_and_says_so(
    page: RoutinesPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, read = Event(), recordings.read
    monkeypatch.setattr(recordings, "read", lambda path, form: read(path, form) if told.wait(20) else None)
    page._patience.setInterval(1)
    page.open_file(file(tmp_path, gpx(seconds=36_000)))

    qtbot.waitUntil(lambda: "being looked at" in text(page))
    told.set()
    sheet_of(page, qtbot, 1)

    assert "10:00:00 moving" in text(page)
