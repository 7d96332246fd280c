"""Bringing events to disk: nothing is lost, nothing changes places, nobody waits."""

import threading
from collections.abc import Callable, Iterator

import pytest

from coach.app import keeping
from coach.app.keeping import DirectKeeper, EventLog, ThreadKeeper
from coach.store.errors import Reason, Refused, StoreError, Unavailable

FULL = Unavailable(Reason.DISK_FULL)
AT_ONCE_S = 5.0
"""Far more than any of this takes; only a fault waits so long."""


class FailingLog:
    """Fails so many times, then writes; notes everything."""

    def __init__(self, fails: int = 0, error: StoreError = FULL) -> None:
        self.fails = fails
        self.error = error
        self.written: list[tuple[str, int, float, str]] = []
        self.tries = 0
        self.closed = threading.Event()
        self.tried = threading.Event()

    def append(self, session: str, seq: int, at_s: float, body: str) -> None:
        self.tries += 1
        if self.fails > 0:
            self.fails -= 1
            self.tried.set()
            raise self.error
        self.written.append((session, seq, at_s, body))

    def close(self) -> None:
        self.closed.set()

    @property
    def numbers(self) -> list[int]:
        return [seq for _, seq, _, _ in self.written]


class WaitingLog(FailingLog):
    """A disk that does not answer until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()
        self.go = threading.Event()

    def append(self, session: str, seq: int, at_s: float, body: str) -> None:
        self.reached.set()
        assert self.go.wait(AT_ONCE_S)
        super().append(session, seq, at_s, body)


def give(keeper: DirectKeeper | ThreadKeeper, *numbers: int) -> None:
    for number in numbers:
        keeper.keep(number, number / 2, f'{{"n":{number}}}')


# -- at once ----------------------------------------------------------------------------------------------------


def test_what_is_kept_directly_is_on_disk_when_keep_returns() -> None:
    log = FailingLog()
    keeper = DirectKeeper(log, "one")

    give(keeper, 0)

    assert log.written == [("one", 0, 0.0, '{"n":0}')]
    assert keeper.trouble is None


@pytest.mark.parametrize("fails", [1, 2, 5, 9])
def test_a_disk_that_fails_for_a_while_loses_nothing_and_keeps_the_order(fails: int) -> None:
    log = FailingLog(fails)
    keeper = DirectKeeper(log, "one")

    for number in range(10):
        give(keeper, number)
        assert (keeper.trouble is None) == (log.numbers == list(range(number + 1)))

    assert log.numbers == list(range(10))
    assert keeper.trouble is None


def test_what_cannot_be_written_is_told_and_held() -> None:
    log = FailingLog(fails=99)
    keeper = DirectKeeper(log, "one")

    give(keeper, 0, 1, 2)

    assert keeper.trouble is FULL
    assert not keeper.flush()
    assert log.written == []
    log.fails = 0
    assert keeper.flush()
    assert log.numbers == [0, 1, 2]
    assert keeper.trouble is None


def test_the_newest_event_never_overtakes_one_that_is_held() -> None:
    log = FailingLog(fails=1)
    keeper = DirectKeeper(log, "one")
    give(keeper, 0)
    assert log.written == []

    give(keeper, 1)

    assert log.numbers == [0, 1]


# -- on a thread ------------------------------------------------------------------------------------------------


class Threads:
    """Makes keepers and ends them after the test."""

    def __init__(self) -> None:
        self.made: list[ThreadKeeper] = []
        self.opened = 0

    def keeper(self, *logs: EventLog | StoreError, patience_s: float = keeping.FLUSH_S) -> ThreadKeeper:
        waiting = list(logs)

        def opening() -> EventLog:
            self.opened += 1
            log = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if isinstance(log, StoreError):
                raise log
            return log

        made = ThreadKeeper(opening, "one", patience_s)
        self.made.append(made)
        return made


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Threads]:
    monkeypatch.setattr(keeping, "RETRY_S", 0.01)
    made = Threads()
    yield made
    for keeper in made.made:
        keeper.close()
    assert not any(thread.name == "session events" for thread in threading.enumerate())


def test_the_thread_brings_everything_to_disk_in_order(threads: Threads) -> None:
    log = FailingLog()
    keeper = threads.keeper(log)

    give(keeper, *range(50))

    assert keeper.flush()
    assert log.numbers == list(range(50))
    assert threads.opened == 1


def test_the_log_is_not_opened_before_there_is_something_to_write(threads: Threads) -> None:
    keeper = threads.keeper(FailingLog())

    assert keeper.flush()
    assert threads.opened == 0


def test_keep_does_not_wait_for_the_disk(threads: Threads) -> None:
    log = WaitingLog()
    keeper = threads.keeper(log)

    give(keeper, 0)
    assert log.reached.wait(AT_ONCE_S)
    give(keeper, *range(1, 200))

    assert log.written == []  # and here we are, though the disk has not answered
    log.go.set()
    assert keeper.flush()
    assert log.numbers == list(range(200))


def test_flush_waits_for_what_was_handed_over(threads: Threads) -> None:
    log = WaitingLog()
    keeper = threads.keeper(log)
    give(keeper, 0, 1, 2)
    flushed: list[bool] = []
    waiting = threading.Thread(target=lambda: flushed.append(keeper.flush()))

    waiting.start()
    assert log.reached.wait(AT_ONCE_S)
    assert flushed == []
    log.go.set()
    waiting.join(AT_ONCE_S)

    assert flushed == [True]
    assert log.numbers == [0, 1, 2]


def test_flush_gives_up_on_a_disk_that_does_not_answer(threads: Threads) -> None:
    log = WaitingLog()
    keeper = threads.keeper(log)
    give(keeper, 0)

    assert not keeper.flush(timeout_s=0.05)

    log.go.set()


def test_flush_waits_as_long_as_whoever_made_the_keeper_can(threads: Threads) -> None:
    log = WaitingLog()
    keeper = threads.keeper(log, patience_s=0.05)
    give(keeper, 0)

    assert not keeper.flush()

    log.go.set()
    assert keeper.flush(AT_ONCE_S)


def test_flush_says_at_once_that_it_cannot_be_saved_now(threads: Threads) -> None:
    log = FailingLog(fails=10**9)
    keeper = threads.keeper(log)
    give(keeper, 0)

    assert not keeper.flush()
    assert keeper.trouble is FULL


@pytest.mark.parametrize("fails", [1, 3, 8])
def test_the_thread_tries_again_by_itself_and_loses_nothing(threads: Threads, fails: int) -> None:
    log = FailingLog(fails)
    keeper = threads.keeper(log)

    give(keeper, *range(5))

    _until(lambda: keeper.trouble is None and len(log.written) == 5)
    assert log.numbers == list(range(5))
    assert log.tries == fails + 5


def test_trouble_is_told_while_it_lasts(threads: Threads) -> None:
    log = FailingLog(fails=10**9)
    keeper = threads.keeper(log)

    give(keeper, 0, 1)
    assert log.tried.wait(AT_ONCE_S)
    _until(lambda: keeper.trouble is FULL)
    log.fails = 0

    _until(lambda: keeper.trouble is None)
    assert keeper.flush()
    assert log.numbers == [0, 1]


def test_a_log_that_cannot_be_opened_is_tried_again(threads: Threads) -> None:
    log = FailingLog()
    keeper = threads.keeper(Unavailable(Reason.LOCKED), Unavailable(Reason.LOCKED), log)

    give(keeper, 0, 1)

    _until(lambda: log.numbers == [0, 1])
    assert threads.opened == 3


def test_after_an_io_error_the_connection_is_opened_anew(threads: Threads) -> None:
    broken, sound = FailingLog(fails=10**9, error=Unavailable(Reason.IO)), FailingLog()
    keeper = threads.keeper(broken, sound)

    give(keeper, 0, 1, 2)

    _until(lambda: len(sound.written) == 3)
    assert broken.closed.is_set()
    assert sound.numbers == [0, 1, 2]


def test_after_another_error_the_connection_stays(threads: Threads) -> None:
    log = FailingLog(fails=3)
    keeper = threads.keeper(log)

    give(keeper, 0)

    _until(lambda: log.numbers == [0])
    assert threads.opened == 1


class CannotClose(FailingLog):
    def close(self) -> None:
        super().close()
        raise Unavailable(Reason.IO)


def test_a_connection_that_cannot_even_be_closed_loses_nothing(threads: Threads) -> None:
    broken, sound = CannotClose(fails=10**9, error=Unavailable(Reason.IO)), CannotClose()
    keeper = threads.keeper(broken, sound)

    give(keeper, 0, 1)

    _until(lambda: sound.numbers == [0, 1])


def test_an_event_that_the_log_refuses_is_told_and_held(threads: Threads) -> None:
    log = FailingLog(fails=10**9, error=Refused("event: this number is taken"))
    keeper = threads.keeper(log)

    give(keeper, 0)

    assert not keeper.flush()
    assert isinstance(keeper.trouble, Refused)


def test_close_writes_what_is_left_and_lets_go_of_the_log(threads: Threads) -> None:
    log = WaitingLog()
    keeper = threads.keeper(log)
    give(keeper, *range(20))
    log.go.set()

    keeper.close()

    assert log.numbers == list(range(20))
    assert log.closed.is_set()


def test_close_does_not_hang_on_a_disk_that_stays_full(threads: Threads) -> None:
    log = FailingLog(fails=10**9)
    keeper = threads.keeper(log)
    give(keeper, 0)

    keeper.close()

    assert log.closed.is_set()
    assert log.written == []
    assert keeper.trouble is FULL


def test_after_trouble_flush_waits_for_a_new_try(threads: Threads, monkeypatch: pytest.MonkeyPatch) -> None:
    # The person made room and presses "Try to save again": that try counts, not the last one of the thread's own.
    monkeypatch.setattr(keeping, "RETRY_S", 60.0)
    log = FailingLog(fails=10**9)
    keeper = threads.keeper(log)
    give(keeper, 0, 1)
    assert not keeper.flush()
    log.fails = 0

    assert keeper.flush()
    assert log.numbers == [0, 1]


def test_events_of_many_keepers_stay_apart(threads: Threads) -> None:
    logs = [FailingLog(fails=number) for number in range(4)]
    keepers = [threads.keeper(log) for log in logs]

    for number in range(30):
        for keeper in keepers:
            give(keeper, number)

    assert all(keeper.flush() for keeper in keepers)
    assert all(log.numbers == list(range(30)) for log in logs)


def _until(true: Callable[[], bool]) -> None:
    """Wait for what a thread does; at once in the good case."""
    waiting = threading.Event()
    for _ in range(int(AT_ONCE_S / 0.005)):
        if true():
            return
        waiting.wait(0.005)
    pytest.fail("it never came")
