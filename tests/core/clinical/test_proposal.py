"""What is proposed of a routine: as prescribed, lower, or not today. Never more."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.change import Change, ChangeKind
from coach.core.clinical.proposal import lower, propose
from coach.core.clinical.red_flags import BY_NAME
from coach.core.clinical.response import MOST_STEPS, Response, Step
from coach.core.routine.exercise import Exercise, PainSite
from coach.core.routine.plan import compile_routine, length_s, total_s, works
from coach.core.routine.reading import read_library, read_routine, write_routine
from coach.core.routine.routine import Routine
from tests.core.strategies import LIBRARY, LIBRARY_FILE

SHIPPED = read_library((Path(__file__).parents[3] / "exercises.json").read_bytes()).exercises
AS_PRESCRIBED = Response(BoutKind.SESSION, Step.REPEAT, 0, ())
LOWER = Response(BoutKind.SESSION, Step.STEP_BACK, 1, ())


def routine(*items: dict[str, Any], library: Mapping[str, Exercise] = LIBRARY) -> Routine:
    plain = {"format": "rehab-routine", "version": "1.0", "id": "r", "title": "R", "items": items}
    read = read_routine(json.dumps(plain).encode(), library)
    assert read.routine is not None, read.findings
    return read.routine


def changes(of: Routine, steps: int, library: Mapping[str, Exercise] = LIBRARY) -> list[tuple[ChangeKind, Any, Any]]:
    return [(one.kind, one.was, one.now) for one in lower(of, library, steps)[1]]


def test_without_a_step_back_it_is_the_prescription_itself() -> None:
    prescribed = routine({"exercise": "bridge"})

    found = propose(prescribed, LIBRARY, AS_PRESCRIBED)

    assert found.routine is prescribed
    assert not found.changed


def test_one_step_is_one_set_fewer() -> None:
    prescribed = routine({"exercise": "clamshell", "sets": 3, "reps": 12})

    assert changes(prescribed, 1) == [(ChangeKind.FEWER_SETS, 3, 2)]


def test_with_a_single_set_it_is_the_easier_variation() -> None:
    prescribed = routine({"exercise": "clamshell", "sets": 1, "reps": 12})

    assert changes(prescribed, 1) == [(ChangeKind.EASIER, "clamshell", "side_hold")]


def test_with_neither_it_is_a_third_fewer() -> None:
    assert changes(routine({"exercise": "bridge", "reps": 12}), 1) == [(ChangeKind.FEWER_REPS, 12, 8)]
    assert changes(routine({"exercise": "plank", "hold_s": 30}), 1) == [(ChangeKind.SHORTER_HOLD, 30, 20)]
    assert changes(routine({"exercise": "plank", "hold_s": 30, "reps": 3}), 1) == [(ChangeKind.FEWER_REPS, 3, 2)]


def test_two_steps_are_both() -> None:
    prescribed = routine({"exercise": "clamshell", "sets": 3, "reps": 12})

    assert changes(prescribed, 2) == [(ChangeKind.FEWER_SETS, 3, 2), (ChangeKind.EASIER, "clamshell", "side_hold")]


def test_what_cannot_be_lowered_is_left_out_and_without_anything_left_it_is_not_today() -> None:
    one = {"exercise": "bridge", "reps": 1}

    left, made = lower(routine(one, {"exercise": "bridge", "reps": 9}), LIBRARY, 1)
    nothing, _ = lower(routine(one), LIBRARY, 1)

    assert left is not None
    assert [item.reps for item in left.items] == [6]
    assert made[0] == Change(0, "bridge", ChangeKind.LEFT_OUT, "bridge")
    assert nothing is None


def test_a_side_of_its_own_stays_below_the_other() -> None:
    sided = {"left": {"reps": 6, "sets": 3}}
    prescribed = routine({"exercise": "clamshell", "sets": 2, "reps": 12, "per_side": sided})

    left, _ = lower(prescribed, LIBRARY, 1)

    assert left is not None
    [one] = works(left, LIBRARY)
    assert [(one.by_side[side].sets, one.by_side[side].reps) for side in one.order] == [(2, 6), (1, 12)]


def test_an_easier_variation_that_the_pain_site_rules_out_is_passed_over() -> None:
    gate: dict[str, Any] = {"site": "lateral", "action": "off", "why": "it presses"}
    entries = [
        {**entry, "gates": [gate]} if entry["id"] == "side_hold" else entry for entry in LIBRARY_FILE["exercises"]
    ]
    library = read_library(json.dumps({**LIBRARY_FILE, "exercises": entries}).encode()).exercises
    prescribed = routine({"exercise": "clamshell", "sets": 1, "reps": 12})

    _, made = lower(prescribed, library, 1, sites=(PainSite.LATERAL,))

    assert [one.kind for one in made] == [ChangeKind.FEWER_REPS]


def test_load_and_note_do_not_follow_to_another_exercise() -> None:
    left, _ = lower(
        routine({"exercise": "clamshell", "sets": 1, "reps": 9, "load": "red band", "note": "slow"}), LIBRARY, 1
    )
    kept, _ = lower(routine({"exercise": "bridge", "sets": 2, "load": "10 kg", "note": "slow"}), LIBRARY, 1)

    assert left is not None
    assert kept is not None
    assert (left.items[0].load, left.items[0].note) == ("", "")
    assert (kept.items[0].load, kept.items[0].note) == ("10 kg", "slow")


def test_a_rest_is_not_today_and_the_prescription_is_no_way_round_it() -> None:
    rests = replace(LOWER, until=date(2026, 11, 23))

    found = propose(routine({"exercise": "bridge"}), LIBRARY, rests)

    assert (found.routine, found.until, found.original_available) == (None, date(2026, 11, 23), False)


def test_an_urgent_flag_is_not_today_and_a_notice_to_refer_goes_on() -> None:
    prescribed = routine({"exercise": "bridge"})

    urgent = propose(prescribed, LIBRARY, AS_PRESCRIBED, flags=(BY_NAME["groin_pain_with_running"],))
    refer = propose(prescribed, LIBRARY, AS_PRESCRIBED, flags=(BY_NAME["three_reds"],))

    assert (urgent.routine, urgent.original_available) == (None, False)
    assert refer.routine is prescribed


def test_a_lower_dose_leaves_the_prescription_as_the_other_choice() -> None:
    found = propose(routine({"exercise": "bridge", "sets": 2}), LIBRARY, LOWER)

    assert found.changed
    assert found.original_available


# -- what always holds -----------------------------------------------------------------------------------------------

doses = st.fixed_dictionaries(
    {"exercise": st.sampled_from(sorted(SHIPPED))},
    optional={
        "sets": st.integers(1, 6),
        "reps": st.integers(1, 30),
        "rest_s": st.integers(0, 90),
        "prepare_s": st.integers(0, 20),
        "sides": st.sampled_from(["both", "left", "each", "alternate", "affected_first"]),
        "load": st.just("band"),
    },
)
some_routines = st.lists(st.one_of(doses, doses.map(lambda one: {**one, "hold_s": 17})), min_size=1, max_size=5)


@given(some_routines, st.sets(st.sampled_from(list(PainSite))))
def test_each_further_step_takes_no_longer_and_no_dose_is_ever_raised(
    items: list[dict[str, Any]], sites: set[PainSite]
) -> None:
    prescribed = routine(*items, library=SHIPPED)
    lengths = [total_s(compile_routine(prescribed, SHIPPED))]
    for steps in range(1, MOST_STEPS + 1):
        left, made = lower(prescribed, SHIPPED, steps, sites=sites)
        lengths.append(total_s(compile_routine(left, SHIPPED)) if left is not None else 0.0)
        assert {one.item for one in made} == set(range(len(prescribed.items)))
        _assert_no_more(prescribed, left, {one.item for one in made if one.kind is ChangeKind.LEFT_OUT})

    assert lengths == sorted(lengths, reverse=True)
    assert lengths[1] < lengths[0]


def _assert_no_more(prescribed: Routine, left: Routine | None, left_out: set[int]) -> None:
    before = [one for one in works(prescribed, SHIPPED) if one.index not in left_out]
    after = works(left, SHIPPED) if left is not None else ()
    for was, now in zip(before, after, strict=True):
        most, least = _most(was), _most(now)
        assert least[0] <= most[0]
        assert length_s(now) <= length_s(was)
        if was.exercise == now.exercise:
            assert all(less <= more for less, more in zip(least, most, strict=True))
            assert (now.sides, now.tempo, now.rest_s, now.self_paced) == (
                was.sides,
                was.tempo,
                was.rest_s,
                was.self_paced,
            )


def _most(one: Any) -> tuple[float, float, float]:
    sides = [one.by_side[side] for side in one.order]
    return max(s.sets for s in sides), max(s.reps for s in sides), max(s.hold_s for s in sides)


@given(some_routines)
def test_what_is_proposed_can_be_stored_and_read_like_any_routine(items: list[dict[str, Any]]) -> None:
    left, _ = lower(routine(*items, library=SHIPPED), SHIPPED, 2)

    if left is not None:
        assert read_routine(write_routine(left), SHIPPED).routine == left


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[3] / "assets" / "routines").glob("*.json")))
def test_every_shipped_routine_can_be_lowered(path: Path) -> None:
    read = read_routine(path.read_bytes(), SHIPPED)
    assert read.routine is not None

    left, made = lower(read.routine, SHIPPED, 1)

    assert left is not None
    assert made
    assert structs.replace(left, items=read.routine.items) == read.routine
