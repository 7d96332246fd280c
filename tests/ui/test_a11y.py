import gc

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coach.ui import a11y
from coach.ui.widgets.card import Tone
from coach.ui.widgets.ring import Ring


def test_naming_gives_the_widget_back(qtbot: QtBot) -> None:
    button = a11y.name(QPushButton(), "Sound\u202e", "Turns the sound off")
    qtbot.addWidget(button)

    assert button.accessibleName() == "Sound"
    assert button.accessibleDescription() == "Turns the sound off"


def test_announcing_needs_no_reader(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)

    a11y.announce(widget, "Next: bridge.")
    a11y.interrupt(widget, "Rest. Thirty seconds.")


def test_a_reader_hears_what_a_painted_widget_shows_now(qtbot: QtBot) -> None:
    a11y.install()
    ring = Ring()
    qtbot.addWidget(ring)
    told = QAccessible.queryAccessibleInterface(ring)

    ring.show_value(0.5, "Hold", "3", "seconds", Tone.NOW)
    assert told.text(QAccessible.Text.Value) == "Hold, 3 seconds"

    ring.show_value(0.4, "Hold", "2", "seconds", Tone.NOW)
    assert told.text(QAccessible.Text.Description) == "Hold, 2 seconds"
    assert told.role() is QAccessible.Role.Graphic
    assert told.text(QAccessible.Text.Name) == "This phase"


def test_painted_widgets_come_and_go_while_a_reader_listens(qtbot: QtBot) -> None:
    a11y.install()
    for _ in range(200):
        ring = Ring()
        assert QAccessible.queryAccessibleInterface(ring).role() is QAccessible.Role.Graphic
        ring.deleteLater()
        del ring
    gc.collect()
