"""Which days are named below a chart, and where a value stands: arithmetic that all charts share."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from coach.words import progress as words

_DAYS_APART_UNTIL: Final = 130
_MONTHS_UNTIL: Final = 1000
_LABEL_PX: Final = 92


class Tick(NamedTuple):
    """A day that is named."""

    day: date
    text: str


class Window(NamedTuple):
    """What is seen of an axis."""

    low: float
    high: float


def day_ticks(since: date, until: date, width: float) -> tuple[Tick, ...]:
    """Days to name along `width`: even steps for weeks, first days for months and years; first and last for weeks."""
    days = (until - since).days
    most = max(2, int(width // _LABEL_PX))
    if days <= 0:
        return (Tick(since, words.tick(since)),)
    if days <= _DAYS_APART_UNTIL:
        parts = min(most - 1, 5, days)
        found = [since + timedelta(days=round(days * part / parts)) for part in range(parts + 1)]
        return tuple(Tick(day, words.tick(day)) for day in found)
    if days <= _MONTHS_UNTIL:
        firsts = _first_days(since, until, months=1)
        kept = _few([[day for day in firsts if (day.month - 1) % every == 0] for every in (1, 2, 3, 6, 12)], most)
        return tuple(Tick(day, words.month_tick(day)) for day in kept)
    firsts = _first_days(since, until, months=12)
    kept = _few([[day for day in firsts if day.year % every == 0] for every in (1, 2, 5, 10, 20)], most)
    return tuple(Tick(day, str(day.year)) for day in kept)


def clamped(wanted: Window, bounds: Window, least: float) -> Window:
    """The window that is as near as can be to the wanted one: inside the bounds, and no smaller than `least`."""
    size = min(max(wanted.high - wanted.low, least), bounds.high - bounds.low)
    middle = (wanted.low + wanted.high) / 2
    low = min(max(middle - size / 2, bounds.low), bounds.high - size)
    return Window(low, low + size)


def zoomed(now: Window, anchor: float, factor: float) -> Window:
    """The window that is `factor` as wide; what is under the anchor stays there."""
    return Window(anchor - (anchor - now.low) * factor, anchor + (now.high - anchor) * factor)


def round_top(value: float) -> float:
    """A round number that is not less than the value: the top of an axis."""
    step = 1.0
    while True:
        for part in (1, 2, 3, 4, 5, 6, 8):
            if part * step >= value:
                return part * step
        step *= 10


def _first_days(since: date, until: date, *, months: int) -> list[date]:
    found = []
    day = since.replace(day=1) if months == 1 else since.replace(month=1, day=1)
    while day <= until:
        if day >= since:
            found.append(day)
        day = (day + timedelta(days=31 if months == 1 else 366)).replace(day=1)
    return found


def _few(choices: list[list[date]], most: int) -> list[date]:
    """The first choice that is not too many."""
    return next((days for days in choices if len(days) <= most), choices[-1][:most])
