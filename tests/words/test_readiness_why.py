"""Why each criterion is asked for: no more is claimed of lists and programmes than their sources say."""

from coach.core.clinical.criteria import Id
from coach.words import readiness_why


def test_of_confidence_it_is_said_that_no_source_was_checked() -> None:
    why = readiness_why.why(Id.R8)

    assert "no source of that was checked" in why
    assert "most lists" not in why


def test_of_the_walk_it_is_said_how_far_the_lists_agree() -> None:
    why = readiness_why.why(Id.R4)

    assert "20 to 45 minutes" in why
    assert "some of them" in why
