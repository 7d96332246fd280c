"""The sheet of keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from coach.ui.screens.keys import KeysDialog, keys
from coach.ui.widgets.buttons import Button
from tests.ui import walk

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    yield made
    made.close()


@pytest.fixture
def sheet(qtbot: QtBot, window: QWidget) -> KeysDialog:
    made = KeysDialog(window)
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_sheet_shows_every_key_and_what_it_does(sheet: KeysDialog) -> None:
    shown = walk.texts(sheet).split("\n")

    for place, table in keys():
        assert place in shown
        for key, does in table:
            assert key in shown
            assert does in shown


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_usual_keys_close_it(qtbot: QtBot, window: QWidget, sheet: KeysDialog, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or sheet, key)

    qtbot.waitUntil(lambda: not window.findChildren(KeysDialog))


def test_everything_on_it_is_named_and_plain(sheet: KeysDialog) -> None:
    assert walk.nameless(sheet) == []
    assert walk.not_plain(sheet) == []
    assert [button.text() for button in sheet.findChildren(Button)] == ["Close"]
    assert walk.cut_off(sheet) == []


def test_what_the_keys_do_stands_in_one_column(sheet: KeysDialog) -> None:
    said = {does for _, table in keys() for _, does in table}

    left = {label.x() for label in sheet.findChildren(QLabel) if label.text() in said}

    assert len(left) == 1


def test_on_a_low_screen_page_keys_scroll_and_close_stays_in_sight(sheet: KeysDialog) -> None:
    sheet.resize(sheet.width(), 300)
    QApplication.processEvents()
    bar = sheet._area.verticalScrollBar()
    assert bar.maximum() > 0

    QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_PageDown)

    assert bar.value() > 0
    (close,) = sheet.findChildren(Button)
    assert not close.visibleRegion().isEmpty()


def test_where_there_is_room_all_of_it_is_seen(sheet: KeysDialog) -> None:
    sheet.resize(sheet.width(), 1500)
    QApplication.processEvents()

    assert sheet._area.verticalScrollBar().maximum() == 0
