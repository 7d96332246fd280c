"""When the questions about red flags are due."""

from dataclasses import replace

from coach.core.clinical.bout import Bout
from coach.core.clinical.colour import Judged, judge
from coach.core.clinical.profiles import profile_for
from coach.core.clinical.screening import ScreenDue, screen_due
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Rules
from tests.core.clinical.made import ON, ago, history, session

GROIN = frozenset((PainSite.GROIN,))


def judged(*bouts: Bout) -> tuple[Judged, ...]:
    return judge(history(*bouts), lambda one: profile_for(one.kind, Rules(), one.sites))


def test_they_are_due_before_they_were_ever_answered() -> None:
    assert screen_due(None, (), ON) is ScreenDue.NEVER


def test_they_are_due_every_thirty_days() -> None:
    assert screen_due(ago(29), (), ON) is None
    assert screen_due(ago(30), (), ON) is ScreenDue.MONTH


def test_a_red_one_with_groin_pain_asks_for_them_once() -> None:
    red = judged(replace(session(ago(3)), during=7, sites=GROIN))

    assert screen_due(ago(4), red, ON) is ScreenDue.GROIN_RED
    assert screen_due(ago(3), red, ON) is None


def test_a_red_one_elsewhere_or_a_green_one_does_not() -> None:
    assert screen_due(ago(9), judged(replace(session(ago(3)), during=7)), ON) is None
    assert screen_due(ago(9), judged(replace(session(ago(3), 0, 0, 0), after60=0, morning=0, sites=GROIN)), ON) is None


def test_one_whose_site_was_not_told_hurts_where_it_hurts_in_general() -> None:
    red = judged(replace(session(ago(3)), during=7))

    assert screen_due(ago(9), red, ON, sites=GROIN) is ScreenDue.GROIN_RED
