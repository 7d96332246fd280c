"""What was found of a criterion and what is asked for, in words and numbers; nothing is rounded into what it is not."""

from datetime import date
from typing import assert_never

from coach.core.clinical.readiness import Found
from coach.core.clinical.readiness_log import (
    BRISK_CADENCE,
    SIGN_OFF_DAYS,
    DailyPain,
    Lack,
    LeftOut,
    Nights,
    Rise,
    Screened,
    Sessions,
    SignOff,
    Walks,
)
from coach.core.clinical.readiness_tests import VALID_DAYS, Confidence, Even, Impact, Measured, Reached, Tested
from coach.core.clinical.self_tests import PAIN_MAX
from coach.core.routine.plan import Side
from coach.words import numbers, red_flags
from coach.words.numbers import figure, month, percent
from coach.words.self_tests import self_test
from coach.words.translate import count, lower, tr


def value(found: Found) -> str:
    """What was found, in words and numbers."""
    match found:
        case Screened():
            return _screened(found)
        case DailyPain():
            return _daily_pain(found)
        case Nights():
            return figure(found.woken) if found.answered else tr("not told")
        case Rise():
            return tr("too few to compare") if found.points is None else _points(found.points)
        case Walks():
            if len(found.counted) > found.needed:
                return count(len(found.counted), "%n walk", "%n walks")
            return tr("{n} of {needed}").format(n=len(found.counted), needed=found.needed)
        case Sessions():
            return _sessions(found)
        case Measured():
            if all(len(one.missing) == len(one.sides) for one in found.tests):
                return tr("not tested")
            return " · ".join(_measured(one, named=len(found.tests) > 1 and len(one.sides) < 2) for one in found.tests)
        case Even():
            return tr("no result") if found.lowest is None and found.missing else _even(found)
        case Impact():
            return tr("not done") if found.day is None else _impact(found)
        case Confidence():
            return tr("not asked") if found.points is None else tr("{n} of 10").format(n=figure(found.points))
        case _:
            assert_never(found)


def asked(found: Found) -> str:
    """What is asked for."""
    match found:
        case Screened():
            return _screen_asked(found)
        case DailyPain():
            return tr("mean ≤ {mean}, worst ≤ {worst}, morning ≤ {morning}, {free} days without painkiller").format(
                mean=figure(found.mean_max),
                worst=figure(found.worst_max),
                morning=figure(found.morning_max),
                free=found.free_least,
            )
        case Nights():
            return tr("{n} in 7 days").format(n=figure(found.most))
        case Rise():
            return tr("below {n}, against the 21 days before").format(n=f"+{figure(found.below)}")
        case Walks():
            return tr("{n} in 7 days, ≥ {cadence} steps/min").format(n=found.needed, cadence=BRISK_CADENCE)
        case Sessions():
            return tr("≥ {percent} %, rehab for {days} days").format(
                percent=percent(found.share_least), days=found.rehab_least
            )
        case Measured():
            return _goals(found)
        case Even():
            return tr("≥ {lsi}, pain ≤ {pain}, within {days} days").format(
                lsi=f"{found.lsi_min:.2f}", pain=PAIN_MAX, days=VALID_DAYS
            )
        case Impact():
            return tr("each step done, pain ≤ {pain}, 0 in the groin").format(pain=PAIN_MAX)
        case Confidence():
            return tr("≥ {n} of 10").format(n=figure(found.least))
        case _:
            assert_never(found)


def rung(one: Tested) -> str:
    """A step of the impact check: `Jog on the spot: 30 s, 30 s asked for`."""
    return tr("{test}: {reached}, {goal} asked for").format(
        test=self_test(one.name), reached=_reached(one), goal=amount(one, one.goal)
    )


def left_out(one: LeftOut) -> str:
    """A walk that does not count, and why."""
    reason = {
        Lack.SHORT: tr("too short"),
        Lack.CADENCE_UNKNOWN: tr("steps a minute not noted"),
        Lack.SLOW: tr("not brisk"),
        Lack.PAIN_UNKNOWN: tr("its pain was not told"),
        Lack.PAIN: tr("it hurt too much"),
        Lack.GROIN: tr("pain in the groin"),
        Lack.LIMP: tr("with a limp"),
        Lack.MORNING_DUE: tr("the next morning is still to come"),
        Lack.MORNING_UNKNOWN: tr("the next morning was not told"),
        Lack.MORNING_MASKED: tr("a painkiller may have hidden pain on the day or the next morning"),
        Lack.NO_BASELINE: tr("too few mornings before it to compare"),
        Lack.MORNING_WORSE: tr("the next morning was worse than usual"),
    }[one.lack]
    return tr("The walk of {day} does not count: {reason}.").format(day=day(one.day), reason=reason)


def evenness(one: Tested) -> str:
    """`Side plank 0.87`: the weaker side as a part of the stronger."""
    symmetry = tr("none") if one.symmetry is None else numbers.symmetry(one.symmetry)
    return tr("{test} {lsi}").format(test=self_test(one.name), lsi=symmetry)


def day(of: date) -> str:
    """`14 November`."""
    return tr("{number} {month}").format(number=of.day, month=month(of))


def amount(one: Tested, number: float) -> str:
    """`45 s`, `20 reps`."""
    shown = round(number, 1)
    return tr("{n} s").format(n=figure(shown)) if one.held else count(round(shown), "%n rep", "%n reps")


def bare_amount(one: Tested, number: float) -> str:
    """`45 s`, `20`."""
    return tr("{n} s").format(n=figure(round(number, 1))) if one.held else figure(round(number, 1))


def mean(number: float, limit: float) -> str:
    """A mean, as exact as it takes to tell it from its limit."""
    # 1.04 is above 1 and must not look like it.
    return f"{number:.2f}" if number > limit and round(number, 1) <= limit else f"{number:.1f}"


def side_word(side: Side) -> str:
    """`Left`, at the beginning of a phrase."""
    return tr("Left") if side is Side.LEFT else tr("Right")


def _screened(found: Screened) -> str:
    if found.flags or found.notices:
        return red_flags.signs((*found.flags, *found.notices))
    if found.groin:
        return tr("groin pain on {day}").format(day=day(found.groin[-1]))
    match found.sign_off:
        case SignOff.NOT_NEEDED:
            return tr("none")
        case SignOff.GIVEN:
            assert found.signed is not None
            return tr("none; a clinician looked on {day}").format(day=day(found.signed))
        case SignOff.MISSING:
            return tr("none; no clinician has looked")
        case SignOff.OLD:
            assert found.signed is not None
            return tr("none; a clinician looked on {day}").format(day=day(found.signed))


def _screen_asked(found: Screened) -> str:
    if found.sign_off is SignOff.NOT_NEEDED:
        return tr("none")
    return tr("none, and a clinician's look within {n} days").format(n=SIGN_OFF_DAYS)


def _daily_pain(found: DailyPain) -> str:
    if found.mean is None and found.morning is None:
        return tr("nothing entered")
    parts = []
    if found.mean is not None and found.worst is not None:
        parts.append(tr("mean {n}").format(n=mean(found.mean, found.mean_max)))
        parts.append(tr("worst {n}").format(n=found.worst))
    if found.morning is not None:
        parts.append(tr("morning {n}").format(n=found.morning))
    if found.free_short:
        parts.append(count(found.free, "%n day without painkiller", "%n days without painkiller"))
    if found.entries_short:
        parts.append(count(found.entries, "%n whole entry", "%n whole entries"))
    return ", ".join(parts)


def _sessions(found: Sessions) -> str:
    if not found.planned:
        return count(found.done, "%n session", "%n sessions")
    if found.done > found.planned:
        return tr("{done} in 14 days, {planned} planned").format(done=found.done, planned=found.planned)
    return tr("{done} of {planned} in 14 days ({percent} %)").format(
        done=found.done, planned=found.planned, percent=percent(found.share)
    )


def _measured(one: Tested, *, named: bool) -> str:
    """What was reached, and the pain that keeps it from counting (R6x)."""
    said = _reached(one, named=named)
    if not one.held and not one.missing:
        said = tr("{number} reps").format(number=said)
    if one.pain is None or one.pain <= PAIN_MAX:
        return said
    return tr("{said}, pain {pain}").format(said=said, pain=one.pain)


def _reached(one: Tested, *, named: bool = False) -> str:
    if len(one.missing) == len(one.sides):
        said = tr("not tested")
    elif len(one.sides) > 1:
        said = " · ".join(_of_side(one, side) for side in one.sides)
    else:
        said = bare_amount(one, one.sides[0].value or 0)
    return tr("{test} {n}").format(test=lower(self_test(one.name)), n=said) if named else said


def _of_side(one: Tested, side: Reached) -> str:
    letter = tr("L", "left, shortest") if side.side is Side.LEFT else tr("R", "right, shortest")
    return f"{letter} {bare_amount(one, side.value) if side.value is not None else '–'}"


def _even(found: Even) -> str:
    return tr("far beyond the goals") if found.lowest is None else numbers.symmetry(found.lowest)


def _impact(found: Impact) -> str:
    done = sum(one.met for one in found.rungs)
    parts = [tr("{done} of {all} steps").format(done=done, all=len(found.rungs))]
    if found.pain is not None:
        parts.append(tr("pain {n}").format(n=found.pain))
    if found.day is not None:
        parts.append(day(found.day))
    return ", ".join(parts)


def _goals(found: Measured) -> str:
    if len(found.tests) == 1:
        return f"≥ {amount(found.tests[0], found.tests[0].goal)}"
    if len({one.goal for one in found.tests}) == 1:
        return f"≥ {amount(found.tests[0], found.tests[0].goal)}"
    parts = (
        tr("{test} ≥ {goal}").format(test=lower(self_test(one.name)), goal=amount(one, one.goal)) for one in found.tests
    )
    return ", ".join(parts)


def _points(points: float) -> str:
    shown = round(points, 1) or 0.0
    signed = f"{shown:+.1f}".replace("-", "−") if shown else "0.0"
    return tr("{n} points").format(n=signed)
