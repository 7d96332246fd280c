"""Numbers, lengths of time and days, as people write and say them."""

import math
from datetime import date

from coach.words.translate import count, tr

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def clock(seconds: float) -> str:
    """`23:40`, or `1:02:03` from an hour on."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def figure(number: float) -> str:
    """A number without needless decimals: 30, 2.5, 0.25."""
    return f"{number:.10g}" if not float(number).is_integer() else str(int(number))


def percent(share: float) -> int:
    """A share in whole percent: cut, not rounded, for what is nearly there is not there."""
    return math.floor(share * 100 + 1e-9)


def symmetry(index: float) -> str:
    """A limb symmetry index: `0.95`. Cut, not rounded: 0.897 is less than 0.90 and must not look like it."""
    return f"{percent(index) / 100:.2f}"


def seconds(number: float) -> str:
    """`45 s`."""
    return tr("{number} s").format(number=figure(number))


def about_minutes(number: float) -> str:
    """`about 24 min`; what is under a minute is said in seconds."""
    if math.ceil(number) < 60:
        return tr("about {seconds} s").format(seconds=math.ceil(number))
    return tr("about {minutes} min").format(minutes=max(1, round(number / 60)))


def spoken(number: int) -> str:
    """The number as the voice says it: `forty-five`. Engines differ in how they read figures."""
    if number < 20:
        return tr(_ONES[number], "a number, spoken")
    if number < 100:
        tens, ones = divmod(number, 10)
        word = tr(_TENS[tens], "a number, spoken")
        return f"{word}-{tr(_ONES[ones], 'a number, spoken')}" if ones else word
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        start = tr("{hundreds} hundred", "a number, spoken").format(hundreds=spoken(hundreds))
        return tr("{hundreds} and {rest}").format(hundreds=start, rest=spoken(rest)) if rest else start
    return str(number)


def spoken_seconds(number: float) -> str:
    """`forty-five seconds`, `one minute`, `one minute thirty`."""
    whole = round(number)
    minutes, rest = divmod(whole, 60)
    if minutes == 0:
        return tr("{number} seconds").format(number=spoken(whole)) if whole != 1 else tr("one second")
    said = tr("one minute") if minutes == 1 else tr("{number} minutes").format(number=spoken(minutes))
    return f"{said} {spoken(rest)}" if rest else said


def spoken_reps(number: int) -> str:
    """`twelve reps`."""
    return tr("one rep") if number == 1 else tr("{number} reps").format(number=spoken(number))


def weekday(day: date) -> str:
    """`Tuesday`."""
    names = (
        tr("Monday"),
        tr("Tuesday"),
        tr("Wednesday"),
        tr("Thursday"),
        tr("Friday"),
        tr("Saturday"),
        tr("Sunday"),
    )
    return names[day.weekday()]


def month(day: date) -> str:
    """`November`."""
    names = (
        tr("January"),
        tr("February"),
        tr("March"),
        tr("April"),
        tr("May"),
        tr("June"),
        tr("July"),
        tr("August"),
        tr("September"),
        tr("October"),
        tr("November"),
        tr("December"),
    )
    return names[day.month - 1]


def long_day(day: date) -> str:
    """`Tuesday 24 November`."""
    return tr("{weekday} {number} {month}").format(weekday=weekday(day), number=day.day, month=month(day))


def short_day(day: date, today: date) -> str:
    """`4 December`, with the year if it is another one."""
    said = tr("{number} {month}").format(number=day.day, month=month(day))
    return said if day.year == today.year else f"{said} {day.year}"


def from_today(day: date, today: date) -> str:
    """`today`, `tomorrow`, `yesterday`, `in 2 days`, `2 days ago`; further off the day itself."""
    away = (day - today).days
    if away == 0:
        return tr("today")
    if abs(away) == 1:
        return tr("tomorrow") if away > 0 else tr("yesterday")
    if 1 < away <= 14:
        return count(away, "in %n day", "in %n days")
    if -14 <= away < -1:
        return count(-away, "%n day ago", "%n days ago")
    return short_day(day, today)
