"""Between the screens and the app layer: settings, and what the log says and is told, for every screen.

A screen asks for a value and shows it whole; after anything changed it is told what, and asks again. What fails is
told once through `failed`, and the method returns None: nothing raises into a screen. That holds for the parts of the
desk too: routines, training, self-tests, recordings.
"""

import logging
from collections.abc import Callable
from datetime import date
from enum import Flag, auto
from functools import cache, cached_property
from threading import Thread
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from coach.app.check_ins import CheckIns
from coach.app.errors import BeingReplaced, StoreError, Unavailable
from coach.app.logbook import Logbook
from coach.app.prescribing import Prescription
from coach.app.settings import ReadSettings, Settings, Stamp, stamp
from coach.app.surroundings import PATIENCE_S as LONG_S
from coach.app.surroundings import Log, Surroundings
from coach.app.today import DueSession, TodayView, today_view
from coach.app.window_lock import WindowLock
from coach.core.day import training_day
from coach.core.log import Spot
from coach.core.routine.exercise import Exercise, PainSite
from coach.core.routine.routine import Readiness

if TYPE_CHECKING:  # Today has to be painted first
    from coach.app.day_story import DayStory
    from coach.app.guidance import Guidance
    from coach.app.report import Report
    from coach.app.run_plan import RunPlan
    from coach.app.walk_run import BrokenRun
    from coach.core.clinical.asking import Asking, Done
    from coach.ui.presenters.recordings import RecordingsDesk
    from coach.ui.presenters.routines import RoutinesDesk
    from coach.ui.presenters.self_tests import SelfTestsDesk
    from coach.ui.presenters.training import TrainingDesk

_log = logging.getLogger(__name__)
T = TypeVar("T")
PATIENCE_S: Final = 0.3
"""How long the window stands still for another process that has the log: a commit tries three times, in all a second.
What could not be written is told, and the other process is done in a moment."""


class Changed(Flag):
    """What is not as it was."""

    LOG = auto()
    SETTINGS = auto()
    ROUTINES = auto()


class Failure(Struct, frozen=True):
    """What could not be done, and why."""

    error: Exception


class _NothingNew(StoreError):
    """The log is being replaced: what is shown stays for that time, and nobody need be told."""


class Desk(QObject):
    """The person's settings and log, for the window, and the parts that do the rest."""

    changed = Signal(object)  # Changed
    failed = Signal(object)  # Failure
    run_left = Signal(object)  # BrokenRun

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.surroundings = surroundings
        self._file = surroundings.settings_file()
        self._seen_settings: Stamp = None
        self._unwritten: list[Callable[[Settings], Settings]] = []
        """What was chosen and is not on disk yet."""
        self.read_settings = self._read_settings()
        self._settings = self.read_settings.settings
        self.routines_on_disk = surroundings.routines()
        self._seen_routines = stamp(surroundings.home.routines)
        self._log: Log | None = None
        self._writing = False
        self._begun = False
        self._lent = False
        self._copying: Thread | None = None
        self._copied_on: date | None = None
        self._seen_version = 0
        self.window_lock: WindowLock | None = None
        """What this window holds on its data folder; lent while a copy is put in the log's place."""
        self.only_to_look: Unavailable | None = None
        """Why nothing can be kept: then nothing is written at all."""

    # -- parts, made on first use: the first paint does without most of them ------------------------------------

    @cached_property
    def routines(self) -> "RoutinesDesk":
        """Routines, their files, drafts and handouts."""
        from coach.ui.presenters.routines import RoutinesDesk

        return RoutinesDesk(self)

    @cached_property
    def training(self) -> "TrainingDesk":
        """Sessions and walk/runs that are guided."""
        from coach.ui.presenters.training import TrainingDesk

        return TrainingDesk(self)

    @cached_property
    def self_tests(self) -> "SelfTestsDesk":
        """Self-tests, guided or typed in."""
        from coach.ui.presenters.self_tests import SelfTestsDesk

        return SelfTestsDesk(self)

    @cached_property
    def recordings(self) -> "RecordingsDesk":
        """Walks and runs that a watch recorded."""
        from coach.ui.presenters.recordings import RecordingsDesk

        return RecordingsDesk(self)

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

    def fail(self, error: Exception) -> None:
        """Tell what could not be done elsewhere."""
        self.failed.emit(Failure(error))

    # -- settings -----------------------------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """What the person chose."""
        return self._settings

    @property
    def refused_settings(self) -> tuple[str, ...]:
        """Which settings could not be read when they were read first."""
        return self.read_settings.refused

    def choose(self, **changes: object) -> None:
        """Change some settings, at once and on disk; the others are what the disk says of them now."""
        self.choose_by(lambda known: msgspec.structs.replace(known, **changes))

    def choose_by(self, act: Callable[[Settings], Settings]) -> None:
        """As `choose`, for what follows from the settings themselves: the terminal may have changed them since."""
        if self._lent:
            self.fail(BeingReplaced())
            self.changed.emit(Changed.SETTINGS)  # what was pressed shows again what holds
            return
        self._unwritten.append(act)
        expected = act(self._settings)
        written = self.tried(self._write_settings)
        if written is not None:
            self._unwritten.clear()
        self._settings = written or expected
        self.changed.emit(Changed.SETTINGS if self._settings == expected else Changed.SETTINGS | Changed.ROUTINES)

    # -- reading ------------------------------------------------------------------------------------------------

    @property
    def library(self) -> dict[str, Exercise]:
        """The shipped exercises by id."""
        return dict(self.routines_on_disk.library)

    def today(self) -> TodayView | None:
        """Today, whole."""
        now = self.surroundings.calendar.now()
        return self.tried(
            lambda: today_view(self.reading(), self.routines_on_disk, self._settings, self.logbook().today(), now.hour)
        )

    def guidance(self) -> "Guidance | None":
        """What the log asks for now; it takes some milliseconds, so the first paint does without."""
        from coach.app.guidance import guidance

        return self.tried(
            lambda: guidance(self.reading(), self.routines_on_disk, self._settings, self.logbook().today())
        )

    def proposed(self, given: Prescription, seen: "Guidance | None" = None) -> Prescription:
        """What is proposed of a prescription today; itself if the log cannot be looked at."""
        from coach.app.guidance import proposed

        seen = seen or self.guidance()
        return given if seen is None else proposed(given, seen, self.routines_on_disk, self._settings)

    def proposed_due(self, due: DueSession, seen: "Guidance") -> DueSession:
        """The session that is due as it is proposed today."""
        from coach.app.guidance import proposed_due

        return proposed_due(due, seen, self.routines_on_disk, self._settings)

    def blocked(self) -> bool:
        """Whether a red flag, raised by the person or by the log, speaks against any exercise."""
        seen = self.guidance()
        return seen is not None and seen.blocked

    def asking(self) -> "Asking | None":
        """What is to be asked now."""
        return self.tried(lambda: self._check_ins().asking())

    def story(self, day: date) -> "DayStory | None":
        """What was answered about a day, and what was changed."""
        from coach.app.day_story import day_story

        return self.tried(lambda: day_story(self.reading(), day))

    def day(self) -> date:
        """The training day that it is now."""
        return training_day(self.surroundings.calendar.now())

    def run_plan(self, on: date) -> "RunPlan | None":
        """Where the return-to-run plan stands on a day, with the verdict of that day."""
        from coach.app.run_plan import run_plan

        now = self.surroundings.calendar.now()
        return self.tried(lambda: run_plan(self.reading(), self.routines_on_disk, self._settings, on, now))

    def sites(self) -> frozenset[PainSite]:
        """Where it hurts today: by the settings, and by what was said today."""
        from coach.app.history import sites_on

        found = self.tried(lambda: sites_on(self.reading(), self._settings, self.day()))
        return frozenset(self._settings.pain_sites) if found is None else found

    def limits(self) -> Readiness:
        """The thresholds that the routines in use set themselves."""
        from coach.app.readiness import read_plan

        plan = self.tried(lambda: read_plan(self.reading(), self.routines_on_disk, self._settings, self.day()))
        return plan.limits if plan is not None else Readiness()

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

    def refresh(self) -> None:
        """Look whether another process changed anything: when the window becomes active, or a day begins."""
        if self._lent:
            return
        self._refresh_files()
        if self._log is not None and not self._begun and self.surroundings.home.database.exists():
            self.close()  # what was read so far was no log at all
            self.changed.emit(Changed.LOG)
        version = self.tried(lambda: self.reading().data_version())
        if version is not None and version != self._seen_version:
            self._seen_version = version
            self.changed.emit(Changed.LOG)

    # -- the log ------------------------------------------------------------------------------------------------

    def record(self, act: Callable[[Logbook], object]) -> bool:
        """Let `act` write into the log. True when it is on disk."""
        return self.write(lambda: act(self.logbook()))

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

        def answered(book: Logbook) -> None:
            book.day(
                day or book.today(),
                morning=morning,
                worst=worst,
                night=night,
                analgesic=analgesic,
                limp=limp,
                spots=spots,
            )

        return self.record(answered)

    def answer_after60(self, done: "Done", pain: int) -> bool:
        """Record the pain an hour after a session, a walk or a run. True when it is on disk."""
        return self.write(lambda: self._check_ins().answer_after60(done, pain))

    def flag(self, name: str, *, raised: bool) -> bool:
        """Raise or clear a red flag today. True when it is on disk."""
        return self.record(lambda book: book.flag(name, book.today(), raised=raised))

    # -- beginning and end --------------------------------------------------------------------------------------

    def rotate(self) -> None:
        """Make the checked copy of the day on a thread, if there is none yet."""
        if self._lent or (self._copying is not None and self._copying.is_alive()):
            return
        from coach.app.copies import rotate_in_background

        self._copied_on = self.day()
        self._copying = rotate_in_background(self.surroundings)

    def new_day(self) -> None:
        """A minute passed: with a new training day comes the next copy, also in a window that stays open for weeks."""
        if self._copied_on is not None and self._copied_on != self.day():
            self.rotate()

    def wait_for_copy(self) -> None:
        """Wait until no copy is being written any more."""
        if self._copying is not None:
            self._copying.join()

    @property
    def lent(self) -> bool:
        """Whether the log is being replaced or erased: nothing new is read, and what is to be kept is refused."""
        return self._lent

    def lend(self) -> None:
        """Let go of everything until `begin_anew`: what was written into it now would be gone with it."""
        self.close()
        self._lent = True

    def begin_anew(self) -> None:
        """Read settings, routines and log again: they were replaced or erased."""
        self.close()
        self._lent = False
        self.routines_seen()
        self._unwritten.clear()
        self.read_settings = self._read_settings()
        self._settings = self.read_settings.settings
        self.changed.emit(Changed.LOG | Changed.SETTINGS | Changed.ROUTINES)

    def close(self) -> None:
        """Let go of the log."""
        self.training.close()
        if self._log is not None:
            self._log.close()
            self._log = None
            self._writing = False

    # -- for the parts ------------------------------------------------------------------------------------------

    def reading(self) -> Log:
        """The log, for reading. Raises StoreError."""
        if self._lent:
            raise _NothingNew
        if self._log is None:
            self._begun = self.surroundings.home.database.exists()
            # Read only: the first screen makes no file, migrates nothing and imports nothing heavy.
            self._log = self.surroundings.read_log(PATIENCE_S)
            self._seen_version = self._log.data_version()
        return self._log

    def writing(self) -> Log:
        """The log, for writing; made if there is none yet. Raises StoreError."""
        self.must_keep()
        self.must_be_here()
        if not self._writing:
            log = self.surroundings.open_log(PATIENCE_S)
            if self._log is not None:
                self._log.close()
            self._log, self._writing, self._begun = log, True, True
            self._seen_version = log.data_version()
        return self.reading()

    def must_keep(self) -> None:
        """Raise StoreError where the window is only to look."""
        if self.only_to_look is not None:
            raise self.only_to_look

    def logbook(self) -> Logbook:
        """The entries of the log. Raises StoreError."""
        return Logbook(self.reading(), self.surroundings.calendar, self.surroundings.new_uid)

    def write(self, act: Callable[[], object]) -> bool:
        """Do what writes into the log, and tell that it changed. True when it is on disk."""

        def acted() -> bool:
            self.writing()
            act()
            return True

        done = bool(self.tried(acted))
        if done:
            self.changed.emit(Changed.LOG)
        return done

    def must_be_here(self) -> None:
        """Raise BeingReplaced while the data folder is lent: whatever is kept in it would be gone, or come too late."""
        if self._lent:
            raise BeingReplaced

    def own_log(self, patience_s: float = LONG_S) -> Log:
        """A log of one's own, for reading; to be closed. Raises StoreError."""
        self.must_be_here()
        return self.surroundings.read_log(patience_s)

    def kept(self, act: Callable[[], T]) -> T | None:
        """As `tried`, for what is kept in the data folder beside the log."""

        def acted() -> T:
            self.must_be_here()
            return act()

        return self.tried(acted)

    def tried(self, act: Callable[[], T]) -> T | None:
        """What `act` comes to; None if it fails, which is told."""
        try:
            return act()
        except _NothingNew:
            return None
        except (StoreError, OSError) as error:
            _log.warning("%s", type(error).__name__)
            self.fail(error)
            return None

    # -- inside -------------------------------------------------------------------------------------------------

    def _check_ins(self) -> CheckIns:
        return CheckIns(self.reading(), self.surroundings.calendar, self.surroundings.new_uid)

    def _read_settings(self) -> ReadSettings:
        self._seen_settings = self._file.stamp()  # before: what is written in between is then seen at the next look
        return self._file.read()

    def _write_settings(self) -> Settings:
        self.must_keep()
        self.surroundings.home.make()
        written = self._file.change(self._as_chosen, self._settings)
        self._seen_settings = self._file.stamp()
        return written

    def _as_chosen(self, known: Settings) -> Settings:
        for act in self._unwritten:
            known = act(known)
        return known

    def routines_seen(self) -> None:
        """The routines on disk are as this window left them."""
        self._seen_routines = stamp(self.surroundings.home.routines)

    def _refresh_files(self) -> None:
        changed = Changed(0)
        if self._file.stamp() != self._seen_settings or self.read_settings.trouble is not None:
            read = self._read_settings()
            if read.trouble is None:
                self.read_settings = read
            known = self._as_chosen(read.settings)
            # What cannot be read, or is gone, takes nothing from what this window knows.
            if not read.unread and self._seen_settings is not None and known != self._settings:
                self._settings = known
                changed = Changed.SETTINGS | Changed.ROUTINES
        seen = stamp(self.surroundings.home.routines)
        if seen != self._seen_routines:
            self._seen_routines = seen
            changed |= Changed.ROUTINES
        if changed:
            self.changed.emit(changed)
