"""The question before the window closes on a session whose last part is not on disk."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from coach.ui import plain_text
from coach.words.translate import tr


def ask_about_unsaved(parent: QWidget, *, again: Callable[[], object], lose: Callable[[], object]) -> QMessageBox:
    """The question, not open yet. `again` and `lose` are called after it has closed; to stay calls nothing."""
    box = plain_text.message(
        parent,
        tr("Not saved"),
        tr("The last part of this session is not on disk."),
        tr("Mend what keeps it from being saved, such as a full disk, and try again; else it is lost."),
    )
    box.setIcon(QMessageBox.Icon.Warning)
    tries = box.addButton(tr("Try again"), QMessageBox.ButtonRole.AcceptRole)
    loses = box.addButton(tr("Close all the same"), QMessageBox.ButtonRole.DestructiveRole)
    stays = box.addButton(tr("Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(tries)
    box.setEscapeButton(stays)
    tries.clicked.connect(again, Qt.ConnectionType.QueuedConnection)
    loses.clicked.connect(lose, Qt.ConnectionType.QueuedConnection)
    return box
