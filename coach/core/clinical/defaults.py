"""What holds where a routine file sets nothing itself: each default with its criterion and what that rests on."""

from collections.abc import Mapping
from typing import Final

from msgspec import UNSET, Struct

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.criteria import BASES, Id, Limits
from coach.core.clinical.profiles import profile_for
from coach.core.clinical.response import Actions
from coach.core.clinical.run_plan import Plan
from coach.core.routine.routine import Rules


class Usual(Struct, frozen=True):
    """A default: None where there is none but a rule in words."""

    value: float | bool | str | None
    criterion: str
    """R0 to R8; empty for limits on pain and what follows from them."""
    basis: str = ""
    """What it rests on; empty for this project's own number."""


_CRITERION: Final[Mapping[str, Id]] = {
    "require_signoff": Id.R0,
    "adl_mean_max": Id.R1,
    "adl_max": Id.R1,
    "morn_max": Id.R1,
    "days": Id.R1,
    "night_max": Id.R2,
    "trend_max": Id.R3,
    "walk_min": Id.R4,
    "walk_pain_max": Id.R4,
    "adherence": Id.R5,
    "min_days": Id.R5,
    "slb_reps": Id.R6A,
    "abd_reps": Id.R6B,
    "sp_s": Id.R6C,
    "plank_s": Id.R6C,
    "sls_reps": Id.R6D,
    "hr_reps": Id.R6E,
    "lsi_min": Id.R6X,
    "hops": Id.R7,
    "skip_hop": Id.R7,
    "conf_min": Id.R8,
}


def usual_readiness(key: str) -> Usual | None:
    """The default of a threshold of `readiness`."""
    criterion = _CRITERION.get(key)
    if criterion is None:
        return None
    return Usual(getattr(Limits(), key), criterion.value, BASES[criterion].source)


def usual_run_plan(key: str) -> Usual | None:
    """The default of a number of `run_plan`; the first stage depends on how long there was no running."""
    value = getattr(Plan(), key, UNSET)
    return Usual(value, "") if isinstance(value, int | None) else None


def usual_rule(key: str, rules: Rules) -> Usual | None:
    """The default of a key of `rules` for a session, under the profile that the rules name."""
    base = profile_for(BoutKind.SESSION, Rules(profile=rules.profile))
    value = {
        "pain_easier_above": base.green_during_max,
        "pain_stop_above": base.amber_during_max,
        "profile": "strength",
    }.get(key, getattr(base, key, getattr(Actions(), key, UNSET)))
    if value is UNSET or not isinstance(value, int | str | None):
        return None
    return Usual(value, "")
