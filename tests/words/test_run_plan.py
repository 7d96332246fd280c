"""The plan in words: every rule has a sentence, and none of them promises anything."""

from dataclasses import replace

import pytest

from coach.core.clinical.after_plan import Load
from coach.core.clinical.run_course import GAP_BACK_DAYS, GAP_CLOSES_DAYS, SOURCES, Decision, Rule, Step
from coach.core.clinical.run_plan import STAGES
from coach.words import run_plan as words
from tests.core.clinical.made import ON


def made(rule: Rule, step: Step = Step.HELD) -> Decision:
    return Decision(ON, 2, step, 2, rule, count=2)


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_sentence_and_a_source(rule: Rule) -> None:
    said = words.why(made(rule), needed=2)

    assert said.endswith(".")
    assert said[0].isupper() or said[0].isdigit()
    assert SOURCES[rule].startswith("Section ")
    for word in ("safe", "cleared", "allowed", "should"):
        assert word not in said.lower()


@pytest.mark.parametrize("rule,most", [(Rule.GAP, GAP_BACK_DAYS), (Rule.GAP_CLOSES, GAP_CLOSES_DAYS)])
def test_a_gap_is_told_as_its_rule_counts_it(rule: Rule, most: int) -> None:
    said = words.why(replace(made(rule), count=most + 1), needed=2)

    assert said.startswith(f"{most + 1} days since the last run, more than {most}.")


@pytest.mark.parametrize("step", Step)
def test_every_step_has_words(step: Step) -> None:
    assert words.decision(made(Rule.GREEN, step))


def test_a_stage_is_told_with_its_minutes() -> None:
    assert words.stage(STAGES[9]) == "Stage 10: 3 × (9 min run, 1 min walk), 27 min of running in all"
    assert words.stage(STAGES[11]) == "Stage 12: 30 min of running without a break"


def test_after_the_plan_advice_is_told_and_no_rule() -> None:
    calm, *rest = words.after(Load(30.0, 33.0, 60.0, 60.0, 78.0))
    fast = words.after(Load(6.0, 9.0, 90.0, 60.0, 78.0))

    assert calm == "The next run: up to 33 min, a tenth more than the longest of the last 30 days."
    assert len(rest) == 2
    assert fast[0] == "The next run: up to 9 min, 3 min more than the longest of the last 30 days."
    assert "The last two weeks held 90 min of running, the two before 60. This project's own limit would be 78." in fast
