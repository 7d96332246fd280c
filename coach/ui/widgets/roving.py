"""Several widgets as one stop for Tab: the arrow keys move among them, Tab goes on to what comes after."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def rove(widgets: Iterable[QWidget], current: QWidget) -> None:
    """Let Tab reach `current` alone; the others take the keyboard when they are clicked or when an arrow says so."""
    for widget in widgets:
        wanted = Qt.FocusPolicy.StrongFocus if widget is current else Qt.FocusPolicy.ClickFocus
        if widget.focusPolicy() is not wanted:
            widget.setFocusPolicy(wanted)
