"""The entries of the log, as values. What is stored, exported and shown is made of these.

Entries are never changed: a correction is a newer entry for the same day or question, or one that names the entry it
replaces; the former stays.
`uid` is unique for ever and lets an exported log be taken in twice without doubling anything.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from coach.core.day import Moment
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide


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


class Spot(Struct, frozen=True):
    """Where it hurts; no side is what was not told, or the middle of the back."""

    site: PainSite
    side: BodySide | None = None


def in_order(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """The spots in the order in which they are kept, each once."""
    return tuple(sorted(set(spots), key=lambda spot: (spot.site, spot.side or "")))


class DayEntry(Struct, frozen=True):
    """The pain of one day, NPRS 0-10; None is what was not asked or not answered."""

    uid: str
    day: date
    morning: int | None
    worst: int | None
    night: bool | None
    analgesic: bool | None
    recorded: Moment
    limp: bool | None = None
    spots: tuple[Spot, ...] | None = None
    """Where it hurt; empty is nowhere."""

    @property
    def sites(self) -> frozenset[PainSite]:
        """Where it hurt, on whichever side."""
        return frozenset(spot.site for spot in self.spots or ())


class OutingKind(StrEnum):
    """Walk or run."""

    WALK = "walk"
    RUN = "run"


class Outing(Struct, frozen=True):
    """A walk or a run. Cadence in steps a minute, pain NPRS 0-10: `pain` is the peak during it, None if not told."""

    uid: str
    kind: OutingKind
    day: date
    minutes: float
    distance_km: float | None
    cadence: float | None
    pain: int | None
    pain_after: int | None
    limp: bool
    groin: bool
    recorded: Moment
    pain_before: int | None = None
    pain_after60: int | None = None
    replaces: str = ""
    """The uid of the entry that this one corrects or completes."""
    struck: bool = False
    """Entered by mistake: with what it replaces it no longer counts."""
    stage: int | None = None
    """The stage of the return-to-run plan that a run was, from 1; None where it was none, or was not told."""
    running_min: float | None = None
    """The minutes of running in it; None where that was not told."""


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
    groin: bool = False
    """The pain was in the groin or the deep front of the hip."""
    replaces: str = ""
    struck: bool = False


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


Replaceable = TypeVar("Replaceable", Outing, TestResult)


def current(entries: Iterable[Replaceable]) -> tuple[Replaceable, ...]:
    """What counts of walks and runs, or of tests: nothing that was replaced since or struck. In their order."""
    known = tuple(entries)
    replaced = {entry.replaces for entry in known}
    return tuple(entry for entry in known if entry.uid not in replaced and not entry.struck)
