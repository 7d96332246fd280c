"""Hops: off the floor, back on it, and nothing in between that the floor would not allow."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.figure.flight import lands, lift_at, waits_at
from coach.core.figure.motion import Moment, share_at, takes_turns
from coach.core.figure.preview import length_s, moment, phases
from coach.core.figure.rig import Rig, mirrored
from coach.core.figure.skeleton import BODY_M, Body
from coach.core.figure.vector import distance
from coach.core.routine.figure import Figure, Flight, Limb, Pose
from coach.core.routine.plan import StepKind
from tests.core.figure.test_shipped_figures import MM, figure_of, rig, shipped_exercise

COUNTED = ["test_double_hop", "test_single_hop"]
HOPS = [*COUNTED, "test_jog_on_spot"]
JOG = "test_jog_on_spot"
flights = st.builds(Flight, height=st.floats(0.001, 0.3), over=st.floats(0.01, 1))
shares = st.floats(0, 1)


def soles(body: Body) -> float:
    """How far the lowest part of both feet is above the floor, mm."""
    return min(body.points[f"{side}_{part}"][2] for side in "wo" for part in ("heel", "ball", "tip")) * MM


@pytest.mark.parametrize("name", HOPS)
def test_a_hop_leaves_the_ground_and_comes_back(name: str) -> None:
    figure = figure_of(name)
    top, ground = (0.0, 1.0) if lands(figure) else (1.0, 0.0)

    assert soles(rig(name).at(top)) > 20
    assert abs(soles(rig(name).at(ground))) < 1
    assert abs(soles(rig(name).at(waits_at(figure)))) < 1


@pytest.mark.parametrize("name", HOPS)
def test_a_hop_never_sinks_and_stands_until_it_takes_off(name: str) -> None:
    figure = figure_of(name)
    for step in range(201):
        share = step / 200
        height = soles(rig(name).at(share))
        assert height > -1
        if lift_at(figure, share) == 0.0:
            assert height < 1


@pytest.mark.parametrize("name", COUNTED)
def test_the_knees_bend_before_a_hop_and_are_long_in_the_air(name: str) -> None:
    assert figure_of(name).middle is not None
    start, dip, top = (rig(name).at(share).points["pelvis"][2] * MM for share in (0.0, 0.5, 1.0))

    assert dip < start - 40 < top


def test_no_march_leaves_the_ground() -> None:
    assert figure_of("test_march").flight is None
    assert max(soles(rig("test_march").at(step / 40)) for step in range(41)) < 1


@given(flights, shares, st.booleans())
def test_a_flight_is_within_its_height_and_its_part_of_the_way(flight: Flight, share: float, by_turns: bool) -> None:
    loop_s = 1.0 if by_turns else 0.0
    figure = Figure(Pose(), Pose(), flight=flight, alternates=by_turns, loop_s=loop_s)
    top = 0.0 if by_turns else 1.0

    assert 0.0 <= lift_at(figure, share) <= flight.height
    assert lift_at(figure, top) == flight.height
    if abs(share - top) >= flight.over:
        assert lift_at(figure, share) == 0.0
    assert lift_at(figure, waits_at(figure)) == 0.0


def test_what_is_pinned_goes_up_with_the_body_and_keeps_its_place() -> None:
    figure = Figure(Pose(), Pose(root=(5.0, 0.0, 0.0)), pins=(Limb.O_FOOT,), flight=Flight(0.1))
    flying = Rig(figure)

    up = flying.at(1.0).points["o_ankle"][2] - flying.at(0.5).points["o_ankle"][2]

    assert up == pytest.approx(0.1, abs=0.001)
    assert flying.at(1.0).points["o_ankle"][:2] == pytest.approx(flying.start.points["o_ankle"][:2], abs=0.001)


# -- time -----------------------------------------------------------------------------------------------------------

FRAME_S = 1 / 60


def through(name: str, kinds: tuple[tuple[StepKind, float], ...]) -> list[Body]:
    """The body at every frame of some phases."""
    found = []
    figure = figure_of(name)
    for kind, seconds in kinds:
        for frame in range(round(seconds / FRAME_S)):
            at = Moment(kind, frame * FRAME_S / seconds, seconds)
            body = rig(name).at(share_at(figure, at))
            found.append(by_place(mirrored(body)) if takes_turns(figure, at) else body)
    return found


def by_place(body: Body) -> Body:
    """A mirrored body whose `w` is again the left side."""
    points = {
        {"w": "o", "o": "w"}[name[0]] + name[1:] if name[1] == "_" else name: at for name, at in body.points.items()
    }
    return Body(points, body.frames)


@pytest.mark.parametrize(
    "name,kinds",
    [
        *((name, ((StepKind.UP, 1.0), (StepKind.DOWN, 1.0)) * 2) for name in COUNTED),
        (JOG, ((StepKind.PREPARE, 1.0), (StepKind.HOLD, 10.0), (StepKind.REST, 1.0))),
        (JOG, ((StepKind.PREPARE, 1.0), (StepKind.HOLD, 60.0), (StepKind.REST, 1.0))),
    ],
)
def test_a_hop_has_no_jump_of_place_or_speed(name: str, kinds: tuple[tuple[StepKind, float], ...]) -> None:
    bodies = through(name, kinds)
    most = 0.45 if name == JOG else 0.15  # m/s in a frame: 3 g in the quick push-off of a jog, 1 g in a slow hop
    hips = [[body.points[f"{side}_hip"] for body in bodies] for side in "wo"]

    for before, after in pairwise(bodies):
        assert max(distance(after.points[point], before.points[point]) for point in after.points) * MM < 45
    for places in hips:
        speeds = [(after[2] - before[2]) * BODY_M / FRAME_S for before, after in pairwise(places)]
        assert max(abs(after - before) for before, after in pairwise(speeds)) < most


def test_a_hop_does_not_hang_in_the_air() -> None:
    """Near its highest point it falls as what is thrown does: four times as far in twice the time."""
    figure = figure_of("test_double_hop")

    def fallen(fraction: float) -> float:
        return figure.flight.height - lift_at(figure, share_at(figure, Moment(StepKind.DOWN, fraction, 1.0)))  # type: ignore[union-attr] # a hop flies

    assert fallen(0.04) == pytest.approx(4 * fallen(0.02), rel=0.1)
    assert fallen(0.0) == 0.0


@given(st.floats(0.1, 60), st.floats(0, 1))
def test_a_jog_of_any_length_begins_and_ends_standing_on_the_foot_it_began_on(length_s: float, fraction: float) -> None:
    jog = figure_of(JOG)

    begin, end = (Moment(StepKind.HOLD, at, length_s, held=True) for at in (0.0, 1.0))
    between = share_at(jog, Moment(StepKind.HOLD, fraction, length_s, held=True))

    waiting = share_at(jog, Moment(StepKind.REST, 0.5, 10.0, held=True))
    assert lift_at(jog, waiting) == 0.0
    assert share_at(jog, begin) == pytest.approx(waiting)
    if length_s >= jog.loop_s:
        assert share_at(jog, end) == pytest.approx(waiting)
        assert not takes_turns(jog, end)
    assert -1e-9 <= between <= 1 + 1e-9


def test_a_jog_lands_on_one_foot_and_then_on_the_other() -> None:
    jog = figure_of(JOG)
    turns = [Moment(StepKind.HOLD, (turn + 0.5) * jog.loop_s / 60, 60.0, held=True) for turn in range(4)]

    assert [takes_turns(jog, turn) for turn in turns] == [False, True, False, True]
    assert [share_at(jog, turn) for turn in turns] == pytest.approx([1.0] * 4)
    flying = [Moment(StepKind.HOLD, turn * jog.loop_s / 60, 60.0, held=True) for turn in (1, 2, 3)]
    assert [share_at(jog, turn) for turn in flying] == pytest.approx([0.0] * 3, abs=1e-6)


def test_the_sides_change_in_the_air_where_both_are_alike() -> None:
    jog = rig(JOG).start

    for joint in ("hip", "knee", "ankle", "tip", "wrist"):
        (x, y, z), (ox, oy, oz) = jog.points[f"w_{joint}"], jog.points[f"o_{joint}"]
        assert (x, y, z) == pytest.approx((ox, -oy, oz), abs=1e-6)


def test_a_preview_of_a_jog_shows_more_flights_than_stands() -> None:
    exercise = shipped_exercise(JOG)
    figure = exercise.figure
    assert figure is not None
    assert len(phases(exercise)) == 1

    long = length_s(exercise)
    highest = [lift_at(figure, share_at(figure, moment(exercise, turn * figure.loop_s))) for turn in range(6)]

    assert long == pytest.approx(5 * figure.loop_s)
    assert [round(height / figure.flight.height, 6) for height in highest] == [0, 1, 1, 1, 1, 0]  # type: ignore[union-attr] # a jog flies
