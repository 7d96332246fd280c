import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coach.ui import a11y
from coach.ui.icons import Icon
from coach.ui.tokens import TARGET, Size
from coach.ui.widgets.buttons import RETURN, Button, Kind, RailButton, Tick

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Count:
    def __init__(self) -> None:
        self.presses = 0

    def press(self) -> None:
        self.presses += 1


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_large_enough_and_paints(qtbot: QtBot, kind: Kind) -> None:
    button = Button("Pause", kind, hint="Space", icon=Icon.PAUSE)
    qtbot.addWidget(button)

    assert min(button.sizeHint().width(), button.sizeHint().height()) >= TARGET
    assert not picture(button).isNull()


def test_the_smallest_button_is_still_a_target(qtbot: QtBot) -> None:
    button = a11y.name(Button("", icon=Icon.SOUND), "Sound")
    qtbot.addWidget(button)
    button.set_type_size(6)

    assert button.sizeHint().width() >= TARGET
    assert button.sizeHint().height() >= TARGET


def test_a_button_answers_to_the_space_bar_and_the_mouse(qtbot: QtBot) -> None:
    count = Count()
    button = Button("Change")
    qtbot.addWidget(button)
    button.on_pressed(count.press)
    button.show()

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_Space)

    assert count.presses == 2


def test_a_button_is_named_by_its_word_and_not_by_its_key(qtbot: QtBot) -> None:
    button = Button("&Start session", Kind.PRIMARY, hint=RETURN)
    qtbot.addWidget(button)

    assert button.accessibleName() == "Start session"
    assert button.shortcut().toString() == "Alt+S"

    button.show_text("Resume", hint="Space", icon=Icon.PLAY)
    assert button.accessibleName() == "Resume"


def test_a_given_name_stays_when_there_is_no_text(qtbot: QtBot) -> None:
    button = a11y.name(Button("", icon=Icon.SOUND), "Sound is on")
    qtbot.addWidget(button)

    button.show_text("", icon=Icon.SOUND_OFF)

    assert button.accessibleName() == "Sound is on"


def test_floor_mode_makes_a_button_grow(qtbot: QtBot) -> None:
    button = Button("Skip", hint="\u2192", icon=Icon.SKIP)
    qtbot.addWidget(button)
    before = button.sizeHint()

    button.set_type_size(Size.CUE * 1.8)

    assert button.sizeHint().height() > 1.5 * before.height()
    assert button.sizeHint().width() > 1.5 * before.width()


def test_focus_pressing_and_being_off_can_be_seen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = Button("Go", Kind.PRIMARY, parent=window)
    button.resize(button.sizeHint())
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    at_rest = picture(button)

    button.setDown(True)
    pressed = picture(button)
    button.setDown(False)
    button.setEnabled(False)
    off = picture(button)
    button.setEnabled(True)
    button.setFocus()
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    focused = picture(button)

    assert at_rest not in (pressed, off, focused)
    assert off != pressed


def test_the_rail_shows_where_the_person_is(qtbot: QtBot) -> None:
    entry = RailButton("&Today", Icon.TODAY)
    qtbot.addWidget(entry)
    elsewhere = picture(entry)

    entry.setChecked(True)

    assert picture(entry) != elsewhere
    assert entry.accessibleName() == "Today"
    assert entry.sizeHint().height() >= TARGET


def test_a_box_is_ticked_by_its_words_too(qtbot: QtBot) -> None:
    tick = Tick("Woken by the hip")
    qtbot.addWidget(tick)
    tick.resize(tick.sizeHint())
    tick.show()

    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=tick.rect().center())

    assert tick.isChecked()
    assert tick.accessibleName() == "Woken by the hip"
    assert tick.sizeHint().height() >= TARGET
