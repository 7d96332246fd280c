"""Whether the log meets the criteria to resume running (clinical reference, section 2.2). It decides nothing else.

All criteria have to hold at once; the verdict is that of one day, looks at nothing later, and expires after 7 days.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from coach.core.clinical import readiness_log as log
from coach.core.clinical import readiness_tests as tests
from coach.core.clinical.colour import Judged
from coach.core.clinical.criteria import ADVISORY, BASES, Basis, Id, Limits, limits
from coach.core.clinical.history import DAY, History
from coach.core.clinical.readiness_log import DailyPain, Nights, Rise, Screened, Sessions, Walks
from coach.core.clinical.readiness_tests import Confidence, Even, Impact, Measured
from coach.core.clinical.red_flags import FLAGS, Flag, blocks_loading
from coach.core.clinical.self_tests import GROIN_FLAG
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Readiness

VALID_DAYS = 7
"""Section 2.2: the verdict expires after 7 days."""
_FOLLOWS = frozenset({Id.R6X, Id.R7})
GROIN_DAYS = 28
"""[ours] The profile of the groin holds for so long after a day on which it hurt there (screening is monthly, 5.4)."""


class Outcome(StrEnum):
    """The verdict."""

    MET = "met"
    NOT_YET = "not_yet"
    BLOCKED = "blocked"
    """A red flag stands, or the groin hurt on a walk, a run or the impact check: a clinician looks first."""


Found = Screened | DailyPain | Nights | Rise | Walks | Sessions | Measured | Even | Impact | Confidence


class Criterion(Struct, frozen=True):
    """One criterion: what was found, and whether it is enough."""

    id: Id
    found: Found

    @property
    def met(self) -> bool:
        """Whether it holds; without any data it does not."""
        return self.found.met

    @property
    def gap(self) -> float:
        """How far it is from being met, 0 to 1: for putting the nearest first, no measure of anything."""
        return self.found.gap

    @property
    def to_do(self) -> bool:
        """Whether it only waits for what is still to be done or told, and nothing that is known speaks against it."""
        return not self.met and _only_waits(self.found)

    @property
    def advisory(self) -> bool:
        """Whether it is only shown."""
        return self.id in ADVISORY

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        return BASES[self.id]


def _only_waits(found: Found) -> bool:
    match found:
        case Screened():
            return not (found.blocked or found.notices)
        case DailyPain():
            return not found.pain_above
        case Nights():
            return found.woken <= found.most
        case Rise():
            return found.points is None
        case Walks():
            return True
        case Sessions():
            return not found.reds and found.ambers <= found.ambers_most
        case Measured():
            return not any(one.short or one.out_of_form for one in found.tests)
        case Even():
            return not (found.painful or found.uneven)
        case Impact():
            reached = not any(one.short for one in found.rungs)
            return reached and not found.painful and (found.morning is None or found.morning_calm)
        case Confidence():
            return found.points is None
        case _:
            assert_never(found)


class Verdict(Struct, frozen=True):
    """The decision on one day, with every criterion in its order."""

    on: date
    outcome: Outcome
    criteria: tuple[Criterion, ...]

    @property
    def valid_until(self) -> date | None:
        """The last day on which it may be relied on; None unless it is met."""
        return self.on + DAY * VALID_DAYS if self.outcome is Outcome.MET else None

    @property
    def counted(self) -> tuple[Criterion, ...]:
        """The criteria that decide."""
        return tuple(one for one in self.criteria if not one.advisory)

    @property
    def met(self) -> int:
        """How many of those that decide are met."""
        return sum(one.met for one in self.counted)

    @property
    def nearest(self) -> tuple[Criterion, ...]:
        """Those that are not met, the nearest first; what follows from the others, symmetry and impact, comes last."""
        missing = (one for one in self.counted if not one.met)
        return tuple(sorted(missing, key=lambda one: (one.id in _FOLLOWS, one.gap)))

    @property
    def screened(self) -> Screened:
        """R0, which outranks the others."""
        return next(one.found for one in self.criteria if isinstance(one.found, Screened))


def readiness(
    history: History,
    thresholds: Readiness,
    *,
    judged: tuple[Judged, ...],
    planned_per_week: float,
    groin: bool = False,
    noticed: tuple[Flag, ...] = (),
) -> Verdict:
    """The verdict on `history.on`.

    `judged` are the colours of its sessions, walks and runs; `noticed` are flags that the log itself gives cause for,
    beside those that were raised: an urgent one blocks, one to be looked at within two weeks only keeps R0 from being
    met; `groin` says that the person's pain is in the groin.
    """
    of = limits(thresholds)
    founds = _up_to_r6(history, of, judged, planned_per_week, groin=groin, noticed=noticed)
    early = _tried_too_early(history, of, judged, planned_per_week, groin=groin)
    founds[Id.R7] = tests.impact(history, judged, of, early=early)
    founds[Id.R8] = tests.confidence(history, of)
    criteria = tuple(Criterion(name, founds[name]) for name in Id)
    return Verdict(history.on, _outcome(criteria), criteria)


def clearing(of: Screened) -> tuple[str, ...]:
    """The flags to clear once a clinician has looked, so that R0 holds again: those that stand, or the groin's."""
    if of.flags or of.notices:
        return tuple(flag.name for flag in (*of.flags, *of.notices))
    return () if of.met else (GROIN_FLAG,)


def impact_since(
    history: History,
    thresholds: Readiness,
    *,
    judged: tuple[Judged, ...],
    planned_per_week: float,
    groin: bool = False,
    noticed: tuple[Flag, ...] = (),
) -> date | None:
    """Since which day R0 to R6 hold without a gap, as far back as a verdict counts; None while they do not.

    The impact check R7 is for the day after, at the earliest.
    """
    if noticed:
        return None
    of = limits(thresholds)
    since: date | None = None
    for back in range(VALID_DAYS + 1):
        before = history.until(history.on - DAY * back)
        if not _held(before, of, judged, planned_per_week, groin=groin):
            break
        since = before.on
    return since


def _outcome(criteria: tuple[Criterion, ...]) -> Outcome:
    if any(isinstance(one.found, Screened) and one.found.blocked for one in criteria):
        return Outcome.BLOCKED
    return Outcome.MET if all(one.met for one in criteria if not one.advisory) else Outcome.NOT_YET


def _up_to_r6(
    history: History,
    of: Limits,
    judged: tuple[Judged, ...],
    planned_per_week: float,
    *,
    groin: bool,
    noticed: tuple[Flag, ...] = (),
) -> dict[Id, Found]:
    raised = set(log.standing_flags(history.flags)) | {flag for flag in noticed if blocks_loading((flag,))}
    notices = tuple(flag for flag in FLAGS if flag in noticed and flag not in raised)
    found = tests.tests(history, of)
    return {
        Id.R0: log.screened(
            history,
            tuple(flag for flag in FLAGS if flag in raised),
            of,
            groin=groin or _groin_told(history),
            notices=notices,
        ),
        Id.R1: log.daily_pain(history, of),
        Id.R2: log.nights(history, of),
        Id.R3: log.rise(history, of),
        Id.R4: log.walks(history, judged, of),
        Id.R5: log.sessions(history, judged, of, planned_per_week),
        **found,
        Id.R6X: tests.even(of, found),
    }


def _groin_told(history: History) -> bool:
    return any(PainSite.GROIN in entry.sites for entry in history.entries(history.last(GROIN_DAYS)))


def _tried_too_early(
    history: History, of: Limits, judged: tuple[Judged, ...], planned_per_week: float, *, groin: bool
) -> bool:
    """R7 is tried after R0 to R6, at least a day later. [ours] They held on one of the 7 days before it."""
    tried = tests.tried(history)
    if tried is None:
        return False
    days = (tried - DAY * back for back in range(1, VALID_DAYS + 1))
    return not any(_held(history.until(day), of, judged, planned_per_week, groin=groin) for day in days)


def _held(history: History, of: Limits, judged: tuple[Judged, ...], planned_per_week: float, *, groin: bool) -> bool:
    """Whether R0 to R6 held on the day of a history, by the colours that are known now: what turned out red was red."""
    known = tuple(one for one in judged if one.bout.day <= history.on)
    found: Mapping[Id, Found] = _up_to_r6(history, of, known, planned_per_week, groin=groin)
    return all(one.met for one in found.values())
