"""What a handout tells: the routine with every number known, its own file, and the weeks until its review."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from coach.app.routines import Listed, Opened, Routines
from coach.app.settings import Settings
from coach.core.clinical.bout import BoutKind
from coach.core.clinical.profiles import Profile, profile_for
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Work, known_exercises, works
from coach.core.routine.routine import FORMAT, Routine
from coach.core.routine.schedule import per_week, week_of

WEEKS = 4
"""How many weeks there are boxes for where no review is set."""
MOST_WEEKS = 12
"""Half a page of boxes; who is seen later than this gets a new sheet."""


@dataclass(frozen=True, slots=True)
class Handout:
    """Everything that stands on a handout, and the file inside it."""

    routine: Routine
    works: tuple[Work, ...]
    known: Mapping[str, Exercise]
    length_s: float
    data: bytes
    """The routine file, byte by byte; one of another program as ours."""
    code: str
    """The routine as the text of a QR code; it may be too long for one."""
    today: date
    weeks: tuple[tuple[date, ...], ...]
    """The days to tick, a week each, from the week of today to that of the review."""
    settings: Settings

    @property
    def name(self) -> str:
        """What the file inside is called."""
        return attachment_name(self.routine.id)

    @property
    def profile(self) -> Profile:
        """The limits on pain in its sessions."""
        return profile_for(BoutKind.SESSION, self.routine.rules)

    @property
    def a_day(self) -> int:
        """How many sessions there are on one day at most."""
        return -(-per_week(self.routine.schedule) // 7)


def handout(opened: Opened, routines: Routines, settings: Settings, today: date) -> Handout:
    """The handout of a routine file that has no problems."""
    from coach.core.routine.reading import write_routine
    from coach.files.routine_code import code_text

    assert opened.read is not None
    assert opened.read.routine is not None
    routine = opened.read.routine
    data = opened.data
    if FORMAT.encode() not in data:  # of another program, and converted: what is handed out is always ours
        data = write_routine(routine, opened.read.extensions)
    return Handout(
        routine,
        works(routine, routines.library, settings.home_side),
        known_exercises(routines.library, routine),
        opened.length_s,
        data,
        code_text(data),
        today,
        weeks_to_tick(routine, today, settings.first_weekday),
        settings,
    )


def handout_of(listed: Listed, routines: Routines, settings: Settings, today: date) -> Handout | None:
    """The handout of a routine that the person has; None if its file is no longer as it was. Raises OSError."""
    opened = routines.open(listed.path, settings.home_side)
    if opened.read is None or opened.read.routine is None:
        return None
    return handout(opened, routines, settings, today)


def weeks_to_tick(routine: Routine, today: date, first_weekday: int = 0) -> tuple[tuple[date, ...], ...]:
    """The weeks from today, or from the day of issue if that is still to come, to the review; or four of them."""
    issued = date.fromisoformat(routine.issued) if isinstance(routine.issued, str) else today
    first = week_of(max(issued, today), first_weekday)[0]
    count = WEEKS
    if isinstance(routine.review_by, str):
        review = date.fromisoformat(routine.review_by)
        if review >= max(issued, today):
            count = min(MOST_WEEKS, (review - first).days // 7 + 1)
    count = max(1, min(count, (date.max - first).days // 7))
    return tuple(week_of(first + timedelta(days=7 * number), first_weekday) for number in range(count))


def attachment_name(routine_id: str) -> str:
    """`hip-strength-a.rehab.json`; letters that a file system or a PDF may not take are left out."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "-" for sign in routine_id)
    return f"{plain[:60].strip('-') or 'routine'}.rehab.json"
