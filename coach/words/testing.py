"""Self-tests in words: what is asked, said and shown. Times as people say them, never a diagnosis."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coach.core.clinical.criteria import limits
from coach.core.clinical.red_flags import BY_NAME
from coach.core.clinical.self_tests import (
    AFTER_CRITERIA,
    EVERY,
    FORM,
    FORM_TICKS,
    GROIN_FLAG,
    PAIN_MAX,
    Allowed,
    Guided,
    Judged,
    NotBefore,
    Permission,
    Why,
    Withheld,
    judge,
    rungs,
)
from coach.core.routine.plan import Side
from coach.core.routine.routine import Readiness
from coach.core.session.measuring import CADENCES, Bout, Unit
from coach.words import red_flags
from coach.words.numbers import clock, figure, from_today, long_day, spoken, spoken_reps, spoken_seconds
from coach.words.session import side_word
from coach.words.translate import count, tr

if TYPE_CHECKING:
    from coach.app.testing import Walked
    from coach.core.log import TestResult
    from coach.core.routine.exercise import Exercise
    from coach.core.session.sayings import SayBout, SayMeasured, TestSaying

_MINUTE_S = 60
PERCENT = 100


def title(test: Guided) -> str:
    """The test as a heading."""
    return {
        Guided.SINGLE_LEG_BRIDGE: tr("Single-leg bridge test"),
        Guided.SIDE_LYING_ABDUCTION: tr("Side leg raise test"),
        Guided.SIDE_PLANK: tr("Side plank test"),
        Guided.PLANK: tr("Plank test"),
        Guided.SINGLE_LEG_SQUAT: tr("Single-leg squat test"),
        Guided.HEEL_RAISE: tr("Heel raise test"),
        Guided.IMPACT: tr("Impact check"),
        Guided.BRISK_WALK: tr("Brisk walk"),
    }[test]


def rung(name: str) -> str:
    """A test or rung by its name in the log, for a line of a summary."""
    rungs = {
        "march": tr("March on the spot"),
        "jog_on_spot": tr("Jog on the spot"),
        "double_hop": tr("Hops on both feet"),
        "single_hop": tr("Hops on one foot"),
        "single_leg_squat_form": tr("Form"),
    }
    return rungs[name] if name in rungs else title(Guided(name))


# -- before ---------------------------------------------------------------------------------------------------------


def amount(number: float, unit: Unit) -> str:
    """`45 s`, `20 reps`."""
    if unit is Unit.SECONDS:
        return tr("{number} s").format(number=figure(number))
    return count(int(number), "%n rep", "%n reps")


def how(test: Guided, bouts: tuple[Bout, ...]) -> tuple[str, ...]:
    """How it goes, in a few sentences: what is measured, when it ends, in which order."""
    if not bouts:
        return ()
    first = bouts[0]
    if test is Guided.BRISK_WALK:
        minutes = first.goal // _MINUTE_S
        return (
            tr("Walk briskly for {minutes} minutes, each step on the beat.").format(minutes=minutes),
            tr("Space pauses. If you end early, the minutes you walked are recorded."),
        )
    if test is Guided.IMPACT:
        steps = {one.test: one for one in bouts}.values()
        named = (f"{rung(one.test)}, {_a_side(one)}" for one in steps)
        ends = tr(
            "After each step you say how much it hurt. Above {limit} of 10, or with any pain in the groin, it ends."
        )
        return (*(f"{number}. {step}" for number, step in enumerate(named, start=1)), ends.format(limit=PAIN_MAX))
    goal = amount(first.goal, first.unit)
    wanted = tr("Your plan looks for {goal} on each side.") if len(bouts) > 1 else tr("Your plan looks for {goal}.")
    if first.unit is Unit.SECONDS:
        said = tr("Hold as long as the line holds, then press Space or tap the screen.")
    else:
        said = tr("One rep to each beat. When the form goes, press Space or tap the screen.")
    order = tr("First the {side} side, then the other.").format(side=side_word(first.side))
    return (said, wanted.format(goal=goal), *((order,) if len(bouts) > 1 else ()))


def begins(first: Bout, exercise: "Exercise | None") -> str:
    """What there is to fetch, and how long there is to take one's place."""
    place = tr("Then you have {seconds} s to take your place.").format(seconds=figure(first.ready_s))
    tools = ", ".join(exercise.equipment) if exercise is not None else ""
    return tr("You need: {tools}. {place}").format(tools=tools, place=place) if tools else place


def _a_side(bout: Bout) -> str:
    said = amount(bout.goal, bout.unit)
    return said if bout.side is Side.BOTH else tr("{amount} on each side").format(amount=said)


def not_now(permission: Permission, today: date) -> tuple[str, str]:
    """Why a test is not done now, as a heading and its reason; nothing for one that may be done."""
    match permission:
        case Allowed():
            return "", ""
        case NotBefore(day=day, why=Why.DAY_AFTER):
            return (
                _from(day, today),
                tr("The impact check comes at least {days} after the other criteria are met.").format(
                    days=count(AFTER_CRITERIA.days, "%n day", "%n days")
                ),
            )
        case NotBefore(day=day, why=why, last=last):
            when = from_today(last, today) if last is not None else ""
            done = tr("You did this test {when}.").format(when=when)
            if why is Why.FAILED:
                done = tr("You did this test {when}, and it fell short of your plan.").format(when=when)
            rule = tr("A self-test is done at most every {days}.").format(days=count(EVERY.days, "%n day", "%n days"))
            return _from(day, today), f"{done} {rule}"
        case Withheld(why=why):
            return tr("Not now"), _withheld(why)


def _from(day: date, today: date) -> str:
    return tr("From {day}, {when}").format(day=long_day(day), when=from_today(day, today))


def _withheld(why: Why) -> str:
    if why is Why.CRITERIA:
        return tr("The impact check comes last: only once your log and the other tests meet the criteria of your plan.")
    if why is Why.REST:
        return tr("What you did last was too much for the hip. Let it rest first; Today says how long.")
    if why is Why.GROIN:
        return groin_advice()
    if why is Why.FLAG:
        return tr("A warning sign stands in your log. Have it looked at first; Today says by whom, and how soon.")
    return tr("Where it hurts you speaks against this test.")


def groin_advice() -> str:
    """What follows pain in the groin on a walk or an impact check: not again, and whom to see."""
    return tr("There was pain in the groin: do not test again. {advice}").format(
        advice=red_flags.advice(BY_NAME[GROIN_FLAG])
    )


def again(on: date, today: date) -> str:
    """When a test may be repeated."""
    day = on + EVERY
    return tr("You can repeat it from {day}, {when}.").format(day=long_day(day), when=from_today(day, today))


# -- what is said ---------------------------------------------------------------------------------------------------


def said(saying: "TestSaying", known: "Mapping[str, Exercise]") -> tuple[str, ...]:
    """What the voice says, the full sentence first, shorter ones after it for when there is less room."""
    from coach.core.session import sayings  # only where a test is done

    match saying:
        case sayings.SayBout():
            return _bout(saying, known)
        case sayings.SayGo():
            return (tr("Go", "measuring begins"),)
        case sayings.SayGoal(amount=reached, unit=unit):
            number = spoken_seconds(reached) if unit is Unit.SECONDS else spoken(reached)
            begin = f"{number.capitalize()}."
            on = tr("hold on or stop") if unit is Unit.SECONDS else tr("go on or stop")
            return (
                tr("{number} That is the goal; {on}.").format(number=begin, on=on),
                tr("{number} That is the goal.").format(number=begin),
                tr("Goal."),
            )
        case sayings.SayMinutes(minutes=minutes):
            return (tr("{number} minutes").format(number=spoken(minutes)),)
        case sayings.SayMeasured():
            return _measured(saying)


def _bout(saying: "SayBout", known: "Mapping[str, Exercise]") -> tuple[str, ...]:
    bout = saying.bout
    exercise = known.get(bout.exercise)
    what = exercise.said() if exercise is not None else rung(bout.test)
    if bout.side is not Side.BOTH:
        what = tr("{exercise}, {side} side").format(exercise=what, side=side_word(bout.side))
    begin = f"{what[:1].upper()}{what[1:]}."
    ready = tr("Get ready.")
    return (f"{begin} {_rule(bout)} {ready}", f"{begin} {ready}", begin, ready)


def _rule(bout: Bout) -> str:
    held = spoken_seconds(bout.goal)
    if bout.walked:
        return tr("{minutes} minutes, each step on the beat.").format(
            minutes=spoken(bout.goal // _MINUTE_S).capitalize()
        )
    if bout.closed:
        return f"{(held if bout.unit is Unit.SECONDS else spoken_reps(bout.goal)).capitalize()}."
    if bout.unit is Unit.SECONDS:
        return tr("Hold as long as the line holds. The goal is {goal}.").format(goal=held)
    return tr("One rep to each beat. The goal is {goal}.").format(goal=spoken(bout.goal))


def _measured(saying: "SayMeasured") -> tuple[str, ...]:
    if saying.bout.walked:
        number = spoken(saying.amount // _MINUTE_S)
        return (tr("{number} minutes. The walk is over.").format(number=number.capitalize()), tr("The walk is over."))
    seconds = saying.bout.unit is Unit.SECONDS
    number = (spoken_seconds(saying.amount) if seconds else spoken_reps(saying.amount)).capitalize()
    if saying.full:
        return (tr("{number}. Stop here.").format(number=number), tr("Stop here."))
    return (f"{number}.",)


# -- afterwards -----------------------------------------------------------------------------------------------------


def measured(result: "TestResult", unit: Unit) -> str:
    """`left 18 reps · right 20 reps`."""
    sides = ((Side.LEFT, result.left), (Side.RIGHT, result.right))
    parts = [f"{side_word(side)} {amount(got, unit)}" for side, got in sides if got is not None]
    if result.value is not None:
        parts.append(amount(result.value, unit))
    return " · ".join(parts)


def ticks(result: "TestResult") -> str:
    """`left 3 of 3 · right 2 of 3`."""
    sides = ((Side.LEFT, result.left), (Side.RIGHT, result.right))
    said = tr("{side} {number} of {all}")
    return " · ".join(
        said.format(side=side_word(side), number=figure(got), all=FORM_TICKS) for side, got in sides if got is not None
    )


def verdict(judged: Judged, unit: Unit) -> str:
    """What a result comes to beside the plan: met, or by how much it is short."""
    if judged.met:
        return tr("That meets what your plan asks of this test.")
    parts = [_short(side, by, unit) for side, by in judged.short]
    if not judged.even and judged.symmetry is not None:
        parts.append(
            tr("the weaker side reaches {percent} % of the stronger, your plan looks for {goal} %").format(
                percent=_percent(judged.symmetry), goal=_percent(judged.symmetry_goal)
            )
        )
    if not judged.pain_ok:
        parts.append(tr("it hurt more than {limit} of 10, so it does not count").format(limit=PAIN_MAX))
    parts += [
        tr("the form on the {side} side does not let the reps count").format(side=side_word(side))
        for side in judged.form_short
    ]
    parts += [tr("the {side} side was not tested").format(side=side_word(side)) for side in judged.missing]
    return tr("Not yet: {reasons}.").format(reasons="; ".join(parts))


def symmetry(judged: Judged) -> str:
    """The limb symmetry index, where both sides were measured."""
    if judged.symmetry is None:
        return ""
    return tr("{percent} % (goal {goal} %)").format(
        percent=_percent(judged.symmetry), goal=_percent(judged.symmetry_goal)
    )


def _percent(share: float) -> int:
    """Down to the whole: what is nearly there is not there."""
    return int(share * PERCENT + 1e-6)


def _short(side: Side, by: float, unit: Unit) -> str:
    if side is Side.BOTH:
        return tr("{amount} short of the goal").format(amount=amount(by, unit))
    return tr("{side} {amount} short of the goal").format(side=side_word(side), amount=amount(by, unit))


@dataclass(frozen=True, slots=True)
class Summary:
    """A test in words: what it comes to, and line by line what was measured."""

    verdict: str
    lines: tuple[tuple[str, str], ...]


def summary(test: Guided, results: "tuple[TestResult, ...]", of: Readiness, *, groin: bool) -> Summary:
    """What results of one test come to beside the plan; form ticks stand among them as results of their own."""
    form = next((one for one in results if one.name == FORM), None)
    if test is Guided.IMPACT:
        return _impact(results, of, groin=groin)
    found = next(one for one in results if one.name != FORM)
    unit = unit_of(found.name)
    judged = judge(found, of, form)
    lines = [
        (tr("Measured"), measured(found, unit)),
        (tr("Goal"), amount(judged.goal, unit)),
        (tr("Limb symmetry"), symmetry(judged)),
        (tr("Form"), ticks(form) if form is not None else ""),
        (tr("Pain"), tr("{number} of 10").format(number=found.pain)),
    ]
    return Summary(verdict(judged, unit), tuple(line for line in lines if line[1]))


def _impact(results: "tuple[TestResult, ...]", of: Readiness, *, groin: bool) -> Summary:
    pain = tr("{measured}, pain {number}")
    lines = tuple(
        (rung(one.name), pain.format(measured=measured(one, unit_of(one.name)), number=one.pain)) for one in results
    )
    last = results[-1]
    if groin:
        where = tr("“{step}”: pain in the groin").format(step=rung(last.name))
        return Summary(groin_advice(), (*lines, (tr("Ended at"), where)))
    judged = judge(last, of)
    if last.name == rungs(of)[-1] and judged.met:
        return Summary(tr("Every step was done, at a pain of {limit} or less.").format(limit=PAIN_MAX), lines)
    why = verdict(judged, unit_of(last.name))
    if judged.met:
        return Summary(tr("The check is not done to its end yet."), lines)
    return Summary(tr("The check ended at “{step}”. {why}").format(step=rung(last.name), why=why), lines)


def unit_of(name: str) -> Unit:
    """What a test or rung counts."""
    return Unit.SECONDS if name in ("side_plank", "plank", "march", "jog_on_spot") else Unit.REPS


def heading(bout: Bout, known: "Mapping[str, Exercise]") -> str:
    """The bout as the heading of its questions: `Side plank test, left side`."""
    exercise = known.get(bout.exercise)
    what = exercise.name if exercise is not None else rung(bout.test)
    if bout.side is Side.BOTH:
        return what
    return tr("{exercise}, {side} side").format(exercise=what, side=side_word(bout.side))


def other_side(bout: Bout, results: "tuple[TestResult, ...]") -> str:
    """What the other side reached, beside the ring; nothing while it was not measured."""
    found = next((one for one in results if one.name == bout.test), None)
    if found is None or bout.side is Side.BOTH:
        return ""
    got = found.right if bout.side is Side.LEFT else found.left
    if got is None:
        return ""
    return tr("{number} s").format(number=figure(got)) if bout.unit is Unit.SECONDS else figure(got)


def next_up(coming: Bout | None, known: "Mapping[str, Exercise]") -> str:
    """What comes after this bout."""
    if coming is None:
        return tr("The end of the test")
    exercise = known.get(coming.exercise)
    what = exercise.name if exercise is not None else rung(coming.test)
    return what if coming.side is Side.BOTH else f"{what} {side_word(coming.side).upper()}"


def walked(seconds: float, cadence: int) -> str:
    """A walk that is over, as the heading of its questions."""
    return tr("{time} walked, {cadence} steps a minute").format(time=clock(int(seconds)), cadence=cadence)


def walk_limit(of: Readiness) -> float:
    """Pain up to which a walk counts."""
    return limits(of).walk_pain_max


def walk_lines(done: "Walked", goal: int) -> tuple[tuple[str, str], ...]:
    """A walk line by line."""
    pain = tr("{peak} at most").format(peak=done.peak)
    if done.now is not None:
        pain = tr("{peak} at most, {now} now").format(peak=done.peak, now=done.now)
    minutes = tr("{minutes} of {goal} min").format(minutes=figure(done.minutes), goal=goal)
    lines = [(tr("Walked"), minutes)]
    if done.cadence is not None:
        lines.append((tr("Beat"), tr("{cadence} steps a minute").format(cadence=done.cadence)))
    return (*lines, (tr("Pain"), pain))


def goal_words(bout: Bout) -> str:
    """The goal beside the ring: `45 s`, `20 reps`, `30 min`."""
    if bout.walked:
        return tr("{number} min").format(number=bout.goal // _MINUTE_S)
    return amount(bout.goal, bout.unit)


def digits(bout: Bout, number: int) -> str:
    """What is measured as the ring shows it: a walk as minutes and seconds."""
    return clock(number) if bout.walked else str(number)


def walk_verdict(done: "Walked", goal: int, pain_max: float) -> str:
    """What a walk comes to beside R4; the next morning is still to come."""
    parts = []
    if done.minutes < goal:
        parts.append(tr("{minutes} of {goal} minutes").format(minutes=figure(done.minutes), goal=goal))
    if done.cadence is None or done.cadence < CADENCES[0]:
        parts.append(tr("{cadence} steps a minute were not kept by a beat").format(cadence=CADENCES[0]))
    if done.peak > pain_max:
        parts.append(tr("it hurt more than {limit} of 10").format(limit=figure(pain_max)))
    if done.limp:
        parts.append(tr("with a limp"))
    if done.groin:
        parts.append(tr("with pain in the groin"))
    if parts:
        return tr("This walk does not count towards your plan: {reasons}.").format(reasons="; ".join(parts))
    return tr("{minutes} minutes at {cadence} steps a minute, as your plan asks.").format(
        minutes=figure(done.minutes), cadence=done.cadence
    )
