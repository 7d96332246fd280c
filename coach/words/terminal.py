"""What the command line says."""

import errno
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from coach.app.surroundings import Check
from coach.core.routine.exercise import Exercise, Motion
from coach.core.routine.plan import Side, Step, StepKind
from coach.words.numbers import clock, figure
from coach.words.session import name, phase, side_word
from coach.words.translate import count, tr

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LONGEST = 120


def safe(text: str) -> str:
    """Foreign text for a terminal: without what could move the cursor, turn the writing round or break the line."""
    kept = "".join(" " if one in "\t\n\r" else one for one in unicodedata.normalize("NFC", text))
    return "".join(one for one in kept if unicodedata.category(one) not in _HIDDEN)


def short(text: str) -> str:
    """Foreign text, at most a line of it."""
    kept = safe(text)
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"


def file_name(name: str) -> str:
    """A file's name as it was given, but for what a terminal would obey."""
    written = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(one if unicodedata.category(one) not in _HIDDEN else "�" for one in written)


def check_line(one: Check) -> str:
    """One line of `coach doctor`: what was looked at, ok or what to do."""
    mark = tr("ok") if one.ok else tr("look")
    advice = f" {one.advice}" if one.advice and not one.ok else ""
    return file_name(f"{one.name:<10} {mark:<5} {one.found}{'.' if advice else ''}{advice}")


# -- failures -------------------------------------------------------------------------------------------------------


def stopped() -> str:
    """Ctrl-C, outside a session."""
    return tr("Stopped.")


def not_printed(reason: str) -> str:
    """What was to be printed could not be; what the command records may be done all the same."""
    said = tr(
        "The answer could not be printed: {reason}. What was to be recorded may be recorded all the same; look before "
        "you try again."
    )
    return safe(said.format(reason=reason))


def unexpected(error: Exception, noted: Path | None) -> str:
    """A bug, or something outside that nobody thought of."""
    if isinstance(error, OSError):
        from coach.words.failures import failure

        return safe(failure(error))
    said = tr("Something went wrong that should not have ({kind}). What was saved before is untouched.")
    where = tr("What happened is noted in {file}.").format(file=noted) if noted else ""
    return f"{said.format(kind=type(error).__name__)} {where}".strip()


def no_display_so_text() -> str:
    """Said where a window was asked for and the terminal serves."""
    return tr("There is no display for the window; the session is guided here in the terminal.")


def no_display() -> str:
    """Said where only a window would do."""
    return tr("This opens the window, and there is no display for one. Try it on the desktop of this computer.")


# -- routine files --------------------------------------------------------------------------------------------------


def cannot_read(file: str, error: Exception) -> str:
    """A file that was named and is not to be had."""
    shown = file_name(file)
    if isinstance(error, FileNotFoundError):
        return tr("{file}: there is no such file").format(file=shown)
    if isinstance(error, PermissionError):
        return tr("{file}: there is no permission to read it").format(file=shown)
    if isinstance(error, IsADirectoryError | NotADirectoryError) or _leads_round(error):
        return tr("{file}: is not an ordinary file").format(file=shown)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else tr("cannot be a file")
    return f"{shown}: {reason}"


def _leads_round(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno == errno.ELOOP


def file_ok(file: str, exercises: int, length_s: float | None) -> str:
    """`FILE: ok, 4 exercises, 23:40`."""
    many = count(exercises, "%n exercise", "%n exercises")
    if length_s is None:
        return tr("{file}: ok, {exercises}").format(file=file, exercises=many)
    return tr("{file}: ok, {exercises}, {length}").format(file=file, exercises=many, length=clock(length_s))


def warning_line(file: str, path: str, what: str) -> str:
    """`FILE: $.items[0].sides: warning: …`."""
    return tr("{file}: {path}: warning: {what}").format(file=file, path=path, what=what)


def at(seconds: float) -> str:
    """An instant: `1:23`, with tenths where it is not a whole second."""
    whole, rest = divmod(round(seconds * 10), 10)
    return f"{clock(whole)}.{rest}" if rest else clock(whole)


def plan_head() -> str:
    """The head of the table of steps."""
    return (
        f"{tr('start'):>8}  {tr('length'):>7}  {tr('what'):<12}  {tr('side'):<5}  {tr('set'):>3}  {tr('rep'):>3}"
        f"  {tr('exercise')}"
    )


def plan_total(length_s: float) -> str:
    """The foot of the table."""
    return tr("{length} in all").format(length=at(length_s)).rjust(8)


class StepLines:
    """Steps as lines of a table, the same ones in `coach plan` and in a session."""

    def __init__(self, known: Mapping[str, Exercise]) -> None:
        self._known = known
        # Thousands of steps are made of few different parts.
        self._parts: dict[tuple[StepKind, str, Side | None], tuple[str, str]] = {}
        self._lengths: dict[float, str] = {}

    def line(self, step: Step, start_s: float) -> str:
        """One step."""
        key = (step.kind, step.exercise, step.side)
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = self._part(*key)
        length = self._lengths.get(step.duration_s)
        if length is None:
            said = tr("{number} s").format(number=figure(round(step.duration_s, 3)))
            length = self._lengths[step.duration_s] = f"  {said:>7}  "
        what, exercise = part
        return f"{at(start_s):>8}{length}{what}  {step.set or '':>3}  {step.rep or '':>3}  {exercise}"

    def _part(self, kind: StepKind, exercise: str, side: Side | None) -> tuple[str, str]:
        found = self._known.get(exercise)
        what = phase(kind, found.motion if found else Motion.RAISE)
        where = "" if side is None else tr("both") if side is Side.BOTH else side_word(side)
        return f"{what:<12}  {where:<5}", short(name(exercise, self._known))
