"""What stands on the handout: words and numbers from the routine and from the clinical reference, nothing else."""

from datetime import date
from typing import get_args

import pytest
from msgspec import UNSET

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.profiles import profile_for
from coach.core.clinical.red_flags import FLAGS
from coach.core.routine.dose import Dose, Tempo
from coach.core.routine.exercise import Exercise, Instruction, Motion, StepType
from coach.core.routine.plan import work
from coach.core.routine.routine import BodySide, Item, Rules
from coach.words import paper, red_flags


def zones(rules: Rules) -> list[tuple[str, int, int]]:
    return [(token, low, high) for token, low, high, _ in paper.pain_zones(profile_for(BoutKind.SESSION, rules))]


# Clinical reference, section 1.2.2: strength 2 and 5, tendon 3 and 5, groin 0.
@pytest.mark.parametrize(
    "rules,expected",
    [
        (Rules(), [("ok", 0, 2), ("amber", 3, 5), ("red", 6, 10)]),
        (Rules(profile="tendon"), [("ok", 0, 3), ("amber", 4, 5), ("red", 6, 10)]),
        (Rules(profile="groin"), [("ok", 0, 0), ("red", 1, 10)]),
        (Rules(pain_easier_above=1, pain_stop_above=3), [("ok", 0, 1), ("amber", 2, 3), ("red", 4, 10)]),
        (Rules(pain_stop_above=10), [("ok", 0, 2), ("amber", 3, 10)]),
        (Rules(pain_easier_above=6, pain_stop_above=4), [("ok", 0, 6), ("red", 7, 10)]),
    ],
)
def test_the_zones_are_the_limits_and_cover_the_scale_once(rules: Rules, expected: list[tuple[str, int, int]]) -> None:
    assert zones(rules) == expected


def test_every_red_flag_is_named_once() -> None:
    text = " ".join(signs for _, signs, _ in paper.flags()).lower()

    assert all(text.count(red_flags.short(flag).lower()) == 1 for flag in FLAGS)


def test_up_to_three_cues_the_position_first() -> None:
    steps = [
        Instruction(StepType.STEP, "lift"),
        *(Instruction(StepType.FORM_CUE, text) for text in ("one", "two", "three")),
        Instruction(StepType.PREPARATION, "lie down"),
    ]

    assert paper.cues(Exercise("a", "A", steps=steps)) == ("lie down", "one", "two")
    assert paper.cues(Exercise("a", "A", steps=steps[:1])) == ("lift",)
    assert paper.cues(Exercise("a", "A")) == ()


@pytest.mark.parametrize(
    "item,said",
    [
        (Item("a", sets=3, reps=12, tempo=Tempo(2, 1, 3)), "Open 2 s, hold 1 s, close 3 s · 30 s rest between sets"),
        (Item("a", sets=1, reps=12, tempo=Tempo(2, 0, 2), rest_s=45), "Open 2 s, close 2 s"),
        (Item("a", sets=2, hold_s=30, rest_s=15), "15 s rest between sets"),
        (Item("a", sets=1, reps=3, hold_s=10, rep_rest_s=3), "3 s between holds"),
        (Item("a", sets=1, hold_s=10), ""),
    ],
)  # fmt: skip
def test_the_pace_in_words(item: Item, said: str) -> None:
    exercise = Exercise("a", "A", motion=Motion.OPEN, dose=Dose(reps=UNSET))

    assert paper.pace(work(0, item, exercise, BodySide.LEFT), exercise) == said


def test_the_week_is_named_by_its_first_day() -> None:
    assert paper.week_of(date(2026, 11, 23)) == "23 Nov"


@pytest.mark.parametrize("profile", ["", *get_args(Rules.__annotations__["profile"])[0].__args__])
def test_every_profile_says_before_during_after_and_next_morning(profile: str) -> None:
    rules = Rules(profile=profile) if profile else Rules()  # type: ignore[arg-type] # one of those it may be

    said = " ".join(paper.pain_rules(profile_for(BoutKind.SESSION, rules)))

    for word in ("Before:", "An hour later:", "Next morning:", "limp", "woken by the hip"):
        assert word in said
