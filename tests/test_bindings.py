"""The Qt bindings keep `None` alive: docs/decisions/004-pins.md."""

import sys

import pytest
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

LINES = 25


class Lines(QWidget):
    """Paints as many lines as the exercise figure does."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for n in range(LINES):
            painter.setPen(QPen(self.palette().text(), 2.0))
            painter.drawLine(QLineF(n, 0.0, 100.0 - n, 100.0))
        painter.end()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal")
def test_painting_keeps_none_alive(qtbot: QtBot) -> None:
    figure = Lines()
    qtbot.addWidget(figure)
    figure.resize(100, 100)
    figure.grab()

    before = sys.getrefcount(None)
    for _ in range(20):  # few: with the fault, a thousand calls abort the interpreter
        figure.grab()

    # The fault costs one reference a call, 52 a frame.
    assert sys.getrefcount(None) > before - 20
