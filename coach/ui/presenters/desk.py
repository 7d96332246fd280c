"""Between the screens and the app layer: reads and writes on behalf of every screen but the player.

A screen asks for a value and shows it whole; after anything changed it is told what, and asks again. What fails is
told once through `failed`, and the method returns None: nothing raises into a screen.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Flag, auto
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from coach.app.check_ins import CheckIns
from coach.app.errors import StoreError
from coach.app.logbook import Logbook
from coach.app.prescribing import Prescription, prescribed, prescription
from coach.app.routines import Listed, Opened, Origin
from coach.app.settings import Settings
from coach.app.surroundings import Log, Surroundings
from coach.app.today import DueSession, TodayView, today_view
from coach.app.window_lock import WindowLock
from coach.core.day import training_day
from coach.core.log import Spot
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Work, works
from coach.core.routine.routine import Readiness, Routine, Rules

if TYPE_CHECKING:  # what a session needs is loaded when there is one: Today has to be painted first
    from coach.app.day_story import DayStory
    from coach.app.drafts import Kept
    from coach.app.guidance import Guidance
    from coach.app.handout import Handout
    from coach.app.keeping import EventLog, ThreadKeeper
    from coach.app.library import Shelved
    from coach.app.live import LiveSession
    from coach.app.recordings import Arrival, Pains, Recording, Standing
    from coach.app.report import Report
    from coach.app.run_plan import RunPlan
    from coach.app.testing import Attempt, Offer, Walked
    from coach.app.training import Answers, Broken, Training
    from coach.app.unanswered import Unanswered
    from coach.app.walk_run import BrokenRun, Led, Ran, WalkRuns
    from coach.core.clinical.asking import Asking, Done
    from coach.core.clinical.run_plan import Stage
    from coach.core.clinical.self_tests import Guided
    from coach.core.routine.reading import ReadRoutine

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Changed(Flag):
    """What is not as it was."""

    LOG = auto()
    SETTINGS = auto()
    ROUTINES = auto()


class Failure(Struct, frozen=True):
    """What could not be done, and why."""

    error: Exception


class Desk(QObject):
    """The person's log, routines and settings, for the window."""

    changed = Signal(object)  # Changed
    failed = Signal(object)  # Failure
    run_left = Signal(object)  # BrokenRun

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.surroundings = surroundings
        self._file = surroundings.settings_file()
        read = self._file.read()
        self._settings = read.settings
        self.refused_settings = read.refused
        self._routines = surroundings.routines()
        self._log: Log | None = None
        self._keepers: dict[str, ThreadKeeper] = {}
        self._writing = False
        self._begun = False
        self._seen_version = 0
        self.window_lock: WindowLock | None = None
        """What this window holds on its data folder; lent while a copy is put in the log's place."""

    # -- telling ------------------------------------------------------------------------------------------------

    def on_changed(self, take: Callable[[Changed], object]) -> None:
        """Call `take` after anything changed."""
        self.changed.connect(take)

    def on_failed(self, take: Callable[[Failure], object]) -> None:
        """Call `take` when something could not be done."""
        self.failed.connect(take)

    def on_run_left(self, take: "Callable[[BrokenRun], object]") -> None:
        """Call `take` when a walk/run that broke off is not gone on with: it is to be asked how it was."""
        self.run_left.connect(take)

    # -- settings -----------------------------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """What the person chose."""
        return self._settings

    def choose(self, **changes: object) -> None:
        """Change some settings, at once and on disk."""
        self._settings = msgspec.structs.replace(self._settings, **changes)
        self._try(self._write_settings)
        self.changed.emit(Changed.SETTINGS)

    # -- reading ------------------------------------------------------------------------------------------------

    @property
    def library(self) -> dict[str, Exercise]:
        """The shipped exercises by id."""
        return dict(self._routines.library)

    def today(self) -> TodayView | None:
        """Today, whole."""
        now = self.surroundings.calendar.now()
        return self._try(
            lambda: today_view(self._reading(), self._routines, self._settings, self._logbook().today(), now.hour)
        )

    def guidance(self) -> "Guidance | None":
        """What the log asks for now; it takes some milliseconds, so the first paint does without."""
        from coach.app.guidance import guidance

        return self._try(lambda: guidance(self._reading(), self._routines, self._settings, self._logbook().today()))

    def proposed(self, given: Prescription, seen: "Guidance | None" = None) -> Prescription:
        """What is proposed of a prescription today; itself if the log cannot be looked at."""
        from coach.app.guidance import proposed

        seen = seen or self.guidance()
        return given if seen is None else proposed(given, seen, self._routines, self._settings)

    def proposed_due(self, due: DueSession, seen: "Guidance") -> DueSession:
        """The session that is due as it is proposed today."""
        from coach.app.guidance import proposed_due

        return proposed_due(due, seen, self._routines, self._settings)

    def blocked(self) -> bool:
        """Whether a red flag, raised by the person or by the log, speaks against any exercise."""
        seen = self.guidance()
        return seen is not None and seen.blocked

    def asking(self) -> "Asking | None":
        """What is to be asked now."""
        return self._try(lambda: self._check_ins().asking())

    def story(self, day: date) -> "DayStory | None":
        """What was answered about a day, and what was changed."""
        from coach.app.day_story import day_story

        return self._try(lambda: day_story(self._reading(), day))

    def day(self) -> date:
        """The training day that it is now."""
        return training_day(self.surroundings.calendar.now())

    def run_plan(self, on: date) -> "RunPlan | None":
        """Where the return-to-run plan stands on a day, with the verdict of that day."""
        from coach.app.run_plan import run_plan

        now = self.surroundings.calendar.now()
        return self._try(lambda: run_plan(self._reading(), self._routines, self._settings, on, now))

    def limits(self) -> Readiness:
        """The thresholds that the routines in use set themselves."""
        from coach.app.readiness import read_plan

        plan = self._try(lambda: read_plan(self._reading(), self._routines, self._settings, self.day()))
        return plan.limits if plan is not None else Readiness()

    def criteria_since(self) -> date | None:
        """The day since which the criteria before the impact check are met, R0 to R6; None while they are not."""
        from coach.app.readiness import criteria_since

        return self._try(lambda: criteria_since(self._reading(), self._routines, self._settings, self.day()))

    def broken(self) -> "Broken | None":
        """What broke off: the guided walk/run, else the session; None where nothing did."""
        run = self.broken_run()
        if run is not None:
            from coach.words.walk_run import broken

            return broken(run)
        if self._try(lambda: self._reading().unfinished()) is None:
            return None
        from coach.app.window_lock import session_lock

        if session_lock(self.surroundings.home).held_by_other():
            return None  # not broken off: it is being guided in a terminal
        return self._try(lambda: self._training(self._reading()).broken(self._settings))

    def listed(self) -> tuple[Listed, ...]:
        """Every routine the person has, built-in ones first."""
        return self._routines.all(self._settings.home_side)

    def find(self, routine_id: str) -> Listed | None:
        """A routine by its id."""
        return self._routines.find(routine_id, self._settings.home_side)

    def shelves(self) -> "tuple[Shelved, ...]":
        """Every exercise the person has, in the order of the library."""
        from coach.app.library import shelves

        return shelves(self._routines.library, self.listed(), self._settings)

    def given(self, listed: Listed) -> Prescription:
        """The routine as this person does it: what is left out for their pain site, and what is advised against."""
        return prescription(listed, self._routines.library, self._settings)

    def given_routine(self, routine: Routine) -> Prescription:
        """As `given`, for a routine that is in no list: a file that is being looked at."""
        return prescribed(routine, self._routines.library, self._settings, own=False)

    def works(self, routine: Routine) -> tuple[Work, ...]:
        """The items of a routine with every number known."""
        return works(routine, self._routines.library, self._settings.home_side)

    def refresh(self) -> None:
        """Look whether another process changed the log: when the window becomes active, or a day begins."""
        if self._log is not None and not self._begun and self.surroundings.home.database.exists():
            self.close()  # what was read so far was no log at all
            self.changed.emit(Changed.LOG)
        version = self._try(lambda: self._reading().data_version())
        if version is not None and version != self._seen_version:
            self._seen_version = version
            self.changed.emit(Changed.LOG)

    # -- the log ------------------------------------------------------------------------------------------------

    def check_in(
        self,
        day: date | None = None,
        *,
        morning: int | None = None,
        worst: int | None = None,
        night: bool | None = None,
        analgesic: bool | None = None,
        limp: bool | None = None,
        spots: tuple[Spot, ...] | None = None,
    ) -> bool:
        """Record answers about a day, today if none is named; those left at None stay. True when it is on disk."""

        def record() -> None:
            book = self._logbook()
            book.day(
                day or book.today(),
                morning=morning,
                worst=worst,
                night=night,
                analgesic=analgesic,
                limp=limp,
                spots=spots,
            )

        return self._write(record)

    def answer_after60(self, done: "Done", pain: int) -> bool:
        """Record the pain an hour after a session, a walk or a run. True when it is on disk."""
        return self._write(lambda: self._check_ins().answer_after60(done, pain))

    def record_test(
        self,
        name: str,
        day: date,
        *,
        pain: int,
        left: float | None = None,
        right: float | None = None,
        value: float | None = None,
        groin: bool = False,
    ) -> bool:
        """Record the result of a self-test, and a red flag if the groin hurt. True when it is on disk."""
        from coach.core.clinical.self_tests import GROIN_FLAG

        def write() -> None:
            book = self._logbook()
            if groin and pain > 0:  # first: if only one of the two comes to disk, it is this one
                book.flag(GROIN_FLAG, day, raised=True)
            book.test(name, day, pain=pain, left=left, right=right, value=value, groin=groin)

        return self._write(write)

    def flag(self, name: str, *, raised: bool) -> bool:
        """Raise or clear a red flag today. True when it is on disk."""
        return self._write(lambda: self._logbook().flag(name, self._logbook().today(), raised=raised))

    # -- routines -----------------------------------------------------------------------------------------------

    def open_file(self, path: Path) -> Opened | None:
        """Look at a file; nothing is taken over."""
        return self._try(lambda: self._routines.open(path, self._settings.home_side))

    def open_code(self, text: str) -> Opened | None:
        """Look at the text of a hand-out's code; None where it is none."""
        return self._routines.open_code(text, self._settings.home_side)

    def handout(self, listed: Listed) -> "Handout | None":
        """What the hand-out of a routine tells; None if its file is no longer as it was."""
        from coach.app.handout import handout_of

        today = self.surroundings.calendar.now().date()
        return self._try(lambda: handout_of(listed, self._routines, self._settings, today))

    def handout_from(self, data: bytes) -> "Handout | None":
        """What the hand-out of a routine file tells that is on no disk yet; None if it has problems."""
        from coach.app.handout import handout

        opened = self._try(lambda: self._routines.open_data(data, self._settings.home_side))
        if opened is None or opened.read is None or opened.read.routine is None:
            return None
        return handout(opened, self._routines, self._settings, self.surroundings.calendar.now().date())

    def report(self, weeks: int) -> "Callable[[], Report]":
        """What tells of the last weeks when it is called, once, on any thread. It raises StoreError, OSError."""
        surroundings, settings, day = self.surroundings, self._settings, self.day()

        def told() -> "Report":
            from coach.app.report import report
            from coach.app.run_plan import run_plan
            from coach.words.report import running

            log = surroundings.read_log()
            try:
                routines = surroundings.routines()
                plan = run_plan(log, routines, settings, day, surroundings.calendar.now())
                return report(log, routines, settings, day, weeks, readiness=running(plan))
            finally:
                log.close()

        return cache(told)

    def accept(self, read: "ReadRoutine") -> bool:
        """Take a routine over and use it."""
        assert read.routine is not None
        taken = self.taken_as(read.routine)
        if self._try(lambda: self._routines.accept(read)) is None:
            return False
        self.use(taken.id)
        self.changed.emit(Changed.ROUTINES)
        return True

    def taken_as(self, routine: Routine) -> Routine:
        """The routine of a file under the id that it has, or would have, here."""
        return self._routines.taken_as(routine)

    def earlier(self, listed: Listed) -> tuple[Listed, ...]:
        """The revisions that came before this one, the latest first."""
        return self._routines.earlier(listed, self._settings.home_side)

    def routine_data(self, listed: Listed) -> bytes | None:
        """The file of a routine."""
        return self._try(lambda: self._routines.data(listed))

    def keep_own(self, data: bytes) -> Listed | None:
        """Put a routine that was made here among the person's own; it is not put in use."""
        listed = self._try(lambda: self._routines.keep_own(data))
        if listed is not None:
            self.changed.emit(Changed.ROUTINES)
        return listed

    def write_file(self, path: Path, data: bytes) -> bool:
        """Write a file anywhere, whole or not at all. True when it is on disk."""
        from coach.app.transfer import write_file

        def writing() -> bool:
            write_file(path, data)
            return True

        return bool(self._try(writing))

    def drafts(self) -> "tuple[Kept, ...]":
        """What is being worked on in the editor, the latest first."""
        return self.surroundings.drafts().all()

    def discard_draft(self, uid: str) -> None:
        """Keep a draft no longer."""
        self._try(lambda: self.surroundings.drafts().remove(uid))
        self.changed.emit(Changed.ROUTINES)

    def keep_draft(self, kept: "Kept") -> None:
        """Undo `discard_draft`."""
        self._try(lambda: self.surroundings.drafts().write(kept))
        self.changed.emit(Changed.ROUTINES)

    def draft_changed(self) -> None:
        """A draft was begun, handed out or given up."""
        self.changed.emit(Changed.ROUTINES)

    def fail(self, error: Exception) -> None:
        """Tell what could not be done elsewhere."""
        self.failed.emit(Failure(error))

    def use(self, routine_id: str) -> None:
        """Put a routine in use, first in the order."""
        others = tuple(one for one in self._settings.in_use if one != routine_id)
        self.choose(in_use=(routine_id, *others))

    def stop_using(self, routine_id: str) -> None:
        """Put a routine out of use; it stays in the list."""
        self.choose(in_use=tuple(one for one in self._settings.in_use if one != routine_id))

    def remove(self, listed: Listed) -> bytes | None:
        """Take a received routine away; what is returned brings it back by `put_back`."""
        assert listed.origin is not Origin.BUILT_IN
        data = self._try(lambda: self._routines.remove(listed))
        if data is not None:
            self.changed.emit(Changed.ROUTINES)
        return data

    def put_back(self, listed: Listed, data: bytes) -> None:
        """Undo `remove`."""
        self._try(lambda: self._routines.put_back(listed, data))
        self.changed.emit(Changed.ROUTINES)

    # -- sessions -----------------------------------------------------------------------------------------------

    def start(self, given: Prescription, pain_before: int | None) -> "LiveSession | None":
        """Begin a session; None if it could not be recorded."""
        live = self._try(lambda: self._training(self._writer()).start(given, self._settings, pain_before))
        self.changed.emit(Changed.LOG)
        return live

    def go_on(self) -> "LiveSession | None":
        """The session that broke off, paused where it was."""
        return self._try(lambda: self._training(self._writer()).go_on(self._settings))

    def leave(self, uid: str) -> bool:
        """Do not go on with what broke off; a walk/run is first asked about, since its minutes belong in the log."""
        run = self.broken_run()
        if run is not None and run.begun.uid == uid:
            self.run_left.emit(run)
            return True
        return self._write(lambda: self._training(self._writer()).leave(uid))

    def answer(self, uid: str, answers: "Answers") -> bool:
        """Record what was answered about a session."""
        return self._write(lambda: self._training(self._writer()).answer(uid, answers))

    def finish(self, live: "LiveSession") -> bool:
        """Record the end of a session; False while its events cannot all be brought to disk."""
        ended = bool(self._try(lambda: self._training(self._writer()).finish(live)))
        if ended:
            self._end_keeper(live.uid)
        self.changed.emit(Changed.LOG)
        return ended

    # -- walk/runs ----------------------------------------------------------------------------------------------

    def broken_run(self) -> "BrokenRun | None":
        """The guided walk/run that broke off, or waits for its answers."""
        if not self.surroundings.home.walk_run.exists():
            return None
        return self._try(lambda: self._walk_runs().broken(self._reading()))

    def start_run(self, stage: "Stage", before: int) -> "Led | None":
        """Begin a guided walk/run; None if it could not be brought to disk."""

        def starting() -> "Led":
            self.surroundings.home.make()
            return self._walk_runs().start(stage, before, self.run_rules())

        return self._try(starting)

    def go_on_run(self) -> "Led | None":
        """The walk/run that broke off, paused where it was."""
        return self._try(lambda: self._walk_runs().go_on(self._reading(), self.run_rules()))

    def finish_run(self, ran: "Ran") -> bool:
        """Put a walk/run that was answered into the log. True when it is on disk."""
        self._end_keeper(ran.uid)
        return self._write(lambda: self._walk_runs().finish(self._writer(), ran))

    def drop_run(self, uid: str) -> None:
        """Keep nothing of a walk/run: it was none."""
        self._end_keeper(uid)
        self._try(self._walk_runs().drop)
        self.changed.emit(Changed.LOG)

    def run_rules(self) -> Rules:
        """What the routines in use say about walks and runs."""
        from coach.core.clinical.profiles import common_rules

        found = (self.find(name) for name in self._settings.in_use)
        return common_rules(one.routine for one in found if one is not None)

    # -- self-tests ---------------------------------------------------------------------------------------------

    def test_offer(self, test: "Guided", criteria_since: date | None = None) -> "Offer | None":
        """A self-test as it may be done today; `criteria_since` where who asks knows it."""
        from coach.app.testing import offer

        found = (self.find(routine) for routine in self._settings.in_use)
        listed = next((one for one in found if one is not None), None)
        return self._try(
            lambda: offer(
                test,
                self._reading(),
                self._logbook().today(),
                library=self._routines.library,
                settings=self._settings,
                routine=listed.routine if listed is not None else None,
                criteria_since=criteria_since or self.criteria_since(),
                limits=self.limits(),
            )
        )

    def attempt(self, offered: "Offer") -> "Attempt":
        """A self-test that begins now."""
        from coach.app.testing import Attempt

        return Attempt(offered, self.record)

    def record(self, act: Callable[[Logbook], object]) -> bool:
        """Let `act` write into the log. True when it is on disk."""
        return self._write(lambda: act(self._logbook()))

    def record_walk(self, on: date, walked: "Walked") -> bool:
        """Record a guided walk. True when it is on disk."""
        from coach.app.testing import keep_walk

        return self.record(lambda logbook: keep_walk(logbook, on, walked))

    def unanswered(self) -> "tuple[Unanswered, Offer] | None":
        """The oldest bout that waits for its answers, with what is known of its day."""
        waiting = next(iter(self.surroundings.unanswered().read()), None)
        if waiting is None:
            return None
        from coach.app.testing import offer_again

        offered = self._try(lambda: offer_again(waiting, self._reading()))
        return (waiting, offered) if offered is not None else None

    def let_wait(self, one: "Unanswered") -> None:
        """Keep what was measured until it is in the log."""
        self._try(lambda: self.surroundings.unanswered().add(one))

    def answered(self, one: "Unanswered") -> None:
        """It is in the log."""
        self._try(lambda: self.surroundings.unanswered().remove(one))

    # -- recorded walks and runs ------------------------------------------------------------------------------------

    def open_any(self, path: Path) -> "Opened | Recording | None":
        """Look at a file: a routine, a library, a hand-out, or a walk or run that a watch recorded."""
        from coach.app.transfer import recording_in

        return self._try(lambda: recording_in(path) or self._routines.open(path, self._settings.home_side))

    def standing(self, one: "Arrival") -> "Standing | None":
        """What the log has of a recording already."""
        from coach.app.recordings import standing

        return self._try(lambda: standing(self._reading(), one))

    def take_recordings(self, some: "Mapping[Arrival, Pains]") -> bool:
        """Record these walks and runs with what the person says of them. True when all are on disk."""
        from coach.app.recordings import record

        def write() -> None:
            for one, pains in some.items():
                record(self._reading(), one, pains, self.surroundings.calendar)

        return self._write(write)

    def strike_recordings(self, some: "Iterable[Arrival]") -> bool:
        """Undo `take_recordings`. True when it is on disk."""
        from coach.app.recordings import strike

        return self._write(lambda: strike(self._reading(), some, self.surroundings.calendar))

    # -- beginning and end --------------------------------------------------------------------------------------

    def begin_anew(self) -> None:
        """Read settings, routines and log again: they were replaced or erased."""
        self.close()
        read = self._file.read()
        self._settings, self.refused_settings = read.settings, read.refused
        self.changed.emit(Changed.LOG | Changed.SETTINGS | Changed.ROUTINES)

    def close(self) -> None:
        """Let go of the log."""
        for keeper in self._keepers.values():
            keeper.close()
        self._keepers.clear()
        if self._log is not None:
            self._log.close()
            self._log = None
            self._writing = False

    # -- inside -------------------------------------------------------------------------------------------------

    def _reading(self) -> Log:
        if self._log is None:
            self._begun = self.surroundings.home.database.exists()
            # Read only: the first screen makes no file, migrates nothing and imports nothing heavy.
            self._log = self.surroundings.read_log()
            self._seen_version = self._log.data_version()
        return self._log

    def _writer(self) -> Log:
        if not self._writing:
            log = self.surroundings.open_log()
            if self._log is not None:
                self._log.close()
            self._log, self._writing, self._begun = log, True, True
            self._seen_version = log.data_version()
        return self._reading()

    def _logbook(self) -> Logbook:
        return Logbook(self._reading(), self.surroundings.calendar, self.surroundings.new_uid)

    def _check_ins(self) -> CheckIns:
        return CheckIns(self._reading(), self.surroundings.calendar, self.surroundings.new_uid)

    def _training(self, log: Log) -> "Training":
        from coach.app.training import Training

        return Training(log, self._routines, self.surroundings.calendar, self.surroundings.new_uid, self._keeper)

    def _walk_runs(self) -> "WalkRuns":
        from coach.app.walk_run import WalkRuns

        around = self.surroundings
        return WalkRuns(around.walk_run(), around.calendar, around.new_uid, self._routines.library, self._kept_by)

    def _keeper(self, uid: str) -> "ThreadKeeper":
        return self._kept_by(self.surroundings.open_log, uid)

    def _kept_by(self, open_log: "Callable[[], EventLog]", uid: str) -> "ThreadKeeper":
        from coach.app.keeping import ThreadKeeper

        self._end_keeper(uid)  # gone on with in the same window
        made = self._keepers[uid] = ThreadKeeper(open_log, uid)
        return made

    def _end_keeper(self, uid: str) -> None:
        if uid in self._keepers:
            self._keepers.pop(uid).close()

    def _write_settings(self) -> None:
        self.surroundings.home.make()
        self._file.write(self._settings)

    def _write(self, act: Callable[[], object]) -> bool:
        def writing() -> bool:
            self._writer()
            act()
            return True

        done = bool(self._try(writing))
        if done:
            self.changed.emit(Changed.LOG)
        return done

    def _try(self, act: Callable[[], T]) -> T | None:
        try:
            return act()
        except (StoreError, OSError) as error:
            _log.warning("%s", type(error).__name__)
            self.failed.emit(Failure(error))
            return None
