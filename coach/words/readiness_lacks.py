"""What is missing to a criterion, and by how much."""

from collections.abc import Iterator
from typing import assert_never

from coach.core.clinical.readiness import Found
from coach.core.clinical.readiness_log import (
    SIGN_OFF_DAYS,
    DailyPain,
    Nights,
    Rise,
    Screened,
    Sessions,
    SignOff,
    Walks,
)
from coach.core.clinical.readiness_tests import Confidence, Even, Impact, Measured, Tested
from coach.core.routine.plan import Side
from coach.words import red_flags
from coach.words.numbers import figure
from coach.words.readiness_values import amount, bare_amount, day, evenness, mean, side_word
from coach.words.self_tests import self_test
from coach.words.translate import count, lower, tr


def lacks(found: Found) -> Iterator[str]:
    """All that is missing, a phrase each, what counts most first; nothing where it is met."""
    match found:
        case Screened():
            yield from _screen_lacks(found)
        case DailyPain():
            yield from _pain_lacks(found)
        case Nights():
            if found.woken > found.most:
                yield count(found.woken - found.most, "%n night too many", "%n nights too many")
            if not found.answered:
                yield tr("No night answered yet")
            elif found.answered < found.answers_least:
                yield count(found.answers_least - found.answered, "%n night not answered", "%n nights not answered")
        case Rise():
            if found.points is None:
                yield tr("Too few mornings")
            elif not found.met:
                yield tr("Risen by {n}").format(n=f"{found.points:.1f}")
        case Walks():
            if not found.met:
                yield count(found.short, "%n more brisk walk", "%n more brisk walks")
        case Sessions():
            yield from _session_lacks(found)
        case Measured():
            for one in found.tests:
                yield from _test_lacks(one, named=len(found.tests) > 1 and len(one.sides) < 2)
        case Even():
            yield from _even_lacks(found)
        case Impact():
            yield from _impact_lacks(found)
        case Confidence():
            if found.points is None:
                yield tr("Not asked")
            elif not found.met:
                yield tr("{n} short").format(n=figure(round(found.least - found.points, 1)))
        case _:
            assert_never(found)


def in_short(found: Found) -> str:
    """What is missing first, where that is too long for a chip; empty where nothing shorter says it."""
    match found:
        case Screened() if found.notices:
            return tr("See a physio or doctor")
        case Screened():
            return tr("A clinician's look")
        case DailyPain() if found.free_short:
            return count(found.free_short, "%n more without painkiller", "%n more without painkiller")
        case Even() if found.painful:
            return count(len(found.painful), "%n test hurt", "%n tests hurt")
        case Even() if found.uneven:
            return count(len(found.uneven), "%n test uneven", "%n tests uneven")
        case Impact() if not found.whole:
            return tr("Not every step done")
        case Impact():
            return tr("A painkiller hides it") if found.morning_calm else tr("Worse next morning")
        case _:
            return ""


def _screen_lacks(found: Screened) -> Iterator[str]:
    for flag in (*found.flags, *found.notices):
        yield red_flags.short(flag)
    if found.groin:
        yield tr("Groin pain on {day}: a clinician looks first").format(day=day(found.groin[-1]))
    if found.sign_off is SignOff.MISSING:
        yield tr("A clinician's look is missing")
    elif found.sign_off is SignOff.OLD:
        yield tr("A clinician's look is over {n} days old, or from before the pain came back").format(n=SIGN_OFF_DAYS)


def _pain_lacks(found: DailyPain) -> Iterator[str]:
    if found.mean is not None and found.mean > found.mean_max:
        yield tr("Mean {n}, above {limit}").format(n=mean(found.mean, found.mean_max), limit=figure(found.mean_max))
    if found.worst is not None and found.worst > found.worst_max:
        yield tr("Worst {n}, above {limit}").format(n=found.worst, limit=figure(found.worst_max))
    if found.morning is not None and found.morning > found.morning_max:
        yield tr("Morning {n}, above {limit}").format(n=found.morning, limit=figure(found.morning_max))
    if found.entries_short:
        yield count(found.entries_short, "%n more day to enter", "%n more days to enter")
    if found.free_short:
        yield count(found.free_short, "%n more day without painkiller", "%n more days without painkiller")


def _session_lacks(found: Sessions) -> Iterator[str]:
    if not found.planned:
        yield tr("No routine in use")
    elif not found.done_enough:
        more = found.needed - found.done
        yield count(more, "%n more session", "%n more sessions")
    early = found.rehab_least - found.rehab_days
    if early > 0:
        yield count(early, "%n more day of rehab", "%n more days of rehab")
    if found.reds:
        yield tr("Red on {day}").format(day=day(found.reds[-1]))
    if found.ambers > found.ambers_most:
        yield tr("{n} amber of the last 5 sessions").format(n=found.ambers)


def _test_lacks(one: Tested, *, named: bool = False) -> Iterator[str]:
    for lack in _bare_test_lacks(one):
        yield tr("{test}: {lack}").format(test=self_test(one.name), lack=lower(lack)) if named else lack


def _bare_test_lacks(one: Tested) -> Iterator[str]:
    if len(one.missing) == len(one.sides):
        yield tr("Not tested")
    else:
        for side in one.missing:
            yield tr("{side} not tested").format(side=side_word(side))
    for side, by in one.short:
        number = amount(one, by)
        yield (
            tr("{side} {n} short").format(side=side_word(side), n=number)
            if len(one.sides) > 1
            else tr("{n} short").format(n=number)
        )
    for side in one.out_of_form:
        yield tr("{side}: form not steady").format(side=side_word(side))


def _even_lacks(found: Even) -> Iterator[str]:
    for one in found.painful:
        yield tr("{test} hurt: {n} of 10").format(test=self_test(one.name), n=one.pain)
    for one in found.uneven:
        yield evenness(one)
    if found.missing:
        yield count(len(found.missing), "%n test not done", "%n tests not done")


def _impact_lacks(found: Impact) -> Iterator[str]:
    if found.day is None:
        yield tr("Not done")
        return
    if found.groin:
        yield tr("Groin pain")
    elif found.painful:
        yield tr("It hurt: {n} of 10").format(n=found.pain)
    for one in found.rungs:
        yield from _test_lacks(one, named=True)
    if found.early:
        yield tr("Before all else was met")
    if found.morning is None:
        yield tr("Next morning not in yet") if found.morning_due else tr("Next morning not told")
    elif found.baseline is None:
        yield tr("Too few mornings")
    elif not found.morning_calm:
        yield tr("Next morning {n}, above {limit}").format(n=found.morning, limit=figure(found.baseline))
    elif found.masked:
        yield tr("Painkiller on the day or before next morning")


def short_of(one: Tested) -> str:
    """`Side plank 38 s of 45 s on the left.`: the side that is furthest from the goal."""
    side, by = max(one.short, key=lambda pair: pair[1])
    reached, goal = bare_amount(one, one.goal - by), amount(one, one.goal)
    said = tr("{test} {reached} of {goal}").format(test=self_test(one.name), reached=reached, goal=goal)
    if side is Side.BOTH:
        return f"{said}."
    return (tr("{what} on the left.") if side is Side.LEFT else tr("{what} on the right.")).format(what=said)
