"""A session in words: what is shown of a step, what is said at a cue."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from coach.core.routine.exercise import Exercise, Motion
from coach.core.routine.plan import Side, SideWork, Step, StepKind, Work
from coach.words.numbers import figure, seconds, spoken, spoken_reps, spoken_seconds
from coach.words.translate import capital, lower, tr

if TYPE_CHECKING:
    from coach.core.clinical.pain import Beginning
    from coach.core.session.cues import Saying, SayReady

# What an ordinary voice needs: measured with espeak-ng at its default rate, per character and to get going.
_CHARACTER_S = 0.062
_GOING_S = 0.25


def phase(kind: StepKind, motion: Motion = Motion.RAISE) -> str:
    """The word in the ring: a squat goes down first, a clamshell opens and closes."""
    if kind in (StepKind.UP, StepKind.DOWN):
        first, last = {
            Motion.RAISE: (tr("Up"), tr("Down")),
            Motion.LOWER: (tr("Down"), tr("Up")),
            Motion.OPEN: (tr("Open"), tr("Close")),
            Motion.OUT: (tr("Out"), tr("In")),
            Motion.EFFORT: (tr("Go"), tr("Settle")),
        }[motion]
        return first if kind is StepKind.UP else last
    words = {
        StepKind.PREPARE: tr("Get ready"),
        StepKind.HOLD: tr("Hold"),
        StepKind.REST: tr("Rest"),
        StepKind.SWITCH: tr("Switch sides"),
    }
    return words[kind]


def side(of: Side | None) -> str:
    """`LEFT side`, loud enough to be read from the mat; nothing where both work."""
    if of is Side.LEFT:
        return tr("LEFT side")
    return tr("RIGHT side") if of is Side.RIGHT else ""


def side_word(of: Side) -> str:
    """`left`."""
    return {Side.LEFT: tr("left"), Side.RIGHT: tr("right"), Side.BOTH: tr("both sides")}[of]


def name(exercise: str, known: Mapping[str, Exercise]) -> str:
    """The name of an exercise; its id where the library does not know it."""
    found = known.get(exercise)
    return found.name if found else exercise.replace("_", " ").capitalize()


def tempo(work: Work) -> str:
    """`2·1·2`; nothing for a hold."""
    if work.held or work.self_paced:
        return ""
    return "·".join(figure(part) for part in (work.tempo.up_s, work.tempo.hold_s, work.tempo.down_s))


def dose(work: Work) -> str:
    """`3 × 12`, `3 × 30 s`, `2 × 5 × 10 s`, with `/ side` where one side works at a time."""
    doses = {_side_dose(work, work.by_side[one]) for one in work.order}
    if len(doses) > 1:
        return " · ".join(f"{side_word(one)} {_side_dose(work, work.by_side[one])}" for one in work.order)
    said = doses.pop()
    one_sided = len(work.order) > 1 or work.order[0] is not Side.BOTH
    return tr("{dose} / side").format(dose=said) if one_sided or work.sides == "alternate" else said


def _side_dose(work: Work, one: SideWork) -> str:
    if not work.held:
        return f"{one.sets}×{one.reps}"
    reps = f"{one.reps}×" if one.reps > 1 else ""
    return f"{one.sets}×{reps}{seconds(one.hold_s)}"


def next_up(steps: tuple[Step, ...], index: int, known: Mapping[str, Exercise]) -> str:
    """What comes after this set, rest or side: `Rest 45 s, then clamshell RIGHT`."""
    from coach.core.session.engine import block_starts  # 45 ms that `coach plan` does without

    parts: list[str] = []
    for at in range(index + 1, len(steps)):
        step = steps[at]
        if not block_starts(steps, at):
            continue
        if step.kind is StepKind.REST:
            parts.append(tr("Rest {seconds}").format(seconds=seconds(step.duration_s)))
        elif step.kind is StepKind.SWITCH:
            parts.append(tr("Switch sides"))
        else:
            what = name(step.exercise, known)
            sided = f" {side_word(step.side).upper()}" if step.side in (Side.LEFT, Side.RIGHT) else ""
            parts.append((lower(what) if parts else what) + sided)
            break
    return tr(", then ").join(parts) if parts else tr("The end of the session")


def coming(steps: tuple[Step, ...], index: int) -> Step | None:
    """The first step of the work that `next_up` ends with; None at the end of the session."""
    from coach.core.session.engine import block_starts  # as above

    after = (at for at in range(index + 1, len(steps)) if block_starts(steps, at))
    return next((steps[at] for at in after if steps[at].kind not in (StepKind.REST, StepKind.SWITCH)), None)


def said(saying: "Saying", known: Mapping[str, Exercise]) -> tuple[str, ...]:
    """What the voice says, the full sentence first, shorter ones after it for when there is less room."""
    from coach.core.session import cues, sayings  # as above

    match saying:
        case cues.SayReady():
            return _ready(saying, known)
        case cues.SayNumber(number=number):
            return (spoken(number),)
        case cues.SayTurn(side=turn):
            return (side_word(turn),)
        case cues.SayHalfway():
            return (tr("halfway"),)
        case cues.SaySwitch(side=to):
            return (
                tr("Switch sides. {side} side.").format(side=side_word(to).capitalize()),
                tr("{side} side.").format(side=side_word(to).capitalize()),
            )
        case cues.SayRest(seconds=length, rep=rep, side=then):
            rest = tr("Rest. {seconds}.").format(seconds=spoken_seconds(length).capitalize())
            first = f"{spoken(rep).capitalize()}. {rest}" if rep else rest
            last = tr("Then {side} side.").format(side=side_word(then)) if then else ""
            return (f"{first} {last}".strip(), rest, tr("Rest."))
        case cues.SayDone(well_done=False):
            return (tr("That was your session."),)
        case cues.SayDone():
            return (tr("Well done. That was your session."), tr("Well done."))
        case sayings.SayPart() | sayings.SaySoon() | sayings.SayToGo() | sayings.SayNoted() | sayings.SayRunDone():
            from coach.words import walk_run  # as above

            return walk_run.said(saying)
        case _:
            from coach.words import testing  # as above

            return testing.said(saying, known)


def fitting(saying: "Saying", known: Mapping[str, Exercise], room_s: float, rate: float = 0.0) -> str | None:
    """The fullest sentence that is over before the next cue, or None: the voice never talks over one."""
    return next((text for text in said(saying, known) if speaking_s(text, rate) <= room_s), None)


def speaking_s(text: str, rate: float = 0.0) -> float:
    """About how long an ordinary voice needs; `rate` from -1 (slow) to 1 (fast) as the speech engine has it."""
    return _GOING_S + len(text) * _CHARACTER_S * math.pow(2.0, -rate)


def _ready(saying: "SayReady", known: Mapping[str, Exercise]) -> tuple[str, ...]:
    exercise = known.get(saying.exercise)
    what = exercise.said() if exercise else name(saying.exercise, known)
    if saying.side in (Side.LEFT, Side.RIGHT):
        what = tr("{exercise}, {side} side").format(exercise=what, side=side_word(saying.side))
    amount = ""
    if saying.hold_s is not None:
        hold = tr("hold {seconds}").format(seconds=spoken_seconds(saying.hold_s))
        many = saying.reps if saying.reps and saying.reps > 1 else 0
        amount = tr("{reps}, {hold} each.").format(reps=spoken_reps(many), hold=hold) if many else f"{hold}."
        amount = capital(amount)
    elif saying.reps:
        amount = f"{spoken_reps(saying.reps).capitalize()}."
    begin = tr("Well done. Next: {exercise}.") if saying.well_done else "{exercise}."
    opening = begin.format(exercise=what if saying.well_done else capital(what))
    short = f"{capital(what)}."
    ready = tr("Get ready.")
    return (f"{opening} {amount} {ready}".replace("  ", " "), f"{short} {amount}".strip(), short, ready)


def too_much_to_begin(limit: "Beginning") -> str:
    """Why a session does not begin at this pain, and what to do."""
    rule = tr("your plan says not to begin above {limit}") if limit.prescribed else tr("the limit is {limit}")
    said = tr("That is too much to begin with: {rule}. Leave it for today, and see how it is tomorrow morning.")
    return said.format(rule=rule.format(limit=limit.up_to))
