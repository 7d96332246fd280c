"""What a screen reader is told: names, what painted widgets show, and sentences at changes of step."""

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from coach.ui.plain_text import clean

Named = TypeVar("Named", bound=QWidget)


class Readout(QWidget):
    """A painted widget that can say in words what it shows."""

    def spoken(self) -> str:
        """Say what is shown now. A reader asks when it wants to know; nothing is pushed at every tick."""
        return self.accessibleDescription()


class _ReadoutInterface(QAccessibleWidget):
    def __init__(self, readout: Readout) -> None:
        super().__init__(readout, QAccessible.Role.Graphic, readout.accessibleName())
        self._readout = readout

    def text(self, kind: QAccessible.Text) -> str:
        if kind in (QAccessible.Text.Value, QAccessible.Text.Description):
            return self._readout.spoken()
        return super().text(kind)


def _interface(key: str, thing: QObject) -> QAccessibleInterface | None:
    del key
    if not isinstance(thing, Readout):
        return None
    made = _ReadoutInterface(thing)
    # Qt owns the interface, but the overridden text() lives as long as its Python half: the widget keeps that.
    vars(thing)["_interface"] = made
    return made


def install() -> None:
    """Give painted widgets a role of their own; once, after the application was made."""
    QAccessible.installFactory(_interface)


def name(widget: Named, called: str, description: str = "") -> Named:
    """Name `widget` for a screen reader, and return it."""
    widget.setAccessibleName(clean(called))
    if description:
        widget.setAccessibleDescription(clean(description))
    return widget


def announce(widget: QWidget, text: str) -> None:
    """Say `text` when the reader has finished its sentence."""
    _announce(widget, text, QAccessible.AnnouncementPoliteness.Polite)


def interrupt(widget: QWidget, text: str) -> None:
    """Say `text` now, in place of what the reader is saying: a change of step, a stop."""
    _announce(widget, text, QAccessible.AnnouncementPoliteness.Assertive)


def _announce(widget: QWidget, text: str, politeness: QAccessible.AnnouncementPoliteness) -> None:
    event = QAccessibleAnnouncementEvent(widget, clean(text))
    event.setPoliteness(politeness)
    QAccessible.updateAccessibility(event)
