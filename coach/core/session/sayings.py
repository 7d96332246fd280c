"""What is said in a self-test and in a guided walk/run, beside what a session says (`cues`)."""

from dataclasses import dataclass

from coach.core.session.measuring import Bout, Unit
from coach.core.session.walk_run import Part


@dataclass(frozen=True, slots=True)
class SayBout:
    """What is measured now, on which side, and when it ends."""

    bout: Bout


@dataclass(frozen=True, slots=True)
class SayGo:
    """Measuring begins."""


@dataclass(frozen=True, slots=True)
class SayGoal:
    """The goal is reached: who can goes on."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class SayMinutes:
    """How long the walk is by now."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SayMeasured:
    """The bout is over, and what was measured; `full` if it ended by itself."""

    bout: Bout
    amount: int
    full: bool


TestSaying = SayBout | SayGo | SayGoal | SayMinutes | SayMeasured


@dataclass(frozen=True, slots=True)
class SayPart:
    """What is done now and for how long; `interval` of `intervals`, of a run."""

    part: Part
    seconds: float
    interval: int
    intervals: int


@dataclass(frozen=True, slots=True)
class SaySoon:
    """A run begins in so many seconds: time to set the treadmill."""

    seconds: int


@dataclass(frozen=True, slots=True)
class SayToGo:
    """How many minutes of a long run are left."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SayNoted:
    """A pain that was answered on the way is noted, NPRS 0-10."""

    pain: int


@dataclass(frozen=True, slots=True)
class SayRunDone:
    """The walk/run is over."""


RunSaying = SayPart | SaySoon | SayToGo | SayNoted | SayRunDone
