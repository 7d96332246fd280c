"""Whether the log meets the criteria to resume running on a day: the log, the plan and the settings put together."""

from datetime import date

import msgspec
from msgspec import Struct

from coach.app.guidance import Guidance, guidance_in
from coach.app.history import WINDOW_DAYS, read_history
from coach.app.routines import Origin, Routines
from coach.app.settings import Settings
from coach.core.clinical import readiness_tests
from coach.core.clinical.criteria import limits, strictest
from coach.core.clinical.history import DAY, History
from coach.core.clinical.readiness import VALID_DAYS as VERDICT_DAYS
from coach.core.clinical.readiness import Verdict, impact_since, readiness
from coach.core.clinical.red_flags import Flag
from coach.core.clinical.triggers import By
from coach.core.log import Ending
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Readiness, Routine, Schedule
from coach.core.routine.schedule import per_week
from coach.store.journal import Log

FOLLOWED_DAYS = 14
USUAL_PER_WEEK = 3
"""[ours] What counts as prescribed where nobody said how often: the most that strength work takes (2-3 days a week,
clinical reference, section 4.0). Built-in routines are offers; done side by side they come to more than that."""


class Plan(Struct, frozen=True):
    """What the person follows: the limits it sets itself, and how many sessions a week it asks for.

    Routines of a physiotherapist in use go before built-in ones beside them, which nobody prescribed. Where only
    built-in ones are in use and none of them was done for 14 days, the files of the sessions that were done instead
    are the plan: a file can be followed without being taken in. Of several files the hardest limit holds: no file of
    one physiotherapist loosens what another asks for.
    """

    routines: tuple[Routine, ...]
    prescribed: bool
    """They are a physiotherapist's, or came as a file."""

    @property
    def limits(self) -> Readiness:
        """The limits that the files set themselves."""
        return strictest(one.readiness for one in self.routines)

    @property
    def sets_limits(self) -> bool:
        """Whether any file sets one."""
        return self.limits != Readiness()

    @property
    def per_week(self) -> int:
        """Sessions a week, of all its routines together."""
        asked = sum(per_week(one.schedule) if _says(one.schedule) else USUAL_PER_WEEK for one in self.routines)
        return asked if self.prescribed else min(asked, USUAL_PER_WEEK)

    @property
    def groin(self) -> bool:
        """Whether a file asks for the strict limits of the groin."""
        return any(one.rules.profile == "groin" for one in self.routines)


class Decision(Struct, frozen=True):
    """The verdict, and the plan whose limits it rests on."""

    verdict: Verdict
    plan: Plan
    empty: bool
    """Nothing was recorded in the weeks before that day."""


def decide(log: Log, routines: Routines, settings: Settings, on: date) -> Decision:
    """The decision on a day, from what the log says up to it; what it reads does not grow with the log.

    The plan is the one of now, also for a day that has passed. Raises StoreError.
    """
    plan = read_plan(log, routines, settings, on)
    return decide_in(read_history(log, settings, on, window(plan.limits)), plan, settings)


def decide_in(history: History, plan: Plan, settings: Settings) -> Decision:
    """The decision on the last day of a history, which reaches back as far as `window` says."""
    return decide_from(guidance_in(history, plan.routines, settings), plan, settings)


def decide_from(seen: Guidance, plan: Plan, settings: Settings) -> Decision:
    """The decision where the log has been looked at, in the eyes of the routines of the plan."""
    verdict = readiness(
        seen.history,
        plan.limits,
        judged=seen.judged,
        planned_per_week=plan.per_week,
        groin=_is_groin(plan, settings),
        noticed=_noticed(seen),
    )
    return Decision(verdict, plan, _is_empty(seen.history))


def criteria_since(log: Log, routines: Routines, settings: Settings, on: date) -> date | None:
    """Since which day all that comes before the impact check is met, R0 to R6; None while it is not.

    Raises StoreError.
    """
    plan = read_plan(log, routines, settings, on)
    seen = guidance_in(read_history(log, settings, on, window(plan.limits)), plan.routines, settings)
    return impact_since(
        seen.history,
        plan.limits,
        judged=seen.judged,
        planned_per_week=plan.per_week,
        groin=_is_groin(plan, settings),
        noticed=_noticed(seen),
    )


def _noticed(seen: Guidance) -> tuple[Flag, ...]:
    """The flags that the log itself raises."""
    return tuple(one.flag for one in seen.standing if one.by is By.LOG)


def _is_groin(plan: Plan, settings: Settings) -> bool:
    return plan.groin or PainSite.GROIN in settings.pain_sites


def window(own: Readiness) -> int:
    """How many days have to be read: a file may look at the pain of more than there usually are.

    The impact check asks how it was up to so many days before as a result counts, and a verdict.
    """
    return max(WINDOW_DAYS, limits(own).days + readiness_tests.VALID_DAYS + VERDICT_DAYS)


def read_plan(log: Log, routines: Routines, settings: Settings, on: date) -> Plan:
    """What the person follows. Raises StoreError."""
    listed = [found for name in settings.in_use if (found := routines.find(name, settings.home_side))]
    received = tuple(one.routine for one in listed if one.origin is Origin.RECEIVED)
    if received:
        return Plan(received, prescribed=True)
    built_in = tuple(one.routine for one in listed)
    followed = _followed(log, on)
    known = {one.id for one in built_in}
    if followed and not known & set(followed):
        return Plan(tuple(followed.values()), prescribed=True)
    return Plan(built_in, prescribed=False)


def _followed(log: Log, on: date) -> dict[str, Routine]:
    """The files of the sessions of the last 14 days, the newest of each id."""
    lines = log.sessions(on - DAY * (FOLLOWED_DAYS - 1), on)
    newest = {line.routine_id: line.uid for line in lines if line.ending in (Ending.FINISHED, Ending.STOPPED)}
    heads = {name: log.head(uid) for name, uid in newest.items()}
    read = {name: _read(head.routine) for name, head in heads.items() if head is not None}
    return {name: routine for name, routine in read.items() if routine is not None}


def _read(text: str) -> Routine | None:
    try:
        return msgspec.json.decode(text, type=Routine)
    except msgspec.MsgspecError:
        return None  # of a version that is not known here: it sets no limits


def _says(schedule: Schedule) -> bool:
    return schedule.per_week is not msgspec.UNSET or bool(schedule.days)


def _is_empty(history: History) -> bool:
    return not (history.days or history.bouts or history.tests)
