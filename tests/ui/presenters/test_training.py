"""Guided sessions, from their start into the log: begun, broken off, gone on with, left, finished."""

import time

from coach.app.training import Answers
from coach.core.log import Ending
from coach.core.session.engine import Start, Tick
from coach.ui.presenters.desk import Changed, Desk
from tests.ui.desks import Told
from tests.ui.fakes import TINY, World


def test_a_session_goes_from_start_to_finish(world: World, told: Told) -> None:
    desk = told.desk
    listed = world.receive(TINY)
    live = desk.training.start(desk.routines.given(listed), 2)
    assert live is not None
    live.do(Start(), 0.0)
    for tenth in range(1, 400):
        live.do(Tick(), tenth / 10)

    assert desk.training.answer(live.uid, Answers(after=1))
    assert desk.training.finish(live)

    view = desk.today()
    assert view is not None
    assert view.last is not None
    assert (view.last.ending, view.last.routine_title) == (Ending.FINISHED, "Tiny")
    assert Changed.LOG in told.changed
    assert told.failed == []


def test_a_session_can_be_left_and_gone_on_with(world: World, desk: Desk) -> None:
    live = desk.training.start(desk.routines.given(world.receive(TINY)), None)
    assert live is not None
    live.do(Start(), 0.0)
    live.do(Tick(), 1.0)
    assert live.flush()

    again = desk.training.go_on()
    assert again is not None
    assert again.uid == live.uid
    assert desk.training.leave(live.uid)

    assert desk.training.broken() is None
    assert desk.training.go_on() is None


def test_an_end_that_cannot_be_saved_yet_keeps_the_window_a_second_and_is_saved_later(world: World, told: Told) -> None:
    desk = told.desk
    live = desk.training.start(desk.routines.given(world.receive(TINY)), None)
    assert live is not None
    other = world.surroundings.open_log()
    other.conn.execute("BEGIN IMMEDIATE")
    live.do(Start(), 0.0)
    began = time.monotonic()

    assert not desk.training.finish(live)

    assert time.monotonic() - began < 3  # a second, and what a busy machine adds
    other.conn.execute("ROLLBACK")
    other.close()
    deadline = time.monotonic() + 20
    while not desk.training.finish(live):
        assert time.monotonic() < deadline
    assert desk.training.broken() is None


def test_letting_go_ends_every_thread(world: World, desk: Desk) -> None:
    import threading

    before = set(threading.enumerate())
    live = desk.training.start(desk.routines.given(world.receive(TINY)), None)
    assert live is not None
    live.do(Start(), 0.0)
    assert set(threading.enumerate()) - before

    desk.close()

    assert not set(threading.enumerate()) - before
    assert desk.today() is not None
