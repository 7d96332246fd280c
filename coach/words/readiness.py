"""The criteria to resume running in words: the verdict, the plan that follows, and each criterion on its lines.

Nothing here says that anybody may run: the log meets the criteria of a plan, or it does not yet (clinical reference,
section 2.2.4).
"""

from datetime import date

from coach.core.clinical.criteria import Id
from coach.core.clinical.readiness import Criterion, Outcome, Verdict
from coach.core.clinical.readiness_log import (
    DailyPain,
    Screened,
    Walks,
)
from coach.core.clinical.readiness_tests import Even, Impact, Measured
from coach.core.clinical.red_flags import Tier
from coach.core.clinical.run_plan import Stage
from coach.words import readiness_values as values
from coach.words import red_flags
from coach.words.numbers import figure
from coach.words.readiness_lacks import in_short, lacks, short_of
from coach.words.readiness_values import day, evenness, left_out, rung
from coach.words.translate import count, lower, tr

_CHIP = 24
"""What is longer is told when the row is opened."""

# -- the verdict ----------------------------------------------------------------------------------------------------


def heading(of: Verdict) -> str:
    """The verdict in a few words."""
    match of.outcome:
        case Outcome.MET:
            return tr("Your log meets the criteria your plan sets.")
        case Outcome.NOT_YET:
            return tr("Not yet")
        case Outcome.BLOCKED:
            return tr("Not now: see a clinician first")


def title(of: Verdict) -> str:
    """The heading of the screen: the question, and the verdict where it is short."""
    if of.outcome is Outcome.NOT_YET:
        return tr("Ready to run? Not yet.")
    return heading(of)


def below(of: Verdict, *, own_limits: bool) -> str:
    """The line below the title: how many are met, what is nearest, and who sets the limits."""
    limits = (
        tr("Your log decides; your physio's file sets the limits.")
        if own_limits
        else tr("Your log decides; the limits are the usual ones of this program.")
    )
    if of.outcome is Outcome.BLOCKED:
        return tr("A red flag outranks every other criterion.")
    return f"{summary(of)} {limits}"


def short_heading(of: Verdict) -> str:
    """The verdict for a small card."""
    said = heading(of)
    return said if said.endswith(".") else f"{said}."


def short_gap(of: Verdict) -> str:
    """What is nearest, for a small card."""
    match of.outcome:
        case Outcome.BLOCKED:
            found = of.screened
            return red_flags.short(found.flags[0]) if found.flags else tr("The groin hurt.")
        case Outcome.NOT_YET:
            return first_look(of) or nearest(of)
        case Outcome.MET:
            return tr("It holds until {day}.").format(day=day(of.valid_until)) if of.valid_until else ""


def sign_off() -> str:
    """What a clinician's look is for, where the groin hurts or the plan asks for it."""
    return tr(
        "Have a physiotherapist or a doctor look at the hip before you run. Pain in the groin can come from the bone, "
        "and no app can tell."
    )


def once_looked(commands: str) -> str:
    """How to note on the command line that a clinician has looked."""
    return tr("Once a clinician has looked at it: {commands}").format(commands=commands)


def summary(of: Verdict) -> str:
    """One or two sentences below the heading: whom to see, what is nearest, or how long it holds."""
    match of.outcome:
        case Outcome.BLOCKED:
            return advice(of)
        case Outcome.MET:
            until = day(of.valid_until) if of.valid_until else ""
            return tr("All {total} are met on {day}. It holds until {until}; after that, ask again.").format(
                total=len(of.counted), day=day(of.on), until=until
            )
        case Outcome.NOT_YET:
            met = tr("{met} of {total} criteria met.").format(met=of.met, total=len(of.counted))
            if look := first_look(of):
                return f"{met} {look}"
            nearest = tr("Nearest: {gap}").format(gap=sentence(of.nearest[0])) if of.nearest else ""
            return f"{met} {nearest}".strip()


def first_look(of: Verdict) -> str:
    """Whom to see before anything else, where the log asks for a look; no number comes before that."""
    notices = of.screened.notices
    if not notices:
        return ""
    return tr("First: {soon} ({sign}).").format(
        soon=lower(red_flags.tier_heading(notices[0].tier)), sign=lower(red_flags.short(notices[0]))
    )


def advice(of: Verdict) -> str:
    """Whom to see and what to leave, while a flag stands or the groin has hurt."""
    found = of.screened
    if found.flags and (not found.groin or found.flags[0].tier is Tier.EMERGENCY):
        return red_flags.advice(found.flags[0])
    return tr(
        "The groin hurt on {day}. See a doctor or a physiotherapist within 1 to 2 days, and do not test again before: "
        "no running, no jumping, no hops. This pattern needs a clinician to rule out a bone stress injury."
    ).format(day=day(found.groin[-1]) if found.groin else "")


def whole(of: Verdict) -> str:
    """Heading and summary, as running text."""
    said = heading(of)
    return f"{said}{'' if said.endswith('.') else '.'} {summary(of)}"


def to_come(of: date) -> str:
    """The day that was asked about lies ahead."""
    return tr("{day} has not come yet; this is what the log says so far.").format(day=of.isoformat())


def disclaimer() -> str:
    """What the criteria are, and are not."""
    return tr(
        "There is no tested measure of readiness to run with a sore hip. These criteria are put together from "
        "published lists and from this project's own limits; your physio can replace each of them."
    )


# -- the plan that follows -------------------------------------------------------------------------------------------


def plan_heading(stages: tuple[Stage, ...], per_week: int) -> str:
    """What the plan is, and when it opens."""
    return tr("{n} stages of walk and run, {times} a week. Opens when every criterion is met.").format(
        n=len(stages), times=per_week
    )


def since_begun(of: Verdict, since: date | None) -> str:
    """Of the criteria once runs are made: when they were met, and that those of today are no matter for the plan."""
    now = tr("They need not hold any more; {met} of {total} are met now.").format(met=of.met, total=len(of.counted))
    if since is None:
        return now
    return tr("All of them were met on {day}. {now}").format(day=day(since), now=now)


# -- a criterion ----------------------------------------------------------------------------------------------------


def name(of: Criterion) -> str:
    """What it is called."""
    found = of.found
    match of.id:
        case Id.R0:
            # What is asked to be looked at within two weeks is no red flag, and nobody told of one.
            noticed = isinstance(found, Screened) and found.notices and not found.blocked
            return tr("Signs to have looked at") if noticed else tr("Red flags")
        case Id.R1:
            days = found.days if isinstance(found, DailyPain) else 0
            return tr("Pain in daily life, last {n} days").format(n=days)
        case Id.R2:
            return tr("Nights woken by the hip")
        case Id.R3:
            return tr("Rise of morning pain, mean of 7 days")
        case Id.R4:
            assert isinstance(found, Walks)
            limit, minutes = figure(found.pain_max), figure(found.minutes)
            return tr("Brisk walk, {minutes} min, pain ≤ {limit}").format(minutes=minutes, limit=limit)
        case Id.R5:
            return tr("Rehab sessions done")
        case Id.R6A:
            return tr("Single-leg bridge, per side")
        case Id.R6B:
            return tr("Side leg raise, per side")
        case Id.R6C:
            return tr("Side plank, per side, and plank")
        case Id.R6D:
            return tr("Single-leg squat, per side")
        case Id.R6E:
            return tr("Heel raise, per side")
        case Id.R6X:
            return tr("Symmetry, weaker / stronger")
        case Id.R7:
            return tr("Impact check")
        case Id.R8:
            return tr("Confidence to run (advice only)")


def value(of: Criterion) -> str:
    """What was found, in words and numbers."""
    return values.value(of.found)


def threshold(of: Criterion) -> str:
    """What is asked for."""
    return values.asked(of.found)


def missing(of: Criterion) -> str:
    """What is missing first, and by how much, for a chip; empty where it is met."""
    return next(iter(lacks(of.found)), "")


def chip(of: Criterion) -> str:
    """`Met`, or in a few words what is missing."""
    if of.met:
        return tr("Met, but it hurt") if hurt(of) else tr("Met")
    if isinstance(of.found, Screened) and of.found.blocked:
        return tr("Clinician first")
    said = missing(of)
    if isinstance(of.found, Even) and len(of.found.painful) > 1:
        return in_short(of.found)
    return said if len(said) <= _CHIP else in_short(of.found) or tr("Not met")


def hurt(of: Criterion) -> int | None:
    """The pain of a test that reaches its goal, where it is so much that the test does not count for R6x."""
    return of.found.hurt if isinstance(of.found, Measured) else None


def text(of: Criterion) -> str:
    """Met, or all that is missing, in one sentence."""
    every = tuple(lacks(of.found))
    if not every:
        pain = hurt(of)
        return tr("Met.") if pain is None else tr("Met, but it hurt: {n} of 10.").format(n=pain)
    said = "; ".join((every[0], *(lower(lack) for lack in every[1:])))
    return f"{said}."


def line(of: Criterion) -> str:
    """The whole criterion on a line: `Heel raise, per side: L 18 · R 22; asked for: ≥ 20. Left 2 reps short.`"""
    return tr("{name}: {value}; asked for: {threshold}. {text}").format(
        name=name(of), value=value(of), threshold=threshold(of), text=text(of)
    )


def sentence(of: Criterion) -> str:
    """What is missing first, said so that it stands alone: `Side plank 38 s of 45 s on the left.`"""
    found = of.found
    match found:
        case Measured():
            broken = next((one for one in found.tests if not one.met), None)
            if broken is not None and broken.short and not broken.missing:
                return short_of(broken)
            return tr("{name}: {lack}.").format(name=name(of), lack=lower(missing(of)))
        case Walks():
            return count(found.short, "One more brisk walk this week.", "%n more brisk walks this week.")
        case _:
            return tr("{name}: {lack}.").format(name=name(of), lack=lower(missing(of)))


def nearest(of: Verdict, most: int = 2) -> str:
    """The nearest gaps, a sentence each."""
    return " ".join(sentence(one) for one in of.nearest[:most])


def notes(of: Criterion) -> tuple[str, ...]:
    """What else helps to understand the value: the walks that do not count and why, the results of each test."""
    match of.found:
        case Walks():
            return tuple(left_out(one) for one in of.found.left_out)
        case Even():
            known = [evenness(one) for one in of.found.tests if one.symmetry is not None]
            return (f"{' · '.join(known)}.",) if known else ()
        case Impact():
            return tuple(rung(one) for one in of.found.rungs) if of.found.day is not None else ()
        case Measured() if of.id is Id.R6D:
            told = any(side.form is not None for test in of.found.tests for side in test.sides)
            return () if told or not of.met else (tr("The form is taken as you stated it."),)
        case _:
            return ()
