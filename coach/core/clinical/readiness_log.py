"""The criteria to resume running that the log of days, walks and sessions answers: R0 to R5.

Clinical reference, sections 2.2.1 and 2.2.4. Each function looks at the days up to `history.on` and at none after it,
and says what it found beside what is asked for. Where the text leaves something open the harder reading holds, marked
[ours] here.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from math import ceil
from statistics import fmean

from msgspec import Struct

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.colour import Colour, Judged, Sign
from coach.core.clinical.criteria import Limits
from coach.core.clinical.history import DAY, History
from coach.core.clinical.red_flags import Flag, active
from coach.core.clinical.self_tests import GROIN_FLAG
from coach.core.log import FlagEntry
from coach.core.routine.schedule import COUNTS_FROM

ROUNDING = 1e-9
"""Means and shares are fractions with small denominators: they differ by far more than this, or not at all."""

WEEK = 7
"""R2 and R4 look at the last 7 days, whatever `days` says of R1."""

# R1: at least 6 entries in 7 days, 5 of them without a painkiller. [ours] Over more or fewer days the same shares.
_ENTRIES, _FREE = 6, 5

# R3: the last 7 days against the 21 before. [ours] At least 4 values each, the least of a 7-day mean (section 8.3.1):
# an alarm takes 11 of the 21 (section 8.2.4), but after 14 days of rehab there are not that many.
_BEFORE_DAYS, _VALUES_LEAST = 21, 4

WALKS = 2
BRISK_CADENCE = 100
"""R4: two walks on different days; 100 steps a minute and more is moderate effort (S46)."""

_SESSION_DAYS = 14
_SESSIONS_LEAST = 5
_LAST_SESSIONS, _AMBERS_MOST = 5, 1

SIGN_OFF_DAYS = 28
"""[ours] A clinician's look at the groin counts for 28 days: the questions about red flags come back monthly (5.4)."""


class SignOff(StrEnum):
    """Whether a clinician has to have looked at the groin, and did."""

    NOT_NEEDED = "not_needed"
    GIVEN = "given"
    MISSING = "missing"
    OLD = "old"
    """Longer than 28 days ago, or before the groin hurt again."""


class Screened(Struct, frozen=True):
    """R0: what stands in the way of any running."""

    flags: tuple[Flag, ...]
    """The gravest first."""
    groin: tuple[date, ...]
    """The days on which the groin hurt on a walk, a run or the impact check, and no clinician has looked since."""
    sign_off: SignOff
    signed: date | None = None
    notices: tuple[Flag, ...] = ()
    """What the log asks to have looked at: it does not hold while one stands, but nobody told of a red flag."""

    @property
    def blocked(self) -> bool:
        """Whether somebody else decides: nothing is tested again before."""
        return bool(self.flags or self.groin)

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return not (self.blocked or self.notices) and self.sign_off in (SignOff.NOT_NEEDED, SignOff.GIVEN)

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        return 0.0 if self.met else 1.0


class DailyPain(Struct, frozen=True):
    """R1: the pain of everyday life."""

    days: int
    entries: int
    """Days with morning and worst pain both answered."""
    entries_least: int
    mean: float | None
    mean_max: float
    worst: int | None
    worst_max: float
    morning: int | None
    morning_max: float
    free: int
    """Entries that say that no painkiller was taken."""
    free_least: int

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return not (self.entries_short or self.free_short) and not self.pain_above

    @property
    def entries_short(self) -> int:
        """How many entries are missing."""
        return max(0, self.entries_least - self.entries)

    @property
    def free_short(self) -> int:
        """How many days without a painkiller are missing."""
        return max(0, self.free_least - self.free)

    @property
    def pain_above(self) -> bool:
        """Whether any of the three limits on pain is passed."""
        mean_above = self.mean is not None and self.mean > self.mean_max + ROUNDING
        return mean_above or _above(self.worst, self.worst_max) or _above(self.morning, self.morning_max)

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        short = max(self.entries_short / self.entries_least, self.free_short / self.free_least)
        return max(short, 0.5) if self.pain_above else short


class Nights(Struct, frozen=True):
    """R2: nights woken by hip pain."""

    woken: int
    most: int
    answered: int
    answers_least: int

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.woken <= self.most and self.answered >= self.answers_least

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        if self.woken > self.most:
            return min(1.0, (self.woken - self.most) / WEEK + 0.5)
        if not self.answered:
            return 1.0
        return max(0, self.answers_least - self.answered) / WEEK


class Rise(Struct, frozen=True):
    """R3: by how much the mean morning of the last 7 days lies above that of the 21 before; None: too few to say."""

    points: float | None
    below: float

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.points is not None and self.points < self.below - ROUNDING

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        if self.points is None:
            return 1.0
        return 0.0 if self.met else 0.6


class Lack(StrEnum):
    """Why a walk does not count."""

    SHORT = "short"
    CADENCE_UNKNOWN = "cadence_unknown"
    SLOW = "slow"
    PAIN_UNKNOWN = "pain_unknown"
    PAIN = "pain"
    GROIN = "groin"
    LIMP = "limp"
    MORNING_DUE = "morning_due"
    """The next morning has not come."""
    MORNING_UNKNOWN = "morning_unknown"
    NO_BASELINE = "no_baseline"
    """Nothing to compare the next morning with."""
    MORNING_WORSE = "morning_worse"
    MORNING_MASKED = "morning_masked"
    """A painkiller may hide what the next morning would have told (0.3)."""


class LeftOut(Struct, frozen=True):
    """A walk that does not count, and the first reason."""

    day: date
    lack: Lack


class Walks(Struct, frozen=True):
    """R4: brisk walks on different days."""

    counted: tuple[date, ...]
    left_out: tuple[LeftOut, ...]
    minutes: float
    pain_max: float
    needed: int = WALKS

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(0, self.needed - len(self.counted))

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.short == 0

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        return self.short / self.needed


class Sessions(Struct, frozen=True):
    """R5: the rehab done, and how it was borne."""

    rehab_days: int
    """Since the first session, that day counted."""
    rehab_least: int
    done: int
    planned: int
    """Over 14 days."""
    share_least: float
    reds: tuple[date, ...]
    """The days in the last 14 of a session, walk or run that was red."""
    ambers: int
    """Of the last 5 sessions that are judged in full."""
    ambers_most: int = _AMBERS_MOST
    done_least: int = _SESSIONS_LEAST

    @property
    def share(self) -> float:
        """The part of the planned sessions that was done."""
        return self.done / self.planned if self.planned else 0.0

    @property
    def needed(self) -> int:
        """How many sessions in 14 days."""
        return max(self.done_least, ceil(self.planned * self.share_least - ROUNDING))

    @property
    def done_enough(self) -> bool:
        """Whether so many were done."""
        return self.planned > 0 and self.done >= self.needed

    @property
    def met(self) -> bool:
        """Whether it holds."""
        long_enough = self.rehab_days >= self.rehab_least
        return long_enough and self.done_enough and not self.reds and self.ambers <= self.ambers_most

    @property
    def gap(self) -> float:
        """How far off it is, 0 to 1."""
        missed = max(0, self.needed - self.done) / self.needed
        early = max(0, self.rehab_least - self.rehab_days) / self.rehab_least if self.rehab_least else 0.0
        borne = 0.7 if self.reds or self.ambers > self.ambers_most else 0.0
        return max(missed, early, borne, 0.0 if self.planned else 1.0)


# -- R0 -------------------------------------------------------------------------------------------------------------


def screened(
    history: History, flags: tuple[Flag, ...], of: Limits, *, groin: bool, notices: tuple[Flag, ...] = ()
) -> Screened:
    """R0, with the flags that stand. What shows groin pain counts until a clinician has looked at it since.

    [ours] A clinician's look is the `groin_pain_with_running` flag cleared, on that day or later.
    """
    looks = [entry.day for entry in history.flags if entry.name == GROIN_FLAG and not entry.raised]
    looked = max(looks, default=None)
    hurt = tuple(day for day in _groin_days(history) if looked is None or looked < day)
    needed = groin if of.require_signoff is None else of.require_signoff
    sign_off = _sign_off(history, looked, hurt) if needed else SignOff.NOT_NEEDED
    return Screened(flags, hurt, sign_off, looked, notices)


def _sign_off(history: History, looked: date | None, hurt: tuple[date, ...]) -> SignOff:
    if looked is None:
        return SignOff.MISSING
    raised = [entry.day for entry in history.flags if entry.name == GROIN_FLAG and entry.raised]
    if hurt or _later(raised, looked) or looked < history.on - DAY * SIGN_OFF_DAYS:
        return SignOff.OLD
    return SignOff.GIVEN


def _later(days: Iterable[date], than: date) -> bool:
    return any(day > than for day in days)


def _groin_days(history: History) -> tuple[date, ...]:
    """Section 2.2.4: groin pain on R4 or R7 is a red flag. A groin named where nothing hurt is no pain."""
    outings = history.of_kind(BoutKind.WALK, BoutKind.RUN)
    walked = {bout.day for bout in outings if bout.groin and _hurts(bout)}
    tested = {test.day for test in history.tests if test.groin and test.pain > 0}
    return tuple(sorted(walked | tested))


def _hurts(bout: Bout) -> bool:
    return any(pain for pain in (bout.during, bout.after) if pain is not None)


def standing_flags(entries: Iterable[FlagEntry]) -> tuple[Flag, ...]:
    """The flags that stand by these entries; the gravest first."""
    return active(entries)


# -- R1, R2, R3 -----------------------------------------------------------------------------------------------------


def daily_pain(history: History, of: Limits) -> DailyPain:
    """R1. [ours] A day whose painkiller was not asked about is not one without: they mask the signal (0.3)."""
    entries = history.entries(history.last(of.days))
    worst = [entry.worst for entry in entries if entry.worst is not None]
    morning = [entry.morning for entry in entries if entry.morning is not None]
    return DailyPain(
        days=of.days,
        entries=sum(entry.worst is not None and entry.morning is not None for entry in entries),
        entries_least=_share_of(of.days, _ENTRIES),
        mean=fmean(worst) if worst else None,
        mean_max=of.adl_mean_max,
        worst=max(worst, default=None),
        worst_max=of.adl_max,
        morning=max(morning, default=None),
        morning_max=of.morn_max,
        free=sum(entry.analgesic is False for entry in entries),
        free_least=_share_of(of.days, _FREE),
    )


def nights(history: History, of: Limits) -> Nights:
    """R2. [ours] A night that was not asked about is not a quiet one: of the entries all but one have to tell."""
    entries = history.entries(history.last(WEEK))
    return Nights(
        woken=sum(entry.night is True for entry in entries),
        most=of.night_max,
        answered=sum(entry.night is not None for entry in entries),
        answers_least=max(1, min(len(entries), _ENTRIES)),
    )


def rise(history: History, of: Limits) -> Rise:
    """R3, of the morning's pain as in section 1.2.3."""
    mornings = history.mornings()
    late = [mornings[day] for day in history.last(WEEK) if day in mornings]
    early = [mornings[day] for day in history.last(WEEK + _BEFORE_DAYS)[:_BEFORE_DAYS] if day in mornings]
    known = min(len(late), len(early)) >= _VALUES_LEAST
    return Rise(fmean(late) - fmean(early) if known else None, of.trend_max)


def _share_of(days: int, least: int) -> int:
    return ceil(days * least / WEEK)


def _above(value: float | None, limit: float) -> bool:
    return value is not None and value > limit + ROUNDING


# -- R4 -------------------------------------------------------------------------------------------------------------


def walks(history: History, judged: Iterable[Judged], of: Limits) -> Walks:
    """R4. [ours] A walk counts from the next morning on, and only if it is known what mornings were like before."""
    baselines = {one.bout.uid: one.baseline for one in judged}
    recent = [bout for bout in history.of_kind(BoutKind.WALK) if bout.day > history.on - DAY * WEEK]
    lacks = [(bout.day, _lack(bout, history.on, baselines, of)) for bout in recent]
    counted = sorted({day for day, lack in lacks if lack is None})
    left_out = tuple(LeftOut(day, lack) for day, lack in lacks if lack is not None and day not in counted)
    return Walks(tuple(counted), left_out, of.walk_min, of.walk_pain_max)


def _lack(bout: Bout, on: date, baselines: Mapping[str, float | None], of: Limits) -> Lack | None:
    return next(_lacks(bout, on, baselines.get(bout.uid), of), None)


def _lacks(bout: Bout, on: date, base: float | None, of: Limits) -> Iterator[Lack]:
    if bout.minutes is None or bout.minutes < of.walk_min - ROUNDING:
        yield Lack.SHORT
    if bout.cadence is None:
        yield Lack.CADENCE_UNKNOWN
    elif bout.cadence < BRISK_CADENCE:
        yield Lack.SLOW
    if bout.groin and _hurts(bout):
        yield Lack.GROIN
    if bout.during is None:
        yield Lack.PAIN_UNKNOWN
    elif max(bout.during, bout.after or 0) > of.walk_pain_max:
        yield Lack.PAIN
    if bout.limp:
        yield Lack.LIMP
    if bout.morning is None:
        yield Lack.MORNING_DUE if bout.day >= on else Lack.MORNING_UNKNOWN
    elif base is None:
        yield Lack.NO_BASELINE
    elif bout.morning > base + ROUNDING:
        yield Lack.MORNING_WORSE
    elif bout.masked:
        yield Lack.MORNING_MASKED


# -- R5 -------------------------------------------------------------------------------------------------------------


def sessions(history: History, judged: Iterable[Judged], of: Limits, planned_per_week: float) -> Sessions:
    """R5. [ours] Red counts of whatever was done, amber of sessions whose next morning has come."""
    known = [one for one in judged if one.bout.day <= history.on]
    since = history.on - DAY * (_SESSION_DAYS - 1)
    recent = [one for one in known if one.bout.day >= since]
    done = [one for one in known if one.bout.kind is BoutKind.SESSION]
    last = [one for one in done if not one.pending][-_LAST_SESSIONS:]
    began = _began(history)
    return Sessions(
        rehab_days=(history.on - began).days + 1 if began is not None else 0,
        rehab_least=of.min_days,
        done=sum(one.bout.day >= since and one.bout.done >= COUNTS_FROM for one in done),
        planned=round(planned_per_week * _SESSION_DAYS / WEEK),
        share_least=of.adherence,
        reds=tuple(sorted({one.bout.day for one in recent if one.colour is Colour.RED})),
        # A painkiller is R1's matter: a session that was borne well is not counted against it a second time.
        ambers=sum(one.colour is Colour.AMBER and not _only_masked(one) for one in last),
    )


def _only_masked(one: Judged) -> bool:
    return all(reason.sign is Sign.MASKED for reason in one.reasons)


def _began(history: History) -> date | None:
    first = next((bout.day for bout in history.of_kind(BoutKind.SESSION)), None)
    known = [day for day in (history.began, first) if day is not None and day <= history.on]
    return min(known, default=None)
