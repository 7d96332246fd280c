"""Self-tests in words: short, exact, and never a diagnosis."""

from datetime import date, timedelta

import pytest

from coach.app.testing import Walked
from coach.core import log
from coach.core.clinical.protocols import bouts
from coach.core.clinical.self_tests import (
    FORM,
    RUNGS,
    Allowed,
    Guided,
    NotBefore,
    Why,
    Withheld,
    exercise_of,
    judge,
)
from coach.core.day import Moment
from coach.core.routine.plan import Side
from coach.core.routine.reading import read_library
from coach.core.routine.routine import BodySide, Readiness
from coach.core.session.measuring import Unit
from coach.core.session.sayings import SayBout, SayGo, SayGoal, SayMeasured, SayMinutes
from coach.resources import EXERCISES
from coach.words import session as session_words
from coach.words import testing as words

TODAY = date(2026, 11, 20)
LIBRARY = read_library(EXERCISES.read_bytes()).exercises
DEFAULT = Readiness()


def result(
    name: str, *, left: float | None = None, right: float | None = None, value: float | None = None, pain: int = 0
) -> log.TestResult:
    """A result of today."""
    return log.TestResult("", name, TODAY, left, right, value, pain, Moment("", "", TODAY))


def verdict(of: log.TestResult, unit: Unit, form: log.TestResult | None = None) -> str:
    return words.verdict(judge(of, DEFAULT, form), unit)


def test_the_goal_is_said_and_what_to_do_then() -> None:
    (full, *_, short) = words.said(SayGoal(45, Unit.SECONDS), LIBRARY)

    assert full == "Forty-five seconds. That is the goal; hold on or stop."
    assert short == "Goal."
    assert words.said(SayGoal(20, Unit.REPS), LIBRARY)[0] == "Twenty. That is the goal; go on or stop."


@pytest.mark.parametrize("test", list(Guided))
def test_every_bout_is_announced_by_its_name_and_its_side(test: Guided) -> None:
    for bout in bouts(test, DEFAULT, LIBRARY, BodySide.LEFT):
        sentences = words.said(SayBout(bout), LIBRARY)

        assert LIBRARY[exercise_of(bout.test)].said() in sentences[0].lower()
        assert (bout.side is Side.BOTH) or (bout.side.value in sentences[0])
        assert sentences[-1] == "Get ready."
        assert [len(one) for one in sentences] == sorted((len(one) for one in sentences), reverse=True)


def test_what_a_test_says_fits_where_the_session_says_it() -> None:
    assert session_words.fitting(SayGo(), LIBRARY, 1.0) == "Go"
    assert session_words.fitting(SayMinutes(25), LIBRARY, 3.0) == "twenty-five minutes"
    assert session_words.fitting(SayGoal(45, Unit.SECONDS), LIBRARY, 0.6) == "Goal."


def test_the_end_says_what_was_measured() -> None:
    (plank,) = bouts(Guided.PLANK, DEFAULT, LIBRARY, None)
    (walk,) = bouts(Guided.BRISK_WALK, DEFAULT, LIBRARY, None)

    assert words.said(SayMeasured(plank, 47, full=False), LIBRARY) == ("Forty-seven seconds.",)
    assert words.said(SayMeasured(plank, 90, full=True), LIBRARY)[0] == "One minute thirty. Stop here."
    assert words.said(SayMeasured(walk, 1800, full=True), LIBRARY)[0] == "Thirty minutes. The walk is over."


@pytest.mark.parametrize(
    "of,unit,said",
    [
        (result("plank", value=45.0), Unit.SECONDS, "That meets what your plan asks of this test."),
        (result("plank", value=40.0), Unit.SECONDS, "Not yet: 5 s short of the goal."),
        (result("heel_raise", left=19.0, right=20.0), Unit.REPS, "Not yet: left 1 rep short of the goal."),
        (
            result("heel_raise", left=20.0, right=23.0),
            Unit.REPS,
            "Not yet: the weaker side reaches 86 % of the stronger, your plan looks for 90 %.",
        ),
        (
            result("heel_raise", left=20.0, right=20.0, pain=2),
            Unit.REPS,
            "Not yet: it hurt more than 1 of 10, so it does not count.",
        ),
        (result("heel_raise", right=20.0), Unit.REPS, "Not yet: the left side was not tested."),
    ],
)
def test_a_verdict_says_what_is_missing_and_by_how_much(of: log.TestResult, unit: Unit, said: str) -> None:
    assert verdict(of, unit) == said


def test_form_that_was_lost_is_named_by_its_side() -> None:
    squat, form = result("single_leg_squat", left=10.0, right=10.0), result(FORM, left=3.0, right=1.0)

    assert verdict(squat, Unit.REPS, form) == "Not yet: the form on the right side does not let the reps count."
    lines = dict(words.summary(Guided.SINGLE_LEG_SQUAT, (squat, form), DEFAULT, groin=False).lines)
    assert lines["Form"] == "left 3 of 3 · right 1 of 3"
    assert lines["Limb symmetry"] == "100 % (goal 90 %)"


def test_nearly_ninety_percent_is_not_rounded_up() -> None:
    assert words.symmetry(judge(result("heel_raise", left=179.9, right=200.0), DEFAULT)) == "89 % (goal 90 %)"


def test_an_impact_check_says_where_it_ended() -> None:
    march, jog = result("march", value=30.0), result("jog_on_spot", value=60.0, pain=3)

    told = words.summary(Guided.IMPACT, (march, jog), DEFAULT, groin=False)

    assert told.verdict.startswith("The check ended at “Jog on the spot”.")
    assert told.lines == (("March on the spot", "30 s, pain 0"), ("Jog on the spot", "60 s, pain 3"))


def test_a_whole_impact_check_claims_no_more_than_that() -> None:
    rungs = (
        result("march", value=30.0),
        result("jog_on_spot", value=60.0),
        result("double_hop", value=20.0),
        result("single_hop", left=10.0, right=10.0, pain=1),
    )

    told = words.summary(Guided.IMPACT, rungs, DEFAULT, groin=False)

    assert told.verdict == "Every step was done, at a pain of 1 or less."


def test_one_that_was_left_early_is_not_called_whole() -> None:
    told = words.summary(Guided.IMPACT, (result("march", value=30.0),), DEFAULT, groin=False)

    assert told.verdict == "The check is not done to its end yet."


def test_pain_in_the_groin_says_whom_to_see_and_names_no_disease() -> None:
    told = words.summary(Guided.IMPACT, (result("march", value=30.0, pain=1),), DEFAULT, groin=True)

    assert "do not test again" in told.verdict
    assert "See a doctor or a physiotherapist within 1 to 2 days" in told.verdict
    assert "rule out" in told.verdict


@pytest.mark.parametrize(
    "permission,heading,reason",
    [
        (Allowed(), "", ""),
        (
            NotBefore(TODAY + timedelta(days=5), Why.TESTED, TODAY - timedelta(days=2)),
            "From Wednesday 25 November, in 5 days",
            "You did this test 2 days ago. A self-test is done at most every 7 days.",
        ),
        (
            NotBefore(TODAY + timedelta(days=7), Why.FAILED, TODAY),
            "From Friday 27 November, in 7 days",
            "You did this test today, and it fell short of your plan. A self-test is done at most every 7 days.",
        ),
        (
            NotBefore(TODAY + timedelta(days=1), Why.DAY_AFTER),
            "From Saturday 21 November, tomorrow",
            "The impact check comes at least 1 day after the other criteria are met.",
        ),
    ],
)
def test_why_not_now_is_said_with_the_day(permission: Allowed | NotBefore, heading: str, reason: str) -> None:
    assert words.not_now(permission, TODAY) == (heading, reason)


@pytest.mark.parametrize("why", [Why.CRITERIA, Why.GROIN, Why.FLAG, Why.SITE])
def test_what_is_withheld_says_why(why: Why) -> None:
    heading, reason = words.not_now(Withheld(why), TODAY)

    assert heading == "Not now"
    assert reason


@pytest.mark.parametrize("test", list(Guided))
def test_every_test_has_a_title_and_says_how_it_goes(test: Guided) -> None:
    steps = bouts(test, DEFAULT, LIBRARY, BodySide.LEFT)

    assert words.title(test)
    assert len(words.how(test, steps)) >= 2
    assert "s to take your place" in words.begins(steps[0], LIBRARY[steps[0].exercise])


@pytest.mark.parametrize("name", [*RUNGS, FORM, *(test.value for test in Guided)])
def test_every_name_of_the_log_has_words(name: str) -> None:
    assert words.rung(name)


# Walks


def walked(**changes: object) -> Walked:
    """A walk as the plan asks."""
    told = {"seconds": 1800.0, "cadence": 110, "peak": 1, "now": 0, "limp": False, "groin": False, **changes}
    return Walked(**told)  # type: ignore[arg-type] # changes of any kind


@pytest.mark.parametrize(
    "walk,said",
    [
        (walked(), "30 minutes at 110 steps a minute, as your plan asks."),
        (walked(seconds=390.0), "This walk does not count towards your plan: 6.5 of 30 minutes."),
        (
            walked(peak=2, limp=True),
            "This walk does not count towards your plan: it hurt more than 1 of 10; with a limp.",
        ),
    ],
)
def test_a_walk_is_set_beside_the_plan(walk: Walked, said: str) -> None:
    assert words.walk_verdict(walk, 30, 1.0) == said


def test_a_walk_is_shown_as_minutes_and_seconds() -> None:
    (bout,) = bouts(Guided.BRISK_WALK, DEFAULT, LIBRARY, None)

    assert words.digits(bout, 754) == "12:34"
    assert words.goal_words(bout) == "30 min"
    assert words.walked(390.4, 105) == "6:30 walked, 105 steps a minute"
    assert dict(words.walk_lines(walked(), 30))["Pain"] == "1 at most, 0 now"


def test_no_sentence_clears_or_diagnoses() -> None:
    everything = [words.groin_advice(), words.again(TODAY, TODAY)]
    for test in Guided:
        everything += words.how(test, bouts(test, DEFAULT, LIBRARY, None))
    everything += [words.not_now(Withheld(why), TODAY)[1] for why in Why]

    said = " ".join(everything).lower()
    assert not [word for word in ("cleared", "safe", "you have a", "fracture") if word in said]
