"""Work of the window on a thread of its own: told while its object lives, and waited for before the program ends.

A thread that is left behind inside Qt when the interpreter ends takes the process down (signal 6 or 11), and what was
only begun, such as removing everything, would stop half-way without a word.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import SignalInstance

from coach.words.translate import tr

T = TypeVar("T")


class Work(threading.Thread):
    """One piece of work, begun at once."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        super().__init__(target=work, name=name, daemon=True)
        self.start()


def tell(signal: SignalInstance, told: object) -> None:
    """Emit from a thread; where the object is gone, there is nobody to tell."""
    with suppress(RuntimeError):
        signal.emit(told)


def tell_result(signal: SignalInstance, work: Callable[[], T], instead: T) -> None:
    """Emit from a thread what `work` comes to; where it raises, `instead`, so that nobody waits for ever."""
    told = instead
    try:
        told = work()
    finally:
        tell(signal, told)


def unexpected() -> Exception:
    """What is told in place of a result that never came; why it did not is noted where crashes are."""
    return RuntimeError(tr("This did not work, and should have. What happened is noted in the program's log."))


def wait() -> None:
    """Wait for all work that is on its way: before the program ends."""
    for thread in threading.enumerate():
        if isinstance(thread, Work):
            thread.join()
