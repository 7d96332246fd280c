import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coach.ui.icons import Icon
from coach.ui.tokens import TARGET
from coach.ui.widgets.segmented import Option, Picked, Segmented, Switch

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

OPTIONS = (Option("4", "4 wk"), Option("10", "10 wk"), Option("52", "1 yr", Icon.CALENDAR))


class Heard:
    def __init__(self) -> None:
        self.what: list[Picked] = []

    def take(self, picked: Picked) -> None:
        self.what.append(picked)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def ranges(qtbot: QtBot, heard: Heard) -> Segmented:
    made = Segmented("Range", OPTIONS)
    qtbot.addWidget(made)
    made.show_value("4")
    made.on_picked(heard.take)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_click_picks_one_and_tells_once(ranges: Segmented, heard: Heard, qtbot: QtBot) -> None:
    QTest.mouseClick(ranges.segment("10"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(ranges.segment("10"), Qt.MouseButton.LeftButton)

    assert heard.what == [Picked("10")]
    assert ranges.value == "10"


def test_arrows_pick_the_neighbour(ranges: Segmented, heard: Heard, qtbot: QtBot) -> None:
    ranges.segment("4").setFocus()

    QTest.keyClick(ranges.segment("4"), Qt.Key.Key_Right)

    assert heard.what == [Picked("10")]
    assert ranges.segment("10").hasFocus()


def test_showing_a_value_tells_nobody(ranges: Segmented, heard: Heard) -> None:
    ranges.show_value("52")

    assert ranges.value == "52"
    assert heard.what == []


def test_options_are_named_and_large_enough(ranges: Segmented) -> None:
    assert ranges.accessibleName() == "Range"
    for option in OPTIONS:
        segment = ranges.segment(option.value)
        assert segment.accessibleName() == option.text
        assert min(segment.width(), segment.height()) >= TARGET
        assert not segment.grab().isNull()


def test_a_switch_is_thrown_by_its_words_and_by_space(qtbot: QtBot) -> None:
    switch = Switch("Count the reps aloud")
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())
    switch.show()
    off = switch.grab().toImage()

    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center())
    assert switch.isChecked()
    assert switch.grab().toImage() != off

    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()
    assert switch.accessibleName() == "Count the reps aloud"
    assert switch.sizeHint().height() >= TARGET
