"""How fast a series of scores rises or falls: Theil-Sen slope and Sen's interval (clinical reference, 8.3.2 [ours]).

A series is its recorded days in order, as (ordinal of the day, score). Days that are missing are missing: a slope
between two days is divided by the days that really lie between them, and nothing is filled in.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[int, int]

# Section 8.3.2: a 90 % interval, so 5 % on either side of the normal distribution.
_Z = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Slope:
    """Points a week, and the 90 % interval.

    None where there is none to tell: the days are too few for how alike neighbours are, or so many scores are the
    same that both bounds are 0, which says that scores are whole numbers and not how sure the slope is.
    """

    per_week: float
    interval: tuple[float, float] | None


def slope(series: Sequence[Point]) -> Slope | None:
    """The Theil-Sen slope of a series: the median over all pairs of days; None for less than two days."""
    if len(series) < 2:
        return None
    slopes = sorted((y - x) * 7 / (b - a) for at, (a, x) in enumerate(series) for b, y in series[at + 1 :])
    middle = len(slopes) // 2
    median = slopes[middle] if len(slopes) % 2 else (slopes[middle - 1] + slopes[middle]) / 2
    rank = _rank([score for _, score in series])
    interval = (slopes[rank - 1], slopes[-rank]) if rank else (0.0, 0.0)
    return Slope(median, interval if any(interval) else None)


def direction(scores: Sequence[int]) -> int:
    """1 if the interval of `slope` excludes 0 and lies above it, -1 if it lies below, else 0.

    The interval is what the Mann-Kendall test does not reject, so whether it holds 0 is that test, made here on the
    scores alone: in a time that grows with the days, not with the pairs. Pairs of equal scores make a bound of
    exactly 0 common; 0 is then outside if the test rejects it, though the bound is 0.
    """
    s = 0
    before: Counter[int] = Counter()
    for score in scores:
        s += sum(count if other < score else -count for other, count in before.items() if other != score)
        before[score] += 1
    if abs(s) - 1 <= _limit(scores):  # less 1: the correction for continuity, as in section 8.2.2
        return 0
    return 1 if s > 0 else -1


def autocorrelation(scores: Sequence[int]) -> float:
    """Of each score with the next recorded one, not below 0 (section 8.3.2: rho = max(0, lag-1)).

    Neighbours are neighbours among the recorded ones, also over a gap: Kendall's S, whose variance this inflates,
    takes the recorded scores in their order, and it is how alike these are that makes them tell less than their number.
    """
    n, total = len(scores), sum(scores)
    # Times n, so that all of it is whole numbers: turned round in time it is exactly the same.
    off = [n * score - total for score in scores]
    spread = sum(one * one for one in off)
    return max(0.0, sum(a * b for a, b in pairwise(off)) / spread) if spread else 0.0


def _rank(scores: Sequence[int]) -> int:
    """Which of the ordered slopes, from either end, bounds the interval; 0 if it would lie beyond the outermost.

    Sen: (N - C) / 2 for N pairs and a limit C of Kendall's S, corrected for continuity and rounded to the slope beyond
    which the test rejects.
    """
    return max(0, math.ceil((_pairs(len(scores)) - 1 - _limit(scores)) / 2))


def _limit(scores: Sequence[int]) -> float:
    """Up to which Kendall's S is no news: z times its standard deviation."""
    alike = autocorrelation(scores)
    ties = sum(_variance(count) for count in Counter(scores).values())
    # Section 8.3.2: the variance inflated by (1+rho)/(1-rho); rho of a finite series is below 1.
    return _Z * math.sqrt((_variance(len(scores)) - ties) / 18 * (1 + alike) / (1 - alike))


def _variance(n: int) -> int:
    """18 times the variance of Kendall's S of n scores, or what a tie of n takes from it."""
    return n * (n - 1) * (2 * n + 5)


def _pairs(n: int) -> int:
    return n * (n - 1) // 2
