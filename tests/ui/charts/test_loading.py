"""Loading what charts are drawn with: on a thread, once, and without taking anything over."""

import subprocess
import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from coach.ui.charts import loading as module
from coach.ui.charts.loading import Loading
from coach.ui.charts.pain_chart import PainChart
from tests.ui import walk

_FRESH = """
import sys, threading
before = sys.excepthook, threading.excepthook, sys.getswitchinterval()
from PySide6.QtWidgets import QApplication
app = QApplication([])
from coach.ui.charts.loading import Loading
loading = Loading()
told = []
loading.on_loaded(lambda: told.append(threading.current_thread() is threading.main_thread()))
assert "pyqtgraph" not in sys.modules and not loading.done
loading.begin()
loading.wait()
app.processEvents()
assert not told and "pyqtgraph" not in sys.modules, "it had not begun to load, and the window is closed"
loading.begin()
loading.begin()
while not [one for one in threading.enumerate() if one.name == "charts"]:
    app.processEvents()
loading.wait()
assert not told, "only the event loop tells"
app.processEvents()
assert told == [True] and loading.done and "pyqtgraph" in sys.modules
assert (sys.excepthook, threading.excepthook, sys.getswitchinterval()) == before
"""


def test_it_is_loaded_once_and_told_in_the_windows_thread_and_takes_no_hook_over() -> None:
    ended = subprocess.run([sys.executable, "-c", _FRESH], capture_output=True, text=True, timeout=60, check=False)

    assert ended.returncode == 0, ended.stderr


def test_what_is_loaded_already_needs_no_thread(qtbot: QtBot) -> None:
    loading = Loading()
    loading.begin()
    qtbot.waitUntil(lambda: loading.done, timeout=20_000)
    loading.wait()
    again = Loading()

    again.begin()

    assert again.done
    assert not [one for one in threading.enumerate() if one.name == "charts"]


def test_without_pyqtgraph_the_chart_says_so_and_the_rest_goes_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PLOT", "coach.ui.charts.not_there")
    loading = Loading()
    chart = PainChart(loading)
    walk.opened(qtbot, chart, 900, 300)

    qtbot.waitUntil(lambda: loading.error is not None)
    QGuiApplication.processEvents()
    chart.look_at(0)

    assert not loading.done
    assert chart.plot is None
    assert chart.spoken()
    chart.grab()
    chart.close()
