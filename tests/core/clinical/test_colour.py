"""Green, amber, red: every limit of every profile, at the limit and one above it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, structs

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.colour import Colour, Judged, Sign, judge
from coach.core.clinical.history import History
from coach.core.clinical.profiles import Profile, profile_for
from coach.core.clinical.response import Actions
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Rules
from tests.core.clinical.made import ON, ago, day, history, mornings, session

CALM = mornings(dict.fromkeys(range(40), 1))
GREEN, AMBER, RED = Colour


def changed(bout: Bout, **answers: Any) -> Bout:
    return replace(bout, **answers)


def usual(bout: Bout) -> Profile:
    return profile_for(bout.kind, Rules(), bout.sites)


def only(found: tuple[Judged, ...]) -> Judged:
    [one] = found
    return one


def colour(bout: Bout, rules: Rules = Rules(), days: dict[date, Any] | None = None) -> Judged:  # noqa: B008 # frozen
    past = history(bout, days=CALM if days is None else days)
    return only(judge(past, lambda one: profile_for(one.kind, rules, one.sites)))


@pytest.mark.parametrize(("morning", "expected"), [(0, GREEN), (1, AMBER), (2, AMBER), (3, RED)])
def test_a_morning_above_a_baseline_of_a_half_is_not_green(morning: int, expected: Colour) -> None:
    days = {ago(back): day(ago(back), back % 2) for back in range(4, 8)}

    found = colour(replace(session(ago(3), 0, 0, 0), after60=0, morning=morning), days=days)

    assert (found.baseline, found.colour) == (0.5, expected)
    if found.colour is AMBER:
        assert found.reasons[0].limit == 0.5


def test_a_session_that_was_borne_well_is_green() -> None:
    assert colour(session(ago(3))) == Judged(
        session(ago(3)), GREEN, (), 1.0, profile_for(BoutKind.SESSION, Rules()), pending=False
    )


STRENGTH: list[tuple[dict[str, Any], Colour, Sign | None]] = [
    ({"during": 2}, GREEN, None),
    ({"during": 3}, AMBER, Sign.DURING_RAISED),
    ({"during": 5}, AMBER, Sign.DURING_RAISED),
    ({"during": 6}, RED, Sign.DURING_ABOVE),
    ({"during": None}, AMBER, Sign.NO_DURING),
    ({"after": 5}, GREEN, None),
    ({"after": 6}, RED, Sign.AFTER_ABOVE),
    ({"after": None}, AMBER, Sign.NO_AFTER),
    ({"pre": 2, "after60": 3}, GREEN, None),
    ({"pre": 2, "after60": 4}, AMBER, Sign.AFTER60_RAISED),
    ({"pre": 5, "after60": 6}, RED, Sign.AFTER_ABOVE),
    ({"after60": None}, GREEN, None),
    ({"morning": 1}, GREEN, None),
    ({"morning": 2}, AMBER, Sign.MORNING_RAISED),
    ({"morning": 3}, RED, Sign.MORNING_RISE),
    ({"morning": 6}, RED, Sign.MORNING_ABOVE),
    ({"morning": None}, AMBER, Sign.NO_MORNING),
    ({"morning": 1, "masked": True}, AMBER, Sign.MASKED),
    ({"morning": 3, "masked": True}, RED, Sign.MORNING_RISE),
    ({"limp": True}, RED, Sign.LIMP),
    ({"night": True}, RED, Sign.NIGHT_NEW),
]


@pytest.mark.parametrize(("answers", "expected", "sign"), STRENGTH, ids=str)
def test_the_limits_of_a_session(answers: dict[str, Any], expected: Colour, sign: Sign | None) -> None:
    one = colour(changed(session(ago(3)), **answers))

    assert one.colour is expected
    assert [reason.sign for reason in one.reasons] == ([sign] if sign else [])


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"during": 2}, GREEN),
        ({"during": 3}, AMBER),
        ({"during": 4}, RED),
        ({"after60": 1}, GREEN),
        ({"after60": 2}, AMBER),
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", [BoutKind.WALK, BoutKind.RUN])
def test_the_limits_of_a_walk_or_run(kind: BoutKind, answers: dict[str, Any], expected: Colour) -> None:
    assert colour(changed(session(ago(3)), kind=kind, **answers)).colour is expected


@pytest.mark.parametrize("asked", ["during", "after", "after60", "morning"])
@pytest.mark.parametrize("kind", list(BoutKind))
def test_any_pain_in_the_groin_is_red(kind: BoutKind, asked: str) -> None:
    well = Bout("b", kind, ago(3), pre=0, during=0, after=0, after60=0, morning=0, sites=frozenset({PainSite.GROIN}))

    assert colour(well).colour is GREEN
    assert colour(changed(well, **{asked: 1})).colour is RED


def test_the_lenient_profile_bears_an_hour_of_pain_that_has_settled_by_morning() -> None:
    lenient = Rules(profile="tendon")

    assert colour(replace(session(ago(3)), during=3, after60=5), lenient).colour is GREEN
    assert colour(replace(session(ago(3)), during=4), lenient).colour is AMBER
    assert colour(replace(session(ago(3)), after60=6), lenient).colour is RED


OVERRIDES: list[tuple[str, int, dict[str, Any], Colour]] = [
    ("green_during_max", 3, {"during": 3}, GREEN),
    ("pain_easier_above", 3, {"during": 3}, GREEN),
    ("amber_during_max", 3, {"during": 4}, RED),
    ("pain_stop_above", 3, {"during": 4}, RED),
    ("after60_rise_max", 3, {"after60": 4}, GREEN),
    ("after60_max", 0, {"after60": 1}, AMBER),
    ("after_max", 2, {"after": 3}, RED),
    ("morning_amber_rise", 2, {"morning": 2}, GREEN),
    ("morning_red_rise", 1, {"morning": 2}, RED),
    ("morning_max", 1, {"morning": 2}, RED),
]


@pytest.mark.parametrize(("key", "limit", "answers", "expected"), OVERRIDES, ids=str)
def test_a_routine_file_sets_each_limit(key: str, limit: int, answers: dict[str, Any], expected: Colour) -> None:
    bout = changed(session(ago(3)), **answers)
    rules = structs.replace(Rules(), **{key: limit})

    assert colour(bout).colour is not expected
    assert colour(bout, rules).colour is expected
    assert profile_for(BoutKind.SESSION, rules).prescribed


def test_every_limit_of_the_rules_is_tried_above() -> None:
    limits = {name for name in Rules.__struct_fields__ if getattr(Rules(), name) is UNSET}
    limits -= set(Actions.__struct_fields__)  # tests/core/clinical/test_response.py

    assert {key for key, *_ in OVERRIDES} >= limits - {"profile", "start_block_if_pre_gt"} - set(
        Actions.__struct_fields__
    )


def test_waking_at_night_is_new_only_after_seven_quiet_nights() -> None:
    restless = {**CALM, ago(6): day(ago(6), 1, night=True)}

    assert colour(replace(session(ago(3)), night=True), days=restless).colour is GREEN
    assert colour(replace(session(ago(3)), night=True)).colour is RED


# -- the baseline ---------------------------------------------------------------------------------------------------


def test_the_baseline_is_the_median_of_the_seven_mornings_before() -> None:
    days = mornings({3: 9, 4: 0, 5: 1, 6: 2, 7: 3, 8: 4, 9: 5, 10: 6, 11: 9})

    assert colour(session(ago(3)), days=days).baseline == 3.0


def test_with_two_mornings_the_pain_before_stands_in() -> None:
    days = mornings({4: 7, 5: 7})

    assert colour(session(ago(3), pre=2), days=days).baseline == 2.0
    assert colour(session(ago(3), pre=None), days=days).baseline is None


@pytest.mark.parametrize(("after60", "expected"), [(2, GREEN), (3, AMBER)])
def test_the_mornings_stand_in_for_a_pain_before_that_was_not_told(after60: int, expected: Colour) -> None:
    assert colour(changed(session(ago(3)), pre=None, after60=after60)).colour is expected


@pytest.mark.parametrize(("answers", "expected", "signs"), [
    ({"morning": 0, "after60": 0}, GREEN, []),
    ({"morning": 0, "after60": None}, GREEN, []),
    ({"morning": 1, "after60": None}, AMBER, [Sign.NO_BEFORE]),
    ({"morning": 0, "after60": 1}, AMBER, [Sign.NO_BEFORE]),
    ({"morning": 6}, RED, [Sign.MORNING_ABOVE, Sign.NO_BEFORE]),
])  # fmt: skip
def test_what_cannot_be_compared_is_not_called_green(
    answers: dict[str, Any], expected: Colour, signs: list[Sign]
) -> None:
    found = colour(changed(session(ago(3)), pre=None, **answers), days=mornings({3: 1}))

    assert (found.colour, [one.sign for one in found.reasons], found.baseline) == (expected, signs, None)


def test_the_morning_after_a_red_session_is_no_baseline() -> None:
    days = mornings({4: 8, 5: 0, 6: 8, 7: 8, 8: 0, 9: 0})
    red = replace(session(ago(5)), during=9, morning=8)

    _, later = judge(history(red, session(ago(3)), days=days), usual)

    assert later.baseline == 0.0


# -- what must hold of any log ----------------------------------------------------------------------------------------

scores = st.none() | st.integers(0, 10)
bouts = st.builds(
    Bout,
    uid=st.uuids().map(str),
    kind=st.sampled_from(BoutKind),
    day=st.integers(0, 30).map(ago),
    pre=scores,
    during=scores,
    after=scores,
    after60=scores,
    morning=scores,
    night=st.booleans(),
    limp=st.booleans(),
    sites=st.frozensets(st.sampled_from(PainSite)),
)
histories = st.builds(
    lambda bouts, values: history(*bouts, days=mornings(values)),
    st.lists(bouts, max_size=6),
    st.dictionaries(st.integers(0, 40), scores),
)


@given(bouts, st.sampled_from(["during", "after", "after60", "morning"]), st.integers(0, 10))
def test_more_pain_is_never_judged_milder(bout: Bout, asked: str, more: int) -> None:
    less = getattr(bout, asked)
    if less is None or more < less:
        return

    assert colour(changed(bout, **{asked: more})).colour >= colour(bout).colour


@given(bouts)
def test_the_groin_is_never_judged_milder_than_another_place(bout: Bout) -> None:
    groin = replace(bout, sites=bout.sites | {PainSite.GROIN})
    elsewhere = replace(bout, sites=bout.sites - {PainSite.GROIN})

    assert colour(groin).colour >= colour(elsewhere).colour


@given(histories, st.integers(0, 30))
def test_what_comes_later_changes_no_colour_but_that_of_the_last_night(past: History, back: int) -> None:
    until = past.until(ago(back))
    known = {one.bout.uid: one for one in judge(until, usual)}

    for one in judge(past, usual):
        if one.bout.day < ago(back):
            assert known[one.bout.uid] == replace(one, pending=known[one.bout.uid].pending)


@given(histories)
def test_green_has_no_reason_and_every_other_colour_has_one(past: History) -> None:
    for one in judge(past, usual):
        assert max((reason.colour for reason in one.reasons), default=GREEN) is one.colour


def test_the_morning_that_has_not_come_leaves_it_open() -> None:
    today = replace(session(ON), morning=None)

    assert (colour(today).colour, colour(today).pending) == (AMBER, True)
    assert not colour(replace(session(ago(1)), morning=None)).pending


def test_a_day_knows_nothing_of_the_morning_after() -> None:
    past = history(replace(session(ago(3)), morning=9, night=True), days=CALM)

    assert only(judge(past.until(ago(3)), usual)).pending
    assert only(judge(past.until(ago(2)), usual)).colour is RED
