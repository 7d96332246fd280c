"""The engine: a session is the fold of its events, it never drifts, and time that nobody saw is never credited."""

from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.core.routine.plan import Side, Step, StepKind, total_s
from coach.core.session.engine import (
    ADJUSTABLE,
    BACK_TO_START_S,
    LEAD_S,
    LONGEST_S,
    MAX_GAP_S,
    Adjust,
    Back,
    Command,
    Count,
    Ease,
    ItHurts,
    Pause,
    Phase,
    Rate,
    Resume,
    Session,
    Skip,
    SkipExercise,
    Start,
    Stop,
    Tick,
    apply,
    decide,
    handle,
    next_second,
    replay,
    shown_seconds,
)
from coach.core.session.events import (
    Adjusted,
    Began,
    Counted,
    Eased,
    Event,
    Finished,
    Hurt,
    Jumped,
    Rated,
    Resumed,
    Seen,
    Slept,
    Started,
    Stopped,
    from_json,
    to_json,
)
from tests.core.strategies import Played, Press, blocks, commands, flat, gaps, plans, play, scripts, started

TINY = 1e-6

# A second may pass before a look is noted, so looks this far apart are never a gap.
LOOK_S = MAX_GAP_S - 1.0
looks = st.lists(st.floats(0.05, LOOK_S).map(lambda seconds: round(seconds, 3)), min_size=1, max_size=20).map(tuple)
starts = st.floats(0, 1000).map(lambda seconds: round(seconds, 4))


def hold(seconds: float, *, item: int = 0, number: int = 1, rep: int = 1, side: Side = Side.BOTH) -> Step:
    """A hold."""
    return Step(StepKind.HOLD, seconds, item, f"exercise_{item}", side, number, rep)


def rest(seconds: float, *, item: int = 0) -> Step:
    """A rest."""
    return Step(StepKind.REST, seconds, item, f"exercise_{item}")


def ready(seconds: float, *, item: int = 0) -> Step:
    """Getting ready."""
    return Step(StepKind.PREPARE, seconds, item, f"exercise_{item}")


def own_pace(rep: int = 1, *, number: int = 1) -> Step:
    """A rep of the person's own pace."""
    return Step(StepKind.UP, 4.0, 0, "exercise_0", Side.BOTH, number, rep, open=True)


def test_the_numbers_are_those_that_were_promised() -> None:
    assert (LEAD_S, MAX_GAP_S, LONGEST_S) == (3.0, 3.0, 3600.0)


# A fold of events


@given(plans(), scripts())
def test_a_session_is_the_fold_of_its_stored_events_at_every_point(
    steps: tuple[Step, ...], script: list[Press]
) -> None:
    played = Played(Session(steps))

    for press in script:
        played.press(press.command, played.now + press.after_s)

        stored = [to_json(event) for event in played.events]
        assert replay(steps, map(from_json, stored)) == played.session


@given(plans(), scripts())
def test_only_the_newest_seen_matters(steps: tuple[Step, ...], script: list[Press]) -> None:
    events = play(steps, script).events
    seen = [event for event in events if isinstance(event, Seen)]

    thinned = [event for event in events if not isinstance(event, Seen) or event is seen[-1]]

    assert replay(steps, thinned) == replay(steps, events)


@given(plans(), scripts())
def test_seconds_are_noted_at_most_once_each(steps: tuple[Step, ...], script: list[Press]) -> None:
    noted = [int(event.at) for event in play(steps, script).events if isinstance(event, Seen)]

    assert len(set(noted)) == len(noted)


@given(plans(), scripts())
def test_what_was_seen_never_goes_back_and_is_never_in_the_future(steps: tuple[Step, ...], script: list[Press]) -> None:
    played = Played(Session(steps))

    for press in script:
        before = played.session.seen
        played.press(press.command, played.now + press.after_s)

        assert before <= played.session.seen <= played.now
        assert all(event.at <= played.now for event in played.events)


@given(plans(), scripts())
def test_events_come_in_the_order_of_their_instants(steps: tuple[Step, ...], script: list[Press]) -> None:
    instants = [event.at for event in play(steps, script).events]

    assert instants == sorted(instants)


@given(plans(), scripts(), st.data())
def test_deciding_changes_nothing_and_says_the_same_again(
    steps: tuple[Step, ...], script: list[Press], data: st.DataObject
) -> None:
    played = play(steps, script)
    command = data.draw(commands())

    events = decide(played.session, command, played.now)

    assert decide(played.session, command, played.now) == events
    assert handle(played.session, command, played.now) == (replay_on(played.session, events), events)


def replay_on(session: Session, events: tuple[Event, ...]) -> Session:
    """The session after these events."""
    for event in events:
        session = apply(session, event)
    return session


ALL_COMMANDS: tuple[Command, ...] = (
    Start(), Tick(), Pause(), Resume(), Skip(), SkipExercise(), Back(), Adjust(10.0), Adjust(-1e9), Adjust(1e9),
    Count(), ItHurts(), Rate(7), Ease("easier", (hold(3.0),)), Ease("easier", ()), Stop(),
)  # fmt: skip


@given(plans(), scripts())
def test_every_command_is_taken_at_any_time(steps: tuple[Step, ...], script: list[Press]) -> None:
    played = play(steps, script)

    for command in ALL_COMMANDS:
        for later in (-1.0, 0.0, 0.5, MAX_GAP_S, 1e6):
            now = played.now + later
            session, _ = handle(played.session, command, now)

            assert session.left(now) >= 0
            assert session.lead(now) >= 0
            assert session.elapsed(now) >= 0
            assert session.left_in_all(now) >= 0
            wake = next_second(session, now)
            assert wake is None or wake >= now
            assert 0 <= session.index < len(session.steps)


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=repr)
def test_a_session_of_no_steps_takes_every_command_and_stays_where_it_is(command: Command) -> None:
    session, events = handle(Session(()), command, 1.0)

    assert (session.phase, events) == (Phase.READY, ())
    assert session.left_in_all(1.0) == 0.0


@given(plans(), st.sampled_from([command for command in ALL_COMMANDS if not isinstance(command, Start)]))
def test_before_the_start_nothing_but_start_does_anything(steps: tuple[Step, ...], command: Command) -> None:
    assert handle(Session(steps), command, 5.0) == (Session(steps), ())


@given(plans(), scripts(), st.sampled_from(ALL_COMMANDS))
def test_after_the_end_nothing_does_anything(steps: tuple[Step, ...], script: list[Press], command: Command) -> None:
    ended, _ = handle(play(steps, script).session, Stop(), 0.0)

    assert ended.phase is Phase.DONE
    assert handle(ended, command, 1e6) == (ended, ())


# Time


@given(plans(open_reps=False), starts, looks, looks)
def test_the_outcome_does_not_depend_on_how_often_it_is_looked_at(
    steps: tuple[Step, ...], start: float, some: tuple[float, ...], other: tuple[float, ...]
) -> None:
    outcomes = []
    for gaps_ in (some, other):
        played = started(steps, start)
        played.look_until(start + total_s(steps) + 1.0, gaps_)
        outcomes.append([event for event in played.events if not isinstance(event, Seen)])

    assert outcomes[0] == outcomes[1]
    assert isinstance(outcomes[0][-1], Finished)


@given(plans(), starts, looks, looks, st.lists(st.builds(Press, st.floats(0, 20), commands()), max_size=8))
def test_what_is_pressed_has_its_effect_however_often_it_is_looked_at(
    steps: tuple[Step, ...], start: float, some: tuple[float, ...], other: tuple[float, ...], presses: list[Press]
) -> None:
    outcomes = []
    for gaps_ in (some, other):
        played = started(steps, start)
        for press in presses:
            instant = played.now + press.after_s
            played.look_until(instant, gaps_)
            played.press(press.command, instant)
        outcomes.append((replace(played.session, seen=0.0), [e for e in played.events if not isinstance(e, Seen)]))

    assert outcomes[0] == outcomes[1]


@given(starts, st.lists(st.floats(0.05, 1.95), min_size=1, max_size=200).map(tuple), st.integers(0, 10_000))
@settings(max_examples=6)
def test_after_an_hour_of_irregular_looks_the_end_lies_on_the_ideal_instant(
    start: float, gaps_: tuple[float, ...], seed: int
) -> None:
    lengths = [0.1 + (seed + n) * 7919 % 997 / 100 for n in range(1000)]
    lengths = [length * 3600 / sum(lengths) for length in lengths]
    steps = tuple(hold(length, rep=n) for n, length in enumerate(lengths, 1))
    played = started(steps, start)

    played.look_until(start + 3600.0 + 1.0, gaps_)

    assert played.session.phase is Phase.DONE
    assert abs(played.events[-1].at - (start + 3600.0)) <= TINY


@given(plans(open_reps=False), starts, looks, st.lists(st.tuples(st.floats(0, 40), st.floats(0, 4000)), max_size=5))
def test_pauses_and_counting_in_push_the_end_back_by_what_they_take_and_no_more(
    steps: tuple[Step, ...], start: float, gaps_: tuple[float, ...], pauses: list[tuple[float, float]]
) -> None:
    # A stopwatch that knows nothing of steps: it runs from the end of counting in to the next pause.
    played = started(steps, start)
    ran, goes_on = 0.0, start
    for after, length in pauses:
        instant = played.now + after
        played.look_until(instant, gaps_)
        if played.session.phase is Phase.DONE:
            break
        played.press(Pause(), instant)
        ran += max(0.0, instant - goes_on)
        (resumed,) = played.press(Resume(), instant + length)
        assert isinstance(resumed, Resumed)
        assert resumed.lead_s == (LEAD_S if played.session.spent > 0 or played.session.step.works() else 0.0)
        goes_on = resumed.at + resumed.lead_s

    played.look_until(played.now + total_s(steps) + LEAD_S + 1.0, gaps_)

    assert played.session.complete
    assert played.events[-1].at == pytest.approx(goes_on + total_s(steps) - ran, abs=TINY)


@given(plans(), scripts(ease=False), st.floats(0, 1e6))
def test_a_pause_freezes_everything(steps: tuple[Step, ...], script: list[Press], later: float) -> None:
    played = play(steps, script)
    before = played.session
    paused, _ = handle(before, Pause(), played.now)
    if paused.phase is not Phase.PAUSED:
        return

    session, events = handle(paused, Tick(), played.now + later)

    assert (session, events) == (paused, ())
    assert session.elapsed(played.now + later) == paused.elapsed(played.now)
    assert session.left_in_all(played.now + later) == paused.left_in_all(played.now)
    assert next_second(session, played.now + later) is None
    if before.phase is Phase.RUNNING and before.index == paused.index:
        assert paused.elapsed(played.now) == before.elapsed(played.now)


@given(plans(), starts, st.floats(0, 60), looks, st.floats(MAX_GAP_S + 0.01, 1e8))
def test_sleep_pauses_at_the_last_seen_instant_and_credits_nothing(
    steps: tuple[Step, ...], start: float, until: float, gaps_: tuple[float, ...], sleep: float
) -> None:
    played = started(steps, start)
    played.look_until(start + until, gaps_)
    before = played.session
    if before.phase is not Phase.RUNNING:
        return

    events = played.press(Tick(), before.seen + sleep)

    assert [type(event) for event in events] == [Slept]
    assert events[0].at == before.seen
    assert cast(Slept, events[0]).gap_s == pytest.approx(sleep)
    assert played.session.phase is Phase.PAUSED
    assert played.session.index == before.index
    assert played.session.elapsed(played.now) == before.elapsed(before.seen)
    assert played.session.left_in_all(played.now) == before.left_in_all(before.seen)


@pytest.mark.parametrize(
    "command", [Skip(), Pause(), Count(), ItHurts(), Stop(), Back(), SkipExercise(), Adjust(5.0)], ids=repr
)
def test_what_is_pressed_after_a_sleep_happens_at_the_last_seen_instant(command: Command) -> None:
    played = started((rest(30.0), hold(9.0), hold(9.0, number=2)))
    played.look_until(2.0)

    events = played.press(command, 5_000.0)

    assert isinstance(events[0], Slept)
    assert {event.at for event in events} == {2.0}


def test_sleep_in_a_hold_of_own_pace_is_not_credited_either() -> None:
    played = started((own_pace(1), own_pace(2)))
    played.look_until(5.0)

    played.press(Tick(), 3_600.0)

    assert played.session.elapsed(3_600.0) == 5.0


def test_looks_two_seconds_apart_are_no_sleep_and_a_gap_of_over_three_is() -> None:
    awake, asleep = started((hold(60.0),), 0.95), started((hold(60.0),), 0.95)

    awake.look_until(40.0, (LOOK_S,))
    asleep.press(Tick(), 0.95 + MAX_GAP_S + 0.001)

    assert awake.session.phase is Phase.RUNNING
    assert asleep.session.phase is Phase.PAUSED


@given(plans(open_reps=False), starts)
def test_every_wake_falls_on_a_change_of_the_shown_second(steps: tuple[Step, ...], start: float) -> None:
    played = started(steps, start)
    wakes = 0

    while (wake := next_second(played.session, played.now)) is not None:
        before, shown = played.session, shown_seconds(played.session.left(played.now))
        # Nothing changes before the wake …
        just_before = wake - 1e-4
        assert shown_seconds(before.left(just_before)) == shown
        # … and at it the next second is shown, or the next step.
        played.press(Tick(), wake)
        wakes += 1
        if played.session.phase is Phase.RUNNING and played.session.index == before.index:
            assert shown_seconds(played.session.left(wake)) == shown - 1
        else:
            assert shown == 1
        assert wakes < 10_000

    assert played.session.complete
    assert played.now == pytest.approx(start + total_s(steps), abs=1e-5)
    assert wakes == sum(shown_seconds(step.duration_s) for step in steps)


@given(plans(open_reps=False), starts, st.floats(0, 10))
def test_counting_in_is_shown_second_by_second(steps: tuple[Step, ...], start: float, pause_at: float) -> None:
    played = started(steps, start)
    played.look_until(start + pause_at)
    if played.session.phase is Phase.DONE:
        return
    played.press(Pause(), start + pause_at)
    played.press(Resume(), start + pause_at + 7.5)
    if not played.session.lead_s:
        return

    shown = []
    while played.session.lead(played.now) > TINY:
        shown.append(shown_seconds(played.session.lead(played.now)))
        left = played.session.left(played.now)
        wake = next_second(played.session, played.now)
        assert wake is not None
        played.press(Tick(), wake)
        assert played.session.left(played.now) == pytest.approx(left, abs=1e-5)

    assert shown == [3, 2, 1]


def test_a_wake_a_hair_before_the_end_is_followed_by_one_at_the_end() -> None:
    played = started((hold(5.0), hold(5.0)))
    played.look_until(4.0)

    wake = next_second(played.session, 5.0 - 5e-7)

    assert wake == pytest.approx(5.0, abs=1e-3)


def test_a_rep_of_own_pace_is_shown_second_by_second() -> None:
    played = started((own_pace(),), 0.3)

    assert next_second(played.session, 0.3) == pytest.approx(1.3)
    assert next_second(played.session, 2.0) == pytest.approx(2.3)


@pytest.mark.parametrize("left, shown", [(3.0, 3), (2.001, 3), (2.0, 2), (2.0000000001, 2), (0.001, 1), (0.0, 0)])
def test_a_countdown_shows_nought_only_when_it_is_over(left: float, shown: int) -> None:
    assert shown_seconds(left) == shown


@given(plans(), scripts(ease=False), st.data())
def test_a_crash_loses_at_most_the_running_second(
    steps: tuple[Step, ...], script: list[Press], data: st.DataObject
) -> None:
    played = Played(Session(steps))
    for press in script:
        played.look_until(played.now + min(press.after_s, 60.0), (data.draw(st.floats(0.1, 1.0)),))
        played.press(press.command, played.now)
    before, crash = played.session, played.now

    found = replay(steps, [from_json(to_json(event)) for event in played.events])
    found, _ = handle(found, Pause(), found.seen)

    assert found.index == before.index
    assert 0 <= before.elapsed(crash) - found.elapsed(crash) <= 1.0 + TINY
    if found.phase is Phase.PAUSED:
        resumed, _ = handle(found, Resume(), 0.0)
        assert resumed.phase is Phase.RUNNING
        assert resumed.elapsed(resumed.seen) == found.elapsed(crash)


@given(plans(), scripts(), st.data())
def test_a_session_that_broke_off_anywhere_goes_on(
    steps: tuple[Step, ...], script: list[Press], data: st.DataObject
) -> None:
    events = play(steps, script).events
    cut = data.draw(st.integers(0, len(events)))

    found = replay(steps, events[:cut])
    paused, _ = handle(found, Pause(), found.seen)

    # Where it stood, or, if a rest was cut off at that very instant, in the step after it.
    assert paused.seen == found.seen
    assert paused.index == found.index or found.left(found.seen) == 0
    assert paused.phase is not Phase.RUNNING
    if paused.phase is Phase.PAUSED:
        resumed, (event,) = handle(paused, Resume(), paused.seen + 100.0)
        assert isinstance(event, Resumed)
        assert resumed.index == paused.index
        assert resumed.left(resumed.seen) == paused.left(paused.seen)


# Rests


@given(plans(), scripts(ease=False), st.floats(-1e4, 1e4), gaps)
def test_more_or_less_rest_changes_this_rest_and_nothing_else(
    steps: tuple[Step, ...], script: list[Press], seconds: float, gap: float
) -> None:
    played = play(steps, script)
    now = played.now + gap
    before, _ = handle(played.session, Tick(), now)

    after, events = handle(played.session, Adjust(seconds), now)

    adjusted = [event for event in events if isinstance(event, Adjusted)]
    if before.phase in (Phase.READY, Phase.DONE) or before.step.kind not in ADJUSTABLE:
        assert adjusted == []
        return
    wanted = min(LONGEST_S, max(before.elapsed(now), before.length_s + seconds))
    assert after.length_s == pytest.approx(wanted)
    assert after.left(now) >= 0
    assert after.elapsed(now) == before.elapsed(now)
    assert after.steps == before.steps
    assert after.left_in_all(now) - before.left_in_all(now) == pytest.approx(wanted - before.length_s, abs=TINY)


def test_what_was_added_ends_with_the_rest() -> None:
    played = started((rest(10.0), hold(5.0)))

    played.press(Adjust(10.0), 1.0)
    played.look_until(26.0)

    assert played.events[-1] == Finished(25.0)


def test_a_rest_that_is_made_shorter_than_it_was_ends_at_once() -> None:
    played = started((rest(30.0), hold(5.0)))
    played.look_until(8.0)

    played.press(Adjust(-60.0), 8.0)
    played.press(Tick(), 8.0)

    assert played.events[-1] == Began(8.0, 1)


def test_a_rest_that_is_cut_off_is_looked_at_again_at_once() -> None:
    played = started((rest(30.0), hold(5.0)))
    played.look_until(8.25)

    played.press(Adjust(-60.0), 8.25)

    assert next_second(played.session, 8.25) == pytest.approx(8.25, abs=1e-3)


def test_a_hold_is_made_neither_longer_nor_shorter() -> None:
    played = started((hold(30.0),))

    assert played.press(Adjust(10.0), 0.5) == ()


# On and back


@given(blocks(), st.data())
def test_skip_goes_to_the_next_set_rest_or_side(some: list[list[Step]], data: st.DataObject) -> None:
    steps = flat(some)
    index = data.draw(st.integers(0, len(steps) - 1))
    session = standing_at(steps, index)
    ends = [sum(len(block) for block in some[: n + 1]) for n in range(len(some))]

    after, (event,) = handle(session, Skip(), session.seen)

    target = next(end for end in ends if end > index)
    if target == len(steps):
        assert isinstance(event, Finished)
    else:
        assert event == Jumped(session.seen, target, 0.0)
        assert after.index == target


@given(blocks(), st.data(), st.floats(0, 0.5), st.booleans())
def test_back_goes_to_the_beginning_of_the_set_or_to_the_set_before(
    some: list[list[Step]], data: st.DataObject, into: float, paused: bool
) -> None:
    steps = flat(some)
    index = data.draw(st.integers(0, len(steps) - 1))
    session = standing_at(steps, index)
    starts_ = [sum(len(block) for block in some[:n]) for n in range(len(some))]
    number = max(n for n, start in enumerate(starts_) if start <= index)
    if paused:
        session, _ = handle(session, Pause(), session.seen)

    after, (event,) = handle(session, Back(), session.seen)

    kinds = [block[0].kind for block in some]
    resting = kinds[number] in (StepKind.REST, StepKind.SWITCH)
    if index > starts_[number] and not resting:
        target = starts_[number]
    else:
        before = [n for n in range(number) if kinds[n] not in (StepKind.REST, StepKind.SWITCH)]
        target = starts_[before[-1]] if before else starts_[number]
    assert after.index == target
    assert after.phase is session.phase
    assert cast(Jumped, event).lead_s == (LEAD_S if steps[target].works() else 0.0)
    assert after.elapsed(session.seen) == 0.0


def standing_at(steps: tuple[Step, ...], index: int) -> Session:
    """A running session at the beginning of a step."""
    return replay(steps, [Started(0.0), *([Began(10.0, index)] if index else [])])


@pytest.mark.parametrize("into, target", [(BACK_TO_START_S, 0), (BACK_TO_START_S + 0.1, 2)])
def test_back_within_two_seconds_of_a_set_goes_to_the_one_before(into: float, target: int) -> None:
    session = standing_at((hold(9.0), rest(9.0), hold(9.0, number=2)), 2)
    session, _ = handle(session, Tick(), 10.0 + into)

    after, _ = handle(session, Back(), 10.0 + into)

    assert after.index == target


def test_back_in_a_rest_does_the_set_again_however_late() -> None:
    session = standing_at((ready(9.0), hold(9.0), rest(90.0), hold(9.0, number=2)), 2)

    after, _ = handle(session, Back(), 12.9)

    assert after.index == 1


def test_back_at_the_very_beginning_begins_again() -> None:
    played = started((ready(9.0), hold(9.0)))

    played.press(Back(), 1.0)

    assert (played.session.index, played.session.elapsed(1.0)) == (0, 0.0)


def test_going_back_to_a_set_counts_in_and_loses_nothing_of_it() -> None:
    played = started((hold(9.0), rest(9.0)))
    played.look_until(5.0)

    played.press(Back(), 5.0)

    assert played.session.lead(6.0) == 2.0
    assert played.session.left(6.0) == 9.0
    played.look_until(5.0 + LEAD_S + 9.0)
    assert played.events[-1] == Began(17.0, 1)


@given(blocks(), st.data())
def test_skipping_an_exercise_goes_to_the_next_one(some: list[list[Step]], data: st.DataObject) -> None:
    steps = flat(some)
    index = data.draw(st.integers(0, len(steps) - 1))
    session = standing_at(steps, index)

    after, (event,) = handle(session, SkipExercise(), session.seen)

    others = [n for n, step in enumerate(steps) if step.item > steps[index].item]
    assert (after.index if others else type(event)) == (others[0] if others else Finished)


def test_two_sides_without_a_switch_are_two_sets() -> None:
    steps = (hold(30.0, side=Side.LEFT), hold(30.0, side=Side.RIGHT), ready(9.0, item=1))

    after, _ = handle(started(steps).session, Skip(), 1.0)

    assert after.index == 1


def test_two_sides_of_different_reps_without_a_switch_are_two_sets() -> None:
    left = (hold(9.0, side=Side.LEFT),)
    right = tuple(hold(9.0, side=Side.RIGHT, rep=rep) for rep in (1, 2, 3))

    after, _ = handle(started((*left, *right)).session, Skip(), 1.0)

    assert after.index == 1


def test_an_alternating_set_is_one() -> None:
    turns = tuple(hold(4.0, side=side, rep=rep) for rep in (1, 2, 3) for side in (Side.LEFT, Side.RIGHT))

    after, _ = handle(started((*turns, rest(9.0))).session, Skip(), 1.0)

    assert after.index == 6


def test_skipping_a_rest_while_paused_stays_paused() -> None:
    played = started((rest(9.0), hold(9.0)))
    played.press(Pause(), 2.0)

    played.press(Skip(), 700.0)

    assert (played.session.phase, played.session.index) == (Phase.PAUSED, 1)
    assert played.session.left(900.0) == 9.0


# Own pace


@given(st.integers(1, 5), looks, st.floats(1, 300))
def test_a_rep_of_own_pace_only_ends_when_it_is_counted(reps: int, gaps_: tuple[float, ...], wait: float) -> None:
    steps = tuple(own_pace(rep) for rep in range(1, reps + 1))
    played = started(steps)

    for rep in range(reps):
        played.look_until(played.now + wait, gaps_)
        assert played.session.index == rep
        assert played.session.elapsed(played.now) == pytest.approx(wait, abs=TINY)
        played.press(Count(), played.now)

    assert played.session.complete
    assert [event.index for event in played.events if isinstance(event, Counted)] == list(range(1, reps))
    assert played.events[-1] == Finished(played.now, counted=True)


def test_a_rep_at_the_coachs_pace_is_not_counted_by_hand() -> None:
    assert started((hold(9.0), hold(9.0))).press(Count(), 0.5) == ()


def test_no_rep_is_counted_while_counting_in_or_paused() -> None:
    played = started((own_pace(1), own_pace(2)))
    played.press(Pause(), 0.5)

    assert played.press(Count(), 2.0) == ()
    played.press(Resume(), 10.0)
    assert played.press(Count(), 10.9) == ()
    assert played.press(Count(), 12.9) == (Seen(12.9),)
    assert played.press(Count(), 13.0) == (Seen(13.0), Counted(13.0, 1))


# It hurts


@given(plans(), scripts(ease=False))
def test_it_hurts_pauses_at_once(steps: tuple[Step, ...], script: list[Press]) -> None:
    played = play(steps, script)
    before, _ = handle(played.session, Tick(), played.now)

    after, events = handle(before, ItHurts(), played.now)

    if before.phase in (Phase.READY, Phase.DONE) or before.hurting:
        assert events == ()
    else:
        assert [type(event) for event in events] == [Hurt]
        assert (after.phase, after.hurting) == (Phase.PAUSED, True)
        assert after.elapsed(played.now) == before.elapsed(played.now)
        assert after.index == before.index


def test_skipping_while_it_hurts_leaves_it_open_how_it_goes_on() -> None:
    played = started((hold(10.0), rest(5.0), hold(10.0)))
    played.press(ItHurts(), 1.0)

    played.press(Skip(), 2.0)

    assert (played.session.index, played.session.phase, played.session.hurting) == (1, Phase.PAUSED, True)


def test_the_rating_is_kept_whether_or_not_it_goes_on() -> None:
    played = started((hold(9.0),))
    played.press(ItHurts(), 1.0)

    assert played.press(Rate(6), 40.0) == (Rated(1.0, 6),)
    asked = played.session
    assert played.press(Resume(), 50.0) == (Resumed(50.0, LEAD_S),)
    assert (asked.hurting, played.session.hurting) == (True, False)
    assert played.session.left(53.0) == 8.0


def test_after_it_hurts_the_person_may_stop() -> None:
    played = started((hold(9.0),))
    played.press(ItHurts(), 1.0)

    assert played.press(Stop(), 5.0) == (Stopped(1.0),)
    ended = played.session
    assert (ended.phase, ended.complete, ended.hurting) == (Phase.DONE, False, False)


def test_after_it_hurts_the_exercise_may_be_skipped() -> None:
    played = started((hold(9.0), rest(9.0), hold(9.0, number=2), ready(5.0, item=1)))
    played.press(ItHurts(), 1.0)

    assert played.press(SkipExercise(), 5.0) == (Jumped(1.0, 3, 0.0),)


# Easier


def test_easier_steps_take_the_place_of_all_from_here_on() -> None:
    played = started((hold(9.0), rest(9.0), hold(9.0, number=2)))
    played.look_until(10.0)
    played.press(ItHurts(), 10.0)

    played.press(Ease("easier", (ready(5.0), hold(4.0))), 20.0)

    assert Eased(10.0, "easier", (ready(5.0), hold(4.0))) in played.events
    assert played.session.steps == (hold(9.0), ready(5.0), hold(4.0))
    assert (played.session.phase, played.session.index, played.session.left(20.0)) == (Phase.PAUSED, 1, 5.0)
    played.press(Resume(), 30.0)
    played.look_until(60.0)
    assert played.events[-1] == Finished(39.0)


def test_a_session_begins_when_it_is_started_and_ends_when_it_is_over() -> None:
    played = started((ready(2.0), hold(3.0), rest(1.0)), 7.25)

    for now in (8.25, 9.25, 10.25, 11.25, 12.25, 13.25):
        played.press(Tick(), now)

    assert [event for event in played.events if not isinstance(event, Seen)] == [
        Started(7.25), Began(9.25, 1), Began(12.25, 2), Finished(13.25),
    ]  # fmt: skip


def test_a_late_look_passes_over_what_ran_out_meanwhile_in_order() -> None:
    played = started(tuple(hold(0.5, rep=rep) for rep in range(1, 7)))

    events = played.press(Tick(), 2.2)

    assert events == (Began(0.5, 1), Began(1.0, 2), Began(1.5, 3), Began(2.0, 4))
    assert played.session.elapsed(2.2) == pytest.approx(0.2)


def test_what_ran_out_before_a_command_is_over_before_the_command_counts() -> None:
    played = started((hold(1.0), rest(9.0), hold(5.0, number=2)))

    events = played.press(Skip(), 1.5)

    assert events == (Began(1.0, 1), Jumped(1.5, 2, 0.0))


def test_a_clock_that_runs_back_takes_nothing_away() -> None:
    played = started((hold(9.0),), 10.0)
    played.press(Tick(), 12.0)

    played.press(Pause(), 4.0)

    assert played.session.elapsed(4.0) == 2.0


def test_instants_of_the_wakes_are_in_order() -> None:
    played = started(tuple(hold(1.0, rep=rep) for rep in range(1, 11)), 0.4)
    instants = [played.now]

    while (wake := next_second(played.session, played.now)) is not None:
        played.press(Tick(), wake)
        instants.append(wake)

    assert len(instants) == 11
    assert [round(later - earlier, 6) for earlier, later in pairwise(instants)] == [1.0] * 10
