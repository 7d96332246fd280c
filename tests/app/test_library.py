"""The whole library of a person: shipped and received exercises, their order, ladders, doses and advice."""

from typing import Any

import pytest

from coach.app.library import Shelved, doses, rungs_of, shelves, side_shown
from coach.core.routine.exercise import Exercise, PainSite
from coach.core.routine.plan import Side
from coach.core.routine.routine import BodySide
from tests.ui.fakes import World, item, plain

OWN: dict[str, Any] = {
    "id": "wall_slide",
    "name": "Wall slide",
    "area": "trunk",
    "kind": "strength",
    "ladder": {"easier": ["plank"], "harder": ["clamshell"]},
}


def shelved(world: World, **settings: object) -> dict[str, Shelved]:
    routines = world.surroundings.routines()
    chosen = world.choose(**settings)
    return {one.key: one for one in shelves(routines.library, routines.all(), chosen)}


def test_all_shipped_exercises_are_there_and_easier_ones_first(world: World) -> None:
    order = list(shelved(world))

    assert len(order) == 46
    assert order.index("isometric_abduction") < order.index("clamshell") < order.index("banded_clamshell")
    assert order.index("bridge") < order.index("single_leg_bridge")


def test_regions_stand_together(world: World) -> None:
    regions = [one.region for one in shelved(world).values()]

    assert list(dict.fromkeys(regions)) == ["hip", "buttock", "thigh", "trunk", "whole leg", "calf"]
    assert regions == sorted(regions, key=list(dict.fromkeys(regions)).index)


def test_what_speaks_against_an_exercise_is_only_that_of_the_own_pain_sites(world: World) -> None:
    with_groin = shelved(world, pain_sites=(PainSite.GROIN,))

    assert with_groin["hip_flexor_stretch"].off
    assert not with_groin["clamshell"].off
    assert [gate.site for gate in with_groin["clamshell"].advice] == [PainSite.GROIN]
    assert not any(one.advice for one in shelved(world, pain_sites=()).values())


def test_exercises_of_a_received_routine_are_listed_with_the_routine(world: World) -> None:
    world.receive(plain(exercises=[OWN], items=[item("wall_slide", reps=3)]))

    own = shelved(world)["wall_slide@tiny"]

    assert own.listed is not None
    assert own.listed.routine.title == "Tiny"
    assert own.region == "trunk"


def test_an_own_version_of_a_shipped_exercise_stands_beside_it_and_the_same_one_does_not(world: World) -> None:
    bridge = world.surroundings.routines().library["bridge"]
    world.receive(plain(exercises=[{"id": "bridge", "name": "My bridge"}]))

    both = shelved(world)

    assert both["bridge"].exercise == bridge
    assert both["bridge@tiny"].exercise.name == "My bridge"


def test_the_ladder_leads_to_the_neighbours(world: World) -> None:
    every = shelved(world)

    near = rungs_of(every["clamshell"], every.values())

    assert [one.key for one in near.easier] == ["isometric_abduction"]
    assert [one.key for one in near.harder] == ["banded_clamshell", "side_leg_raise"]


def test_the_ladder_of_an_own_exercise_stays_in_its_routine_where_it_can(world: World) -> None:
    mine = {"id": "clamshell", "name": "My clamshell"}
    world.receive(plain(exercises=[OWN, mine], items=[item("wall_slide", reps=3)]))
    every = shelved(world)

    near = rungs_of(every["wall_slide@tiny"], every.values())

    assert [one.key for one in near.easier] == ["plank"]
    assert [one.key for one in near.harder] == ["clamshell@tiny"]


def test_the_doses_of_the_phases_have_every_number(world: World) -> None:
    told = doses(shelved(world)["clamshell"].exercise)

    assert [(one.name, one.work.by_side[Side.LEFT].sets, one.work.by_side[Side.LEFT].reps) for one in told] == [
        ("start", 2, 10),
        ("middle", 3, 15),
        ("target", 3, 12),
    ]
    assert told[2].note.startswith("With a band")


@pytest.mark.parametrize(
    "key,home,side",
    [
        ("clamshell", BodySide.RIGHT, Side.RIGHT),
        ("clamshell", None, Side.LEFT),
        ("bridge_march", BodySide.RIGHT, Side.RIGHT),
        ("bridge", BodySide.RIGHT, None),
    ],
)
def test_a_preview_begins_with_the_side_that_hurts(
    world: World, key: str, home: BodySide | None, side: Side | None
) -> None:
    assert side_shown(shelved(world)[key].exercise, home) is side


def test_a_bare_exercise_is_shelved_as_well(world: World) -> None:
    world.receive(plain(exercises=[{"id": "bare", "name": "Bare"}], items=[item("bare")]))

    bare = shelved(world)["bare@tiny"]

    assert (bare.region, bare.advice, doses(bare.exercise), bare.work) == ("", (), (), None)
    assert bare.exercise == Exercise("bare", "Bare")


def test_a_received_exercise_has_the_dose_and_the_sides_that_its_routine_asks_for(world: World) -> None:
    asked = item("wall_slide", sets=3, hold_s=30, sides="each", rest_s=20)
    world.receive(plain(exercises=[{**OWN, "dose": {"sets": 1, "reps": 5}}], items=[asked]))

    own = shelved(world)["wall_slide@tiny"]

    assert own.work is not None
    assert (own.work.held, own.work.by_side[Side.LEFT].sets, own.work.by_side[Side.LEFT].hold_s) == (True, 3, 30)
    assert own.work.order == (Side.LEFT, Side.RIGHT)
    assert own.work.rest_s == 20


def test_where_the_routine_leaves_the_dose_to_the_exercise_it_is_that_of_the_exercise(world: World) -> None:
    world.receive(plain(exercises=[{**OWN, "dose": {"sets": 2, "reps": 5}}], items=[item("wall_slide")]))

    own = shelved(world)["wall_slide@tiny"]

    assert own.work is not None
    assert (own.work.by_side[Side.BOTH].sets, own.work.by_side[Side.BOTH].reps) == (2, 5)
