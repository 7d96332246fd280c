"""Whose pain limits hold: by what is done, where it hurts and what a routine file says."""

from typing import Any

import msgspec
import pytest

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.pain import beginning, limits
from coach.core.clinical.profiles import Profile, ProfileName, common_rules, profile_for
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Routine, Rules

EXAMPLE = Rules(pain_stop_above=5, pain_easier_above=3)
GROIN = (PainSite.GROIN,)
OUT = (BoutKind.WALK, BoutKind.RUN)


def limit(profile: Profile) -> tuple[ProfileName, int, int]:
    return profile.name, profile.green_during_max, profile.amber_during_max


@pytest.mark.parametrize("kind", OUT)
def test_what_a_file_says_of_its_exercises_makes_walks_and_runs_no_laxer(kind: BoutKind) -> None:
    assert limit(profile_for(kind, EXAMPLE)) == (ProfileName.WALK_RUN, 2, 3)
    assert limit(profile_for(kind, Rules(pain_stop_above=1))) == (ProfileName.WALK_RUN, 2, 1)
    assert limits(EXAMPLE, kind=kind).stop_above == 3
    assert not limits(EXAMPLE, kind=kind).prescribed
    assert limits(Rules(pain_stop_above=1), kind=kind).prescribed
    assert beginning(Rules(start_block_if_pre_gt=5), kind=kind).up_to == 2


@pytest.mark.parametrize("kind", BoutKind)
def test_it_makes_a_groin_no_laxer(kind: BoutKind) -> None:
    assert limit(profile_for(kind, EXAMPLE, GROIN)) == (ProfileName.GROIN, 0, 0)
    loose = Rules(morning_max=5, after60_rise_max=2, after60_max=5, after_max=5)
    strict = profile_for(kind, Rules(), GROIN)
    found = profile_for(kind, loose, GROIN)
    assert (found.morning_max, found.after60_max, found.after_max) == (
        strict.morning_max,
        strict.after60_max,
        strict.after_max,
    )


@pytest.mark.parametrize("kind", OUT)
def test_strength_is_about_sessions(kind: BoutKind) -> None:
    rules = Rules(profile="strength")

    assert profile_for(kind, rules).name is ProfileName.WALK_RUN
    assert profile_for(kind, rules, GROIN).name is ProfileName.GROIN
    assert profile_for(BoutKind.SESSION, rules, GROIN).name is ProfileName.STRENGTH


def test_a_file_that_names_a_profile_for_runs_or_for_the_groin_sets_its_limits() -> None:
    walk_run = msgspec.structs.replace(EXAMPLE, profile="walk_run")
    groin = msgspec.structs.replace(EXAMPLE, profile="groin")

    assert limit(profile_for(BoutKind.RUN, walk_run)) == (ProfileName.WALK_RUN, 3, 5)
    assert limit(profile_for(BoutKind.RUN, groin)) == (ProfileName.GROIN, 3, 5)
    assert limit(profile_for(BoutKind.SESSION, EXAMPLE)) == (ProfileName.STRENGTH, 3, 5)


def routine(id_: str, **more: Any) -> Routine:
    return Routine("rehab-routine", "1.0", id_, id_, [], **more)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_for_what_belongs_to_no_routine_a_file_that_asks_for_the_strict_limits_goes_first(
    order: tuple[int, ...],
) -> None:
    groin, other = Rules(profile="groin"), Rules(success_quota=3)
    files = [routine("none"), routine("other", rules=other), routine("groin", rules=groin)]

    assert common_rules(files[at] for at in order) == groin
    assert common_rules(files[:2]) == other
    assert common_rules(files[:1]) == Rules()
