"""What a report tells: counted from the log, honest about what is missing, what stands out first."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from coach.app import demo
from coach.app.report import ReadinessLine, ReadinessTold, Report, report
from coach.app.surroundings import Log, Surroundings
from coach.core.clinical.colour import Colour
from coach.core.log import WholeLog
from coach.core.routine.plan import Side
from tests.store import made
from tests.ui.fakes import TINY, World, data

ON = date(2026, 11, 20)


def told(world: World, log: Log, weeks: int = 4, **more: ReadinessTold | None) -> Report:
    where: Surroundings = world.surroundings
    return report(log, where.routines(), where.settings_file().read().settings, ON, weeks, **more)


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def test_nothing_recorded_is_an_empty_report(world: World, log: Log) -> None:
    found = told(world, log)

    assert found.empty
    assert (found.began, found.known_days, found.judged, found.painful, found.notes) == (None, 0, (), (), ())


def test_it_covers_whole_weeks_up_to_the_day(world: World, log: Log) -> None:
    for number in range(40):
        log.add(made.day_entry(f"d{number}", ago(number), 2, 3))

    found = told(world, log, weeks=3)

    assert (found.since, found.on) == (ago(20), ON)
    assert sorted(found.days) == [ago(number) for number in range(20, -1, -1)]
    assert found.known_days == 21


def test_days_before_the_log_began_are_not_missing(world: World, log: Log) -> None:
    log.add(made.day_entry("a", ago(4), 2, 3))

    found = told(world, log)

    assert (found.began, found.known_days) == (ago(4), 5)


def test_the_mean_at_the_first_day_knows_the_week_before(world: World, log: Log) -> None:
    for number in range(28, 35):
        log.add(made.day_entry(f"d{number}", ago(number), 6, 6))

    assert told(world, log).means[0] == (ago(27), 6.0)


@pytest.mark.parametrize("pain,flagged", [(6, ()), (7, ((ON, 7),)), (10, ((ON, 10),))])
def test_a_pain_of_seven_or_more_stands_out(
    world: World, log: Log, pain: int, flagged: tuple[tuple[date, int], ...]
) -> None:
    log.add(made.day_entry("a", ON, 2, pain))

    assert told(world, log).painful == flagged


def test_the_worst_of_a_day_is_told_once(world: World, log: Log) -> None:
    log.add(made.day_entry("a", ON, 8, 9))

    assert told(world, log).painful == ((ON, 9),)


def test_readiness_is_told_as_it_is_given(world: World, log: Log) -> None:
    given = ReadinessTold("Not yet", (ReadinessLine("R4", "One brisk walk is missing", met=False),))

    assert told(world, log).readiness is None
    assert told(world, log, readiness=given).readiness == given


# -- a made-up log --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Log]]:
    made_world = World(tmp_path_factory.mktemp("full"))
    demo.fill(made_world.surroundings, 10)
    opened: Log = made_world.surroundings.read_log()
    yield made_world, opened
    opened.close()


def test_every_session_walk_and_run_of_the_weeks_is_there(full: tuple[World, Log]) -> None:
    world, log = full

    found = told(world, log, weeks=10)

    assert [one.line.uid for one in found.sessions] == [one.uid for one in log.sessions(ago(69), ON)]
    assert len(found.outings) == len(log.outings(ago(69), ON))
    assert all(one.judged is not None for one in found.outings)


def test_what_was_done_is_told_side_by_side(full: tuple[World, Log]) -> None:
    world, log = full

    sessions = told(world, log, weeks=10).sessions
    sided = [one for session in sessions for one in session.exercises if len(one.sides) == 2]

    assert sided
    assert all({side.side for side in one.sides} == {Side.LEFT, Side.RIGHT} for one in sided)
    assert all(0 <= side.sets_done <= side.sets for one in sided for side in one.sides)
    assert any(session.line.ending == "stopped" for session in sessions) or all(
        side.seconds > 0 for one in sided for side in one.sides
    )


def test_reds_have_reasons_and_those_of_the_weeks_alone_count(full: tuple[World, Log]) -> None:
    world, log = full

    early, late = told(world, log, weeks=10), told(world, log, weeks=1)
    reds = [one for one in early.judged if one.colour is Colour.RED]

    assert reds
    assert all(one.reasons for one in reds)
    assert all(one.bout.day >= ago(6) for one in late.judged)


def test_built_in_routines_are_offers_and_have_no_share(full: tuple[World, Log]) -> None:
    world, log = full

    assert [one.planned for one in told(world, log).prescribed] == [None, None, None]


def test_tests_stand_beside_their_goals_and_the_result_before(full: tuple[World, Log]) -> None:
    world, log = full

    tests = {one.result.name: one for one in told(world, log, weeks=10).tests}

    plank = tests["side_plank"]
    assert plank.before is not None
    assert plank.before.day < plank.result.day
    assert plank.judged is not None
    assert plank.judged.symmetry == min(plank.result.left or 0, plank.result.right or 0) / max(
        plank.result.left or 0, plank.result.right or 0
    )
    assert tests["confidence"].judged is None


# -- what was prescribed --------------------------------------------------------------------------------------------


def prescribed(world: World, **changed: object) -> None:
    file = world.home.folder / "a.json"
    file.write_bytes(data({**TINY, **changed}))
    opened = world.surroundings.routines().open(file)
    assert opened.read is not None
    world.surroundings.routines().accept(opened.read)
    world.choose(in_use=("tiny",))


@pytest.mark.parametrize(
    "schedule,planned",
    [({"per_week": 3}, 12), ({"per_week": 7}, 27), ({"days": ["fri"]}, 3), ({"days": ["mon", "thu"]}, 8), ({}, 27)],
)
def test_a_schedule_asks_for_so_many_up_to_yesterday(
    world: World, log: Log, schedule: dict[str, object], planned: int
) -> None:
    prescribed(world, schedule=schedule)
    log.add(made.day_entry("a", ago(40), 1, 1))

    [found] = told(world, log).prescribed

    assert (found.planned, found.done) == (planned, 0)


def test_it_counts_from_the_day_of_issue(world: World, log: Log) -> None:
    prescribed(world, schedule={"per_week": 7}, issued=ago(7).isoformat())
    log.add(made.day_entry("a", ago(40), 1, 1))

    [found] = told(world, log).prescribed

    assert (found.since, found.planned) == (ago(7), 7)


def test_an_empty_log_asks_for_all_the_same(world: World, log: Log) -> None:
    log.take_in(WholeLog())
    prescribed(world, schedule={"per_week": 7}, patient="A.B.")

    found = told(world, log)

    assert found.patient == "A.B."
    assert [one.planned for one in found.prescribed] == [27]
