"""Six made-up logs of twelve weeks, each with one thing to see; the worked examples of the documentation.

Every one ends on the same Friday. What chance there is has a fixed seed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random

from coach import resources
from coach.app.routines import Routines
from coach.app.settings import Settings
from coach.app.training import self_contained
from coach.core.day import Moment, moment
from coach.core.log import (
    Answer,
    DayEntry,
    Ending,
    FlagEntry,
    Outing,
    OutingKind,
    Question,
    SessionEnd,
    SessionHead,
    TestResult,
    WholeLog,
    WholeSession,
)
from coach.core.routine.exercise import PainSite
from coach.core.routine.reading import write_routine

ON = date(2026, 11, 20)
DAYS = 84
SESSION_DAYS = (0, 2, 4)
WALK_DAYS = (1, 3, 6)
ROUTINE = "strength-a"
TESTS = {
    "single_leg_bridge": (22.0, 24.0),
    "side_lying_abduction": (22.0, 23.0),
    "side_plank": (47.0, 50.0),
    "single_leg_squat": (11.0, 12.0),
    "heel_raise": (22.0, 23.0),
}
"""Left and right, in reps or seconds."""


@dataclass(frozen=True, slots=True)
class Example:
    """One log, the settings that go with it, and what is to be seen."""

    name: str
    log: WholeLog
    settings: Settings
    shows: str


@dataclass(slots=True)
class _Book:
    """A log in the making; morning and worst pain follow `pain`, a function of how many days are left."""

    name: str
    pain: Callable[[int], float]
    random: Random
    sites: tuple[PainSite, ...] = (PainSite.LATERAL,)
    answered: float = 1.0
    analgesic: Callable[[int], bool] = lambda _left: False
    night: Callable[[int], bool] = lambda _left: False
    during: Callable[[int], int | None] = lambda _left: None
    sessions: list[WholeSession] = field(default_factory=list)
    days: list[DayEntry] = field(default_factory=list)
    outings: list[Outing] = field(default_factory=list)
    tests: list[TestResult] = field(default_factory=list)
    flags: list[FlagEntry] = field(default_factory=list)
    count: int = 0

    def uid(self) -> str:
        self.count += 1
        return f"{self.name}-{self.count}"

    def fill(self) -> None:
        """Answer the days, do the sessions and take the walks."""
        for left in range(DAYS - 1, -1, -1):
            day = ON - timedelta(days=left)
            self.day(left, day)
            if day.weekday() in SESSION_DAYS:
                self.session(left, day)
            if day.weekday() in WALK_DAYS:
                self.walk(left, day)

    def score(self, left: int, more: float = 0.0) -> int:
        return min(10, max(0, round(self.pain(left) + more)))

    def day(self, left: int, day: date) -> None:
        if self.random.random() >= self.answered:
            return
        self.days.append(
            DayEntry(
                uid=self.uid(),
                day=day,
                morning=self.score(left),
                worst=self.score(left, 0.4),
                night=self.night(left),
                analgesic=self.analgesic(left),
                recorded=at(day, 20),
            )
        )

    def session(self, left: int, day: date) -> None:
        uid, began, ended = self.uid(), at(day, 18), at(day, 18, 30)
        peak = self.during(left)
        told = {
            Question.BEFORE: self.score(left),
            Question.DURING: self.score(left, 0.4) if peak is None else peak,
            Question.AFTER: self.score(left),
            Question.AFTER_60: self.score(left),
            Question.EFFORT: 5,
        }
        answers = tuple(Answer(self.uid(), uid, asked, value, "", ended) for asked, value in told.items())
        title, text = routine()
        head = SessionHead(uid, began, ROUTINE, title, 1, text, "", guided=False)
        self.sessions.append(WholeSession(head, (), answers, SessionEnd(uid, ended, Ending.FINISHED)))

    def walk(self, left: int, day: date) -> None:
        self.outing(OutingKind.WALK, day, 32.0, 108.0, self.score(left), groin=False)

    def outing(self, kind: OutingKind, day: date, minutes: float, cadence: float, pain: int, *, groin: bool) -> None:
        self.outings.append(
            Outing(
                uid=self.uid(),
                kind=kind,
                day=day,
                minutes=minutes,
                distance_km=None,
                cadence=cadence,
                pain=pain,
                pain_after=max(0, pain - 1),
                limp=False,
                groin=groin,
                recorded=at(day, 12),
                pain_before=max(0, pain - 1),
                pain_after60=max(0, pain - 1),
            )
        )

    def test_all(self, left: int, share: float = 1.0) -> None:
        """Do every self-test but the impact check; `share` of what would pass."""
        day = ON - timedelta(days=left)
        for name, (one, other) in TESTS.items():
            self.test(name, day, round(one * share), round(other * share))
        self.test("plank", day, value=round(50 * share))
        self.test("confidence", day, value=8)

    def test(
        self, name: str, day: date, left: float | None = None, right: float | None = None, value: float | None = None
    ) -> None:
        self.tests.append(TestResult(self.uid(), name, day, left, right, value, 0, at(day, 17)))

    def impact(self, left: int) -> None:
        day = ON - timedelta(days=left)
        self.test("march", day, value=30.0)
        self.test("jog_on_spot", day, value=60.0)
        self.test("double_hop", day, value=20.0)
        self.test("single_hop", day, 10.0, 10.0)

    def example(self, shows: str) -> Example:
        log = WholeLog(
            tuple(self.sessions), tuple(self.days), tuple(self.outings), tuple(self.tests), tuple(self.flags)
        )
        settings = Settings(
            set_up=True,
            hip="left",
            pain_sites=self.sites,
            in_use=(ROUTINE,),
            screened=(ON - timedelta(days=9)).isoformat(),
        )
        return Example(self.name, log, settings, shows)


def at(day: date, hour: int, minute: int = 0) -> Moment:
    """An instant of a training day, in the zone of all six."""
    return moment(datetime.combine(day, time(hour, minute), UTC), "UTC", day)


@cache
def routine() -> tuple[str, str]:
    """Title and text of the routine that all six follow."""
    routines = Routines(resources.EXERCISES, resources.asset("routines"), resources.asset("nowhere"))
    found = routines.find(ROUTINE, None)
    assert found is not None
    return found.routine.title, write_routine(self_contained(found.routine, routines.library)).decode()


def healing(random: Random, start: float = 5.0) -> Callable[[int], float]:
    """Pain that falls to nothing in ten weeks, with a little noise that is the same however often it is asked."""
    noise = [random.gauss(0.0, 0.35) for _ in range(DAYS)]
    return lambda left: max(0.0, start * (left - 14) / (DAYS - 14)) + (noise[left] if left > 14 else 0.0)


def steady() -> Example:
    """Heals steadily; at the end everything is met."""
    random = Random(1)
    book = _Book("steady healing", healing(random), random)
    book.fill()
    book.test_all(30, 0.8)
    book.test_all(6)
    book.impact(2)
    return book.example("Pain falls week by week, tests and walks follow: every criterion is met.")


def flare() -> Example:
    """Heals, then one hard session ten days before the end and a bad week."""
    random = Random(2)
    calm = healing(random)
    worse = {9: 6.0, 8: 5.0, 7: 4.0, 6: 3.0, 5: 2.0, 4: 2.0, 3: 1.0}
    hard = next(left for left in range(9, 14) if (ON - timedelta(days=left)).weekday() in SESSION_DAYS)
    book = _Book(
        "flare", lambda left: worse.get(left, calm(left)), random, during=lambda left: 7 if left == hard else None
    )
    book.fill()
    book.test_all(6)
    return book.example("One session too hard: red, two days of rest, then a step back.")


def noise_only() -> Example:
    """Goes up and down around the same level."""
    random = Random(7)
    level, values = 0.0, []
    for _ in range(DAYS):
        level = 0.4 * level + random.gauss(0.0, 1.1)
        values.append(3.0 + level)
    book = _Book("noise only", lambda left: values[left], random)
    book.fill()
    book.test_all(6, 0.8)
    return book.example(
        "It goes up and down and stays where it is: no clear change. By chance alone an alarm comes up in about 15 of "
        "100 such stretches of six weeks; not in this one."
    )


def groin() -> Example:
    """Groin pain that comes with running."""
    random = Random(4)
    calm = healing(random, 3.0)
    book = _Book("groin pattern", calm, random, sites=(PainSite.GROIN,))
    book.fill()
    for left, pain in ((12, 2), (8, 3), (3, 4)):
        book.outing(OutingKind.RUN, ON - timedelta(days=left), 12.0, 168.0, pain, groin=True)
    return book.example("Pain in the groin that rises with running: nothing is loaded until a clinician has looked.")


def gaps() -> Example:
    """Answers two days of five."""
    random = Random(5)
    book = _Book("gaps", healing(random), random, answered=0.4)
    book.fill()
    book.test_all(6)
    return book.example("Two days of five answered: what is missing is named, nothing is guessed.")


def painkillers() -> Example:
    """No pain to be seen, because of what was taken against it."""
    random = Random(6)
    book = _Book(
        "painkillers hide it", lambda left: 1.0 if left > 40 else 0.0, random, analgesic=lambda left: left < 40
    )
    book.fill()
    book.test_all(6)
    book.impact(2)
    return book.example("Mornings without pain after painkillers do not count as mornings without pain.")


def examples() -> Iterator[Example]:
    """All six."""
    yield from (steady(), flare(), noise_only(), groin(), gaps(), painkillers())
