"""The self-tests of the readiness criteria: goals, when one may be done, what a result comes to.

Numbers: clinical reference, sections 2.2.1 to 2.2.4. A routine's `readiness` replaces those that it names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.criteria import Limits, limits
from coach.core.clinical.red_flags import Flag, blocks_loading
from coach.core.log import TestResult
from coach.core.routine.plan import Side
from coach.core.routine.routine import Readiness

EVERY = timedelta(days=7)
"""Section 2.2.4: self-tests at most every 7 days; after one that failed 7 days, too."""
AFTER_CRITERIA = timedelta(days=1)
"""R7: the impact check comes at least a day after R0-R6 were met."""
PAIN_MAX = 1
"""R6x and R7: with more pain a test does not count."""
LSI_BEYOND = 1.2
"""R6x: the weaker side may fall short of the stronger where both reach 1.2 times the goal."""
FORM_TICKS = 3
"""R6d: pelvis level, knee over the second toe, trunk steady; all three, or the reps do not count."""
GROIN_FLAG = "groin_pain_with_running"
"""What groin pain on R4 or R7 raises (section 2.2.4; section 5.4: any hop pain in the groin is urgent)."""


class Guided(StrEnum):
    """What one can be led through; but for the last two, the name in the log."""

    SINGLE_LEG_BRIDGE = "single_leg_bridge"
    SIDE_LYING_ABDUCTION = "side_lying_abduction"
    SIDE_PLANK = "side_plank"
    PLANK = "plank"
    SINGLE_LEG_SQUAT = "single_leg_squat"
    HEEL_RAISE = "heel_raise"
    IMPACT = "impact"
    """Four rungs, each a test of its own in the log."""
    BRISK_WALK = "brisk_walk"
    """A walk in the log."""


RUNGS = ("march", "jog_on_spot", "double_hop", "single_hop")
"""R7, in the order with stop."""
FORM: Final = "single_leg_squat_form"
"""The form ticks of the single-leg squat, 0 to 3 a side, as a result of their own."""

_EXERCISES: Final[dict[str, str]] = {name: f"test_{name}" for name in (*(test.value for test in Guided), *RUNGS)}
_UNSIDED = frozenset({"plank", "march", "jog_on_spot", "double_hop"})


def exercise_of(test: str) -> str:
    """The exercise of the library that shows a test or a rung."""
    return _EXERCISES[test]


def guided_by(exercise: str) -> Guided | None:
    """What one is led through from the page of an exercise; a rung leads to the whole check."""
    found = next((test for test, shown in _EXERCISES.items() if shown == exercise), None)
    return None if found is None else Guided.IMPACT if found in RUNGS else Guided(found)


def sided(test: str) -> bool:
    """Whether the test or rung is done side by side."""
    return test not in _UNSIDED


def goals(of: Limits) -> Mapping[str, float]:
    """The goal of each test and rung, in seconds or reps (sections 2.2.2 and 2.2.3)."""
    return {
        "single_leg_bridge": of.slb_reps,
        "side_lying_abduction": of.abd_reps,
        "side_plank": of.sp_s,
        "plank": of.plank_s,
        "single_leg_squat": of.sls_reps,
        "heel_raise": of.hr_reps,
        "march": 30,
        "jog_on_spot": 60,
        "double_hop": 20,
        "single_hop": of.hops,
    }


def goal(test: str, readiness: Readiness) -> int:
    """The goal of a test or rung in whole seconds or reps; of the walk in minutes. At least 1: 0 would be no test."""
    of = limits(readiness)
    return max(1, round(of.walk_min if test == Guided.BRISK_WALK else goals(of)[test]))


def rungs(of: Limits | Readiness) -> tuple[str, ...]:
    """The rungs of the impact check; a plan can leave out the hops."""
    return RUNGS[:2] if of.skip_hop is True else RUNGS


# -- may it be done? ------------------------------------------------------------------------------------------------


class Why(StrEnum):
    """Why a test is not done now."""

    TESTED = "tested"
    """It was done less than 7 days ago."""
    FAILED = "failed"
    """It was done less than 7 days ago and fell short, or hurt too much."""
    CRITERIA = "criteria"
    """The impact check, while R0-R6 are not met."""
    DAY_AFTER = "day_after"
    """The impact check, on the day that R0-R6 came to be met."""
    GROIN = "groin"
    """Pain in the groin on a walk or an impact check: not again before a clinician has looked."""
    FLAG = "flag"
    """Another red flag that asks for a clinician within two days or at once."""
    SITE = "site"
    """What hurts speaks against it."""
    REST = "rest"
    """The last of its kind was red, and the rest after it is not over (1.2.3)."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done now; `earlier` are results of today that it goes on from: what broke off is made whole."""

    earlier: tuple[TestResult, ...] = ()


@dataclass(frozen=True, slots=True)
class NotBefore:
    """It may be done from `day` on."""

    day: date
    why: Why
    last: date | None = None
    """When it was done."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """It is not done, and no day is known on which it may be."""

    why: Why


Permission = Allowed | NotBefore | Withheld


def loading_of(test: Guided) -> BoutKind:
    """Which kind of loading a test is: what rests after a red one of that kind."""
    return {Guided.BRISK_WALK: BoutKind.WALK, Guided.IMPACT: BoutKind.RUN}.get(test, BoutKind.SESSION)


def may_test(
    test: Guided,
    results: Iterable[TestResult],
    on: date,
    *,
    readiness: Readiness,
    flags: Iterable[Flag] = (),
    criteria_since: date | None = None,
    ruled_out: bool = False,
    rests: bool = False,
) -> Permission:
    """Whether a test may be done on a day.

    `results` are those that stand, in the order recorded; `flags` those that are raised; `criteria_since` is the day
    since which R0-R6 are met, None while they are not; `ruled_out` says that a pain site of the person is against it,
    `rests` that its kind of loading rests today (`loading_of`).
    """
    standing = tuple(flags)
    if any(flag.name == GROIN_FLAG for flag in standing):
        return Withheld(Why.GROIN)
    if blocks_loading(standing):
        return Withheld(Why.FLAG)
    if ruled_out:
        return Withheld(Why.SITE)
    if rests:
        return Withheld(Why.REST)
    if test is Guided.BRISK_WALK:
        return Allowed()  # R4 asks for two of them within 7 days
    names = RUNGS if test is Guided.IMPACT else (test.value,)
    every = [one for one in results if one.day <= on]
    done = [one for one in every if one.name in names]
    if test is Guided.IMPACT and not _same_day(done, on):
        if criteria_since is None:
            return Withheld(Why.CRITERIA)
        if on < criteria_since + AFTER_CRITERIA:
            return NotBefore(criteria_since + AFTER_CRITERIA, Why.DAY_AFTER)
    if not done:
        return Allowed()
    last = max(one.day for one in done)
    attempt = tuple({one.name: one for one in done if one.day == last}.values())
    if last == on and _broke_off(test, attempt, readiness):
        return Allowed(attempt)
    if on >= last + EVERY:
        return Allowed()
    form = next((one for one in reversed(every) if one.name == FORM and one.day == last), None)
    fell_short = not all(judge(one, readiness, form).met for one in attempt)
    return NotBefore(last + EVERY, Why.FAILED if fell_short else Why.TESTED, last)


def _same_day(done: Iterable[TestResult], on: date) -> bool:
    return any(one.day == on for one in done)


def _broke_off(test: Guided, attempt: tuple[TestResult, ...], readiness: Readiness) -> bool:
    """Whether an attempt ended without a reason to stop: something of it is left to do."""
    if any(one.pain > PAIN_MAX for one in attempt):
        return False
    if test is not Guided.IMPACT:
        return any(sided(one.name) and _missing(one) for one in attempt)
    wanted = rungs(readiness)
    names = {one.name for one in attempt}
    whole = all(name in names for name in wanted) and not any(sided(one.name) and _missing(one) for one in attempt)
    return not whole and all(_as_far_as_it_went(one, readiness) for one in attempt)


def _as_far_as_it_went(result: TestResult, readiness: Readiness) -> bool:
    reached = [value for value in (result.left, result.right, result.value) if value is not None]
    return bool(reached) and min(reached) >= goal(result.name, readiness)


def _missing(result: TestResult) -> bool:
    return (result.left is None) != (result.right is None)


# -- what does it come to? ------------------------------------------------------------------------------------------


class Shortfall(StrEnum):
    """Why a result does not count in full."""

    SHORT = "short"
    """A side does not reach the goal."""
    FORM = "form"
    PAIN = "pain"
    UNEVEN = "uneven"


@dataclass(frozen=True, slots=True)
class Judged:
    """A result beside its goal."""

    goal: int
    short: tuple[tuple[Side, float], ...]
    """By how much each side falls short; those that reach the goal are not named."""
    missing: tuple[Side, ...]
    """Sides that were not tested."""
    symmetry: float | None
    """Limb symmetry index: weaker by stronger, 0 to 1. None where there is only one number, or nothing was done."""
    symmetry_goal: float
    even: bool
    """The symmetry is enough, or both sides are so far beyond the goal that it does not matter."""
    pain_ok: bool
    form_short: tuple[Side, ...] = ()
    """Sides whose form ticks are not all set."""

    @property
    def met(self) -> bool:
        """Whether all that the criterion asks of this result is there."""
        return not (self.shortfalls or self.missing)

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """All that keeps what was done from counting; a side that was not tested is none of it."""
        every = (
            (Shortfall.SHORT, bool(self.short)),
            (Shortfall.FORM, bool(self.form_short)),
            (Shortfall.PAIN, not self.pain_ok),
            (Shortfall.UNEVEN, not self.even),
        )
        return tuple(one for one, true in every if true)


def judge(result: TestResult, readiness: Readiness, form: TestResult | None = None) -> Judged:
    """A result of `Guided` or of a rung beside its goal; `form` are the ticks of a single-leg squat, if known."""
    wanted = goal(result.name, readiness)
    reached = {Side.LEFT: result.left, Side.RIGHT: result.right} if sided(result.name) else {Side.BOTH: result.value}
    short = tuple((side, wanted - got) for side, got in reached.items() if got is not None and got < wanted)
    lsi = symmetry(result.left, result.right)
    lsi_min = limits(readiness).lsi_min
    far = all(got is not None and got >= wanted * LSI_BEYOND for got in reached.values())
    ticks = {Side.LEFT: form.left, Side.RIGHT: form.right} if form is not None else {}
    return Judged(
        wanted,
        short,
        tuple(side for side, got in reached.items() if got is None),
        lsi,
        lsi_min,
        # A hair for shares such as 18 of 20, which no float holds.
        lsi is None or far or lsi >= lsi_min - 1e-9,
        result.pain <= PAIN_MAX,
        tuple(
            side for side, got in ticks.items() if reached.get(side) is not None and (got is None or got < FORM_TICKS)
        ),
    )


def symmetry(left: float | None, right: float | None) -> float | None:
    """The limb symmetry index, weaker over stronger side; None unless both were measured and one reached anything."""
    if left is None or right is None or max(left, right) <= 0:
        return None
    return min(left, right) / max(left, right)
