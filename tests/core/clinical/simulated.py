"""Made-up morning pain (clinical reference, section 8.2.1), and how often a rule speaks on it.

The rules of the section are written here a second time, with numpy and for all series at once: so the rates say
something about the reference, and the code of the program is checked against what does not come from it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from coach.core.clinical import pain_alarm
from coach.core.clinical.trend import Values, Verdict, trend

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FIRST = date(2026, 1, 1)
SD, MISSING, SCALE = 1.2, 0.15, 10
FIVE_PCT = 1.645


@dataclass(frozen=True)
class Pain:
    """What is simulated: level at the start, points a week, day-to-day memory, share of flares."""

    start: float
    days: int
    slope: float = 0.0
    phi: float = 0.0
    flares: float = 0.05
    rise_from: int | None = None
    """From this day on a point a week more."""
    step_from: int | None = None
    """From this day on two points more, after rounding."""


FLAT_4 = {phi: Pain(4, 28, phi=phi) for phi in (0.0, 0.4)}
WEEK_TO_WEEK = Pain(3, 56, phi=0.3, flares=0.04)
LONG_FLAT = Pain(3, 70, phi=0.3, flares=0.04)
RISING = Pain(3, 70, phi=0.3, flares=0.04, rise_from=35)
STEP = Pain(3, 70, phi=0.3, flares=0.04, step_from=35)


def series(pain: Pain, count: int, seed: int) -> Floats:
    """So many series, one a row; a missing day is NaN."""
    chance = np.random.default_rng(seed)
    shape = (count, pain.days)
    pushes = chance.normal(0, SD * np.sqrt(1 - pain.phi**2), shape)
    noise = np.zeros(shape)
    now = np.zeros(count)
    for day in range(pain.days):
        now = pain.phi * now + pushes[:, day]
        noise[:, day] = now
    days = np.arange(pain.days)
    latent = pain.start + pain.slope / 7 * days + noise
    if pain.rise_from is not None:
        latent += np.maximum(0, days - pain.rise_from + 1) / 7
    latent += np.where(chance.random(shape) < pain.flares, chance.integers(2, 4, shape), 0)
    scores = np.clip(np.rint(latent), 0, SCALE)
    if pain.step_from is not None:
        scores[:, pain.step_from :] = np.minimum(SCALE, scores[:, pain.step_from :] + 2)
    scores[chance.random(shape) < MISSING] = np.nan
    return scores


def logs(scores: Floats) -> Iterable[dict[date, int]]:
    """Each series as the log has it."""
    for row in scores.tolist():
        yield {FIRST + timedelta(days=day): int(score) for day, score in enumerate(row) if score == score}


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


# -- 8.2.2: tests of a trend ------------------------------------------------------------------------------------------


def usable(scores: Floats) -> Floats:
    """Without the series that have less than 10 values, or less than 4 in the first or the last 7 days."""
    there = ~np.isnan(scores)
    kept: Floats = scores[(there.sum(1) >= 10) & (there[:, :7].sum(1) >= 4) & (there[:, -7:].sum(1) >= 4)]
    return kept


def mann_kendall(scores: Floats) -> Floats:
    """z of each series, with the variance corrected for ties and with the correction for continuity."""
    apart = np.sign(scores[:, None, :] - scores[:, :, None])
    upper = np.triu(np.ones(apart.shape[1:]), 1)
    s = np.nansum(apart * upper, axis=(1, 2))
    n = (~np.isnan(scores)).sum(1)
    ties = np.stack([(scores == value).sum(1) for value in range(SCALE + 1)])
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum(0)) / 18
    z: Floats = (s - np.sign(s)) / np.sqrt(np.where(variance > 0, variance, np.inf))
    return z


def alike(scores: Floats) -> Floats:
    """Lag-1 autocorrelation of the recorded values of each series, not below 0."""
    return np.array([max(0.0, _lag_1(row[~np.isnan(row)])) for row in scores])


def _lag_1(row: Floats) -> float:
    off = row - row.mean()
    spread = float(off @ off)
    return float(off[:-1] @ off[1:]) / spread if spread else 0.0


def corrected(scores: Floats) -> Floats:
    """`mann_kendall` for series whose neighbours are alike."""
    rho = alike(scores)
    z: Floats = mann_kendall(scores) / np.sqrt((1 + rho) / (1 - rho))
    return z


def least_squares(scores: Floats) -> Floats:
    """Slope over its standard error."""
    found = []
    for row in scores:
        at = np.flatnonzero(~np.isnan(row)).astype(float)
        y, x = row[~np.isnan(row)] - np.nanmean(row), at - at.mean()
        beta = float(x @ y / (x @ x))
        left = y - beta * x
        error = float(np.sqrt(left @ left / (len(x) - 2) / (x @ x)))
        found.append(beta / error if error else 0.0)
    return np.array(found)


def falls(z: Floats, beyond: float = FIVE_PCT) -> float:
    """In which share a fall is found."""
    return float((z < -beyond).mean())


# -- 8.2.3 and 8.2.4: last week against earlier ones ------------------------------------------------------------------

Middle = Callable[..., Floats]


def week_to_week(scores: Floats, middle: Middle) -> Floats:
    """Of each day from the 14th on: the last 7 days less the 7 before, each with at least 4 values, else NaN."""
    weeks = _windows(scores, 7, 4, middle)
    rise: Floats = weeks[:, 7:] - weeks[:, :-7]
    return rise


def rises(scores: Floats) -> Floats:
    """Of each day from the 28th on: the last 7 days (at least 4) less the 21 before (at least 11), else NaN."""
    rise: Floats = _windows(scores, 7, 4, np.nanmean)[:, 21:] - _windows(scores, 21, 11, np.nanmean)[:, :-7]
    return rise


def in_a_row(cause: Bools, days: int) -> Bools:
    """Of each day: whether it and those before it, so many in all, give cause."""
    windows = np.lib.stride_tricks.sliding_window_view(cause, days, axis=1)
    return np.asarray(windows.all(axis=2))


def ever(cause: Bools) -> float:
    """In which share of the series there is cause on any day."""
    return float(cause.any(1).mean())


def _windows(scores: Floats, days: int, least: int, middle: Middle) -> Floats:
    windows = np.lib.stride_tricks.sliding_window_view(scores, days, axis=1)
    enough = (~np.isnan(windows)).sum(2) >= least
    # What is too empty is filled, so that no mean of nothing is taken, and thrown away.
    filled = np.where(enough[:, :, None], windows, 0.0)
    found: Floats = np.where(enough, middle(filled, axis=2), np.nan)
    return found


@dataclass(frozen=True)
class Alarms:
    """How a rule of 8.2.4 does."""

    false: float
    detects_rise: float
    delay_rise: float
    detects_step: float
    delay_step: float


def three_days_above(limit: float, count: int, seed: int) -> Alarms:
    """Alarms where the rise reaches a limit on 3 consecutive days, by this file's own account."""
    false = ever(in_a_row(rises(series(LONG_FLAT, count, seed)) >= limit, 3))
    rising = _detected(rises(series(RISING, count, seed + 1)) >= limit)
    step = _detected(rises(series(STEP, count, seed + 2)) >= limit)
    return Alarms(false, *rising, *step)


def _detected(above: Bools) -> tuple[float, float]:
    """In which share the first alarm comes with the change or after it, and the median days until it does."""
    alarm = in_a_row(above, 3)
    # The first window ends on day 27, counted from 0; the first row of three on day 29.
    first = np.where(alarm.any(1), alarm.argmax(1) + 29, -1)
    found = first[first >= 35]
    return len(found) / len(first), float(np.median(found - 35)) if len(found) else float("nan")


# -- what the program says --------------------------------------------------------------------------------------------


def alarmed(scores: Floats, since: int = 29) -> float:
    """In which share of the series the program's alarm comes up, from a day on; the last day is the series' last."""
    until = day(scores.shape[1] - 1)
    found = [bool(pain_alarm.alarms(log, day(since), until)) for log in logs(scores)]
    return sum(found) / len(found)


def freezes(scores: Floats, since: int = 28) -> float:
    """In which share the program's weekly check freezes progressions at least once."""
    days = range(since, scores.shape[1])
    found = [any(pain_alarm.frozen(log, day(one)) for one in days) for log in logs(scores)]
    return sum(found) / len(found)


CHANGED = (Verdict.IMPROVING, Verdict.WORSENING)


def verdicts(scores: Floats) -> dict[Verdict, float]:
    """In which share each verdict is given on the last day."""
    found = [trend(log, day(scores.shape[1] - 1)).change.verdict for log in logs(scores)]
    return {verdict: found.count(verdict) / len(found) for verdict in Verdict}


def changed_ever(scores: Floats, since: int) -> float:
    """In which share of the series a look on each day, from one on, finds a change at least once."""
    days = range(since, scores.shape[1])
    found = [any(_changed(log, day(one)) for one in days) for log in logs(scores)]
    return sum(found) / len(found)


def _changed(log: Values, on: date) -> bool:
    return trend(log, on).change.verdict in CHANGED
