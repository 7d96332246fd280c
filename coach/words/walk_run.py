"""A guided walk/run in words: what is said, shown and asked. Lengths as people say them: one and a half minutes."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from coach.core.clinical.red_flags import BY_NAME
from coach.core.clinical.self_tests import GROIN_FLAG
from coach.core.session import sayings
from coach.core.session.engine import Phase
from coach.core.session.walk_run import RUN, Part, RunDone, intervals, part
from coach.words import guidance, red_flags
from coach.words.numbers import clock, figure, spoken, spoken_seconds
from coach.words.translate import capital, count, tr

if TYPE_CHECKING:
    from coach.app.training import Broken
    from coach.app.walk_run import BrokenRun
    from coach.core.clinical.colour import Judged
    from coach.core.clinical.pain import Advice
    from coach.core.clinical.run_plan import Stage
    from coach.core.routine.plan import Step

_MINUTE_S = 60
_HALF_S = 30

# -- what is said ---------------------------------------------------------------------------------------------------


def said(saying: sayings.RunSaying) -> tuple[str, ...]:
    """What the voice says, the full sentence first, shorter ones after it for when there is less room."""
    match saying:
        case sayings.SayPart():
            return _part(saying)
        case sayings.SaySoon(seconds=seconds):
            return (tr("Run in {number} seconds.").format(number=spoken(seconds)), tr("Run soon."))
        case sayings.SayToGo(minutes=minutes):
            return (tr("{number} minutes to go").format(number=spoken(minutes)),)
        case sayings.SayNoted(pain=pain):
            return (tr("Pain {number}, noted.").format(number=spoken(pain)), tr("Noted."))
        case sayings.SayRunDone():
            return (tr("Well done. That was your run. Tell me how it was."), tr("Well done."))


def _part(saying: sayings.SayPart) -> tuple[str, ...]:
    long = f"{capital(spoken_minutes(saying.seconds))}."
    match saying.part:
        case Part.WARM_UP:
            return (tr("Warm up. Walk. {long}").format(long=long), tr("Walk."))
        case Part.COOL_DOWN:
            return (
                tr("Well done. Cool down. Walk. {long}").format(long=long),
                tr("Cool down. Walk."),
                tr("Walk."),
            )
        case Part.WALK:
            return (tr("Walk. {long}").format(long=long), tr("Walk."))
        case Part.RUN:
            run = tr("Run. {long}").format(long=long)
            return (f"{run} {_which(saying)}".strip(), run, tr("Run."))


def _which(saying: sayings.SayPart) -> str:
    """`Three of six.`, `Last one.`; nothing where there is one run only."""
    if saying.intervals == 1:
        return ""
    if saying.interval == saying.intervals:
        return tr("Last one.")
    return capital(tr("{number} of {all}.").format(number=spoken(saying.interval), all=spoken(saying.intervals)))


def spoken_minutes(seconds: float) -> str:
    """`five minutes`, `one and a half minutes`, `half a minute`; what is neither whole nor half in seconds too."""
    minutes, rest = divmod(round(seconds), _MINUTE_S)
    if rest == _HALF_S:
        if minutes == 0:
            return tr("half a minute")
        return tr("{number} and a half minutes").format(number=spoken(minutes))
    return spoken_seconds(seconds)


# -- what broke off -------------------------------------------------------------------------------------------------


def broken(run: "BrokenRun") -> "Broken":
    """What the offer to go on says: stage, interval, and whether one was walking or running."""
    from coach.app.training import Broken  # only where one broke off

    s, stage = run.session, run.begun.stage
    if s.phase is Phase.DONE:
        return Broken(run.begun.uid, over(stage), run.begun.began, "", None, None, 0.0, can_go_on=True, logged=False)
    here = place(part(s.steps, s.index), s.step.set or 0, intervals(s.steps))
    named = tr("{title} · {place}").format(title=title(stage), place=here)
    left = s.left_in_all(s.seen)
    return Broken(
        run.begun.uid, named, run.begun.began, s.step.exercise, None, None, left, can_go_on=True, logged=False
    )


def over(stage: "Stage") -> str:
    """`Walk/run, stage 3: how was it?`."""
    return tr("{title}: how was it?").format(title=title(stage))


# -- what is shown --------------------------------------------------------------------------------------------------


def title(stage: "Stage") -> str:
    """`Walk/run, stage 3`."""
    return tr("Walk/run, stage {number}").format(number=stage.number)


def stage(of: "Stage") -> str:
    """`Stage 3`."""
    return tr("Stage {number}").format(number=of.number)


def plan(stage: "Stage") -> str:
    """`6 × run 1.5 min, walk 3.5 min`."""
    run = tr("run {minutes} min").format(minutes=figure(stage.run_min))
    walk = tr("walk {minutes} min").format(minutes=figure(stage.walk_min))
    once = f"{run}, {walk}" if stage.walk_min > 0 else run
    return once if stage.reps == 1 else f"{stage.reps} × {once}"


def before(stage: "Stage", around_min: float, whole_s: float) -> str:
    """What is ahead, in the words of the page before it."""
    said = tr("{plan}, with {around} min of walking before and after: {whole} min in all. Easy enough to talk.")
    return said.format(plan=capital(plan(stage)), around=figure(around_min), whole=figure(round(whole_s / _MINUTE_S)))


def paused(of: Part) -> str:
    """Below the time that stands still."""
    return tr("of running to go") if of is Part.RUN else tr("of walking to go")


def soon(of: Part) -> str:
    """Below 3, 2, 1."""
    return tr("then run") if of is Part.RUN else tr("then walk")


def phase(of: Part) -> str:
    """The word in the ring."""
    return tr("Run") if of is Part.RUN else tr("Walk")


def place(of: Part, interval: int, intervals: int) -> str:
    """`Interval 3 of 6`, `Warm-up`."""
    if of is Part.WARM_UP:
        return tr("Warm-up")
    if of is Part.COOL_DOWN:
        return tr("Cool-down")
    if intervals == 1:
        return tr("One run")
    return tr("Interval {number} of {all}").format(number=interval, all=intervals)


def place_from_far(of: Part, interval: int, intervals: int) -> str:
    """`3 of 6`: the same for four metres, where every word costs size."""
    if of in (Part.WARM_UP, Part.COOL_DOWN) or intervals == 1:
        return place(of, interval, intervals)
    return tr("{number} of {all}").format(number=interval, all=intervals)


def last(of: Part, interval: int, intervals: int) -> str:
    """`Last one`, on a chip; nothing elsewhere."""
    return tr("Last one") if of is Part.RUN and interval == intervals > 1 else ""


def next_up(steps: "tuple[Step, ...]", index: int) -> str:
    """`Walk 3:30, then run 1:30`."""
    named = [_lower_part(steps, at) for at in range(index + 1, min(index + 3, len(steps)))]
    if not named:
        return tr("The end of the run")
    return capital(tr(", then ").join(named))


def _lower_part(steps: "tuple[Step, ...]", at: int) -> str:
    time = clock(steps[at].duration_s)
    if part(steps, at) is Part.COOL_DOWN:
        return tr("cool-down {time}").format(time=time)
    return (tr("run {time}") if steps[at].exercise == RUN else tr("walk {time}")).format(time=time)


def hint(of: Part, turn: int) -> str:
    """One word of advice at a time."""
    run = (tr("Easy: you could talk in whole sentences."), tr("Light and quiet."), tr("Stop if it makes you limp."))
    walk = (tr("Let the breath come down."), tr("Walk tall, arms loose."))
    warm = (tr("Walk easily and warm up."), tr("Walk tall, arms loose."))
    cool = (tr("Walk it off, slower and slower."), tr("Walk tall, arms loose."))
    words = {Part.RUN: run, Part.WALK: walk, Part.WARM_UP: warm, Part.COOL_DOWN: cool}[of]
    return words[turn % len(words)]


def ask_on_the_way() -> str:
    """Asks how the run was, once it is over, where it can be left unanswered."""
    return tr("Pain on that run? Press 0 to 9, X for ten.")


def noted(advice: "Advice") -> str:
    """What was answered on the way is noted."""
    if advice.pain > advice.limits.easier_above:
        said = tr("Pain {pain} is noted. It may not get worse: above {limit} you stop.")
        return said.format(pain=advice.pain, limit=advice.limits.stop_above)
    return tr("Pain {pain} is noted.").format(pain=advice.pain)


def hurts(advice: "Advice", *, running: bool) -> str:
    """What the limits say to a pain on the way, and why."""
    limits = advice.limits
    if advice.pain > limits.stop_above:
        stop = tr("your plan says: stop above {limit}") if limits.prescribed else tr("the limit is {limit}")
        said = tr("That is too much: {rule}. Stop now. Walk home gently, or not at all if walking hurts as well.")
        return said.format(rule=stop.format(limit=limits.stop_above))
    if advice.pain > limits.easier_above:
        said = tr("Acceptable if it settles and stays at {limit} or less.").format(limit=limits.stop_above)
        return f"{said} {tr('Walk until the next run.')}" if running else said
    return tr("That is within the limits. Go on if you feel well with it.")


# -- afterwards -----------------------------------------------------------------------------------------------------


def came_to(done: RunDone) -> str:
    """What it came to, in a sentence."""
    if done.ran_s <= 0:
        return tr("{time} of walking; nothing was run.").format(time=clock(done.walked_s))
    said = tr("{ran} of running, {walked} of walking.")
    came = said.format(ran=clock(done.ran_s), walked=clock(done.walked_s))
    if done.whole:
        return came
    return tr("{came} It was not the whole stage.").format(came=came)


def lines(done: RunDone, stage: "Stage", peak: int, now: int) -> tuple[tuple[str, str], ...]:
    """The summary, line by line."""
    of = tr("{done} of {all}").format(done=done.runs, all=count(done.planned, "%n run", "%n runs"))
    ran = tr("{ran} of {planned}").format(ran=clock(done.ran_s), planned=clock(stage.running_min * _MINUTE_S))
    return (
        (tr("Runs done in full"), of),
        (tr("Running"), ran),
        (tr("Walking"), clock(done.walked_s)),
        (tr("Worst pain"), tr("{number} of 10").format(number=peak)),
        (tr("Pain now"), tr("{number} of 10").format(number=now)),
    )


def ended(done: RunDone) -> str:
    """The heading of what comes after."""
    return tr("Well done.") if done.whole else tr("Run ended.")


def groin_advice() -> str:
    """What follows pain in the groin on a run: not again, and whom to see."""
    advice = red_flags.advice(BY_NAME[GROIN_FLAG])
    return tr("There was pain in the groin: do not run again before it was looked at. {advice}").format(advice=advice)


def blocked() -> str:
    """Why there is no run while a red flag stands."""
    return tr("A warning sign stands in your log. Have it looked at first; Today says by whom, and how soon.")


def colour_so_far(of: "Judged", today: date) -> str:
    """`Run today: amber, pain 3 while doing it (fine up to 2); the next morning will tell.`"""
    from coach.core.clinical.colour import Sign

    known = tuple(reason for reason in of.reasons if reason.sign is not Sign.NO_MORNING)
    return f"{guidance.bout(replace(of, reasons=known) if of.pending and known else of, today)}."


def not_today() -> str:
    """After too much, where the plan itself would not keep from a run today."""
    return tr("Leave running for today, and see how it is tomorrow morning.")


def too_short() -> tuple[str, str]:
    """It was over within a minute."""
    return tr("That was less than a minute"), tr("Nothing is recorded.")


def after() -> str:
    """When the app asks again."""
    return tr("In an hour the app asks how the hip is. Tomorrow morning it asks about your first steps.")
