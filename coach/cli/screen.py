"""Lines on a terminal or in a file, and below them, on a terminal, one line that changes in place."""

import shutil
from typing import TextIO


class Screen:
    """Prints lines at once; the line below them is kept out of their way."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self.live = out.isatty()
        self._shown = ""

    def line(self, text: str) -> None:
        """Print a line; it is out when this returns."""
        self._out.write(f"{self._cleared()}{text}\n")
        self._out.flush()
        if self._shown:
            shown, self._shown = self._shown, ""
            self.status(shown)

    def status(self, text: str) -> None:
        """Show this below the lines, in place of what was there."""
        if not self.live:
            return
        fitted = text[: max(10, shutil.get_terminal_size().columns - 1)]
        if fitted == self._shown:
            return
        # Spaces, not an escape sequence: every terminal knows them.
        self._out.write("\r" + fitted.ljust(len(self._shown)))
        self._out.flush()
        self._shown = fitted

    def clear(self) -> None:
        """Take the line below away."""
        self._out.write(self._cleared())
        self._out.flush()
        self._shown = ""

    def ask(self, text: str) -> None:
        """Print a question whose answer comes after it, on its line."""
        self.clear()
        self._out.write(text)
        self._out.flush()

    def _cleared(self) -> str:
        return "\r" + " " * len(self._shown) + "\r" if self._shown else ""
