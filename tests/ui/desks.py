"""A desk over a throw-away home with fakes at every port, for screens under test and on show."""

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from coach import resources
from coach.app.ports import Sound, Speech, Trouble
from coach.app.settings import Settings
from coach.app.surroundings import Check, Surroundings, WindowTask
from coach.core.session.sounds import CueSound
from coach.paths import Home
from coach.ui.presenters.desk import Desk
from tests.fakes import FakeCalendar, FakeClock


@dataclass
class FakeSound:
    """Notes what it was asked to sound."""

    trouble: Trouble | None = None
    played: list[CueSound] = field(default_factory=list)
    volume: int = -1
    closed: bool = False

    def play(self, cue: CueSound) -> None:
        self.played.append(cue)

    def set_volume(self, percent: int) -> None:
        self.volume = percent

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeSpeech:
    """Notes what it was asked to say."""

    trouble: Trouble | None = None
    said: list[str] = field(default_factory=list)
    closed: bool = False

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def hush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


class FakeAwake:
    """Keeps nothing awake."""

    def hold(self) -> None:
        pass

    def release(self) -> None:
        pass


class FakeShell:
    """A shell that opens nothing."""

    def has_display(self) -> bool:
        return True

    def open_window(self, task: WindowTask) -> int:
        return 0

    def checks(self) -> tuple[Check, ...]:
        return ()


@dataclass
class Devices:
    """Every sound and speech that was made, and the trouble that new ones have."""

    sounds: list[FakeSound] = field(default_factory=list)
    speeches: list[FakeSpeech] = field(default_factory=list)
    sound_trouble: Trouble | None = None
    voice_trouble: Trouble | None = None

    def make_sound(self, settings: Settings) -> Sound:
        self.sounds.append(FakeSound(self.sound_trouble, volume=settings.volume))
        return self.sounds[-1]

    def make_speech(self, settings: Settings) -> Speech:
        self.speeches.append(FakeSpeech(self.voice_trouble))
        return self.speeches[-1]


def demo_surroundings(folder: Path, devices: Devices | None = None) -> Surroundings:
    """Build surroundings with a home in `folder` and the shipped routines."""
    numbers = count(1)
    made = devices or Devices()
    return Surroundings(
        home=Home(folder / "home"),
        clock=FakeClock(),
        calendar=FakeCalendar(),
        new_uid=lambda: f"uid-{next(numbers)}",
        make_sound=made.make_sound,
        make_speech=made.make_speech,
        make_awake=FakeAwake,
        shell=FakeShell(),
        exercises=resources.EXERCISES,
        built_in=resources.asset("routines"),
    )


def demo_desk(folder: Path, devices: Devices | None = None) -> Desk:
    """Build a desk over `demo_surroundings`."""
    return Desk(demo_surroundings(folder, devices))
