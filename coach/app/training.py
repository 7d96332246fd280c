"""Choosing, starting, going on with and ending a session."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from coach.app.live import Keeper, LiveSession
from coach.app.ports import Calendar
from coach.app.prescribing import Prescription, remarks
from coach.app.routines import Routines
from coach.app.settings import Settings
from coach.core.day import Moment, moment
from coach.core.log import Answer, Ending, Question, SessionEnd, SessionHead, WholeLog, WholeSession
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Step, compile_routine, known_exercises
from coach.core.routine.reading import read_routine, write_routine
from coach.core.routine.routine import Routine
from coach.core.session.engine import Phase, Session, apply
from coach.core.session.events import Event, from_json, plan_from_json, plan_to_json
from coach.core.session.record import Record, record
from coach.store.errors import Damaged, NothingToDo
from coach.store.journal import Log, Unfinished

NewUid = Callable[[], str]
MakeKeeper = Callable[[str], Keeper]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked about a session; pain NPRS 0-10, effort RPE 0-10. None is not answered."""

    before: int | None = None
    during: int | None = None
    after: int | None = None
    effort: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A session or a walk/run that broke off: what the offer to go on says."""

    uid: str
    title: str
    began: Moment
    exercise: str
    set: int | None
    rep: int | None
    left_s: float
    can_go_on: bool
    logged: bool = True
    """What was done is in the log; a walk/run comes into it once it is answered."""


class Training:
    """The sessions of the person whose log this is."""

    def __init__(
        self, log: Log, routines: Routines, calendar: Calendar, new_uid: NewUid, make_keeper: MakeKeeper
    ) -> None:
        self._log = log
        self._routines = routines
        self._calendar = calendar
        self._new_uid = new_uid
        self._make_keeper = make_keeper

    def moment(self, day: date | None = None) -> Moment:
        """This moment, for what is recorded now."""
        return moment(self._calendar.now(), self._calendar.zone(), day)

    def start(self, given: Prescription, settings: Settings, pain_before: int | None) -> LiveSession:
        """Begin a session; it is in the log when this returns. Raises NothingToDo, StoreError."""
        routine = given.routine
        known = known_exercises(self._routines.library, routine)
        steps = compile_routine(routine, self._routines.library, settings.home_side)
        if not steps:
            raise NothingToDo(f"routine of {len(routine.items)} items")
        uid = self._new_uid()
        self._log.start(
            SessionHead(
                uid=uid,
                began=self.moment(),
                routine_id=routine.id,
                routine_title=routine.title,
                revision=routine.revision,
                routine=write_routine(self_contained(routine, known), remarks(given)).decode(),
                plan=plan_to_json(steps),
                guided=True,
            )
        )
        self.answer(uid, Answers(before=pain_before))
        return LiveSession(
            uid,
            self._make_keeper(uid),
            routine=routine,
            known=known,
            steps=steps,
            home_side=settings.home_side,
        )

    def broken(self, settings: Settings) -> Broken | None:
        """The session that broke off, if the newest one did. Raises StoreError."""
        found = self._log.unfinished()
        if found is None:
            return None
        try:
            live = self._revive(found, settings, _Nowhere())
        except Damaged:
            return Broken(found.head.uid, found.head.routine_title, found.head.began, "", None, None, 0.0, False)
        s = live.session
        over = s.phase is Phase.DONE
        return Broken(
            uid=found.head.uid,
            title=found.head.routine_title,
            began=found.head.began,
            exercise="" if over else s.step.exercise,
            set=None if over else s.step.set,
            rep=None if over else s.step.rep,
            left_s=s.left_in_all(s.seen),
            can_go_on=not over and s.phase is not Phase.READY,
        )

    def go_on(self, settings: Settings) -> LiveSession | None:
        """The session that broke off, paused at the last instant that is known. Raises StoreError."""
        found = self._log.unfinished()
        return None if found is None else self._revive(found, settings, self._make_keeper(found.head.uid))

    def leave(self, uid: str) -> None:
        """Do not go on with a session that broke off; what was done of it stays. Raises StoreError."""
        found = self._log.unfinished()
        ending = Ending.LEFT
        if found is not None and found.head.uid == uid:
            with suppress(Damaged):
                live = self._revive(found, Settings(), _Nowhere())
                # It was over, only its end was not recorded: the window was closed on the last questions.
                ending = self._ending(live) if live.session.phase is Phase.DONE else ending
        self._log.end(SessionEnd(uid, self.moment(), ending))

    def take_up_again(self, uid: str) -> None:
        """Undo `leave`: the session can be gone on with as before. Raises StoreError."""
        self._log.take_back_left(uid)

    def finish(self, live: LiveSession) -> bool:
        """Record the end of a session; False if its events are not all on disk yet. Raises StoreError."""
        if not live.flush():
            return False
        if self._log.end_of(live.uid) is not None:
            return True
        stored = self._log.events(live.uid)
        seen = [one.seq for one in stored if one.body.startswith('{"type":"seen"')]
        self._log.end(SessionEnd(live.uid, self.moment(), self._ending(live)), seen[:-1])
        return True

    def answer(self, uid: str, answers: Answers) -> None:
        """Record what was answered about a session. Raises StoreError."""
        for answer in self._given(uid, answers):
            self._log.answer(answer)

    def _given(self, uid: str, answers: Answers) -> Iterator[Answer]:
        now = self.moment()
        numbers = (
            (Question.BEFORE, answers.before),
            (Question.DURING, answers.during),
            (Question.AFTER, answers.after),
            (Question.EFFORT, answers.effort),
        )
        for question, value in numbers:
            if value is not None:
                yield Answer(self._new_uid(), uid, question, value, "", now)
        if answers.note.strip():
            yield Answer(self._new_uid(), uid, Question.NOTE, None, answers.note.strip(), now)

    def record_of(self, live: LiveSession) -> Record:
        """What was done in a session."""
        return record(live.first_steps, live.past)

    def log_undone(self, routine: Routine, answers: Answers, day: date | None) -> str:
        """Record a session that was done without the app, whole or not at all. Raises StoreError."""
        uid = self._new_uid()
        now = self.moment(day)
        known = known_exercises(self._routines.library, routine)
        head = SessionHead(
            uid,
            now,
            routine.id,
            routine.title,
            routine.revision,
            write_routine(self_contained(routine, known), remarks(Prescription(routine))).decode(),
            "",
            guided=False,
        )
        given = (*self._given(uid, answers), *self._morning_after(uid, now.day))
        whole = WholeSession(head, (), given, SessionEnd(uid, now, Ending.FINISHED))
        self._log.take_in(WholeLog((whole,)))
        return uid

    def _morning_after(self, uid: str, day: date) -> Iterator[Answer]:
        """What was answered about the next morning before the session was entered."""
        after = day + timedelta(days=1)
        for entry in self._log.days(after, after):
            if entry.morning is not None:
                yield Answer(self._new_uid(), uid, Question.MORNING, entry.morning, "", entry.recorded)

    def _ending(self, live: LiveSession) -> Ending:
        if live.session.complete:
            return Ending.FINISHED
        # Where nothing was completed, no session was done.
        return Ending.STOPPED if self.record_of(live).sets_done else Ending.LEFT

    def _revive(self, found: Unfinished, settings: Settings, keeper: Keeper) -> LiveSession:
        try:
            steps: tuple[Step, ...] = plan_from_json(found.head.plan)
            events: list[tuple[int, Event]] = [(one.seq, from_json(one.body)) for one in found.events]
        except msgspec.MsgspecError as error:
            raise Damaged((f"session {found.head.uid}: {type(error).__name__}",)) from error
        read = read_routine(found.head.routine.encode(), self._routines.library)
        if read.routine is None or not steps:
            raise Damaged((f"session {found.head.uid}: its routine cannot be read",))
        if not _fit(steps, (event for _, event in events), len(read.routine.items)):
            raise Damaged((f"session {found.head.uid}: its events lead out of its plan",))
        return LiveSession(
            found.head.uid,
            keeper,
            routine=read.routine,
            known=known_exercises(self._routines.library, read.routine),
            steps=steps,
            home_side=settings.home_side,
            events=events,
        )


def self_contained(routine: Routine, known: Mapping[str, Exercise]) -> Routine:
    """The routine with every exercise that it names inside, so that it can be read whatever the library becomes."""
    named = dict.fromkeys(item.exercise for item in routine.items)
    for item in routine.items:
        named |= dict.fromkeys(step.exercise for step in item.progress if isinstance(step.exercise, str))
    own = {exercise.id: exercise for exercise in routine.exercises}
    brought = [known[name] for name in named if name not in own and name in known]
    return msgspec.structs.replace(routine, exercises=[*routine.exercises, *brought])


def _fit(steps: tuple[Step, ...], events: Iterable[Event], items: int) -> bool:
    """Whether every step belongs to an item, and every event leads to a step."""
    s = Session(steps)
    for event in events:
        s = apply(s, event)
        if not 0 <= s.index < len(s.steps):
            return False
    return all(0 <= step.item < items for step in s.steps)


class _Nowhere:
    """Keeps nothing: for looking at a session without going on with it."""

    trouble = None

    def keep(self, seq: int, at_s: float, body: str) -> None:
        """Drop it."""

    def flush(self) -> bool:
        """Nothing to wait for."""
        return True
