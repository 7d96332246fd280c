"""What follows from the log, in words."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.change import Change, ChangeKind
from coach.core.clinical.colour import Colour, Judged, Reason, Sign
from coach.core.clinical.profiles import profile_for
from coach.core.clinical.proposal import Proposal
from coach.core.clinical.red_flags import BY_NAME
from coach.core.clinical.response import Cause, Why
from coach.core.clinical.screening import ScreenDue
from coach.core.clinical.self_tests import Shortfall
from coach.core.clinical.triggers import By, Evidence, Standing
from coach.core.routine.routine import Rules
from coach.words import guidance
from tests.core.clinical.made import ON, ago, session
from tests.core.strategies import LIBRARY

CLAM = Change(0, "clamshell", ChangeKind.FEWER_SETS, 3, 2)
EASIER = Change(0, "clamshell", ChangeKind.EASIER, "clamshell", "side_hold")
PLANK = Change(1, "plank", ChangeKind.SHORTER_HOLD, 30, 20)


def judged(back: int, *reasons: Reason, colour: Colour = Colour.AMBER, pending: bool = False) -> Judged:
    return Judged(session(ago(back)), colour, reasons, 1.0, profile_for(BoutKind.SESSION, Rules()), pending)


SORE = Reason(Sign.DURING_RAISED, Colour.AMBER, 4, 2)
AMBERS = Why(Cause.AMBERS, (judged(4, SORE), judged(2, SORE)), 2)


@pytest.mark.parametrize(
    "changes, said",
    [
        ((CLAM,), "Clamshell: 2 sets instead of 3"),
        ((PLANK,), "Plank: hold 20 s instead of 30 s"),
        ((Change(0, "bridge", ChangeKind.FEWER_REPS, 12, 8),), "Bridge: 8 reps instead of 12"),
        ((EASIER,), "Side hold instead of clamshell"),
        ((Change(0, "bridge", ChangeKind.LEFT_OUT, "bridge"),), "Bridge: left out today"),
        ((CLAM, Change(1, "bridge", ChangeKind.FEWER_SETS, 3, 2)), "2 sets instead of 3 of each exercise"),
        (
            (CLAM, Change(1, "bridge", ChangeKind.FEWER_SETS, 3, 2), PLANK),
            "2 sets instead of 3: clamshell, bridge; Plank: hold 20 s instead of 30 s",
        ),
        (
            (structs.replace(EASIER, item=0), structs.replace(EASIER, item=1)),
            "Side hold instead of clamshell",
        ),
        ((CLAM, PLANK), "Clamshell: 2 sets instead of 3; Plank: hold 20 s instead of 30 s"),
    ],
)
def test_the_changes(changes: tuple[Change, ...], said: str) -> None:
    assert guidance.changes(changes, LIBRARY) == said


def test_many_changes_are_cut_short() -> None:
    many = tuple(Change(at, "bridge", ChangeKind.FEWER_REPS, 12 + at, 8) for at in range(5))

    assert guidance.changes(many, LIBRARY).endswith("; 3 more changes")


def test_a_lower_dose_is_told_with_its_reason() -> None:
    of = Proposal(None, reasons=(AMBERS,))
    lower = Proposal(routine=object(), changes=(CLAM,), reasons=(AMBERS,))  # type: ignore[arg-type] # not looked at

    assert guidance.heading(lower, ON) == "Lower dose today"
    assert guidance.proposed(lower, LIBRARY, ON) == (
        "Clamshell: 2 sets instead of 3.\nWhy: Amber twice in a row: on Monday and on Wednesday. "
        "The last one: pain 4 while doing it (fine up to 2)."
    )
    assert guidance.heading(of, ON) == "Not today"


def test_a_step_up_is_told_with_its_reason_and_a_step_down_without_why_it_once_went_up() -> None:
    raised = Why(Cause.RAISED, AMBERS.bouts, 2)
    change = Change(0, "bridge", ChangeKind.REPS, 10, 12)
    up = Proposal(routine=object(), changes=(change,), reasons=(raised,), up=1)  # type: ignore[arg-type] # not looked at
    down = structs.replace(up, reasons=(raised, AMBERS))
    whole = structs.replace(up, changes=(), reasons=(AMBERS,), up=0)

    assert guidance.heading(up, ON) == "A step up today"
    assert guidance.proposed(up, LIBRARY, ON) == (
        "Bridge: 12 reps instead of 10.\n"
        "Why: 2 good sessions in a row: on Monday and on Wednesday. Your physio allows this next."
    )
    assert guidance.heading(down, ON) == "One step less than before"
    assert "Why: Amber twice in a row" in guidance.proposed(down, LIBRARY, ON)
    assert "good sessions" not in guidance.proposed(down, LIBRARY, ON)
    assert guidance.heading(whole, ON) == ""
    assert guidance.as_prescribed(whole, ON).startswith("Back to the prescribed dose. Why: Amber twice in a row")


def test_a_rest_says_until_when_and_for_which_morning() -> None:
    red = Why(Cause.RED, (judged(1, Reason(Sign.LIMP, Colour.RED), colour=Colour.RED),), 1)
    of = Proposal(None, reasons=(red,), until=date(2026, 11, 22), waits_for_morning=1.0)

    assert guidance.heading(of, ON) == "Not before Sunday"
    assert guidance.not_today(of, ON) == (
        "Red yesterday: a limp. Rest until Sunday 22 November, and until a morning with pain of 1 or less."
    )


def test_a_morning_that_must_not_hurt_at_all_is_called_that() -> None:
    of = Proposal(None, waits_for_morning=0.0, may_walk=True)

    assert guidance.not_today(of, ON) == (
        "It goes on after a morning without pain: the morning check-in will tell. "
        "Meanwhile you may walk, as far as it neither hurts nor makes you limp."
    )


def test_a_morning_that_is_to_come_is_not_called_missing() -> None:
    told = Reason(Sign.DURING_RAISED, Colour.AMBER, 3, 2.0), Reason(Sign.NO_MORNING, Colour.AMBER)

    said = guidance.bout(judged(0, *told, pending=True), ON)

    assert said == "Session today: amber, pain 3 while doing it (fine up to 2); the next morning will tell"


@pytest.mark.parametrize("sign", list(Sign))
def test_every_rule_has_its_words(sign: Sign) -> None:
    said = guidance.sign(Reason(sign, Colour.RED, 6, 5.0))

    assert "{" not in said
    assert said == said[:1].lower() + said[1:]


@pytest.mark.parametrize("cause", list(Cause))
def test_only_what_is_silent_on_purpose_says_nothing(cause: Cause) -> None:
    said = guidance.why(Why(cause, AMBERS.bouts, 3), ON)

    assert bool(said) is (cause not in (Cause.GREEN, Cause.NOTHING_YET, Cause.FROZEN))
    for word in ("safe", "cleared", "diagnos", "injur", "should have", "fault", "failed"):
        assert word not in said.lower()


def test_a_session_whose_morning_is_to_come_is_not_called_amber() -> None:
    waits = judged(0, Reason(Sign.NO_MORNING, Colour.AMBER), pending=True)

    assert guidance.bout(waits, ON) == "Session today: the next morning will tell"
    assert guidance.bout(judged(2, SORE), ON) == "Session on Wednesday: amber, pain 4 while doing it (fine up to 2)"


@pytest.mark.parametrize(
    "name, evidence, said",
    [
        ("morning_pain_6", Evidence(ago(4), 7), "In your log: pain 7 on Monday."),
        ("constant_or_night_pain", Evidence(ago(1)), "In your log: woken by the hip yesterday."),
        (
            "new_pain_site",
            Evidence(ago(1), what="back"),
            "In your log: lower back, or tingling below the knee yesterday.",
        ),
        (
            "groin_pain_with_running",
            Evidence(ago(9), 3, "run"),
            "In your log: pain 3 in the groin when running on 11 November.",
        ),
        ("failing_item", Evidence(ago(1), 40.5, "side_plank"), "In your log: side plank 40.5 s yesterday."),
        (
            "failing_item",
            Evidence(ago(1), 45, "side_plank", (Shortfall.PAIN, Shortfall.UNEVEN), 2),
            "In your log: side plank 45 s (it hurt, pain 2, sides uneven) yesterday.",
        ),
        (
            "failing_item",
            Evidence(ago(1), 9, "single_leg_squat", (Shortfall.SHORT, Shortfall.FORM), 0),
            "In your log: single-leg squat 9 reps (below the goal, form not steady) yesterday.",
        ),
        ("groin_with_limp_or_night", Evidence(ago(1), what="limp"), "In your log: a limp yesterday."),
        (
            "no_improvement",
            Evidence(ago(6), 4.25),
            "In your log: pain 4.2 on average in the week of 14 November.",
        ),
    ],
)
def test_the_evidence_of_the_log(name: str, evidence: Evidence, said: str) -> None:
    of = Standing(BY_NAME[name], evidence.day, By.LOG, (evidence,))

    assert guidance.evidence(of, ON) == said
    assert guidance.evidence(replace(of, by=By.PERSON), ON).startswith("You ticked it")


@pytest.mark.parametrize("due", list(ScreenDue))
def test_why_the_questions_are_asked(due: ScreenDue) -> None:
    assert guidance.screen(due).endswith("It takes a minute.")
