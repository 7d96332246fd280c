"""What the person enters about a day: pain, walks and runs, self-tests, red flags."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

import msgspec
from msgspec import Struct

from coach.app.ports import Calendar
from coach.core.day import Moment, moment, training_day
from coach.core.log import (
    Answer,
    DayEntry,
    Ending,
    FlagEntry,
    Outing,
    OutingKind,
    Question,
    Spot,
    TestResult,
    in_order,
)
from coach.store.journal import Log


class SelfTest(Struct, frozen=True):
    """A self-test of the readiness criteria (clinical reference, section 2.2)."""

    name: str
    exercise: str
    unit: str
    """`s`, `reps` or `points`."""
    sided: bool


SELF_TESTS: tuple[SelfTest, ...] = (
    SelfTest("single_leg_bridge", "test_single_leg_bridge", "reps", True),
    SelfTest("side_lying_abduction", "test_side_lying_abduction", "reps", True),
    SelfTest("side_plank", "test_side_plank", "s", True),
    SelfTest("plank", "test_plank", "s", False),
    SelfTest("single_leg_squat", "test_single_leg_squat", "reps", True),
    # How many of the three form ticks were set on each side, 0 to 3; the reps count where all are (R6d).
    SelfTest("single_leg_squat_form", "test_single_leg_squat", "points", True),
    SelfTest("heel_raise", "test_heel_raise", "reps", True),
    SelfTest("march", "test_march", "s", False),
    SelfTest("jog_on_spot", "test_jog_on_spot", "s", False),
    SelfTest("double_hop", "test_double_hop", "reps", False),
    SelfTest("single_hop", "test_single_hop", "reps", True),
    SelfTest("confidence", "", "points", False),
)
TESTS_BY_NAME = {test.name: test for test in SELF_TESTS}


Corrected = TypeVar("Corrected", Outing, TestResult)


class Logbook:
    """Entries that belong to a day."""

    def __init__(self, log: Log, calendar: Calendar, new_uid: Callable[[], str]) -> None:
        self._log = log
        self._calendar = calendar
        self._new_uid = new_uid

    def today(self) -> date:
        """The training day that it is now."""
        return training_day(self._calendar.now())

    def day(
        self,
        day: date,
        *,
        morning: int | None = None,
        worst: int | None = None,
        night: bool | None = None,
        analgesic: bool | None = None,
        limp: bool | None = None,
        spots: tuple[Spot, ...] | None = None,
    ) -> None:
        """Record the day's pain, NPRS 0-10; None leaves a former answer as it is. Raises StoreError.

        The pain of a morning is also the answer that the sessions of the day before were waiting for.
        """
        self._log.add(
            DayEntry(
                uid=self._new_uid(),
                day=day,
                morning=morning,
                worst=worst,
                night=night,
                analgesic=analgesic,
                recorded=self._recorded(),
                limp=limp,
                spots=None if spots is None else in_order(spots),
            )
        )
        if morning is not None:
            self._answer_morning(day - timedelta(days=1), morning)

    def _answer_morning(self, trained: date, morning: int) -> None:
        for line in self._log.sessions(trained, trained):
            if line.ending in (Ending.FINISHED, Ending.STOPPED):
                answer = Answer(self._new_uid(), line.uid, Question.MORNING, morning, "", self._recorded())
                self._log.answer(answer)

    def outing(
        self,
        kind: OutingKind,
        day: date,
        *,
        minutes: float,
        pain: int,
        distance_km: float | None = None,
        cadence: float | None = None,
        pain_after: int | None = None,
        limp: bool = False,
        groin: bool = False,
        pain_before: int | None = None,
        pain_after60: int | None = None,
        stage: int | None = None,
        running_min: float | None = None,
    ) -> str:
        """Record a walk or a run; its uid. `stage` and `running_min` are of a run. Raises StoreError."""
        uid = self._new_uid()
        self._log.add(
            Outing(
                uid=uid,
                kind=kind,
                day=day,
                minutes=minutes,
                distance_km=distance_km,
                cadence=cadence,
                pain=pain,
                pain_after=pain_after,
                limp=limp,
                groin=groin,
                recorded=self._recorded(),
                pain_before=pain_before,
                pain_after60=pain_after60,
                stage=stage,
                running_min=running_min,
            )
        )
        return uid

    def correct(self, entry: Corrected) -> str:
        """Record a walk, run or test as it should read, in place of the entry with its uid, which stays; the new uid.

        To complete one (the pain an hour after it) is to correct it. Raises StoreError.
        """
        uid = self._new_uid()
        self._log.add(msgspec.structs.replace(entry, uid=uid, replaces=entry.uid, recorded=self._recorded()))
        return uid

    def strike(self, entry: Corrected) -> str:
        """A walk, run or test was entered by mistake: it stays, but no longer counts; the uid that strikes it.

        To take that back, correct the struck entry with `struck=False`. Raises StoreError.
        """
        return self.correct(msgspec.structs.replace(entry, struck=True))

    def test(
        self,
        name: str,
        day: date,
        *,
        pain: int,
        left: float | None = None,
        right: float | None = None,
        value: float | None = None,
        groin: bool = False,
    ) -> str:
        """Record a self-test; its uid. Raises StoreError."""
        uid = self._new_uid()
        self._log.add(TestResult(uid, name, day, left, right, value, pain, self._recorded(), groin=groin))
        return uid

    def flag(self, name: str, day: date, *, raised: bool) -> None:
        """Raise a red flag, or clear it. Raises StoreError."""
        self._log.add(FlagEntry(self._new_uid(), name, day, raised, self._recorded()))

    def _recorded(self) -> Moment:
        return moment(self._calendar.now(), self._calendar.zone())
