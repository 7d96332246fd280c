"""Red flags in three tiers (clinical reference, section 5). Nothing here diagnoses; it says whom to see, and when."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from coach.core.log import FlagEntry


class Tier(StrEnum):
    """How soon, from now to within two weeks."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    REFER = "refer"


class Flag(Struct, frozen=True):
    """One sign that a clinician should look; `source` as the clinical reference marks it."""

    name: str
    tier: Tier
    source: str
    asked: bool = True
    """Whether a person can answer it in the screen; the others only the log can raise (section 5.4)."""


_E, _U, _R = Tier.EMERGENCY, Tier.URGENT, Tier.REFER

FLAGS: tuple[Flag, ...] = (
    Flag("cannot_take_weight", _E, "S75, S76, S77 (section 5.1)"),
    Flag("fever_or_hot_joint", _E, "S75, S76, S77 (section 5.1)"),
    Flag("saddle_numbness_or_bladder", _E, "lit:high (section 5.1)"),
    Flag("cold_white_leg", _E, "lit:high (section 5.1)"),
    Flag("calf_swelling_with_breathlessness", _E, "lit:high (section 5.1)"),
    Flag("groin_pain_with_running", _U, "S78, S79, S80 (section 5.2)"),
    Flag("constant_or_night_pain", _U, "S75 (section 5.2)"),
    Flag("cancer_or_weight_loss", _U, "S75 (section 5.2)"),
    Flag("leg_numbness_or_weakness", _U, "lit:high (section 5.2)"),
    Flag("locking_or_giving_way", _U, "lit:high (section 5.2)"),
    Flag("bruise_on_anticoagulant", _U, "lit:high (section 5.2)"),
    Flag("under_18", _U, "lit:high (section 5.2: SUFE, Perthes)"),
    Flag("steroids_or_alcohol_with_groin_pain", _U, "lit:high (section 5.2: AVN)"),
    Flag("no_improvement", _R, "lit:medium, S76 (section 5.3)"),
    Flag("limp_over_3_days", _R, "ours (section 5.3)"),
    Flag("rest_pain_3_days", _R, "ours (section 5.3)"),
    Flag("operation_or_replacement", _R, "ours (section 5.3)"),
    Flag("pregnant_or_postpartum", _R, "ours (section 5.3)"),
    Flag("inflammatory_arthritis", _R, "ours (section 5.3)"),
    Flag("new_pain_site", _R, "ours (section 5.3)"),
    Flag("morning_pain_6", _R, "ours (section 5.4)", asked=False),
    Flag("three_reds", _R, "ours (sections 1.2.3, 5.3)", asked=False),
    Flag("groin_with_limp_or_night", _R, "ours (section 1.2.2, groin profile)", asked=False),
    Flag("worsening", _R, "ours (sections 5.3, 8)", asked=False),
    Flag("worst_pain_7_twice", _R, "ours (section 5.3)", asked=False),
    Flag("failing_item", _R, "ours (section 5.3)", asked=False),
)

ASKED = tuple(flag for flag in FLAGS if flag.asked)
BY_NAME = {flag.name: flag for flag in FLAGS}


def in_order(entries: Iterable[FlagEntry]) -> list[FlagEntry]:
    """By the day that each is about, and of one day in the order recorded: what is entered late is no later for it.

    Nor is it later than its entry: a clock may have been ahead.
    """
    return sorted(entries, key=lambda entry: (min(entry.day, entry.recorded.day), entry.recorded.utc))


def active(entries: Iterable[FlagEntry]) -> tuple[Flag, ...]:
    """The flags that are raised and not cleared since; the gravest first."""
    raised: dict[str, bool] = {entry.name: entry.raised for entry in in_order(entries)}
    return tuple(flag for flag in FLAGS if raised.get(flag.name))


def blocks_loading(flags: Iterable[Flag]) -> bool:
    """Whether no exercise is proposed until a clinician has looked."""
    return any(flag.tier in (Tier.EMERGENCY, Tier.URGENT) for flag in flags)
