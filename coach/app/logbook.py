"""What the person enters about a day: pain, walks and runs, self-tests, red flags."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from coach.app.ports import Calendar
from coach.core.clinical.red_flags import Flag, active
from coach.core.day import Moment, moment, training_day
from coach.core.log import DayEntry, FlagEntry, Outing, OutingKind, TestResult
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
    ) -> None:
        """Record the day's pain, NPRS 0-10; None leaves a former answer as it is. Raises StoreError."""
        self._log.add(DayEntry(self._new_uid(), day, morning, worst, night, analgesic, self._recorded()))

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
    ) -> None:
        """Record a walk or a run. Raises StoreError."""
        self._log.add(
            Outing(
                self._new_uid(),
                kind,
                day,
                minutes,
                distance_km,
                cadence,
                pain,
                pain_after,
                limp,
                groin,
                self._recorded(),
            )
        )

    def test(
        self,
        name: str,
        day: date,
        *,
        pain: int,
        left: float | None = None,
        right: float | None = None,
        value: float | None = None,
    ) -> None:
        """Record a self-test. Raises StoreError."""
        self._log.add(TestResult(self._new_uid(), name, day, left, right, value, pain, self._recorded()))

    def flag(self, name: str, day: date, *, raised: bool) -> None:
        """Raise a red flag, or clear it. Raises StoreError."""
        self._log.add(FlagEntry(self._new_uid(), name, day, raised, self._recorded()))

    def active_flags(self) -> tuple[Flag, ...]:
        """The red flags that stand, the gravest first. Raises StoreError."""
        return active(sorted(self._log.flags(), key=lambda entry: entry.recorded.utc))

    def _recorded(self) -> Moment:
        return moment(self._calendar.now(), self._calendar.zone())
