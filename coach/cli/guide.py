"""A session, guided in the terminal: the same engine, the same events, the same cues as in the window."""

from dataclasses import dataclass

from coach.app.live import CueReader, LiveSession
from coach.cli.asking import ask_pain
from coach.cli.keyboard import Interrupts
from coach.cli.pacing import Pace
from coach.cli.screen import Screen
from coach.core.clinical.pain import Choice, Limits, advice
from coach.core.session.engine import (
    MAX_GAP_S,
    Adjust,
    Back,
    Command,
    Count,
    ItHurts,
    Pause,
    Phase,
    Rate,
    Resume,
    Skip,
    SkipExercise,
    Start,
    Stop,
    Tick,
)
from coach.core.session.events import Adjusted, Began, Counted, Eased, Event, Jumped, Paused, Resumed, Slept, Started
from coach.words import text_session as words
from coach.words.announce import Announcer
from coach.words.failures import failure
from coach.words.terminal import StepLines

ADJUST_S = 10.0
LOOK_S = MAX_GAP_S - 0.5
"""A longer look away from the clock would count as sleep."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a session in the terminal is guided with."""

    screen: Screen
    pace: Pace
    interrupts: Interrupts
    announcer: Announcer
    limits: Limits
    ticks: int
    attended: bool
    """Somebody can press keys; else nothing ever waits for one."""
    followed: bool
    """Somebody hears or sees every second go by; else only what is kept is looked at."""


class Guide:
    """Guides one session to its end, or until the program is asked to end."""

    def __init__(self, live: LiveSession, room: Room) -> None:
        self._live = live
        self._room = room
        self._screen = room.screen
        self._pace = room.pace
        self._cues = CueReader(room.ticks, since=live.session.seen if live.past else float("-inf"))
        self._lines = StepLines(live.known)
        self._saving = True

    def run(self) -> bool:
        """Guide; False if it was broken off, and can be gone on with."""
        if self._live.session.phase is Phase.PAUSED:
            self._print_step(self._live.session.index)
            self._do(Resume())
        else:
            self._do(Start())
        while True:
            self._do(Tick())
            self._let_hear()
            if self._live.session.phase is Phase.DONE:
                self._screen.clear()
                return True
            if self._room.interrupts.pending:
                self.pause()
                self._screen.clear()
                return False
            if not self._room.attended:
                self._go_on_alone()
            self._screen.status(words.status(self._live, self._pace.now()))
            key = self._pace.read(self._next_wake())
            if key is not None:
                self._press(key)

    def _next_wake(self) -> float | None:
        s, now = self._live.session, self._pace.now()
        if self._room.followed or s.phase is not Phase.RUNNING:
            return self._cues.next_wake(s, now)
        end = s.began + s.length_s
        return min(end, now + LOOK_S) if end > now else now + LOOK_S

    def pause(self) -> None:
        """Stop the session's clock, in the log as well."""
        self._live.do(Pause(), self._pace.now())

    # -- what happens -----------------------------------------------------------------------------------------------

    def _do(self, command: Command) -> None:
        self._tell(self._live.do(command, self._pace.now()))

    def _tell(self, events: tuple[Event, ...]) -> None:
        """Print what happened. It is on disk by now: a printed step is a kept one."""
        self._tell_of_trouble()
        for event in events:
            match event:
                case Started():
                    self._print_step(0)
                case Began(index=index) | Counted(index=index) | Jumped(index=index):
                    self._print_step(index)
                case Eased():
                    self._print_step(self._live.session.index)
                case Slept(gap_s=gap_s):
                    self._screen.line(words.slept(gap_s))
                case Paused() if self._room.attended:
                    self._screen.line(words.paused())
                case Resumed(lead_s=lead_s) if self._room.attended:
                    self._screen.line(words.resumed(lead_s))
                case Adjusted(seconds=seconds):
                    self._screen.line(words.adjusted(seconds))
                case _:
                    pass

    def _print_step(self, index: int) -> None:
        outline = self._live.outline
        self._screen.line(self._lines.line(outline.steps[index], outline.until[index]))

    def _tell_of_trouble(self) -> None:
        trouble = self._live.trouble
        if (trouble is None) == self._saving:
            return
        self._saving = trouble is None
        self._screen.line(words.saving_again() if trouble is None else words.not_saving(failure(trouble)))

    def _let_hear(self) -> None:
        exercise = self._live.session.step.exercise
        for cue in self._cues.take(self._live.session, self._pace.now()):
            self._room.announcer.announce(cue, exercise)
        for told in self._room.announcer.news():
            self._screen.line(words.unheard(told))

    def _go_on_alone(self) -> None:
        """Nobody is there to count a rep or to go on after a sleep: the clock does."""
        s, now = self._live.session, self._pace.now()
        if s.phase is Phase.PAUSED:
            self._do(Resume())
        elif s.step.open and s.left(now) <= 0:
            self._do(Count())

    # -- keys -------------------------------------------------------------------------------------------------------

    def _press(self, key: str) -> None:
        match key:
            case "space":
                self._pause_or_count()
            case "b":
                self._pause_or_go_on()
            case "left":
                self._do(Back())
            case "right":
                self._do(Skip())
            case "+" | "=":
                self._do(Adjust(ADJUST_S))
            case "-":
                self._do(Adjust(-ADJUST_S))
            case "p":
                self._it_hurts()
            case "m":
                self._mute()
            case "q" | "esc":
                self._end()
            case "?" | "h":
                self._screen.line(words.keys())
            case _:
                pass

    def _pause_or_count(self) -> None:
        s = self._live.session
        if s.waits_for_rep(self._pace.now()):
            self._do(Count())
        else:
            self._pause_or_go_on()

    def _pause_or_go_on(self) -> None:
        if self._live.session.phase is Phase.PAUSED:
            self._do(Resume())
        else:
            self._room.announcer.hush()
            self._do(Pause())

    def _mute(self) -> None:
        self._room.announcer.muted = not self._room.announcer.muted
        if self._room.announcer.muted:
            self._room.announcer.hush()
        self._screen.line(words.muted() if self._room.announcer.muted else words.heard())

    def _it_hurts(self) -> None:
        self._room.announcer.hush()
        self._do(ItHurts())
        pain = ask_pain(self._screen, self._pace, words.how_much())
        if pain is not None:
            self._do(Rate(pain))
        while not self._room.interrupts.pending:
            found = advice(pain or 0, self._room.limits, easier_exists=self._live.easier() is not None)
            self._screen.line(words.offer(found, self._live.easier(), rated=pain is not None))
            chosen = self._choose(found.choices)
            if not isinstance(chosen, int):
                self._go_on_with(chosen)
                return
            pain = chosen
            self._do(Rate(pain))

    def _choose(self, choices: tuple[Choice, ...]) -> Choice | int | None:
        """How it goes on, or another number in place of the one that was told."""
        by_key = {words.KEY_OF[choice]: choice for choice in choices}
        while not self._room.interrupts.pending:
            key = self._pace.read(None)
            if key in by_key:
                return by_key[key]
            if key is not None and key.isascii() and key.isdigit():
                return int(key)
            if key == "enter":
                return choices[0]
        return None

    def _go_on_with(self, choice: Choice | None) -> None:
        match choice:
            case Choice.GO_ON:
                self._do(Resume())
            case Choice.EASIER:
                self._tell(self._live.ease(self._pace.now()))
                self._do(Resume())
            case Choice.SKIP:
                self._do(SkipExercise())
                self._do(Resume())
            case Choice.STOP:
                self._do(Stop())
            case None:
                pass

    def _end(self) -> None:
        was_running = self._live.session.phase is Phase.RUNNING
        self._room.announcer.hush()
        self._live.do(Pause(), self._pace.now())
        self._screen.ask(words.really_end())
        while not self._room.interrupts.pending:
            match self._pace.read(None):
                case "y":
                    self._screen.line(words.yes())
                    self._do(Stop())
                    return
                case "n" | "esc" | "space":
                    self._screen.line(words.no())
                    if was_running:
                        self._do(Resume())
                    return
                case _:
                    pass
