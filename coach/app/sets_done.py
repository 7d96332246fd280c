"""How much of a session was done, and whether it counts. Only what may be less than all of it is replayed."""

from collections.abc import Iterable
from datetime import date

import msgspec

from coach.core.routine.schedule import COUNTS_FROM
from coach.core.session.events import from_json, plan_from_json
from coach.core.session.record import record
from coach.store.errors import Damaged
from coach.store.journal import Log, SessionLine

DONE_IN_PART = ("jumped", "eased", "stopped")
"""The events after which a session that ended may not have been done whole."""


def share_done(log: Log, uid: str) -> float:
    """The part of the planned sets, of one side each, that was done in full. Raises StoreError."""
    head = log.head(uid)
    if head is None or not head.plan:
        return 1.0
    try:
        steps = plan_from_json(head.plan)
        told = record(steps, (from_json(event.body) for event in log.events(uid)))
    except msgspec.MsgspecError as error:
        raise Damaged((f"session {uid}: {type(error).__name__}",)) from error
    planned = len({(step.item, step.set, step.side) for step in steps if step.works() and step.set is not None})
    return min(1.0, told.sets_done / planned) if planned else 1.0


def that_count(log: Log, lines: Iterable[SessionLine], since: date, until: date) -> list[SessionLine]:
    """The sessions of these days that count as done, and those whose events are damaged. Raises StoreError."""
    in_part = {uid for uid, _ in log.events_between(since, until, DONE_IN_PART)}
    return [line for line in lines if line.uid not in in_part or _counts(log, line.uid)]


def _counts(log: Log, uid: str) -> bool:
    try:
        return share_done(log, uid) >= COUNTS_FROM
    except Damaged:
        return True  # one session that cannot be replayed must not take the whole of Today away
