"""Progress in words: a number that another screen shows too is the same there, and the zones say how much it hurts."""

from datetime import timedelta

from coach.core.clinical.trend import change_over
from coach.core.log import Ending
from coach.core.progress.measures import MeasuredProgress
from coach.core.progress.pain import PainDay, pain_days
from coach.core.progress.sides import Sided, Unit
from coach.core.progress.span import Span
from coach.core.progress.training import SessionDone
from coach.words import progress as words
from coach.words import trend
from tests.core.clinical.made import ON, ago, day


def test_the_weeks_of_the_summary_are_those_that_the_headline_and_the_report_compare() -> None:
    before = {ago(back): 6 for back in range(70, 76)}  # would lift the 7-day mean of the first day
    mornings = before | {ago(back): 2 if back > 35 else 0 for back in range(70)}
    days = pain_days([day(of, value) for of, value in mornings.items()], Span(ago(69), ON))

    said = words.pain_summary(days)

    assert "mean of the first 7 days 2.0, of the last 7 days 0.0" in said
    assert said.endswith(trend.weeks(change_over(mornings, ago(69), ON)).removeprefix("Mean"))


def test_no_symmetry_is_rounded_up() -> None:
    test = MeasuredProgress("heel_raise", Unit.REPS, 20, (Sided(ON, left=22.0, right=23.0),))

    assert words.test_goal(test) == "goal 20 reps · symmetry 0.95"


def test_all_sets_are_only_said_to_be_done_where_all_of_them_were() -> None:
    sessions = tuple(
        SessionDone(f"s{n}", ON - timedelta(days=n), "", True, Ending.FINISHED, None, (19 if n == 0 else 20, 20))
        for n in range(20)
    )

    assert words.sessions_summary(sessions) == "20 sessions finished · 99 % of the prescribed sets done"


def test_the_zones_of_a_chart_of_mornings_do_not_say_what_is_acceptable() -> None:
    assert [said for _, said in words.zones()] == ["0–2 low", "3–5 middle", "6–10 high"]


def test_low_mornings_after_a_painkiller_are_told_by_themselves() -> None:
    days = tuple(PainDay(ago(back), 1, painkiller=back < 2) for back in range(6))

    said = words.pain_summary(days)

    assert said.startswith("4 of 6 answered mornings at 0–2 · 2 more after a painkiller · none at 6 or more")
    assert "painkiller" not in words.pain_summary(days[2:])
