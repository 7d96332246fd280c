"""A whole world around the app layer and the window, in a throw-away folder: silent, and no time passes by itself.

Knows no Qt, so that the tests of the app layer can use it as well.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from coach import resources
from coach.app.handout import Handout
from coach.app.live import Keeper
from coach.app.paper import Print
from coach.app.ports import Awake, Notices, Sound, Speech, Trouble
from coach.app.report import Report
from coach.app.routines import Listed
from coach.app.settings import Settings
from coach.app.surroundings import PATIENCE_S, Check, Log, Surroundings, WindowTask
from coach.core.routine.reading import read_routine
from coach.core.routine.routine import Routine
from coach.core.session.engine import Start, Stop, Tick
from coach.core.session.sounds import CueSound
from coach.paths import Home
from coach.store.errors import StoreError
from coach.ui.presenters.desk import Desk
from tests.fakes import FakeCalendar, FakeClock

Plain = dict[str, Any]  # JSON as a file has it


@dataclass
class FakeSound:
    """Notes what it was asked to sound."""

    trouble: Trouble | None = None
    settled: bool = True
    played: list[CueSound] = field(default_factory=list)
    closed: bool = False

    def play(self, cue: CueSound) -> None:
        self.played.append(cue)

    def set_volume(self, percent: int) -> None:
        pass

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeSpeech:
    """Notes what it was asked to say; `hushed` counts how often it was stopped in mid-word."""

    trouble: Trouble | None = None
    said: list[str] = field(default_factory=list)
    hushed: int = 0
    closed: bool = False

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def hush(self) -> None:
        self.hushed += 1

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeAwake:
    """Notes whether the screen is held on."""

    held: bool = False

    def hold(self) -> None:
        self.held = True

    def release(self) -> None:
        self.held = False


@dataclass
class FakeNotices:
    """Notes what it was asked to show; `press` is the person's finger on it."""

    told: list[tuple[str, str]] = field(default_factory=list)
    closed: bool = False
    press: Callable[[], object] = lambda: None

    def on_opened(self, act: Callable[[], object]) -> None:
        self.press = act

    def tell(self, title: str, text: str) -> None:
        self.told.append((title, text))

    def close(self) -> None:
        self.closed = True


class FakeShell:
    """A shell that opens nothing."""

    def has_display(self) -> bool:
        return True

    def open_window(self, task: WindowTask) -> int:
        return 0

    def checks(self) -> tuple[Check, ...]:
        return ()

    def handout_pdf(self, handout: Handout, how: Print) -> bytes:
        return b"%PDF-"

    def report_pdf(self, report: Report, how: Print) -> bytes:
        return b"%PDF-"


@dataclass
class MemoryKeeper:
    """Keeps the events of a session in a list, and notes when."""

    kept: list[tuple[int, float, str]] = field(default_factory=list)
    trouble: StoreError | None = None
    flushes: bool = True

    def keep(self, seq: int, at_s: float, body: str) -> None:
        self.kept.append((seq, at_s, body))

    def flush(self) -> bool:
        return self.flushes


TINY: Plain = {
    "format": "rehab-routine",
    "version": "1.0",
    "id": "tiny",
    "title": "Tiny",
    "schedule": {"per_week": 7},
    "items": [
        {
            "exercise": "clamshell",
            "sides": "each",
            "sets": 1,
            "reps": 2,
            "tempo": {"up_s": 1, "hold_s": 0, "down_s": 1},
            "prepare_s": 4,
            "switch_s": 3,
        },
        {"exercise": "plank", "sets": 2, "hold_s": 6, "rest_s": 8, "prepare_s": 4},
    ],
}
"""Clamshell 2 reps left, then right; plank 2 x 6 s: 39 s in all."""


def plain(**changes: object) -> Plain:
    """The tiny routine, with some keys changed."""
    return {**TINY, **changes}


def item(exercise: str, **changes: object) -> Plain:
    """One item of a routine."""
    return {"exercise": exercise, **changes}


def data(routine: Plain) -> bytes:
    """A routine as the bytes of a file."""
    return json.dumps(routine).encode()


class World:
    """Surroundings with fakes at every port and a home in `folder`; what was made by them is kept to be looked at."""

    def __init__(self, folder: Path, clock: FakeClock | None = None, calendar: FakeCalendar | None = None) -> None:
        self.clock = clock or FakeClock()
        self.calendar = calendar or FakeCalendar()
        self.home = Home(folder / "home")
        self.sounds: list[FakeSound] = []
        self.speeches: list[FakeSpeech] = []
        self.awakes: list[FakeAwake] = []
        self.notices = FakeNotices()
        self.sound_trouble: Trouble | None = None
        self.voice_trouble: Trouble | None = None
        self._numbers = count(1)
        self.surroundings = Surroundings(
            home=self.home,
            clock=self.clock,
            calendar=self.calendar,
            new_uid=lambda: f"uid-{next(self._numbers)}",
            make_sound=self._make_sound,
            make_speech=self._make_speech,
            make_awake=self._make_awake,
            make_notices=self._make_notices,
            shell=FakeShell(),
            exercises=resources.EXERCISES,
            built_in=resources.asset("routines"),
        )
        self.home.make()

    def with_log(self, open_log: Callable[[], Log]) -> Surroundings:
        """The surroundings, with another way to open the log: for a disk that fails."""

        class Opening(Surroundings, frozen=True):
            def open_log(self, patience_s: float = PATIENCE_S) -> Log:
                return open_log()

        return Opening(**{name: getattr(self.surroundings, name) for name in Surroundings.__struct_fields__})

    def choose(self, **changes: Any) -> Settings:  # settings of any kind
        """Write settings as if the person had chosen them, past the first run."""
        file = self.surroundings.settings_file()
        known = file.read().settings
        chosen = Settings(
            **{**{name: getattr(known, name) for name in known.__struct_fields__}, "set_up": True, **changes}
        )
        file.write(chosen)
        return chosen

    def receive(self, routine: Plain) -> Listed:
        """Take a routine over as if it had come from a physio."""
        routines = self.surroundings.routines()
        read = read_routine(data(routine), routines.library)
        assert read.routine is not None, read.findings
        routines.accept(read)
        found = routines.find(read.routine.id)
        assert found is not None
        return found

    def use(self, routine: Plain, **settings: Any) -> Listed:  # settings of any kind
        """Take a routine over and put it in use, alone."""
        listed = self.receive(routine)
        self.choose(in_use=(listed.routine.id,), **settings)
        return listed

    def routine(self, routine: Plain) -> Routine:
        """A routine as the reader gives it."""
        read = read_routine(data(routine), self.surroundings.routines().library)
        assert read.routine is not None, read.findings
        return read.routine

    @property
    def sound(self) -> FakeSound:
        """The sound that was made last."""
        return self.sounds[-1]

    @property
    def speech(self) -> FakeSpeech:
        """The voice that was made last."""
        return self.speeches[-1]

    @property
    def awake(self) -> FakeAwake:
        """What was made last to keep the screen on."""
        return self.awakes[-1]

    def _make_sound(self, settings: Settings) -> Sound:
        self.sounds.append(FakeSound(self.sound_trouble))
        return self.sounds[-1]

    def _make_speech(self, settings: Settings) -> Speech:
        self.speeches.append(FakeSpeech(self.voice_trouble))
        return self.speeches[-1]

    def _make_notices(self) -> Notices:
        return self.notices

    def _make_awake(self) -> Awake:
        self.awakes.append(FakeAwake())
        return self.awakes[-1]


def stopped(world: World, after_s: float) -> None:
    """A session of `TINY` that was ended so many seconds after it began; whole it takes 39."""
    desk = Desk(world.surroundings)
    live = desk.training.start(desk.routines.given(world.receive(TINY)), 2)
    assert live is not None
    live.do(Start(), 0.0)
    for tenth in range(1, round(after_s * 10)):
        live.do(Tick(), tenth / 10)
    live.do(Stop(), after_s)
    assert desk.training.finish(live)
    desk.close()


def keeping_nothing(uid: str) -> Keeper:
    """A keeper for sessions that need not be stored."""
    return MemoryKeeper()
