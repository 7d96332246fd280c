"""The criteria to resume running in words: what each is called, what was found, what is asked, what is missing, why.

Nothing here says that anybody may run: the log meets the criteria of a plan, or it does not yet (clinical reference,
section 2.2.4).
"""

from collections.abc import Iterator
from datetime import date
from math import floor
from typing import assert_never

from coach.core.clinical.criteria import Grade, Id
from coach.core.clinical.readiness import Criterion, Found, Outcome, Verdict
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
from coach.core.clinical.readiness_tests import (
    VALID_DAYS,
    Confidence,
    Even,
    Impact,
    Measured,
    Reached,
    Tested,
)
from coach.core.clinical.red_flags import Tier
from coach.core.clinical.run_plan import Stage
from coach.core.clinical.self_tests import PAIN_MAX
from coach.core.routine.plan import Side
from coach.words import red_flags
from coach.words.numbers import figure, month
from coach.words.translate import count, tr

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
            return nearest(of)
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
            nearest = tr("Nearest: {gap}").format(gap=sentence(of.nearest[0])) if of.nearest else ""
            return f"{met} {nearest}".strip()


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


def plan_state(of: Verdict) -> str:
    """Whether it is open."""
    return tr("Open") if of.outcome is Outcome.MET else tr("Locked")


def stage(of: Stage) -> str:
    """`Stage 3: 6 × (1.5 min run, 3.5 min walk), 9 min of running in all`."""
    if not of.walk_min:
        return tr("Stage {n}: {run} min of running without a break").format(n=of.number, run=figure(of.run_min))
    return tr("Stage {n}: {reps} × ({run} min run, {walk} min walk), {all} min of running in all").format(
        n=of.number,
        reps=of.reps,
        run=figure(of.run_min),
        walk=figure(of.walk_min),
        all=figure(of.running_min),
    )


# -- a criterion ----------------------------------------------------------------------------------------------------


def name(of: Criterion) -> str:
    """What it is called."""
    found = of.found
    match of.id:
        case Id.R0:
            return tr("Red flags")
        case Id.R1:
            days = found.days if isinstance(found, DailyPain) else 0
            return tr("Pain in daily life, last {n} days").format(n=days)
        case Id.R2:
            return tr("Nights woken by the hip")
        case Id.R3:
            return tr("Morning pain not rising")
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
    found = of.found
    match found:
        case Screened():
            return _screened(found)
        case DailyPain():
            return _daily_pain(found)
        case Nights():
            return figure(found.woken) if found.answered else tr("not told")
        case Rise():
            return tr("too few to compare") if found.points is None else _signed(found.points)
        case Walks():
            if len(found.counted) > found.needed:
                return count(len(found.counted), "%n walk", "%n walks")
            return tr("{n} of {needed}").format(n=len(found.counted), needed=found.needed)
        case Sessions():
            return _sessions(found)
        case Measured():
            if all(len(one.missing) == len(one.sides) for one in found.tests):
                return tr("not tested")
            return " · ".join(_reached(one, named=len(found.tests) > 1 and len(one.sides) < 2) for one in found.tests)
        case Even():
            return tr("no result") if found.lowest is None and found.missing else _even(found)
        case Impact():
            return tr("not done") if found.day is None else _impact(found)
        case Confidence():
            return tr("not asked") if found.points is None else tr("{n} of 10").format(n=figure(found.points))
        case _:
            assert_never(found)


def threshold(of: Criterion) -> str:
    """What is asked for."""
    found = of.found
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
            return tr("below {n}, 7 days against the 21 before").format(n=f"+{figure(found.below)}")
        case Walks():
            return tr("{n} in 7 days, ≥ {cadence} steps/min").format(n=found.needed, cadence=BRISK_CADENCE)
        case Sessions():
            return tr("≥ {percent} % in 14 days, rehab for {days} days").format(
                percent=_percent(found.share_least), days=found.rehab_least
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


def missing(of: Criterion) -> str:
    """What is missing first, and by how much, for a chip; empty where it is met."""
    return next(iter(_lacks(of.found)), "")


def chip(of: Criterion) -> str:
    """`Met`, or in a few words what is missing."""
    if of.met:
        return tr("Met")
    if isinstance(of.found, Screened) and of.found.blocked:
        return tr("Clinician first")
    said = missing(of)
    return said if len(said) <= _CHIP else tr("Not met")


def text(of: Criterion) -> str:
    """Met, or all that is missing, in one sentence."""
    lacks = tuple(_lacks(of.found))
    if not lacks:
        return tr("Met.")
    said = "; ".join((lacks[0], *(_lower(lack) for lack in lacks[1:])))
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
                return _short_of(broken)
            return tr("{name}: {lack}.").format(name=name(of), lack=_lower(missing(of)))
        case Walks():
            return count(found.short, "One more brisk walk this week.", "%n more brisk walks this week.")
        case _:
            return tr("{name}: {lack}.").format(name=name(of), lack=_lower(missing(of)))


def nearest(of: Verdict, most: int = 2) -> str:
    """The nearest gaps, a sentence each."""
    return " ".join(sentence(one) for one in of.nearest[:most])


def notes(of: Criterion) -> tuple[str, ...]:
    """What else helps to understand the value: the walks that do not count and why, the results of each test."""
    match of.found:
        case Walks():
            return tuple(_left_out(one) for one in of.found.left_out)
        case Even():
            known = [_evenness(one) for one in of.found.tests if one.symmetry is not None]
            return (f"{' · '.join(known)}.",) if known else ()
        case Impact():
            return tuple(_rung(one) for one in of.found.rungs) if of.found.day is not None else ()
        case Measured() if of.id is Id.R6D:
            told = any(side.form is not None for test in of.found.tests for side in test.sides)
            return () if told or not of.met else (tr("The form is taken as you stated it."),)
        case _:
            return ()


def why(of: Id) -> str:
    """What it is for, in a sentence or two."""
    return {
        Id.R0: tr(
            "Some signs need a clinician's eyes before any load on the hip. Pain in the groin can come from the bone; "
            "no app can tell."
        ),
        Id.R1: tr(
            "Everyday life comes first: where it still hurts, running asks too much. Painkillers hide the signal, so "
            "days with them do not count as free of pain."
        ),
        Id.R2: tr("Pain that wakes you at night says that the hip has not settled."),
        Id.R3: tr("Single bad days are noise. A week that is worse than the three before is a reason to wait."),
        Id.R4: tr(
            "A brisk walk is the nearest thing to running without its impact. How the hip feels next morning counts "
            "as much as how it feels on the way."
        ),
        Id.R5: tr(
            "Strength takes weeks of steady work. Sessions that were borne well say that the hip takes load. Where no "
            "physio's file says how often, three a week are asked for."
        ),
        Id.R6A: tr("Each step of a run is a push by one hip. This tests its strength without impact."),
        Id.R6B: tr("These muscles keep the pelvis level on one leg."),
        Id.R6C: tr("The trunk carries the hip. 45 s is modest: healthy young adults hold a side bridge for longer."),
        Id.R6D: tr("Running is a row of small single-leg squats. Control counts as much as the number."),
        Id.R6E: tr("The calf takes up much of each landing. Weak calves leave more of it to the hip."),
        Id.R6X: tr(
            "A side that lags behind is loaded more than it can bear. Old results and tests that hurt say little."
        ),
        Id.R7: tr(
            "The last step before a run: small impacts, from marching to hops, stopped at the first pain. It comes a "
            "day after all else is met, and the next morning decides."
        ),
        Id.R8: tr("Whoever does not trust the hip yet runs differently. It is asked and shown; it does not decide."),
    }[of]


def grade(of: Grade) -> str:
    """How good the evidence is."""
    return {
        Grade.EXPERT: tr("Consensus or expert opinion; not tested for this purpose."),
        Grade.ELSEWHERE: tr("From studies of other injuries, or of people without one."),
        Grade.OWN: tr("This project's own proposal, without a source."),
    }[of]


def test_name(of: str) -> str:
    """A self-test in a list or a form."""
    return {
        "single_leg_bridge": tr("Single-leg bridge"),
        "side_lying_abduction": tr("Side leg raise"),
        "side_plank": tr("Side plank"),
        "plank": tr("Plank"),
        "single_leg_squat": tr("Single-leg squat"),
        "heel_raise": tr("Heel raise"),
        "march": tr("March on the spot"),
        "jog_on_spot": tr("Jog on the spot"),
        "double_hop": tr("Hops on both feet"),
        "single_hop": tr("Hops on one foot"),
        "confidence": tr("Confidence to run"),
        "single_leg_squat_form": tr("Single-leg squat: form"),
    }[of]


def day(of: date) -> str:
    """`14 November`."""
    return tr("{number} {month}").format(number=of.day, month=month(of))


# -- what is missing ------------------------------------------------------------------------------------------------


def _lacks(found: Found) -> Iterator[str]:
    match found:
        case Screened():
            yield from _screen_lacks(found)
        case DailyPain():
            yield from _pain_lacks(found)
        case Nights():
            if found.woken > found.most:
                yield count(found.woken - found.most, "%n night too many", "%n nights too many")
            if not found.answered:
                yield tr("No night told")
            elif found.answered < found.answers_least:
                yield count(found.answers_least - found.answered, "%n night not told", "%n nights not told")
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
        yield tr("Mean {n}, above {limit}").format(n=_mean(found.mean, found.mean_max), limit=figure(found.mean_max))
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
    lacks = tuple(_bare_test_lacks(one))
    if not named:
        yield from lacks
    else:
        yield from (tr("{test}: {lack}").format(test=test_name(one.name), lack=_lower(lack)) for lack in lacks)


def _bare_test_lacks(one: Tested) -> Iterator[str]:
    if len(one.missing) == len(one.sides):
        yield tr("Not tested")
    else:
        for side in one.missing:
            yield tr("{side} not tested").format(side=_side(side))
    for side, by in one.short:
        amount = _amount(one, by)
        yield (
            tr("{side} {n} short").format(side=_side(side), n=amount)
            if len(one.sides) > 1
            else tr("{n} short").format(n=amount)
        )
    for side in one.out_of_form:
        yield tr("{side}: form not steady").format(side=_side(side))


def _even_lacks(found: Even) -> Iterator[str]:
    for one in found.painful:
        yield tr("{test} hurt: {n} of 10").format(test=test_name(one.name), n=one.pain)
    for one in found.uneven:
        yield _evenness(one)
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
    elif not found.morning_fine:
        yield tr("Next morning {n}, above {limit}").format(n=found.morning, limit=figure(found.baseline))


# -- values ---------------------------------------------------------------------------------------------------------


def _screened(found: Screened) -> str:
    if found.flags or found.notices:
        return ", ".join(red_flags.short(flag) for flag in (*found.flags, *found.notices))
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
        parts.append(tr("mean {n}").format(n=_mean(found.mean, found.mean_max)))
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
        return tr("{done}, {planned} planned").format(done=found.done, planned=found.planned)
    return tr("{done} of {planned} ({percent} %)").format(
        done=found.done, planned=found.planned, percent=_percent(found.share)
    )


def _reached(one: Tested, *, named: bool = False) -> str:
    if len(one.missing) == len(one.sides):
        said = tr("not tested")
    elif len(one.sides) > 1:
        said = " · ".join(_of_side(one, side) for side in one.sides)
    else:
        said = _amount_bare(one, one.sides[0].value or 0)
    return tr("{test} {n}").format(test=_lower(test_name(one.name)), n=said) if named else said


def _of_side(one: Tested, side: Reached) -> str:
    letter = tr("L", "left, shortest") if side.side is Side.LEFT else tr("R", "right, shortest")
    return f"{letter} {_amount_bare(one, side.value) if side.value is not None else '–'}"


def _even(found: Even) -> str:
    return tr("far beyond the goals") if found.lowest is None else _lsi(found.lowest)


def _evenness(one: Tested) -> str:
    symmetry = tr("none") if one.symmetry is None else _lsi(one.symmetry)
    return tr("{test} {lsi}").format(test=test_name(one.name), lsi=symmetry)


def _impact(found: Impact) -> str:
    done = sum(one.met for one in found.rungs)
    parts = [tr("{done} of {all} steps").format(done=done, all=len(found.rungs))]
    if found.pain is not None:
        parts.append(tr("pain {n}").format(n=found.pain))
    if found.day is not None:
        parts.append(day(found.day))
    return ", ".join(parts)


def _rung(one: Tested) -> str:
    return tr("{test}: {reached}, {goal} asked for").format(
        test=test_name(one.name), reached=_reached(one), goal=_amount(one, one.goal)
    )


def _goals(found: Measured) -> str:
    if len(found.tests) == 1:
        return f"≥ {_amount_bare(found.tests[0], found.tests[0].goal)}"
    if len({one.goal for one in found.tests}) == 1:
        return f"≥ {_amount(found.tests[0], found.tests[0].goal)}"
    parts = (
        tr("{test} ≥ {goal}").format(test=_lower(test_name(one.name)), goal=_amount(one, one.goal))
        for one in found.tests
    )
    return ", ".join(parts)


def _left_out(one: LeftOut) -> str:
    reason = {
        Lack.SHORT: tr("too short"),
        Lack.CADENCE_UNKNOWN: tr("steps a minute not noted"),
        Lack.SLOW: tr("not brisk"),
        Lack.PAIN: tr("it hurt too much"),
        Lack.GROIN: tr("pain in the groin"),
        Lack.LIMP: tr("with a limp"),
        Lack.MORNING_DUE: tr("the next morning is still to come"),
        Lack.MORNING_UNKNOWN: tr("the next morning was not told"),
        Lack.NO_BASELINE: tr("too few mornings before it to compare"),
        Lack.MORNING_WORSE: tr("the next morning was worse than usual"),
    }[one.lack]
    return tr("The walk of {day} does not count: {reason}.").format(day=day(one.day), reason=reason)


def _short_of(one: Tested) -> str:
    side, by = max(one.short, key=lambda pair: pair[1])
    reached, goal = _amount_bare(one, one.goal - by), _amount(one, one.goal)
    said = tr("{test} {reached} of {goal}").format(test=test_name(one.name), reached=reached, goal=goal)
    if side is Side.BOTH:
        return f"{said}."
    return (tr("{what} on the left.") if side is Side.LEFT else tr("{what} on the right.")).format(what=said)


def _side(side: Side) -> str:
    return tr("Left") if side is Side.LEFT else tr("Right")


def _amount(one: Tested, number: float) -> str:
    shown = round(number, 1)
    return tr("{n} s").format(n=figure(shown)) if one.held else count(round(shown), "%n rep", "%n reps")


def _amount_bare(one: Tested, number: float) -> str:
    return tr("{n} s").format(n=figure(round(number, 1))) if one.held else figure(round(number, 1))


def _lsi(symmetry: float) -> str:
    # Cut, not rounded: 0.897 is less than 0.90 and must not look like it.
    return f"{floor(symmetry * 100 + 1e-9) / 100:.2f}"


def _mean(mean: float, limit: float) -> str:
    # 1.04 is above 1 and must not look like it.
    return f"{mean:.2f}" if mean > limit and round(mean, 1) <= limit else f"{mean:.1f}"


def _signed(points: float) -> str:
    shown = round(points, 1) or 0.0
    return f"{shown:+.1f}".replace("-", "−") if shown else "0.0"


def _percent(share: float) -> int:
    return floor(share * 100 + 1e-9)


def _lower(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:]
