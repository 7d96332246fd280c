"""What the start leaves out of Qt is there when it is asked for, and says what it always says."""

import subprocess
import sys

import pytest

_ASKED = """
import sys
from coach.ui.first_import import LATER, StandIn, import_qt

if sys.argv[1] == "later":
    import_qt()
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

def waiting():
    return [name for name in LATER if isinstance(sys.modules[name], StandIn)]

assert waiting() == (list(LATER) if sys.argv[1] == "later" else [])
{asked}
assert waiting() == []
from PySide6.support.signature import layout, parser
from PySide6.support.signature.lib import pyi_generator
assert not any(isinstance(module, StandIn) for module in sys.modules.values())
assert not any("Stand" in type(finder).__name__ or "Zip" in type(finder).__name__ for finder in sys.meta_path)
assert type(sys.meta_path) is list
print(pyi_generator.generate_pyi.__module__, layout.create_signature.__module__, parser.arglistParser.parse("a,b"))
"""

_QUESTIONS = {
    "wrong arguments": "try: QObject().startTimer('soon')\nexcept TypeError as error: print(error)",
    "no such property": "try: QObject(1, nonsense=1)\nexcept (AttributeError, TypeError) as error: print(error)",
    "signature": "from PySide6.support.signature import get_signature\nprint(get_signature(QObject.startTimer))",
    "text of help": "print(QColor.fromHsv.__doc__)",
    "stub files": "from PySide6.support.signature.lib import pyi_generator\nprint(pyi_generator.generate_pyi.__name__)",
}


def answered(how: str, asked: str) -> str:
    """What a program of its own prints, that imports Qt as the start does (`later`) or as it comes."""
    program = _ASKED.replace("{asked}", asked)
    ended = subprocess.run(
        [sys.executable, "-c", program, how], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize("asked", _QUESTIONS.values(), ids=_QUESTIONS)
def test_what_waits_is_loaded_when_it_is_asked_for_and_answers_as_ever(asked: str) -> None:
    assert answered("later", asked) == answered("as it comes", asked)


def test_a_qt_that_is_there_already_stays_as_it_is() -> None:
    program = """
import sys
from PySide6.QtCore import QObject
before = dict(sys.modules)
from coach.ui.first_import import import_qt
import_qt()
assert all(sys.modules[name] is module for name, module in before.items())
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr


def test_what_is_imported_afterwards_is_not_read_as_source() -> None:
    program = """
import builtins, linecache, sys
from coach.ui.first_import import import_qt
import_qt()
assert builtins.__import__ is not builtins.__feature_import__
modules, sources = set(sys.modules), set(linecache.cache)
from coach.ui.widgets import buttons
assert {"coach.ui.widgets.buttons", "PySide6.QtWidgets"} <= set(sys.modules) - modules
assert set(linecache.cache) == sources
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr


def test_threads_may_ask_at_once() -> None:
    program = """
from threading import Barrier, Thread
from coach.ui.first_import import import_qt
import_qt()
from PySide6.QtCore import QObject

start, told = Barrier(4), []

def ask():
    start.wait()
    told.append(QObject.startTimer.__doc__)

threads = [Thread(target=ask) for _ in range(4)]
for one in threads: one.start()
for one in threads: one.join()
assert len(told) == 4
assert set(told) <= {None, QObject.startTimer.__doc__}, told  # PySide6 itself answers one at a time
assert "startTimer" in QObject.startTimer.__doc__
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
