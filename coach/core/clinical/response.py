"""What follows from green, amber and red, for one kind of loading (clinical reference, section 1.2.3, [ours]).

Nothing is remembered but the log: how far the dose stands below the prescribed one, or above it, is counted anew from
the first bout on, so the same log gives the same answer. It rises above what is prescribed only by the steps that the
routine file allows, one at a time; without any, that more may be tried is only said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest

from msgspec import UNSET, Struct, structs

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.colour import Colour, Judged, Sign
from coach.core.clinical.profiles import ProfileName
from coach.core.routine.routine import Rules

DAY = timedelta(days=1)
MOST_STEPS = 3
"""[ours] Two for two reds, and one for what came before; below that a physio should look, not a formula."""


class Actions(Struct, frozen=True):
    """The numbers of the action part; a routine file may set each."""

    success_quota: int = 2
    """4.1.6 and 3.2.1: so many successes in a row before the next step."""
    success_effort_max: int = 6
    success_pain_max: int = 2
    """4.1.6: RPE and pain up to which a session was easy enough to do more."""
    ambers_to_step_back: int = 2
    red_rest_h: int = 48
    reds_to_rehab_only: int = 2
    reds_to_rehab_only_days: int = 14
    rehab_only_days: int = 7
    reds_to_refer: int = 3
    reds_to_refer_days: int = 28


def actions(rules: Rules) -> Actions:
    """The numbers under the rules of a routine file."""
    own = {name: getattr(rules, name) for name in Actions.__struct_fields__}
    return structs.replace(Actions(), **{name: value for name, value in own.items() if value is not UNSET})


class Step(StrEnum):
    """What comes next for this kind of loading; the later, the graver."""

    PROGRESS = "progress"
    """The success quota is met: the next step that the physio allows, or else the next phase may be asked for."""
    REPEAT = "repeat"
    STEP_BACK = "step_back"
    REST = "rest"
    REHAB_ONLY = "rehab_only"
    REFER = "refer"


SEVERITY = tuple(Step)


class Cause(StrEnum):
    """The rule that led there: its id."""

    NOTHING_YET = "nothing_yet"
    QUOTA_MET = "quota_met"
    GREEN = "green"
    """Green, and not yet often enough for more."""
    RETURNED = "returned"
    """Green often enough to come one step back up."""
    RAISED = "raised"
    """Easy often enough, at the dose of this step, for the next one that the physio allows."""
    AMBER = "amber"
    AMBERS = "ambers"
    RED = "red"
    REDS = "reds"
    """Two in 14 days."""
    REDS_REFER = "reds_refer"
    """Three in 28 days."""
    GROIN_SIGN = "groin_sign"
    """Red by a limp or by a new night waking under the strict profile: 1.2.2, last column."""
    ALARM = "alarm"
    FROZEN = "frozen"
    """Silent: noise alone causes it in half of all flat weeks."""


@dataclass(frozen=True, slots=True)
class Why:
    """A rule that applied, and the bouts that it speaks of, the newest last."""

    cause: Cause
    bouts: tuple[Judged, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Allowed:
    """The steps above its dose that a routine file allows."""

    prescription: str
    """Which prescription: a bout that was done under another one earns nothing here."""
    steps: int


NOTHING_MORE = Allowed("", 0)


@dataclass(frozen=True, slots=True)
class Response:
    """What the log asks for before the next bout of one kind.

    `back` steps below the prescribed dose is the next one, or `up` steps above it: one of the two is 0. After a red one
    nothing is done before the day `until`, if it is still to come, and not before a morning with at most
    `waits_for_morning` pain. No running, and no walk as training, before `rehab_only_until`.
    """

    kind: BoutKind
    step: Step
    back: int
    reasons: tuple[Why, ...]
    since: date | None = None
    until: date | None = None
    waits_for_morning: float | None = None
    rehab_only_until: date | None = None
    up: int = 0

    @property
    def rests(self) -> bool:
        """Whether nothing of this kind is done today."""
        return self.until is not None or self.waits_for_morning is not None


def respond(
    kind: BoutKind,
    judged: Iterable[Judged],
    mornings: Mapping[date, int],
    on: date,
    *,
    rules: Rules = Rules(),  # noqa: B008 # frozen
    allowed: Allowed = NOTHING_MORE,
    frozen: bool = False,
    alarm: bool = False,
) -> Response:
    """What follows for one kind on a day. `frozen` and `alarm` are the weekly and the three-day rule on mornings."""
    of = actions(rules)
    bouts = tuple(one for one in judged if one.bout.kind is kind and one.bout.day <= on)
    settled = tuple(one for one in bouts if speaks(one))
    stood = _folded(settled, of, allowed)
    before, now = stood[-2 if settled else -1], stood[-1]
    if frozen or alarm:
        now = _no_higher(now, before, settled, allowed)
    # The check of the mornings is in force from Monday on: however many bouts are green since, it does not come up.
    monday = on - DAY * on.weekday()
    lowest = max(one.back for one in (before, *stood[sum(one.bout.day < monday for one in settled) :]))
    if frozen and now.back < lowest:
        now = replace(now, back=lowest, why=Why(Cause.FROZEN, now.why.bouts))
    if frozen and now.step is Step.PROGRESS:
        now = replace(now, step=Step.REPEAT, why=Why(Cause.FROZEN, now.why.bouts))
    reasons: tuple[Why, ...] = (now.why,)
    if now.lowered is not None and now.back and now.lowered is not now.why:
        reasons = (now.lowered, *reasons)
    if now.up and now.raised[now.up - 1] is not now.why:
        reasons = (now.raised[now.up - 1], *reasons)
    since = now.why.bouts[-1].bout.day if now.why.bouts else None
    found = Response(kind, now.step, now.back, reasons, since, up=now.up)
    if alarm:
        found = _deloaded(found)
    return _held(found, settled, mornings, on, of)


def may_load(of: Response, responses: Iterable[Response], on: date) -> bool:
    """Whether this kind is done on a day: not in its own rest, nor while another kind keeps it to rehab exercises."""
    if of.rests:
        return False
    if of.kind is BoutKind.SESSION:
        return True
    ends = (one.rehab_only_until for one in (of, *responses))
    return not any(end is not None and on < end for end in ends)


# -- counting --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tally:
    """How it stands after some bouts."""

    back: int = 0
    ambers: int = 0
    sore: bool = False
    """Whether pain was told in this row of ambers, or only answers are missing."""
    greens: int = 0
    successes: int = 0
    step: Step = Step.REPEAT
    why: Why = Why(Cause.NOTHING_YET)
    lowered: Why | None = None
    """Why the dose is below the prescribed one."""
    up: int = 0
    """Steps above the prescribed dose; then `back` is 0."""
    earned: tuple[Judged, ...] = ()
    """The row of easy bouts at this step, or at the prescribed dose."""
    raised: tuple[Why, ...] = ()
    """Why each of the steps `up` was taken."""
    amber_on: date | None = None
    """The day of the last amber that counted."""
    lowered_on: date | None = None
    """The day of the last step down."""


def _folded(settled: tuple[Judged, ...], of: Actions, allowed: Allowed) -> tuple[_Tally, ...]:
    """How it stood before the first bout, and after each."""
    now = _Tally()
    stood = [now]
    first = _first_under(allowed, settled)
    for at, one in enumerate(settled):
        so_far = settled[: at + 1]
        if one is first and one.bout.step > 0:
            now = _as_done(now, one.bout.step, allowed)
        match one.colour:
            case Colour.GREEN if allowed.steps and not now.back:
                now = _after_green_of_steps(now, so_far, of, allowed)
            case Colour.GREEN:
                now = _after_green(now, so_far, of)
            case Colour.AMBER:
                now = _after_amber(now, so_far, of)
            case Colour.RED:
                now = _after_red(now, so_far, of)
        stood.append(now)
    return tuple(stood)


def _after_green(s: _Tally, so_far: tuple[Judged, ...], of: Actions) -> _Tally:
    greens = s.greens + 1
    successes = s.successes + 1 if _succeeded(so_far[-1].bout, of) else 0
    s = replace(s, ambers=0, sore=False, greens=greens, successes=successes, step=Step.REPEAT)
    if s.back and greens >= of.success_quota:
        # Back towards the dose that is prescribed, one step at a time; then the count begins anew.
        why = Why(Cause.RETURNED, so_far[-of.success_quota :], greens)
        return replace(s, back=s.back - 1, greens=0, successes=0, why=why)
    if not s.back and successes >= of.success_quota:
        return replace(s, step=Step.PROGRESS, why=Why(Cause.QUOTA_MET, so_far[-of.success_quota :], successes))
    return replace(s, why=Why(Cause.GREEN, so_far[-1:], greens))


def _after_green_of_steps(s: _Tally, so_far: tuple[Judged, ...], of: Actions, allowed: Allowed) -> _Tally:
    """4.1.6: so many easy ones in a row at this step earn the next one.

    [ours] What was done at a lower dose, though more was proposed, begins the row anew: nobody knows how the step was
    borne. A green one under another prescription neither earns nor breaks anything.
    """
    last = so_far[-1]
    s = replace(s, ambers=0, sore=False, step=Step.REPEAT, why=Why(Cause.GREEN, (last,)))
    if last.bout.prescription != allowed.prescription:
        return s
    easy = _succeeded(last.bout, of) and not last.bout.eased and last.bout.step >= s.up
    s = replace(s, earned=(*s.earned, last) if easy else ())
    if len(s.earned) < of.success_quota:
        return s
    row = s.earned[-of.success_quota :]
    if s.up >= allowed.steps:
        return replace(s, step=Step.PROGRESS, why=Why(Cause.QUOTA_MET, row, len(s.earned)))
    why = Why(Cause.RAISED, row, len(row))
    return replace(s, up=s.up + 1, earned=(), step=Step.PROGRESS, why=why, raised=(*s.raised[: s.up], why))


def _first_under(allowed: Allowed, settled: tuple[Judged, ...]) -> Judged | None:
    """The first bout under a prescription, or None; what it was done at tells of what lies before the log's window."""
    if not allowed.steps:
        return None
    return next((one for one in settled if one.bout.prescription == allowed.prescription), None)


def _as_done(s: _Tally, step: int, allowed: Allowed) -> _Tally:
    """What stood when the first bout that is still looked at was done at a step."""
    up = min(step, allowed.steps)
    return replace(s, back=0, up=up, lowered=None, raised=(Why(Cause.RAISED),) * up)


def _no_higher(s: _Tally, before: _Tally, settled: tuple[Judged, ...], allowed: Allowed) -> _Tally:
    """While progress is frozen, no step above where it stood, nor above the one at which the last bout was done."""
    under = (one for one in reversed(settled) if one.bout.prescription == allowed.prescription)
    last = next(under, None)
    up = min(s.up, before.up, max(0, last.bout.step)) if last is not None else 0
    if up == s.up:
        return s
    return replace(s, up=up, step=Step.REPEAT, why=Why(Cause.FROZEN, s.why.bouts))


def _after_amber(s: _Tally, so_far: tuple[Judged, ...], of: Actions) -> _Tally:
    """Amber repeats, twice in a row steps back.

    [ours] A row in which nothing but answers is missing only repeats, however long: there was no pain that a lower
    dose would answer. With one amber by pain in the row the others count, since nobody knows that they went better.
    Two of one day are one: the same morning may have made both of them amber.
    """
    day = so_far[-1].bout.day
    s = replace(s, greens=0, successes=0, earned=())
    if s.lowered_on == day:
        return s
    ambers, sore = s.ambers + (s.amber_on != day), s.sore or by_pain(so_far[-1])
    if ambers >= of.ambers_to_step_back and sore:
        why = Why(Cause.AMBERS, so_far[-ambers:], ambers)
        return replace(_lower(s, day, 1), ambers=0, sore=False, step=Step.STEP_BACK, why=why, lowered=why)
    why = Why(Cause.AMBER, so_far[-1:], ambers)
    return replace(s, ambers=ambers, sore=sore, step=Step.REPEAT, why=why, amber_on=day)


_MISSING = frozenset((Sign.NO_DURING, Sign.NO_AFTER, Sign.NO_MORNING, Sign.NO_BEFORE, Sign.MASKED))


def by_pain(one: Judged) -> bool:
    """Whether anything but a missing answer spoke for its colour."""
    return any(reason.sign not in _MISSING for reason in one.reasons)


def _after_red(s: _Tally, so_far: tuple[Judged, ...], of: Actions) -> _Tally:
    last = so_far[-1]
    s = replace(s, ambers=0, sore=False, greens=0, successes=0, earned=())
    lately = red_days(so_far, last.bout.day, of.reds_to_rehab_only_days)
    longer = red_days(so_far, last.bout.day, of.reds_to_refer_days)
    if len(longer) >= of.reds_to_refer:
        why, step = Why(Cause.REDS_REFER, longer, len(longer)), Step.REFER
    elif groin_sign(last):
        why, step = Why(Cause.GROIN_SIGN, (last,)), Step.REFER
    elif len(lately) >= of.reds_to_rehab_only:
        why, step = Why(Cause.REDS, lately, len(lately)), Step.REHAB_ONLY
    else:
        why, step = Why(Cause.RED, (last,)), Step.STEP_BACK
    steps = 2 if len(lately) >= of.reds_to_rehab_only else 1
    return replace(_lower(s, last.bout.day, steps), step=step, why=why, lowered=why)


def _lower(s: _Tally, day: date, steps: int) -> _Tally:
    """So many steps down: first those above the prescribed dose, then below it. [ours] Once a day."""
    if s.lowered_on == day:
        return s
    up, back = _down(s.up, s.back, steps)
    return replace(s, up=up, back=back, lowered_on=day)


def _down(up: int, back: int, steps: int) -> tuple[int, int]:
    place = up - back - steps
    return max(0, place), min(MOST_STEPS, max(0, -place))


def speaks(one: Judged) -> bool:
    """Whether a bout counts by now: one that waits for its next morning, without pain so far, changes nothing yet."""
    return not one.pending or by_pain(one)


def _succeeded(bout: Bout, of: Actions) -> bool:
    """4.1.6: all sets done, RPE and pain low. Of walks and runs green is enough: they have their own plan (3.2.1)."""
    if bout.kind is not BoutKind.SESSION:
        return True
    effort, during = bout.effort, bout.during
    easy = effort is not None and effort <= of.success_effort_max
    return easy and during is not None and during <= of.success_pain_max and bout.done >= 1.0


def red_days(so_far: tuple[Judged, ...], day: date, days: int) -> tuple[Judged, ...]:
    """The red bouts of the last so many days, one for each day: one bad morning is no two reds."""
    since = day - DAY * (days - 1)
    found = {one.bout.day: one for one in so_far if one.colour is Colour.RED and since <= one.bout.day <= day}
    return tuple(found[of] for of in sorted(found))


def groin_sign(one: Judged) -> bool:
    """Whether it was red by a limp or a new night waking under the strict profile (1.2.2, last column)."""
    signs = {reason.sign for reason in one.reasons}
    return one.profile.name is ProfileName.GROIN and bool(signs & {Sign.LIMP, Sign.NIGHT_NEW})


# -- what holds today ------------------------------------------------------------------------------------------------


def _deloaded(found: Response) -> Response:
    """1.2.3: a rise of 1.5 on three days in a row deloads one step, and is said."""
    step = Step.STEP_BACK if SEVERITY.index(found.step) < SEVERITY.index(Step.STEP_BACK) else found.step
    up, back = _down(found.up, found.back, 1)
    return replace(found, up=up, back=back, step=step, reasons=(Why(Cause.ALARM), *found.reasons))


def _held(
    found: Response, settled: tuple[Judged, ...], mornings: Mapping[date, int], on: date, of: Actions
) -> Response:
    """The rests that are still on: each red bout has its own, the longest and the calmest hold."""
    reds = tuple(one for one in settled if one.colour is Colour.RED)
    open_ = tuple(one for one in reds if not _over(one, mornings, on, of.red_rest_h))
    ends = tuple(rehab_only_ends(settled, of))
    rehab_only = max(ends) if ends and on < max(ends) else None
    step = found.step
    if step is Step.REHAB_ONLY and rehab_only is None:
        step = Step.STEP_BACK
    if not open_:
        return replace(found, step=step, rehab_only_until=rehab_only)
    over = max(rest_ends(one.bout.day, of.red_rest_h) for one in open_)
    return replace(
        found,
        step=max(step, Step.REST, key=SEVERITY.index),
        until=over if on < over else None,
        waits_for_morning=min(_calm(one) for one in open_),
        rehab_only_until=rehab_only,
    )


def rest_ends(red: date, hours: int) -> date:
    """The first day on which the hours are over whenever the red bout was: whole days, begun ones not counted."""
    return red + DAY * (-(-hours // 24) + 1) if hours else red


def _over(red: Judged, mornings: Mapping[date, int], on: date, hours: int) -> bool:
    """Whether both the hours and a calm morning have come, on one day up to this one: then it is over for good."""
    over = rest_ends(red.bout.day, hours)
    after = sorted(day for day in mornings if red.bout.day < day <= on)
    for day, following in zip_longest(after, after[1:]):
        known = max(day, over)
        if mornings[day] <= _calm(red) and known <= on and (following is None or known < following):
            return True
    return False


def _calm(red: Judged) -> float:
    """1.2.3: the baseline. Under the strict profile none at all; without a baseline what counts as green during it."""
    if red.profile.name is ProfileName.GROIN:
        return float(red.profile.morning_max)
    if red.baseline is None:
        return float(red.profile.green_during_max)
    return red.baseline


def rehab_only_ends(settled: tuple[Judged, ...], of: Actions) -> Iterator[date]:
    """The first days after each stretch of rehab exercises only."""
    for at, one in enumerate(settled):
        if one.colour is Colour.RED:
            lately = red_days(settled[: at + 1], one.bout.day, of.reds_to_rehab_only_days)
            if len(lately) >= of.reds_to_rehab_only:
                yield one.bout.day + DAY * (of.rehab_only_days + 1)
