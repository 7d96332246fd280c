"""What Today shows, as one value."""

from collections import Counter
from datetime import date, timedelta

from msgspec import Struct

from coach.app.prescribing import Prescription, prescription
from coach.app.routines import Listed, Routines
from coach.app.settings import Settings
from coach.core.clinical.red_flags import Flag, active
from coach.core.log import DayEntry, Ending, OutingKind
from coach.core.routine.plan import Work, total_s, works
from coach.core.routine.plan import steps as flat
from coach.core.routine.schedule import DAYS, Due, Standing, standing, week_of
from coach.store.journal import Log, SessionLine

DAILY = 7


class DueSession(Struct, frozen=True):
    """The session that Today proposes."""

    listed: Listed
    given: Prescription
    works: tuple[Work, ...]
    length_s: float
    standing: Standing


class WeekDay(Struct, frozen=True):
    """One day of this week."""

    day: date
    sessions: int
    due: bool


class TodayView(Struct, frozen=True):
    """Today, whole."""

    today: date
    hour: int
    plan_week: int | None
    """Which week it is since the first session; None before it."""
    due: DueSession | None
    others: tuple[Listed, ...]
    """Routines in use besides the one proposed."""
    entry: DayEntry | None
    week: tuple[WeekDay, ...]
    sessions_done: int
    sessions_planned: int
    walks: int
    runs: int
    review_by: date | None
    flags: tuple[Flag, ...]
    """Those that the person raised; what the log raises is looked for later (coach.app.guidance)."""
    last: SessionLine | None


def today_view(log: Log, routines: Routines, settings: Settings, today: date, hour: int) -> TodayView:
    """Work out Today; what it reads does not grow with the length of the log. Raises StoreError."""
    week = week_of(today, settings.first_weekday)
    since = min(week[0], today - timedelta(days=1))
    lines = _that_count(log, [line for line in log.sessions(since, week[-1]) if _ended(line)], since, week[-1])
    listed = [found for name in settings.in_use if (found := routines.find(name, settings.home_side))]
    standings = [(one, _standing(one, lines, today, settings)) for one in listed]
    order = {Due.NOW: 0, Due.DONE: 1, Due.LATER: 2}
    best = min(standings, key=lambda pair: (order[pair[1].due], pair[1].next_day), default=None)
    flags = active(log.flags())
    entries = log.days(today, today)
    outings = log.outings(week[0], week[-1])
    done_on = Counter(line.began.day for line in lines)
    first = log.first_day()
    return TodayView(
        today=today,
        hour=hour,
        plan_week=(today - first).days // 7 + 1 if first and first <= today else None,
        due=_due(best, routines, settings) if best else None,
        others=tuple(one for one in listed if best is None or one is not best[0]),
        entry=entries[0] if entries else None,
        week=tuple(WeekDay(day, done_on[day], _is_due(standings, day, today, first)) for day in week),
        sessions_done=sum(count for day, count in done_on.items() if day in week),
        sessions_planned=sum(stand.per_week for _, stand in standings),
        walks=sum(outing.kind is OutingKind.WALK for outing in outings),
        runs=sum(outing.kind is OutingKind.RUN for outing in outings),
        review_by=_review(listed),
        flags=flags,
        last=lines[-1] if lines else None,
    )


def due_routine(log: Log, routines: Routines, settings: Settings, today: date) -> DueSession | None:
    """The session that is due, or else the next one of the routines in use. Raises StoreError."""
    return today_view(log, routines, settings, today, 12).due


def _ended(line: SessionLine) -> bool:
    return line.ending in (Ending.FINISHED, Ending.STOPPED)


def _that_count(log: Log, lines: list[SessionLine], since: date, until: date) -> list[SessionLine]:
    if not lines:
        return lines
    from coach.app.sets_done import that_count  # replays sessions: not before there is one

    return that_count(log, lines, since, until)


def _standing(one: Listed, lines: list[SessionLine], today: date, settings: Settings) -> Standing:
    done = [line.began.day for line in lines if line.routine_id == one.routine.id]
    return standing(one.routine.schedule, done, today, settings.first_weekday)


def _due(best: tuple[Listed, Standing], routines: Routines, settings: Settings) -> DueSession:
    listed, stand = best
    given = prescription(listed, routines.library, settings)
    works_ = works(given.routine, routines.library, settings.home_side)
    return DueSession(listed, given, works_, total_s(flat(works_)), stand)


def _is_due(standings: list[tuple[Listed, Standing]], day: date, today: date, first: date | None) -> bool:
    """Whether a session belongs to this day; nothing was missed before the first one ever."""
    if day < (first or today):
        return False
    for one, stand in standings:
        named = one.routine.schedule.days
        if DAYS[day.weekday()] in named or (not named and stand.per_week >= DAILY):
            return True
        if day >= today and stand.next_day == day:
            return True
    return False


def _review(listed: list[Listed]) -> date | None:
    days = [date.fromisoformat(one.routine.review_by) for one in listed if isinstance(one.routine.review_by, str)]
    return min(days, default=None)
