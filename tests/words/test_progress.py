"""Progress in words: the zones say how much it hurts, and no more."""

from coach.core.progress.pain import PainDay
from coach.words import progress
from tests.core.clinical.mornings import ago


def test_the_zones_of_a_chart_of_mornings_do_not_say_what_is_acceptable() -> None:
    assert [words for _, words in progress.zones()] == ["0–2 low", "3–5 middle", "6–10 high"]


def test_low_mornings_after_a_painkiller_are_told_by_themselves() -> None:
    days = tuple(PainDay(ago(back), 1, painkiller=back < 2) for back in range(6))

    said = progress.pain_summary(days)

    assert said == "4 of 6 answered mornings at 0–2 · 2 more after a painkiller · none at 6 or more"
    assert "painkiller" not in progress.pain_summary(days[2:])
