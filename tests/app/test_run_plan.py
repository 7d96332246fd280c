"""The plan over real logs: opening, going on, holding and stepping back, the next run, and what it costs."""

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from coach.app.run_plan import LOOK_BACK_DAYS, RunPlan, run_plan
from coach.app.settings import Settings
from coach.core.clinical.next_run import Hold
from coach.core.clinical.readiness import Outcome
from coach.core.clinical.run_course import Rule, Step
from coach.core.log import FlagEntry, Spot, WholeLog
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from tests import running, worked
from tests.app.making import surroundings_at
from tests.running import at, day, log_of, run
from tests.ui.fakes import data, plain


def looked_at(folder: Path, log: WholeLog, after: int, hour: int = 12, settings: Settings | None = None) -> RunPlan:
    surroundings = surroundings_at(folder / "home")
    opened = surroundings.open_log()
    try:
        opened.take_in(log)
        routines, by = surroundings.routines(), settings or worked.steady().settings
        return run_plan(opened, routines, by, day(after), at(after, hour))
    finally:
        opened.close()


def told(of: RunPlan) -> list[tuple[Step, int, Rule]]:
    return [(one.step, one.to, one.rule) for one in of.course.decisions]


def test_it_is_locked_until_every_criterion_is_met(tmp_path: Path) -> None:
    found = looked_at(tmp_path, worked.steady().log, -2)

    assert (found.course.open, found.next, found.verdict.outcome) == (False, None, Outcome.NOT_YET)
    assert found.course.decisions == ()


def test_it_opens_on_the_day_of_the_verdict_and_the_first_run_may_be_now(tmp_path: Path) -> None:
    found = looked_at(tmp_path, worked.steady().log, 0)

    assert found.course.open
    assert found.course.since == running.OPENED
    assert found.next is not None
    assert (found.next.stage.number, found.next.day, found.may_begin) == (1, worked.ON, True)


def test_two_good_runs_lead_on_and_the_next_one_waits_for_two_days(tmp_path: Path) -> None:
    found = looked_at(tmp_path, log_of([run(1), run(3)], until=4), 4)

    assert told(found)[1:] == [(Step.HELD, 1, Rule.GREEN), (Step.ADVANCED, 2, Rule.SUCCESSES)]
    assert found.next is not None
    assert (found.next.stage.number, found.next.day, found.next.holds) == (2, day(5), (Hold.GAP,))
    assert not found.may_begin


def test_on_a_day_that_has_passed_only_what_was_known_then_counts(tmp_path: Path) -> None:
    log = log_of([run(1), run(3), run(5, pain=8)], until=6)

    then, now = looked_at(tmp_path / "then", log, 3), looked_at(tmp_path / "now", log, 6)

    assert [one.step for one in then.course.decisions] == [Step.OPENED, Step.HELD, Step.WAITING]
    assert (then.course.stage, now.course.stage) == (1, 1)
    assert now.course.decisions[-1].rule is Rule.RED


def test_after_a_red_run_comes_rest_and_then_a_step_back(tmp_path: Path) -> None:
    runs = [run(1), run(4), run(6, pain=8)]

    resting = looked_at(tmp_path / "resting", log_of(runs, until=7), 7)
    over = looked_at(tmp_path / "over", log_of(runs, until=9), 9)

    assert resting.next is not None
    assert (resting.next.day, resting.next.holds, resting.may_begin) == (day(9), (Hold.RED_REST,), False)
    assert (over.next is not None, over.may_begin, over.course.stage) == (True, True, 1)


def test_a_sore_morning_after_a_red_run_goes_on_holding(tmp_path: Path) -> None:
    found = looked_at(tmp_path, log_of([run(1), run(3, pain=8)], until=7, sore=range(4, 8)), 7)

    assert found.next is not None
    assert found.next.waits_for_morning is not None
    assert (found.next.day, found.may_begin) == (day(8), False)


def test_a_red_flag_blocks_and_nothing_is_proposed(tmp_path: Path) -> None:
    log = log_of([run(1), run(3)], until=4)
    flag = FlagEntry("f", "cannot_take_weight", day(4), True, worked.at(day(4), 9))

    found = looked_at(tmp_path, WholeLog(log.sessions, log.days, log.outings, log.tests, (flag,)), 4)

    assert (found.blocked, found.next, found.may_begin) == (True, None, False)
    assert (found.course.open, found.verdict.outcome) == (True, Outcome.BLOCKED)


def test_a_run_counts_for_nothing_while_the_log_itself_raises_an_urgent_flag(tmp_path: Path) -> None:
    log = log_of([run(1), run(7)], until=8)
    nights = tuple(replace(one, night=True) if day(3) <= one.day <= day(5) else one for one in log.days)

    found = looked_at(tmp_path / "woken", replace(log, days=nights), 8)

    assert [one.rule for one in found.course.decisions[-2:]] == [Rule.GREEN, Rule.RED_FLAG]
    assert looked_at(tmp_path / "calm", log, 8).course.decisions[-1].rule is Rule.SUCCESSES


def test_what_the_log_asks_to_have_looked_at_closes_a_plan_that_is_not_begun(tmp_path: Path) -> None:
    log = log_of([], until=2)
    sore = (Spot(PainSite.SIT_BONE, BodySide.LEFT),)
    elsewhere = tuple(replace(one, spots=sore) if one.day == day(2) else one for one in log.days)

    found = looked_at(tmp_path, replace(log, days=elsewhere), 2)

    assert (found.course.open, found.may_begin) == (False, False)
    assert found.course.decisions[-1].rule is Rule.WITHDRAWN


def test_a_run_on_a_day_with_a_painkiller_is_no_success(tmp_path: Path) -> None:
    log = log_of([run(1), run(3)], until=4)
    taken = tuple(replace(one, analgesic=True) if one.day == day(3) else one for one in log.days)

    found = looked_at(tmp_path, replace(log, days=taken), 4)

    assert [one.rule for one in found.course.decisions[1:]] == [Rule.GREEN, Rule.NO_ANSWER]


def test_a_morning_with_a_painkiller_does_not_end_the_rest_after_red(tmp_path: Path) -> None:
    log = log_of([run(1), run(3, pain=8)], until=8, sore=range(4, 8))
    taken = tuple(replace(one, analgesic=True) if one.day == day(8) else one for one in log.days)

    assert looked_at(tmp_path / "without", log, 8).may_begin
    assert not looked_at(tmp_path / "with", replace(log, days=taken), 8).may_begin


def test_how_the_day_of_the_first_run_ended_does_not_undo_it(tmp_path: Path) -> None:
    log = log_of([run(1)], until=2)
    sore = tuple(replace(one, worst=3) if one.day == day(1) else one for one in log.days)

    found = looked_at(tmp_path, replace(log, days=sore), 2)

    assert (found.course.open, found.course.begun) == (True, True)
    assert found.course.decisions[-1].rule is Rule.GREEN


def test_running_without_the_criteria_is_told_and_opens_nothing(tmp_path: Path) -> None:
    early = [run(-12), run(-9)]

    before = looked_at(tmp_path / "before", log_of(early, until=0), -5)
    after = looked_at(tmp_path / "after", log_of(early, until=0), 0)

    assert [one.step for one in before.course.decisions] == [Step.NOT_COUNTED, Step.NOT_COUNTED]
    assert (before.course.open, after.course.open, after.course.stage, after.course.successes) == (False, True, 1, 0)


def test_it_stays_open_though_the_criteria_are_no_longer_met(tmp_path: Path) -> None:
    found = looked_at(tmp_path, log_of([run(1), run(8), run(16)], until=20), 20)

    assert found.verdict.outcome is Outcome.NOT_YET
    assert found.course.open


def test_a_file_of_the_physio_brings_its_own_numbers(tmp_path: Path) -> None:
    surroundings = surroundings_at(tmp_path / "home")
    surroundings.home.make()
    routines = surroundings.routines()
    stage = {"reps": 4, "run_s": 90, "walk_s": 120}
    own = {"stages": [stage, {"reps": 1, "run_s": 1200}], "min_successes": 1, "min_gap_h": 72, "start_stage": 2}
    opened = routines.open_data(data(plain(id="own", run_plan=own)), None)
    assert opened.read is not None
    routines.accept(opened.read)

    settings = worked.steady().settings
    log = surroundings.open_log()
    log.take_in(log_of([run(1)], until=2))
    found = run_plan(log, routines, Settings(in_use=("own",), pain_sites=settings.pain_sites), day(2), at(2))
    log.close()

    assert found.course.plan.prescribed
    assert [one.run_min for one in found.course.plan.stages] == [1.5, 20]
    assert found.course.plan.min_gap_h == 72


def test_a_longer_log_of_running_is_still_open(tmp_path: Path) -> None:
    runs = [run(after) for after in range(1, 400, 4)]

    found = looked_at(tmp_path, log_of(runs, until=400), 400)

    assert (found.course.open, found.course.done) == (True, True)
    assert found.load is not None
    assert found.load.longest_min == 30.0


def test_a_longer_log_of_running_without_the_criteria_is_not(tmp_path: Path) -> None:
    runs = [run(after) for after in range(40, 440, 4)]

    found = looked_at(tmp_path, log_of(runs, until=440), 440)

    assert not found.course.open


def test_what_it_reads_does_not_grow_with_the_log(tmp_path: Path) -> None:
    surroundings = surroundings_at(tmp_path / "home")
    log = surroundings.open_log()
    log.take_in(log_of([run(after) for after in range(1, 60, 2)], until=60))
    statements: list[str] = []
    log.conn.set_trace_callback(statements.append)

    run_plan(log, surroundings.routines(), worked.steady().settings, day(60), at(60))
    log.conn.set_trace_callback(None)

    since = (day(60) - timedelta(days=LOOK_BACK_DAYS)).isoformat()
    unbounded = {one for one in statements if "0001-01-01" in one and "FROM flag" not in one}
    assert not unbounded
    assert any(f"'{since}'" in one for one in statements)
    log.close()
