"""The words for the criteria: exact, never more than the log says, and nothing rounded into what it is not."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.clinical.criteria import Grade, Id
from coach.core.clinical.history import History
from coach.core.clinical.readiness import Verdict, readiness
from coach.core.clinical.red_flags import BY_NAME
from coach.core.routine.routine import Readiness
from coach.words import readiness as words
from coach.words import readiness_values, readiness_why
from tests.core.clinical.healed import (
    criterion,
    flagged,
    healed,
    result,
    verdict,
    walk,
    with_bouts,
    with_day,
    with_test,
    without_test,
)
from tests.core.clinical.made import ON, ago

NEVER = ("cleared", "safe", "diagnos", "guarantee", "None", "nan")


def everything(of: Verdict) -> str:
    parts = [words.title(of), words.whole(of), words.below(of, own_limits=True), words.below(of, own_limits=False)]
    parts += [words.short_heading(of), words.short_gap(of), words.disclaimer(), words.nearest(of)]
    for one in of.criteria:
        parts += [words.name(one), words.value(one), words.threshold(one), words.chip(one), words.text(one)]
        parts += [words.line(one), readiness_why.why(one.id), *words.notes(one), readiness_why.grade(one.basis.grade)]
        assert words.value(one)
        assert words.threshold(one)
    return "\n".join(parts)


def said(history: History, name: Id, own: Readiness | None = None) -> tuple[str, str, str, str]:
    one = criterion(verdict(history, own or Readiness()), name)
    return words.value(one), words.threshold(one), words.chip(one), words.text(one)


CASES: list[tuple[str, Callable[[History], History], Id, tuple[str, str, str, str]]] = [
    (
        "calm days",
        lambda one: one,
        Id.R1,
        (
            "mean 1.0, worst 1, morning 1",
            "mean ≤ 1, worst ≤ 2, morning ≤ 1, 5 days without painkiller",
            "Met",
            "Met.",
        ),
    ),
    (
        "a hair too much is not rounded away",
        lambda one: with_day(with_day(one, 1, worst=2), 2, worst=1),
        Id.R1,
        (
            "mean 1.1, worst 2, morning 1",
            "mean ≤ 1, worst ≤ 2, morning ≤ 1, 5 days without painkiller",
            "Mean 1.1, above 1",
            "Mean 1.1, above 1.",
        ),
    ),
    (
        "all that is missing of the days",
        lambda one: with_day(replace(one, days={}), 0, worst=4, analgesic=True),
        Id.R1,
        (
            "mean 4.0, worst 4, morning 1, 0 days without painkiller, 1 whole entry",
            "mean ≤ 1, worst ≤ 2, morning ≤ 1, 5 days without painkiller",
            "Mean 4.0, above 1",
            "Mean 4.0, above 1; worst 4, above 2; 5 more days to enter; 5 more days without painkiller.",
        ),
    ),
    (
        "a night",
        lambda one: with_day(one, 0, night=True),
        Id.R2,
        ("1", "0 in 7 days", "1 night too many", "1 night too many."),
    ),
    (
        "no walk",
        lambda one: with_bouts(one, lambda bout: None if bout.uid.startswith("w") else bout),
        Id.R4,
        ("0 of 2", "2 in 7 days, ≥ 100 steps/min", "2 more brisk walks", "2 more brisk walks."),
    ),
    (
        "no session",
        lambda one: with_bouts(replace(one, began=None), lambda bout: bout if bout.uid.startswith("w") else None),
        Id.R5,
        (
            "0 of 6 in 14 days (0 %)",
            "≥ 75 %, rehab for 14 days",
            "5 more sessions",
            "5 more sessions; 14 more days of rehab.",
        ),
    ),
    (
        "one side",
        lambda one: with_test(one, "single_leg_bridge", right=None, left=19),
        Id.R6A,
        ("L 19 · R –", "≥ 20 reps", "Right not tested", "Right not tested; left 1 rep short."),
    ),
    (
        "both planks",
        lambda one: with_test(with_test(one, "side_plank", left=38, right=47), "plank", value=40.5),
        Id.R6C,
        (
            "L 38 s · R 47 s · plank 40.5 s",
            "≥ 45 s",
            "Left 7 s short",
            "Left 7 s short; plank: 4.5 s short.",
        ),
    ),
    (
        "a hair too uneven",
        lambda one: with_test(one, "heel_raise", left=20.6, right=23),
        Id.R6X,
        ("0.89", "≥ 0.90, pain ≤ 1, within 10 days", "Heel raise 0.89", "Heel raise 0.89."),
    ),
    (
        "a test that hurt reaches its goal and is not simply met",
        lambda one: with_test(one, "heel_raise", left=22, right=23, pain=3),
        Id.R6E,
        ("L 22 · R 23 reps, pain 3", "≥ 20 reps", "Met, but it hurt", "Met, but it hurt: 3 of 10."),
    ),
    (
        "of two tests the one that hurt is named",
        lambda one: with_test(with_test(one, "side_plank", left=46, right=47, pain=2), "plank", value=63),
        Id.R6C,
        ("L 46 s · R 47 s, pain 2 · plank 63 s", "≥ 45 s", "Met, but it hurt", "Met, but it hurt: 2 of 10."),
    ),
    (
        "what was too painful is on the chip, not behind it",
        lambda one: with_test(with_test(one, "side_lying_abduction", pain=2), "single_leg_squat", pain=3),
        Id.R6X,
        (
            "0.95",
            "≥ 0.90, pain ≤ 1, within 10 days",
            "2 tests hurt",
            "Side leg raise hurt: 2 of 10; single-leg squat hurt: 3 of 10.",
        ),
    ),
    (
        "painkillers",
        lambda one: with_day(with_day(with_day(one, 0, analgesic=True), 1, analgesic=True), 2, analgesic=True),
        Id.R1,
        (
            "mean 1.0, worst 1, morning 1, 4 days without painkiller",
            "mean ≤ 1, worst ≤ 2, morning ≤ 1, 5 days without painkiller",
            "1 more without painkiller",
            "1 more day without painkiller.",
        ),
    ),
    (
        "an impact check on the day itself",
        lambda one: replace(
            one, tests=(*(test for test in one.tests if test.day != ago(2)), result("march", 0, None, None, 20))
        ),
        Id.R7,
        (
            "0 of 4 steps, pain 0, 20 November",
            "each step done, pain ≤ 1, 0 in the groin",
            "Not every step done",
            (
                "March on the spot: 10 s short; jog on the spot: not tested; hops on both feet: not tested; "
                "hops on one foot: not tested; next morning not in yet."
            ),
        ),
    ),
    (
        "confidence",
        lambda one: with_test(one, "confidence", value=5),
        Id.R8,
        ("5 of 10", "≥ 7 of 10", "2 short", "2 short."),
    ),
]


@pytest.mark.parametrize("change, name, expected", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_criterion_in_words(
    change: Callable[[History], History], name: Id, expected: tuple[str, str, str, str]
) -> None:
    assert said(change(healed()), name) == expected


def test_limits_of_a_file_are_the_ones_that_are_told() -> None:
    own = Readiness(sp_s=30, plank_s=60, days=14, walk_min=40, walk_pain_max=2)

    assert said(healed(), Id.R6C, own)[1] == "side plank ≥ 30 s, plank ≥ 60 s"
    assert words.name(criterion(verdict(healed(), own), Id.R1)) == "Pain in daily life, last 14 days"
    assert words.name(criterion(verdict(healed(), own), Id.R4)) == "Brisk walk, 40 min, pain ≤ 2"


def test_the_nearest_gaps_are_sentences_that_stand_alone() -> None:
    one_walk = with_bouts(healed(), lambda bout: None if bout.uid in {"w2", "w4"} else bout)

    found = verdict(with_test(one_walk, "side_plank", left=38, right=47))

    assert words.nearest(found) == "Side plank 38 s of 45 s on the left. One more brisk walk this week."
    assert words.whole(found).startswith("Not yet. 9 of 13 criteria met. Nearest: Side plank 38 s of 45 s on the left.")


def test_what_the_log_asks_to_have_looked_at_comes_before_any_number_and_is_no_red_flag() -> None:
    noticed = (BY_NAME["no_improvement"], BY_NAME["worsening"])
    found = readiness(healed(), Readiness(), judged=(), planned_per_week=3, noticed=noticed)
    row = found.criteria[0]

    assert words.name(row) == "Signs to have looked at"
    assert words.value(row) == "No better after two weeks; morning pain well up, three days in a row"
    assert words.chip(row) == "See a physio or doctor"
    assert "First: see a physio or doctor within two weeks (no better after two weeks)." in words.summary(found)
    assert "Nearest" not in words.whole(found)
    assert words.short_gap(found).startswith("First: see a physio or doctor within two weeks")


def test_a_red_flag_is_called_one() -> None:
    row = verdict(replace(healed(), flags=(flagged("cold_white_leg", 0),))).criteria[0]

    assert words.name(row) == "Red flags"
    assert words.name(verdict(healed()).criteria[0]) == "Red flags"


def test_reps_are_said_once() -> None:
    found = verdict(with_test(healed(), "heel_raise", left=18, right=18))

    assert words.nearest(found, 1) == "Heel raise 18 of 20 reps on the left."


def test_a_walk_that_does_not_count_is_named_with_its_reason() -> None:
    slow = with_bouts(healed(), lambda bout: replace(bout, cadence=90) if bout.uid == "w2" else bout)

    assert words.notes(criterion(verdict(slow), Id.R4)) == ("The walk of 18 November does not count: not brisk.",)


def test_met_says_until_when_and_blocked_says_whom_to_see() -> None:
    met, blocked = verdict(healed()), verdict(replace(healed(), flags=(flagged("cold_white_leg", 0),)))

    assert words.whole(met).startswith("Your log meets the criteria your plan sets. All 13 are met on 20 November.")
    assert "until 27 November" in words.whole(met)
    assert "emergency number" in words.whole(blocked)
    assert words.short_gap(blocked) == "Cold, pale leg"


@pytest.mark.parametrize("name", list(Id))
def test_every_criterion_says_why(name: Id) -> None:
    assert readiness_why.why(name).endswith(".")


@pytest.mark.parametrize("grade", list(Grade))
def test_every_grade_has_words(grade: Grade) -> None:
    assert readiness_why.grade(grade)


CHANGES: list[Callable[[History], History]] = [
    lambda one: replace(one, days={}),
    lambda one: replace(one, bouts=()),
    lambda one: replace(one, tests=()),
    lambda one: replace(one, flags=(flagged("no_improvement", 1),)),
    lambda one: replace(one, flags=(flagged("groin_pain_with_running", 40, raised=False),)),
    lambda one: replace(one, bouts=(*one.bouts, walk(0, morning=None), walk(1, cadence=None))),
    lambda one: with_day(one, 0, worst=None, night=None, analgesic=None),
    lambda one: with_day(one, 1, morning=6),
    lambda one: without_test(one, "march"),
    lambda one: with_test(one, "single_leg_squat", pain=4, groin=True),
    lambda one: replace(one, tests=(*one.tests, result("single_leg_squat_form", 4, 1, 3, None))),
    lambda one: with_test(one, "plank", value=0),
    lambda one: with_test(one, "heel_raise", left=0, right=0),
]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(CHANGES), max_size=4),
    st.integers(0, 30),
    st.booleans(),
    st.sampled_from([Readiness(), Readiness(skip_hop=True, days=1, sp_s=0, min_days=0, require_signoff=True)]),
)
def test_whatever_the_log_holds_has_words_that_claim_nothing(
    changes: list[Callable[[History], History]], back: int, groin: bool, own: Readiness
) -> None:
    history = healed()
    for change in changes:
        history = change(history)

    text = everything(verdict(history.until(ago(back)), own, groin=groin))

    assert not [word for word in NEVER if word in text]


def test_the_day_itself_is_told_as_people_say_it() -> None:
    assert readiness_values.day(ON) == "20 November"
