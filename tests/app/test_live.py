"""The running session of the app layer: kept first, seen afterwards, and the same again from what was kept."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.app.live import CueReader, LiveSession, SessionClock
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import StepKind, compile_routine
from coach.core.routine.routine import Routine
from coach.core.session.cues import SayDone
from coach.core.session.engine import (
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
    next_second,
)
from coach.core.session.events import Began, Eased, Event, Paused, Seen, Slept, Started, from_json
from coach.core.session.record import record
from coach.core.session.sounds import CueSound
from coach.store.errors import Reason, Unavailable
from tests.fakes import FakeClock
from tests.ui.fakes import TINY, MemoryKeeper, Plain, World, item, plain

LENGTH_S = 39.0


class Watching(MemoryKeeper):
    """Notes what the session looked like at the moment each event was handed over."""

    def __init__(self) -> None:
        super().__init__()
        self.live: LiveSession | None = None
        self.seen: list[tuple[Phase, int, int]] = []

    def keep(self, seq: int, at_s: float, body: str) -> None:
        if self.live is not None:
            self.seen.append((self.live.session.phase, self.live.session.index, len(self.live.past)))
        super().keep(seq, at_s, body)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Exercise]:
    return dict(World(tmp_path_factory.mktemp("library")).surroundings.routines().library)


def read(library: dict[str, Exercise], routine: Plain) -> Routine:
    from coach.core.routine.reading import read_routine
    from tests.ui.fakes import data

    found = read_routine(data(routine), library).routine
    assert found is not None
    return found


def begun(library: dict[str, Exercise], keeper: MemoryKeeper, routine: Plain = TINY) -> LiveSession:
    made = read(library, routine)
    return LiveSession("one", keeper, routine=made, known=library, steps=compile_routine(made, library))


def revived(
    library: dict[str, Exercise], kept: MemoryKeeper, keeper: MemoryKeeper, routine: Plain = TINY
) -> LiveSession:
    made = read(library, routine)
    return LiveSession(
        "one",
        keeper,
        routine=made,
        known=library,
        steps=compile_routine(made, library),
        events=[(seq, from_json(body)) for seq, _, body in kept.kept],
    )


def led(live: LiveSession, until: float, since: float = 0.0) -> None:
    """Look at the clock ten times a second."""
    for tenth in range(round(since * 10) + 1, round(until * 10) + 1):
        live.do(Tick(), tenth / 10)


def kinds(keeper: MemoryKeeper) -> list[str]:
    return [type(from_json(body)).__name__ for _, _, body in keeper.kept]


def test_every_event_is_kept_before_its_effect_is_seen(library: dict[str, Exercise]) -> None:
    keeper = Watching()
    live = begun(library, keeper)
    keeper.live = live

    live.do(Start(), 0.0)
    led(live, 4.5)

    assert keeper.seen[0] == (Phase.READY, 0, 0)
    begun_at = kinds(keeper).index("Began")
    assert keeper.seen[begun_at] == (Phase.RUNNING, 0, begun_at)
    assert live.session.index == 1


def test_events_are_numbered_without_a_gap_and_carry_their_instant(library: dict[str, Exercise]) -> None:
    keeper = MemoryKeeper()
    live = begun(library, keeper)

    live.do(Start(), 0.0)
    led(live, LENGTH_S + 1)

    assert [seq for seq, _, _ in keeper.kept] == list(range(len(keeper.kept)))
    assert [at for _, at, _ in keeper.kept] == [from_json(body).at for _, _, body in keeper.kept]
    assert [from_json(body) for _, _, body in keeper.kept] == live.past
    assert live.session.complete


def test_what_do_returns_is_what_was_kept(library: dict[str, Exercise]) -> None:
    keeper = MemoryKeeper()
    live = begun(library, keeper)

    assert live.do(Start(), 0.0) == (Started(0.0),)
    assert live.do(Pause(), 2.5)[-1] == Paused(2.5)
    assert live.do(Pause(), 2.6) == ()


def test_a_running_session_revives_paused_at_the_last_known_instant(library: dict[str, Exercise]) -> None:
    first, second = MemoryKeeper(), MemoryKeeper()
    live = begun(library, first)
    live.do(Start(), 0.0)
    led(live, 3.6)
    known = live.session.seen

    again = revived(library, first, second)

    assert again.session.phase is Phase.PAUSED
    assert again.session.seen == known == 3.0
    assert again.session.index == live.session.index
    assert again.session.spent == pytest.approx(3.0)
    assert [(seq, from_json(body)) for seq, _, body in second.kept] == [(len(first.kept), Paused(3.0))]


def test_a_paused_session_revives_as_it_was_and_keeps_nothing_new(library: dict[str, Exercise]) -> None:
    first, second = MemoryKeeper(), MemoryKeeper()
    live = begun(library, first)
    live.do(Start(), 0.0)
    led(live, 5.4)
    live.do(Pause(), 5.5)

    again = revived(library, first, second)

    assert again.session == live.session
    assert again.outline == live.outline
    assert second.kept == []


def test_numbering_goes_on_after_the_last_event_wherever_that_is(library: dict[str, Exercise]) -> None:
    keeper = MemoryKeeper()
    made = read(library, TINY)
    steps = compile_routine(made, library)

    LiveSession("one", keeper, routine=made, known=library, steps=steps, events=[(0, Started(0.0)), (7, Seen(2.0))])

    assert [seq for seq, _, _ in keeper.kept] == [8]


def test_going_on_counts_in_and_loses_no_exercise(library: dict[str, Exercise]) -> None:
    first = MemoryKeeper()
    live = begun(library, first)
    live.do(Start(), 0.0)
    led(live, 4.6)
    live.do(Pause(), 4.6)
    again = revived(library, first, MemoryKeeper())

    again.do(Resume(), 4.6)

    assert again.session.left(4.6) == pytest.approx(live.session.left(4.6))
    assert again.session.lead(4.6) == pytest.approx(3.0)


def test_a_sleep_stops_the_session_where_it_was_last_seen(library: dict[str, Exercise]) -> None:
    live = begun(library, MemoryKeeper())
    live.do(Start(), 0.0)
    led(live, 2.0)

    events = live.do(Tick(), 5000.0)

    assert events == (Slept(2.0, 4998.0),)
    assert live.session.phase is Phase.PAUSED
    assert live.session.left(5000.0) == pytest.approx(2.0)


_COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.sampled_from(
        [Start(), Tick(), Pause(), Resume(), Skip(), SkipExercise(), Back(), Count(), ItHurts(), Stop(), Rate(4)]
    ),
    st.builds(Adjust, st.sampled_from([-10.0, 10.0])),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_COMMANDS, st.sampled_from([0.1, 0.5, 1.0, 2.5, 9.0])), max_size=25), st.booleans())
def test_a_session_revived_from_its_events_equals_the_one_that_ran(
    library: dict[str, Exercise], commands: list[tuple[Command, float]], easing: bool
) -> None:
    keeper = MemoryKeeper()
    live = begun(library, keeper)
    now = 0.0
    live.do(Start(), now)
    for command, passes in commands:
        live.do(command, now)
        now += passes
    if easing:
        live.ease(now)
    live.do(Pause(), now)

    again = revived(library, keeper, MemoryKeeper())

    assert again.session == live.session
    assert again.past == live.past
    assert again.outline == live.outline
    assert again.first_steps == live.first_steps
    assert record(again.first_steps, again.past) == record(live.first_steps, live.past)


def test_easing_goes_on_with_the_easier_variation_and_is_kept(library: dict[str, Exercise]) -> None:
    first = MemoryKeeper()
    live = begun(library, first)
    live.do(Start(), 0.0)
    led(live, 5.0)
    live.do(ItHurts(), 5.2)
    easier = live.easier()
    assert easier is not None
    assert easier.id == "isometric_abduction"

    events = live.ease(6.0)

    assert isinstance(events[-1], Eased)
    assert live.session.step.exercise == "isometric_abduction"
    assert live.session.step.kind is StepKind.PREPARE
    assert live.session.steps[-1].exercise == "plank"
    assert live.outline.steps == live.session.steps
    assert live.first_steps[0].exercise == "clamshell"
    assert revived(library, first, MemoryKeeper()).session == live.session


def test_at_the_foot_of_the_ladder_nothing_is_eased(library: dict[str, Exercise]) -> None:
    keeper = MemoryKeeper()
    live = begun(library, keeper, plain(items=[item("bridge", reps=1)]))
    live.do(Start(), 0.0)

    assert live.easier() is None
    assert live.ease(1.0) == ()
    assert kinds(keeper) == ["Started"]


def test_the_view_follows_the_session(library: dict[str, Exercise]) -> None:
    live = begun(library, MemoryKeeper())
    live.do(Start(), 0.0)
    led(live, 4.5)

    view = live.view(4.5)

    assert (view.phase, view.kind, view.exercise, view.rep, view.reps) == (
        Phase.RUNNING,
        StepKind.UP,
        "clamshell",
        1,
        2,
    )
    assert view.seconds == 1
    assert view.left_s == pytest.approx(LENGTH_S - 4.5)


def test_trouble_and_flush_are_those_of_the_keeper(library: dict[str, Exercise]) -> None:
    keeper = MemoryKeeper(flushes=False)
    live = begun(library, keeper)
    assert (live.trouble, live.flush()) == (None, False)

    keeper.trouble = trouble = Unavailable(Reason.DISK_FULL)
    keeper.flushes = True

    assert (live.trouble, live.flush()) == (trouble, True)


def test_the_session_clock_goes_on_from_the_last_known_instant(clock: FakeClock) -> None:
    own = SessionClock(clock, 17.5)

    clock.advance(2.0)

    assert own.now() == pytest.approx(19.5)


def walk(live: LiveSession, reader: CueReader, step_s: float, until: float) -> list[tuple[float, CueSound | None]]:
    heard = []
    now = 0.0
    live.do(Start(), now)
    while now <= until:
        live.do(Tick(), now)
        heard += [(cue.at, cue.sound) for cue in reader.take(live.session, now)]
        now += step_s
    return heard


@pytest.mark.parametrize("step_s", [0.01, 0.05, 0.2])
def test_the_reader_gives_each_cue_once_however_often_it_looks(library: dict[str, Exercise], step_s: float) -> None:
    exact = walk(begun(library, MemoryKeeper()), CueReader(), 0.01, LENGTH_S + 1)

    heard = walk(begun(library, MemoryKeeper()), CueReader(), step_s, LENGTH_S + 1)

    assert heard == exact
    assert len(set(heard)) == len(heard)
    assert heard[0] == (0.0, CueSound.GET_READY)
    assert heard[-1][1] is CueSound.SESSION_DONE


@pytest.mark.parametrize("routine", [TINY, plain(items=[item("plank", hold_s=25, prepare_s=5)])], ids=["reps", "hold"])
def test_looking_only_when_the_reader_asks_misses_no_cue(library: dict[str, Exercise], routine: Plain) -> None:
    exact = walk(begun(library, MemoryKeeper(), routine), CueReader(), 0.01, LENGTH_S + 1)
    live, reader = begun(library, MemoryKeeper(), routine), CueReader()

    heard = []
    looks = 0
    now: float | None = 0.0
    live.do(Start(), 0.0)
    while now is not None:
        live.do(Tick(), now)
        heard += [(cue.at, cue.sound) for cue in reader.take(live.session, now)]
        now = reader.next_wake(live.session, now)
        looks += 1

    assert [sound for _, sound in heard] == [sound for _, sound in exact]
    assert [at for at, _ in heard] == pytest.approx([at for at, _ in exact])
    assert live.session.complete
    assert looks < 80


def test_the_reader_asks_for_every_change_of_the_shown_second(library: dict[str, Exercise]) -> None:
    live, reader = begun(library, MemoryKeeper()), CueReader(ticks=0)
    live.do(Start(), 0.0)
    reader.take(live.session, 0.0)

    assert reader.next_wake(live.session, 0.0) == next_second(live.session, 0.0) == 1.0


def test_a_paused_session_need_not_be_looked_at(library: dict[str, Exercise]) -> None:
    live, reader = begun(library, MemoryKeeper()), CueReader()
    live.do(Start(), 0.0)
    live.do(Pause(), 1.0)

    assert reader.next_wake(live.session, 1.0) is None
    assert reader.take(live.session, 2.0) == ()


def test_a_reader_that_begins_late_repeats_nothing(library: dict[str, Exercise]) -> None:
    live = begun(library, MemoryKeeper())
    live.do(Start(), 0.0)

    assert CueReader(since=0.0).take(live.session, 0.1) == ()
    assert [cue.sound for cue in CueReader().take(live.session, 0.1)] == [CueSound.GET_READY]


def test_the_person_chooses_how_many_seconds_are_ticked(library: dict[str, Exercise]) -> None:
    def ticks(number: int) -> int:
        heard = walk(
            begun(library, MemoryKeeper(), plain(items=[item("plank", hold_s=10, prepare_s=0)])),
            CueReader(number),
            0.1,
            11,
        )
        return sum(sound is CueSound.TICK for _, sound in heard)

    assert [ticks(number) for number in (0, 3, 5)] == [0, 3, 5]


def test_the_end_is_told_once(library: dict[str, Exercise]) -> None:
    live, reader = begun(library, MemoryKeeper()), CueReader()
    live.do(Start(), 0.0)
    led(live, LENGTH_S)

    first, second = reader.take(live.session, LENGTH_S), reader.take(live.session, LENGTH_S + 0.1)

    assert [cue.saying for cue in first] == [SayDone()]
    assert second == ()


def test_an_event_that_was_kept_reads_back_as_itself(library: dict[str, Exercise], tmp_path: Path) -> None:
    keeper = MemoryKeeper()
    live = begun(library, keeper)
    live.do(Start(), 0.0)
    led(live, 10.0)
    live.ease(10.0)

    stored: list[Event] = [from_json(body) for _, _, body in keeper.kept]

    assert stored == live.past
    assert any(isinstance(event, Began) for event in stored)
