"""What is said above a running session: warnings beside each other, and what is not heard as one truth."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from coach.ui.widgets.notice import Notice, NoticeKind

NOTICE_S: Final = 12.0
"""How long a warning stays on the floor: long enough to be read from there by who lies down."""


class LiveNotice(Notice):
    """The notice of a page that goes on while it is read; `clock` tells how long it has been there, s."""

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._warned: tuple[str, ...] = ()
        self._warned_at = 0.0
        self._unheard = ""

    def warn(self, text: str) -> None:
        """Say once what happened, beside what is said already; the session goes on."""
        self._show_warnings((*self._said_already(), text))

    def warn_unheard(self, text: str) -> None:
        """Say what is not heard, in place of what was said of that before; nothing where all is heard again."""
        said = self._said_already()
        before = tuple(one for one in said if one != self._unheard)
        was, self._unheard = self._unheard, text
        if text:
            self._show_warnings((*before, text))
        elif was in said:
            self._show_warnings(before)

    def make_room(self) -> None:
        """On the floor there is room for what is done only: what was said long enough ago goes."""
        warns = not self.isHidden() and self.kind is NoticeKind.WARNING
        if warns and self._clock() - self._warned_at >= NOTICE_S:
            self.hide()

    def _said_already(self) -> tuple[str, ...]:
        if self.isHidden():
            return ()
        return self._warned if self.kind is NoticeKind.WARNING else (self.text,)

    def _show_warnings(self, warnings: tuple[str, ...]) -> None:
        self._warned, self._warned_at = warnings, self._clock()
        if warnings:
            self.show_notice(NoticeKind.WARNING, "\n".join(warnings))
        else:
            self.hide()
