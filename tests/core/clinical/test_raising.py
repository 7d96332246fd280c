"""The steps that a physio allows: when the next one is proposed, what is done then, and when it comes down again."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.clinical.bout import Bout
from coach.core.clinical.change import Change, ChangeKind
from coach.core.clinical.colour import Colour, judge
from coach.core.clinical.profiles import profile_for
from coach.core.clinical.proposal import propose
from coach.core.clinical.raising import allowed, raise_
from coach.core.clinical.response import MOST_STEPS, NOTHING_MORE, Allowed, Cause, Response, Step, respond
from coach.core.routine.exercise import PainSite
from coach.core.routine.reading import read_library, read_routine, write_routine
from coach.core.routine.routine import Routine, Rules
from tests.core.clinical.made import ON, ago, day, history, session
from tests.core.strategies import LIBRARY, LIBRARY_FILE

GOOD: dict[str, Any] = {"effort": 5}
HARD: dict[str, Any] = {"effort": 7}
AMBER: dict[str, Any] = {"during": 4}
RED: dict[str, Any] = {"during": 7}
THREE = Allowed("mine", 3)
UP = "mine"


def at(step: int, **answers: Any) -> dict[str, Any]:
    """An easy session at a step of the prescription."""
    return {**GOOD, "prescription": UP, "step": step, **answers}


def after(
    *bouts: dict[str, Any], allowed: Allowed = THREE, mornings: Mapping[int, int] | None = None, **more: Any
) -> Response:
    """What follows from sessions two days apart, the last one two days ago."""
    told = {**dict.fromkeys(range(150), 1), **(mornings or {})}
    days = {ago(back): day(ago(back), pain) for back, pain in told.items()}
    made: list[Bout] = []
    for place, answers in enumerate(bouts):
        back = 2 * (len(bouts) - place)
        base = replace(session(ago(back)), morning=told[back - 1], night=False)
        made.append(replace(base, **answers))
    past = history(*made, days=days)
    judged = judge(past, lambda one: profile_for(one.kind, Rules(), one.sites))
    kind = session(ON).kind
    return respond(kind, judged, past.mornings(), ON, allowed=allowed, **more)


def causes(found: Response) -> list[Cause]:
    return [why.cause for why in found.reasons]


# -- when -------------------------------------------------------------------------------------------------------------


def test_two_easy_sessions_as_prescribed_earn_the_first_step() -> None:
    once, twice = after(at(0)), after(at(0), at(0))

    assert (once.up, once.step) == (0, Step.REPEAT)
    assert (twice.up, twice.back, twice.step, causes(twice)) == (1, 0, Step.PROGRESS, [Cause.RAISED])
    assert [one.bout.day for one in twice.reasons[0].bouts] == [ago(4), ago(2)]


def test_the_next_step_needs_the_quota_again_at_that_step() -> None:
    assert after(at(0), at(0), at(1)).up == 1
    assert after(at(0), at(0), at(1), at(1)).up == 2


def test_sessions_done_as_prescribed_do_not_earn_a_step_above_the_one_that_they_were_offered() -> None:
    assert after(at(0), at(0), at(0), at(0), at(0)).up == 1
    assert after(at(0), at(0), at(1), at(0), at(1)).up == 1


@pytest.mark.parametrize("less", [HARD, {"effort": None}, {"done": 0.9}, {"eased": True}, {"during": 3}])
def test_what_was_hard_cut_short_made_easier_or_not_green_does_not_count(less: dict[str, Any]) -> None:
    assert after(at(0), at(0, **less)).up == 0
    assert after(at(0), at(0, **less), at(0)).up == 0
    assert after(at(0), at(0, **less), at(0), at(0)).up == 1


def test_sessions_of_another_prescription_earn_nothing_and_break_nothing() -> None:
    other = {**GOOD, "prescription": "other"}

    assert after(other, other).up == 0
    assert after(at(0), other, at(0)).up == 1
    assert after(at(0), {**HARD, "prescription": ""}, at(0)).up == 1


def test_at_the_last_step_more_is_only_told() -> None:
    found = after(*[at(0)] * 2, *[at(1)] * 2, *[at(2)] * 2, *[at(3)] * 2)

    assert (found.up, found.step) == (3, Step.PROGRESS)
    assert causes(found) == [Cause.RAISED, Cause.QUOTA_MET]


def test_one_amber_holds_the_step_and_the_row_begins_anew() -> None:
    assert after(at(0), at(0), at(1, **AMBER)).up == 1
    assert after(at(0), at(0), at(1), at(1, **AMBER), at(1)).up == 1
    assert after(at(0), at(0), at(1, **AMBER), at(1), at(1)).up == 2


def test_ambers_come_down_by_the_same_steps_before_they_go_below_the_prescribed_dose() -> None:
    climbed = [at(0), at(0), at(1), at(1)]
    ambers = [at(2, **AMBER), at(2, **AMBER)]

    once = after(*climbed, *ambers)
    twice = after(*climbed, *ambers, at(1, **AMBER), at(1, **AMBER))
    thrice = after(*climbed, *ambers, at(1, **AMBER), at(1, **AMBER), at(0, **AMBER), at(0, **AMBER))

    assert [(one.up, one.back) for one in (once, twice, thrice)] == [(1, 0), (0, 0), (0, 1)]
    assert (once.step, causes(once)) == (Step.STEP_BACK, [Cause.RAISED, Cause.AMBERS])


def test_red_comes_down_a_step_and_a_second_one_two_more() -> None:
    climbed = [at(0), at(0), at(1), at(1), at(2), at(2)]

    assert after(*climbed, at(3, **RED)).up == 2
    again = after(*climbed, at(3, **RED), at(2, **RED))
    assert (again.up, again.back, again.step) == (0, 0, Step.REHAB_ONLY)


def test_a_red_session_of_another_routine_comes_down_as_well() -> None:
    assert after(at(0), at(0), {**RED, "prescription": "other"}).up == 0


def test_below_the_prescribed_dose_the_way_back_is_as_it_was_and_earns_no_step() -> None:
    back = after(at(0, **AMBER), at(0, **AMBER), at(-1), at(-1))
    more = after(at(0, **AMBER), at(0, **AMBER), at(-1), at(-1), at(0), at(0))

    assert (back.up, back.back, causes(back)) == (0, 0, [Cause.RETURNED])
    assert (more.up, more.back) == (1, 0)


def test_while_progress_is_frozen_nothing_goes_up_however_long_it_lasts() -> None:
    held = after(at(0), at(0), frozen=True)

    assert (held.up, held.step, causes(held)) == (0, Step.REPEAT, [Cause.FROZEN])
    assert after(at(0), at(0), at(0), at(0), frozen=True).up == 0
    assert after(at(0), at(0), at(1), frozen=True).up == 1
    assert after(at(0), at(0), at(1), at(1), frozen=True).up == 1


def test_an_alarm_comes_down_a_step_from_what_was_done_last() -> None:
    assert after(at(0), at(0), at(1), at(1), alarm=True).up == 0
    below = after(at(0), at(0), alarm=True)
    assert (below.up, below.back, causes(below)[0]) == (0, 1, Cause.ALARM)


def test_a_log_whose_beginning_is_not_looked_at_goes_on_where_its_first_session_was_done() -> None:
    assert after(at(2), at(2)).up == 3
    assert after(at(2)).up == 2
    assert after({**RED, "prescription": "other"}, at(2)).up == 2
    assert after(at(9)).up == 3


# -- what -------------------------------------------------------------------------------------------------------------


def routine(*items: dict[str, Any]) -> Routine:
    plain = {"format": "rehab-routine", "version": "1.1", "id": "r", "title": "R", "items": items}
    read = read_routine(json.dumps(plain).encode(), LIBRARY)
    assert read.routine is not None, read.findings
    return read.routine


SIDE: dict[str, Any] = {
    "exercise": "side_hold",
    "sets": 2,
    "hold_s": 20,
    "load": "red band",
    "progress": [{"hold_s": 30}, {"exercise": "clamshell", "sets": 2, "reps": 6}, {"load": "green band"}],
}
BRIDGE: dict[str, Any] = {"exercise": "bridge", "sets": 2, "reps": 10, "progress": [{"reps": 12}, {"sets": 3}]}


def test_each_step_changes_one_exercise_and_the_first_steps_come_first() -> None:
    told = [raise_(routine(SIDE, BRIDGE), LIBRARY, steps)[1] for steps in range(5)]

    assert told == [
        (),
        (Change(0, "side_hold", ChangeKind.HOLD, 20, 30),),
        (told[1][0], Change(1, "bridge", ChangeKind.REPS, 10, 12)),
        (Change(0, "side_hold", ChangeKind.HARDER, "side_hold", "clamshell"), told[2][1]),
        (told[3][0], Change(1, "bridge", ChangeKind.SETS, 2, 3), Change(1, "bridge", ChangeKind.REPS, 10, 12)),
    ]


def test_a_step_of_the_load_is_told_as_one() -> None:
    item = {"exercise": "bridge", "reps": 5, "progress": [{"load": "10 kg"}]}

    raised, [change] = raise_(routine(item), LIBRARY, 1)

    assert (change.kind, change.was, change.now) == (ChangeKind.LOAD, "", "10 kg")
    assert (raised.items[0].load, raised.items[0].reps) == ("10 kg", 5)


def test_the_proposal_is_a_routine_that_stands_by_itself_and_the_prescription_stays_the_other_choice() -> None:
    prescribed = routine(SIDE, BRIDGE)

    found = propose(prescribed, LIBRARY, after(at(0), at(0), allowed=replace(THREE, steps=5)))

    assert found.routine is not None
    assert (found.up, found.back, found.changed, found.original_available) == (1, 0, True, True)
    assert [(one.hold_s, one.progress) for one in found.routine.items[:1]] == [(30, [])]
    assert found.routine.items[1] == prescribed.items[1]
    assert read_routine(write_routine(found.routine), LIBRARY).routine == found.routine


def test_where_a_pain_site_has_come_to_speak_against_a_step_the_item_stays_below_it() -> None:
    gate = {"site": "lateral", "action": "off", "why": "it presses"}
    entries = [{**one, "gates": [gate]} if one["id"] == "clamshell" else one for one in LIBRARY_FILE["exercises"]]
    library = read_library(json.dumps({**LIBRARY_FILE, "exercises": entries}).encode()).exercises

    _, told = raise_(routine(SIDE), library, 3, sites=(PainSite.LATERAL,))

    assert told == (Change(0, "side_hold", ChangeKind.HOLD, 20, 30),)


def test_a_routine_that_allows_nothing_allows_nothing() -> None:
    assert allowed(routine({"exercise": "bridge", "reps": 5})) is NOTHING_MORE
    assert allowed(routine(SIDE, BRIDGE)).steps == 5


# -- what always holds ------------------------------------------------------------------------------------------------

answers = st.fixed_dictionaries(
    {"prescription": st.sampled_from([UP, UP, UP, "other", ""]), "step": st.sampled_from([0, 0, 1, 1, 2, 3, -1])},
    optional={
        "effort": st.sampled_from([3, 6, 7, None]),
        "during": st.sampled_from([0, 2, 3, 4, 7, None]),
        "after": st.sampled_from([1, 1, 2, 6]),
        "night": st.sampled_from([False, False, False, True]),
        "done": st.sampled_from([1.0, 1.0, 0.5]),
        "eased": st.sampled_from([False, False, True]),
    },
)
logs = st.lists(st.one_of(st.integers(0, 3).map(at), answers), max_size=14)
ladders = st.integers(0, 4).map(lambda steps: Allowed(UP, steps))
alarms = st.sampled_from([{}, {}, {"frozen": True}, {"alarm": True}])


def as_begun(log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A log that begins with a session as prescribed: what lies before it is not left out."""
    return [at(0), *log]


def place(found: Response) -> int:
    assert not (found.up and found.back)
    return found.up - found.back


@given(logs, ladders, alarms)
def test_never_above_the_last_allowed_step_nor_more_than_three_below(
    log: list[dict[str, Any]], ladder: Allowed, more: dict[str, Any]
) -> None:
    assert -MOST_STEPS <= place(after(*log, allowed=ladder, **more)) <= ladder.steps


@given(logs, ladders, alarms)
def test_never_up_by_more_than_one_step_and_only_by_the_quota_at_the_step(
    log: list[dict[str, Any]], ladder: Allowed, more: dict[str, Any]
) -> None:
    whole = as_begun(log)
    for length in range(1, len(whole)):
        was, now = after(*whole[:length], allowed=ladder), after(*whole[: length + 1], allowed=ladder, **more)
        assert place(now) <= place(was) + 1
        if now.up > was.up:
            row = [one for one in whole[: length + 1] if one["prescription"] == UP][-2:]
            assert len(row) == 2
            assert all(one["step"] >= was.up and one.get("effort") in (3, 5, 6) for one in row)
            assert all((one.get("during", 1) or 0) <= 2 and not one.get("eased") for one in row)
            assert not more


@given(logs, answers, ladders)
def test_a_red_session_never_leaves_it_higher(log: list[dict[str, Any]], last: dict[str, Any], ladder: Allowed) -> None:
    before = after(*as_begun(log), allowed=ladder)
    red = after(*as_begun(log), {**last, "during": 8}, allowed=ladder)

    assert place(red) < place(before) or place(red) == -MOST_STEPS


@given(logs, alarms)
def test_where_nothing_is_allowed_nothing_changes(log: list[dict[str, Any]], more: dict[str, Any]) -> None:
    plain = [{key: value for key, value in one.items() if key not in ("prescription", "step", "eased")} for one in log]

    found, before = after(*log, allowed=NOTHING_MORE, **more), after(*plain, allowed=NOTHING_MORE, **more)

    assert (found.step, found.up, found.back, causes(found)) == (before.step, 0, before.back, causes(before))
    prescribed = routine({"exercise": "bridge", "sets": 3, "reps": 9})
    assert propose(prescribed, LIBRARY, found).changes == propose(prescribed, LIBRARY, before).changes


@given(logs, ladders, alarms)
def test_the_same_log_gives_the_same_answer(log: list[dict[str, Any]], ladder: Allowed, more: dict[str, Any]) -> None:
    assert after(*log, allowed=ladder, **more) == after(*log, allowed=ladder, **more)


def test_the_answers_of_the_properties_have_every_colour() -> None:
    past = history(session(ago(2)), replace(session(ago(4)), during=4), replace(session(ago(6)), during=8))

    found = {one.colour for one in judge(past, lambda one: profile_for(one.kind, Rules(), one.sites))}

    assert {Colour.AMBER, Colour.RED} <= found
