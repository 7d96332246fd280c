"""What follows from green, amber and red, for each rule of section 1.2.3."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.colour import Colour, Judged, Reason, Sign, judge
from coach.core.clinical.profiles import profile_for
from coach.core.clinical.response import SEVERITY, Actions, Cause, Response, Step, may_load, respond, rest_ends
from coach.core.log import DayEntry
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Rules
from tests.core.clinical.made import ON, ago, day, history, session

GREEN: dict[str, Any] = {"effort": 5}
AMBER: dict[str, Any] = {"during": 4}
RED: dict[str, Any] = {"during": 7}
NEXT = timedelta(days=1)


def after(
    bouts: Mapping[int, dict[str, Any]] | Sequence[tuple[int, dict[str, Any]]],
    *,
    mornings: Mapping[int, int] | None = None,
    sites: tuple[PainSite, ...] = (),
    kind: BoutKind = BoutKind.SESSION,
    on: date = ON,
    **more: Any,
) -> Response:
    """What follows from sessions by how many days ago they were; mornings are calm where nothing else is said."""
    told = {**dict.fromkeys(range(60), 0 if sites else 1), **(mornings or {})}
    days: dict[date, DayEntry] = {ago(back): day(ago(back), pain) for back, pain in told.items()}
    made = []
    for back, answers in bouts.items() if isinstance(bouts, Mapping) else bouts:
        base = session(ago(back)) if not sites else session(ago(back), 0, 0, 0)
        known = {"morning": told[back - 1], "night": False} if back else {"morning": None, "night": None}
        more_known = {"kind": kind, "after60": base.pre, "sites": frozenset(sites), **known, **answers}
        made.append(replace(base, **more_known))
    past = history(*made, days=days, on=on)
    rules = more.get("rules", Rules())
    judged = judge(past, lambda one: profile_for(one.kind, rules, one.sites))
    return respond(kind, judged, past.mornings(), on, **more)


def causes(found: Response) -> list[Cause]:
    return [why.cause for why in found.reasons]


def test_an_empty_log_asks_for_nothing() -> None:
    found = after({})

    assert (found.step, found.back, found.rests, causes(found)) == (Step.REPEAT, 0, False, [Cause.NOTHING_YET])


def test_two_easy_green_sessions_meet_the_quota() -> None:
    assert after({5: GREEN}).step is Step.REPEAT
    assert after({5: GREEN, 3: GREEN}).step is Step.PROGRESS


@pytest.mark.parametrize("less", [{"effort": 7}, {"effort": None}, {"done": 0.9}, {"after": None}, {"morning": None}])
def test_a_session_that_was_hard_or_cut_short_or_left_unanswered_does_not_count_towards_more(
    less: dict[str, Any],
) -> None:
    assert after({5: GREEN, 3: {**GREEN, **less}}).step is Step.REPEAT


def test_a_session_whose_next_morning_is_to_come_changes_nothing_yet() -> None:
    assert after({5: GREEN, 3: GREEN, 0: GREEN}).step is Step.PROGRESS
    assert after({3: AMBER, 0: GREEN}).step is Step.REPEAT


def test_but_what_is_known_of_it_counts_at_once() -> None:
    assert after({5: GREEN, 0: RED}).rests


def test_one_amber_repeats_and_two_in_a_row_step_back() -> None:
    once, twice = after({3: AMBER}), after({5: AMBER, 3: AMBER})

    assert (once.step, once.back) == (Step.REPEAT, 0)
    assert (twice.step, twice.back, causes(twice)) == (Step.STEP_BACK, 1, [Cause.AMBERS])
    assert [one.bout.day for one in twice.reasons[0].bouts] == [ago(5), ago(3)]


def test_a_green_one_between_two_ambers_breaks_the_row() -> None:
    assert after({7: AMBER, 5: GREEN, 3: AMBER}).back == 0


def test_one_bad_day_counts_once_however_much_was_done_on_it() -> None:
    assert (after([(3, AMBER), (3, AMBER)]).step, after([(3, AMBER), (3, AMBER)]).back) == (Step.REPEAT, 0)
    assert after([(5, AMBER), (3, AMBER), (3, AMBER)]).back == 1
    assert after([(5, AMBER), (5, AMBER), (3, AMBER)]).back == 1
    assert after([(10, RED), (10, RED)]).back == 1
    assert after([(10, AMBER), (10, RED)]).back == 1
    assert after([(10, RED), (10, AMBER), (8, AMBER)]).back == 1
    assert after([(12, AMBER), (10, AMBER), (10, RED)]).back == 1
    assert after([(10, RED), (6, RED), (6, RED)]).back == after({10: RED, 6: RED}).back == 3
    assert after([(10, RED), (10, RED)], on=ago(8)).rests


def test_missing_answers_hold_and_never_lower_but_do_not_hide_an_amber_by_pain_either() -> None:
    unanswered: dict[str, Any] = {"during": None}

    held = after({11: GREEN, 9: unanswered, 7: unanswered, 5: unanswered, 3: unanswered})

    assert (held.step, held.back) == (Step.REPEAT, 0)
    assert after({5: AMBER, 3: unanswered}).back == 1
    assert after({5: unanswered, 3: AMBER}).back == 1


def test_two_green_ones_come_one_step_back_up_and_the_reason_for_the_lower_dose_stays_until_then() -> None:
    first = after({9: AMBER, 7: AMBER, 5: GREEN})
    second = after({9: AMBER, 7: AMBER, 5: GREEN, 3: GREEN})

    assert (first.back, causes(first)) == (1, [Cause.AMBERS, Cause.GREEN])
    assert (second.back, second.step, causes(second)) == (0, Step.REPEAT, [Cause.RETURNED])


def test_red_rests_for_two_whole_days_and_then_steps_back() -> None:
    bouts = {10: RED}

    assert [after(bouts, on=ago(back)).until for back in (10, 9, 8, 7)] == [ago(7), ago(7), ago(7), None]
    over = after(bouts, on=ago(7))
    assert (over.step, over.back, over.rests) == (Step.STEP_BACK, 1, False)


def test_red_rests_on_until_a_morning_is_back_at_the_baseline() -> None:
    still = {9: 2, 8: 2, 7: 2, 6: 2, 5: 1}

    assert after({10: RED}, mornings=still, on=ago(6)).waits_for_morning == 1
    assert after({10: RED}, mornings=still, on=ago(6)).rests
    assert not after({10: RED}, mornings=still, on=ago(5)).rests


def test_only_a_morning_without_a_painkiller_tells_that_it_is_calm() -> None:
    days = {ago(back): day(ago(back), 1) for back in range(20)}
    days |= {ago(back): day(ago(back), 3) for back in range(6, 10)}
    masked = {**days, ago(5): structs.replace(day(ago(5), 0), analgesic=True)}
    past = history(replace(session(ago(10)), during=7), days=masked, on=ago(5))
    judged = judge(past, lambda one: profile_for(one.kind, Rules()))

    assert respond(BoutKind.SESSION, judged, past.unmasked_mornings(), ago(5)).rests
    assert not respond(BoutKind.SESSION, judged, past.mornings(), ago(5)).rests


def test_a_rest_that_is_over_does_not_begin_anew_when_mornings_are_worse_later() -> None:
    assert not after({20: RED}, mornings={3: 4, 2: 4, 1: 4, 0: 4}).rests


def test_two_reds_in_14_days_step_back_twice_and_leave_a_week_for_rehab_exercises_only() -> None:
    found = after({18: RED, 5: RED})

    assert (found.step, found.back) == (Step.REHAB_ONLY, 3)
    assert found.rehab_only_until == ago(5) + timedelta(days=8)
    assert Cause.REDS in causes(found)


def test_two_reds_15_days_apart_are_two_single_ones() -> None:
    assert after({20: RED, 5: RED}).rehab_only_until is None


def test_three_reds_in_28_days_refer() -> None:
    assert after({30: RED, 17: RED, 3: RED}).step is Step.REFER
    assert after({31: RED, 17: RED, 3: RED}).step is not Step.REFER


def test_one_bad_morning_after_two_sessions_of_a_day_is_one_red() -> None:
    twice = history(session(ago(3)), replace(session(ago(3)), uid="second"), days={ago(2): day(ago(2), 6)})
    twice = replace(twice, bouts=tuple(replace(bout, morning=6) for bout in twice.bouts))
    judged = judge(twice, lambda one: profile_for(one.kind, Rules()))

    found = respond(BoutKind.SESSION, judged, twice.mornings(), ON)

    assert [one.colour for one in judged] == [Colour.RED, Colour.RED]
    assert found.rehab_only_until is None


def test_each_kind_of_loading_is_followed_by_itself() -> None:
    calm = {ago(back): day(ago(back), 1) for back in range(60)}
    past = history(replace(session(ago(1)), kind=BoutKind.RUN, during=7), session(ago(2)), days=calm)
    judged = judge(past, lambda one: profile_for(one.kind, Rules()))
    of = {kind: respond(kind, judged, past.mornings(), ON) for kind in BoutKind}

    assert of[BoutKind.RUN].rests
    assert not of[BoutKind.SESSION].rests


def test_a_week_of_rehab_only_keeps_from_running_whichever_kind_brought_it() -> None:
    sessions = after({8: RED, 5: RED})
    runs = Response(BoutKind.RUN, Step.REPEAT, 0, ())

    assert not may_load(runs, (sessions, runs), ON)
    assert may_load(sessions, (sessions, runs), ON)


def test_the_groin_profile_refers_at_a_limp_and_waits_for_a_morning_without_pain() -> None:
    limping = after({10: {"limp": True}}, sites=(PainSite.GROIN,))
    sore = after({10: {"during": 1}}, sites=(PainSite.GROIN,), mornings=dict.fromkeys(range(20), 1))

    assert (limping.step, causes(limping)) == (Step.REFER, [Cause.GROIN_SIGN])
    assert sore.waits_for_morning == 0


def test_a_frozen_plan_goes_on_as_it_is_without_a_word_of_alarm() -> None:
    assert after({5: GREEN, 3: GREEN}, frozen=True).step is Step.REPEAT
    up = {9: AMBER, 7: AMBER, 5: GREEN, 3: GREEN}
    assert (after(up).back, after(up, frozen=True).back) == (0, 1)


def test_no_number_of_green_bouts_comes_up_while_it_is_frozen() -> None:
    up = {12: AMBER, 10: AMBER, 3: GREEN, 2: GREEN, 1: GREEN}

    assert (after(up).back, after(up, frozen=True).back) == (0, 1)
    assert Cause.FROZEN in causes(after(up, frozen=True))


def test_an_alarm_deloads_one_step_and_is_said() -> None:
    found = after({5: GREEN, 3: GREEN}, alarm=True)

    assert (found.step, found.back, found.reasons[0].cause) == (Step.STEP_BACK, 1, Cause.ALARM)


OVERRIDES: list[tuple[dict[str, int], dict[int, dict[str, Any]]]] = [
    ({"success_quota": 3}, {5: GREEN, 3: GREEN}),
    ({"success_effort_max": 4}, {5: GREEN, 3: GREEN}),
    ({"success_pain_max": 0}, {5: GREEN, 3: GREEN}),
    ({"ambers_to_step_back": 3}, {5: AMBER, 3: AMBER}),
    ({"red_rest_h": 72}, {3: RED}),
    ({"reds_to_rehab_only": 3}, {8: RED, 5: RED}),
    ({"reds_to_rehab_only_days": 20}, {20: RED, 4: RED}),
    ({"rehab_only_days": 10}, {8: RED, 5: RED}),
    ({"reds_to_refer": 2}, {20: RED, 3: RED}),
    ({"reds_to_refer_days": 10}, {25: RED, 15: RED, 5: RED}),
]


@pytest.mark.parametrize("own, bouts", OVERRIDES)
def test_a_routine_file_sets_its_own_numbers(own: dict[str, int], bouts: dict[int, dict[str, Any]]) -> None:
    assert after(bouts, rules=Rules(**own)) != after(bouts)  # type: ignore[arg-type] # one key of several types


def test_every_number_can_be_set() -> None:
    assert {key for own, _ in OVERRIDES for key in own} == set(Actions.__struct_fields__)


# -- what always holds -----------------------------------------------------------------------------------------------

pains = st.one_of(st.none(), st.integers(0, 10))
a_bout = st.tuples(
    st.integers(1, 28), pains, pains, pains, pains, st.booleans(), st.sampled_from([PainSite.LATERAL, PainSite.GROIN])
)


def _log(drawn: list[Any]) -> tuple[Bout, ...]:
    return tuple(
        Bout(
            f"b{at}", BoutKind.SESSION, ago(back), pre=pre, during=during, after=post, after60=hour, limp=limp,
            sites=frozenset((site,)), effort=5,
        )
        for at, (back, pre, during, post, hour, limp, site) in enumerate(drawn)
    )  # fmt: skip


def _judged(bouts: tuple[Bout, ...], mornings: Mapping[int, int]) -> tuple[tuple[Judged, ...], dict[date, int]]:
    days = {ago(back): day(ago(back), pain) for back, pain in mornings.items()}
    with_mornings = tuple(
        replace(bout, morning=entry.morning) if (entry := days.get(bout.day + NEXT)) else bout for bout in bouts
    )
    past = history(*with_mornings, days=days)
    return judge(past, lambda one: profile_for(one.kind, Rules(), one.sites)), past.mornings()


some_mornings = st.dictionaries(st.integers(0, 35), st.integers(0, 10))


@given(st.lists(a_bout, max_size=8), some_mornings, st.integers(0, 28))
def test_nothing_that_comes_later_changes_what_followed(drawn: list[Any], mornings: dict[int, int], back: int) -> None:
    bouts, then = _log(drawn), ago(back)
    known = history(*bouts, days={ago(at): day(ago(at), pain) for at, pain in mornings.items()})
    judged, all_mornings = _judged(bouts, mornings)
    settled = tuple(one for one in judged if one.bout.day < then)
    earlier = {of: pain for of, pain in all_mornings.items() if of <= then}

    assert known.until(then).mornings() == earlier
    assert respond(BoutKind.SESSION, settled, earlier, then) == respond(
        BoutKind.SESSION, [one for one in judged if one.bout.day != then], all_mornings, then
    )


@given(st.lists(a_bout, min_size=1, max_size=8), some_mornings, st.integers(0, 4))
def test_a_red_rest_is_never_shorter_than_two_days_and_nights(
    drawn: list[Any], mornings: dict[int, int], later: int
) -> None:
    judged, known = _judged(_log(drawn), mornings)
    for one in judged:
        if one.colour is Colour.RED:
            on = one.bout.day + timedelta(days=min(later, 2))
            assert respond(BoutKind.SESSION, judged, known, on).rests


def test_48_hours_are_over_on_the_third_day_at_the_earliest() -> None:
    assert rest_ends(ago(3), 48) == ON
    assert [rest_ends(ON, hours) - ON for hours in (1, 24, 25, 47, 49)] == [
        timedelta(days=days) for days in (2, 2, 3, 3, 4)
    ]


colours = st.lists(st.sampled_from(list(Colour)), min_size=1, max_size=10)


REASONS = {
    Colour.GREEN: (),
    Colour.AMBER: (Reason(Sign.DURING_RAISED, Colour.AMBER, 4, 2),),
    Colour.RED: (Reason(Sign.DURING_ABOVE, Colour.RED, 7, 5),),
}


def _of_colours(some: list[Colour]) -> tuple[Judged, ...]:
    first = judge(history(session(ago(1))), lambda one: profile_for(one.kind, Rules()))[0]
    return tuple(
        replace(
            first,
            bout=replace(first.bout, uid=f"{at}", day=ago(3 * (len(some) - at)), effort=5),
            colour=colour,
            reasons=REASONS[colour],
            baseline=1.0,
            pending=False,
        )
        for at, colour in enumerate(some)
    )


@given(colours, st.integers(0, 9), st.sampled_from([1, 2, 6]))
def test_a_worse_colour_never_brings_a_milder_answer(some: list[Colour], at: int, morning: int) -> None:
    at %= len(some)
    worse = [*some]
    worse[at] = Colour(min(Colour.RED, some[at] + 1))
    mornings = {ago(back): morning for back in range(40)}

    before = respond(BoutKind.SESSION, _of_colours(some), mornings, ON)
    then = respond(BoutKind.SESSION, _of_colours(worse), mornings, ON)

    assert then.back >= before.back
    assert then.rests >= before.rests
    assert (then.until or date.min) >= (before.until or date.min)
    assert (then.rehab_only_until or date.min) >= (before.rehab_only_until or date.min)
    if at == len(some) - 1:
        assert SEVERITY.index(then.step) >= SEVERITY.index(before.step)
