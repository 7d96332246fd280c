from coach.core.log import Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.words.places import place_words, spot_words, spots_words

LEFT, RIGHT = BodySide.LEFT, BodySide.RIGHT


def test_a_place_has_a_word_and_a_side() -> None:
    assert spot_words(Spot(PainSite.LATERAL, LEFT)) == "Outer side of the hip, left"
    assert spot_words(Spot(PainSite.BACK)) == "Lower back"
    assert len({place_words(site) for site in PainSite}) == len(PainSite)


def test_both_sides_of_a_place_are_one_word_in_the_order_of_the_intake() -> None:
    spots = (Spot(PainSite.GROIN, LEFT), Spot(PainSite.LATERAL, RIGHT), Spot(PainSite.GROIN, RIGHT))

    assert spots_words(spots) == ("Outer side of the hip, right", "Front of the hip or groin, both sides")


def test_a_side_that_is_known_counts_more_than_one_that_is_not() -> None:
    assert spots_words((Spot(PainSite.GROIN), Spot(PainSite.GROIN, LEFT))) == ("Front of the hip or groin, left",)
    assert spots_words((Spot(PainSite.GROIN),)) == ("Front of the hip or groin",)
    assert spots_words(()) == ()
