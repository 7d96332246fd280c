"""What the return-to-run plan decided after each run, and where it stands (clinical reference, sections 3.2.1, 1.2.3).

Nothing is remembered but the log: the plan is counted anew from its first day on, day by day, and what is decided on a
day looks at nothing later but the morning after. Where the text leaves something open the harder reading holds, marked
[ours] here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from coach.core.clinical.colour import Colour, Judged
from coach.core.clinical.history import DAY
from coach.core.clinical.readiness import VALID_DAYS
from coach.core.clinical.response import (
    Actions,
    by_pain,
    groin_sign,
    red_days,
    rehab_only_ends,
    rest_ends,
    speaks,
)
from coach.core.clinical.run_plan import Plan, Stage, first_stage

GAP_BACK_DAYS, GAP_CLOSES_DAYS, GAP_STEPS = 10, 21, 2
"""More than 10 days without running: back 2; more than 21: the criteria again (3.2.1)."""
ONE_STAGE_DAYS, TWO_STAGES_DAYS = 3, 7
"""At most 1 stage in 3 days, and 2 in 7 (3.2.1, Delaware S23, S24)."""
WHOLE = 0.9
"""[ours] A run was broken off when it had less than this share of its stage's running: clearly less, not a slip."""
TOO_MUCH = 1.5
"""[ours] With more than so many times its stage's running it was no run of this stage."""


class Step(StrEnum):
    """What was decided."""

    OPENED = "opened"
    ADVANCED = "advanced"
    HELD = "held"
    STEPPED_BACK = "stepped_back"
    WAITING = "waiting"
    """The next morning has not come yet."""
    GAP = "gap"
    """Stepped back for a gap in the running."""
    CLOSED = "closed"
    NOT_COUNTED = "not_counted"
    """A run while the plan was not open, or while a red flag stood."""


class Rule(StrEnum):
    """The rule that led there: its id."""

    CRITERIA_MET = "criteria_met"
    SUCCESSES = "successes"
    """Green often enough."""
    GREEN = "green"
    """Green, and not yet often enough."""
    LAST_STAGE = "last_stage"
    """Green often enough at the last stage: the plan is done."""
    STAGE_PACE = "stage_pace"
    """Green often enough, but the last step up is too short ago."""
    FROZEN = "frozen"
    """Silent: noise alone causes it in half of all flat weeks."""
    OTHER_STAGE = "other_stage"
    BROKEN_OFF = "broken_off"
    SAME_DAY = "same_day"
    """A second run of a day, no worse than the first: perhaps the same one, recorded twice."""
    TOO_SOON = "too_soon"
    """Green, but without the day between two runs, or in a rest."""
    TOO_MUCH = "too_much"
    """Green, but with clearly more running than the stage has."""
    AMBER = "amber"
    NO_ANSWER = "no_answer"
    """Amber by nothing but missing answers."""
    AMBERS = "ambers"
    RED = "red"
    REDS = "reds"
    REDS_REFER = "reds_refer"
    GROIN_SIGN = "groin_sign"
    PENDING = "pending"
    ALARM = "alarm"
    GAP = "gap"
    GAP_CLOSES = "gap_closes"
    EXPIRED = "expired"
    """The verdict was not used for its 7 days."""
    WITHDRAWN = "withdrawn"
    """Before the first run the log came to speak against a criterion."""
    NOT_OPEN = "not_open"
    RED_FLAG = "red_flag"


_MOVES = "Section 3.2.1, this project's own proposal"
_COLOURS = "Section 1.2.3, this project's own proposal"
SOURCES = {
    Rule.CRITERIA_MET: "Section 2.2: all criteria at once, for 7 days",
    Rule.EXPIRED: "Section 2.2: the verdict expires after 7 days",
    Rule.WITHDRAWN: "Section 2.2: all criteria at once",
    Rule.NOT_OPEN: "Section 2.2: the criteria come before the plan",
    Rule.RED_FLAG: "Section 5: a red flag comes before any loading",
    Rule.STAGE_PACE: "Section 3.2.1, soreness rules of the Delaware type (S23, S24)",
    **dict.fromkeys((Rule.SUCCESSES, Rule.GREEN, Rule.LAST_STAGE, Rule.OTHER_STAGE, Rule.BROKEN_OFF), _MOVES),
    Rule.TOO_MUCH: _MOVES,
    **dict.fromkeys((Rule.SAME_DAY, Rule.TOO_SOON), "Section 3.2: a day between two runs"),
    **dict.fromkeys((Rule.AMBERS, Rule.GAP, Rule.GAP_CLOSES), _MOVES),
    **dict.fromkeys((Rule.FROZEN, Rule.AMBER, Rule.NO_ANSWER, Rule.PENDING, Rule.ALARM), _COLOURS),
    **dict.fromkeys((Rule.RED, Rule.REDS, Rule.REDS_REFER), _COLOURS),
    Rule.GROIN_SIGN: "Section 1.2.2, the strict profile",
}
"""Where each rule stands in the clinical reference."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a day. `stage` is that of the run, or where the plan stood; `to` is where it stands then."""

    on: date
    stage: int
    step: Step
    to: int
    rule: Rule
    run: Judged | None = None
    count: int = 0
    """Successes so far, ambers in a row, reds, or days without running, by the rule."""

    @property
    def colour(self) -> Colour | None:
        """The colour of the run; None where none was made, or its next morning has not come."""
        return None if self.run is None or self.step is Step.WAITING else self.run.colour

    @property
    def source(self) -> str:
        """Where the rule stands."""
        return SOURCES[self.rule]


@dataclass(frozen=True, slots=True)
class Course:
    """Where the plan stands after all that was decided, the newest decision last."""

    plan: Plan
    on: date
    open: bool
    stage: int
    """The number of the current one; where the plan is not open, the one it would begin at."""
    successes: int
    begun: bool
    """A run was made since it opened."""
    done: bool
    """The last stage was green often enough."""
    since: date | None
    """The day on which it opened; None where that is longer ago than what is looked at."""
    valid_until: date | None
    """The last day to begin, while it is open and not begun."""
    layoff_days: int | None
    """Days without running when it opened, or up to now; None where that is not known."""
    decisions: tuple[Decision, ...]

    @property
    def current(self) -> Stage:
        """The stage that is next."""
        return self.plan.stage(self.stage)

    @property
    def needed(self) -> int:
        """So many successes lead on."""
        return self.plan.min_successes


@dataclass(frozen=True, slots=True)
class Log:
    """What the plan looks at. Functions of a day look at nothing later than it."""

    runs: tuple[Judged, ...]
    """By day, then in the order recorded."""
    since: date
    on: date
    met: Callable[[date], bool]
    """Whether the criteria to run are met on a day."""
    against: Callable[[date], bool] = lambda _: False
    """Whether something that is known on a day speaks against a criterion: more than that something is to be done."""
    blocked: Callable[[date], bool] = lambda _: False
    """Whether on a day a red flag stood that holds back any loading, whoever raised it."""
    frozen: Callable[[date], bool] = lambda _: False
    """Whether the weekly check of the mornings keeps the plan from going on."""
    alarms: frozenset[date] = frozenset()
    """The days on which the worsening alarm came up."""
    last_before: date | None = None
    """The last run before the rehab began: from it a first layoff is counted."""
    rest_pain: Callable[[date], bool] = lambda _: False
    """Whether pain at rest is known of up to a day."""
    open_before: bool = False
    """The plan was open when `since` came: the log is longer than what is looked at."""


def course(log: Log, plan: Plan, actions: Actions) -> Course:
    """Count the plan through, day by day."""
    s = _began(log, plan)
    by_day: dict[date, list[Judged]] = {}
    for one in log.runs:
        by_day.setdefault(one.bout.day, []).append(one)
    found: list[Decision] = []
    so_far: list[Judged] = []
    for day in _days(log.since, log.on):
        s, brought = _of_the_day(s, day, log, plan, runs=day in by_day)
        found.extend(brought)
        for one in by_day.get(day, ()):
            so_far.append(one)
            s, decision = _after_run(s, one, tuple(so_far), log, plan, actions)
            found.append(decision)
    stage = s.stage if s.open else _start(s, log.on, log, plan)
    return Course(
        plan=plan,
        on=log.on,
        open=s.open,
        stage=stage,
        successes=s.successes if s.open else 0,
        begun=s.open and s.begun,
        done=s.open and s.done,
        since=s.since if s.open else None,
        valid_until=s.valid_until if s.open and not s.begun else None,
        layoff_days=s.layoff if s.open else _layoff(s, log.on, log),
        decisions=tuple(found),
    )


def _days(since: date, until: date) -> Iterator[date]:
    yield from map(date.fromordinal, range(since.toordinal(), until.toordinal() + 1))


@dataclass(frozen=True, slots=True)
class _State:
    open: bool = False
    stage: int = 1
    successes: int = 0
    begun: bool = False
    done: bool = False
    since: date | None = None
    valid_until: date | None = None
    layoff: int | None = None
    last_run: date | None = None
    """Of those that count: made while the plan was open."""
    run_before: date | None = None
    """The day of the run before, another day than that of the last one."""
    left_at: int | None = None
    """Where it stood when it closed."""
    gapped: bool = False
    ambers: int = 0
    sore: bool = False
    """Whether pain was told in this row of ambers, or only answers are missing."""
    amber_on: date | None = None
    """The day of the last amber that counted."""
    lowered_on: date | None = None
    """The day of the last step back that a run led to."""
    green_on: date | None = None
    """The day of the last success."""
    ups: tuple[date, ...] = ()
    """The days on which it went up."""


def _began(log: Log, plan: Plan) -> _State:
    """Where it stands before the first day looked at.

    [ours] Of a plan that was open before, the stage is the first that a run tells, and 1 where none does.
    """
    if not log.open_before:
        return _State()
    told = next((one.bout.stage for one in log.runs if one.bout.stage is not None), 1)
    return _State(open=True, stage=min(told, plan.last), begun=True, last_run=log.since)


# -- what a day brings -----------------------------------------------------------------------------------------------


def _of_the_day(s: _State, day: date, log: Log, plan: Plan, *, runs: bool) -> tuple[_State, tuple[Decision, ...]]:
    found: list[Decision] = []
    if s.open:
        s, brought = _after_gap(s, day) if s.begun else _while_unused(s, day, log, runs=runs)
        found += brought
    if not s.open and log.met(day) and not log.blocked(day):
        s = _opened(s, day, log, plan)
        found.append(Decision(day, s.stage, Step.OPENED, s.stage, Rule.CRITERIA_MET))
    if s.open and s.begun and day in log.alarms:
        s, decision = _back(s, day, 1, Rule.ALARM)
        found.append(decision)
    return s, tuple(found)


def _opened(s: _State, day: date, log: Log, plan: Plan) -> _State:
    opened = _State(open=True, stage=_start(s, day, log, plan), since=day, valid_until=day + DAY * VALID_DAYS)
    return replace(opened, layoff=_layoff(s, day, log), last_run=s.last_run, left_at=s.left_at)


def _start(s: _State, day: date, log: Log, plan: Plan) -> int:
    """Where it begins: by the layoff. [ours] After a gap never above two stages below where it stood."""
    first = first_stage(plan, _layoff(s, day, log), rest_pain=log.rest_pain(day))
    return first if s.left_at is None else min(first, max(1, s.left_at - GAP_STEPS))


def _layoff(s: _State, day: date, log: Log) -> int | None:
    """Days since the last run that counts.

    [ours] That is one of an open plan, or one before the rehab began. What was run in rehab without the criteria does
    not make the layoff shorter: it would let the plan begin higher.
    """
    last = s.last_run or log.last_before
    return None if last is None else (day - last).days


def _while_unused(s: _State, day: date, log: Log, *, runs: bool) -> tuple[_State, tuple[Decision, ...]]:
    """A verdict that no run has used: a newer one makes it last longer, else it expires.

    [ours] It is withdrawn by what speaks against a criterion since, and not by what has only to be done again. On the
    day of a first run that is what was known the evening before: how the day went on is judged with the run.
    """
    if log.against(day - DAY if runs else day):
        return replace(s, open=False, since=None), (Decision(day, s.stage, Step.CLOSED, s.stage, Rule.WITHDRAWN),)
    if s.valid_until is None or day <= s.valid_until:
        return s, ()
    newer = next((of for of in (day - DAY * back for back in range(VALID_DAYS)) if log.met(of)), None)
    if newer is not None:
        return replace(s, valid_until=newer + DAY * VALID_DAYS), ()
    return replace(s, open=False, since=None), (Decision(day, s.stage, Step.CLOSED, s.stage, Rule.EXPIRED),)


def _after_gap(s: _State, day: date) -> tuple[_State, tuple[Decision, ...]]:
    away = (day - s.last_run).days if s.last_run is not None else 0
    if away > GAP_CLOSES_DAYS:
        closed = Decision(day, s.stage, Step.CLOSED, s.stage, Rule.GAP_CLOSES, count=away)
        return replace(s, open=False, begun=False, done=False, since=None, left_at=s.stage), (closed,)
    if away > GAP_BACK_DAYS and not s.gapped:
        back, decision = _back(s, day, GAP_STEPS, Rule.GAP, count=away, step=Step.GAP)
        return replace(back, gapped=True), (decision,)
    return s, ()


def _back(
    s: _State, day: date, steps: int, rule: Rule, *, count: int = 0, step: Step = Step.STEPPED_BACK
) -> tuple[_State, Decision]:
    to = max(1, s.stage - steps)
    decision = Decision(day, s.stage, step if to < s.stage else Step.HELD, to, rule, count=count)
    return replace(s, stage=to, successes=0, ambers=0, sore=False, done=False), decision


# -- what a run brings -----------------------------------------------------------------------------------------------


def _after_run(
    s: _State, run: Judged, so_far: tuple[Judged, ...], log: Log, plan: Plan, actions: Actions
) -> tuple[_State, Decision]:
    day = run.bout.day
    ran = min(run.bout.stage or s.stage, plan.last)
    if not s.open:
        at = min(run.bout.stage or _start(s, day, log, plan), plan.last)
        return s, Decision(day, at, Step.NOT_COUNTED, _start(s, day, log, plan), Rule.NOT_OPEN, run)
    before = s.run_before if s.last_run == day else s.last_run
    s = replace(s, begun=True, valid_until=None, last_run=day, run_before=before, gapped=False)
    if not speaks(run):
        return s, Decision(day, ran, Step.WAITING, s.stage, Rule.PENDING, run, s.successes)
    if run.colour is Colour.RED:
        return _after_red(s, run, ran, so_far, actions)
    if log.blocked(day):
        return s, Decision(day, ran, Step.NOT_COUNTED, s.stage, Rule.RED_FLAG, run)
    if run.colour is Colour.AMBER:
        return _after_amber(s, run, ran, actions)
    return _after_green(s, run, ran, so_far, log, plan, actions)


def _after_green(
    s: _State, run: Judged, ran: int, so_far: tuple[Judged, ...], log: Log, plan: Plan, actions: Actions
) -> tuple[_State, Decision]:
    day = run.bout.day
    s = replace(s, ambers=0, sore=False)
    unlike = _unlike(s, run, ran, plan) or (Rule.TOO_SOON if _too_soon(s, day, so_far, plan, actions) else None)
    if unlike is not None:
        return s, Decision(day, ran, Step.HELD, s.stage, unlike, run, s.successes)
    s = replace(s, successes=s.successes + 1, green_on=day)
    rule = _what_keeps(s, day, log, plan)
    if rule is not None:
        s = replace(s, done=s.done or rule is Rule.LAST_STAGE)
        return s, Decision(day, ran, Step.HELD, s.stage, rule, run, s.successes)
    up = Decision(day, ran, Step.ADVANCED, s.stage + 1, Rule.SUCCESSES, run, s.successes)
    return replace(s, stage=s.stage + 1, successes=0, ups=(*s.ups, day)), up


def _unlike(s: _State, run: Judged, ran: int, plan: Plan) -> Rule | None:
    """Why a green run is no success of the stage; None where it is one."""
    if ran != s.stage:
        return Rule.OTHER_STAGE
    if _broken_off(run, plan.stage(ran)):
        return Rule.BROKEN_OFF
    if ran < plan.last and (run.bout.running_min or 0.0) > TOO_MUCH * plan.stage(ran).running_min:
        return Rule.TOO_MUCH
    return Rule.SAME_DAY if s.green_on == run.bout.day else None


def _too_soon(s: _State, day: date, so_far: tuple[Judged, ...], plan: Plan, actions: Actions) -> bool:
    """Whether the day between two runs, or a rest after red, was not kept. [ours] Such a run earns nothing.

    A fourth run in 7 days does: every other day is a day between, and no stage comes sooner for it.
    """
    if s.run_before is not None and (day - s.run_before).days < whole_days(plan.min_gap_h):
        return True
    ends = [rest_ends(one.bout.day, actions.red_rest_h) for one in so_far if one.colour is Colour.RED and speaks(one)]
    return any(day < end for end in (*ends, *rehab_only_ends(so_far, actions)))


def whole_days(hours: int) -> int:
    """The days that hours take up from day to day, a begun one counted."""
    return -(-hours // 24)


def _what_keeps(s: _State, day: date, log: Log, plan: Plan) -> Rule | None:
    """Why the plan does not go up after a green run; None where it does."""
    if s.successes < plan.min_successes:
        return Rule.GREEN
    if s.stage >= plan.last:
        return Rule.LAST_STAGE
    if any((day - up).days < ONE_STAGE_DAYS for up in s.ups):
        return Rule.STAGE_PACE
    if sum((day - up).days < TWO_STAGES_DAYS for up in s.ups) >= 2:
        return Rule.STAGE_PACE
    # The morning after is the day on which the green run is known to be one.
    return Rule.FROZEN if log.frozen(day + DAY) else None


def _broken_off(run: Judged, stage: Stage) -> bool:
    """Whether it held clearly less running than the stage; a run as a whole is no shorter than its running."""
    told = run.bout.minutes if run.bout.running_min is None else run.bout.running_min
    return told is not None and told < WHOLE * stage.running_min


def _after_amber(s: _State, run: Judged, ran: int, actions: Actions) -> tuple[_State, Decision]:
    """Amber holds, two in a row step back. [ours] As elsewhere, a row of nothing but missing answers only holds."""
    day, pained = run.bout.day, by_pain(run)
    rule = Rule.AMBER if pained else Rule.NO_ANSWER
    if s.lowered_on == day:
        return s, Decision(day, ran, Step.HELD, s.stage, rule, run, s.ambers)
    ambers, sore = s.ambers + (s.amber_on != day), s.sore or pained
    if ambers < actions.ambers_to_step_back or not sore:
        held = Decision(day, ran, Step.HELD, s.stage, rule, run, ambers)
        return replace(s, ambers=ambers, sore=sore, amber_on=day), held
    return _lowered(s, run, ran, 1, Rule.AMBERS, count=ambers)


def _after_red(
    s: _State, run: Judged, ran: int, so_far: tuple[Judged, ...], actions: Actions
) -> tuple[_State, Decision]:
    day = run.bout.day
    lately = len(red_days(so_far, day, actions.reds_to_rehab_only_days))
    longer = len(red_days(so_far, day, actions.reds_to_refer_days))
    steps = 2 if lately >= actions.reds_to_rehab_only else 1
    if longer >= actions.reds_to_refer:
        return _lowered(s, run, ran, steps, Rule.REDS_REFER, count=longer)
    if groin_sign(run):
        return _lowered(s, run, ran, steps, Rule.GROIN_SIGN, count=lately)
    if lately >= actions.reds_to_rehab_only:
        return _lowered(s, run, ran, steps, Rule.REDS, count=lately)
    return _lowered(s, run, ran, steps, Rule.RED, count=lately)


def _lowered(s: _State, run: Judged, ran: int, steps: int, rule: Rule, *, count: int) -> tuple[_State, Decision]:
    """A step back from the lower of the stage that was run and the one where the plan stood. [ours] Once a day."""
    at = min(ran, s.stage)
    to = s.stage if s.lowered_on == run.bout.day else max(1, at - steps)
    step = Step.STEPPED_BACK if to < s.stage else Step.HELD
    s = replace(s, stage=to, successes=0, ambers=0, sore=False, done=False, lowered_on=run.bout.day)
    return s, Decision(run.bout.day, ran, step, to, rule, run, count)
