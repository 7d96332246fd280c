"""Guided walk/runs on disk: through kills, torn lines and full disks, and into the log once."""

import errno
import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.app.keeping import ThreadKeeper
from coach.app.logbook import Logbook
from coach.app.surroundings import Log
from coach.app.walk_run import Led, Ran, RunAnswers, WalkRuns
from coach.core.clinical.run_plan import STAGES
from coach.core.figure.running import RUNNING
from coach.core.log import OutingKind
from coach.core.routine.routine import Rules
from coach.core.session.engine import Pause, Phase, Start, Stop, Tick
from coach.core.session.walk_run import RUN, WALK, RunDone
from coach.store.errors import Reason, Unavailable
from tests.ui.fakes import World

STAGE = STAGES[0]
FINE = RunAnswers(peak=1, now=0, limp=False, groin=False)


def runs(world: World) -> WalkRuns:
    around = world.surroundings
    return WalkRuns(around.walk_run(), around.calendar, around.new_uid, around.routines().library, ThreadKeeper)


def led_for(led: Led, seconds: int) -> None:
    """Let it run, with a look at the clock every second, and let everything come to disk."""
    led.live.do(Start(), 0.0)
    for second in range(1, seconds + 1):
        led.live.do(Tick(), float(second))
    assert led.live.flush()


def closed(led: Led) -> None:
    keeper = led.live._keeper
    assert isinstance(keeper, ThreadKeeper)
    keeper.close()


def ran(led: Led, answers: RunAnswers = FINE) -> Ran:
    begun = led.begun
    return Ran(begun.uid, begun.began, begun.stage, begun.before, led.done(), answers)


def test_one_that_broke_off_goes_on_at_the_very_second(world: World, log: Log) -> None:
    led = runs(world).start(STAGE, 1, Rules())
    led_for(led, 320)
    closed(led)  # as a kill leaves it: nothing was ended

    broken = runs(world).broken(log)
    again = runs(world).go_on(log, Rules())

    assert broken is not None
    assert broken.begun.stage == STAGE
    assert broken.begun.before == 1
    assert again is not None
    s = again.live.session
    assert s.phase is Phase.PAUSED
    assert (s.index, s.left(320.0), s.left_in_all(320.0)) == (1, 10.0, 2400.0 - 320.0)
    assert again.done().ran_s == 20.0
    closed(again)


@pytest.mark.parametrize(
    "torn", [b'{"seq":9', b"\x00\x00\x00", b"\xff\xfe\n", b'{"seq":77,"at_s":1,"body":"{}"}\n', b"\n"]
)
def test_half_a_line_at_the_end_costs_that_line_only(world: World, log: Log, torn: bytes) -> None:
    led = runs(world).start(STAGE, 0, Rules())
    led_for(led, 8)
    closed(led)
    with world.home.walk_run.open("ab") as file:
        file.write(torn)

    again = runs(world).go_on(log, Rules())

    assert again is not None
    assert again.live.session.seen == 8.0
    again.live.do(Stop(), 9.0)
    assert again.live.flush()
    closed(again)
    last = runs(world).broken(log)
    assert last is not None
    assert last.session.phase is Phase.DONE


def test_every_cut_of_the_file_is_a_beginning_of_the_same_run(world: World, log: Log) -> None:
    led = runs(world).start(STAGE, 0, Rules())
    led_for(led, 5)
    closed(led)
    whole = world.home.walk_run.read_bytes()
    head = whole.index(b"\n") + 1

    seen = []
    for end in range(len(whole)):
        world.home.walk_run.write_bytes(whole[:end])
        found = runs(world).broken(log)
        assert found is None or end > head
        if found is not None:
            seen.append(found.session.seen)

    assert seen == sorted(seen)
    assert set(seen) == {0.0, 1.0, 2.0, 3.0, 4.0}


def test_a_full_disk_holds_events_and_loses_none(world: World, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    file = world.surroundings.walk_run()
    led = runs(world).start(STAGE, 0, Rules())
    closed(led)
    events = file.events()
    sync = os.fsync

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as failed:
        events.append("", 0, 0.0, '{"type":"started","at":0.0}')
    monkeypatch.setattr(os, "fsync", sync)
    events.append("", 0, 0.0, '{"type":"started","at":0.0}')
    events.append("", 0, 0.0, '{"type":"started","at":0.0}')
    events.append("", 1, 1.0, '{"type":"seen","at":1.0}')
    events.close()

    assert failed.value.reason is Reason.DISK_FULL
    kept = file.read()
    assert kept is not None
    assert [seq for seq, _ in kept.events] == [0, 1]


def test_what_an_error_left_in_doubt_is_synced_before_it_is_acknowledged(
    world: World, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    led = runs(world).start(STAGE, 0, Rules())
    led_for(led, 2)
    closed(led)
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    again = world.surroundings.walk_run().events()  # as the keeper does after an error of the disk

    again.append("", 1, 1.0, '{"type":"seen","at":1.0}')
    again.close()

    assert len(synced) == 1


def test_it_is_in_the_log_once_as_a_run_and_no_session(world: World, log: Log) -> None:
    made = runs(world)
    led = made.start(STAGE, 1, Rules())
    led_for(led, 400)
    led.live.do(Stop(), 400.5)
    assert led.live.flush()
    closed(led)
    copy = world.home.walk_run.read_bytes()

    made.finish(log, ran(led))
    world.home.walk_run.write_bytes(copy)  # the kill came before the file was gone
    assert made.broken(log) is None
    assert made.go_on(log, Rules()) is None
    made.finish(log, ran(led, replace_peak(FINE, 9)))

    (entry,) = log.outings()
    assert (entry.kind, entry.uid, entry.day) == (OutingKind.RUN, led.begun.uid, led.begun.began.day)
    assert (entry.minutes, entry.pain, entry.pain_before, entry.pain_after) == (6.6, 1, 1, 0)
    assert (entry.stage, entry.running_min) == (STAGE.number, ran(led).running_min)
    assert not log.sessions()
    assert log.unfinished() is None
    assert log.whole().sessions == ()
    assert not world.home.walk_run.exists()


def replace_peak(answers: RunAnswers, peak: int) -> RunAnswers:
    return RunAnswers(peak, answers.now, answers.limp, answers.groin)


def test_only_the_warm_up_is_a_walk_of_no_stage(world: World, log: Log) -> None:
    made = runs(world)
    led = made.start(STAGE, 1, Rules())
    led_for(led, 70)
    closed(led)

    made.finish(log, ran(led))

    (entry,) = log.outings()
    assert (entry.kind, entry.stage, entry.running_min) == (OutingKind.WALK, None, None)


def test_one_that_was_corrected_since_is_not_taken_for_missing(world: World, log: Log, book: Logbook) -> None:
    made = runs(world)
    led = made.start(STAGE, 1, Rules())
    led_for(led, 70)
    closed(led)
    copy = world.home.walk_run.read_bytes()
    made.finish(log, ran(led))
    book.correct(replace(log.outings()[0], pain_after60=2))
    world.home.walk_run.write_bytes(copy)

    assert made.broken(log) is None


@pytest.mark.parametrize(
    "done,kind,minutes,running",
    [
        (RunDone(180, 2220, 6, 6, ()), OutingKind.RUN, 40.0, 3.0),
        (RunDone(59, 300, 1, 6, ()), OutingKind.RUN, 5.9, 0.9),
        (RunDone(0, 200, 0, 6, ()), OutingKind.WALK, 3.3, 0.0),
    ],
)
def test_minutes_are_never_more_than_was_done(
    world: World, log: Log, done: RunDone, kind: OutingKind, minutes: float, running: float
) -> None:
    led = runs(world).start(STAGE, 0, Rules())
    closed(led)

    found = Ran("run-1", led.begun.began, STAGE, 0, done, FINE)

    assert (found.kind, found.minutes, found.running_min) == (kind, minutes, running)


def test_pain_in_the_groin_raises_its_flag(world: World, log: Log) -> None:
    made = runs(world)
    led = made.start(STAGE, 0, Rules())
    led_for(led, 70)
    closed(led)

    made.finish(log, ran(led, RunAnswers(2, 1, limp=True, groin=True)))

    assert [(flag.name, flag.raised) for flag in log.flags()] == [("groin_pain_with_running", True)]
    assert log.outings()[0].limp


def test_one_that_never_began_is_nothing_to_go_on_with(world: World, log: Log) -> None:
    made = runs(world)
    closed(made.start(STAGE, 0, Rules()))

    assert made.broken(log) is None


@pytest.mark.parametrize("written", [b"", b"\n", b"{}\n", b"[" * 100_000, b"\xff\n", b'{"uid":"a"}\n'])
def test_a_file_that_cannot_be_read_is_no_run_and_the_next_one_takes_its_place(
    world: World, log: Log, written: bytes
) -> None:
    world.home.walk_run.write_bytes(written)
    made = runs(world)
    assert made.broken(log) is None

    led = made.start(STAGE, 0, Rules())
    led_for(led, 2)
    led.live.do(Pause(), 2.0)
    assert led.live.flush()
    closed(led)

    assert made.broken(log) is not None


def test_the_file_is_the_persons_alone(world: World) -> None:
    closed(runs(world).start(STAGE, 0, Rules()))

    path: Path = world.home.walk_run
    assert path.stat().st_mode & 0o077 == 0


def test_who_runs_is_shown_running_and_not_jogging_on_the_spot(world: World) -> None:
    library = world.surroundings.routines().library
    known = runs(world).start(STAGE, 1, Rules()).live.known

    assert known[RUN].figure is RUNNING
    assert known[WALK] == library["test_brisk_walk"]
    assert library["test_jog_on_spot"].figure not in (None, RUNNING)
