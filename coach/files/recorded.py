"""A recorded walk or run, whatever the format of its file; where it was gone is never kept."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from coach.core.log import OutingKind

MAX_S = 24 * 3600.0
"""As long as an entry of the log may be."""
_MAX_M = 1_000_000.0
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
RUNS_FROM_M_S = 2.0
"""[ours] The speed at which people change from walking to running, about."""
_ONE_LEG_BELOW = {OutingKind.RUN: 120.0, OutingKind.WALK: 80.0}
"""Watches count steps of one leg, some programs of both; nobody runs at 240 steps a minute or walks at 160."""
_FASTEST = 240.0


class Sport(StrEnum):
    """What the file says that it was."""

    RUN = "run"
    WALK = "walk"
    OTHER = "other"
    UNTOLD = "untold"


class Flaw(StrEnum):
    """Why a recording is not taken in."""

    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    """More parts than a day of recording has."""
    NOT_WHOLE = "not_whole"
    """Broken off, or changed on its way."""
    ENTITIES = "entities"
    """It defines words of its own, which no watch does, and which can fill the memory of any computer."""
    NOTHING_RECORDED = "nothing_recorded"
    """A route or a planned workout: there are no times in it."""
    SEVERAL = "several"
    """More than one sport or activity."""
    IMPOSSIBLE = "impossible"
    """Times or a way that cannot be: no length, more than a day, a year that no watch knew, over 1000 km."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One walk or run as a watch recorded it. It holds no pain: the person tells that."""

    began: datetime
    """UTC."""
    offset: timedelta | None
    """Of the clock on the wall there; None where the file does not tell it."""
    elapsed_s: float
    moving_s: float
    distance_m: float | None
    cadence: float | None
    """The mean as the file has it: mostly steps of one leg a minute."""
    sport: Sport


def believed(recorded: Recorded) -> Recorded | Flaw:
    """The recording if it can be one walk or run."""
    if not _EARLIEST <= recorded.began <= _LATEST:
        return Flaw.IMPOSSIBLE
    if not 0 < recorded.moving_s <= recorded.elapsed_s <= MAX_S:
        return Flaw.IMPOSSIBLE
    if recorded.distance_m is not None and not 0 <= recorded.distance_m <= _MAX_M:
        return Flaw.IMPOSSIBLE
    return recorded


def looks_like(recorded: Recorded) -> OutingKind:
    """Walk or run, by how fast it went; a walk where the file knows no distance."""
    if recorded.distance_m is None:
        return OutingKind.WALK
    return OutingKind.RUN if recorded.distance_m / recorded.moving_s >= RUNS_FROM_M_S else OutingKind.WALK


def steps_a_minute(recorded: Recorded, kind: OutingKind) -> float | None:
    """The mean cadence of both legs; None for nothing sensible."""
    mean = recorded.cadence
    if mean is None or not 0 < mean <= _FASTEST:
        return None
    return round(mean * 2 if mean < _ONE_LEG_BELOW[kind] else mean, 1)
