"""Red flags that the log itself raises, and all that stand (clinical reference, sections 5.3 and 5.4).

A flag of the log stands until the person states that a clinician looked, on a day not before its newest evidence; what
is logged after that raises it again. An urgent one is looked for as far back as the history reaches; one that asks for
a look within two weeks goes by itself where four weeks brought nothing new. Nothing here diagnoses.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.colour import Colour, Judged, Sign
from coach.core.clinical.criteria import Limits
from coach.core.clinical.history import DAY, History
from coach.core.clinical.profiles import ProfileName
from coach.core.clinical.readiness_log import BRISK_CADENCE
from coach.core.clinical.readiness_tests import TESTS
from coach.core.clinical.red_flags import BY_NAME, FLAGS, Flag, Tier, active, in_order
from coach.core.clinical.response import actions
from coach.core.clinical.self_tests import FORM, RUNGS, Shortfall
from coach.core.log import DayEntry, TestResult
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Rules

NIGHTS, NIGHT_DAYS = 3, 7  # 5.4
RUN_PAIN = 3  # 5.4, groin
MORNING = 6  # 5.4
WORST, WORST_TIMES = 7, 2  # 5.3
WORST_DAYS = 28
"""[ours] 5.3 says "on 2 days" and names no span; that of the three reds is taken."""
LIMP_DAYS = 3  # 5.3: more than
FAILS = 3  # 5.3; [ours] in a row: a result that meets the goal begins the count anew
NOTICE_DAYS = 28
"""[ours] For so long after its newest evidence what asks for a look within two weeks stands, unless it is cleared; the
reds that it may come from are counted over as many days (1.2.3)."""

WEEK = 7
WEEK_LEAST = 4  # 8.3.1: a weekly mean needs so many values
SELF_CARE_WEEKS, COURSE_WEEKS = 2, 6  # 5.3
POINTS, SHARE = 2.0, 0.30  # 5.3, 8.3.3
LOW = 2.0
"""[ours] At a mean below this there is little to gain (8.4, floor at 0): "no improvement" would say nothing. From below
it does only where pain has risen by as much as counts as a change."""
LOOK_BACK_WEEKS = 8
"""[ours] With a longer log the comparison is with the week so long ago: 5.3 names the LEAP course of 8 weeks."""


class By(StrEnum):
    """Who raised a flag."""

    PERSON = "person"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing in the log that speaks for a flag; the value as it was logged, empty where it is a yes."""

    day: date
    value: float | None = None
    what: str = ""
    """A pain site or the name of a self-test, where that is what counts."""
    why: tuple[Shortfall, ...] = ()
    """Of a self-test: why it did not count. Its number alone may well reach the goal."""
    pain: int | None = None
    """Of a self-test: how much it hurt."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A flag that stands."""

    flag: Flag
    since: date
    by: By
    evidence: tuple[Evidence, ...] = ()


Below = Callable[[TestResult, TestResult | None], tuple[Shortfall, ...]]
"""Of a result, and the ticks for form that belong to it: why it does not count; nothing where it does."""


@dataclass(frozen=True, slots=True)
class _Log:
    """What the triggers look at."""

    history: History
    judged: tuple[Judged, ...]
    sites: frozenset[PainSite]
    rules: Rules
    alarms: tuple[date, ...]
    below: Below | None
    cleared: dict[str, date]


def standing(
    history: History,
    judged: Iterable[Judged],
    *,
    sites: Iterable[PainSite] = (),
    rules: Rules = Rules(),  # noqa: B008 # frozen
    alarms: Iterable[date] = (),
    below: Below | None = None,
) -> tuple[Standing, ...]:
    """Every flag that stands on the day of the history, whoever raised it; the gravest first.

    `sites` is where it hurts by the answers of the first start; `alarms` the days on which the worsening alarm came up
    (section 8); `below` tells why a self-test does not count, given the ticks for form of its day.
    """
    entries = in_order(history.flags)
    told = {flag.name for flag in active(entries)}
    said_on = {entry.name: entry.day for entry in entries if entry.raised}
    cleared: dict[str, date] = {}
    for entry in entries:
        if not entry.raised:
            cleared[entry.name] = max(entry.day, cleared.get(entry.name, entry.day))
    log = _Log(history, tuple(judged), frozenset(sites), rules, tuple(alarms), below, cleared)
    found: list[Standing] = []
    for flag in FLAGS:
        evidence = _uncleared(log, flag.name)
        if flag.name in told:
            found.append(Standing(flag, said_on[flag.name], By.PERSON, evidence))
        elif evidence and not (flag.tier is Tier.REFER and evidence[-1].day <= history.on - DAY * NOTICE_DAYS):
            found.append(Standing(flag, evidence[-1].day, By.LOG, evidence))
    return tuple(found)


def flags_of(some: Iterable[Standing]) -> tuple[Flag, ...]:
    """The flags alone."""
    return tuple(one.flag for one in some)


def known_on(one: Judged) -> date:
    """The day on which a bout turned out red: its own, or the next morning."""
    late = {Sign.MORNING_RISE, Sign.MORNING_ABOVE, Sign.NIGHT_NEW}
    reds = {reason.sign for reason in one.reasons if reason.colour is Colour.RED}
    return one.bout.day + DAY if reds <= late else one.bout.day


def _uncleared(log: _Log, name: str) -> tuple[Evidence, ...]:
    trigger = _TRIGGERS.get(name)
    evidence = trigger(log) if trigger is not None else ()
    cleared = log.cleared.get(name)
    return evidence if evidence and (cleared is None or evidence[-1].day > cleared) else ()


# -- the triggers: the newest evidence that is enough, the oldest first ----------------------------------------------


def _nights(log: _Log) -> tuple[Evidence, ...]:
    return _often([Evidence(day) for day, entry in _days(log) if entry.night], NIGHTS, NIGHT_DAYS)


def _groin(log: _Log) -> tuple[Evidence, ...]:
    """Section 5.4; and 2.2.4: any groin pain on a brisk walk (R4) or on a step of the impact check (R7)."""
    runs = [
        Evidence(one.bout.day, one.bout.during, BoutKind.RUN.value)
        for one in log.judged
        if one.bout.kind is BoutKind.RUN
        and PainSite.GROIN in (one.bout.sites or log.sites)
        and (one.bout.during or 0) >= RUN_PAIN
    ]
    walks = [
        Evidence(one.bout.day, one.bout.during, BoutKind.WALK.value)
        for one in log.judged
        if _is_brisk(one.bout) and PainSite.GROIN in (one.bout.sites or log.sites) and (one.bout.during or 0) > 0
    ]
    rungs = [
        Evidence(test.day, test.pain, test.name)
        for test in log.history.tests
        if test.name in RUNGS and test.pain > 0 and (test.groin or PainSite.GROIN in _sites_on(log, test.day))
    ]
    return _often(sorted([*runs, *walks, *rungs], key=lambda one: one.day), 1, 1)


def _is_brisk(bout: Bout) -> bool:
    """Whether it is a walk as R4 asks for by default (2.2.1)."""
    fast = bout.cadence is not None and bout.cadence >= BRISK_CADENCE
    return bout.kind is BoutKind.WALK and fast and (bout.minutes or 0.0) >= Limits().walk_min


def _mornings(log: _Log) -> tuple[Evidence, ...]:
    high = [Evidence(day, entry.morning) for day, entry in _days(log) if (entry.morning or 0) >= MORNING]
    return _often(high, 1, 1)


def _reds(log: _Log) -> tuple[Evidence, ...]:
    of = actions(log.rules)
    # One bad morning after a session and a walk is one red day, not two.
    days = {one.bout.day: known_on(one) for one in log.judged if one.colour is Colour.RED}
    return _often([Evidence(days[day]) for day in sorted(days)], of.reds_to_refer, of.reds_to_refer_days)


def _groin_signs(log: _Log) -> tuple[Evidence, ...]:
    found = [
        Evidence(known_on(one), what=reason.sign.value)
        for one in log.judged
        if one.profile.name is ProfileName.GROIN
        for reason in one.reasons
        if reason.sign in (Sign.LIMP, Sign.NIGHT_NEW)
    ]
    return _often(sorted(found, key=lambda one: one.day), 1, 1)


def _worsening(log: _Log) -> tuple[Evidence, ...]:
    return _often([Evidence(day) for day in sorted(log.alarms) if day <= log.history.on], 1, 1)


def _worst(log: _Log) -> tuple[Evidence, ...]:
    high = [Evidence(day, entry.worst) for day, entry in _days(log) if (entry.worst or 0) >= WORST]
    return _often(high, WORST_TIMES, WORST_DAYS)


def _limp(log: _Log) -> tuple[Evidence, ...]:
    """Limping on more than three days in a row; a single day without a word does not end it, a "no" does."""
    limped = {day for day, entry in _days(log) if entry.limp}
    limped |= {one.bout.day for one in log.judged if one.bout.limp}
    denied = {day for day, entry in _days(log) if entry.limp is False} - limped
    found: tuple[Evidence, ...] = ()
    row: list[date] = []
    for day in sorted(limped):
        missed = (day - row[-1]).days - 1 if row else 0
        broken = missed > 1 or any(row[-1] < no < day for no in denied) if row else False
        row = [day] if broken else [*row, day]
        if (row[-1] - row[0]).days + 1 > LIMP_DAYS and len(row) >= LIMP_DAYS:
            found = tuple(Evidence(one) for one in row)
    return found


def _new_site(log: _Log) -> tuple[Evidence, ...]:
    """A site that was neither among the answers of the first start nor named before.

    Without such answers what is named first is not new. `since` bounds what "before" can see.
    """
    named: dict[date, frozenset[PainSite]] = {day: entry.sites for day, entry in _days(log)}
    for one in log.judged:
        named[one.bout.day] = named.get(one.bout.day, frozenset()) | one.bout.sites
    known = set(log.sites)
    found: tuple[Evidence, ...] = ()
    for day in sorted(named):
        new = named[day] - known
        if new and known:
            found = tuple(Evidence(day, what=site.value) for site in sorted(new))
        known |= named[day]
    return found


def _failing(log: _Log) -> tuple[Evidence, ...]:
    """5.3: the same readiness item, each by the day on which it was tried."""
    found: list[tuple[Evidence, ...]] = []
    if log.below is None:
        return ()
    ticks = {test.day: test for test in log.history.results(FORM)}
    for names in (*TESTS.values(), RUNGS):
        row: list[Evidence] = []
        tries: dict[date, Evidence | None] = {}
        for test in (test for test in log.history.tests if test.name in names):
            form = ticks.get(test.day) if test.name == "single_leg_squat" else None
            why = log.below(test, form)
            missed = Evidence(test.day, _result(test), test.name, why, test.pain) if why else None
            # Of one day the last result of each test stands; an item of two tests, or a ladder, fails with one of them.
            before = tries.get(test.day)
            tries[test.day] = missed or (before if before is not None and before.what != test.name else None)
        for missed in tries.values():
            row = [*row, missed] if missed is not None else []
            if len(row) >= FAILS:
                found.append(tuple(row[-FAILS:]))
    return max(found, key=lambda one: one[-1].day, default=())


def _result(test: TestResult) -> float | None:
    sides = [side for side in (test.left, test.right, test.value) if side is not None]
    return min(sides, default=None)


def _no_improvement(log: _Log) -> tuple[Evidence, ...]:
    """Two weeks of self-care and no better; or after six weeks neither 2 points nor 30 % better.

    Compared are means of whole weeks with four or more answers, never the first single score: people begin on a bad
    day (8.4, regression to the mean). Pain is the worst of the day, or else the morning's where too few told it. Weeks
    count from the first day of the log, or from the day after a clinician looked; looked at once a week. It is the one
    flag of the log that goes by itself: when the log shows the improvement.
    """
    history = log.history
    if history.began is None:
        return ()
    looked = log.cleared.get("no_improvement")
    first = history.began if looked is None else max(history.began, looked + DAY)
    weeks = ((history.on - first).days + 1) // WEEK
    if weeks < SELF_CARE_WEEKS:
        return ()
    then = max(0, weeks - 1 - LOOK_BACK_WEEKS)
    begin, end = first + DAY * (WEEK * then), first + DAY * (WEEK * (weeks - 1))
    means = _means(history, begin, end)
    if means is None:
        return ()
    before, now = means
    fallen = before - now
    long = weeks - then >= COURSE_WEEKS
    if now < LOW or (before < LOW and -fallen < POINTS):
        return ()
    if fallen > 0 and not (long and fallen < POINTS and fallen < SHARE * before):
        return ()
    return Evidence(begin, before), Evidence(end + DAY * (WEEK - 1), now)


def _means(history: History, begin: date, end: date) -> tuple[float, float] | None:
    """The means of the weeks that begin on two days; None where neither kind of pain was told often enough."""
    for of in (_worst_of, _morning_of):
        weeks = [
            [value for entry in _week(history, start) if (value := of(entry)) is not None] for start in (begin, end)
        ]
        if all(len(values) >= WEEK_LEAST for values in weeks):
            return fmean(weeks[0]), fmean(weeks[1])
    return None


def _week(history: History, start: date) -> tuple[DayEntry, ...]:
    return history.entries(start + DAY * at for at in range(WEEK))


def _worst_of(entry: DayEntry) -> int | None:
    return entry.worst


def _morning_of(entry: DayEntry) -> int | None:
    return entry.morning


_TRIGGERS: dict[str, Callable[[_Log], tuple[Evidence, ...]]] = {
    "constant_or_night_pain": _nights,
    "groin_pain_with_running": _groin,
    "no_improvement": _no_improvement,
    "limp_over_3_days": _limp,
    "new_pain_site": _new_site,
    "morning_pain_6": _mornings,
    "three_reds": _reds,
    "groin_with_limp_or_night": _groin_signs,
    "worsening": _worsening,
    "worst_pain_7_twice": _worst,
    "failing_item": _failing,
}
assert set(_TRIGGERS) <= set(BY_NAME)


def _often(found: list[Evidence], times: int, days: int) -> tuple[Evidence, ...]:
    """The newest that came so many times within so many days; with once, the newest alone."""
    for last in range(len(found) - 1, times - 2, -1):
        first = found[last - times + 1]
        if (found[last].day - first.day).days < days:
            since = found[last].day - DAY * (days - 1)
            return tuple(one for one in found[: last + 1] if one.day >= since)
    return ()


def _days(log: _Log) -> Iterator[tuple[date, DayEntry]]:
    for day in sorted(log.history.days):
        yield day, log.history.days[day]


def _sites_on(log: _Log, day: date) -> frozenset[PainSite]:
    """Where it hurt that day, or else where it hurts in general."""
    entry = log.history.days.get(day)
    return entry.sites if entry is not None and entry.spots else log.sites
