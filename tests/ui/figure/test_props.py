"""What stands about is as large as such things are, and the body is where it should be on it."""

import pytest

from coach.core.figure.rig import Rig
from coach.core.figure.skeleton import BODY_M, FLESH
from coach.core.routine.figure import PropKind
from coach.ui.figure.props import blocks
from tests.core.figure.test_shipped_figures import figures

MM = 1000 * BODY_M


@pytest.mark.parametrize("name", ["standing_abduction", "supported_single_leg_squat"])
def test_a_palm_rests_on_the_back_of_a_chair_that_is_as_high_as_chairs_are(name: str) -> None:
    figure = figures()[name]
    (chair,) = (prop for prop in figure.props if prop.kind is PropKind.CHAIR)
    (low, high) = dict(blocks(chair))["rest"]
    assert 800 < high[2] * MM < 1000
    for step in range(41):
        points = Rig(figure).at(step / 40).points
        wrist, tips = points["o_wrist"], points["o_hand"]
        for point in (wrist, tips):
            assert (point[2] - FLESH["hand"] - high[2]) * MM == pytest.approx(0.0, abs=10)
        assert wrist[0] < low[0] < high[0] < tips[0]
        assert low[1] < wrist[1] < high[1]
        assert low[1] < tips[1] < high[1]
