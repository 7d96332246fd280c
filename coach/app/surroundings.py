"""What the program runs in, as one value that the composition root builds and the shells are given."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from coach.app.ports import Awake, Calendar, Clock, NoNotices, Notices, Sound, Speech
from coach.paths import Home

if TYPE_CHECKING:
    # Imported where they are used: `coach plan` needs neither the database nor the session engine.
    from coach.app.drafts import DraftFiles
    from coach.app.handout import Handout
    from coach.app.live import Keeper
    from coach.app.logbook import Logbook
    from coach.app.paper import Print
    from coach.app.report import Report
    from coach.app.routines import Routines
    from coach.app.settings import Settings, SettingsFile
    from coach.app.training import Training
    from coach.app.unanswered import UnansweredFile
    from coach.app.walk_run_file import WalkRunFile
    from coach.store.journal import Log as Log  # noqa: PLC0414  # for the shells, which do not know the store
else:

    def __getattr__(name: str) -> object:
        if name == "Log":
            from coach.store.journal import Log

            return Log
        raise AttributeError(name)


PATIENCE_S = 5.0
"""How long one look at the log, or one word into it, waits for another process that has it."""


class Check(Struct, frozen=True):
    """One line of `coach doctor`: what was looked at, whether it is well, and what was found, in plain values."""

    name: str
    ok: bool
    found: str
    advice: str = ""


class WindowTask(Struct, frozen=True):
    """What the window is opened for; nothing in particular by default."""

    file: Path | None = None
    """A routine file to look at, or to be guided through."""
    guide: bool = False
    """Go straight into the session of `file`, or of the routine that is due."""
    pain_before: int | None = None
    pain_after: int | None = None


class Shell(Protocol):
    """What the terminal needs of the window, which it does not know."""

    def has_display(self) -> bool:
        """Whether a window could be opened."""

    def open_window(self, task: WindowTask) -> int:
        """Open the window, or raise the one that is open, and return the exit status."""

    def checks(self) -> Iterable[Check]:
        """What only a window system can tell, each as soon as it was looked at: display, fonts, voices."""

    def handout_pdf(self, handout: "Handout", how: "Print") -> bytes:
        """A handout as PDF, with the routine file inside; needs no display."""

    def report_pdf(self, report: "Report", how: "Print") -> bytes:
        """A report as PDF; needs no display."""


class Surroundings(Struct, frozen=True):
    """Everything outside; the real one is built in `__main__`, tests build their own."""

    home: Home
    clock: Clock
    calendar: Calendar
    new_uid: Callable[[], str]
    make_sound: "Callable[[Settings], Sound]"
    make_speech: "Callable[[Settings], Speech]"
    make_awake: Callable[[], Awake]
    shell: Shell
    exercises: Path
    built_in: Path
    list_voices: Callable[[], tuple[str, ...]] = tuple
    """The names of the voices that can speak here; takes seconds."""

    make_notices: Callable[[], Notices] = NoNotices

    def settings_file(self) -> "SettingsFile":
        """The settings on disk."""
        from coach.app.settings import SettingsFile

        return SettingsFile(self.home.settings, self.home.database)

    def unanswered(self) -> "UnansweredFile":
        """The self-test that waits for its answers, on disk."""
        from coach.app.unanswered import UnansweredFile

        return UnansweredFile(self.home.unanswered)

    def walk_run(self) -> "WalkRunFile":
        """The guided walk/run that is being done, on disk."""
        from coach.app.walk_run_file import WalkRunFile

        return WalkRunFile(self.home.walk_run)

    def drafts(self) -> "DraftFiles":
        """The routines that are being worked on, on disk."""
        from coach.app.drafts import DraftFiles

        return DraftFiles(self.home.drafts)

    def routines(self) -> "Routines":
        """The routines on disk."""
        from coach.app.routines import Routines

        return Routines(self.exercises, self.built_in, self.home.routines)

    def open_log(self, patience_s: float = PATIENCE_S) -> "Log":
        """The log, for writing; made on the first start. Raises StoreError."""
        from coach.store.database import open_for_writing
        from coach.store.journal import Log

        return Log(open_for_writing(self.home.database, now=self.calendar.now(), timeout_s=patience_s))

    def read_log(self, patience_s: float = PATIENCE_S) -> "Log":
        """The log, for reading only; one that was never begun is empty. Raises StoreError."""
        from coach.store.database import open_for_reading
        from coach.store.journal import Log

        return Log(open_for_reading(self.home.database, timeout_s=patience_s))

    def training(self, log: "Log", make_keeper: "Callable[[str], Keeper]") -> "Training":
        """The sessions of this log."""
        from coach.app.training import Training

        return Training(log, self.routines(), self.calendar, self.new_uid, make_keeper)

    def logbook(self, log: "Log") -> "Logbook":
        """The entries of this log."""
        from coach.app.logbook import Logbook

        return Logbook(log, self.calendar, self.new_uid)
