"""Where the return-to-run plan stands on a day, and why: the log, the routine files and the settings put together.

Reads 40 weeks, however long the log is: five times what the twelve stages take where all goes well. Of a plan that was
open before, and has had no gap since, it is only looked up whether the criteria were met when that running began.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from coach.app.guidance import Guidance, guidance_in, standing_in
from coach.app.history import WINDOW_DAYS, read_history
from coach.app.readiness import Decision, Plan, decide_from, decide_in, read_plan, window
from coach.app.routines import Routines
from coach.app.settings import Settings
from coach.core.clinical import after_plan, pain_alarm
from coach.core.clinical import run_course as core
from coach.core.clinical.after_plan import Load
from coach.core.clinical.bout import BoutKind
from coach.core.clinical.colour import judge
from coach.core.clinical.criteria import strictest
from coach.core.clinical.history import DAY, History
from coach.core.clinical.next_run import NextRun, next_run
from coach.core.clinical.profiles import common_rules, profiles_by
from coach.core.clinical.readiness import VALID_DAYS as VERDICT_DAYS
from coach.core.clinical.readiness import Outcome, Verdict
from coach.core.clinical.readiness_log import standing_flags
from coach.core.clinical.readiness_tests import VALID_DAYS as TEST_DAYS
from coach.core.clinical.red_flags import blocks_loading
from coach.core.clinical.response import actions
from coach.core.clinical.run_course import GAP_CLOSES_DAYS, Course, course
from coach.core.clinical.run_plan import LAYOFF_LONG_DAYS, plan_of
from coach.core.clinical.self_tests import RUNGS
from coach.core.clinical.triggers import flags_of
from coach.core.day import training_day
from coach.core.log import OutingKind, TestResult
from coach.store.journal import Log

LOOK_BACK_DAYS = 280
_REST_PAIN = frozenset({"constant_or_night_pain", "rest_pain_3_days"})


@dataclass(frozen=True, slots=True)
class RunPlan:
    """The plan on a day, the verdict of that day, and the next run."""

    course: Course
    decision: Decision
    blocked: bool
    """A red flag stands: no run is proposed until a clinician has looked."""
    next: NextRun | None
    """None while the plan is not open or blocked."""
    may_begin: bool
    """The next run may be started now."""
    load: Load | None
    """Once the last stage is done."""
    past: bool
    """The day is one that has passed."""

    @property
    def verdict(self) -> Verdict:
        """The verdict of the day."""
        return self.decision.verdict


def run_plan(log: Log, routines: Routines, settings: Settings, on: date, now: datetime) -> RunPlan:
    """The plan on a day, from what the log says up to it. `now` is for whether the next run may begin.

    The routine files are those of now, also for a day that has passed. Raises StoreError.
    """
    plan = read_plan(log, routines, settings, on)
    days = window(plan.limits)
    history = read_history(log, settings, on, max(LOOK_BACK_DAYS, days))
    seen = guidance_in(history.window(days), plan.routines, settings)
    decision = decide_from(seen, plan, settings)
    found = course(
        _looked_at(log, history, plan, settings), plan_of(plan.routines), actions(common_rules(plan.routines))
    )
    blocked = seen.blocked or decision.verdict.outcome is Outcome.BLOCKED
    coming = None if blocked or not found.open else _next(found, history, seen, now)
    may_begin = coming is not None and coming.may_begin(now, on) and seen.may_load(BoutKind.RUN)
    runs = history.of_kind(BoutKind.RUN)
    load = after_plan.load(runs, on) if found.done else None
    return RunPlan(found, decision, blocked, coming, may_begin, load, past=on < training_day(now))


def _next(found: Course, history: History, seen: Guidance, now: datetime) -> NextRun:
    others = tuple(seen.response(kind) for kind in BoutKind if kind is not BoutKind.RUN)
    runs = history.of_kind(BoutKind.RUN)
    coming = next_run(found, runs, seen.response(BoutKind.RUN), others, history.mornings())
    if coming.not_before is None:
        return coming
    here = coming.not_before.astimezone(now.tzinfo)
    return replace(coming, not_before=None if here <= now else here)


def _looked_at(log: Log, history: History, plan: Plan, settings: Settings) -> core.Log:
    days = window(plan.limits)
    judged = judge(history, profiles_by(plan.routines))
    mornings = history.mornings()
    pained = _rest_pain_since(history)
    verdict = cache(lambda day: decide_in(history.until(day).window(days), plan, settings).verdict)
    possible = _days_to_ask(history.tests)
    rules, readiness = common_rules(plan.routines), strictest(one.readiness for one in plan.routines)

    @cache
    def flagged(day: date) -> bool:
        """Whether a red flag stood, that the person raised, or one of the log's that holds back any loading."""
        if standing_flags(entry for entry in history.flags if entry.day <= day):
            return True
        past = history.until(day).window(WINDOW_DAYS)
        # What was done on the day itself is judged by its own colour.
        known = tuple(one for one in judged if past.since <= one.bout.day < past.on)
        return blocks_loading(flags_of(standing_in(past, known, settings, rules, readiness)))

    return core.Log(
        runs=tuple(one for one in judged if one.bout.kind is BoutKind.RUN),
        since=history.since,
        on=history.on,
        met=lambda day: day.toordinal() in possible and verdict(day).outcome is Outcome.MET,
        against=lambda day: _is_against(verdict(day)),
        blocked=flagged,
        frozen=lambda day: pain_alarm.frozen(mornings, day),
        alarms=frozenset(pain_alarm.alarms(mornings, history.since, history.on)),
        last_before=_last_before_rehab(log, history),
        rest_pain=lambda day: pained is not None and pained <= day,
        open_before=_open_before(log, history, plan, settings),
    )


def _is_against(verdict: Verdict) -> bool:
    return verdict.outcome is Outcome.BLOCKED or any(not (one.met or one.to_do) for one in verdict.counted)


def _days_to_ask(tests: Iterable[TestResult]) -> frozenset[int]:
    """The days, as ordinals, on which the criteria can be met at all: the impact check counts for 10 days."""
    tried = {test.day.toordinal() for test in tests if test.name in RUNGS}
    return frozenset(day + later for day in tried for later in range(TEST_DAYS + 1))


def _rest_pain_since(history: History) -> date | None:
    """The first day in the history that knows of pain at rest: a night woken, or a red flag that says so."""
    nights = (day for day, entry in history.days.items() if entry.night)
    told = (entry.day for entry in history.flags if entry.raised and entry.name in _REST_PAIN)
    return min((*nights, *told), default=None)


def _last_before_rehab(log: Log, history: History) -> date | None:
    """The last run before the first session of the log, if it is near enough to make the plan begin higher."""
    began = history.began
    if began is None or began < history.since:
        return None
    runs = log.outings(began - DAY * LAYOFF_LONG_DAYS, began - DAY)
    return max((one.day for one in runs if one.kind is OutingKind.RUN), default=None)


def _open_before(log: Log, history: History, plan: Plan, settings: Settings) -> bool:
    """Whether the plan was open when the history begins: running without a gap since a verdict that was met."""
    days = log.run_days(history.since)
    if not days or (history.since - days[0]).days > GAP_CLOSES_DAYS:
        return False
    began = days[0]
    for day in days[1:]:
        if (began - day).days > GAP_CLOSES_DAYS:
            break
        began = day
    if not _days_to_ask(log.tests(began - DAY * (VERDICT_DAYS + TEST_DAYS), began)):
        return False
    then = read_history(log, settings, began, window(plan.limits) + VERDICT_DAYS)
    asked = (then.until(began - DAY * back).window(window(plan.limits)) for back in range(VERDICT_DAYS + 1))
    return any(decide_in(one, plan, settings).verdict.outcome is Outcome.MET for one in asked)
