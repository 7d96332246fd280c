"""A routine in words: who made it, how often, what each exercise asks for, and the limits it sets."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from msgspec import UNSET, UnsetType

from coach.core.routine.dose import Sides
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import Side, SideWork, Work
from coach.core.routine.routine import BodySide, Readiness, Routine, Rules, RunPlan, RunStage, Schedule
from coach.core.routine.schedule import DAYS
from coach.words.numbers import clock, figure, seconds, short_day
from coach.words.session import side_word, tempo
from coach.words.translate import count, tr

PERCENT: Final = 100


def how_often(schedule: Schedule) -> str:
    """`3 times a week`, `every day`, `twice a day`; nothing where the routine does not say."""
    times = schedule.per_week if schedule.per_week is not UNSET else len(schedule.days)
    match times:
        case 0:
            return ""
        case 1:
            return tr("once a week")
        case 2:
            return tr("twice a week")
        case 7:
            return tr("every day")
        case 14:
            return tr("twice a day")
        case 21:
            return tr("three times a day")
        case _:
            return count(times, "%n time a week", "%n times a week")


def on_days(schedule: Schedule) -> str:
    """`Mon, Wed, Fri`; nothing where any day will do."""
    names = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
    if len(schedule.days) == len(DAYS):
        return ""
    return ", ".join(names[DAYS.index(day)] for day in schedule.days)


def schedule_words(schedule: Schedule) -> str:
    """`3 times a week, Mon, Wed, Fri`."""
    often, days = how_often(schedule), on_days(schedule)
    if often and days:
        return tr("{often}: {days}").format(often=often, days=days)
    return often or days


def day_of(text: str | UnsetType, today: date) -> str:
    """A day of a routine file, as people write it; nothing where there is none."""
    return "" if text is UNSET else short_day(date.fromisoformat(text), today)


def site(of: PainSite) -> str:
    """Where it hurts, as it is asked (clinical reference, section 0.2)."""
    return {
        PainSite.LATERAL: tr("Outer side of the hip"),
        PainSite.GROIN: tr("Front of the hip or groin"),
        PainSite.SIT_BONE: tr("Deep in the buttock, at the sit bone"),
        PainSite.LATERAL_THIGH: tr("Outer thigh, down to the knee"),
        PainSite.BACK: tr("Lower back, or tingling below the knee"),
    }[of]


def site_more(of: PainSite) -> str:
    """How a person recognises the place."""
    return {
        PainSite.LATERAL: tr("Over the bony point. Often sore to lie on."),
        PainSite.GROIN: tr("In the crease, or deep inside. Often with deep bending."),
        PainSite.SIT_BONE: tr("Low down. Often with long sitting or fast running."),
        PainSite.LATERAL_THIGH: tr("Along the outside of the thigh. Often later in a run."),
        PainSite.BACK: tr("Pain that starts in the back, or pins and needles in the lower leg."),
    }[of]


def hip(value: str) -> str:
    """The hip that hurts: `left`, `right`, `both`, `unknown`."""
    return {"left": tr("Left"), "right": tr("Right"), "both": tr("Both"), "unknown": tr("Not sure")}[value]


def sides(work: Work) -> str:
    """`each side`, `left first`, `left only`, `both`."""
    match work.sides:
        case Sides.BOTH:
            return tr("both sides at once")
        case Sides.LEFT:
            return tr("left side only")
        case Sides.RIGHT:
            return tr("right side only")
        case Sides.ALTERNATE:
            return tr("sides in turn")
        case Sides.EACH:
            return tr("each side")
        case Sides.AFFECTED_FIRST | Sides.OTHER_FIRST:
            return tr("{side} side first").format(side=side_word(work.order[0]))


def dose_words(work: Work) -> str:
    """`3 sets of 12 reps`, `3 holds of 30 s`; the two sides apart where they differ."""
    said = {one: _side_dose(work, work.by_side[one]) for one in work.order}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return " · ".join(
        tr("{side}: {dose}").format(side=side_word(one), dose=words)
        for one, words in said.items()
        if one is not Side.BOTH
    )


def _side_dose(work: Work, one: SideWork) -> str:
    if not work.held:
        reps = count(one.reps, "%n rep", "%n reps")
        return tr("{sets} of {reps}").format(sets=count(one.sets, "%n set", "%n sets"), reps=reps)
    if one.reps == 1:
        holds = count(one.sets, "%n hold", "%n holds")
        return tr("{holds} of {seconds}").format(holds=holds, seconds=seconds(one.hold_s))
    return tr("{sets} of {holds} of {seconds}").format(
        sets=count(one.sets, "%n set", "%n sets"),
        holds=count(one.reps, "%n hold", "%n holds"),
        seconds=seconds(one.hold_s),
    )


def pace_words(work: Work) -> str:
    """`tempo 2·1·2 · 45 s rest`; what there is of it."""
    parts = []
    if beat := tempo(work):
        parts.append(tr("tempo {tempo} s").format(tempo=beat))
    if work.self_paced:
        parts.append(tr("at your own pace"))
    if work.rest_s and max(work.by_side[one].sets for one in work.order) > 1:
        parts.append(tr("{seconds} rest").format(seconds=seconds(work.rest_s)))
    return " · ".join(parts)


def rules(of: Rules) -> tuple[str, ...]:
    """What the routine says about pain, a sentence each; empty where it says nothing."""
    said: list[tuple[object, Callable[[str], str]]] = [
        (of.start_block_if_pre_gt, lambda n: tr("Do not begin with a pain above {n} of 10.").format(n=n)),
        (of.pain_easier_above, lambda n: tr("Above {n} of 10: the easier variation.").format(n=n)),
        (of.pain_stop_above, lambda n: tr("Above {n} of 10: stop the exercise.").format(n=n)),
        (of.green_during_max, lambda n: tr("Up to {n} of 10 during exercise counts as fine.").format(n=n)),
        (of.amber_during_max, lambda n: tr("Above {n} of 10 during exercise counts as too much.").format(n=n)),
        (of.after60_rise_max, lambda n: tr("An hour later pain may be {n} above that before.").format(n=n)),
        (of.after60_max, lambda n: tr("Above {n} of 10 an hour later no longer counts as fine.").format(n=n)),
        (of.after_max, lambda n: tr("Above {n} of 10 right after exercise counts as too much.").format(n=n)),
        (of.morning_amber_rise, lambda n: tr("Next morning {n} above usual: the dose is repeated.").format(n=n)),
        (of.morning_red_rise, lambda n: tr("Next morning {n} above usual counts as too much.").format(n=n)),
        (of.morning_max, lambda n: tr("Above {n} of 10 the next morning counts as too much.").format(n=n)),
        (of.success_quota, lambda n: tr("Before more is asked for: {n} good sessions in a row.").format(n=n)),
        (of.success_effort_max, lambda n: tr("A session was easy enough with an effort up to {n} of 10.").format(n=n)),
        (of.success_pain_max, lambda n: tr("A session was easy enough with pain up to {n} of 10.").format(n=n)),
        (of.ambers_to_step_back, lambda n: tr("Amber sessions in a row before the dose goes down: {n}.").format(n=n)),
        (of.red_rest_h, lambda n: tr("Rest after a red session: {n} hours or more.").format(n=n)),
        (of.reds_to_rehab_only, lambda n: tr("Red days before only rehab exercises are done: {n}.").format(n=n)),
        (of.reds_to_rehab_only_days, lambda n: tr("These red days are counted within {n} days.").format(n=n)),
        (of.rehab_only_days, lambda n: tr("Then only rehab exercises for {n} days.").format(n=n)),
        (of.reds_to_refer, lambda n: tr("Red days before you are asked to see your physio: {n}.").format(n=n)),
        (of.reds_to_refer_days, lambda n: tr("Those red days are counted within {n} days.").format(n=n)),
    ]
    words = [sentence(str(number)) for number, sentence in said if number is not UNSET]
    return (*words, _profile(of.profile)) if of.profile is not UNSET else tuple(words)


def _profile(name: str) -> str:
    return {
        "strength": tr("Pain is judged by the limits for strength work."),
        "walk_run": tr("Pain is judged by the limits for walking and running."),
        "tendon": tr("Pain is judged by the limits for tendons."),
        "groin": tr("Pain is judged by the strict limits for the groin."),
    }[name]


def readiness(of: Readiness) -> tuple[str, ...]:
    """The limits for running that the routine sets itself, a sentence each; empty where it sets none."""
    limits = ((sentence, getattr(of, name)) for name, sentence in _READINESS.items())
    return (*(_limit(sentence(), value) for sentence, value in limits if value is not UNSET), *_yes_or_no(of))


def _limit(sentence: str, value: float) -> str:
    return sentence.format(n=figure(value), percent=figure(round(value * PERCENT, 1)))


def _yes_or_no(of: Readiness) -> Iterator[str]:
    if of.require_signoff is not UNSET:
        yes, no = tr("Your physio says yes before you run."), tr("No separate yes of your physio is needed.")
        yield yes if of.require_signoff else no
    if of.skip_hop is not UNSET:
        yield tr("The hop check is left out.") if of.skip_hop else tr("The hop check is done.")


_READINESS: Final[Mapping[str, Callable[[], str]]] = {
    "adl_mean_max": lambda: tr("Worst pain of the day: {n} or less on average."),
    "adl_max": lambda: tr("Worst pain of any day: {n} or less."),
    "morn_max": lambda: tr("Morning pain: {n} or less."),
    "days": lambda: tr("Looked at over the last {n} days."),
    "night_max": lambda: tr("Nights woken by the hip: {n} at most."),
    "trend_max": lambda: tr("Pain has not risen by {n} points or more."),
    "walk_min": lambda: tr("Brisk walks of {n} min."),
    "walk_pain_max": lambda: tr("Pain on these walks: {n} or less."),
    "adherence": lambda: tr("Sessions done: {percent} % of those planned."),
    "min_days": lambda: tr("Rehab for {n} days first."),
    "slb_reps": lambda: tr("Single-leg bridge: {n} on each side."),
    "abd_reps": lambda: tr("Side leg raise: {n} on each side."),
    "sp_s": lambda: tr("Side plank: {n} s on each side."),
    "plank_s": lambda: tr("Plank: {n} s."),
    "sls_reps": lambda: tr("Single-leg squat: {n} on each side."),
    "hr_reps": lambda: tr("Heel raise: {n} on each side."),
    "lsi_min": lambda: tr("The weaker side reaches {percent} % of the stronger one."),
    "hops": lambda: tr("Hops: {n}."),
    "conf_min": lambda: tr("Confidence to run: {n} of 10 or more."),
}


def run_plan(of: RunPlan) -> tuple[str, ...]:
    """What the routine sets itself of the return-to-run plan, a sentence each; empty where it sets nothing."""
    said = [
        (of.min_successes, tr("Green runs of a stage before the next one: {n}.")),
        (of.max_per_week, tr("Runs in 7 days: {n} at most.")),
        (of.min_gap_h, tr("From one run to the next: {n} hours or more.")),
        (of.start_stage, tr("It begins at stage {n}.")),
    ]
    numbers = [sentence.format(n=number) for number, sentence in said if number is not UNSET]
    if of.stages is UNSET:
        return tuple(numbers)
    return (*numbers, *(_stage(at, one) for at, one in enumerate(of.stages, 1)))


def _stage(number: int, of: RunStage) -> str:
    run, walk = clock(of.run_s), clock(of.walk_s)
    if not of.walk_s:
        return tr("Stage {n}: {reps} × {run} run.").format(n=number, reps=of.reps, run=run)
    return tr("Stage {n}: {reps} × ({run} run, {walk} walk).").format(n=number, reps=of.reps, run=run, walk=walk)


def affected(routine: Routine) -> str:
    """`left hip`, where the routine names a side."""
    if routine.affected_side is UNSET:
        return ""
    return tr("left hip") if routine.affected_side is BodySide.LEFT else tr("right hip")
