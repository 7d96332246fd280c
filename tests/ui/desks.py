"""A desk over a throw-away home with fakes at every port, for screens under test and on show."""

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from coach import resources
from coach.app.ports import Sound, Speech, Trouble
from coach.app.settings import Settings
from coach.app.surroundings import Surroundings
from coach.paths import Home
from coach.ui.presenters.desk import Changed, Desk, Failure
from tests.fakes import FakeCalendar, FakeClock
from tests.ui.fakes import FakeAwake, FakeShell, FakeSound, FakeSpeech


@dataclass
class LoudSound(FakeSound):
    """Notes also how loud it was asked to be."""

    volume: int = -1

    def set_volume(self, percent: int) -> None:
        self.volume = percent


@dataclass
class Devices:
    """Every sound and speech that was made, and the trouble that new ones have."""

    sounds: list[LoudSound] = field(default_factory=list)
    speeches: list[FakeSpeech] = field(default_factory=list)
    sound_trouble: Trouble | None = None
    voice_trouble: Trouble | None = None

    def make_sound(self, settings: Settings) -> Sound:
        self.sounds.append(LoudSound(self.sound_trouble, volume=settings.volume))
        return self.sounds[-1]

    def make_speech(self, settings: Settings) -> Speech:
        self.speeches.append(FakeSpeech(self.voice_trouble))
        return self.speeches[-1]


class Told:
    """A desk, and what it told."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.changed: list[Changed] = []
        self.failed: list[Failure] = []
        desk.on_changed(self.changed.append)
        desk.on_failed(self.failed.append)


def demo_surroundings(folder: Path, devices: Devices | None = None) -> Surroundings:
    """Build surroundings with a home in `folder` and the shipped routines."""
    numbers = count(1)
    made = devices or Devices()
    home = Home(folder / "home")
    home.make()
    return Surroundings(
        home=home,
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
