"""What the log says up to a day, as the clinical rules see it. Nothing later is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.log import DayEntry, FlagEntry, TestResult

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class History:
    """The log up to and with the day `on`: each list by day, then in the order recorded.

    It may begin later than the log does: `since` is its first day, `began` the first day of the log ever.
    """

    on: date
    since: date
    began: date | None = None
    days: Mapping[date, DayEntry] = field(default_factory=dict)
    bouts: tuple[Bout, ...] = ()
    tests: tuple[TestResult, ...] = ()
    flags: tuple[FlagEntry, ...] = ()
    """Ever: a flag stands until it is cleared."""
    screened: tuple[date, ...] = ()
    """The days on which the questions about red flags were answered."""

    def until(self, day: date) -> "History":
        """The same log as it was known at the end of an earlier day."""
        return replace(
            self,
            on=min(day, self.on),
            days={of: entry for of, entry in self.days.items() if of <= day},
            bouts=tuple(_known(bout, day) for bout in self.bouts if bout.day <= day),
            tests=tuple(test for test in self.tests if test.day <= day),
            flags=tuple(flag for flag in self.flags if flag.day <= day),
            screened=tuple(of for of in self.screened if of <= day),
        )

    def window(self, days: int) -> "History":
        """The last so many days of it, as if no more had been read."""
        since = max(self.since, self.on - DAY * days)
        return replace(
            self,
            since=since,
            days={of: entry for of, entry in self.days.items() if of >= since},
            bouts=tuple(bout for bout in self.bouts if bout.day >= since),
            tests=tuple(test for test in self.tests if test.day >= since),
        )

    def last(self, count: int) -> tuple[date, ...]:
        """The last so many days, `on` among them, the oldest first."""
        return tuple(self.on - DAY * back for back in range(count - 1, -1, -1))

    def entries(self, days: Iterable[date]) -> tuple[DayEntry, ...]:
        """The entries of those of the days that have one."""
        return tuple(self.days[day] for day in days if day in self.days)

    def mornings(self) -> dict[date, int]:
        """The morning pain by day, where it was answered."""
        return {day: entry.morning for day, entry in self.days.items() if entry.morning is not None}

    def unmasked_mornings(self) -> dict[date, int]:
        """Those before which no painkiller was taken: only they can tell that it is calm (0.3)."""
        return {day: pain for day, pain in self.mornings().items() if not self.days[day].analgesic}

    def of_kind(self, *kinds: BoutKind) -> tuple[Bout, ...]:
        """The bouts of these kinds, the oldest first."""
        return tuple(bout for bout in self.bouts if bout.kind in kinds)

    def results(self, name: str) -> tuple[TestResult, ...]:
        """The results of one self-test, the oldest first."""
        return tuple(test for test in self.tests if test.name == name)


def _known(bout: Bout, day: date) -> Bout:
    # The morning after belongs to the next day.
    return bout if bout.day < day else replace(bout, morning=None, night=None)
