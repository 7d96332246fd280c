import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from coach.ui.widgets.notice import Acted, Closed, Notice, NoticeKind, UndoBar

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Heard:
    def __init__(self) -> None:
        self.what: list[object] = []

    def take(self, value: object) -> None:
        self.what.append(value)


def button(parent: QWidget, name: str) -> QAbstractButton:
    return next(found for found in parent.findChildren(QAbstractButton) if found.accessibleName() == name)


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_says_its_text_plainly(qtbot: QtBot, kind: NoticeKind) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    assert notice.isHidden()

    notice.show_notice(kind, "<img src=x> was not imported.")

    assert not notice.isHidden()
    assert notice.text == notice.accessibleName() == "<img src=x> was not imported."
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in notice.findChildren(QLabel))
    assert not notice.grab().isNull()


def test_the_action_is_told_and_leaves_the_notice(qtbot: QtBot) -> None:
    heard = Heard()
    notice = Notice()
    qtbot.addWidget(notice)
    notice.on_acted(heard.take)
    notice.show_notice(NoticeKind.WARNING, "The sound is off.", "Try again")

    QTest.mouseClick(button(notice, "Try again"), Qt.MouseButton.LeftButton)

    assert heard.what == [Acted()]
    assert not notice.isHidden()


def test_without_an_action_there_is_no_button_for_it(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.show_notice(NoticeKind.INFO, "Saved.", "Undo")

    notice.show_notice(NoticeKind.INFO, "Saved.")

    shown = [found for found in notice.findChildren(QAbstractButton) if not found.isHidden()]
    assert [found.accessibleName() for found in shown] == ["Close this notice"]


def test_a_closed_notice_is_gone_and_told(qtbot: QtBot) -> None:
    heard = Heard()
    notice = Notice()
    qtbot.addWidget(notice)
    notice.on_closed(heard.take)
    notice.show_notice(NoticeKind.INFO, "Saved.")

    QTest.mouseClick(button(notice, "Close this notice"), Qt.MouseButton.LeftButton)

    assert notice.isHidden()
    assert heard.what == [Closed()]


def test_undo_is_offered_once(qtbot: QtBot) -> None:
    heard = Heard()
    bar = UndoBar()
    qtbot.addWidget(bar)
    bar.on_acted(heard.take)
    bar.show_done("Bridge was removed.")
    assert not bar.grab().isNull()

    QTest.mouseClick(button(bar, "Undo"), Qt.MouseButton.LeftButton)

    assert heard.what == [Acted()]
    assert bar.isHidden()
