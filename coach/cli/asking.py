"""Questions in the terminal: a number from 0 to 10 by one key, and a line of text."""

from coach.cli.keyboard import TerminalKeyboard
from coach.cli.pacing import Pace
from coach.cli.screen import Screen
from coach.cli.values import as_typed
from coach.core.routine.bounds import MAX_TEXT
from coach.words.text_session import left_out

_TEN_S = 0.7
"""How long after a 1 a 0 makes it ten: who types 10 must not have said 1."""


def ask_pain(screen: Screen, pace: Pace, question: str) -> int | None:
    """A number from 0 to 10; X is ten, Enter and Esc leave it out."""
    screen.ask(question)
    while True:
        key = pace.read(None)
        if key is None:
            if pace.over():
                screen.line("")
                return None
            continue
        if key in ("enter", "esc"):
            screen.line(left_out())
            return None
        if key == "x" or (key == "1" and pace.follows("0", _TEN_S)):
            screen.line("10")
            return 10
        if key.isascii() and key.isdigit():
            screen.line(key)
            return int(key)


def ask_line(screen: Screen, keyboard: TerminalKeyboard, question: str) -> str:
    """A line of text, typed; Enter alone leaves it out."""
    screen.ask(question)
    with keyboard.typing():
        try:
            return as_typed(input())[:MAX_TEXT]
        except (EOFError, KeyboardInterrupt, UnicodeDecodeError):
            screen.line("")
            return ""
