"""What was really done: never more than the clock allows, never a rep that was not there, nothing lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.routine.plan import Side, Step, StepKind, total_s
from coach.core.session.engine import (
    Adjust,
    Back,
    Count,
    Ease,
    ItHurts,
    Pause,
    Rate,
    Resume,
    Session,
    Skip,
    SkipExercise,
    Stop,
    replay,
)
from coach.core.session.events import Counted, Eased, Event, Finished, from_json, to_json
from coach.core.session.record import Record, SetDone, record
from tests.core.strategies import Played, Press, plans, play, scripts, started

TINY = 1e-6


def hold(seconds: float, *, item: int = 0, number: int = 1, rep: int = 1, name: str = "plank") -> Step:
    """A hold of both sides."""
    return Step(StepKind.HOLD, seconds, item, name, Side.BOTH, number, rep)


def rest(seconds: float, item: int = 0) -> Step:
    """A rest."""
    return Step(StepKind.REST, seconds, item, "plank")


def own_pace(*reps: int) -> tuple[Step, ...]:
    """Reps of the person's own pace."""
    return tuple(Step(StepKind.UP, 4.0, 0, "walk", Side.BOTH, 1, rep, open=True) for rep in reps)


def run_time(steps: tuple[Step, ...], events: list[Event]) -> float:
    """The time in which a session ran at all, counting in and sleep left out: a stopwatch beside the events."""
    total = 0.0
    for count in range(len(events)):
        session = replay(steps, events[: count + 1])
        if count + 1 < len(events) and session.phase.value == "running":
            begin = max(events[count].at, session.began + session.spent)
            total += max(0.0, events[count + 1].at - begin)
    return total


@given(plans(), scripts())
def test_never_more_is_credited_than_the_time_the_session_ran(steps: tuple[Step, ...], script: list[Press]) -> None:
    events = play(steps, script).events

    what = record(steps, events)

    assert sum(one.seconds for one in what.sets) <= run_time(steps, events) + TINY
    assert all(one.seconds >= 0 for one in what.sets)


@given(plans(), scripts())
def test_no_more_reps_are_done_than_planned(steps: tuple[Step, ...], script: list[Press]) -> None:
    what = record(steps, play(steps, script).events)

    for one in what.sets:
        assert 0 <= one.reps <= one.reps_planned
        assert one.complete == (one.reps == one.reps_planned)
    assert what.sets_done == sum(one.complete for one in what.sets)


@given(plans(), scripts(), st.data())
def test_a_record_is_made_of_any_part_of_the_events(
    steps: tuple[Step, ...], script: list[Press], data: st.DataObject
) -> None:
    events = play(steps, script).events
    some = events[: data.draw(st.integers(0, len(events)))]

    assert record(steps, [from_json(to_json(event)) for event in some]) == record(steps, some)


@given(plans(), scripts(ease=False))
def test_every_set_of_the_plan_has_its_line_in_the_order_of_the_plan(
    steps: tuple[Step, ...], script: list[Press]
) -> None:
    what = record(steps, play(steps, script).events)

    planned: dict[tuple[int, str, int | None, Side | None], set[int | None]] = {}
    for step in steps:
        if step.works():
            planned.setdefault((step.item, step.exercise, step.set, step.side), set()).add(step.rep)
    assert [(one.item, one.exercise, one.set, one.side) for one in what.sets] == list(planned)
    assert [one.reps_planned for one in what.sets] == [len(reps) for reps in planned.values()]


@given(plans(open_reps=False), st.floats(0.1, 1.9))
def test_a_session_that_ran_through_is_complete_with_every_rep_and_second(steps: tuple[Step, ...], gap: float) -> None:
    played = started(steps, 3.3)
    played.look_until(3.3 + total_s(steps) + 0.1, (gap,))

    what = record(steps, played.events)

    assert what.complete
    assert all(one.complete for one in what.sets)
    assert sum(one.seconds for one in what.sets) == pytest.approx(
        sum(step.duration_s for step in steps if step.works())
    )


@given(plans(open_reps=False), st.lists(st.tuples(st.floats(0, 20), st.floats(0, 500)), max_size=4))
def test_pauses_take_nothing_from_what_was_done(steps: tuple[Step, ...], pauses: list[tuple[float, float]]) -> None:
    played = started(steps)
    for after, length in pauses:
        played.look_until(played.now + after)
        played.press(Pause(), played.now)
        played.press(Resume(), played.now + length)
    played.look_until(played.now + total_s(steps) + 4.0)

    what = record(steps, played.events)

    assert what.complete
    assert all(one.complete for one in what.sets)
    assert sum(one.seconds for one in what.sets) == pytest.approx(
        sum(step.duration_s for step in steps if step.works())
    )


@given(plans(), scripts())
def test_reps_of_own_pace_are_those_that_were_counted(steps: tuple[Step, ...], script: list[Press]) -> None:
    played = Played(Session(steps))
    counts = 0
    for press in script:
        events = played.press(press.command, played.now + press.after_s)
        counts += isinstance(press.command, Count) and any(isinstance(event, Counted | Finished) for event in events)

    what = record(steps, played.events)

    own = {(step.item, step.exercise, step.set, step.side) for step in played.session.steps if step.open}
    assert sum(one.reps for one in what.sets if (one.item, one.exercise, one.set, one.side) in own) <= counts


def test_a_rep_that_was_skipped_at_the_very_end_is_no_rep() -> None:
    steps = own_pace(1, 2, 3)
    played = started(steps)
    played.press(Count(), 1.0)
    played.press(Skip(), 2.0)

    (one,) = record(steps, played.events).sets

    assert (one.reps, one.reps_planned) == (1, 3)


def test_the_last_rep_that_was_counted_is_a_rep() -> None:
    steps = own_pace(1, 2)
    played = started(steps)
    played.press(Count(), 1.0)
    played.press(Count(), 2.5)

    (one,) = record(steps, played.events).sets

    assert one == SetDone(0, "walk", 1, Side.BOTH, 2, 2, 2.5)


def test_a_set_that_was_stopped_counts_its_seconds_and_its_whole_reps() -> None:
    steps = (hold(10.0, rep=1), hold(10.0, rep=2), hold(10.0, rep=3))
    played = started(steps)
    played.look_until(14.0)
    played.press(Stop(), 14.0)

    what = record(steps, played.events)

    assert what.sets == (SetDone(0, "plank", 1, Side.BOTH, 1, 3, 14.0),)
    assert not what.complete
    assert what.sets_done == 0


def test_what_was_skipped_has_its_seconds_and_no_rep() -> None:
    steps = (hold(10.0), rest(5.0), hold(10.0, number=2))
    played = started(steps)
    played.look_until(4.0)
    played.press(Skip(), 4.0)
    played.press(Skip(), 4.5)
    played.look_until(14.5)

    what = record(steps, played.events)

    assert [(one.reps, one.seconds) for one in what.sets] == [(0, 4.0), (1, 10.0)]


def test_an_exercise_that_was_skipped_is_there_with_nothing_done() -> None:
    steps = (hold(10.0), hold(10.0, item=1, name="bridge"))
    played = started(steps)
    played.press(SkipExercise(), 0.0)
    played.look_until(10.0)

    assert [(one.exercise, one.reps) for one in record(steps, played.events).sets] == [("plank", 0), ("bridge", 1)]


def test_a_set_that_is_done_twice_counts_once_at_its_best() -> None:
    steps = (hold(10.0), rest(5.0))
    played = started(steps)
    played.look_until(11.0)
    played.press(Back(), 11.0)
    played.look_until(17.0)
    played.press(Stop(), 17.0)

    assert record(steps, played.events).sets == (SetDone(0, "plank", 1, Side.BOTH, 1, 1, 10.0),)


def test_a_counted_rep_is_done_when_all_its_phases_are() -> None:
    steps = tuple(
        Step(kind, 2.0, 0, "bridge", Side.LEFT, 1, rep) for rep in (1, 2) for kind in (StepKind.UP, StepKind.DOWN)
    )
    played = started(steps)
    played.look_until(7.0)
    played.press(Stop(), 7.0)

    assert record(steps, played.events).sets == (SetDone(0, "bridge", 1, Side.LEFT, 1, 2, 7.0),)


def test_sleep_is_not_work() -> None:
    steps = (hold(60.0),)
    played = started(steps)
    played.look_until(20.0)
    played.press(Stop(), 5_000.0)

    assert record(steps, played.events).sets[0].seconds == 20.0


def test_a_session_that_broke_off_and_was_left_keeps_the_seconds_of_its_last_hold() -> None:
    steps = (hold(60.0),)
    played = started(steps)
    played.look_until(50.0)

    assert record(steps, played.events).sets[0].seconds == 50.0
    played.press(Pause(), 50.0)
    assert record(steps, played.events).sets[0].seconds == 50.0


def test_a_longer_rest_is_not_work() -> None:
    steps = (hold(10.0), rest(5.0), hold(10.0, number=2))
    played = started(steps)
    played.look_until(11.0)
    played.press(Adjust(30.0), 11.0)
    played.look_until(60.0)

    assert sum(one.seconds for one in record(steps, played.events).sets) == 20.0


def test_another_number_to_the_same_question_corrects_the_one_before() -> None:
    steps = (hold(10.0),)
    played = started(steps)
    for pains in ((9, 1), (2,)):
        played.press(ItHurts(), played.now + 1)
        for pain in pains:
            played.press(Rate(pain), played.now)
        played.press(Resume(), played.now)

    assert record(steps, played.events).pains == (1, 2)


def test_pains_are_kept_in_their_order() -> None:
    steps = (hold(10.0),)
    played = started(steps)
    for pain in (4, 0, 7):
        played.press(ItHurts(), played.now + 1)
        played.press(Rate(pain), played.now)
        played.press(Resume(), played.now)

    assert record(steps, played.events).pains == (4, 0, 7)


def test_what_was_done_before_and_after_easing_both_count() -> None:
    steps = (hold(10.0), rest(5.0), hold(10.0, number=2), rest(5.0), hold(10.0, number=3))
    played = started(steps)
    played.look_until(19.0)
    easier = (hold(4.0, number=2, name="easier"), rest(5.0), hold(4.0, number=3, name="easier"))
    played.press(Ease("easier", easier), 19.0)
    played.look_until(40.0)

    what = record(steps, played.events)

    assert what.eased == ("easier",)
    assert what.complete
    assert [(one.exercise, one.set, one.reps, one.reps_planned, one.seconds) for one in what.sets] == [
        ("plank", 1, 1, 1, 10.0),
        ("plank", 2, 0, 1, 4.0),
        ("easier", 2, 1, 1, 4.0),
        ("easier", 3, 1, 1, 4.0),
    ]


def test_a_set_that_was_eased_in_its_middle_keeps_all_its_planned_reps() -> None:
    steps = tuple(hold(5.0, rep=rep) for rep in (1, 2, 3, 4))
    played = started(steps)
    played.look_until(12.0)
    played.press(Ease("easier", (hold(4.0, name="easier"),)), 12.0)
    played.look_until(16.0)

    assert [(one.exercise, one.reps, one.reps_planned, one.seconds) for one in record(steps, played.events).sets] == [
        ("plank", 2, 4, 12.0),
        ("easier", 1, 1, 4.0),
    ]


def test_a_set_that_was_done_before_going_back_and_easing_still_counts() -> None:
    steps = (hold(10.0), rest(5.0), hold(10.0, number=2), rest(5.0), hold(10.0, number=3))
    played = started(steps)
    played.look_until(26.0)
    assert played.session.index == 3
    played.press(Back(), 26.0)
    played.press(Back(), 26.1)
    assert played.session.index == 0
    played.press(Ease("easier", (hold(4.0, name="easier"),)), 26.2)
    played.look_until(31.0)

    sets = {(one.exercise, one.set): (one.reps, one.seconds) for one in record(steps, played.events).sets}

    assert sets["plank", 1] == (1, 10.0)
    assert sets["plank", 2] == (1, 10.0)


def test_what_was_worked_before_is_not_credited_to_the_easier_steps_in_its_place() -> None:
    steps = (hold(10.0), rest(5.0), hold(10.0, number=2), rest(5.0), hold(10.0, number=3))
    played = started(steps)
    played.look_until(26.0)
    played.press(Back(), 26.0)
    played.press(Back(), 26.1)
    easier = tuple(hold(4.0, number=number, name="easier") for number in (1, 2, 3))
    played.press(Ease("easier", easier), 26.2)
    played.press(Stop(), 27.2)

    what = [one for one in record(steps, played.events).sets if one.exercise == "easier"]

    assert [one.reps for one in what] == [0, 0, 0]
    assert [one.seconds for one in what] == pytest.approx([1.0, 0.0, 0.0])


def test_nothing_was_done_in_a_session_that_never_began() -> None:
    assert record((hold(5.0),), []) == Record((SetDone(0, "plank", 1, Side.BOTH, 0, 1, 0.0),), (), (), complete=False)
    assert record((), []).sets == ()


@given(plans(), scripts())
def test_more_events_never_take_away_what_was_done(steps: tuple[Step, ...], script: list[Press]) -> None:
    events = [event for event in play(steps, script).events if not isinstance(event, Eased)]

    totals = [sum(one.reps for one in record(steps, events[:count]).sets) for count in range(len(events) + 1)]

    assert all(earlier <= later for earlier, later in pairwise(totals))


@pytest.mark.parametrize(
    "full,complete,praised", [(4, True, True), (2, True, True), (1, True, False), (4, False, False)]
)
def test_praise_is_for_what_was_done_not_for_having_come_to_the_end(full: int, complete: bool, praised: bool) -> None:
    sets = tuple(SetDone(0, "plank", number, Side.BOTH, int(number <= full), 1, 1.0) for number in range(1, 5))

    assert Record(sets, (), (), complete).well_done is praised
