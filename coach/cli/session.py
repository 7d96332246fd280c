"""`coach session`: guided in the window, or here in the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec

from coach.app import copies
from coach.app.errors import Busy, NothingToDo, StoreError, Unavailable
from coach.app.guidance import Guidance, anyway, proposed
from coach.app.guidance import guidance as look
from coach.app.history import sites_on
from coach.app.keeping import DirectKeeper
from coach.app.live import LiveSession
from coach.app.ports import SETTLES_S, Sound, Speech
from coach.app.prescribing import Prescription, as_prescribed, prescribed
from coach.app.surroundings import Log, Surroundings, WindowTask
from coach.app.today import today_view
from coach.app.training import Answers, Broken, Training
from coach.app.window_lock import WindowLock, session_lock
from coach.cli.asking import ask_line, ask_pain
from coach.cli.guide import Guide, Room
from coach.cli.keyboard import Interrupts, NoKeyboard, TerminalKeyboard
from coach.cli.opening import writing
from coach.cli.pacing import FastPace, Pace, RealPace
from coach.cli.routines import read_routine_file
from coach.cli.screen import Screen
from coach.cli.values import LINE, PAIN, Number
from coach.core.clinical.pain import beginning, limits
from coach.core.clinical.red_flags import Tier
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import known_exercises
from coach.words import guidance, red_flags
from coach.words import text_session as words
from coach.words.announce import Announcer
from coach.words.failures import failure
from coach.words.session import too_much_to_begin
from coach.words.terminal import no_display_so_text, plan_head, short
from coach.words.translate import tr

DONE, PROBLEMS, USAGE, FAILED = 0, 1, 2, 3
_BLOCKING = (Tier.EMERGENCY, Tier.URGENT)
_TRIES_AT_END = 3
_SETTLING_S = 0.02


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    file: str | None
    speed: float
    sound: bool | None
    before: int | None
    during: int | None
    after: int | None
    effort: int | None
    note: str
    resume: bool
    discard: bool
    anyway: bool
    as_prescribed: bool


@click.command()
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--text", is_flag=True, help="Guide here in the terminal, not in the window.")
@click.option("--speed", type=Number(0.1, 1e6), default=1.0, metavar="X", help="With --text: X times as fast, unheard.")
@click.option("--pain-before", type=PAIN, metavar="N", help="Pain before, 0 to 10, instead of being asked.")
@click.option("--pain-during", type=PAIN, metavar="N", help="Worst pain in it, 0 to 10, instead of being asked.")
@click.option("--pain-after", type=PAIN, metavar="N", help="Pain after, 0 to 10, instead of being asked.")
@click.option("--effort", type=PAIN, metavar="N", help="How hard it was, 0 to 10.")
@click.option("--note", type=LINE, default="", metavar="TEXT", help="A line about it.")
@click.option("--sound/--no-sound", default=None, help="Sound and voice, whatever the settings and the speed.")
@click.option("--resume", is_flag=True, help="Go on at the rep where the last session broke off.")
@click.option("--discard", is_flag=True, help="Leave the session that broke off as it is and begin anew.")
@click.option(
    "--anyway",
    is_flag=True,
    help="Begin although an urgent flag, or the rest after a red session, is against it; not in an emergency.",
)
@click.option("--as-prescribed", is_flag=True, help="With --text: the prescribed dose, where another one is proposed.")
@click.pass_obj
def session(
    surroundings: Surroundings,
    file: str | None,
    text: bool,
    speed: float,
    pain_before: int | None,
    pain_during: int | None,
    pain_after: int | None,
    effort: int | None,
    note: str,
    sound: bool | None,
    resume: bool,
    discard: bool,
    anyway: bool,
    as_prescribed: bool,
) -> int:
    """Guide a session: that of a routine FILE, or the one that is due.

    It opens the window; with --text it is guided here: each step is printed as it begins, once it is saved. On a
    terminal the keys are those of the window: space pauses or counts a rep, arrows go back and on, P it hurts, + and -
    change a rest, M mutes, Q or Esc ends, ? tells them all.

    A session that broke off (a crash, a power cut, Ctrl-C) can be gone on with at that very rep. On a terminal you are
    asked. Without one, --resume goes on; otherwise it is left as it is, which loses nothing of what was done, and a new
    session begins.
    """
    if resume and discard:
        raise click.UsageError(tr("--resume and --discard exclude each other."))
    if resume and file:
        raise click.UsageError(tr("--resume goes on with the routine of the session that broke off; leave FILE out."))
    if not text and surroundings.shell.has_display():
        if speed != 1.0 or resume or discard:
            raise click.UsageError(tr("--speed, --resume and --discard go with --text; the window asks by itself."))
        if file is not None and isinstance(status := read_routine_file(surroundings.routines(), file, None), int):
            return status
        task = WindowTask(Path(file) if file else None, guide=True, pain_before=pain_before, pain_after=pain_after)
        return surroundings.shell.open_window(task)
    if not text:
        click.echo(no_display_so_text(), err=True)
    wanted = Wanted(
        file,
        speed,
        sound,
        pain_before,
        pain_during,
        pain_after,
        effort,
        note,
        resume=resume,
        discard=discard,
        anyway=anyway,
        as_prescribed=as_prescribed,
    )
    with writing(surroundings) as log, only_session(surroundings), Interrupts() as interrupts:
        return TextSession(surroundings, log, wanted, interrupts).run()


@contextmanager
def only_session(surroundings: Surroundings) -> Iterator[None]:
    """Keep a second session from running on the same log: it would take the first for a broken one."""
    lock = session_lock(surroundings.home)
    if not lock.acquire():
        raise Busy(tr("A session is being guided in another terminal just now. Nothing was changed."))
    try:
        yield
    finally:
        lock.release()


class TextSession:
    """One session in the terminal, from the question before to the answers after."""

    def __init__(self, surroundings: Surroundings, log: Log, wanted: Wanted, interrupts: Interrupts) -> None:
        self._surroundings = surroundings
        self._wanted = wanted
        self._interrupts = interrupts
        self._settings = surroundings.settings_file().read().settings
        self._events = SteadyLog(surroundings, log)
        self._training = self._training_of(log)
        self._screen = Screen(sys.stdout)
        self._attended = sys.stdin is not None and sys.stdin.isatty()
        self._sound: Sound | None = None
        self._speech: Speech | None = None
        self._asks = self._attended and self._screen.live
        self._keyboard = TerminalKeyboard(interrupts) if self._attended else NoKeyboard(interrupts)

    def run(self) -> int:
        """Guide it, and return the exit status."""
        raw = self._keyboard.raw() if isinstance(self._keyboard, TerminalKeyboard) else nullcontext()
        try:
            with raw:
                found = self._begin()
                return found if isinstance(found, int) else self._guide(found)
        finally:
            self._close_devices()

    # -- before -----------------------------------------------------------------------------------------------------

    def _begin(self) -> LiveSession | int:
        if self._events.log.unfinished() and WindowLock(self._surroundings.home.lock).held_by_other():
            raise Busy(tr("A session is under way in the window, or waits there to be gone on with."))
        broken = self._broken()
        if self._wanted.resume and broken is None:
            click.echo(words.nothing_to_go_on_with(), err=True)
            return PROBLEMS
        if broken is not None:
            self._screen.line(words.broken(broken))
            self._wake_devices()
            goes_on = self._goes_on()
            if goes_on is None:
                return DONE
            if goes_on:
                self._screen.line(words.going_on())
                return self._training.go_on(self._settings) or FAILED
            self._leave_all()
        return self._begin_anew()

    def _broken(self) -> Broken | None:
        """The session that can be gone on with. One that only lacks its end gets it now."""
        while (broken := self._training.broken(self._settings)) is not None and not broken.can_go_on:
            self._training.leave(broken.uid)
        return broken

    def _leave_all(self) -> None:
        while (broken := self._training.broken(self._settings)) is not None:
            self._training.leave(broken.uid)

    def _goes_on(self) -> bool | None:
        """Whether to go on with what broke off; None for neither now."""
        if self._wanted.resume or self._wanted.discard:
            return self._wanted.resume
        if not self._asks:
            self._screen.line(words.left_and_begun_anew())
            return False
        self._screen.ask(words.go_on_or_not())
        while not self._interrupts.pending:
            match self._keyboard.read(1.0):
                case "g" | "enter":
                    self._screen.line("")
                    return True
                case "l":
                    self._screen.line("")
                    return False
                case "esc" | "q":
                    break
                case _:
                    pass
        self._screen.line("")
        return None

    def _begin_anew(self) -> LiveSession | int:
        seen = self._seen()
        flags = tuple(one for one in seen.standing if one.flag.tier in _BLOCKING)
        for one in flags:
            click.echo(f"{red_flags.short(one.flag)}: {red_flags.advice(one.flag)}", err=True)
            if one.evidence:
                click.echo(guidance.evidence(one, seen.today), err=True)
        # An emergency keeps from loading whoever insists (clinical reference, 5.1).
        if any(not self._wanted.anyway or one.flag.tier is Tier.EMERGENCY for one in flags):
            click.echo(tr("No session until a clinician has looked; then: coach log flag NAME --clear"), err=True)
            return PROBLEMS
        prescribed_ = self._prescription()
        if isinstance(prescribed_, int):
            return prescribed_
        given = self._proposed(prescribed_, seen)
        if isinstance(given, int):
            return given
        self._wake_devices()
        before = self._wanted.before
        if before is None and self._asks:
            before = ask_pain(self._screen, self._waiting(), words.pain_before())
        if self._interrupts.pending or self._is_too_much(before, given):
            return DONE
        try:
            return self._training.start(given, self._settings, before)
        except NothingToDo as error:
            click.echo(failure(error), err=True)
            return PROBLEMS

    def _is_too_much(self, before: int | None, given: Prescription) -> bool:
        """Whether a session is held back by the answer; one that came with the command was given on purpose."""
        limit = beginning(given.routine.rules, self._sites())
        if before is None or before <= limit.up_to:
            return False
        self._screen.line(too_much_to_begin(limit))
        return self._wanted.before is None

    def _sites(self) -> frozenset[PainSite]:
        log = self._events.log
        return sites_on(log, self._settings, self._surroundings.logbook(log).today())

    def _seen(self) -> Guidance:
        log = self._events.log
        today = self._surroundings.logbook(log).today()
        return look(log, self._surroundings.routines(), self._settings, today)

    def _proposed(self, given: Prescription, seen: Guidance) -> Prescription | int:
        """What is proposed of the prescription, said with its reason; or the exit status of "not today"."""
        under = anyway if self._wanted.anyway else proposed
        found = under(given, seen, self._surroundings.routines(), self._settings)
        assert found.proposal is not None
        if found.held is not None:
            heading = guidance.heading(found.held, seen.today)
            click.echo(f"{heading}. {guidance.not_today(found.held, seen.today)}", err=True)
            return PROBLEMS
        if not found.differs:
            if said := guidance.as_prescribed(found.proposal, seen.today):
                self._screen.line(said)
            return found
        known = known_exercises(self._surroundings.routines().library, given.routine)
        heading = guidance.heading(found.proposal, seen.today)
        said = guidance.proposed(found.proposal, known, seen.today).replace("\n", " ")
        self._screen.line(f"{heading}. {said}")
        if self._wanted.as_prescribed:
            self._screen.line(words.as_prescribed())
            return as_prescribed(found)
        self._screen.line(words.other_dose_or_not())
        return found

    def _prescription(self) -> Prescription | int:
        routines = self._surroundings.routines()
        if self._wanted.file is not None:
            read = read_routine_file(routines, self._wanted.file, self._settings.home_side)
            if isinstance(read, int):
                return read
            return prescribed(read, routines.library, self._settings, own=False)
        today = self._surroundings.logbook(self._events.log).today()
        due = today_view(self._events.log, routines, self._settings, today, 12).due
        if due is None:
            click.echo(tr("No routine is in use. Name a file, or take one in: coach import FILE"), err=True)
            return PROBLEMS
        return due.given

    # -- while it runs ----------------------------------------------------------------------------------------------

    def _guide(self, live: LiveSession) -> int:
        awake = self._surroundings.make_awake() if self._wanted.speed == 1.0 else None
        announcer = self._announcer(live)
        if awake:
            awake.hold()
        try:
            length_s = live.session.left_in_all(live.session.seen)
            self._screen.line(words.opening(live.routine.title, len(live.routine.items), length_s))
            if self._attended:
                self._screen.line(words.keys_short())
            self._screen.line(plan_head())
            self._let_settle(announcer)
            guide = Guide(live, self._room(live, announcer))
            try:
                over = guide.run()
            except OSError:  # nobody can read it any more: it waits for the next start
                guide.pause()
                raise
        finally:
            if awake:
                awake.release()
        if not over:
            self._screen.line(words.can_be_gone_on_with())
            return self._kept(live)
        return self._end(live)

    def _room(self, live: LiveSession, announcer: Announcer) -> Room:
        return Room(
            screen=self._screen,
            pace=self._pace(live.session.seen),
            interrupts=self._interrupts,
            announcer=announcer,
            limits=limits(live.routine.rules, self._sites()),
            ticks=self._settings.countdown,
            attended=self._attended,
            followed=self._screen.live or self._is_heard(),
        )

    def _pace(self, start: float) -> Pace:
        clock = self._surroundings.clock
        if self._wanted.speed == 1.0:
            return RealPace(clock, start, self._keyboard, self._interrupts)
        return FastPace(clock, start, self._keyboard, self._interrupts, self._wanted.speed)

    def _waiting(self) -> Pace:
        return RealPace(self._surroundings.clock, 0.0, self._keyboard, self._interrupts)

    def _is_heard(self) -> bool:
        wanted = self._wanted.sound
        return self._wanted.speed == 1.0 if wanted is None else wanted

    def _wake_devices(self) -> None:
        """Start what sounds and speaks while there is still something to answer: it takes them a second or two."""
        if not self._is_heard() or self._sound is not None or self._speech is not None:
            return
        if self._settings.sound or self._wanted.sound:
            self._sound = self._surroundings.make_sound(self._settings)
        if self._settings.voice:
            self._speech = self._surroundings.make_speech(self._settings)

    def _announcer(self, live: LiveSession) -> Announcer:
        self._wake_devices()
        settings = msgspec.structs.replace(self._settings, sound=True) if self._wanted.sound else self._settings
        return Announcer(self._sound, self._speech, live.known, settings)

    def _let_settle(self, announcer: Announcer) -> None:
        """Begin with the first cue, not in the middle of it."""
        until = self._surroundings.clock() + SETTLES_S
        while not announcer.settled and not self._interrupts.pending and self._surroundings.clock() < until:
            self._keyboard.read(_SETTLING_S)

    def _close_devices(self) -> None:
        for device in (self._sound, self._speech):
            if device is not None:
                device.close()

    # -- after ------------------------------------------------------------------------------------------------------

    def _end(self, live: LiveSession) -> int:
        self._training = self._training_of(self._events.log)
        status = self._finish(live)
        self._say_summary(live)
        answers = self._answers()
        if status == DONE:
            self._training.answer(live.uid, answers)
            copies.keep_daily(self._surroundings, self._events.log)
            if self._attended:
                self._screen.line(words.tomorrow())
        return status

    def _finish(self, live: LiveSession) -> int:
        why: StoreError | None = None
        for _ in range(_TRIES_AT_END):
            try:
                if self._training.finish(live):
                    return DONE
                why = live.trouble
            except StoreError as error:
                why = error
            self._training = self._training_of(self._events.fresh())
            self._keyboard.read(0.3)
        click.echo(words.still_not_saved(failure(why) if why else ""), err=True)
        return FAILED

    def _kept(self, live: LiveSession) -> int:
        if live.flush() or live.trouble is None:
            return DONE
        click.echo(words.still_not_saved(failure(live.trouble)), err=True)
        return FAILED

    def _say_summary(self, live: LiveSession) -> None:
        done = self._training.record_of(live)
        self._screen.line(words.summary(live.routine.title, done))
        names = {id_: short(one.name) for id_, one in live.known.items()}
        for line in words.exercise_lines(done, names):
            self._screen.line(line)

    def _answers(self) -> Answers:
        during, after = self._wanted.during, self._wanted.after
        effort, note = self._wanted.effort, self._wanted.note
        if self._asks and isinstance(self._keyboard, TerminalKeyboard) and not self._interrupts.pending:
            waiting = self._waiting()
            during = during if during is not None else ask_pain(self._screen, waiting, words.pain_during())
            after = after if after is not None else ask_pain(self._screen, waiting, words.pain_after())
            effort = effort if effort is not None else ask_pain(self._screen, waiting, words.effort())
            note = note or ask_line(self._screen, self._keyboard, words.note())
        return Answers(during=during, after=after, effort=effort, note=note)

    def _training_of(self, log: Log) -> Training:
        return self._surroundings.training(log, lambda uid: DirectKeeper(self._events, uid))


class SteadyLog:
    """The log for the events of a session: opened anew after a failure that its connection may not survive."""

    def __init__(self, surroundings: Surroundings, log: Log) -> None:
        self._surroundings = surroundings
        self.log = log
        self._doubtful = False

    def append(self, session_uid: str, seq: int, at_s: float, body: str) -> None:
        """Append one event. Raises StoreError."""
        if self._doubtful:
            self.fresh()
        try:
            self.log.append(session_uid, seq, at_s, body)
        except Unavailable:
            self._doubtful = True
            raise

    def fresh(self) -> Log:
        """The log on a connection that can be trusted. Raises StoreError."""
        if self._doubtful:
            self.log.close()
            self.log = self._surroundings.open_log()
            self._doubtful = False
        return self.log

    def close(self) -> None:
        """Close it."""
        self.log.close()
