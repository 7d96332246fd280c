"""What holds where a routine file sets nothing itself: the defaults, each with the criterion and what it rests on.

Clinical reference, sections 1.2.2 (limits on pain) and 2.2 (criteria to run), both this project's own proposals from
the sources that are named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from msgspec import UNSET

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.profiles import profile_for
from coach.core.clinical.self_tests import LSI_MIN, WALK_MIN, WALK_PAIN_MAX, goal
from coach.core.routine.routine import Readiness, Rules


@dataclass(frozen=True, slots=True)
class Usual:
    """A default: None where there is none but a rule in words."""

    value: float | bool | str | None
    criterion: str
    """R0 to R8; empty for limits on pain."""
    basis: str = ""
    """Authors or documents it rests on; empty for this project's own number."""


_TESTS: Final = {
    "slb_reps": ("single_leg_bridge", "R6a", "Goom et al. 2019 (Moore 2021)"),
    "abd_reps": ("side_lying_abduction", "R6b", "Goom et al. 2019 (Moore 2021); IJSPT 2022;17:1002 asks for 30"),
    "sp_s": ("side_plank", "R6c", "IJSPT 2022;17:1002"),
    "plank_s": ("plank", "R6c", "IJSPT 2022;17:1002"),
    "sls_reps": ("single_leg_squat", "R6d", "IJSPT 2022;17:1002"),
    "hr_reps": ("heel_raise", "R6e", "Goom et al. 2019 (Moore 2021)"),
    "hops": ("single_hop", "R7", "Goom et al. 2019 (Moore 2021)"),
}
_PAIN_BASIS: Final = "0 in daily life: Cole, William & Mary; < 2: Rambaud 2018"

# Section 2.2.1 and 2.2.3; section 2.2.2 is `_TESTS`.
_READINESS: Final[Mapping[str, Usual]] = {
    "require_signoff": Usual(None, "R0"),  # asked for where the groin hurts
    "adl_mean_max": Usual(1.0, "R1", _PAIN_BASIS),
    "adl_max": Usual(2.0, "R1", _PAIN_BASIS),
    "morn_max": Usual(1.0, "R1", _PAIN_BASIS),
    "days": Usual(7, "R1"),
    "night_max": Usual(0, "R2"),
    "trend_max": Usual(1.0, "R3", "after Silbernagel"),
    "walk_min": Usual(WALK_MIN, "R4", "OSU walk-jog 2010 and clinic checklists"),
    "walk_pain_max": Usual(WALK_PAIN_MAX, "R4", "OSU walk-jog 2010 and clinic checklists"),
    "adherence": Usual(0.75, "R5"),
    "min_days": Usual(14, "R5"),
    "lsi_min": Usual(LSI_MIN, "R6x", "published limits run from 0.85 to 0.95"),
    "skip_hop": Usual(False, "R7"),
    "conf_min": Usual(7, "R8"),
    **{key: Usual(goal(test, Readiness()), criterion, basis) for key, (test, criterion, basis) in _TESTS.items()},
}


def usual_readiness(key: str) -> Usual | None:
    """The default of a threshold of `readiness`."""
    return _READINESS.get(key)


def usual_rule(key: str, rules: Rules) -> Usual | None:
    """The default of a limit of `rules` for a session, under the profile that the rules name."""
    base = profile_for(BoutKind.SESSION, Rules(profile=rules.profile))
    value = {
        "pain_easier_above": base.green_during_max,
        "pain_stop_above": base.amber_during_max,
        "profile": "strength",
    }.get(key, getattr(base, key, UNSET))
    if value is UNSET or not isinstance(value, int | str | None):
        return None
    return Usual(value, "")
