"""What is heard in a bout of a self-test: each cue once, at its instant, and the voice has room."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coach.core.session.cues import Cue, SayNumber
from coach.core.session.measuring import Bout, GoOn, Look, Measuring, Pace, Pause, Start, Stop, after, next_look
from coach.core.session.measuring_cues import due, next_cue
from coach.core.session.sayings import SayBout, SayGo, SayGoal, SayMeasured, SayMinutes
from coach.core.session.sounds import CueSound
from tests.core.session.test_measuring import BOUTS, BRIDGE, MARCH, PLANK, WALK, looked, running


class Ear:
    """Looks at the clock when a timer would, and notes what is heard."""

    def __init__(self, m: Measuring, since: float = float("-inf")) -> None:
        self.m, self.since = m, since
        self.heard: list[Cue] = []

    def do(self, command: Start | Look | Stop | Pause | GoOn | Pace, now: float) -> None:
        self.m = after(self.m, command, now)
        self.heard += due(self.m, self.since, now)
        self.since = now

    def until(self, end: float) -> None:
        now = self.since
        while now < end:
            wakes = (next_look(self.m, now), next_cue(self.m, now))
            wake = min((one for one in wakes if one is not None), default=end)
            now = min(end, max(wake, now + 0.001))
            self.do(Look(), now)

    @property
    def said(self) -> list[object]:
        return [cue.saying for cue in self.heard if cue.saying is not None]

    def at(self, kind: type) -> list[float]:
        return [cue.at for cue in self.heard if isinstance(cue.saying, kind)]


def begun(bout: Bout) -> Ear:
    """A bout from its start at 100."""
    ear = Ear(Measuring(bout))
    ear.do(Start(), 100.0)
    return ear


def test_getting_ready_is_announced_and_counted_in() -> None:
    ear = begun(PLANK)

    ear.until(110.5)

    assert ear.said == [SayBout(PLANK), SayNumber(3), SayNumber(2), SayNumber(1), SayGo()]
    assert [cue.at for cue in ear.heard] == [100.0, 107.0, 108.0, 109.0, 110.0]


def test_a_hold_is_told_every_ten_seconds_and_at_its_goal() -> None:
    ear = begun(PLANK)

    ear.until(165.0)
    ear.do(Stop(), 165.2)

    told = [(cue.at - 110.0, cue.saying) for cue in ear.heard if cue.at > 110.5]
    assert told[:-1] == [
        (10.0, SayNumber(10)),
        (20.0, SayNumber(20)),
        (30.0, SayNumber(30)),
        (40.0, SayNumber(40)),
        (45.0, SayGoal(45, PLANK.unit)),
        (50.0, SayNumber(50)),
    ]
    assert told[-1][1] == SayMeasured(PLANK, 55, full=False)


def test_a_goal_on_a_ten_is_said_as_the_goal() -> None:
    ear = begun(replace(PLANK, goal=30, most=60))

    ear.until(145.0)

    assert SayNumber(30) not in ear.said
    assert SayGoal(30, PLANK.unit) in ear.said


def test_the_end_that_comes_by_itself_is_said() -> None:
    ear = begun(MARCH)

    ear.until(141.0)

    assert ear.said[-1] == SayMeasured(MARCH, 30, full=True)
    assert ear.heard[-1].sound is CueSound.EXERCISE_DONE
    assert not ear.at(SayGoal)  # over at its goal: nobody is to go on


def test_every_rep_has_its_two_tones_and_its_number() -> None:
    ear = begun(BRIDGE)

    ear.until(115.0 + 43.0)

    beat = [cue for cue in ear.heard if cue.at >= 115.0]
    assert [cue.sound for cue in beat[:4]] == [CueSound.UP, CueSound.DOWN] * 2
    assert [cue.at for cue in beat] == [115.0 + number for number in range(len(beat))]
    assert [one.number for one in ear.said if isinstance(one, SayNumber)][3:] == list(range(1, 20))


def test_after_the_goal_a_rep_is_counted_in_silence_so_that_the_sentence_has_room() -> None:
    ear = begun(BRIDGE)

    ear.until(115.0 + 46.0)

    goal = next(cue for cue in ear.heard if isinstance(cue.saying, SayGoal))
    assert (goal.at, goal.room_s) == (155.0, 4.0)
    assert SayNumber(21) not in ear.said
    assert SayNumber(22) in ear.said


def test_a_walk_has_a_beat_for_each_step_and_a_word_every_five_minutes() -> None:
    ear = begun(WALK)

    ear.until(110.0 + 601.0)

    steps = [cue for cue in ear.heard if cue.at >= 110.0]
    assert len(steps) == 1001 + 1  # a hundred a minute, the first and the next one with them
    assert [round(at - 110.0, 6) for at in ear.at(SayMinutes)] == [300.0, 600.0]


def test_the_beat_goes_on_where_it_was_when_the_cadence_changes() -> None:
    ear = begun(WALK)
    ear.until(110.0 + 60.3)  # half a step on

    ear.do(Pace(120), 110.0 + 60.3)
    ear.until(110.0 + 63.0)

    later = [round(cue.at - 110.0, 3) for cue in ear.heard if cue.at > 110.0 + 60.3]
    assert later == [60.55, 61.05, 61.55, 62.05, 62.55]


def test_a_pause_is_silent_and_no_step_is_made_up_for() -> None:
    ear = begun(WALK)
    ear.until(140.0)
    ear.do(Pause(), 140.0)
    before = len(ear.heard)

    ear.do(Look(), 900.0)
    ear.do(GoOn(), 900.0)
    ear.until(906.0)

    assert len(ear.heard) - before == 10


def test_a_sleep_is_followed_by_no_sentence() -> None:
    ear = Ear(looked(running(PLANK), 30.0), since=30.0)

    ear.do(Look(), 90.0)

    assert ear.heard == []


def test_what_is_late_is_dropped() -> None:
    ear = begun(PLANK)
    ear.until(118.0)

    ear.do(Look(), 121.0)  # ten seconds were to be told a second ago

    assert SayNumber(10) not in ear.said


def test_what_ends_at_the_instant_of_a_look_is_said_all_the_same() -> None:
    ear = begun(PLANK)
    ear.until(130.0)

    ear.do(Stop(), 130.0)

    assert ear.said[-1] == SayMeasured(PLANK, 20, full=False)


@given(st.sampled_from(BOUTS), st.lists(st.floats(0.05, 0.24), min_size=20, max_size=200))
def test_each_cue_is_heard_once_however_one_looks(bout: Bout, steps: list[float]) -> None:
    short = replace(bout, ready_s=3.0)
    often, odd = begun(short), begun(short)

    now = 100.0
    for step in steps:
        now += step
        odd.do(Look(), now)
    often.until(now)

    assert instants(odd.heard) == instants(often.heard)


def instants(cues: Iterable[Cue]) -> list[tuple[float, CueSound | None, object]]:
    """What was heard when; the end is where it was noticed."""
    return [(round(cue.at, 6), cue.sound, cue.saying) for cue in cues if not isinstance(cue.saying, SayMeasured)]
