import itertools

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from coach.core.figure.rig import Rig
from coach.core.figure.skeleton import place
from coach.core.routine.figure import Figure, Limbs, Point, Pose, Prop, PropKind, Rest
from coach.ui.figure.camera import camera, fitted
from coach.ui.figure.look import look
from coach.ui.figure.order import Bar, Block, Item, nearer, ordered
from coach.ui.figure.paint import _items, painting_order
from coach.ui.figure.scene import Scene, SceneSide, scene_of
from tests.ui.figure.figures import FIGURES, STANDING

FRONT = camera(0.0, 0.0)
BOX = QRectF(0, 0, 900, 600)


def nothing(painter: QPainter, painted: set[str]) -> None:
    """Paint nothing."""


def bar(name: str, start: tuple[float, float, float], end: tuple[float, float, float], r: float = 5.0) -> Item:
    return Item(name, [Bar(*start, *end, r)], nothing)


def order_of(figure: Figure, share: float = 1.0, side: SceneSide = "left", turn: float = 0.0) -> list[str]:
    scene = scene_of(figure, side, turn=turn)
    return painting_order(scene.at(share), scene, look(), BOX)


def crossing_bars(scene: Scene, share: float) -> dict[str, tuple[str, str]]:
    return {f"{side}_{part}": ends for side in "wo" for part, ends in LIMBS.items()}


LIMBS = {"thigh": ("hip", "knee"), "shank": ("knee", "ankle"), "forearm": ("elbow", "wrist")}


def test_of_two_bars_that_cross_the_nearer_one_is_painted_later() -> None:
    far = bar("far", (0, 0, 0.0), (100, 100, 0.2))
    near = bar("near", (0, 100, 1.0), (100, 0, 0.0))

    # In the middle the second is nearer, though its one end is farther than an end of the first.
    assert nearer(near, far, FRONT) > 0
    assert [item.name for item in ordered([near, far], FRONT)] == ["far", "near"]
    assert [item.name for item in ordered([far, near], FRONT)] == ["far", "near"]


def test_bars_that_do_not_meet_leave_each_other_alone() -> None:
    assert nearer(bar("a", (0, 0, 1), (10, 0, 1)), bar("b", (0, 50, 0), (10, 50, 0)), FRONT) == 0


def test_a_circle_of_parts_is_painted_all_the_same() -> None:
    around = [
        bar("a", (0, 0, 0.0), (100, 0, 1.0)),
        bar("b", (100, 0, 0.0), (50, 90, 1.0)),
        bar("c", (50, 90, 0.0), (0, 0, 1.0)),
    ]

    assert sorted(item.name for item in ordered(around, FRONT)) == ["a", "b", "c"]


def test_what_is_known_outranks_what_is_seen() -> None:
    far, near = bar("far", (0, 0, 0), (9, 0, 0)), bar("near", (0, 0, 1), (9, 0, 1))

    assert [item.name for item in ordered([far, near], FRONT, [("near", "far")])] == ["near", "far"]


def test_in_a_circle_what_is_known_still_holds() -> None:
    shank, foot = bar("shank", (0, 0, 0.5), (100, 0, 0.5)), bar("foot", (90, 0, 0.0), (90, 50, 0.0))
    other = bar("other", (10, -20, 1.0), (95, 40, 0.2))

    # What is seen says foot, other, shank and what is known says shank before foot.
    for around in itertools.permutations((shank, foot, other)):
        names = [item.name for item in ordered(around, FRONT, [("shank", "foot"), ("other", "shank")])]
        assert names == ["other", "shank", "foot"]


def test_what_goes_by_what_is_known_alone_is_not_looked_at() -> None:
    far = Item("far", [Bar(0, 0, 0.0, 9, 0, 0.0, 5.0)], nothing, known_only=True)
    near, loose = bar("near", (0, 0, -1.0), (9, 0, -1.0)), bar("loose", (0, 0, -2.0), (9, 0, -2.0))

    order = [item.name for item in ordered([near, loose, far], FRONT, [("far", "near")])]

    assert order.index("far") < order.index("near")


@pytest.mark.parametrize("turn", range(0, 360, 30))
@pytest.mark.parametrize("name", ["banded_clam", "clamshell", "figure_four", "half_kneeling"])
def test_a_shoe_is_painted_over_the_sock_it_is_worn_on_or_under_it_as_it_points(name: str, turn: int) -> None:
    scene = scene_of(FIGURES[name], turn=float(turn))
    for step in range(5):
        body = scene.at(step / 4)
        items, known = _items(body, scene, fitted(scene.view, scene.frame, BOX), look())
        order = painting_order(body, scene, look(), BOX)
        assert items
        told = [(first, then) for first, then in known if {first[2:], then[2:]} == {"shank", "foot"}]
        assert [pair for pair in told if order.index(pair[0]) > order.index(pair[1])] == []


@pytest.mark.parametrize("turn", range(0, 360, 30))
def test_a_band_goes_round_the_thighs(turn: int) -> None:
    scene = scene_of(FIGURES["banded_clam"], turn=float(turn))
    for share in (0.0, 0.5, 1.0):
        order = painting_order(scene.at(share), scene, look(), BOX)
        behind, before = (order.index(name) for name in order if name.startswith("band"))
        thighs = [order.index(f"{side}_thigh") for side in "wo"]

        assert behind < min(thighs)
        assert max(thighs) < before


@pytest.mark.parametrize("x,before", [(-0.5, -1), (0.5, 1)])
def test_a_limb_is_before_or_behind_the_face_of_a_block_that_lies_between(x: float, before: int) -> None:
    wall = Item("wall", [Bar(-50, -50, 0, 50, 50, 0, 0)], nothing, block=Block((-0.1, -1, 0), (0.1, 1, 1)))
    limb = Item("limb", [Bar(0, 0, x, 10, 0, x, 5)], nothing, points=(((x, 0, 0.5), 0.05), ((x, 0.1, 0.5), 0.05)))

    assert nearer(limb, wall, FRONT) * before > 0
    assert nearer(wall, limb, FRONT) * before < 0


@pytest.mark.parametrize("turn", range(0, 360, 45))
@pytest.mark.parametrize("name", FIGURES)
def test_limbs_that_cross_are_painted_in_the_order_of_their_depth(name: str, turn: int) -> None:
    """For every crossing of the middle lines of two limbs, seen from eight sides."""
    scene = scene_of(FIGURES[name], turn=float(turn))
    body = scene.at(1.0)
    order = painting_order(body, scene, look(), BOX)
    bars = crossing_bars(scene, 1.0)
    view = scene.view
    wrong = []
    for (one, (a, b)), (other, (c, d)) in itertools.combinations(bars.items(), 2):
        if one[0] == other[0] and {"thigh", "shank"} == {one[2:], other[2:]}:
            continue  # joined
        p, q = (view.at(body.points[f"{one[0]}_{joint}"]) for joint in (a, b))
        r, s = (view.at(body.points[f"{other[0]}_{joint}"]) for joint in (c, d))
        ux, uy, vx, vy = q[0] - p[0], q[1] - p[1], s[0] - r[0], s[1] - r[1]
        cross = ux * vy - uy * vx
        if abs(cross) < 1e-3:
            continue
        t = ((r[0] - p[0]) * vy - (r[1] - p[1]) * vx) / cross
        w = ((r[0] - p[0]) * uy - (r[1] - p[1]) * ux) / cross
        if not (0.05 < t < 0.95 and 0.05 < w < 0.95):
            continue
        gap = p[2] + (q[2] - p[2]) * t - r[2] - (s[2] - r[2]) * w
        if abs(gap) > 0.03 and (gap > 0) != (order.index(one) > order.index(other)):
            wrong.append((one, other, gap))

    assert wrong == []


def test_an_arm_behind_the_back_is_painted_before_the_trunk() -> None:
    behind = Figure(
        Pose(working=Limbs(shoulder=(-35.0, 0.0, 60.0), elbow=80.0)), camera=(0.0, 5.0), rests=(Rest(Point.W_HEEL),)
    )

    order = order_of(behind, 0.0)

    assert order.index("w_forearm") < order.index("trunk")
    assert order_of(behind, 0.0, turn=180.0).index("w_forearm") > order.index("trunk")


def test_of_one_who_lies_on_a_side_the_lower_arm_is_before_the_head_only_if_it_is_nearer() -> None:
    scene = scene_of(FIGURES["clamshell"])
    body = scene.at(0.0)
    order = painting_order(body, scene, look(), BOX)
    near = scene.view.at(body.points["o_wrist"])[2] > scene.view.at(body.points["head"])[2]

    assert (order.index("o_forearm") > order.index("head")) == near


def test_the_leg_on_the_viewers_side_is_painted_later() -> None:
    left, right = order_of(STANDING, turn=50.0), order_of(STANDING, 0.0, "right", turn=-50.0)

    assert left.index("w_thigh") > left.index("o_thigh")
    assert right.index("w_thigh") > right.index("o_thigh")


def test_who_sits_on_a_chair_hides_its_seat_and_a_step_is_under_the_foot() -> None:
    sitting = order_of(FIGURES["sitting"], 0.0)
    stepping = order_of(FIGURES["step_down"], 0.0)

    assert sitting.index("trunk") > next(i for i, name in enumerate(sitting) if name.endswith("seat"))
    assert sitting.index("trunk") > next(i for i, name in enumerate(sitting) if name.endswith("rest"))
    assert stepping.index("w_foot") > next(i for i, name in enumerate(stepping) if name.startswith("step"))


def test_who_stands_behind_a_wall_is_hidden_by_it() -> None:
    wall = Figure(STANDING.start, rests=STANDING.rests, props=(Prop(PropKind.WALL, at=(0.4, 0.0, 0.0)),))

    front, back = order_of(wall, 0.0), order_of(wall, 0.0, turn=180.0)

    assert front[-1] == "wall0wall"
    assert back[0] == "wall0wall"


def test_the_rig_and_the_scene_stand_on_the_same_ground() -> None:
    figure = FIGURES["bridge"]

    assert scene_of(figure).at(0.3).points == Rig(figure).at(0.3).points
    assert place(figure.start).points["pelvis"] == (0.0, 0.0, 0.0)
