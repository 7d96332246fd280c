"""Guided walk/runs: beginning, going on after a break, and what of one comes into the log, as a run and once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from coach.app.keeping import EventLog, ThreadKeeper
from coach.app.live import LiveSession
from coach.app.ports import Calendar
from coach.app.walk_run_file import Begun, Kept, WalkRunFile
from coach.core.clinical.run_plan import Stage
from coach.core.clinical.self_tests import GROIN_FLAG
from coach.core.clinical.walk_run import steps_of
from coach.core.day import Moment, moment
from coach.core.figure.running import RUNNING
from coach.core.log import FlagEntry, Outing, OutingKind
from coach.core.routine.exercise import Exercise
from coach.core.routine.routine import Item, Routine, Rules
from coach.core.session.engine import Phase, Session, apply
from coach.core.session.walk_run import RUN, WALK, RunDone, done
from coach.store.journal import Log

SHOWN_AS: Mapping[str, str] = {RUN: "test_jog_on_spot", WALK: "test_brisk_walk"}
"""The exercises that stand for what is done."""
_MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class RunAnswers:
    """What was answered about a walk/run that is over. Pain NPRS 0-10."""

    peak: int
    now: int
    limp: bool
    groin: bool


@dataclass(frozen=True, slots=True)
class Ran:
    """A walk/run as it was done and answered: all that its entry in the log is made of."""

    uid: str
    began: Moment
    stage: Stage
    before: int
    done: RunDone
    answers: RunAnswers

    @property
    def minutes(self) -> float:
        """All of it to a tenth, never more than was done."""
        return _tenths(self.done.seconds)

    @property
    def running_min(self) -> float:
        """Of running, to a tenth, never more than was done."""
        return _tenths(self.done.ran_s)

    @property
    def kind(self) -> OutingKind:
        """Whose warm-up was all of it walked."""
        return OutingKind.RUN if self.done.ran_s > 0 else OutingKind.WALK


@dataclass(frozen=True, slots=True)
class Led:
    """A walk/run that is being led: its head, and its live session."""

    begun: Begun
    live: LiveSession

    def done(self) -> RunDone:
        """What was really done of it."""
        return done(self.live.first_steps, self.live.past)


@dataclass(frozen=True, slots=True)
class BrokenRun:
    """A walk/run that is on disk and not in the log: it broke off, or waits for its answers."""

    begun: Begun
    session: Session


class WalkRuns:
    """The guided walk/runs of the person whose log this is; there is one on disk at most."""

    def __init__(
        self,
        file: WalkRunFile,
        calendar: Calendar,
        new_uid: Callable[[], str],
        library: Mapping[str, Exercise],
        make_keeper: Callable[[Callable[[], EventLog], str], ThreadKeeper],
    ) -> None:
        self._file = file
        self._calendar = calendar
        self._new_uid = new_uid
        self._known = _shown(library)
        self._make_keeper = make_keeper

    def start(self, stage: Stage, before: int, rules: Rules) -> Led:
        """Begin; it is on disk when this returns. Raises StoreError."""
        begun = Begun(self._new_uid(), self._now(), stage, before, steps_of(stage))
        self._file.begin(begun)
        return self._led(Kept(begun, ()), rules)

    def broken(self, log: Log) -> BrokenRun | None:
        """The one that broke off, unless it came into the log just before that. Raises StoreError."""
        kept = self._kept()
        if kept is None or _logged(log, kept.begun.uid, kept.begun.began):
            return None
        return BrokenRun(kept.begun, _replayed(kept))

    def go_on(self, log: Log, rules: Rules) -> Led | None:
        """The one that broke off, paused at the last instant that is known. Raises StoreError."""
        kept = self._kept()
        return None if kept is None or _logged(log, kept.begun.uid, kept.begun.began) else self._led(kept, rules)

    def finish(self, log: Log, ran: Ran) -> None:
        """Put it into the log, once, and a red flag if the groin hurt. Raises StoreError."""
        if not _logged(log, ran.uid, ran.began):
            if ran.answers.groin:  # first: if only one of the two comes to disk, it is this one
                log.add(FlagEntry(self._new_uid(), GROIN_FLAG, ran.began.day, True, self._now()))
            log.add(_entry(ran, self._now()))
        self._file.remove()

    def drop(self) -> None:
        """There is nothing of it to record. Raises StoreError."""
        self._file.remove()

    def _now(self) -> Moment:
        return moment(self._calendar.now(), self._calendar.zone())

    def _kept(self) -> Kept | None:
        """What is on disk, where its events fit its steps."""
        kept = self._file.read()
        return kept if kept is not None and kept.begun.plan and _fits(kept) else None

    def _led(self, kept: Kept, rules: Rules) -> Led:
        begun = kept.begun
        live = LiveSession(
            begun.uid,
            self._make_keeper(self._file.events, begun.uid),
            routine=_under(rules),
            known=self._known,
            steps=begun.plan,
            events=kept.events,
        )
        return Led(begun, live)


def _shown(library: Mapping[str, Exercise]) -> dict[str, Exercise]:
    """What stands for walking and running; who runs is shown in full stride and not on the spot."""
    shown = {part: library[name] for part, name in SHOWN_AS.items() if name in library}
    return {part: replace(one, figure=RUNNING) if part == RUN else one for part, one in shown.items()}


def _entry(ran: Ran, recorded: Moment) -> Outing:
    """The walk/run as the log has it; one whose warm-up was all of it is a walk, and of no stage."""
    ran_at_all = ran.kind is OutingKind.RUN
    return Outing(
        uid=ran.uid,
        kind=ran.kind,
        day=ran.began.day,
        minutes=ran.minutes,
        distance_km=None,
        cadence=None,
        pain=ran.answers.peak,
        pain_after=ran.answers.now,
        limp=ran.answers.limp,
        groin=ran.answers.groin,
        recorded=recorded,
        pain_before=ran.before,
        stage=ran.stage.number if ran_at_all else None,
        running_min=ran.running_min if ran_at_all else None,
    )


def _under(rules: Rules) -> Routine:
    """What a live session is led under: a run belongs to no routine, so only its rules matter."""
    return Routine("rehab-routine", "1.0", "walk-run", "walk-run", [Item(WALK)], rules=rules)


def _logged(log: Log, uid: str, began: Moment) -> bool:
    """Whether its entry is in the log already, corrected or struck since or not."""
    return any(one.uid == uid for one in log.outing_versions(began.day, began.day))


def _replayed(kept: Kept) -> Session:
    s = Session(kept.begun.plan)
    for _, event in kept.events:
        s = apply(s, event)
    return s


def _fits(kept: Kept) -> bool:
    """Whether every event leads to a step, and every step is walked or run."""
    if any(step.exercise not in SHOWN_AS for step in kept.begun.plan):
        return False
    s = Session(kept.begun.plan)
    for _, event in kept.events:
        s = apply(s, event)
        if not 0 <= s.index < len(s.steps):
            return False
    return s.phase is not Phase.READY


def _tenths(seconds: float) -> float:
    return int(seconds / _MINUTE_S * 10 + 1e-6) / 10
