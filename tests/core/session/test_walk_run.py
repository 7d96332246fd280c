"""A guided walk/run: where it is, what is heard of it, and what was really done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.clinical.run_plan import STAGES, Stage
from coach.core.clinical.walk_run import steps_of
from coach.core.routine.plan import total_s
from coach.core.session.cues import Cue, SayHalfway, SayNumber, cues
from coach.core.session.engine import (
    Back,
    Command,
    ItHurts,
    Pause,
    Phase,
    Rate,
    Resume,
    Session,
    Skip,
    Start,
    Stop,
    Tick,
    handle,
    replay,
)
from coach.core.session.events import Event
from coach.core.session.sayings import SayPart, SayRunDone, SaySoon, SayToGo
from coach.core.session.sounds import CueSound
from coach.core.session.walk_run import Part, done, run_view
from coach.core.session.walk_run_cues import WALK_RUN

STEPS = steps_of(Stage(3, 6, 1.5, 3.5))
presses = st.lists(
    st.tuples(st.sampled_from([Skip(), Back(), Pause(), Resume(), ItHurts(), Rate(1)]), st.floats(0, 2.5)), max_size=30
)


class Runner:
    """Somebody who presses keys while the clock is looked at every two seconds."""

    def __init__(self, stage: Stage) -> None:
        self.s = Session(steps_of(stage))
        self.events: list[Event] = []
        self.now = 0.0
        self.do(Start())

    def do(self, command: Command) -> None:
        self.s, events = handle(self.s, command, self.now)
        self.events += events

    def wait(self, seconds: float) -> None:
        until = self.now + seconds
        while self.now < until:
            self.now = min(until, self.now + 2.0)
            self.do(Tick())


def heard(stage: Stage) -> list[Cue]:
    """Every cue of a stage that is done without a pause."""
    runner = Runner(stage)
    found: list[Cue] = []
    for index, step in enumerate(runner.s.steps):
        assert runner.s.index == index
        found += cues(runner.s, 3, WALK_RUN)
        runner.wait(step.duration_s)
    return found + list(cues(runner.s, 3, WALK_RUN))


@pytest.mark.parametrize(
    ("presses", "told"),
    [
        ([Rate(7), 4.0, Rate(2)], (2,)),
        ([Rate(4), 11.0, Rate(2)], (4, 2)),
        ([Rate(4), 4.0, ItHurts(), Rate(2)], (4, 2)),
        ([ItHurts(), Rate(8), 20.0, Rate(3), 20.0, Resume(), 60.0], (3,)),
        ([ItHurts(), Rate(3), Resume(), 4.0, ItHurts(), Rate(5)], (3, 5)),
        ([ItHurts(), Rate(5), Resume(), 4.0, Rate(2)], (5, 2)),
        ([ItHurts(), Resume(), 4.0, Rate(5)], (5,)),
    ],
)
def test_a_number_given_at_once_corrects_the_one_before_and_a_later_one_is_another_pain(
    presses: list[Command | float], told: tuple[int, ...]
) -> None:
    runner = Runner(STAGES[2])
    for press in presses:
        if isinstance(press, float):
            runner.wait(press)
        else:
            runner.do(press)

    assert done(runner.s.steps, runner.events).pains == told


def test_the_view_names_part_and_interval() -> None:
    runner = Runner(STAGES[2])
    first = run_view(runner.s, runner.now)
    runner.wait(300 + 90 + 35)

    walking = run_view(runner.s, runner.now)

    assert (first.part, first.interval, first.intervals, first.after_run) == (Part.WARM_UP, 0, 6, False)
    assert (walking.part, walking.interval, walking.after_run, walking.at) == (Part.WALK, 1, True, 2)
    assert list(walking.fills[:4]) == pytest.approx([1.0, 1.0, 35 / 210, 0.0])


def test_a_run_through_is_whole() -> None:
    runner = Runner(STAGES[2])
    runner.wait(total_s(STEPS))

    found = done(runner.s.steps, runner.events)

    assert runner.s.complete
    assert (found.ran_s, found.walked_s) == pytest.approx((540, 1860))
    assert (found.runs, found.planned, found.whole) == (6, 6, True)
    assert run_view(runner.s, runner.now).fills == (1.0,) * 14


def test_one_that_is_broken_off_has_its_real_seconds_and_is_not_whole() -> None:
    runner = Runner(STAGES[2])
    runner.wait(300 + 40)
    runner.do(ItHurts())
    runner.wait(600)
    runner.do(Rate(4))
    runner.do(Stop())

    found = done(runner.s.steps, runner.events)

    assert (found.ran_s, found.walked_s) == pytest.approx((40, 300))
    assert (found.runs, found.whole, found.pains) == (0, False, (4,))


def test_a_run_that_is_done_again_counts_both_times_on_the_legs_and_once_as_a_run() -> None:
    runner = Runner(STAGES[0])
    runner.wait(300 + 20)
    runner.do(Back())
    runner.wait(3 + 30)

    found = done(runner.s.steps, runner.events)

    assert found.ran_s == pytest.approx(50)
    assert found.runs == 1


def test_a_skipped_run_is_not_done() -> None:
    runner = Runner(STAGES[0])
    runner.do(Skip())
    runner.do(Skip())
    runner.wait(10)

    found = done(runner.s.steps, runner.events)

    assert (found.ran_s, found.walked_s, found.runs) == pytest.approx((0, 10, 0))


@given(st.sampled_from(STAGES), presses)
def test_whatever_is_pressed_the_events_tell_the_same_rest_and_no_second_is_made_up(
    stage: Stage, script: list[tuple[Command, float]]
) -> None:
    runner = Runner(stage)
    for command, seconds in script:
        runner.wait(seconds)
        runner.do(command)
    runner.do(Pause())

    again = replay(steps_of(stage), runner.events)
    found = done(runner.s.steps, runner.events)

    assert again == runner.s
    assert again.left_in_all(again.seen) == runner.s.left_in_all(runner.now)
    assert 0 <= found.seconds <= runner.now + 1e-6
    assert found.runs <= found.planned


# -- what is heard ----------------------------------------------------------------------------------------------


def test_every_part_is_named_with_its_length_and_number() -> None:
    named = [cue.saying for cue in heard(STAGES[2]) if isinstance(cue.saying, SayPart)]

    assert named[:3] == [
        SayPart(Part.WARM_UP, 300, 0, 6),
        SayPart(Part.RUN, 90, 1, 6),
        SayPart(Part.WALK, 210, 1, 6),
    ]
    assert named[-1] == SayPart(Part.COOL_DOWN, 300, 0, 6)
    assert len(named) == 14


def test_run_walk_cool_down_and_end_sound_each_of_their_own() -> None:
    sounds = [cue.sound for cue in heard(STAGES[2]) if isinstance(cue.saying, SayPart | SayRunDone)]

    assert sounds[:3] == [CueSound.GET_READY, CueSound.UP, CueSound.REST]
    assert sounds[-2:] == [CueSound.EXERCISE_DONE, CueSound.SESSION_DONE]


def test_every_part_is_counted_out_and_a_run_is_told_ten_seconds_before() -> None:
    of_warm_up = [cue for cue in heard(STAGES[2]) if cue.at < 300]

    assert [(cue.at, cue.saying) for cue in of_warm_up[1:]] == [
        (290, SaySoon(10)),
        (297, SayNumber(3)),
        (298, SayNumber(2)),
        (299, SayNumber(1)),
    ]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: str(stage.number))
def test_every_run_is_told_its_half_and_no_walk_is(stage: Stage) -> None:
    found = [cue.at for cue in heard(stage) if isinstance(cue.saying, SayHalfway)]

    assert len(found) == stage.reps
    assert found[0] == 300 + 30 * stage.run_min


def test_a_long_run_is_told_every_five_minutes() -> None:
    said = [(cue.at - 300, cue.saying) for cue in heard(STAGES[11]) if isinstance(cue.saying, SayToGo)]

    assert said == [(300, SayToGo(25)), (600, SayToGo(20)), (1200, SayToGo(10)), (1500, SayToGo(5))]


@pytest.mark.parametrize("ticks", [0, 3, 5, 10])
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: str(stage.number))
def test_cues_are_in_order_and_none_lies_outside_its_part(stage: Stage, ticks: int) -> None:
    s = Session(steps_of(stage))
    for index, step in enumerate(s.steps):
        running = Session(s.steps, Phase.RUNNING, index)
        found = cues(running, ticks, WALK_RUN)
        assert [cue.at for cue in found] == sorted(cue.at for cue in found)
        assert all(0 <= cue.at < step.duration_s for cue in found)
        assert all(cue.room_s > 0 for cue in found)
