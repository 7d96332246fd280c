"""Threads of the window: waited for at its end, and telling only those who are there."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from coach.ui import background
from coach.ui.background import Work, tell


class Told(QObject):
    done = Signal(object)


def test_the_end_waits_for_what_is_on_its_way(qtbot: QtBot) -> None:
    go_on, ended = threading.Event(), threading.Event()

    def work() -> None:
        go_on.wait(10)
        ended.set()

    Work("work", work)
    threading.Timer(0.0, go_on.set).start()
    background.wait()

    assert ended.is_set()


def test_nobody_is_told_where_nobody_is(qtbot: QtBot) -> None:
    heard: list[object] = []
    one = Told()
    one.done.connect(heard.append)
    signal = one.done

    tell(signal, 1)
    shiboken6.delete(one)
    tell(signal, 2)

    assert heard == [1]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_work_that_fails_is_over_too(qtbot: QtBot) -> None:
    def work() -> None:
        raise ZeroDivisionError

    one = Work("fails", work)
    background.wait()

    assert not one.is_alive()
