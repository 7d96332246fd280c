"""Progress in words: what each chart says of a day, an exercise, a test."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from coach.core.log import Ending
from coach.core.progress.measures import MeasuredProgress, OutingBar
from coach.core.progress.pain import Answered, PainDay, ends
from coach.core.progress.sides import Sided, Unit
from coach.core.progress.training import ExerciseProgress, SessionDone
from coach.core.routine.exercise import Exercise
from coach.words import session as session_words
from coach.words.numbers import figure, long_day, month, percent, symmetry, weekday
from coach.words.self_tests import self_test
from coach.words.translate import count, tr

MINUS: Final = "–"


# -- days -----------------------------------------------------------------------------------------------------------


def day_with_year(day: date, today: date) -> str:
    """`Tuesday 24 November`, with the year if it is another one."""
    return long_day(day) if day.year == today.year else f"{long_day(day)} {day.year}"


def tick(day: date) -> str:
    """`7 Oct`, below a chart."""
    return tr("{number} {month}").format(number=day.day, month=short_month(day))


def month_tick(day: date) -> str:
    """`Oct 2026`, below a chart of years."""
    return f"{short_month(day)} {day.year}"


def table_day(day: date) -> str:
    """`Mon 16 Nov 2026`, in a table."""
    return f"{short_weekday(day)} {tick(day)} {day.year}"


def short_month(day: date) -> str:
    """`Oct`."""
    names = tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "the months in short, with spaces between").split()
    return names[day.month - 1] if len(names) == 12 else month(day)


def short_weekday(day: date) -> str:
    """`Mon`, beside a calendar."""
    names = tr("Mon Tue Wed Thu Fri Sat Sun", "the days of the week in short, with spaces between").split()
    return names[day.weekday()] if len(names) == 7 else weekday(day)


# -- pain -----------------------------------------------------------------------------------------------------------


def zones() -> tuple[tuple[float, str], ...]:
    """The pain zones from the lowest: the middle of each, and its words.

    They say how much it hurts, and not what is acceptable: the published zones are those of pain while exercising, and
    the chart shows mornings, which are held against what is usual (clinical reference, sections 1.1.1 and 1.2.2).
    """
    return (
        (1.0, tr("0–2 low", "a pain zone")),
        (4.0, tr("3–5 middle", "a pain zone")),
        (8.0, tr("6–10 high", "a pain zone")),
    )


def pain_day(one: PainDay, today: date) -> str:
    """One day of the pain chart: `Wednesday 7 October: morning 3, worst 5 · 7-day mean 3.4 · woken at night`."""
    told = []
    if one.morning is not None:
        told.append(tr("morning {n}").format(n=one.morning))
    if one.worst is not None:
        told.append(tr("worst {n}").format(n=one.worst))
    parts = [", ".join(told) or tr("not answered")]
    if one.mean is not None:
        parts.append(tr("7-day mean {n}").format(n=f"{one.mean:.1f}"))
    if one.night:
        parts.append(tr("woken at night"))
    if one.painkiller:
        parts.append(tr("painkiller"))
    return _of_day(one.day, today, " · ".join(parts))


def pain_summary(days: tuple[PainDay, ...]) -> str:
    """The pain chart in one sentence. Low after a painkiller is told by itself: it may hide what was there."""
    mornings = [one.morning for one in days if one.morning is not None]
    if not mornings:
        return tr("No morning was answered in this time.")
    low = [one for one in days if one.morning is not None and one.morning <= 2]
    hidden = sum(bool(one.painkiller) for one in low)
    high = sum(one >= 6 for one in mornings)
    first, last = ends(days)
    parts = [
        tr("{n} of {all} answered mornings at 0–2").format(n=len(low) - hidden, all=len(mornings)),
        *((tr("{n} more after a painkiller").format(n=hidden),) if hidden else ()),
        tr("{n} at 6 or more").format(n=high) if high else tr("none at 6 or more"),
    ]
    if first is not None and last is not None:
        parts.append(
            tr("mean of the first 7 days {first}, of the last 7 days {last}").format(
                first=f"{first:.1f}", last=f"{last:.1f}"
            )
        )
    return " · ".join(parts)


def answered_line(one: Answered) -> str:
    """`66 of 70 days answered`, which is also the headline as long as nothing more can be said."""
    return tr("{n} of {all} days answered").format(n=one.mornings, all=one.days)


def answered_more(one: Answered) -> str:
    """What the completeness means."""
    worst = tr("The worst pain of the day: {n} of {all}.").format(n=one.worsts, all=one.days)
    if one.enough:
        return worst
    return tr("{worst} With less than 70 % of the mornings, what the line shows may be chance.").format(worst=worst)


# -- sessions -------------------------------------------------------------------------------------------------------


def ending(one: Ending | None) -> str:
    """How a session ended, in one word."""
    words = {Ending.FINISHED: tr("finished"), Ending.STOPPED: tr("stopped early"), Ending.LEFT: tr("broken off")}
    return words[one] if one else tr("not ended")


def sessions_day(day: date, sessions: tuple[SessionDone, ...], today: date) -> str:
    """One day of the calendar."""
    if not sessions:
        return _of_day(day, today, tr("no session"))
    return _of_day(day, today, "; ".join(_session(one) for one in sessions))


def sessions_summary(sessions: tuple[SessionDone, ...]) -> str:
    """The calendar in one sentence."""
    finished = sum(one.ending is Ending.FINISHED for one in sessions)
    others = len(sessions) - finished
    known = [one.sets for one in sessions if one.sets]
    parts = [count(finished, "%n session finished", "%n sessions finished")]
    if others:
        parts.append(tr("{n} not to the end").format(n=others))
    if known:
        done, planned = sum(one for one, _ in known), sum(one for _, one in known)
        parts.append(tr("{share} % of the prescribed sets done").format(share=percent(done / planned)))
    return " · ".join(parts)


def still_reading(pending: int) -> str:
    """Sessions are still being replayed."""
    return count(pending, "Still reading %n session…", "Still reading %n sessions…")


def _session(one: SessionDone) -> str:
    parts = [one.title, ending(one.ending)]
    if one.sets:
        parts.append(tr("{done} of {planned} sets").format(done=one.sets[0], planned=one.sets[1]))
    elif not one.guided:
        parts.append(tr("done without the app"))
    if one.peak is not None:
        parts.append(tr("peak pain {n}").format(n=one.peak))
    return ", ".join(parts)


# -- sides ----------------------------------------------------------------------------------------------------------


def amount(value: float, unit: Unit) -> str:
    """`38 s`, `12`, `7 of 10`."""
    match unit:
        case Unit.SECONDS:
            return tr("{number} s").format(number=figure(round(value, 1)))
        case Unit.POINTS:
            return tr("{number} of 10").format(number=figure(value))
        case Unit.REPS:
            return figure(value)


def counted_amount(value: float, unit: Unit) -> str:
    """`38 s`, `12 reps`: where no heading says what is counted."""
    return count(round(value), "%n rep", "%n reps") if unit is Unit.REPS else amount(value, unit)


def counted(unit: Unit) -> str:
    """What is counted, after the name: `reps`."""
    return {Unit.SECONDS: tr("seconds held"), Unit.REPS: tr("reps"), Unit.POINTS: tr("points")}[unit]


def sides(one: Sided, unit: Unit) -> str:
    """`left 38 s, right 47 s`."""
    parts = []
    if one.left is not None:
        parts.append(tr("left {amount}").format(amount=amount(one.left, unit)))
    if one.right is not None:
        parts.append(tr("right {amount}").format(amount=amount(one.right, unit)))
    if one.both is not None:
        parts.append(amount(one.both, unit))
    return ", ".join(parts)


def sides_day(one: Sided, unit: Unit, today: date) -> str:
    """One day of an exercise or a test."""
    return _of_day(one.day, today, sides(one, unit))


def exercise_title(one: ExerciseProgress, known: Mapping[str, Exercise]) -> str:
    """`Clamshell · reps`."""
    return f"{session_words.name(one.exercise, known)} · {counted(one.unit)}"


def exercise_summary(one: ExerciseProgress) -> str:
    """`left 8, right 8 at first · left 12, right 12 now`."""
    first, last = sides(one.days[0], one.unit), sides(one.days[-1], one.unit)
    if len(one.days) == 1:
        return last
    return tr("{first} at first · {last} now").format(first=first, last=last)


def test_title(one: MeasuredProgress) -> str:
    """`Side plank · seconds held`."""
    return f"{self_test(one.name)} · {counted(one.unit)}"


def test_goal(one: MeasuredProgress) -> str:
    """`goal 45 s · symmetry 0.81`."""
    parts = []
    if one.goal is not None:
        parts.append(tr("goal {amount}").format(amount=counted_amount(one.goal, one.unit)))
    if one.symmetry is not None:
        parts.append(tr("symmetry {index}").format(index=symmetry(one.symmetry)))
    return " · ".join(parts)


# -- walks and runs -------------------------------------------------------------------------------------------------


def outing_bar(one: OutingBar, today: date) -> str:
    """One bar of walks and runs."""
    parts = []
    if one.walks:
        parts.append(_outings(count(one.walks, "%n walk", "%n walks"), one.walk_min))
    if one.runs:
        parts.append(_outings(count(one.runs, "%n run", "%n runs"), one.run_min))
    if one.peak is not None:
        parts.append(tr("peak pain {n}").format(n=one.peak))
    told = ", ".join(parts) or tr("no walk or run")
    if one.first == one.last:
        return _of_day(one.first, today, told)
    return tr("{first} to {last}: {told}").format(
        first=day_with_year(one.first, today), last=day_with_year(one.last, today), told=told
    )


def outings_summary(bars: tuple[OutingBar, ...]) -> str:
    """Walks and runs in one sentence."""
    walks, runs = sum(one.walks for one in bars), sum(one.runs for one in bars)
    parts = [
        _outings(count(walks, "%n walk", "%n walks"), sum(one.walk_min for one in bars)),
        _outings(count(runs, "%n run", "%n runs"), sum(one.run_min for one in bars)),
    ]
    return " · ".join(parts)


def _outings(number: str, minutes: float) -> str:
    return tr("{number}, {minutes} min").format(number=number, minutes=figure(round(minutes)))


# -- tables ---------------------------------------------------------------------------------------------------------


def column(name: str) -> str:
    """The heading of a column of a table."""
    names = {
        "day": tr("Day"),
        "morning": tr("Morning pain"),
        "worst": tr("Worst pain"),
        "mean_7_days": tr("7-day mean"),
        "woken_at_night": tr("Woken at night"),
        "painkiller": tr("Painkiller"),
        "routine": tr("Routine"),
        "ending": tr("How it ended"),
        "sets_done": tr("Sets done"),
        "sets_planned": tr("Sets prescribed"),
        "peak_pain": tr("Peak pain"),
        "exercise": tr("Exercise"),
        "unit": tr("Unit"),
        "left": tr("Left"),
        "right": tr("Right"),
        "both": tr("Both sides"),
        "test": tr("Self-test"),
        "value": tr("Result"),
        "goal": tr("Goal"),
        "symmetry": tr("Symmetry"),
        "first_day": tr("From"),
        "last_day": tr("To"),
        "walks": tr("Walks"),
        "walk_minutes": tr("Minutes walked"),
        "runs": tr("Runs"),
        "run_minutes": tr("Minutes run"),
        "days": tr("Days"),
        "mornings": tr("Mornings answered"),
        "worsts": tr("Worst pain answered"),
        "share_of_mornings": tr("Share of mornings"),
    }
    return names.get(name, name)


def _of_day(day: date, today: date, told: str) -> str:
    return tr("{day}: {told}").format(day=day_with_year(day, today), told=told)
