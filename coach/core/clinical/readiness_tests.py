"""The criteria to resume running that the self-tests answer: R6a to R6x, the impact check R7, confidence R8.

Clinical reference, sections 2.2.2 and 2.2.3. A result counts for 10 days; of each side the newest one does, whether it
is better or worse. A squat without form ticks of its day is taken as the person states it [ours]. Where the text
leaves something open the harder reading holds, marked [ours] here.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from coach.core.clinical.colour import Colour, Judged, baseline
from coach.core.clinical.criteria import Id, Limits
from coach.core.clinical.history import DAY, History
from coach.core.clinical.self_tests import FORM, FORM_TICKS, LSI_BEYOND, PAIN_MAX, RUNGS, goals, rungs, sided, symmetry
from coach.core.log import TestResult
from coach.core.routine.plan import Side

VALID_DAYS = 10
"""R6x: done within 10 days."""
CONFIDENCE = "confidence"
_ROUNDING = 1e-9

_SIDES = (Side.LEFT, Side.RIGHT)

TESTS: Mapping[Id, tuple[str, ...]] = {
    Id.R6A: ("single_leg_bridge",),
    Id.R6B: ("side_lying_abduction",),
    Id.R6C: ("side_plank", "plank"),
    Id.R6D: ("single_leg_squat",),
    Id.R6E: ("heel_raise",),
}
HELD = frozenset({"side_plank", "plank", "march", "jog_on_spot"})
"""What counts in seconds, not in reps."""


class Reached(Struct, frozen=True):
    """What one side did; None: no result that counts."""

    side: Side
    value: float | None
    pain: int | None = None
    day: date | None = None
    form: int | None = None
    """Ticks of 3, where they were asked."""


class Tested(Struct, frozen=True):
    """One self-test beside its goal."""

    name: str
    goal: float
    sides: tuple[Reached, ...]

    @property
    def held(self) -> bool:
        """Whether seconds are counted, not reps."""
        return self.name in HELD

    @property
    def missing(self) -> tuple[Side, ...]:
        """The sides without a result that counts."""
        return tuple(one.side for one in self.sides if one.value is None)

    @property
    def short(self) -> tuple[tuple[Side, float], ...]:
        """By how much each side falls short; those that reach the goal are not named."""
        return tuple(
            (one.side, self.goal - one.value)
            for one in self.sides
            if one.value is not None and one.value < self.goal - _ROUNDING
        )

    @property
    def out_of_form(self) -> tuple[Side, ...]:
        """The sides whose form was not as it should be."""
        return tuple(one.side for one in self.sides if one.form is not None and one.form < FORM_TICKS)

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return not (self.missing or self.short or self.out_of_form)

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        if self.missing:
            return 1.0
        short = max((by for _, by in self.short), default=0.0)
        return max(short / self.goal if self.goal else 0.0, 0.3 if self.out_of_form else 0.0)

    @property
    def pain(self) -> int | None:
        """The worst of what counts."""
        return max((one.pain for one in self.sides if one.pain is not None), default=None)

    @property
    def symmetry(self) -> float | None:
        """The limb symmetry index: weaker by stronger side. None without two sides, or where nothing was done."""
        return symmetry(*(one.value for one in self.sides)) if len(self.sides) == len(_SIDES) else None

    @property
    def far_beyond(self) -> bool:
        """Whether every side does so much more than asked that their difference does not matter."""
        return all(one.value is not None and one.value >= self.goal * LSI_BEYOND - _ROUNDING for one in self.sides)


class Measured(Struct, frozen=True):
    """R6a to R6e: one or two self-tests."""

    tests: tuple[Tested, ...]

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return all(one.met for one in self.tests)

    @property
    def hurt(self) -> int | None:
        """The pain, where it is more than R6x lets count: it takes nothing from this criterion, and all from that."""
        worst = max((one.pain for one in self.tests if one.pain is not None), default=0)
        return worst if worst > PAIN_MAX else None

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        return max(one.gap for one in self.tests)


class Even(Struct, frozen=True):
    """R6x: all of these tests recent, free of pain, and even."""

    tests: tuple[Tested, ...]
    lsi_min: float

    @property
    def missing(self) -> tuple[str, ...]:
        """The tests that have no result that counts."""
        return tuple(one.name for one in self.tests if one.missing)

    @property
    def painful(self) -> tuple[Tested, ...]:
        """Those with too much pain."""
        return tuple(one for one in self.tests if one.pain is not None and one.pain > PAIN_MAX)

    @property
    def uneven(self) -> tuple[Tested, ...]:
        """Those whose sides differ too much."""
        return tuple(one for one in self.tests if not one.missing and not self._is_even(one))

    @property
    def lowest(self) -> float | None:
        """The lowest limb symmetry index, of tests that do not reach far beyond their goal."""
        return min(
            (one.symmetry for one in self.tests if one.symmetry is not None and not one.far_beyond), default=None
        )

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return not (self.missing or self.painful or self.uneven)

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        if self.missing:
            return len(self.missing) / len(self.tests)
        if self.painful:
            return 0.5
        return max(0.0, self.lsi_min - (self.lowest or 0.0)) if self.uneven else 0.0

    def _is_even(self, test: Tested) -> bool:
        if len(test.sides) < 2 or test.far_beyond:
            return True
        return test.symmetry is not None and test.symmetry >= self.lsi_min - _ROUNDING


class Impact(Struct, frozen=True):
    """R7: the rungs of the impact check, of the newest day on which any was tried."""

    rungs: tuple[Tested, ...]
    day: date | None
    pain: int | None
    groin: bool
    morning: int | None
    baseline: float | None
    morning_due: bool
    """The morning after has not come."""
    early: bool
    """R0 to R6 did not hold on any of the 7 days before it."""
    masked: bool = False
    """A painkiller may hide what the day or the morning after would have told (0.3)."""

    @property
    def whole(self) -> bool:
        """Whether every rung was reached."""
        return self.day is not None and all(one.met for one in self.rungs)

    @property
    def painful(self) -> bool:
        """Those with too much pain."""
        return self.groin or (self.pain is not None and self.pain > PAIN_MAX)

    @property
    def morning_calm(self) -> bool:
        """Whether the next morning told no more pain than those before."""
        return self.morning is not None and self.baseline is not None and self.morning <= self.baseline + _ROUNDING

    @property
    def morning_fine(self) -> bool:
        """Whether it was calm, and nothing hid what it or the check would have told."""
        return self.morning_calm and not self.masked

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.whole and not self.painful and self.morning_fine and not self.early

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        # What comes last is not the nearest gap while anything else is missing.
        return 0.0 if self.met else 1.0


class Confidence(Struct, frozen=True):
    """R8: how sure the person is, 0 to 10."""

    points: float | None
    least: float

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.points is not None and self.points >= self.least - _ROUNDING

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        return 0.0 if self.met else 1.0


def tests(history: History, of: Limits) -> Mapping[Id, Measured]:
    """R6a to R6e."""
    recent = [test for test in history.tests if history.on - DAY * VALID_DAYS <= test.day <= history.on]
    wanted = goals(of)
    return {
        criterion: Measured(tuple(_tested(name, wanted[name], recent) for name in names))
        for criterion, names in TESTS.items()
    }


def even(of: Limits, found: Mapping[Id, Measured]) -> Even:
    """R6x, of what R6a to R6e found."""
    return Even(tuple(one for criterion in TESTS for one in found[criterion].tests), of.lsi_min)


def impact(history: History, judged: Iterable[Judged], of: Limits, *, early: bool) -> Impact:
    """R7; `early` says that R0 to R6 did not hold before it.

    [ours] The rungs belong to one day: it is a ladder, on which each leads to the next.
    """
    names = rungs(of)
    wanted = goals(of)
    day = tried(history)
    attempt = [test for test in history.tests if test.day == day and test.name in RUNGS]
    after_red = {one.bout.day + DAY for one in judged if one.colour is Colour.RED}
    here = history.days.get(day) if day is not None else None
    next_morning = history.days.get(day + DAY) if day is not None and day < history.on else None
    return Impact(
        rungs=tuple(_tested(name, wanted[name], attempt) for name in names),
        day=day,
        pain=max((test.pain for test in attempt), default=None),
        groin=any(test.groin and test.pain > 0 for test in attempt),
        morning=next_morning.morning if next_morning is not None else None,
        baseline=baseline(history, day, after_red) if day is not None else None,
        morning_due=day is not None and day >= history.on,
        early=early,
        masked=any(entry is not None and entry.analgesic for entry in (here, next_morning)),
    )


def tried(history: History) -> date | None:
    """The newest day of an impact check that still counts."""
    since = history.on - DAY * VALID_DAYS
    return max((test.day for test in history.tests if test.name in RUNGS and test.day >= since), default=None)


def confidence(history: History, of: Limits) -> Confidence:
    """R8, the newest answer of the last 10 days."""
    since = history.on - DAY * VALID_DAYS
    told = [test.value for test in history.results(CONFIDENCE) if test.day >= since and test.value is not None]
    return Confidence(told[-1] if told else None, of.conf_min)


def _tested(name: str, goal: float, results: Iterable[TestResult]) -> Tested:
    known = tuple(results)
    own = [test for test in known if test.name == name]
    sides = _SIDES if sided(name) else (Side.BOTH,)
    form = {test.day: test for test in known if test.name == FORM} if name == "single_leg_squat" else {}
    return Tested(name, goal, tuple(_reached(side, own, form) for side in sides))


def _reached(side: Side, own: list[TestResult], forms: Mapping[date, TestResult]) -> Reached:
    newest = next((test for test in reversed(own) if _value(test, side) is not None), None)
    if newest is None:
        return Reached(side, None)
    form = forms.get(newest.day)
    ticks = None if form is None else round(_value(form, side) or 0)
    return Reached(side, _value(newest, side), newest.pain, newest.day, ticks)


def _value(test: TestResult, side: Side) -> float | None:
    return {Side.LEFT: test.left, Side.RIGHT: test.right, Side.BOTH: test.value}[side]
