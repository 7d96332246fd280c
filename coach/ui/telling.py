"""What keeps the window from opening, in a small one: whoever double-clicks an icon reads no terminal."""

import sys
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from coach.ui import plain_text
from coach.words.translate import tr

UNSEEN: Final = {"offscreen", "minimal"}
"""Platforms of Qt that show nothing to anybody: there a message would wait for ever to be closed."""


def tell(text: str) -> None:
    """Say it on the terminal, and in a window where there is none; returns once that is closed."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
    if sys.stderr.isatty():
        return
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if QGuiApplication.platformName() in UNSEEN:
        return
    box = plain_text.message(None, tr("Rehab Coach"), tr("Rehab Coach could not be opened."), text)
    box.setIcon(QMessageBox.Icon.Warning)
    box.exec()
    del app  # it has to outlive the box
