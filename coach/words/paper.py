"""What stands on paper: the handout of a routine, for the patient. Calm, exact, no more than its sources say."""

from collections.abc import Iterator
from datetime import date

from coach.app.handout import Handout
from coach.core.clinical.profiles import Profile
from coach.core.clinical.red_flags import FLAGS, Tier
from coach.core.routine.exercise import Exercise, StepType
from coach.core.routine.plan import StepKind, Work
from coach.words import numbers, prescription, red_flags, session
from coach.words.translate import capital, count, tr

_CUES = 3


def page_of(page: int, pages: int) -> str:
    """`Page 2 of 3`."""
    return tr("Page {page} of {pages}").format(page=page, pages=pages)


def foot(of: Handout) -> str:
    """What names the sheet at the foot of each page."""
    parts = [of.routine.title, tr("revision {number}").format(number=of.routine.revision)]
    if of.routine.patient:
        parts.append(tr("for {patient}").format(patient=of.routine.patient))
    return " · ".join(parts)


def kind() -> str:
    """What the sheet is."""
    return tr("Home exercise programme")


def facts(of: Handout) -> tuple[tuple[str, str], ...]:
    """What there is to know before the exercises, each with its name."""
    routine = of.routine
    told = (
        (tr("For"), routine.patient),
        (tr("How long"), capital(numbers.about_minutes(of.length_s))),
        (tr("How often"), capital(prescription.schedule_words(routine.schedule))),
        (tr("Affected side"), capital(prescription.affected(routine))),
        (tr("Issued"), prescription.day_of(routine.issued, date.min)),
        (tr("Review by"), prescription.day_of(routine.review_by, date.min)),
        (tr("Revision"), str(routine.revision)),
    )
    return tuple((name, value) for name, value in told if value)


def exercises() -> str:
    """The heading above the exercises."""
    return tr("Your exercises, in this order")


def poses(work: Work) -> tuple[str, str]:
    """What stands below the two pictures."""
    return tr("Start"), tr("Hold") if work.held else tr("End")


def dose(work: Work) -> str:
    """`3 sets of 12 reps · each side`."""
    said = f"{prescription.dose_words(work)} · {prescription.sides(work)}"
    return capital(said)


def pace(work: Work, exercise: Exercise) -> str:
    """`Open 2 s, hold 1 s, close 2 s · 45 s rest between sets`; what there is of it."""
    parts = []
    if work.self_paced:
        parts.append(tr("At your own pace"))
    elif not work.held:
        phases = (
            (StepKind.UP, work.tempo.up_s),
            (StepKind.HOLD, work.tempo.hold_s),
            (StepKind.DOWN, work.tempo.down_s),
        )
        said = ", ".join(
            f"{session.phase(kind, exercise.motion).lower()} {numbers.seconds(length)}"
            for kind, length in phases
            if length
        )
        parts.append(capital(said))
    sets = max(work.by_side[one].sets for one in work.order)
    if work.held and any(work.by_side[one].reps > 1 for one in work.order) and work.rep_rest_s:
        parts.append(tr("{seconds} between holds").format(seconds=numbers.seconds(work.rep_rest_s)))
    if work.rest_s and sets > 1:
        parts.append(tr("{seconds} rest between sets").format(seconds=numbers.seconds(work.rest_s)))
    return " · ".join(part for part in parts if part)


def load(text: str) -> str:
    """`With: red band`."""
    return tr("With: {load}").format(load=text)


def note(text: str) -> str:
    """What the physiotherapist wrote to the exercise."""
    return tr("Note: {note}").format(note=text)


def cues(exercise: Exercise) -> tuple[str, ...]:
    """How to begin, and what to look to: up to three lines."""
    of = {kind: [step.text for step in exercise.steps if step.type is kind] for kind in StepType}
    chosen = (*of[StepType.PREPARATION][:1], *of[StepType.FORM_CUE], *of[StepType.STEP])
    return chosen[:_CUES]


def stop_rule(profile: Profile) -> str:
    """When to stop an exercise; on each of them."""
    return tr("Stop this exercise if the pain rises above {n} of 10.").format(n=profile.amber_during_max)


# -- boxes to tick --------------------------------------------------------------------------------------------------


def ticking() -> str:
    """The heading above the boxes."""
    return tr("Tick each session")


def ticking_how(of: Handout) -> str:
    """How the boxes are used."""
    said = tr(
        "Tick a box for each session you did. On the line write the pain on getting up that morning, "
        "0 (none) to 10 (the worst you can imagine)."
    )
    return f"{said} {tr('Shaded days are the ones your plan names.')}" if of.routine.schedule.days else said


def week_of(first: date) -> str:
    """`23 Nov`."""
    return tr("{number} {month}").format(number=first.day, month=numbers.month(first)[:3])


def day_names(week: tuple[date, ...]) -> tuple[str, ...]:
    """The names of the days of a week, as short as a head of a column."""
    names = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
    return tuple(names[day.weekday()] for day in week)


def review_day() -> str:
    """In the box of the day of the review."""
    return tr("Review")


# -- pain -----------------------------------------------------------------------------------------------------------


def pain_heading() -> str:
    """The heading above the limits on pain."""
    return tr("How pain decides")


def pain_zones(profile: Profile) -> tuple[tuple[str, int, int, str], ...]:
    """Each zone while exercising: the token of its colour, from, to, what to do."""
    green, amber = profile.green_during_max, profile.amber_during_max
    zones = [("ok", 0, green, tr("Go on"))]
    if amber > green:
        zones.append(("amber", green + 1, amber, tr("Make it easier")))
    if amber < 10:
        zones.append(("red", max(green, amber) + 1, 10, tr("Stop this exercise")))
    return tuple(zones)


def pain_rules(profile: Profile) -> tuple[str, ...]:
    """Before, during, afterwards and next morning (clinical reference, sections 1.2.2 and 1.2.3)."""
    return tuple(_pain_rules(profile))


def _pain_rules(profile: Profile) -> Iterator[str]:
    n = profile.start_block_if_pre_gt
    yield (
        tr("Before: with a pain above {n} of 10, leave it for today.").format(n=n)
        if n
        else tr("Before: with any pain, leave it for today.")
    )
    if profile.after60_rise_max is not None and profile.after60_max:
        rise = (
            count(profile.after60_rise_max, "%n point above the pain before", "%n points above the pain before")
            if profile.after60_rise_max
            else tr("the pain before")
        )
        yield tr("An hour later: up to {rise}, and never above {most}, is fine.").format(
            rise=rise, most=profile.after60_max
        )
    elif profile.after60_max:
        yield tr("An hour later: up to {most} is fine if it has settled by the morning.").format(
            most=profile.after60_max
        )
    else:
        yield tr("An hour later: there should be no pain.")
    if profile.morning_max:
        yield tr("Next morning: as on other mornings is fine. {amber} more: stay at the same dose.").format(
            amber=count(profile.morning_amber_rise, "%n point", "%n points")
        )
        yield tr(
            "{red} more, above {most}, a limp, or being woken by the hip as you were not before: no exercise of that "
            "kind until the mornings are as before, and for 48 hours at least; then one step easier."
        ).format(red=count(profile.morning_red_rise, "%n point", "%n points"), most=profile.morning_max)
    else:
        yield tr("Next morning: any pain, a limp, or being woken by the hip: stop, and ask whoever treats you.")


def pain_source(profile: Profile) -> str:
    """Whose limits they are."""
    if profile.prescribed:
        return tr("Limits: as your routine sets them; where it says nothing, the usual ones of Rehab Coach.")
    return tr("Limits: the usual ones of Rehab Coach; your routine sets none of its own.")


# -- red flags ------------------------------------------------------------------------------------------------------


def flags_heading() -> str:
    """The heading above the red flags."""
    return tr("When to see somebody first")


def flags() -> tuple[tuple[str, str, str], ...]:
    """For each tier how soon, the signs, what to do."""
    return tuple((red_flags.tier_heading(tier), _signs(tier), red_flags.action(tier)) for tier in Tier)


def _signs(tier: Tier) -> str:
    return red_flags.signs(flag for flag in FLAGS if flag.tier is tier) + "."


# -- back into the program ------------------------------------------------------------------------------------------


def app_heading() -> str:
    """The heading above the code."""
    return tr("With Rehab Coach")


def app_words(name: str, *, coded: bool) -> tuple[str, ...]:
    """How this sheet gets into the program."""
    inside = tr(
        "This PDF carries the routine inside ({name}): open it in Rehab Coach, or drop it on the page Routines, and be "
        "guided through every rep. Nothing is sent anywhere."
    ).format(name=name)
    if coded:
        more = tr(
            "On paper: a phone's camera reads the code as one line of text that begins with REHAB1. Send it to your "
            "computer and paste it on the page Routines, or save it as a file and open that."
        )
    else:
        more = tr("The routine is too long for a code that a phone could read from paper; keep the PDF.")
    return inside, more


def limits_of_a_sheet() -> str:
    """What the sheet is not."""
    return tr("This sheet repeats your plan; it is no examination. Ask your physio if something is unclear.")


def no_picture() -> str:
    """On the card of an exercise that is not drawn."""
    return tr("Your physio shows you how")
