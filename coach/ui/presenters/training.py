"""The desk's part for training: sessions and walk/runs that are guided, from their start into the log."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from coach.ui.presenters.desk import Changed, Desk

if TYPE_CHECKING:  # Today asks what broke off before it is painted; the rest is loaded when there is a session
    from coach.app.keeping import EventLog, ThreadKeeper
    from coach.app.live import LiveSession
    from coach.app.prescribing import Prescription
    from coach.app.surroundings import Log
    from coach.app.training import Answers, Broken, Training
    from coach.app.walk_run import BrokenRun, Led, Ran, WalkRuns
    from coach.core.clinical.run_plan import Stage
    from coach.core.routine.routine import Rules


_FLUSH_S: Final = 1.0
"""How long the window stands still until the last events are on disk; they are written all the same, only later."""


class TrainingDesk:
    """The person's guided sessions and walk/runs, for the window."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._keepers: dict[str, ThreadKeeper] = {}
        """What brings the events of a session or a walk/run to disk, each on a thread of its own."""

    def close(self) -> None:
        """Let go of the log."""
        for keeper in self._keepers.values():
            keeper.close()
        self._keepers.clear()

    # -- what broke off -----------------------------------------------------------------------------------------

    def broken(self) -> "Broken | None":
        """What broke off: the guided walk/run, else the session; None where nothing did."""
        run = self.broken_run()
        if run is not None:
            from coach.words.walk_run import broken

            return broken(run)
        if self._desk.tried(lambda: self._desk.reading().unfinished()) is None:
            return None
        from coach.app.window_lock import session_lock

        if session_lock(self._desk.surroundings.home).held_by_other():
            return None  # not broken off: it is being guided in a terminal
        return self._desk.tried(lambda: self._sessions(self._desk.reading()).broken(self._desk.settings))

    def broken_run(self) -> "BrokenRun | None":
        """The guided walk/run that broke off, or waits for its answers."""
        if not self._desk.surroundings.home.walk_run.exists():
            return None
        return self._desk.tried(lambda: self._walk_runs().broken(self._desk.reading()))

    def leave(self, uid: str) -> bool:
        """Do not go on with what broke off; a walk/run is first asked about, since its minutes belong in the log."""
        run = self.broken_run()
        if run is not None and run.begun.uid == uid:
            self._desk.run_left.emit(run)
            return True
        return self._desk.write(lambda: self._sessions(self._desk.writing()).leave(uid))

    def take_up_again(self, uid: str) -> bool:
        """Undo `leave` of a session. True when it is on disk."""
        return self._desk.write(lambda: self._sessions(self._desk.writing()).take_up_again(uid))

    # -- sessions -----------------------------------------------------------------------------------------------

    def start(self, given: "Prescription", pain_before: int | None) -> "LiveSession | None":
        """Begin a session; None if it could not be recorded."""
        desk = self._desk
        live = desk.tried(lambda: self._sessions(desk.writing()).start(given, desk.settings, pain_before))
        desk.changed.emit(Changed.LOG)
        return live

    def go_on(self) -> "LiveSession | None":
        """The session that broke off, paused where it was."""
        return self._desk.tried(lambda: self._sessions(self._desk.writing()).go_on(self._desk.settings))

    def answer(self, uid: str, answers: "Answers") -> bool:
        """Record what was answered about a session."""
        return self._desk.write(lambda: self._sessions(self._desk.writing()).answer(uid, answers))

    def finish(self, live: "LiveSession") -> bool:
        """Record the end of a session; False while its events cannot all be brought to disk."""
        ended = bool(self._desk.tried(lambda: self._sessions(self._desk.writing()).finish(live)))
        if ended:
            self._end_keeper(live.uid)
        self._desk.changed.emit(Changed.LOG)
        return ended

    # -- walk/runs ----------------------------------------------------------------------------------------------

    def run_rules(self) -> "Rules":
        """What the routines in use say about walks and runs."""
        from coach.core.clinical.profiles import common_rules

        return common_rules(one.routine for one in self._desk.routines.in_use())

    def start_run(self, stage: "Stage", before: int) -> "Led | None":
        """Begin a guided walk/run; None if it could not be brought to disk."""

        def starting() -> "Led":
            self._desk.must_keep()
            self._desk.surroundings.home.make()
            return self._walk_runs().start(stage, before, self.run_rules())

        return self._desk.kept(starting)

    def go_on_run(self) -> "Led | None":
        """The walk/run that broke off, paused where it was."""
        return self._desk.tried(lambda: self._walk_runs().go_on(self._desk.reading(), self.run_rules()))

    def finish_run(self, ran: "Ran") -> bool:
        """Put a walk/run that was answered into the log. True when it is on disk."""
        self._end_keeper(ran.uid)
        return self._desk.write(lambda: self._walk_runs().finish(self._desk.writing(), ran))

    def drop_run(self, uid: str) -> None:
        """Keep nothing of a walk/run: it was none."""
        self._end_keeper(uid)
        self._desk.tried(self._walk_runs().drop)
        self._desk.changed.emit(Changed.LOG)

    # -- inside -------------------------------------------------------------------------------------------------

    def _sessions(self, log: "Log") -> "Training":
        from coach.app.training import Training

        around = self._desk.surroundings
        return Training(log, self._desk.routines_on_disk, around.calendar, around.new_uid, self._keeper)

    def _walk_runs(self) -> "WalkRuns":
        from coach.app.walk_run import WalkRuns

        around, library = self._desk.surroundings, self._desk.routines_on_disk.library
        return WalkRuns(around.walk_run(), around.calendar, around.new_uid, library, self._kept_by)

    def _keeper(self, uid: str) -> "ThreadKeeper":
        return self._kept_by(self._desk.surroundings.open_log, uid)

    def _kept_by(self, open_log: "Callable[[], EventLog]", uid: str) -> "ThreadKeeper":
        from coach.app.keeping import ThreadKeeper

        self._end_keeper(uid)  # gone on with in the same window
        made = self._keepers[uid] = ThreadKeeper(open_log, uid, _FLUSH_S)
        return made

    def _end_keeper(self, uid: str) -> None:
        if uid in self._keepers:
            self._keepers.pop(uid).close()
