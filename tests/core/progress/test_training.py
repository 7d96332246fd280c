"""What a replay tells of a session, and the best set of each exercise by day."""

from datetime import date

from coach.core.log import Ending
from coach.core.progress.sides import Sided, Unit
from coach.core.progress.training import Best, Played, SessionDone, by_exercise, replayed
from coach.core.routine.plan import Side, Step, StepKind
from coach.core.session.events import Began, Event, Finished, Hurt, Rated, Resumed, Started, Stopped

DAY, NEXT = date(2026, 11, 19), date(2026, 11, 20)


def hold(side: Side, set_: int, seconds: float = 20.0) -> Step:
    return Step(StepKind.HOLD, seconds, 0, "side_plank", side, set_, 1)


def rep(rep_: int) -> Step:
    return Step(StepKind.UP, 2.0, 1, "bridge", Side.BOTH, 1, rep_)


PLAN = (hold(Side.LEFT, 1), hold(Side.RIGHT, 1), rep(1), rep(2))


def test_a_whole_session_counts_every_set_at_its_best() -> None:
    played = replayed(PLAN, [Started(0.0), Began(20.0, 1), Began(40.0, 2), Began(42.0, 3), Finished(44.0)])

    assert (played.sets_done, played.sets_planned) == (3, 3)
    assert set(played.bests) == {
        Best("side_plank", Unit.SECONDS, Side.LEFT, 20.0),
        Best("side_plank", Unit.SECONDS, Side.RIGHT, 20.0),
        Best("bridge", Unit.REPS, Side.BOTH, 2.0),
    }
    assert played.peak is None


def test_what_was_stopped_early_counts_as_far_as_it_went() -> None:
    events: list[Event] = [Started(0.0), Began(20.0, 1), Hurt(32.0), Rated(33.0, 7), Stopped(33.0)]

    played = replayed(PLAN, events)

    assert (played.sets_done, played.sets_planned) == (1, 3)
    assert Best("side_plank", Unit.SECONDS, Side.RIGHT, 12.0) in played.bests
    assert not [best for best in played.bests if best.exercise == "bridge"], "nothing was done of it"
    assert played.peak == 7


def test_the_highest_pain_of_several_is_the_peak() -> None:
    once: list[Event] = [Started(0.0), Hurt(1.0), Rated(2.0, 3), Resumed(3.0, 0.0)]
    again: list[Event] = [Hurt(4.0), Rated(5.0, 6), Stopped(6.0)]

    assert replayed(PLAN, once + again).peak == 6


def done(uid: str, day: date) -> SessionDone:
    return SessionDone(uid, day, "A", True, Ending.FINISHED, None, None)


def test_of_two_sessions_of_a_day_the_better_set_of_each_side_counts() -> None:
    played = {
        "a": Played(1, 1, (Best("clam", Unit.REPS, Side.LEFT, 8.0), Best("clam", Unit.REPS, Side.RIGHT, 12.0))),
        "b": Played(1, 1, (Best("clam", Unit.REPS, Side.LEFT, 10.0), Best("clam", Unit.REPS, Side.RIGHT, 9.0))),
        "c": Played(1, 1, (Best("clam", Unit.REPS, Side.LEFT, 11.0),)),
    }

    (one,) = by_exercise([done("c", NEXT), done("a", DAY), done("b", DAY)], played)

    assert one.days == (Sided(DAY, left=10.0, right=12.0), Sided(NEXT, left=11.0))


def test_an_exercise_that_was_done_more_often_comes_first_and_what_is_not_replayed_is_left_out() -> None:
    rare, often = Best("rare", Unit.REPS, Side.BOTH, 5.0), Best("often", Unit.REPS, Side.BOTH, 5.0)
    played = {"a": Played(1, 1, (rare, often)), "b": Played(1, 1, (often,))}

    found = by_exercise([done("a", DAY), done("b", NEXT), done("unread", NEXT)], played)

    assert [one.exercise for one in found] == ["often", "rare"]
