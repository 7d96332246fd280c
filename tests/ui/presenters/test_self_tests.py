"""Self-tests: what may be done today."""

from coach.core.clinical.self_tests import RUNGS, Allowed, Guided, Why, Withheld
from coach.core.log import WholeLog
from coach.ui.presenters.desk import Desk
from tests import worked
from tests.ui.fakes import World


def test_the_impact_check_is_offered_once_all_before_it_is_met(world: World) -> None:
    example = worked.steady()
    done = WholeLog(
        example.log.sessions,
        example.log.days,
        example.log.outings,
        tuple(test for test in example.log.tests if test.name not in RUNGS),
    )
    world.surroundings.settings_file().write(example.settings)
    desk = Desk(world.surroundings)
    empty = desk.self_tests.offer(Guided.IMPACT)
    log = world.surroundings.open_log()
    log.take_in(done)
    log.close()
    desk.refresh()

    ready = desk.self_tests.offer(Guided.IMPACT)

    assert empty is not None
    assert ready is not None
    assert empty.permission == Withheld(Why.CRITERIA)
    assert ready.permission == Allowed()
    desk.close()
