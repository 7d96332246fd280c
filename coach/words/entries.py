"""What was recorded, said back in one line; and what cannot be recorded."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from coach.app.logbook import SelfTest
from coach.app.training import Answers
from coach.core.clinical.red_flags import Flag
from coach.core.log import DayEntry, OutingKind
from coach.core.routine.routine import Routine
from coach.words import red_flags
from coach.words.numbers import figure, long_day
from coach.words.places import spots_words
from coach.words.terminal import short
from coach.words.translate import tr


def _recorded(of: date, today: date, what: str) -> str:
    when = tr("today, {day}").format(day=long_day(of)) if of == today else long_day(of)
    if of.year != today.year:
        when = f"{when} {of.year}"
    return tr("Recorded for {day}: {what}").format(day=when, what=what)


def in_the_future(of: date) -> str:
    """The day has not come yet; it may be a slip."""
    return tr("{day} has not come yet; it is recorded all the same. If it was a slip, record the right day.").format(
        day=of.isoformat()
    )


def day(entry: DayEntry, today: date) -> str:
    """The day as it stands now."""
    parts = []
    if entry.morning is not None:
        parts.append(tr("morning pain {n}").format(n=entry.morning))
    if entry.worst is not None:
        parts.append(tr("worst pain {n}").format(n=entry.worst))
    if entry.night is not None:
        parts.append(tr("woken by the hip") if entry.night else tr("not woken by the hip"))
    if entry.analgesic is not None:
        parts.append(tr("painkiller") if entry.analgesic else tr("no painkiller"))
    if entry.limp:
        parts.append(tr("with a limp"))
    if entry.spots is not None:
        parts.append(", ".join(spots_words(entry.spots)) if entry.spots else tr("no sore place"))
    return _recorded(entry.day, today, ", ".join(parts))


def outing(kind: OutingKind, of: date, today: date, told: Mapping[str, Any]) -> str:
    """A walk or a run."""
    what = tr("walk") if kind is OutingKind.WALK else tr("run")
    parts = [tr("{what} of {minutes} min").format(what=what, minutes=figure(told["minutes"]))]
    if told.get("stage") is not None:
        parts.append(tr("stage {n}").format(n=told["stage"]))
    if told.get("running_min") is not None:
        parts.append(tr("{minutes} min of running").format(minutes=figure(told["running_min"])))
    if told["distance_km"] is not None:
        parts.append(tr("{km} km").format(km=figure(told["distance_km"])))
    if told["cadence"] is not None:
        parts.append(tr("{n} steps a minute").format(n=figure(told["cadence"])))
    if told["pain_before"] is not None:
        parts.append(tr("pain {n} before").format(n=told["pain_before"]))
    parts.append(tr("pain {n}").format(n=told["pain"]))
    if told["pain_after"] is not None:
        parts.append(tr("{n} afterwards").format(n=told["pain_after"]))
    if told["pain_after60"] is not None:
        parts.append(tr("{n} an hour later").format(n=told["pain_after60"]))
    if told["limp"]:
        parts.append(tr("with a limp"))
    if told["groin"]:
        parts.append(tr("in the groin"))
    return _recorded(of, today, ", ".join(parts))


def session(routine: Routine, of: date, today: date, answers: Answers) -> str:
    """A session that was done without the app."""
    what = tr("session {title}, pain {before} before, {during} while doing it, {after} afterwards").format(
        title=short(routine.title), before=answers.before, during=answers.during, after=answers.after
    )
    return _recorded(of, today, what)


def test(of: SelfTest, when: date, today: date, numbers: Mapping[str, float | None], pain: int) -> str:
    """A self-test."""
    unit = {"s": tr("s"), "reps": tr("reps"), "points": tr("points")}[of.unit]
    sides = {"left": tr("left {n} {unit}"), "right": tr("right {n} {unit}"), "value": "{n} {unit}"}
    parts = [sides[key].format(n=figure(n), unit=unit) for key, n in numbers.items() if n is not None]
    what = tr("{test}: {results}, pain {pain}").format(
        test=of.name.replace("_", " "), results=", ".join(parts), pain=pain
    )
    return _recorded(when, today, what)


def flag(of: Flag, when: date, today: date, *, raised: bool) -> str:
    """A red flag raised or cleared."""
    what = tr("red flag: {flag}") if raised else tr("no longer a red flag, a clinician has looked: {flag}")
    return _recorded(when, today, what.format(flag=red_flags.short(of)))


def flag_line(of: Flag, *, stands: bool) -> str:
    """A flag in the list of all."""
    mark = tr("  STANDS") if stands else ""
    return f"{of.name:<36} {of.tier:<10} {red_flags.short(of)}{mark}"


# -- what cannot be -------------------------------------------------------------------------------------------------


def no_such_test(name: str, names: list[str]) -> str:
    """An unknown self-test."""
    return tr("There is no self-test {name}. There are: {names}.").format(name=name, names=", ".join(names))


def no_such_flag(name: str, names: list[str]) -> str:
    """An unknown flag."""
    return tr("There is no red flag {name}. There are: {names}.").format(name=name, names="; ".join(names))


def wrong_side(of: SelfTest, option: str) -> str:
    """A side of a test that has none, or the other way round."""
    if of.sided:
        return tr("{test} is done side by side: give --left V, --right V or both, not --value.").format(test=of.name)
    return tr("{test} has no sides: give --value V, not --{option}.").format(test=of.name, option=option)


def no_result(of: SelfTest) -> str:
    """Nothing was measured."""
    if of.sided:
        return tr("{test} needs --left V, --right V or both.").format(test=of.name)
    return tr("{test} needs --value V.").format(test=of.name)


def whole_reps(written: str) -> str:
    """Half a rep."""
    return tr("{value} is not a whole number of reps.").format(value=written)
