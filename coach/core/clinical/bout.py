"""One session, walk or run, as the clinical rules see it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coach.core.routine.exercise import PainSite


class BoutKind(StrEnum):
    """What kind of loading; the rules follow each kind by itself."""

    SESSION = "session"
    WALK = "walk"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Bout:
    """One session, walk or run, with what was answered about it (clinical reference, section 1.2.1).

    Pain NPRS 0-10, effort RPE 0-10; None is what was not asked, not answered or not due yet.
    """

    uid: str
    kind: BoutKind
    day: date
    """The training day."""
    ended: str = ""
    """The instant it ended, UTC as ISO 8601 with `Z`; empty where it was entered afterwards."""
    timed: bool = False
    """It was recorded on its own training day: `ended` is no earlier than its end, and no day later."""
    routine: str = ""
    """The id of the routine of a session."""
    pre: int | None = None
    during: int | None = None
    """The peak."""
    after: int | None = None
    after60: int | None = None
    morning: int | None = None
    """Of the day after."""
    night: bool | None = None
    """Woken by hip pain in the night after."""
    masked: bool = False
    """A painkiller was taken that day or in the 24 hours before that morning: it may hide what both would have told."""
    limp: bool = False
    sites: frozenset[PainSite] = frozenset()
    effort: int | None = None
    minutes: float | None = None
    cadence: float | None = None
    stage: int | None = None
    """The stage of the return-to-run plan that a run was, from 1; None where it was not told."""
    running_min: float | None = None
    """The minutes of running in it; None where that was not told."""
    done: float = 1.0
    """The part of what was prescribed that was done, 0 to 1, in sets of one side."""
    eased: bool = False
    """An easier variation was taken in the middle of it."""
    prescription: str = ""
    """Which prescription it was done under, of a routine that allows steps above its dose (`dose_step`)."""
    step: int = 0
    """The step at which it was done: 0 as prescribed, above it allowed ones, below 0 a lower dose."""

    @property
    def groin(self) -> bool:
        """Whether the pain was in the groin or the deep front of the hip."""
        return PainSite.GROIN in self.sites
