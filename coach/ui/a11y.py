"""What a screen reader is told: names, what painted widgets show, and sentences at changes of step."""

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coach.ui.plain_text import clean

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface
    from PySide6.QtWidgets import QAccessibleWidget

Named = TypeVar("Named", bound=QWidget)


class Readout(QWidget):
    """A painted widget that can say in words what it shows."""

    def spoken(self) -> str:
        """Say what is shown now. A reader asks when it wants to know; nothing is pushed at every tick."""
        return self.accessibleDescription()


@lru_cache(maxsize=1)
def _interface_kind() -> "type[QAccessibleWidget]":
    """Make the class that speaks for a `Readout`: without a screen reader it is never needed, nor paid for."""
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAccessibleWidget

    class ReadoutInterface(QAccessibleWidget):
        """Reads the widget's words at the moment they are asked for."""

        def __init__(self, readout: Readout) -> None:
            super().__init__(readout, QAccessible.Role.Graphic, readout.accessibleName())
            self._readout = readout

        def text(self, kind: QAccessible.Text) -> str:
            if kind in (QAccessible.Text.Value, QAccessible.Text.Description):
                return self._readout.spoken()
            return super().text(kind)

    return ReadoutInterface


def _interface(key: str, thing: QObject) -> "QAccessibleInterface | None":
    del key
    if not isinstance(thing, Readout):
        return None
    made = _interface_kind()(thing)
    # Qt owns the interface, but the overridden text() lives as long as its Python half: the widget keeps that.
    vars(thing)["_interface"] = made
    return made


def install() -> None:
    """Give painted widgets a role and words of their own; once, any time after the application was made."""
    from PySide6.QtGui import QAccessible

    QAccessible.installFactory(_interface)


def name(widget: Named, called: str, description: str = "") -> Named:
    """Name `widget` for a screen reader, and return it."""
    widget.setAccessibleName(clean(called))
    if description:
        widget.setAccessibleDescription(clean(description))
    return widget


def announce(widget: QWidget, text: str) -> None:
    """Say `text` when the reader has finished its sentence."""
    _announce(widget, text, "Polite")


def interrupt(widget: QWidget, text: str) -> None:
    """Say `text` now, in place of what the reader is saying: a change of step, a stop."""
    _announce(widget, text, "Assertive")


def _announce(widget: QWidget, text: str, politeness: Literal["Polite", "Assertive"]) -> None:
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, clean(text))
    event.setPoliteness(QAccessible.AnnouncementPoliteness[politeness])
    QAccessible.updateAccessibility(event)
