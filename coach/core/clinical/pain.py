"""Pain limits during an exercise, and what they ask for (clinical reference, section 1.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.profiles import profile_for
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Rules


class Choice(StrEnum):
    """How a session goes on after "It hurts"."""

    GO_ON = "go_on"
    EASIER = "easier"
    SKIP = "skip"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Limits:
    """NPRS above which the easier variation is offered first, and above which loading stops now."""

    easier_above: int
    stop_above: int
    prescribed: bool
    """The routine file sets them; else they are this program's defaults."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """NPRS up to which a session begins; above it waits for another day."""

    up_to: int
    prescribed: bool
    """The routine file sets it; else it is this program's default."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What is offered at this pain: the first choice is the one that the limits ask for."""

    pain: int
    choices: tuple[Choice, ...]
    limits: Limits


def limits(rules: Rules, sites: Iterable[PainSite] = (), kind: BoutKind = BoutKind.SESSION) -> Limits:
    """The limits of a routine; pain in the groin takes the strict profile unless the file names another."""
    profile = profile_for(kind, rules, sites)
    own = (
        (profile.green_during_max, (rules.pain_easier_above, rules.green_during_max)),
        (profile.amber_during_max, (rules.pain_stop_above, rules.amber_during_max)),
    )
    return Limits(
        profile.green_during_max,
        profile.amber_during_max,
        prescribed=any(limit in said for limit, said in own),
    )


def beginning(rules: Rules, sites: Iterable[PainSite] = (), kind: BoutKind = BoutKind.SESSION) -> Beginning:
    """Up to which pain a session of a routine, or a run, begins; the profile is chosen as for `limits`."""
    profile = profile_for(kind, rules, sites)
    return Beginning(
        profile.start_block_if_pre_gt, prescribed=rules.start_block_if_pre_gt == profile.start_block_if_pre_gt
    )


def advice(pain: int, of: Limits, *, easier_exists: bool) -> Advice:
    """What to offer at a pain (NPRS 0-10), the advised choice first. Above the limit there is nothing but the end."""
    easier = (Choice.EASIER,) if easier_exists else ()
    if pain > of.stop_above:
        return Advice(pain, (Choice.STOP,), of)
    if pain > of.easier_above:
        first = easier or (Choice.SKIP,)
        rest = tuple(one for one in (Choice.GO_ON, Choice.SKIP, Choice.STOP) if one not in first)
        return Advice(pain, (*first, *rest), of)
    return Advice(pain, (Choice.GO_ON, *easier, Choice.SKIP, Choice.STOP), of)
