"""The pain limits of each profile (clinical reference, section 1.2.2, [ours]); a routine file may set its own."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import UNSET, Struct
from msgspec.structs import replace

from coach.core.clinical.bout import Bout, BoutKind
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Routine, Rules


class ProfileName(StrEnum):
    """Whose limits: they follow what is done and where it hurts."""

    STRENGTH = "strength"
    WALK_RUN = "walk_run"
    TENDON = "tendon"
    GROIN = "groin"


class Profile(Struct, frozen=True):
    """Every limit on pain, NPRS 0-10. `b` is the baseline: what mornings have been like."""

    name: ProfileName
    start_block_if_pre_gt: int
    """Above this before it, it waits for another day."""
    green_during_max: int
    amber_during_max: int
    """Above this while doing it: red, stop now."""
    after60_rise_max: int | None
    """An hour later green up to so much above the pain before; None where only `after60_max` counts."""
    after60_max: int
    """And never green above this."""
    after_max: int = 5
    """Red above this afterwards."""
    morning_amber_rise: int = 1
    """Amber from so much above b on."""
    morning_red_rise: int = 2
    """Red from so much above b on."""
    morning_max: int = 5
    """Red above this, whatever b is."""
    after60_red: bool = False
    """An hour later above the limit is red, not amber."""
    prescribed: bool = False
    """The routine file sets at least one of them."""


# Section 1.2.2, a column each. An hour later has no absolute limit of its own but in the lenient column; there and
# elsewhere pain above 5 afterwards is red already (1.2.3).
_PROFILES = {
    ProfileName.STRENGTH: Profile(ProfileName.STRENGTH, 5, 2, 5, after60_rise_max=1, after60_max=5),
    ProfileName.WALK_RUN: Profile(ProfileName.WALK_RUN, 2, 2, 3, after60_rise_max=0, after60_max=5),
    ProfileName.TENDON: Profile(ProfileName.TENDON, 3, 3, 5, after60_rise_max=None, after60_max=5),
    # Any pain an hour later or next morning is red (1.2.3), and so is any during and after (1.1.2: bone stress).
    ProfileName.GROIN: Profile(
        ProfileName.GROIN,
        0,
        0,
        0,
        after60_rise_max=None,
        after60_max=0,
        after_max=0,
        morning_max=0,
        after60_red=True,
    ),
}
_USUAL = {
    BoutKind.SESSION: ProfileName.STRENGTH,
    BoutKind.WALK: ProfileName.WALK_RUN,
    BoutKind.RUN: ProfileName.WALK_RUN,
}


def profile_for(kind: BoutKind, rules: Rules, sites: Iterable[PainSite] = ()) -> Profile:
    """The limits for one kind of loading under the rules of a routine file.

    The file may name the profile, and set single limits. Without it pain in the groin takes the strict one. What a file
    says of its exercises makes nothing else laxer: its `strength` is about sessions, and its limits only sharpen those
    of walks and runs, and the strict ones, unless it names a profile for them itself.
    """
    name = _name(kind, rules, sites)
    base = _PROFILES[name]
    own = {key: value for key, value in _own(rules).items() if isinstance(value, int)}
    if not _is_meant(name, kind, rules):
        own = {key: value for key, value in own.items() if _is_sharper(value, getattr(base, key))}
    return replace(base, **own, prescribed=True) if own else base


def common_rules(routines: Iterable[Routine]) -> Rules:
    """The rules for what belongs to no routine, walks and runs among it.

    Those of the first that asks for the strict profile, else of the first that sets any.
    """
    known = tuple(one.rules for one in routines)
    strict = (
        rules for rules in known if rules.profile is not UNSET and ProfileName(rules.profile) is ProfileName.GROIN
    )
    return next(strict, next((rules for rules in known if rules != Rules()), Rules()))


def profiles_by(routines: Iterable[Routine]) -> Callable[[Bout], Profile]:
    """The limits for each bout: a session's by its own routine while that is among these, else by `common_rules`."""
    known = tuple(routines)
    own, common = {one.id: one.rules for one in reversed(known)}, common_rules(known)

    def profile(bout: Bout) -> Profile:
        rules = own.get(bout.routine, Rules()) if bout.kind is BoutKind.SESSION else common
        return profile_for(bout.kind, rules, bout.sites)

    return profile


def _name(kind: BoutKind, rules: Rules, sites: Iterable[PainSite]) -> ProfileName:
    named = _named(kind, rules)
    if named is not None:
        return named
    return ProfileName.GROIN if PainSite.GROIN in set(sites) else _USUAL[kind]


def _named(kind: BoutKind, rules: Rules) -> ProfileName | None:
    """The profile that the file names for this kind of loading."""
    if rules.profile is UNSET:
        return None
    named = ProfileName(rules.profile)
    return None if named is ProfileName.STRENGTH and kind is not BoutKind.SESSION else named


def _is_meant(name: ProfileName, kind: BoutKind, rules: Rules) -> bool:
    """Whether the single limits of a file are about this profile for this kind: then they may be laxer too."""
    if _named(kind, rules) is not None:
        return True
    return kind is BoutKind.SESSION and name is not ProfileName.GROIN


def _is_sharper(own: int, usual: int | None) -> bool:
    return usual is None or own < usual


def _own(rules: Rules) -> dict[str, object]:
    return {
        "start_block_if_pre_gt": rules.start_block_if_pre_gt,
        "green_during_max": _first(rules.pain_easier_above, rules.green_during_max),
        "amber_during_max": _first(rules.pain_stop_above, rules.amber_during_max),
        "after60_rise_max": rules.after60_rise_max,
        "after60_max": rules.after60_max,
        "after_max": rules.after_max,
        "morning_amber_rise": rules.morning_amber_rise,
        "morning_red_rise": rules.morning_red_rise,
        "morning_max": rules.morning_max,
    }


def _first(*values: object) -> object:
    return next((value for value in values if value is not UNSET), UNSET)
