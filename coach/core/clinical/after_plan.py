"""How much to run after the last stage: soft warnings, never a rule (clinical reference, section 9.2, [ours])."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coach.core.clinical.bout import Bout
from coach.core.clinical.history import DAY

LONGEST_DAYS = 30
"""The next run against the longest of so many days (S117)."""
SHARE = 1.10
SHORT_MIN, SHORT_MORE_MIN = 30.0, 3.0
"""While the longest is shorter than this, so many minutes more instead: 10 % of little is nothing."""
VOLUME_DAYS, VOLUME_SHARE = 14, 1.30
"""Two weeks against the two before (Nielsen 2014)."""
EASY_WEEK_EVERY, EASY_LEAST, EASY_MOST = 4, 0.20, 0.30
"""20 to 30 % less in every fourth week: expert opinion."""


@dataclass(frozen=True, slots=True)
class Load:
    """What the log holds of running, and how much more is little more. Minutes of running."""

    longest_min: float | None
    """Of the last 30 days; None without a run in them."""
    next_min: float | None
    """The next run, at most."""
    two_weeks_min: float
    before_min: float
    """The two weeks before those."""
    two_weeks_most: float | None
    """None without a run in the two weeks before: there is nothing to compare with."""

    @property
    def risen_fast(self) -> bool:
        """Whether the last two weeks held clearly more than those before."""
        return self.two_weeks_most is not None and self.two_weeks_min > self.two_weeks_most


def running_min(run: Bout) -> float:
    """Its minutes of running; where they were not told, all of it."""
    return (run.minutes or 0.0) if run.running_min is None else run.running_min


def load(runs: Iterable[Bout], on: date) -> Load:
    """The load of the runs up to a day. After two weeks off the longest of 30 days is lower by itself (9.2)."""
    known = tuple(one for one in runs if one.day <= on)
    longest = max((running_min(one) for one in known if one.day > on - DAY * LONGEST_DAYS), default=None)
    middle = on - DAY * VOLUME_DAYS
    late = sum(running_min(one) for one in known if one.day > middle)
    early = sum(running_min(one) for one in known if middle - DAY * VOLUME_DAYS < one.day <= middle)
    return Load(longest, _next(longest), late, early, early * VOLUME_SHARE if early else None)


def _next(longest: float | None) -> float | None:
    if longest is None:
        return None
    return longest + SHORT_MORE_MIN if longest < SHORT_MIN else longest * SHARE
