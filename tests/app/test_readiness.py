"""The decision over real logs: the six worked examples, whose plan counts, and how long it takes to decide."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.app.readiness import Decision, criteria_since, decide
from coach.app.settings import Settings
from coach.core.clinical.criteria import Id
from coach.core.clinical.readiness import Outcome
from coach.core.clinical.readiness_log import DailyPain
from coach.core.log import DayEntry, WholeLog
from coach.store.journal import Log
from tests import worked
from tests.app.making import surroundings_at
from tests.ui.fakes import World, plain

ON = worked.ON


def decided(folder: Path, example: worked.Example, on: date = ON) -> Decision:
    surroundings = surroundings_at(folder / "home")
    log = surroundings.open_log()
    try:
        log.take_in(example.log)
        return decide(log, surroundings.routines(), example.settings, on)
    finally:
        log.close()


def not_met(of: Decision) -> set[Id]:
    return {one.id for one in of.verdict.criteria if not one.met}


def test_steady_healing_ends_with_every_criterion_met(tmp_path: Path) -> None:
    found = decided(tmp_path, worked.steady())

    assert (found.verdict.outcome, not_met(found)) == (Outcome.MET, set())
    assert not found.plan.prescribed
    assert not found.empty


@pytest.mark.parametrize("back", [1, 2, 3, 14, 40, 83])
def test_steady_healing_is_not_yet_before(back: int, tmp_path: Path) -> None:
    found = decided(tmp_path, worked.steady(), ON - timedelta(days=back))

    assert found.verdict.outcome is (Outcome.MET if back == 1 else Outcome.NOT_YET)


@pytest.mark.parametrize(
    "example, outcome, among",
    [
        (worked.flare(), Outcome.NOT_YET, {Id.R1, Id.R5, Id.R7}),
        (worked.noise_only(), Outcome.NOT_YET, {Id.R1, Id.R6C, Id.R7}),
        (worked.groin(), Outcome.BLOCKED, {Id.R0}),
        (worked.gaps(), Outcome.NOT_YET, {Id.R1}),
        (worked.painkillers(), Outcome.NOT_YET, {Id.R1, Id.R7}),
    ],
    ids=lambda value: value.name if isinstance(value, worked.Example) else "",
)
def test_the_other_worked_examples_are_told_what_is_missing(
    example: worked.Example, outcome: Outcome, among: set[Id], tmp_path: Path
) -> None:
    found = decided(tmp_path, example)

    assert found.verdict.outcome is outcome
    assert among <= not_met(found)


@pytest.mark.parametrize("example", list(worked.examples()), ids=lambda one: one.name)
def test_what_comes_later_changes_nothing_about_a_day(example: worked.Example, tmp_path: Path) -> None:
    surroundings = surroundings_at(tmp_path / "home")
    log = surroundings.open_log()
    routines = surroundings.routines()
    before: dict[date, Decision] = {}
    for back in (40, 20, 10, 3, 0):
        day = ON - timedelta(days=back)
        log.take_in(up_to(example.log, day))
        before[day] = decide(log, routines, example.settings, day)

    after = {day: decide(log, routines, example.settings, day) for day in before}

    assert [one.verdict for one in after.values()] == [one.verdict for one in before.values()]
    log.close()


def up_to(log: WholeLog, day: date) -> WholeLog:
    return WholeLog(
        tuple(one for one in log.sessions if one.head.began.day <= day),
        tuple(one for one in log.days if one.day <= day),
        tuple(one for one in log.outings if one.day <= day),
        tuple(one for one in log.tests if one.day <= day),
        tuple(one for one in log.flags if one.day <= day),
    )


def test_the_impact_check_can_be_asked_for_once_all_else_holds(world: World, log: Log) -> None:
    example = worked.steady()
    log.take_in(example.log)
    routines = world.surroundings.routines()

    early = criteria_since(log, routines, example.settings, ON - timedelta(days=20))
    late = criteria_since(log, routines, example.settings, ON)

    assert early is None
    assert late is not None
    assert late < ON - timedelta(days=2)  # the day of its impact check


def test_the_impact_check_waits_while_the_log_itself_asks_for_a_look(world: World, log: Log) -> None:
    example = worked.steady()
    log.take_in(example.log)
    for left in (26, 22, 18):  # three days of too much pain, all before the last two weeks
        worst = DayEntry(f"worst-{left}", ON - timedelta(days=left), None, 8, None, None, worked.at(ON, 20))
        log.add(worst)

    assert criteria_since(log, world.surroundings.routines(), example.settings, ON) is None


# -- whose plan -----------------------------------------------------------------------------------------------------


def asked(world: World, log: Log, settings: Settings) -> Decision:
    return decide(log, world.surroundings.routines(), settings, ON)


def file(name: str, per_week: int, **readiness: Any) -> dict[str, Any]:
    return plain(id=name, title=name, schedule={"per_week": per_week}, readiness=readiness)


def test_a_physio_s_file_goes_before_a_built_in_routine_beside_it(world: World, log: Log) -> None:
    world.receive(file("from-physio", 2, sp_s=30))

    found = asked(world, log, world.choose(in_use=("mobility", "from-physio")))

    assert found.plan.prescribed
    assert found.plan.sets_limits
    assert (found.plan.per_week, found.plan.limits.sp_s) == (2, 30)


def test_of_two_files_the_hardest_limits_hold_and_the_sessions_add_up(world: World, log: Log) -> None:
    world.receive(file("one", 2, sp_s=30, adl_max=3))
    world.receive(file("other", 3, sp_s=60))

    found = asked(world, log, world.choose(in_use=("one", "other")))

    assert (found.plan.per_week, found.plan.limits.sp_s, found.plan.limits.adl_max) == (5, 60, 3)


@pytest.mark.parametrize("in_use", [("first-days",), ("strength-a", "strength-b", "mobility")])
def test_of_built_in_routines_three_sessions_a_week_are_asked_for(
    in_use: tuple[str, ...], world: World, log: Log
) -> None:
    assert asked(world, log, world.choose(in_use=in_use)).plan.per_week == 3


@pytest.mark.parametrize(
    "schedule, times", [({}, 3), ({"per_week": 7}, 7), ({"days": ["mon", "thu"]}, 2), ({"per_week": 1}, 1)]
)
def test_a_file_says_how_often_or_three_a_week_are_asked_for(
    schedule: dict[str, Any], times: int, world: World, log: Log
) -> None:
    world.receive(plain(schedule=schedule))

    assert asked(world, log, world.choose(in_use=("tiny",))).plan.per_week == times


def test_without_a_routine_nothing_is_planned(world: World, log: Log) -> None:
    found = asked(world, log, world.choose(in_use=()))

    assert found.empty
    assert found.plan.per_week == 0
    assert Id.R5 in not_met(found)


def test_a_file_may_look_at_more_days_than_are_usually_read(world: World, log: Log) -> None:
    world.receive(plain(readiness={"days": 80}))
    log.take_in(worked.steady().log)

    found = asked(world, log, world.choose(in_use=("tiny",))).verdict.criteria[1].found

    assert isinstance(found, DailyPain)
    assert (found.days, found.entries) == (80, 80)


def test_a_file_that_asks_for_the_limits_of_the_groin_asks_for_a_sign_off(world: World, log: Log) -> None:
    world.receive(plain(rules={"profile": "groin"}))

    found = asked(world, log, world.choose(in_use=("tiny",)))

    assert Id.R0 in not_met(found)
