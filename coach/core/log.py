"""The entries of the log, as values. What is stored, exported and shown is made of these.

Entries are never changed: a correction is a newer entry for the same day or question, the former stays.
`uid` is unique for ever and lets an exported log be taken in twice without doubling anything.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from coach.core.day import Moment


class SessionHead(Struct, frozen=True):
    """A session as it was started; what was done in it is the replay of its events."""

    uid: str
    began: Moment
    routine_id: str
    routine_title: str
    revision: int
    routine: str
    """The routine file as it was, JSON text: a later change of the routine never changes the past."""
    plan: str
    """The compiled steps, JSON text; empty for a session that was done without the app."""
    guided: bool
    """False for a session that was done without the app and logged afterwards."""


class Ending(StrEnum):
    """How a session ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    LEFT = "left"
    """It broke off, and the person chose not to go on with it."""


class SessionEnd(Struct, frozen=True):
    """When and how a session ended."""

    session: str
    ended: Moment
    ending: Ending


class StoredEvent(Struct, frozen=True):
    """One event of a session: its place in the order, its instant on the session's clock, the event as JSON."""

    seq: int
    at_s: float
    body: str


class Question(StrEnum):
    """What is asked about a session. Pain is NPRS 0-10, effort is RPE 0-10."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    AFTER_60 = "after60"
    MORNING = "morning"
    EFFORT = "effort"
    NOTE = "note"


class Answer(Struct, frozen=True):
    """One answer about a session: a number, or a text for `NOTE`."""

    uid: str
    session: str
    question: Question
    value: int | None
    text: str
    recorded: Moment


class DayEntry(Struct, frozen=True):
    """The pain of one day, NPRS 0-10; None is what was not asked or not answered."""

    uid: str
    day: date
    morning: int | None
    worst: int | None
    night: bool | None
    analgesic: bool | None
    recorded: Moment


class OutingKind(StrEnum):
    """Walk or run."""

    WALK = "walk"
    RUN = "run"


class Outing(Struct, frozen=True):
    """A walk or a run. Cadence in steps a minute, pain NPRS 0-10 (peak during, and after)."""

    uid: str
    kind: OutingKind
    day: date
    minutes: float
    distance_km: float | None
    cadence: float | None
    pain: int
    pain_after: int | None
    limp: bool
    groin: bool
    recorded: Moment


class TestResult(Struct, frozen=True):
    """A self-test; seconds, reps or points by its name. Pain NPRS 0-10."""

    uid: str
    name: str
    day: date
    left: float | None
    right: float | None
    value: float | None
    pain: int
    recorded: Moment


class FlagEntry(Struct, frozen=True):
    """A red flag that was raised, or cleared by the person stating that a clinician looked."""

    uid: str
    name: str
    day: date
    raised: bool
    recorded: Moment


class WholeSession(Struct, frozen=True):
    """A session with everything that belongs to it."""

    head: SessionHead
    events: tuple[StoredEvent, ...]
    answers: tuple[Answer, ...]
    end: SessionEnd | None


class WholeLog(Struct, frozen=True):
    """Everything the log holds, each list in the order it was recorded."""

    sessions: tuple[WholeSession, ...] = ()
    days: tuple[DayEntry, ...] = ()
    outings: tuple[Outing, ...] = ()
    tests: tuple[TestResult, ...] = ()
    flags: tuple[FlagEntry, ...] = ()
