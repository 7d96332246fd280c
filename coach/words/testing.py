"""Self-tests in words: what is asked, said and shown. Times as people say them, never a diagnosis."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from coach.core.clinical.red_flags import BY_NAME
from coach.core.clinical.self_tests import (
    AFTER_CRITERIA,
    EVERY,
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
)
from coach.core.routine.plan import Side
from coach.core.session.measuring import Bout, Unit
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
        steps = dict.fromkeys((one.test, one.goal, one.unit) for one in bouts)
        named = (f"{rung(name)} {amount(goal, unit)}" for name, goal, unit in steps)
        return (
            tr("In this order: {steps}.").format(steps=", ".join(named)),
            tr(
                "After each step you say how much it hurt. At pain above {limit}, or any pain in the groin, it ends."
            ).format(limit=PAIN_MAX),
        )
    goal = amount(first.goal, first.unit)
    wanted = tr("Your plan looks for {goal} on each side.") if len(bouts) > 1 else tr("Your plan looks for {goal}.")
    if first.unit is Unit.SECONDS:
        said = tr("Hold as long as the line holds, then press Space or tap the screen.")
    else:
        said = tr("One rep to each beat. When the form goes, press Space or tap the screen.")
    order = tr("First the {side} side: it sets the measure.").format(side=side_word(first.side))
    return (said, wanted.format(goal=goal), *((order,) if len(bouts) > 1 else ()))


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
    parts += [tr("the {side} side is not tested yet").format(side=side_word(side)) for side in judged.missing]
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


def goal_words(bout: Bout) -> str:
    """The goal beside the ring: `45 s`, `20`, `30 min`."""
    if bout.walked:
        return tr("{number} min").format(number=bout.goal // _MINUTE_S)
    return tr("{number} s").format(number=bout.goal) if bout.unit is Unit.SECONDS else str(bout.goal)


def digits(bout: Bout, number: int) -> str:
    """What is measured as the ring shows it: a walk as minutes and seconds."""
    return clock(number) if bout.walked else str(number)


def walk_verdict(walked: "Walked", goal: int, pain_max: float) -> str:
    """What a walk comes to beside R4; the next morning is still to come."""
    parts = []
    if walked.minutes < goal:
        parts.append(tr("{minutes} of {goal} minutes").format(minutes=figure(walked.minutes), goal=goal))
    if walked.peak > pain_max:
        parts.append(tr("it hurt more than {limit} of 10").format(limit=figure(pain_max)))
    if walked.limp:
        parts.append(tr("with a limp"))
    if walked.groin:
        parts.append(tr("with pain in the groin"))
    if parts:
        return tr("This walk does not count towards your plan: {reasons}.").format(reasons="; ".join(parts))
    return tr("{minutes} minutes at {cadence} steps a minute, as your plan asks.").format(
        minutes=figure(walked.minutes), cadence=walked.cadence
    )
