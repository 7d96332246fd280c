import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coach.ui.widgets.buttons import Button
from coach.ui.widgets.card import Tone
from coach.ui.widgets.flash import Flash, Motion, Reach

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


@pytest.mark.parametrize("reach", Reach)
def test_a_flash_swells_and_goes_by_itself(window: QWidget, qtbot: QtBot, reach: Reach) -> None:
    flash = Flash(window)

    flash.flash(Tone.NOW, reach)
    qtbot.waitUntil(lambda: flash.strength > 0.2)

    assert flash.geometry() == window.rect()
    qtbot.waitUntil(flash.isHidden)
    assert flash.strength == 0.0


def test_with_reduced_motion_the_edge_is_steady(window: QWidget, qtbot: QtBot) -> None:
    flash = Flash(window)

    flash.flash(Tone.ACTION, Reach.WHOLE, Motion.REDUCED)

    assert flash.strength == 1.0
    middle = flash.grab().toImage().pixelColor(200, 150)
    assert middle == window.grab().toImage().pixelColor(200, 150)
    qtbot.waitUntil(flash.isHidden)


def test_a_flash_stands_in_nobodys_way(window: QWidget, qtbot: QtBot) -> None:
    presses: list[bool] = []
    button = Button("Pause", parent=window)
    button.clicked.connect(presses.append)
    button.show()
    flash = Flash(window)
    flash.flash(motion=Motion.REDUCED)

    assert flash.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert window.childAt(button.geometry().center()) is button
    assert flash.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_a_flash_covers_a_window_that_grew(window: QWidget, qtbot: QtBot) -> None:
    flash = Flash(window)
    flash.flash(motion=Motion.REDUCED)

    window.resize(700, 500)

    qtbot.waitUntil(lambda: flash.size() == window.size())


def test_the_edge_alone_is_painted_anew(window: QWidget, qtbot: QtBot) -> None:
    """What lies in the middle is the figure and the ring: painting them at each step of a swell would stop frames."""
    painted = Painted(window)
    painted.setGeometry(40, 40, 100, 100)
    painted.show()
    qtbot.waitUntil(lambda: painted.times > 0)
    flash = Flash(window)
    before = painted.times

    flash.flash(Tone.NOW, Reach.EDGE)
    qtbot.waitUntil(lambda: flash.strength > 0.2)
    qtbot.waitUntil(flash.isHidden)

    assert painted.times == before


class Painted(QWidget):
    """Counts how often it is painted."""

    times = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.times += 1
