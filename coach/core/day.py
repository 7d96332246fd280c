"""The training day: a local day that turns at 04:00, so that a session at half past midnight belongs to yesterday."""

from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

TURNS_AT_HOUR = 4


def training_day(local: datetime) -> date:
    """The training day of an aware local time, by the clock on the wall."""
    return (local.replace(tzinfo=None) - timedelta(hours=TURNS_AT_HOUR)).date()


class Moment(Struct, frozen=True):
    """When something happened: UTC instant, the person's zone then, and the training day it counts for."""

    utc: str
    """ISO 8601 with milliseconds and `Z`: sorts as text."""
    zone: str
    day: date


def moment(now: datetime, zone: str, day: date | None = None) -> Moment:
    """The moment of an aware time; `day` overrides the training day for what is entered later."""
    utc = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Moment(utc, zone, day if day is not None else training_day(now))


def instant(utc: str) -> datetime:
    """The aware UTC time that a `Moment.utc` names."""
    return datetime.fromisoformat(utc)
