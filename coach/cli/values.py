"""What a person may write for a number, a day or a file, and why something else is refused."""

import math
import re
from datetime import date, time
from typing import Any

import click

from coach.core.log import Spot
from coach.core.routine.bounds import MAX_TEXT
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.words.numbers import figure
from coach.words.translate import tr

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")


class Number(click.ParamType[float]):
    """A number within bounds, with a decimal point or comma."""

    name = "number"

    def __init__(self, least: float, most: float, *, over: bool = False) -> None:
        self._least = least
        self._most = most
        self._over = over
        """The least value itself is not allowed."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read it."""
        if isinstance(value, int | float):
            return float(value)
        if not _NUMBER.fullmatch(str(value).strip()):
            self.fail(tr("{value} is not a number.").format(value=value), param, ctx)
        number = float(str(value).strip().replace(",", "."))
        too_small = number <= self._least if self._over else number < self._least
        if not math.isfinite(number) or too_small or number > self._most:
            between = tr("{value} is not more than {least} and at most {most}.") if self._over else _BETWEEN
            self.fail(tr(between).format(value=value, least=figure(self._least), most=figure(self._most)), param, ctx)
        return number


class Whole(Number):
    """A whole number within bounds."""

    name = "n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it."""
        number = super().convert(value, param, ctx)
        if not number.is_integer():
            self.fail(tr("{value} is not a whole number.").format(value=value), param, ctx)
        return int(number)


_BETWEEN = "{value} does not lie between {least} and {most}."

PAIN = Whole(0, 10)
"""NPRS: 0 no pain, 10 the worst imaginable."""


def as_typed(text: str) -> str:
    """Text from outside as UTF-8, whatever the locale made of it; what is none is replaced by a sign for it."""
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a letter, as only Windows lets through
        data = text.encode("utf-8", "replace")
    return data.decode("utf-8", "replace")


class Line(click.ParamType[str]):
    """A line of text, of at most as many characters as any text here."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read it."""
        text = as_typed(str(value))
        if len(text) > MAX_TEXT:
            too_long = tr("is {found} characters long and may have {limit}.")
            self.fail(too_long.format(found=len(text), limit=MAX_TEXT), param, ctx)
        return text


LINE = Line()


class Day(click.ParamType[date]):
    """A day of the calendar, as 2026-11-20."""

    name = "day"
    _first = date(1900, 1, 1)
    _last = date(9989, 12, 31)
    """Plans and rules look at days behind a day; the calendar ends ten years later."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it."""
        if isinstance(value, date):
            return value
        written = str(value).strip()
        try:
            day = date.fromisoformat(written)
        except ValueError:
            day = date.min
        if day.isoformat() != written:
            self.fail(
                tr("{value} is not a day of the calendar; write it like 2026-11-20.").format(value=value), param, ctx
            )
        if day < self._first:
            self.fail(tr("{value} is too long ago.").format(value=value), param, ctx)
        if day > self._last:
            self.fail(tr("{value} is too far ahead.").format(value=value), param, ctx)
        return day


class TimeOfDay(click.ParamType[time]):
    """A time of day, as 18:00."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """Read it."""
        if isinstance(value, time):
            return value
        hour, colon, minute = str(value).strip().partition(":")
        plain = colon and hour.isdecimal() and minute.isdecimal() and len(hour) <= 2 and len(minute) == 2
        if not plain or int(hour) > 23 or int(minute) > 59:
            self.fail(tr("{value} is not a time of day; write it like 18:00.").format(value=value), param, ctx)
        return time(int(hour), int(minute))


class Where(click.ParamType["Spot | None"]):
    """A sore place, perhaps with its side: `groin`, `left:groin`; None is nowhere."""

    name = "site"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Spot | None:
        """Read it."""
        if isinstance(value, Spot):
            return value
        written = str(value).strip().lower().replace("-", "_")
        if written == "nowhere":
            return None
        side, _, site = written.rpartition(":")
        try:
            return Spot(PainSite(site), BodySide(side) if side else None)
        except ValueError:
            sites = ", ".join(PainSite)
            self.fail(
                tr(
                    "{value} is no sore place. Write one of {sites}, perhaps with a side as in left:groin; or nowhere."
                ).format(value=value, sites=sites),
                param,
                ctx,
            )
