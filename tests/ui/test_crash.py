"""A mistake of the program is written down, said once, and the window goes on."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer, QtMsgType, qInstallMessageHandler, qWarning
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from coach.ui.crash import CrashReporter, _message


class Window(QWidget):
    """A window with a part that fails at every painting."""

    fails = False
    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        if self.fails:
            raise RuntimeError("painting")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    yield made
    for box in boxes(made):
        box.close()


@pytest.fixture
def reporter(window: Window, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashReporter]:
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))  # put back after the test
    made = CrashReporter(window, "/home/somebody/logs")
    handler = qInstallMessageHandler(None)
    made.install()
    yield made
    qInstallMessageHandler(handler)


def boxes(window: QWidget) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def fail(message: str = "slot") -> None:
    raise RuntimeError(message)


def in_a_slot(act: Callable[[], None]) -> QTimer:
    timer = QTimer(singleShot=True, interval=0)
    timer.timeout.connect(act)
    timer.start()
    return timer


@pytest.mark.qt_no_exception_capture
def test_a_failing_slot_is_told_in_words_and_the_window_stays(
    qtbot: QtBot, window: Window, reporter: CrashReporter, caplog: pytest.LogCaptureFixture
) -> None:
    timer = in_a_slot(fail)
    qtbot.waitUntil(lambda: bool(boxes(window)))

    box = boxes(window)[0]
    assert "Your log is safe" in box.text()
    assert "/home/somebody/logs" in box.informativeText()
    assert "RuntimeError" in box.informativeText()
    assert "slot" not in box.text() + box.informativeText()
    assert window.isVisible()
    assert not timer.isActive()
    assert "not caught" in caplog.text


@pytest.mark.qt_no_exception_capture
def test_it_is_told_once_a_run(qtbot: QtBot, window: Window, reporter: CrashReporter) -> None:
    caught: list[object] = []
    reporter.caught.connect(caught.append)
    timers = [in_a_slot(fail) for _ in range(3)]

    qtbot.waitUntil(lambda: len(caught) == 3)

    assert len(window.findChildren(QMessageBox)) == 1
    assert not any(timer.isActive() for timer in timers)


@pytest.mark.qt_no_exception_capture
def test_a_failing_thread_is_told_in_the_window_too(qtbot: QtBot, window: Window, reporter: CrashReporter) -> None:
    thread = threading.Thread(target=fail, args=("thread",))
    thread.start()
    thread.join()

    qtbot.waitUntil(lambda: bool(boxes(window)))

    assert "RuntimeError" in boxes(window)[0].informativeText()


@pytest.mark.qt_no_exception_capture
def test_a_painting_that_fails_at_every_frame_is_told_once(
    qtbot: QtBot, window: Window, reporter: CrashReporter
) -> None:
    window.fails = True
    before = window.painted

    def paint_again() -> bool:
        window.update()
        return window.painted >= before + 5 and bool(boxes(window))

    qtbot.waitUntil(paint_again)

    window.fails = False
    assert len(window.findChildren(QMessageBox)) == 1


def test_ctrl_c_closes_the_window_and_tells_nothing(qtbot: QtBot, window: Window, reporter: CrashReporter) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert not window.isVisible()
    assert boxes(window) == []


def test_what_cannot_be_raised_is_only_written_down(
    window: Window, reporter: CrashReporter, caplog: pytest.LogCaptureFixture
) -> None:
    class Args:
        exc_type = ValueError
        exc_value = ValueError()
        exc_traceback = None
        err_msg = "in a destructor"
        object = None

    sys.unraisablehook(Args())  # type: ignore[arg-type]  # Python's own type cannot be made

    assert "in a destructor" in caplog.text
    assert boxes(window) == []


def test_what_qt_says_goes_to_the_log(
    window: Window, reporter: CrashReporter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="qt"):
        qWarning("something odd")

    assert [(one.levelname, "something odd" in one.getMessage()) for one in caplog.records if one.name == "qt"] == [
        ("WARNING", True)
    ]


@pytest.mark.parametrize("kind", QtMsgType)
def test_every_kind_of_message_has_a_level(kind: QtMsgType, caplog: pytest.LogCaptureFixture) -> None:
    class Context:
        category = "default"

    with caplog.at_level(logging.DEBUG, logger="qt"):
        _message(kind, Context(), "text")  # type: ignore[arg-type]  # a context cannot be made in Python

    assert caplog.records[-1].getMessage() == "default: text"
