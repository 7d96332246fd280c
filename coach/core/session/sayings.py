"""What is said in a self-test, beside what a session says (`cues`)."""

from dataclasses import dataclass

from coach.core.session.measuring import Bout, Unit


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
