"""The return-to-run plan in words: where it stands, when the next run may be, and what was decided after each.

Nothing here says that running is safe: the log meets the criteria of a plan, and the plan goes by what is logged.
"""

from collections.abc import Iterator
from datetime import date

from coach.app.run_plan import RunPlan
from coach.core.clinical.after_plan import SHORT_MIN, Load
from coach.core.clinical.colour import Judged
from coach.core.clinical.next_run import Hold, NextRun
from coach.core.clinical.readiness import Outcome
from coach.core.clinical.run_course import GAP_BACK_DAYS, GAP_CLOSES_DAYS, Course, Decision, Rule, Step
from coach.core.clinical.run_plan import Plan, Stage
from coach.words import guidance, readiness
from coach.words.guidance import on_day
from coach.words.numbers import figure, from_today, long_day
from coach.words.translate import capital, count, lower, tr

LAST = 5
"""So many decisions are the last ones."""

# -- where it stands -------------------------------------------------------------------------------------------------


def state(of: RunPlan) -> str:
    """`Locked`, `Open`, `Rest`, `Done`: for a chip."""
    if of.blocked:
        return tr("Clinician first")
    if not of.course.open:
        return tr("Locked")
    if rests(of):
        return tr("Rest")
    return tr("Done") if of.course.done else tr("Open")


def rests(of: RunPlan) -> bool:
    """Whether a red run keeps from running: rest, a morning that is to be calm, a week of rehab exercises."""
    if of.next is None:
        return False
    resting = {Hold.RED_REST, Hold.REHAB_ONLY}
    return of.next.waits_for_morning is not None or not resting.isdisjoint(of.next.holds)


def title(of: RunPlan) -> str:
    """The heading of the screen once the plan is open."""
    if of.course.done:
        return tr("Running again: the plan is done")
    return tr("Running again: stage {n} of {last}").format(n=of.course.stage, last=of.course.plan.last)


def below(of: RunPlan) -> str:
    """The line below that heading."""
    if of.course.since is not None and of.course.valid_until is not None:
        return tr("Your log met every criterion on {day}. That holds until {until}.").format(
            day=long_day(of.course.since), until=long_day(of.course.valid_until)
        )
    own = of.course.plan.prescribed
    return (
        tr("Your log decides; your physio's file sets the stages or their numbers.")
        if own
        else tr("Your log decides after each run; the stages and numbers are the usual ones of this program.")
    )


def standing(of: RunPlan) -> str:
    """`Stage 3 of 12.`: for a small card."""
    return tr("Stage {n} of {last}.").format(n=of.course.stage, last=of.course.plan.last)


def heading(of: RunPlan) -> str:
    """What stands over the bars: what the plan is while it is locked, else where it stands."""
    course = of.course
    if not course.open:
        return readiness.plan_heading(course.plan.stages, course.plan.max_per_week)
    if course.done:
        return tr("Stage {n} of {last} is done: you have gone through the plan.").format(
            n=course.stage, last=course.plan.last
        )
    return tr("Stage {n} of {last}. Green runs of it: {green} of {needed}.").format(
        n=course.stage, last=course.plan.last, green=course.successes, needed=course.needed
    )


def interval(of: Stage) -> str:
    """`6 × (1.5 min run, 3.5 min walk)`."""
    run, walk = figure(round(of.run_min, 2)), figure(round(of.walk_min, 2))
    if not of.walk_min:
        once = tr("{run} min of running without a break").format(run=run)
        return once if of.reps == 1 else tr("{reps} × {run} min run").format(reps=of.reps, run=run)
    return tr("{reps} × ({run} min run, {walk} min walk)").format(reps=of.reps, run=run, walk=walk)


def stage(of: Stage) -> str:
    """`Stage 3: 6 × (1.5 min run, 3.5 min walk), 9 min of running in all`."""
    said = tr("Stage {n}: {interval}").format(n=of.number, interval=interval(of))
    if of.reps == 1:
        return said
    return tr("{stage}, {all} min of running in all").format(stage=said, all=figure(round(of.running_min, 2)))


def bar(of: Stage, course: Course) -> str:
    """A stage as a screen reader says it, with what it is now."""
    if course.open and of.number == course.stage:
        return tr("{stage}. The plan stands here.").format(stage=stage(of))
    return stage(of)


# -- the next run ----------------------------------------------------------------------------------------------------


def next_line(of: RunPlan) -> str:
    """`Next run: stage 3, 6 × (1.5 min run, 3.5 min walk), from Thursday 26 November.`; or why there is none."""
    if of.blocked:
        return tr("No run until a clinician has looked.")
    if of.next is None:
        return tr("No run yet: the plan opens when every criterion is met.")
    what = tr("stage {n}, {interval}").format(n=of.next.stage.number, interval=interval(of.next.stage))
    return tr("Next run: {what}, {when}.").format(what=what, when=_when(of, of.next))


def _when(plan: RunPlan, of: NextRun) -> str:
    day = long_day(of.day) if plan.past else _day(of.day, plan.course.on)
    on = plan.course.on
    if of.waits_for_morning is not None:
        calm = tr("after a morning with pain of {pain} or less").format(pain=figure(of.waits_for_morning))
        calm = calm if of.waits_for_morning > 0 else tr("after a morning without pain")
        if of.day <= on:
            return calm
        return tr("from {day}, {calm}").format(day=day, calm=calm)
    if of.not_before is not None:
        return tr("from {day} at {time}").format(day=day, time=f"{of.not_before:%H:%M}")
    return tr("from {day}").format(day=day) if of.day > on or plan.past else tr("today if you like")


def _day(day: date, on: date) -> str:
    return from_today(day, on) if (day - on).days <= 1 else long_day(day)


def next_why(of: RunPlan) -> str:
    """What sets that day, and what a run is like; nothing where there is no next run."""
    if of.next is None:
        return _locked_why(of)
    return " ".join((*_holds(of.next, of.course.plan), *_about(of.course)))


def _locked_why(of: RunPlan) -> str:
    if of.blocked or of.verdict.outcome is Outcome.MET:
        return ""
    return layoff(of.course)


def _holds(of: NextRun, plan: Plan) -> Iterator[str]:
    for hold in of.holds:
        match hold:
            case Hold.GAP:
                yield tr("From one run to the next there are {hours} hours.").format(hours=plan.min_gap_h)
            case Hold.WEEK:
                yield count(plan.max_per_week, "%n run in 7 days is the most.", "%n runs in 7 days are the most.")
            case Hold.RED_REST:
                yield tr("After a red one comes rest.")
            case Hold.MORNING:
                yield tr("The morning check-in will tell when the hip has settled.")
            case Hold.REHAB_ONLY:
                yield tr("After two red days there are only rehab exercises for a while. Please talk to your physio.")


def _about(of: Course) -> Iterator[str]:
    if not of.begun:
        if of.valid_until is not None:
            yield tr("The criteria hold until {day}: a run by then begins the plan.").format(
                day=long_day(of.valid_until)
            )
        said = layoff(of)
        if said:
            yield said
    yield tr("5 minutes of walking before and after; flat, and so easy that you can talk.")
    yield tr("Keep up your exercises two or three times a week; no hard strength on the day before a new stage.")


def layoff(of: Course) -> str:
    """Why the plan begins where it does."""
    if of.plan.start_stage is not None:
        return tr("Your plan begins at stage {n}, as your physio's file says.").format(n=of.stage)
    if of.layoff_days is None:
        return tr("How long you have not run is not in the log, so the plan begins at stage 1.")
    return tr("After {days} without running that counts, the plan begins at stage {n}.").format(
        days=count(of.layoff_days, "%n day", "%n days"), n=of.stage
    )


# -- what was decided ------------------------------------------------------------------------------------------------


def decision(of: Decision) -> str:
    """What was decided, in a few words: `Advanced to stage 3`."""
    match of.step:
        case Step.OPENED:
            return tr("Opened at stage {n}").format(n=of.to)
        case Step.ADVANCED:
            return tr("Advanced to stage {n}").format(n=of.to)
        case Step.HELD:
            return tr("Held at stage {n}").format(n=of.to)
        case Step.STEPPED_BACK | Step.GAP:
            return tr("Stepped back to stage {n}").format(n=of.to)
        case Step.WAITING:
            return tr("Waits for the next morning")
        case Step.CLOSED:
            return tr("Closed")
        case Step.NOT_COUNTED:
            return tr("Not counted")


def colour(of: Decision) -> str:
    """`green`; empty where no run was judged."""
    return "" if of.colour is None else guidance.colour(of.colour)


def no_colour(of: Decision) -> str:
    """What stands in place of a colour: `waits`, `plan`."""
    return tr("waits", "for the next morning") if of.step is Step.WAITING else tr("plan", "not a run")


def why(of: Decision, needed: int) -> str:  # one sentence for each rule
    """Why, in one sentence."""
    match of.rule:
        case Rule.CRITERIA_MET:
            return tr("Your log met every criterion that your plan sets.")
        case Rule.SUCCESSES:
            return count(of.count, "%n green run of the stage.", "%n green runs of the stage.")
        case Rule.GREEN:
            return tr("Green: {n} of {needed} runs of this stage.").format(n=of.count, needed=needed)
        case Rule.LAST_STAGE:
            return tr("Green at the last stage: the plan is done.")
        case Rule.STAGE_PACE:
            return tr("Green; at most 1 stage up in 3 days, and 2 in 7.")
        case Rule.FROZEN:
            return tr("Green; the stage stays for this week.")
        case Rule.OTHER_STAGE:
            return tr("Green, but stage {n} was not the one of the plan; it is told and does not count.").format(
                n=of.stage
            )
        case Rule.BROKEN_OFF:
            return tr("Green, but shorter than the stage: it does not count yet.")
        case Rule.SAME_DAY:
            return tr("Green, and the second of this day: one counts.")
        case Rule.TOO_SOON:
            return tr("Green, but too soon after the run before, or in a rest: it does not count.")
        case Rule.TOO_MUCH:
            return tr("Green, but with far more running than the stage has: it does not count.")
        case Rule.AMBER:
            return _with(tr("Amber holds the stage."), of.run)
        case Rule.NO_ANSWER:
            return _with(tr("An answer is missing, so the stage stays."), of.run)
        case Rule.AMBERS:
            return _with(count(of.count, "Amber %n time in a row.", "Amber %n times in a row."), of.run)
        case Rule.RED:
            return _with(tr("Red: rest, then a step back."), of.run)
        case Rule.REDS:
            return _with(tr("Red on {n} days within two weeks. Please talk to your physio.").format(n=of.count), of.run)
        case Rule.REDS_REFER:
            said = tr("Red on {n} days within four weeks. Please see your physio or doctor.")
            return _with(said.format(n=of.count), of.run)
        case Rule.GROIN_SIGN:
            return _with(tr("With groin pain please see your physio or doctor about it."), of.run)
        case Rule.PENDING:
            return tr("The pain of the morning after decides.")
        case Rule.ALARM:
            return tr("Your morning pain lay clearly above the three weeks before, three days in a row.")
        case Rule.GAP:
            return _since_the_last(of, GAP_BACK_DAYS)
        case Rule.GAP_CLOSES:
            return tr("{gap} The criteria are looked at again.").format(gap=_since_the_last(of, GAP_CLOSES_DAYS))
        case Rule.EXPIRED:
            return tr("Nobody ran within 7 days of the criteria being met; they are looked at again.")
        case Rule.WITHDRAWN:
            return tr("Before the first run something in your log came to speak against a criterion.")
        case Rule.NOT_OPEN:
            return tr("The plan was not open: a run does not open it and does not advance it.")
        case Rule.RED_FLAG:
            return tr("A red flag stood on that day.")


def _since_the_last(of: Decision, most: int) -> str:
    """`11 days since the last run, more than 10.`: the days as the rule counts them."""
    since = count(of.count, "%n day since the last run", "%n days since the last run")
    return tr("{since}, more than {most}.").format(since=since, most=most)


def _with(said: str, run: Judged | None) -> str:
    """The sentence, and what was logged: `Amber holds the stage: pain 3 while doing it (fine up to 2).`"""
    told = "" if run is None else guidance.reasons(run)
    return said if not told else tr("{said} {reasons}.").format(said=said, reasons=capital(told))


def when(of: Decision, plan: RunPlan) -> str:
    """`Yesterday`, `On Monday`; of a plan of a day that has passed the day itself: `Monday 23 November`."""
    return long_day(of.on) if plan.past else capital(on_day(of.on, plan.course.on))


def line(of: Decision, plan: RunPlan) -> str:
    """A decision on a line: `Thursday 19 November, stage 2, green: advanced to stage 3. 2 green runs of the stage.`"""
    parts = [when(of, plan)]
    if of.run is not None:
        parts.append(tr("stage {n}").format(n=of.stage))
    if said := colour(of):
        parts.append(said)
    what = decision(of)
    return tr("{when}: {what}. {why}").format(when=", ".join(parts), what=lower(what), why=why(of, plan.course.needed))


def nothing_yet(of: Course) -> str:
    """What will stand where there is no decision yet."""
    if of.open:
        return tr("After each run stands here how it was borne, and whether the plan goes on, holds or steps back.")
    return tr("Once the plan is open, each run and what follows from it stands here.")


# -- after the last stage --------------------------------------------------------------------------------------------


def after(of: Load) -> tuple[str, ...]:
    """How much more is little more, as advice."""
    said: list[str] = []
    if of.longest_min is not None and of.next_min is not None:
        more = tr("3 min more") if of.longest_min < SHORT_MIN else tr("a tenth more")
        said.append(
            tr("The next run: up to {most} min, {more} than the longest of the last 30 days.").format(
                most=figure(int(of.next_min)), more=more
            )
        )
    if of.risen_fast and of.two_weeks_most is not None:
        said.append(
            tr(
                "The last two weeks held {now} min of running, the two before {before}. This project's own limit would "
                "be {most}."
            ).format(now=round(of.two_weeks_min), before=round(of.before_min), most=int(of.two_weeks_most))
        )
    said.append(tr("One thing at a time: how often, then how long, then speed and hills."))
    said.append(tr("Experts often advise 20 to 30 % less every fourth week; that was not tested."))
    return tuple(said)


# -- whole -----------------------------------------------------------------------------------------------------------


def told(of: RunPlan) -> str:
    """Where the plan stands and what it last decided, for paper; nothing while it is locked."""
    course = of.course
    if not course.open:
        return ""
    last = line(course.decisions[-1], of) if course.decisions else ""
    return " ".join(filter(None, (tr("Return-to-run plan: {where}").format(where=heading(of)), last)))


def whole(of: RunPlan) -> str:
    """Where it stands and what is next, as running text."""
    if not of.course.open:
        return tr("The plan is locked. {verdict}").format(verdict=readiness.whole(of.verdict))
    return " ".join(filter(None, (heading(of), next_line(of), next_why(of))))
