"""The report for the next visit in words, for a physiotherapist: what is known, how well it is known, what stands out.

Nothing here judges the person or says what is wrong with a hip.
"""

from collections.abc import Iterator
from datetime import date

from coach.app.report import (
    EFFORT_FLAGGED,
    PAIN_FLAGGED,
    ExerciseDone,
    OutingTold,
    Prescribed,
    ReadinessLine,
    ReadinessTold,
    Report,
    SessionTold,
    SideDone,
    TestTold,
)
from coach.app.run_plan import RunPlan
from coach.core.clinical.colour import Colour, Judged, Reason, Sign
from coach.core.clinical.red_flags import Flag
from coach.core.clinical.self_tests import PAIN_MAX, sided
from coach.core.clinical.trend import MEAN_DAYS
from coach.core.log import DayEntry, Ending, OutingKind
from coach.core.routine.plan import Side
from coach.words import guidance, prescription, readiness, red_flags, run_plan
from coach.words import trend as trend_words
from coach.words.numbers import clock, figure, month, percent, short_day
from coach.words.places import spot_words
from coach.words.self_tests import self_test
from coach.words.session import side_word
from coach.words.translate import count, tr

_SECONDS = frozenset({"side_plank", "plank", "march", "jog_on_spot"})
_LISTED = 6
"""So many days are named; more are counted."""
TOLD_REDS = 3
"""So many of the reds are told with their reasons on the first page; all of them come after it."""
NOTHING = "–"
_FEW_NOTES, _SHORT_NOTE = 3, 160


def title() -> str:
    """The heading of the report."""
    return tr("Report for your physio")


def foot(of: Report) -> str:
    """What names the report at the foot of each page."""
    parts = [title(), span(of)]
    return " · ".join([*parts, of.patient] if of.patient else parts)


def span(of: Report) -> str:
    """`24 October to 20 November 2026`."""
    return tr("{since} to {until}").format(since=short_day(of.since, of.on), until=dated(of.on))


def dated(day: date) -> str:
    """`20 November 2026`."""
    return tr("{number} {month} {year}").format(number=day.day, month=month(day), year=day.year)


def brief(day: date) -> str:
    """`20 Nov`."""
    return tr("{number} {month}").format(number=day.day, month=month(day)[:3])


def made_of() -> str:
    """Where all of it comes from."""
    return tr(
        "Made by Rehab Coach from what the person recorded. It repeats the log and examines nobody. Pain is 0 to 10 "
        "(NPRS), effort 0 to 10 (RPE)."
    )


def facts(of: Report) -> tuple[tuple[str, str], ...]:
    """What there is to know first, each with its name."""
    hip = prescription.hip(of.settings.hip) if of.settings.hip != "unknown" else ""
    sites = "; ".join(prescription.site(one) for one in of.settings.pain_sites)
    told = (
        (tr("For"), of.patient),
        (tr("Weeks"), tr("{since} to {until}").format(since=brief(of.since), until=f"{brief(of.on)} {of.on.year}")),
        (tr("Hip"), hip),
        (tr("Where it hurts"), sites),
        (tr("Running again"), of.readiness.heading if of.readiness is not None else ""),
    )
    return tuple((name, value) for name, value in told if value)


# -- what stands out ------------------------------------------------------------------------------------------------


def attention_heading() -> str:
    """The heading above what stands out."""
    return tr("To look at first")


def attention(of: Report) -> tuple[tuple[str, str], ...]:
    """What stands out: the token of its colour, and what it is; the gravest first."""
    return tuple(_attention(of))


def _attention(of: Report) -> Iterator[tuple[str, str]]:
    for flag in of.flags:
        yield "red", _flag(flag)
    if of.alarm is not None:
        yield "red", trend_words.alarm(of.alarm, of.on)
    if of.painful:
        worst = max(pain for _, pain in of.painful)
        yield (
            "red",
            tr("Pain of {n} or more on {days} (worst {worst}): {list}").format(
                n=PAIN_FLAGGED, days=_days(len(of.painful)), worst=worst, list=_list(day for day, _ in of.painful)
            ),
        )
    reds = [one for one in of.judged if one.colour is Colour.RED]
    if reds:
        said = count(len(reds), "%n red session, walk or run: {list}", "%n red sessions, walks or runs: {list}")
        yield "red", said.format(list=_list(one.bout.day for one in reds))
    if of.hard:
        yield (
            "amber",
            tr("Effort of {n} or more on {days}: {list}").format(
                n=EFFORT_FLAGGED, days=_days(len(of.hard)), list=_list(day for day, _ in of.hard)
            ),
        )
    if of.notes:
        said = count(len(of.notes), "%n note from the patient", "%n notes from the patient")
        yield "amber", f"{said}:" if short_notes(of) else tr("{notes}, below").format(notes=said)


def short_notes(of: Report) -> tuple[tuple[date, str], ...]:
    """The notes where all of them are few and short enough to stand at the top; else none, and they come below."""
    few = len(of.notes) <= _FEW_NOTES and all(len(note) <= _SHORT_NOTE for _, note in of.notes)
    return of.notes if few else ()


def nothing_stands_out() -> str:
    """Where there is nothing to look at first; what that rests on."""
    return tr(
        "Nothing recorded asks for it: no red flag, no pain of {pain} or more, no effort of {effort} or more, no note."
    ).format(pain=PAIN_FLAGGED, effort=EFFORT_FLAGGED)


def _flag(flag: Flag) -> str:
    return tr("Red flag, still raised: {flag}. {soon}.").format(
        flag=red_flags.short(flag), soon=red_flags.tier_heading(flag.tier)
    )


def _days(number: int) -> str:
    return count(number, "%n day", "%n days")


def _list(days: Iterator[date]) -> str:
    named = [brief(day) for day in dict.fromkeys(days)]
    said = ", ".join(named[-_LISTED:])
    return tr("… {days}").format(days=said) if len(named) > _LISTED else said


# -- prescribed and done --------------------------------------------------------------------------------------------


def done_heading() -> str:
    """The heading above what was prescribed and done."""
    return tr("Prescribed and done")


def prescribed_head() -> tuple[str, ...]:
    """The heads of its columns."""
    return tr("Routine in use"), tr("From"), tr("How often"), tr("Asked for"), tr("Done"), tr("Share")


def prescribed(of: Prescribed) -> tuple[str, ...]:
    """One routine: what it is, who made it, how often it asked to be done, how often it was."""
    planned = of.planned
    routine = of.listed.routine
    often = prescription.how_often(routine.schedule) or tr("every day")
    return (
        tr("{title}, revision {number}").format(title=routine.title, number=routine.revision),
        routine.prescriber.name or tr("nobody named"),
        often,
        str(planned) if planned is not None else NOTHING,
        str(of.done),
        tr("{percent} %").format(percent=percent(of.done / planned)) if planned else NOTHING,
    )


def counted_since(of: Report) -> str:
    """Which routines are counted for a part of these weeks only, and that built-in ones ask for nothing."""
    parts = [
        tr("{title} is counted since {day}.").format(title=one.listed.routine.title, day=brief(one.since))
        for one in of.prescribed
        if one.since > of.since and one.planned is not None
    ]
    if any(one.planned is None for one in of.prescribed):
        parts.append(tr("Built-in routines are offers of the program; nobody asked for a number of them."))
    return " ".join(parts)


def steps_up(of: Report) -> str:
    """At which of the steps that a routine allows above its dose its last session was done."""
    return " ".join(_step_up(one) for one in of.prescribed if one.steps)


def _step_up(one: Prescribed) -> str:
    title = one.listed.routine.title
    if not one.step:
        said = tr("{title} allows {steps} above its dose; none is done yet.")
        return said.format(title=title, steps=count(one.steps, "%n step", "%n steps"))
    if one.step < 0:
        said = tr("{title} was last done {steps} below its dose.")
        return said.format(title=title, steps=count(-one.step, "%n step", "%n steps"))
    said = tr("{title} was last done at step {step} of {steps} that it allows above its dose.")
    return said.format(title=title, step=one.step, steps=one.steps)


def no_routine() -> str:
    """No routine is in use."""
    return tr("No routine is in use.")


def other_sessions(of: Report) -> str:
    """What was done besides, and how it is known; nothing where there is nothing."""
    ids = {one.listed.routine.id for one in of.prescribed}
    others = [one for one in of.sessions if one.line.routine_id not in ids]
    parts = []
    if others:
        parts.append(
            count(len(others), "%n session of a routine no longer in use", "%n sessions of routines no longer in use")
        )
    walks = [one.outing for one in of.outings if one.outing.kind is OutingKind.WALK]
    runs = [one.outing for one in of.outings if one.outing.kind is OutingKind.RUN]
    for outings, one, many in (
        (walks, "%n walk, {minutes} min", "%n walks, {minutes} min in all"),
        (runs, "%n run, {minutes} min", "%n runs, {minutes} min in all"),
    ):
        if outings:
            minutes = figure(round(sum(outing.minutes for outing in outings)))
            parts.append(count(len(outings), one, many).format(minutes=minutes))
    return tr("Besides: {what}.").format(what="; ".join(parts)) if parts else ""


def completeness(of: Report) -> str:
    """How much of these weeks is recorded, and how it is known."""
    if not of.known_days:
        return tr("The log has not begun in these weeks.")
    mornings = sum(entry.morning is not None for entry in of.days.values())
    said = tr("Recorded: the pain of {mornings} of {days} mornings").format(mornings=mornings, days=of.known_days)
    guided = sum(one.line.guided for one in of.sessions)
    by_hand = len(of.sessions) - guided
    parts = [said]
    if of.began is not None and of.began > of.since:
        parts.append(tr("the log begins on {day}").format(day=dated(of.began)))
    if of.sessions:
        parts.append(count(guided, "%n session timed by the program", "%n sessions timed by the program"))
    if by_hand:
        parts.append(count(by_hand, "%n entered from memory", "%n entered from memory"))
    bouts = [one for one in of.judged if not one.pending]
    asked = sum(one.bout.morning is not None for one in bouts)
    if bouts:
        parts.append(
            tr("the morning after is known for {n} of {all} sessions, walks and runs").format(n=asked, all=len(bouts))
        )
    return "; ".join(parts) + "."


def empty() -> tuple[str, ...]:
    """Where there is next to nothing: what would be here, and how it comes here."""
    return (
        tr("Nothing is recorded in these weeks, so there is nothing to report yet."),
        tr(
            "What fills it: the morning's pain on Today (five seconds a day), sessions that the program guides or that "
            "are entered afterwards, walks and runs, and self-tests every week or two."
        ),
    )


# -- pain -----------------------------------------------------------------------------------------------------------


def pain_heading() -> str:
    """The heading above the chart."""
    return tr("Pain in the morning")


def pain_said(of: Report) -> tuple[str, ...]:
    """What the pain did, in a sentence, and the means."""
    lines = [trend_words.headline(of.change, of.alarm)]
    if said := trend_words.weeks(of.change):
        lines.append(said + ".")
    return tuple(lines)


def legend() -> tuple[str, ...]:
    """What is drawn: the dots, the line, the rings."""
    return (
        tr("pain on getting up"),
        tr("mean of {days} days").format(days=MEAN_DAYS),
        tr("worst of the day"),
    )


def nights(of: Report) -> str:
    """Nights, painkillers, limp; nothing where nothing is recorded."""
    entries = of.days.values()
    asked = sum(entry.night is not None for entry in entries)
    if not asked:
        return ""
    return tr("Woken by the hip in {nights} of {asked} nights; painkiller on {pills}; limp on {limps}.").format(
        nights=sum(bool(entry.night) for entry in entries),
        asked=asked,
        pills=_days(sum(bool(entry.analgesic) for entry in entries)),
        limps=_days(sum(bool(entry.limp) for entry in entries)),
    )


# -- how it was borne -----------------------------------------------------------------------------------------------


def reds_heading() -> str:
    """The heading above the reds."""
    return tr("How it was tolerated")


def colours(of: Report) -> str:
    """How many of each colour."""
    number = {colour: sum(one.colour is colour for one in of.judged) for colour in Colour}
    pending = sum(one.pending and one.colour is Colour.AMBER for one in of.judged)
    said = tr("{green} green, {amber} amber, {red} red").format(
        green=number[Colour.GREEN], amber=number[Colour.AMBER], red=number[Colour.RED]
    )
    if pending:
        said += tr(" ({n} of the amber still wait for the next morning)").format(n=pending)
    whole = tr("Sessions, walks and runs by the pain limits of your plan: {colours}.").format(colours=said)
    if number[Colour.RED] > TOLD_REDS:
        return tr("{whole} The last {n} red ones:").format(whole=whole, n=TOLD_REDS)
    return whole


def token(colour: Colour) -> str:
    """The name of the colour of a colour."""
    return {Colour.GREEN: "ok", Colour.AMBER: "amber", Colour.RED: "red"}[colour]


def why(of: Judged) -> str:
    """The reasons for the colour, those of it alone."""
    return "; ".join(reason(one) for one in of.reasons if one.colour is of.colour)


def reason(of: Reason) -> str:
    """Why something is amber or red: what was answered, and the limit."""
    limit = figure(of.limit) if of.limit is not None else ""
    return {
        Sign.DURING_ABOVE: tr("pain {n} during it, above {limit}"),
        Sign.DURING_RAISED: tr("pain {n} during it, above {limit}"),
        Sign.LIMP: tr("a limp"),
        Sign.NIGHT_NEW: tr("newly woken by the hip"),
        Sign.AFTER_ABOVE: tr("pain {n} afterwards, above {limit}"),
        Sign.MORNING_RISE: tr("pain {n} next morning, and {limit} is the limit"),
        Sign.MORNING_RAISED: tr("pain {n} next morning, a little more than before"),
        Sign.MORNING_ABOVE: tr("pain {n} next morning, above {limit}"),
        Sign.AFTER60_ABOVE: tr("pain {n} an hour later, above {limit}"),
        Sign.AFTER60_RAISED: tr("pain {n} an hour later, above {limit}"),
        Sign.NO_DURING: tr("pain during it not told"),
        Sign.NO_AFTER: tr("pain afterwards not told"),
        Sign.NO_MORNING: tr("next morning not told"),
        Sign.MASKED: tr("painkiller that day or before the next morning"),
        Sign.NO_BEFORE: tr("pain before not told"),
    }[of.sign].format(n=of.value, limit=limit)


# -- tests ----------------------------------------------------------------------------------------------------------


def tests_heading() -> str:
    """The heading above the self-tests."""
    return tr("Self-tests")


def tests_head() -> tuple[str, ...]:
    """The heads of their columns."""
    return tr("Test"), tr("Day"), tr("Left"), tr("Right"), tr("Goal"), tr("Symmetry"), tr("Pain"), tr("Comes to")


def test(of: TestTold) -> tuple[str, ...]:
    """One test: both sides, the goal, the symmetry, the pain, and what it comes to."""
    one, judged = of.result, of.judged
    left, right = (one.left, one.right) if sided(one.name) and one.name != "confidence" else (one.value, None)
    unit = _unit(one.name)
    symmetry = judged.symmetry if judged is not None else None
    return (
        self_test(one.name),
        brief(one.day),
        _measured(left, of.before.left if of.before else None, unit),
        _measured(right, of.before.right if of.before else None, unit),
        f"{judged.goal}{unit}" if judged is not None else NOTHING,
        tr("{percent} %").format(percent=percent(symmetry)) if symmetry is not None else NOTHING,
        str(one.pain),
        _comes_to(of),
    )


def tests_note() -> str:
    """What symmetry is, and what the figures in brackets are."""
    return tr(
        "In brackets: the result before. Symmetry: weaker side by stronger side (limb symmetry index). A test with "
        "pain above {n} does not count. Measured at home by the person."
    ).format(n=PAIN_MAX)


def no_tests() -> str:
    """No test was done."""
    return tr("No self-test was recorded in these weeks.")


def _unit(name: str) -> str:
    return tr(" s") if name in _SECONDS else ""


def _measured(value: float | None, before: float | None, unit: str) -> str:
    if value is None:
        return NOTHING
    said = f"{figure(value)}{unit}"
    return f"{said} ({figure(before)})" if before is not None else said


def _comes_to(of: TestTold) -> str:
    judged = of.judged
    if judged is None:
        return NOTHING
    if judged.met:
        return tr("goal reached")
    parts = []
    for side, short in judged.short:
        where = f"{side_word(side)} " if side is not Side.BOTH else ""
        parts.append(tr("{where}{n} short").format(where=where, n=figure(short)))
    parts += [tr("{side} not tested").format(side=side_word(side)) for side in judged.missing]
    if not judged.even:
        parts.append(tr("uneven"))
    if not judged.pain_ok:
        parts.append(tr("pain"))
    if judged.form_short:
        parts.append(tr("form"))
    return ", ".join(parts)


# -- running, notes -------------------------------------------------------------------------------------------------


def running_heading() -> str:
    """The heading above the decision on running."""
    return tr("Running again")


def notes_heading() -> str:
    """The heading above what the patient wrote."""
    return tr("Notes from the patient")


# -- details --------------------------------------------------------------------------------------------------------


def details_heading() -> str:
    """The heading above every session."""
    return tr("Every session")


def session_head() -> tuple[str, ...]:
    """The heads of the columns of sessions."""
    return tr("Day"), tr("What was done"), tr("Pain before · during · after · 1 h · morning"), tr("Effort")


def session_title(of: SessionTold) -> str:
    """`Strength A: on the floor, revision 1`."""
    said = tr("{title}, revision {number}").format(title=of.line.routine_title, number=of.line.revision)
    if not of.line.guided:
        return tr("{session} (entered from memory)").format(session=said)
    if of.line.ending is Ending.STOPPED:
        return tr("{session} (stopped before its end)").format(session=said)
    return tr("{session} (broke off)").format(session=said) if of.line.ending is Ending.LEFT else said


def exercises_done(of: SessionTold) -> str:
    """Every exercise with what each side did of it."""
    return "; ".join(_exercise_done(one) for one in of.exercises)


def _exercise_done(of: ExerciseDone) -> str:
    said = [_side_done(one) for one in of.sides]
    if len(said) > 1 and len(set(said)) == 1:
        done = tr("left and right each {done}").format(done=said[0])
    else:
        done = ", ".join(f"{_where(one.side)}{words}" for one, words in zip(of.sides, said, strict=True))
    return tr("{name}: {done}").format(name=of.name, done=done)


def _where(side: Side) -> str:
    return "" if side is Side.BOTH else f"{side_word(side)} "


def _side_done(of: SideDone) -> str:
    sets = tr("{done} of {sets} sets").format(done=of.sets_done, sets=of.sets)
    parts = [sets] if of.held else [sets, count(of.reps, "%n rep", "%n reps")]
    return ", ".join([*parts, clock(of.seconds)])


def pains(of: Judged | None) -> str:
    """`2 · 3 · 2 · 2 · 1`; a dash for what was not told."""
    if of is None:
        return NOTHING
    bout = of.bout
    told = (bout.pre, bout.during, bout.after, bout.after60, bout.morning)
    return " · ".join(NOTHING if one is None else str(one) for one in told)


def effort(of: Judged | None) -> str:
    """The effort, or a dash."""
    return NOTHING if of is None or of.bout.effort is None else str(of.bout.effort)


def outings_heading() -> str:
    """The heading above every walk and run."""
    return tr("Every walk and run")


def outing_head() -> tuple[str, ...]:
    """The heads of its columns."""
    return tr("Day"), tr("What"), tr("Pain before · during · after · 1 h · morning"), tr("Why")


def outing(of: OutingTold) -> str:
    """`Walk, 30 min, 2.6 km, 112 steps a minute`."""
    one = of.outing
    parts = [tr("Walk") if one.kind is OutingKind.WALK else tr("Run"), tr("{n} min").format(n=figure(one.minutes))]
    if one.distance_km is not None:
        parts.append(tr("{km} km").format(km=figure(one.distance_km)))
    if one.cadence is not None:
        parts.append(tr("{n} steps/min").format(n=figure(one.cadence)))
    parts += [word for word, true in ((tr("limp"), one.limp), (tr("groin"), one.groin)) if true]
    return ", ".join(parts)


def days_heading() -> str:
    """The heading above every day."""
    return tr("Every day")


def day_numbers(of: DayEntry) -> str:
    """`3 · 5`: the morning, and the worst of the day."""
    return " · ".join(NOTHING if one is None else str(one) for one in (of.morning, of.worst))


def day_signs(of: DayEntry) -> str:
    """What else was recorded of a day, a letter each."""
    signs = ((tr("N"), of.night), (tr("P"), of.analgesic), (tr("L"), of.limp))
    return " ".join(sign for sign, true in signs if true)


def days_legend() -> str:
    """What the numbers and letters in the calendar are."""
    return tr(
        "Pain on getting up · worst of the day. N: woken by the hip, P: painkiller, L: limp. An empty day has no entry."
    )


def where_it_hurt(of: Report) -> str:
    """On how many days each place hurt; nothing where no place is recorded."""
    number: dict[str, int] = {}
    for entry in of.days.values():
        for spot in entry.spots or ():
            said = spot_words(spot)
            number[said] = number.get(said, 0) + 1
    if not number:
        return ""
    told = ", ".join(
        tr("{place} on {days}").format(place=said, days=_days(many))
        for said, many in sorted(number.items(), key=lambda one: -one[1])
    )
    return tr("Where it hurt: {told}.").format(told=told)


def mark(colour: Colour) -> str:
    """What a mark below a day is."""
    return tr("{colour} day").format(colour=guidance.colour(colour))


# -- running --------------------------------------------------------------------------------------------------------


def running(of: RunPlan) -> ReadinessTold:
    """The decision on running as a report tells it: the heading, each criterion that decides, and the plan."""
    lines = (
        ReadinessLine(one.id, tr("{name}: {gap}").format(name=readiness.name(one), gap=readiness.text(one)), one.met)
        for one in of.verdict.counted
    )
    return ReadinessTold(readiness.heading(of.verdict), tuple(lines), run_plan.told(of))
