"""What is to be asked now: pain an hour after what was done, the next morning, and the day's worst in the evening."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from coach.core.day import TURNS_AT_HOUR, training_day
from coach.core.log import DayEntry

# Section 1.2.1 logs `after60`, the pain 60 minutes after the end. Ten minutes early [ours], so that the question is
# there when the person looks for it.
AFTER_60_FROM = timedelta(minutes=50)
# [ours] The worst pain of the day in daily life (`worst_adl`, section 1.2.1): before, too little of the day is over.
EVENING_FROM_HOUR = 16


class DoneKind(StrEnum):
    """What was done."""

    SESSION = "session"
    WALK = "walk"
    RUN = "run"


class Done(Struct, frozen=True):
    """A session, a walk or a run, as far as asking goes: light enough for the first paint of Today, unlike a `Bout`."""

    uid: str
    kind: DoneKind
    title: str
    """Of a session's routine."""
    day: date
    """The training day it counts for."""
    ended: datetime
    """Aware; of what was entered later, when that was."""
    after60: int | None = None


class Asking(Struct, frozen=True):
    """What to ask now."""

    after60: Done | None = None
    morning: bool = False
    evening: bool = False
    about: tuple[Done, ...] = ()
    """What was done the day before: this morning's answer is theirs, too."""

    @property
    def anything(self) -> bool:
        """Whether there is a question at all."""
        return self.after60 is not None or self.morning or self.evening


def asking(done: Iterable[Done], entry: DayEntry | None, now: datetime) -> Asking:
    """What is to be asked at an aware local time; `entry` is what is known of the training day that it is now."""
    today = training_day(now)
    known = sorted(done, key=lambda one: one.ended)
    return Asking(
        after60=_after60([one for one in known if one.day == today], now),
        morning=entry is None or entry.morning is None,
        evening=is_evening(now) and (entry is None or entry.worst is None),
        about=tuple(one for one in known if one.day == today - timedelta(days=1)),
    )


def is_evening(now: datetime) -> bool:
    """Whether enough of the training day is over to tell how it was; small hours belong to the day before."""
    return now.hour >= EVENING_FROM_HOUR or now.hour < TURNS_AT_HOUR


def _after60(today: list[Done], now: datetime) -> Done | None:
    """Only the last one of the day: how it is after another load tells nothing of the first."""
    last = today[-1] if today else None
    if last is None or last.after60 is not None or now - last.ended < AFTER_60_FROM:
        return None
    return last
