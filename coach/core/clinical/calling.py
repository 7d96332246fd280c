"""What the person is called for while the window is out of sight, and when."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from coach.core.clinical.asking import Asking
from coach.core.day import training_day

# [ours] `morn` (clinical reference, section 1.2.1) is the first weight-bearing of the day: a call hours later would ask
# for a memory.
MORNING_CALL_FOR = timedelta(hours=4)


class CallKind(StrEnum):
    """What the person is called for while the window is out of sight."""

    AFTER_60 = "after60"
    MORNING = "morning"


class Call(Struct, frozen=True):
    """One reminder; it is given once."""

    kind: CallKind
    of: str
    """The uid of what was done, or the day."""


def call(asked: Asking, now: datetime, morning_from: timedelta) -> Call | None:
    """What to call the person for, if anything; `morning_from` is the time of the day that they chose."""
    if asked.after60 is not None:
        return Call(CallKind.AFTER_60, asked.after60.uid)
    since_midnight = timedelta(hours=now.hour, minutes=now.minute)
    if asked.morning and morning_from <= since_midnight < morning_from + MORNING_CALL_FOR:
        return Call(CallKind.MORNING, training_day(now).isoformat())
    return None
