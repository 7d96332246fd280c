"""Progress in words: the zones say how much it hurts, and no more."""

from coach.words import progress


def test_the_zones_of_a_chart_of_mornings_do_not_say_what_is_acceptable() -> None:
    assert [words for _, words in progress.zones()] == ["0–2 low", "3–5 middle", "6–10 high"]
