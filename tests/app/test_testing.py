"""Self-tests as this person may do them, and what of them comes into the log."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.app.logbook import Logbook
from coach.app.settings import Settings
from coach.app.surroundings import Log
from coach.app.testing import Attempt, Offer, Walked, keep_results, keep_walk, offer, offer_again, results_of
from coach.app.unanswered import Unanswered, UnansweredFile
from coach.core.clinical.protocols import Outcome
from coach.core.clinical.red_flags import active
from coach.core.clinical.self_tests import FORM, GROIN_FLAG, RUNGS, Allowed, Guided, Why, Withheld
from coach.core.log import OutingKind
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import Side
from coach.core.session.measuring import Bout, Unit
from coach.store.errors import Reason, Unavailable
from tests.ui.fakes import World, plain

TODAY = date(2026, 11, 20)


class Bench:
    """A log, and self-tests of today."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.log: Log = world.surroundings.open_log()
        self.book: Logbook = world.surroundings.logbook(self.log)
        self.writes = True

    def offer(self, test: Guided, **settings: object) -> Offer:
        routine = self.world.routine(plain(affected_side="left", readiness={"sp_s": 30}))
        return offer(
            test,
            self.log,
            TODAY,
            library=self.world.surroundings.routines().library,
            settings=Settings(**settings),  # type: ignore[arg-type] # settings of any kind
            routine=routine,
            criteria_since=TODAY - timedelta(days=2),
        )

    def run(self, test: Guided) -> Attempt:
        return Attempt(self.offer(test), self.write)

    def write(self, act: object) -> bool:
        if self.writes:
            assert callable(act)
            act(self.book)
        return self.writes

    def results(self) -> list[tuple[str, float | None, float | None, float | None, int]]:
        return [(one.name, one.left, one.right, one.value, one.pain) for one in self.log.tests()]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(World(tmp_path))
    yield made
    made.log.close()


def done(run: Attempt, amount: int, pain: int = 0, *, groin: bool = False, form: int | None = None) -> Outcome:
    """The bout that comes now, as it went."""
    assert run.next is not None
    return Outcome(run.next, amount, pain, groin, form)


def test_a_test_rests_with_its_kind_of_loading(bench: Bench) -> None:
    bench.book.day(TODAY, morning=0)
    bench.book.outing(OutingKind.WALK, TODAY, minutes=30.0, pain=7, pain_after=2)

    assert bench.offer(Guided.BRISK_WALK).permission == Withheld(Why.REST)
    assert isinstance(bench.offer(Guided.SIDE_PLANK).permission, Allowed)


def test_both_sides_come_into_the_log_as_one_result_with_the_larger_pain(bench: Bench) -> None:
    run = bench.run(Guided.SIDE_PLANK)

    run.take(done(run, 40, 1))
    assert bench.results() == []
    run.take(done(run, 31))

    assert run.next is None
    assert bench.results() == [("side_plank", 31.0, 40.0, None, 1)]


def test_what_has_one_side_goes_in_when_one_leaves(bench: Bench) -> None:
    run = bench.run(Guided.HEEL_RAISE)
    run.take(done(run, 20))

    run.leave()

    assert bench.results() == [("heel_raise", None, 20.0, None, 0)]


def test_the_other_side_is_made_up_for_on_the_same_day_in_a_result_that_has_both(bench: Bench) -> None:
    first = bench.run(Guided.SINGLE_LEG_SQUAT)
    first.take(done(first, 10, 1, form=3))
    first.end()

    second = bench.run(Guided.SINGLE_LEG_SQUAT)
    assert [one.side for one in second.offered.bouts] == [Side.LEFT]
    second.take(done(second, 11, form=2))

    assert bench.results()[2:] == [("single_leg_squat", 11.0, 10.0, None, 1), (FORM, 2.0, 3.0, None, 1)]
    assert not isinstance(bench.offer(Guided.SINGLE_LEG_SQUAT).permission, Allowed)


def test_each_rung_goes_to_the_log_at_once(bench: Bench) -> None:
    run = bench.run(Guided.IMPACT)

    run.take(done(run, 30))
    assert bench.results() == [("march", None, None, 30.0, 0)]
    for amount in (60, 20, 10, 10):
        run.take(done(run, amount))

    assert [one[0] for one in bench.results()] == list(RUNGS)


def test_pain_in_the_groin_ends_the_check_and_raises_the_flag(bench: Bench) -> None:
    run = bench.run(Guided.IMPACT)
    run.take(done(run, 30))

    run.take(done(run, 60, 1, groin=True))

    assert run.next is None
    assert [flag.name for flag in active(bench.log.flags())] == [GROIN_FLAG]
    assert bench.offer(Guided.IMPACT).permission == Withheld(Why.GROIN)


def test_what_could_not_be_written_is_written_later_and_once(bench: Bench) -> None:
    run = bench.run(Guided.PLANK)
    bench.writes = False
    assert not run.take(done(run, 50))
    assert not run.saved

    bench.writes = True

    assert run.save()
    assert run.save()
    assert bench.results() == [("plank", None, None, 50.0, 0)]


def test_a_writer_that_raises_is_the_business_of_who_gave_it(bench: Bench) -> None:
    def broken(act: object) -> bool:
        raise Unavailable(Reason.DISK_FULL)

    run = Attempt(bench.offer(Guided.PLANK), broken)

    with pytest.raises(Unavailable):
        run.take(done(run, 50))


def test_the_plan_sets_the_goal_and_the_first_side(bench: Bench) -> None:
    offered = bench.offer(Guided.SIDE_PLANK, hip="right")

    assert [(one.side, one.goal) for one in offered.bouts] == [(Side.RIGHT, 30), (Side.LEFT, 30)]


def test_pain_in_the_groin_as_a_site_withholds_the_impact_check_and_says_why(bench: Bench) -> None:
    offered = bench.offer(Guided.IMPACT, pain_sites=(PainSite.GROIN,))

    assert offered.permission == Withheld(Why.SITE)
    assert any(gate.action == "off" and "clinician" in gate.why for gate in offered.gates)


def test_a_site_that_asks_for_a_change_lets_the_test_be_done(bench: Bench) -> None:
    offered = bench.offer(Guided.SIDE_PLANK, pain_sites=(PainSite.LATERAL,))

    assert offered.permission == Allowed()
    assert [gate.action for gate in offered.gates] == ["change"]


# Walks


def walked(seconds: float = 1800.0, *, groin: bool = False) -> Walked:
    """A walk."""
    return Walked(seconds, 110, 1, 0, limp=False, groin=groin)


@pytest.mark.parametrize("seconds,minutes", [(1800.0, 30.0), (1799.9, 29.9), (390.0, 6.5), (61.0, 1.0)])
def test_a_walk_has_the_minutes_that_were_walked(bench: Bench, seconds: float, minutes: float) -> None:
    keep_walk(bench.book, TODAY, walked(seconds))

    (outing,) = bench.log.outings()
    assert (outing.minutes, outing.cadence, outing.pain, outing.pain_after) == (minutes, 110.0, 1, 0)


def test_groin_pain_on_a_walk_raises_the_flag(bench: Bench) -> None:
    keep_walk(bench.book, TODAY, walked(groin=True))

    assert [flag.name for flag in active(bench.log.flags())] == [GROIN_FLAG]
    assert bench.offer(Guided.BRISK_WALK).permission == Withheld(Why.GROIN)


# Results from elsewhere, and what waits


def test_a_result_from_elsewhere_can_carry_form_ticks(bench: Bench) -> None:
    keep_results(bench.book, results_of("single_leg_squat", TODAY, pain=1, left=9.0, form=3.0), groin=False)

    assert bench.results() == [("single_leg_squat", 9.0, None, None, 1), (FORM, 3.0, None, None, 1)]


BOUT = Bout("side_plank", "test_side_plank", Side.LEFT, Unit.SECONDS, 45, 90, 30.0)


def test_what_waits_for_its_answers_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = UnansweredFile(tmp_path / "unanswered.json")
    first, second = (
        Unanswered(Guided.SIDE_PLANK, TODAY, BOUT, 47, 47.3, 0),
        Unanswered(Guided.SIDE_PLANK, TODAY, BOUT, 48, 48.1, 0),
    )

    file.add(first)
    file.add(second)
    assert file.read() == (first, second)
    file.remove(first)
    assert file.read() == (second,)
    file.remove(second)
    file.remove(second)

    assert file.read() == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"test": "plank"}'])
def test_what_cannot_be_read_waits_for_nobody(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "unanswered.json"
    path.write_bytes(data)

    assert UnansweredFile(path).read() == ()


def test_what_waited_joins_the_other_side_of_its_day(bench: Bench) -> None:
    bench.book.test("side_plank", TODAY, pain=1, right=50.0)

    run = Attempt(offer_again(Unanswered(Guided.SIDE_PLANK, TODAY, BOUT, 47, 47.3, 0), bench.log), bench.write)
    run.take(done(run, 47))

    assert bench.results()[-1] == ("side_plank", 47.0, 50.0, None, 1)
