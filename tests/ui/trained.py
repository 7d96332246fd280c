"""Sessions and mornings of the days before, entered as a person would."""

from datetime import date, timedelta
from typing import Any

from coach.app.live import Keeper
from coach.app.training import Answers
from tests.ui.fakes import TINY, Plain, World

FRIDAY = date(2026, 11, 20)
"""The day on which the calendar of the tests stands."""
CALM: dict[str, int] = {"before": 1, "during": 1, "after": 1, "effort": 5}


def ago(days: int) -> date:
    return FRIDAY - timedelta(days=days)


def _no_keeper(uid: str) -> Keeper:
    raise AssertionError(uid)


def trained(world: World, back: int, routine: Plain = TINY, **told: int) -> None:
    """A session so many days ago, borne well but for what is told."""
    log = world.surroundings.open_log()
    training = world.surroundings.training(log, _no_keeper)
    training.log_undone(world.routine(routine), _answers({**CALM, **told}), ago(back))
    log.close()


def mornings(world: World, *days: int, pain: int = 1, **told: Any) -> None:
    """Mornings so many days ago."""
    log = world.surroundings.open_log()
    book = world.surroundings.logbook(log)
    for back in days:
        book.day(ago(back), morning=pain, night=told.get("night", False), worst=told.get("worst"))
        world.calendar.advance(0.001)
    log.close()


def amber_twice(world: World, routine: Plain = TINY) -> None:
    """Two sessions in a row that were amber: the next is one step lower."""
    mornings(world, *range(12))
    for back in (4, 2):
        trained(world, back, routine, during=4)


def red(world: World, back: int = 1, routine: Plain = TINY) -> None:
    """A session that was red."""
    mornings(world, *range(12))
    trained(world, back, routine, during=8)


def _answers(told: dict[str, int]) -> Answers:
    return Answers(told["before"], told["during"], told["after"], told["effort"])
