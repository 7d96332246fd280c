"""A bout of a self-test for the player, led by a clock that the test advances: nothing here waits."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coach.app.ports import SETTLES_S, Trouble, TroubleKind
from coach.app.settings import Settings
from coach.core.clinical.protocols import bouts
from coach.core.clinical.self_tests import Guided
from coach.core.routine.routine import BodySide, Readiness
from coach.core.session.cues import Cue
from coach.core.session.measuring import MAX_GAP_S, End, Phase
from coach.core.session.measuring_view import MeasuringView
from coach.core.session.sounds import CueSound
from coach.ui.presenters.measuring import Measured, MeasuringPresenter
from coach.words.announce import Announcer, Told
from tests.ui.fakes import FakeAwake, FakeSound, FakeSpeech, World


class Led:
    """Bouts with fakes all round, and everything that was told."""

    def __init__(self, world: World) -> None:
        self.clock = world.clock
        self.library = dict(world.surroundings.routines().library)
        self.sound, self.speech, self.awake = FakeSound(), FakeSpeech(), FakeAwake()
        self.views: list[MeasuringView] = []
        self.cues: list[Cue] = []
        self.told: list[Told] = []
        self.over: list[Measured] = []
        self.presenter = MeasuringPresenter(
            clock=self.clock,
            announcer=Announcer(self.sound, self.speech, self.library, Settings()),
            awake=self.awake,
            ticks=3,
        )
        self.presenter.on_stepped(self.views.append)
        self.presenter.on_cued(self.cues.append)
        self.presenter.on_told(self.told.append)
        self.presenter.on_over(self.over.append)

    def begin(self, test: Guided, place: int = 0, *, ready_s: float = 3.0) -> None:
        bout = bouts(test, Readiness(), self.library, BodySide.LEFT)[place]
        self.presenter.begin(replace(bout, ready_s=ready_s))

    def pass_time(self, seconds: float, step_s: float = 0.05) -> None:
        """Let the clock run, and the timer fire as it would."""
        for _ in range(round(seconds / step_s)):
            self.clock.advance(step_s)
            self.fire()

    def fire(self) -> None:
        """The timer comes, if one is running."""
        if self.presenter._timer.isActive():
            self.presenter._timer.timeout.emit()


@pytest.fixture
def led(qtbot: QtBot, tmp_path: Path) -> Iterator[Led]:
    made = Led(World(tmp_path))
    yield made
    made.presenter.close()


def test_a_plank_is_measured_until_space(led: Led) -> None:
    led.begin(Guided.PLANK)
    led.pass_time(3.0 + 47.5)

    led.presenter.press()

    (over,) = led.over
    assert (over.amount, over.end, over.hurts) == (47, End.STOPPED, False)
    assert led.speech.said[-2:] == ["Forty-five seconds. That is the goal; hold on or stop.", "Forty-seven seconds."]
    assert led.sound.played.count(CueSound.HALFWAY) == 1
    assert not led.presenter._timer.isActive()
    assert not led.awake.held


def test_reps_are_counted_by_the_beat_and_said(led: Led) -> None:
    led.begin(Guided.SINGLE_LEG_BRIDGE)
    led.pass_time(3.0 + 7.5)

    led.presenter.press()

    assert led.over[0].amount == 3
    assert led.speech.said[-4:] == ["one", "two", "three", "Three reps."]
    assert led.sound.played[3:-1] == [CueSound.UP, CueSound.DOWN] * 4


def test_a_squat_goes_down_first_and_so_do_its_tones(led: Led) -> None:
    led.begin(Guided.SINGLE_LEG_SQUAT)

    led.pass_time(3.0 + 3.0)

    assert led.sound.played[-2:] == [CueSound.DOWN, CueSound.UP]


def test_it_hurts_ends_it_at_once(led: Led) -> None:
    led.begin(Guided.HEEL_RAISE)
    led.pass_time(3.0 + 4.5)

    led.presenter.hurts()

    assert (led.over[0].amount, led.over[0].hurts) == (2, True)


def test_space_while_getting_ready_counts_in(led: Led) -> None:
    led.begin(Guided.PLANK, ready_s=15.0)
    led.pass_time(2.0)
    led.clock.advance(0.01)

    led.presenter.press()
    led.pass_time(3.1)

    assert led.views[-1].phase is Phase.RUNNING
    assert led.speech.said[-4:] == ["three", "two", "one", "Go"]


def test_a_walk_pauses_and_goes_on_and_has_its_beats(led: Led) -> None:
    led.begin(Guided.BRISK_WALK)
    led.pass_time(3.0 + 60.0)
    led.presenter.press()
    steps = led.sound.played.count(CueSound.TICK)
    led.pass_time(600.0, 1.0)
    assert led.sound.played.count(CueSound.TICK) == steps

    led.presenter.press()
    led.presenter.pace(20)
    led.pass_time(60.0)
    led.presenter.stop()

    (over,) = led.over
    assert (round(over.seconds), over.cadence) == (120, 110)


def test_a_sleep_ends_a_plank_and_says_so(led: Led) -> None:
    led.begin(Guided.PLANK)
    led.pass_time(10.0)

    led.clock.advance(MAX_GAP_S + 1.0)
    led.fire()

    assert led.over[0].end is End.ASLEEP


def test_the_next_bout_begins_anew(led: Led) -> None:
    led.begin(Guided.SIDE_PLANK)
    led.pass_time(10.0)
    led.presenter.press()

    led.begin(Guided.SIDE_PLANK, place=1)
    led.pass_time(5.0)
    led.presenter.press()

    assert [one.amount for one in led.over] == [7, 2]
    assert [one.bout.side.value for one in led.over] == ["right", "left"]
    assert led.speech.said.count("Go") == 2


def test_a_bout_that_is_dropped_is_told_to_nobody(led: Led) -> None:
    led.begin(Guided.PLANK)
    led.pass_time(10.0)

    led.presenter.drop()
    led.presenter.press()
    led.pass_time(10.0)

    assert led.over == []
    assert not led.awake.held


def test_it_begins_with_the_first_cue_or_after_a_while_without(led: Led) -> None:
    led.sound.settled = False
    led.begin(Guided.PLANK)
    led.pass_time(0.5)
    assert led.sound.played == []

    led.pass_time(SETTLES_S)

    assert led.sound.played == [CueSound.GET_READY]


def test_without_a_device_it_is_told_once_and_every_cue_is_for_the_eye(led: Led) -> None:
    led.sound.trouble = Trouble(TroubleKind.NO_DEVICE)
    led.begin(Guided.PLANK)
    led.pass_time(10.0)

    assert [one.trouble for one in led.told] == [Trouble(TroubleKind.NO_DEVICE)]
    assert led.presenter.silent
    assert len(led.cues) == 4


def test_muted_nothing_is_heard(led: Led) -> None:
    led.presenter.mute()
    led.begin(Guided.PLANK)

    led.pass_time(20.0)

    assert (led.sound.played, led.speech.said) == ([], [])


def test_closing_lets_go_of_everything(led: Led) -> None:
    led.begin(Guided.PLANK)

    led.presenter.close()

    assert led.sound.closed
    assert led.speech.closed
    assert not led.awake.held
    assert not led.presenter._timer.isActive()
