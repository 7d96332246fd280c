"""What the log asks for now: colours, what follows from them, red flags that stand, the screen; and a routine under it.

Reads a bounded window, so it costs the same on the log of ten years; Today fills it in after its first paint.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from coach.app.history import read_history
from coach.app.prescribing import Prescription
from coach.app.routines import Routines
from coach.app.settings import Settings
from coach.app.today import DueSession
from coach.core.clinical import pain_alarm, self_tests
from coach.core.clinical.bout import BoutKind
from coach.core.clinical.colour import Judged, judge
from coach.core.clinical.criteria import strictest
from coach.core.clinical.history import History
from coach.core.clinical.profiles import common_rules, profiles_by
from coach.core.clinical.proposal import propose
from coach.core.clinical.raising import allowed
from coach.core.clinical.red_flags import blocks_loading
from coach.core.clinical.response import NOTHING_MORE, Allowed, Cause, Response, may_load, respond
from coach.core.clinical.screening import ScreenDue, screen_due
from coach.core.clinical.triggers import Standing, flags_of, standing
from coach.core.log import TestResult
from coach.core.routine.plan import steps, total_s, works
from coach.core.routine.routine import Readiness, Routine, Rules
from coach.store.journal import Log


@dataclass(frozen=True, slots=True)
class Guidance:
    """The log of the last weeks in the eyes of the clinical rules."""

    history: History
    judged: tuple[Judged, ...]
    standing: tuple[Standing, ...]
    screening: ScreenDue | None
    rules: Rules
    """Those of the first routine in use that sets any: for walks and runs, and for what belongs to no routine."""

    @property
    def today(self) -> date:
        """The training day that it is about."""
        return self.history.on

    @property
    def blocked(self) -> bool:
        """Whether no exercise is proposed until a clinician has looked."""
        return blocks_loading(flags_of(self.standing))

    def response(self, kind: BoutKind, rules: Rules | None = None, allowed: Allowed = NOTHING_MORE) -> Response:
        """What follows for one kind of loading, under the rules of a routine file and the steps that it allows."""
        of = self.rules if rules is None else rules
        pains = self.history.mornings()
        return respond(
            kind,
            self.judged,
            self.history.unmasked_mornings(),
            self.today,
            rules=of,
            allowed=allowed,
            frozen=pain_alarm.frozen(pains, self.today),
            alarm=pain_alarm.standing(pains, self.today) is not None,
        )

    def no_session(self, rules: Rules) -> bool:
        """Whether no session under the rules of a routine is begun today: a red flag stands, or it rests."""
        return self.blocked or self.response(BoutKind.SESSION, rules).rests

    @property
    def holds_something(self) -> bool:
        """Whether a sign stands, or anything is not done just now: a session, a walk or a run."""
        every = tuple(self.response(one) for one in BoutKind)
        return bool(self.standing) or any(one.rests or one.rehab_only_until is not None for one in every)

    def may_load(self, kind: BoutKind) -> bool:
        """Whether this kind of loading is done today: no red flag, no rest, no week of rehab exercises only."""
        every = tuple(self.response(one) for one in BoutKind)
        return not self.blocked and may_load(self.response(kind), every, self.today)

    def last(self, count: int) -> tuple[Judged, ...]:
        """The last so many bouts, the newest first."""
        return self.judged[: -count - 1 : -1]


def guidance(log: Log, routines: Routines, settings: Settings, today: date) -> Guidance:
    """Look at the log as it is known on a day. Raises StoreError."""
    in_use = [found.routine for name in settings.in_use if (found := routines.find(name, settings.home_side))]
    return guidance_with(log, in_use, settings, today)


def guidance_with(log: Log, in_use: Sequence[Routine], settings: Settings, today: date) -> Guidance:
    """As `guidance`, where the routines in use are at hand. Raises StoreError."""
    return guidance_in(read_history(log, settings, today), in_use, settings)


def guidance_in(history: History, in_use: Sequence[Routine], settings: Settings) -> Guidance:
    """What a history asks for on its last day."""
    rules = common_rules(in_use)
    readiness = strictest(one.readiness for one in in_use)
    judged = judge(history, profiles_by(in_use))
    return Guidance(
        history,
        judged,
        standing_in(history, judged, settings, rules, readiness),
        screen_due(max(history.screened, default=None), judged, history.on, sites=settings.pain_sites),
        rules,
    )


def standing_in(
    history: History, judged: tuple[Judged, ...], settings: Settings, rules: Rules, readiness: Readiness
) -> tuple[Standing, ...]:
    """Every flag that stands in a history, whether the person raised it or the log."""
    return standing(
        history,
        judged,
        sites=settings.pain_sites,
        rules=rules,
        alarms=pain_alarm.alarms(history.mornings(), history.since, history.on),
        below=lambda result, form: _below(result, form, readiness),
    )


_WITH_GOALS = {test.value for test in self_tests.Guided} - {"impact", "brisk_walk"} | set(self_tests.RUNGS)


def _below(result: TestResult, form: TestResult | None, readiness: Readiness) -> tuple[self_tests.Shortfall, ...]:
    """Why a self-test does not count; a side that was not tested misses nothing."""
    return self_tests.judge(result, readiness, form).shortfalls if result.name in _WITH_GOALS else ()


def proposed(given: Prescription, seen: Guidance, routines: Routines, settings: Settings) -> Prescription:
    """The prescription as it is proposed for today: what differs from it, and why, is in its `proposal`."""
    response = seen.response(BoutKind.SESSION, given.routine.rules, allowed(given.routine))
    if seen.holds_something:
        # No word about a next phase beside a red run or a sign that somebody should look at.
        said = tuple(why for why in response.reasons if why.cause is not Cause.QUOTA_MET)
        response = replace(response, reasons=said)
    found = _under(given, response, seen, routines, settings)
    if found.proposal is None or not response.rests or not seen.may_load(BoutKind.WALK):
        return found
    return msgspec.structs.replace(found, proposal=msgspec.structs.replace(found.proposal, may_walk=True))


def proposed_due(due: DueSession, seen: Guidance, routines: Routines, settings: Settings) -> DueSession:
    """The session that is due as it is proposed for today."""
    given = proposed(due.given, seen, routines, settings)
    if given.routine == due.given.routine:
        return msgspec.structs.replace(due, given=given)
    works_ = works(given.routine, routines.library, settings.home_side)
    return msgspec.structs.replace(due, given=given, works=works_, length_s=total_s(steps(works_)))


def anyway(given: Prescription, seen: Guidance, routines: Routines, settings: Settings) -> Prescription:
    """As `proposed`, but neither a rest nor a red flag keeps from it: the person insists. The dose stays low.

    Never a step above what is prescribed: it is asked for against what the log says.
    """
    found = seen.response(BoutKind.SESSION, given.routine.rules, allowed(given.routine))
    response = replace(found, up=0, until=None, waits_for_morning=None)
    return _under(given, response, replace(seen, standing=()), routines, settings)


def _under(
    given: Prescription, response: Response, seen: Guidance, routines: Routines, settings: Settings
) -> Prescription:
    proposal = propose(
        given.routine,
        routines.library,
        response,
        flags=flags_of(seen.standing),
        sites=settings.pain_sites,
        home_side=settings.home_side,
    )
    if proposal.routine is None:
        return msgspec.structs.replace(given, proposal=proposal)
    return msgspec.structs.replace(given, routine=proposal.routine, proposal=proposal, prescribed=given.routine)
