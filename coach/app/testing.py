"""Self-tests that the app leads through: what is offered, and what of them comes into the log."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from coach.app.guidance import guidance_with
from coach.app.logbook import Logbook
from coach.app.settings import Settings
from coach.app.unanswered import Unanswered
from coach.core.clinical.protocols import Outcome, bouts, goes_on
from coach.core.clinical.self_tests import (
    FORM,
    GROIN_FLAG,
    Allowed,
    Guided,
    Permission,
    exercise_of,
    loading_of,
    may_test,
    rungs,
)
from coach.core.clinical.triggers import flags_of
from coach.core.day import Moment
from coach.core.log import OutingKind, TestResult
from coach.core.routine.exercise import Exercise, Gate
from coach.core.routine.plan import Side
from coach.core.routine.routine import BodySide, Readiness, Routine
from coach.core.session.measuring import Bout
from coach.store.journal import Log

_MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class Offer:
    """A self-test as this person may do it today."""

    test: Guided
    on: date
    permission: Permission
    bouts: tuple[Bout, ...]
    """What there is to do, in order, as if it were allowed."""
    readiness: Readiness
    gates: tuple[Gate, ...]
    """What the person's pain sites say against it, or ask to change."""
    earlier: tuple[TestResult, ...] = ()
    """Results of today that it goes on from."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A walk as it was done, and what was answered about it. Pain NPRS 0-10."""

    seconds: float
    cadence: int | None
    """Of the beat; None where none is known."""
    peak: int
    now: int | None
    limp: bool
    groin: bool

    @property
    def minutes(self) -> float:
        """As the log has it: to a tenth, never more than was walked."""
        return int(self.seconds / _MINUTE_S * 10 + 1e-6) / 10


def offer(
    test: Guided,
    log: Log,
    on: date,
    *,
    library: Mapping[str, Exercise],
    settings: Settings,
    routine: Routine | None,
    criteria_since: date | None,
    limits: Readiness | None = None,
) -> Offer:
    """What of a test is to be done today, and whether it may be. Raises StoreError.

    `routine` is the one in use: its thresholds and its affected side hold before this program's own; `limits` are the
    thresholds of all that are in use, where they are known.
    """
    own = routine.readiness if routine is not None else Readiness()
    readiness = own if limits is None else limits
    gates = _gates(test, readiness, library, settings)
    results = log.tests(until=on)
    seen = guidance_with(log, (routine,) if routine is not None else (), settings, on)
    permission = may_test(
        test,
        results,
        on,
        readiness=readiness,
        flags=flags_of(seen.standing),
        criteria_since=criteria_since,
        ruled_out=any(gate.action == "off" for gate in gates),
        rests=not seen.may_load(loading_of(test)),
    )
    earlier = permission.earlier if isinstance(permission, Allowed) else ()
    if earlier and test is Guided.SINGLE_LEG_SQUAT:
        earlier = (*earlier, *[one for one in results if one.name == FORM and one.day == on][-1:])
    affected = settings.home_side
    if routine is not None and isinstance(routine.affected_side, BodySide):
        affected = routine.affected_side
    steps = bouts(test, readiness, library, affected, earlier)
    return Offer(test, on, permission, steps, readiness, gates, earlier)


def offer_again(waiting: Unanswered, log: Log) -> Offer:
    """What was measured on another occasion, to be answered now: with the other side of its day. Raises StoreError."""
    same = [one for one in log.tests(waiting.day, waiting.day) if one.name in (waiting.bout.test, FORM)]
    earlier = tuple({one.name: one for one in same}.values())
    return Offer(waiting.test, waiting.day, Allowed(), (waiting.bout,), Readiness(), (), earlier)


def _gates(test: Guided, readiness: Readiness, library: Mapping[str, Exercise], settings: Settings) -> tuple[Gate, ...]:
    names = rungs(readiness) if test is Guided.IMPACT else (test.value,)
    shown = (library.get(exercise_of(name)) for name in names)
    found = [gate for one in shown if one is not None for gate in one.gates if gate.site in settings.pain_sites]
    return tuple({gate.site: gate for gate in sorted(found, key=lambda gate: gate.action == "off")}.values())


Write = Callable[[Callable[[Logbook], object]], bool]
"""Lets something be written; False if it could not be."""


class Attempt:
    """One self-test that is being done: what comes next, and what of it is in the log.

    A result goes to the log as soon as it is whole: both sides, or the rung. What has one side only waits for the
    other, and goes in with `leave`.
    """

    def __init__(self, offered: Offer, write: Write) -> None:
        self.offered = offered
        self._write = write
        self._left = list(offered.bouts)
        self._waiting: list[Outcome] = []
        self._unwritten: list[Callable[[Logbook], object]] = []
        self._earlier = {one.name: one for one in offered.earlier}
        self.done: list[Outcome] = []

    @property
    def next(self) -> Bout | None:
        """The bout that comes now; None when the test is over."""
        return self._left[0] if self._left else None

    @property
    def coming(self) -> Bout | None:
        """The bout after that."""
        return self._left[1] if len(self._left) > 1 else None

    @property
    def saved(self) -> bool:
        """Whether all that was answered is in the log; what waits for its other side is not."""
        return not self._unwritten and not self._waiting

    def take(self, outcome: Outcome) -> bool:
        """A bout is done and answered. True when what goes to the log now is on disk."""
        self.done.append(outcome)
        self._waiting.append(outcome)
        self._left.pop(0)
        if outcome.groin:
            self._unwritten.append(_raise_groin(self.offered.on))
        if not goes_on(self.offered.test, outcome):
            self._left.clear()
        whole = not self._left or self._left[0].test != outcome.bout.test
        return self.leave() if whole else self.save()

    def end(self) -> bool:
        """The person does no more of it. True when it is on disk."""
        self._left.clear()
        return self.leave()

    def leave(self) -> bool:
        """Put in the log what waits for its other side. True when it is on disk."""
        self._unwritten += [_entry(one) for one in self._results(self._waiting)]
        self._waiting.clear()
        return self.save()

    def save(self) -> bool:
        """Write what could not be written before. True when nothing is left."""
        while self._unwritten:
            if not self._write(self._unwritten[0]):
                return False
            self._unwritten.pop(0)
        return True

    def results(self) -> tuple[TestResult, ...]:
        """What was measured today, in order, in the log or waiting for it; form ticks as results of their own."""
        return self._results(self.done)

    def _results(self, outcomes: list[Outcome]) -> tuple[TestResult, ...]:
        names = dict.fromkeys(one.bout.test for one in outcomes)
        made = [self._result(name, [one for one in outcomes if one.bout.test == name]) for name in names]
        ticked = [one for one in outcomes if one.form is not None]
        return (*made, self._result(FORM, ticked)) if ticked else tuple(made)

    def _result(self, name: str, outcomes: list[Outcome]) -> TestResult:
        """With the side that was measured earlier that day; the larger pain counts."""
        got = {one.bout.side: float((one.form or 0) if name == FORM else one.amount) for one in outcomes}
        before = self._earlier.get(name)
        if before is not None:
            known = {Side.LEFT: before.left, Side.RIGHT: before.right, Side.BOTH: before.value}
            got = {**{side: value for side, value in known.items() if value is not None}, **got}
        pains = [one.pain for one in outcomes] + ([before.pain] if before is not None else [])
        on = self.offered.on
        return TestResult(
            "", name, on, got.get(Side.LEFT), got.get(Side.RIGHT), got.get(Side.BOTH), max(pains), Moment("", "", on)
        )


def results_of(
    name: str,
    on: date,
    *,
    pain: int,
    left: float | None = None,
    right: float | None = None,
    value: float | None = None,
    form: float | None = None,
) -> tuple[TestResult, ...]:
    """A result that was measured elsewhere; `form` are the form ticks, alike on the sides that are given."""
    nowhere = Moment("", "", on)
    made = TestResult("", name, on, left, right, value, pain, nowhere)
    if form is None:
        return (made,)
    ticks = [None if reps is None else form for reps in (left, right)]
    return (made, TestResult("", FORM, on, ticks[0], ticks[1], None, pain, nowhere))


def keep_results(logbook: Logbook, results: tuple[TestResult, ...], *, groin: bool) -> None:
    """Record results that were measured elsewhere, and a red flag if the groin hurt. Raises StoreError."""
    if groin:
        _raise_groin(results[0].day)(logbook)
    for one in results:
        _entry(one)(logbook)


def keep_walk(logbook: Logbook, on: date, walked: Walked) -> None:
    """Record a walk, and a red flag if the groin hurt. Raises StoreError."""
    if walked.groin:
        _raise_groin(on)(logbook)
    logbook.outing(
        OutingKind.WALK,
        on,
        minutes=walked.minutes,
        pain=walked.peak,
        cadence=walked.cadence,
        pain_after=walked.now,
        limp=walked.limp,
        groin=walked.groin,
    )


def _raise_groin(on: date) -> Callable[[Logbook], object]:
    def write(logbook: Logbook) -> None:
        logbook.flag(GROIN_FLAG, on, raised=True)

    return write


def _entry(result: TestResult) -> Callable[[Logbook], object]:
    def write(logbook: Logbook) -> None:
        logbook.test(
            result.name, result.day, pain=result.pain, left=result.left, right=result.right, value=result.value
        )

    return write
