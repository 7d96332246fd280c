"""Cues: every row of the design's table, each at its instant, each once, none of them late."""

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.routine.plan import Side, Step, StepKind, compile_routine, total_s
from coach.core.session.cues import (
    HALFWAY_OVER_S,
    LATE_S,
    TICKS,
    TICKS_FROM_S,
    Cue,
    SayDone,
    SayHalfway,
    Saying,
    SayNumber,
    SayReady,
    SayRest,
    SaySwitch,
    SayTurn,
    cues,
    due,
    next_cue,
)
from coach.core.session.engine import (
    Adjust,
    Back,
    Count,
    Pause,
    Phase,
    Resume,
    Session,
    Skip,
    SkipExercise,
    Start,
    Stop,
    Tick,
    handle,
)
from coach.core.session.sounds import CueSound
from tests.core.strategies import LIBRARY, Json, Played, Press, as_routine, plans, play, scripts, short_plans, started

TINY = 1e-6
polls = st.lists(st.floats(0.1, LATE_S).map(lambda seconds: round(seconds, 4)), min_size=1, max_size=10).map(tuple)


@dataclass(slots=True)
class Ears:
    """A session that is listened to as the shell does: look, hear what came due, look again."""

    played: Played
    heard: list[tuple[int, Cue]] = field(default_factory=list)
    since: float = -1.0

    def look(self, now: float) -> None:
        """Look at the clock and hear what came due."""
        self.played.press(Tick(), now)
        self.hear(now)

    def hear(self, now: float) -> None:
        """Hear what came due since the look before."""
        session = self.played.session
        self.heard += [(session.index, cue) for cue in due(session, self.since, now)]
        self.since = now

    def listen_until(self, instant: float, gaps: tuple[float, ...] = (0.2,)) -> None:
        """Look at these gaps, over and over, until this instant."""
        number = 0
        while (now := self.since + gaps[number % len(gaps)]) < instant:
            self.look(now)
            number += 1
        self.look(instant)


def listening(steps: tuple[Step, ...], start: float = 0.0) -> Ears:
    """A session that begins now and is heard from its first instant."""
    ears = Ears(started(steps, start), since=start - 0.001)
    ears.hear(start)
    return ears


def heard_of(steps: tuple[Step, ...], gaps: tuple[float, ...] = (0.2,)) -> list[Cue]:
    """All that is heard of a session that runs to its end."""
    ears = listening(steps)
    ears.listen_until(total_s(steps) + 0.2, gaps)
    return [cue for _, cue in ears.heard]


def compiled(*items: Json) -> tuple[Step, ...]:
    """The steps of a routine of these items."""
    file = {"format": "rehab-routine", "version": "1.0", "id": "a", "title": "A", "items": list(items)}
    return compile_routine(as_routine(file), LIBRARY)


def at_of(found: list[Cue], sound: CueSound) -> list[float]:
    """When a sound is heard."""
    return [round(cue.at, 3) for cue in found if cue.sound is sound]


def said_at(found: list[Cue], at: float) -> Saying | None:
    """What is said at an instant."""
    (cue,) = [cue for cue in found if cue.at == pytest.approx(at)]
    return cue.saying


def sounds_of(steps: tuple[Step, ...]) -> list[tuple[float, CueSound]]:
    """The sounds of a session that runs through, by the rows of the design's table."""
    found: list[tuple[float, CueSound]] = []
    at = 0.0
    for index, step in enumerate(steps):
        before = steps[index - 1] if index else None
        after = next((later for later in steps[index:] if later.works()), None)
        match step.kind:
            case StepKind.PREPARE:
                found.append((at, CueSound.EXERCISE_DONE if index else CueSound.GET_READY))
            case StepKind.UP:
                found.append((at, CueSound.UP))
            case StepKind.HOLD:
                found.append((at, CueSound.HOLD))
            case StepKind.DOWN:
                found.append((at, CueSound.DOWN))
            case StepKind.SWITCH:
                found.append((at, CueSound.SWITCH))
            case StepKind.REST:
                assert before is not None
                assert after is not None
                found.append((at, CueSound.DOWN if before.set == after.set else CueSound.REST))
        if step.kind is StepKind.HOLD and step.duration_s > HALFWAY_OVER_S:
            found.append((at + step.duration_s / 2, CueSound.HALFWAY))
        if step.kind in (StepKind.PREPARE, StepKind.HOLD, StepKind.REST) and step.duration_s >= TICKS_FROM_S:
            found += [(at + step.duration_s - left, CueSound.TICK) for left in (3, 2, 1)]
        at += step.duration_s
    return [*found, (at, CueSound.SESSION_DONE)]


def test_the_numbers_are_those_of_the_design() -> None:
    assert (LATE_S, HALFWAY_OVER_S, TICKS) == (0.25, 20.0, 3)


# The whole timeline


@given(short_plans(open_reps=False), polls)
def test_every_cue_is_heard_exactly_once_at_its_instant(steps: tuple[Step, ...], gaps: tuple[float, ...]) -> None:
    expected = sounds_of(steps)

    found = heard_of(steps, gaps)

    assert [cue.sound for cue in found] == [sound for _, sound in expected]
    assert [cue.at for cue in found] == pytest.approx([at for at, _ in expected])


@given(plans(), scripts())
def test_cues_lie_in_their_step_in_order_each_with_room_to_the_next(
    steps: tuple[Step, ...], script: list[Press]
) -> None:
    session = play(steps, script).session

    found = cues(session)

    instants = [cue.at for cue in found]
    assert instants == sorted(instants)
    if session.phase is Phase.RUNNING:
        begin, end = session.began + session.spent - session.lead_s, session.began + session.length_s
        for cue in found:
            assert begin - TINY <= cue.at
            assert session.step.open or cue.at <= end + TINY
        for cue, at in zip(found, [*instants[1:], end], strict=True):
            assert session.step.open or cue.room_s == pytest.approx(max(0.0, at - cue.at), abs=TINY)


@given(plans(), scripts())
def test_only_a_running_session_and_a_finished_one_have_cues(steps: tuple[Step, ...], script: list[Press]) -> None:
    session = play(steps, script).session

    if session.phase in (Phase.READY, Phase.PAUSED) or (session.phase is Phase.DONE and not session.complete):
        assert cues(session) == ()
    if session.complete:
        assert [(cue.at, cue.saying) for cue in cues(session)] == [(session.seen, SayDone(session.on_time))]


@given(
    short_plans(open_reps=False), polls, st.lists(st.tuples(st.integers(1, 20_000), st.integers(1, 100)), max_size=4)
)
def test_no_cue_is_heard_again_or_lost_after_a_pause(
    steps: tuple[Step, ...], gaps: tuple[float, ...], pauses: list[tuple[int, int]]
) -> None:
    straight = listening(steps)
    straight.listen_until(total_s(steps) + 0.2)
    ears = listening(steps)

    # Never on the very instant of a cue: steps are whole milliseconds, pauses lie between two of them.
    for after_ms, length_s in pauses:
        instant = round(ears.since + after_ms / 1000, 3) + 0.0007
        ears.listen_until(instant, gaps)
        if ears.played.session.phase is Phase.DONE:
            break
        if ears.played.session.step.kind is StepKind.PREPARE:
            continue  # what is counted in there sounds like its own last seconds
        ears.played.press(Pause(), instant)
        ears.played.press(Resume(), instant + length_s)
        ears.since = instant + length_s - 0.001
        ears.hear(instant + length_s)
    ears.listen_until(ears.since + total_s(steps) + 4.0, gaps)

    assert without_counting_in(ears) == without_counting_in(straight)


def without_counting_in(ears: Ears) -> list[tuple[int, CueSound | None, Saying | None]]:
    """What was heard, without the 3-2-1 of resuming: the ticks that are said outside of getting ready."""
    steps = ears.played.session.steps
    return [
        (index, cue.sound, cue.saying)
        for index, cue in ears.heard
        if not (cue.sound is CueSound.TICK and cue.saying and steps[index].kind is not StepKind.PREPARE)
    ]


@given(short_plans(open_reps=False), st.integers(1, 20_000))
def test_after_a_pause_only_what_was_not_heard_before_is_still_to_come(steps: tuple[Step, ...], after_ms: int) -> None:
    ears = listening(steps)
    instant = after_ms / 1000 + 0.0007
    ears.listen_until(instant)
    if ears.played.session.phase is Phase.DONE:
        return
    to_come = [(cue.sound, cue.saying, cue.at - instant) for cue in cues(ears.played.session) if cue.at > instant]

    ears.played.press(Pause(), instant)
    ears.played.press(Resume(), 1000.0)

    lead = ears.played.session.lead_s
    found = [(cue.sound, cue.saying, cue.at - 1000.0 - lead) for cue in cues(ears.played.session)]
    counted_in = found[:TICKS] if lead else []
    assert [saying for _, saying, _ in counted_in] == [SayNumber(3), SayNumber(2), SayNumber(1)][: len(counted_in)]
    after = found[len(counted_in) :]
    assert [(sound, saying) for sound, saying, _ in after] == [(sound, saying) for sound, saying, _ in to_come]
    assert [at for *_, at in after] == pytest.approx([at for *_, at in to_come])


@given(plans(), scripts(), st.floats(-5, 60), st.floats(0, 5))
def test_what_is_due_is_neither_early_nor_late_nor_heard_before(
    steps: tuple[Step, ...], script: list[Press], later: float, gap: float
) -> None:
    played = play(steps, script)
    now = played.now + later

    for cue in due(played.session, now - gap, now):
        assert now - gap < cue.at <= now
        assert now - cue.at <= LATE_S


@given(plans(), scripts(), st.floats(-5, 60))
def test_the_next_cue_is_the_first_that_is_still_to_come(
    steps: tuple[Step, ...], script: list[Press], later: float
) -> None:
    played = play(steps, script)
    now = played.now + later

    at = next_cue(played.session, now)

    to_come = [cue.at for cue in cues(played.session) if cue.at > now]
    assert at == (min(to_come) if to_come else None)


@pytest.mark.parametrize("late, heard", [(0.0, 1), (LATE_S, 1), (LATE_S + 0.01, 0), (2.0, 0)])
def test_a_cue_that_is_late_is_dropped_never_queued(late: float, heard: int) -> None:
    played = started(compiled({"exercise": "plank", "hold_s": 8}))
    played.look_until(10.0 + late)

    assert len(due(played.session, 9.9, 10.0 + late)) == heard
    assert due(played.session, 10.0 + late, 10.0 + late + 0.1) == ()


# The rows of the table


def test_getting_ready_names_exercise_side_and_dose() -> None:
    found = heard_of(compiled({"exercise": "clamshell", "reps": 12, "sides": "left"}))

    assert found[0].sound is CueSound.GET_READY
    assert found[0].saying == SayReady("clamshell", Side.LEFT, 12, None, well_done=False)


def test_getting_ready_for_a_hold_names_its_seconds_and_no_side_where_both_work() -> None:
    found = heard_of(compiled({"exercise": "plank", "hold_s": 30, "reps": 2}))

    assert found[0].saying == SayReady("plank", None, 2, 30.0, well_done=False)


def test_getting_ready_names_the_reps_of_the_side_that_begins() -> None:
    item = {"exercise": "clamshell", "reps": 12, "sides": "each", "per_side": {"left": {"reps": 5}}}

    assert heard_of(compiled(item))[0].saying == SayReady("clamshell", Side.LEFT, 5, None, well_done=False)


@pytest.mark.parametrize("dose", [{"reps": 10}, {"reps": 10, "hold_s": 4}])
def test_getting_ready_for_an_alternating_set_names_the_reps_of_each_side(dose: Json) -> None:
    saying = heard_of(compiled({"exercise": "march", **dose}))[0].saying

    assert isinstance(saying, SayReady)
    assert saying.reps == 10


def test_the_last_three_seconds_tick_and_are_counted_aloud_only_in_getting_ready() -> None:
    found = heard_of(compiled({"exercise": "plank", "hold_s": 12, "sets": 2, "rest_s": 20}))

    assert at_of(found, CueSound.TICK) == [7, 8, 9, 19, 20, 21, 39, 40, 41, 51, 52, 53]
    said = [cue.saying for cue in found if cue.sound is CueSound.TICK]
    assert said == [SayNumber(3), SayNumber(2), SayNumber(1), *[None] * 9]


@given(short_plans(open_reps=False))
def test_nothing_ticks_but_the_last_three_seconds(steps: tuple[Step, ...]) -> None:
    ends = {}
    at = 0.0
    for step in steps:
        at += step.duration_s
        ends[at] = step.kind

    for tick in [cue for cue in heard_of(steps) if cue.sound is CueSound.TICK]:
        end = min(end for end in ends if end > tick.at)
        assert end - tick.at <= 3 + TINY
        assert ends[end] in (StepKind.PREPARE, StepKind.HOLD, StepKind.REST)


@pytest.mark.parametrize("ticks", [0, 3, 5])
def test_the_person_chooses_how_many_seconds_tick(ticks: int) -> None:
    session = started(compiled({"exercise": "plank", "hold_s": 8})).session

    found = [cue.at for cue in cues(session, ticks) if cue.sound is CueSound.TICK]

    assert found == [10.0 - left for left in range(ticks, 0, -1)]


def test_up_hold_and_down_have_a_tone_each_and_a_rep_is_counted_at_its_end() -> None:
    found = heard_of(
        compiled(
            {"exercise": "bridge", "reps": 3, "sets": 2, "rest_s": 4, "tempo": {"up_s": 2, "hold_s": 1, "down_s": 2}}
        )
    )

    assert at_of(found, CueSound.UP) == [10, 15, 20, 29, 34, 39]
    assert at_of(found, CueSound.HOLD) == [12, 17, 22, 31, 36, 41]
    assert at_of(found, CueSound.DOWN) == [13, 18, 23, 32, 37, 42]
    assert [said_at(found, at) for at in (10, 15, 20, 25, 29, 34)] == [
        None, SayNumber(1), SayNumber(2), SayRest(4.0, 3, None), None, SayNumber(1),
    ]  # fmt: skip
    assert [said_at(found, at) for at in (12, 13, 17)] == [None, None, None]


@given(short_plans())
def test_the_reps_of_a_set_are_counted_in_order_none_left_out_before_a_rep_or_a_rest(steps: tuple[Step, ...]) -> None:
    ears = listening(steps)
    while ears.played.session.phase is not Phase.DONE:
        if ears.played.session.step.open and ears.played.session.elapsed(ears.since) > 1:
            ears.played.press(Count(), ears.since + 0.2)
            ears.hear(ears.since + 0.2)
        else:
            ears.look(ears.since + 0.2)

    said = {
        index: number_of(cue.saying)
        for index, cue in ears.heard
        if cue.sound is not CueSound.TICK and number_of(cue.saying)
    }

    for index, (before, step) in enumerate(pairwise(steps), 1):
        ends_rep = before.works() and (step.rep != before.rep or not step.works())
        if ends_rep and step.kind not in (StepKind.SWITCH, StepKind.PREPARE):
            assert said.pop(index) == before.rep
    assert said == {}


def number_of(saying: Saying | None) -> int | None:
    """The rep that is said to be over."""
    if isinstance(saying, SayNumber):
        return saying.number
    return saying.rep if isinstance(saying, SayRest) else None


@pytest.mark.parametrize("hold_s, halves", [(20, []), (20.5, [10.25]), (60, [30])])
def test_half_of_a_hold_over_twenty_seconds_is_said(hold_s: float, halves: list[float]) -> None:
    found = heard_of(compiled({"exercise": "plank", "hold_s": hold_s, "prepare_s": 0}))

    assert at_of(found, CueSound.HALFWAY) == halves
    assert all(said_at(found, at) == SayHalfway() for at in halves)


@pytest.mark.parametrize("item", [
    {"exercise": "plank", "hold_s": 8, "sets": 2, "rest_s": 60},
    {"exercise": "bridge", "reps": 1, "tempo": {"up_s": 40, "down_s": 40}},
])  # fmt: skip
def test_there_is_no_halfway_of_anything_else(item: Json) -> None:
    assert at_of(heard_of(compiled(item)), CueSound.HALFWAY) == []


def test_switching_sides_names_the_side_that_comes() -> None:
    found = heard_of(compiled({"exercise": "clamshell", "hold_s": 8, "sides": "each", "sets": 2, "rest_s": 20}))

    assert at_of(found, CueSound.SWITCH) == [18, 59]
    assert said_at(found, 18) == SaySwitch(Side.RIGHT)


def test_a_rest_names_its_seconds_and_the_side_if_it_changes() -> None:
    one_side = heard_of(compiled({"exercise": "clamshell", "hold_s": 8, "sides": "left", "sets": 2, "rest_s": 45}))
    two_sides = heard_of(compiled({"exercise": "clamshell", "hold_s": 8, "sides": "each", "sets": 2, "rest_s": 45}))

    assert at_of(one_side, CueSound.REST) == [18]
    assert said_at(one_side, 18) == SayRest(45.0, 1, None)
    assert said_at(two_sides, 31) == SayRest(45.0, 1, Side.LEFT)


def test_a_short_rest_between_held_reps_is_no_set_that_is_done() -> None:
    found = heard_of(compiled({"exercise": "plank", "hold_s": 8, "reps": 2}))

    assert at_of(found, CueSound.REST) == []
    assert said_at(found, 18) == SayNumber(1)


def test_an_exercise_that_is_over_is_praised_and_the_next_one_named() -> None:
    found = heard_of(compiled({"exercise": "plank", "hold_s": 8}, {"exercise": "bridge", "reps": 4}))

    assert at_of(found, CueSound.EXERCISE_DONE) == [18]
    assert said_at(found, 18) == SayReady("bridge", None, 4, None, well_done=True)
    assert at_of(found, CueSound.GET_READY) == [0]


def test_the_next_exercise_is_named_also_if_no_time_is_given_to_get_ready() -> None:
    found = heard_of(compiled({"exercise": "plank", "hold_s": 8}, {"exercise": "bridge", "reps": 4, "prepare_s": 0}))

    assert at_of(found, CueSound.EXERCISE_DONE) == [18]


def test_whoever_skips_to_the_end_is_not_praised() -> None:
    steps = compiled({"exercise": "plank", "hold_s": 8})
    session, _ = handle(Session(steps), Start(), 0.0)
    for at in range(1, 4):
        session, _ = handle(session, Skip(), float(at))

    assert session.complete
    assert [cue.saying for cue in cues(session)] == [SayDone(well_done=False)]


def test_the_end_of_the_session_has_its_own_chime() -> None:
    found = heard_of(compiled({"exercise": "plank", "hold_s": 8}))

    assert (found[-1].at, found[-1].sound, found[-1].saying) == (18.0, CueSound.SESSION_DONE, SayDone())
    assert found[-1].room_s > 0


@pytest.mark.parametrize("command", [Skip(), SkipExercise()], ids=repr)
def test_what_was_skipped_is_not_praised(command: Skip | SkipExercise) -> None:
    ears = listening(compiled({"exercise": "plank", "hold_s": 8}, {"exercise": "bridge", "reps": 4}))
    ears.listen_until(12.0)

    ears.played.press(command, 12.01)
    ears.look(12.05)

    _, cue = ears.heard[-1]
    assert cue.sound is CueSound.GET_READY
    assert cue.saying == SayReady("bridge", None, 4, None, well_done=False)


def test_a_session_that_was_stopped_ends_in_silence() -> None:
    played = started(compiled({"exercise": "plank", "hold_s": 8}))
    played.press(Stop(), 1.0)

    assert cues(played.session) == ()


def test_alternating_reps_name_the_side_whose_turn_it_is() -> None:
    found = heard_of(compiled({"exercise": "march", "reps": 2, "prepare_s": 10}))

    assert [said_at(found, at) for at in (14, 18, 22)] == [SayTurn(Side.RIGHT), SayTurn(Side.LEFT), SayTurn(Side.RIGHT)]


def test_alternating_holds_name_the_side_whose_turn_it_is() -> None:
    found = heard_of(compiled({"exercise": "march", "reps": 2, "hold_s": 4, "prepare_s": 10}))

    sides = [cue.saying.side for cue in found if isinstance(cue.saying, SayTurn)]
    assert sides == [Side.RIGHT, Side.LEFT, Side.RIGHT]


def test_resuming_counts_three_two_one_to_the_instant_it_goes_on() -> None:
    ears = listening(compiled({"exercise": "plank", "hold_s": 30}))
    ears.listen_until(15.3)
    ears.played.press(Pause(), 15.3)

    ears.played.press(Resume(), 100.0)

    counted = cues(ears.played.session)[:3]
    assert [cue.at for cue in counted] == pytest.approx([100.0, 101.0, 102.0])
    assert [cue.saying for cue in counted] == [SayNumber(3), SayNumber(2), SayNumber(1)]
    assert [cue.room_s for cue in counted[:2]] == pytest.approx([1.0, 1.0])


def test_going_back_to_a_set_counts_in_before_its_first_tone() -> None:
    played = started(compiled({"exercise": "bridge", "reps": 4, "prepare_s": 1}))
    played.look_until(8.0)

    played.press(Back(), 8.0)

    assert [(cue.at, cue.sound) for cue in cues(played.session)] == [
        (8.0, CueSound.TICK), (9.0, CueSound.TICK), (10.0, CueSound.TICK), (11.0, CueSound.UP),
    ]  # fmt: skip


def test_the_ticks_move_with_the_end_of_a_rest_that_is_made_longer() -> None:
    played = started(compiled({"exercise": "plank", "hold_s": 8, "prepare_s": 10}))

    played.press(Adjust(10.0), 2.0)

    assert [cue.at for cue in cues(played.session) if cue.sound is CueSound.TICK] == [17.0, 18.0, 19.0]


def test_a_rep_of_own_pace_has_no_cue_but_its_beginning() -> None:
    session = Session((Step(StepKind.UP, 30.0, 0, "walk", Side.BOTH, 1, 1, open=True),))

    assert [(cue.at, cue.sound) for cue in cues(started(session.steps, 5.0).session)] == [(5.0, CueSound.UP)]


def test_every_sound_is_a_file_of_its_own() -> None:
    assert len({sound.value for sound in CueSound}) == 10
