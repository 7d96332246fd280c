"""When the next run of the plan may be, at the earliest, and what sets the day (clinical reference, 3.2 and 1.2.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from coach.core.clinical.bout import Bout
from coach.core.clinical.history import DAY
from coach.core.clinical.response import Response
from coach.core.clinical.run_course import Course, whole_days
from coach.core.clinical.run_plan import Stage

WEEK = 7


class Hold(StrEnum):
    """What keeps from running."""

    GAP = "gap"
    """So many hours from one run to the next."""
    WEEK = "week"
    """So many runs in 7 days."""
    RED_REST = "red_rest"
    MORNING = "morning"
    """After a red one: until a morning is calm again."""
    REHAB_ONLY = "rehab_only"
    """A week of rehab exercises only, after two reds."""


@dataclass(frozen=True, slots=True)
class NextRun:
    """The next run: its stage, and the earliest day for it."""

    stage: Stage
    day: date
    holds: tuple[Hold, ...]
    """What sets the day; none where it is the day that was asked about."""
    not_before: datetime | None = None
    """The instant before which it is too early on that day, where it is known."""
    waits_for_morning: float | None = None
    """It also takes a morning with no more pain than this, which may come later."""

    def may_begin(self, now: datetime, on: date) -> bool:
        """Whether its time has come, on the training day `on`."""
        if self.day > on or self.waits_for_morning is not None:
            return False
        return self.not_before is None or now >= self.not_before


def next_run(
    course: Course, runs: Iterable[Bout], response: Response, others: Iterable[Response], mornings: Iterable[date]
) -> NextRun:
    """The next run of a plan that is open.

    `runs` are all that the log knows up to the day of the course, `response` is what follows from them, `others` what
    follows from the other kinds of loading, `mornings` the days whose morning was answered.
    """
    on, plan = course.on, course.plan
    known = sorted(runs, key=lambda one: one.day)
    days: dict[Hold, date] = {}
    if known:
        days[Hold.GAP] = known[-1].day + DAY * whole_days(plan.min_gap_h)
    if len(known) >= plan.max_per_week:
        days[Hold.WEEK] = known[-plan.max_per_week].day + DAY * WEEK
    if response.until is not None:
        days[Hold.RED_REST] = response.until
    if response.waits_for_morning is not None:
        days[Hold.MORNING] = on + DAY if on in set(mornings) else on
    ends = [one.rehab_only_until for one in (response, *others) if one.rehab_only_until is not None]
    if ends:
        days[Hold.REHAB_ONLY] = max(ends)
    day = max((on, *days.values()))
    setting = tuple(hold for hold in Hold if days.get(hold) == day and (day > on or hold is Hold.MORNING))
    return NextRun(
        stage=course.current,
        day=day,
        holds=setting,
        not_before=_instant(known, plan.min_gap_h, day, days.get(Hold.GAP)),
        waits_for_morning=response.waits_for_morning,
    )


def _instant(runs: list[Bout], hours: int, day: date, by_gap: date | None) -> datetime | None:
    """The hours after the last run, where it was recorded on its own day, and they are what sets the day."""
    if not runs or day != by_gap or not (runs[-1].timed and runs[-1].ended):
        return None
    return datetime.fromisoformat(runs[-1].ended) + timedelta(hours=hours)
