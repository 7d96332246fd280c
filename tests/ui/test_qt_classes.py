"""Which thread makes Qt's classes: PySide6 lets a second thread see a class that is half made."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from coach.ui import qt_classes
from coach.ui.qt_classes import QtClasses

_FRESH = """
import enum, json, sys, threading
from pathlib import Path
from coach.ui.first_import import import_qt

import_qt()
from PySide6.QtWidgets import QApplication
app = QApplication([])

from coach.app.paper import Print
from coach.ui import qt_classes
from coach.ui.charts.loading import Loading
from coach.ui.paper.handout import handout_document
from coach.ui.presenters.paperwork import Paperwork
from tests.ui.paper.papers import sheet

how, place = sys.argv[1], Path(sys.argv[2])
if how == "unprepared":
    qt_classes.QtClasses.then = lambda self, act: act()

ours = {module.__name__ for module in (qt_classes.QtCore, qt_classes.QtGui, qt_classes.QtWidgets)}
enums, make = [], enum.EnumType._create_
def noted(cls, name, *rest, **more):
    one = make(cls, name, *rest, **more)
    if threading.current_thread() is not threading.main_thread():
        enums.append(one)  # which does not know its module yet
    return one
enum.EnumType._create_ = noted

classes, start = [], threading.Thread.start
def alone(self):
    # Nothing else runs meanwhile, so what is there afterwards and was not before, this thread has made.
    before = set(qt_classes.unmade())
    start(self)
    self.join()
    classes.extend(f"{name} ({self.name})" for _, name in before - set(qt_classes.unmade()))
threading.Thread.start = alone

def until(over):
    while not over():
        app.processEvents()

if "paper" in sys.argv:
    told = []
    work = Paperwork(lambda how: handout_document(sheet(place), how))
    work.on_drafted(told.append)
    work.on_saved(told.append)
    work.draft(Print(None, grey=False), 1.0)
    until(lambda: len(told) == 1)
    work.save(Print(None, grey=False), place / "sheet.pdf")
    until(lambda: len(told) == 2)
    assert (place / "sheet.pdf").stat().st_size and told[1].error is None
else:
    loading = Loading()
    loading.begin()
    until(lambda: loading.done)
print(json.dumps({"classes": sorted(classes), "enums": [one.__name__ for one in enums if one.__module__ in ours]}))
"""


def made_beside(work: str, how: str, place: Path) -> Any:
    """What a thread of a program of its own makes of Qt."""
    ended = subprocess.run(
        [sys.executable, "-c", _FRESH, how, str(place), work], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("work", ["paper", "charts"])
def test_a_thread_finds_every_class_of_qt_made(work: str, tmp_path: Path) -> None:
    assert made_beside(work, "as ever", tmp_path) == {"classes": [], "enums": []}


@pytest.mark.parametrize("work", ["paper", "charts"])
def test_without_this_a_thread_would_make_some(work: str, tmp_path: Path) -> None:
    made = made_beside(work, "unprepared", tmp_path)

    assert made["classes"]
    assert made["enums"]


def test_what_waits_is_called_once_when_all_is_made_and_not_after_a_stop(qtbot: QtBot) -> None:
    called: list[str] = []
    classes = QtClasses()

    classes.then(lambda: called.append("first"))
    qtbot.waitUntil(lambda: not classes.busy)
    assert called == ["first"]
    assert not list(qt_classes.unmade())

    classes.then(lambda: called.append("at once"))
    assert called == ["first", "at once"]
    classes.finish()
    classes.stop()
    assert called == ["first", "at once"]
