"""A message where no terminal is read."""

import io
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from coach.ui import telling

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Person(QTimer):
    """Reads the box that is in the way, and closes it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app, interval=1)
        self.read: list[str] = []
        self.timeout.connect(self._look)

    def _look(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self.read.append(box.informativeText())
            box.accept()


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(telling, "UNSEEN", frozenset())  # the tests' own platform is one of them
    made = Person(qapp)
    made.start()
    return made


def test_where_no_terminal_is_read_a_window_says_it_too(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", written := io.StringIO())

    telling.tell("<b>No</b> disk.")
    person.stop()

    assert person.read == ["<b>No</b> disk."]
    assert written.getvalue() == "<b>No</b> disk.\n"


def test_on_a_terminal_it_is_said_there_alone(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", written := Terminal())

    telling.tell("No disk.")
    person.stop()

    assert person.read == []
    assert written.getvalue() == "No disk.\n"


def test_where_nobody_sees_it_no_window_waits(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setattr(QMessageBox, "exec", lambda self: pytest.fail("it would wait for ever"))
    if QApplication.platformName() not in telling.UNSEEN:
        pytest.skip("a real screen")

    telling.tell("No disk.")
