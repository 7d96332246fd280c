"""A log that meets every criterion to resume running, to be changed in one place by each test."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.colour import judge
from coach.core.clinical.criteria import Id
from coach.core.clinical.history import History
from coach.core.clinical.profiles import profile_for
from coach.core.clinical.readiness import Criterion, Verdict, readiness
from coach.core.log import DayEntry, FlagEntry, TestResult
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Readiness, Rules
from tests.core.clinical.made import NO_MOMENT, ON, ago, session

PER_WEEK = 3
GOALS: Mapping[str, tuple[float | None, float | None, float | None]] = {
    "single_leg_bridge": (22, 23, None),
    "side_lying_abduction": (22, 23, None),
    "side_plank": (48, 50, None),
    "plank": (None, None, 50),
    "single_leg_squat": (11, 11, None),
    "heel_raise": (22, 23, None),
}
RUNGS: Mapping[str, tuple[float | None, float | None, float | None]] = {
    "march": (None, None, 30),
    "jog_on_spot": (None, None, 60),
    "double_hop": (None, None, 20),
    "single_hop": (10, 10, None),
}
NO_OWN = Readiness()


def result(name: str, back: int, left: float | None, right: float | None, value: float | None) -> TestResult:
    return TestResult(f"{name}-{back}", name, ago(back), left, right, value, 0, NO_MOMENT)


def walk(back: int, sites: Iterable[PainSite] = (), **changed: Any) -> Bout:
    usual = Bout(
        f"w{back}",
        BoutKind.WALK,
        ago(back),
        during=1,
        after=0,
        morning=1,
        night=False,
        minutes=30,
        cadence=112,
        sites=frozenset(sites),
    )
    return replace(usual, **changed)


def entry(back: int, **changed: Any) -> DayEntry:
    usual = DayEntry(f"d{back}", ago(back), 1, 1, False, False, NO_MOMENT)
    return msgspec.structs.replace(usual, **changed)


def flagged(name: str, back: int, *, raised: bool = True) -> FlagEntry:
    return FlagEntry(f"{name}-{back}-{raised}", name, ago(back), raised, NO_MOMENT)


def healed() -> History:
    """Four weeks of calm days, sessions on three days of a week, four walks, the tests, then the impact check."""
    bouts = [*(session(ago(back)) for back in range(1, 28) if back % 7 in (1, 3, 5)), *(walk(n) for n in (2, 4, 6, 8))]
    return History(
        on=ON,
        since=ago(70),
        began=ago(27),
        days={ago(back): entry(back) for back in range(28)},
        bouts=tuple(sorted(bouts, key=lambda bout: bout.day)),
        tests=(
            *(result(name, 4, *values) for name, values in GOALS.items()),
            result("confidence", 4, None, None, 8),
            *(result(name, 2, *values) for name, values in RUNGS.items()),
        ),
    )


def with_day(history: History, back: int, **changed: Any) -> History:
    days = dict(history.days)
    days[ago(back)] = entry(back, **changed)
    return replace(history, days=days)


def without_day(history: History, back: int) -> History:
    return replace(history, days={day: entry for day, entry in history.days.items() if day != ago(back)})


def with_bouts(history: History, change: Callable[[Bout], Bout | None]) -> History:
    return replace(history, bouts=tuple(new for bout in history.bouts if (new := change(bout)) is not None))


def with_test(history: History, name: str, **changed: Any) -> History:
    tests = tuple(msgspec.structs.replace(one, **changed) if one.name == name else one for one in history.tests)
    return replace(history, tests=tests)


def without_test(history: History, name: str) -> History:
    return replace(history, tests=tuple(one for one in history.tests if one.name != name))


def on(history: History, day: date) -> History:
    """The same log, asked about on a later or earlier day."""
    return replace(history, on=day) if day > history.on else history.until(day)


def verdict(history: History, own: Readiness = NO_OWN, *, per_week: float = PER_WEEK, **more: Any) -> Verdict:
    judged = judge(history, lambda bout: profile_for(bout.kind, Rules(), bout.sites))
    return readiness(history, own, judged=judged, planned_per_week=per_week, **more)


def not_met(of: Verdict) -> set[Id]:
    return {one.id for one in of.criteria if not one.met}


def criterion(of: Verdict, name: Id) -> Criterion:
    return next(one for one in of.criteria if one.id is name)
