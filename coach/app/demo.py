"""A made-up log: pain that heals with flares and gaps, real sessions of the built-in routines, walks, runs, tests.

The same seed and the same day give the same log. It ends today.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from coach.app.settings import Settings
from coach.app.surroundings import Surroundings
from coach.app.training import self_contained
from coach.core.clinical.run_plan import STAGES
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
    Spot,
    StoredEvent,
    TestResult,
    WholeLog,
    WholeSession,
)
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import Step, compile_routine
from coach.core.routine.reading import write_routine
from coach.core.routine.routine import BodySide
from coach.core.session.engine import LEAD_S, block_starts
from coach.core.session.events import (
    Began,
    Event,
    Finished,
    Hurt,
    Jumped,
    Paused,
    Rated,
    Resumed,
    Started,
    Stopped,
    plan_to_json,
    to_json,
)

SEED = 11
_FIRST = "first-days"
_LATER = ("strength-a", "mobility", "strength-b", "mobility", "strength-c", "mobility")
_FLARE_EVERY = 140
"""Days between the setbacks of the made-up hip, about."""
HEALED_WEEKS = 16
"""The shortest log of a hip that has healed."""
_SETTLED = 56
"""Days before the end of any log, since when there was no setback, and no run: what follows is proposed as usual."""
_CALM, _ANSWERED, _TESTED, _HOPPED = 84, 35, 24, 21
"""Days before the end of a hip that has healed: no setback since, no day unanswered since, when it was tested."""
_FIRST_TESTS, _LAST_TESTS, _BETWEEN_TESTS, _BETWEEN_TESTS_HEALED = 44, 5, 18, 36
"""Days since the beginning, before the end, and between. A third result below the goal is a matter for a clinician: so
nobody tests what cannot be good yet."""
_RUN_DAYS = (1, 3, 5)
_PASSED = {
    "single_leg_bridge": (24.0, 25.0),
    "side_lying_abduction": (25.0, 26.0),
    "side_plank": (50.0, 53.0),
    "single_leg_squat": (13.0, 14.0),
    "heel_raise": (25.0, 26.0),
}
"""Left and right, in reps or seconds."""
_SETTINGS = Settings(
    set_up=True, hip="left", pain_sites=(PainSite.LATERAL,), in_use=("strength-a", "strength-b", "mobility")
)


@dataclass(frozen=True, slots=True)
class _Script:
    """A routine, compiled once for all the sessions of it."""

    id: str
    title: str
    revision: int
    text: str
    plan: str
    steps: tuple[Step, ...]


def fill(surroundings: Surroundings, weeks: int, seed: int = SEED, *, healed: bool = False) -> None:
    """Write a made-up log of so many weeks into a data folder that has none yet. Raises StoreError, OSError.

    At its end the hip hurts still; `healed`, of at least `HEALED_WEEKS`, has met the criteria to run, and runs by the
    plan.
    """
    surroundings.home.make()
    now = surroundings.calendar.now()
    surroundings.settings_file().write(_with_screening(now.date()))
    log = surroundings.open_log()
    try:
        scripts, zone = _scripts(surroundings), surroundings.calendar.zone()
        log.take_in(_Maker(scripts, now, zone, weeks, Random(seed), healed=healed).whole())
    finally:
        log.close()


def _with_screening(today: date) -> Settings:
    import msgspec

    return msgspec.structs.replace(_SETTINGS, screened=(today - timedelta(days=9)).isoformat())


def _scripts(surroundings: Surroundings) -> dict[str, _Script]:
    routines = surroundings.routines()
    scripts = {}
    for one in routines.all():
        steps = compile_routine(one.routine, routines.library, _SETTINGS.home_side)
        text = write_routine(self_contained(one.routine, routines.library)).decode()
        scripts[one.routine.id] = _Script(
            one.routine.id, one.routine.title, one.routine.revision, text, plan_to_json(steps), steps
        )
    return scripts


class _Maker:
    def __init__(
        self, scripts: dict[str, _Script], now: datetime, zone: str, weeks: int, random: Random, *, healed: bool
    ) -> None:
        self._scripts = scripts
        self._now = now
        self._zone = zone
        self._days = weeks * 7
        self._random = random
        self._healed = healed
        self._first = now.date() - timedelta(days=self._days - 1)
        self._flares = self._make_flares()
        self._away = self._make_holidays()

    def whole(self) -> WholeLog:
        """Make everything."""
        days = [(n, self._first + timedelta(days=n)) for n in range(self._days)]
        return WholeLog(
            tuple(one for n, day in days for one in self._session_of(n, day)),
            tuple(one for n, day in days for one in self._day_of(n, day)),
            tuple(one for n, day in days for one in self._outing_of(n, day)),
            tuple(one for n, day in days for one in self._tests_of(n, day)),
            tuple(self._flags()),
        )

    # -- pain -------------------------------------------------------------------------------------------------------

    def _make_flares(self) -> list[tuple[int, float]]:
        """When it got worse again, and by how much; first of all at the beginning."""
        flares = [(0, 5.5)]
        at = 0
        while at < self._days:
            at += round(self._random.gauss(_FLARE_EVERY, _FLARE_EVERY / 4))
            flares.append((at, self._random.uniform(1.5, 4.0)))
        return [one for one in flares if one[0] == 0 or not self._is_settled(one[0])]

    def _make_holidays(self) -> frozenset[int]:
        """Days on which nothing was entered at all."""
        away: set[int] = set()
        for year in range(self._days // 365 + 1):
            start = year * 365 + self._random.randrange(40, 330)
            away.update(range(start, start + self._random.randrange(5, 15)))
        return frozenset(away)

    def _is_last(self, n: int, days: int) -> bool:
        """Whether a day is one of the last so many of a hip that has healed."""
        return self._healed and n >= self._days - days

    def _is_settled(self, n: int) -> bool:
        """Whether no setback comes on this day, and no run that nobody allowed."""
        return n >= self._days - (_CALM if self._healed else _SETTLED)

    def _pain(self, n: int) -> float:
        if self._is_last(n, _ANSWERED):
            return max(0.0, self._random.gauss(0.0, 0.1))
        healing = sum(size * math.exp(-(n - at) / 24.0) for at, size in self._flares if at <= n)
        return min(9.0, healing + self._random.gauss(0.3, 0.4 if self._is_settled(n) else 0.6))

    def _score(self, pain: float) -> int:
        return min(10, max(0, round(pain)))

    # -- entries ----------------------------------------------------------------------------------------------------

    def _at(self, day: date, hour: int, minute: int = 0) -> Moment:
        local = datetime.combine(day, time(hour, minute), self._now.tzinfo)
        local = min(local, self._now) if self._now.tzinfo else local
        return moment(local, self._zone, day)

    def _uid(self) -> str:
        digits = f"{self._random.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def _missed(self, n: int, share: float) -> bool:
        if self._is_last(n, _ANSWERED):
            return False
        return (n in self._away and not self._is_settled(n)) or self._random.random() < share

    def _day_of(self, n: int, day: date) -> Iterator[DayEntry]:
        pain = self._pain(n)
        if self._missed(n, 0.06):
            return
        morning = self._score(pain)
        today = n == self._days - 1
        more = (0, 0, 1) if self._is_last(n, _ANSWERED) else (0, 0, 1, 1, 2)
        yield DayEntry(
            uid=self._uid(),
            day=day,
            morning=morning,
            worst=None if today else min(10, morning + self._random.choice(more)),
            night=pain > 4 and self._random.random() < 0.5,
            analgesic=pain > 5 and self._random.random() < 0.4,
            recorded=self._at(day, 7, self._random.randrange(5, 55)),
            limp=pain > 5,
            spots=(Spot(PainSite.LATERAL, BodySide.LEFT),) if morning else (),
        )

    def _outing_of(self, n: int, day: date) -> Iterator[Outing]:
        if self._is_last(n, _HOPPED - 1):
            yield from self._planned_run_of(n, day)
            return
        pain = self._pain(n)
        runs = pain < 1.2 and n > 50 and not self._is_settled(n)
        kind = OutingKind.RUN if runs and day.weekday() in (1, 5) else OutingKind.WALK
        if day.weekday() not in (1, 3, 5, 6) or self._missed(n, 0.3):
            return
        brisk = kind is OutingKind.WALK and n > 42
        minutes = float(self._random.choice((20, 25, 30)) if kind is OutingKind.RUN else 10 + min(25, n // 2))
        speed = self._random.uniform(8.5, 10.5) if kind is OutingKind.RUN else self._random.uniform(4.4, 5.6)
        during = self._score(pain + self._random.choice((0, 0, 1)))
        yield Outing(
            uid=self._uid(),
            kind=kind,
            day=day,
            minutes=minutes,
            distance_km=round(minutes / 60 * speed, 2),
            cadence=float(self._random.randrange(104, 116) if brisk else self._random.randrange(164, 178))
            if brisk or kind is OutingKind.RUN
            else None,
            pain=during,
            pain_after=max(0, during - self._random.choice((0, 1))),
            limp=pain > 5,
            groin=False,
            recorded=self._at(day, 12, self._random.randrange(60)),
            pain_before=self._score(pain),
            pain_after60=max(0, during - 1),
        )

    def _planned_run_of(self, n: int, day: date) -> Iterator[Outing]:
        """Two runs of each stage, as long as they are green: three in a week, none today."""
        if day.weekday() not in _RUN_DAYS or n == self._days - 1:
            return
        since = self._days - _HOPPED + 1
        before = sum((self._first + timedelta(days=at)).weekday() in _RUN_DAYS for at in range(since, n))
        stage = STAGES[before // 2]
        yield Outing(
            uid=self._uid(),
            kind=OutingKind.RUN,
            day=day,
            minutes=stage.frame_min,
            distance_km=round(stage.frame_min * self._random.uniform(0.095, 0.115), 2),
            cadence=float(self._random.randrange(164, 178)),
            pain=self._random.choice((0, 0, 1)),
            pain_after=0,
            limp=False,
            groin=False,
            recorded=self._at(day, 9, self._random.randrange(60)),
            pain_before=0,
            pain_after60=0,
            stage=stage.number,
            running_min=stage.running_min,
        )

    def _tests_of(self, n: int, day: date) -> Iterator[TestResult]:
        if self._is_last(n, _TESTED):
            yield from self._passed_of(self._days - n, n, day)
            return
        between = _BETWEEN_TESTS_HEALED if self._healed else _BETWEEN_TESTS
        left = self._days - 1 - n
        if n < _FIRST_TESTS or left % between != _LAST_TESTS or self._missed(n, 0.05):
            return
        gained = 1 - math.exp(-n / 40)
        best = {"side_plank": 52.0, "single_leg_bridge": 25.0, "heel_raise": 27.0, "side_lying_abduction": 26.0}
        best["single_leg_squat"] = 14.0
        for name, most in best.items():
            right = round(most * (0.5 + 0.5 * gained) + self._random.uniform(-1, 1))
            left = round(right * (0.7 + 0.3 * gained))
            yield self._test(name, day, n, float(left), float(right), None)
        yield self._test("plank", day, n, None, None, float(round(30 + 40 * gained)))
        yield self._test("confidence", day, n, None, None, float(round(3 + 6 * gained)))

    def _passed_of(self, left: int, n: int, day: date) -> Iterator[TestResult]:
        """What a hip that has healed can do, on the day of the tests; days later that it bears impact."""
        if left == _TESTED:
            for name, (one, other) in _PASSED.items():
                yield self._test(name, day, n, one, other, None)
            yield self._test("plank", day, n, None, None, 62.0)
            yield self._test("confidence", day, n, None, None, 9.0)
        if left == _HOPPED:
            for name, value in (("march", 30.0), ("jog_on_spot", 60.0), ("double_hop", 20.0)):
                yield self._test(name, day, n, None, None, value)
            yield self._test("single_hop", day, n, 10.0, 10.0, None)

    def _test(
        self, name: str, day: date, n: int, left: float | None, right: float | None, value: float | None
    ) -> TestResult:
        return TestResult(self._uid(), name, day, left, right, value, self._score(self._pain(n) - 1), self._at(day, 17))

    def _flags(self) -> Iterator[FlagEntry]:
        """Somebody looked at the hip: after the limp, and after the nights that it woke from."""
        for after, name, raised in (
            (4, "limp_over_3_days", True),
            (12, "limp_over_3_days", False),
            (24, "constant_or_night_pain", False),
        ):
            if after < self._days:
                day = self._first + timedelta(days=after)
                yield FlagEntry(self._uid(), name, day, raised, self._at(day, 9, after))

    # -- sessions ---------------------------------------------------------------------------------------------------

    def _session_of(self, n: int, day: date) -> Iterator[WholeSession]:
        # Monday, Wednesday and Friday; today's is still to be done.
        if day.weekday() not in (0, 2, 4) or n == self._days - 1 or self._missed(n, 0.02):
            return
        script = self._scripts[_FIRST if n < 14 else _LATER[(n // 2) % len(_LATER)]]
        pain, uid = self._pain(n), self._uid()
        began = self._at(day, 18, self._random.randrange(60))
        events, ending = self._play(script.steps, pain)
        length = timedelta(seconds=events[-1].at)
        ended = moment(datetime.fromisoformat(began.utc).astimezone(UTC) + length, self._zone, day)
        head = SessionHead(uid, began, script.id, script.title, script.revision, script.text, script.plan, guided=True)
        yield WholeSession(
            head,
            tuple(StoredEvent(seq, event.at, to_json(event)) for seq, event in enumerate(events)),
            tuple(self._answers(uid, pain, began, ended)),
            SessionEnd(uid, ended, ending),
        )

    def _answers(self, uid: str, pain: float, began: Moment, ended: Moment) -> Iterator[Answer]:
        before = self._score(pain)
        yield Answer(self._uid(), uid, Question.BEFORE, before, "", began)
        during = min(10, before + self._random.choice((0, 0, 1)))
        yield Answer(self._uid(), uid, Question.DURING, during, "", ended)
        if self._random.random() < 0.7:
            later = moment(
                min(datetime.fromisoformat(ended.utc) + timedelta(minutes=65), self._now), self._zone, ended.day
            )
            yield Answer(self._uid(), uid, Question.AFTER_60, before, "", later)
        yield Answer(
            self._uid(), uid, Question.AFTER, self._score(pain + self._random.choice((-1, 0, 0, 1))), "", ended
        )
        yield Answer(self._uid(), uid, Question.EFFORT, self._random.randrange(3, 8), "", ended)
        if self._random.random() < 0.1:
            note = self._random.choice(("Felt strong today.", "A little stiff at first.", "Left side needs more rest."))
            yield Answer(self._uid(), uid, Question.NOTE, None, note, ended)

    def _play(self, steps: tuple[Step, ...], pain: float) -> tuple[list[Event], Ending]:
        """The events of somebody who does the session, mostly without a break."""
        events: list[Event] = [Started(0.0)]
        at, index, chance = 0.0, 0, 1.2 / len(steps)
        hurts_at = self._random.randrange(len(steps)) if pain > 4 and self._random.random() < 0.3 else -1
        while True:
            step = steps[index]
            whole = step.duration_s
            if index == hurts_at:
                half = round(whole / 2, 3)
                events += [Hurt(at + half), Rated(at + half, min(10, self._score(pain) + 1))]
                if pain > 6:
                    events.append(Stopped(at + half))
                    return events, Ending.STOPPED
                at += half + 9.5
                events.append(Resumed(at, LEAD_S))
                whole, at = whole - half, at + LEAD_S
            elif self._random.random() < chance:
                half = round(whole / 2, 3)
                away = round(self._random.uniform(4, 40), 3)
                events += [Paused(at + half), Resumed(at + half + away, LEAD_S)]
                whole, at = whole - half, at + half + away + LEAD_S
            at += whole
            if index + 1 == len(steps):
                events.append(Finished(at))
                return events, Ending.FINISHED
            index += 1
            if not step.works() and self._random.random() < chance / 4:
                ahead = next((i for i in range(index + 1, len(steps)) if block_starts(steps, i)), None)
                if ahead is not None:
                    events += [Began(at, index), Jumped(at + 1.0, ahead, 0.0)]
                    at, index = at + 1.0, ahead
                    continue
            events.append(Began(at, index))
