"""Made-up bouts and histories."""

from collections.abc import Mapping
from datetime import date, timedelta

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.history import History
from coach.core.day import Moment
from coach.core.log import DayEntry

ON = date(2026, 11, 20)
NO_MOMENT = Moment("2026-11-20T12:00:00.000Z", "Europe/Berlin", ON)


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def day(of: date, morning: int | None = 0, *, worst: int | None = None, night: bool | None = False) -> DayEntry:
    return DayEntry(f"d{of}", of, morning, worst, night, False, NO_MOMENT)


def mornings(values: Mapping[int, int | None]) -> dict[date, DayEntry]:
    """Entries by how many days ago they are."""
    return {ago(back): day(ago(back), value) for back, value in values.items()}


def history(*bouts: Bout, days: Mapping[date, DayEntry] | None = None, on: date = ON) -> History:
    return History(on, ago(70), ago(70), days or {}, tuple(sorted(bouts, key=lambda bout: bout.day)))


def session(of: date, pre: int | None = 1, during: int | None = 1, after: int | None = 1) -> Bout:
    """A session that was borne well, but for what the caller changes."""
    return Bout(f"s{of}", BoutKind.SESSION, of, pre=pre, during=during, after=after, after60=1, morning=1, night=False)
