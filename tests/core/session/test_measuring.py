"""A bout of a self-test: time by subtraction, reps by the beat, and nothing credited that nobody saw."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.routine.plan import Side, StepKind
from coach.core.session.measuring import (
    CADENCES,
    HURRY_S,
    LONGEST_READY_S,
    MAX_GAP_S,
    Adjust,
    Bout,
    Command,
    End,
    GoOn,
    Hurry,
    Look,
    Measuring,
    Pace,
    Pause,
    Phase,
    Start,
    Stop,
    Unit,
    after,
    next_look,
)
from coach.core.session.measuring_view import view

PLANK = Bout("plank", "test_plank", Side.BOTH, Unit.SECONDS, goal=45, most=90, ready_s=10.0)
BRIDGE = Bout("single_leg_bridge", "test_single_leg_bridge", Side.LEFT, Unit.REPS, 20, 40, 15.0, up_s=1.0, down_s=1.0)
MARCH = Bout("march", "test_march", Side.BOTH, Unit.SECONDS, goal=30, most=30, ready_s=10.0)
WALK = Bout("brisk_walk", "test_brisk_walk", Side.BOTH, Unit.SECONDS, 1800, 1800, 10.0, cadence=100)
BOUTS = (PLANK, BRIDGE, MARCH, WALK)

starts = st.floats(0, 10_000).map(lambda seconds: round(seconds, 3))
steps = st.lists(st.floats(0.01, MAX_GAP_S - 0.1).map(lambda seconds: round(seconds, 3)), max_size=60)
commands = st.one_of(
    st.sampled_from([Start(), Look(), Hurry(), Pause(), GoOn(), Stop(), Adjust(10.0), Adjust(-10.0), Adjust(1e9)]),
    st.integers(0, 300).map(Pace),
)


def looked(m: Measuring, until: float, step_s: float = 1.0) -> Measuring:
    """The bout after somebody looked at the clock every so often until then."""
    now = m.seen
    while now < until:
        now = min(until, now + step_s)
        m = after(m, Look(), now)
    return m


def running(bout: Bout, began: float = 10.0) -> Measuring:
    """A bout whose measuring began at this instant."""
    m = after(Measuring(replace(bout, ready_s=0.0)), Start(), began)
    return after(m, Look(), began)


# Getting ready


def test_the_countdown_ends_in_measuring() -> None:
    m = after(Measuring(PLANK), Start(), 100.0)

    m = looked(m, 109.9)
    assert (m.phase, view(m, 109.9).shown) == (Phase.READY, 1)

    assert looked(m, 110.0).phase is Phase.RUNNING


def test_a_late_look_takes_nothing_from_what_is_held() -> None:
    m = looked(after(Measuring(PLANK), Start(), 100.0), 109.0)

    m = after(m, Look(), 112.5)

    assert m.amount(112.5) == 2


def test_who_is_in_position_is_counted_in_by_three() -> None:
    m = after(Measuring(PLANK), Start(), 100.0)

    m = after(m, Hurry(), 102.0)

    assert m.left_to_begin(102.0) == HURRY_S
    assert looked(m, 105.0).phase is Phase.RUNNING


def test_hurrying_in_the_last_seconds_makes_nothing_longer() -> None:
    m = looked(after(Measuring(PLANK), Start(), 100.0), 108.5)

    assert after(m, Hurry(), 108.5).left_to_begin(108.5) == pytest.approx(1.5)


def test_the_countdown_waits_while_it_is_paused() -> None:
    m = after(after(Measuring(PLANK), Start(), 100.0), Pause(), 104.0)

    assert after(m, Look(), 4_000.0).left_to_begin(4_000.0) == 6.0
    assert after(m, GoOn(), 4_000.0).left_to_begin(4_001.0) == 5.0


def test_time_to_get_ready_is_added_and_taken() -> None:
    m = after(Measuring(PLANK), Start(), 100.0)

    longer = after(m, Adjust(10.0), 101.0)
    shorter = after(m, Adjust(-1e9), 101.0)

    assert longer.left_to_begin(101.0) == 19.0
    assert shorter.left_to_begin(101.0) == 0.0
    assert after(m, Adjust(1e9), 101.0).ready_s == LONGEST_READY_S


# Measuring


def test_whole_seconds_are_counted_up_until_the_person_stops() -> None:
    m = looked(running(PLANK), 57.9)

    m = after(m, Stop(), 57.9)

    assert (m.phase, m.end, m.amount(57.9)) == (Phase.OVER, End.STOPPED, 47)


def test_it_ends_by_itself_at_its_upper_end() -> None:
    m = looked(running(PLANK), 102.0)

    assert (m.end, m.amount(200.0), m.spent) == (End.FULL, 90, 90.0)


@pytest.mark.parametrize("after_s,reps", [(1.99, 0), (2.0, 1), (39.9, 19), (40.0, 20), (79.9, 39), (80.0, 40)])
def test_a_rep_counts_when_it_is_over(after_s: float, reps: int) -> None:
    m = looked(running(BRIDGE), 10.0 + after_s)

    assert m.amount(10.0 + after_s) == reps


@given(starts, st.floats(0, 85).map(lambda seconds: round(seconds, 3)), st.sampled_from((PLANK, BRIDGE)))
def test_what_is_measured_is_the_time_by_subtraction_however_often_one_looks(
    start: float, held: float, bout: Bout
) -> None:
    often = looked(running(bout, start), start + held, 0.05)
    seldom = looked(running(bout, start), start + held, 4.0)

    assert often.amount(start + held) == seldom.amount(start + held)
    if bout is BRIDGE:
        assert often.amount(start + held) == min(bout.most, math.floor((held + 1e-6) / 2.0))


def test_a_plank_cannot_be_paused_and_a_walk_can() -> None:
    assert after(running(PLANK), Pause(), 12.0).phase is Phase.RUNNING

    walk = after(looked(running(WALK), 70.0), Pause(), 70.0)
    assert after(walk, Look(), 5_000.0).amount(5_000.0) == 60
    assert looked(after(walk, GoOn(), 5_000.0), 5_030.0).amount(5_030.0) == 90


def test_a_sleep_ends_the_bout_where_it_was_last_seen() -> None:
    m = looked(running(PLANK), 30.0)

    m = after(m, Look(), 30.0 + MAX_GAP_S + 0.1)

    assert (m.phase, m.end, m.spent) == (Phase.OVER, End.ASLEEP, 20.0)


def test_a_press_after_a_sleep_does_not_make_it_count() -> None:
    m = looked(running(BRIDGE), 30.0)

    assert after(m, Stop(), 60.0).end is End.ASLEEP


def test_a_sleep_while_getting_ready_loses_nothing() -> None:
    m = looked(after(Measuring(PLANK), Start(), 100.0), 104.0)

    m = after(m, Look(), 4_000.0)

    assert (m.phase, m.left_to_begin(4_000.0)) == (Phase.WAITING, 6.0)


def test_stopping_while_getting_ready_measures_nothing() -> None:
    m = after(looked(after(Measuring(PLANK), Start(), 100.0), 108.0), Stop(), 108.0)

    assert (m.end, m.amount(108.0), m.measured_s(108.0)) == (End.STOPPED, 0, 0.0)


# The beat of a walk


def test_the_mean_cadence_is_that_of_the_beats() -> None:
    m = looked(running(WALK), 70.0)

    m = looked(after(m, Pace(120), 70.0), 130.0)

    assert m.beats(130.0) == pytest.approx(220.0)
    assert m.mean_cadence(130.0) == 110


@pytest.mark.parametrize("wanted,kept", [(0, CADENCES[0]), (115, 115), (400, CADENCES[1])])
def test_the_cadence_stays_within_its_bounds(wanted: int, kept: int) -> None:
    assert after(running(WALK), Pace(wanted), 11.0).cadence == kept


def test_nothing_but_a_walk_has_a_pace() -> None:
    assert after(running(PLANK), Pace(120), 11.0).cadence == 0


# For every bout and every person


@given(st.sampled_from(BOUTS), st.lists(st.tuples(commands, st.floats(0, 8)), max_size=40))
def test_every_command_is_taken_at_any_time_and_nothing_is_counted_twice(
    bout: Bout, script: list[tuple[Command, float]]
) -> None:
    m, now, before = Measuring(bout), 50.0, 0

    for command, later in script:
        now += later
        m = after(m, command, now)
        amount = m.amount(now)
        assert before <= amount <= bout.most
        assert amount <= (now - 50.0) / (bout.rep_s or 1.0) + 1e-3
        assert m.left_to_begin(now) >= 0
        wake = next_look(m, now)
        assert wake is None or now <= wake <= now + 1.0 + 1e-9
        assert 0.0 <= view(m, now).fraction <= 1.0
        assert (m.phase is Phase.OVER) == (m.end is not None)
        before = amount


@given(st.sampled_from(BOUTS), st.floats(0, 4), st.floats(0, 1e6))
def test_what_is_over_stays_as_it_is(bout: Bout, held: float, later: float) -> None:
    m = after(running(bout), Stop(), 10.0 + held)

    for command in (Start(), Hurry(), Pause(), GoOn(), Stop(), Look(), Pace(130)):
        assert after(m, command, 10.0 + held + later).amount(1e9) == m.amount(10.0 + held)


def test_a_clock_that_runs_back_takes_nothing_away() -> None:
    m = looked(running(PLANK), 30.0)

    assert after(m, Look(), 5.0).amount(30.0) == 20


# What is shown


def test_the_figure_goes_with_the_beat() -> None:
    m = running(BRIDGE)

    kinds = [view(looked(m, 10.0 + at), 10.0 + at).kind for at in (0.5, 1.5, 2.5)]

    assert kinds == [StepKind.UP, StepKind.DOWN, StepKind.UP]


def test_the_share_of_the_goal_grows_and_stays_full_beyond_it() -> None:
    m = running(PLANK)

    shares = [view(looked(m, 10.0 + at), 10.0 + at).fraction for at in (0.0, 22.5, 45.0, 60.0)]
    reached = [view(looked(m, 10.0 + at), 10.0 + at).reached for at in (44.9, 45.0)]

    assert shares == [0.0, 0.5, 1.0, 1.0]
    assert reached == [False, True]
